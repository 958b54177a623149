"""Bringing a library up to date: scan, compare, then read and encode what is new, batch by batch."""

import os
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from photosearch.encode.encoder import Encoder
from photosearch.errors import FolderError
from photosearch.ingest.reader import Reader
from photosearch.ingest.scan import is_away, scan
from photosearch.paths import inside, shown
from photosearch.photo import Decoded, FoundFile, Progress, Read, State, Summary, Unreadable
from photosearch.store.catalog import Catalog, Folder
from photosearch.store.rescan import Rescan
from photosearch.store.thumbnails import Thumbnails

BATCH = 8  # photos that a thread reads and then encodes in one call; a kill loses one batch a thread
SCAN_BATCH = 2_000
REPORT_EVERY_S = 0.1
RATE_WINDOW_S = 20.0


@dataclass
class Sweep:
    """A folder to scan: `start`, which is an added folder or lies in it."""

    start: str
    folder: Folder
    nested: tuple[str, ...] = ()  # added folders below `start` that this run does not scan
    unreachable: list[str] = field(default_factory=list[str])

    def fate(self, path: str) -> State | None:
        """What became of a known photo that the scan did not meet; None: nobody asks for it any more."""
        if any(inside(path, folder) for folder in self.nested):
            return "present"
        if any(path == away or inside(path, away) for away in self.unreachable) or is_away(path):
            return "offline"
        if not os.path.lexists(path):
            return "missing"
        is_deeper = os.path.dirname(path) != self.start
        return "present" if is_deeper and self.start != self.folder.path and not self.folder.recurse else None


def index(
    catalog: Catalog, thumbnails: Thumbnails, encoder: Encoder, sweeps: Sequence[Sweep], threads: int
) -> Generator[Progress, None, Summary]:
    """Make the catalog agree with the folders; it yields only where closing it loses nothing.

    Raises FolderError if a folder goes away in the middle; what was read until then is kept.
    """
    started = time.monotonic()
    rescan = Rescan(catalog, catalog.encoder_id(encoder.bundle.id))
    try:
        yield from _scan(rescan, sweeps)
        for sweep in sweeps:
            rescan.settle(sweep.start, sweep.fate)
        total = rescan.plan()
        unreadable = yield from _read_all(rescan, thumbnails, encoder, sweeps, threads, total)
        thumbnails.discard(rescan.prune())
        seconds = time.monotonic() - started
        tally = rescan.tally
        return Summary(
            added=tally["added"],
            changed=tally["changed"],
            moved=tally["moved"],
            missing=tally["missing"],
            offline=tally["offline"],
            unchanged=tally["unchanged"],
            encoded_again=tally["encoded_again"],
            unreadable=tuple(unreadable),
            photos=rescan.count_present(),
            seconds=seconds,
            photos_per_s=total / max(seconds, 1e-9),
        )
    finally:
        rescan.close()


def _scan(rescan: Rescan, sweeps: Sequence[Sweep]) -> Generator[Progress]:
    met = 0
    for sweep in sweeps:
        folder = sweep.folder
        files = scan(sweep.start, folder.path, folder.recurse, folder.exclude, sweep.unreachable)
        while batch := list(islice(files, SCAN_BATCH)):
            rescan.note(batch)
            met += len(batch)
            yield Progress("scanning", met)


def _read_all(
    rescan: Rescan, thumbnails: Thumbnails, encoder: Encoder, sweeps: Sequence[Sweep], threads: int, total: int
) -> Generator[Progress, None, list[Unreadable]]:
    """Read and encode on `threads` threads, a bounded number of batches ahead; write on this one."""
    unreadable: list[Unreadable] = []
    files, pace, done = rescan.todo(), _Pace(total), 0
    pending: set[Future[list[Read | None]]] = set()
    with Reader(encoder.bundle.input_size, encoder.bundle.resize, threads) as reader:
        pool = ThreadPoolExecutor(threads, "reader")
        try:
            while True:
                while len(pending) < 2 * threads and (batch := list(islice(files, BATCH))):
                    pending.add(pool.submit(read_batch, batch, reader, encoder, rescan.known))
                if not pending:
                    return unreadable
                finished, pending = wait(pending, REPORT_EVERY_S, FIRST_COMPLETED)
                for future in finished:
                    reads = future.result()
                    done += len(reads)
                    failed = [
                        read.outcome for read in reads if read is not None and isinstance(read.outcome, Unreadable)
                    ]
                    if None in reads or any(failure.transient for failure in failed):
                        _require(sweeps, total - done)
                    _record(rescan, thumbnails, [read for read in reads if read is not None])
                    unreadable += failed
                if pace.is_due(done):
                    yield pace.progress(done, len(unreadable))
        finally:
            pool.shutdown(cancel_futures=True)


def read_batch(
    files: Sequence[FoundFile], reader: Reader, encoder: Encoder, known: Callable[[bytes], int | None]
) -> list[Read | None]:
    """Read some files and encode their pixels in one call; None for a file that is gone."""
    reads: list[Read | None] = []
    waiting: list[tuple[int, FoundFile, Decoded]] = []
    for file in files:
        try:
            answer = reader.read(file.path, known)
        except FileNotFoundError:
            reads.append(None)
            continue
        if isinstance(answer, Decoded):
            waiting.append((len(reads), file, answer))
            reads.append(None)
        else:
            reads.append(Read(file, answer))
    if waiting:
        vectors = encoder.encode(np.stack([decoded.pixels for _, _, decoded in waiting]))
        for (position, file, decoded), vector in zip(waiting, vectors, strict=True):
            reads[position] = Read(file, decoded, vector)
    return reads


def read_all(
    paths: Sequence[str], encoder: Encoder, threads: int
) -> Generator[Progress, None, list[NDArray[np.float32] | Unreadable]]:
    """Encode files without a library: float32[D] of each, in order."""
    files = [FoundFile(path, 0, 0) for path in paths]
    answers: list[NDArray[np.float32] | Unreadable] = []
    with Reader(encoder.bundle.input_size, encoder.bundle.resize, threads) as reader:
        pool = ThreadPoolExecutor(threads, "reader")
        try:
            batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
            pending = [pool.submit(read_batch, batch, reader, encoder, lambda _: None) for batch in batches]
            for future in pending:
                for read in future.result():
                    match read:
                        case Read(vector=vector) if vector is not None:
                            answers.append(vector)
                        case Read(outcome=Unreadable() as unreadable):
                            answers.append(unreadable)
                        case _:
                            answers.append(Unreadable(paths[len(answers)], "There is no such file."))
                yield Progress("evaluating", len(answers), len(files))
        finally:
            pool.shutdown(cancel_futures=True)
    return answers


def _record(rescan: Rescan, thumbnails: Thumbnails, reads: list[Read]) -> None:
    """Write one batch; thumbnails first, since the catalog is what says that a photo is done."""
    thumbnails.put((read.outcome.digest, read.outcome.thumbnail) for read in reads if isinstance(read.outcome, Decoded))
    rescan.record(reads)


def _require(sweeps: Sequence[Sweep], left: int) -> None:
    """Stop if a folder went away while its photos were read: they are not unreadable."""
    for sweep in sweeps:
        if sweep.start not in sweep.unreachable and not os.path.isdir(sweep.start):
            raise FolderError(
                f"The folder “{shown(sweep.start)}” went away with about {left} photos still to read."
                " What was read is kept; plug the drive in and run this again."
            )


class _Pace:
    """When to report, the rate of late and the time left."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._marks = deque([(time.monotonic(), 0)])

    def is_due(self, done: int) -> bool:
        return done == self._total or time.monotonic() - self._marks[-1][0] >= REPORT_EVERY_S

    def progress(self, done: int, unreadable: int) -> Progress:
        now = time.monotonic()
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > RATE_WINDOW_S:
            self._marks.popleft()
        since, before = self._marks[0]
        rate = (done - before) / (now - since) if now > since and done > before else None
        left = (self._total - done) / rate if rate else None
        return Progress("indexing", done, self._total, unreadable, rate, left)
