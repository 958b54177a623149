"""Which photo stands for a cluster, and how typical each photo is of its own."""

import numpy as np

from photosearch.find.clusters.ward import Floats, Ints

SHRINKAGE = 0.3  # of the covariance towards a sphere
MOST = 20_000  # photos from which it is learned


def medoids(vectors: Floats, labels: Ints) -> Ints:
    """The row of each cluster that scores highest with all others of it: int64[c] for labels int64[n] from 0 on."""
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(int(labels.max(initial=-1)) + 1))
    found = np.empty(len(starts), np.int64)
    for number, rows in enumerate(np.split(order, starts[1:])):
        members = vectors[rows]
        found[number] = rows[np.argmax(members @ members.sum(axis=0))]
    return found


def typicality(vectors: Floats, labels: Ints) -> Floats:
    """How typical photos are of their cluster, float32[n]: 1 at its centre, ½ at the usual distance, towards 0 beyond.

    The Mahalanobis distance from the mean of the cluster, by the covariance of photos about their means in all
    clusters, since a cluster alone has too few photos for one of its own: d / (d + distance²).
    """
    if not len(vectors):
        return np.empty(0, np.float32)
    apart = vectors - _means(vectors, labels)[labels]
    count = np.bincount(labels)[labels]
    together = np.flatnonzero(count > 1)
    if not len(together):
        return np.ones(len(vectors), np.float32)
    some = together[np.random.default_rng(0).permutation(len(together))[:MOST]]
    # n/(n-1): the mean was made of the photo itself, too
    known = apart[some] * np.sqrt(count[some] / (count[some] - 1))[:, None].astype(np.float32)
    scatter = known.T @ known / len(some)
    size = len(scatter)
    even = float(np.trace(scatter)) / size or 1.0
    scatter = (1 - SHRINKAGE) * scatter + SHRINKAGE * even * np.eye(size, dtype=np.float32)
    whitened = np.linalg.solve(np.linalg.cholesky(scatter.astype(np.float64)), apart.T.astype(np.float64))
    return (size / (size + np.einsum("ij,ij->j", whitened, whitened))).astype(np.float32)


def _means(vectors: Floats, labels: Ints) -> Floats:
    sums = np.zeros((int(labels.max()) + 1, vectors.shape[1]), np.float32)
    np.add.at(sums, labels, vectors)
    return sums / np.bincount(labels)[:, None].astype(np.float32)
