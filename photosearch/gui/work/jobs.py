"""Work off the window's thread: one for long jobs, one for decisions, a few that read; a signal brings results back."""

import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from photosearch.gui.style.sentences import sentence
from photosearch.library.user_errors import fault
from photosearch.models import Progress

Result = TypeVar("Result")
READERS = 3
PATIENCE_S = 0.03  # no longer than a person notices


class Ticket:
    """One piece of work under way; the window's thread is the only one that looks at it, but for `stopping`."""

    def __init__(self) -> None:
        self.stopping = threading.Event()

    def cancel(self) -> None:
        """Forget it: its callbacks are not called any more. A long job ends at its next safe point."""
        self.stopping.set()


class Inquiry(Generic[Result]):
    """One question that is asked again whenever its answer may have changed: once at a time, and once more after that.

    However often it is asked meanwhile, no more than that waits.
    """

    def __init__(self, jobs: "Jobs", work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """As `Jobs.ask` takes them."""
        self._jobs, self._work, self._done = jobs, work, done
        self._is_under_way = self._is_wanted = False

    def ask(self) -> None:
        """Have `done` called with an answer that is no older than this."""
        self._is_wanted = True
        if not self._is_under_way:
            self._start()

    def _start(self) -> None:
        self._is_under_way, self._is_wanted = True, False
        self._jobs.ask(self._work, self._arrive, self._fail)

    def _arrive(self, answer: Result) -> None:
        self._end()
        self._done(answer)

    def _fail(self, error: Exception) -> None:
        self._end()
        self._jobs.tell(error)

    def _end(self) -> None:
        self._is_under_way = False
        if self._is_wanted:
            self._start()


class Jobs(QObject):
    """Runs work for the window. Callbacks are given when the work starts, and are called on the window's thread.

    What a piece of work raises goes to its own `failed`; without one, a fault of the environment is told by
    `complaint` as a sentence, and anything else, which is a bug, by `bug`.
    """

    complaint = Signal(str)
    bug = Signal(object)  # the exception
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._scribe = ThreadPoolExecutor(1, "scribe")
        self._companion = ThreadPoolExecutor(1, "companion")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._answers: deque[Callable[[], None]] = deque()
        self._arrived.connect(self._deliver)
        self._closed = threading.Event()
        self._written: Future[None] | None = None  # the last that was to be written
        self._written_by = 0.0

    def ask(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Ticket:
        """Run `work`, which only reads, on a reading thread; a ticket cancelled in time never starts."""
        return self._submit(self._readers, work, done, failed)

    def write(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Write down what the person decided: at once, beside long jobs, in the order of asking, and never dropped."""

        def attempt() -> None:
            try:
                result = work()
            except Exception as error:
                problem = error  # `error` itself is gone when the answer is delivered
                self._answer(lambda: (failed or self.tell)(problem))
            else:
                self._answer(lambda: done(result))

        if not self._closed.is_set():
            self._written, self._written_by = self._scribe.submit(attempt), time.monotonic() + PATIENCE_S

    def hold(self) -> None:
        """Wait until what was written last is on the disk, so that what is seen next is; not for a slow disk."""
        if self._written:
            wait([self._written], max(0.0, self._written_by - time.monotonic()))
            self._written = None

    def run(
        self,
        start: Callable[[], Generator[Progress, None, Result]],
        progress: Callable[[Progress], None],
        done: Callable[[Result | None], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        beside: bool = False,
    ) -> Ticket:
        """Run a long job on the writing thread, after those before; `done` gets None if it was stopped.

        `beside`: it changes nothing but a cache of its own, so that neither waits for the other.
        """
        ticket = Ticket()

        def work() -> Result | None:
            job = start()
            try:
                while not (ticket.stopping.is_set() or self._closed.is_set()):
                    step = next(job)
                    self._answer(partial(progress, step))
            except StopIteration as end:
                return end.value
            finally:
                job.close()
            return None

        # A stopped job has still something to say, so its ticket does not silence it.
        self._submit(self._companion if beside else self._writer, work, done, failed)
        return ticket

    def close(self) -> None:
        """Write what is to be written, let what is under way come to a safe point, and end the threads.

        Nothing is delivered any more.
        """
        self._closed.set()
        self._scribe.shutdown(wait=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        for pool in (self._writer, self._companion):
            pool.shutdown(wait=True, cancel_futures=True)

    def tell(self, error: Exception) -> None:
        """Say what went wrong: a fault of the environment as a sentence, anything else as the bug it is."""
        if reason := fault(error):
            self.complaint.emit(sentence(reason))
        else:
            self.bug.emit(error)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None,
    ) -> Ticket:
        ticket = Ticket()

        def attempt() -> None:
            if ticket.stopping.is_set() or self._closed.is_set():
                return
            try:
                result = work()
            except Exception as error:
                problem = error  # `error` itself is gone when the answer is delivered
                self._answer(lambda: None if ticket.stopping.is_set() else (failed or self.tell)(problem))
            else:
                self._answer(lambda: None if ticket.stopping.is_set() else done(result))

        if not self._closed.is_set():
            pool.submit(attempt)
        return ticket

    def _answer(self, deliver: Callable[[], None]) -> None:
        if not self._closed.is_set():
            self._answers.append(deliver)
            self._arrived.emit()

    def _deliver(self) -> None:
        while self._answers and not self._closed.is_set():
            self._answers.popleft()()
