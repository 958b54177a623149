"""Runs `photosearch train` as a process of its own, so that torch never enters the window, and knows how it stands."""

import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from photosearch.files import read_file
from photosearch.gui.style.words import number, tr
from photosearch.gui.teach.run_state import RunState
from photosearch.own_files import MOST_BYTES, checked, make_folder, parse_json, private
from photosearch.paths import Places, is_packaged

LONGEST_BYTES = 1_000_000  # of one line, and of what it wrote to stderr that is kept
PATIENCE_MS = 60_000  # to come to a checkpoint; a kill loses what was learned since the one before
CLOSING_MS = 10_000  # the same while nobody sees a window any more
log = logging.getLogger("photosearch")


@dataclass(frozen=True)
class TrainingRequest:
    """What to learn from, for how long, and from which network: the arguments of a run."""

    labels: tuple[str, ...] = ()  # none: all there are
    self_taught: bool = False
    minutes: int = 10
    backbone: str = ""  # none: the network that serves now

    def arguments(self) -> list[str]:
        """The options of `photosearch train`."""
        return [
            *(f"--label={label}" for label in self.labels),
            *(["--self-taught"] if self.self_taught else []),
            *([f"--backbone={self.backbone}"] if self.backbone else []),
            f"--minutes={self.minutes}",
        ]


def own_command() -> list[str]:
    """The command that starts this program: by Python, or as a packed program."""
    return [sys.executable] if is_packaged() else [sys.executable, "-m", "photosearch"]


class Training(QObject):
    """At most one run, of which `state` tells; its lines are kept in a file for the next start."""

    changed = Signal()
    ended = Signal()  # the process is gone; `state` says why

    def __init__(self, places: Places, command: Sequence[str], parent: QObject | None = None) -> None:
        """`command` starts the program that has the command `train`."""
        super().__init__(parent)
        self._library = places.library
        self._journal = places.library / "training" / "window.jsonl"
        self._command = command
        self._process: QProcess | None = None
        self._stopping = QTimer(self)
        self._stopping.setSingleShot(True)
        self._stopping.timeout.connect(self._kill)
        self._errors = b""
        self.request, self.state = _recall(self._journal)

    @property
    def running(self) -> bool:
        """True if the process is there."""
        return self._process is not None

    @property
    def stopping(self) -> bool:
        """True if it was asked to stop and has not come to its checkpoint yet."""
        return self._stopping.isActive()

    @property
    def trouble(self) -> str:
        """The output of the process that was not meant for the window, for a report."""
        return self._errors.decode("utf-8", "replace")

    def start(self, request: TrainingRequest) -> None:
        """Begin afresh."""
        if not self.running:
            self.request, self.state = request, RunState()
            self._note(json.dumps({"event": "asked", **asdict(request)}).encode() + b"\n", "wb")
            self._launch("--fresh")

    def go_on(self, finish: bool = False) -> None:
        """Go on from the last checkpoint of the run before; `finish`: only to make an encoder of it as it is."""
        if not self.running:
            state = self.state or RunState()
            state.stage, state.reason, state.eta_s, state.total, state.share = "starting", "", None, 0, 0.0
            self.state = state
            self._launch(*(["--finish"] if finish else []))

    def stop(self) -> None:
        """Let it come to a checkpoint, and end."""
        if self._process and not self.stopping:
            self._process.closeWriteChannel()
            self._stopping.start(PATIENCE_MS)
            self.changed.emit()

    def close(self) -> None:
        """Stop it and wait; the next start of the window can go on."""
        self.stop()
        if self._process and not self._process.waitForFinished(CLOSING_MS) and self._process:
            self._process.kill()
            self._process.waitForFinished()

    def _launch(self, *options: str) -> None:
        self._errors = b""
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._refuse)
        program, *arguments = [*self._command, "train", "--library", os.fspath(self._library), "--lines"]
        self._process = process
        process.start(program, [*arguments, *(self.request or TrainingRequest()).arguments(), *options])
        self.changed.emit()

    def _read(self) -> None:
        process, state = self._process, self.state
        if not process or not state:
            return
        process.setReadChannel(QProcess.ProcessChannel.StandardOutput)
        lines: list[bytes] = []
        while process.canReadLine():
            line = bytes(process.readLine().data())
            if state.read(line):
                lines.append(line)
            else:
                self._keep(line)
        if process.bytesAvailable() > LONGEST_BYTES:  # no line ends here any more
            self._keep(bytes(process.readAllStandardOutput().data()))
        if lines:
            self._note(b"".join(lines))
            if state.is_over and not self.stopping:  # it has nothing to do any more, but may still hang
                process.closeWriteChannel()
                self._stopping.start(CLOSING_MS)
            self.changed.emit()

    def _read_errors(self) -> None:
        if self._process:
            self._keep(bytes(self._process.readAllStandardError().data()))

    def _keep(self, trouble: bytes) -> None:
        self._errors = (self._errors + trouble)[-LONGEST_BYTES:]

    def _refuse(self, error: QProcess.ProcessError) -> None:
        """Whatever else may go wrong with a process ends it, and is told then."""
        if error == QProcess.ProcessError.FailedToStart and self._process:
            self._end(tr("The process that learns cannot be started: {reason}.").format(
                reason=self._process.errorString().rstrip(".")))  # fmt: skip

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process:
            self._read()
            self._read_errors()
            crashed = status == QProcess.ExitStatus.CrashExit
            self._end(
                tr("The process that learns has crashed, or was ended from outside.")
                if crashed
                else tr("The process that learns ended early, with the exit code {code}.").format(code=number(code))
            )

    def _end(self, reason: str) -> None:
        """The process is gone; `reason` is why, if it did not say so itself."""
        state = self.state
        if state and not state.is_over and self.stopping:
            state.stage = "stopped"
        elif state and not state.is_over:
            state.stage, state.reason = "failed", reason
        if state and state.stage == "failed":
            log.error("Training failed: %s\n%s", state.reason, self.trouble)
        self._stopping.stop()
        if self._process:
            self._process.deleteLater()
        self._process = None
        self.changed.emit()
        self.ended.emit()

    def _kill(self) -> None:
        if self._process:
            self._stopping.start(PATIENCE_MS)  # it still counts as asked for
            self._process.kill()

    def _note(self, lines: bytes, mode: Literal["ab", "wb"] = "ab") -> None:
        """Remember lines, after those of before or instead; a full disk takes only the memory of the run from us."""
        try:
            make_folder(self._journal.parent)
            with open(self._journal, mode, opener=private) as file:
                file.write(lines)
        except OSError as error:
            log.warning("The state of the training cannot be kept: %s", error)


def _recall(journal: Path) -> tuple[TrainingRequest | None, RunState | None]:
    """The run of before as far as it is known; one that did not say how it ended can go on."""
    try:
        asked, *lines = read_file(journal, MOST_BYTES).splitlines()
        request = checked(parse_json(asked), TrainingRequest)
    except (OSError, ValueError):
        return None, None
    state = RunState()
    for line in lines:
        state.read(line)
    if state.stage not in ("done", "failed"):
        state.stage = "stopped"
    return request, state
