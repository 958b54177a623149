"""Speed, recall and memory of the search index, beside other indexes in the same run.

    python benchmarks/search.py [N ...] [--real VECTORS.npy] [--rivals faiss usearch]

N photos (10,000, 100,000 and 1,000,000) with made-up descriptors, or those of float[n,D] in a file, in a real catalog.
Each index is searched in a process that does nothing else, one query after the other, on one thread. The last N needs
4 GB of disk, 6 GB of memory and up to an hour. Beside them: exact search in blocks, and the HNSW of faiss over float16
and of usearch, where they are installed. Targets at 1,000,000: recall@10 of 0.99, 6 ms in the median and 10 ms for 99
of 100 queries, 1,000 bytes a photo beyond what a process needs that has searched nothing, 10 minutes to build, 2 s to
add 1,000 photos, 1.5 s to load; at 10,000 recall@10 of 0.999. Added photos are found first, exactly and beside the
graph; then they are taken into its files, which happens by itself once they are 5,000.
"""

import argparse
import importlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from machine import private_bytes, resident_bytes, tell_machine, verdict
from numpy.typing import NDArray
from synthetic import Scenes, fill

from photosearch.encode.bundle import read_bundle
from photosearch.models import FoundFile
from photosearch.paths import resources
from photosearch.settings import usable_cores
from photosearch.store import vectors as vectors_module
from photosearch.store.catalog import Catalog
from photosearch.store.vectors import Vectors, rank

QUERIES = 400
EXACT_RUNS = 5
NEIGHBOURS = 10
ADDED = 1_000
ENCODER = "synthetic"
RECALL = {10_000: 0.999}
USUAL_RECALL, MEDIAN_MS, P99_MS, PHOTO_BYTES, BUILD_S, ADD_S, LOAD_S = 0.99, 6.0, 10.0, 1_000, 600.0, 2.0, 1.5
ROW = "{:>10} {:>10} {:>8} {:>8} {:>7} {:>7} {:>7} {:>9} {:>7} {:>8} {:>7} {:>9} {:>9}  {}"
HEAD = (
    *("photos", "index", "build s", "of cpu s", "found s", "add s", "load s"),
    *("median ms", "p99 ms", "of cpu", "recall", "B/photo", "mapped", "target"),
)


class Built(NamedTuple):
    """The time to build an index, by the clock and of all processors, and to take in 1,000 photos more.

    `found_s` is the time of the first search after they were added, which has to find them.
    """

    wall_s: float
    cpu_s: float
    add_s: float
    found_s: float | None = None


class Probed(NamedTuple):
    """The result of the searching process: contents int64[Q,k], seconds to load, of each search, of its processor.

    `mapped` bytes are those of files, which the system takes back whenever it needs them.
    """

    ids: NDArray[np.int64]
    load_s: float
    query_ms: list[float]
    query_cpu_ms: list[float]
    own_bytes: int
    mapped_bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="*", type=int, default=[10_000, 100_000, 1_000_000], metavar="N")
    parser.add_argument("--real", type=Path, metavar="VECTORS.npy")
    parser.add_argument("--rivals", nargs="*", default=["faiss", "usearch"], choices=["faiss", "usearch"])
    options = parser.parse_args()
    tell_machine()
    print(ROW.format(*HEAD))
    for photos in options.photos:
        with tempfile.TemporaryDirectory() as place:
            measure(Path(place), photos, options.real, options.rivals)


def measure(place: Path, photos: int, real: Path | None, rivals: list[str]) -> None:
    """Make a library of `photos`, search it, and print a row an index."""
    catalog = Catalog(place / "catalog.sqlite")
    encoder_id = catalog.encoder_id(ENCODER)
    source = (
        Real(np.load(real)) if real else Scenes(read_bundle(resources() / "encoders" / "default").dimension, photos)
    )
    queries = source.draw(QUERIES)
    fill(catalog, encoder_id, files(photos), source)
    built = build(
        catalog, place / "search", queries.shape[1], lambda: fill(catalog, encoder_id, more(photos), source, photos + 1)
    )
    _, ids, vectors = catalog.descriptors_after(encoder_id, 0)
    exact = np.vstack([rank(block, ids, vectors, NEIGHBOURS).ids for block in np.array_split(queries, 8)])
    exact_ms = [timed_s(lambda: rank(queries[:1], ids, vectors, NEIGHBOURS)) * 1000 for _ in range(EXACT_RUNS)]
    catalog.close()
    report(photos, "this", exact, built, apart(probe, place, queries), targets=True)
    print(ROW.format(f"{photos:,}", "exact", *[""] * 5, f"{statistics.median(exact_ms):.2f}", *[""] * 6))
    for rival in rivals:
        with suppress(ImportError):
            importlib.import_module(rival)
            file = place / rival
            built = apart(RIVALS[rival].build, file, ids, vectors)
            report(photos, rival, exact, built, apart(probe_rival, rival, file, queries), targets=False)
            file.unlink()


class Real:
    """Descriptors of real photos, handed out by chance, each once."""

    def __init__(self, vectors: NDArray[np.floating[Any]]) -> None:
        self._left = np.random.default_rng(0).permutation(vectors.astype(np.float32))

    def draw(self, count: int) -> NDArray[np.float32]:
        drawn, self._left = self._left[:count], self._left[count:]
        return drawn


def files(photos: int, first: int = 0) -> Iterator[FoundFile]:
    for n in range(first, first + photos):
        yield FoundFile(f"/photos/{n // 500:04}/IMG_{n:07}.JPG", 4_000_000, 10**18 + n)


def more(photos: int) -> Iterator[FoundFile]:
    return files(ADDED, photos)


def build(catalog: Catalog, folder: Path, dimension: int, add: Callable[[], None]) -> Built:
    """Build the index, then have it take in 1,000 more at once, which by itself it would do with more of them."""
    vectors = Vectors(catalog, folder, ENCODER, dimension)

    def extend() -> None:
        for _ in vectors.extend(usable_cores()):
            pass

    def find_newest() -> None:
        _, ids, newest = catalog.descriptors_after(catalog.encoder_id(ENCODER), catalog.last_descriptor() - 1)
        assert ids[0] in vectors.search(newest.astype(np.float32), NEIGHBOURS).ids

    cpu_s = time.process_time()
    wall_s = timed_s(extend)
    cpu_s = time.process_time() - cpu_s
    add()
    found_s = timed_s(find_newest)
    limit, vectors_module.YOUNG_LIMIT = vectors_module.YOUNG_LIMIT, ADDED - 1
    try:
        return Built(wall_s, cpu_s, timed_s(extend), found_s)
    finally:
        vectors_module.YOUNG_LIMIT = limit


def report(photos: int, name: str, exact: NDArray[np.int64], built: Built, probed: Probed, targets: bool) -> None:
    """Print a row, and whether the targets are met that hold for so many photos."""
    recall = np.mean([len(set(one) & set(other)) for one, other in zip(probed.ids, exact, strict=True)]) / NEIGHBOURS
    median_ms, p99_ms = statistics.median(probed.query_ms), float(np.quantile(probed.query_ms, 0.99))
    photo_bytes = probed.own_bytes / photos
    met = [recall >= RECALL.get(photos, USUAL_RECALL), median_ms <= MEDIAN_MS, p99_ms <= P99_MS]
    if photos > 100_000:  # a small library is nearly all overhead
        met += [photo_bytes <= PHOTO_BYTES, built.wall_s <= BUILD_S, built.add_s <= ADD_S, probed.load_s <= LOAD_S]
    figures = (
        f"{built.wall_s:.1f}", f"{built.cpu_s:.1f}", "" if built.found_s is None else f"{built.found_s:.2f}",
        f"{built.add_s:.2f}", f"{probed.load_s:.2f}", f"{median_ms:.2f}",
        f"{p99_ms:.2f}", f"{np.quantile(probed.query_cpu_ms, 0.99):.2f}", f"{recall:.4f}", f"{photo_bytes:.0f}",
        f"{probed.mapped_bytes / photos:.0f}",
    )  # fmt: skip
    print(ROW.format(f"{photos:,}", name, *figures, verdict(all(met)) if targets else ""), flush=True)


def apart(work: Callable[..., Any], *arguments: object) -> Any:
    """Do `work` in a process of its own, whose memory holds nothing else."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


@contextmanager
def open_vectors(catalog: Path, folder: Path, dimension: int) -> Iterator[Vectors]:
    opened = Catalog(catalog)
    yield Vectors(opened, folder, ENCODER, dimension)
    opened.close()


def probe(place: Path, queries: NDArray[np.float32]) -> Probed:
    """Search the library in `place`."""
    import hnswlib  # noqa: F401  # its own size is not the library's

    with open_vectors(place / "empty.sqlite", place / "empty", queries.shape[1]) as empty:
        empty.search(queries[:1], NEIGHBOURS)
    with open_vectors(place / "catalog.sqlite", place / "search", queries.shape[1]) as vectors:
        return watch(vectors.warm_up, lambda query: vectors.search(query, NEIGHBOURS).ids, queries)


def watch(
    load: Callable[[], object], search: Callable[[NDArray[np.float32]], NDArray[np.int64]], queries: NDArray[np.float32]
) -> Probed:
    """Load an index and search it with one query after the other."""
    own, resident = private_bytes(), resident_bytes()
    load_s = timed_s(load)
    ids: list[NDArray[np.int64]] = []
    query_ms, cpu_ms = list[float](), list[float]()
    for query in queries:
        began = time.thread_time()
        query_ms.append(timed_s(lambda query=query: ids.append(search(query[None]))) * 1000)
        cpu_ms.append((time.thread_time() - began) * 1000)
    own, resident = private_bytes() - own, resident_bytes() - resident
    return Probed(np.vstack(ids), load_s, query_ms, cpu_ms, own, resident - own)


class Faiss:
    """HNSW with 32 links over float16, as this program used it before: ids, and 1.25 √n candidates."""

    @staticmethod
    def make(ids: NDArray[np.int64], vectors: NDArray[np.float16]) -> Any:
        import faiss

        index = faiss.index_factory(vectors.shape[1], "IDMap,HNSW32_SQfp16", faiss.METRIC_INNER_PRODUCT)
        index.train(np.zeros((1, vectors.shape[1]), np.float32))
        faiss.downcast_index(index.index).hnsw.efConstruction = 200
        for start in range(0, len(ids), 4_000):
            index.add_with_ids(vectors[start : start + 4_000].astype(np.float32), ids[start : start + 4_000])
        return index

    @classmethod
    def build(cls, file: Path, ids: NDArray[np.int64], vectors: NDArray[np.float16]) -> Built:
        import faiss

        cpu_s, wall_s = time.process_time(), time.perf_counter()
        index = cls.make(ids[:-ADDED], vectors[:-ADDED])
        cpu_s, wall_s = time.process_time() - cpu_s, time.perf_counter() - wall_s
        add_s = timed_s(lambda: index.add_with_ids(vectors[-ADDED:].astype(np.float32), ids[-ADDED:]))
        faiss.write_index(index, str(file))
        return Built(wall_s, cpu_s, add_s)

    @staticmethod
    def load(file: Path) -> Any:
        import faiss

        faiss.omp_set_num_threads(1)
        return faiss.read_index(str(file))

    @staticmethod
    def search(index: Any, query: NDArray[np.float32]) -> NDArray[np.int64]:
        import faiss

        parameters = faiss.SearchParametersHNSW(efSearch=round(1.25 * index.ntotal**0.5))
        return index.search(query, NEIGHBOURS, params=parameters)[1]


class Usearch:
    """HNSW with 16 links over float16, with as many candidates as this program looks at."""

    @staticmethod
    def empty(dimension: int) -> Any:
        from usearch.index import Index

        return Index(ndim=dimension, metric="ip", dtype="f16", connectivity=16, expansion_add=100)

    @classmethod
    def build(cls, file: Path, ids: NDArray[np.int64], vectors: NDArray[np.float16]) -> Built:
        index = cls.empty(vectors.shape[1])
        cpu_s, wall_s = time.process_time(), time.perf_counter()
        index.add(ids[:-ADDED], vectors[:-ADDED], threads=usable_cores())
        cpu_s, wall_s = time.process_time() - cpu_s, time.perf_counter() - wall_s
        add_s = timed_s(lambda: index.add(ids[-ADDED:], vectors[-ADDED:], threads=usable_cores()))
        index.save(str(file))
        return Built(wall_s, cpu_s, add_s)

    @classmethod
    def load(cls, file: Path) -> Any:
        from usearch.index import Index

        index = Index.restore(str(file))
        assert index is not None
        index.expansion_search = max(vectors_module.LEAST, round(vectors_module.BREADTH * len(index) ** 0.5))
        return index

    @staticmethod
    def search(index: Any, query: NDArray[np.float32]) -> NDArray[np.int64]:
        return index.search(query[0].astype(np.float16), NEIGHBOURS, threads=1).keys.astype(np.int64)[None]


RIVALS = {"faiss": Faiss, "usearch": Usearch}


def probe_rival(name: str, file: Path, queries: NDArray[np.float32]) -> Probed:
    """Search a rival's index."""
    rival, loaded = RIVALS[name], list[Any]()
    importlib.import_module(name)
    return watch(lambda: loaded.append(rival.load(file)), lambda query: rival.search(loaded[0], query), queries)


def timed_s(action: Callable[[], object]) -> float:
    """Seconds that `action` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
