"""Trees of files that the tests write, what they say of them, and the acts that they run to the end."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from photosearch.act.clear import clear_away
from photosearch.act.companions import lacking_beside
from photosearch.act.plan import Cleared, Removal, Undone
from photosearch.act.trash import in_trash
from photosearch.act.undo import undo
from photosearch.store.catalog import Catalog
from photosearch.store.tables.journal import Way
from tests.trash import HAS_OWN

BEGINNING_S = 1_600_000_000

needs_bytes = pytest.mark.skipif(os.name == "nt", reason="names are text there")


def write(path: str | os.PathLike[str], content: str | bytes = "photo", mode: int = 0o644) -> str:
    """Write a file with a time of change of its own; return its path."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    content = content if isinstance(content, bytes) else os.fsencode(content)
    Path(path).write_bytes(content)
    moment = BEGINNING_S + int.from_bytes(hashlib.sha256(os.fsencode(path)).digest()[:3], "big")
    os.utime(path, ns=(moment * 10**9 + 1, moment * 10**9 + 123_456_700))
    os.chmod(path, mode)  # last, as Wine forgets that a file is read-only when its time is set
    return os.fspath(path)


def digest(path: str | os.PathLike[str]) -> bytes:
    return hashlib.sha256(Path(path).read_bytes()).digest()


def removal(path: str, keeper: str) -> Removal:
    """The loser and its keeper as they are now, whatever lies beside them."""
    return Removal(path, digest(path), keeper, digest(keeper), lacking_beside(path, keeper))


def walk(folder: str | os.PathLike[str]) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        yield from (os.path.join(parent, name) for name in names)


def snapshot(folder: str | os.PathLike[str]) -> dict[str, tuple[bytes, int, int]]:
    """Of every file below a folder its bytes, time of change and permissions; a quarantine is no part of it."""
    found: dict[str, tuple[bytes, int, int]] = {}
    for path in walk(folder):
        if not HAS_OWN and in_trash(path):  # which serves there in the place of the trash
            continue
        status = os.lstat(path)
        found[path] = (Path(path).read_bytes(), status.st_mtime_ns, status.st_mode)
    return found


def clear(
    catalog: Catalog, plan: list[Removal], way: Way = "trash", target: Path | None = None, inherit: bool = False
) -> Cleared:
    """Clear away to the end."""
    job = clear_away(catalog, plan, way, None if target is None else str(target), inherit)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def take_back(catalog: Catalog, act_id: int | None = None) -> Undone:
    """Undo to the end."""
    job = undo(catalog, act_id)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def reasons(cleared: object) -> list[str]:
    return [left.reason for left in cleared.refused]  # type: ignore[attr-defined]
