"""Files that are no ordinary photos, lists or folders, given to commands: a sentence, and nothing waits or stops."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.photos import make_exif, save_photo

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes here")
AFTER_2262 = 10_000_000_000  # seconds since 1970: November 2286


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe.jpg")
    return tmp_path / "pipe.jpg"


def test_a_file_dated_after_2262_is_indexed_found_and_cleared_away(
    run: Run, run_json: Callable[..., Any], album: Path, trash: Path
) -> None:
    for name, seed in (("a.jpg", 1), ("b.jpg", 1), ("c.jpg", 2)):
        save_photo(album / name, seed)
        os.utime(album / name, (AFTER_2262, AFTER_2262))
    assert run_json("index", album)["added"] == 3
    assert run_json("index")["unchanged"] == 3
    assert len(run_json("similar", album / "a.jpg", "--since", "2262-01-01", "--min-score", "-1")["results"]) == 2
    assert run("duplicates", "--tier", "identical", "--trash", "--inherit", "--yes")[0] == 0
    assert len(list(album.glob("*.jpg"))) == 2
    assert run("undo")[0] == 0
    assert len(list(album.glob("*.jpg"))) == 3
    assert {int(photo.stat().st_mtime) for photo in album.glob("*.jpg")} == {AFTER_2262}
    assert run_json("index")["unchanged"] == 3


@pytest.mark.parametrize("seconds", [-10_000_000_000, -1, 0])
def test_a_file_dated_long_ago_is_indexed(run_json: Callable[..., Any], album: Path, seconds: int) -> None:
    os.utime(save_photo(album / "a.jpg"), (seconds, seconds))
    assert run_json("index", album)["added"] == 1
    assert run_json("index")["unchanged"] == 1
    assert run_json("similar", album / "a.jpg", "--until", "1970-01-02")["results"] == [] or seconds >= -1


@pytest.mark.parametrize(
    "taken_at", ["0000:00:00 00:00:00", "-001:01:01 00:00:00", "0001:01:01 00:00:00", "9999:12:31 23:59:59"]
)
def test_an_absurd_date_in_a_photo_is_none(
    run_json: Callable[..., Any], library: Any, album: Path, taken_at: str
) -> None:
    save_photo(album / "a.jpg", exif=make_exif(taken_at=taken_at))
    assert run_json("index", album)["added"] == 1
    (photo,) = library.photos.get(library.photos.listing().ids).values()
    assert photo.facts.taken_at is None


@posix_only
def test_a_pipe_is_not_waited_for(run: Run, album: Path, pipe: Path) -> None:
    save_photo(album / "a.jpg")
    run("index", album)
    for command in (("similar", pipe), ("labels", "--read", pipe), ("evaluate", pipe)):
        code, out, err = run(*command)
        assert (code, out) == (1, "")
        assert "no ordinary file" in err


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there are no such devices here")
def test_a_device_is_not_read(run: Run, album: Path) -> None:
    for command in (("similar", "/dev/zero"), ("labels", "--read", "/dev/zero"), ("evaluate", "/dev/zero")):
        code, _, err = run(*command)
        assert code == 1
        assert "no ordinary file" in err


@posix_only
def test_settings_that_are_a_pipe_are_the_defaults(run: Run, tmp_path: Path) -> None:
    run("status")
    os.mkfifo(tmp_path / "library" / "settings.json")
    assert run("status")[0] == 0


def test_a_file_without_end_is_left_out(run_json: Callable[..., Any], run: Run, album: Path) -> None:
    save_photo(album / "a.jpg")
    with (album / "sparse.jpg").open("wb") as sparse:
        sparse.truncate(300 << 30)
    summary = run_json("index", album)
    assert (summary["added"], [each["path"] for each in summary["left_out"]]) == (1, [str(album / "sparse.jpg")])
    assert run_json("status")["left_out"] == summary["left_out"]
    assert "sparse.jpg: The file is too large" in run("index")[1]
    assert "sparse.jpg: The file is too large" in run("status")[1]
    code, _, err = run("similar", album / "sparse.jpg")
    assert code == 1
    assert "The file is too large" in err
    (album / "sparse.jpg").unlink()
    assert run_json("index")["left_out"] == []
    assert run_json("status")["left_out"] == []


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc here")
def test_what_lies_on_no_disk_is_not_added(run: Run) -> None:
    code, _, err = run("index", "/proc")
    assert code == 1
    assert "virtual folder of the system" in err


def test_no_name_is_not_the_folder_one_is_in(run: Run) -> None:
    code, _, err = run("index", "")
    assert code == 1
    assert "There is no folder “”" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("duplicates", "--tier", "identical", "--yes", "--move"), ("duplicates", "--in"), ("duplicates", "--against"),
        ("duplicates", "--protect"), ("duplicates", "--csv"), ("bursts", "--in"), ("clusters", "--in"), ("publish",),
        ("similar", "a.jpg", "--in"), ("label", "a", "--in"), ("labels", "--csv"), ("labels", "--read"),
        ("vectors",), ("vectors", "out.npz", "--in"), ("evaluate",), ("encoders", "add"),
    ],
)  # fmt: skip
def test_no_name_is_not_all_folders_either(
    run: Run, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        run(*arguments, "")
    assert end.value.code == 2
    assert "a file or folder needs a name" in capsys.readouterr().err


def test_duplicates_are_not_moved_into_the_library(run: Run, album: Path, tmp_path: Path) -> None:
    for copy in ("one", "two"):
        save_photo(album / copy / "a.jpg")
    assert run("index", album)[0] == 0
    for folder in (".", "search", "pasted", "new"):
        code, _, err = run("duplicates", "--tier", "identical", "--yes", "--move", tmp_path / "library" / folder)
        assert (code, "lies in the library's own folder" in err) == (1, True)
    assert len(list(album.glob("*/a.jpg"))) == 2


def test_duplicates_are_moved_deeper_than_a_function_can_call_itself(run: Run, album: Path, tmp_path: Path) -> None:
    for copy in ("one", "two"):
        save_photo(album / copy / "a.jpg")
    assert run("index", album)[0] == 0
    deep = os.sep.join(["x"] * 1200)
    assert run("duplicates", "--tier", "identical", "--yes", "--move", tmp_path / deep)[0] == 0
    assert len(list(album.glob("*/a.jpg"))) == 1
    assert run("undo")[0] == 0
    assert len(list(album.glob("*/a.jpg"))) == 2
    os.removedirs(tmp_path / deep)


def test_a_photo_that_lacks_a_part_is_indexed_with_a_note(run_json: Callable[..., Any], run: Run, album: Path) -> None:
    path = album / "a.jpg"
    save_photo(path, 4, (960, 640), quality=95)
    path.write_bytes(path.read_bytes()[:-60])
    summary = run_json("index", album)
    assert (summary["added"], summary["unreadable"]) == (1, [])
    assert [each["path"] for each in summary["incomplete"]] == [str(path)]
    assert 0 < summary["incomplete"][0]["lacking"] < 0.1
    assert run_json("status")["incomplete"] == summary["incomplete"]
    assert "of the picture is missing" in run("status")[1]
