"""Nearest neighbours among the descriptors of one encoder: HNSW for the bulk, exact scores for the rest. The only
caller of faiss.

The index file covers the oldest descriptors, up to the one that `stamp.json` beside it names. Younger ones are scored
exactly, so a few new photos need no new file, and a small library needs none at all. The file is a cache: it is used
only if its checksum matches and the catalog still holds the vectors that it ends with.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Generator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photosearch.photo import Progress, Ranked
from photosearch.store.catalog import Catalog

YOUNG_LIMIT = 20_000  # descriptors scored exactly before the index takes them in: 10 MB, a few milliseconds
LIVE_SHARE = 0.7  # an index that names fewer contents than this which still exist is built anew
GRAPH = "IDMap2,HNSW16_SQfp16"  # 16 links a node (HNSW's M), vectors as the catalog has them, ids of contents
EF_CONSTRUCTION = 100  # candidates kept while a node finds its links
EF_SEARCH = 256  # candidates kept while searching: at a million photos 128 found 97 % of the ten nearest, this 99 %
STEP = 4_000  # descriptors between two reports of progress
SCORE_BLOCK = 50_000  # vectors widened to float32 at a time


@dataclass(frozen=True)
class Stamp:
    """What an index file covers: `count` descriptors of `encoder`, the last with id `through` and of digest `last`."""

    file: str
    sha256: str
    encoder: str
    through: int
    count: int
    last: str


class Vectors:
    """The descriptors of one encoder in one library, for search. Use it from one thread at a time."""

    def __init__(self, catalog: Catalog, folder: Path, encoder: str, dimension: int) -> None:
        self._catalog = catalog
        self._folder = folder
        self._encoder = encoder
        self._encoder_id = catalog.encoder_id(encoder)
        self._dimension = dimension
        self._forget()

    def search(self, queries: NDArray[np.float32], k: int) -> Ranked:
        """The `k` nearest of each of float32[Q,D] unit queries, fewer columns where there are fewer contents.

        Contents that lie nowhere any more may be among them.
        """
        self._refresh()
        young = rank(queries, self._young_ids, self._young, k)
        if self._index is None:
            return young
        old = self._search_index(queries, k)
        scores, ids = np.hstack([young.scores, old.scores]), np.hstack([young.ids, old.ids])
        best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return Ranked(np.take_along_axis(ids, best, axis=1), np.take_along_axis(scores, best, axis=1))

    def search_below(self, queries: NDArray[np.float32], k: int, folder: str) -> Ranked:
        """Like `search`, exactly, among the photos in `folder`."""
        return rank(queries, *self._catalog.descriptors_below(self._encoder_id, folder), k)

    def descriptor(self, content_id: int) -> NDArray[np.float32] | None:
        """float32[D] of one content, or None if this encoder has not described it."""
        return self._catalog.descriptor(self._encoder_id, content_id)

    def extend(self, threads: int) -> Generator[Progress]:
        """Take the young descriptors into the index file once they are many; closing this early changes nothing."""
        self._refresh()
        if len(self._young_ids) <= YOUNG_LIMIT:
            return
        stamp = self._stamp
        if stamp and self._catalog.count_descriptors(self._encoder_id, stamp.through) < LIVE_SHARE * stamp.count:
            stamp = None
        index = _load(self._folder / stamp.file) if stamp else _empty(self._dimension)
        done, through = index.ntotal, stamp.through if stamp else 0
        total = done + self._catalog.count_descriptors(self._encoder_id) - (stamp.count if stamp else 0)
        while True:
            last, ids, vectors = self._catalog.descriptors_after(self._encoder_id, through, STEP)
            if not len(ids):
                break
            through = last
            _use_threads(threads)
            index.add_with_ids(vectors.astype(np.float32), ids)
            done += len(ids)
            yield Progress("search index", done, max(done, total))
        self._save(index, through)
        self._forget()

    def problem(self) -> str | None:
        """What is wrong with the index file, in words, or None."""
        self._forget()
        if not self._stamp_file.exists() or self._read_stamp():
            return None
        return "The search index is damaged or out of date."

    def discard(self) -> None:
        """Throw the index file away; the next indexing run makes a new one."""
        self._forget()
        self._stamp_file.unlink(missing_ok=True)
        self._sweep()

    @property
    def _stamp_file(self) -> Path:
        return self._folder / "stamp.json"

    def _forget(self) -> None:
        self._stamp: Stamp | None = None
        self._index: Any = None
        self._through = -1  # not loaded
        self._young_ids = np.empty(0, np.int64)
        self._young = np.empty((0, self._dimension), np.float16)

    def _refresh(self) -> None:
        """Load the index file once, then follow what this or another process adds: descriptors never change."""
        if self._through < 0:
            self._stamp = self._read_stamp()
            self._index = _load(self._folder / self._stamp.file) if self._stamp else None
            self._through = self._stamp.through if self._stamp else 0
        self._through, ids, vectors = self._catalog.descriptors_after(self._encoder_id, self._through)
        if len(ids):
            self._young_ids = np.concatenate([self._young_ids, ids])
            self._young = np.concatenate([self._young, vectors])

    def _search_index(self, queries: NDArray[np.float32], k: int) -> Ranked:
        k = min(k, self._index.ntotal)
        _use_threads(1)  # waking others takes longer than one query
        _graph(self._index).efSearch = max(EF_SEARCH, 2 * k)
        scores, ids = self._index.search(queries, k)
        return Ranked(ids, scores)

    def _read_stamp(self) -> Stamp | None:
        """The stamp, if its file is whole and speaks of this encoder and this catalog."""
        try:
            stamp = Stamp(**json.loads(self._stamp_file.read_text(encoding="utf-8")))
            with (self._folder / stamp.file).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError, TypeError):
            return None
        if digest != stamp.sha256 or stamp.encoder != self._encoder:
            return None
        # A catalog restored from a backup may hold other pictures under the ids that the file speaks of.
        kept = self._catalog.count_descriptors(self._encoder_id, stamp.through) <= stamp.count
        newest = self._catalog.digest_of_descriptor(stamp.through) in (None, bytes.fromhex(stamp.last))
        return stamp if kept and newest and stamp.through <= self._catalog.last_descriptor() else None

    def _save(self, index: Any, through: int) -> None:
        """Write under a new name, point the stamp at it, then remove the old file, which another process may hold."""
        self._folder.mkdir(exist_ok=True)
        file = self._folder / f"{secrets.token_hex(8)}.faiss"
        _store(index, file)
        with file.open("rb") as written:
            sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        last = self._catalog.digest_of_descriptor(through) or b""
        stamp = Stamp(file.name, sha256, self._encoder, through, index.ntotal, last.hex())
        partial = self._stamp_file.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(stamp), indent=2) + "\n", encoding="utf-8")
        os.replace(partial, self._stamp_file)
        self._sweep(keep=file.name)

    def _sweep(self, keep: str = "") -> None:
        for file in self._folder.glob("*.faiss"):
            if file.name != keep:
                with suppress(OSError):  # Windows keeps a mapped file; the next sweep takes it
                    file.unlink()


def rank(queries: NDArray[np.float32], ids: NDArray[np.int64], vectors: NDArray[np.float16], k: int) -> Ranked:
    """Exact search: score float16[n,D] `vectors` for every query and keep the `k` best."""
    scores = np.empty((len(queries), len(ids)), np.float32)
    for start in range(0, len(ids), SCORE_BLOCK):
        block = slice(start, start + SCORE_BLOCK)
        scores[:, block] = queries @ vectors[block].astype(np.float32).T
    k = min(k, len(ids))
    if k < len(ids):
        best = np.argpartition(-scores, k, axis=1)[:, :k] if k else np.empty((len(queries), 0), np.int64)
    else:
        best = np.broadcast_to(np.arange(len(ids)), scores.shape)
    kept = np.take_along_axis(scores, best, axis=1)
    order = np.argsort(-kept, axis=1, kind="stable")
    return Ranked(ids[np.take_along_axis(best, order, axis=1)], np.take_along_axis(kept, order, axis=1))


def _faiss() -> Any:
    """The library, which is typed in part only, and takes time to load that a small library need not spend."""
    import faiss

    return faiss


def _empty(dimension: int) -> Any:
    faiss = _faiss()

    index = faiss.index_factory(dimension, GRAPH, faiss.METRIC_INNER_PRODUCT)
    index.train(np.zeros((1, dimension), np.float32))  # float16 has nothing to learn, but faiss insists
    _graph(index).efConstruction = EF_CONSTRUCTION
    return index


def _graph(index: Any) -> Any:
    faiss = _faiss()

    return faiss.downcast_index(index.index).hnsw


def _load(file: Path) -> Any:
    faiss = _faiss()

    with file.open("rb") as source:  # faiss opens no path with letters outside the code page on Windows
        return faiss.read_index(faiss.PyCallbackIOReader(source.read))


def _store(index: Any, file: Path) -> None:
    faiss = _faiss()

    with file.open("wb") as target:
        faiss.write_index(index, faiss.PyCallbackIOWriter(target.write))


def _use_threads(count: int) -> None:
    faiss = _faiss()

    faiss.omp_set_num_threads(count)
