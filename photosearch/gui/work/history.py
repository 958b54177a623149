"""Where the person is and was: among the photos a place is a Query; the pages beside them have names."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

from photosearch.gui.style.words import tr
from photosearch.gui.work.names import name_of
from photosearch.models import Query

EVERYTHING = Query(())
REMEMBERED = 100

Page = Literal["photos", "duplicates", "bursts", "clusters", "map", "teach", "suggestions"]


class Stop(NamedTuple):
    """A page that was visited."""

    page: Page
    query: Query  # which photos are shown; on a page beside them, those that were left for it
    left: object = None  # how it was left: what was in view, current and selected, in the page's own terms


class History(QObject):
    """The places visited, like a browser's: a visit forgets what lay ahead."""

    moved = Signal(object)  # Stop: show this

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stops = [Stop("photos", EVERYTHING)]
        self._here = 0
        self.look: Callable[[], object] = lambda: None  # tells how the page is left that is shown

    @property
    def here(self) -> Query:
        """The photos that are shown, or were shown last."""
        return self._stops[self._here].query

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._stops[self._here].page

    @property
    def can_go_back(self) -> bool:
        return self._here > 0

    @property
    def can_go_forward(self) -> bool:
        return self._here < len(self._stops) - 1

    def visit(self, place: Query) -> None:
        """Go to photos; those that are shown already are only shown anew."""
        self._visit(Stop("photos", place))

    def open(self, page: Page) -> None:
        """Go to a page beside the photos."""
        self._visit(Stop(page, self.here))

    def _visit(self, stop: Stop) -> None:
        if (stop.page, stop.query) != (self.page, self.here):
            self._leave()
            self._stops = [*self._stops[max(0, self._here + 2 - REMEMBERED) : self._here + 1], stop]
            self._here = len(self._stops) - 1
        self.moved.emit(stop)

    def back(self) -> None:
        """Go one place back, if there is one."""
        self._go(self._here - 1)

    def forward(self) -> None:
        """Go one place forward, if there is one."""
        self._go(self._here + 1)

    def give_up(self) -> None:
        """Forget this place, which cannot be shown, and go to the one before it."""
        before = self._stops[: self._here] or [Stop("photos", EVERYTHING)]
        self._stops = before + self._stops[self._here + 1 :]
        self._here = len(before) - 1
        self.moved.emit(self._stops[self._here])

    def take_over(self, other: "History") -> None:
        """Go on where the person was in another window."""
        other._leave()
        self._stops, self._here = list(other._stops), other._here
        self.moved.emit(self._stops[self._here])

    def _go(self, to: int) -> None:
        if 0 <= to < len(self._stops):
            self._leave()
            self._here = to
            self.moved.emit(self._stops[to])

    def _leave(self) -> None:
        self._stops[self._here] = self._stops[self._here]._replace(left=self.look())


def is_of_one(place: Query) -> bool:
    """True if a place is the search with one whole photo."""
    return len(place.photos) == 1 and not place.without and place.region is None


def title_of(place: Query) -> str:
    """The title of the window at a place."""
    if place.photos:
        return tr("Like {name} – Photosearch").format(name=name_of(place.photos[0]))
    told = place.only.label or (name_of(place.only.folder) if place.only.folder else "")
    return f"{told} – Photosearch" if told else "Photosearch"
