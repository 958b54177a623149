"""The look for duplicates: one at a time, with the groups that are known so far while it is under way."""

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.library import Library
from photosearch.models import Duplicates, Progress

REFRESH_MS = 5000  # while originals are looked at: between two times that what is known so far is told


class Looking(QObject):
    """Looks anew whenever it is asked to; what a look still says that was overtaken or given up is not told."""

    progressed = Signal(object)  # Progress
    found = Signal(object)  # Duplicates: as far as they are known, while it goes on and at its end
    stopped = Signal()  # before its end
    failed = Signal(object)  # the exception

    def __init__(self, library: Library, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._jobs = library, jobs
        self._job: Ticket | None = None
        self._inquiry: Ticket | None = None  # asks what is known so far
        self._run = 0  # looks begun
        self._since_told = QElapsedTimer()
        self.has_told = False  # whether this look, or the last one, has told of groups

    @property
    def busy(self) -> bool:
        """Whether a look is under way."""
        return self._job is not None

    def begin(self) -> None:
        """Look in place of the look before."""
        self.give_up()
        run = self._run

        def progress(step: Progress) -> None:
            if run == self._run:
                self._progress(step)

        def end(found: Duplicates | None) -> None:
            if run == self._run:
                self._end(found)

        def fail(error: Exception) -> None:
            if run == self._run:
                self.give_up()
                self.failed.emit(error)

        self._job = self._jobs.run(self._library.duplicates, progress, end, fail)

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
        def take(found: Duplicates) -> None:
            self._inquiry = None
            self._tell(found)

        self._inquiry = self._jobs.ask(lambda: _known(self._library), take)

    def _forget_inquiry(self) -> None:
        if self._inquiry:
            self._inquiry.cancel()
        self._inquiry = None

    def _tell(self, found: Duplicates) -> None:
        self.has_told = True
        self._since_told.start()
        self.found.emit(found)

    def _end(self, found: Duplicates | None) -> None:
        self._job = None
        self._forget_inquiry()
        if found:
            self._tell(found)
            return
        self.stopped.emit()
        if self.has_told:  # while originals were looked at
            self._inquire()


def _known(library: Library) -> Duplicates:
    """The groups as far as photos have been compared."""
    job = library.duplicates(compare=False)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
