"""Deciding of duplicates in the comparison and the viewer, and letting photos go from wherever they are seen."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from photosearch.gui.clearing.clearing import Clearing
from photosearch.gui.compare.case import case_of, state_of
from photosearch.gui.duplicates.deeds import Deed, add_deeds
from photosearch.gui.settings.shortcuts import native
from photosearch.gui.shell.commands import Commands
from photosearch.gui.shell.current_photo import CurrentPhoto
from photosearch.gui.shell.pages import Pages
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr


class DecidingPages(QObject):
    """Hands decisions from the comparison and the viewer to the page of duplicates, and shows what came of them."""

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
        pages.duplicates.compare_wanted.connect(self._compare)
        pages.duplicates.moved_on.connect(self._follow)
        pages.compare.decided.connect(self._decide)
        pages.compare.stepped.connect(pages.duplicates.go)
        pages.viewer.decided.connect(pages.duplicates.decide)
        pages.viewer.stepped.connect(pages.duplicates.go)
        pages.viewer.moved.connect(self._look_at)
        pages.duplicates.view.viewed.connect(self.open_photo)
        pages.duplicates.view.context_menu.connect(self._open_menu)

    def open_photo(self) -> None:
        """Show the current photo of a group as large as the window."""
        view = self._pages.duplicates.view
        if (group := view.group) and (place := view.place):
            ids = [member.photo.photo_id for member in group.photos]
            self._pages.viewer.show_group(ids, place.number, state_of(view))
            if self._pages.currentWidget() is not self._pages.viewer:
                self._pages.cover(self._pages.viewer)
        else:
            self._pages.viewer.close_view()

    def _look_at(self, photo_id: int) -> None:
        """The viewer shows another photo of the group: it is the current one on the page, too."""
        if self._pages.viewer.is_group:
            self._pages.duplicates.look_at(photo_id)
            self.open_photo()

    def delete(self) -> None:
        """Let photos go: those of a group by deciding so, others after a review of their own."""
        pages = self._pages
        shown = pages.currentWidget()
        if shown is pages.compare and not pages.compare.decide("let go"):
            self._commands.with_paths([pages.compare.looked_at()], self._clearing.delete)
        elif shown is pages.viewer and pages.viewer.is_group:
            pages.duplicates.decide("let go")
        elif shown is pages.viewer and (photo_id := pages.viewer.photo_id()) is not None:
            self._clearing.delete([photo_id])
        elif shown is pages.splitter and pages.on_duplicates():
            pages.duplicates.decide("let go")
        elif shown is pages.splitter and (selected := self._current.selected()):
            self._clearing.delete(selected)

    def _open_menu(self, at: QPoint) -> None:
        """All that can be decided of a photo of a group, and what else can be done with it."""
        pages = self._pages
        menu = QMenu(pages)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_deeds(menu, pages.duplicates.decide)
        menu.addSeparator()
        for symbol, words, key, act in (
            ("compare", tr("Compare"), "Space", pages.duplicates.compare),
            ("open", tr("Open"), "V", self.open_photo),
        ):
            menu.addAction(icon(symbol), f"{words}\t{native(key)}", act)
        menu.addActions([self._actions[name] for name in ("similar", "label", "show", "copy", "copy-path")])
        menu.popup(at)

    def _compare(self) -> None:
        pages = self._pages
        case = case_of(pages.duplicates.view)
        if case is None:
            return
        if pages.currentWidget() is not pages.compare:
            pages.cover(pages.compare)
        pages.compare.show_case(case)

    def _decide(self, deed: Deed, photo_id: int) -> None:
        """Decide of a photo that is seen beside others of its group."""
        self._pages.duplicates.look_at(photo_id)
        self._pages.duplicates.decide(deed)

    def _follow(self) -> None:
        """Show what was decided, and the photo and the group that are the current ones now, where the person is."""
        pages = self._pages
        if pages.currentWidget() is pages.viewer and pages.viewer.is_group:
            self.open_photo()
            return
        if pages.currentWidget() is not pages.compare:
            return
        if pages.duplicates.view.group:
            pages.duplicates.compare()
        else:
            pages.compare.close_view()
