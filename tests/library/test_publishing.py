"""A published library: whole snapshots that others read, with labels and decisions of their own."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from photosearch.cli import main as cli
from photosearch.errors import CatalogTooNew, LibraryError, OutputError
from photosearch.library import Library
from photosearch.models import Query
from photosearch.paths import moved
from photosearch.store.publication import publish as publishing
from tests.conftest import kept_library, restored
from tests.jobs import finish, index
from tests.photos import draw_photo, save_photo, save_sample

OpenSeat = Callable[..., Library]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four photos, two of them alike, their library, and where it was published to."""
    place = tmp_path_factory.mktemp("made")
    (place / "album").mkdir()
    for number in range(1, 4):
        save_sample(place / "album" / f"{number}.jpg", number, (320, 240), quality=95)
    save_sample(place / "album" / "1 small.jpg", 1, (160, 120), quality=85)
    with kept_library(place) as library:
        finish(library.duplicates())
        finish(library.publish(place / "shared" / "photos"))
    return place


tmp_path = restored("made", "published")


@pytest.fixture
def published(library: Library, tmp_path: Path) -> Path:
    """The folder to which the library was published."""
    return tmp_path / "shared" / "photos"


@pytest.fixture
def open_seat(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[OpenSeat]:
    """Open the published library as somebody whose own data lie in a folder of a name."""
    opened: list[Library] = []

    def open_seat(who: str = "anna", moves: dict[str, str] | None = None) -> Library:
        monkeypatch.setattr("photosearch.library.seats.default_library", lambda: tmp_path / who)
        opened.append(Library(published, "cpu", moves))
        return opened[-1]

    yield open_seat
    for library in opened:
        library.close()


def names(library: Library, *paths: Path) -> list[str]:
    """The names of the photos most like some others, the best first."""
    return [os.path.basename(match.path) for match in library.similar(Query(tuple(map(str, paths)), min_score=-1))]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_seat_answers_as_the_library_does(library: Library, album: Path, open_seat: OpenSeat) -> None:
    seat = open_seat()
    assert seat.photos.count() == library.photos.count()
    assert names(seat, album / "1.jpg") == names(library, album / "1.jpg") != []
    assert finish(seat.duplicates()).groups == finish(library.duplicates()).groups != ()
    photo = seat.photos.get([1])[1]
    assert seat.photos.thumbnail(photo) == library.photos.thumbnail(photo)


def test_reading_writes_nothing_to_the_shared_folder(published: Path, album: Path, open_seat: OpenSeat) -> None:
    before = contents(published)
    seat = open_seat()
    names(seat, album / "1.jpg")
    finish(seat.duplicates())
    seat.labels.add("Sea", [photo.photo_id for photo in seat.photos.get([1]).values()])
    seat.close()
    assert contents(published) == before


def test_what_changes_photos_is_refused_with_a_sentence(open_seat: OpenSeat, album: Path) -> None:
    seat = open_seat()
    for refused in (
        lambda: finish(seat.index([str(album)])),
        lambda: finish(seat.remove_folder(str(album))),
        lambda: finish(seat.clear_away({1: 2}, (), "trash")),
        lambda: finish(seat.undo()),
        lambda: finish(seat.publish(album.parent / "other")),
        lambda: seat.encoders.adopt("default-int8"),
        lambda: seat.encoders.undo(),
        lambda: seat.change_folder(seat.folders()[0]),
    ):
        with pytest.raises(LibraryError, match=r"was published to “.*” to be read"):
            refused()


def test_photos_are_found_where_their_folder_lies_here(
    album: Path, tmp_path: Path, open_seat: OpenSeat, library: Library
) -> None:
    elsewhere = tmp_path / "mounted" / "elsewhere"
    elsewhere.parent.mkdir()
    album.rename(elsewhere)
    seat = open_seat(moves={str(album): str(elsewhere)})
    found = seat.photos.get(list(range(1, 5)))
    assert {os.path.dirname(photo.path) for photo in found.values()} == {str(elsewhere)}
    assert [folder.path for folder in seat.folders()] == [str(elsewhere)]
    assert names(seat, elsewhere / "1.jpg")[:1] == ["1 small.jpg"]
    seat.close()
    again = open_seat()
    assert again.photos.get([1])[1].path.startswith(str(elsewhere)), "it is remembered"
    other = open_seat("bert")
    assert other.photos.get([1])[1].path.startswith(str(album)), "for each seat by itself"


@pytest.mark.parametrize(
    ("moves", "path", "here"),
    [
        ({"/mnt/a": "/volumes/a"}, "/mnt/a/x/1.jpg", "/volumes/a/x/1.jpg"),
        ({"/mnt/a": "/volumes/a"}, "/mnt/ab/1.jpg", "/mnt/ab/1.jpg"),
        ({"/mnt/a": "/volumes/a"}, "/mnt/a", "/volumes/a"),
        ({"/mnt/a/": "/volumes/a"}, "/mnt/a/1.jpg", "/volumes/a/1.jpg"),
        ({"/mnt": "/m", "/mnt/a": "/volumes/a"}, "/mnt/a/1.jpg", "/volumes/a/1.jpg"),
        ({"/nas": "Z:\\photos"}, "/nas/x/1.jpg", "Z:\\photos\\x\\1.jpg"),
        ({"Z:\\photos": "/nas"}, "Z:\\photos\\x\\1.jpg", "/nas/x/1.jpg"),
    ],
)
def test_a_path_is_moved_by_whole_folders_and_the_innermost(moves: dict[str, str], path: str, here: str) -> None:
    assert moved(path, moves) == here


def test_each_table_is_published_or_of_the_seat(library: Library, open_seat: OpenSeat) -> None:
    sql = "SELECT name FROM {}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    every = {name for (name,) in library.catalog.connection.execute(sql.format("main"))}
    own = {name for (name,) in open_seat().catalog.connection.execute(sql.format("main"))} - {"seat"}
    assert every - own == {
        *("act", "act_file", "act_sidecar", "candidate", "container", "content", "coverage", "descriptor", "encoder"),
        *("folder", "hash_searched", "left_out", "near_hash", "panel", "panel_progress", "perceptual_hash", "photo"),
        *("searched", "verdict", "written"),
    }, "a table that a person changes by deciding is to be a seat's own: see OWN_TABLES"


def test_a_seat_has_labels_of_its_own_beside_the_published_ones(library: Library, open_seat: OpenSeat) -> None:
    anna, bert = open_seat("anna"), open_seat("bert")
    anna.labels.add("Sea", [1, 2])
    assert anna.labels.counts() == {"Sea": 2}
    assert bert.labels.counts() == {}
    anna.close()
    assert open_seat("anna").labels.counts() == {"Sea": 2}, "they are kept"


def test_published_labels_arrive_and_what_a_seat_took_away_stays_away(
    library: Library, published: Path, open_seat: OpenSeat
) -> None:
    library.labels.add("Sea", [1, 2])
    finish(library.publish(published))
    seat = open_seat()
    assert seat.labels.counts() == {"Sea": 2}
    seat.labels.remove("Sea", [1])
    library.labels.add("Sea", [3])
    library.labels.add("Hills", [4])
    finish(library.publish(published))
    finish(seat.index())
    assert seat.labels.counts() == {"Hills": 1, "Sea": 2}


def test_decisions_arrive_and_those_of_a_seat_hold(library: Library, published: Path, open_seat: OpenSeat) -> None:
    seat = open_seat()
    group = finish(seat.duplicates()).groups[0]
    ids = [member.photo.photo_id for member in group.photos]
    library.feedback.decide("not duplicates", ids)
    finish(library.publish(published))
    finish(seat.index())
    assert group not in finish(seat.duplicates()).groups
    (decision,) = seat.feedback.decisions()
    seat.feedback.take_back(decision.number)
    assert [each.photos for each in finish(seat.duplicates()).groups] == [group.photos]
    assert len(library.feedback.decisions()) == 1


def test_what_a_seat_decided_outlives_an_update_of_the_program(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.labels.add("Sea", [1, 2])
    connection = seat.catalog.connection
    connection.execute("DROP TABLE refused")  # as before the migration that brought it
    connection.execute("PRAGMA user_version = 15")
    with pytest.raises(LibraryError, match="Another Photosearch"):
        open_seat()
    seat.close()
    again = open_seat()
    assert again.labels.counts() == {"Sea": 2}
    again.labels.refuse("Sea", [3])
    again.labels.remove("Sea", [1])
    assert again.labels.counts() == {"Sea": 1}


def test_a_seat_reads_one_snapshot_until_it_is_told_to_go_on(
    library: Library, album: Path, published: Path, open_seat: OpenSeat
) -> None:
    seat = open_seat()
    save_photo(album / "new.jpg", 7)
    index(library)
    finish(library.publish(published))
    assert seat.photos.count().present == 4
    assert "new.jpg" not in names(seat, album / "new.jpg")
    assert finish(seat.index()).added == 1
    assert seat.photos.count().present == 5
    assert names(seat, album / "2.jpg") == names(library, album / "2.jpg")
    assert finish(seat.index()).added == 0


def test_only_what_is_new_is_written(library: Library, album: Path, published: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in published.rglob("*") if file.is_file()}
    for seed in range(2):
        save_photo(album / f"new {seed}.jpg", 20 + seed)
    index(library)
    finish(library.publish(published))
    kept = [file for file, at in before.items() if file.exists() and file.stat().st_mtime_ns == at]
    assert {file.name for file in kept} >= {"model.onnx", "encoder.json"}
    packs = set(published.glob("thumbnails-*"))
    assert len(packs) == 2 and len(packs & set(kept)) == 1


def test_old_snapshots_go_once_nobody_can_be_reading_them(
    library: Library, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "KEPT_S", -1)
    for _ in range(4):
        finish(library.publish(published))
    assert len(list(published.glob("catalog-*"))) == publishing.KEPT
    told = json.loads((published / "published.json").read_text())
    assert [snapshot["number"] for snapshot in told["snapshots"]] == [5, 4]


def test_no_file_of_anybody_else_is_removed(library: Library, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "KEPT_S", -1)
    stamped, (encoder,) = "holiday-202405011200", (each.name for each in (published / "encoders").iterdir())
    for name in ("left-0123456789ab", "mine-0123456789ab"):
        shutil.copytree(published / "encoders" / encoder, published / "encoders" / name)
    told = json.loads((published / "published.json").read_text())
    told["snapshots"] += [told["snapshots"][0], told["snapshots"][0] | {"encoder": "left-0123456789ab", "made_at": 0}]
    (published / "published.json").write_text(json.dumps(told))
    names = ("film.partial", "notes.txt", "search/mine.partial", "search/mine/0123456789abcdef.graph", "encoders/mine")
    names += (f"encoders/{stamped}/1.jpg", f"encoders/{stamped}/model.onnx", f"encoders/{encoder}/notes.txt")
    strange = [published / name for name in names]
    for file in strange:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"mine")
    finish(library.publish(published))
    assert [file.read_bytes() for file in strange] == [b"mine"] * len(names)
    assert {each.name[:4] for each in (published / "encoders").glob("*-0123456789ab")} == {"mine"}, "left was published"


def test_publishing_may_be_stopped_at_any_step_and_readers_notice_nothing(
    library: Library, album: Path, published: Path, open_seat: OpenSeat
) -> None:
    seat = open_seat()
    save_photo(album / "new.jpg", 7)
    index(library)
    present = (published / "published.json").read_bytes()
    steps = 0
    while True:
        job = library.publish(published)
        for _ in range(steps):
            if next(job, None) is None:
                break
        else:
            job.close()
            assert (published / "published.json").read_bytes() == present
            assert len(names(seat, album / "1.jpg")) == 3
            steps += 1
            continue
        break
    assert steps > 2
    finish(library.publish(published))
    assert not list(published.rglob("*.partial*"))
    assert finish(seat.index()).added == 1


KILLED = """
import os, signal, sys
from photosearch.library import Library
with Library(sys.argv[1], "cpu") as library:
    for step, _ in enumerate(library.publish(__import__("pathlib").Path(sys.argv[2]))):
        if step == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signal")
def test_a_publisher_that_is_killed_leaves_the_last_snapshot(
    library: Library, album: Path, published: Path, open_seat: OpenSeat
) -> None:
    save_photo(album / "new.jpg", 7)
    index(library)
    for step in (1, 2):
        command = [sys.executable, "-c", KILLED, str(library.places.library), str(published), str(step)]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        assert open_seat().photos.count().present == 4
    finish(library.publish(published))
    assert open_seat().photos.count().present == 5


def test_a_folder_with_other_files_is_left_alone(library: Library, album: Path, tmp_path: Path) -> None:
    save_photo(album / "1.jpg")
    for force in (False, True):
        with pytest.raises(LibraryError, match="holds other files"):
            finish(library.publish(album, force=force))
    with pytest.raises(OutputError, match="own folder"):
        finish(library.publish(library.places.library / "shared"))
    assert [file.name for file in album.iterdir()] == ["1.jpg"]


def test_what_another_library_published_is_replaced_only_by_force(published: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "another", "cpu") as another:
        with pytest.raises(LibraryError, match="Another library was published"):
            finish(another.publish(published))
        assert finish(another.publish(published, force=True)).present.photos == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda found: found | {"format": 99}, "newer Photosearch"),
        (lambda found: found | {"id": "../../etc"}, "not what Photosearch publishes"),
        (lambda found: found | {"snapshots": []}, "not what Photosearch publishes"),
        (lambda found: _with_snapshot(found, catalog="../victim.sqlite"), "not what Photosearch publishes"),
        (lambda found: _with_snapshot(found, encoder=".."), "not what Photosearch publishes"),
        (lambda found: _with_snapshot(found, schema=1), "older Photosearch"),
        (lambda found: _with_snapshot(found, schema=10_000), "newer Photosearch"),
        (lambda found: _with_snapshot(found, catalog="catalog-0123456789abcdef.sqlite"), "cannot be read"),
        (lambda _: [], "not what Photosearch publishes"),
    ],
)
def test_a_folder_that_is_not_as_it_should_be_gets_a_sentence(
    published: Path, open_seat: OpenSeat, change: Callable[[object], object], told: str
) -> None:
    file = published / "published.json"
    file.write_text(json.dumps(change(json.loads(file.read_text()))))
    with pytest.raises((LibraryError, CatalogTooNew), match=told):
        open_seat()


@pytest.mark.parametrize("damaged", [b"", b"x" * 10_000])
def test_a_catalog_that_is_not_whole_gets_a_sentence(published: Path, open_seat: OpenSeat, damaged: bytes) -> None:
    (file,) = published.glob("catalog-*")
    file.write_bytes(damaged)
    with pytest.raises(LibraryError, match="cannot be read"):
        open_seat()


@pytest.mark.parametrize("command", ["status", "doctor", "tour", "index"])
def test_the_command_line_says_what_is_wrong(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "published.json").write_text("{")
    assert cli.main(["--library", str(tmp_path), command]) == 1
    assert "is not what Photosearch publishes" in capsys.readouterr().err


def _with_snapshot(found: dict[str, list[dict[str, object]]], **changed: object) -> object:
    first, *others = found["snapshots"]
    return {**found, "snapshots": [{**first, **changed}, *others]}


def test_a_damaged_pack_of_thumbnails_costs_its_thumbnails_only(
    published: Path, album: Path, open_seat: OpenSeat
) -> None:
    (pack,) = published.glob("thumbnails-*")
    pack.write_bytes(b"x" * pack.stat().st_size)
    seat = open_seat()
    assert not seat.thumbnails.check()
    assert len(names(seat, album / "1.jpg")) == 3
    assert seat.photos.thumbnail(seat.photos.get([1])[1]) is not None, "the photo itself is there"


def test_a_library_that_grows_publishes_few_packs(library: Library, album: Path, published: Path) -> None:
    for seed in range(8):
        draw_photo(100 + seed).save(album / f"{seed}.png")
        index(library)
        finish(library.publish(published))
    assert len(json.loads((published / "published.json").read_text())["snapshots"][0]["packs"]) <= 4


def test_the_catalog_that_is_published_needs_no_other_file(published: Path) -> None:
    (file,) = published.glob("catalog-*")
    connection = sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)
    assert connection.execute("SELECT count(*) FROM photo").fetchone() == (4,)
    connection.close()
    assert {each.name for each in published.iterdir() if each.name.startswith("catalog")} == {file.name}
