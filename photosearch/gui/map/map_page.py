"""The page Map: every photo a dot, alike ones side by side; laid out as a long job, beside all others."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from photosearch.find.layout import is_available
from photosearch.gui.clusters.card_delegate import Card
from photosearch.gui.clusters.members import Members
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.map.map_bar import SEARCH, MapBar
from photosearch.gui.map.map_view import MapView
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.start_page import EmptyPage
from photosearch.gui.style.waiting_page import WaitingPage
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.gui.work.kept_choices import kept_choices
from photosearch.library import Library
from photosearch.library.clusters import Clustering
from photosearch.library.maps.photo_map import NEEDS, Layout
from photosearch.library.maps.picture import Painted, paint, write_png, write_svg
from photosearch.models import Filter

VIEW = "map/view"  # what is remembered: place and scale


class MapPage(QWidget):
    """Shows the map as it was kept at once, and lays it out anew where many photos have come or gone."""

    shown = Signal()  # other photos, or the map again
    said = Signal(str)
    update_wanted = Signal()

    def __init__(self, library: Library, jobs: Jobs, found_last: Callable[[], Sequence[int]]) -> None:
        """`found_last` gives the photos that the last search found."""
        super().__init__()
        self.library, self.jobs, self._found_last = library, jobs, found_last
        self._kept = kept_choices(library.places.window)
        self._ticket: Ticket | None = None
        self._painting: Ticket | None = None  # of the newest map and clusters
        self._layout: Layout | None = None
        self._clustering: Clustering | None = None
        self.painted: Painted | None = None
        self.bar = MapBar(self._kept)
        self.view = MapView(ThumbnailLoader(library, jobs, self))
        self.members = Members(library, jobs, tr("The map"), can_be_named=False)
        self._empty = EmptyPage(self.refresh)
        words = {
            "reading descriptors": tr("Reading what is known of the photos …"),
            "finding neighbours": tr("Finding what is near each photo …"),
            "laying out the map": tr("Laying the photos out …"),
        }
        self._waiting = WaitingPage(words, tr("Looking for the map …"))
        self._waiting.stop_wanted.connect(self.stop)
        self._pages = QStackedLayout()
        for page in (self._waiting, self._empty, self.view, self.members):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._pages, 1)
        column.addWidget(self.bar)
        self.setFocusProxy(self.view)
        self._connect()
        self._restore()

    def _connect(self) -> None:
        self.bar.by_changed.connect(self._find_clusters)
        self.bar.standing_out_changed.connect(self._let_stand_out)
        self.bar.lasso_toggled.connect(self.view.set_lasso)
        self.bar.whole_wanted.connect(self.view.show_whole)
        self.bar.save_wanted.connect(self.ask_where_to_save)
        self.view.lassoed.connect(self._open_chosen)
        self.view.rested.connect(self._remember)
        self.members.closed.connect(self.close_chosen)

    @property
    def title(self) -> str:
        return tr("Map")

    @property
    def is_opened(self) -> bool:
        """Whether the photos that were chosen are shown as a grid."""
        return self._pages.currentWidget() is self.members

    def open(self, left: object = None) -> None:
        """The person came here: show the map as it is now, or the photos that were chosen when it was `left`."""
        if not isinstance(left, Card):
            self.close_chosen()
        elif left is not self.where():
            self._open_chosen(left.photos)
        self._offer_to_stand_out()
        if self._layout is None:
            self._show_page(self._waiting)
            self._waiting.show_progress(None)
        self.jobs.ask(self.library.map.kept, self._begin)

    def where(self) -> Card | None:
        """The photos that were chosen, while they are shown."""
        return self.members.card if self.is_opened else None

    def refresh(self) -> None:
        """Bring the map up to date; what is shown stays until then."""
        if self._ticket:
            return
        if self._layout is None:
            self._waiting.show_progress(None)
            self._show_page(self._waiting)

        def done(found: Layout | None) -> None:
            self._ticket = None
            if found is not None:
                self._take(found)
            elif self._layout is None:
                self._say_stopped()

        self._ticket = self.jobs.run(self.library.map.find, self._waiting.show_progress, done, self._fail, beside=True)

    def stop(self) -> None:
        """End the laying out at its next safe point; it goes on from there the next time."""
        if self._ticket:
            self._ticket.cancel()

    def close_chosen(self) -> None:
        """Back from the photos that were chosen to the map."""
        if self.is_opened:
            self._show_page(self.view)
            self.view.setFocus()
            self.shown.emit()

    def ask_where_to_save(self) -> None:
        """Save what the map looks like where the person says."""
        if not self.painted:
            return
        kinds = tr("Picture (*.png);;Drawing (*.svg)")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the map"), "map.png", kinds)
        if chosen:
            self.save(Path(chosen))

    def save(self, file: Path) -> None:
        """Write the whole map as PNG or SVG; the person has agreed that `file` is replaced."""
        painted, library = self.painted, self.library
        if not painted:
            return
        if file.suffix.lower() not in (".png", ".svg"):
            file = file.with_name(file.name + ".png")

        def write() -> None:
            with library.output(file, "map", force=True) as out:
                (write_svg if file.suffix.lower() == ".svg" else write_png)(painted, out)

        self.jobs.ask(write, lambda _: self.said.emit(tr("The map was saved as {file}.").format(file=file.name)))

    # What is shown

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.bar.setVisible(page is self.view)

    def _begin(self, kept: Layout | None) -> None:
        """With the map as it was kept, if there was one."""
        if kept is not None and not self._take(kept):
            self._find_clusters()  # names may be others
        self.refresh()

    def _take(self, found: Layout) -> bool:
        """Show a map; False if it is the one that is shown."""
        before = self._layout
        if before is not None and all(np.array_equal(one, other) for one, other in zip(before, found, strict=True)):
            if self._pages.currentWidget() is self._waiting:
                self._show_page(self.view)
            return False
        self._layout = found
        if len(found.photos):
            self._paint()
            self._find_clusters()
        else:
            self._layout = None
            self._empty.say("map", tr("There are no photos on the map yet"),
                tr("They appear here once photos have been indexed."), tr("Look for new photos"))  # fmt: skip
            self._empty.help_with = self.update_wanted.emit
            self._show_page(self._empty)
        return True

    def _find_clusters(self) -> None:
        by, clusters = self.bar.by, self.library.clusters

        def done(found: Clustering | None) -> None:
            if found and found.by == self.bar.by:
                self._clustering = found
                self._paint()

        if self._layout:
            self.jobs.run(lambda: clusters.find(by), lambda _: None, done)

    def _paint(self) -> None:
        layout = self._layout
        clustering = self._clustering or Clustering(self.bar.by, 0.0, True, (), np.empty(0, np.int64))
        if layout:
            preview = self.library.clusters.preview
            if self._painting:
                self._painting.cancel()
            self._painting = self.jobs.ask(lambda: paint(layout, clustering, preview(clustering.by)), self._show)

    def _show(self, painted: Painted) -> None:
        self.painted = painted
        self.view.show_map(painted)
        if not self.is_opened:
            self._show_page(self.view)
        self._let_stand_out()
        self.shown.emit()

    def _offer_to_stand_out(self) -> None:
        has_search = bool(self._found_last())
        self.jobs.ask(self.library.labels.counts, lambda labels: self.bar.show_labels(labels, has_search=has_search))

    def _let_stand_out(self) -> None:
        label = self.bar.label

        def show(photo_ids: Sequence[int]) -> None:
            if label == self.bar.label:  # no other was chosen meanwhile
                self._stand_out(photo_ids)

        if label is not None:
            photos = self.library.photos
            self.jobs.ask(lambda: photos.listing(only=Filter(label=label)).ids, show)
        else:
            self._stand_out(self._found_last() if self.bar.wanted == SEARCH else None)

    def _stand_out(self, photo_ids: Sequence[int] | None) -> None:
        count = self.view.highlight(photo_ids)
        photos = len(self._layout.photos) if self._layout else 0
        self.bar.show_count(photos, None if photo_ids is None else count)

    def _open_chosen(self, photo_ids: NDArray[np.int64]) -> None:
        self.bar.lasso.setChecked(False)
        self.members.show_card(Card(None, None, photo_ids), again=False)
        self._show_page(self.members)
        self.members.grid.setFocus()
        self.shown.emit()

    def _fail(self, error: Exception) -> None:
        self._ticket = None
        if self._layout is not None:
            self.jobs.tell(error)
        elif not is_available():
            self._empty.say("map", tr("The map needs a part that is not installed"), sentence(NEEDS), tr("Try again"))
            self._empty.help_with = self.refresh
            self._show_page(self._empty)
        else:
            self._say_stopped()
            self.jobs.tell(error)

    def _say_stopped(self) -> None:
        self._empty.say("map", tr("The map is not finished"),
            tr("It goes on where it was."), tr("Go on"))  # fmt: skip
        self._empty.help_with = self.refresh
        self._show_page(self._empty)

    # What is remembered

    def _remember(self) -> None:
        seen = self.view.seen
        value = f"{seen.x} {seen.y} {seen.scale}" if self.view.is_placed else ""
        self._kept.setValue(VIEW, value)

    def _restore(self) -> None:
        with suppress(ValueError):  # none, or the file was damaged
            x, y, scale = map(float, str(self._kept.value(VIEW, "")).split())
            if np.isfinite([x, y, scale]).all() and scale > 0:
                self.view.see(x, y, scale)
