"""Deciding of duplicates in the comparison and the viewer, and letting photos go from wherever they are seen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from photosearch.gui.compare.case import Case, state_of
from photosearch.gui.duplicates.deeds import Deed, add_deeds
from photosearch.gui.settings.shortcuts import native
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr

if TYPE_CHECKING:
    from photosearch.gui.shell.main_window import MainWindow


class DecidingPages(QObject):
    """Hands decisions from the comparison and the viewer to the page of duplicates, and shows what came of them."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.duplicates.compare_wanted.connect(self._compare)
        window.duplicates.moved_on.connect(self._follow)
        window.compare.decided.connect(self._decide)
        window.compare.stepped.connect(window.duplicates.go)
        window.viewer.decided.connect(window.duplicates.decide)
        window.viewer.stepped.connect(window.duplicates.go)
        window.viewer.moved.connect(self._look_at)
        window.duplicates.view.viewed.connect(self.open_photo)
        window.duplicates.view.context_menu.connect(self._open_menu)

    def open_photo(self) -> None:
        """Show the current photo of a group as large as the window."""
        view = self._window.duplicates.view
        if (group := view.group) and (place := view.place):
            ids = [member.photo.photo_id for member in group.photos]
            self._window.viewer.show_group(ids, place.number, state_of(view))
            if self._window.pages.currentWidget() is not self._window.viewer:
                self._window.show_page(self._window.viewer)
        else:
            self._window.viewer.close_view()

    def _look_at(self, photo_id: int) -> None:
        """The viewer shows another photo of the group: it is the current one on the page, too."""
        if self._window.viewer.is_group:
            self._window.duplicates.look_at(photo_id)
            self.open_photo()

    def delete(self) -> None:
        """Let photos go: those of a group by deciding so, others after a review of their own."""
        window = self._window
        shown = window.pages.currentWidget()
        if shown is window.compare and not window.compare.decide("let go"):
            window.commands.with_paths([window.compare.looked_at()], window.clearing.delete)
        elif shown is window.viewer and window.viewer.is_group:
            window.duplicates.decide("let go")
        elif shown is window.viewer and (photo_id := window.viewer.photo_id()) is not None:
            window.clearing.delete([photo_id])
        elif shown is window.splitter and window.on_duplicates():
            window.duplicates.decide("let go")
        elif shown is window.splitter and (selected := window.selected()):
            window.clearing.delete(selected)

    def _open_menu(self, at: QPoint) -> None:
        """All that can be decided of a photo of a group, and what else can be done with it."""
        window = self._window
        menu = QMenu(window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_deeds(menu, window.duplicates.decide)
        menu.addSeparator()
        for symbol, words, key, act in (
            ("compare", tr("Compare"), "Space", window.duplicates.compare),
            ("open", tr("Open"), "V", self.open_photo),
        ):
            menu.addAction(icon(symbol), f"{words}\t{native(key)}", act)
        menu.addActions([window.actions_by_name[name] for name in ("similar", "label", "show", "copy", "copy-path")])
        menu.popup(at)

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
        """Show what was decided, and the photo and the group that are the current ones now, where the person is."""
        window = self._window
        if window.pages.currentWidget() is window.viewer and window.viewer.is_group:
            self.open_photo()
            return
        if window.pages.currentWidget() is not window.compare:
            return
        if window.duplicates.view.group:
            window.duplicates.compare()
        else:
            window.compare.close_view()
