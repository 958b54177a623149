"""The representative photo of a cluster, and how typical each photo is of its own."""

import numpy as np

from photosearch.find.clusters.means import means_of
from photosearch.find.clusters.ward import Floats, Ints

SHRINKAGE = 0.3  # of the covariance towards a sphere
MOST = 20_000  # photos from which it is learned


def medoids(vectors: Floats, labels: Ints) -> Ints:
    """The row of each cluster that scores highest with all others of it: int64[c] for labels int64[n] from 0 on."""
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(int(labels.max(initial=-1)) + 1))
    found = np.empty(len(starts), np.int64)
    for number, rows in enumerate(np.split(order, starts[1:]) if len(starts) else ()):
        members = vectors[rows]
        found[number] = rows[np.argmax(members @ members.sum(axis=0))]
    return found


def typicality(vectors: Floats, labels: Ints) -> Floats:
    """The typicality of photos in their cluster, float32[n]: 1 at its centre, ½ at the usual distance, less beyond.

    d / (d + distance²) with the Mahalanobis distance from the mean of the cluster, by the covariance of photos about
    their means in all clusters, since a cluster alone has too few photos for one of its own.
    """
    if not len(vectors):
        return np.empty(0, np.float32)
    means, counts = means_of(vectors, labels)
    whitening = _whitening(vectors, labels, means, counts)
    size = vectors.shape[1]
    found = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), MOST):
        part = slice(start, start + MOST)
        apart = (vectors[part] - means[labels[part]]) @ whitening
        found[part] = size / (size + np.einsum("ij,ij->i", apart, apart))
    return found


def _whitening(vectors: Floats, labels: Ints, means: Floats, counts: Floats) -> Floats:
    """float32[d,d]: multiplied by it, differences from the means have the covariance of a unit sphere."""
    size = vectors.shape[1]
    together = np.flatnonzero(counts[labels] > 1)
    some = together[np.random.default_rng(0).permutation(len(together))[:MOST]]
    if not len(some):
        return np.eye(size, dtype=np.float32)
    # n/(n-1), as the mean was made of the photo itself, too
    own = counts[labels[some]]
    apart = (vectors[some] - means[labels[some]]) * np.sqrt(own / (own - 1))[:, None]
    scatter = (apart.T @ apart / len(some)).astype(np.float64)
    even = float(np.trace(scatter)) / size or 1.0
    scatter = (1 - SHRINKAGE) * scatter + SHRINKAGE * even * np.eye(size)
    return np.linalg.inv(np.linalg.cholesky(scatter)).T.astype(np.float32)
