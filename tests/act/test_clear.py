"""Clearing away and undoing: what goes, what stays and why, and that all of it comes back as it was."""

import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from photosearch.act.clear import clear_away
from photosearch.act.files import move
from photosearch.act.plan import reclaimable_bytes
from photosearch.act.undo import history, undo
from photosearch.errors import QueryError
from photosearch.models import Folder
from photosearch.store.catalog import Catalog
from photosearch.store.salvage import salvage
from photosearch.store.tables.journal import Before, Journal, Way
from tests.act.files import clear, digest, needs_bytes, reasons, removal, snapshot, take_back, walk, write
from tests.trash import needs_own, refuse_trash


@pytest.fixture
def no_trash(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive without a trash, as send2trash tells of it."""
    refuse_trash(monkeypatch)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python knows no extended attributes here")
@pytest.mark.parametrize("way", ["trash", "move", "link"])
def test_each_file_keeps_its_own_attributes(catalog: Catalog, album: Path, tmp_path: Path, way: Way) -> None:
    keeper, tagged, plain = (write(album / folder / "one.jpg") for folder in "abc")
    try:
        os.setxattr(keeper, "user.tags", b"the keeper's")
    except OSError:
        pytest.skip("this drive has no extended attributes")
    os.setxattr(tagged, "user.tags", b"its own")
    clear(catalog, [removal(tagged, keeper), removal(plain, keeper)], way, tmp_path / "away")
    assert take_back(catalog).files == 2
    assert os.getxattr(keeper, "user.tags") == b"the keeper's"
    assert os.getxattr(tagged, "user.tags") == b"its own"
    assert os.listxattr(plain) == []


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python knows no extended attributes here")
def test_attributes_that_were_lost_on_another_drive_come_back(catalog: Catalog, album: Path, tmp_path: Path) -> None:
    keeper, loser = write(album / "one.jpg"), write(album / "b" / "one.jpg")
    try:
        for name in ("user.tags", "user.rating"):
            os.setxattr(loser, name, b"before")
    except OSError:
        pytest.skip("this drive has no extended attributes")
    os.chmod(loser, 0o444)
    before = snapshot(album)
    clear(catalog, [removal(loser, keeper)], "move", tmp_path / "away")
    (moved,) = walk(tmp_path / "away")
    os.removexattr(moved, "user.tags")
    os.setxattr(moved, "user.rating", b"since")
    assert take_back(catalog).failed == ()
    assert [os.getxattr(loser, name) for name in ("user.tags", "user.rating")] == [b"before", b"since"]
    assert snapshot(album) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("way", ["move", "link"])
def test_a_copy_belongs_to_whom_the_photo_belonged(catalog: Catalog, album: Path, other_drive: Path, way: Way) -> None:
    files = [write(album / "b" / "one.jpg"), write(album / "one.jpg")]
    for file in files:
        os.chown(file, 65534, 65533)
    clear(catalog, [removal(*files)], way, other_drive / "away")
    moved = [os.stat(path) for path in walk(other_drive)]
    assert take_back(catalog).files == 1
    owners = {(status.st_uid, status.st_gid) for status in [*map(os.stat, files), *moved]}
    assert owners == {(65534, 65533)} and len(moved) == (way == "move")


@pytest.mark.parametrize("way", ["trash", "move", "link"])
def test_what_goes_comes_back_as_it_was(catalog: Catalog, album: Path, tmp_path: Path, way: Way) -> None:
    keeper = write(album / "a" / "one.jpg")
    plan = [removal(write(album / folder / "one.jpg", mode=0o600), keeper) for folder in "bcd"]
    write(album / "b" / "one.xmp", "rated")
    before = snapshot(album)
    cleared = clear(catalog, plan, way, tmp_path / "away")
    assert (cleared.photos, cleared.companions, cleared.refused) == (3, way != "link", ())
    assert cleared.reclaimed_bytes == cleared.size_bytes
    if way == "link":
        assert len({os.stat(item.path).st_ino for item in plan} | {os.stat(keeper).st_ino}) == 1
    else:
        assert list(snapshot(album)) == [keeper]
    undone = take_back(catalog)
    assert (undone.files, undone.failed, undone.renamed) == (3 + (way != "link"), (), ())
    assert snapshot(album) == before
    assert len({os.stat(path).st_ino for path in before}) == len(before)
    assert snapshot(tmp_path / "away") == snapshot(tmp_path / "home") == {}
    assert take_back(catalog).files == 0
    assert [(act.state, act.photos, act.undone) for act in history(catalog)] == [("undone", 3, undone.files)]


def test_a_move_keeps_the_tree(catalog: Catalog, album: Path, tmp_path: Path) -> None:
    keeper = write(album / "one.jpg")
    clear(catalog, [removal(write(album / "2024" / "may" / "one.jpg"), keeper)], "move", tmp_path / "away")
    assert os.path.exists(tmp_path / "away" / "2024" / "may" / "one.jpg")


def test_a_move_out_of_several_folders_names_them(catalog: Catalog, album: Path, tmp_path: Path) -> None:
    catalog.add_folder(Folder(str(tmp_path / "phone")))
    keeper = write(album / "one.jpg")
    plan = [removal(write(folder / "x" / "one.jpg"), keeper) for folder in (album, tmp_path / "phone")]
    clear(catalog, plan, "move", tmp_path / "away")
    assert sorted(str(path.relative_to(tmp_path / "away")) for path in (tmp_path / "away").rglob("*.jpg")) == [
        os.path.join("album", "x", "one.jpg"), os.path.join("phone", "x", "one.jpg"),
    ]  # fmt: skip


def test_nothing_in_the_target_is_overwritten_and_pairs_stay_pairs(
    catalog: Catalog, album: Path, tmp_path: Path
) -> None:
    keeper = write(album / "one.jpg")
    plan = [removal(write(album / "x" / "one.jpg"), keeper)]
    write(album / "x" / "one.xmp", "mine")
    write(album / "x" / "one.jpg.xmp", "mine too")
    write(tmp_path / "away" / "x" / "one.xmp", "theirs")
    before = snapshot(tmp_path)
    clear(catalog, plan, "move", tmp_path / "away")
    assert sorted(os.listdir(tmp_path / "away" / "x")) == [
        "one (2).jpg", "one (2).jpg.xmp", "one (2).xmp", "one.xmp",
    ]  # fmt: skip
    assert (tmp_path / "away" / "x" / "one.xmp").read_text() == "theirs"
    take_back(catalog)
    assert {path: is_ for path, is_ in snapshot(tmp_path).items() if "library" not in path} == {
        path: was for path, was in before.items() if "library" not in path
    }


def test_a_name_that_is_taken_this_moment_is_not_overwritten(album: Path) -> None:
    source, taken = write(album / "one.jpg", "mine"), write(album / "two.jpg", "theirs")
    with pytest.raises(FileExistsError):
        move(source, taken, digest(source), str(album / "partial"))
    assert (Path(source).read_text(), Path(taken).read_text()) == ("mine", "theirs")


def test_what_came_meanwhile_is_not_overwritten_by_undo(catalog: Catalog, album: Path) -> None:
    loser, keeper = write(album / "b" / "one.jpg"), write(album / "one.jpg")
    write(album / "b" / "one.xmp", "rated")
    clear(catalog, [removal(loser, keeper)])
    write(loser, "another photo")
    undone = take_back(catalog)
    other_name = str(album / "b" / "one (2).jpg")
    assert (loser, other_name) in undone.renamed
    assert Path(loser).read_text() == "another photo"
    assert Path(other_name).read_text() == "photo"
    assert (album / "b" / "one (2).xmp").read_text() == "rated"


@needs_own
def test_a_file_that_was_put_back_by_hand_is_left_there(catalog: Catalog, album: Path, trash: Path) -> None:
    loser, keeper = write(album / "b" / "one.jpg"), write(album / "one.jpg")
    clear(catalog, [removal(loser, keeper)])
    os.rename(trash / "files" / "one.jpg", loser)
    undone = take_back(catalog)
    assert (undone.files, undone.failed, undone.renamed) == (1, (), ())


@needs_own
def test_an_emptied_trash_is_told(catalog: Catalog, album: Path, trash: Path) -> None:
    plan = [removal(write(album / folder / "one.jpg"), write(album / "one.jpg")) for folder in "ab"]
    clear(catalog, plan)
    (trash / "files" / "one.jpg").unlink()
    undone = take_back(catalog)
    assert (undone.files, [left.path for left in undone.failed]) == (1, [plan[0].path])
    assert "no longer where Photosearch put it" in undone.failed[0].reason
    assert history(catalog)[0].state == "partly undone"


def test_a_drive_without_a_trash_has_a_quarantine(catalog: Catalog, album: Path, no_trash: None) -> None:
    loser, keeper = write(album / "b" / "one.jpg"), write(album / "one.jpg")
    write(album / "b" / "one.jpg.xmp", "rated")
    before = snapshot(album)
    cleared = clear(catalog, [removal(loser, keeper)])
    folder = album / ".photosearch-trash" / "1"
    assert cleared.quarantines == (str(folder),)
    assert (folder / "b" / "one.jpg").read_text() == "photo"
    if os.name == "nt":
        assert folder.parent.stat().st_file_attributes & stat.FILE_ATTRIBUTE_HIDDEN
    assert take_back(catalog).files == 2
    assert snapshot(album) == before
    assert not folder.parent.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege here")
def test_a_quarantine_is_on_the_drive_of_its_photo(
    catalog: Catalog, album: Path, no_trash: None, other_drive: Path
) -> None:
    (album / "stick").symlink_to(other_drive)
    keeper = write(album / "one.jpg")
    loser = write(album / "stick" / "x" / "one.jpg")
    cleared = clear(catalog, [removal(loser, keeper)])
    assert cleared.quarantines == (str(album / "stick" / ".photosearch-trash" / "1"),)
    take_back(catalog)
    assert list(map(Path, snapshot(other_drive))) == [other_drive / "x" / "one.jpg"]


@pytest.mark.parametrize("mode", [0o640, 0o440], ids=["may be written", "read-only"])
def test_a_move_to_another_drive_is_a_verified_copy(
    catalog: Catalog, album: Path, other_drive: Path, mode: int
) -> None:
    loser, keeper = write(album / "b" / "one.jpg", mode=mode), write(album / "one.jpg")
    before = snapshot(album)
    clear(catalog, [removal(loser, keeper)], "move", other_drive / "away")
    moved = os.stat(other_drive / "away" / "b" / "one.jpg")
    assert (moved.st_mtime_ns, moved.st_mode) == before[loser][1:]
    assert os.listdir(other_drive / "away" / "b") == ["one.jpg"]
    take_back(catalog)
    assert snapshot(album) == before
    assert snapshot(other_drive) == {}


@needs_own
def test_the_trash_of_another_drive_is_found_again(catalog: Catalog, album: Path, other_drive: Path) -> None:
    keeper, loser = write(album / "one.jpg"), write(other_drive / "x" / "one.jpg")
    from send2trash.plat_other import find_mount_point

    top = find_mount_point(loser)
    if not os.access(top, os.W_OK):
        pytest.skip("no trash can be made there")
    before = snapshot(other_drive)
    assert clear(catalog, [removal(loser, keeper)]).quarantines == ()
    assert take_back(catalog).failed == ()
    assert snapshot(other_drive) == before


@pytest.mark.skipif(os.name != "nt", reason="a link takes the place of any file here")
def test_a_read_only_photo_is_replaced_by_no_link(catalog: Catalog, album: Path) -> None:
    loser, keeper = write(album / "a" / "one.jpg", mode=0o440), write(album / "one.jpg")
    before = snapshot(album)
    assert "no file that is read-only" in reasons(clear(catalog, [removal(loser, keeper)], "link"))[0]
    assert snapshot(album) == before


def test_a_link_that_was_edited_is_not_taken_back(catalog: Catalog, album: Path) -> None:
    loser, keeper = write(album / "b.jpg"), write(album / "a.jpg")
    clear(catalog, [removal(loser, keeper)], "link")
    write(keeper, "edited, and so is its other name")
    undone = take_back(catalog)
    assert (undone.files, len(undone.failed)) == (0, 1)


@needs_bytes
def test_names_need_not_be_text(catalog: Catalog, album: Path, tmp_path: Path) -> None:
    keeper = write(album / "one.jpg")
    loser = write(os.fsdecode(os.fsencode(album) + b"/\xff\xfe/photo\xe9 %41\n.jpg"))
    before = snapshot(album)
    for way in ("trash", "move", "link"):
        assert clear(catalog, [removal(loser, keeper)], way, tmp_path / "away").photos == 1
        assert take_back(catalog).failed == ()
        assert snapshot(album) == before


def test_hard_linked_losers_win_nothing_back(catalog: Catalog, album: Path) -> None:
    keeper, loser = write(album / "a.jpg"), write(album / "b.jpg")
    os.link(loser, album / "other name.jpg")
    assert reclaimable_bytes([loser]) == 0
    assert reclaimable_bytes([loser, str(album / "other name.jpg")]) == len("photo")
    cleared = clear(catalog, [removal(loser, keeper)])
    assert (cleared.size_bytes, cleared.reclaimed_bytes) == (len("photo"), 0)


def test_closing_after_any_photo_is_safe_and_what_is_done_can_be_undone(catalog: Catalog, album: Path) -> None:
    keeper = write(album / "one.jpg")
    plan = [removal(write(album / folder / "one.jpg"), keeper) for folder in "bcd"]
    before = snapshot(album)
    job = clear_away(catalog, plan, "trash")
    assert [(step.stage, step.done, step.total) for step in (next(job), next(job))][1] == ("clearing away", 2, 3)
    job.close()
    assert len(snapshot(album)) == 2
    back = undo(catalog)
    next(back)
    back.close()
    assert len(snapshot(album)) == 3
    assert take_back(catalog).files == 1
    assert snapshot(album) == before


def test_acts_are_undone_in_any_order(catalog: Catalog, album: Path) -> None:
    keeper = write(album / "one.jpg")
    before = snapshot(album)
    loser = write(album / "b" / "one.jpg")
    before = snapshot(album)
    content = Path(loser).read_bytes()
    first = clear(catalog, [removal(loser, keeper)]).act_id
    write(loser, content)  # copied here again
    second = clear(catalog, [removal(loser, keeper)]).act_id
    assert len({entry.destination for entry in Journal(catalog).entries("true")}) == 2
    assert take_back(catalog, first).files == 1
    assert snapshot(album) == before
    assert take_back(catalog, second).files == 1
    assert [act.state for act in history(catalog)] == ["undone", "undone"]


def test_a_link_that_was_removed_again_is_not_undone_before_that(catalog: Catalog, album: Path, tmp_path: Path) -> None:
    keeper, other = write(album / "one.jpg"), write(album / "two.jpg", "another")
    loser = write(album / "b" / "one.jpg")
    before = snapshot(album)
    first = clear(catalog, [removal(loser, keeper)], "link").act_id
    second = clear(catalog, [removal(loser, other)], "move", tmp_path / "away").act_id
    (left,) = take_back(catalog, first).failed
    assert left.reason == f"It was removed again by act {second}. Undo that act first."
    assert not Path(loser).exists()
    assert take_back(catalog, second).files == 1
    assert take_back(catalog, first).files == 1
    assert snapshot(album) == before
    assert not list(walk(tmp_path / "away"))


def test_a_link_whose_removed_file_is_lost_is_undone_from_the_kept_one(
    catalog: Catalog, album: Path, tmp_path: Path
) -> None:
    keeper, other = write(album / "one.jpg"), write(album / "two.jpg", "another")
    loser = write(album / "b" / "one.jpg")
    before = snapshot(album)
    first = clear(catalog, [removal(loser, keeper)], "link").act_id
    clear(catalog, [removal(loser, other)], "move", tmp_path / "away")
    (moved,) = walk(tmp_path / "away")
    Path(moved).unlink()
    assert take_back(catalog, first).files == 1
    assert snapshot(album) == before


@pytest.mark.parametrize("way", ["trash", "move", "link"])
def test_the_journal_outlives_the_repair_of_a_damaged_catalog(
    catalog: Catalog, album: Path, tmp_path: Path, way: Way
) -> None:
    plan = [removal(write(album / "b" / "one.jpg"), write(album / "one.jpg"))]
    write(album / "b" / "one.xmp", "rated")
    before = snapshot(album)
    clear(catalog, plan, way, tmp_path / "away")
    if way != "link":  # the page is lost that says how
        catalog.connection.execute("PRAGMA foreign_keys = OFF")
        catalog.connection.execute("DELETE FROM act")
    catalog.close()
    salvage(catalog.file)
    with closing(Catalog(catalog.file)) as repaired:
        assert repaired.check() == []
        assert take_back(repaired).failed == ()
    assert snapshot(album) == before


def test_an_unknown_act_is_told(catalog: Catalog) -> None:
    with pytest.raises(QueryError, match="no act 7"):
        take_back(catalog, 7)


def test_a_removed_photo_is_out_of_the_library_at_once_and_back_in_it(catalog: Catalog, album: Path) -> None:
    loser, keeper = write(album / "b.jpg"), write(album / "a.jpg")
    with_state = "SELECT state FROM photo WHERE path = ?"
    catalog.connection.execute(
        "INSERT INTO photo (path, size_bytes, mtime_ns, state, unreadable) VALUES (?, ?, ?, 'present', 'drawn')",
        (os.fsencode(loser), os.stat(loser).st_size, os.stat(loser).st_mtime_ns),
    )
    clear(catalog, [removal(loser, keeper)])
    assert catalog.connection.execute(with_state, (os.fsencode(loser),)).fetchone() == ("missing",)
    take_back(catalog)
    assert catalog.connection.execute(with_state, (os.fsencode(loser),)).fetchone() == ("present",)


def test_an_act_that_was_killed_before_it_did_anything_is_none(catalog: Catalog, album: Path) -> None:
    loser, keeper = write(album / "b.jpg"), write(album / "a.jpg")
    journal = Journal(catalog)
    status = os.stat(loser)
    file = Before(loser, None, digest(loser), status.st_size, status.st_mtime_ns, 0o644)
    journal.plan(journal.begin("trash", None), keeper, [file])
    assert history(catalog) == []
    assert take_back(catalog, 1).files == 0
    assert journal.under_way() == []
