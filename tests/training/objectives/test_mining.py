"""Which photos meet in a step."""

import numpy as np
import pytest

pytest.importorskip("torch")

from photosearch.training.objectives.mining import NEGATIVES, balanced, mine, neighbourhoods, with_pairs

CLASSES, PHOTOS_A_CLASS = 12, 8


@pytest.fixture
def labels() -> np.ndarray:
    labels = np.repeat(np.arange(CLASSES), PHOTOS_A_CLASS)
    return np.random.default_rng(1).permutation(np.concatenate([labels, np.full(10, -1)]))


@pytest.fixture
def vectors(labels: np.ndarray) -> np.ndarray:
    drawn = np.random.default_rng(2).standard_normal((len(labels), 16)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def generator() -> np.random.Generator:
    return np.random.default_rng(3)


def test_balanced_steps_hold_as_many_photos_of_each_of_as_many_classes(labels: np.ndarray):
    steps = balanced(labels, 4, 3, generator())
    assert len(steps) == CLASSES * PHOTOS_A_CLASS // 12
    for step in steps:
        classes, counts = np.unique(labels[step], return_counts=True)
        assert len(classes) == 4 and set(counts) == {3} and -1 not in classes and len(set(step)) == 12
    assert len({int(label) for step in steps for label in labels[step]}) > 8


def test_fewer_classes_or_photos_than_wanted_are_all_in_every_step():
    few = np.array([5, -1, 5, 2])
    for step in balanced(few, 8, 2, generator()):
        assert few[step].tolist() in ([5, 5, 2, 2], [2, 2, 5, 5])
    assert balanced(np.array([-1, -1]), 8, 2, generator()) == []


def test_drawing_by_one_generator_leaves_the_others_alone(labels: np.ndarray):
    np.random.seed(5)
    expected = np.random.random()
    np.random.seed(5)
    balanced(labels, 4, 3, generator())
    assert np.random.random() == expected


def test_a_query_meets_a_match_and_its_hardest_others_at_most_one_of_a_class(vectors: np.ndarray, labels: np.ndarray):
    queries = set()
    for step in mine(vectors, labels, 2 + NEGATIVES, generator()):
        query, match, *negatives = step
        queries.add(int(query))
        assert labels[match] == labels[query] and match != query
        scores = vectors @ vectors[query]
        hardest = {c: scores[labels == c].max() for c in range(CLASSES) if c != labels[query]}
        nearest = sorted(hardest.values())[::-1][:NEGATIVES]
        np.testing.assert_allclose(scores[negatives], nearest, rtol=1e-5)
        assert len(set(labels[negatives])) == NEGATIVES
    assert queries == set(np.flatnonzero(labels >= 0))


def test_several_queries_share_a_step_and_no_photo_comes_twice(vectors: np.ndarray, labels: np.ndarray):
    steps = mine(vectors, labels, 24, generator())
    assert all(len(set(step)) == len(step) <= 24 for step in steps)
    assert np.mean([len(step) for step in steps]) > 18
    assert -1 not in labels[np.concatenate(steps)]


@pytest.mark.parametrize("few", [[-1, -1, -1], [0, 1, 2], []])
def test_there_is_nothing_to_mine_without_two_photos_of_a_class(few: list[int]):
    assert mine(np.eye(3, dtype=np.float32)[: len(few)], np.array(few, np.int64), 8, generator()) == []


def test_one_class_alone_is_mined_for_matches():
    steps = mine(np.eye(3, dtype=np.float32), np.zeros(3, np.int64), 2, generator())
    assert {len(step) for step in steps} == {2} and set(np.concatenate(steps)) == {0, 1, 2}


def test_photos_come_with_those_nearest_to_them(vectors: np.ndarray):
    steps = neighbourhoods(vectors, 5, generator(), 5)
    assert len(steps) == len(vectors) // 5
    nearest = [set(row) for row in np.argsort(-(vectors @ vectors.T), axis=1)[:, :5].tolist()]
    assert all(set(step.tolist()) in nearest for step in steps)
    assert all(5 <= len(step) <= 20 for step in neighbourhoods(vectors, 20, generator(), 5))
    assert neighbourhoods(vectors[:3], 20, generator())[0].tolist() == [0, 1, 2]


def test_judged_pairs_come_into_the_steps_in_turn():
    pairs = np.array([[0, 1], [2, 3], [4, 5]])
    steps = with_pairs([np.array([9, 2, 8])] * 6, pairs, generator())
    assert all(step[:3].tolist() == [9, 2, 8] and len(set(step)) == len(step) for step in steps)
    met = [tuple(pair) for step in steps for pair in pairs.tolist() if set(pair) <= set(step.tolist())]
    assert sorted(met) == sorted([(0, 1), (2, 3), (4, 5)] * 2)
    assert [step.tolist() for step in with_pairs([np.array([7])], np.empty((0, 2), np.int64), generator())] == [[7]]


def test_equal_generators_give_equal_steps(vectors: np.ndarray, labels: np.ndarray):
    def draw(seed: int) -> list[list[int]]:
        rng = np.random.default_rng(seed)
        steps = [*balanced(labels, 4, 3, rng), *mine(vectors, labels, 24, rng), *neighbourhoods(vectors, 20, rng)]
        return [step.tolist() for step in with_pairs(steps, np.array([[0, 1], [2, 3]]), rng, 2)]

    assert draw(0) == draw(0) != draw(1)
