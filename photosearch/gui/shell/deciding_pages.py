"""Deciding of duplicates in the comparison, and letting photos go from wherever they are seen."""

from PySide6.QtCore import QObject

from photosearch.gui.duplicates.clearing import Clearing
from photosearch.gui.duplicates.compare_case import Case
from photosearch.gui.duplicates.deeds import Deed
from photosearch.gui.shell.commands import Commands
from photosearch.gui.shell.current_photo import CurrentPhoto
from photosearch.gui.shell.pages import Pages


class DecidingPages(QObject):
    """Hands decisions from the comparison to the page of duplicates, and shows what came of them."""

    def __init__(self, pages: Pages, current: CurrentPhoto, commands: Commands, clearing: Clearing) -> None:
        super().__init__(pages)
        self._pages, self._current, self._commands, self._clearing = pages, current, commands, clearing
        pages.duplicates.compare_wanted.connect(self._compare)
        pages.duplicates.moved_on.connect(self._follow)
        pages.compare.decided.connect(self._decide)
        pages.compare.stepped.connect(pages.duplicates.go)

    def delete(self) -> None:
        """Let photos go: those of a group by deciding so, others after a review of their own."""
        pages = self._pages
        shown = pages.currentWidget()
        if shown is pages.compare and not pages.compare.decide("let go"):
            self._commands.with_paths([pages.compare.looked_at()], self._clearing.delete)
        elif shown is pages.viewer and (photo_id := pages.viewer.photo_id()) is not None:
            self._clearing.delete([photo_id])
        elif shown is pages.splitter and pages.on_duplicates():
            pages.duplicates.decide("let go")
        elif shown is pages.splitter and (selected := self._current.selected()):
            self._clearing.delete(selected)

    def _compare(self, case: Case) -> None:
        if self._pages.currentWidget() is not self._pages.compare:
            self._pages.cover(self._pages.compare)
        self._pages.compare.show_case(case)

    def _decide(self, deed: Deed, photo_id: int) -> None:
        """Decide of a photo that is seen beside others of its group."""
        self._pages.duplicates.look_at(photo_id)
        self._pages.duplicates.decide(deed)

    def _follow(self) -> None:
        """Show in the comparison what was decided, and the group that is the current one now."""
        if self._pages.currentWidget() is not self._pages.compare:
            return
        if self._pages.duplicates.view.group:
            self._pages.duplicates.compare()
        else:
            self._pages.compare.close_view()
