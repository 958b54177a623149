"""Teaching in seconds: on drawn photos of three shapes in any colours, through the library and the command line."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from photosearch.encode.bundle import TAUGHT, read_bundle, write_card
from photosearch.errors import QueryError
from photosearch.library import Library
from photosearch.models import Filter, Query
from tests.conftest import Run, kept_library, restored
from tests.jobs import finish, index
from tests.library.switching import encoded_by
from tests.photos import open_sample

OTHER = "default-int8"
SHAPES = ("Discs", "Bars", "Frames")
EACH = 10


def draw_shape(shape: int, number: int) -> Image.Image:
    """A photo of a shape, somewhere, in two colours."""
    chance = np.random.default_rng((shape, number))
    back, ink = (tuple(chance.integers(0, 256, 3).tolist()) for _ in range(2))
    photo = Image.new("RGB", (96, 64), back)
    pen = ImageDraw.Draw(photo)
    x, y = chance.integers(4, 40, 2).tolist()
    side = int(chance.integers(14, 24))
    box = (x, y % 30, x + side, y % 30 + side)
    if shape == 0:
        pen.ellipse(box, fill=ink)
    elif shape == 1:
        for bar in range(4):
            pen.line((x + 9 * bar, 0, x + 9 * bar, 64), fill=ink, width=4)
    else:
        pen.rectangle(box, outline=ink, width=3)
    return photo


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of thirty labelled photos, and a library of them."""
    place = tmp_path_factory.mktemp("indexed")
    (place / "album").mkdir()
    for shape, name in enumerate(SHAPES):
        for number in range(EACH):
            draw_shape(shape, number).save(place / "album" / f"{name}{number}.png")
    with kept_library(place) as library:
        for photo in library.photos.get(library.photos.listing().ids).values():
            library.labels.add(Path(photo.path).name.rstrip("0123456789.png"), [photo.photo_id])
    return place


tmp_path = restored("indexed", "shapes")


@pytest.fixture
def shapes(library: Library) -> Library:
    """The library of the drawn photos."""
    return library


def answers(library: Library, only: Filter | None = None) -> list[tuple[str, float]]:
    query = Query((str(library.folders()[0].path) + "/Discs0.png",), only=only or Filter(), min_score=-1, limit=29)
    return [(Path(match.path).name, match.score) for match in library.similar(query)]


def reject(library: Library, album: Path, one: str, other: str) -> None:
    ids = {Path(each.path).name: each.photo_id for each in library.photos.get(library.photos.listing().ids).values()}
    library.feedback.confirm(str(album / one), [ids[other]], same=False)


def test_what_is_taught_ranks_searches_until_it_is_undone(shapes: Library, album: Path) -> None:
    before = answers(shapes)
    lesson = finish(shapes.teaching.learn())
    assert (lesson.photos, lesson.labels, lesson.is_better) == (3 * EACH, 3, True)
    assert lesson.after.map > lesson.before.map
    assert lesson.after.labels.keys() == set(SHAPES)
    assert answers(shapes) == before, "nothing changes before it is adopted"
    shapes.teaching.adopt(lesson)
    after = answers(shapes)
    assert after != before
    assert sorted(name for name, _ in after) == sorted(name for name, _ in before)
    firsts = [sum(name.startswith("Discs") for name, _ in found[: EACH - 1]) for found in (before, after)]
    assert firsts[1] >= firsts[0]
    among = answers(shapes, Filter(str(album), formats=("PNG",)))
    assert [name for name, _ in among] == [name for name, _ in after]
    with Library(shapes.places.library) as again:
        assert answers(again) == after, "it is kept"
        again.teaching.undo()
    assert answers(shapes) == before, "another process undid it"
    with pytest.raises(QueryError, match="in use"):
        shapes.teaching.undo()


def test_undo_goes_back_to_what_was_taught_before(shapes: Library, album: Path) -> None:
    shapes.teaching.adopt(finish(shapes.teaching.learn()))
    first = answers(shapes)
    reject(shapes, album, "Discs0.png", "Frames0.png")
    shapes.teaching.adopt(finish(shapes.teaching.learn()))
    assert answers(shapes) != first
    shapes.teaching.undo()
    assert answers(shapes) == first


def test_duplicates_are_looked_for_by_the_descriptors_as_they_are(shapes: Library, album: Path) -> None:
    ImageOps.mirror(open_sample(1, (320, 240))).save(album / "mirrored.jpg", quality=90)
    open_sample(1, (320, 240)).save(album / "photo.jpg", quality=95)
    index(shapes)
    shapes.teaching.adopt(finish(shapes.teaching.learn()))
    taught = finish(shapes.duplicates()).groups
    shapes.teaching.undo()
    assert finish(shapes.duplicates()).groups == taught
    assert any(group.tier == "edited" for group in taught)


def test_another_encoder_is_compared_as_it_is(shapes: Library) -> None:
    lesson = finish(shapes.teaching.learn())
    shapes.teaching.adopt(lesson)
    taught = answers(shapes)
    shapes.encoders.adopt(OTHER)
    index(shapes)
    assert shapes.teaching.metric is None
    with pytest.raises(QueryError, match="taken over"):
        shapes.teaching.adopt(lesson)
    shapes.encoders.undo()
    assert answers(shapes) == taught


def test_a_damaged_metric_is_not_used(shapes: Library) -> None:
    before = answers(shapes)
    shapes.teaching.adopt(finish(shapes.teaching.learn()))
    shapes.catalog.connection.execute("UPDATE metric SET arrays = CAST(substr(arrays, 1, 9000) AS BLOB)")
    with Library(shapes.places.library) as again:
        assert answers(again) == before


@pytest.mark.parametrize("kept", [{}, {"Discs": 9}, {"Discs": 1, "Bars": 1}, {"Discs": 2, "Bars": 2}])
def test_too_few_labels_are_told_in_a_sentence(shapes: Library, kept: dict[str, int]) -> None:
    for name in SHAPES:
        photos = [photo.photo_id for photo in shapes.labels.labelled_photos([name])]
        shapes.labels.remove(name, photos[kept.get(name, 0) :])
    if len(kept) == 2 and kept["Discs"] == 2:
        lesson = finish(shapes.teaching.learn())
        assert not lesson.is_better
        assert "Too few photos" in str(lesson.notes[-1])
        with pytest.raises(QueryError, match="finds no better"):
            shapes.teaching.adopt(lesson)
    else:
        with pytest.raises(QueryError, match="label"):
            finish(shapes.teaching.learn())


def test_a_rejected_match_is_learned_from(shapes: Library, album: Path) -> None:
    before = finish(shapes.teaching.learn())
    reject(shapes, album, "Discs0.png", "Frames0.png")
    assert not np.array_equal(finish(shapes.teaching.learn()).metric.map, before.metric.map)


def test_the_command_learns_adopts_and_goes_back(shapes: Library, run: Run, run_json: Callable[..., Any]) -> None:
    before = answers(shapes)
    code, out, _ = run("teach")
    assert (code, "It is better" in out, "Discs" in out) == (0, True, True)
    assert answers(shapes) == before
    told = run_json("teach", "--adopt")
    assert (told["better"], told["adopted"], told["labels"]) == (True, True, 3)
    assert told["after"]["map"] > told["before"]["map"]
    assert answers(shapes) != before
    assert "Searches go by what was taught" in run("status")[1]
    assert run("teach", "--undo")[1] == "Searches go by the descriptors as they are.\n"
    assert answers(shapes) == before
    assert run("teach", "--undo")[0] == 1
    shapes.labels.add("Round", [photo.photo_id for photo in shapes.labels.labelled_photos(["Discs"])])
    told = run("teach", "--label", "Discs", "--label", "Round")[2]
    assert told.startswith("Only “Discs” has 2 photos of its own or more"), "“Round” has ten, which it shares"


def test_a_taught_encoder_leaves_the_search_for_copies_to_the_programs_own(library: Library, album: Path) -> None:
    open_sample(2, (320, 240)).save(album / "photo.jpg", quality=95)
    ImageOps.mirror(open_sample(2, (320, 240))).save(album / "mirrored.jpg", quality=90)
    for number in range(3, 6):
        open_sample(number, (320, 240)).save(album / f"{number}.jpg")
    index(library, album)
    before = finish(library.duplicates()).groups
    assert [group.tier for group in before] == ["edited"]
    for name in ("taught-1", "taught-2"):  # after the second, the program's own is not the one before any more
        source = library.places.library / name
        shutil.copytree(library.bundles.folder(OTHER), source)
        card = read_bundle(source)
        write_card(source, replace(card, name=name, made_with=TAUGHT))
        library.encoders.adopt(library.bundles.add(source).name)
        index(library)
    assert library.settings.encoder == "taught-2"
    assert finish(library.duplicates()).groups == before
    open_sample(3, (320, 240)).crop((20, 10, 310, 230)).save(album / "cropped.jpg", quality=90)
    index(library)
    assert encoded_by(library, "default") == 5
    assert {group.tier for group in finish(library.duplicates()).groups} == {"edited"}
    assert len(finish(library.duplicates()).groups) == 2
    assert encoded_by(library, "default") == 6
