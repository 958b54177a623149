"""Labels and keywords of other programs, by the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from photosearch.act.keywords import keywords_of
from photosearch.act.xmp import EMPTY, complete, read_packet
from photosearch.errors import QueryError
from photosearch.library import Library
from tests.conftest import Run
from tests.jobs import finish, index
from tests.photos import save_photo


@pytest.fixture
def photos(library: Library, album: Path) -> list[str]:
    """Three photos, of which the last has keywords in a sidecar; indexed."""
    paths = [save_photo(album / f"{name}.jpg", number) for number, name in enumerate(("one", "two", "three"))]
    Path(paths[2] + ".xmp").write_bytes(complete(read_packet(EMPTY), {"dc:subject": ["Rome", "Summer"]}))
    index(library, album)
    return paths


def sidecars(album: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in album.iterdir() if file.suffix != ".jpg"}


def test_keywords_become_labels(
    library: Library, photos: list[str], album: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    Path(photos[1] + ".xmp").write_bytes(b"broken")
    code, out, err = run("labels", "--read-xmp")
    assert code == 1 and "2 keywords are labels now." in out and "two.jpg" in err
    assert library.labels.counts() == {"Rome": 1, "Summer": 1}
    told = run_json("labels", "--read-xmp", "--in", str(album / "elsewhere"))
    assert told == {"labels": [], "left": []}
    Path(photos[2] + ".xmp").write_bytes(complete(read_packet(EMPTY), {"dc:subject": ["Rome"]}))
    assert "1 keyword is a label now." in run("labels", "--read-xmp")[1]


def test_labels_are_written_once_that_is_agreed_and_taken_back(
    library: Library, photos: list[str], album: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    run("label", "Rome", *photos)
    run("label", "Cat", photos[0])
    before = sidecars(album)
    originals = [Path(path).read_bytes() for path in photos]
    assert run("labels", "--write-xmp")[0] == 2 and sidecars(album) == before  # nobody can be asked
    assert run_json("labels", "--write-xmp", "--yes") == {"sidecars": 2, "new": 2, "left": []}
    assert [keywords_of(path) for path in photos] == [["Cat", "Rome"], ["Rome"], ["Rome", "Summer"]]
    assert [Path(path).read_bytes() for path in photos] == originals
    assert run_json("labels", "--write-xmp", "--yes")["sidecars"] == 0  # they are there
    run("label", "Dog", photos[1])
    assert "1 sidecar was written." in run("labels", "Dog", "--write-xmp", "--yes")[1]
    assert run_json("labels", "--take-back-xmp")["sidecars"] == 1  # the last
    assert keywords_of(photos[1]) == ["Rome"]
    Path(photos[1] + ".xmp").write_bytes(b"changed since")
    code, out, err = run("labels", "--take-back-xmp")
    assert code == 1 and "1 sidecar was put back as before." in out and "was changed since" in err
    assert sidecars(album) == before | {"two.jpg.xmp": b"changed since"}
    assert run_json("labels", "--take-back-xmp")["sidecars"] == 0


def test_a_killed_writing_is_taken_back_to_the_byte(library: Library, photos: list[str], album: Path) -> None:
    library.labels.add("Cat", [photo for path in photos for photo in library.photos.at(path)])
    before, planned = sidecars(album), library.keywords.plan()
    writing = library.keywords.write(planned.sidecars)
    next(writing)
    writing.close()  # nothing is written yet
    assert sidecars(album) == before
    (album / "two.jpg.xmp").write_bytes(b"came meanwhile")
    written = finish(library.keywords.write(planned.sidecars))
    assert written.sidecars == 2 and [Path(each.path).name for each in written.left] == ["two.jpg.xmp"]
    finish(library.keywords.take_back())
    assert sidecars(album) == before | {"two.jpg.xmp": b"came meanwhile"}


def test_many_labels_are_given_at_once_or_none(library: Library, album: Path) -> None:
    save_photo(album / "one.jpg")
    index(library, album)
    photos, ran = list(library.photos.listing().ids), list[str]()
    library.catalog.connection.set_trace_callback(ran.append)
    assert library.labels.add_all({f"label {number}": photos for number in range(500)}) == 500
    assert sum(statement.startswith("DELETE") for statement in ran) == 2, "all labels are looked through once"
    assert ran.count("COMMIT") == 1
    with pytest.raises(QueryError):
        library.labels.add_all({"one": photos, " ": photos})
    assert len(library.labels.counts()) == 500
