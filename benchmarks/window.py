"""The time for the window's contents: a library listed in every order, and the 2,000 photos nearest to one.

    python benchmarks/window.py [--photos 100000] [--runs 7]

Asks a made-up library for listings, each against a plain reading of all ids, and for lookalikes of a photo that it
holds, in the whole library and among the photos of some days, each against the mere search of the index. Targets with
100,000 photos: 0.2 s a listing, 60 ms for the lookalikes.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

from machine import spread, tell_machine, verdict
from startup import draw
from synthetic import Scenes, fill

from photosearch.library import Library
from photosearch.models import EVERYTHING, Filter, FoundFile, Order, Query

LISTING_TARGET_S, SIMILAR_TARGET_S = 0.2, 0.06
NEAREST = 2_000
FIRST_DAY, DAYS = datetime(2010, 1, 1), 5_000
SHARES = (0.01, 0.1, 0.3, 0.9)  # of the days, and so of the photos


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as place, Library(Path(place) / "library", "cpu") as library:
        known = Path(place) / "known.jpg"
        draw(known, 1)
        make_library(library, known.resolve(), options.photos)
        tell_listings(library, options.runs)
        tell_lookalikes(library, str(known.resolve()), options.runs)


def make_library(library: Library, known: Path, photos: int) -> None:
    """`known` and made-up photos of DAYS days, most of which say when they were taken; and the search index."""
    status = known.stat()
    step_ns = DAYS * 86_400 * 10**9 // photos
    first_ns = round(FIRST_DAY.timestamp()) * 10**9
    files = [
        FoundFile(f"/photos/{n // 500:04}/IMG_{n * 7919 % photos:07}.JPG", 4_000_000 + n % 9973, first_ns + n * step_ns)
        for n in range(photos - 1)
    ]
    files.append(FoundFile(str(known), status.st_size, status.st_mtime_ns))
    fill(library.catalog, library.encoder_id, files, Scenes(library.bundle.dimension, photos))
    library.catalog.connection.execute(
        "UPDATE content SET taken_at = (SELECT strftime('%Y-%m-%dT%H:%M:%S', mtime_ns / 1000000000, 'unixepoch',"
        " 'localtime') FROM photo WHERE content_id = content.id) WHERE id % 4 > 0"
    )
    for _ in library.vectors.extend(os.cpu_count() or 1):
        pass


def tell_listings(library: Library, runs: int) -> None:
    """Every order, against all ids in no order."""

    def read_ids() -> None:
        library.catalog.connection.execute("SELECT id FROM photo").fetchall()

    floor = statistics.median(time_s(read_ids, runs))
    for order in get_args(Order):
        values = time_s(lambda order=order: library.photos.listing(order), runs)
        median = statistics.median(values)
        print(
            f"listed by {order}: {spread(values, 3)} s, {median / floor:.1f} times reading the ids;"
            f" target {LISTING_TARGET_S} s: {verdict(median < LISTING_TARGET_S)}"
        )


def tell_lookalikes(library: Library, photo: str, runs: int) -> None:
    """The nearest photos, in the whole library and among some days of it, against the search of the index alone."""
    vector = library.vectors.descriptor(library.catalog.counts().present)
    assert vector is not None
    bare = statistics.median(time_s(lambda: library.vectors.search(vector[None], NEAREST), runs))
    for share in (None, *SHARES):
        only = Filter(until=(FIRST_DAY + timedelta(days=DAYS * share)).date().isoformat()) if share else EVERYTHING
        query = Query((photo,), only=only, limit=NEAREST, min_score=-1)
        values = time_s(lambda query=query: library.similar(query), runs)
        median = statistics.median(values)
        among = f"among {share:.0%} of the photos" if share else "of all"
        print(
            f"the {NEAREST:,} nearest {among}: {spread(values, 3)} s,"
            f" {median / bare:.1f} times the search alone"
            + ("" if share else f"; target {SIMILAR_TARGET_S} s: {verdict(median < SIMILAR_TARGET_S)}")
        )


def time_s(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run, after one that is not counted."""
    work()
    seconds: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


if __name__ == "__main__":
    main()
