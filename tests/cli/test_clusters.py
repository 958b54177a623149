"""Clusters of a library: on the command line, with numbers and names that stay."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from photosearch.errors import QueryError
from photosearch.library import Library
from photosearch.library import clusters as clusters_module
from photosearch.library.clusters import Clustering
from photosearch.paths import resources
from photosearch.store import vectors as vectors_module
from tests.conftest import Run, kept_library, restored
from tests.jobs import finish, index
from tests.photos import open_sample, save_photo
from tests.store.vectors.drawn import with_graph_only

KINDS = {"bear": 0, "tiger": 3, "bird": 6}


def shots(folder: Path, name: str, sample: int, numbers: range) -> None:
    """Photos of one scene: parts of a sample, each another."""
    folder.mkdir(exist_ok=True)
    photo = open_sample(sample, (320, 240))
    for number in numbers:
        photo.crop((4 * number, 3 * number, 300 + number, 225 + number)).save(folder / f"{name}{number}.jpg")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three scenes of four shots and one photo like none of them, and a library of them."""
    place = tmp_path_factory.mktemp("indexed")
    for name, sample in KINDS.items():
        shots(place / "album", name, sample, range(4))
    save_photo(place / "album" / "stranger.png", 5, (300, 200))
    with kept_library(place):
        return place


tmp_path = restored("indexed", "zoo")


@pytest.fixture
def zoo(album: Path) -> Path:
    """The photos of three scenes, and the stranger."""
    return album


def names(library: Library, found: Clustering) -> dict[int, set[str]]:
    """The files of each cluster, by its number."""
    told: dict[int, set[str]] = {}
    for each in found.clusters:
        photos = library.photos.get(each.photos.tolist()).values()
        told[each.cluster_id] = {os.path.basename(photo.path).rstrip("0123456789.jpgn") for photo in photos}
    return told


def test_scenes_are_clusters_and_a_stranger_is_in_none(library: Library, zoo: Path) -> None:
    found = finish(library.clusters.find("occasion"))
    assert sorted(map(sorted, names(library, found).values())) == [["bear"], ["bird"], ["tiger"]]
    assert [len(each.photos) for each in found.clusters] == [4, 4, 4]
    (stranger,) = library.photos.get(found.left_out.tolist()).values()
    assert stranger.path == str(zoo / "stranger.png")
    assert all(each.medoid in each.photos for each in found.clusters)


@with_graph_only
def test_along_the_search_index_the_clusters_are_the_same(
    library: Library, zoo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shots(zoo, "bird", KINDS["bird"], range(4, 5))
    index(library, zoo)
    expected = finish(library.clusters.find("occasion"))
    monkeypatch.setattr(clusters_module, "FEW", 0)
    monkeypatch.setattr(vectors_module, "YOUNG_LIMIT", 0)
    finish(library.vectors.extend(threads=1))
    shots(zoo, "tiger", KINDS["tiger"], range(4, 6))
    monkeypatch.undo()
    index(library, zoo)  # two that the index lacks
    monkeypatch.setattr(clusters_module, "FEW", 0)
    library.clusters.discard()
    found = finish(library.clusters.find("occasion"))
    assert sorted(len(each.photos) for each in found.clusters) == [4, 5, 6]
    assert names(library, found) == names(library, expected)
    assert len(found.left_out) == 1


def test_kept_clusters_in_a_compression_that_nobody_knows_are_made_anew(library: Library, zoo: Path) -> None:
    before = names(library, finish(library.clusters.find("kind")))
    (kept,) = library.places.clusters.glob("*.npz")
    content = bytearray(kept.read_bytes())
    entry = content.index(b"PK\x01\x02")  # of the archive's directory, whose compression is at 10
    content[entry + 10] = 99
    kept.write_bytes(content)
    assert names(library, finish(library.clusters.find("kind"))) == before


def test_numbers_and_names_stay_when_photos_come_and_all_is_computed_anew(library: Library, zoo: Path) -> None:
    before = finish(library.clusters.find("occasion"))
    bears = next(number for number, files in names(library, before).items() if files == {"bear"})
    assert library.clusters.rename(bears, "  Our bear ") is None
    shots(zoo, "bear", KINDS["bear"], range(4, 6))  # they join
    index(library)
    after = finish(library.clusters.find("occasion"))
    assert names(library, after) == names(library, before)
    assert {each.name: len(each.photos) for each in after.clusters} == {"Our bear": 6, None: 4}
    library.clusters.discard()
    anew = finish(library.clusters.find("occasion"))
    assert names(library, anew) == names(library, before)
    assert library.clusters.rename(bears, None) == "Our bear"


def test_a_copy_lies_with_its_original_and_what_is_gone_in_none(library: Library, zoo: Path) -> None:
    (zoo / "copy.jpg").write_bytes((zoo / "bear1.jpg").read_bytes())
    (zoo / "tiger0.jpg").unlink()
    index(library)
    found = finish(library.clusters.find("occasion"))
    assert sorted(len(each.photos) for each in found.clusters) == [3, 4, 5]


def test_levels_go_from_each_by_itself_to_all_together(library: Library, zoo: Path) -> None:
    finest, coarsest = (finish(library.clusters.find("occasion", level)) for level in (0, 100))
    assert not finest.clusters and len(finest.left_out) == 13
    assert [len(each.photos) for each in coarsest.clusters] == [13]


def test_the_name_of_a_cluster_becomes_a_label(library: Library, zoo: Path) -> None:
    found = finish(library.clusters.find("occasion"))
    number = found.clusters[0].cluster_id
    with pytest.raises(QueryError, match="needs a name"):
        library.clusters.make_label(number)
    library.clusters.rename(number, "Zoo")
    assert library.clusters.make_label(number) == ("Zoo", 4)
    assert library.labels.counts() == {"Zoo": 4}
    with pytest.raises(QueryError, match="no cluster 999"):
        library.clusters.rename(999, "None")


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 no archive", None])
def test_a_damaged_file_is_computed_anew(library: Library, zoo: Path, damage: bytes | None, tmp_path: Path) -> None:
    before = names(library, finish(library.clusters.find("occasion")))
    file = library.places.clusters / "occasion.npz"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    with Library(library.places.library) as other:
        assert names(other, finish(other.clusters.find("occasion"))) == before
    assert file.read_bytes() == whole


def test_the_json_is_as_it_is_promised(run_json: Callable[..., Any], zoo: Path) -> None:
    told = run_json("clusters", "--by", "occasion")
    assert set(told) == {"by", "level", "clusters", "left_out"} and told["by"] == "occasion"
    assert told["left_out"] == [str(zoo / "stranger.png")]
    for each in told["clusters"]:
        assert set(each) == {"id", "name", "medoid", "photos"} and each["name"] is None
        assert each["medoid"] in [photo["path"] for photo in each["photos"]]
        typical = [photo["typicality"] for photo in each["photos"]]
        assert typical == sorted(typical, reverse=True) and all(0 < value <= 1 for value in typical)
    number = told["clusters"][0]["id"]
    assert run_json("clusters", "--name", number, "Bears") == {"id": number, "name": "Bears", "before": None}
    assert run_json("clusters", "--label", number) == {"label": "Bears", "changed": 4}
    assert run_json("clusters", "--by", "occasion")["clusters"][0]["name"] == "Bears"


def test_only_a_folder(run_json: Callable[..., Any], zoo: Path, library: Library) -> None:
    shots(zoo / "deep", "deer", 4, range(4))
    index(library)
    told = run_json("clusters", "--by", "occasion", "--in", zoo / "deep")
    photos = [photo["path"] for each in told["clusters"] for photo in each["photos"]] + told["left_out"]
    assert sorted(photos) == sorted(str(file) for file in (zoo / "deep").iterdir())


def test_a_sheet_and_words(run: Run, zoo: Path, tmp_path: Path) -> None:
    code, out, _ = run("clusters", "--by", "occasion", "--sheet", tmp_path / "sheet.jpg")
    assert code == 0 and "3 clusters at the level" in out and "1 photo in none" in out
    assert (tmp_path / "sheet.jpg").stat().st_size > 5_000


def test_nothing_to_cluster_and_wrong_words(run: Run, library: Library, tmp_path: Path) -> None:
    code, out, _ = run("clusters")
    assert code == 0 and "No folder has been added yet" in out
    code, _, told = run("clusters", "--sheet", tmp_path / "none.jpg")
    assert code == 1 and "no clusters to write" in told and not (tmp_path / "none.jpg").exists()
    for wrong in (["--level", "101"], ["--level", "fine"], ["--by", "colour"], ["--label", "x"]):
        with pytest.raises(SystemExit, match="2"):
            run("clusters", *wrong)
    assert run("clusters", "--name", "seven", "Name")[0] == 2
    assert run("clusters", "--name", "7", "Name")[0] == 1


def test_the_cards_tell_which_part_is_of_kinds() -> None:
    for name in ("default", "default-int8"):
        card = json.loads((resources() / "encoders" / name / "encoder.json").read_text())
        assert card["kinds_from"] == 320
