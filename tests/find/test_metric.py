"""A metric of made-up descriptors: kinds lie apart in a few directions, and differ among themselves in others."""

import numpy as np
import pytest
from numpy.typing import NDArray

from photosearch.find.evaluation import evaluate
from photosearch.find.expansion import unit
from photosearch.find.metric import SHRINKAGE, Metric, learn_map, learn_metric, search_by
from photosearch.find.teaching import Examples, check
from photosearch.store.index.exact import rank

D = 32
NO_PAIRS = np.empty((0, 2), np.int64)


def make_kinds(kinds: int, each: int, seed: int = 0) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Descriptors float32[n,D] of so many photos of each kind, which differ most where it does not count."""
    chance = np.random.default_rng(seed)
    spread = np.where(np.arange(D) < 8, 2.0, 0.3)
    classes = np.repeat(np.arange(kinds), each)
    return unit(chance.normal(size=(kinds, D))[classes] + spread * chance.normal(size=(len(classes), D))), classes


def quality(metric: Metric | None, vectors: NDArray[np.float32], classes: NDArray[np.int64]) -> float:
    return evaluate(metric.transform(vectors) if metric else vectors, classes.astype(str).tolist()).map


def test_the_map_whitens_the_shrunk_covariance_within_classes() -> None:
    vectors, classes = make_kinds(10, 20)
    found = learn_map(vectors, classes, NO_PAIRS).astype(np.float64)
    apart = vectors - np.stack([vectors[classes == each].mean(axis=0) for each in classes])
    within = apart.T @ apart / (len(vectors) - 10)
    shrunk = within + SHRINKAGE * np.trace(within) / D * np.eye(D)
    assert found @ shrunk @ found == pytest.approx(np.eye(D), abs=0.02)


def test_kinds_that_it_has_not_seen_are_found_better_too() -> None:
    vectors, classes = make_kinds(20, 12)
    learned = classes < 10
    metric = learn_metric(vectors, vectors[learned], classes[learned], NO_PAIRS)
    for part in (learned, ~learned):
        assert quality(metric, vectors[part], classes[part]) > quality(None, vectors[part], classes[part]) + 2


def test_rejected_pairs_keep_the_direction_in_which_they_differ() -> None:
    vectors, classes = make_kinds(10, 12)
    pairs = np.array([(2 * row, 2 * row + 1) for row in range(len(vectors) // 2)])
    vectors[pairs[:, 0], 0] += 1.0
    vectors[pairs[:, 1], 0] -= 1.0
    without, with_them = (learn_map(vectors, classes, each) for each in (NO_PAIRS, pairs))
    assert np.linalg.norm(with_them[0]) > 1.2 * np.linalg.norm(without[0])


def test_scores_reach_any_value_as_often_as_before() -> None:
    vectors, classes = make_kinds(20, 12)
    metric = learn_metric(vectors, vectors, classes, NO_PAIRS)
    pairs = np.triu_indices(len(vectors), 1)
    scores, stored = metric.score(vectors, vectors)[pairs], (vectors @ vectors.T)[pairs]
    for share in (0.5, 0.9, 0.99, 0.999):
        assert np.quantile(scores, share) == pytest.approx(np.quantile(stored, share), abs=0.01)
    assert np.diag(metric.score(vectors, vectors)) == pytest.approx(np.ones(len(vectors)), abs=1e-4)


def test_of_many_photos_the_nearest_by_the_metric_are_found_among_candidates() -> None:
    vectors, classes = make_kinds(200, 40)
    metric = learn_metric(vectors[::10], vectors[::4], classes[::4], NO_PAIRS)
    contents, halves = np.arange(len(vectors)), vectors.astype(np.float16)
    search = search_by(metric, lambda queries, k: rank(queries, contents, halves, k), lambda ids: (ids, vectors[ids]))
    found = search(vectors[:50], 10)
    exact = np.argsort(-metric.score(vectors[:50], vectors), axis=1, kind="stable")[:, :10]
    shared = [len(set(one) & set(other)) for one, other in zip(found.ids.tolist(), exact.tolist(), strict=True)]
    assert np.mean(shared) >= 9.9
    assert (np.diff(found.scores, axis=1) <= 0).all()


@pytest.mark.parametrize(("kinds", "each", "better"), [(10, 12, True), (2, 3, False)])
def test_a_gain_is_told_only_by_photos_enough(kinds: int, each: int, better: bool) -> None:
    vectors, classes = make_kinds(kinds, each)
    job = check(Examples(vectors, classes, NO_PAIRS, len(vectors)), vectors.mean(axis=0), 0.9)
    while True:
        try:
            next(job)
        except StopIteration as end:
            assert end.value.is_better is better
            return


def test_what_chance_gains_is_no_gain() -> None:
    vectors, classes = make_kinds(10, 12)
    job = check(
        Examples(vectors, np.random.default_rng(1).permutation(classes), NO_PAIRS, 120), vectors.mean(axis=0), 0.9
    )
    while True:
        try:
            next(job)
        except StopIteration as end:
            assert not end.value.is_better
            return
