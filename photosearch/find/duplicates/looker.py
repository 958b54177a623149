"""Processes that look at pairs of originals and read them: a picture takes longer to hand over than to decode."""

import ctypes
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.files import Unwanted
from photosearch.models import Container, Coverage, Side
from photosearch.worker_process import Crashed, NotStarted, Slow, Worker

TIMEOUT_S = 300.0
HELD, HELD_BYTES = 2, 80_000_000  # pictures that a process keeps, as the next pair often has one of them; of both
LARGE_PIXELS = 64_000_000  # of both pictures of a pair: larger ones are looked at one at a time
TRIMMED_PIXELS = 4_000_000  # of both: more leave much memory behind
# Names and values of glibc's mallopt(3): how much free memory is kept, and from which size on a block is none of it
KEPT, ALONE = (-1, 256 << 20), (-3, 16 << 20)

EQUAL = Coverage("same", (Side("yes"), Side("yes")), numbers={"levels": 0.0})  # as pixels, whatever the files say

IsWanted = Callable[[], bool]
Pixels = NDArray[np.uint8]  # [H,W,3], a whole photo as it is seen


class Originals(NamedTuple):
    """Where originals come from, None where they cannot be read; the first two are functions of modules."""

    plain: Callable[[str], Pixels | None]  # those that may be decoded by the process that looks at them
    container: Callable[[str], Container | None]
    picture: Callable[[str, IsWanted], Pixels | None]  # all others; asked from any thread; may raise Unwanted


class File(NamedTuple):
    """A file as it is known, with the number of its pixels: if it changes, it is another one."""

    path: str
    size_bytes: int
    mtime_ns: int
    pixels: int


class Handed(NamedTuple):
    """An original that the process cannot decode itself."""

    file: File
    pixels: Pixels


class LookResult(NamedTuple):
    """The relation between two originals by their pixels, and what else their files hold."""

    coverage: Coverage
    containers: tuple[Container, Container]


Question = tuple[File, File] | Handed  # a pair of originals to look at, or one to keep for such a pair
Answer = (
    LookResult | File | None
)  # a file: it is to be handed over first; None: one of the files is no picture, or it is kept


class Lookers:
    """The processes of one search, at most one a thread: started when they are first needed, ended with it."""

    def __init__(self, originals: Originals, threads: int) -> None:
        self.threads = threads
        self._originals = originals
        self._idle: list[Looker] = []
        self._lock = threading.Lock()
        self._room = Room(threads)
        self._here = Looker(originals, self._room, apart=False)

    def __enter__(self) -> "Lookers":
        return self

    def __exit__(self, *_: object) -> None:
        for looker in self._idle:
            looker.close()

    def take(self, apart: bool) -> "Looker":
        """An idle looker; not `apart`: that of this process, for one thread."""
        if not apart:
            return self._here
        with self._lock:
            if not self._idle:
                self._idle.append(Looker(self._originals, self._room, apart=True))
            return self._idle.pop()

    def interrupt(self) -> None:
        """End what is being looked at, as nobody wants to know any more, nor anything else from these lookers."""
        self._room.is_left.set()

    def give_back(self, looker: "Looker") -> None:
        """Take back a looker that is no longer in use."""
        if looker is not self._here:
            with self._lock:
                self._idle.append(looker)


class Room:
    """Bounds the memory of all lookers: it has a place for each thread, and all of them are taken by a large pair."""

    def __init__(self, threads: int) -> None:
        self.one = threading.Lock()  # who hands over a picture, which may be large
        self.is_left = threading.Event()  # nobody waits for an answer any more
        self._count = threads
        self._places = threading.BoundedSemaphore(threads)
        self._turn = threading.Lock()  # so that nobody passes a large pair that waits

    def is_wanted(self) -> bool:
        """True while somebody waits for answers."""
        return not self.is_left.is_set()

    @contextmanager
    def taken(self, pixels: int) -> Generator[None]:
        """Wait until there is room for pictures of so many pixels together, and take it."""
        places = self._count if pixels > LARGE_PIXELS else 1
        with self._turn:
            for _ in range(places):
                self._places.acquire()
        try:
            yield
        finally:
            self._places.release(places)


class Looker:
    """Looks at pairs, one caller at a time: apart, or here where that is asked for or no process starts."""

    def __init__(self, originals: Originals, room: Room, apart: bool) -> None:
        self._plain, self._container, self._picture = originals
        self._room = room
        self._worker = Worker[Question, Answer](partial(prepare_apart, self._plain, self._container)) if apart else None
        self._here: Callable[[Question], Answer] | None = None

    def look(self, one: File, other: File) -> LookResult | None:
        """The result for two originals; None where one cannot be read, or the process crashes on them or hangs."""
        with self._room.taken(one.pixels + other.pixels):
            answer = self._ask((one, other))
            if not isinstance(answer, File):
                return answer
            with self._room.one:
                for _ in (one, other):
                    if not self._hand_over(answer):
                        return None
                    answer = self._ask((one, other))
                    if not isinstance(answer, File):
                        return answer
        return None

    def _hand_over(self, file: File) -> bool:
        """Decode a picture for the process, which alone keeps it; return whether it could be decoded."""
        try:
            pixels = self._picture(file.path, self._room.is_wanted)
        except Unwanted:
            return False
        if pixels is not None:
            self._ask(Handed(file, pixels))
        return pixels is not None

    def close(self) -> None:
        """End the process; no comparison may be in progress."""
        if self._worker:
            self._worker.end()

    def _ask(self, question: Question) -> Answer:
        if not self._room.is_wanted():
            return None
        try:
            if self._worker:
                return self._worker.ask(question, TIMEOUT_S, self._room.is_wanted)
        except NotStarted:
            self._worker = None
        except (Crashed, Slow, Unwanted):
            return None
        self._here = self._here or prepare(_while_wanted(self._plain, self._room.is_wanted), self._container)
        try:
            return self._here(question)
        except Unwanted:
            return None


def prepare_apart(
    plain: Callable[[str], Pixels | None], container: Callable[[str], Container | None]
) -> Callable[[Question], Answer]:
    """As `prepare`, for a process that does nothing else."""
    _keep_memory()
    return prepare(plain, container)


def prepare(
    plain: Callable[[str], Pixels | None], container: Callable[[str], Container | None]
) -> Callable[[Question], Answer]:
    """The function that looks at a pair, and keeps the pictures that it looked at last."""
    from photosearch.find.originals.coverage import relate
    from photosearch.find.originals.jpeg.stored import Original, original_of

    held = dict[File, tuple[Original, Container]]()  # the one used last at the end

    def hold(file: File, inside: Container, pixels: Pixels) -> tuple[Original, Container]:
        held[file] = original_of(pixels, inside), inside
        return held[file]

    def read(file: File) -> tuple[Original, Container] | File | None:
        if found := held.pop(file, None):
            held[file] = found
            return found
        while len(held) >= HELD:  # before another takes memory
            del held[next(iter(held))]
        if (inside := container(file.path)) is None:
            return None
        pixels = plain(file.path)
        return file if pixels is None else hold(file, inside, pixels)

    def look(one: File, other: File) -> Answer:
        read_both: list[tuple[Original, Container]] = []
        for file in (one, other):
            found = read(file)
            if found is None or isinstance(found, File):
                return found
            read_both.append(found)
        (first, inside), (second, inside_other) = read_both
        is_equal = np.array_equal(first.pixels, second.pixels)
        return LookResult(EQUAL if is_equal else relate(first, second), (inside, inside_other))

    def answer(question: Question) -> Answer:
        if not isinstance(question, Handed):
            found = look(*question)
            while isinstance(found, LookResult) and sum(each.pixels.nbytes for each, _ in held.values()) > HELD_BYTES:
                del held[next(iter(held))]
            if question[0].pixels + question[1].pixels > TRIMMED_PIXELS:
                _trim_memory()
            return found
        if inside := container(question.file.path):
            hold(question.file, inside, question.pixels)
        return None

    return answer


def _while_wanted(plain: Callable[[str], Pixels | None], is_wanted: IsWanted) -> Callable[[str], Pixels | None]:
    """`plain`, which raises Unwanted where what it read is no longer wanted."""

    def read(path: str) -> Pixels | None:
        pixels = plain(path)
        if not is_wanted():
            raise Unwanted
        return pixels

    return read


def _keep_memory() -> None:
    """Let free memory be used again: of small pairs, a quarter of the time goes for getting it from the system anew."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            for name, value in (KEPT, ALONE):
                ctypes.CDLL(None).mallopt(name, value)


def _trim_memory() -> None:
    """Give memory that is free back to the system: glibc keeps much of what large pictures took."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)
