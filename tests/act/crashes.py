"""Ends what clears photos away before any call of it that changes something: by an exception, or the process itself."""

import os
import signal
import sys
import warnings
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pi_heif  # noqa: F401  as each child that is forked would load it anew
import pytest
from PIL import Image

from photosearch.store.catalog import Catalog
from tests.trash import HAS_OWN, refuse_trash, use_trash

if HAS_OWN:
    import send2trash.plat_other  # noqa: F401  for the same reason

CHANGES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "os.chmod"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

Job = Callable[[Catalog], Generator[object, None, Any]]


class Killed(BaseException):
    """The process is no more."""


class Countdown:
    """Ends this process, or what it is doing, before the n-th call that changes a file or commits to the catalog."""

    def __init__(self) -> None:
        self._left = 0
        self._end: Callable[[], None] = lambda: None
        self._hears = False

    def start(self, calls: int, end: Callable[[], None]) -> None:
        if calls and not self._hears:  # only now, as nobody can take a hook away again
            sys.addaudithook(self._hear)
            self._hears = True
        self._left, self._end = calls, end

    def stop(self) -> None:
        self._left = 0

    def hear_sql(self, statement: str) -> None:
        if statement == "COMMIT":
            self._tick()

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._left and (event in CHANGES or (event == "open" and arguments[2] & WRITING)):
            self._tick()

    def _tick(self) -> None:
        if self._left:
            self._left -= 1
            if not self._left:
                self._end()


COUNTDOWN = Countdown()


def die() -> None:
    raise Killed


def drive(job: Generator[object, None, Any], stop: int = 0) -> None:
    """Run a job to its end, or close it after `stop` steps."""
    for step, _ in enumerate(job, 1):
        if step == stop:
            job.close()
            return


def run_here(file: Path, job: Job, crash: int, stop: int) -> bool:
    """Run a job on the catalog `file` till an exception at its `crash`-th call; whether it ended."""
    with closing(Catalog(file)) as catalog:
        COUNTDOWN.start(crash, die)
        try:
            drive(job(catalog), stop)
        except Killed:
            return False
        finally:
            COUNTDOWN.stop()
    return True


def run_and_kill(file: Path, job: Job, crash: int, stop: int, home: Path, has_trash: bool) -> bool:
    """The same in a process of its own, which is killed at that call; its trash is in `home`, if it has one."""
    Image.init()  # once, as else each child would load all formats anew
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which this does not touch
        child = os.fork()
    if child == 0:
        try:
            patch = pytest.MonkeyPatch()
            use_trash(patch, home)
            if not has_trash:
                refuse_trash(patch)
            catalog = Catalog(file)
            catalog.connection.set_trace_callback(COUNTDOWN.hear_sql)
            COUNTDOWN.start(crash, lambda: os.kill(os.getpid(), signal.SIGKILL))
            drive(job(catalog), stop)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL)
    return code == 0
