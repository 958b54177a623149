"""Work in a separate process, which may crash or hang: its current task is lost, the program continues."""

import faulthandler
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from photosearch.files import Unwanted

if TYPE_CHECKING:  # which takes a hundredth of a second to import, and few photos need a process
    from multiprocessing.connection import Connection, PipeConnection

START_TIMEOUT_S = 60.0
END_TIMEOUT_S = 5.0
WATCH_S = 0.1  # how often it is asked whether an answer is still wanted
PARCEL_BYTES = 1 << 20  # of an array that is sent at a time, as each is copied once on its way
FAULTS = [
    getattr(signal, name) for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE") if hasattr(signal, name)
]
WINDOWS_FAULTS = 0xC0000000  # exit codes from here on are those of uncaught exceptions
WINDOWS_LACKS_MEMORY = (0xC0000017, 0xC000012D)

_starting = threading.Lock()  # threads start processes at once, and all have one environment

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class NotStarted(Exception):
    """The system would not start a process, or the process ended at once."""


class Crashed(Exception):
    """The process ended instead of answering."""


class Killed(Crashed):
    """It was ended from outside: most likely the system was short of memory."""


class Slow(Exception):
    """The process took too long to answer."""


class Worker(Generic[Question, Answer]):
    """A process that answers one question at a time with what `prepare` gives, and goes with this program.

    It is started when it is first asked, and anew after it has ended. `prepare` is a function of a module.
    """

    def __init__(self, prepare: Callable[[], Callable[[Question], Answer]]) -> None:
        self._prepare = prepare
        self._process: _Process | None = None

    def ask(self, question: Question, timeout_s: float, is_wanted: Callable[[], bool] = lambda: True) -> Answer:
        """The answer.

        Raises NotStarted, Crashed (or Killed), Slow after `timeout_s`, and Unwanted soon after `is_wanted` returns
        False: the process has ended then.
        """
        if self._process and not self._process.is_alive():  # it died while it was idle: no fault of this question
            self.end()
        self._process = self._process or _Process(self._prepare, is_wanted)
        try:
            return self._process.ask(question, timeout_s, is_wanted)
        except BaseException:  # an answer may still be under way
            self.end()
            raise

    def end(self) -> None:
        """End the process, if there is one; no question may be pending."""
        if self._process:
            self._process.end()
        self._process = None


class _Process:
    def __init__(self, prepare: Callable[[], Any], is_wanted: Callable[[], bool]) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        try:
            with _one_thread(), _uninterrupted():
                self._process.start()
        except (OSError, RuntimeError, MemoryError) as error:
            raise NotStarted from error
        theirs.close()
        try:
            self._connection.send(prepare)
            if not _is_answered(self._connection, START_TIMEOUT_S, is_wanted):
                raise TimeoutError
            self._connection.recv()
        except BaseException as error:
            self.end()
            if isinstance(error, EOFError | OSError):
                raise NotStarted from error
            raise

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, question: Any, timeout_s: float, is_wanted: Callable[[], bool]) -> Any:
        try:
            _send(self._connection, (question, timeout_s))
            if not _is_answered(self._connection, timeout_s, is_wanted):
                raise Slow
            return _receive(self._connection)
        except (EOFError, OSError) as error:
            self._process.join(END_TIMEOUT_S)
            raise (Crashed if _is_crash(self._process.exitcode or 0) else Killed) from error

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._connection.close()


def _send(connection: "Connection | PipeConnection", value: Any) -> None:
    """Send a value, and the arrays in it as they are: pickled, each would be in memory twice, or thrice."""
    arrays = list[pickle.PickleBuffer]()
    rest = pickle.dumps(value, 5, buffer_callback=arrays.append)
    parts = [array.raw() for array in arrays]
    connection.send((rest, [part.nbytes for part in parts]))
    for part in parts:
        for start in range(0, part.nbytes, PARCEL_BYTES):
            connection.send_bytes(part[start : start + PARCEL_BYTES])


def _receive(connection: "Connection | PipeConnection") -> Any:
    """What `_send` sent."""
    rest, sizes = connection.recv()
    parts = [bytearray(size) for size in sizes]
    for part in parts:
        for start in range(0, len(part), PARCEL_BYTES):
            connection.recv_bytes_into(part, start)
    return pickle.loads(rest, buffers=parts)


def _is_answered(connection: "Connection | PipeConnection", timeout_s: float, is_wanted: Callable[[], bool]) -> bool:
    """False after `timeout_s`; raises Unwanted."""
    end = time.monotonic() + timeout_s
    while not connection.poll(max(0.0, min(WATCH_S, end - time.monotonic()))):
        if not is_wanted():
            raise Unwanted
        if time.monotonic() >= end:
            return False
    return True


def _is_crash(code: int) -> bool:
    """True if a process with this exit code ended by a fault of its own."""
    if sys.platform == "win32":
        return code >= WINDOWS_FAULTS and code not in WINDOWS_LACKS_MEMORY
    return -code in FAULTS or code > 0


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Keep Ctrl-C, which the program answers, from a process that is started meanwhile."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker  # which only who starts a process needs

    resource_tracker.ensure_running()  # or starting a process would start this first, and let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the new process inherits this
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _one_thread() -> Generator[None]:
    """Let NumPy's BLAS compute on one thread in a process that is started: others of them have the other cores.

    It asks when NumPy is imported, as the program that is started anew there may do before anything else.
    """
    with _starting:
        before = os.environ.get("OPENBLAS_NUM_THREADS")
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ["OPENBLAS_NUM_THREADS"]
            else:
                os.environ["OPENBLAS_NUM_THREADS"] = before


def _serve(connection: "Connection") -> None:
    """Answer all questions until the program ends or disappears."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)  # C libraries write messages to stderr that the answer states better
    try:
        answer = connection.recv()()
        connection.send("ready")
        while True:
            question, timeout_s = _receive(connection)
            faulthandler.dump_traceback_later(2 * timeout_s, exit=True, file=nowhere)  # even if the program was killed
            answered = answer(question)
            faulthandler.cancel_dump_traceback_later()
            _send(connection, answered)
            del question, answered  # which may be large, and the next question may be a while in coming
    except (EOFError, OSError):  # the program is gone
        return
