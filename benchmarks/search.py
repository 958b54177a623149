"""How fast, how well and in how much memory the search index finds neighbours, against exact search in the same run.

    python benchmarks/search.py [N ...] [--dimensions D ...]

N photos (10,000, 100,000 and 1,000,000) with made-up descriptors of the default encoder's dimension and of 256, in a
real catalog. A process that does nothing else searches it, through the class that ships. The last of them needs 4 GB
of disk, 6 GB of memory and up to an hour. Targets: 10 ms a query with recall@10 of 0.99; 1.3 kB a photo at 256
dimensions, beyond what a process needs that has searched an empty library.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
from machine import resident_bytes, tell_machine, verdict
from numpy.typing import NDArray
from synthetic import Scenes, fill

from photosearch.encode.bundle import read_bundle
from photosearch.models import FoundFile
from photosearch.paths import resources
from photosearch.settings import usable_cores
from photosearch.store.catalog import Catalog
from photosearch.store.vectors import YOUNG_LIMIT, Vectors, rank

QUERIES = 400
EXACT_RUNS = 5
NEIGHBOURS = 10
TARGET_MS = 10.0
TARGET_RECALL = 0.99
TARGET_BYTES, TARGET_BYTES_DIMENSION = 1300, 256
ENCODER = "synthetic"
ROW = "{:>9} {:>9} {:>8} {:>7} {:>10} {:>7} {:>7} {:>9} {:>8} {:>8}  {}"


class Probed(NamedTuple):
    """What the searching process saw: contents int64[Q,k], the time of the first search and of each other, memory."""

    ids: NDArray[np.int64]
    load_s: float
    query_ms: list[float]
    grown_bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="*", type=int, default=[10_000, 100_000, 1_000_000], metavar="N")
    shipped = read_bundle(resources() / "encoders" / "default").dimension
    parser.add_argument("--dimensions", nargs="+", type=int, default=sorted({shipped, 256}), metavar="D")
    options = parser.parse_args()
    tell_machine()
    print(
        ROW.format(
            "dimension", "photos", "build s", "load s", "median ms", "p99 ms", "recall", "exact ms", "ratio", "B/photo",
            "target",
        )
    )  # fmt: skip
    for dimension in options.dimensions:
        for photos in options.photos:
            with tempfile.TemporaryDirectory() as place:
                measure(Path(place), dimension, photos)


def measure(place: Path, dimension: int, photos: int) -> None:
    """Make a library of `photos`, search it and print one row."""
    scenes = Scenes(dimension, photos)
    catalog = Catalog(place / "catalog.sqlite")
    encoder_id = catalog.encoder_id(ENCODER)
    files = (FoundFile(f"/photos/{n // 500:04}/IMG_{n:07}.JPG", 4_000_000, 10**18 + n) for n in range(photos))
    fill(catalog, encoder_id, files, scenes)
    queries = scenes.draw(QUERIES)
    start = time.perf_counter()
    for _ in Vectors(catalog, place / "search", ENCODER, dimension).extend(usable_cores()):
        pass
    build_s = time.perf_counter() - start
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        probed = pool.submit(probe, place, queries).result()
    _, ids, vectors = catalog.descriptors_after(encoder_id, 0)
    exact_ms = [timed_ms(lambda: rank(queries[:1], ids, vectors, NEIGHBOURS)) for _ in range(EXACT_RUNS)]
    exact = np.vstack([rank(block, ids, vectors, NEIGHBOURS).ids for block in np.array_split(queries, 8)])
    catalog.close()
    recall = np.mean([len(set(found) & set(true)) for found, true in zip(probed.ids, exact, strict=True)]) / NEIGHBOURS
    median_ms, p99_ms = statistics.median(probed.query_ms), float(np.quantile(probed.query_ms, 0.99))
    photo_bytes = probed.grown_bytes / photos
    is_met = median_ms <= TARGET_MS and bool(recall >= TARGET_RECALL)
    if dimension <= TARGET_BYTES_DIMENSION and photos > YOUNG_LIMIT:  # a small library is nearly all overhead
        is_met = is_met and photo_bytes <= TARGET_BYTES
    figures = (
        f"{build_s:.1f}", f"{probed.load_s:.2f}", f"{median_ms:.2f}", f"{p99_ms:.2f}", f"{recall:.4f}",
        f"{statistics.median(exact_ms):.1f}", f"{statistics.median(exact_ms) / median_ms:.1f}", f"{photo_bytes:.0f}",
    )  # fmt: skip
    print(ROW.format(dimension, f"{photos:,}", *figures, verdict(is_met)), flush=True)


def probe(place: Path, queries: NDArray[np.float32]) -> Probed:
    """Search the library in `place` in a process of its own."""
    import faiss  # pyright: ignore[reportMissingTypeStubs]  # its own size is not the library's

    dimension = queries.shape[1]
    faiss.omp_set_num_threads(1)
    empty = Catalog(place / "empty.sqlite")
    Vectors(empty, place / "empty", ENCODER, dimension).search(queries[:1], NEIGHBOURS)
    empty.close()
    before = resident_bytes()
    catalog = Catalog(place / "catalog.sqlite")
    vectors = Vectors(catalog, place / "search", ENCODER, dimension)
    load_s = timed_ms(lambda: vectors.search(queries[:1], NEIGHBOURS)) / 1000
    ids: list[NDArray[np.int64]] = []
    query_ms = [
        timed_ms(lambda query=query: ids.append(vectors.search(query[None], NEIGHBOURS).ids)) for query in queries
    ]
    grown = resident_bytes() - before
    catalog.close()
    return Probed(np.vstack(ids), load_s, query_ms, grown)


def timed_ms(action: Callable[[], object]) -> float:
    """Milliseconds that `action` takes."""
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
