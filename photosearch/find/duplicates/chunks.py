"""Work on several threads, whose results come in one place, every half second or so."""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import closing
from queue import Empty, SimpleQueue
from typing import TypeVar

WRITE_EVERY_S = 0.5

Work = TypeVar("Work")
Result = TypeVar("Result")


def in_chunks(
    work: Callable[[Sequence[Work]], Iterator[Result]],
    todo: Sequence[Work],
    threads: int,
    most: int,
    interrupt: Callable[[], None] = lambda: None,
) -> Generator[list[Result]]:
    """Process chunks of at most `most` on `threads` threads; see `on_threads`."""
    start, lock = 0, threading.Lock()

    def take() -> Sequence[Work]:
        nonlocal start
        with lock:
            size = min(most, -(-(len(todo) - start) // (4 * threads)))  # ever less, so that all end together
            chunk, start = todo[start : start + size], start + size
        return chunk

    def run() -> Generator[Result]:
        while chunk := take():
            yield from work(chunk)

    return on_threads([run() for _ in range(threads)], interrupt)


def on_threads(jobs: Sequence[Generator[Result]], interrupt: Callable[[], None]) -> Generator[list[Result]]:
    """Run each job on a thread of its own; yield the results of all, if any, every half second or so.

    Where it is closed early, `interrupt` is called to let each job come to an end soon.
    """
    done, stop = SimpleQueue[Result](), threading.Event()

    def run(job: Generator[Result]) -> None:
        with closing(job):
            for result in job:
                done.put(result)
                if stop.is_set():
                    return

    def ready() -> Iterator[Result]:
        try:
            while True:
                yield done.get_nowait()
        except Empty:
            return

    pool = ThreadPoolExecutor(len(jobs), "comparer")
    runs = {pool.submit(run, job) for job in jobs}
    try:
        while runs:
            finished, runs = wait(runs, WRITE_EVERY_S, FIRST_EXCEPTION)
            yield list(ready())
            for each in finished:
                each.result()
    finally:
        stop.set()
        if runs:
            interrupt()
        pool.shutdown()


def eta_s(started: float, done: int, total: int) -> float | None:
    """Seconds left of work begun at `started`, on the monotonic clock; None before anything is done."""
    return (time.monotonic() - started) / done * (total - done) if done else None
