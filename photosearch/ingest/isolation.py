"""Decoding in separate processes that may crash or hang: the photo is lost, the program is not."""

import io
import os
import queue
import threading
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from photosearch.apart import Crashed, Killed, NotStarted, Slow, Worker
from photosearch.ingest.decode import decode, explain, is_of_the_disk
from photosearch.ingest.formats import Kind
from photosearch.ingest.picture import Large, Picture, View, Wanted, open_picture
from photosearch.photo import Decoded, Unreadable

Answer = Decoded | Unreadable | FileNotFoundError | Large

TIMEOUT_S = 9.0
MEMORY_BYTES = 3 << 30  # of address space, where the system can limit it
SLOW = f"Decoding took longer than {TIMEOUT_S:.0f} seconds."
CRASHED = "The decoder crashed on this file."
KILLED = "The system ended the decoder, most likely as memory was short."
NOT_STARTED = "The separate process that decodes such files did not start."


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
        self._workers = [Worker[Order, Answer](_prepare) for _ in range(count)]
        self._idle: queue.LifoQueue[Worker[Order, Answer]] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._one = threading.Lock()  # who wants all workers

    def decode(self, order: Order) -> Decoded | Unreadable:
        """Decode one file; a crash or a hang of more than TIMEOUT_S makes it unreadable.

        Raises FileNotFoundError if the file is gone, and where `decode_alone` is to read it: Large for a picture that
        takes much memory, and Killed where the system ended the process.
        """
        worker = self._idle.get()
        try:
            return _ask(worker, order)
        finally:
            self._idle.put(worker)

    def decode_alone(self, order: Order) -> Decoded | Unreadable:
        """Decode one file, which may be large, while no other process decodes: this bounds the memory of all."""
        with self._one:
            workers = [self._idle.get() for _ in self._workers]
            try:
                for worker in workers[1:]:
                    worker.end()  # what it has set aside is free now
                return _ask(workers[0], order._replace(may_be_large=True))
            except Killed:
                return Unreadable(order.path, KILLED, "memory")
            finally:
                for worker in workers:
                    self._idle.put(worker)

    def close(self) -> None:
        """End the processes; nobody may be decoding."""
        for worker in self._workers:
            worker.end()


def _ask(worker: Worker[Order, Answer], order: Order) -> Decoded | Unreadable:
    try:
        answer = worker.ask(order, TIMEOUT_S)
    except NotStarted:
        return Unreadable(order.path, NOT_STARTED, "memory")
    except Slow:
        return Unreadable(order.path, SLOW, "time")
    except Killed:
        raise
    except Crashed:
        return Unreadable(order.path, CRASHED)
    if isinstance(answer, FileNotFoundError | Large):
        raise answer
    return answer


def _prepare() -> Callable[[Order], Answer]:
    _limit_memory()
    import pi_heif

    pi_heif.register_heif_opener()
    return _decode


def _decode(order: Order) -> Answer:
    try:
        with order.open() as source:
            return decode(_open(source, order), order.digest, order.wanted)
    except (FileNotFoundError, Large) as error:
        return error
    except Exception as error:  # a hostile file can provoke anything
        return Unreadable(order.path, explain(error), "disk" if is_of_the_disk(error) else "photo")


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
