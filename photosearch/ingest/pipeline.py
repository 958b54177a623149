"""Bringing a library up to date: scan, compare, then read and encode what is new, batch by batch."""

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

import numpy as np

from photosearch.encode.panels import METHOD
from photosearch.errors import FolderError
from photosearch.files import Unwanted
from photosearch.ingest.decoding.decoders import decoders
from photosearch.ingest.reader import Reader
from photosearch.ingest.scan import scan
from photosearch.ingest.sweep import Scope, Sweep, plan_sweeps
from photosearch.models import Decoded, FoundFile, Incomplete, Progress, Read, Summary, Unreadable
from photosearch.paths import shown
from photosearch.store.catalog import Catalog
from photosearch.store.tables.rescan import Rescan
from photosearch.store.thumbnails import Thumbnails

if TYPE_CHECKING:  # onnxruntime takes a tenth of a second to import, and not every question encodes
    from photosearch.encode.encoder import Encoder
    from photosearch.ingest.machines import Machines

BATCH = 8  # photos that a thread reads and then encodes in one call; a kill loses one batch a thread
SCAN_BATCH = 2_000
REPORT_EVERY_S = 0.1
RATE_WINDOW_S = 20.0


def index(
    catalog: Catalog,
    thumbnails: Thumbnails,
    load: "Callable[[], Encoder]",
    scope: Scope,
    readers: "int | Machines",
) -> Generator[Progress, None, Summary]:
    """Make the catalog agree with the folders of `scope`, encoding with the encoder that `load` gives.

    So many threads of this computer read, or other machines. It yields only where closing it loses nothing. Raises
    FolderError for a folder that is neither there nor known, and if one goes away in the middle; what was read until
    then is kept.
    """
    sweeps, encoder = plan_sweeps(catalog, scope), load()
    started = time.monotonic()
    rescan = Rescan(catalog, catalog.encoder_id(encoder.bundle.id), decoders(), METHOD)
    try:
        yield from _scan(rescan, sweeps)
        for sweep in sweeps:
            rescan.settle(sweep.start, sweep.state_of)
            rescan.note_left_out(sweep.start, sweep.left_out)
        total = rescan.plan(scope.verify)
        roots = [sweep.start for sweep in sweeps if sweep.is_reached]
        reading = _Reading(rescan, thumbnails, encoder, roots, readers)
        found = yield from reading.read_all(_Pace("indexing", total))
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
            unreadable=tuple(found.unreadable),
            incomplete=tuple(found.incomplete),
            left_out=tuple(each for sweep in sweeps for each in sweep.left_out),
            photos=rescan.count_present(),
            seconds=seconds,
            photos_per_s=total / max(seconds, 1e-9),
        )
    finally:
        rescan.close()


def encode_again(
    catalog: Catalog, thumbnails: Thumbnails, encoder: "Encoder", threads: int, is_wanted: Callable[[], bool]
) -> Generator[Progress, None, tuple[int, list[Unreadable]]]:
    """Encode the present photos that `encoder` has not encoded yet, as long as `is_wanted`; how many they
    were, and what could not be read.

    It yields only where closing it loses nothing. Raises FolderError if a folder goes away in the middle.
    """
    rescan = Rescan(catalog, catalog.encoder_id(encoder.bundle.id), decoders(), METHOD)
    try:
        todo, total = rescan.plan_again(), rescan.count_present()
        roots = [folder.path for folder in catalog.folders() if os.path.isdir(folder.path)]
        pace = _Pace("re-encoding", total, done=total - todo)
        found = yield from _Reading(rescan, thumbnails, encoder, roots, threads).read_all(pace, is_wanted)
        return rescan.tally["encoded_again"], found.unreadable
    finally:
        rescan.close()


@dataclass
class _Found:
    """The photos that could not be read, or not all of them."""

    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])
    incomplete: list[Incomplete] = field(default_factory=list[Incomplete])


def _scan(rescan: Rescan, sweeps: Sequence[Sweep]) -> Generator[Progress]:
    met = 0
    for sweep in sweeps:
        folder = sweep.folder
        files = scan(sweep.start, folder.path, folder.recurse, folder.exclude, sweep.left_out)
        while batch := list(islice(files, SCAN_BATCH)):
            rescan.note(batch)
            met += len(batch)
            yield Progress("scanning", met)


@dataclass
class _Reading:
    """Files that `rescan` asks for, read and encoded on so many threads or by machines, and written on this one.

    `roots` are the folders that they lie in.
    """

    rescan: Rescan
    thumbnails: Thumbnails
    encoder: "Encoder"
    roots: Sequence[str]
    readers: "int | Machines"

    def read_all(
        self, pace: "_Pace", is_wanted: Callable[[], bool] = lambda: True
    ) -> Generator[Progress, None, _Found]:
        """Read them all, as long as `is_wanted`; raises FolderError if a root goes away."""
        found = _Found()
        done, total = pace.done, pace.total
        with closing(self._ahead(total - done)) as batches:
            for reads in batches:
                if not is_wanted():
                    break
                done += len(reads)
                failed = [read.outcome for read in reads if isinstance(read.outcome, Unreadable)]
                if any(read.outcome is None for read in reads) or any(failure.transient for failure in failed):
                    _require(self.roots, total - done)
                _record(self.rescan, self.thumbnails, reads)
                found.unreadable += failed
                found.incomplete += [
                    Incomplete(read.file.path, read.outcome.facts.lacking)
                    for read in reads
                    if isinstance(read.outcome, Decoded) and read.outcome.facts.lacking
                ]
                if pace.is_due(done):
                    yield pace.progress(done, len(found.unreadable))
        return found

    def _ahead(self, left: int) -> Generator[list[Read]]:
        todo, known = self.rescan.todo(), self.rescan.known
        if not isinstance(self.readers, int):
            return self.readers.read_ahead(todo, self.encoder.folder, known, BATCH)
        return read_ahead(todo, self.encoder, known, self.readers, left)


def read_ahead(
    files: Iterator[FoundFile],
    encoder: "Encoder",
    known: Callable[[bytes], int | None],
    threads: int,
    count: int,
) -> Generator[list[Read]]:
    """Read and encode `count` files on `threads` threads, a bounded number ahead, and yield batches as they are done.

    An empty batch means that none was done for REPORT_EVERY_S. Closing this ends it as soon as the photos in hand are.
    """
    ahead = _batches(files, count, threads)
    stopping = threading.Event()
    pending: set[Future[list[Read]]] = set()
    with Reader(encoder.bundle.input_size, encoder.bundle.resize, threads) as reader:
        pool = ThreadPoolExecutor(threads, "reader")
        try:
            while True:
                while len(pending) < 2 * threads and (batch := next(ahead, None)):
                    pending.add(pool.submit(_read_batch, batch, reader, encoder, known, stopping))
                if not pending:
                    return
                finished, pending = wait(pending, REPORT_EVERY_S, FIRST_COMPLETED)
                if not finished:
                    yield []
                for future in finished:
                    yield future.result()
        finally:
            stopping.set()
            reader.stop()
            pool.shutdown(cancel_futures=True)


def _batches(files: Iterator[FoundFile], count: int, threads: int) -> Iterator[list[FoundFile]]:
    """Batches of up to BATCH of `count` files, ever smaller at the end: no thread is to wait long for the last ones."""
    while batch := list(islice(files, max(1, min(BATCH, count // (2 * threads))))):
        count -= len(batch)
        yield batch


def _read_batch(
    files: Sequence[FoundFile],
    reader: Reader,
    encoder: "Encoder",
    known: Callable[[bytes], int | None],
    stopping: threading.Event,
) -> list[Read]:
    """Read some files and encode their pixels in one call, and the panels of each in another: pages are rare."""
    reads: list[Read] = []
    for file in files:
        if stopping.is_set():
            break
        try:
            reads.append(Read(file, reader.read(file.path, known)))
        except FileNotFoundError:
            reads.append(Read(file, None))
        except Unwanted:
            break
    decoded = {place: read.outcome for place, read in enumerate(reads) if isinstance(read.outcome, Decoded)}
    if decoded:
        vectors = encoder.encode(np.stack([each.pixels for each in decoded.values()]))
        for (place, each), vector in zip(decoded.items(), vectors, strict=True):
            reads[place] = reads[place]._replace(vector=vector, panels=encoder.encode(each.panels))
    return reads


def _record(rescan: Rescan, thumbnails: Thumbnails, reads: list[Read]) -> None:
    """Write one batch; thumbnails first, since the catalog is what says that a photo is done."""
    thumbnails.put((read.outcome.digest, read.outcome.thumbnail) for read in reads if isinstance(read.outcome, Decoded))
    rescan.record(reads)


def _require(roots: Sequence[str], left: int) -> None:
    """Stop if a folder went away while its photos were read: they are not unreadable."""
    for root in roots:
        if not os.path.isdir(root):
            raise FolderError(
                "The folder “{path}” disappeared; photos still to be read: about {count}. Those read so far are kept;"
                " connect the drive and run this again.",
                path=shown(root),
                count=left,
            )


class _Pace:
    """When to report, the rate of late and the time left."""

    def __init__(self, stage: Literal["indexing", "re-encoding"], total: int, done: int = 0) -> None:
        self.total, self.done = total, done  # to begin with
        self._stage: Literal["indexing", "re-encoding"] = stage
        self._marks = deque([(time.monotonic(), done)])

    def is_due(self, done: int) -> bool:
        return done == self.total or time.monotonic() - self._marks[-1][0] >= REPORT_EVERY_S

    def progress(self, done: int, unreadable: int) -> Progress:
        now = time.monotonic()
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > RATE_WINDOW_S:
            self._marks.popleft()
        since, before = self._marks[0]
        rate = (done - before) / (now - since) if now > since and done > before else None
        left = (self.total - done) / rate if rate else None
        return Progress(self._stage, done, self.total, unreadable, rate, left)
