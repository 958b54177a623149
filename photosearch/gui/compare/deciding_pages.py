"""Deciding of duplicates in the comparison, and letting photos go from wherever they are seen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from photosearch.gui.duplicates.compare_case import Case
from photosearch.gui.duplicates.deeds import Deed

if TYPE_CHECKING:
    from photosearch.gui.shell.main_window import MainWindow


class DecidingPages(QObject):
    """Hands decisions from the comparison to the page of duplicates, and shows what came of them."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.duplicates.compare_wanted.connect(self._compare)
        window.duplicates.moved_on.connect(self._follow)
        window.compare.decided.connect(self._decide)
        window.compare.stepped.connect(window.duplicates.go)

    def delete(self) -> None:
        """Let photos go: those of a group by deciding so, others after a review of their own."""
        window = self._window
        shown = window.pages.currentWidget()
        if shown is window.compare and not window.compare.decide("let go"):
            window.commands.with_paths([window.compare.looked_at()], window.clearing.delete)
        elif shown is window.viewer and (photo_id := window.viewer.photo_id()) is not None:
            window.clearing.delete([photo_id])
        elif shown is window.splitter and window.on_duplicates():
            window.duplicates.decide("let go")
        elif shown is window.splitter and (selected := window.selected()):
            window.clearing.delete(selected)

    def _compare(self, case: Case) -> None:
        window = self._window
        if window.pages.currentWidget() is not window.compare:
            window.show_page(window.compare)
        window.compare.show_case(case)

    def _decide(self, deed: Deed, photo_id: int) -> None:
        """Decide of a photo that is seen beside others of its group."""
        self._window.duplicates.look_at(photo_id)
        self._window.duplicates.decide(deed)

    def _follow(self) -> None:
        """Show in the comparison what was decided, and the group that is the current one now."""
        window = self._window
        if window.pages.currentWidget() is not window.compare:
            return
        if window.duplicates.view.group:
            window.duplicates.compare()
        else:
            window.compare.close_view()
