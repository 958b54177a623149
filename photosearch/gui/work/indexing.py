"""Keeps the library up to date while the window is open: one run at a time, which can be stopped and goes on."""

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from photosearch.errors import FolderError
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.library import Library
from photosearch.models import Progress, Summary
from photosearch.sentences import Sentence, verbatim

SHOW_EVERY_S = 4.0  # new photos join the grid so often: seen to arrive, and not restless
EVERYTHING: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """The state of indexing; `progress` while it runs, `summary` of the last run that completed."""

    running: bool = False
    stopped: bool = False  # by the person, with work left
    progress: Progress | None = None
    summary: Summary | None = None

    @property
    def stage(self) -> str:
        """The work under way; empty if there is none."""
        return (self.progress.stage if self.progress else "starting") if self.running else ""


class Indexing(QObject):
    """Runs `Library.index` on the writing thread and tells how it goes."""

    changed = Signal()  # `condition` is another
    photos_changed = Signal()  # there may be other photos to show

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.condition = Condition()
        self._library = library
        self._jobs = jobs
        self._ticket: Ticket | None = None
        self._waiting: list[tuple[str, ...]] = []  # runs to come
        self._gives_way = False  # it is ending so that the next run may come first, which goes on with the rest
        self._hindrance: Sentence = verbatim("")  # what was told of the encoder that is to take over
        self._photos_before: int | None = None  # how many photos there were before a run that was stopped
        self._shown_at = 0.0
        self._shown_done = 0
        self._ended_at = time.monotonic()

    @property
    def idle_s(self) -> float:
        """Seconds since the last run ended; 0 while one is under way."""
        return 0.0 if self._ticket else time.monotonic() - self._ended_at

    def start(self, folders: Sequence[str] = EVERYTHING) -> None:
        """Bring these folders up to date, adding new ones; without any, the whole library.

        Another encoder, for which all photos are encoded again, has to wait meanwhile: that may take hours.
        """
        for run in (tuple(folders), EVERYTHING) if self._is_stopped else (tuple(folders),):  # what was left undone, too
            if run not in self._waiting:
                self._waiting.append(run)
        if self._ticket and self.condition.progress and self.condition.progress.stage == "re-encoding":
            self._gives_way = self._gives_way or not self._ticket.stopping.is_set()
            self._ticket.stopping.set()
        self._run_next()

    def notice(self, places: Sequence[str]) -> None:
        """Something changed in these directories: look there, unless all will be or the person said stop."""
        if not self._is_stopped and EVERYTHING not in self._waiting:
            self.start(places)

    def stop(self) -> None:
        """End the run at its next safe point; `start` goes on where it was."""
        if self._ticket:
            self._ticket.stopping.set()
            self._gives_way = False
            self._waiting.clear()

    @property
    def _is_stopped(self) -> bool:
        """By the person, even if it has not come to its safe point yet."""
        is_stopping = self._ticket is not None and self._ticket.stopping.is_set() and not self._gives_way
        return self.condition.stopped or is_stopping

    def _run_next(self) -> None:
        if self._ticket or not self._waiting:
            return
        folders = self._waiting.pop(0)
        self._shown_at, self._shown_done = time.monotonic(), 0
        self._set(Condition(running=True, summary=self.condition.summary))
        self._ticket = self._jobs.run(lambda: self._index(folders), self._on_progress, self._on_done, self._on_failed)

    def _index(self, folders: Sequence[str]) -> Generator[Progress, None, Summary]:
        """The photos added since the last run that completed, those of stopped runs included; on a thread."""
        was_stopped = self._photos_before is not None
        before = self._photos_before = self._photos_before or self._library.photos.count().present
        summary = yield from self._library.index(folders)
        self._photos_before = None
        return replace(summary, added=max(summary.added, summary.photos - before)) if was_stopped else summary

    def _on_progress(self, progress: Progress) -> None:
        self._set(Condition(running=True, progress=progress, summary=self.condition.summary))
        now = time.monotonic()
        if progress.stage == "indexing" and progress.done > self._shown_done and now - self._shown_at > SHOW_EVERY_S:
            self._shown_at, self._shown_done = now, progress.done
            self.photos_changed.emit()

    def _on_done(self, summary: Summary | None) -> None:
        is_stopped = summary is None and not self._gives_way
        self._ticket, self._ended_at, self._gives_way = None, time.monotonic(), False
        self._set(Condition(stopped=is_stopped, summary=summary or self.condition.summary))
        self.photos_changed.emit()
        if summary:
            self._tell_hindrance(summary.hindrance)
        self._run_next()

    def _tell_hindrance(self, hindrance: Sentence) -> None:
        """Say once why another encoder cannot take over."""
        if hindrance and hindrance != self._hindrance:
            text = tr("“{name}” cannot take over: {reason}")
            name = self._library.encoders.adopting or ""
            self._jobs.complaint.emit(text.format(name=name, reason=sentence(hindrance)))
        self._hindrance = hindrance

    def _on_failed(self, error: Exception) -> None:
        self._ticket, self._ended_at, self._gives_way = None, time.monotonic(), False
        leaves_nothing = isinstance(error, FolderError) and self.condition.progress is None  # it is not there
        self._set(Condition(stopped=not leaves_nothing, summary=self.condition.summary))
        self.photos_changed.emit()
        self._jobs.tell(error)
        self._run_next()

    def _set(self, condition: Condition) -> None:
        self.condition = condition
        self.changed.emit()
