"""Folders that are made once for many tests: each test finds one as it was made, in the same place."""

import shutil
from pathlib import Path


def keep(place: Path) -> None:
    """Keep what is in `place` now: photos, and the library that names them by their paths. Nobody may have it open."""
    shutil.copytree(place, _kept(place), symlinks=True)


def restore(place: Path) -> Path:
    """Bring `place` back to what was kept, times of change included; return it."""
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(_kept(place), place, symlinks=True))


def _kept(place: Path) -> Path:
    return place.with_name(f"{place.name} as it was made")
