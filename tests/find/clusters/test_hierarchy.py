"""The hierarchy of photos: its cuts, the level it finds by itself, what joins later, and which cluster is which."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from photosearch.find.clusters import Hierarchy, cluster, medoids, typicality, ward
from photosearch.find.clusters.join import join
from photosearch.find.clusters.matching import same_as_before

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def heaps(sizes: list[int], apart: float = 0.7, seed: int = 0, dimension: int = 32) -> tuple[Floats, Ints]:
    """Unit vectors float32[n,dimension] in heaps of these sizes, and the heap of each; `apart` 0: all by chance."""
    random = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    centres = random.standard_normal((len(sizes), dimension))
    vectors = apart * centres[truth] + (1 - apart) * random.standard_normal((len(truth), dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), truth


def near(vectors: Floats, count: int = 13) -> Ints:
    return np.argsort(-(vectors @ vectors.T), axis=1)[:, :count]


def agree(one: Ints, other: Ints) -> float:
    """The share of all pairs that are together in both or apart in both."""
    return float(((one[:, None] == one) == (other[:, None] == other)).mean())


def is_finer(fine: Ints, coarse: Ints) -> bool:
    return len(np.unique(np.stack([fine, coarse]), axis=1).T) == fine.max() + 1


@pytest.mark.parametrize("sizes", [[30] * 8, [4] * 60, [2, 3, 5, 8, 13, 21, 34]])
def test_the_level_that_is_found_is_that_of_the_heaps(sizes: list[int]) -> None:
    vectors, truth = heaps(sizes)
    assert agree(cluster(vectors, None).cut(), truth) > 0.999


def test_along_the_graph_it_is_the_same_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, truth = heaps([6] * 50)
    whole = cluster(vectors, None)
    monkeypatch.setattr(ward, "FEW", 20)
    along = cluster(vectors, near(vectors))
    assert agree(along.cut(), whole.cut()) > 0.999
    assert agree(along.cut(), truth) > 0.999
    assert agree(along.cut(60), whole.cut(60)) > 0.95


def test_parts_of_the_graph_that_hang_together_by_nothing_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ward, "FEW", 5)
    vectors, truth = heaps([10] * 12)
    hierarchy = cluster(vectors, near(vectors, 3))
    assert hierarchy.cut(100).max() == 0
    assert agree(hierarchy.cut(), truth) > 0.99


def test_one_that_is_like_no_other_stays_alone() -> None:
    vectors, _ = heaps([12] * 5 + [1] * 3, dimension=256)
    labels = cluster(vectors, None).cut()
    assert (np.bincount(labels)[labels[-3:]] == 1).all()


def test_copies_without_end_cost_no_more_than_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ward, "FEW", 5)
    vectors = np.repeat(heaps([1] * 6)[0], 40, axis=0)
    labels = cluster(vectors, near(vectors, 8)).cut()
    assert agree(labels, np.repeat(np.arange(6), 40)) == 1


@given(count=st.integers(0, 40), seed=st.integers(0, 9), apart=st.floats(0, 0.9))
@settings(max_examples=25, deadline=None)
def test_cuts_are_nested_and_complete(count: int, seed: int, apart: float) -> None:
    vectors, _ = heaps([1 + seed % 3] * count, apart, seed)
    hierarchy = cluster(vectors, None)
    before = hierarchy.cut(0)
    assert len(np.unique(before)) == len(vectors)
    for level in (5, 20, 37.5, 60, 90, 100):
        labels = hierarchy.cut(level)
        assert sorted(set(labels.tolist())) == list(range(labels.max(initial=-1) + 1))
        assert not len(vectors) or is_finer(before, labels)
        before = labels
    assert len(hierarchy.cut()) == len(vectors)
    assert 0 <= hierarchy.automatic_level <= 100


@given(seed=st.integers(0, 20))
@settings(max_examples=10, deadline=None)
def test_another_order_gives_the_same_clusters(seed: int) -> None:
    vectors, _ = heaps([3, 9, 5, 1, 7, 2, 12], 0.55, seed)
    order = np.random.default_rng(seed).permutation(len(vectors))
    one, other = cluster(vectors, None).cut(), cluster(vectors[order], None).cut()
    assert agree(one[order], other) > 0.95


def test_what_comes_later_joins_its_own_or_stays_alone() -> None:
    vectors, truth = heaps([10] * 9 + [1], dimension=256)
    old = np.flatnonzero((np.arange(len(truth)) % 10 < 8) & (truth < 9))
    hierarchy: Hierarchy = cluster(vectors[old], None)
    labels = np.full(len(truth), -1)
    labels[old] = hierarchy.cut()
    joined = join(vectors, labels)
    assert agree(joined, truth) == 1


def test_nothing_to_join_leaves_each_alone() -> None:
    vectors, _ = heaps([2, 2])
    assert join(vectors, np.full(4, -1)).tolist() == [0, 1, 2, 3]


def test_the_medoid_is_the_most_typical_and_a_stranger_the_least() -> None:
    vectors, truth = heaps([20, 20])
    vectors[5] = vectors[25]
    typical = typicality(vectors, truth)
    assert typical[:20].argmin() == 5
    assert ((typical > 0) & (typical <= 1)).all()
    for heap, medoid in enumerate(medoids(vectors, truth)):
        assert truth[medoid] == heap
        assert typical[medoid] > np.median(typical[truth == heap])


def members(*groups: list[int]) -> list[Ints]:
    return [np.array(group, np.int64) for group in groups]


def test_a_cluster_is_the_one_that_most_of_it_lies_in() -> None:
    before = members([1, 2, 3, 4], [5, 6], [7, 8, 9])
    now = members([5, 6, 10, 11, 12, 13], [1, 2, 3], [4, 14], [7, 20], [8, 21], [9, 22])
    assert same_as_before(before, now) == [1, 0, None, None, None, None]


def test_of_two_that_became_one_it_is_the_larger() -> None:
    assert same_as_before(members([1, 2], [3, 4, 5]), members([1, 2, 3, 4, 5])) == [1]


def test_it_is_the_same_when_some_of_it_are_gone_from_the_library() -> None:
    assert same_as_before(members([1, 2, 3, 4, 5]), members([4, 5, 6])) == [0]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.lists(st.integers(0, 5), min_size=40, max_size=40))
def test_no_cluster_is_two(before: list[int], now: list[int]) -> None:
    old = [np.flatnonzero(np.array(before) == each) for each in range(6)]
    new = [np.flatnonzero(np.array(now) == each) for each in range(6)]
    found = [each for each in same_as_before(old, new) if each is not None]
    assert len(found) == len(set(found))
    unchanged = same_as_before(old, old)
    assert all(place == number for number, place in enumerate(unchanged) if len(old[number]))
