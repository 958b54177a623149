"""The trash that tests throw things into: their own where the system lets a program say where it is, else none."""

import sys
from pathlib import Path

import pytest

HAS_OWN = sys.platform not in ("win32", "darwin")
needs_own = pytest.mark.skipif(not HAS_OWN, reason="nobody can say here where the trash is")


def use_trash(patch: pytest.MonkeyPatch, home: Path) -> Path:
    """Let the trash be in the folder `home`; where it cannot be, drives have none, and a quarantine serves."""
    (home / "data").mkdir(parents=True, exist_ok=True)
    if not HAS_OWN:
        refuse_trash(patch)
        return home / "data" / "Trash"
    import send2trash.plat_other  # which reads the environment only once

    patch.setenv("HOME", str(home))
    patch.setenv("XDG_DATA_HOME", str(home / "data"))
    patch.setattr(send2trash.plat_other, "XDG_DATA_HOME", bytes(home / "data"))
    patch.setattr(send2trash.plat_other, "HOMETRASH_B", bytes(home / "data" / "Trash"))
    return home / "data" / "Trash"


def refuse_trash(patch: pytest.MonkeyPatch) -> None:
    """Let no drive have a trash."""

    def refuse(*_: object) -> bytes:
        raise OSError("no trash here")

    if sys.platform == "win32":
        patch.setattr("send2trash.win.modern.send2trash", refuse)
    elif sys.platform == "darwin":
        patch.setattr("Foundation.NSFileManager.defaultManager", refuse)
    else:
        patch.setattr("send2trash.plat_other.trash_move", refuse)
        patch.setattr("send2trash.plat_other.find_ext_volume_trash", refuse)
