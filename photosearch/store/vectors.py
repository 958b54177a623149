"""Nearest neighbours among the descriptors of one encoder: HNSW for the bulk, exact scores for the rest. The only
caller of faiss.

The index file covers the oldest descriptors, up to the one that `stamp.json` beside it names. Younger ones are scored
exactly, so a few new photos need no new file, and a small library needs none at all. The file is a cache: it is used
only if its checksum matches and the catalog still holds, under the same ids, some pictures spread over it.
"""

import hashlib
import json
import os
import re
import secrets
import threading
from collections.abc import Generator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import LibraryError
from photosearch.models import Filter, Progress, Ranked
from photosearch.own_files import make_folder, private, read_stamp, replace_file
from photosearch.store.catalog import Catalog

YOUNG_LIMIT = 5_000  # descriptors scored exactly before the index takes them in: 5 MB, a few milliseconds
LIVE_SHARE = 0.7  # an index that names fewer contents than this which still exist is built anew
GRAPH = "IDMap,HNSW32_SQfp16"  # 32 links a node (HNSW's M), vectors as the catalog has them, ids of contents
EF_CONSTRUCTION = 200  # candidates kept while a node finds its links: half the misses of 100, for a longer build
EF_SEARCH = 1.25  # candidates kept while searching, times √n: it takes more to find 99 % among more
EF_SEARCH_NEAR = 0.06  # the same for copies: 16 find all that 395 do, among 8,018 photos and among 100,000
FEW = 50  # contents that are read and scored exactly, times √n
STEP = 4_000  # descriptors between two reports of progress
SAMPLE = 8  # contents by which an index is known to belong to a catalog
NAMED = re.compile(r"[0-9a-f]{16}\.faiss")  # of the index files, which are written here and nowhere else
MOST_BYTES_A_NODE = (
    4096  # of the index file, beside the vector; hashing one without end would keep every search waiting
)
SCORE_BLOCK = 4_000  # vectors widened to float32 at a time: 8 MB


@dataclass(frozen=True)
class Stamp:
    """What an index file covers: `count` descriptors of `encoder`, the last with id `through`.

    `sample` is the hexadecimal digest of some of the contents, by their ids as text, which is what JSON allows.
    """

    file: str
    sha256: str
    encoder: str
    through: int
    count: int
    sample: dict[str, str]


class Known(NamedTuple):
    """What one search works with: the index or None, the last descriptor's id, and what the index does not cover."""

    index: Any
    through: int
    young_ids: NDArray[np.int64]
    young: NDArray[np.float16]


class Vectors:
    """The descriptors of one encoder in one library, for search from any thread."""

    def __init__(self, catalog: Catalog, folder: Path, encoder: str, dimension: int) -> None:
        self._catalog = catalog
        self._folder = folder
        self._encoder = encoder
        self._encoder_id = catalog.encoder_id(encoder)
        self._dimension = dimension
        self._lock = threading.Lock()
        self._known: Known | None = None

    def search(self, queries: NDArray[np.float32], k: int) -> Ranked:
        """The `k` nearest of each of float32[Q,D] unit queries, fewer columns where there are fewer contents.

        Contents that lie nowhere any more may be among them.
        """
        return self._search(queries, k, EF_SEARCH, threads=1)

    def search_near(self, queries: NDArray[np.float32], k: int, threads: int) -> Ranked:
        """As `search`, for many queries, of which only what is so near that it may be a copy must be found."""
        return self._search(queries, k, EF_SEARCH_NEAR, threads)

    def _search(self, queries: NDArray[np.float32], k: int, breadth: float, threads: int) -> Ranked:
        known = self._refresh()
        young = rank(queries, known.young_ids, known.young, k)
        if known.index is None:
            return young
        old = _search_index(known.index, queries, k, breadth, threads)
        scores, ids = np.hstack([young.scores, old.scores]), np.hstack([young.ids, old.ids])
        best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return Ranked(np.take_along_axis(ids, best, axis=1), np.take_along_axis(scores, best, axis=1))

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

    def extend(self, threads: int) -> Generator[Progress]:
        """Take the young descriptors into the index file once they are many; closing this early changes nothing.

        For the library's writer only. A file that does not belong to this catalog and encoder is thrown away.
        """
        stamp = self._read_stamp()
        if not stamp:
            self.discard()
        covered = self._catalog.count_descriptors(self._encoder_id, stamp.through) if stamp else 0
        young = self._catalog.count_descriptors(self._encoder_id) - covered
        if young <= YOUNG_LIMIT:
            return
        self._set_known(None)  # two copies of the index need not be in memory
        live = stamp is not None and covered >= LIVE_SHARE * stamp.count
        index, through = (self._open_index() if live else None) or (_empty(self._dimension), 0)
        done = index.ntotal
        total = done + self._catalog.count_descriptors(self._encoder_id) - (covered if done else 0)
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
        self._set_known(self._nothing_young(index, through))

    def problem(self) -> str | None:
        """What is wrong with the index file, in words, or None. That of another encoder is as good as none."""
        try:
            of_another = read_stamp(self._stamp_file, Stamp).encoder != self._encoder
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            of_another = False
        if of_another or self._open_index():
            return None
        return "The search index is damaged or out of date."

    def discard(self) -> None:
        """Throw the index file away; the next indexing run makes a new one."""
        self._set_known(None)
        with suppress(FileNotFoundError, NotADirectoryError):
            self._stamp_file.unlink()
        self._sweep()

    @property
    def _stamp_file(self) -> Path:
        return self._folder / "stamp.json"

    def _nothing_young(self, index: Any, through: int) -> Known:
        return Known(index, through, np.empty(0, np.int64), np.empty((0, self._dimension), np.float16))

    def _set_known(self, known: Known | None) -> None:
        with self._lock:
            self._known = known

    def _refresh(self) -> Known:
        """Load the index file once, then follow what this or another process adds: descriptors never change."""
        with self._lock:
            known = self._known or self._nothing_young(*(self._open_index() or (None, 0)))
            through, ids, vectors = self._catalog.descriptors_after(self._encoder_id, known.through)
            if len(ids):
                young_ids, young = np.concatenate([known.young_ids, ids]), np.concatenate([known.young, vectors])
                known = Known(known.index, through, young_ids, young)
            self._known = known
            return known

    def _read_stamp(self) -> Stamp | None:
        """The stamp, if it speaks of this encoder and this catalog, and of a file that is there."""
        try:
            stamp = read_stamp(self._stamp_file, Stamp)
            sample = {int(content): bytes.fromhex(digest) for content, digest in stamp.sample.items()}
            there = bool(NAMED.fullmatch(stamp.file)) and (self._folder / stamp.file).is_file()
        except (OSError, ValueError):
            return None
        if not there or stamp.encoder != self._encoder or not all(map(_fits, (*sample, stamp.through, stamp.count))):
            return None
        # A catalog restored from a backup may hold other pictures under the ids that the file speaks of.
        kept = self._catalog.digests(list(sample))
        same = bool(kept) and all(sample[content] == digest for content, digest in kept.items())
        few = self._catalog.count_descriptors(self._encoder_id, stamp.through) <= stamp.count
        return stamp if same and few and stamp.through <= self._catalog.last_descriptor() else None

    def _open_index(self) -> tuple[Any, int] | None:
        """The index and the last descriptor's id in it, if there is a file that is whole and belongs here."""
        for _ in range(2):  # another process may replace the file after the stamp was read
            stamp = self._read_stamp()
            if not stamp:
                return None
            path = self._folder / stamp.file
            with suppress(OSError):
                with path.open("rb") as file:
                    is_sane = os.fstat(file.fileno()).st_size <= stamp.count * (MOST_BYTES_A_NODE + 2 * self._dimension)
                    if is_sane and hashlib.file_digest(file, "sha256").hexdigest() == stamp.sha256:
                        file.seek(0)
                        if (index := _load(file, self._dimension)) and index.ntotal == stamp.count:
                            return index, stamp.through
                path.unlink()  # files are never changed, so it stays damaged; without it the next run makes another
        return None

    def _save(self, index: Any, through: int) -> None:
        """Write under a new name, point the stamp at it, then remove the old file, which another process may hold."""
        contents = _contents(index)
        sample = self._catalog.digests(
            [int(contents[place]) for place in np.linspace(0, len(contents) - 1, SAMPLE, dtype=int)]
        )
        stamp = self._read_stamp()
        file = self._folder / f"{secrets.token_hex(8)}.faiss"
        try:
            make_folder(self._folder)
            self._sweep(keep=stamp.file if stamp else "")  # what a killed run left
            _store(index, file)
            with file.open("rb") as written:
                sha256 = hashlib.file_digest(written, "sha256").hexdigest()
            digests = {str(content): digest.hex() for content, digest in sample.items()}
            stamp = Stamp(file.name, sha256, self._encoder, through, index.ntotal, digests)
            replace_file(self._stamp_file, (json.dumps(asdict(stamp), indent=2) + "\n").encode())
        except OSError as error:
            with suppress(OSError):
                file.unlink()
            raise LibraryError(
                f"The search index could not be written: {error.strerror}. Searching works, but more slowly."
            ) from error
        self._sweep(keep=file.name)

    def _sweep(self, keep: str = "") -> None:
        for file in self._folder.glob("*.faiss"):
            if file.name != keep and NAMED.fullmatch(file.name):
                with suppress(OSError):  # Windows keeps a mapped file; the next sweep takes it
                    file.unlink()


def _fits(number: int) -> bool:
    """Whether SQLite can hold it."""
    return 0 <= number < 2**63


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
    faiss.downcast_index(index.index).hnsw.efConstruction = EF_CONSTRUCTION
    return index


def _search_index(index: Any, queries: NDArray[np.float32], k: int, breadth: float, threads: int) -> Ranked:
    k = min(k, index.ntotal)
    candidates = max(round(breadth * index.ntotal**0.5), 2 * k)
    _use_threads(threads)  # waking others takes longer than one query
    search = getattr(index, "search_numpy", index.search)  # faiss beside torch may have one that takes no parameters
    scores, ids = search(queries, k, params=_faiss().SearchParametersHNSW(efSearch=candidates))
    return Ranked(ids, scores)


def _contents(index: Any) -> NDArray[np.int64]:
    faiss = _faiss()

    return faiss.vector_to_array(index.id_map)


def _load(source: BinaryIO, dimension: int) -> Any:
    """The index in a file; None if it holds none of this dimension, whatever its checksum says."""
    faiss = _faiss()

    try:
        # faiss opens no path with letters outside the code page on Windows
        index = faiss.read_index(faiss.PyCallbackIOReader(source.read))
    except RuntimeError:
        return None
    return index if isinstance(index, faiss.IndexIDMap) and index.d == dimension else None


def _store(index: Any, file: Path) -> None:
    faiss = _faiss()

    with open(file, "xb", opener=private) as target:
        faiss.write_index(index, faiss.PyCallbackIOWriter(target.write))


def _use_threads(count: int) -> None:
    faiss = _faiss()

    faiss.omp_set_num_threads(count)
