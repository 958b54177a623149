"""Photos of one scene, as a folder tells of them: other shots, which are less than copies and more than a kind.

The folder holds groups.csv (path,group: photos of one scene or object) and, if some pairs were verified, pairs.csv
(path_a,path_b). A photo without a group is of a scene of its own. Groups whose names differ by a number at the end are
one family: who grouped them could not tell them apart, so nobody learns to.
"""

import csv
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import FolderError

HELD_OUT_SHARE = 0.15  # of the families
SEED = 0

Pairs = NDArray[np.int64]  # [P, 2]


class Shots(NamedTuple):
    """Photos by number: pairs of one scene, the scene of each pair, and the family of each photo."""

    photos: list[Path]
    pairs: Pairs
    scenes: NDArray[np.int64]
    families: NDArray[np.int64]

    def take(self, numbers: NDArray[np.int64]) -> "Shots":
        """The photos `numbers` alone, counted anew."""
        place = np.full(len(self.photos), -1)
        place[numbers] = np.arange(len(numbers))
        kept = (place[self.pairs] >= 0).all(axis=1)
        photos = [self.photos[number] for number in numbers]
        return Shots(photos, place[self.pairs[kept]], self.scenes[kept], self.families[numbers])


NO_SHOTS = Shots([], np.zeros((0, 2), np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


def read_shots(folder: Path) -> Shots:
    """Return what groups.csv and pairs.csv of `folder` tell; raises FolderError if they cannot be read.

    Of a group of which some pairs were verified those count, else all of its pairs do.
    """
    try:
        rows = _rows(folder / "groups.csv")
        paths, groups = [row["path"] for row in rows], [row["group"] for row in rows]
        number = {path: place for place, path in enumerate(paths)}
        pairs_file = folder / "pairs.csv"
        links = _rows(pairs_file) if pairs_file.exists() else []
        verified = [(number[row["path_a"]], number[row["path_b"]]) for row in links]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise FolderError(
            "“{path}” does not tell which photos show one scene: {reason}.", path=str(folder), reason=str(error)
        ) from error
    members: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        if group:
            members[group].append(place)
    proven = {groups[one] for one, _ in verified}
    pairs = verified + [
        pair for group, some in members.items() if group not in proven for pair in combinations(some, 2)
    ]
    names = sorted(members)
    scenes = [names.index(groups[one]) for one, _ in pairs]
    families = [
        re.sub(r"\W?\d+$", "", group) if group else f"/{path}" for path, group in zip(paths, groups, strict=True)
    ]
    return Shots(
        [folder / path for path in paths],
        np.array(pairs, np.int64).reshape(-1, 2),
        np.array(scenes, np.int64),
        np.unique(families, return_inverse=True)[1].astype(np.int64),
    )


def split_shots(shots: Shots) -> tuple[Shots, Shots]:
    """Return the photos held out, by whole families, and those to learn from; the same shots give the same parts."""
    count = int(shots.families.max(initial=-1)) + 1
    order = np.random.default_rng(SEED).permutation(count)
    held_out = np.isin(shots.families, order[: round(count * HELD_OUT_SHARE)])
    return shots.take(np.flatnonzero(held_out)), shots.take(np.flatnonzero(~held_out))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
