"""Clearing away and undoing: what goes, what stays and why, and that all of it comes back as it was."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from photosearch.act import clear as sentences
from photosearch.act.clear import clear_away
from photosearch.act.files import move
from photosearch.act.plan import Removal, reclaimable_bytes
from photosearch.act.undo import history, undo
from photosearch.errors import QueryError
from photosearch.models import Folder
from photosearch.store.catalog import Catalog
from photosearch.store.salvage import salvage
from photosearch.store.tables.journal import Before, Journal, Way
from tests.act.files import clear, digest, removal, snapshot, take_back, write
from tests.trash import needs_own, refuse_trash

needs_bytes = pytest.mark.skipif(os.name == "nt", reason="names are text there")


@pytest.fixture
def no_trash(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive without a trash, as send2trash tells of it."""
    refuse_trash(monkeypatch)


def reasons(cleared: object) -> list[str]:
    return [left.reason for left in cleared.refused]  # type: ignore[attr-defined]


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


def test_a_move_to_another_drive_is_a_verified_copy(catalog: Catalog, album: Path, other_drive: Path) -> None:
    loser, keeper = write(album / "b" / "one.jpg", mode=0o640), write(album / "one.jpg")
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


def test_one_refusal_does_not_stop_the_others(catalog: Catalog, album: Path) -> None:
    keeper = write(album / "one.jpg")
    plan = [removal(write(album / folder / "one.jpg"), keeper) for folder in "bcd"]
    write(plan[1].path, "edited since")
    cleared = clear(catalog, plan)
    assert (cleared.photos, reasons(cleared)) == (2, [sentences.CHANGED])
    assert Path(plan[1].path).read_text() == "edited since"


@pytest.mark.parametrize("way", ["trash", "move", "link"])
@pytest.mark.parametrize("what", ["keeper changed", "keeper gone", "loser changed", "loser gone"])
def test_what_changed_meanwhile_stays(catalog: Catalog, album: Path, tmp_path: Path, way: Way, what: str) -> None:
    loser, keeper = write(album / "b.jpg"), write(album / "a.jpg")
    plan = [removal(loser, keeper)]
    changed = keeper if what.startswith("keeper") else loser
    if what.endswith("gone"):
        os.unlink(changed)
    else:
        write(changed, "other")
    before = snapshot(album)
    cleared = clear(catalog, plan, way, tmp_path / "away")
    assert (cleared.act_id, cleared.photos, len(cleared.refused)) == (None, 0, 1)
    assert snapshot(album) == before
    assert history(catalog) == []


@needs_bytes
def test_the_keeper_is_another_file(catalog: Catalog, album: Path) -> None:
    photo = write(album / "a.jpg")
    os.link(photo, album / "hard.jpg")
    (album / "soft.jpg").symlink_to(photo)
    (album / "door").symlink_to(album)
    plan = [
        removal(str(loser), str(keeper))
        for loser, keeper in [
            (album / "hard.jpg", photo),
            (photo, album / "soft.jpg"),
            (album / "soft.jpg", photo),
            (photo, photo),
            (photo, album / "door" / "a.jpg"),
        ]
    ]
    before = snapshot(album)
    assert len(clear(catalog, plan).refused) == 5
    assert snapshot(album) == before


def test_a_keeper_does_not_go_in_the_same_plan(catalog: Catalog, album: Path) -> None:
    one, two, three = (write(album / name) for name in ("1.jpg", "2.jpg", "3.jpg"))
    cleared = clear(catalog, [removal(one, two), removal(two, one), removal(three, one)])
    assert (cleared.photos, len(cleared.refused)) == (0, 3)
    assert all("is itself to go" in reason for reason in reasons(cleared))


def test_a_keeper_in_a_trash_is_none(catalog: Catalog, album: Path, tmp_path: Path) -> None:
    loser = write(album / "one.jpg")
    for keeper in (album / ".photosearch-trash" / "9" / "one.jpg", tmp_path / "Trash" / "files" / "one.jpg"):
        assert "lies in a trash" in reasons(clear(catalog, [removal(loser, write(keeper))]))[0]
    in_target = write(tmp_path / "away" / "one.jpg")
    assert (
        "in the folder to move to" in reasons(clear(catalog, [removal(loser, in_target)], "move", tmp_path / "away"))[0]
    )


def test_only_identical_files_of_one_drive_are_linked(catalog: Catalog, album: Path, other_drive: Path) -> None:
    loser, keeper = write(album / "b.jpg", "small"), write(album / "a.jpg", "large")
    assert reasons(clear(catalog, [removal(loser, keeper)], "link")) == [sentences.NOT_IDENTICAL]
    far = write(other_drive / "c.jpg", "small")
    assert "another drive" in reasons(clear(catalog, [removal(loser, far)], "link"))[0]


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


@pytest.fixture
def nobody() -> Generator[Path]:
    """A folder to work in as one who is bound by permissions, which root is not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    if root := os.geteuid() == 0:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    shutil.rmtree(folder)


@needs_bytes
@pytest.mark.parametrize("way", ["trash", "move", "link"])
def test_a_folder_that_may_not_be_written_keeps_its_photos(nobody: Path, way: Way) -> None:
    album, closed = nobody / "album", nobody / "album" / "closed"
    loser, keeper = write(closed / "one.jpg"), write(album / "one.jpg")
    write(closed / "one.xmp", "rated")
    before = snapshot(nobody / "album")
    with closing(Catalog(nobody / "library" / "catalog.sqlite")) as catalog:
        catalog.add_folder(Folder(str(album)))
        for folder in (closed, album):
            folder.chmod(0o555)
        cleared = clear(catalog, [removal(loser, keeper)], way, nobody / "away")
        for folder in (album, closed):
            folder.chmod(0o755)
        assert (cleared.act_id, cleared.photos) == (None, 0)
        assert reasons(cleared) == ["The system says: Permission denied."]
        assert snapshot(album) == before
        assert not (nobody / "away").exists() or not snapshot(nobody / "away")
        assert history(catalog) == []


def test_a_full_drive_keeps_what_does_not_fit_where_it_was(catalog: Catalog, album: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(small)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no drive can be mounted here")
    try:
        content = os.urandom(150_000)
        keeper = write(album / "keeper.jpg", content)
        plan = [removal(write(album / "x" / name, content), keeper) for name in ("one.jpg", "two.jpg")]
        before = snapshot(album)
        cleared = clear(catalog, plan, "move", small / "away")
        assert (cleared.photos, reasons(cleared)) == (1, ["The system says: No space left on device."])
        assert [path.name for path in small.rglob("*.*")] == ["one.jpg"]
        assert Path(plan[1].path).read_bytes() == content
        take_back(catalog)
        assert snapshot(album) == before
    finally:
        subprocess.run(["umount", str(small)], check=True)


@needs_bytes
def test_one_file_by_two_cases_of_letters_is_one_file(catalog: Catalog, album: Path) -> None:
    """On a drive that does not tell cases apart both names lead to one file; elsewhere they are two."""
    photo = write(album / "one.jpg")
    other = str(album / "ONE.JPG")
    is_one = os.path.exists(other)
    if not is_one:
        write(other)
    cleared = clear(catalog, [removal(other, photo)])
    assert cleared.photos == (0 if is_one else 1)
    assert os.path.exists(photo)


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


def test_a_wrong_plan_is_refused(catalog: Catalog, album: Path) -> None:
    loser, keeper = write(album / "b.jpg", "b"), write(album / "a.jpg", "a")
    cleared = clear(catalog, [Removal(loser, digest(keeper), keeper, digest(keeper))])
    assert reasons(cleared) == [sentences.CHANGED]
