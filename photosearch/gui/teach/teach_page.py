"""The page Teach: choose what to learn from, watch the learning, see what it gained, and adopt it or not."""

import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QGuiApplication, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

import photosearch
from photosearch.gui.style.captions import ElidedLabel
from photosearch.gui.style.icons import icon
from photosearch.gui.style.start_page import EmptyPage
from photosearch.gui.style.theme import mark
from photosearch.gui.style.words import tr
from photosearch.gui.teach.quick_way import QuickWay
from photosearch.gui.teach.teach_choices import TeachChoices
from photosearch.gui.teach.teach_run import TeachRun
from photosearch.gui.teach.training_run import Training
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.kept_choices import kept_choices
from photosearch.gui.work.report import describe
from photosearch.library import Library
from photosearch.paths import is_packaged
from photosearch.settings import missing_to_train

EXTRA = "photosearch[train]"


class TeachPage(QWidget):
    """Shows the run that goes on, or the one of before, or else the choices for one."""

    said = Signal(str)  # a sentence for the person
    update_wanted = Signal()  # another encoder is to serve: photos are to be encoded

    def __init__(self, library: Library, jobs: Jobs, training: Training) -> None:
        super().__init__()
        self._library = library
        self._jobs = jobs
        self.training = training
        self._labels: Mapping[str, int] | None = None  # as long as they are not read
        self._choosing = training.state is None
        self._without_labels = False  # the person chose so while there are none
        self._lacks: list[str] = []  # packages to train a network with
        self._empty = EmptyPage(self._act_on_empty)
        self.choices = TeachChoices()
        self.choices.restore(self._kept())
        self.choices.changed.connect(self._refresh)
        self.run = TeachRun()
        self.quick = QuickWay(library, jobs)
        self._is_quick = False  # the quick way is looked at
        self.quick.changed.connect(self._refresh)
        self._pages = QStackedLayout()
        for page in (self._empty, self.choices, self.run, self.quick):
            self._pages.addWidget(page)
        self._build()
        training.changed.connect(self._refresh)

    def _build(self) -> None:
        self._text = ElidedLabel()
        self._buttons = {
            "undo": _button("undo", tr("Undo the adoption"), self._undo),
            "report": _button("copy", tr("Copy the report"), self._copy_report),
            "back": _button("back", tr("Back"), self._go_back),
            "take-back": _button("undo", tr("Undo"), self.quick.undo),
            "use": _button("check", tr("Use it"), self.quick.use),
            "install": _button("copy", tr("Copy the command"), self._copy_command),
            "afresh": _button("refresh", tr("Start afresh"), lambda: self._choose(True)),
            "stop": _button("stop", tr("Stop"), self.training.stop),
            "finish": _button("check", tr("Use it as it is"), lambda: self.training.go_on(finish=True)),
            "go-on": _button("resume", tr("Go on"), self.training.go_on),
            "adopt": _button("check", tr("Adopt"), self._adopt),
            "quick": _button("teach", tr("Teach in seconds"), self._teach_quickly),
            "teach": _button("teach", tr("Teach"), self.teach),
        }
        for name, symbol in (("go-on", "resume"), ("teach", "teach"), ("use", "check")):
            _set_primary(self._buttons[name], symbol, True)
        self._explain_buttons()
        self._bar = QWidget()
        self._bar.hide()  # as long as none of its buttons is, they would all need room
        self._bar.setProperty("controls", True)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        for button in self._buttons.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._pages, 1)
        column.addWidget(self._bar)

    def _explain_buttons(self) -> None:
        for name, tip in (
            ("undo", tr("Let the encoder of before serve again; nothing has to be encoded for that")),
            ("report", tr("What the process wrote, for a bug report; nothing is sent")),
            ("afresh", tr("Choose anew and begin from the start; what this run learned is kept until then")),
            ("stop", tr("Stop at a checkpoint; it can go on from there, now or later")),
            ("finish", tr("Learn no more: measure what was learned so far, and offer to adopt it")),
            ("go-on", tr("Go on from the last checkpoint")),
            ("adopt", tr("Encode all photos anew in the background; until that is done, the encoder of before serves")),
            ("take-back", tr("Search as before; what was taught in seconds is forgotten")),
            ("use", tr("Compare photos in this way in every search from now on; it can be undone at once")),
            ("install", tr("Put the command that installs PyTorch into the clipboard")),
            ("quick", tr("Learn how what is known of the photos is compared; no photo has to be encoded anew")),
            ("teach", tr("Begin; meanwhile you can go on with other things")),
        ):
            self._buttons[name].setToolTip(tip)

    @property
    def title(self) -> str:
        return tr("Teach")

    def where(self) -> None:
        """Nothing of it is another when the person comes back."""

    def open(self, _: object = None) -> None:
        """The person came here, perhaps from giving labels."""
        self._jobs.ask(self._library.labels.counts, self._show_labels)
        self.quick.follow()
        self._refresh()

    def follow_indexing(self) -> None:
        """The encoder that was adopted may serve by now."""
        if self.isVisible() and self._serving:
            self._offer()

    def _show_labels(self, counts: dict[str, int]) -> None:
        self._labels = {label: photos for label, photos in counts.items() if photos}
        self.choices.show_labels(self._labels)
        self._refresh()

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        """Show how things are, if the page is seen: else it does so once it is."""
        if not self.isVisible():
            return
        self._lacks = missing_to_train()
        state, missing = self.training.state, self._missing
        if self.training.running:
            self._choosing = self._is_quick = False
        self._is_quick = self._is_quick and (self.quick.is_learning or self.quick.lesson is not None)
        self.choices.show_missing(missing)
        if self._is_quick:
            self._pages.setCurrentWidget(self.quick)
        elif state and not self._choosing:
            self.run.show_state(state, self.training.stopping)
            self._pages.setCurrentWidget(self.run)
        elif self._labels is not None and not self._labels and not (self._without_labels and not missing):
            hint = tr("Choose photos that belong together and press L to name what they show. From a few photos of each"
                      " of two or more labels, Photosearch learns to find more like them.")  # fmt: skip
            self._empty.say("teach", tr("No photo carries a label yet"),
                f"{hint}\n\n{missing}" if missing else hint,
                tr("Copy the command") if missing else tr("Learn without labels"))  # fmt: skip
            self._pages.setCurrentWidget(self._empty)
        else:
            self._pages.setCurrentWidget(self.choices)
        self._offer()

    def _offer(self) -> None:
        """Show what can be done now, and say what that stands on."""
        state, page = self.training.state, self._pages.currentWidget()
        stage = state.stage if state and page is self.run else ""
        running, missing, serving = self.training.running, self._lacks, self._serving
        shown = {
            "undo": not running and self._can_undo and page is not self.quick,
            "report": stage == "failed" and not running and bool(self.training.trouble),
            "back": not self.quick.is_learning if page is self.quick else page is not self.run and state is not None,
            "take-back": page in (self.quick, self.choices) and self.quick.serves and not self.quick.is_learning,
            "use": page is self.quick and self.quick.can_be_used,
            "install": page is self.choices and bool(missing),
            "quick": page is self.choices and self.choices.uses_labels,
            "afresh": stage in ("stopped", "failed", "done") and not running,
            "stop": bool(running and state and not state.is_over),
            "finish": stage == "stopped" and not running and bool(state and state.step),
            "go-on": stage in ("stopped", "failed") and not running,
            "adopt": stage == "done" and not running and not serving,
            "teach": page is self.choices and not missing,
        }
        for name, button in self._buttons.items():
            button.setVisible(shown[name])
        self._buttons["stop"].setEnabled(not self.training.stopping)
        for name in ("use", "take-back"):
            self._buttons[name].setEnabled(not self.quick.is_deciding)
        for name in ("teach", "quick"):
            self._buttons[name].setEnabled(self.choices.is_enough and self._labels is not None)
        result = state.result if state else None
        _set_primary(self._buttons["adopt"], "check", bool(result and result.better))
        _set_primary(self._buttons["quick"], "teach", bool(missing))
        if page is self.quick:
            text = self.quick.said
        elif page is self.choices:
            text = self.quick.said or self.choices.summary
        else:
            text = tr("You can go on with other things meanwhile.") if running else serving
        self._text.setText(text)
        self._bar.setVisible(bool(self._text.text()) or any(shown.values()))

    @property
    def _missing(self) -> str:
        """What a network's training lacks, and how to get it; empty where it lacks nothing."""
        if not self._lacks:
            return ""
        how = (
            tr("To train a network, or to learn without labels, Photosearch needs PyTorch, which this packed program"
               " does not hold. Its sources do: enter this in a terminal where they are:")
            if is_packaged()
            else tr("To train a network, or to learn without labels, Photosearch needs PyTorch. It is not installed."
                    " Enter this in a terminal, then come back here:")
        )  # fmt: skip
        return f"{how}\n\n{install_command(self._library.places.library)}"

    @property
    def _serving(self) -> str:
        """The state of the encoder of this run; empty while it can be adopted."""
        state = self.training.state
        name = state.result.encoder if state and state.result and state.stage == "done" else None
        if name is None:
            return ""
        if name == self._library.encoders.adopting:
            return tr("Photos are being encoded anew; until that is done, the encoder of before serves.")
        return tr("What was learned serves.") if name == self._library.settings.encoder else ""

    @property
    def _can_undo(self) -> bool:
        return bool(self._library.encoders.adopting or self._library.settings.previous_encoder)

    # What is done

    def _act_on_empty(self) -> None:
        if missing_to_train():
            self._copy_command()
        else:
            self._without_labels = True
            self._refresh()

    def _copy_command(self) -> None:
        QGuiApplication.clipboard().setText(install_command(self._library.places.library))
        self.said.emit(tr("The command is in the clipboard."))

    def _go_back(self) -> None:
        """To the choices, or from these to the run of before."""
        is_quick, self._is_quick = self._is_quick, False
        self._choose(is_quick)

    def _teach_quickly(self) -> None:
        self._is_quick = True
        self.quick.learn(self.choices.labels)

    def _choose(self, anew: bool) -> None:
        self._choosing = anew
        self.open()

    def teach(self) -> None:
        """Begin with what is chosen."""
        self.choices.save(self._kept())
        self._choosing = False
        self.training.start(self.choices.request)

    def _adopt(self) -> None:
        state = self.training.state
        if state and state.result:
            name = state.result.encoder
            self._buttons["adopt"].setEnabled(False)  # pressed, and heard
            self._jobs.ask(lambda: self._library.encoders.adopt(name), lambda _: self._adopted(), self._fail)

    def _undo(self) -> None:
        self._buttons["undo"].setEnabled(False)
        self._jobs.ask(self._library.encoders.undo, lambda _: self._adopted(), self._fail)

    def _adopted(self) -> None:
        self.update_wanted.emit()
        self._ready()

    def _fail(self, error: Exception) -> None:
        self._jobs.tell(error)
        self._ready()

    def _ready(self) -> None:
        for name in ("adopt", "undo"):
            self._buttons[name].setEnabled(True)
        self._refresh()

    def _copy_report(self) -> None:
        state = self.training.state
        trouble = RuntimeError(f"{state.reason if state else ''}\n{self.training.trouble}")
        QGuiApplication.clipboard().setText(describe(trouble, self._library.places.log))
        self.said.emit(tr("The report is in the clipboard."))

    def _kept(self) -> QSettings:
        return kept_choices(self._library.places.window)


def install_command(library: Path) -> str:
    """The terminal command by which this program, or the one in the sources on this `library`, can train."""
    start = Path(photosearch.__file__).parents[1] / "run.py"
    if start.is_file():  # a checkout, which installs what a command needs
        words = ["py" if sys.platform == "win32" else "python3", str(start), "train", "--help"]
    elif is_packaged():
        words = ["py" if sys.platform == "win32" else "python3", "run.py", "train", "--library", str(library)]
    else:
        words = [sys.executable, "-m", "pip", "install", EXTRA]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def _button(symbol: str, words: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(icon(symbol), words)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.clicked.connect(lambda: act())
    return button


def _set_primary(button: QPushButton, symbol: str, on: bool) -> None:
    """Let it be the button that stands out, with the icon in the colour that stands on it."""
    if bool(button.property("primary")) != on:
        mark(button, "primary", on)
        button.setIcon(icon(symbol, QPalette.ColorRole.HighlightedText if on else QPalette.ColorRole.WindowText))
