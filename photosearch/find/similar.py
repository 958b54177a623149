"""What looks like this: one query made of several photos, and the photos nearest to it."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from photosearch.encode.calibration import Calibration
from photosearch.paths import inside
from photosearch.photo import Match, Query, Ranked, Relation
from photosearch.store.catalog import Catalog
from photosearch.store.vectors import Vectors

EXPANSION_NEIGHBOURS = 5  # a personal library holds few pictures of one scene
EXPANSION_ALPHA = 3.0
AWAY_WEIGHT = 0.5

Search = Callable[[NDArray[np.float32], int], Ranked]


def find_similar(
    catalog: Catalog,
    vectors: Vectors,
    query: Query,
    vector: NDArray[np.float32],
    own: Collection[int],
    calibration: Calibration | None,
) -> list[Match]:
    """The photos nearest to `vector` float32[D], best first; `own` are the contents that `query` was made of.

    The query's own files are left out; other files of the same content are told as identical. A `calibration` is of
    the cosine of two whole photos, so it is left aside where the query is a mixture or a part.
    """
    if len(query.photos) > 1 or query.without or query.expand or query.region:
        calibration = None
    min_score = query.min_score
    if min_score is None:
        min_score = calibration.least_alike if calibration else -1.0

    def relation(content: int, score: float) -> Relation:
        if content in own:
            return "identical"
        return calibration.relation(score) if calibration else "lookalike"

    def search(queries: NDArray[np.float32], k: int) -> Ranked:
        return vectors.search_below(queries, k, query.folder) if query.folder else vectors.search(queries, k)

    if query.expand:
        vector = _expand_by_search(vectors, vector, own, search)
    asked = {*query.photos, *query.without}
    k = query.limit + len(asked)
    while True:
        ranked = search(vector[None], k)
        ids, scores = ranked.ids[0].tolist(), ranked.scores[0].tolist()
        places = catalog.places(ids)
        matches = [
            Match(place.photo_id, place.path, score, relation(content, score), place.state)
            for content, score in zip(ids, scores, strict=True)
            if score >= min_score
            for place in places.get(content, ())
            if place.path not in asked and (not query.folder or inside(place.path, query.folder))
        ]
        if len(matches) >= query.limit or len(ids) < k or scores[-1] < min_score:
            return matches[: query.limit]
        k *= 4  # many of the nearest are contents that lie nowhere any more


def combine(wanted: NDArray[np.float32], unwanted: NDArray[np.float32]) -> NDArray[np.float32]:
    """One unit query float32[D] from float32[n,D] photos to come near to and float32[m,D] to keep away from.

    The mean of the one less half the mean of the other (Rocchio, 1971).
    """
    query = wanted.mean(axis=0)
    if len(unwanted):
        query = query - AWAY_WEIGHT * unwanted.mean(axis=0)
    return _unit(query)


def expand(
    query: NDArray[np.float32],
    neighbours: NDArray[np.float32],
    scores: NDArray[np.floating],
    alpha: float = EXPANSION_ALPHA,
) -> NDArray[np.float32]:
    """α query expansion (Radenović, Tolias & Chum, TPAMI 2018): the query and its nearest k, weighted by score^α.

    `query` float32[D], `neighbours` float32[k,D], `scores` float32[k], cosines.
    """
    return _unit(query + np.maximum(scores, 0) ** alpha @ neighbours)


def _expand_by_search(
    vectors: Vectors, vector: NDArray[np.float32], own: Collection[int], search: Search
) -> NDArray[np.float32]:
    ranked = search(vector[None], EXPANSION_NEIGHBOURS + len(own))
    near = [
        (descriptor, score)
        for content, score in zip(ranked.ids[0].tolist(), ranked.scores[0].tolist(), strict=True)
        if content not in own and (descriptor := vectors.descriptor(content)) is not None
    ][:EXPANSION_NEIGHBOURS]
    if not near:
        return vector
    return expand(vector, np.stack([descriptor for descriptor, _ in near]), np.array([score for _, score in near]))


def _unit(vector: NDArray[np.floating]) -> NDArray[np.float32]:
    """Scale to length 1; a zero vector, which resembles nothing, stays zero."""
    return (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
