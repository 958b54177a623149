"""What the window hears of a training run while the person is elsewhere: how far it is, and how it ended."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from photosearch.gui.banner import Banner
from photosearch.gui.indexing import Indexing
from photosearch.gui.side_bar import SideBar
from photosearch.gui.teach_page import TeachPage
from photosearch.gui.teach_run import title_of
from photosearch.gui.training_run import Training
from photosearch.gui.words import number, tr


class Teaching(QObject):
    """Connects a run with the parts of the window."""

    def __init__(
        self,
        training: Training,
        indexing: Indexing,
        page: TeachPage,
        side_bar: SideBar,
        banner: Banner,
        show_page: Callable[[], None],
        window: QObject,
    ) -> None:
        super().__init__(window)
        self._training = training
        self._page = page
        self._side_bar = side_bar
        self._banner = banner
        self._show_page = show_page
        side_bar.teach_wanted.connect(show_page)
        page.said.connect(banner.say)
        page.update_wanted.connect(indexing.start)
        indexing.changed.connect(page.follow_indexing)
        training.changed.connect(self._tell_progress)
        training.ended.connect(self._tell_end)
        self._tell_progress()

    def _tell_progress(self) -> None:
        course = self._training.course
        told = ""
        if course and self._training.running:
            share = course.done / course.total if course.stage == "training" and course.total else None
            told = "…" if share is None else tr("{percent} %").format(percent=number(round(100 * min(1.0, share))))
        self._side_bar.show_learning(told)

    def _tell_end(self) -> None:
        """Say it where the page is not seen."""
        course = self._training.course
        if course and not self._page.isVisible():
            self._banner.say(title_of(course, False), tr("Show"), self._show_page)
