"""A personal metric: a linear map of the stored descriptors, learned in seconds from what belongs together.

The map is the learned whitening Lw (Mikolajczyk and Matas, 2007; Radenović, Tolias and Chum, 2018): the inverse root of
the covariance of differences within classes. The covariance is shrunk towards a multiple of the identity (Ledoit and
Wolf, 2004, at a fixed share), so that a few dozen photos suffice, and photos of no class are compared about as before.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photosearch.find.expansion import unit
from photosearch.models import Ranked
from photosearch.store.index.exact import in_order

SHRINKAGE = 3.0  # times the mean variance: of 1 to 10, what gains on Corel and Holidays, also for classes not learned
REJECTED = 0.5  # weight of a pair that was said not to belong together, beside one that does
KNOTS = 60  # of the scale of scores
WIDER, LEAST, MOST_MORE = 4, 100, 2_000  # candidates: so many times those wanted, at least these, at most so many more
EXACT = 1e-6

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Search = Callable[[Floats, int], Ranked]


@dataclass(frozen=True, eq=False)
class Metric:
    """A photo with the descriptor x lies at unit((x - mean) @ map): float32[D], float32[D,D].

    A score is the cosine there on the scale of stored descriptors: as many pairs of the library's photos reach
    `scale[1]` by their descriptors as reach `scale[0]` by the metric, float32[2,k].
    """

    mean: Floats
    map: Floats
    scale: Floats

    def transform(self, vectors: Floats) -> Floats:
        """Unit float32[n,D] of float32[n,D]."""
        return unit((vectors - self.mean) @ self.map)

    def score(self, queries: Floats, vectors: Floats) -> Floats:
        """float32[Q,n] of float32[Q,D] and float32[n,D]."""
        cosines = self.transform(queries) @ self.transform(vectors).T
        return np.interp(cosines, *self.scale).astype(np.float32)

    def directions(self, queries: Floats) -> Floats:
        """Unit float32[Q,D]: but for the length of what is compared, their products with descriptors rank as scores."""
        return unit((queries - self.mean) @ self.map @ self.map.T)

    @property
    def is_sound(self) -> bool:
        """True if it can be one, as what is read from a file may be anything."""
        shapes = self.mean.ndim == 1 and self.map.shape == (len(self.mean),) * 2 and self.scale.shape[:1] == (2,)
        return (
            shapes
            and self.scale.ndim == 2
            and all(each.dtype == np.float32 and bool(np.isfinite(each).all()) for each in self._arrays)
            and bool((np.diff(self.scale, axis=1) >= 0).all())
        )

    @property
    def _arrays(self) -> tuple[Floats, Floats, Floats]:
        return self.mean, self.map, self.scale


def learn_map(vectors: Floats, classes: Ints, rejected: Ints) -> Floats:
    """The map float32[D,D] from float32[n,D] in classes int64[n], and pairs int64[r,2] of rows that are no match.

    Classes of one photo add nothing. Directions in which rejected pairs differ are not evened out with the others.
    """
    classes, sizes = np.unique(classes, return_inverse=True, return_counts=True)[1:]
    means = np.zeros((len(sizes), vectors.shape[1]))
    np.add.at(means, classes, vectors)
    means /= sizes[:, None]
    apart = (vectors - means[classes]) * np.sqrt(sizes / np.maximum(sizes - 1, 1))[classes, None]
    count = max(int((sizes[classes] > 1).sum()), 1)
    covariance = apart.T @ apart / count
    level = SHRINKAGE * max(float(np.trace(covariance)) / len(covariance), EXACT)
    differences = (vectors[rejected[:, 0]] - vectors[rejected[:, 1]]).astype(np.float64)
    covariance -= REJECTED / (2 * count) * (differences.T @ differences)
    variances, axes = np.linalg.eigh(covariance)
    return (axes / np.sqrt(np.maximum(variances, 0) + level) @ axes.T).astype(np.float32)


def learn_metric(sample: Floats, vectors: Floats, classes: Ints, rejected: Ints) -> Metric:
    """See `learn_map`; `sample` float32[m,D] of the library's photos give the mean, and the scale of scores."""
    found = Metric(sample.mean(axis=0), learn_map(vectors, classes, rejected), np.zeros((2, 0), np.float32))
    pairs = np.triu_indices(len(sample), 1)
    taught, stored = (np.sort((each @ each.T)[pairs]) for each in (found.transform(sample), sample))
    count = len(taught)
    places = count - np.unique(np.geomspace(1, count, KNOTS).astype(int))[::-1] if count else np.empty(0, int)
    ends = (np.full(1, -1, np.float32), np.ones(1, np.float32))
    scale = np.stack([np.clip([*ends[0], *each[places], *ends[1]], -1, 1) for each in (taught, stored)])
    return Metric(found.mean, found.map, np.maximum.accumulate(scale, axis=1).astype(np.float32))


def search_by(metric: Metric, search: Search, descriptors: Callable[[Ints], tuple[Ints, Floats]]) -> Search:
    """The same search by the metric: candidates come of `search`, and `descriptors` gives those of some contents.

    Candidates are near the query, or in the direction that the metric looks for.
    """

    def find(queries: Floats, k: int) -> Ranked:
        wide = max(LEAST, min(WIDER * k, k + MOST_MORE))
        near = search(np.concatenate([queries, metric.directions(queries)]), wide).ids
        found = [np.unique(near[[row, len(queries) + row]]) for row in range(len(queries))]
        most = max(map(len, found), default=0)
        ids, scores = np.full((len(queries), most), -1), np.full((len(queries), most), -2, np.float32)
        for row, some in enumerate(found):
            known, vectors = descriptors(some)
            ids[row, : len(known)] = known
            scores[row, : len(known)] = metric.score(queries[row : row + 1], vectors)[0]
        return in_order(ids, scores, k)

    return find
