"""Nearest neighbours through the catalog: exact and indexed answers agree, and a damaged index is only lost time."""

import hashlib
import json
import os
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from numpy.typing import NDArray

from photosearch.errors import LibraryError
from photosearch.models import Decoded, Facts, Filter, FoundFile, Ranked, Read
from photosearch.store import vectors as vectors_module
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.index import index as index_module
from photosearch.store.index.graph import is_available
from photosearch.store.tables.rescan import Rescan
from photosearch.store.vectors import Vectors, rank
from tests.jobs import finish

DIMENSION = 32
SUFFIX = "graph" if is_available() else "vectors"
with_graph_only = pytest.mark.skipif(not is_available(), reason="hnswlib could not be installed")
at = os.path.abspath  # as each system spells it
FACTS = Facts("JPEG", 1, 1, None, None, None, None, None, 0.0)


def draw_vectors(count: int, seed: int = 0) -> NDArray[np.float32]:
    """Unit vectors as the catalog keeps them."""
    vectors = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16).astype(np.float32)


def fill(catalog: Catalog, vectors: NDArray[np.float32], first: int = 0, encoder: str = "test") -> None:
    """Record one photo a vector."""
    rescan = Rescan(catalog, catalog.encoder_id(encoder))
    rescan.record(
        Read(
            FoundFile(at(f"/album/{number}.jpg"), 1, 1),
            Decoded(number.to_bytes(32, "big"), np.empty((0, 0, 3), np.uint8), b"", FACTS, bytes(32)),
            vector,
        )
        for number, vector in enumerate(vectors, first)
    )
    rescan.close()


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Catalog]:
    """A catalog of 600 descriptors, with an index from 100 young ones on."""
    monkeypatch.setattr(vectors_module, "YOUNG_LIMIT", 100)
    monkeypatch.setattr(vectors_module, "STEP", 128)
    monkeypatch.setattr(index_module, "GRAPH_COST", 0)
    catalog = Catalog(tmp_path / "catalog.sqlite")
    fill(catalog, draw_vectors(600))
    yield catalog
    catalog.close()


def open_vectors(catalog: Catalog, tmp_path: Path, encoder: str = "test") -> Vectors:
    return Vectors(catalog, tmp_path / "search", encoder, DIMENSION)


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


def test_an_interrupted_build_changes_nothing(catalog: Catalog, tmp_path: Path) -> None:
    vectors = open_vectors(catalog, tmp_path)
    job = vectors.extend(threads=1)
    next(job)
    job.close()
    assert not (tmp_path / "search" / "stamp.json").exists()
    assert vectors.search(draw_vectors(1), 1).scores[0, 0] > 0.99


@pytest.mark.parametrize("damage", ["cut", "flip", "gone", "stamp", "other encoder"])
def test_a_damaged_or_foreign_index_is_not_used(catalog: Catalog, tmp_path: Path, damage: str) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    file = next((tmp_path / "search").glob(f"*.{SUFFIX}"))
    stamp = tmp_path / "search" / "stamp.json"
    content = bytearray(file.read_bytes())
    if damage == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif damage == "flip":
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    elif damage == "gone":
        file.unlink()
    elif damage == "stamp":
        stamp.write_text("[1, 2")
    else:
        stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"encoder": "another"}))
    vectors = open_vectors(catalog, tmp_path)
    assert (vectors.problem() is None) == (damage == "other encoder")
    assert vectors.search(draw_vectors(600)[:5], 1).ids[:, 0].tolist() == [1, 2, 3, 4, 5]
    finish(vectors.extend(threads=1))
    assert vectors.problem() is None


def test_an_index_of_an_older_state_of_the_catalog_is_not_used(catalog: Catalog, tmp_path: Path) -> None:
    """The catalog was restored from a backup, then grew again: the file's ids mean other pictures now."""
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    restored = Catalog(tmp_path / "restored.sqlite")
    fill(restored, draw_vectors(300), first=5_000)
    assert open_vectors(restored, tmp_path).problem() is not None
    fill(restored, draw_vectors(600), first=9_000)
    assert open_vectors(restored, tmp_path).problem() is not None
    restored.close()


def prune(catalog: Catalog, condition: str) -> None:
    with transaction(catalog.connection):
        catalog.connection.execute(f"DELETE FROM photo WHERE content_id {condition}")
        catalog.connection.execute(f"DELETE FROM content WHERE id {condition}")


def test_pruned_contents_leave_the_index_in_use(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    prune(catalog, "> 500")
    assert open_vectors(catalog, tmp_path).problem() is None


def test_a_foreign_index_is_not_used_where_its_last_content_was_pruned(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    restored = Catalog(tmp_path / "restored.sqlite")
    fill(restored, draw_vectors(600), first=9_000)
    prune(restored, "> 500")
    assert open_vectors(restored, tmp_path).problem() is not None
    restored.close()


def test_a_rejected_index_is_thrown_away_by_the_next_run(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    small = Catalog(tmp_path / "small.sqlite")
    fill(small, draw_vectors(3), first=9_000)
    vectors = open_vectors(small, tmp_path)
    assert list(vectors.extend(threads=1)) == []
    assert vectors.problem() is None
    assert list((tmp_path / "search").iterdir()) == []
    small.close()


def test_a_run_that_adds_little_reads_no_index(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    fill(catalog, draw_vectors(90, seed=3), first=1_000)
    monkeypatch.setattr(vectors_module, "read_graph", None)
    monkeypatch.setattr(catalog, "descriptors_after", None)
    assert list(open_vectors(catalog, tmp_path).extend(threads=1)) == []


def test_an_index_replaced_while_it_is_opened_is_read_anew(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    fill(catalog, draw_vectors(200, seed=3), first=1_000)
    reader, read_stamp = open_vectors(catalog, tmp_path), Vectors.stamp

    def read_then_replace(self: Vectors) -> vectors_module.Stamp | None:
        monkeypatch.setattr(Vectors, "stamp", read_stamp)
        stamp = read_stamp(self)
        finish(open_vectors(catalog, tmp_path).extend(threads=1))
        return stamp

    monkeypatch.setattr(Vectors, "stamp", read_then_replace)
    assert reader.problem() is None


@with_graph_only
def test_a_full_disk_leaves_the_old_index_and_nothing_else(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = open_vectors(catalog, tmp_path)
    finish(vectors.extend(threads=1))
    before = sorted((tmp_path / "search").iterdir())
    (tmp_path / "search" / "0123456789abcdef.graph").write_bytes(b"left by a run that was killed")
    fill(catalog, draw_vectors(200, seed=3), first=1_000)

    def store(_: object, file: Path) -> str:
        file.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vectors_module, "_store", store)
    with pytest.raises(LibraryError, match="No space left"):
        finish(vectors.extend(threads=1))
    assert sorted((tmp_path / "search").iterdir()) == before
    assert vectors.search(draw_vectors(200, seed=3), 1).scores.min() > 0.99


def test_a_stamp_leads_to_no_file_but_an_index_of_its_own(catalog: Catalog, tmp_path: Path) -> None:
    victim, foreign = tmp_path / "victim.jpg", tmp_path / "search" / "my own.graph"
    victim.write_bytes(b"a photo")
    vectors = open_vectors(catalog, tmp_path)
    finish(vectors.extend(threads=1))
    foreign.write_bytes(b"another's")
    stamp = tmp_path / "search" / "stamp.json"
    names = ("../victim.jpg", str(victim), foreign.name, "..", "a\0b")
    for field, name in ((field, name) for field in ("matrix", "graph") for name in names):
        stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {field: name}))
        vectors = open_vectors(catalog, tmp_path)
        assert vectors.search(draw_vectors(600)[:5], 1).ids[:, 0].tolist() == [1, 2, 3, 4, 5]
        assert vectors.problem() is not None
        finish(vectors.extend(threads=1))
        assert vectors.problem() is None
    assert (victim.read_bytes(), foreign.read_bytes()) == (b"a photo", b"another's")


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": "600"}, {"through": None}, {"through": 2**70}, {"sample": []}, {"sample": {"1": 5}},
        {"sample": {"9" * 30: "00"}}, {"graph": 7}, {"sha256": ["a"]}, {"encoder": {}}, {"count": True}, {"count": -1},
        {"matrix": None}, {"rows": 2**40},
    ],
)  # fmt: skip
def test_a_stamp_of_wrong_types_is_none(catalog: Catalog, tmp_path: Path, wrong: dict[str, object]) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    stamp = tmp_path / "search" / "stamp.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | wrong))
    vectors = open_vectors(catalog, tmp_path)
    assert vectors.search(draw_vectors(600)[:5], 1).ids[:, 0].tolist() == [1, 2, 3, 4, 5]
    finish(vectors.extend(threads=1))
    assert vectors.problem() is None


@with_graph_only
@pytest.mark.parametrize("content", [b"", b"IxFI", b"no index", None])
def test_an_index_that_cannot_be_read_is_thrown_away_though_its_checksum_is_right(
    catalog: Catalog, tmp_path: Path, content: bytes | None
) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    stamp, file = tmp_path / "search" / "stamp.json", next((tmp_path / "search").glob("*.graph"))
    content = file.read_bytes()[:-100] if content is None else content
    file.write_bytes(content)
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"sha256": hashlib.sha256(content).hexdigest()}))
    vectors = open_vectors(catalog, tmp_path)
    assert vectors.search(draw_vectors(600)[:5], 1).ids[:, 0].tolist() == [1, 2, 3, 4, 5]
    finish(vectors.extend(threads=1))
    assert vectors.problem() is None


def test_a_file_in_the_place_of_the_folder_is_told(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "search").write_bytes(b"")
    vectors = open_vectors(catalog, tmp_path)
    with pytest.raises(LibraryError, match="could not be written"):
        finish(vectors.extend(threads=1))
    assert vectors.search(draw_vectors(600)[:5], 1).ids[:, 0].tolist() == [1, 2, 3, 4, 5]


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


def few_of(count: int) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    return np.arange(count), draw_vectors(count).astype(np.float16)


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


@pytest.mark.parametrize("with_graph", [True, False])
def test_a_damaged_descriptor_of_the_index_is_not_believed(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_graph: bool
) -> None:
    if not with_graph:
        monkeypatch.setitem(sys.modules, "hnswlib", None)
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    matrix = next((tmp_path / "search").glob("*.vectors"))
    content = bytearray(matrix.read_bytes())
    content[len(content) // 2] ^= 1
    matrix.write_bytes(content)
    vectors = open_vectors(catalog, tmp_path)
    assert vectors.problem() is not None
    assert vectors.search(draw_vectors(600), 1).ids[:, 0].tolist() == list(range(1, 601))
    finish(vectors.extend(threads=1))
    assert vectors.problem() is None
    assert next((tmp_path / "search").glob("*.vectors")) != matrix or os.name == "nt"


def test_rows_that_a_killed_run_left_are_written_over(catalog: Catalog, tmp_path: Path) -> None:
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    reader = open_vectors(catalog, tmp_path)
    reader.warm_up()
    fill(catalog, draw_vectors(200, seed=3), first=1_000)
    job = open_vectors(catalog, tmp_path).extend(threads=1)
    next(job)
    job.close()
    with next((tmp_path / "search").glob("*.vectors")).open("ab") as file:
        file.write(b"half a row")
    assert reader.search(draw_vectors(200, seed=3), 1).scores.min() > 0.99
    finish(open_vectors(catalog, tmp_path).extend(threads=1))
    vectors = open_vectors(catalog, tmp_path)
    assert vectors.problem() is None
    for searching in (reader, vectors):
        assert searching.search(draw_vectors(600), 1).ids[:, 0].tolist() == list(range(1, 601))
        assert searching.search(draw_vectors(200, seed=3), 1).scores.min() > 0.99
