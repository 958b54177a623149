"""Query expansion: searching with the mean of a photo and its nearest."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

NEIGHBOURS = 5  # that a vector is expanded by: a personal library holds few pictures of one scene
ALPHA = 3.0


def expand(vectors: Floats, neighbours: Floats, scores: Floats, alpha: float = ALPHA) -> NDArray[np.float32]:
    """α query expansion: unit[..., D], the mean of a vector, weighing 1, and its neighbours, weighing score^α.

    `vectors` float[..., D], `neighbours` float[..., k, D], `scores` float[..., k], cosines.
    Radenović, Tolias & Chum, "Fine-tuning CNN image retrieval with no human annotation", 2018, section 5.2.
    """
    total = vectors + np.einsum("...k,...kd->...d", np.maximum(scores, 0) ** alpha, neighbours)
    return unit(total)


def unit(vectors: Floats) -> NDArray[np.float32]:
    """Scale float[..., D] to length 1; a zero vector, which resembles nothing, stays zero."""
    return (vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)).astype(np.float32)
