"""Search that verifies: the first answers are compared with the query by local features, and those that agree rise.

Two photos of one place or thing from different sides have details in common that lie alike, however far apart their
descriptors are; of unrelated photos, hardly any do (spatial verification: Philbin et al., 2007).
"""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache

import numpy as np

from photosearch.encode.calibration import Calibration
from photosearch.find.registration.align import align_features, find_shared
from photosearch.find.registration.keypoints import SIDE_PX, Described, describe_jpeg
from photosearch.models import Match, Shared

FIRST = 50  # answers that are compared
BY_CHANCE = 6  # details: of 33,000 pairs of photos of different scenes, 99 of 100 have at most 5
CONVINCING = 10.0  # further details that take a score two thirds of the way to the highest that it may reach
IN_USE = 400  # photos whose features are kept, 0.1 MB each

described = lru_cache(IN_USE)(describe_jpeg)


def verify_first(
    query: Sequence[bytes],
    matches: Sequence[Match],
    thumbnail: Callable[[Match], bytes | None],
    highest: float,
    calibration: Calibration | None,
    threads: int,
) -> list[Match]:
    """Matches, best first, of which the first are compared with the thumbnails of the `query` by their details.

    The score s of one that shares n more details than chance gives becomes s + (h - s)(1 - exp(-n / 10)), where h is
    `highest`: that of the same picture, as details in common tell of one scene. `calibration` says which relation a
    score means, None where that is not known of the query.
    """
    wanted = [photo for jpeg in query if (photo := described(jpeg))]
    jpegs = [thumbnail(match) for match in matches[:FIRST]]

    def compare(jpeg: bytes | None) -> Shared | None:
        photo = described(jpeg) if jpeg else None
        found = [shared for each in wanted if photo and (shared := _compare(each, photo))]
        return max(found, default=None)

    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(compare, jpegs))
    first = [
        _lifted(match, shared, highest, calibration) if shared else match
        for match, shared in zip(matches[:FIRST], found, strict=True)
    ]
    return sorted([*first, *matches[FIRST:]], key=lambda match: -match.score)


def _lifted(match: Match, shared: Shared, highest: float, calibration: Calibration | None) -> Match:
    lift = max(0.0, highest - match.score) * (1 - math.exp((BY_CHANCE - shared.details) / CONVINCING))
    score = match.score + lift
    if calibration and match.relation != "identical":
        match = replace(match, relation=calibration.relation(score))
    return replace(match, score=score, shared=shared)


def _compare(one: Described, other: Described) -> Shared | None:
    """The details that the other photo shares with the one; None if they may agree by chance."""
    alignment = align_features(one, other)
    if alignment is None or alignment.inliers <= BY_CHANCE:
        return None
    points = find_shared(one, other, alignment)
    height, width = other.grey.shape
    margin = SIDE_PX / 32  # half the width of what a feature describes
    left, top = np.maximum(points.min(0) - margin, 0) / (width, height)
    right, bottom = np.minimum((points.max(0) + margin) / (width, height), 1)
    return Shared(alignment.inliers, (float(left), float(top), float(right - left), float(bottom - top)))
