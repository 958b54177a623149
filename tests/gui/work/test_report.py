"""Bugs: in the log, shown once, in a report that may be copied; faults are shown as sentences."""

import ctypes
import gc
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, QUrl, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from photosearch.errors import LibraryBusy
from photosearch.gui.work.bug_dialog import BugDialog
from photosearch.gui.work.report import Bugs, describe, reporting
from tests.tree import ROOT


class Told(list[str]):
    """The sentences shown."""


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    return tmp_path / "library" / "photosearch.log"


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def bugs(qtbot: QtBot, log_file: Path, told: Told) -> Generator[Bugs]:
    with reporting(log_file, told.append) as bugs:
        yield bugs
    for dialog in dialogs():
        dialog.close()


def dialogs() -> list[BugDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, BugDialog) and widget.isVisible()]


def press(dialog: BugDialog, text: str) -> None:
    (button,) = (b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text)
    button.click()


def fail(text: str) -> Exception:
    """An exception that was raised."""
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def raise_in_hook(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def in_a_thread(error: BaseException) -> None:
    def work() -> None:
        raise error

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def while_collecting(error: BaseException) -> None:
    class Awkward:
        def __del__(self) -> None:
            raise error

    Awkward()
    gc.collect()


@pytest.mark.parametrize("happen", [raise_in_hook, in_a_thread, while_collecting])
def test_a_bug_is_logged_and_told_wherever_it_happens(
    qtbot: QtBot, bugs: Bugs, log_file: Path, happen: Callable[[BaseException], None]
) -> None:
    happen(fail("seven of them"))
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    report = dialogs()[0].text.toPlainText()
    assert "ValueError: seven of them" in report
    assert "in fail" in report
    assert "Traceback" in log_file.read_text()


def test_the_report_says_what_was_running_and_hides_the_home_folder(
    qtbot: QtBot, bugs: Bugs, log_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for line in range(60):
        logging.getLogger("test").info("line %d of %s", line, tmp_path / "Ada.jpg")
    report = describe(fail(f"{tmp_path}/a\udce9.jpg and {tmp_path}2"), log_file)
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in report
    assert "Screen " in report
    assert f"line 59 of ~{os.sep}Ada.jpg" in report
    assert "line 10 of ~" in report
    assert "line 9 of ~" not in report
    assert "ValueError: ~/a" in report
    assert f"and {tmp_path}2" in report


def test_a_second_bug_opens_no_second_dialog_and_the_same_is_told_once(
    qtbot: QtBot, bugs: Bugs, log_file: Path
) -> None:
    same = [fail("first"), fail("first again")]
    raise_in_hook(same[0])
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    raise_in_hook(KeyError("second"))
    qtbot.waitUntil(lambda: "KeyError" in log_file.read_text())
    QApplication.processEvents()
    assert len(dialogs()) == 1
    press(dialogs()[0], "Continue")
    qtbot.waitUntil(lambda: dialogs() == [])
    raise_in_hook(same[1])
    QApplication.processEvents()
    assert dialogs() == []
    raise_in_hook(KeyError("third"))
    qtbot.waitUntil(lambda: len(dialogs()) == 1)


def test_a_fault_is_a_sentence_each_time(qtbot: QtBot, bugs: Bugs, told: Told) -> None:
    for _ in range(2):
        raise_in_hook(LibraryBusy("Somebody writes."))
    qtbot.waitUntil(lambda: told == ["Somebody writes."] * 2)
    assert dialogs() == []


def test_the_report_is_copied_and_the_folder_opened(
    qtbot: QtBot, bugs: Bugs, log_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr("photosearch.gui.work.bug_dialog.QDesktopServices.openUrl", opened.append)
    raise_in_hook(fail("copy me"))
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    press(dialogs()[0], "Copy report")
    assert "ValueError: copy me" in QGuiApplication.clipboard().text()
    press(dialogs()[0], "Open log folder")
    assert [Path(url.toLocalFile()) for url in opened] == [log_file.parent]
    assert len(dialogs()) == 1


def test_qt_speaks_into_the_log(bugs: Bugs, log_file: Path) -> None:
    qWarning("a word from Qt")
    assert "WARNING qt: a word from Qt" in log_file.read_text()


def test_all_is_as_before_afterwards(qtbot: QtBot, log_file: Path) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook, logging.getLogger().handlers[:]
    with reporting(log_file, print):
        assert sys.excepthook != before[0]
    assert before == (sys.excepthook, threading.excepthook, sys.unraisablehook, logging.getLogger().handlers[:])


def test_a_log_that_cannot_be_written_stops_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with reporting(tmp_path / "file" / "photosearch.log", print):
        raise_in_hook(fail("all the same"))
        qtbot.waitUntil(lambda: len(dialogs()) == 1)
        assert "The log cannot be read" in dialogs()[0].text.toPlainText()
        dialogs()[0].close()


def test_what_a_slot_raises_is_told(qtbot: QtBot, bugs: Bugs) -> None:
    def slot() -> None:
        raise ValueError("in a slot")

    QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "in slot" in dialogs()[0].text.toPlainText()


def test_a_start_that_fails_is_told_and_ends(qtbot: QtBot, log_file: Path) -> None:
    def leave() -> None:
        (dialog,) = dialogs()
        texts = [button.text() for button in dialog.findChildren(QPushButton) if button.isVisible()]
        assert "C&ontinue" not in texts
        press(dialog, "Quit")

    QTimer.singleShot(100, leave)
    with pytest.raises(SystemExit) as ended, reporting(log_file, print):
        raise fail("no window")
    assert ended.value.code == 1
    assert "ValueError: no window" in log_file.read_text()


def test_a_start_whose_library_is_at_fault_says_so_and_ends(qtbot: QtBot, log_file: Path, told: Told) -> None:
    with pytest.raises(SystemExit), reporting(log_file, told.append):
        raise LibraryBusy("Somebody writes.")
    assert told == ["Somebody writes."]
    assert dialogs() == []


def test_a_crash_is_in_the_log_of_the_next_start(qtbot: QtBot, log_file: Path) -> None:
    code = f"""
import signal
from pathlib import Path
from PySide6.QtWidgets import QApplication
from photosearch.gui.work.report import reporting
app = QApplication([])
def deep_down():
    while True:  # Windows goes on after the first one
        signal.raise_signal(signal.SIGSEGV)
with reporting(Path({str(log_file)!r}), print):
    deep_down()
"""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode != 0
    with reporting(log_file, print):
        log = log_file.read_text()
    assert "The last start ended in a crash" in log
    assert "in deep_down" in log
    with reporting(log_file, print):
        pass
    assert log_file.read_text().count("in deep_down") == 1


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere it would end the process")
def test_an_error_that_a_library_handled_is_no_crash(qtbot: QtBot, log_file: Path) -> None:
    with reporting(log_file, print), pytest.raises(OSError, match="access violation"):
        ctypes.string_at(0)
    with reporting(log_file, print):
        assert "crash" not in log_file.read_text()
