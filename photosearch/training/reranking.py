"""Ranking by more than the cosine of two vectors: also by the neighbours of a photo.

Each re-ranking takes unit queries float[Q, D] and a unit database float[N, D]; it returns int64[Q, N], the rows of the
database in order for each query, the best first.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from photosearch.find.expansion import ALPHA, NEIGHBOURS, Floats, expand

Ranks = NDArray[np.int64]

RETURN = 0.99  # α of diffusion: how much of a photo's rank comes from its neighbours
STEPS, TOLERANCE = 20, 1e-6  # of conjugate gradients
GAMMA = 3.0
GRAPH_NEIGHBOURS, QUERY_NEIGHBOURS = 50, 10  # the first counts the photo itself
REFINED, REFINED_BY, REFINED_WEIGHT = 400, 10, 0.15  # SuperGlobal's M, K + 1 and β
BLOCK = 1000  # rows whose cosines with all others are held at a time


def by_cosine(queries: Floats, database: Floats) -> Ranks:
    """No re-ranking."""
    return _order(queries @ database.T)


def aqe(queries: Floats, database: Floats, neighbours: int = NEIGHBOURS, alpha: float = ALPHA) -> Ranks:
    """Rank by queries that `expand` joined with their nearest in the database."""
    return by_cosine(expand_by(queries, database, neighbours, alpha), database)


def dba(queries: Floats, database: Floats, neighbours: int = NEIGHBOURS, alpha: float = ALPHA) -> Ranks:
    """Rank a database each of whose vectors `expand` joined with its nearest others.

    Arandjelović & Zisserman, "Three things everyone should know to improve object retrieval", 2012; the weights are
    those of Gordo, Almazán, Revaud & Larlus, "End-to-end learning of deep visual representations", 2017.
    """
    return by_cosine(queries, expand_by(database, database, neighbours, alpha, own=True))


def expand_by(
    vectors: Floats, database: Floats, neighbours: int, alpha: float, *, own: bool = False
) -> NDArray[np.float32]:
    """Join each of float[n, D] with its nearest in the database; with `own` they are its rows, and not their own."""
    expanded = np.empty(vectors.shape, np.float32)
    for rows, ids, scores in _nearest(vectors, database, neighbours, own):
        expanded[rows] = expand(vectors[rows], database[ids], scores, alpha)
    return expanded


def diffusion(queries: Floats, database: Floats) -> Ranks:
    """Rank by the random walk that starts at a query's nearest and goes on from neighbour to neighbour.

    It solves (I - αS) f = y for each query: S is the graph of mutual neighbours, weighing max(cosine, 0)^γ, by the
    degrees of both; y has such weights of the query's nearest. Photos that no walk reaches follow by their cosine.
    Iscen, Tolias, Avrithis, Furon & Chum, "Efficient diffusion on region manifolds", 2017.
    """
    near, weights = _graph(database)

    def multiply(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return values - RETURN * np.einsum("nk,nk->n", weights, values.take(near))

    ranks = np.empty((len(queries), len(database)), np.int64)
    for rows, ids, scores in _nearest(queries, database, QUERY_NEIGHBOURS):
        cosines = queries[rows] @ database.T
        for place, query in enumerate(range(rows.start, rows.start + len(ids))):
            start = np.zeros(len(database))
            start[ids[place]] = np.maximum(scores[place], 0) ** GAMMA
            ranks[query] = np.lexsort((-cosines[place], -_solve(multiply, start)))
    return ranks


def _graph(database: Floats) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The neighbours int64[N, k] of each photo in diffusion's graph and the normalised weights, 0 where not mutual."""
    photos = len(database)
    found = [(ids, scores) for _, ids, scores in _nearest(database, database, GRAPH_NEIGHBOURS - 1, own=True)]
    if not found:
        return np.empty((0, 0), np.int64), np.empty((0, 0))
    near, cosines = (np.concatenate(parts) for parts in zip(*found, strict=True))
    one = np.arange(photos)[:, None]
    mutual = np.isin(one * photos + near, near * photos + one)
    weights = np.where(mutual, np.maximum(cosines.astype(np.float64), 0) ** GAMMA, 0)
    degrees = np.maximum(weights.sum(axis=1), 1e-12)
    return near, weights / np.sqrt(degrees[:, None] * degrees[near])


def _solve(
    multiply: Callable[[NDArray[np.float64]], NDArray[np.float64]], target: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Conjugate gradients: x float[n] with multiply(x) near to `target`, for a symmetric, positive definite matrix.

    Hestenes & Stiefel, "Methods of conjugate gradients for solving linear systems", 1952.
    """
    solution, residual = np.zeros_like(target), target
    direction, error = residual, float(residual @ residual)
    enough = TOLERANCE**2 * error
    for _ in range(STEPS):
        if error <= enough:
            break
        ahead = multiply(direction)
        step = error / float(direction @ ahead)
        solution = solution + step * direction
        residual = residual - step * ahead
        before, error = error, float(residual @ residual)
        direction = residual + error / before * direction
    return solution


def superglobal(queries: Floats, database: Floats) -> Ranks:
    """Re-rank the nearest REFINED of each query by vectors refined among themselves; the others keep their places.

    Each becomes the mean of itself and its REFINED_BY - 1 nearest of them, which weigh β · cosine. The score is the
    mean of its cosine with the query and with the maximum, number by number, of the REFINED_BY best.
    Shao, Chen, Karpur, Cui, Araujo & Cao, "Global features are all you need for image retrieval and reranking", 2023.
    """
    ranks = by_cosine(queries, database)
    for query, order in zip(queries, ranks, strict=True):
        best = order[:REFINED].copy()
        near = database[best]
        cosines = near @ near.T
        theirs = _order(cosines)[:, :REFINED_BY]
        weights = REFINED_WEIGHT * np.take_along_axis(cosines, theirs, axis=1)
        weights[:, :1] = 1
        sums = np.einsum("nk,nkd->nd", weights, near[theirs])
        refined = sums / weights.sum(axis=1, keepdims=True)
        scores = refined @ query
        pooled = refined[np.argsort(-scores, kind="stable")[:REFINED_BY]].max(axis=0, initial=-np.inf)
        order[: len(best)] = best[np.argsort(-(scores + refined @ pooled), kind="stable")]
    return ranks


RERANKINGS: dict[str, Callable[[Floats, Floats], Ranks]] = {
    "aqe": aqe,
    "dba": dba,
    "diffusion": diffusion,
    "superglobal": superglobal,
}


def _nearest(
    vectors: Floats, database: Floats, count: int, own: bool = False
) -> Iterator[tuple[slice, NDArray[np.int64], Floats]]:
    """Blocks of rows of `vectors`, the ids int64[n, k] of their nearest in the database, in any order, and the cosines.

    With `own`, `vectors` is the database, and no row is near to itself.
    """
    count = min(count, len(database) - own)
    for start in range(0, len(vectors), BLOCK):
        rows = slice(start, start + BLOCK)
        cosines = vectors[rows] @ database.T
        if own:
            np.fill_diagonal(cosines[:, rows], -np.inf)
        if count < len(database):
            ids = np.argpartition(-cosines, count, axis=1)[:, :count]
        else:
            ids = np.broadcast_to(np.arange(count), cosines.shape)
        yield rows, ids, np.take_along_axis(cosines, ids, axis=1)


def _order(scores: Floats) -> Ranks:
    return np.argsort(-scores, axis=-1, kind="stable")
