"""A training run to look at: how far it is, its curve, and in the end what it gained."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import decimal, duration, number, tr
from photosearch.gui.teach.run_state import RunState
from photosearch.gui.teach.training_curve import Curve
from photosearch.gui.teach.training_table import ResultTable

PARTS = "  ·  "
FINE = 1000  # steps of the progress bar
ROOM_FOR_BOTH = 800  # px, of the curve and the table


class TeachRun(QWidget):
    """Shows a RunState."""

    def __init__(self) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setProperty("heading", True)
        self._title.setWordWrap(True)
        self._facts = QLabel()
        self._facts.setProperty("secondary", True)
        self._facts.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress of the learning"))
        self.curve = Curve()
        self.table = ResultTable()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.curve, 1)
        row.addWidget(self.table, 1)
        self.table.setMinimumWidth(300)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(8)
        for part in (self._title, self._facts, self._bar):
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(row, 1)

    def show_state(self, state: RunState, stopping: bool) -> None:
        """Show how it stands now."""
        working = not state.is_over
        self._title.setText(title_of(state, stopping))
        self._facts.setText(PARTS.join(facts_of(state)))
        self._bar.setVisible(working)
        share = state.share or (state.done / state.total if state.total else 0.0)
        known = share > 0 and not stopping
        self._bar.setRange(0, FINE if known else 0)
        self._bar.setValue(round(FINE * min(1.0, share)))
        self.curve.show_state(state)
        self.table.setVisible(state.result is not None)
        self._share_room()
        if state.result and state.stage == "done":
            self.table.show_result(state.result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Where there is room for one only, the result is worth more than the way to it."""
        self.curve.setVisible(self.table.isHidden() or self.width() >= ROOM_FOR_BOTH)


def title_of(state: RunState, stopping: bool) -> str:
    """The present stage or the result, in one sentence."""
    if stopping and not state.is_over:
        return tr("Stopping …")
    match state.stage:
        case "starting":
            return tr("Starting …")
        case "preparing":
            return tr("Preparing the photos …")
        case "measuring":
            return tr("Measuring on held-out photos …")
        case "training":
            return tr("Learning …")
        case "exporting":
            return tr("Finishing …")
        case "stopped":
            return tr("Stopped. It can go on from here.")
        case "failed":
            return sentence(state.reason)
        case "done":
            return _outcome(state)


def _outcome(state: RunState) -> str:
    result = state.result
    assert result
    if not result.better:
        return tr("It did not get better at finding held-out photos.")
    return tr("It got better at finding held-out photos: {before} % → {after} %.").format(
        before=decimal(result.before.map), after=decimal(result.after.map)
    )


def facts_of(state: RunState) -> list[str]:
    """The training data, the progress and the remaining time."""
    facts: list[str] = []
    if state.photos:
        facts.append(tr("%Ln photos", "", state.photos))
        if state.labels:
            facts.append(tr("%Ln labels", "", state.labels))
        facts.append(tr("%Ln held out", "photos", state.held_out))
    if state.stage in ("preparing", "measuring") and state.total and not state.share:
        facts.append(tr("{done} of {total}").format(done=number(state.done), total=number(state.total)))
    elif state.step:
        facts.append(tr("step {step}").format(step=number(state.step)))
    if state.result and state.stage == "done":
        facts.extend(sentence(note) for note in state.result.notes)
    if state.stage == "training" and state.eta_s is not None:
        facts.append(tr("{duration} left").format(duration=duration(state.eta_s)))
    return facts
