"""Progress and end of a training run, told while the person is on another page."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from photosearch.gui.style.banner import Banner
from photosearch.gui.style.words import number, tr
from photosearch.gui.teach.teach_page import TeachPage
from photosearch.gui.teach.teach_run import title_of
from photosearch.gui.teach.training_run import Training


class TrainingNotices(QObject):
    """Tells of a run beside its page."""

    def __init__(
        self,
        training: Training,
        page: TeachPage,
        banner: Banner,
        show_page: Callable[[], None],
        show_progress: Callable[[str], None],
    ) -> None:
        """`show_progress` takes how far the run is, in words, or nothing while there is none."""
        super().__init__(page)
        self._training, self._page, self._banner = training, page, banner
        self._show_page, self._show_progress = show_page, show_progress
        training.changed.connect(self._tell_progress)
        training.ended.connect(self._tell_end)
        self._tell_progress()

    def _tell_progress(self) -> None:
        state = self._training.state
        text = ""
        if state and self._training.running:
            text = tr("{percent} %").format(percent=number(round(100 * state.share))) if state.share else "…"
        self._show_progress(text)

    def _tell_end(self) -> None:
        """Say it where the page is not seen."""
        state = self._training.state
        if state and not self._page.isVisible():
            self._banner.say(title_of(state, False), tr("Show"), self._show_page)
