"""Shots of one scene within seconds: how they are told from the other photos, and what a group of them is."""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BurstKind = Literal["burst", "bracket", "panorama"]

GAP_S = 2.0  # between two shots in a row
# 00100IMG_00100_BURST20190102030405678_COVER.jpg
BY_MOMENT = re.compile(r"BURST[-_]?(\d{10,})", re.IGNORECASE)
# IMG_20190102_030405_BURST1.jpg, PXL_20230102_030405678.BURST-01.COVER.jpg
BY_START = re.compile(r"^(.+?)[-_. ]?(?<![a-z])BURST(?![a-z])", re.IGNORECASE)
# A date with its time: a day or a number alone may stand in the title of photos that have nothing in common.
A_MOMENT = re.compile(r"\d{8}[-_ ]?\d{6}|\d{10,}")
BURST_FOLDER = "burst"


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo, as a burst sees it; `taken_at` is ISO 8601 with the fraction of the second, where it is known."""

    photo_id: int
    content_id: int
    path: str
    taken_at: str | None
    camera: str | None

    @property
    def moment(self) -> float | None:
        """Seconds, in the camera's local time."""
        return None if self.taken_at is None else (datetime.fromisoformat(self.taken_at) - datetime.min).total_seconds()

    def is_of_one_moment(self, other: "Shot") -> bool:
        """True if both tell the same time, as far as both tell it."""
        second, _, fraction = (self.taken_at or "").partition(".")
        other_second, _, other_fraction = (other.taken_at or "").partition(".")
        is_one_fraction = fraction == other_fraction or not (fraction and other_fraction)
        return bool(second) and second == other_second and is_one_fraction


@dataclass(frozen=True, slots=True)
class Burst:
    """Shots in a row, by photo id, the best one first; those of a panorama in the order they were taken."""

    kind: BurstKind
    best: int
    photos: tuple[int, ...]
    contents: tuple[int, ...]  # of the photos


def group_shots(shots: Sequence[Shot], is_one_scene: Callable[[Shot, Shot], bool]) -> list[list[Shot]]:
    """Shots in a row, two or more each, in the order of taking: by their times and descriptors, or by their names.

    Names that tell no moment, and a folder's name, are a hint only: such shots must show one scene. A further file of
    one shot (RAW beside JPEG, a copy) is not counted.
    """
    distinct: dict[object, Shot] = {}
    for shot in sorted(shots, key=lambda shot: shot.path):
        distinct.setdefault(os.path.splitext(shot.path)[0], shot)
    contents: dict[int, Shot] = {}
    for shot in distinct.values():
        contents.setdefault(shot.content_id, shot)
    by_name: defaultdict[tuple[str, str], list[Shot]] = defaultdict(list)
    in_row: list[tuple[tuple[str, str], float, Shot]] = []
    for shot in contents.values():
        moment, named = shot.moment, _named(shot.path)
        if named and A_MOMENT.search(named[1]):
            by_name[named].append(shot)
        elif named or moment is not None:
            row = named or (shot.camera or os.path.dirname(shot.path), "")
            in_row.append((row, moment or 0.0, shot))
    groups = list(by_name.values())
    in_row.sort(key=lambda each: (each[0], each[1], each[2].path))
    for place, (row, moment, shot) in enumerate(in_row):
        before = in_row[place - 1] if place else None
        follows = before is not None and before[0] == row and moment - before[1] <= GAP_S
        if follows and before is not None and is_one_scene(before[2], shot):
            groups[-1].append(shot)
        else:
            groups.append([shot])
    return [sorted(group, key=lambda shot: (shot.moment or 0.0, shot.path)) for group in groups if len(group) > 1]


def _named(path: str) -> tuple[str, str] | None:
    """The common part of the names of one burst; None for another photo."""
    folder, name = os.path.split(path)
    found = BY_MOMENT.search(name) or BY_START.search(name)
    if found:
        return folder, found[1]
    return (folder, "") if os.path.basename(folder).lower() == BURST_FOLDER else None
