"""The pages of the window, and which of them is shown."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from photosearch.gui.bursts.burst_search import BurstSearch
from photosearch.gui.bursts.bursts_page import BurstsPage
from photosearch.gui.clusters.clusters_page import ClustersPage
from photosearch.gui.compare.compare import Compare
from photosearch.gui.duplicates.duplicates_page import DuplicatesPage
from photosearch.gui.duplicates.group_actions import offers, offers_of_bursts
from photosearch.gui.grid.grid_view import GridView
from photosearch.gui.labels.suggestions_page import SuggestionsPage
from photosearch.gui.map.map_page import MapPage
from photosearch.gui.search.details import Details
from photosearch.gui.search.gallery import Gallery
from photosearch.gui.shell.side_bar import SideBar
from photosearch.gui.style.page_keys import listed
from photosearch.gui.style.start_page import StartPage
from photosearch.gui.style.words import tr
from photosearch.gui.teach.teach_page import TeachPage
from photosearch.gui.teach.training_run import Training
from photosearch.gui.viewer.viewer import Viewer
from photosearch.gui.work.history import Page
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.undo import Undo
from photosearch.library import Library

ROOM_FOR_DETAILS = 1000  # px of the window

DecidingPage = DuplicatesPage | BurstsPage
PageBeside = DecidingPage | ClustersPage | MapPage | TeachPage | SuggestionsPage


class Pages(QStackedWidget):
    """The side bar, a page in the middle and the details beside each other; over them the viewer or the comparison."""

    covered = Signal(bool)  # whether the viewer or the comparison takes the place of all else

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        undo: Undo,
        training: Training,
        actions: Mapping[str, QAction],
        has_folders: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._details_action = actions["details"]
        self._has_folders = has_folders
        # What holds others comes first, as all that joins another widget is styled anew.
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.addWidget(self.splitter)
        self.side_bar = SideBar(library, jobs)
        self._middle = QStackedWidget()
        for widget in (self.side_bar, self._middle):
            self.splitter.addWidget(widget)
        self.gallery = Gallery(library, jobs)
        self.details = Details(library, jobs, [actions[name] for name in ("similar", "compare-query", "show")])
        self.viewer = Viewer(library, jobs)
        self.compare = Compare(library, jobs)
        self.start_page = StartPage()
        self.duplicates = DuplicatesPage(library, jobs, undo)
        self.burst_search = BurstSearch(library, jobs, self)
        self.bursts = BurstsPage(library, jobs, undo, self.burst_search, actions["stack"])
        self.clusters = ClustersPage(library, jobs)
        self.map = MapPage(library, jobs, self._found_last)
        self.suggestions = SuggestionsPage(library, jobs, undo)
        self.teach = TeachPage(library, jobs, training)
        self.beside: dict[Page, PageBeside] = {
            "duplicates": self.duplicates,
            "bursts": self.bursts,
            "clusters": self.clusters,
            "map": self.map,
            "teach": self.teach,
            "suggestions": self.suggestions,
        }
        for page in (self.gallery, *self.beside.values()):
            self._middle.addWidget(page)
        self.splitter.addWidget(self.details)
        for place, stretch in enumerate((0, 1, 0)):
            self.splitter.setStretchFactor(place, stretch)
        self.splitter.setSizes([220, 760, 300])
        self.splitter.setCollapsible(1, False)
        for page in (self.start_page, self.viewer, self.compare):
            self.addWidget(page)

    # In the middle

    def show_middle(self, page: QWidget) -> None:
        """Show a page in the middle."""
        self._middle.setCurrentWidget(page)
        self.show_details_or_not()

    def show_details_or_not(self) -> None:
        """Show the details if the person wants them and the page and the width leave room for them."""
        needs_room = self._middle.currentWidget() in (self.clusters, self.map, self.teach, self.suggestions)
        has_room = not needs_room and self.window().width() >= ROOM_FOR_DETAILS
        self.details.setVisible(has_room and self._details_action.isChecked())

    def where(self, page: Page) -> object:
        """How a page is left, in its own terms."""
        return self.beside.get(page, self.gallery).where()

    def on_gallery(self) -> bool:
        """Whether the photos are in the middle."""
        return self._middle.currentWidget() is self.gallery

    def deciding(self) -> DecidingPage | None:
        """The page in the middle if it is one of groups to decide of."""
        shown = self._middle.currentWidget()
        return next((page for page in (self.duplicates, self.bursts) if page is shown), None)

    def on_clusters(self) -> bool:
        """Whether the page of clusters is in the middle."""
        return self._middle.currentWidget() is self.clusters

    def on_map(self) -> bool:
        """Whether the map is in the middle."""
        return self._middle.currentWidget() is self.map

    def on_suggestions(self) -> bool:
        """Whether suggestions for a label are in the middle."""
        return self._middle.currentWidget() is self.suggestions

    def grid(self) -> GridView | None:
        """The grid of photos that is in the middle."""
        for page in (self.clusters, self.map):
            if self._middle.currentWidget() is page:
                return page.members.grid if page.is_opened else None
        if self.on_suggestions():
            return self.suggestions.grid
        return self.gallery.grid if self.on_gallery() else None

    def grids(self) -> list[GridView]:
        """All grids of photos."""
        return [self.gallery.grid, self.clusters.members.grid, self.map.members.grid, self.suggestions.grid]

    def keys(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The keys that one part of the window answers itself, by part; those of Qt's own views among them."""
        moving = [
            ("Left", tr("Move the map, with any arrow")),
            ("Tab", tr("The next photo from the middle outwards")),
        ]
        beside = listed(self.duplicates.view.keys())
        numbers = ("1", tr("To 9: give one of the labels given last, or take it; L tells them"))
        return [
            (tr("Photos"), [*listed(self.gallery.grid.keys()), numbers]),
            (tr("Open photo"), listed(self.viewer.keys())),
            (tr("Suggestions"), listed(self.suggestions.keys())),
            (tr("Duplicates"), [*((offer.key, offer.words) for offer in offers()), *beside]),
            (tr("Bursts"), [*((offer.key, offer.words) for offer in offers_of_bursts()), *beside]),
            (tr("Clusters"), [("Return", tr("Open the cluster")), *listed(self.clusters.keys())]),
            (tr("Map"), [*moving, *listed(self.map.view.keys())]),
            (tr("Comparing"), listed(self.compare.keys())),
        ]

    def _found_last(self) -> Sequence[int]:
        """The photos that the search found which the person left for a page."""
        place = self.gallery.place
        return self.gallery.grid.listed.ids if place and place.photos else ()

    # Over all else

    def open_photo(self, photo_id: int) -> None:
        """Show a photo of the grid in the middle by itself, the others beside it; from the map, it alone."""
        if (grid := self.grid()) and (position := grid.photos.row_of(photo_id)) >= 0:
            self.open_viewer(grid.photos.ids, position)
        elif self.on_map() and photo_id >= 0:
            self.open_viewer([photo_id], 0)

    def open_viewer(self, photo_ids: Sequence[int], position: int) -> None:
        """Show one of these photos by itself."""
        self.viewer.show_photo(photo_ids, position)
        self.cover(self.viewer)

    def open_compare(self, paths: Sequence[str]) -> None:
        """Show photos side by side."""
        self.compare.show_photos(paths)
        self.cover(self.compare)

    def cover(self, page: QWidget) -> None:
        """Show the viewer or the comparison in place of all else."""
        self.covered.emit(True)
        self.setCurrentWidget(page)
        page.setFocus()

    def uncover(self) -> None:
        """Back to the photos, or to the start page while there is no folder."""
        self.covered.emit(False)
        self.show_photos()
        shown = self._middle.currentWidget()
        if shown and not self.side_bar.hasFocus():  # the arrows go on through it
            shown.setFocus()

    def is_covered(self) -> bool:
        """Whether the viewer or the comparison is shown."""
        return self.currentWidget() in (self.viewer, self.compare)

    def show_photos(self) -> None:
        """Show the photos, or the start page while there is no folder."""
        self.setCurrentWidget(self.splitter if self._has_folders() else self.start_page)
