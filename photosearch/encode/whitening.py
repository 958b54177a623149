"""Learned whitening: a linear map that strengthens what two views of a photo share and weakens what differs."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Integers = NDArray[np.integer]


def fit_learned_whitening(
    vectors: Floats, queries: Integers, positives: Integers, shrinkage: float = 0.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean[D] and projection[D, D], strongest direction first, learned from pairs of rows of `vectors[n, D]`.

    Row `queries[i]` and row `positives[i]` show the same thing, m pairs in all. With `shrinkage` s their scatter S
    becomes S + s * tr(S) / D * I, which has an inverse even if pairs are few; at 0 it is the method as published.
    Raises numpy.linalg.LinAlgError if the scatter is singular.
    Mikolajczyk & Matas, "Improving descriptors for fast tree matching by optimal linear projection", 2007;
    Radenović, Tolias & Chum, "Fine-tuning CNN image retrieval with no human annotation", 2018, section 4.3.
    """
    rows = np.asarray(vectors, np.float64)
    mean = rows[queries].mean(axis=0)
    differences = rows[queries] - rows[positives]
    within = differences.T @ differences / len(differences)
    dimension = rows.shape[1]
    within += shrinkage * np.trace(within) / dimension * np.eye(dimension)
    whiten = np.linalg.inv(np.linalg.cholesky(within))
    whitened = (rows - mean) @ whiten.T
    _, directions = np.linalg.eigh(whitened.T @ whitened)  # weakest first
    return mean, directions[:, ::-1].T @ whiten
