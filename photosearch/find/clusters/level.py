"""The most informative level of a hierarchy: the one with the highest mean silhouette (Rousseeuw, 1987)."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from photosearch.find.clusters.ward import Floats, Ints

LEVELS = 100  # at most, that are compared
ROWS = 50  # of the sample at a time, so that their scores with all others take little memory
BESIDE = 2  # times so many: each takes 400 MB of a million photos
NOISE = 1e-3  # of scores, as descriptors are rounded: those of copies may be above 1


def best_count(vectors: Floats, order: Ints, joins: Ints, sample: Ints) -> int:
    """The number of clusters whose silhouette is highest, on the rows `sample` of float32[n,d] unit vectors.

    With scores for distances: a photo scores `own` with the rest of its cluster on average, and `other` with the
    nearest other one; it counts (own - other) / (1 - min(own, other)), and 0 if it is alone.
    """
    photos = len(order)
    counts = np.unique(np.round(np.geomspace(2, photos - 1, LEVELS)).astype(np.int64))[::-1]
    places = np.empty(photos, np.int64)
    places[order] = np.arange(photos)
    bounds = [np.concatenate([[0], np.sort(joins[photos - count :])]) for count in counts.tolist()]

    def totals_of(rows: Ints) -> list[float]:
        sums, before, totals = _scores_in_order(vectors, rows, order), np.arange(photos), list[float]()
        for starts in bounds:
            sums = np.add.reduceat(sums, np.searchsorted(before, starts), axis=1)
            before = starts
            sizes = np.diff(np.append(starts, photos))
            own = np.searchsorted(starts, places[rows], "right") - 1
            totals.append(float(_silhouettes(sums, sizes, own).sum()))
        return totals

    with ThreadPoolExecutor(BESIDE) as threads:
        totals = list(threads.map(totals_of, [sample[start : start + ROWS] for start in range(0, len(sample), ROWS)]))
    return int(counts[np.argmax(np.sum(totals, axis=0))])


def _scores_in_order(vectors: Floats, rows: Ints, order: Ints) -> Floats:
    found = np.empty((len(rows), len(order)), np.float32)
    for start in range(0, len(order), 20_000):
        part = order[start : start + 20_000]
        found[:, start : start + 20_000] = vectors[rows] @ vectors[part].T
    return found


def _silhouettes(sums: Floats, sizes: Ints, own: Ints) -> Floats:
    """Of rows in the clusters `own`, by their scores with the members of every cluster, summed."""
    rows = np.arange(len(sums))
    means = sums / sizes.astype(np.float32)
    means[rows, own] = -np.inf
    other = means.max(axis=1)
    rest = sizes[own] - 1
    within = (sums[rows, own] - 1) / np.maximum(rest, 1)
    return np.where(rest > 0, (within - other) / np.maximum(1 - np.minimum(within, other), NOISE), 0)
