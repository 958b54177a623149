"""Opens the window and keeps what outlives it: the library, the threads, the log and the theme."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from photosearch.errors import CatalogDamaged, LibraryError
from photosearch.gui.search.gallery import LONGEST_WAIT_MS
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.start.garbage import Garbage
from photosearch.gui.start.interrupt import interruptible
from photosearch.gui.start.single_instance import Listener, hand_over
from photosearch.gui.style import theme
from photosearch.gui.style.captions import plain
from photosearch.gui.style.icons import app_icon
from photosearch.gui.style.language import speak
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import tr
from photosearch.gui.teach.training_run import Training, own_command
from photosearch.gui.work.drops import forget_pictures
from photosearch.gui.work.indexing import Indexing
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.report import reporting
from photosearch.gui.work.watch import Watch
from photosearch.library import Library
from photosearch.library.seats import find_places
from photosearch.paths import Places, default_library
from photosearch.settings import read_settings

LOOK_AGAIN_S = 300.0


def open_window(library_folder: Path | None, paths: Sequence[str]) -> int:
    """Show the window until it is closed; return the exit code. A second start only raises the window that is there.

    `paths` are folders to add and photos to search with.
    """
    app = make_application(sys.argv[:1])
    places = Places(library_folder or default_library())
    try:
        places = find_places(library_folder)
        speak(read_settings(places.settings).language, app)
        if hand_over(places.library, paths):
            return 0
        with (
            Library(library_folder) as library,
            reporting(places.log, refuse) as bugs,
            interruptible(QApplication.quit),
        ):
            listener = Listener(places.library, app)
            if not listener.is_listening and hand_over(places.library, paths):  # both started at once
                return 0
            session = Session(app, library, bugs.tell)
            listener.called.connect(session.answer_call)
            session.open(paths)
            code = app.exec()
            listener.close()
            session.close()
            return code
    except CatalogDamaged as damage:
        return open_window(library_folder, paths) if repair(places, sentence(damage.sentence)) else 1
    except LibraryError as error:
        refuse(sentence(error.sentence))
        return 1


class Application(QApplication):
    """On macOS, what is opened with this program comes as an event."""

    opened = Signal(str)  # the path of a file or a folder

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.opened.emit(event.file())
            return True
        return super().event(event)


def make_application(arguments: Sequence[str]) -> QApplication:
    """The application, before there is any window."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = Application(list(arguments))
    app.setApplicationName("Photosearch")
    app.setDesktopFileName("photosearch")
    app.setWindowIcon(app_icon())
    return app


def refuse(text: str) -> None:
    """Say why the window does not open, or what went wrong while there is none."""
    QMessageBox.warning(None, "Photosearch", plain(text))


def repair(places: Places, damage: str) -> bool:
    """Offer to save what can be read of a damaged catalog, and do so; whether the library can be opened now."""
    question = tr("Shall Photosearch save what can be read? The damaged file is kept.")
    if QMessageBox.question(None, "Photosearch", plain(f"{damage}\n\n{question}")) != QMessageBox.StandardButton.Yes:
        return False
    from photosearch.library import doctor  # which is not worth waiting for where nothing is damaged

    checks = list(doctor.doctor(places, repair=True))
    broken = [sentence(check.detail) for check in checks if check.name in ("catalog", "library") and not check.ok]
    if broken:
        refuse("\n".join(broken))
    return not broken


class Session(QObject):
    """A library and what works on it, whatever windows come and go."""

    def __init__(
        self,
        app: QApplication,
        library: Library,
        on_bug: Callable[[BaseException], None],
        command: Sequence[str] | None = None,
    ) -> None:
        """`command` starts the process that learns; None: this program itself."""
        super().__init__(app)
        self._app = app
        self._library = library
        self._on_bug = on_bug
        self.jobs = self._make_jobs()  # of the indexing; a window has threads of its own, which end with it
        self.indexing = Indexing(library, self.jobs, self)
        self.watch = Watch(self)
        self.training = Training(library.places, command or own_command(), self)
        self._garbage = Garbage(self)
        self.watch.changed.connect(self.indexing.notice)
        app.applicationStateChanged.connect(self._look_again)
        if isinstance(app, Application):
            app.opened.connect(lambda path: self.answer_call([path]))
        self.window: MainWindow | None = None
        self._has_begun = False
        self._window_jobs: Jobs | None = None

    def open(self, paths: Sequence[str] = ()) -> None:
        """Show the window, then take `paths` in, warm up the search and look for what changed meanwhile."""
        forget_pictures(self._library.places.pasted)
        theme.apply(self._app, self._library.settings.theme)
        self._show_window()
        if paths or not self.window or not self._library.folders():
            QTimer.singleShot(0, lambda: self._begin(paths))
        else:  # once photos can be seen, as the work would keep them waiting
            self.window.gallery.seen.connect(lambda: self._begin(()), Qt.ConnectionType.SingleShotConnection)
            QTimer.singleShot(LONGEST_WAIT_MS, lambda: self._begin(()))

    def answer_call(self, paths: list[str]) -> None:
        """A second start: show the window, and take in what it was given."""
        if self.window is None:
            return
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()
        self._take(paths)

    def close(self) -> None:
        """Let what is under way come to a safe point; the next start goes on there."""
        self.training.stop()
        self.watch.stop()
        self.jobs.close()
        self._end(self.window, self._window_jobs)
        self.window = self._window_jobs = None
        self.training.close()
        self.watch.close()
        self._garbage.close()

    def _show_window(self) -> None:
        speak(self._library.settings.language, self._app)
        before = self.window, self._window_jobs
        if self.window:
            self.window.save_state()
        self._window_jobs = self._make_jobs()
        self.window = MainWindow(self._library, self._window_jobs, self.indexing, self.watch, self.training)
        self.jobs.complaint.connect(self.window.banner.say)
        self.window.rebuild_wanted.connect(self._show_window, Qt.ConnectionType.QueuedConnection)
        self.window.show()
        if before[0]:
            self.window.go_on_from(before[0])
        self._end(*before)

    def _look_again(self, state: Qt.ApplicationState) -> None:
        """The person came back: look for what changed in folders that cannot be watched, or that are back, too."""
        if state != Qt.ApplicationState.ApplicationActive or self.watch.sees_all or not self.window:
            return
        if not self.indexing.condition.stopped and self.indexing.idle_s > LOOK_AGAIN_S:
            self.indexing.start()
            self.window.folders.watch()

    def _make_jobs(self) -> Jobs:
        jobs = Jobs(self)
        jobs.bug.connect(self._on_bug)
        return jobs

    def _end(self, window: MainWindow | None, jobs: Jobs | None) -> None:
        if window and jobs:
            window.close()
            jobs.close()
            window.deleteLater()

    def _take(self, paths: Sequence[str]) -> None:
        """Add the folders among `paths`, and search with the photos."""
        if not self.window:
            return
        paths = [os.path.abspath(path) for path in paths]
        folders = [path for path in paths if os.path.isdir(path)]
        if folders:
            self.window.folders.add(folders)
        if len(folders) < len(paths):
            self.window.commands.search(tuple(path for path in paths if path not in folders))

    def _begin(self, paths: Sequence[str]) -> None:
        if not self.window or self._has_begun:  # closed already
            return
        self._has_begun = True
        self.jobs.ask(self._library.warm_up, _nothing)
        self._take(paths)
        if self._library.folders():
            self.indexing.start()
        self.window.folders.watch()


def _nothing(_: object) -> None:
    """Nobody waits for it."""
