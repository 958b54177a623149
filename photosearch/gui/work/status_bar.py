"""The line at the bottom: what is going on in the background, how far it is, and what could not be read."""

from datetime import datetime

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy

from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import duration, moment, number, tr
from photosearch.gui.work.indexing import Condition
from photosearch.models import Progress, Summary

PARTS = "  ·  "


class StatusBar(QFrame):
    """Shows a Condition; the window connects its three signals."""

    unreadable_wanted = Signal()
    stop_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("statusBar", True)
        self._photos = 0
        self._published_at: int | None = None
        self._work = ""
        self._condition = Condition()
        self._text = QLabel()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(180)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress of indexing"))
        self._unreadable = QPushButton(icon("warning"), "")
        self._unreadable.setFlat(True)
        self._unreadable.setToolTip(tr("Show which files and folders could not be read, and why"))
        self._unreadable.clicked.connect(self.unreadable_wanted)
        self._stop = QPushButton(icon("stop"), tr("Stop"))
        self._stop.setToolTip(tr("Stop at the next safe point; what is done stays done"))
        self._stop.clicked.connect(self._press_stop)
        self._resume = QPushButton(icon("resume"), tr("Resume"))
        self._resume.setToolTip(tr("Go on where indexing was stopped"))
        self._resume.clicked.connect(self.resume_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        for widget in (self._bar, self._unreadable, self._stop, self._resume):
            row.addWidget(widget)
        self.setFixedHeight(self._stop.sizeHint().height() + 10)
        self.show_unreadable(0)
        self.show_condition(self._condition)

    def show_condition(self, condition: Condition) -> None:
        """Show how indexing stands."""
        if condition.running != self._condition.running:
            self._stop.setText(tr("Stop"))
        self._condition = condition
        progress = condition.progress
        self._bar.setVisible(condition.running)
        self._bar.setRange(0, progress.total or 0 if progress else 0)
        self._bar.setValue(progress.done if progress and progress.total else 0)
        has_keyboard = self._stop.hasFocus() or self._resume.hasFocus()
        self._stop.setVisible(condition.running)
        self._resume.setVisible(condition.stopped)
        if has_keyboard and (condition.running or condition.stopped):  # who has pressed the one is at the other
            (self._stop if condition.running else self._resume).setFocus()
        self._show_text()

    def show_photos(self, count: int, published_at: int | None) -> None:
        """Show how many photos the library has, and when others published it, in seconds since 1970."""
        self._photos, self._published_at = count, published_at
        self._show_text()

    def show_unreadable(self, count: int) -> None:
        """Show how many files cannot be read."""
        self._unreadable.setText(tr("%Ln unreadable", "", count))
        self._unreadable.setVisible(count > 0)

    def show_work(self, text: str) -> None:
        """Show other work that is under way before all else; nothing: it is done."""
        self._work = text
        self._show_text()

    def _show_text(self) -> None:
        photos = tr("%Ln photos", "", self._photos) if self._photos else ""
        if self._published_at is not None:
            at = moment(datetime.fromtimestamp(self._published_at).isoformat())
            photos = PARTS.join([photos, tr("published {moment}, read only").format(moment=at)])
        match self._condition:
            case _ if self._work:
                text = self._work
            case Condition(running=True, progress=None):
                text = tr("Looking for photos …")
            case Condition(running=True, progress=Progress() as progress):
                text = in_words(progress)
            case Condition(stopped=True):
                text = PARTS.join([part for part in (photos, tr("indexing is stopped")) if part])
            case Condition(summary=Summary() as summary):
                text = PARTS.join([part for part in (photos, *changes(summary)) if part])
            case _:
                text = photos
        self._text.setText(text)
        self._text.setToolTip(text)

    def _press_stop(self) -> None:
        self._stop.setText(tr("Stopping …"))  # pressed, and heard; disabled, it would lose the keyboard
        self.stop_wanted.emit()


def in_words(progress: Progress) -> str:
    """The progress of a long job, as one line."""
    match progress.stage:
        case "waiting":
            return tr("Waiting until other work on this library is done …")
        case "scanning":
            return PARTS.join([tr("Looking for photos"), tr("%Ln found", "", progress.done)])
        case "publishing":
            return tr("Publishing: {done} of {total}").format(
                done=number(progress.done), total=number(progress.total or progress.done)
            )
        case "search index":
            return tr("Preparing the search: {done} of {total}").format(
                done=number(progress.done), total=number(progress.total or progress.done)
            )
        case (
            "finding lookalikes"
            | "comparing"
            | "looking closer"
            | "clearing away"
            | "undoing"
            | "reading keywords"
            | "writing sidecars"
        ):
            words = {
                "finding lookalikes": tr("Looking for lookalikes: {done} of {total}"),
                "comparing": tr("Comparing: {done} of {total}"),
                "looking closer": tr("Looking closer: {done} of {total}"),
                "clearing away": tr("Clearing away: {done} of {total}"),
                "undoing": tr("Bringing back: {done} of {total}"),
                "reading keywords": tr("Reading keywords: {done} of {total}"),
                "writing sidecars": tr("Writing sidecars: {done} of {total}"),
            }[progress.stage]
            text = words.format(done=number(progress.done), total=number(progress.total or progress.done))
            return PARTS.join([text, *_time_left(progress)])
        case _:
            is_again = progress.stage == "re-encoding"
            text = tr("Encoding anew: {done} of {total}") if is_again else tr("Indexing {done} of {total}")
            parts = [text.format(done=number(progress.done), total=number(progress.total or 0))]
            if progress.photos_per_s:
                rate = progress.photos_per_s
                parts.append(
                    tr("{rate} photos/s").format(
                        rate=number(round(rate)) if rate >= 1 else QLocale().toString(rate, "f", 1)
                    )
                )
            return PARTS.join([*parts, *_time_left(progress)])


def _time_left(progress: Progress) -> list[str]:
    if progress.eta_s is None or progress.done >= (progress.total or 0):
        return []
    return [duration(progress.eta_s)]


def changes(summary: Summary) -> list[str]:
    """The changes of a run of indexing, in a few words each."""
    counts = (
        (summary.added, tr("%Ln new", "photos", summary.added)),
        (summary.changed, tr("%Ln changed", "photos", summary.changed)),
        (summary.moved, tr("%Ln moved", "photos", summary.moved)),
        (summary.missing, tr("%Ln gone", "photos", summary.missing)),
        (summary.offline, tr("%Ln offline", "photos", summary.offline)),
    )
    return [words for count, words in counts if count]
