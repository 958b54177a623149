"""The look for duplicates: one at a time, with the groups that are known so far while it is under way."""

from collections.abc import Collection, Generator
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.library import Library
from photosearch.models import TIERS, Duplicates, Filter, Mark, Progress, Tier

REFRESH_MS = 5000  # while originals are looked at: between two times that what is known so far is told


class Scope(NamedTuple):
    """Among which photos duplicates are looked for; `against` is a folder whose photos are kept."""

    only: Filter = Filter()
    against: str | None = None


class KnownGroups(NamedTuple):
    """Groups, and the photos that are to go, by id."""

    found: Duplicates
    marks: dict[int, Mark]


class Looking(QObject):
    """Looks anew whenever it is asked to; what a look still says that was overtaken or given up is not told."""

    progressed = Signal(object)  # Progress
    # Duplicates and what is to go, by photo: as far as they are known, while it goes on and at its end
    found = Signal(object, object)
    identical_found = Signal(object, object)  # the same of identical files only, at the beginning of the first look
    stopped = Signal()  # before its end
    failed = Signal(object)  # the exception

    def __init__(self, library: Library, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._jobs = library, jobs
        self._job: Ticket | None = None
        self._inquiry: Ticket | None = None  # asks what is known so far
        self._run = 0  # looks begun
        self.scope = Scope()
        self._since_told = QElapsedTimer()
        self.is_outdated = False  # whether photos came since the last look began
        self.has_told = False  # whether this look, or the last one, has told of groups

    @property
    def busy(self) -> bool:
        """True if a look is under way."""
        return self._job is not None

    def begin(self, is_first: bool = False) -> None:
        """Look in place of the look before; the first one tells of identical files at once."""
        self.give_up()
        self.is_outdated = False
        run = self._run

        def progress(step: Progress) -> None:
            if run == self._run:
                self._progress(step)

        def end(found: KnownGroups | None) -> None:
            if run == self._run:
                self._end(found)

        def fail(error: Exception) -> None:
            if run == self._run:
                self.give_up()
                self.failed.emit(error)

        self._job = self._jobs.run(partial(_look, self._library, self.scope), progress, end, fail)
        if is_first:
            self._ask_for_identical(run)

    def stop(self) -> None:
        """End at the next safe point; the next look goes on there."""
        if self._job:
            self._job.stopping.set()

    def give_up(self) -> None:
        """Stop, and tell nothing any more."""
        self.stop()
        self._forget_inquiry()
        self._run += 1
        self._job, self.has_told = None, False

    def _progress(self, step: Progress) -> None:
        self.progressed.emit(step)
        is_due = not self.has_told or self._since_told.hasExpired(REFRESH_MS)
        if step.stage == "looking closer" and is_due and not self._inquiry:
            self._inquire()

    def _inquire(self) -> None:
        def take(found: KnownGroups) -> None:
            self._inquiry = None
            self._tell(found)

        self._inquiry = self._jobs.ask(partial(_known, self._library, self.scope, TIERS), take)

    def _ask_for_identical(self, run: int) -> None:
        """Identical files need no comparing."""

        def take(found: KnownGroups) -> None:
            if run == self._run and self.busy and not self.has_told:
                self.identical_found.emit(*found)

        def fail(_: Exception) -> None:
            """The look itself comes to it, too, and tells."""

        self._jobs.ask(partial(_known, self._library, self.scope, ("identical",)), take, fail)

    def _forget_inquiry(self) -> None:
        if self._inquiry:
            self._inquiry.cancel()
        self._inquiry = None

    def _tell(self, found: KnownGroups) -> None:
        self.has_told = True
        self._since_told.start()
        self.found.emit(*found)

    def _end(self, found: KnownGroups | None) -> None:
        self._job = None
        self._forget_inquiry()
        if found:
            self._tell(found)
            return
        self.stopped.emit()
        if self.has_told:  # while originals were looked at
            self._inquire()


def _look(library: Library, scope: Scope) -> Generator[Progress, None, KnownGroups]:
    """The groups, once all photos have been compared."""
    found = yield from library.duplicates(only=scope.only, against=scope.against)
    return KnownGroups(found, library.feedback.marks())


def _known(library: Library, scope: Scope, tiers: Collection[Tier]) -> KnownGroups:
    """The groups as far as photos have been compared."""
    job = library.duplicates(tiers=tiers, only=scope.only, against=scope.against, depth="known")
    while True:
        try:
            next(job)
        except StopIteration as end:
            return KnownGroups(end.value, library.feedback.marks())
