"""Short names of the folders of a few photos, which show the difference."""

import os
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from photosearch.paths import shown


class FolderName(NamedTuple):
    """The end of a folder's path: what the others share, up to the separator, and what this one alone has."""

    shared: str
    own: str


def folder_names(paths: Sequence[str]) -> list[FolderName]:
    """Of each photo: the last folder that all are in, and the way on from there."""
    folders = [PurePath(os.path.dirname(path)).parts for path in paths]
    common = 0
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        common += 1
    return [_name(parts, common) for parts in folders]


def _name(parts: tuple[str, ...], common: int) -> FolderName:
    shared = shown(parts[common - 1]) if common else ""
    own = shown(str(PurePath(*parts[common:]))) if parts[common:] else ""  # on Windows perhaps with its drive
    if own and shared and not shared.endswith(os.sep):  # as a drive or the root does
        shared += os.sep
    return FolderName(shared, own)
