"""One photo of a comparison under its name, size and date."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from photosearch.gui.canvas.canvas import Canvas
from photosearch.gui.compare.case import Seen
from photosearch.gui.compare.turn import UPRIGHT, Turn, turn_of, turned, turned_part
from photosearch.gui.duplicates.group_delegate import outcome_in_words
from photosearch.gui.style import theme
from photosearch.gui.style.captions import ElidedLabel, plain
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import moment, number, size, tr
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.gui.work.names import name_of
from photosearch.gui.work.picture_loader import Picture, read_picture, thumbnail_picture
from photosearch.library import Library
from photosearch.models import Facts, Photo, Unreadable
from photosearch.paths import shown

CAPTION_MARGIN = 10


@dataclass(frozen=True, slots=True)
class LoadedPhoto:
    """The facts, the bytes and the thumbnail of a photo, or the reason why it cannot be shown."""

    facts: Facts | None = None
    size_bytes: int = 0
    thumbnail: Picture | None = None
    sentence: str = ""


class Pane(QWidget):
    """Reads its photo in steps: facts and thumbnail, the size of the screen, and in full once zoomed so far."""

    def __init__(
        self, library: Library, jobs: Jobs, path: str, on_facts: Callable[[], None], photo: Photo | None = None
    ) -> None:
        """`on_facts` is called when the facts are known, as they are of a `photo` of the library."""
        super().__init__()
        self._library, self._jobs, self._on_facts = library, jobs, on_facts
        self.path, self.photo = path, photo
        self._turn = UPRIGHT
        self.known = LoadedPhoto()
        self._ticket: Ticket | None = None
        self._screen_read = self._full_asked = False
        self._name = ElidedLabel(name_of(path))
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._state = QLabel()
        self._state.setObjectName("state")
        self._state.setTextFormat(Qt.TextFormat.RichText)
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._why = ElidedLabel()
        self._why.setProperty("warning", True)
        for label in (self._state, self._why):
            label.hide()
        self._facts = QLabel(" ")
        self._facts.setObjectName("facts")
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.canvas = Canvas(enlarge=True)
        self.canvas.marks_focus = True
        self.canvas.setAccessibleName(self._name.text())
        self.canvas.changed.connect(self._refine)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for label in (self._name, self._state, self._facts, self._why):
            label.setContentsMargins(CAPTION_MARGIN, 0, CAPTION_MARGIN, 0)
            column.addWidget(label)
        column.addWidget(self.canvas, 1)

    @property
    def shape(self) -> float:
        """Width for height, as it is seen."""
        facts = self.known.facts
        shape = facts.width / facts.height if facts else 1.5
        return 1 / shape if self._turn.swap else shape

    def show_seen(self, seen: Seen) -> None:
        """Say what becomes of the photo and why, where it lies, and what of it the kept one does not show.

        It is turned as the kept one stands.
        """
        self._turn = turn_of(seen.transform)
        shared, own = (escape(part) for part in seen.folder)
        folder = f"{shared}<b>{own}</b>" if own else shared
        parts = [f"<b>{escape(outcome_in_words(seen.outcome).upper())}</b>", folder]
        parts += [tr("turned as the kept one stands")] * (self._turn != UPRIGHT)
        self._state.setText(" · ".join(parts))
        self._state.setToolTip(plain(shown(self.path)))
        theme.mark(self._state, "kept", seen.outcome == "kept")
        theme.mark(self._state, "goes", seen.outcome == "goes")
        self._state.show()
        self._why.setText(seen.why or " ")  # so that the photos stand at one height
        theme.mark(self._why, "warning", seen.outcome != "kept")
        self._why.show()
        self.canvas.set_outlined(turned_part(seen.differs, self._turn))
        name = ", ".join(
            part for part in (self._name.text(), outcome_in_words(seen.outcome), shown(self.path), seen.why) if part
        )
        self.canvas.setAccessibleName(name)

    @property
    def pixels(self) -> int:
        """How many the photo has."""
        facts = self.known.facts
        return facts.width * facts.height if facts else 0

    @property
    def is_loaded(self) -> bool:
        """True if the photo is read, or being read."""
        return self._ticket is not None

    def load(self, side: int) -> None:
        """Read the photo, at first to `side` pixels."""
        work = (
            partial(_know_photo, self._library, self.photo) if self.photo else partial(_know, self._library, self.path)
        )
        self._ticket = self._jobs.ask(work, partial(self._take_known, side))

    def stop(self) -> None:
        """Forget what is still being read."""
        if self._ticket:
            self._ticket.cancel()

    def describe(self, more_pixels: bool, larger: bool) -> None:
        """Write size and date; what is more than that of the others is set off."""
        facts = self.known.facts
        if not facts:
            return
        pixels = f"{number(facts.width)} × {number(facts.height)}"
        parts = [
            _set_off(pixels, more_pixels),
            _set_off(size(self.known.size_bytes), larger),
            facts.format,
            moment(facts.taken_at) if facts.taken_at else "",
        ]
        self._facts.setText(" · ".join(part for part in parts if part))
        better = [tr("the most pixels")] * more_pixels + [tr("the largest file")] * larger
        self._facts.setToolTip(", ".join(better))
        self._facts.setAccessibleDescription(self._facts.toolTip())

    def _take_known(self, side: int, known: LoadedPhoto) -> None:
        self.known = known
        self.canvas.set_picture(known.thumbnail and turned(known.thumbnail, self._turn), known.sentence)
        self._on_facts()
        if known.facts:
            work = partial(_read, self._library, self.path, known.facts, self._turn, side)
            self._ticket = self._jobs.ask(work, self._take_picture)

    def _take_picture(self, picture: Picture | str) -> None:
        self._screen_read = True
        if isinstance(picture, str):
            thumbnail = self.known.thumbnail
            self.canvas.set_picture(thumbnail and turned(thumbnail, self._turn), picture)
        else:
            self.canvas.set_picture(picture)

    def _refine(self) -> None:
        if self.canvas.is_coarse():
            self.read_full()

    def read_full(self) -> None:
        """Read every pixel, once."""
        if self._screen_read and not self._full_asked and self.known.facts:
            self._full_asked = True
            work = partial(_read, self._library, self.path, self.known.facts, self._turn)
            self._ticket = self._jobs.ask(work, self._take_picture)


def best_columns(shapes: Sequence[float], width: int, height: int) -> int:
    """In how many columns photos of these shapes (width for height) are seen largest in a window."""

    def seen(columns: int) -> float:
        rows = -(-len(shapes) // columns)
        wide, high = width / columns, height / rows
        return sum(min(wide, high * shape) * min(high, wide / shape) for shape in shapes)

    return max(range(1, len(shapes) + 1), key=seen)


def _know(library: Library, path: str) -> LoadedPhoto:
    found = library.photos.facts(path)
    if isinstance(found, Unreadable):
        return LoadedPhoto(sentence=sentence(found.reason))
    facts, jpeg = found
    try:
        size_bytes = os.stat(path).st_size
    except OSError:  # gone since
        size_bytes = 0
    return LoadedPhoto(facts, size_bytes, thumbnail_picture(jpeg, facts.width, facts.height))


def _know_photo(library: Library, photo: Photo) -> LoadedPhoto:
    thumbnail = thumbnail_picture(library.photos.thumbnail(photo), photo.facts.width, photo.facts.height)
    return LoadedPhoto(photo.facts, photo.size_bytes, thumbnail)


def _read(library: Library, path: str, facts: Facts, turn: Turn, side: int | None = None) -> Picture | str:
    picture = read_picture(library, path, facts, side)
    return picture if isinstance(picture, str) else turned(picture, turn)


def _set_off(text: str, better: bool) -> str:
    return f"<b>{text}</b>" if better else text
