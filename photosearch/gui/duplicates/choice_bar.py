"""The photos to go so far, the actions on all of them, and the progress of a comparison."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QSlider, QWidget

from photosearch.gui.duplicates.group_view import LARGEST_CELL, SMALLEST_CELL, USUAL_CELL
from photosearch.gui.duplicates.review import Loss, Review
from photosearch.gui.style.captions import ElidedLabel, make_button
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import size, tr
from photosearch.gui.work.status_bar import PARTS, in_words
from photosearch.models import Progress, Tier

ROOM_FOR_SLIDER, ROOM_FOR_WORDS = 760, 620  # px
FROM_CORNER = 24  # px


class ChoiceWords(NamedTuple):
    """What the bar says: on the button that decides of all groups at once, and where nothing goes."""

    take_all: str
    short: str  # the same where there is little room
    tip: str
    nothing: str


def words_of_duplicates() -> ChoiceWords:
    """The words for duplicates."""
    return ChoiceWords(
        tr("Take the suggestions"),
        tr("Suggestions"),
        tr("Let those photos go of which the kept one shows everything, at least as well; the others stay"),
        tr("Nothing goes yet. Enter takes the suggestion for a group."),
    )


class ChoiceBar(QWidget):
    """The line below the groups."""

    suggestions_wanted = Signal()
    nothing_wanted = Signal()
    review_wanted = Signal()
    size_wanted = Signal(int)  # of the thumbnails

    def __init__(self, words: ChoiceWords) -> None:
        super().__init__()
        self._words = words
        self.setProperty("controls", True)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setMinimumHeight(2 * self._text.fontMetrics().height())  # where it wraps, the page stays as it is
        self._size = QSlider(Qt.Orientation.Horizontal)
        self._size.setRange(SMALLEST_CELL, LARGEST_CELL)
        self._size.setValue(USUAL_CELL)
        self._size.setFixedWidth(90)
        self._size.setToolTip(tr("Size of the thumbnails"))
        self._size.setAccessibleName(tr("Size of the thumbnails"))
        self._size.valueChanged.connect(self.size_wanted)
        self._suggest = button("check", words.take_all, self.suggestions_wanted.emit)
        self._suggest.setToolTip(words.tip)
        self._clear = make_button("close", tr("Let nothing go"), self.nothing_wanted.emit)
        self._review = button("remove", tr("Review …"), self.review_wanted.emit)
        self._review.setToolTip(tr("See every file that goes before anything happens"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        for widget in (self._size, self._suggest, self._clear, self._review):
            row.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar tells what goes even where there is little room; Ctrl and the wheel move the slider."""
        super().resizeEvent(event)
        self._size.setVisible(self.width() >= ROOM_FOR_SLIDER)
        self._suggest.setText(self._words.take_all if self.width() >= ROOM_FOR_WORDS else self._words.short)

    def show_size(self, cell: int) -> None:
        """Show how large the thumbnails are."""
        self._size.setValue(cell)

    def tell(self, losses: Sequence[Loss], review: Review, tier: Tier, is_known: bool) -> None:
        """Say what goes, and how many photos of the open tier need a look; not `is_known`: it may be less yet."""
        more = tr("%Ln more need a look", "photos", review.undecided) if tier != "similar" and review.undecided else ""
        self.tell_losses(losses, more, is_known)
        self._suggest.setEnabled(review.has_suggestions)
        self._suggest.setVisible(tier != "similar")

    def tell_losses(self, losses: Sequence[Loss], more: str, is_known: bool) -> None:
        """Say what goes and what `more` there is to be said; not `is_known`: it may be less yet."""
        parts = [tr("%Ln photos go", "", len(losses)), size(sum(loss.frees_bytes for loss in losses))]
        self._text.setText(PARTS.join([*parts, more] if more else parts) if losses else self._words.nothing)
        self._review.setEnabled(bool(losses) and is_known)
        self._clear.setEnabled(bool(losses))

    def let_suggest(self, can_suggest: bool) -> None:
        """Whether there is anything to take in one go."""
        self._suggest.setEnabled(can_suggest)


class OutdatedButton(QPushButton):
    """Floats over the corner of the groups while photos are there that they do not know of: nothing gives way to it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(icon("refresh"), tr("Photos have come since: look again"), over)
        self._over = over
        over.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        corner = self._over.rect().bottomRight() - self.rect().bottomRight()
        self.move(corner - QPoint(FROM_CORNER, FROM_CORNER // 2))


class LookBar(QWidget):
    """The line above the groups while photos are compared."""

    stop_wanted = Signal()
    left = Signal()  # it hides though it had the keyboard

    def __init__(self) -> None:
        super().__init__()
        self._text, self._bar = ElidedLabel(), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(tr("Progress of looking"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self._bar)
        self._stop = button("stop", tr("Stop"), self.stop_wanted.emit)
        row.addWidget(self._stop)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and self._stop.hasFocus():
            self.left.emit()

    def begin(self) -> None:
        """Nothing is known of how long it takes."""
        self._text.setText(tr("Looking for duplicates …"))
        self._bar.setRange(0, 0)

    def show_progress(self, progress: Progress) -> None:
        """How far it is."""
        self._text.setText(in_words(progress))
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done if progress.total else 0)


def button(symbol: str, words: str, act: Callable[[], object]) -> QPushButton:
    """A button as wide as its words."""
    made = QPushButton(icon(symbol), words)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.clicked.connect(lambda: act())
    return made
