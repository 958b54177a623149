"""Names that could steer a terminal, as commands print them: on one line, and without effect."""

import csv
import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.library import Library
from photosearch.paths import is_inside, printable, shown
from photosearch.settings import KeepRules
from tests.conftest import Run
from tests.jobs import finish, index
from tests.photos import save_photo, save_sample

TITLE, LINE, TURNED, FORMULA = "\x1b]0;owned\a", "a\nb", "\u202egpj.exe", "=1+1"
NAMES = [f"{name}.jpg" for name in (TITLE, LINE, TURNED, FORMULA, "\x9b31m", "\u2028x", "-x")]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")


def steers(text: str) -> list[str]:
    """The characters of a text that are no plain ones, but for the ends of its lines."""
    return [
        c for c in text if (c != "\n" and unicodedata.category(c) in ("Cc", "Zl", "Zp")) or c in "\u202e\u2066\u200f"
    ]


@pytest.fixture
def named(album: Path, run: Run) -> Path:
    """An indexed album of copies with hostile names, in a folder of such a name, and a broken file."""
    folder = album / TITLE
    folder.mkdir()
    for name in NAMES:
        save_sample(folder / name, 1, (100, 80))
    (folder / f"{TITLE} broken.jpg").write_bytes(b"broken")
    code, out, err = run("index", folder)
    assert (code, steers(out + err), r"\x1b]0;owned\x07 broken.jpg" in out) == (0, [], True)
    return folder


def test_no_command_prints_a_name_that_steers(named: Path, run: Run, tmp_path: Path) -> None:
    photo, gone = named / NAMES[0], tmp_path / LINE / "x"
    lines = run("similar", photo)[1].splitlines()
    assert len(lines) == len(NAMES) - 1
    for arguments in (
        ("similar", photo, "--sheet", tmp_path / f"{LINE}.jpg"), ("similar", gone), ("similar", named / "x"),
        ("similar", photo, "--format", TITLE), ("similar", photo, "--label", TITLE), ("similar", photo, "--in", gone),
        ("duplicates",), ("duplicates", "--csv", tmp_path / f"{LINE}.csv"), ("duplicates", "--csv", gone),
        ("duplicates", "--in", gone), ("label", TURNED, photo, gone), ("label", "--by-folder", named.parent),
        ("label", "--by-folder", gone), ("labels",), ("labels", TURNED), ("labels", TITLE), ("labels", "--read", gone),
        ("labels", "--rename", TURNED, f"{TURNED}2"), ("labels", "--csv", tmp_path / f"{LINE}-2.csv"),
        ("labels", "--delete", f"{TURNED}2"), ("vectors", tmp_path / f"{LINE}.npz"), ("evaluate", gone),
        ("encoders", "use", TITLE), ("encoders", "add", gone), ("status",), ("doctor",), ("index", gone), ("undo",),
        ("duplicates", "--tier", "identical", "--move", tmp_path / TITLE, "--yes"), ("history",),
    ):  # fmt: skip
        _, out, err = run(*arguments)
        assert steers(out + err) == [], (arguments, out, err)
        assert err.count("\n") <= 1
    assert run("undo")[0] == 0
    for arguments in (("similar", photo, f"--{TITLE}"), ("similar", photo, "--limit", TITLE), (TITLE, LINE)):
        with pytest.raises(SystemExit):
            run(*arguments)


def test_wrong_usage_repeats_no_name_that_steers(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (("similar", "x", f"--{TITLE}"), (f"x{LINE}{TITLE}",), ("labels", "--rename", TITLE)):
        with pytest.raises(SystemExit):
            run(*arguments)
        err = capsys.readouterr().err
        assert steers(err) == []
        assert err.splitlines()[-1].startswith("photosearch")


def test_tables_hold_such_names_exactly_and_as_no_formula(named: Path, run: Run) -> None:
    assert run("label", "@sum", named)[0] == 0
    groups, labels = named / "groups.csv", named / "labels.csv"
    assert run("duplicates", "--csv", groups)[0] == run("labels", "--csv", labels)[0] == 0
    with labels.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    assert len(rows) == len(NAMES)
    assert {name for _, name in rows} == {"'@sum"}
    assert {f"'{FORMULA}.jpg", "'-x.jpg"} <= {path for path, _ in rows}
    run("labels", "--delete", "@sum")
    code, out, _ = run("labels", "--read", labels)
    assert (code, f"{len(NAMES)} photos carry “@sum”" in out) == (0, True)


@given(st.text())
def test_whatever_is_printed_stays_on_its_line(text: str) -> None:
    assert steers(shown(text)) == []
    assert "\n" not in shown(text)
    assert printable(text).count("\n") == text.count("\n")
    shown(text).encode()


def test_plain_names_in_any_script_are_printed_as_they_are() -> None:
    for name in ("Grüße.jpg", "사진.jpg", "שלום.jpg", "👨\u200d👩\u200d👧.jpg", r"C:\Photos\a.jpg", "a\u202fb.png"):
        assert shown(name) == name
    assert shown("caf\udce9\x1b") == "caf\N{REPLACEMENT CHARACTER}\\x1b"


@pytest.mark.parametrize("name", ["a\0.jpg", "a\ud800.jpg"])
def test_what_no_file_can_be_called_is_nowhere(name: str, library: Library, album: Path) -> None:
    """Lists and settings may hold it."""
    save_photo(album / "one.jpg")
    save_photo(album / "two.jpg")
    index(library, album)
    assert library.photos.at(str(album / name)) == []
    assert not is_inside(str(album / "one.jpg"), str(album / name))
    library.change(replace(library.settings, keep=KeepRules(protected=(str(album / name),))))
    assert finish(library.duplicates()).groups
