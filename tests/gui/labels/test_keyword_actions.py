"""Keywords become labels and labels keywords, in the window: after a question, and undone."""

from pathlib import Path

from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from photosearch.act.keywords import keywords_of
from photosearch.act.xmp import EMPTY, complete, read_packet
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.work.unreadable import UnreadableDialog
from photosearch.library import Library
from tests.gui.driving import WAIT_MS, told


def agree(window: MainWindow, qtbot: QtBot, is_agreed: bool = True) -> str:
    """Answer the question that is asked; return it."""
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)), timeout=WAIT_MS)
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    question = box.text()
    role = QMessageBox.ButtonRole.AcceptRole if is_agreed else QMessageBox.ButtonRole.RejectRole
    next(button for button in box.buttons() if box.buttonRole(button) == role).click()
    return question


def test_keywords_become_labels_and_are_forgotten_by_undo(
    filled: MainWindow, library: Library, samples: Path, qtbot: QtBot
) -> None:
    (samples / "sample 1.jpg.xmp").write_bytes(complete(read_packet(EMPTY), {"dc:subject": ["Rome"]}))
    filled.actions_by_name["read-keywords"].trigger()
    agree(filled, qtbot, is_agreed=False)
    assert library.labels.counts() == {}
    filled.actions_by_name["read-keywords"].trigger()
    agree(filled, qtbot)
    qtbot.waitUntil(lambda: "1 keyword is a label now." in told(filled), timeout=WAIT_MS)
    assert library.labels.counts() == {"Rome": 1}
    filled.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: library.labels.counts() == {}, timeout=WAIT_MS)


def test_labels_go_into_sidecars_and_are_taken_back_by_undo(
    filled: MainWindow, library: Library, samples: Path, qtbot: QtBot
) -> None:
    photos = [samples / "sample 1.jpg", samples / "sample 2.jpg"]
    library.labels.add("Rome", [each for photo in photos for each in library.photos.at(str(photo))])
    (samples / "sample 2.jpg.xmp").write_bytes(b"broken")
    filled.actions_by_name["write-keywords"].trigger()
    assert "1 sidecar gets labels as keywords. 1 of them is a new file" in agree(filled, qtbot)
    qtbot.waitUntil(lambda: "1 sidecar was written." in told(filled), timeout=WAIT_MS)
    assert keywords_of(str(photos[0])) == ["Rome"] and (samples / "sample 2.jpg.xmp").read_bytes() == b"broken"
    assert len(filled.findChildren(UnreadableDialog)) == 1
    filled.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: not (samples / "sample 1.jpg.xmp").exists(), timeout=WAIT_MS)
