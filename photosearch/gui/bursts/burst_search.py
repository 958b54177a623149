"""Looks for bursts beside other work; the page and the stacks of all grids share what it finds."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from photosearch.find.bursts import Burst
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.library import Library


class BurstSearch(QObject):
    """A search that is wanted while one is under way follows it, as photos may have changed meanwhile."""

    progressed = Signal(object)  # Progress
    found = Signal(object)  # Sequence[Burst]
    stopped = Signal()  # before its end
    failed = Signal(object)  # the exception

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._jobs = library, jobs
        self._ticket: Ticket | None = None
        self._is_wanted = False
        self.bursts: Sequence[Burst] | None = None  # what was found last

    @property
    def busy(self) -> bool:
        """True if a search is under way."""
        return self._ticket is not None

    def look(self) -> None:
        """Look for bursts; what was judged before costs little."""
        if self._ticket:
            self._is_wanted = True
            return
        self._is_wanted = False
        find = self._library.bursts.find
        self._ticket = self._jobs.run(find, self.progressed.emit, self._end, self._fail, beside=True)

    def stop(self) -> None:
        """End at the next safe point; the next search goes on there."""
        self._is_wanted = False
        if self._ticket:
            self._ticket.cancel()

    def _end(self, bursts: list[Burst] | None) -> None:
        self._ticket = None
        if bursts is None:
            self.stopped.emit()
        else:
            self.bursts = bursts
            self.found.emit(bursts)
        if self._is_wanted:
            self.look()

    def _fail(self, error: Exception) -> None:
        self._ticket = None
        self.failed.emit(error)
