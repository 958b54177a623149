"""Search among descriptors: by the index, beside it and without it, while the library grows."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from photosearch.models import Filter, Ranked
from photosearch.store import vectors as vectors_module
from photosearch.store.catalog import Catalog
from photosearch.store.index.graph import is_available
from photosearch.store.vectors import rank
from tests.jobs import finish
from tests.store.vectors.drawn import SUFFIX, at, draw_vectors, few_of, fill, open_vectors, prune, with_graph_only


def test_the_index_finds_what_exact_search_finds(catalog: Catalog, tmp_path: Path) -> None:
    queries = draw_vectors(20, seed=1)
    exact = open_vectors(catalog, tmp_path).search(queries, 10)
    finish(open_vectors(catalog, tmp_path).extend(threads=2))
    assert len(list((tmp_path / "search").glob(f"*.{SUFFIX}"))) == 1
    indexed = open_vectors(catalog, tmp_path).search(queries, 10)
    assert indexed.ids.shape == (20, 10)
    hits = [len(set(one) & set(other)) for one, other in zip(indexed.ids, exact.ids, strict=True)]
    assert sum(hits) >= 198
    np.testing.assert_allclose(indexed.scores[:, 0], exact.scores[:, 0], atol=1e-5)


def test_young_descriptors_are_found_beside_the_index_at_once(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    open_one = open_vectors(catalog, tmp_path)
    young = draw_vectors(1, seed=2)
    assert open_one.search(young, 1).scores[0, 0] < 0.99
    fill(catalog, young, first=10_000)
    found = open_one.search(young, 3)
    assert found.scores[0, 0] == pytest.approx(1, abs=1e-3)
    assert found.scores[0, 1] < 0.99


def test_extending_adds_only_what_is_new(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    vectors = open_vectors(catalog, tmp_path)
    fill(catalog, draw_vectors(90, seed=3), first=1_000)
    assert list(vectors.extend(threads=1)) == [], "too few to bother"
    fill(catalog, draw_vectors(90, seed=4), first=2_000)
    reports = list(vectors.extend(threads=1))
    assert [report.done for report in reports] == ([0, 0, 128, 180] if is_available() else [128, 180])
    assert len(list((tmp_path / "search").glob(f"*.{SUFFIX}"))) == 1, "the old file is gone"
    assert vectors.search(draw_vectors(90, seed=4), 1).scores.min() > 0.99


def test_pruned_contents_leave_the_index_in_use(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    prune(catalog, "> 500")
    assert open_vectors(catalog, tmp_path).problem() is None


def test_a_run_that_adds_little_reads_no_index(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    fill(catalog, draw_vectors(90, seed=3), first=1_000)
    monkeypatch.setattr(vectors_module, "read_graph", None)
    monkeypatch.setattr(catalog, "descriptors_after", None)
    assert list(open_vectors(catalog, tmp_path).extend(threads=1)) == []


def test_many_threads_search_while_the_library_grows(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    vectors = open_vectors(catalog, tmp_path)
    fill(catalog, draw_vectors(50, seed=3), first=1_000)
    queries, start = draw_vectors(600), Barrier(8)

    def search(_: int) -> list[Ranked]:
        start.wait()
        return [vectors.search(queries[:20], k) for k in (5, 10, 30, 60) for _ in range(5)]

    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(search, thread) for thread in range(8)]
        fill(catalog, draw_vectors(60, seed=4), first=2_000)
        finish(vectors.extend(threads=1))
        results = [ranked for job in jobs for ranked in job.result()]
    for ranked in results:
        assert all(len(set(row)) == len(row) for row in ranked.ids.tolist()), "no content twice"
    assert vectors.search(queries, 1).ids[:, 0].tolist() == list(range(1, 601))
    assert vectors.search(draw_vectors(60, seed=4), 1).scores.min() > 0.99


def test_descriptors_of_two_encoders_never_meet(catalog: Catalog, tmp_path: Path) -> None:
    fill(catalog, draw_vectors(3, seed=9), encoder="other")
    other = open_vectors(catalog, tmp_path, "other")
    assert other.search(draw_vectors(1), 10).ids.shape == (1, 3)
    assert open_vectors(catalog, tmp_path, "new").search(draw_vectors(1), 10).ids.shape == (1, 0)


def test_few_contents_are_given_for_exact_search(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = open_vectors(catalog, tmp_path)
    few = vectors.few_among(Filter(folder=at("/album")))
    assert few is not None
    np.testing.assert_array_equal(few[1][np.argsort(few[0])].astype(np.float32), draw_vectors(600))
    none = vectors.few_among(Filter(folder=at("/alb")))
    assert none is not None
    assert rank(draw_vectors(1), *none, 5).ids.shape == (1, 0)
    monkeypatch.setattr(vectors_module, "FEW", 599 / 600**0.5)
    assert vectors.few_among(Filter(folder=at("/album"))) is None
    assert vectors.few_among(Filter(formats=("PNG",))) is not None


def test_all_contents_are_searched_with_at_once(catalog: Catalog, tmp_path: Path) -> None:
    vectors = open_vectors(catalog, tmp_path)
    finish(vectors.extend(threads=2))
    ranked = vectors.search_near(draw_vectors(600), 4, threads=2)
    assert ranked.ids[:, 0].tolist() == list(range(1, 601))
    expected = np.argsort(-(draw_vectors(600) @ draw_vectors(600).T), axis=1)[:, :4] + 1
    assert np.mean(ranked.ids == expected) > 0.75


@with_graph_only
def test_an_index_without_a_graph_is_searched_exactly_and_gets_one_later(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = draw_vectors(20, seed=1)
    young = open_vectors(catalog, tmp_path).search(queries, 10)
    monkeypatch.setitem(sys.modules, "hnswlib", None)  # as where it could not be installed
    finish(open_vectors(catalog, tmp_path).extend(threads=2))
    assert not list((tmp_path / "search").glob("*.graph"))
    vectors = open_vectors(catalog, tmp_path)
    monkeypatch.setattr(catalog, "descriptors_after", lambda _, after: (after, *few_of(0)))
    np.testing.assert_array_equal(vectors.search(queries, 10).ids, young.ids)
    assert vectors.problem() is None
    monkeypatch.undo()
    finish(vectors.extend(threads=2))
    assert len(list((tmp_path / "search").glob("*.graph"))) == 1
    monkeypatch.setitem(sys.modules, "hnswlib", None)  # and is taken away again
    np.testing.assert_array_equal(open_vectors(catalog, tmp_path).search(queries, 10).ids, young.ids)


@with_graph_only
def test_contents_that_are_gone_make_room_in_the_graph(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    prune(catalog, "<= 100")
    fill(catalog, draw_vectors(110, seed=3), first=1_000)
    vectors = open_vectors(catalog, tmp_path)
    finish(vectors.extend(threads=2))
    graph = vectors._refresh().index.graph
    assert len(graph) == 610, "ten are new, a hundred lie where others lay"
    for searching in (vectors, open_vectors(catalog, tmp_path)):
        assert searching.search(draw_vectors(600), 10).ids.min() > 100
        assert searching.search(draw_vectors(110, seed=3), 1).scores.min() > 0.99
        assert searching.search(draw_vectors(600)[100:], 1).scores.min() > 0.99
    prune(catalog, "BETWEEN 101 AND 300")
    finish(vectors.extend(threads=1))
    fill(catalog, draw_vectors(110, seed=4), first=2_000)
    finish(vectors.extend(threads=1))
    assert len(vectors._refresh().index.graph) == 520, "of too many gone it is made anew"


@with_graph_only
def test_a_library_that_has_grown_is_sketched_anew(catalog: Catalog, tmp_path: Path) -> None:
    vectors = open_vectors(catalog, tmp_path)
    fitted = list[int]()
    finish(vectors.extend(threads=1))
    for first in (1_000, 3_000):
        fill(catalog, draw_vectors(900, seed=first), first=first)
        finish(vectors.extend(threads=1))
        fitted.append(vectors._refresh().index.graph.sketch.fitted)
    assert fitted == [600, 2_400]
    assert len(list((tmp_path / "search").iterdir())) == 3, "a stamp, a graph, a matrix"


@with_graph_only
def test_the_graph_links_each_content_to_its_nearest(catalog: Catalog, tmp_path: Path) -> None:
    vectors = open_vectors(catalog, tmp_path)
    assert vectors.links() is None, "there is no graph yet"
    finish(vectors.extend(threads=1))
    prune(catalog, "<= 100")
    fill(catalog, draw_vectors(150, seed=3), first=1_000)
    finish(vectors.extend(threads=1))
    fill(catalog, draw_vectors(1, seed=4), first=2_000)
    names, near = vectors.links()
    drawn = np.concatenate([draw_vectors(600)[100:], draw_vectors(150, seed=3)])
    ids = np.concatenate([np.arange(101, 601), vectors.search(draw_vectors(150, seed=3), 1).ids[:, 0]])
    assert sorted(names) == sorted(ids), "neither what is gone nor what is young"
    linked = {frozenset((names[one], names[other])) for one, row in enumerate(near) for other in row if other >= 0}
    scores = drawn @ drawn.T
    np.fill_diagonal(scores, -1)
    pairs = [frozenset((ids[one], ids[other])) for one, other in enumerate(scores.argmax(axis=1))]
    assert np.mean([pair in linked for pair in pairs]) > 0.95


@with_graph_only
def test_links_of_a_damaged_index_are_none(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    matrix = next((tmp_path / "search").glob("*.vectors"))
    matrix.write_bytes(matrix.read_bytes()[:-30] + bytes(30))
    assert open_vectors(catalog, tmp_path).links() is None
    assert not matrix.exists()
