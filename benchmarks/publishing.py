"""Time to publish a library and to publish it again, and whether readers see whole snapshots while publishers die.

    python benchmarks/publishing.py [--photos N] [--added N] [--readers N] [--kills N]

A library of N photos (100,000) with made-up descriptors and thumbnails of 8 kB is published to a folder on the same
disk, beside a plain copy of its files; then once more after some photos (1,000) were added. After that readers (10)
search without end, each in a process of its own that opens the library anew for each question, while the library grows
by ten photos at a time (100 times) and its publisher is killed at a random moment, if it is not done by then. An answer
is whole where its catalog, its index and its number of photos are those of one snapshot. Targets: 20 s the first time,
3 s for the new photos; every answer whole.
"""

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from machine import tell_machine, verdict
from synthetic import Scenes, fill

from photosearch.library import Library
from photosearch.models import FoundFile

TARGET_FIRST_S, TARGET_AGAIN_S = 20.0, 3.0
THUMBNAIL_BYTES, BATCH, GROWTH = 8_000, 1_000, 10
LATEST = 2.5  # times what a publisher takes alone, as readers slow it down
DEADLINE_S = 120.0
ASK = """
import sys
from pathlib import Path
from photosearch.library import Library
folder, log = Path(sys.argv[1]), Path(sys.argv[2])
with log.open("a") as out:
    while not (log.parent / "stop").exists():
        with Library(folder, "cpu") as library:
            count = library.photos.count().present
            vector = library.catalog.descriptor(library.encoder_id, 1)
            found = library.vectors.search(vector[None], 50).ids[0]
            listed = library.catalog.places(found.tolist())
            at = library.catalog.snapshot.number
        out.write(f"{at} {count} {len(found)} {len(listed)}\\n")
"""
PUBLISH = """
import sys
from pathlib import Path
from photosearch.library import Library
with Library(sys.argv[1], "cpu") as library:
    for _ in library.publish(Path(sys.argv[2])):
        pass
    print(library.photos.count().present)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=1_000)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--kills", type=int, default=100)
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        os.environ["XDG_DATA_HOME"] = str(place / "seats")
        library, folder = place / "library", place / "shared"
        with Library(library, "cpu") as made:
            most = options.photos + options.added + GROWTH * options.kills
            scenes = Scenes(made.bundle.dimension, most)
            add(made, scenes, 0, options.photos)
            for _ in made.vectors.extend(os.cpu_count() or 1):
                pass
            plain_s = copy_s(library, place / "plain")
            first_s = publish_s(made, folder)
            add(made, scenes, options.photos, options.added)
            again_s = publish_s(made, folder)
        print(f"{options.photos:,} photos: a plain copy of the library's files takes {plain_s:.1f} s")
        print(f"published in {first_s:.1f} s, ratio {first_s / plain_s:.2f}: {verdict(first_s <= TARGET_FIRST_S)}")
        is_quick = again_s <= TARGET_AGAIN_S
        print(f"{options.added:,} more in {again_s:.1f} s, ratio {again_s / plain_s:.2f}: {verdict(is_quick)}")
        kill_often(library, folder, place, options, scenes)


def add(library: Library, scenes: Scenes, first: int, count: int) -> None:
    """More photos with descriptors and thumbnails."""
    files = (
        FoundFile(f"/photos/{n // 500:04}/IMG_{n:07}.JPG", 4_000_000, 10**18 + n) for n in range(first, first + count)
    )
    fill(library.catalog, library.encoder_id, files, scenes, first + 1)
    chance = np.random.default_rng(first)
    rows = library.catalog.connection.execute(
        "SELECT digest FROM content WHERE id > ? ORDER BY id", (first,)
    ).fetchall()
    for start in range(0, len(rows), BATCH):
        jpegs = chance.bytes(THUMBNAIL_BYTES * BATCH)
        library.thumbnails.put(
            (digest, jpegs[n * THUMBNAIL_BYTES : (n + 1) * THUMBNAIL_BYTES])
            for n, (digest,) in enumerate(rows[start : start + BATCH])
        )


def copy_s(folder: Path, target: Path) -> float:
    """Seconds to copy a folder and to have it on the disk."""
    start = time.perf_counter()
    shutil.copytree(folder, target)
    os.sync()
    seconds = time.perf_counter() - start
    shutil.rmtree(target)
    return seconds


def publish_s(library: Library, folder: Path) -> float:
    start = time.perf_counter()
    for _ in library.publish(folder):
        pass
    os.sync()
    return time.perf_counter() - start


def kill_often(library: Path, folder: Path, place: Path, options: argparse.Namespace, scenes: Scenes) -> None:
    """Let readers search while publishers are killed, and judge every answer."""
    logs = [place / f"{number}.log" for number in range(options.readers)]
    asking = [subprocess.Popen([sys.executable, "-c", ASK, str(folder), str(log)]) for log in logs]
    command, chance, killed = [sys.executable, "-c", PUBLISH, str(library), str(folder)], random.Random(1), 0
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    whole_s = time.perf_counter() - start
    for growth in range(options.kills):
        with Library(library, "cpu") as made:
            add(made, scenes, options.photos + options.added + growth * GROWTH, GROWTH)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as publisher:
            try:
                publisher.wait(chance.uniform(0.2, LATEST) * whole_s)
            except subprocess.TimeoutExpired:
                publisher.send_signal(signal.SIGKILL)
                killed += 1
    (place / "stop").touch()
    codes = [process.wait(DEADLINE_S) for process in asking]
    answers = [tuple(map(int, line.split())) for log in logs for line in log.read_text().splitlines()]
    by_snapshot = {
        number: {tuple(told) for at, *told in answers if at == number} for number in {answer[0] for answer in answers}
    }
    torn = sum(len(told) > 1 or any(found != listed for _, found, listed in told) for told in by_snapshot.values())
    print(f"{killed} of {options.kills} publishers were killed; {len(logs)} readers got {len(answers):,} answers")
    is_whole = torn == 0 and not any(codes)
    print(f"snapshots seen: {len(by_snapshot)}, of which with answers that are not whole: {torn}: {verdict(is_whole)}")
    if answers:
        print(f"answers a reader: median {statistics.median(len(log.read_text().splitlines()) for log in logs):.0f}")


if __name__ == "__main__":
    main()
