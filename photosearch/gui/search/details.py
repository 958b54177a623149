"""The panel at the right: one photo large enough to know it, what is known of it, and why it was found."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from photosearch.errors import QueryError
from photosearch.gui.search.region_preview import RegionPreview
from photosearch.gui.style.captions import MAY_BREAK, SelectableLabel
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import moment, number, score_in_words, size, tr
from photosearch.gui.work.history import is_of_one
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.gui.work.names import name_of
from photosearch.library import Library
from photosearch.models import Facts, Match, Photo, Query, Region, Shared, State, Unreadable, lacking_in_words
from photosearch.paths import shown

WIDTH = 300


class Details(QScrollArea):
    """Shows the current photo, or the photo searched with while none is current."""

    place_wanted = Signal(object)  # Query: a search by a part of the photo

    def __init__(self, library: Library, jobs: Jobs, actions: Sequence[QAction]) -> None:
        super().__init__()
        self._library = library
        self._jobs = jobs
        self._ticket: Ticket | None = None
        self._path = ""
        self._place = Query(())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(WIDTH - 60)
        self.setAccessibleName(tr("Details of the photo"))
        self.preview = RegionPreview()
        self.preview.setToolTip(tr("Drag a rectangle to search by a part of the photo"))
        self.preview.region_chosen.connect(self._search_region)
        self.preview.region_cleared.connect(self._clear_region)
        self._name = _label(bold=True)
        self._why = _label()
        self._why.setProperty("why", True)
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(6)
        self._facts.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._hint = _label(secondary=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(self.preview)
        column.addWidget(self._name)
        column.addWidget(self._why)
        column.addLayout(self._facts)
        self._buttons = [_button(action) for action in actions]
        buttons = QVBoxLayout()
        buttons.setSpacing(0)
        for button in self._buttons:
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addStretch(1)
        column.addWidget(self._hint)
        self.setWidget(inside)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No photo is current."""
        self._forget()
        self.preview.hide()
        self._name.setText("")
        self._tell_why("")
        self._show_rows([])
        for button in self._buttons:
            button.hide()
        self._hint.setText(tr("Choose a photo to see it here."))

    def show_photo(self, photo: Photo, match: Match | None, place: Query, why_shown: str = "") -> None:
        """Show a photo of the library, and why it is in the answer to `place`; without a match, `why_shown`."""
        self._begin(photo.path, place)
        self._tell_why(why(match) if match else why_shown)
        facts = rows(photo.facts, photo.path, photo.shot_at, photo.size_bytes, photo.state)
        self._show_rows(facts)
        for button in self._buttons:
            button.show()
        full = photo.facts.width, photo.facts.height

        def look() -> tuple[bytes | None, list[str], bool | None]:
            labels = list(self._library.labels.of([photo.photo_id]))
            same = None
            if match and is_of_one(place):
                with suppress(QueryError):  # it may have gone since it was searched with
                    same = self._library.feedback.confirmed(place.photos[0], [photo.photo_id]).get(photo.photo_id)
            return self._library.photos.thumbnail(photo), labels, same

        def arrive(found: tuple[bytes | None, list[str], bool | None]) -> None:
            jpeg, labels, same = found
            self.preview.show_photo(jpeg, full)
            self._show_region()
            if match and match.shared:
                self.preview.set_region(_in_pixels(match.shared, *full))
            if said := what_was_said(labels, same):
                self._show_rows([*facts, *said])

        self._ticket = self._jobs.ask(look, arrive)

    def show_query(self, path: str, place: Query) -> None:
        """Show the photo that is searched with, which need not be in the library."""
        self._begin(path, place)
        self._tell_why(tr("You are looking for photos like this one."))
        self._show_rows([])
        for button in self._buttons:
            button.hide()

        def arrive(found: tuple[Facts, bytes] | Unreadable) -> None:
            if isinstance(found, Unreadable):
                self._tell_why(sentence(found.reason))
                self.preview.show_photo(None, (0, 0))  # not the one before it
                return
            facts, jpeg = found
            self._show_rows(rows(facts, path, facts.taken_at))
            self.preview.show_photo(jpeg, (facts.width, facts.height))
            self._show_region()

        self._ticket = self._jobs.ask(lambda: self._library.photos.facts(path), arrive)

    def _begin(self, path: str, place: Query) -> None:
        self._forget()
        self._path, self._place = path, place
        self.preview.show()
        self._name.setText(name_of(path))
        self._hint.setText(tr("Drag a rectangle on the photo to search by a part of it."))

    def _forget(self) -> None:
        if self._ticket:
            self._ticket.cancel()
        self._ticket = None
        self._path = ""

    def _tell_why(self, text: str) -> None:
        self._why.setText(text)
        self._why.setVisible(bool(text))

    def _show_region(self) -> None:
        self.preview.set_region(self._place.region if self._place.photos[:1] == (self._path,) else None)

    def _show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for title, value in rows:
            heading = QLabel(title)
            heading.setProperty("secondary", True)
            heading.setAlignment(Qt.AlignmentFlag.AlignTop)
            text = SelectableLabel()
            text.setWordWrap(True)
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            text.setText(value)
            self._facts.addRow(heading, text)

    def _search_region(self, region: Region) -> None:
        self.place_wanted.emit(Query((self._path,), region=region))

    def _clear_region(self) -> None:
        if self._place.region and self._place.photos[0] == self._path:
            self.place_wanted.emit(replace(self._place, region=None))


def why(match: Match) -> str:
    """Why a photo is in the answer, as a sentence."""
    sentence = {
        "identical": tr("The very same file content."),
        "same picture": tr("Very probably the same picture, maybe edited."),
        "same scene": tr("Probably the same scene or thing."),
        "same kind": tr("Probably the same kind of picture."),
        "lookalike": tr("It looks alike."),
    }[match.relation]
    shared = " " + tr("%Ln details agree.", "", match.shared.details) if match.shared else ""
    return sentence + shared + " " + tr("Score {score} of 1.").format(score=score_in_words(match.score))


def rows(
    facts: Facts, path: str, shot_at: str | None, size_bytes: int | None = None, state: State = "present"
) -> list[tuple[str, str]]:
    """The facts of a photo, as titles and values."""
    megapixels = QLocale().toString(facts.width * facts.height / 1e6, "f", 1)
    pixels = tr("{width} × {height} ({megapixels} MP)").format(
        width=number(facts.width), height=number(facts.height), megapixels=megapixels
    )
    rows = [
        (tr("Taken") if facts.taken_at else tr("Changed"), moment(shot_at) if shot_at else ""),
        (tr("Camera"), facts.camera or ""),
        (tr("Lens"), facts.lens or ""),
        (tr("Pixels"), pixels),
        (tr("File"), ", ".join([facts.format, size(size_bytes)] if size_bytes is not None else [facts.format])),
        (tr("Position"), position(facts)),
        (tr("Folder"), _breakable(shown(os.path.dirname(path)))),
        (tr("State"), tr("The drive is not connected.") if state == "offline" else ""),
        (tr("Note"), sentence(lacking_in_words(facts.lacking)) if facts.lacking else ""),
    ]
    return [(title, value) for title, value in rows if value]


def what_was_said(labels: Sequence[str], same: bool | None) -> list[tuple[str, str]]:
    """The labels of a photo and the person's verdict on it for the query, as titles and values."""
    answer = {None: "", True: tr("The same thing"), False: tr("Not the same thing")}[same]
    return [(title, value) for title, value in ((tr("Labels"), " · ".join(labels)), (tr("You said"), answer)) if value]


def position(facts: Facts) -> str:
    """Degrees, to about ten metres."""
    if facts.latitude is None or facts.longitude is None:
        return ""
    north = tr("N", "north") if facts.latitude >= 0 else tr("S", "south")
    east = tr("E", "east") if facts.longitude >= 0 else tr("W", "west")
    language = QLocale()
    latitude, longitude = abs(facts.latitude), abs(facts.longitude)
    return f"{language.toString(latitude, 'f', 4)}° {north}, {language.toString(longitude, 'f', 4)}° {east}"


def _in_pixels(shared: Shared, width: int, height: int) -> Region:
    """The part of a photo of so many pixels around the details that it shares."""
    left, top, wide, high = shared.region
    return Region(round(left * width), round(top * height), max(1, round(wide * width)), max(1, round(high * height)))


def _breakable(path: str) -> str:
    """A path that a label may wrap at its separators."""
    return path.replace(os.sep, os.sep + MAY_BREAK)


def _label(bold: bool = False, secondary: bool = False) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setProperty("secondary", secondary)
    if bold:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    return label


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
