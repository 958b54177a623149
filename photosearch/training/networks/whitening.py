"""Whitening: linear maps that give every direction of the vectors its say; they are scaled to unit length after it.

Each takes vectors float[n, D], the label of each, int[n], -1 for none, and how many dimensions to keep; it returns
mean[D] and projection[d, D], which map x to projection @ (x - mean).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from photosearch.errors import EncoderError

Floats = NDArray[np.floating]
Integers = NDArray[np.integer]
Map = tuple[NDArray[np.float64], NDArray[np.float64]]

SHRINKAGE = 0.3  # with it, learned whitening works from a few thousand pairs


def pca(vectors: Floats, labels: Integers, dimension: int) -> Map:
    """Principal axes by their deviation, Λ^-½ Vᵀ of the centred covariance V Λ Vᵀ, strongest first; d = `dimension`.

    Raises EncoderError if the vectors have no so many directions. Jégou & Chum, "Negative evidences and co-occurrences
    in image retrieval: the benefit of PCA and whitening", 2012.
    """
    mean, axes, deviations = _principal(vectors, dimension)
    return mean, axes / deviations[:, None]


def zca(vectors: Floats, labels: Integers, dimension: int) -> Map:
    """The whitening that moves vectors least, V Λ^-½ Vᵀ: every axis stays, so d = D, whatever `dimension` is.

    Raises EncoderError if the vectors have not D directions. Bell & Sejnowski, "The 'independent components' of natural
    scenes are edge filters", 1997.
    """
    mean, axes, deviations = _principal(vectors, vectors.shape[1])
    return mean, axes.T / deviations @ axes


def learned(vectors: Floats, labels: Integers, dimension: int) -> Map:
    """Lw from labels: what differs within a label is weakened, then the strongest d = `dimension` directions stay.

    It is `fit_learned_whitening` of every photo with every other of its label, where each photo weighs the same; photos
    without a label take part in the choice of directions only. Raises EncoderError if no label has two unlike photos.
    """
    rows = np.asarray(vectors, np.float64)
    _, place, count = np.unique(labels, return_inverse=True, return_counts=True)
    used = (labels >= 0) & (count[place] > 1)
    sums = np.zeros((len(count), rows.shape[1]))
    np.add.at(sums, place, rows)
    centred = (rows - sums[place] / count[place, None])[used]
    pairs = (2 * count / np.maximum(1, count - 1))[place][used]  # a pair's share of twice the variance
    within = (centred * pairs[:, None]).T @ centred / max(1, len(centred))
    if not np.trace(within) > 0:
        raise EncoderError("Whitening is learned from photos that share a label; there are no two.")
    _check(dimension, rows.shape[1])
    mean, projection = _whiten(rows, rows[used].mean(axis=0), within, SHRINKAGE)
    return mean, projection[:dimension]


WHITENINGS: dict[str, Callable[[Floats, Integers, int], Map]] = {"pca": pca, "zca": zca, "learned": learned}


def fit_learned_whitening(vectors: Floats, queries: Integers, positives: Integers, shrinkage: float = 0.0) -> Map:
    """Return mean[D] and projection[D, D], strongest direction first, learned from pairs of rows of `vectors[n, D]`.

    Row `queries[i]` and row `positives[i]` show the same thing, m pairs in all. With `shrinkage` s their scatter S
    becomes S + s * tr(S) / D * I, which has an inverse even if pairs are few; at 0 it is the method as published.
    Raises numpy.linalg.LinAlgError if the scatter is singular.
    Mikolajczyk & Matas, "Improving descriptors for fast tree matching by optimal linear projection", 2007;
    Radenović, Tolias & Chum, "Fine-tuning CNN image retrieval with no human annotation", 2018, section 4.3.
    """
    rows = np.asarray(vectors, np.float64)
    differences = rows[queries] - rows[positives]
    return _whiten(rows, rows[queries].mean(axis=0), differences.T @ differences / len(differences), shrinkage)


def _whiten(rows: NDArray[np.float64], mean: NDArray[np.float64], within: NDArray[np.float64], shrinkage: float) -> Map:
    dimension = rows.shape[1]
    shrunk = within + shrinkage * np.trace(within) / dimension * np.eye(dimension)
    whiten = np.linalg.inv(np.linalg.cholesky(shrunk))
    whitened = (rows - mean) @ whiten.T
    _, directions = np.linalg.eigh(whitened.T @ whitened)  # weakest first
    return mean, directions[:, ::-1].T @ whiten


def _principal(vectors: Floats, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean[D], the strongest `count` principal axes, float[count, D], and the standard deviation along each."""
    photos, dimension = vectors.shape
    _check(count, min(photos - 1, dimension))
    solver = "covariance_eigh" if photos >= dimension else "full"  # a covariance is D × D
    with np.errstate(invalid="ignore"):  # where all vectors are the same
        fitted = PCA(count, svd_solver=solver).fit(np.asarray(vectors, np.float64))
    deviations = np.sqrt(np.asarray(fitted.explained_variance_, np.float64))
    _check(count, int(np.count_nonzero(deviations > 1e-6 * deviations[0])))
    return np.asarray(fitted.mean_, np.float64), np.asarray(fitted.components_, np.float64), deviations


def _check(wanted: int, there: int) -> None:
    if wanted > there:
        raise EncoderError(
            "Whitening is to keep {count} dimensions, but these photos differ in {limit}.",
            count=wanted,
            limit=max(0, there),
        )
