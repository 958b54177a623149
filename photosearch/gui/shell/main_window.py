"""The window: search bar, side bar, photos, details and status, and how they speak with one another."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from photosearch.gui.bursts.stacking import Stacking
from photosearch.gui.clearing.clearing import Clearing
from photosearch.gui.clusters.cluster_actions import ClusterActions
from photosearch.gui.labels.keyword_actions import KeywordActions
from photosearch.gui.labels.labelling import Labelling
from photosearch.gui.map.map_actions import MapActions
from photosearch.gui.search.drop_zones import DropZones
from photosearch.gui.search.search_bar import SearchBar
from photosearch.gui.shell import window_state
from photosearch.gui.shell.actions import NOT_WHERE_PUBLISHED, connect_actions, make_actions, open_menu
from photosearch.gui.shell.commands import Commands
from photosearch.gui.shell.current_photo import CurrentPhoto
from photosearch.gui.shell.deciding_pages import DecidingPages
from photosearch.gui.shell.dialogs import Dialogs
from photosearch.gui.shell.library_changes import LibraryChanges
from photosearch.gui.shell.navigation import Navigation
from photosearch.gui.shell.pages import ROOM_FOR_DETAILS, Pages
from photosearch.gui.shell.publishing import Publishing
from photosearch.gui.shell.top_bar import TopBar
from photosearch.gui.style.banner import Banner
from photosearch.gui.style.words import tr
from photosearch.gui.teach.training_notices import TrainingNotices
from photosearch.gui.teach.training_run import Training
from photosearch.gui.work.drops import is_welcome
from photosearch.gui.work.folders import Folders
from photosearch.gui.work.history import EVERYTHING, History
from photosearch.gui.work.indexing import Indexing
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.show_in_folder import show_in_folder
from photosearch.gui.work.status_bar import StatusBar
from photosearch.gui.work.undo import Undo
from photosearch.gui.work.watch import Watch
from photosearch.library import Library


class MainWindow(QMainWindow):
    """Makes the parts and connects them; it holds no photos and asks no questions itself."""

    rebuild_wanted = Signal()  # the language changed: only a new window speaks it

    def __init__(self, library: Library, jobs: Jobs, indexing: Indexing, watch: Watch, training: Training) -> None:
        super().__init__()
        self._library = library
        self._jobs = jobs
        self.indexing = indexing
        self.folders = Folders(library, jobs, indexing, watch, self)
        self.history = History(self)
        self.undo = Undo(self)
        self.actions_by_name = make_actions(self)
        self.pages = Pages(library, jobs, self.undo, training, self.actions_by_name, self._has_folders)
        self.gallery, self.viewer, self.compare = self.pages.gallery, self.pages.viewer, self.pages.compare
        self.duplicates, self.clusters, self.teach = self.pages.duplicates, self.pages.clusters, self.pages.teach
        self.map, self.side_bar, self.details = self.pages.map, self.pages.side_bar, self.pages.details
        self.bursts = self.pages.bursts
        self.start_page = self.pages.start_page
        self.setAcceptDrops(True)
        self.setMinimumSize(820, 520)
        self._build()
        self._make_doers(training)
        self._connect()
        connect_actions(self.actions_by_name, self._what_actions_do())
        for name in NOT_WHERE_PUBLISHED if library.published_at is not None else ():
            self.actions_by_name[name].setVisible(False)
        window_state.restore(self, self.pages, self.actions_by_name, library.places.window)
        self.pages.show_photos()
        self._changes.follow()
        self.history.visit(window_state.last_place(library.places.window, self.folders.all()))

    def go_on_from(self, other: "MainWindow") -> None:
        """Take the place of a window that speaks another language: with its history and steps, its settings open."""
        self.undo.take_over(other.undo)
        self.history.take_over(other.history)
        self.dialogs.show_settings(other.dialogs.settings_page)

    # Building

    def _build(self) -> None:
        """Lay out what is seen."""
        act = self.actions_by_name
        bar = [act[name] for name in ("choose", "paste", "broader", "verify", "filter", "clear")]
        self.search_bar = SearchBar(self._library, self._jobs, bar)
        self.status = StatusBar()
        self.banner = Banner(self.pages)
        self._top = TopBar(act, self.search_bar, self)
        middle = QWidget(self)
        self.setCentralWidget(middle)  # first, as all that joins another widget is styled anew
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.drop_zones = DropZones(middle, lambda: bool(self.history.here.photos))

    def _make_doers(self, training: Training) -> None:
        """Make the parts that act on what is seen."""
        library, jobs, pages = self._library, self._jobs, self.pages
        self._current = CurrentPhoto(library, jobs, self.history, pages, self.actions_by_name)
        self.commands = Commands(library, jobs, self.history, self.selected, self)
        self._navigation = Navigation(pages, self._current, self.history, self.search_bar, self.actions_by_name)
        self._changes = LibraryChanges(library, jobs, self.indexing, pages, self.status)
        self.clearing = Clearing(library, jobs, (self.duplicates, pages.bursts), self.banner, self.undo, self)
        self._deciding = DecidingPages(pages, self._current, self.commands, self.clearing, self.actions_by_name)
        self.labelling = Labelling(library, jobs, self.history, self._current.to_label, self.undo, self)
        self.labelling.offer_numbers(pages.grids())
        self.keyword_actions = KeywordActions(library, jobs, self.undo, self)
        self.publishing = Publishing(library, jobs, self.actions_by_name["publish"], self)
        self._stacking = Stacking(jobs, pages.burst_search, pages.grids(), self.actions_by_name["stack"], self.indexing)
        self.map_actions = MapActions(self.map, self.indexing)
        self.cluster_actions = ClusterActions(self.clusters, self.indexing, self.undo, self)
        show_learning = self.side_bar.show_learning
        self._training_notices = TrainingNotices(
            training, self.teach, self.banner, partial(self.history.open, "teach"), show_learning
        )

    def _what_actions_do(self) -> dict[str, Callable[[], object]]:
        commands, current = self.commands, self._current
        self.dialogs = dialogs = Dialogs(self._library, self._jobs, self.folders, self.indexing, self)
        dialogs.language_changed.connect(self.rebuild_wanted)
        grid = self.gallery.grid
        return {
            "choose": commands.choose_photo,
            "paste": commands.paste,
            "similar": commands.with_selected(commands.search),
            "add": commands.with_selected(commands.add),
            "subtract": commands.with_selected(commands.subtract),
            "broader": commands.broaden,
            "verify": lambda: self.gallery.verify(self.actions_by_name["verify"].isChecked()),
            "filter": lambda: dialogs.show_filters(self.history, self.search_bar),
            "clear": lambda: self.history.visit(EVERYTHING),
            "back": self._navigation.back,
            "forward": self.history.forward,
            "open": self._open,
            "compare": commands.with_selected(commands.compare),
            "compare-query": current.with_path(commands.compare_with_query),
            "show": current.with_path(show_in_folder),
            "copy": current.with_path(commands.copy_image),
            "copy-path": commands.with_selected(commands.copy_paths),
            "undo": self._undo,
            "delete": self._deciding.delete,
            "label": self.labelling.ask,
            "suggest": lambda: self._suggest(self.history.here.only.label or ""),
            "same": lambda: self.labelling.say(True),
            "not-same": lambda: self.labelling.say(False),
            "select-all": lambda: (self.pages.grid() or grid).selectAll(),
            "larger": lambda: grid.set_cell_size(grid.cell_size + 32),
            "smaller": lambda: grid.set_cell_size(grid.cell_size - 32),
            "add-folder": self.folders.choose,
            "update": self.indexing.start,
            "unreadable": self.folders.show_unreadable,
            "read-keywords": self.keyword_actions.ask_to_read,
            "write-keywords": self.keyword_actions.ask_to_write,
            "publish": self.publishing.choose,
            "photos": lambda: self.history.visit(EVERYTHING),
            **{page: partial(self.history.open, page) for page in self.pages.beside},
            "stack": lambda: None,  # its state says all
            "side-bar": lambda: self.side_bar.setVisible(self.actions_by_name["side-bar"].isChecked()),
            "details": self.pages.show_details_or_not,
            "full-screen": lambda: self.showNormal() if self.isFullScreen() else self.showFullScreen(),
            "settings": dialogs.show_settings,
            "shortcuts": lambda: dialogs.show_shortcuts(self.actions_by_name, self.pages),
            "about": dialogs.show_about,
            "quit": self.close,
        }

    def _connect(self) -> None:
        self.history.moved.connect(self.banner.hide)
        self._navigation.titled.connect(self.setWindowTitle)
        self.pages.covered.connect(self._cover)
        for part in (self.search_bar, self.side_bar, self.gallery, self.details):
            part.place_wanted.connect(self.history.visit)
        for part in (self.commands, self.cluster_actions, self.map, self.teach):
            part.said.connect(self.banner.say)
        for part in (self.search_bar, self.drop_zones):
            part.dropped.connect(self.commands.take)
        self.search_bar.choose_wanted.connect(self.commands.choose_photo)
        self.gallery.failed.connect(self._search_failed)
        for grid in self.pages.grids():
            grid.opened.connect(self.pages.open_photo)
            grid.quick_view.connect(self.pages.open_photo)
            grid.context_menu.connect(lambda at: open_menu(self, self.actions_by_name, at))
        self.map.view.opened.connect(self.pages.open_photo)
        self.map.view.menu_wanted.connect(lambda at: open_menu(self, self.actions_by_name, at))
        self.map_actions.current_changed.connect(self._current.show_mapped)
        self.cluster_actions.current_changed.connect(self._current.show_clustered)
        self.pages.suggestions.current_changed.connect(self._current.show_suggested)
        for part in (self.cluster_actions, self.pages.suggestions):
            part.labelled.connect(self.labelling.tell_change)
        self.side_bar.suggest_wanted.connect(self._suggest)
        for part in (self.labelling, self.keyword_actions):
            part.changed.connect(self._labels_changed)
            part.noted.connect(lambda said: self.banner.say(said, tr("Undo"), self.undo.undo))
        for part in (self.keyword_actions, self.publishing):
            part.said.connect(self.banner.say)
            part.under_way.connect(self.status.show_work)
        self.side_bar.rename_wanted.connect(self.labelling.ask_to_rename)
        self.side_bar.delete_wanted.connect(self.labelling.ask_to_delete)
        self._connect_covers()
        self._connect_library()

    def _connect_covers(self) -> None:
        """Connect the viewer and the comparison."""
        self.viewer.closed.connect(self.pages.uncover)
        self.viewer.moved.connect(self._select)
        self.viewer.place_wanted.connect(self.history.visit)
        self.viewer.find_similar.connect(lambda photo_id: self.commands.with_photos([photo_id], self.commands.search))
        self.compare.closed.connect(self.pages.uncover)
        for part in (self.viewer.compare, self.commands.compare_wanted):
            part.connect(self.pages.open_compare)

    def _connect_library(self) -> None:
        """Connect what adds and removes photos."""
        self.side_bar.update_wanted.connect(lambda folder: self.indexing.start([folder]))
        self.side_bar.remove_wanted.connect(self.folders.ask_to_remove)
        self.start_page.folder_wanted.connect(self.folders.choose)
        self.start_page.samples_wanted.connect(self.folders.add_samples)
        self.commands.folders_wanted.connect(self.folders.add)
        self.folders.added.connect(self.pages.show_photos)
        self.folders.removed.connect(lambda: self.history.visit(EVERYTHING))  # what was shown may have gone
        self.status.stop_wanted.connect(self.indexing.stop)
        self.status.resume_wanted.connect(self.indexing.start)
        self.status.unreadable_wanted.connect(self.folders.show_unreadable)
        self.clearing.under_way.connect(self.status.show_work)
        self.clearing.done.connect(self.indexing.start)
        self.clearing.done.connect(self._close_viewer)
        self.bursts.update_wanted.connect(self.indexing.start)
        self.teach.update_wanted.connect(self.indexing.start)
        self.teach.quick.decided.connect(self.gallery.refresh)
        self.indexing.changed.connect(self.teach.follow_indexing)
        self._jobs.complaint.connect(self.banner.say)

    # What happens

    def selected(self) -> list[int]:
        """The ids of the photos to act on: those that are selected, or else the current one."""
        return self._current.selected()

    def save_state(self) -> None:
        """Remember the window for the next time."""
        window_state.save(self, self.pages, self.actions_by_name, self.history.here, self._library.places.window)

    def _open(self) -> None:
        """Show the current photo by itself."""
        if self.pages.deciding():
            self._deciding.open_photo()
        elif self.pages.on_map():
            self.pages.open_photo(self.map_actions.current_id())
        elif grid := self.pages.grid():
            self.pages.open_photo(grid.current_id())

    def _suggest(self, label: str) -> None:
        """Show photos that probably carry a label."""
        self.pages.suggestions.label = label
        self.history.open("suggestions")

    def _select(self, photo_id: int) -> None:
        """The viewer shows another photo: it is the current one of the grid, too."""
        if grid := self.pages.grid():
            grid.select(photo_id)

    def _has_folders(self) -> bool:
        return bool(self.folders.all()) or self.indexing.condition.running

    def _cover(self, is_covered: bool) -> None:
        """Make room for the viewer or the comparison, or take it back."""
        self._top.setHidden(is_covered)
        self.status.setHidden(is_covered)
        if is_covered:
            self.banner.hide()

    def _labels_changed(self) -> None:
        self.side_bar.refresh()
        if self.history.here.only.label is not None:
            self.gallery.refresh()
        self._current.look_again()
        self._current.show_group()

    def _search_failed(self, error: Exception) -> None:
        self.history.give_up()
        self._jobs.tell(error)

    def _undo(self) -> None:
        """Undo what was done last in this window."""
        what = self.undo.undo()
        self.banner.say(
            tr("Undone: {what}").format(what=what)
            if what
            else tr("Nothing was done since the window was opened. Earlier decisions are listed at the duplicates.")
        )

    def _close_viewer(self) -> None:
        """The photo that is seen may have gone."""
        if self.pages.is_covered():
            self.pages.uncover()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not event.source() and is_welcome(event.mimeData()):
            event.acceptProposedAction()
            self.drop_zones.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the details give way first."""
        super().resizeEvent(event)
        if (event.oldSize().width() >= ROOM_FOR_DETAILS) != (self.width() >= ROOM_FOR_DETAILS):
            self.pages.show_details_or_not()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_state()
        event.accept()
