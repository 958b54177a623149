"""Photos that may not go stay where they are, with the reason, and the others go."""

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from photosearch.act import clear as sentences
from photosearch.act.carry import carry_out
from photosearch.act.clear import clear_away
from photosearch.act.plan import Removal
from photosearch.act.recovery import recover
from photosearch.act.undo import history
from photosearch.models import Folder
from photosearch.settings import KeepRules
from photosearch.store.catalog import Catalog
from photosearch.store.tables.journal import Before, Journal, Way
from tests.act.files import clear, digest, needs_bytes, reasons, removal, snapshot, take_back, write
from tests.jobs import finish
from tests.trash import use_trash


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


@pytest.mark.parametrize("way", ["trash", "move", "link"])
def test_a_folder_that_was_protected_since_loses_nothing(
    catalog: Catalog, album: Path, tmp_path: Path, way: Way
) -> None:
    plan = [removal(write(album / folder / "b.jpg"), write(album / "a.jpg")) for folder in ("kept", "other")]
    rules = KeepRules(protected=(str(album / "kept"),))
    cleared = finish(clear_away(catalog, plan, way, str(tmp_path / "away") if way == "move" else None, rules=rules))
    assert (cleared.photos, reasons(cleared)) == (1, [sentences.PROTECTED])
    assert (album / "kept" / "b.jpg").exists() and not (album / "kept" / "b.jpg").samefile(album / "a.jpg")


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
def test_a_folder_that_may_not_be_written_keeps_its_photos(
    nobody: Path, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_trash(monkeypatch, nobody / "home")
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
        assert not snapshot(nobody / "home"), "the trash has no record of a photo that it did not take"
        assert history(catalog) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="a file of another person is needed")
def test_a_photo_that_may_not_be_linked_is_told_from_a_drive_without_links(nobody: Path) -> None:
    rule = Path("/proc/sys/fs/protected_hardlinks")
    if not rule.exists() or rule.read_text().strip() == "0":
        pytest.skip("everybody may link everything here")
    loser, keeper = write(nobody / "album" / "b.jpg"), write(nobody / "album" / "a.jpg")
    os.seteuid(0)
    os.chown(keeper, 0, 0)
    os.seteuid(65534)
    assert "the photo to keep is protected against links" in _refusal_of_link(nobody, loser, keeper)


@needs_bytes
def test_a_drive_without_links_is_told(nobody: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)  # as on FAT
    loser, keeper = write(nobody / "album" / "b.jpg"), write(nobody / "album" / "a.jpg")
    assert "this drive allows no hard link here" in _refusal_of_link(nobody, loser, keeper)


def _refusal_of_link(nobody: Path, loser: str, keeper: str) -> str:
    before = snapshot(nobody / "album")
    with closing(Catalog(nobody / "library" / "catalog.sqlite")) as catalog:
        (reason,) = reasons(clear(catalog, [removal(loser, keeper)], "link"))
    assert snapshot(nobody / "album") == before
    return reason


@pytest.fixture
def small(tmp_path: Path) -> Generator[Path]:
    """A drive with little room."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no drive can be mounted here")
    yield folder
    while os.path.ismount(folder):
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_drive_keeps_what_does_not_fit_where_it_was(catalog: Catalog, album: Path, small: Path) -> None:
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


def test_a_move_ends_with_the_drive_that_it_goes_to(catalog: Catalog, album: Path, small: Path) -> None:
    keeper = write(album / "keeper.jpg")
    plan = [removal(write(album / "x" / name), keeper) for name in ("one.jpg", "two.jpg", "three.jpg")]
    write(album / "x" / "two.xmp", "rated")
    act = clear_away(catalog, plan, "move", str(small / "away"))
    next(act)
    before = snapshot(album)
    subprocess.run(["umount", str(small)], check=True)
    with pytest.raises(StopIteration) as end:
        while True:
            next(act)
    assert (end.value.value.photos, reasons(end.value.value)) == (1, 2 * [sentences.TARGET_AWAY])
    assert snapshot(album) == before
    assert list(small.iterdir()) == []
    assert [act.files for act in history(catalog)] == [1]


def test_a_companion_does_not_follow_to_a_drive_that_is_gone(catalog: Catalog, album: Path, small: Path) -> None:
    """The process was killed after the photo went, and before its companion did."""
    photo, companion, keeper = (write(album / name) for name in ("x/one.jpg", "x/one.xmp", "keeper.jpg"))
    files = [
        Before(path, str(small / "away" / Path(path).name), digest(path), 5, os.stat(path).st_mtime_ns, 0o644)
        for path in (photo, companion)
    ]
    journal = Journal(catalog)
    planned = journal.plan(journal.begin("move", str(small / "away")), keeper, files)
    assert carry_out(journal, planned[0], [str(album)]) is None
    subprocess.run(["umount", str(small)], check=True)
    recover(catalog)
    assert list(small.iterdir()) == []
    assert Path(companion).exists()
    assert journal.under_way() == []


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


def test_a_wrong_plan_is_refused(catalog: Catalog, album: Path) -> None:
    loser, keeper = write(album / "b.jpg", "b"), write(album / "a.jpg", "a")
    cleared = clear(catalog, [Removal(loser, digest(keeper), keeper, digest(keeper))])
    assert reasons(cleared) == [sentences.CHANGED]
