"""A hierarchy that is kept as one order of the photos and the places where it splits, so that a cut takes no time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photosearch.find.clusters.crowding import crowding
from photosearch.find.clusters.level import best_count
from photosearch.find.clusters.refine import refine
from photosearch.find.clusters.ward import Edges, Floats, Ints, Merges, edges_of, merge_all

SAMPLE = 500  # photos by which the others, and levels, are measured
COARSEST = 100.0  # the level of one cluster; 0 is that of every photo by itself


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Photos in an order in which every cluster lies in one piece, and where the pieces join, the closest ones first.

    `order` int64[n] are rows; `joins` int64[n-1] are places in it: without the last c-1 of them, c pieces are left.
    """

    order: Ints
    joins: Ints
    automatic: Ints  # int64[n]: the cluster of each row at the level that was found by itself, from 0

    def cut(self, level: float | None = None) -> Ints:
        """The cluster of each row, int64[n] from 0 on, at a level between 0 (fine) and 100; None: the automatic one."""
        if level is None:
            return self.automatic
        return labels_of(self.order, self.joins, self._count(level))

    def starts(self, level: float) -> Ints:
        """The ascending places in the order where clusters start at a level."""
        return _starts(self.joins, self._count(level))

    def _count(self, level: float) -> int:
        return max(1, min(round(len(self.order) ** (1 - level / COARSEST)), len(self.order)))

    @property
    def automatic_level(self) -> float:
        """The level of which `automatic` has the number of clusters."""
        count, photos = int(self.automatic.max(initial=0)) + 1, len(self.order)
        return round(COARSEST * (1 - float(np.log(count) / np.log(photos))), 1) if photos > 1 else COARSEST


def cluster(vectors: Floats, neighbours: NDArray[np.int32] | None) -> Hierarchy:
    """The hierarchy of float32[n,d] unit vectors, and the level at which it tells most.

    The vectors are rounded to float16.
    `neighbours` int32[n,k] are rows that are near each row, itself or -1 among them; None: there are few, and all are.
    """
    photos = len(vectors)
    if photos < 3:
        return Hierarchy(np.arange(photos), np.arange(1, photos), np.arange(photos))
    sample = np.sort(np.random.default_rng(0).permutation(photos)[: _sample_size(photos)])
    edges = np.empty((0, 2), np.int32) if neighbours is None else _edges(neighbours)
    spread = crowding(vectors, vectors[sample])
    order, joins = _in_line(_merges(vectors, spread, edges), photos)
    labels = labels_of(order, joins, best_count(vectors, order, joins, sample))
    return Hierarchy(order, joins, refine(vectors, labels, edges))


def _merges(vectors: Floats, spread: Floats, edges: Edges) -> Merges:
    """Where the vectors become means and come back rounded, as another float32 copy of them is large."""
    kept = vectors.astype(np.float16)
    merges = merge_all(vectors, spread, edges)
    vectors[:] = kept
    return merges


def labels_of(order: Ints, joins: Ints, count: int) -> Ints:
    """The cluster of each row where `count` are left, int64[n] from 0 on."""
    labels = np.empty(len(order), np.int64)
    labels[order] = np.repeat(np.arange(count), np.diff(_starts(joins, count), append=len(order)))
    return labels


def _starts(joins: Ints, count: int) -> Ints:
    return np.append(0, np.sort(joins[len(joins) + 1 - count :]))


def _sample_size(photos: int) -> int:
    return photos if photos <= 4 * SAMPLE else SAMPLE


def _edges(neighbours: NDArray[np.int32]) -> Edges:
    known = (neighbours >= 0).ravel()
    rows = np.repeat(np.arange(len(neighbours), dtype=np.int32), neighbours.shape[1])
    return edges_of(rows[known], neighbours.ravel()[known], len(neighbours))


def _in_line(merges: Merges, photos: int) -> tuple[Ints, Ints]:
    """The order of the leaves, and the place in it where each merge joins its parts."""
    sizes = np.ones(2 * photos - 1, np.int64)
    pairs = merges.pairs.tolist()
    counts = sizes.tolist()
    for merge, (one, other) in enumerate(pairs):
        counts[photos + merge] = counts[one] + counts[other]
    starts = [0] * (2 * photos - 1)
    joins = np.empty(photos - 1, np.int64)
    for merge in range(photos - 2, -1, -1):
        one, other = pairs[merge]
        starts[one] = starts[photos + merge]
        starts[other] = joins[merge] = starts[one] + counts[one]
    order = np.empty(photos, np.int64)
    order[starts[:photos]] = np.arange(photos)
    return order, joins
