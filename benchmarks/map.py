"""How true a map is, and how fast it is made, beside UMAP in the same run where that is installed (umap-learn).

    python benchmarks/map.py --library DIR [--at-most N]
    python benchmarks/map.py --photos N [N ...] [--beat]

The library has its photos indexed. Measured by scikit-learn's trustworthiness (do neighbours on the map look alike?)
and by continuity, which is the same the other way round (do photos that look alike lie together?), k = 10, against
the descriptors. Target: 0.97 of both.

N photos have made-up descriptors, in a real catalog with a search index, which must be there before. Target: 5 minutes
for 100,000 on two cores; as other work may go on, the processor's time is told, too. With --beat, a thread that sleeps
1 ms at a time tells by how much it was late meanwhile, as the window's thread would be; target: 50 ms at worst.
"""

import argparse
import resource
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TypeVar

import numpy as np
from clusters import make
from machine import tell_machine, verdict
from numpy.typing import NDArray

from photosearch.library import Library
from photosearch.models import EVERYTHING, Progress
from photosearch.settings import usable_cores
from photosearch.store.neighbours import described
from photosearch.store.tables.clusters import contents_of_photos

K = 10
TRUE, MINUTES, LATE_MS = 0.97, 5.0, 50.0
BEAT_S = 0.001
Result = TypeVar("Result")
Floats = NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, metavar="DIR")
    parser.add_argument("--at-most", type=int, default=10_000, metavar="N", help="photos that are measured (10,000)")
    parser.add_argument("--photos", nargs="+", type=int, default=[], metavar="N")
    parser.add_argument("--beat", action="store_true")
    options = parser.parse_args()
    tell_machine()
    if options.library:
        measure_truth(options.library, options.at_most)
    for photos in options.photos:
        with tempfile.TemporaryDirectory() as place:
            make(Path(place), photos)
            measure_speed(Path(place), photos, options.beat)


def measure_truth(folder: Path, at_most: int) -> None:
    """Lay a library out anew and print how true that is."""
    with Library(folder) as library:
        library.map.discard()
        start = time.process_time()
        layout = finish(library.map.find())
        own_s = time.process_time() - start
        photos, of_photos = contents_of_photos(library.catalog, EVERYTHING)
        places = dict(zip(layout.photos.tolist(), layout.places, strict=True))
        contents, first = np.unique(of_photos, return_index=True)  # copies of a file lie at one place
        vectors, laid = np.empty((len(contents), library.bundle.dimension), np.float32), np.zeros(len(contents), bool)
        for rows, some in described(library.catalog, library.bundle.id, contents):
            vectors[rows], laid[rows] = some, True
        where = np.array([places[photo] for photo in photos[first[laid]].tolist()])
        vectors = vectors[laid]
    seconds = own_s + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    measured = np.sort(np.random.default_rng(0).permutation(len(vectors))[:at_most])
    print(f"{len(vectors):,} photos, {len(measured):,} of them measured")
    tell("Photosearch", vectors[measured], where[measured], seconds)
    with suppress(ImportError):
        from umap import UMAP

        start = time.process_time()
        places = UMAP(metric="cosine", random_state=0).fit_transform(vectors)
        tell("UMAP", vectors[measured], np.asarray(places)[measured], time.process_time() - start)


def tell(name: str, vectors: Floats, places: Floats, seconds: float) -> None:
    """Print a line on one map."""
    from sklearn.manifold import trustworthiness

    trusted = trustworthiness(vectors, places, n_neighbors=K)
    continuous = trustworthiness(places, vectors, n_neighbors=K)
    good = verdict(min(trusted, continuous) >= TRUE)
    print(f"{name:12} trustworthiness {trusted:.4f}  continuity {continuous:.4f}  {seconds:.0f} s of a core  {good}",
          flush=True)  # fmt: skip


def measure_speed(folder: Path, photos: int, beat: bool) -> None:
    """Lay made-up photos out and print how long that took, and by how much a thread was late meanwhile."""
    with Library(folder) as library, Beat() if beat else nullcontext() as late:
        start, own = time.monotonic(), time.process_time()
        finish(library.map.find())
        wall_s = time.monotonic() - start
        core_s = time.process_time() - own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    told = f"{photos:,} photos: {wall_s:.0f} s, {core_s:.0f} s of a core, {core_s / usable_cores():.0f} s if all"
    print(f"{told} {usable_cores()} were free  {verdict(core_s / usable_cores() <= 60 * MINUTES)}", flush=True)
    if late:
        worst = 1000 * max(late.by_s)
        print(f"a thread beside it was late by {worst:.0f} ms at worst  {verdict(worst <= LATE_MS)}", flush=True)


class Beat:
    """A thread that wakes often, and knows how late it was."""

    def __init__(self) -> None:
        self.by_s: list[float] = [0.0]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Beat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            asked = time.monotonic()
            time.sleep(BEAT_S)
            self.by_s.append(time.monotonic() - asked - BEAT_S)


def finish(job: Generator[Progress, None, Result]) -> Result:
    """Run a long job to its end."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


if __name__ == "__main__":
    main()
