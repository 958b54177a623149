"""Indexing by other machines: the workers of a Dask scheduler read and encode, and this process alone writes.

Workers see the same files, perhaps in another folder. One that is lost, slow or out of memory costs time: its files go
to another, in the end one by one, and a file that no worker can read is listed with the reason. Workers with another
version of the program are left out, as their descriptors might differ.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from photosearch.encode.bundle import CARD, MODEL, read_bundle
from photosearch.errors import LibraryError
from photosearch.files import read_file
from photosearch.ingest.decoding.decoders import decoders
from photosearch.ingest.machine import Remote, read_files
from photosearch.models import FoundFile, Read, Unreadable
from photosearch.paths import moved, shown
from photosearch.sentences import Sentence, verbatim

ADDRESS = re.compile(r"(tcp|tls)://[\w.:\[\]-]+:\d{1,5}", re.ASCII)
CONNECT_S, LOST_S, LOOK_S, WAIT_S = 10.0, 60.0, 5.0, 0.1
SLOW_S = 600.0  # for a batch, after which it is given to another worker
BATCHES = 2  # that each thread of a worker has ahead
UNSEEN = 20  # files that nobody sees, with none seen: then the folders lie elsewhere
MOST_BYTES = 1 << 30  # of an encoder


class Batch(NamedTuple):
    """Files that some workers may read, and until when."""

    files: list[FoundFile]
    workers: frozenset[str]
    until: float


class Machines:
    """The workers of one scheduler; close it when done."""

    def __init__(self, address: str, moves: Mapping[str, str]) -> None:
        """`moves`: folders as they are called here, and as workers call them. Raises LibraryError."""
        try:
            from distributed import Client
        except ImportError:
            raise LibraryError(
                "Other machines are reached with Dask, which is not installed: pip install “photosearch[cluster]”."
            ) from None
        self._address, self._moves = address, moves
        if not ADDRESS.fullmatch(address):
            raise LibraryError(
                "“{address}” is no address of a scheduler, like tcp://HOST:8786.", address=shown(address)
            )
        try:
            self._client: Any = Client(address, timeout=CONNECT_S)
        except Exception as error:  # whatever Dask's transports raise
            raise LibraryError(
                "The scheduler “{address}” cannot be reached: {reason}.",
                address=shown(address),
                reason=verbatim(_first_line(error)),
            ) from error
        self._fit: dict[str, int] = {}  # workers of this version, with their threads
        self._asked: dict[str, Any] = {}  # workers that were asked for their version: one that died never answers
        self._versions: dict[str, object] = {}
        self._looked_at = self._lost_at = 0.0
        self._shared: Any = None  # the files of the encoder, once workers hold them
        self._is_any_done = threading.Event()

    def close(self) -> None:
        """Leave the scheduler."""
        self._client.close()

    def read_ahead(
        self,
        files: Iterator[FoundFile],
        folder: Path,
        known: Callable[[bytes], int | None],
        batch_size: int,
    ) -> Generator[list[Read]]:
        """As `pipeline.read_ahead`, with the encoder in `folder`; raises LibraryError where no worker can go on."""
        bundle = read_bundle(folder)
        model = {name: read_file(folder / name, MOST_BYTES) for name in (MODEL, CARD)}
        self._look(is_first=True)
        self._shared = None  # perhaps another encoder's
        pending: dict[Any, Batch] = {}
        again, is_end, seen, unseen = list[list[FoundFile]](), False, 0, 0
        try:
            while True:
                self._look()
                again += self._orphans(pending)
                while len(pending) < BATCHES * sum(self._fit.values()) and self._share(model):
                    batch = again.pop() if again else list(islice(files, batch_size))
                    if not batch:
                        is_end = True
                        break
                    until = time.monotonic() + SLOW_S
                    pending[self._submit(batch, bundle.id)] = Batch(batch, frozenset(self._fit), until)
                if is_end and not pending and not again:
                    return
                reads = list[Read]()
                for future in self._finished(pending):
                    batch = pending.pop(future).files
                    found, repeated = self._result(future, batch, known)
                    reads += found
                    again += repeated
                seen += sum(not _is_unseen(read) for read in reads)
                unseen += sum(_is_unseen(read) for read in reads)
                if not seen and unseen >= UNSEEN:
                    raise LibraryError(
                        "The workers do not see “{path}”. If its folder lies elsewhere there: --map HERE=THERE.",
                        path=shown(reads[-1].file.path),
                    )
                yield reads
        finally:
            self._client.cancel(list(pending))

    def _share(self, model: Mapping[str, bytes]) -> bool:
        """Whether the workers hold the files of the encoder; those that all their holders took along are sent again."""
        if not self._shared or self._shared.status != "finished":
            try:  # without a hash, the key is a new one: the scheduler has not forgotten that the former is lost
                [self._shared] = self._client.scatter([model], broadcast=True, hash=False, timeout=CONNECT_S)
            except OSError:  # all workers are gone, and `_look` is about to see it
                return False
        return True

    def _submit(self, batch: Sequence[FoundFile], bundle_id: str) -> Any:
        paths = [moved(file.path, self._moves) for file in batch]
        fit = list(self._fit)
        future = self._client.submit(read_files, paths, bundle_id, self._shared, pure=False, retries=1, workers=fit)
        future.add_done_callback(lambda _: self._is_any_done.set())
        return future

    def _orphans(self, pending: dict[Any, Batch]) -> list[list[FoundFile]]:
        """The files of batches whose workers are all gone, while there are others; they are no longer pending."""
        lost = [future for future, batch in pending.items() if self._fit and self._fit.keys().isdisjoint(batch.workers)]
        self._client.cancel(lost)
        return [pending.pop(future).files for future in lost]

    def _finished(self, pending: Mapping[Any, Batch]) -> list[Any]:
        """Futures that are done, or take too long; after WAIT_S at most."""
        self._is_any_done.wait(WAIT_S)
        self._is_any_done.clear()
        now = time.monotonic()
        return [future for future, batch in pending.items() if future.done() or now > batch.until]

    def _result(
        self, future: Any, batch: list[FoundFile], known: Callable[[bytes], int | None]
    ) -> tuple[list[Read], list[list[FoundFile]]]:
        """The result of a batch, and what is to be read again: file by file, after its worker failed."""
        from distributed import CancelledError, KilledWorker

        status = future.status
        try:
            if status in ("pending", "lost"):
                self._client.cancel([future])
                raise TimeoutError
            remote: list[Remote] = future.result(CONNECT_S)
        except CancelledError:  # which is no Exception: the scheduler has forgotten it together with its worker
            return [], [batch]
        except Exception as error:  # whatever a worker can raise
            is_late = isinstance(error, TimeoutError)
            if is_late and status == "finished":  # the worker died with its result, and nobody is left to make it again
                self._client.cancel([future])
                return [], [batch]
            if len(batch) > 1:
                return [], [[file] for file in batch]
            cause = "time" if is_late else "memory"
            why = (
                Sentence("The workers that read it ended.")
                if isinstance(error, KilledWorker)
                else Sentence("A worker could not read it: {reason}", reason=verbatim(_first_line(error)))
            )
            return [Read(file, Unreadable(file.path, why, cause)) for file in batch], []
        return [_as_here(file, each, known) for file, each in zip(batch, remote, strict=True)], []

    def _look(self, is_first: bool = False) -> None:
        """Find out from time to time which workers there are, and which of them can be used."""
        now = time.monotonic()
        if not is_first and now - self._looked_at < LOOK_S:
            return
        self._looked_at = now
        told: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        for address in told.keys() - self._asked.keys():
            self._asked[address] = self._client.submit(_about(), pure=False, workers=[address])
        until = now + CONNECT_S if is_first else now
        while not self._hear(told) and time.monotonic() < until:
            time.sleep(WAIT_S)
        fit = [address for address in told if self._versions.get(address) == decoders()]
        self._fit = {address: told[address]["nthreads"] for address in fit}
        self._lost_at = self._lost_at or now if not fit else 0.0
        if is_first and not told:
            raise LibraryError(
                "The scheduler “{address}” has no workers yet. On each machine: dask worker {address}",
                address=shown(self._address),
            )
        if is_first and not fit:
            raise LibraryError(
                "No worker of “{address}” has this version of Photosearch, with the same decoders.",
                address=shown(self._address),
            )
        if self._lost_at and now - self._lost_at > LOST_S:
            raise LibraryError(
                "All workers are gone. The photos read so far are kept; run this again when there are some."
            )

    def _hear(self, there: Collection[str]) -> bool:
        """Take in what workers answered about their version; True once all that are there have."""
        from distributed import CancelledError

        for address, future in list(self._asked.items()):
            if address not in there:
                del self._asked[address]
                self._versions.pop(address, None)
            elif address not in self._versions and future.done():
                try:
                    self._versions[address] = future.result(WAIT_S)
                except (Exception, CancelledError):  # it has none, or went away with its answer
                    self._versions[address] = None
        return self._versions.keys() >= self._asked.keys()


def _as_here(file: FoundFile, remote: Remote, known: Callable[[bytes], int | None]) -> Read:
    """The result of a worker as if the file had been read here."""
    outcome = remote.outcome
    if outcome is None:
        is_here = os.path.exists(file.path)
        return Read(file, Unreadable(file.path, UNSEEN_THERE, "disk") if is_here else None)
    if isinstance(outcome, Unreadable):
        return Read(file, Unreadable(file.path, outcome.reason, outcome.cause))
    return Read(file, known(outcome.digest) or outcome, remote.vector, remote.panels)


UNSEEN_THERE = Sentence("The workers do not see the file.")


def _is_unseen(read: Read) -> bool:
    return isinstance(read.outcome, Unreadable) and read.outcome.reason == UNSEEN_THERE


def _about() -> Callable[[], object]:
    """A function that tells the versions of a worker, which need not have this program: so it is sent as a whole."""

    def about() -> object:
        try:
            from photosearch.ingest.decoding.decoders import decoders
        except ImportError:
            return None
        return decoders()

    return about


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
