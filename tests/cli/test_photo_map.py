"""The map of a library: on the command line, kept, gone on with, and with new photos on it."""

import csv
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from photosearch.errors import LibraryError
from photosearch.library import Library
from photosearch.library.maps.photo_map import Layout
from tests.conftest import Run
from tests.jobs import finish, index
from tests.photos import open_sample

pytest.importorskip("openTSNE")


def draw(folder: Path, samples: dict[str, int], shots: range) -> None:
    """Photos of some scenes: parts of samples, each another."""
    for name, sample in samples.items():
        photo = open_sample(sample, (200, 150))
        for number in shots:
            photo.crop((3 * number, 2 * number, 170 + number, 130 + number)).save(folder / f"{name}{number}.jpg")


@pytest.fixture
def zoo(library: Library, album: Path) -> Path:
    """Three scenes of eight shots."""
    draw(album, {"bear": 0, "tiger": 3, "bird": 6}, range(8))
    index(library, album)
    return album


def places(library: Library, layout: Layout) -> dict[str, tuple[float, float]]:
    """Where each file lies."""
    photos = library.photos.get(layout.photos.tolist())
    return {
        Path(photos[photo].path).stem: tuple(place)
        for photo, place in zip(layout.photos.tolist(), layout.places.tolist(), strict=True)
    }


def test_a_map_goes_on_where_it_was_stopped_and_new_photos_move_no_other(library: Library, zoo: Path) -> None:
    job = library.map.find(1)
    for step in job:
        if step.stage == "laying out the map" and step.done >= 400:
            break
    job.close()
    first = next(step.done for step in library.map.find(1) if step.stage == "laying out the map")
    assert first >= 400
    before = places(library, finish(library.map.find(1)))
    assert len(before) == 24

    draw(zoo, {"bear": 0}, range(8, 10))
    index(library, zoo)
    (zoo / "tiger0.jpg").unlink()
    index(library, zoo)
    kept = library.map.kept()
    assert kept
    after = places(library, kept)
    assert {name: place for name, place in after.items() if name in before} == {
        name: place for name, place in before.items() if name != "tiger0"
    }
    bears, others = (
        np.array([place for name, place in before.items() if name.startswith("bear") == wanted])
        for wanted in (True, False)
    )
    for name in ("bear8", "bear9"):
        off = [np.linalg.norm(group - after[name], axis=1).min() for group in (bears, others)]
        assert off[0] < off[1]


def test_a_map_of_hardly_any_of_the_photos_is_not_shown_and_begins_from_nothing(library: Library, album: Path) -> None:
    """One that was looked at before photos were added would have all of them in a heap."""
    assert len(finish(library.map.find(1)).photos) == 0
    draw(album, {"bear": 0, "tiger": 3, "bird": 6}, range(8))
    index(library, album)
    assert library.map.kept() is None
    late = places(library, finish(library.map.find(1)))
    library.map.discard()
    assert places(library, finish(library.map.find(1))) == late


def test_what_is_damaged_is_laid_out_anew(library: Library, album: Path) -> None:
    draw(album, {"bear": 0, "bird": 6}, range(6))
    index(library, album)
    finish(library.map.find(1))
    (file,) = library.places.map.glob("*.npz")
    file.write_bytes(file.read_bytes()[:-100])
    assert library.map.kept() is None
    assert len(finish(library.map.find(1)).photos) == 12


def test_a_map_is_written_as_picture_drawing_and_table(run: Run, album: Path, tmp_path: Path) -> None:
    draw(album, {"bear": 0, "bird": 6}, range(6))
    assert run("index", album)[0] == 0
    png, svg, table = (tmp_path / f"map.{ending}" for ending in ("png", "svg", "csv"))
    for out in (png, svg, table):
        assert run("map", out, "--photos")[0] == 0
    with Image.open(png) as picture:
        assert max(picture.size) == 3000
        assert len(picture.resize((60, 60)).getcolors() or ()) > 20
    drawing = ElementTree.parse(svg)
    assert len(drawing.findall(".//{*}circle")) == 12
    assert drawing.findall(".//{*}image")
    with table.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert {Path(row["path"]).name for row in rows} == {path.name for path in album.iterdir()}
    assert {row["cluster"] for row in rows} - {""}
    for wrong in (album / "bear0.jpg", tmp_path / "map.gif"):
        with pytest.raises(SystemExit, match="2"):
            run("map", wrong)


def test_no_other_file_is_replaced(run: Run, album: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "notes.csv"
    foreign.write_text("mine")
    code, _, told = run("map", foreign)
    assert (code, foreign.read_text()) == (1, "mine")
    assert "--force" in told


def test_without_opentsne_it_is_said_how_to_get_it(
    library: Library, zoo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openTSNE", None)
    with pytest.raises(LibraryError, match=r"pip install .*, or python3 run\.py map"):
        finish(library.map.find())


def test_a_map_that_cannot_be_made_again_is_kept(
    run: Run, zoo: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = places(library, finish(library.map.find(1)))
    monkeypatch.setitem(sys.modules, "openTSNE", None)
    assert run("map", tmp_path / "map.csv", "--afresh")[0] == 1
    assert run("map", tmp_path / "map.csv")[0] == 0
    assert places(library, finish(library.map.find(1))) == before


def test_no_photos_are_a_sentence(run: Run, album: Path, tmp_path: Path) -> None:
    assert run("index", album)[0] == 0
    assert run("map", tmp_path / "map.svg") == (0, "There are no photos to lay out.\n", "")
    assert json.loads(run("map", tmp_path / "map.svg", "--json")[1]) == {"map": None, "photos": 0}
