"""The removals that a person reviewed and confirmed, and their results."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from photosearch.sentences import Sentence, system_reason


@dataclass(frozen=True, slots=True)
class Removal:
    """A photo to remove, and the one that stays in its place; digests are SHA-256 at the time of comparison.

    Without a keeper nothing stays in its place, at the person's request.
    """

    path: str
    digest: bytes
    keeper_path: str | None
    keeper_digest: bytes | None
    lacking: frozenset[bytes] = frozenset()  # what was known to lie beside it and not beside the keeper: see companions


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was left as it is, and why."""

    path: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Cleared:
    """The result of an act; `act_id` is None if it did nothing."""

    act_id: int | None
    photos: int
    companions: int
    size_bytes: int  # of all of them
    reclaimed_bytes: int  # on the drives: at once for links, else when the trash, or the moved files, are deleted
    refused: tuple[Left, ...]  # photos
    left: tuple[Left, ...]  # companions of photos that went
    quarantines: tuple[str, ...]  # folders of what the trash could not take, as where there is none
    sidecars: tuple[str, ...] = ()  # of photos that stay, which inherited metadata from others


@dataclass(frozen=True, slots=True)
class Undone:
    """The result of an undo; `renamed` files came back under another name, as theirs was taken."""

    act_id: int | None  # None: there is nothing to undo
    files: int
    renamed: tuple[tuple[str, str], ...]  # the name it had, the name it has
    failed: tuple[Left, ...]
    quarantines: tuple[str, ...] = ()  # in that case: folders of what another library put away


def reason_of(error: OSError) -> Sentence:
    """The system's error about a file, as a sentence."""
    return Sentence("The system says: {reason}.", reason=system_reason(error))


def reclaimable_bytes(paths: Iterable[str]) -> int:
    """The bytes freed when all these files are gone: none for one that has a hard link elsewhere."""
    found: list[os.stat_result] = []
    for path in paths:
        try:
            found.append(os.lstat(path))
        except OSError:
            continue
    return unlinked_bytes(found)


def unlinked_bytes(files: Iterable[os.stat_result]) -> int:
    """The size of those files of which all the names are among `files`, each once."""
    names: dict[tuple[int, int], int] = {}
    total = 0
    for file in files:
        identity = (file.st_dev, file.st_ino)
        names[identity] = names.get(identity, 0) + 1
        if names[identity] == file.st_nlink:
            total += file.st_size
    return total
