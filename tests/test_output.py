"""Files that the person asks for: in their place in one step, and never over a photo or another's file."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from PIL import Image

from photosearch.errors import OutputError
from photosearch.library import Library
from photosearch.output import Kind
from photosearch.paths import is_reserved
from tests.conftest import Run
from tests.photos import save_photo, save_sample

TEXT, PNG, JPEG = b"a diary", "PNG", "JPEG"
Asked = Callable[[Path], tuple[object, ...]]


@pytest.fixture
def photo(album: Path, run: Run) -> Path:
    """A photo of an indexed album of two, of which one is a copy and both carry a label."""
    path = Path(save_sample(album / "1.jpg", 1, (200, 150)))
    save_sample(album / "2.jpg", 1, (200, 150))
    assert run("index", album)[0] == run("label", "Hut", album)[0] == 0
    return path


def commands(photo: Path) -> list[tuple[str, Asked]]:
    """Every command that writes a file: the ending of its name, and the arguments."""
    return [
        ("jpg", lambda file: ("similar", photo, "--sheet", file)),
        ("png", lambda file: ("duplicates", "--sheet", file)),
        ("csv", lambda file: ("duplicates", "--csv", file)),
        ("csv", lambda file: ("labels", "--csv", file)),
        ("npz", lambda file: ("vectors", file)),
    ]


def draw(file: Path, format: str) -> Path:
    Image.new("RGB", (8, 8)).save(file, format)
    return file


def test_an_own_earlier_output_is_replaced_and_only_as_it_was_written(photo: Path, run: Run, tmp_path: Path) -> None:
    for number, (ending, asked) in enumerate(commands(photo)):
        file = tmp_path / f"{number}.{ending}"
        file.touch()  # which holds nothing to lose
        for _ in range(2):
            assert run(*asked(file))[0] == 0
        size = file.stat().st_size
        with file.open("ab") as edited:
            edited.write(b"\nby hand")
        code, _, err = run(*asked(file))
        assert (code, "exists already" in err or "is a photo" in err) == (1, True), err
        assert file.stat().st_size == size + 8
    assert list(tmp_path.glob(".*")) == []


def test_another_file_is_replaced_only_by_force_and_one_of_another_kind_too(
    photo: Path, run: Run, tmp_path: Path
) -> None:
    for number, (_, asked) in enumerate(commands(photo)[2:]):
        file = tmp_path / f"{number}.txt"
        file.write_bytes(TEXT)
        code, out, err = run(*asked(file))
        assert (code, out, "--force replaces it" in err) == (1, "", True)
        assert file.read_bytes() == TEXT
        assert run(*asked(file), "--force")[0] == 0
        assert file.read_bytes() != TEXT
    assert run("labels", "--csv", tmp_path / "0.txt")[0] == 1, "these are duplicates"


def test_no_photo_is_replaced_whatever_it_is_called_or_how_it_is(photo: Path, run: Run, tmp_path: Path) -> None:
    for ending, asked in commands(photo):
        real = draw(tmp_path / f"picture.{ending}", JPEG)
        damaged = tmp_path / f"damaged.{ending}.heic" if ending in ("csv", "npz") else tmp_path / f"damaged.{ending}"
        damaged.write_bytes(TEXT)
        tiff, film = draw(tmp_path / f"tiff.{ending}", "TIFF"), tmp_path / f"film.{ending}"
        film.write_bytes(b"\0\0\0\x18ftypheic" + TEXT)
        others: list[Path] = []
        for number, start in enumerate(
            (b"FUJIFILMCCD-RAW 0201", b"\xff\x0a", b"IIU\0", b"FOVb", b"\xff\xd8\xff", b"8BPS")
        ):
            others.append(tmp_path / f"other {number}.{ending}")
            others[-1].write_bytes(start + TEXT)
        for file in (real, damaged, tiff, film, *others):
            before = file.read_bytes()
            code, out, err = run(*asked(file), "--force")
            assert (code, out, "which is never changed" in err) == (1, "", True), (file, err)
            assert file.read_bytes() == before


def test_names_beside_the_output_are_nobodys(photo: Path, run: Run, tmp_path: Path) -> None:
    for ending, asked in commands(photo):
        beside = [draw(tmp_path / name, PNG) for name in (f"o.partial.{ending}", f"o.{ending}.partial", "o.partial")]
        before = [file.read_bytes() for file in beside]
        assert run(*asked(tmp_path / f"o.{ending}"), "--force")[0] == 0
        assert [file.read_bytes() for file in beside] == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has none of these")
def test_what_is_no_ordinary_file_is_left_alone(photo: Path, run: Run, tmp_path: Path) -> None:
    for ending, asked in commands(photo):
        queue, link, folder = (tmp_path / f"{name}.{ending}" for name in ("queue", "link", "folder"))
        os.mkfifo(queue)
        (tmp_path / "diary").write_bytes(TEXT)
        link.symlink_to(tmp_path / "diary")
        folder.mkdir()
        for file in (queue, link, folder):
            code, out, err = run(*asked(file), "--force")
            assert (code, out, "no ordinary file" in err) == (1, "", True)
        assert (link.is_symlink(), (tmp_path / "diary").read_bytes(), queue.is_fifo()) == (True, TEXT, True)
        for file in (queue, link):
            file.unlink()
        folder.rmdir()
    assert run("vectors", "/dev/full")[0] == 1
    assert Path("/dev/full").is_char_device()


def test_a_place_that_cannot_be_is_told(photo: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(TEXT)
    for ending, asked in commands(photo):
        name = f"o.{ending}"
        for file in (tmp_path / "file" / name, tmp_path / "no" / name, tmp_path / f"{300 * 'x'}.{ending}"):
            code, _, err = run(*asked(file))
            assert (code, "cannot be written" in err, err.count("\n")) == (1, True, 1)
        code, _, err = run(*asked(tmp_path / "library" / name))
        assert (code, "library's own folder" in err) == (1, True)
    assert run("vectors", tmp_path / "library" / "catalog.sqlite", "--force")[0] == 1


@pytest.mark.parametrize(
    "path", ["NUL", "nul.csv", r"C:\photos\CON", r"aux\o.csv", "o.csv.", r"C:\o \a.jpg", r"C:\a.jpg:b", r"\\.\NUL"]
)
def test_windows_takes_some_names_for_others(path: str) -> None:
    assert is_reserved(path)


@pytest.mark.parametrize(
    "path", ["o.csv", r"..\o.csv", r"C:\console\nul1.csv", "C:o.csv", r"\\server\share\o.csv", r".\o"]
)
def test_windows_takes_other_names_as_they_are(path: str) -> None:
    assert not is_reserved(path)


@pytest.mark.skipif(os.name != "nt", reason="no name is reserved here")
def test_nothing_is_written_to_a_name_that_windows_reserves(photo: Path, run: Run, tmp_path: Path) -> None:
    for name in ("CON", "aux", "o."):
        for ending, asked in commands(photo):
            code, _, err = run(*asked(tmp_path / name / f"o.{ending}"))
            assert (code, "Windows reserves" in err) == (1, True)
        for asked in (
            ("publish", tmp_path / name),
            ("duplicates", "--tier", "identical", "--move", tmp_path / name, "--yes"),
        ):
            code, _, err = run(*asked)
            assert (code, "Windows reserves" in err) == (1, True)
    assert len(list(photo.parent.iterdir())) == 2


def save(library: Library, file: Path, kind: Kind, content: bytes, meanwhile: Callable[[], object] = int) -> None:
    with library.output(file, kind) as out:
        out.write(content)
        meanwhile()


def test_a_file_that_comes_while_another_is_written_stays(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "o.csv"
    with pytest.raises(OutputError, match="exists already"):
        save(library, file, "list of labels", b"mine", lambda: file.write_bytes(TEXT))
    assert (file.read_bytes(), list(tmp_path.glob(".*"))) == (TEXT, [])


def test_what_fails_leaves_what_there_was(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "o.csv"

    def fail(out: BinaryIO) -> None:
        out.write(b"half")
        raise OSError(28, "No space left on device")

    save(library, file, "list of labels", b"whole")
    with pytest.raises(OutputError, match="No space left"), library.output(file, "list of labels") as out:
        fail(out)
    with pytest.raises(ZeroDivisionError), library.output(file, "list of labels"):
        1 / 0  # noqa: B018 as it raises
    assert (file.read_bytes(), list(tmp_path.glob(".*"))) == (b"whole", [])


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_others_may_read_an_output_as_the_person_has_set(library: Library, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        save(library, tmp_path / "o.csv", "list of labels", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "o.csv").stat().st_mode & 0o777 == 0o640


def test_a_photo_of_the_library_on_a_drive_that_is_away_is_none_to_write(photo: Path, run: Run, tmp_path: Path) -> None:
    os.rename(photo.parent, tmp_path / "away")
    photo.parent.mkdir()
    code, _, err = run("vectors", photo)
    assert (code, "is a photo" in err) == (1, True)
    assert not photo.exists()


def test_the_tour_can_be_taken_twice(run: Run, tmp_path: Path) -> None:
    save_photo(tmp_path / "library" / "tour.jpg")  # in a folder where only the program writes
    assert run()[0] == run()[0] == 0
