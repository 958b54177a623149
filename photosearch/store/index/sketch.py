"""A sketch of descriptors: their first principal components, which hold nearly all of the distance between two."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COMPONENTS = 160  # kept: of 5,946 photos, the ten nearest are among the 50 nearest by these in 99.99 % of cases
MOST = 100_000  # descriptors that are looked at to fit a sketch


@dataclass(frozen=True)
class Sketch:
    """Principal components of a library of `fitted` descriptors: `mean` float32[D], `components` float32[D,d]."""

    mean: NDArray[np.float32]
    components: NDArray[np.float32]
    fitted: int

    def draw(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32[n,d] of float32[n,D]: never farther apart than what they are drawn of, as it is a projection."""
        return np.matmul(vectors - self.mean, self.components, dtype=np.float32)


class Covariance:
    """Statistics that a sketch is fitted on, accumulated in parts."""

    def __init__(self, dimension: int, total: int) -> None:
        """`total` is about how many descriptors there are."""
        self._step = max(1, total // MOST)
        self._count = 0
        self._sum = np.zeros(dimension, np.float64)
        self._products = np.zeros((dimension, dimension), np.float64)

    def add(self, vectors: NDArray[np.float32]) -> None:
        """Take in float32[n,D], or evenly some of them."""
        some = vectors[:: self._step]
        self._count += len(some)
        self._sum += some.sum(axis=0, dtype=np.float64)
        self._products += some.T @ some

    def sketch(self, fitted: int) -> Sketch:
        """The sketch of the descriptors added."""
        mean = self._sum / self._count
        covariance = self._products / self._count - np.outer(mean, mean)
        components = np.linalg.eigh(covariance)[1][:, ::-1][:, :COMPONENTS]
        return Sketch(mean.astype(np.float32), np.ascontiguousarray(components, np.float32), fitted)
