"""Shots of one scene within seconds: their grouping, the kind of each group, and its best shot."""

import math
import os
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

BurstKind = Literal["burst", "bracket", "panorama"]

GAP_S = 2.0  # between two shots in a row
# 00100IMG_00100_BURST20190102030405678_COVER.jpg
BY_MOMENT = re.compile(r"BURST[-_]?(\d{10,})", re.IGNORECASE)
# IMG_20190102_030405_BURST1.jpg, PXL_20230102_030405678.BURST-01.COVER.jpg
BY_START = re.compile(r"^(.+?)[-_. ]?BURST[-_]?\d*", re.IGNORECASE)
BURST_FOLDER = "burst"
STOPS = 0.6  # that the exposures of a bracket are apart at least
STOPS_UNTOLD = 1.5  # the same, by brightness alone, without data from the camera
SHIFT = 0.12  # of the side, from one shot of a panorama to the next
SIDE = 128  # px of the pictures that are laid over each other
TILES = 6  # of a side: the subject is where all shots together are sharpest
CLIPPED_WEIGHT = 3.0  # of the share of pixels without tone, against the logarithm of the sharpness

Grey = NDArray[np.float32]


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


@dataclass(frozen=True, slots=True)
class Burst:
    """Shots in a row, by photo id, the best one first; those of a panorama in the order they were taken."""

    kind: BurstKind
    best: int
    photos: tuple[int, ...]


def group_shots(shots: Sequence[Shot], is_one_scene: Callable[[Shot, Shot], bool]) -> list[list[Shot]]:
    """Shots in a row, two or more each, in the order of taking: by their times and descriptors, or by their names.

    A further file of one shot (RAW beside JPEG, a copy) is not counted.
    """
    distinct: dict[object, Shot] = {}
    for shot in sorted(shots, key=lambda shot: shot.path):
        distinct.setdefault(os.path.splitext(shot.path)[0], shot)
    contents: dict[int, Shot] = {}
    for shot in distinct.values():
        contents.setdefault(shot.content_id, shot)
    by_name: defaultdict[tuple[str, str], list[Shot]] = defaultdict(list)
    in_row: list[tuple[str, float, Shot]] = []
    for shot in contents.values():
        if (key := _named(shot.path)) is not None:
            by_name[key].append(shot)
        elif (moment := shot.moment) is not None:
            in_row.append((shot.camera or os.path.dirname(shot.path), moment, shot))
    groups = list(by_name.values())
    in_row.sort(key=lambda each: (each[0], each[1], each[2].path))
    for place, (camera, moment, shot) in enumerate(in_row):
        before = in_row[place - 1] if place else None
        follows = before is not None and before[0] == camera and moment - before[1] <= GAP_S
        if follows and before is not None and is_one_scene(before[2], shot):
            groups[-1].append(shot)
        else:
            groups.append([shot])
    return [sorted(group, key=lambda shot: (shot.moment or 0.0, shot.path)) for group in groups if len(group) > 1]


def judge_burst(
    shots: Sequence[Shot], thumbnails: Sequence[NDArray[np.uint8]], exposures_s: Sequence[float | None]
) -> Burst:
    """Of what kind shots are, and which is the best, by their thumbnails uint8[H,W,3] and exposure times."""
    greys = [cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False) for picture in thumbnails]
    scores = _scores(greys)
    kind: BurstKind = "burst"
    if is_bracket(greys, exposures_s):
        kind = "bracket"
    elif is_panorama(greys):
        kind = "panorama"
    ranked = sorted(range(len(shots)), key=lambda place: -scores[place])
    order = range(len(shots)) if kind == "panorama" else ranked
    return Burst(kind, shots[ranked[0]].photo_id, tuple(shots[place].photo_id for place in order))


def is_bracket(greys: Sequence[NDArray[np.uint8]], exposures_s: Sequence[float | None]) -> bool:
    """True if shots were exposed differently on purpose: by the camera's data and visibly, or clearly visibly."""
    light = [float(np.mean((grey.astype(np.float32) / 255) ** 2.2)) + 1e-4 for grey in greys]  # linear, nearly
    seen = math.log2(max(light) / min(light))
    told = [exposure for exposure in exposures_s if exposure and exposure > 0]
    if len(told) == len(greys):
        apart = math.log2(max(told) / min(told))
        rises = np.corrcoef(np.log2(told), np.log2(light))[0, 1] if apart > 0 else 0.0
        return apart >= STOPS and seen >= STOPS / 2 and rises > 0.7
    return seen >= STOPS_UNTOLD


def is_panorama(greys: Sequence[NDArray[np.uint8]]) -> bool:
    """True if three shots or more each show the scene further on in one direction."""
    if len(greys) < 3 or len({grey.shape for grey in greys}) > 1:
        return False
    edges = [_edges(grey) for grey in greys]
    window = cv2.createHanningWindow((SIDE, SIDE), cv2.CV_32F)
    shifts = [np.array(cv2.phaseCorrelate(*pair, window)[0]) / SIDE for pair in pairwise(edges)]
    for axis in (0, 1):
        along, across = ([float(shift[each]) for shift in shifts] for each in (axis, 1 - axis))
        one_way = all(each >= SHIFT for each in along) or all(each <= -SHIFT for each in along)
        if one_way and all(abs(each) < SHIFT for each in across):
            return True
    return False


def _named(path: str) -> tuple[str, str] | None:
    """The common part of the names of one burst; None for another photo."""
    folder, name = os.path.split(path)
    found = BY_MOMENT.search(name) or BY_START.search(name)
    if found:
        return folder, found[1]
    return (folder, "") if os.path.basename(folder).lower() == BURST_FOLDER else None


def _edges(grey: NDArray[np.uint8]) -> Grey:
    small = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.hypot(cv2.Sobel(small, cv2.CV_32F, 1, 0), cv2.Sobel(small, cv2.CV_32F, 0, 1)).astype(np.float32)


def _scores(greys: Sequence[NDArray[np.uint8]]) -> list[float]:
    """The quality of each shot: the sharpness of the subject, less the clipped part.

    Sharpness is the energy of the Laplacian (Pech-Pacheco et al., ICPR 2000) in tiles, weighted by what it is at best.
    """
    tiles = np.array([_tiles(grey) for grey in greys])
    weight = tiles.max(axis=0)
    sharp = (tiles * weight).sum(axis=1) / max(float(weight.sum()), 1e-6)
    clipped = [float(np.mean((grey <= 3) | (grey >= 252))) for grey in greys]
    return [
        math.log(value + 1e-3) - CLIPPED_WEIGHT * share for value, share in zip(sharp.tolist(), clipped, strict=True)
    ]


def _tiles(grey: NDArray[np.uint8]) -> NDArray[np.float64]:
    detail = cv2.Laplacian(grey, cv2.CV_32F) ** 2
    return cv2.resize(detail, (TILES, TILES), interpolation=cv2.INTER_AREA).ravel().astype(np.float64)
