"""About and the page of shortcuts: complete, selectable, and closed by Esc."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from photosearch.gui.settings.about import About
from photosearch.gui.settings.shortcuts import Shortcuts
from photosearch.library import Library
from photosearch.library.about.components import components
from photosearch.library.about.version import version_in_words
from photosearch.paths import Places
from photosearch.settings import Settings, write_settings
from tests.tree import ROOT

PYPROJECT = ROOT / "pyproject.toml"


@pytest.fixture
def about(qtbot: QtBot, library: Library) -> About:
    dialog = About(library)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def plain(dialog: About) -> str:
    browser = dialog.findChild(QTextBrowser)
    assert browser is not None
    return browser.toPlainText()


def test_every_dependency_is_listed_with_its_licence(about: About) -> None:
    asked = map(Requirement, tomllib.loads(PYPROJECT.read_text())["project"]["dependencies"])
    needed = [one.name for one in asked if one.marker is None or one.marker.evaluate()]  # some are of other systems
    listed = {part.name.lower().replace("_", "-"): part for part in components()}
    for name in needed:
        part = listed[name.lower()]
        assert part.version and part.licence
        assert f"{part.name}\n{part.version}\n{part.licence}" in plain(about)
    assert "shiboken6" in listed, "what is needed by way of others is shipped too"
    assert "pytest" not in listed, "what only the tests need is not"


def test_encoders_and_sample_photos_are_listed(about: About, library: Library) -> None:
    text = plain(about)
    assert all(name in text for name in library.bundles.names())
    assert library.bundle.id in text
    assert "The Eiffel Tower from the Champ de Mars\nTognopop\npublic domain" in text


def test_the_versions_are_copied(qtbot: QtBot, about: About) -> None:
    copy = next(button for button in about.findChildren(QPushButton) if "Copy" in button.text())
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert f"Photosearch: {version_in_words()}" in copied.splitlines()
    assert all(name in copied for name in ("Python: ", "Qt: ", "onnxruntime: ", "pillow: "))


def test_the_promises_are_there(about: About) -> None:
    words = " ".join(label.text() for label in about.findChildren(QLabel))
    assert "Nothing leaves this computer" in words
    assert "No photo is ever changed" in words


def test_a_lost_encoder_is_told_in_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    write_settings(Places(tmp_path).settings, Settings(encoder="lost"))
    with Library(tmp_path) as library:
        dialog = About(library)
        qtbot.addWidget(dialog)
        assert "There is no encoder “lost”" in plain(dialog)


def test_escape_closes(qtbot: QtBot, about: About) -> None:
    qtbot.keyClick(about, Qt.Key.Key_Escape)
    assert not about.isVisible()


def test_the_page_of_shortcuts_is_read_from_the_actions(qtbot: QtBot) -> None:
    add, silent = QAction("&Add folder …"), QAction("Nothing")
    add.setShortcut("Ctrl+Shift+O")
    page = Shortcuts(None, [("File", [add, silent]), ("Empty", [silent])], [("Photos", [("Space", "Quick view")])])
    qtbot.addWidget(page)
    page.show()
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert texts == ["File", "Add folder", "Ctrl+Shift+O", "Photos", "Quick view", "Space"]
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
