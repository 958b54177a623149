"""A process that holds only what a test needs, to fork from.

To fork the process of the tests takes longer than most of what is tried: it holds all that any test has loaded.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Protocol, TypeVar

Answer = TypeVar("Answer")


class Ask(Protocol):
    """Has a call, which is sent to the process, made there; its answer, or EOFError where the process ended."""

    def __call__(self, call: Callable[[], Answer], /) -> Answer: ...


@contextmanager
def small_process() -> Generator[Ask]:
    """A process that makes one call after another."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_answer_all, args=(there,))
    process.start()
    there.close()

    def ask(call: Callable[[], Answer]) -> Answer:
        here.send(call)
        return here.recv()

    try:
        yield ask
    finally:
        here.close()
        process.join()


def _answer_all(connection: Connection) -> None:
    while True:
        try:
            call = connection.recv()
        except EOFError:
            return
        connection.send(call())
