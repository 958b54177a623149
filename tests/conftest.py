"""Fixtures for tests of whole flows: a library in a fresh folder, and the command line in this process."""

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from photosearch.cli import main as cli
from photosearch.library import Library
from tests.trash import use_trash

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
    return use_trash(monkeypatch, tmp_path / "home")
