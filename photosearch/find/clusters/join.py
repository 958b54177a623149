"""Photos that came since a hierarchy was computed: they join a cluster where that costs no more than its own merges."""

import numpy as np

from photosearch.find.clusters.means import means_of
from photosearch.find.clusters.ward import Floats, Ints

BLOCK = 20_000_000  # scores at a time: 80 MB


def join(vectors: Floats, labels: Ints, limit: float) -> Ints:
    """Labels from 0 on for all of float32[n,d] unit vectors, where -1 stood in int64[n] before.

    One joins the cluster where the sum of squares grows least, if that is at most `limit`; else it stays alone.
    """
    known = np.flatnonzero(labels >= 0)
    found = labels.copy()
    found[known] = np.unique(labels[known], return_inverse=True)[1]
    new = np.flatnonzero(labels < 0)
    if not len(known):
        return np.arange(len(labels))
    means, counts = means_of(vectors[known] if len(new) else vectors, found[known])
    squares = np.einsum("ij,ij->i", means, means)
    step = max(1, BLOCK // len(means))
    alone = len(means)
    for start in range(0, len(new), step):
        rows = new[start : start + step]
        costs = (1 + squares - 2 * (vectors[rows] @ means.T)) * counts / (counts + 1)
        best = costs.argmin(axis=1)
        fits = costs[np.arange(len(rows)), best] <= limit
        found[rows] = np.where(fits, best, alone + np.arange(len(rows)))
        alone += len(rows)
    return np.unique(found, return_inverse=True)[1]
