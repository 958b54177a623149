"""The means of clusters."""

import numpy as np

from photosearch.find.clusters.ward import Floats, Ints

BLOCK = 5_000  # photos at a time: 10 MB


def means_of(vectors: Floats, labels: Ints) -> tuple[Floats, Floats]:
    """The mean of each cluster float32[c,d], and how many it has float32[c], for labels int64[n] from 0 on."""
    order = np.argsort(labels, kind="stable")
    counts = np.bincount(labels).astype(np.float32)
    means = np.zeros((len(counts), vectors.shape[1]), np.float32)
    for start in range(0, len(order), BLOCK):
        rows = order[start : start + BLOCK]
        names = labels[rows]
        firsts = np.flatnonzero(np.diff(names, prepend=-1))
        means[names[firsts]] += np.add.reduceat(vectors[rows], firsts, axis=0)
    means /= counts[:, None]
    return means, counts
