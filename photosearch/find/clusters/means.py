"""The means of clusters."""

import numpy as np

from photosearch.find.clusters.ward import Floats, Ints

FEW = 16  # photos of a cluster that are added in step with those of all others


def means_of(vectors: Floats, labels: Ints) -> tuple[Floats, Floats]:
    """The mean of each cluster float32[c,d], and how many it has float32[c], for labels int64[n] from 0 on."""
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(int(labels.max(initial=-1)) + 2))
    counts = np.diff(starts)
    means = np.zeros((len(counts), vectors.shape[1]), np.float32)
    for place in range(min(FEW, int(counts.max(initial=0)))):  # three times as fast as np.add.reduceat
        some = np.flatnonzero(counts > place)
        means[some] += vectors[order[starts[some] + place]]
    for cluster in np.flatnonzero(counts > FEW).tolist():
        means[cluster] += vectors[order[starts[cluster] + FEW : starts[cluster + 1]]].sum(axis=0)
    means /= counts[:, None]
    return means, counts.astype(np.float32)
