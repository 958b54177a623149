"""The time of a re-scan of an unchanged library, against a mere walk over its folders that asks for sizes.

    python benchmarks/rescan.py [--photos 100000] [--runs 5]

The files hold a few bytes each and the catalog is filled to match them: a re-scan opens none of them. Target: 100,000
files in less than ten seconds on a warm disk.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from machine import spread, tell_machine, verdict
from synthetic import Scenes, fill

from photosearch.library import Library
from photosearch.models import Folder, FoundFile
from photosearch.store.tables.hashes import add_hashes

PHOTOS_A_FOLDER, HASH_BYTES = 500, 32
TARGET_S_PER_100K = 10.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as place:
        photos = Path(place).resolve() / "photos"
        files = make_files(photos, options.photos)
        with Library(Path(place) / "library", "cpu") as library:
            library.catalog.add_folder(Folder(str(photos)))
            scenes = Scenes(library.bundle.dimension, options.photos)
            fill(library.catalog, library.encoder_id, files, scenes)
            hashes = np.random.default_rng(0).bytes(HASH_BYTES * options.photos)
            parts = (hashes[start : start + HASH_BYTES] for start in range(0, len(hashes), HASH_BYTES))
            add_hashes(library.catalog, enumerate(parts, 1))  # or each run would look for their thumbnails
            print(
                f"the encoder, needed or not, is loaded in {timed(lambda: library.encoder):.2f} s (not counted below)"
            )
            rescan(library)  # the first one builds the search index
            walks, rescans = [], []
            for _ in range(options.runs):
                walks.append(timed(lambda: walk(photos)))
                rescans.append(timed(lambda: rescan(library)))
    walked, rescanned = statistics.median(walks), statistics.median(rescans)
    target_s = TARGET_S_PER_100K * options.photos / 100_000
    print(f"os.walk and os.stat of {options.photos:,} files: {spread(walks)} s")
    print(f"re-scan of {options.photos:,} unchanged files: {spread(rescans)} s")
    print(f"  ratio to the walk: {rescanned / walked:.1f}")
    print(f"  target {target_s:g} s: {verdict(rescanned <= target_s)}")


def make_files(root: Path, count: int) -> list[FoundFile]:
    """Write `count` small files in folders below `root`."""
    files: list[FoundFile] = []
    for number in range(count):
        folder = root / f"{number // PHOTOS_A_FOLDER:04}"
        if number % PHOTOS_A_FOLDER == 0:
            folder.mkdir(parents=True)
        path = str(folder / f"IMG_{number:07}.JPG")
        with open(path, "wb") as file:
            file.write(b"\xff\xd8\xff")
        status = os.stat(path)
        files.append(FoundFile(path, status.st_size, status.st_mtime_ns))
    return files


def walk(root: Path) -> None:
    """The least that any re-scan must do."""
    for folder, _, names in os.walk(root):
        for name in names:
            os.stat(os.path.join(folder, name))


def rescan(library: Library) -> None:
    """One indexing run that finds nothing to do; the summary must say so."""
    job = library.index()
    try:
        while True:
            next(job)
    except StopIteration as end:
        summary = end.value
    if summary.unchanged != summary.photos or summary.added or summary.changed or summary.missing:
        raise SystemExit(f"The catalog does not match the files: {summary}")


def timed(action: Callable[[], object]) -> float:
    """Seconds that `action` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
