"""Search by example: one query made of several photos, and the photos nearest to it."""

from collections.abc import Collection
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.encode.calibration import Calibration
from photosearch.find.expansion import NEIGHBOURS, expand, unit
from photosearch.find.metric import Metric, Search, search_by
from photosearch.find.panel_search import Panels
from photosearch.models import EVERYTHING, Filter, Match, Query, Ranked, Relation
from photosearch.settings import usable_cores
from photosearch.store.catalog import Catalog, Place
from photosearch.store.index.exact import widen
from photosearch.store.vectors import Vectors, rank

AWAY_WEIGHT = 0.5

Few = tuple[NDArray[np.int64], NDArray[np.float16]]  # contents int64[n] and their descriptors float16[n,D]


class Parts(NamedTuple):
    """What finds photos within photos: the panels of the library, and those float32[n,D] of the query.

    They count from `floor` on, the least score of what may be a copy: only a copy of a panel is of any interest.
    """

    library: Panels
    query: NDArray[np.float32]
    floor: float


class Example(NamedTuple):
    """The descriptor float32[D] of a query, the contents that it was made of, and a metric to compare it by, if any."""

    vector: NDArray[np.float32]
    own: Collection[int]
    metric: Metric | None = None


def find_similar(
    catalog: Catalog,
    vectors: Vectors,
    query: Query,
    example: Example,
    calibration: Calibration | None,
    parts: Parts | None = None,
) -> list[Match]:
    """The photos nearest to the `example` of a query, best first.

    With `parts` also those of which one shows the other, or a part of it, beside other pictures. The query's own files
    are left out; other files of the same content are reported as identical.
    """
    vector, own, metric = example
    calibration = calibration_of(query, calibration)
    min_score = query.min_score
    if min_score is None:
        min_score = calibration.least_alike if calibration else -1.0

    def relation(content: int, score: float) -> Relation:
        if content in own:
            return "identical"
        return calibration.relation(score) if calibration else "lookalike"

    few = None if query.only == EVERYTHING else vectors.few_among(query.only)
    search = by_descriptors = vectors.search if few is None else partial(_search_few, few)
    if metric and few is None:
        near = partial(vectors.search_near, threads=usable_cores())
        search = search_by(metric, near, vectors.descriptors)
    elif metric and few:
        search = search_by(metric, by_descriptors, partial(_few_of, few))
    if query.expand:
        vector = _expand_by_search(catalog, vectors, query.only, vector, own, search)
    if parts:
        search = _with_parts(search, by_descriptors, parts)
    asked = {*query.photos, *query.without}
    nearest = _nearest(catalog, search, vector, query.only, query.limit + len(asked), min_score)
    return [
        Match(place.photo_id, place.path, score, relation(content, score), place.state)
        for content, score, places in nearest
        for place in places
        if place.path not in asked
    ][: query.limit]


def calibration_of(query: Query, calibration: Calibration | None) -> Calibration | None:
    """The meaning of scores for this query: a calibration is of two whole photos, not of a mixture or a part."""
    return None if len(query.photos) != 1 or query.without or query.expand or query.region else calibration


def combine(wanted: NDArray[np.float32], unwanted: NDArray[np.float32]) -> NDArray[np.float32]:
    """One unit query float32[D] from float32[n,D] photos to come near to and float32[m,D] to keep away from.

    The mean of the one less half the mean of the other (Rocchio, 1971).
    """
    query = wanted.mean(axis=0)
    if len(unwanted):
        query = query - AWAY_WEIGHT * unwanted.mean(axis=0)
    return unit(query)


def _search_few(few: Few, queries: NDArray[np.float32], k: int) -> Ranked:
    """Exact search, where a filter admits few contents; where it admits many, others are among what is found."""
    return rank(queries, *few, k)


def _few_of(few: Few, contents: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    wanted = np.isin(few[0], contents)
    return few[0][wanted], widen(few[1][wanted])


def _with_parts(search: Search, by_descriptors: Search, parts: Parts) -> Search:
    """Search that takes the best score of a photo, as a whole or by panels of either side, which tell copies only."""

    def find(queries: NDArray[np.float32], k: int) -> Ranked:
        whole = search(queries, k)
        found = [parts.library.search(np.concatenate([queries, parts.query]), k)]
        found += [by_descriptors(parts.query, k)] if len(parts.query) else []
        ids, scores = (np.concatenate([each[column].ravel() for each in found]) for column in (0, 1))
        is_copy = scores >= parts.floor
        ids, scores = (
            np.concatenate(pair) for pair in ((whole.ids[0], ids[is_copy]), (whole.scores[0], scores[is_copy]))
        )
        order = np.argsort(-scores, kind="stable")
        _, first = np.unique(ids[order], return_index=True)
        best = order[np.sort(first)][:k]
        return Ranked(ids[best][None], scores[best][None])

    return find


def _nearest(
    catalog: Catalog, search: Search, vector: NDArray[np.float32], only: Filter, count: int, least: float = -1.0
) -> list[tuple[int, float, list[Place]]]:
    """Contents, their scores from `least` on, and where they lie, best first; at least `count` if there are so many.

    Some of the nearest may have no file any more, or only files that `only` excludes: then it searches further.
    """
    k = count
    while True:
        ranked = search(vector[None], k)
        ids, scores = ranked.ids[0].tolist(), ranked.scores[0].tolist()
        places = catalog.places([content for content, score in zip(ids, scores, strict=True) if score >= least], only)
        if len(places) >= count or len(ids) < k or scores[-1] < least:
            return [
                (content, score, places[content])
                for content, score in zip(ids, scores, strict=True)
                if content in places
            ]
        k = min(8 * k, 1 + round(1.25 * k * count / max(1, len(places))))


def _expand_by_search(
    catalog: Catalog,
    vectors: Vectors,
    only: Filter,
    vector: NDArray[np.float32],
    own: Collection[int],
    search: Search,
) -> NDArray[np.float32]:
    near = [
        (descriptor, score)
        for content, score, _ in _nearest(catalog, search, vector, only, NEIGHBOURS + len(own))
        if content not in own and (descriptor := vectors.descriptor(content)) is not None
    ][:NEIGHBOURS]
    if not near:
        return vector
    return expand(vector, np.stack([descriptor for descriptor, _ in near]), np.array([score for _, score in near]))
