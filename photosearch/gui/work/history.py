"""Where the person is and was: a place is a Query, and one without photos shows all that its filter lets through."""

from PySide6.QtCore import QObject, Signal

from photosearch.gui.style.words import name_of, tr
from photosearch.models import Query

EVERYTHING = Query(())
REMEMBERED = 100


class History(QObject):
    """The places visited, like a browser's: `visit` forgets what lay ahead."""

    moved = Signal(object)  # Query: show this place

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = [EVERYTHING]
        self._here = 0

    @property
    def here(self) -> Query:
        """The place that is shown."""
        return self._places[self._here]

    @property
    def can_go_back(self) -> bool:
        return self._here > 0

    @property
    def can_go_forward(self) -> bool:
        return self._here < len(self._places) - 1

    def visit(self, place: Query) -> None:
        """Go to a place; the one that is shown already is only shown anew."""
        if place != self.here:
            self._places = [*self._places[max(0, self._here + 2 - REMEMBERED) : self._here + 1], place]
            self._here = len(self._places) - 1
        self.moved.emit(self.here)

    def back(self) -> None:
        """Go one place back, if there is one."""
        self._go(self._here - 1)

    def forward(self) -> None:
        """Go one place forward, if there is one."""
        self._go(self._here + 1)

    def give_up(self) -> None:
        """Forget this place, which cannot be shown, and go to the one before it."""
        before = self._places[: self._here] or [EVERYTHING]
        self._places = before + self._places[self._here + 1 :]
        self._here = len(before) - 1
        self.moved.emit(self.here)

    def _go(self, to: int) -> None:
        if 0 <= to < len(self._places):
            self._here = to
            self.moved.emit(self.here)


def is_of_one(place: Query) -> bool:
    """Whether a place is the search with one whole photo."""
    return len(place.photos) == 1 and not place.without and place.region is None


def title_of(place: Query) -> str:
    """What the window is called at a place."""
    if place.photos:
        return tr("Like {name} – Photosearch").format(name=name_of(place.photos[0]))
    told = place.only.label or (name_of(place.only.folder) if place.only.folder else "")
    return f"{told} – Photosearch" if told else "Photosearch"
