"""Pipes, links and folders at the place of a library's files; `benchmarks/break.py replaced` tries all of them."""

import os
from pathlib import Path

import pytest

from tests.store.damage import make_library, restore_changes
from tests.store.replacement import Replacement, try_replacement

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each try is a process that is forked")
REPLACED = [
    Replacement("clusters", "link to a folder"),
    Replacement("search", "link to a folder"),
    Replacement("settings.json", "pipe"),
    Replacement("thumbnails.sqlite", "full folder"),
]


def test_what_is_no_file_of_the_library_is_told_or_made_anew_and_nothing_elsewhere_changes(
    album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore_changes(monkeypatch)
    library = make_library(tmp_path / "library", album)
    for replacement in REPLACED:
        assert try_replacement(library, album, tmp_path / "copy", replacement) == [], replacement
