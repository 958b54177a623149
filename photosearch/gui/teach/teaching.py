"""Progress and end of a training run, told while the person is on another page."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from photosearch.gui.style.words import number, tr
from photosearch.gui.teach.teach_run import title_of
from photosearch.gui.teach.training_run import Training

if TYPE_CHECKING:
    from photosearch.gui.shell.main_window import MainWindow


class Teaching(QObject):
    """Connects a run with the parts of the window."""

    def __init__(self, training: Training, window: "MainWindow", show_page: Callable[[], None]) -> None:
        super().__init__(window)
        self._training = training
        self._page = window.teach
        self._side_bar = window.side_bar
        self._banner = window.banner
        self._show_page = show_page
        window.teach.said.connect(window.banner.say)
        window.teach.update_wanted.connect(window.indexing.start)
        window.indexing.changed.connect(window.teach.follow_indexing)
        training.changed.connect(self._tell_progress)
        training.ended.connect(self._tell_end)
        self._tell_progress()

    def _tell_progress(self) -> None:
        course = self._training.course
        told = ""
        if course and self._training.running:
            told = tr("{percent} %").format(percent=number(round(100 * course.share))) if course.share else "…"
        self._side_bar.show_learning(told)

    def _tell_end(self) -> None:
        """Say it where the page is not seen."""
        course = self._training.course
        if course and not self._page.isVisible():
            self._banner.say(title_of(course, False), tr("Show"), self._show_page)
