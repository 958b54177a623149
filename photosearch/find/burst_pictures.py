"""The kind of shots in a row, and the best of them, by their pictures."""

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.bursts import Burst, BurstKind, Shot
from photosearch.find.registration.verify import COPIES, describe, verify

STOPS = 0.6  # that the exposures of a bracket are apart at least
STOPS_UNTOLD = 1.5  # the same, by brightness alone, without data from the camera
SHIFT = 0.12  # of the side, from one shot of a panorama to the next
SIDE = 128  # px of the pictures that are laid over each other
TILES = 6  # of a side: the subject is where all shots together are sharpest
CLIPPED_WEIGHT = 3.0  # of the share of pixels without tone, against the logarithm of the sharpness

Grey = NDArray[np.float32]


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
    ordered = shots if kind == "panorama" else [shots[place] for place in ranked]
    photos, contents = (tuple(ids) for ids in zip(*((shot.photo_id, shot.content_id) for shot in ordered), strict=True))
    return Burst(kind, shots[ranked[0]].photo_id, photos, contents)


def distinct_shots(
    shots: Sequence[Shot], thumbnails: Sequence[NDArray[np.uint8]], exposures_s: Sequence[float | None]
) -> list[int]:
    """The places of files that are shots of their own: of several files of one shot, the first.

    They are of one moment and one exposure, and the one picture is an edit of the other. An export of a photo is no
    shot beside it, and must not send it away.
    """
    look = cache(lambda place: describe(thumbnails[place]))

    def is_copy(place: int, earlier: int) -> bool:
        one, other = exposures_s[place], exposures_s[earlier]
        if not shots[place].is_of_one_moment(shots[earlier]) or (one and other and one != other):
            return False
        tier = verify(look(place), look(earlier)).tier
        return tier in COPIES if one and other else tier == "same"

    distinct: list[int] = []
    for place in range(len(shots)):
        if not any(is_copy(place, earlier) for earlier in distinct):
            distinct.append(place)
    return distinct


def is_bracket(greys: Sequence[NDArray[np.uint8]], exposures_s: Sequence[float | None]) -> bool:
    """True if shots were exposed differently on purpose: by the camera's data and visibly, or clearly visibly."""
    light = [float(np.mean((grey.astype(np.float32) / 255) ** 2.2)) + 1e-4 for grey in greys]  # linear, nearly
    seen = math.log2(max(light) / min(light))
    known = [exposure for exposure in exposures_s if exposure and exposure > 0]
    if len(known) == len(greys):
        apart = math.log2(max(known) / min(known))
        rises = np.corrcoef(np.log2(known), np.log2(light))[0, 1] if apart > 0 else 0.0
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
