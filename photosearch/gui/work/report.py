"""Bugs: written to a log, shown once, with a report that the person may copy."""

import faulthandler
import logging
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from photosearch import __version__
from photosearch.files import read_file
from photosearch.gui.style.sentences import sentence
from photosearch.gui.work.bug_dialog import BugDialog
from photosearch.library.user_errors import fault
from photosearch.own_files import CATALOG, MOST_BYTES, make_private, private
from photosearch.paths import printable

LOG_BYTES = 1_000_000
TOLD_LINES = 50
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
log = logging.getLogger("photosearch")
qt_log = logging.getLogger("qt")


class Bugs(QObject):
    """Takes what was raised and not expected, on any thread: faults go to `show` as a sentence, bugs to a dialog."""

    _reported = Signal(object)

    def __init__(self, log_file: Path, show: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self._show = show
        self._known: set[str] = set()
        self._dialog: BugDialog | None = None
        # Queued also on the window's own thread: no dialog opens in the middle of painting.
        self._reported.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def tell(self, error: BaseException) -> None:
        """Log it and, unless the same has been told before, tell the person."""
        where = "".join(f"{frame.filename}:{frame.lineno};" for frame in traceback.extract_tb(error.__traceback__))
        same = f"{type(error).__name__} {where or error}"
        if same in self._known:
            log.error("Again: %s", type(error).__name__)
            return
        log.error("%s", type(error).__name__, exc_info=error)
        if fault(error) is None:
            self._known.add(same)
        self._reported.emit(error)

    def _answer(self, error: BaseException) -> None:
        if reason := fault(error, self._log_file.with_name(CATALOG)):  # which may be damaged
            self._show(sentence(reason))
        elif self._dialog is None:
            self._dialog = BugDialog(describe(error, self._log_file), self._log_file.parent, _window())
            self._dialog.finished.connect(self._forget_dialog)
            self._dialog.open()

    def _forget_dialog(self) -> None:
        if self._dialog:
            self._dialog.deleteLater()
        self._dialog = None


@contextmanager
def reporting(log_file: Path, show: Callable[[str], None]) -> Generator[Bugs]:
    """While it lasts, all that nobody expected goes to the log and to the Bugs it gives: exceptions on any thread and
    Qt's messages. Crashes in C go to a file beside the log. A log that cannot be written stops nothing.

    What is raised inside, where nothing can go on, is told, too; the program then ends with 1 (SystemExit).
    """
    bugs = Bugs(log_file, show)
    handler = _open_log(log_file)
    before = sys.excepthook, threading.excepthook, sys.unraisablehook, logging.getLogger().level

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
        else:
            bugs.tell(error)

    def on_thread(given: threading.ExceptHookArgs) -> None:
        if given.exc_value:
            bugs.tell(given.exc_value)

    def on_unraisable(given: "sys.UnraisableHookArgs") -> None:
        if given.exc_value:
            bugs.tell(given.exc_value)

    sys.excepthook, threading.excepthook, sys.unraisablehook = on_exception, on_thread, on_unraisable
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    handler_before = qInstallMessageHandler(_take_qt_message)
    try:
        with _crash_file(log_file):
            log.info("Photosearch %s starts", __version__)
            yield bugs
    except Exception as error:
        log.critical("Photosearch has to end", exc_info=error)
        if reason := fault(error, log_file.with_name(CATALOG)):  # which may be damaged
            show(sentence(reason))
        else:
            BugDialog(describe(error, log_file), log_file.parent, can_go_on=False).exec()
        raise SystemExit(1) from error
    finally:
        qInstallMessageHandler(handler_before)
        sys.excepthook, threading.excepthook, sys.unraisablehook = before[:3]
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(before[3])
        handler.close()


def describe(error: BaseException, log_file: Path) -> str:
    """The report: versions, screen, traceback and the last of the log, with the person's home folder as ~."""
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    lines = [
        f"Photosearch {__version__}",
        f"Python {platform.python_version()}, Qt {qt_version} ({QGuiApplication.platformName()})",
        platform.platform(),
        f"Screen {size.width()} × {size.height()}, scale {screen.devicePixelRatio():g}",
        "",
        "".join(traceback.format_exception(error)),
        f"The last {TOLD_LINES} lines of the log:",
        *_last_lines(log_file),
    ]
    return _without_home("\n".join(lines)).encode("utf-8", "replace").decode()


def _without_home(text: str) -> str:
    home = str(Path.home())
    if home == Path(home).anchor:
        return text
    for spelling in {home, Path(home).as_posix(), repr(home)[1:-1]}:
        text = re.sub(re.escape(spelling) + r"(?![\w-])", "~", text)
    return text


def _last_lines(log_file: Path) -> list[str]:
    try:
        return read_file(log_file, MOST_BYTES).decode("utf-8", "replace").splitlines()[-TOLD_LINES:]
    except OSError as error:
        return [f"(The log cannot be read: {error.strerror}.)"]


class _Log(RotatingFileHandler):
    """A log for this person only."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, errors=self.errors, opener=private)


class _Lines(logging.Formatter):
    """Names of files may steer the terminal on which a log is looked at."""

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))


def _open_log(file: Path) -> logging.Handler:
    try:
        make_private(file.parent)
        handler = _Log(file, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(_Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


@contextmanager
def _crash_file(log_file: Path) -> Generator[None]:
    """Let Python write where it was if a C library ends the process; what it wrote last time is moved to the log."""
    file = log_file.with_name("crash.txt")
    was_enabled = faulthandler.is_enabled()
    try:
        if file.exists() and (crash := read_file(file, MOST_BYTES).decode("utf-8", "replace")):
            log.error("The last start ended in a crash:\n%s", crash)
        opened = open(file, "w", encoding="utf-8", opener=private)  # noqa: SIM115 as it is closed below
    except OSError:
        yield
        return
    with opened:
        faulthandler.enable(opened)
        try:
            yield
        finally:
            faulthandler.disable()
            with suppress(OSError):
                opened.truncate(0)  # of Windows' errors, those that a library handled itself are written, too
            if was_enabled and sys.__stderr__:
                faulthandler.enable(sys.__stderr__)


def _take_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    qt_log.log(LEVELS.get(kind, logging.WARNING), "%s", message)


def _window() -> QWidget | None:
    return QApplication.activeModalWidget() or QApplication.activeWindow()
