"""Hostile arguments and files: every command ends in what it does or in a sentence, and with a known exit code."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from photosearch.cli import main as cli
from photosearch.library import Library
from tests.conftest import keep, restore
from tests.encode.small_encoders import use_small_encoders
from tests.photos import save_photo

HUGE = "9" * 40
DEEP = "a/" * 3000
TEXTS = [
    "", " ", ".", "..", "/", "~", "-", "--", "-1", "0", "1", HUGE, f"-{HUGE}", "1e999", "nan", "inf", "NaN", "0x10",
    "١٢", "\x1b]0;x\a", "a\nb", "\u202egpj", "\udcff", "💥" * 30, "x" * 300, "x" * 5000, DEEP, "%s%n{0}",
    "$(id)", "`id`", "'; DROP TABLE photo; --", "*", "?", "[", "\\", "|", "file:///etc/passwd",
    "http://example.org/a.jpg", "con", "nul",
]  # fmt: skip
COMMANDS = [
    ("index", "@"), ("index", "--exclude", "@"), ("index", "--threads", "@"), ("similar", "@"),
    ("similar", "PHOTO", "--without", "@"), ("similar", "PHOTO", "--region", "@"), ("similar", "PHOTO", "--limit", "@"),
    ("similar", "PHOTO", "--min-score", "@"), ("similar", "PHOTO", "--in", "@"), ("similar", "PHOTO", "--since", "@"),
    ("similar", "PHOTO", "--format", "@"), ("similar", "PHOTO", "--label", "@"),
    ("similar", "PHOTO", "--sheet", "@.jpg"),
    ("duplicates", "--tier", "@"), ("duplicates", "--in", "@"), ("duplicates", "--against", "@"),
    ("duplicates", "--keep", "@"), ("duplicates", "--prefer", "@"), ("duplicates", "--protect", "@"),
    ("duplicates", "--csv", "@"), ("duplicates", "--sheet", "@.png"),
    ("duplicates", "--tier", "identical", "--move", "@", "--yes"), ("undo", "@"), ("history", "@"),
    ("label", "@", "PHOTO"),
    ("label", "a", "@"), ("label", "a", "--in", "@"), ("label", "--by-folder", "@"), ("labels", "@"),
    ("labels", "--rename", "a", "@"), ("labels", "--rename", "@", "b"), ("labels", "--delete", "@"),
    ("clusters", "--level", "@"), ("clusters", "--by", "@"), ("clusters", "--in", "@"), ("clusters", "--label", "@"),
    ("clusters", "--name", "@", "b"), ("clusters", "--name", "1", "@"), ("clusters", "--sheet", "@.jpg"),
    ("bursts", "--in", "@"), ("decisions", "--take-back", "@"),
    ("labels", "--csv", "@"), ("labels", "--read", "@"), ("vectors", "@"), ("vectors", "OUT.npz", "--in", "@"),
    ("publish", "@"), ("index", "--scheduler", "@"),
    ("evaluate", "@"), ("status", "@"), ("doctor", "@"), ("encoders", "@"), ("encoders", "use", "@"),
    ("encoders", "add", "@"), ("teach", "--label", "@"), ("tour", "@"), ("@",), ("--library", "@", "status"),
]  # fmt: skip


def make_files(folder: Path) -> Iterator[str]:
    """Paths of files and folders of every unpleasant kind."""
    contents = {
        "empty": b"", "zeros": bytes(5000), "noise": bytes(range(256)) * 20, "text": b"hello", "deep": b"[" * 100_000,
        "bom": b"\xef\xbb\xbfpath,label\n", "header": b"path,label\n", "groups": b"path,group\n\0,\0\n",
        "cr": b"path,label\ra,b\r",
        "nul": b"path,label\na\0b,c\n", "wide": b"path,label\n" + b"x," * 50_000,
        "quote": b'path,label\n"' + b"a" * 200_000,
        "png": b"\x89PNG\r\n\x1a\n" + b"\xff" * 99, "jpeg": b"\xff\xd8\xff\xe0\xff",
        "sqlite": b"SQLite format 3\0" + b"\xff" * 200,
        "utf16": "path,label\n".encode("utf-16"),
    }  # fmt: skip
    for name, content in contents.items():
        for ending in ("csv", "jpg"):
            (folder / f"{name}.{ending}").write_bytes(content)
            yield str(folder / f"{name}.{ending}")
    yield str(folder / "text.csv" / "below")
    yield str(folder)
    if os.name == "posix":
        os.mkfifo(folder / "fifo")
        (folder / "loop").symlink_to("loop")
        (folder / "dangling").symlink_to("nowhere")
        (folder / "locked").mkdir(mode=0)
        yield from (str(folder / name) for name in ("fifo", "loop", "dangling", "locked", "locked/x"))
    if sys.platform == "linux":
        yield from ("/dev/null", "/dev/full", "/dev/zero", "/proc/self/mem", "/proc/self/fd/0", "/proc/1/environ")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two photos, a library of them, and a folder to write to."""
    place = tmp_path_factory.mktemp("indexed")
    path = save_photo(place / "album" / "1.jpg", 1)
    save_photo(place / "album" / "2.jpg", 1)
    (place / "work").mkdir()
    with Library(place / "library") as library:
        use_small_encoders(library)
    assert cli.main(["index", str(place / "album"), "--library", str(place / "library")]) == 0
    assert cli.main(["label", "a", path, "--library", str(place / "library")]) == 0
    keep(place)
    return place


@pytest.fixture
def tmp_path(indexed: Path) -> Path:
    """The folder as it was made."""
    return restore(indexed)


@pytest.fixture
def photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A photo of the library, while the current folder is one of the test's own."""
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("photosearch.encode.encoder.Encoder.measure", lambda *_: 1.0)  # which takes a third of a second
    return str(tmp_path / "album" / "1.jpg")


def end(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int | str | None, str]:
    """The exit code and what was told on stderr."""
    try:
        code: int | str | None = cli.main(arguments)
    except SystemExit as exit_:
        code = exit_.code
    return code, capsys.readouterr().err


def ask(command: tuple[str, ...], value: str, photo: str, tmp_path: Path) -> list[str]:
    words = {"PHOTO": photo, "OUT.npz": str(tmp_path / "out.npz")}
    arguments = [words.get(word, word.replace("@", value)) for word in command]
    return arguments if "--library" in arguments else [*arguments, "--library", str(tmp_path / "library")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_takes_anything(
    command: tuple[str, ...], photo: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for value in (*TEXTS, *make_files(folder)):
        if value in ("/", "..") and command[0] in ("index", "--library"):
            continue  # which is no mistake
        if value == DEEP and command[0] in ("publish", "--library") and os.name == "nt":
            continue  # nor is that on Windows, which makes them all
        code, err = end(ask(command, value, photo, tmp_path), capsys)
        assert code in (0, 1, 2), (command, value, code)
        assert code == 0 or err.strip(), (command, value)
        assert "Traceback" not in err
    assert Path(photo).exists()
