"""Decoding in separate processes that may crash or hang: the photo is lost, the program continues."""

import ctypes
import io
import queue
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import BinaryIO, NamedTuple

from photosearch.files import Unwanted, open_file
from photosearch.ingest.decoding.decode import decode, explain, is_of_the_machine
from photosearch.ingest.decoding.formats import BYTES_HERE, MOST_BYTES, Kind
from photosearch.ingest.decoding.memory_limit import limit_memory
from photosearch.ingest.decoding.picture import Large, Picture, View, Wanted, open_picture, without_remarks
from photosearch.models import Decoded, Unreadable
from photosearch.sentences import Sentence
from photosearch.worker_process import WATCH_S, Crashed, Killed, NotStarted, Slow, Worker

Answer = Decoded | Unreadable | FileNotFoundError | Large
IsWanted = Callable[[], bool]

TIMEOUT_S = 9.0
TIMEOUT_ALONE_S = 40.0  # for large pictures
# Beyond what the process takes up by itself, where the system can limit it.
MEMORY_BYTES = 2 * BYTES_HERE
MEMORY_ALONE_BYTES = MOST_BYTES + (128 << 20)
M_MMAP_THRESHOLD, LARGE_BYTES = -3, 8 << 20  # see mallopt(3): Pillow takes 16 MB at a time
CRASHED = Sentence("The decoder crashed on this file.")
KILLED = Sentence("The system ended the decoder, most likely as memory was short.")
NOT_STARTED = Sentence("The separate process that decodes such files did not start.")


def always() -> bool:
    """Whatever happens, the answer is wanted."""
    return True


class Order(NamedTuple):
    """The input to decode: the bytes of a file, or its path where these are too large to hand over."""

    path: str
    data: bytes | None
    kind: Kind
    digest: bytes
    wanted: Wanted | View
    is_odd: bool = False  # no more is spent on it than on any other
    may_be_large: bool = False

    @property
    def timeout_s(self) -> float:
        return TIMEOUT_ALONE_S if self.may_be_large and not self.is_odd else TIMEOUT_S

    @property
    def memory_bytes(self) -> int:
        return MEMORY_ALONE_BYTES if self.may_be_large and not self.is_odd else MEMORY_BYTES

    def open(self) -> BinaryIO:
        return open_file(self.path) if self.data is None else io.BytesIO(self.data)


class IsolatedDecoders:
    """Up to `count` processes, each started when it is first needed. Safe to use from many threads."""

    def __init__(self, count: int) -> None:
        self._workers = [Worker[Order, Answer](_prepare) for _ in range(count)]
        self._idle: queue.LifoQueue[Worker[Order, Answer]] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._one = threading.Lock()  # who wants all workers

    def decode(self, order: Order, is_wanted: IsWanted = always) -> Decoded | Unreadable:
        """Decode one file; a crash, or more time or memory than is granted, makes it unreadable.

        Raises FileNotFoundError if the file is gone, Unwanted soon after `is_wanted` returns False, and where
        `decode_alone` is to read it: Large for a picture that takes much memory, and Killed where the system ended the
        process.
        """
        worker = self._take(is_wanted)
        try:
            return _ask(worker, order, is_wanted)
        finally:
            self._idle.put(worker)

    def decode_alone(self, order: Order, is_wanted: IsWanted = always) -> Decoded | Unreadable:
        """Decode one file, which may be large, while no other process decodes: this bounds the memory of all."""
        with held(self._one, is_wanted):
            workers: list[Worker[Order, Answer]] = []
            try:
                while len(workers) < len(self._workers):
                    workers.append(self._take(is_wanted))
                for worker in workers[1:]:
                    worker.end()  # its memory is free now
                return _ask(workers[0], order._replace(may_be_large=True), is_wanted)
            except Killed:
                return Unreadable(order.path, KILLED, "memory")
            finally:
                for worker in workers:
                    self._idle.put(worker)

    def _take(self, is_wanted: IsWanted) -> Worker[Order, Answer]:
        while True:
            with suppress(queue.Empty):
                return self._idle.get(timeout=WATCH_S)
            if not is_wanted():
                raise Unwanted

    def close(self) -> None:
        """End the processes; no decoding may be in progress."""
        for worker in self._workers:
            worker.end()


@contextmanager
def held(lock: "threading.Lock | threading.Semaphore", is_wanted: IsWanted) -> Generator[None]:
    """Hold a lock; raises Unwanted if it is not to be had as long as `is_wanted`."""
    while not lock.acquire(timeout=WATCH_S):
        if not is_wanted():
            raise Unwanted
    try:
        yield
    finally:
        lock.release()


def _ask(worker: Worker[Order, Answer], order: Order, is_wanted: IsWanted) -> Decoded | Unreadable:
    try:
        answer = worker.ask(order, order.timeout_s, is_wanted)
    except NotStarted:
        return Unreadable(order.path, NOT_STARTED, "memory")
    except Slow:
        slow = Sentence("Decoding took longer than {count} seconds.", count=round(order.timeout_s))
        return Unreadable(order.path, slow, "photo" if order.is_odd else "time")
    except Killed:
        raise
    except Crashed:
        return Unreadable(order.path, CRASHED)
    if isinstance(answer, FileNotFoundError | Large):
        raise answer
    return answer


def _prepare() -> Callable[[Order], Answer]:
    import pi_heif

    pi_heif.register_heif_opener()
    _return_memory()
    return _decode


def _return_memory() -> None:
    """Let the memory of a picture go back to the system as soon as it is free: glibc would keep blocks below 32 MB."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)


def _decode(order: Order) -> Answer:
    lift_limit = limit_memory(order.memory_bytes)
    try:
        try:
            with without_remarks(), order.open() as source:
                return decode(_open(source, order), order.digest, order.wanted)
        finally:
            lift_limit()  # first of all: without memory, not even the answer could be made
    except (FileNotFoundError, Large) as error:
        return error
    except MemoryError as error:
        return Unreadable(order.path, explain(error)) if order.is_odd or order.may_be_large else Large()
    except Exception as error:  # a hostile file can provoke anything
        return Unreadable(order.path, explain(error), "disk" if is_of_the_machine(error) else "photo")


def _open(source: BinaryIO, order: Order) -> Picture:
    if order.kind.decoder == "rawpy":
        import rawpy

        from photosearch.ingest.decoding.raw import open_raw

        try:
            return open_raw(source, order.wanted)
        except rawpy.LibRawError:
            source.seek(0)  # its name ends like that of a RAW file, but it may be an ordinary picture
    return open_picture(source, order.kind.format, order.wanted, order.may_be_large)
