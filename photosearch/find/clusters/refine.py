"""A cut made better, photo by photo, where that lowers the sum of squares (Hartigan & Wong, 1979)."""

import numpy as np

from photosearch.find.clusters.blocks import in_blocks
from photosearch.find.clusters.means import means_of
from photosearch.find.clusters.ward import Edges, Floats, Ints, distinct

ROUNDS = 5
FEW = 10_000_000  # pairs of a photo and a cluster that are all compared


def refine(vectors: Floats, labels: Ints, edges: Edges) -> Ints:
    """The clusters of float32[n,d] vectors, int64[n] from 0 on, once no photo lies better in another one.

    Where there are many, only the clusters of photos along the edges are tried.
    """
    changed = np.ones(int(labels.max()) + 1, bool)  # clusters in the last round: with others, all is as it was
    for _ in range(ROUNDS):
        means, counts = means_of(vectors, labels)
        if len(vectors) * len(means) <= FEW:
            move, best = _best_of_all(vectors, labels, means, counts)
        else:
            ends = labels[edges]
            apart = edges[(ends[:, 0] != ends[:, 1]) & changed[ends].any(axis=1)]
            move, best = _best_along(vectors, labels, means, counts, apart)
        own = counts[labels]
        stay = _squares(vectors, means, np.arange(len(labels)), labels) * own / np.maximum(own - 1, 1)
        better = (move < stay * (1 - 1e-4)) & (own > 1)
        if not better.any():
            break
        changed[:] = False
        changed[labels[better]] = changed[best[better]] = True
        left, labels = np.unique(np.where(better, best, labels), return_inverse=True)
        changed = changed[left]
    return labels


def _best_of_all(vectors: Floats, labels: Ints, means: Floats, counts: Floats) -> tuple[Floats, Ints]:
    """The least that it costs each photo to join another cluster, and which: float32[n], int64[n]."""
    squares = np.einsum("ij,ij->i", means, means)
    joining = counts / (counts + 1)
    least, best = np.empty(len(labels), np.float32), np.empty(len(labels), np.int64)
    step = max(1, 20_000_000 // len(means))
    for start in range(0, len(labels), step):
        part = slice(start, start + step)
        some = vectors[part]
        costs = (np.vecdot(some, some)[:, None] + squares - 2 * (some @ means.T)) * joining
        rows = np.arange(len(costs))
        costs[rows, labels[part]] = np.inf
        best[part] = costs.argmin(axis=1)
        least[part] = costs[rows, best[part]]
    return least, best


def _best_along(vectors: Floats, labels: Ints, means: Floats, counts: Floats, edges: Edges) -> tuple[Floats, Ints]:
    """The same among the clusters at the other ends of edges between two."""
    clusters = len(means)
    keys = edges.T.ravel().astype(np.int64)
    keys *= clusters
    keys += labels[edges[:, ::-1].T.ravel()]
    keys = distinct(keys)
    photos, tried = keys // clusters, keys % clusters
    costs = _squares(vectors, means, photos, tried) * counts[tried] / (counts[tried] + 1)
    least, best = np.full(len(labels), np.inf, np.float32), np.zeros(len(labels), np.int64)
    np.minimum.at(least, photos, costs)
    first = costs <= least[photos]
    best[photos[first]] = tried[first]
    return least, best


def _squares(vectors: Floats, means: Floats, photos: Ints, clusters: Ints) -> Floats:
    """The squared distance of photos from the means of clusters, float32[pairs]."""

    def measure(part: slice) -> Floats:
        apart = vectors[photos[part]]
        apart -= means[clusters[part]]
        return np.vecdot(apart, apart)

    return in_blocks(measure, len(photos))
