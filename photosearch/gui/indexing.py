"""Keeps the library up to date while the window is open: one run at a time, which can be stopped and goes on."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from photosearch.errors import FolderError
from photosearch.gui.jobs import Jobs, Ticket
from photosearch.library import Library
from photosearch.photo import Progress, Summary

SHOW_EVERY_S = 4.0  # new photos join the grid so often: seen to arrive, and not restless
EVERYTHING: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """How indexing stands; `progress` while it runs, `summary` of the last run that came to its end."""

    running: bool = False
    stopped: bool = False  # by the person, with work left
    progress: Progress | None = None
    summary: Summary | None = None


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
        self._shown_at = 0.0
        self._shown_done = 0
        self._ended_at = time.monotonic()

    @property
    def idle_s(self) -> float:
        """Seconds since the last run ended; 0 while one is under way."""
        return 0.0 if self._ticket else time.monotonic() - self._ended_at

    def start(self, folders: Sequence[str] = EVERYTHING) -> None:
        """Bring these folders up to date, adding new ones; without any, the whole library."""
        for run in (tuple(folders), EVERYTHING) if self._is_stopped else (tuple(folders),):  # what was left undone, too
            if run not in self._waiting:
                self._waiting.append(run)
        self._run_next()

    def notice(self, places: Sequence[str]) -> None:
        """Something changed in these directories: look there, unless all will be or the person said stop."""
        if not self._is_stopped and EVERYTHING not in self._waiting:
            self.start(places)

    def stop(self) -> None:
        """End the run at its next safe point; `start` goes on where it was."""
        if self._ticket:
            self._ticket.stopping.set()
            self._waiting.clear()

    @property
    def _is_stopped(self) -> bool:
        """By the person, even if it has not come to its safe point yet."""
        return self.condition.stopped or (self._ticket is not None and self._ticket.stopping.is_set())

    def _run_next(self) -> None:
        if self._ticket or not self._waiting:
            return
        folders = self._waiting.pop(0)
        self._shown_at, self._shown_done = time.monotonic(), 0
        self._set(Condition(running=True, summary=self.condition.summary))
        self._ticket = self._jobs.run(
            lambda: self._library.index(folders), self._on_progress, self._on_done, self._on_failed
        )

    def _on_progress(self, progress: Progress) -> None:
        self._set(Condition(running=True, progress=progress, summary=self.condition.summary))
        now = time.monotonic()
        if progress.stage == "indexing" and progress.done > self._shown_done and now - self._shown_at > SHOW_EVERY_S:
            self._shown_at, self._shown_done = now, progress.done
            self.photos_changed.emit()

    def _on_done(self, summary: Summary | None) -> None:
        self._ticket, self._ended_at = None, time.monotonic()
        self._set(Condition(stopped=summary is None, summary=summary or self.condition.summary))
        self.photos_changed.emit()
        self._run_next()

    def _on_failed(self, error: Exception) -> None:
        self._ticket, self._ended_at = None, time.monotonic()
        leaves_nothing = isinstance(error, FolderError) and self.condition.progress is None  # it is not there
        self._set(Condition(stopped=not leaves_nothing, summary=self.condition.summary))
        self.photos_changed.emit()
        self._jobs.tell(error)
        self._run_next()

    def _set(self, condition: Condition) -> None:
        self.condition = condition
        self.changed.emit()
