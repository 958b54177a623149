"""Deciding of groups in the comparison and the viewer, and letting photos go from wherever they are seen."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from photosearch.gui.clearing.clearing import Clearing
from photosearch.gui.compare.case import case_of, state_of
from photosearch.gui.duplicates.deeds import Deed, add_deeds
from photosearch.gui.settings.shortcuts import native
from photosearch.gui.shell.commands import Commands
from photosearch.gui.shell.current_photo import CurrentPhoto
from photosearch.gui.shell.pages import DecidingPage, Pages
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr


class DecidingPages(QObject):
    """Hands decisions from the comparison and the viewer to the page of the group, and shows what came of them."""

    def __init__(
        self,
        pages: Pages,
        current: CurrentPhoto,
        commands: Commands,
        clearing: Clearing,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__(pages)
        self._pages, self._current, self._commands = pages, current, commands
        self._clearing, self._actions = clearing, actions
        for page in (pages.duplicates, pages.bursts):
            page.compare_wanted.connect(partial(self._compare, page))
            page.moved_on.connect(partial(self._follow, page))
            page.view.viewed.connect(self.open_photo)
            page.view.context_menu.connect(partial(self._open_menu, page))
        pages.compare.decided.connect(self._decide)
        pages.viewer.decided.connect(self._decide_here)
        for part in (pages.compare, pages.viewer):
            part.stepped.connect(self._step)
        pages.viewer.moved.connect(self._look_at)

    def open_photo(self) -> None:
        """Show the current photo of a group as large as the window."""
        page = self._pages.deciding()
        if not page:
            return
        view = page.view
        if (group := view.group) and (place := view.place):
            ids = [member.photo.photo_id for member in group.photos]
            self._pages.viewer.show_group(ids, place.number, state_of(view))
            if self._pages.currentWidget() is not self._pages.viewer:
                self._pages.cover(self._pages.viewer)
        else:
            self._pages.viewer.close_view()

    def _look_at(self, photo_id: int) -> None:
        """The viewer shows another photo of the group: it is the current one on the page, too."""
        if self._pages.viewer.is_group and (page := self._pages.deciding()):
            page.look_at(photo_id)
            self.open_photo()

    def delete(self) -> None:
        """Let photos go: those of a group by deciding so, others after a review of their own."""
        pages = self._pages
        shown = pages.currentWidget()
        if shown is pages.compare and not pages.compare.decide("let go"):
            self._commands.with_paths([pages.compare.looked_at()], self._clearing.delete)
        elif shown is pages.viewer and pages.viewer.is_group:
            self._decide_here("let go")
        elif shown is pages.viewer and (photo_id := pages.viewer.photo_id()) is not None:
            self._clearing.delete([photo_id])
        elif shown is pages.splitter and pages.deciding():
            self._decide_here("let go")
        elif shown is pages.splitter and (selected := self._current.selected()):
            self._clearing.delete(selected)

    def _open_menu(self, page: DecidingPage, at: QPoint) -> None:
        """All that can be decided of a photo of a group, and what else can be done with it."""
        pages = self._pages
        menu = QMenu(pages)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_deeds(menu, page.view.offers(), page.decide)
        menu.addSeparator()
        for symbol, words, key, act in (
            ("compare", tr("Compare"), "Space", page.compare),
            ("open", tr("Open"), "V", self.open_photo),
        ):
            menu.addAction(icon(symbol), f"{words}\t{native(key)}", act)
        menu.addActions([self._actions[name] for name in ("similar", "label", "show", "copy", "copy-path")])
        menu.popup(at)

    def _compare(self, page: DecidingPage) -> None:
        pages = self._pages
        case = case_of(page.view)
        if case is None:
            return
        if pages.currentWidget() is not pages.compare:
            pages.cover(pages.compare)
        pages.compare.show_case(case)

    def _decide(self, deed: Deed, photo_id: int) -> None:
        """Decide of a photo that is seen beside others of its group."""
        if page := self._pages.deciding():
            page.look_at(photo_id)
            page.decide(deed)

    def _decide_here(self, deed: Deed) -> None:
        """Decide of the current photo of a group."""
        if page := self._pages.deciding():
            page.decide(deed)

    def _step(self, by: int) -> None:
        if page := self._pages.deciding():
            page.go(by)

    def _follow(self, page: DecidingPage) -> None:
        """Show what was decided, and the photo and the group that are the current ones now, where the person is."""
        pages = self._pages
        if pages.currentWidget() is pages.viewer and pages.viewer.is_group:
            self.open_photo()
            return
        if pages.currentWidget() is not pages.compare:
            return
        if page.view.group:
            page.compare()
        else:
            pages.compare.close_view()
