"""Output of the command line: progress bars, Ctrl-C that stops at a safe point, sizes, times and summaries in words."""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from photosearch.models import Progress, Summary, lacking_in_words
from photosearch.paths import printable, shown

if TYPE_CHECKING:
    from tqdm import tqdm

OK, FAULT, USAGE, STOPPED = 0, 1, 2, 130  # exit codes: done, the environment is at fault, wrong usage, Ctrl-C

Result = TypeVar("Result")
MOST_DIGITS = 18  # of a number, which SQLite holds
MOST_LISTED = 10  # lines on unreadable files
WAITING = "Another Photosearch is writing to this library; waiting for it to finish …"


class Stopped(Exception):
    """The person pressed Ctrl-C, and the job has ended at a safe point."""


def run_job(job: Generator[Progress, None, Result]) -> Result:
    """Run a long job with a progress bar on stderr if that is a terminal; raises Stopped after a Ctrl-C."""
    with listen_for_interrupt() as interrupted, _Bar() as bar:
        try:
            while not interrupted.is_set():
                bar.show(next(job))
        except StopIteration as end:
            return end.value
        job.close()
    raise Stopped


class Parser(argparse.ArgumentParser):
    """Tells of wrong usage, in which it repeats what it was given."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        complain(f"{self.prog}: error: {message}")
        sys.exit(2)


def named(text: str) -> str:
    """The name of a file or folder, for a parser.

    No name at all is not that of the current folder, nor the wish for all folders.
    """
    if not text:
        raise argparse.ArgumentTypeError("a file or folder needs a name")
    return text


def named_path(text: str) -> Path:
    """The same as a Path."""
    return Path(named(text))


def whole_number(text: str) -> int:
    """A number of things, or that of one, for a parser."""
    number = int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"a whole number of at most {MOST_DIGITS} digits, from 1 on, is wanted")
    return number


def say(text: str = "") -> None:
    """Print a line for the person; nothing in it steers the terminal, nor does a name that is no text stop it."""
    sys.stdout.write(printable(text) + "\n")


def complain(text: str) -> None:
    """Print one line to stderr."""
    sys.stderr.write(shown(text) + "\n")


def print_json(document: object) -> None:
    """Print a document on stdout, in ASCII: names that are no valid text travel as lone surrogates."""
    json.dump(document, sys.stdout, indent=2)
    sys.stdout.write("\n")


def size_in_words(size_bytes: float) -> str:
    """1 536 000 -> 1.5 MB."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size_bytes < 1000:
            return f"{size_bytes:.0f} {unit}" if unit == "bytes" else f"{size_bytes:.1f} {unit}"
        size_bytes /= 1000
    return f"{size_bytes:.1f} TB"


def count_in_words(count: int, what: str) -> str:
    """1 photo, 1,536 photos."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def time_in_words(seconds: float) -> str:
    """A duration in words, no more exactly than it is known."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def summary_as_json(summary: Summary) -> dict[str, object]:
    """The result of indexing as plain values for JSON."""
    document = asdict(summary)
    document["unreadable"] = [{"path": photo.path, "reason": photo.reason} for photo in summary.unreadable]
    document["incomplete"] = [photo._asdict() for photo in summary.incomplete]
    document["left_out"] = [{"path": each.path, "reason": each.reason} for each in summary.left_out]
    return document


def tell_summary(summary: Summary) -> None:
    """Print the result of indexing."""
    changes = {
        "added": summary.added,
        "changed": summary.changed,
        "moved": summary.moved,
        "missing": summary.missing,
        "offline": summary.offline,
        "encoded again": summary.encoded_again,
        "unchanged": summary.unchanged,
        "unreadable": len(summary.unreadable),
    }
    counted = ", ".join(f"{count:,} {change}" for change, count in changes.items() if count) or "nothing to do"
    say(f"{count_in_words(summary.photos, 'photo')} in the library: {counted}.")
    say(
        f"It took {time_in_words(summary.seconds)}"
        + (f", {summary.photos_per_s:.0f} photos/s." if summary.photos_per_s >= 1 else ".")
    )
    for line in troubles_in_words(summary_as_json(summary)):
        say(f"  {line}")
    if summary.hindrance:
        complain(f"The encoder that is to take over does not go on. {summary.hindrance} The one in use serves on.")


def troubles_in_words(document: Mapping[str, Any]) -> list[str]:
    """The lines of a JSON document on photos that could not be read, or only in part, or were left out."""
    lines: list[str] = []
    for named in (
        [f"{shown(each['path'])}: {each['reason']}" for each in document["unreadable"]],
        [f"{shown(each['path'])}: {lacking_in_words(each['lacking'])}" for each in document["incomplete"]],
        [f"left out: {shown(each['path'])}: {each['reason']}" for each in document["left_out"]],
    ):
        lines += named[:MOST_LISTED]
        if len(named) > MOST_LISTED:
            lines.append(f"… and {len(named) - MOST_LISTED:,} more: photosearch status --json lists all")
    return lines


class _Bar:
    """One tqdm bar a stage."""

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None
        self._stage = ""
        self._is_shown = sys.stderr.isatty()

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, progress: Progress) -> None:
        if progress.stage != self._stage:
            self._begin(progress)
        if self._bar is None:
            return
        self._bar.n = progress.done
        notes = []
        if progress.eta_s is not None:
            notes.append(f"about {time_in_words(progress.eta_s)} left")
        if progress.photos_per_s is not None:
            notes.append(f"{progress.photos_per_s:.0f} photos/s")
        if progress.unreadable:
            notes.append(f"{progress.unreadable} unreadable")
        self._bar.set_postfix_str(", ".join(notes), refresh=False)
        self._bar.refresh()

    def _begin(self, progress: Progress) -> None:
        self._stage = progress.stage
        if progress.stage == "waiting":
            complain(WAITING)
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        if self._is_shown and progress.stage != "waiting":
            shape = "{desc} {n:,} of {total:,} |{bar}| {postfix}" if progress.total else "{desc} {n:,} {postfix}"
            from tqdm import tqdm

            title = progress.stage.capitalize()
            self._bar = tqdm(total=progress.total, desc=title, bar_format=shape, leave=False, dynamic_ncols=True)


@contextmanager
def listen_for_interrupt() -> Generator[threading.Event]:
    """Turn the first Ctrl-C into an event; a second one ends the process, which is safe too, only less polite."""
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return

    def note(*_: object) -> None:
        interrupted.set()
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)
