"""The page Clusters as a person uses it, on copies of real photos that belong together."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from photosearch.gui.clusters.clusters_page import ClustersPage
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from tests.gui.driving import WAIT_MS, told, wait_for_photos
from tests.photos import open_sample

KINDS, EACH = 3, 5


@pytest.fixture
def page(window: MainWindow, album: Path, qtbot: QtBot) -> ClustersPage:
    """The page with five views of each of three photos, opened by its action."""
    for kind in range(KINDS):
        picture = open_sample(kind, (320, 240))
        for number in range(EACH):
            picture.crop((4 * number, 3 * number, 300 + 4 * number, 225 + 3 * number)).save(
                album / f"{kind} {number}.jpg"
            )
    window.folders.add([str(album)])
    wait_for_photos(qtbot, window, KINDS * EACH)
    window.actions_by_name["clusters"].trigger()
    qtbot.waitUntil(
        lambda: bool(window.clusters.cards.photos.ids) and window.clusters.cards.shown_numbers, timeout=WAIT_MS
    )
    return window.clusters


def press(qtbot: QtBot, page: ClustersPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.members.grid if page.is_opened else page.cards, key)


def test_enter_opens_a_cluster_and_escape_leads_back(page: ClustersPage, window: MainWindow, qtbot: QtBot) -> None:
    page.cards.setFocus()
    press(qtbot, page, Qt.Key.Key_Home)
    card = page.card
    assert card
    press(qtbot, page, Qt.Key.Key_Return)
    assert page.is_opened
    assert list(page.members.grid.photos.ids) == card.photos.tolist()
    page.members.grid.selectAll()
    assert window.selected() == card.photos.tolist()
    window.actions_by_name["back"].trigger()
    assert not page.is_opened


def test_the_slider_answers_at_once_and_is_remembered(page: ClustersPage, library: Library, qtbot: QtBot) -> None:
    page.bar.slider.setValue(page.bar.slider.maximum())
    assert len(page.cards.photos.ids) == 1  # before the job that numbers it
    assert not page.bar.automatic.isChecked()
    qtbot.waitUntil(lambda: page.cards.shown_numbers, timeout=WAIT_MS)
    assert len(page.cards.photos.ids) == 1
    again = ClustersPage(library, page.jobs)
    qtbot.addWidget(again)
    assert again.bar.level == 100
    page.bar.automatic.click()
    assert page.bar.level is None


def test_a_name_is_given_undone_and_made_a_label(
    page: ClustersPage, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    press(qtbot, page, Qt.Key.Key_Home)
    page.ask_for_name()
    dialog = window.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    dialog.setTextValue("Owls")
    dialog.accept()
    qtbot.waitUntil(lambda: bool(page.card and page.card.name == "Owls"), timeout=WAIT_MS)
    assert page.card
    size = len(page.card.photos)
    window.cluster_actions.make_label(page.card)
    qtbot.waitUntil(lambda: library.labels.counts() == {"Owls": size}, timeout=WAIT_MS)
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: bool(page.card and page.card.name is None), timeout=WAIT_MS)


def test_without_photos_it_says_so(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    window.folders.add([str(tmp_path / "empty")])
    window.actions_by_name["clusters"].trigger()
    qtbot.waitUntil(lambda: "There are no photos to cluster yet" in told(window), timeout=WAIT_MS)
