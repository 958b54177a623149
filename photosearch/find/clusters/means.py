"""The means of clusters."""

import numpy as np

from photosearch.find.clusters.ward import Floats, Ints

BLOCK = 50_000  # vectors that are copied at a time: 100 MB


def means_of(vectors: Floats, labels: Ints) -> tuple[Floats, Floats]:
    """The mean of each cluster float32[c,d], and how many it has float32[c], for labels int64[n] from 0 on."""
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(int(labels.max(initial=-1)) + 2))
    means = np.empty((len(starts) - 1, vectors.shape[1]), np.float32)
    first = 0
    while first < len(means):
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + BLOCK, "right")) - 1)
        rows = order[starts[first] : starts[last]]
        means[first:last] = np.add.reduceat(vectors[rows], starts[first:last] - starts[first], axis=0)
        first = last
    counts = np.diff(starts).astype(np.float32)
    means /= counts[:, None]
    return means, counts
