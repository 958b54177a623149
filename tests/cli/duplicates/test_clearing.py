"""The command `duplicates`: its output, and files that go and come back."""

import csv
import hashlib
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image

from photosearch.act.trash import QUARANTINE
from photosearch.act.xmp import EMPTY, complete, read_packet
from photosearch.library import Library
from photosearch.models import Duplicates
from photosearch.store.tables.journal import Before, Journal
from tests.cli.duplicates.copies import SIZE, RunJson, find, group_of
from tests.conftest import Run
from tests.jobs import finish, index
from tests.photos import save_sample
from tests.trash import refuse_trash


def test_duplicates_in_words_json_csv_and_as_a_sheet(
    compared: Path, run: Run, run_json: RunJson, tmp_path: Path
) -> None:
    code, out, err = run("duplicates", "--csv", tmp_path / "out.csv", "--sheet", tmp_path / "out.png")
    assert (code, err) == (0, "")
    assert "The same picture, 2 photos. Has the most detail." in out
    document = run_json("duplicates")
    assert document.keys() == {"groups", "reclaimable_bytes"}
    assert len(document["groups"]) == 4
    first = document["groups"][0]
    assert first["tier"] == "identical" and first["keep"] == str(compared / "one.jpg")
    assert {"path", "width", "height", "size_bytes", "score"} <= first["photos"][0].keys()
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["kept"] for row in rows] == ["yes", "no"] * 4
    with Image.open(tmp_path / "out.png") as sheet:
        assert sheet.width > 4 * 256
    only = run_json("duplicates", "--tier", "same", "--keep", "size,date")
    assert [group["tier"] for group in only["groups"]] == ["same", "same"]


@pytest.mark.parametrize("arguments", [("--keep", "beauty"), ("--tier", "alike"), ("--trash", "--link")])
def test_what_makes_no_sense_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("duplicates", *arguments)
    assert stopped.value.code == 2


def test_nothing_goes_unasked_and_what_went_comes_back(compared: Path, run: Run, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in compared.iterdir()}
    away = tmp_path / "away"
    code, _, err = run("duplicates", "--move", away, "--yes")
    assert code == 2 and "--tier" in err
    code, out, err = run("duplicates", "--tier", "identical", "--tier", "same", "--move", away)
    assert code == 2 and "--yes" in err and "one copy.jpg" in out
    assert {file.name for file in compared.iterdir()} == set(before)
    code, out, err = run("duplicates", "--tier", "identical", "--tier", "same", "--move", away, "--yes")
    assert (code, err) == (0, "")
    assert "3 photos" in out and "photosearch undo 1" in out
    assert {file.name for file in compared.iterdir()} == {"one.jpg", "one mirrored.jpg", "two.png", "three.jpg"}
    assert "3 photos" in run("history")[1]
    assert "No duplicates" in run("duplicates", "--tier", "same")[1]
    code, out, _ = run("undo")
    assert code == 0 and "3 files of act 1" in out
    assert {file.name: file.read_bytes() for file in compared.iterdir()} == before
    assert "undone" in run("history")[1]


def test_a_photo_for_which_another_goes_that_goes_itself(library: Library, compared: Path) -> None:
    found = find(library)
    one, small = group_of(found, "one.jpg | one small.jpg").photos
    copy = group_of(found, "one.jpg | one copy.jpg").photos[1]
    keepers = {copy.photo.photo_id: one.photo.photo_id, one.photo.photo_id: small.photo.photo_id}
    seen = (one.photo, small.photo, copy.photo)
    cleared = finish(library.clear_away(keepers, seen, "move", str(compared.parent / "away")))
    assert (cleared.photos, cleared.refused) == (2, ())
    assert not (compared / "one.jpg").exists() and (compared / "one small.jpg").exists()


@pytest.mark.parametrize(
    ("changed", "reason"), [("one copy.jpg", "It has changed"), ("one.jpg", "The photo to keep"), (None, "It has")]
)
def test_a_photo_stays_if_one_of_the_pair_has_changed_since_it_was_seen(
    library: Library, compared: Path, changed: str | None, reason: str
) -> None:
    """Even where the library has read it again meanwhile, as an open window makes it do."""
    one, copy = (member.photo for member in group_of(find(library), "one.jpg | one copy.jpg").photos)
    if changed:
        save_sample(compared / changed, 7, SIZE)
        index(library)
    before = {file.name: file.read_bytes() for file in compared.iterdir()}
    seen = (one, copy) if changed else (one,)
    target = str(compared.parent / "away")
    cleared = finish(library.clear_away({copy.photo_id: one.photo_id}, seen, "move", target))
    assert (cleared.photos, cleared.act_id) == (0, None)
    assert [str(left.reason).startswith(reason) for left in cleared.refused] == [True]
    assert {file.name: file.read_bytes() for file in compared.iterdir()} == before


def test_edits_that_are_made_between_proposal_and_review_keep_a_photo(library: Library, compared: Path) -> None:
    one, copy = (member.photo for member in group_of(find(library), "one.jpg | one copy.jpg").photos)
    (compared / "one copy.mov").write_bytes(b"the other half of a live photo")
    before = {file.name: file.read_bytes() for file in compared.iterdir()}
    target = str(compared.parent / "away")
    for seen in ((one, copy), (one, library.photos.get([copy.photo_id])[copy.photo_id])):
        cleared = finish(library.clear_away({copy.photo_id: one.photo_id}, seen, "move", target))
        assert (cleared.photos, len(cleared.refused)) == (0, 1)
        assert {file.name: file.read_bytes() for file in compared.iterdir()} == before
    for seen in (library.photos.seen([one.photo_id, copy.photo_id]).values(), find(library, tiers=["identical"])):
        photos = seen if not isinstance(seen, Duplicates) else [member.photo for member in seen.groups[0].photos]
        cleared = finish(library.clear_away({copy.photo_id: one.photo_id}, photos, "move", target))
        assert (cleared.photos, cleared.refused) == (1, ())
        finish(library.undo())


def test_edits_that_are_made_while_the_command_asks_keep_a_photo(
    compared: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sidecar = compared / "two.jpg.xmp"

    def answer(_: str) -> str:
        sidecar.write_text('<rdf:Description darktable:history_end="3"/>')
        return "y"

    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    code, out, _ = run("duplicates", "--tier", "same", "--move", tmp_path / "away")
    assert code == 1 and "Edits or a video lie beside it now" in out
    assert sidecar.exists() and (compared / "two.jpg").exists() and not (compared / "one small.jpg").exists()
    code, out, _ = run("duplicates", "--tier", "same", "--move", tmp_path / "away", "--yes")
    assert code == 0 and "There is nothing to clear away." in out and (compared / "two.jpg").exists()


def test_two_libraries_of_one_album_clear_away_one_after_the_other(library: Library, compared: Path) -> None:
    """Else both might see that the other's photo is there, and each remove one."""
    away = str(compared.parent / "away")
    one, copy = (member.photo for member in group_of(find(library), "one.jpg | one copy.jpg").photos)
    with Library(compared.parent / "other library") as other:
        index(other, compared)
        theirs = {photo.path: photo for photo in other.photos.get(list(other.photos.listing().ids)).values()}
        first = library.clear_away({copy.photo_id: one.photo_id}, (one, copy), "move", away)
        next(first)
        seen = theirs[one.path], theirs[copy.path]
        second = other.clear_away({seen[0].photo_id: seen[1].photo_id}, seen, "move", away)
        assert next(second).stage == "waiting"
        assert finish(first).photos == 1
        cleared = finish(second)
    assert cleared.photos == 0 and "is gone" in cleared.refused[0].reason
    assert (compared / "one.jpg").exists()


def test_a_link_needs_no_tier_but_identical(compared: Path, run: Run) -> None:
    code, _, err = run("duplicates", "--tier", "same", "--link", "--yes")
    assert code == 2 and "identical" in err
    code, out, err = run("duplicates", "--link", "--yes")
    assert (code, err) == (0, "") and "1 photo, " in out
    assert (compared / "one.jpg").samefile(compared / "one copy.jpg")
    assert run("undo")[0] == 0
    assert not (compared / "one.jpg").samefile(compared / "one copy.jpg")


def test_where_photos_lie_is_told_after_the_library_was_deleted(
    compared: Path, run: Run, trash: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refuse_trash(monkeypatch)
    assert run("undo")[1] == "There is nothing to undo.\n"
    assert run("duplicates", "--tier", "identical", "--trash", "--yes")[0] == 0
    shutil.rmtree(tmp_path / "library")
    run("index", compared)
    code, out, _ = run("undo")
    assert code == 0 and "nothing to undo" in out
    assert f"Another library put photos into {compared / QUARANTINE}" in out
    assert (compared / QUARANTINE / "1" / "one copy.jpg").exists()


def test_a_folder_without_photos_of_the_library_is_told(compared: Path, run: Run, tmp_path: Path) -> None:
    for option in ("--in", "--against"):
        code, out, err = run("duplicates", option, tmp_path / "albun")
        assert (code, out) == (1, "") and "albun" in err


def test_on_request_the_photo_that_is_kept_takes_over_what_the_other_said(
    compared: Path, run: Run, tmp_path: Path
) -> None:
    said = complete(read_packet(EMPTY), {"xmp:Rating": ["4"]})
    (compared / "two.jpg.xmp").write_bytes(said)
    before = {file.name: file.read_bytes() for file in compared.iterdir()}
    command = ("duplicates", "--tier", "same", "--move", tmp_path / "away", "--inherit", "--yes")
    code, out, err = run(*command)
    assert (code, err) == (0, "")
    assert "2 photos (3 files with what belongs to them)" in out
    taken_over = compared / "two.png.xmp"
    assert "into a sidecar: 1 photo." in out
    assert read_packet(taken_over.read_bytes()).values == {"xmp:Rating": ["4"]}
    assert run("undo")[0] == 0
    assert {file.name: file.read_bytes() for file in compared.iterdir()} == before


def test_what_a_killed_act_left_is_settled_before_indexing(library: Library, compared: Path) -> None:
    found = find(library)
    one, copy = group_of(found, "one.jpg | one copy.jpg").photos
    source, away = compared / "one copy.jpg", compared.parent / "away" / "one copy.jpg"
    journal = Journal(library.catalog)
    status = source.stat()
    facts = (hashlib.sha256(source.read_bytes()).digest(), status.st_size, status.st_mtime_ns, status.st_mode & 0o777)
    journal.plan(journal.begin("move", str(away.parent)), one.photo.path, [Before(str(source), str(away), *facts)])
    away.parent.mkdir()
    source.rename(away)  # and here it was killed
    assert library.history() == []
    index(library)
    assert [act.photos for act in library.history()] == [1]
    finish(library.undo())
    assert source.exists()
    assert copy.photo.photo_id in library.photos.listing().ids
