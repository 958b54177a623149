"""What the tests of whole flows share: a library in a fresh folder, and the command line in this process."""

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
import send2trash.plat_other

from photosearch.cli import main as cli
from photosearch.library import Library

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """An empty folder for photos."""
    folder = tmp_path / "album"
    folder.mkdir()
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Generator[Library]:
    """A new library."""
    with Library(tmp_path / "library") as library:
        yield library


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a library of the test's own: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, arguments), "--library", str(tmp_path / "library")])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def run_json(run: Run) -> Callable[..., Any]:
    """Run a command that must succeed and return its JSON document."""

    def run_json(*arguments: object) -> Any:
        code, out, err = run(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return run_json


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's trash, which no test may touch, is this one."""
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    # send2trash reads the environment only once
    monkeypatch.setattr(send2trash.plat_other, "XDG_DATA_HOME", bytes(home / "data"))
    monkeypatch.setattr(send2trash.plat_other, "HOMETRASH_B", bytes(home / "data" / "Trash"))
    return home / "data" / "Trash"
