"""The page Clusters: what kinds of picture there are, as cards, and the photos of the one that is opened."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from photosearch.gui.clusters.card_delegate import Card
from photosearch.gui.clusters.card_view import CardView
from photosearch.gui.clusters.cluster_bar import ClusterBar
from photosearch.gui.clusters.members import Members
from photosearch.gui.style.page_keys import PageKey, make_shortcuts
from photosearch.gui.style.start_page import EmptyPage
from photosearch.gui.style.waiting_page import WaitingPage
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.gui.work.kept_choices import kept_choices
from photosearch.library import Library
from photosearch.library.clusters import Clustering, Preview

SETTLE_MS = 300  # after the slider has moved, until clusters get their numbers and names


class ClustersPage(QWidget):
    """Finds clusters as a long job; while the slider moves, it cuts the hierarchy that the last one left in memory."""

    shown = Signal()  # cards or the photos of one are others
    name_wanted = Signal(object)  # Card
    menu_wanted = Signal(object, object)  # Card, and where on the screen
    update_wanted = Signal()

    def __init__(self, library: Library, jobs: Jobs) -> None:
        super().__init__()
        self.library, self.jobs = library, jobs
        self._ticket: Ticket | None = None
        self._is_stale = False  # another answer is wanted than the one that is under way
        self._preview: Preview | None = None
        self._opened: int | None = None  # number of the cluster whose photos are shown
        self.cards = CardView(library, jobs)
        self.members = Members(library, jobs, tr("All clusters"))
        self.bar = ClusterBar(kept_choices(library.places.window))
        self._empty = EmptyPage(self.refresh)
        words = {
            "reading descriptors": tr("Reading what is known of the photos …"),
            "finding neighbours": tr("Finding what is near each photo …"),
            "clustering": tr("Grouping the photos …"),
        }
        self._waiting = WaitingPage(words, tr("Clusters are found once other work has ended …"))
        self._waiting.stop_wanted.connect(self.stop)
        self._pages = QStackedLayout()
        for page in (self._waiting, self._empty, self.cards, self.members):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._pages, 1)
        column.addWidget(self.bar)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self.bar.kind_changed.connect(self._change_kind)
        self.bar.level_changed.connect(self._cut)
        self.cards.card_opened.connect(self.open_card)
        self.cards.context_menu.connect(self._ask_for_menu)
        self.members.closed.connect(self.close_card)
        self.members.name_wanted.connect(self.ask_for_name)
        make_shortcuts(self, self.keys())

    @property
    def title(self) -> str:
        return tr("Clusters")

    def keys(self) -> list[PageKey]:
        """Those that it answers, but for those of the cards and of the photos."""
        return [
            PageKey((Qt.Key.Key_F2,), tr("Name the cluster"), self.ask_for_name),
            PageKey((Qt.Key.Key_Escape,), tr("Back to all clusters"), self.close_card),
        ]

    def open(self, left: object = None) -> None:
        """The person came here: show the clusters as they are now, or the photos of the one that was `left` open."""
        if left is None or left != self._opened:
            self.close_card()
        self.refresh()

    def where(self) -> int | None:
        """The number of the cluster whose photos are shown."""
        return self._opened if self.is_opened else None

    @property
    def card(self) -> Card | None:
        """The cluster that is opened, or that the keyboard is at."""
        return self.members.card if self.is_opened else self.cards.card

    @property
    def is_opened(self) -> bool:
        """True if the photos of one cluster are shown."""
        return self._pages.currentWidget() is self.members

    def refresh(self) -> None:
        """Find the clusters anew; if that goes on already, once more after it."""
        self._settle.stop()
        if self._ticket:
            self._is_stale = True
            return
        self._is_stale = False
        by, level, clusters = self.bar.by, self.bar.level, self.library.clusters
        if not self.cards.photos.ids:
            self._waiting.show_progress(None)
            self._pages.setCurrentWidget(self._waiting)

        def done(found: Clustering | None) -> None:
            self._ticket = None
            if self._is_stale:
                self.refresh()
            elif found:
                self.jobs.ask(lambda: clusters.preview(by), lambda preview: self._show(found, preview))
            elif not self.cards.photos.ids:
                self._say_stopped()

        self._ticket = self.jobs.run(lambda: clusters.find(by, level), self._waiting.show_progress, done, self._fail)

    def stop(self) -> None:
        """End what goes on at its next safe point."""
        self._is_stale = False
        if self._ticket:
            self._ticket.cancel()

    def open_card(self, card: Card) -> None:
        """Show the photos of a cluster."""
        self._opened = card.cluster_id
        self.members.show_card(card, again=False)
        self._show_page(self.members)
        self.members.grid.setFocus()
        self.shown.emit()

    def close_card(self) -> None:
        """Back from the photos of a cluster to all clusters."""
        if self.is_opened:
            self._opened = None
            self._show_page(self.cards)
            self.cards.setFocus()
            self.shown.emit()

    def ask_for_name(self) -> None:
        """Have the current cluster named."""
        card = self.card
        if card and card.cluster_id is not None:
            self.name_wanted.emit(card)

    # What is shown

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.bar.setVisible(page is not self.members)

    def _fail(self, error: Exception) -> None:
        self._ticket = None
        if not self.cards.photos.ids:
            self._say_stopped()
        self.jobs.tell(error)

    def _change_kind(self) -> None:
        self._preview = None
        self.cards.show_cards((), again=False)
        self.stop()
        self.refresh()

    def _cut(self) -> None:
        """Show at once what the slider says; numbers and names follow when it rests."""
        self._settle.start()
        if self._preview:
            self._put([Card(None, None, photos) for photos in self._preview.cut(self.bar.level)])

    def _show(self, found: Clustering, preview: Preview | None) -> None:
        if self._settle.isActive() or self._ticket or found.by != self.bar.by:
            return  # another answer is coming
        self._preview = preview
        self.bar.show_level(found.level if found.automatic else None, bool(preview))
        self.bar.show_sorts(bool(self.library.bundle.kinds_from))
        self._put([Card(each.cluster_id, each.name, each.photos) for each in found.clusters], len(found.left_out))

    def _put(self, cards: Sequence[Card], left_out: int | None = None) -> None:
        self.cards.show_cards(cards, again=True)
        self.bar.show_count(len(cards), left_out)
        if self.is_opened:
            card = next((card for card in cards if card.cluster_id == self._opened), None)
            if card:
                self.members.show_card(card, again=True)
                self.shown.emit()
                return
            self.close_card()
        if cards:
            self._show_page(self.cards)
        else:
            self._explain_emptiness()
        self.shown.emit()

    def _explain_emptiness(self) -> None:
        def say(photos: int) -> None:
            if self.cards.photos.ids:
                return
            if not photos:
                self._empty.say("clusters", tr("There are no photos to cluster yet"),
                    tr("Clusters appear here once photos have been indexed."), tr("Look for new photos"))  # fmt: skip
            elif self.bar.level is not None:
                self._empty.say("clusters", tr("At this level no photos belong together"),
                    tr("Slide towards “coarser”, or let Photosearch choose."), tr("Automatic"))  # fmt: skip
            else:
                self._empty.say("clusters", tr("No photos belong together yet"),
                    tr("With more photos, kinds and occasions show."), tr("Look for new photos"))  # fmt: skip
            is_of_level = photos and self.bar.level is not None
            self._empty.help_with = self.bar.choose_automatic if is_of_level else self.update_wanted.emit
            self._show_page(self._empty)

        self.jobs.ask(lambda: self.library.photos.count().present, say)

    def _say_stopped(self) -> None:
        self._empty.say("clusters", tr("No clusters were found, as that was stopped"), "", tr("Find clusters"))
        self._empty.help_with = self.refresh
        self._show_page(self._empty)

    def _ask_for_menu(self, at: object) -> None:
        if self.card:
            self.menu_wanted.emit(self.card, at)
