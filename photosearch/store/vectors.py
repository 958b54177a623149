"""Nearest neighbours among the descriptors of one encoder: a graph for the bulk, exact scores for the rest.

The files of an index cover the oldest descriptors, up to the one that `stamp.json` beside them names. Younger ones are
scored exactly, so a few new photos need no new file, and a small library needs none at all. The files are a cache: they
are used only if their checksums match and the catalog still holds, under the same ids, some pictures spread over them.
"""

import hashlib
import json
import secrets
from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import LibraryError
from photosearch.models import Filter, Progress, Ranked
from photosearch.own_files import make_folder, private, read_stamp, replace_file
from photosearch.sentences import Sentence, system_reason
from photosearch.settings import usable_cores
from photosearch.store.catalog import Catalog
from photosearch.store.index.exact import in_order, rank, widen
from photosearch.store.index.graph import Graph, Links, is_available, read_graph
from photosearch.store.index.index import Index
from photosearch.store.index.matrix import Damaged, Matrix, MatrixWriter, row_bytes
from photosearch.store.index.sketch import Covariance
from photosearch.store.index.stamp import NAMED, Stamp

YOUNG_LIMIT = 5_000  # descriptors scored exactly before the index takes them in: 5 MB, a few milliseconds
LIVE_SHARE = 0.7  # an index that names fewer contents than this which still exist is built anew
GROWN = 4  # times as many descriptors as a sketch was fitted on: then it is fitted anew, and the graph with it
BREADTH = 0.4  # candidates looked at, times √n: it takes more to find 99 % among more
LEAST = 100  # candidates, where that is fewer
BREADTH_NEAR = 0.06  # the same for copies: 16 find all that 395 do, among 8,018 photos and among 100,000
FEW = 50  # contents that are read and scored exactly, times √n
STEP = 4_000  # descriptors between two reports of progress
SAMPLE = 8  # contents by which an index is known to belong to a catalog
MOST_NODE_BYTES = 1 << 16  # of a row in a graph: a file without end would be read for as long
MOST_SKETCH_BYTES = 1 << 24  # of the part of a graph's file that does not grow with the rows


@dataclass(frozen=True)
class Snapshot:
    """The data of one search: the index or None, the last descriptor's id, and the rows that the index lacks."""

    index: Index | None
    through: int
    young_ids: NDArray[np.int64]
    young: NDArray[np.float16]


class Vectors:
    """The descriptors of one encoder in one library, for search from any thread."""

    def __init__(self, catalog: Catalog, folder: Path, encoder: str, dimension: int) -> None:
        self._catalog = catalog
        self.folder = folder
        self._published = catalog.published_index(encoder)  # of a library that is only read: nothing here is changed
        self._is_distrusted = False  # a file of the published index is damaged
        self._encoder = encoder
        self._encoder_id = catalog.encoder_id(encoder)
        self.dimension = dimension
        self._lock = Lock()
        self._known: Snapshot | None = None

    def search(self, queries: NDArray[np.float32], k: int) -> Ranked:
        """The `k` nearest of each of float32[Q,D] unit queries, fewer columns where there are fewer contents.

        Contents without a file may be among them.
        """
        return self._search(queries, k, usable_cores())

    def search_near(self, queries: NDArray[np.float32], k: int, threads: int) -> Ranked:
        """As `search`, for many queries at once: all that is so near that it may be a copy, and nearly all else.

        A graph of the nearest of all photos comes of this, some thousand queries at a time: of the 10 and of the 30
        nearest 98 % are found among 20,000 made-up photos, in 0.1 and 0.2 ms of a core each.
        """
        return self._search(queries, k, threads, near=True)

    def _search(self, queries: NDArray[np.float32], k: int, threads: int, *, near: bool = False) -> Ranked:
        known = self._refresh()
        young = rank(queries, known.young_ids, known.young, k, threads)
        if known.index is None:
            return young
        root = len(known.index.matrix) ** 0.5
        candidates = round(BREADTH_NEAR * root) if near else max(LEAST, round(BREADTH * root))
        try:
            old = known.index.search(queries, k, candidates, threads, safe=not near)
        except Damaged:
            self._set_known(None)
            self._reject(known.index.matrix.file)
            return self._search(queries, k, threads, near=near)
        return in_order(np.hstack([young.ids, old.ids]), np.hstack([young.scores, old.scores]), k)

    def links(self) -> Links | None:
        """Contents that the index knows to be near each other, at hardly any cost; None where it has no graph.

        Young ones are not among them, and others may be gone.
        """
        index = self._refresh().index
        if index is None or index.graph is None:
            return None
        try:
            contents = index.matrix.contents()
        except Damaged:
            self._set_known(None)
            self._reject(index.matrix.file)
            return None
        rows, near = index.graph.links()
        return Links(contents[rows], near)

    @property
    def is_loaded(self) -> bool:
        """True if a search need not load the index."""
        return self._known is not None

    def warm_up(self) -> None:
        """Load the index ahead of the first search."""
        self._refresh()

    def few_among(self, only: Filter) -> tuple[NDArray[np.int64], NDArray[np.float16]] | None:
        """Content ids int64[n] and vectors float16[n,D] of what `only` lets through, for `rank`.

        None where they are so many that searching among all is quicker, although some of the nearest are left out.
        """
        at_most = round(FEW * self._catalog.last_content() ** 0.5)
        return self._catalog.descriptors_among(self._encoder_id, only, at_most)

    def descriptor(self, content_id: int) -> NDArray[np.float32] | None:
        """float32[D] of one content, or None if this encoder has not described it."""
        return self._catalog.descriptor(self._encoder_id, content_id)

    def descriptors(self, contents: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Those of some contents, as far as there are any: content ids int64[n], float32[n,D]."""
        ids, vectors = self._catalog.descriptors(self._encoder_id, contents.tolist())
        return ids, widen(vectors).reshape(-1, self.dimension)

    def extend(self, threads: int) -> Generator[Progress]:
        """Take the young descriptors into the index once they are many; closing this early changes nothing.

        For the library's writer only. Files that do not belong to this catalog and encoder are thrown away.
        """
        if self._catalog.is_published:
            return
        stamp = self.stamp()
        if not stamp:
            self.discard()
        total = self._catalog.count_descriptors(self._encoder_id)
        covered = self._catalog.count_descriptors(self._encoder_id, stamp.through) if stamp else 0
        lacks_graph = stamp is not None and not stamp.graph and is_available()
        if total - covered <= YOUNG_LIMIT and not lacks_graph:
            return
        known = self._open() if stamp and not lacks_graph and covered >= LIVE_SHARE * stamp.rows else None
        graph = known and known.index and known.index.graph
        is_outgrown = graph is not None and total >= GROWN * graph.sketch.fitted
        before = stamp if known and not is_outgrown else None
        try:
            make_folder(self.folder)
            self._sweep(keep=stamp)  # the files that a killed run left
            yield from self._write(before, graph if before else None, total, threads)
        except (OSError, Damaged, MemoryError) as error:
            reason = system_reason(error)
            raise LibraryError(
                "The search index could not be written: {reason}. Searching works, but more slowly.", reason=reason
            ) from error

    def _write(self, before: Stamp | None, graph: Graph | None, total: int, threads: int) -> Generator[Progress]:
        """Write files that cover all descriptors, continuing those of `before`, and point the stamp at them."""
        through, first = (before.through, before.rows) if before else (0, 0)
        file = self.folder / (before.matrix if before else f"{secrets.token_hex(8)}.vectors")
        dead = self._dead(before) if before and graph else None
        covariance = Covariance(self.dimension, total)
        with closing(MatrixWriter(file, self.dimension, first)) as writer:
            while True:
                last, ids, vectors = self._catalog.descriptors_after(self._encoder_id, through, STEP)
                if not len(ids):
                    break
                writer.add(ids, vectors)
                covariance.add(widen(vectors))
                through, done = last, 0 if is_available() else writer.count - first
                yield Progress("search index", done, max(writer.count, total) - first)
            rows = writer.count
        matrix = Matrix(file, self.dimension, rows)
        if is_available():
            graph = graph or Graph(covariance.sketch(rows))
            if dead is not None:
                graph.delete(dead)
            for start in range(first, rows, STEP):
                stop = min(start + STEP, rows)
                graph.add(widen(matrix.vectors(start, stop)), start, threads)
                yield Progress("search index", stop - first, rows - first)
        index = Index(matrix, graph)
        self._save(index, file.name, through)
        self._set_known(self._nothing_young(index, through))

    def _dead(self, stamp: Stamp) -> NDArray[np.int64] | None:
        """The rows of removed contents; None if they have not changed. Raises OSError, Damaged."""
        if self._catalog.count_descriptors(self._encoder_id, stamp.through) == stamp.count:
            return None
        living = self._catalog.described(self._encoder_id, stamp.through)
        contents = Matrix(self.folder / stamp.matrix, self.dimension, stamp.rows).contents()
        return np.flatnonzero(~np.isin(contents, living))

    def problem(self) -> Sentence | None:
        """The fault of the index, in words, or None. The index of another encoder counts as absent."""
        try:
            of_another = read_stamp(self._stamp_file, Stamp).encoder != self._encoder
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            of_another = False
        if of_another or self._is_sound():
            return None
        return Sentence("The search index is damaged or out of date.")

    def _is_sound(self) -> bool:
        known = self._open()
        try:
            return known is not None and known.index is not None and len(known.index.matrix.contents()) > 0
        except Damaged:
            return False

    def discard(self) -> None:
        """Throw the index away; the next indexing run makes a new one."""
        self._set_known(None)
        with suppress(FileNotFoundError, NotADirectoryError):
            self._stamp_file.unlink()
        self._sweep()

    @property
    def _stamp_file(self) -> Path:
        return self.folder / "stamp.json"

    def _nothing_young(self, index: Index | None, through: int) -> Snapshot:
        return Snapshot(index, through, np.empty(0, np.int64), np.empty((0, self.dimension), np.float16))

    def _set_known(self, known: Snapshot | None) -> None:
        with self._lock:
            self._known = known

    def _refresh(self) -> Snapshot:
        """Load the index once, then follow additions of this or another process: descriptors never change."""
        with self._lock:
            known = self._known or self._open() or self._nothing_young(None, 0)
            through, ids, vectors = self._catalog.descriptors_after(self._encoder_id, known.through)
            if len(ids):
                young_ids, young = np.concatenate([known.young_ids, ids]), np.concatenate([known.young, vectors])
                known = Snapshot(known.index, through, young_ids, young)
            self._known = known
            return known

    def bytes_of_matrix(self, stamp: Stamp) -> int:
        """How much of the file of descriptors a stamp covers."""
        return stamp.rows * row_bytes(self.dimension)

    def stamp(self) -> Stamp | None:
        """The stamp, if it speaks of this encoder and this catalog, and of files that are there."""
        try:
            stamp = self._published or read_stamp(self._stamp_file, Stamp)
            sample = {int(content): bytes.fromhex(digest) for content, digest in stamp.sample.items()}
            names = [stamp.matrix, *filter(None, [stamp.graph])]
            there = all(NAMED.fullmatch(name) and (self.folder / name).is_file() for name in names)
        except (OSError, ValueError):
            return None
        numbers = (*sample, stamp.through, stamp.count, stamp.rows)
        if not there or self._is_distrusted or stamp.encoder != self._encoder or not all(map(_fits, numbers)):
            return None
        # A catalog restored from a backup may hold other pictures under the ids that the files speak of.
        kept = self._catalog.digests(list(sample))
        same = bool(kept) and all(sample[content] == digest for content, digest in kept.items())
        few = self._catalog.count_descriptors(self._encoder_id, stamp.through) <= stamp.count
        return stamp if same and few and stamp.through <= self._catalog.last_descriptor() else None

    def _open(self) -> Snapshot | None:
        """The contents of the files, if they are whole and belong here; the matrix is checked as it is read."""
        for _ in range(2):  # another process may replace the files after the stamp was read
            stamp = self.stamp()
            if not stamp:
                return None
            damaged = stamp.matrix
            with suppress(OSError):
                with suppress(ValueError):
                    matrix = Matrix(self.folder / stamp.matrix, self.dimension, stamp.rows)
                    damaged = stamp.graph
                    graph = self._read_graph(stamp) if stamp.graph and is_available() else None
                    return self._nothing_young(Index(matrix, graph), stamp.through)
                self._reject(self.folder / damaged)
        return None

    def _read_graph(self, stamp: Stamp) -> Graph:
        """Raises OSError, ValueError if the file is not the one that was written."""
        content = np.memmap(self.folder / stamp.graph, np.uint8, "r")
        is_endless = content.size > MOST_SKETCH_BYTES + MOST_NODE_BYTES * stamp.rows
        if is_endless or hashlib.sha256(content.data).hexdigest() != stamp.sha256:
            raise ValueError("the file has changed")
        return read_graph(content.data, self.dimension)

    def _reject(self, damaged: Path) -> None:
        """Delete a damaged file, which is not repaired; the next indexing run makes another."""
        if self._catalog.is_published:
            self._is_distrusted = True
            return
        try:
            damaged.unlink(missing_ok=True)
        except OSError:  # Windows keeps a mapped file
            self._stamp_file.unlink(missing_ok=True)

    def _save(self, index: Index, matrix: str, through: int) -> None:
        """Write the graph under a new name, point the stamp at both files, then remove the previous files."""
        graph = f"{secrets.token_hex(8)}.graph" if index.graph else ""
        sample, _ = index.matrix.take(np.linspace(0, len(index.matrix) - 1, SAMPLE, dtype=int))
        digests = {str(content): digest.hex() for content, digest in self._catalog.digests(sample.tolist()).items()}
        count = self._catalog.count_descriptors(self._encoder_id, through)
        try:
            sha256 = _store(index.graph, self.folder / graph) if index.graph else ""
            stamp = Stamp(matrix, graph, sha256, self._encoder, through, len(index.matrix), count, digests)
            replace_file(self._stamp_file, (json.dumps(asdict(stamp), indent=2) + "\n").encode())
        except BaseException:
            with suppress(OSError):
                (self.folder / graph).unlink() if graph else None
            raise
        self._sweep(keep=stamp)

    def _sweep(self, keep: Stamp | None = None) -> None:
        kept = {keep.matrix, keep.graph} if keep else set[str]()
        for file in self.folder.glob("*.*"):
            if file.name not in kept and NAMED.fullmatch(file.name):
                with suppress(OSError):  # Windows keeps a mapped file; the next sweep takes it
                    file.unlink()


def index_bytes(folder: Path) -> int:
    """The size of the indexes below a folder, of one encoder or of several."""
    return sum(file.stat().st_size for file in folder.rglob("*.*") if NAMED.fullmatch(file.name) and file.is_file())


def _fits(number: int) -> bool:
    """True if SQLite can hold it."""
    return 0 <= number < 2**63


def _store(graph: Graph, file: Path) -> str:
    """Write a graph; returns the digest of the file. Raises OSError."""
    with open(file, "x+b", opener=private) as written:
        graph.write(written)
        written.seek(0)
        return hashlib.file_digest(written, "sha256").hexdigest()
