"""Walking folders: every photo once, in the same order each time, and whatever could not be reached is told."""

import ctypes
import fnmatch
import os
import shutil
import stat
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photosearch.files import IN_CLOUD, InCloud, open_file
from photosearch.ingest.reader import Reader
from photosearch.ingest.scan import is_away, removable_drive, scan
from photosearch.models import LeftOut, Unreadable

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege here")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder that is scanned; what lies beside it is outside."""
    root = tmp_path / "photos"
    root.mkdir()
    return root


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(name.encode())


def names(
    root: Path,
    *,
    below: str = "",
    recurse: bool = True,
    exclude: Sequence[str] = (),
    unreachable: Sequence[str] = (),
) -> list[str]:
    """The files that a scan finds, by path below `root`, in order; checks those that it could not reach."""
    missed: list[LeftOut] = []
    start = os.path.join(root, below) if below else str(root)
    found = [os.path.relpath(file.path, root) for file in scan(start, str(root), recurse, exclude, missed)]
    assert [os.path.relpath(path, root) for path, _, _ in missed] == list(unreachable)
    return [name.replace(os.sep, "/") for name in found]


def test_photos_are_found_with_size_and_time_of_change(root: Path) -> None:
    write(root, "a.jpg", "deep/er/b.HEIC", "notes.txt", "deep/film.mp4", "deep/a.jpg.xmp")
    os.utime(root / "a.jpg", ns=(1_700_000_000_123_456_700, 1_700_000_000_123_456_700))
    files = {os.path.basename(file.path): file for file in scan(str(root), str(root), True, (), [])}
    assert set(files) == {"a.jpg", "b.HEIC"}
    status = os.stat(root / "a.jpg")
    assert files["a.jpg"] == (str(root / "a.jpg"), 5, status.st_mtime_ns)


def test_the_order_is_by_name_and_parents_come_first(root: Path) -> None:
    write(root, "b/2.jpg", "b/1.jpg", "a/z/1.jpg", "a/y.jpg", "c.jpg", "B.jpg")
    assert names(root) == ["B.jpg", "c.jpg", "a/y.jpg", "a/z/1.jpg", "b/1.jpg", "b/2.jpg"]


def test_without_recursion_only_the_folder_itself_is_scanned(root: Path) -> None:
    write(root, "a.jpg", "deep/b.jpg")
    assert names(root, recurse=False) == ["a.jpg"]


def test_hidden_and_system_folders_are_left_out(root: Path) -> None:
    write(root, "a.jpg", ".b.jpg", ".hidden/c.jpg", "._d.jpg")
    for folder in ("$RECYCLE.BIN", "System Volume Information", "lost+found", "@eaDir", "#recycle", "__MACOSX"):
        write(root, f"{folder}/e.jpg", f"deep/{folder}/f.jpg")
    write(root, "Lightroom Previews.lrdata/g.jpg", "Catalog.cocatalogdb/h.jpg", "deep/i.jpg")
    assert names(root) == ["a.jpg", "deep/i.jpg"]


def test_a_folder_that_is_asked_for_is_scanned_even_if_it_is_hidden(root: Path) -> None:
    write(root, ".hidden/a.jpg", ".hidden/.b.jpg")
    assert names(root, below=".hidden") == [".hidden/a.jpg"]


def test_a_folder_with_the_name_of_a_photo_is_a_folder(root: Path) -> None:
    write(root, "trip.jpg/a.jpg")
    assert names(root) == ["trip.jpg/a.jpg"]


@pytest.mark.parametrize("library", ["Photos Library.photoslibrary", "Old.aplibrary", "x.migratedphotolibrary"])
def test_of_an_apple_library_only_the_originals_are_photos(root: Path, library: str) -> None:
    write(root, *(f"{library}/{name}" for name in (
        "originals/0/a.heic", "Masters/2014/b.jpg", "resources/derivatives/c.jpg", "database/d.jpg", "Previews/e.jpg"
    )))  # fmt: skip
    assert names(root) == [f"{library}/Masters/2014/b.jpg", f"{library}/originals/0/a.heic"]
    assert names(root, below=library) == names(root)


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        ((), ["a.jpg", "raw/a.nef", "raw/b.jpg", "trip/raw/c.jpg", "trip/small_d.jpg"]),
        (("raw",), ["a.jpg", "trip/small_d.jpg"]),
        (("trip/raw",), ["a.jpg", "raw/a.nef", "raw/b.jpg", "trip/small_d.jpg"]),
        (("*.nef", "small_?.jpg"), ["a.jpg", "raw/b.jpg", "trip/raw/c.jpg"]),
        (("trip/*",), ["a.jpg", "raw/a.nef", "raw/b.jpg"]),
        (("[ab].jpg",), ["raw/a.nef", "trip/raw/c.jpg", "trip/small_d.jpg"]),
        (("jpg", "ra", "photos"), ["a.jpg", "raw/a.nef", "raw/b.jpg", "trip/raw/c.jpg", "trip/small_d.jpg"]),
        (("*",), []),
    ],
)
def test_globs_exclude_by_name_and_by_path_below_the_root(
    root: Path, exclude: tuple[str, ...], left: list[str]
) -> None:
    write(root, "a.jpg", "raw/a.nef", "raw/b.jpg", "trip/raw/c.jpg", "trip/small_d.jpg")
    assert sorted(names(root, exclude=exclude)) == left


def test_a_part_of_a_folder_is_excluded_by_its_path_below_the_whole(root: Path) -> None:
    write(root, "trip/raw/a.jpg", "trip/b.jpg")
    assert names(root, below="trip", exclude=["trip/raw"]) == ["trip/b.jpg"]
    assert names(root, below="trip", exclude=["raw"]) == ["trip/b.jpg"]


def test_a_folder_that_is_not_there_is_unreachable(root: Path) -> None:
    assert names(root, below="away", unreachable=["away"]) == []


def test_an_empty_start_is_unreachable_since_its_drive_may_be_away(root: Path) -> None:
    assert names(root, unreachable=["."]) == []


def test_an_empty_folder_further_down_is_just_empty(root: Path) -> None:
    write(root, "a.jpg")
    (root / "empty").mkdir()
    assert names(root) == ["a.jpg"]


def test_a_start_with_other_files_is_reached(root: Path) -> None:
    write(root, "notes.txt")
    assert names(root) == []


def test_a_folder_that_vanishes_during_the_scan_is_unreachable_and_the_rest_is_scanned(root: Path) -> None:
    write(root, "a.jpg", "b/1.jpg", "c/2.jpg")
    missed: list[LeftOut] = []
    files = scan(str(root), str(root), True, (), missed)
    assert next(files).path == str(root / "a.jpg")
    shutil.rmtree(root / "b")
    assert [file.path for file in files] == [str(root / "c" / "2.jpg")]
    assert missed == [LeftOut(str(root / "b"), "It is not there any more.")]


@posix_only
def test_a_loop_of_links_ends(root: Path) -> None:
    write(root, "a.jpg", "deep/b.jpg")
    (root / "deep" / "up").symlink_to(root)
    (root / "deep" / "itself").symlink_to(root / "deep")
    assert names(root) == ["a.jpg", "deep/b.jpg"]


@posix_only
def test_folders_are_told_apart_where_the_drive_numbers_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "a.jpg", "deep/b.jpg", "deep/er/c.jpg")
    (root / "deep" / "up").symlink_to(root)
    stat_of = os.stat

    def without_number(path: str) -> os.stat_result:
        status = list(stat_of(path))
        status[stat.ST_INO] = 0
        return os.stat_result(status)

    monkeypatch.setattr(os, "stat", without_number)
    found = [file.path for file in scan(str(root), str(root), True, (), [])]
    monkeypatch.undo()
    assert found == [str(root / name) for name in ("a.jpg", "deep/b.jpg", "deep/er/c.jpg")]


def test_a_removable_drive_is_away_where_it_is_gone_or_empty(tmp_path: Path) -> None:
    assert is_away(str(tmp_path))
    assert is_away(str(tmp_path / "gone"))
    write(tmp_path, "a.jpg")
    assert not is_away(str(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="a drive is told by its letter there")
@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/media/ada/disk/trip/a.jpg", "/media/ada/disk"),
        ("/run/media/ada/disk/a.jpg", "/run/media/ada/disk"),
        ("/mnt/disk/a.jpg", "/mnt/disk"),
        ("/Volumes/disk/a.jpg", "/Volumes/disk"),
        ("/home/ada/mnt/disk/a.jpg", None),
    ],
)
def test_removable_drives_are_told_by_where_they_are_mounted(path: str, drive: str | None) -> None:
    assert removable_drive(path) == drive


@posix_only
def test_a_folder_that_is_met_twice_goes_by_its_own_name(root: Path) -> None:
    write(root, "z/a.jpg")
    (root / "a link").symlink_to(root / "z")
    assert names(root) == ["z/a.jpg"]


@posix_only
def test_links_lead_outside(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/a.jpg", "b.jpg")
    (root / "folder").symlink_to(tmp_path / "elsewhere")
    (root / "file.jpg").symlink_to(tmp_path / "b.jpg")
    assert names(root) == ["file.jpg", "folder/a.jpg"]


@posix_only
def test_a_link_to_a_photo_that_is_met_anyway_is_no_second_photo(root: Path) -> None:
    write(root, "a.jpg", "deep/b.jpg")
    (root / "link to a.jpg").symlink_to(root / "a.jpg")
    (root / "deep" / "again.jpg").symlink_to("b.jpg")
    assert names(root) == ["a.jpg", "deep/b.jpg"]


@posix_only
@pytest.mark.parametrize("target", [".git/annex/1.jpg", "@eaDir/1.jpg", "raw/1.jpg", "notes/1"])
def test_a_link_to_a_file_that_is_left_out_is_the_photo(root: Path, target: str) -> None:
    write(root, target, "a.jpg")
    (root / "b.jpg").symlink_to(root / target)
    assert names(root, exclude=["raw"]) == ["a.jpg", "b.jpg"]


@posix_only
def test_without_recursion_a_link_into_a_folder_further_down_is_the_photo(root: Path) -> None:
    write(root, "deep/a.jpg")
    (root / "b.jpg").symlink_to(root / "deep" / "a.jpg")
    assert names(root, recurse=False) == ["b.jpg"]


@posix_only
def test_a_link_to_nowhere_is_unreachable_since_its_drive_may_be_away(root: Path, tmp_path: Path) -> None:
    write(root, "a.jpg")
    (root / "folder").symlink_to(tmp_path / "away")
    (root / "photo.jpg").symlink_to(tmp_path / "away.jpg")
    assert names(root, unreachable=["folder", "photo.jpg"]) == ["a.jpg"]


@posix_only
def test_a_link_to_itself_and_a_pipe_are_no_photos(root: Path) -> None:
    write(root, "a.jpg")
    (root / "itself.jpg").symlink_to(root / "itself.jpg")
    os.mkfifo(root / "pipe.jpg")
    assert names(root, unreachable=["itself.jpg", "pipe.jpg"]) == ["a.jpg"]


@posix_only
def test_what_is_left_out_is_told_with_the_reason(root: Path) -> None:
    write(root, "a.jpg")
    os.mkfifo(root / "pipe.jpg")
    with (root / "sparse.jpg").open("wb") as sparse:
        sparse.truncate(300 << 30)
    (root / "zero.jpg").symlink_to("/dev/zero")
    (root / "nowhere.jpg").symlink_to(root / "gone.jpg")
    missed: list[LeftOut] = []
    assert len(list(scan(str(root), str(root), True, (), missed))) == 1
    assert {os.path.basename(path): (reason, may_return) for path, reason, may_return in missed} == {
        "pipe.jpg": ("It is no ordinary file.", False),
        "sparse.jpg": ("The file is too large: 322 GB; at most 4 are read.", False),
        "zero.jpg": ("It is no ordinary file.", False),
        "nowhere.jpg": ("It is a link that leads nowhere; perhaps a drive is not connected.", True),
    }


@posix_only
def test_a_path_that_is_too_long_for_the_system_is_told(root: Path) -> None:
    write(root, "a.jpg")
    here, deep = os.getcwd(), 0
    os.chdir(root)
    try:
        while deep < 5000:  # one step at a time, as no path leads so far
            os.mkdir("x" * 200)
            os.chdir("x" * 200)
            deep += 201
        Path("b.jpg").touch()
    finally:
        os.chdir(here)
    missed: list[LeftOut] = []
    found = [file.path for file in scan(str(root), str(root), True, (), missed)]
    shutil.rmtree(root)
    assert found == [str(root / "a.jpg")]
    assert [reason for _, reason, _ in missed] == ["Its path is too long for the system."]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything may be read here")
def test_a_folder_without_permission_is_told(root: Path) -> None:
    write(root, "a.jpg", "locked/b.jpg")
    (root / "locked").chmod(0)
    missed: list[LeftOut] = []
    found = [file.path for file in scan(str(root), str(root), True, (), missed)]
    (root / "locked").chmod(0o755)
    assert found == [str(root / "a.jpg")]
    assert missed == [LeftOut(str(root / "locked"), "There is no permission to look into it.")]


@pytest.mark.skipif(sys.platform != "win32", reason="only there has a file such an attribute")
def test_a_file_in_the_cloud_is_told_and_never_read(root: Path) -> None:
    write(root, "a.jpg", "away.jpg")
    away, offline = root / "away.jpg", 0x1000
    ctypes.windll.kernel32.SetFileAttributesW(str(away), offline)
    if not away.stat().st_file_attributes & offline:
        pytest.skip("this file system keeps no such attribute")
    missed: list[LeftOut] = []
    assert [file.path for file in scan(str(root), str(root), True, (), missed)] == [str(root / "a.jpg")]
    assert missed == [LeftOut(str(away), IN_CLOUD)]
    with pytest.raises(InCloud):
        open_file(away)
    with Reader(64, "squash") as reader:
        assert reader.look(str(away)) == Unreadable(str(away), IN_CLOUD, "disk")


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc here")
def test_what_lies_on_no_disk_is_never_entered(root: Path) -> None:
    write(root, "a.jpg")
    (root / "system").symlink_to("/proc")
    (root / "self.jpg").symlink_to("/proc/self/environ")
    missed: list[LeftOut] = []
    assert [file.path for file in scan(str(root), str(root), True, (), missed)] == [str(root / "a.jpg")]
    assert {os.path.basename(path) for path, _, _ in missed} == {"system", "self.jpg"}
    assert {reason for _, reason, _ in missed} == {"It is a virtual folder of the system, not on a disk."}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are always text here")
def test_a_file_name_need_not_be_text(root: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    write(root, "a.jpg")
    (root / name).touch()
    assert names(root) == ["a.jpg", name]
    assert names(root, exclude=["caf?.jpg"]) == ["a.jpg"]


NAMES = st.sampled_from(
    ["a", "b.jpg", "C.PNG", ".c", "@eaDir", "d.txt", "raw", "e.photoslibrary", "originals", "é.tif"]
)
TREES = st.recursive(st.none(), lambda below: st.dictionaries(NAMES, below, max_size=4), max_leaves=20)
GLOBS = st.lists(st.sampled_from(["raw", "*.png", "a/*", "a/b.jpg", "?", "originals", "*/raw", "é*"]), max_size=3)


def build(folder: Path, tree: object) -> None:
    if isinstance(tree, dict):
        folder.mkdir()
        for name, below in tree.items():
            build(folder / name, below)
    else:
        folder.touch()


@settings(max_examples=150, deadline=None)
@given(TREES.filter(bool), GLOBS, st.booleans())
def test_a_scan_meets_what_a_plain_walk_meets(
    tmp_path_factory: pytest.TempPathFactory, tree: object, exclude: list[str], recurse: bool
) -> None:
    root = tmp_path_factory.mktemp("tree") / "photos"
    build(root, tree)
    expected: set[str] = set()
    for folder, _, files in os.walk(root):
        for name in files:
            steps = Path(folder, name).relative_to(root).parts
            paths = ["/".join(steps[: depth + 1]) for depth in range(len(steps))]
            is_left_out = (
                any(step.startswith(".") for step in steps)
                or "@eaDir" in steps[:-1]
                or any(step == "e.photoslibrary" and below != "originals" for step, below in pairwise(steps[:-1]))
                or any(fnmatch.fnmatch(text, glob) for text in (*steps, *paths) for glob in exclude)
            )
            is_photo = name.lower().endswith((".jpg", ".png", ".tif"))
            if is_photo and not is_left_out and (recurse or len(steps) == 1):
                expected.add("/".join(steps))
    found = names(root, recurse=recurse, exclude=exclude)
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert found == names(root, recurse=recurse, exclude=exclude)
