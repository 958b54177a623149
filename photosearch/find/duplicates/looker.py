"""Processes that look at pairs of originals and read them: a picture takes longer to hand over than to decode."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.models import Container, Coverage, Side
from photosearch.worker_process import Crashed, NotStarted, Slow, Worker

if TYPE_CHECKING:  # OpenCV takes a while to import
    from photosearch.find.originals.stored import Original

TIMEOUT_S = 300.0
HELD, HELD_BYTES = 2, 220_000_000  # pictures that a process keeps, as the next pair often has one of them; of both

EQUAL = Coverage("same", (Side("yes"), Side("yes")), numbers={"levels": 0.0})  # as pixels, whatever the files say

Pixels = NDArray[np.uint8]  # [H,W,3], a whole photo as it is seen


class Originals(NamedTuple):
    """Where originals come from, None where they cannot be read; the first two are functions of modules."""

    plain: Callable[[str], Pixels | None]  # those that may be decoded by the process that looks at them
    container: Callable[[str], Container | None]
    picture: Callable[[str], Pixels | None]  # all others; asked from any thread of this process


class File(NamedTuple):
    """A file as it is known: if it changes, it is another one."""

    path: str
    size_bytes: int
    mtime_ns: int


class Question(NamedTuple):
    """A pair of originals to look at, and one of these where the process cannot decode it."""

    one: File
    other: File
    decoded: tuple[File, Pixels] | None = None


class Told(NamedTuple):
    """The relation between two originals by their pixels, and what else their files hold."""

    coverage: Coverage
    containers: tuple[Container, Container]


Answer = Told | File | None  # a file: it is to be decoded first; None: one of the files is no picture


class Lookers:
    """The processes of one search, at most one a thread: started when they are first needed, ended with it."""

    def __init__(self, originals: Originals, threads: int) -> None:
        self.threads = threads
        self._originals = originals
        self._idle: list[Looker] = []
        self._lock = threading.Lock()
        self._one = threading.Lock()  # who hands over a picture, which may be large
        self._here = Looker(originals, self._one, apart=False)

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
            return self._idle.pop() if self._idle else Looker(self._originals, self._one, apart=True)

    def give_back(self, looker: "Looker") -> None:
        """Take back a looker that is no longer in use."""
        if looker is not self._here:
            with self._lock:
                self._idle.append(looker)


class Looker:
    """Looks at pairs, one caller at a time: apart, or here where that is asked for or no process starts."""

    def __init__(self, originals: Originals, one: threading.Lock, apart: bool) -> None:
        self._picture = originals.picture
        self._prepare = partial(prepare, originals.plain, originals.container)
        self._one = one
        self._worker = Worker[Question, Answer](self._prepare) if apart else None
        self._here: Callable[[Question], Answer] | None = None

    def look(self, one: File, other: File) -> Told | None:
        """The result for two originals; None where one cannot be read, or the process crashes on them or hangs."""
        answer = self._ask(Question(one, other))
        if not isinstance(answer, File):
            return answer
        with self._one:
            for _ in (one, other):
                pixels = self._picture(answer.path)
                answer = None if pixels is None else self._ask(Question(one, other, (answer, pixels)))
                if not isinstance(answer, File):
                    return answer
        return None

    def close(self) -> None:
        """End the process; no comparison may be in progress."""
        if self._worker:
            self._worker.end()

    def _ask(self, question: Question) -> Answer:
        try:
            if self._worker:
                return self._worker.ask(question, TIMEOUT_S)
        except NotStarted:
            self._worker = None
        except (Crashed, Slow):
            return None
        self._here = self._here or self._prepare()
        return self._here(question)


def prepare(
    plain: Callable[[str], Pixels | None], container: Callable[[str], Container | None]
) -> Callable[[Question], Answer]:
    """The function that looks at a pair, and keeps the pictures that it looked at last."""
    from photosearch.find.originals.coverage import conclude
    from photosearch.find.originals.measures import measure
    from photosearch.find.originals.stored import Original

    held = dict[File, tuple[Original, Container]]()  # the one used last at the end

    def read(file: File, decoded: tuple[File, Pixels] | None) -> "tuple[Original, Container] | File | None":
        if found := held.pop(file, None):
            held[file] = found
            return found
        _forget(held, HELD - 1)  # before another takes memory
        if (inside := container(file.path)) is None:
            return None
        pixels = decoded[1] if decoded and decoded[0] == file else plain(file.path)
        if pixels is None:
            return file
        steps = None if inside.table is None else np.array(inside.table, np.float64).reshape(8, 8)
        held[file] = Original(np.ascontiguousarray(pixels), steps, inside.orientation), inside
        return held[file]

    def look(question: Question) -> Answer:
        read_both: list[tuple[Original, Container]] = []
        for file in (question.one, question.other):
            found = read(file, question.decoded)
            if found is None or isinstance(found, File):
                return found
            read_both.append(found)
        (one, first), (other, second) = read_both
        is_equal = np.array_equal(one.pixels, other.pixels)
        told = Told(EQUAL if is_equal else conclude(measure(one, other)), (first, second))
        _forget(held, HELD)
        return told

    return look


def _forget(held: "dict[File, tuple[Original, Container]]", count: int) -> None:
    """Forget pictures, the one used longest ago first, until no more than `count` are left, of a bounded size."""
    while len(held) > count or sum(each.pixels.nbytes for each, _ in held.values()) > HELD_BYTES:
        del held[next(iter(held))]
