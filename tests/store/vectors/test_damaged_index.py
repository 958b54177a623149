"""An index that is damaged, foreign, half-written or out of date is not used."""

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from photosearch.errors import LibraryError
from photosearch.store import vectors as vectors_module
from photosearch.store.catalog import Catalog
from photosearch.store.vectors import Vectors
from tests.jobs import finish
from tests.store.vectors.drawn import SUFFIX, draw_vectors, fill, open_vectors, prune, with_graph_only


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
