"""Decoding in separate processes that may crash or hang: the photo is lost, the program is not."""

import faulthandler
import io
import os
import queue
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from typing import BinaryIO, NamedTuple

from photosearch.ingest.decode import decode, explain, is_transient
from photosearch.ingest.formats import Kind
from photosearch.ingest.picture import Large, Picture, View, Wanted, open_picture
from photosearch.photo import Decoded, Unreadable

TIMEOUT_S = 9.0
START_TIMEOUT_S = 60.0
MEMORY_BYTES = 3 << 30  # of address space, where the system can limit it


class Order(NamedTuple):
    """What to decode: a file as it was read, or where that is too large to hand over, where it lies."""

    path: str
    data: bytes | None
    kind: Kind
    digest: bytes
    wanted: Wanted | View
    may_be_large: bool = False

    def open(self) -> BinaryIO:
        return open(self.path, "rb") if self.data is None else io.BytesIO(self.data)


class IsolatedDecoders:
    """Up to `count` processes, each started when it is first needed. Safe to use from many threads."""

    def __init__(self, count: int) -> None:
        self._idle: queue.LifoQueue[_Process | None] = queue.LifoQueue()
        for _ in range(count):
            self._idle.put(None)
        self._count = count

    def decode(self, order: Order) -> Decoded | Unreadable:
        """Decode one file; a crash or a hang of more than TIMEOUT_S makes it unreadable.

        Raises FileNotFoundError if the file is gone, and Large unless the picture may be.
        """
        process = self._idle.get()
        try:
            if process and not process.is_alive():  # it died while it was idle: no fault of this file
                process.end()
                process = None
            process = process or _Process()
            answer = process.ask(order)
            if isinstance(answer, str):
                process.end()
                process = None
                return Unreadable(order.path, answer, transient=answer == SLOW)
        except NotStarted:
            return Unreadable(order.path, NOT_STARTED, transient=True)
        except BaseException:
            if process:
                process.end()
            process = None
            raise
        finally:
            self._idle.put(process)
        if isinstance(answer, FileNotFoundError | Large):
            raise answer
        return answer

    def close(self) -> None:
        """End the processes; nobody may be decoding."""
        for _ in range(self._count):
            if process := self._idle.get():
                process.end()
        for _ in range(self._count):
            self._idle.put(None)


SLOW = f"Decoding took longer than {TIMEOUT_S:.0f} seconds."
CRASHED = "The decoder crashed on this file."
NOT_STARTED = "The separate process that decodes such files did not start."


class NotStarted(Exception):
    """The system would not start a process, or the process ended at once."""


class _Process:
    def __init__(self) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        try:
            with _uninterrupted():
                self._process.start()
        except (OSError, RuntimeError, MemoryError) as error:
            raise NotStarted from error
        theirs.close()
        try:
            if not self._connection.poll(START_TIMEOUT_S):
                raise TimeoutError
            self._connection.recv()
        except (EOFError, OSError) as error:
            self.end()
            raise NotStarted from error

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, order: Order) -> Decoded | Unreadable | FileNotFoundError | Large | str:
        """The answer, or in words why there is none and never will be."""
        try:
            self._connection.send(order)
            if not self._connection.poll(TIMEOUT_S):
                return SLOW
            return self._connection.recv()
        except (EOFError, OSError):
            return CRASHED

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._connection.close()


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Keep Ctrl-C, which the program answers, from a process that is started meanwhile."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # or starting a process would start this first, and let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the new process inherits this
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection) -> None:
    """Decode whatever is asked for until the program ends or goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)  # C libraries write to stderr what `explain` says better
    _limit_memory()
    import pi_heif

    pi_heif.register_heif_opener()
    connection.send("ready")
    while True:
        try:
            order: Order = connection.recv()
        except EOFError:
            return
        faulthandler.dump_traceback_later(2 * TIMEOUT_S, exit=True, file=nowhere)  # even if the program was killed
        try:
            with order.open() as source:
                answer = decode(_open(source, order), order.digest, order.wanted)
        except (FileNotFoundError, Large) as error:
            answer = error
        except Exception as error:  # a hostile file can provoke anything
            answer = Unreadable(order.path, explain(error), is_transient(error))
        faulthandler.cancel_dump_traceback_later()
        connection.send(answer)


def _open(source: BinaryIO, order: Order) -> Picture:
    if order.kind.decoder == "rawpy":
        import rawpy

        from photosearch.ingest.raw import open_raw

        try:
            return open_raw(source, order.wanted)
        except rawpy.LibRawError:
            source.seek(0)  # its name ends like that of a RAW file, but it may be an ordinary picture
    return open_picture(source, order.kind.format, order.wanted, order.may_be_large)


def _limit_memory() -> None:
    if os.name == "posix":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
