"""Photos that came since a hierarchy was computed: they join a cluster if they lie about as near as its members."""

import numpy as np

from photosearch.find.clusters.means import means_of
from photosearch.find.clusters.ward import Floats, Ints

SLACK = 0.8  # of the least score of a member with the others
BLOCK = 20_000_000  # scores at a time: 80 MB


def join(vectors: Floats, labels: Ints) -> Ints:
    """Labels from 0 on for all of float32[n,d] unit vectors, where -1 stood in int64[n] before.

    One joins the cluster that it has the highest mean score with, if that is about what the least typical member has
    with the others; with a photo that is alone, if it is what the least typical members have on average. Else it stays
    alone.
    """
    known, new = np.flatnonzero(labels >= 0), np.flatnonzero(labels < 0)
    if not len(known):
        return np.arange(len(labels))
    found = labels.copy()
    found[known] = np.unique(labels[known], return_inverse=True)[1]
    means, counts = means_of(vectors[known], found[known])
    least = _least_scores(vectors[known], found[known], means, counts)
    alone, step = len(means), max(1, BLOCK // len(means))
    for start in range(0, len(new), step):
        rows = new[start : start + step]
        scores = vectors[rows] @ means.T
        scores[scores < SLACK * least] = -np.inf
        best = scores.argmax(axis=1)
        fits = np.isfinite(scores[np.arange(len(rows)), best])
        found[rows] = np.where(fits, best, alone + np.arange(len(rows)))
        alone += len(rows)
    return np.unique(found, return_inverse=True)[1]


def _least_scores(vectors: Floats, labels: Ints, means: Floats, counts: Floats) -> Floats:
    """For each cluster, the least mean score of a member with the others."""
    own = counts[labels]
    scores = np.einsum("ij,ij->i", vectors, means[labels]) * own
    least = np.full(len(means), np.inf, np.float32)
    np.minimum.at(least, labels, (scores - 1) / np.maximum(own - 1, 1))
    several = counts > 1
    least[~several] = least[several].mean() if several.any() else np.inf
    return np.maximum(least, 0)
