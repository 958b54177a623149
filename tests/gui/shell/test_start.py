"""The whole start: a window opens with the folders it was given, and a second start adds its own to it."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photosearch.errors import LibraryBusy
from photosearch.gui.start.single_instance import hand_over
from photosearch.paths import Places
from photosearch.store.catalog import Catalog
from tests.photos import save_photo

ENVIRONMENT = os.environ | {"QT_QPA_PLATFORM": "offscreen"}


def start(library: Path, *folders: Path) -> Sequence[str]:
    return [sys.executable, "-P", "-m", "photosearch", "--library", str(library), *map(str, folders)]


def answers(library: Path) -> bool:
    try:
        return hand_over(library, [])
    except LibraryBusy:  # it is still starting
        return False


def holds(library: Path, folders: Sequence[Path]) -> bool:
    with closing(Catalog(Places(library).catalog)) as catalog:
        return {folder.path for folder in catalog.folders()} == {str(folder.resolve()) for folder in folders}


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can send Ctrl-C to one process there")
def test_one_window_takes_the_folders_of_two_starts(qtbot: QtBot, tmp_path: Path) -> None:
    library, folders = tmp_path / "library", [tmp_path / "one", tmp_path / "two"]
    for number, folder in enumerate(folders):
        folder.mkdir()
        save_photo(folder / "photo.jpg", number)
    with subprocess.Popen(start(library, folders[0]), env=ENVIRONMENT, stderr=subprocess.PIPE, text=True) as window:
        try:
            qtbot.waitUntil(lambda: window.poll() is not None or answers(library), timeout=30_000)
            qtbot.waitUntil(lambda: holds(library, folders[:1]), timeout=30_000)
            second = subprocess.run(start(library, folders[1]), env=ENVIRONMENT, check=False)
            assert second.returncode == 0
            qtbot.waitUntil(lambda: holds(library, folders), timeout=30_000)
        finally:
            window.send_signal(signal.SIGTERM)
        assert window.communicate(timeout=30)[1] == ""
    assert Places(library).log.exists()
