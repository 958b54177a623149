"""The site: complete, true to the tree, and its examples run."""

import argparse
import re
import runpy
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

import photosearch
from photosearch.cli import main as cli
from photosearch.cli.parser import make_parser
from photosearch.paths import resources
from tests.tree import ROOT

DOCS = ROOT / "docs"
PAGES: dict[str, Any] = runpy.run_path(str(DOCS / "generated_pages.py"))
GUIDES = ("index.md", *sorted({page.name for page in DOCS.glob("*.md")} - {"index.md"}))  # the tour indexes the samples


def commands(parser: argparse.ArgumentParser, name: str = "") -> list[tuple[str, argparse.ArgumentParser]]:
    """Every command and command of a command, by name."""
    found = [(name, parser)]
    for each, command in PAGES["subcommands"](parser).items():
        found += commands(command, f"{name} {each}".strip())
    return found


@pytest.mark.parametrize(("name", "parser"), commands(make_parser()))
def test_every_command_and_option_is_explained(name: str, parser: argparse.ArgumentParser) -> None:
    if name:
        assert f"# {name}\n" in PAGES["commands_page"]()
    for action in parser._actions:
        assert action.help or PAGES["subcommands"](parser), (name, action)


@pytest.mark.parametrize("name", [name for name in photosearch.__all__ if name != "__version__"])
def test_every_public_name_is_documented(name: str) -> None:
    public = getattr(photosearch, name)
    page = (DOCS / "python.md").read_text("utf-8")
    is_listed = f"::: photosearch.{name}\n" in page or public.__module__ == "photosearch.errors"
    assert is_listed and public.__doc__
    members = [each for key, each in vars(public).items() if not key.startswith("_") and callable(each)]
    assert [each for each in members if not each.__doc__] == []


def test_the_files_that_are_named_are_there() -> None:
    page = (DOCS / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`([\w/]+(?:\.py|/))`", page))
    assert len(named) > 15
    assert [name for name in sorted(named) if not (ROOT / "photosearch" / name).exists()] == []


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the sample photos as the guides name them."""
    shutil.copytree(resources() / "samples" / "photos" / "Windmills", tmp_path / "samples" / "Windmills")
    shutil.copytree(resources() / "samples" / "photos" / "Edited", tmp_path / "samples" / "Edited")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_of_the_guides_run(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for page in GUIDES:
        for line in "".join(blocks(page, "console")).splitlines():
            program, *arguments = shlex.split(line)
            assert program == "photosearch"
            assert cli.main(["--library", str(samples / "library"), *arguments]) == 0, line
    assert "Traceback" not in capsys.readouterr().err


def test_the_python_of_the_guides_runs(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("index.md", "python")
    exec(compile(code, "index.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 and all(re.match(r"[01]\.\d{3}  ", line) for line in lines)
