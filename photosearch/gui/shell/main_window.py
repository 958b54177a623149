"""The window: search bar, side bar, photos, details and status, and how they speak with one another."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from photosearch.gui.clearing.clearing import Clearing
from photosearch.gui.clusters.cluster_deeds import ClusterDeeds
from photosearch.gui.clusters.clusters_page import ClustersPage
from photosearch.gui.compare.compare import Compare
from photosearch.gui.compare.deciding_pages import DecidingPages
from photosearch.gui.duplicates.duplicates_page import DuplicatesPage
from photosearch.gui.grid.grid_view import GridView
from photosearch.gui.labels.labelling import Labelling
from photosearch.gui.map.map_deeds import MapDeeds
from photosearch.gui.map.map_page import MapPage
from photosearch.gui.search.details import Details
from photosearch.gui.search.drop_zones import DropZones
from photosearch.gui.search.gallery import Gallery
from photosearch.gui.search.search_bar import SearchBar
from photosearch.gui.shell.actions import make_actions, offer, open_menu
from photosearch.gui.shell.commands import Commands
from photosearch.gui.shell.dialogs import Dialogs
from photosearch.gui.shell.side_bar import SideBar
from photosearch.gui.shell.top_bar import TopBar
from photosearch.gui.style.banner import Banner
from photosearch.gui.style.start_page import StartPage
from photosearch.gui.style.words import tr
from photosearch.gui.teach.teach_page import TeachPage
from photosearch.gui.teach.teaching import Teaching
from photosearch.gui.teach.training_run import Training
from photosearch.gui.viewer.viewer import Viewer
from photosearch.gui.work import window_state
from photosearch.gui.work.drops import is_welcome
from photosearch.gui.work.folders import Folders
from photosearch.gui.work.history import EVERYTHING, History, Page, Stop, title_of
from photosearch.gui.work.indexing import Indexing
from photosearch.gui.work.jobs import Inquiry, Jobs
from photosearch.gui.work.show_in_folder import show_in_folder
from photosearch.gui.work.status_bar import StatusBar
from photosearch.gui.work.undo import Undo
from photosearch.gui.work.watch import Watch
from photosearch.library import Library
from photosearch.models import Photo

ROOM_FOR_DETAILS = 1000  # px of the window


class MainWindow(QMainWindow):
    """Holds no photos and asks no questions itself: it hands places and ids from one part to another."""

    rebuild_wanted = Signal()  # the language changed: only a new window speaks it

    def __init__(self, library: Library, jobs: Jobs, indexing: Indexing, watch: Watch, training: Training) -> None:
        super().__init__()
        self._library = library
        self._jobs = jobs
        self.indexing = indexing
        self._training = training
        self.folders = Folders(library, jobs, indexing, watch, self)
        self._photo: Photo | None = None  # the current one
        self.setAcceptDrops(True)
        self.setMinimumSize(820, 520)
        self.history = History(self)
        self.history.look = lambda: self._page_of(self.history.page).where()
        self.undo = Undo(self)
        self.gallery = Gallery(library, jobs)
        self.commands = Commands(library, jobs, self.history, self.selected, self)
        self.actions_by_name = make_actions(self, self._what_actions_do())
        self._build()
        self._connect()
        window_state.restore(self, library.places.window)
        self._counts = Inquiry(jobs, self._count, self._show_counts)
        self._stage = indexing.condition.stage  # as it was followed last
        self._show_photos()
        self._follow_indexing()
        # What stands beside the photos is counted once they are there, as that would keep them waiting.
        self.gallery.shown.connect(self._count_again, Qt.ConnectionType.SingleShotConnection)
        self.history.visit(window_state.last_place(library.places.window, self.folders.all()))

    def go_on_from(self, other: "MainWindow") -> None:
        """Take the place of a window that speaks another language: with its history, and its settings open."""
        self.history.take_over(other.history)
        self.dialogs.show_settings(other.dialogs.settings_page)

    # Building

    def _build(self) -> None:
        act = self.actions_by_name
        bar = [act[name] for name in ("choose", "paste", "broader", "filter", "clear")]
        self.search_bar = SearchBar(self._library, self._jobs, bar)
        self.side_bar = SideBar(self._library, self._jobs)
        self.details = Details(self._library, self._jobs, [act["similar"], act["compare-query"], act["show"]])
        self.viewer = Viewer(self._library, self._jobs)
        self.compare = Compare(self._library, self._jobs)
        self.start_page = StartPage()
        self.status = StatusBar()
        self.duplicates = DuplicatesPage(self._library, self._jobs, self.undo)
        self.clusters = ClustersPage(self._library, self._jobs)
        self.map = MapPage(self._library, self._jobs, self._found_last)
        self.teach = TeachPage(self._library, self._jobs, self._training)
        self._beside: dict[Page, DuplicatesPage | ClustersPage | MapPage | TeachPage] = {
            "duplicates": self.duplicates,
            "clusters": self.clusters,
            "map": self.map,
            "teach": self.teach,
        }
        self._middle = QStackedWidget()
        for page in (self.gallery, *self._beside.values()):
            self._middle.addWidget(page)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget, stretch in ((self.side_bar, 0), (self._middle, 1), (self.details, 0)):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([220, 760, 300])
        self.splitter.setCollapsible(1, False)
        self.pages = QStackedWidget()
        for page in (self.splitter, self.start_page, self.viewer, self.compare):
            self.pages.addWidget(page)
        self.banner = Banner(self.pages)
        self.clearing = Clearing(
            self._library, self._jobs, self.indexing, self.duplicates, self.banner, self.status, self.undo, self
        )
        self._teaching = Teaching(self._training, self, lambda: self.history.open("teach"))
        self.labelling = Labelling(
            self._library, self._jobs, self.history, self._to_label, self.gallery, self.side_bar, self.banner,
            self.undo, self,
        )  # fmt: skip
        self._stack_up()

    def _stack_up(self) -> None:
        """The bars above and below the pages."""
        self._top = TopBar(self.actions_by_name, self.search_bar, self)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(middle)
        self.drop_zones = DropZones(middle, lambda: bool(self.history.here.photos))

    def _what_actions_do(self) -> dict[str, Callable[[], object]]:
        commands = self.commands
        self.dialogs = dialogs = Dialogs(self._library, self._jobs, self.folders, self.indexing, self)
        dialogs.language_changed.connect(self.rebuild_wanted)
        return {
            "choose": commands.choose_photo,
            "paste": commands.paste,
            "similar": commands.with_selected(commands.search),
            "add": commands.with_selected(commands.add),
            "subtract": commands.with_selected(commands.subtract),
            "broader": commands.broaden,
            "filter": lambda: dialogs.show_filters(self.history, self.search_bar),
            "clear": lambda: self.history.visit(EVERYTHING),
            "back": self._go_back,
            "forward": self.history.forward,
            "open": self._open_current,
            "compare": commands.with_selected(commands.compare),
            "compare-query": self._with_current(commands.compare_with_query),
            "show": self._with_current(show_in_folder),
            "copy": self._with_current(commands.copy_image),
            "copy-path": commands.with_selected(commands.copy_paths),
            "undo": self._undo,
            "delete": lambda: self.deciding.delete(),
            "label": lambda: self.labelling.ask(),
            "same": lambda: self.labelling.say(True),
            "not-same": lambda: self.labelling.say(False),
            "select-all": lambda: (self._grid() or self.gallery.grid).selectAll(),
            "larger": lambda: self.gallery.grid.set_cell_size(self.gallery.grid.cell_size + 32),
            "smaller": lambda: self.gallery.grid.set_cell_size(self.gallery.grid.cell_size - 32),
            "add-folder": self.folders.choose,
            "update": self.indexing.start,
            "unreadable": self.folders.show_unreadable,
            "photos": lambda: self.history.visit(EVERYTHING),
            "duplicates": lambda: self.history.open("duplicates"),
            "clusters": lambda: self.history.open("clusters"),
            "map": lambda: self.history.open("map"),
            "teach": lambda: self.history.open("teach"),
            "side-bar": lambda: self.side_bar.setVisible(self.actions_by_name["side-bar"].isChecked()),
            "details": self._show_details_or_not,
            "full-screen": lambda: self.showNormal() if self.isFullScreen() else self.showFullScreen(),
            "settings": dialogs.show_settings,
            "shortcuts": lambda: dialogs.show_shortcuts(self.actions_by_name),
            "about": dialogs.show_about,
            "quit": self.close,
        }

    def _connect(self) -> None:
        self.history.moved.connect(self._go)
        for part in (self.search_bar, self.side_bar, self.gallery, self.details):
            part.place_wanted.connect(self.history.visit)
        self.search_bar.choose_wanted.connect(self.commands.choose_photo)
        self.search_bar.dropped.connect(self.commands.take)
        self.drop_zones.dropped.connect(self.commands.take)
        self.side_bar.update_wanted.connect(lambda folder: self.indexing.start([folder]))
        self.side_bar.remove_wanted.connect(self.folders.ask_to_remove)
        self.start_page.folder_wanted.connect(self.folders.choose)
        self.start_page.samples_wanted.connect(self.folders.add_samples)
        self.side_bar.page_wanted.connect(self.history.open)
        self.deciding = DecidingPages(self)
        self.cluster_deeds = ClusterDeeds(self, self.clusters)
        self.map_deeds = MapDeeds(self, self.map)
        self.duplicates.current_changed.connect(self._show_duplicate)
        grid = self.gallery.grid
        grid.opened.connect(self._open_viewer)
        grid.quick_view.connect(self._open_viewer)
        grid.current_changed.connect(self._show_details)
        grid.selection_changed.connect(lambda _: self._offer_actions())
        grid.context_menu.connect(lambda at: open_menu(self, self.actions_by_name, at))
        for told in (self.gallery.shown, self.labelling.changed):
            told.connect(lambda: self._show_details(grid.current_id()))
        self.labelling.changed.connect(lambda: self._show_duplicate(self._photo))
        self.gallery.failed.connect(self._search_failed)
        self.viewer.closed.connect(self._close_page)
        self.viewer.moved.connect(lambda photo_id: shown.select(photo_id) if (shown := self._grid()) else None)
        self.viewer.find_similar.connect(lambda photo_id: self.commands.with_photos([photo_id], self.commands.search))
        self.viewer.place_wanted.connect(self.history.visit)
        self.viewer.compare.connect(self._compare)
        self.commands.compare_wanted.connect(self._compare)
        self.commands.folders_wanted.connect(self.folders.add)
        self.commands.said.connect(self.banner.say)
        self.compare.closed.connect(self._close_page)
        self.status.stop_wanted.connect(self.indexing.stop)
        self.status.resume_wanted.connect(self.indexing.start)
        self.folders.added.connect(self._show_photos)
        self.folders.removed.connect(lambda: self.history.visit(EVERYTHING))  # what was shown may have gone
        self.status.unreadable_wanted.connect(self.folders.show_unreadable)
        self.indexing.changed.connect(self._follow_indexing)
        self.indexing.photos_changed.connect(self._photos_changed)
        self._jobs.complaint.connect(self.banner.say)
        self.clearing.done.connect(self._close_viewer)

    # Places

    def _page_of(self, page: Page) -> Gallery | DuplicatesPage | ClustersPage | MapPage | TeachPage:
        return self._beside.get(page, self.gallery)

    def _go(self, stop: Stop) -> None:
        """Show a place everywhere, as it was left."""
        self.banner.hide()
        act = self.actions_by_name
        act["back"].setEnabled(self.history.can_go_back)
        act["forward"].setEnabled(self.history.can_go_forward)
        if stop.page == "photos":
            self._show_place(stop)
        else:
            self._show_beside(stop)

    def _show_place(self, stop: Stop) -> None:
        """Show photos."""
        place = stop.query
        self._show_middle(self.gallery)
        self._close_page()
        self.setWindowTitle(title_of(place))
        self.search_bar.show_place(place)
        self.side_bar.show_place(place)
        self.gallery.show_place(place, stop.left)
        self.viewer.set_query(place.photos[0] if len(place.photos) == 1 else None)
        act = self.actions_by_name
        act["broader"].setChecked(place.expand)
        act["filter"].setEnabled(True)
        for name in ("broader", "clear"):
            act[name].setEnabled(bool(place.photos))
        self._offer_actions()

    def _show_beside(self, stop: Stop) -> None:
        """Show a page that is no place among the photos, in place of them."""
        page = self._beside[stop.page]
        self._show_middle(page)
        self.setWindowTitle(f"{page.title} – Photosearch")
        self.side_bar.show_page(stop.page)
        page.open(stop.left)
        self.search_bar.show_place(EVERYTHING)
        for name in ("broader", "clear", "filter"):
            self.actions_by_name[name].setEnabled(False)
        self._close_page()
        self.stand_at(None)
        self._show_duplicate(self.duplicates.view.photo)

    def stand_at(self, photo: Photo | None) -> None:
        """Offer what can be done with a photo that a page beside the photos is at."""
        self._photo = photo
        self._offer_actions()

    def _show_middle(self, page: QWidget) -> None:
        """Show a page in the middle."""
        self._middle.setCurrentWidget(page)
        self._show_details_or_not()

    def _show_details_or_not(self) -> None:
        needs_room = self._middle.currentWidget() in (self.clusters, self.map, self.teach)
        is_apt = not needs_room and self.width() >= ROOM_FOR_DETAILS
        self.details.setVisible(is_apt and self.actions_by_name["details"].isChecked())

    def _go_back(self) -> None:
        if self.pages.currentWidget() is self.viewer:
            self.viewer.close_view()
        elif self.pages.currentWidget() is self.compare:
            self.compare.close_view()
        elif self.on_clusters() and self.clusters.is_opened:
            self.clusters.close_card()
        elif self.on_map() and self.map.is_opened:
            self.map.close_chosen()
        else:
            self.history.back()

    def _show_duplicate(self, photo: Photo | None) -> None:
        if not self.on_duplicates():
            return
        self._photo = photo
        if photo:
            self.details.show_photo(photo, None, EVERYTHING, self.duplicates.view.why)
        else:
            self.details.show_nothing()
        self._offer_actions()

    def _search_failed(self, error: Exception) -> None:
        self.history.give_up()
        self._jobs.tell(error)

    # What comes in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not event.source() and is_welcome(event.mimeData()):
            event.acceptProposedAction()
            self.drop_zones.open()

    # The photos

    def selected(self) -> list[int]:
        """The ids of the photos to act on: those that are selected, or else the current one."""
        grid = self._grid()
        selected = grid.selected_ids() if grid else []
        return selected or ([self._photo.photo_id] if self._photo else [])

    def _to_label(self) -> list[int]:
        open_photo = self.viewer.photo_id() if self.viewer.isVisible() else None
        return self.selected() if open_photo is None else [open_photo]

    def _with_current(self, do: Callable[[str], object]) -> Callable[[], None]:
        def act() -> None:
            if self._photo:
                do(self._photo.path)

        return act

    def _on_gallery(self) -> bool:
        return self._middle.currentWidget() is self.gallery

    def on_clusters(self) -> bool:
        """True if the page of clusters is in the middle."""
        return self._middle.currentWidget() is self.clusters

    def on_map(self) -> bool:
        """Whether the map is in the middle."""
        return self._middle.currentWidget() is self.map

    def _found_last(self) -> Sequence[int]:
        """The photos that the search found which the person left for a page."""
        return self.gallery.grid.photos.ids if self.history.here.photos else ()

    def _grid(self) -> GridView | None:
        """The grid of photos that is in the middle."""
        for page in (self.clusters, self.map):
            if self._middle.currentWidget() is page:
                return page.members.grid if page.is_opened else None
        return self.gallery.grid if self._on_gallery() else None

    def on_duplicates(self) -> bool:
        """True if the page of duplicates is in the middle."""
        return self._middle.currentWidget() is self.duplicates

    def _show_details(self, photo_id: int) -> None:
        if not self._on_gallery():  # a page may have a photo of its own
            return
        place = self.history.here
        if self._photo and self._photo.photo_id != photo_id:
            self._photo = None  # what is done next is done to the one that is coming

        def show(photos: dict[int, Photo]) -> None:
            if photo_id != self.gallery.grid.current_id() or not self._on_gallery():
                return
            self._photo = photos.get(photo_id)
            if self._photo:
                self.details.show_photo(self._photo, self.gallery.match(photo_id), place)
            self._offer_actions()

        if photo_id >= 0:
            self._jobs.ask(lambda: self._library.photos.get([photo_id]), show)
            return
        self._photo = None
        if place.photos:
            self.details.show_query(place.photos[0], place)
        else:
            self.details.show_nothing()
        self._offer_actions()

    def _offer_actions(self) -> None:
        """Enable what can be done with what is selected."""
        grid = self._grid()
        count = grid.selected_count() if grid else 0
        has_current = self._photo is not None or (grid is not None and grid.current_id() >= 0)
        here = self.history.here if self._on_gallery() else EVERYTHING  # no answer is seen on the other pages
        is_opened = self.clusters.is_opened or self.map.is_opened
        self.actions_by_name["back"].setEnabled(self.history.can_go_back or is_opened)
        offer(self.actions_by_name, count, has_current, here)

    def _open_current(self) -> None:
        if self._on_gallery():
            self._open_viewer(self.gallery.grid.current_id())
        elif self.on_clusters():
            self.cluster_deeds.open_photo(self.clusters.members.grid.current_id())
        elif self.on_map():
            self.map_deeds.open_photo(self.map_deeds.current_id())
        elif self.on_duplicates():
            self.deciding.open_photo()

    def _open_viewer(self, photo_id: int) -> None:
        photos = self.gallery.grid.photos
        if (position := photos.row_of(photo_id)) >= 0:
            self.viewer.show_photo(photos.ids, position)
            self.show_page(self.viewer)

    def _compare(self, paths: Sequence[str]) -> None:
        self.compare.show_photos(paths)
        self.show_page(self.compare)

    def _undo(self) -> None:
        """Undo what was done last in this window."""
        told = self.undo.undo()
        self.banner.say(
            tr("Undone: {what}").format(what=told)
            if told
            else tr("Nothing was done since the window was opened. Earlier decisions are listed at the duplicates.")
        )

    def show_page(self, page: QWidget) -> None:
        """Show the viewer or the comparison in place of all else."""
        self._top.hide()
        self.status.hide()
        self.banner.hide()
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def _close_page(self) -> None:
        """Back to the photos, or to the start page while there is no folder."""
        self._top.show()
        self.status.show()
        self._show_photos()
        if not self.side_bar.hasFocus():  # the arrows go on through it
            self._page_of(self.history.page).setFocus()

    def _close_viewer(self) -> None:
        """The photo that is seen may have gone."""
        if self.pages.currentWidget() in (self.viewer, self.compare):
            self._close_page()

    # The library

    def _photos_changed(self) -> None:
        if self.pages.currentWidget() in (self.splitter, self.start_page):  # a photo that is open stays so
            self._show_photos()
        self.gallery.refresh()
        self._count_again()

    def _count_again(self) -> None:
        self.side_bar.refresh()
        self._counts.ask()

    def _count(self) -> tuple[int, int]:
        """The number of photos, and of files that could not be read."""
        photos = self._library.photos
        counts = photos.count()
        return counts.present + counts.offline, len(photos.unreadable()) + len(photos.left_out())

    def _show_counts(self, counts: tuple[int, int]) -> None:
        photos, unreadable = counts
        self.gallery.total = photos
        self.status.show_photos(photos)
        self.status.show_unreadable(unreadable)

    def _follow_indexing(self) -> None:
        condition = self.indexing.condition
        self.gallery.indexing = condition.running
        self.status.show_condition(condition)
        if condition.progress and condition.progress.unreadable:
            self.status.show_unreadable(condition.progress.unreadable)
        if condition.stage != self._stage:  # not at each report: they come faster than photos are counted
            self._stage = condition.stage
            self._photos_changed()

    def _show_photos(self) -> None:
        """Show the photos, or the start page while there is no folder."""
        has_folders = bool(self.folders.all()) or self.indexing.condition.running
        self.pages.setCurrentWidget(self.splitter if has_folders else self.start_page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the details give way first."""
        super().resizeEvent(event)
        if (event.oldSize().width() >= ROOM_FOR_DETAILS) != (self.width() >= ROOM_FOR_DETAILS):
            self._show_details_or_not()

    def closeEvent(self, event: QCloseEvent) -> None:
        window_state.save(self, self._library.places.window)
        event.accept()
