"""Labels, confirmed and rejected matches: what a person says of photos, through the library and the command line."""

import os
import shutil
from pathlib import Path

import pytest

from photosearch.errors import QueryError
from photosearch.library import Library
from photosearch.photo import Filter
from tests.jobs import index
from tests.photos import save_photo


@pytest.fixture
def pets(library: Library, album: Path) -> Path:
    """The album, indexed: three cats, two dogs."""
    for number, name in enumerate(("cats/one", "cats/two", "cats/deep/three", "dogs/one", "dogs/two")):
        save_photo(album / f"{name}.png", number)
    index(library, album)
    return album


def ids(library: Library, *paths: Path) -> list[int]:
    found = {photo.path: photo.photo_id for photo in library.photos(library.listing().ids).values()}
    return [found[str(path)] for path in paths]


def lessons(library: Library, *labels: str) -> list[tuple[str, str]]:
    return [(lesson.label, os.path.basename(lesson.path)) for lesson in library.lessons(labels)]


def test_a_label_is_of_what_a_photo_shows(library: Library, pets: Path) -> None:
    assert library.labels.add("  My  cat ", ids(library, pets / "cats/one.png", pets / "cats/two.png")) == 2
    assert library.labels.add("MY CAT", ids(library, pets / "cats/one.png")) == 0
    shutil.copy(pets / "cats/one.png", pets / "copy.png")
    (pets / "cats/two.png").rename(pets / "moved.png")
    index(library)
    assert lessons(library) == [("My cat", "one.png"), ("My cat", "copy.png"), ("My cat", "moved.png")]
    assert library.labels.counts() == {"My cat": 3}
    lesson = library.lessons(["my cat"])[0]
    assert lesson.digest == library.catalog.digest_of_photo(lesson.photo_id)


def test_lessons_are_of_present_photos_and_wanted_labels(library: Library, pets: Path) -> None:
    one, two = ids(library, pets / "cats/one.png", pets / "cats/two.png")
    library.labels.add("cat", [one, two])
    library.labels.add("Best", [one])
    assert lessons(library) == [("Best", "one.png"), ("cat", "one.png"), ("cat", "two.png")]
    assert lessons(library, "best") == [("Best", "one.png")]
    with pytest.raises(QueryError, match="no label “mouse”"):
        library.lessons(["mouse"])
    (pets / "cats/two.png").unlink()
    index(library)
    assert lessons(library, "cat") == [("cat", "one.png")]
    assert library.labels.counts() == {"Best": 1, "cat": 1}


def test_photos_are_listed_and_searched_by_label(library: Library, pets: Path) -> None:
    wanted = ids(library, pets / "cats/one.png", pets / "dogs/one.png")
    library.labels.add("one", wanted)
    assert sorted(library.listing(only=Filter(label=" ONE ")).ids) == sorted(wanted)
    assert not library.listing(only=Filter(label="two")).ids


def test_pairs_to_learn_from(library: Library, pets: Path, tmp_path: Path) -> None:
    names = ("cats/one", "cats/two", "dogs/one", "dogs/two")
    cat, two, dog, last = ids(library, *(pets / f"{name}.png" for name in names))
    digest = {photo: library.catalog.digest_of_photo(photo) or b"" for photo in (cat, two, dog, last)}

    def pair(one: int, other: int) -> tuple[bytes, bytes]:
        return min(digest[one], digest[other]), max(digest[one], digest[other])

    library.confirm(str(pets / "cats/one.png"), [two, cat], True)
    library.confirm(str(shutil.copy(pets / "cats/one.png", tmp_path / "elsewhere.png")), [dog], False)
    assert library.matches() == ([pair(cat, two)], [pair(cat, dog)])
    library.decide("not duplicates", [dog, two])
    library.decide("not duplicates", [cat, two])
    library.decide("keep this", [last, dog], dog)
    library.decide("keep all", [last, two])
    assert library.matches() == (
        sorted([pair(cat, two), pair(dog, last)]),
        sorted([pair(cat, dog), pair(dog, two)]),
    ), "what was said of an answer counts before what was decided of duplicates"
    library.confirm(str(pets / "cats/one.png"), [two, dog], None)
    (pets / "dogs/two.png").unlink()
    index(library)
    assert library.matches() == ([], sorted([pair(cat, two), pair(dog, two)]))
    library.confirm(save_photo(tmp_path / "stranger.png", 99), [two], True)
    assert library.matches().confirmed == [], "only what the library has"
    with pytest.raises(QueryError, match=r"“.*nothing\.png” cannot be read"):
        library.confirm(str(tmp_path / "nothing.png"), [two], True)
