"""Time and memory to find all duplicates of a large library, and those of new photos.

    python benchmarks/clearing.py PHOTOS [--photos N] [--share S] [--added N]

A library of N photos (100,000) with made-up descriptors, indexed. A share of them (0.05) has a duplicate: real
thumbnails of a folder of photos and the same ones saved once more, with descriptors as near as those of copies.
A process of its own finds all groups, then once more, then after some photos (1,000) were added.
Targets: 60 s for the first time and 5 s for the new photos, on two cores; 1.5 GB. Of 1,000,000, the first groups, when
all thumbnails have been compared: 15 minutes, and 6 GB.
"""

import argparse
import io
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
from machine import resident_bytes, tell_machine, verdict
from PIL import Image
from synthetic import Scenes, fill

from photosearch.library import Library
from photosearch.models import FoundFile, Progress
from photosearch.store.database import transaction

THREADS = 2
TARGET_ALL_S, TARGET_ADDED_S, TARGET_BYTES = 60.0, 5.0, 1.5e9
MANY, TARGET_MANY_S, TARGET_MANY_BYTES = 1_000_000, 900.0, 6e9
ROW = "{:32} {:>8} {:>8} {:>8} {:>8} {:>9} {:>8}  {}"
PARTS = ((0, 0, 1, 1), (0, 0, 0.5, 0.5), (0.5, 0, 1, 0.5), (0, 0.5, 0.5, 1), (0.5, 0.5, 1, 1))  # of a picture
STAGES = ("finding lookalikes", "comparing")


class Singles(Scenes):
    """Photos of which no two show one scene."""

    SHARES = (0.1, 0.15, 0.0)


class Found(NamedTuple):
    """One search: seconds in all, of processors, up to the first groups and by stage, groups and pairs compared.

    And the most memory of all processes so far.
    """

    seconds: float
    cpu_s: float
    first_s: float
    stage_s: dict[str, float]
    groups: int
    pairs: int
    peak_bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="PHOTOS")
    parser.add_argument("--photos", type=int, default=100_000, metavar="N")
    parser.add_argument("--share", type=float, default=0.05, metavar="S")
    parser.add_argument("--added", type=int, default=1_000, metavar="N")
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with Library(place, "cpu") as library:
            scenes = Singles(library.bundle.dimension, options.photos)
            pictures = read_thumbnails(options.folder)
            add(library, scenes, pictures, options.photos, options.share)
            for _ in library.vectors.extend(THREADS):
                pass
        print(ROW.format("", "s", "of cpu", "first", "searched", "compared", "groups", ""))
        found = ask(place)
        in_time = found.seconds <= TARGET_ALL_S and found.peak_bytes <= TARGET_BYTES
        if options.photos >= MANY:
            in_time = found.first_s <= TARGET_MANY_S and found.peak_bytes <= TARGET_MANY_BYTES
        tell("all, for the first time", found, verdict(in_time))
        tell("all, once more", ask(place), "")
        with Library(place, "cpu") as library:
            add(library, scenes, pictures, options.added, options.share)
        found = ask(place)
        tell(f"{options.added:,} more", found, verdict(found.seconds <= TARGET_ADDED_S))


def ask(place: Path) -> Found:
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        return other.submit(find, place).result()


def find(place: Path) -> Found:
    with Library(place, "cpu") as library:
        library.vectors.warm_up()
        started = before = time.perf_counter()
        spent = dict.fromkeys(STAGES, 0.0)
        pairs, peak_bytes, first_s = 0, resident_bytes(), None
        job = library.duplicates(threads=THREADS)
        while True:
            try:
                progress: Progress = next(job)
            except StopIteration as end:
                groups = len(end.value.groups)
                break
            now = time.perf_counter()
            if progress.stage == "looking closer" and first_s is None:
                first_s = now - started
            spent[progress.stage] = spent.get(progress.stage, 0.0) + now - before
            pairs = max(pairs, progress.done) if progress.stage == "comparing" else pairs
            before, peak_bytes = now, max(peak_bytes, resident_bytes())  # a process begins with the peak of its parent
        seconds = time.perf_counter() - started
        return Found(seconds, processor_s(), first_s or seconds, spent, groups, pairs, peak_bytes)


def processor_s() -> float:
    """Seconds of processors that this process took, and those that it started and that have ended."""
    taken = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in taken)


def tell(what: str, found: Found, good: str) -> None:
    parts = [f"{found.stage_s[stage]:.1f}" for stage in STAGES]
    ending = f"{found.pairs:,} pairs, {found.peak_bytes / 1e9:.2f} GB {good}"
    figures = (f"{found.seconds:.1f}", f"{found.cpu_s:.1f}", f"{found.first_s:.1f}")
    print(ROW.format(what, *figures, *parts, found.groups, ending), flush=True)


def read_thumbnails(folder: Path) -> Iterator[tuple[bytes, bytes]]:
    """The photos of a folder and below, then their quarters, as thumbnails, each as it is and saved once more.

    No picture comes twice, as more than a pair of copies would be found then.
    """
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in (".jpg", ".jpeg", ".webp", ".png"))
    for part in PARTS:
        for file in files:
            try:
                with Image.open(file) as photo:
                    width, height = photo.size
                    left, top, right, bottom = part
                    photo = photo.convert("RGB").crop((left * width, top * height, right * width, bottom * height))
            except OSError:
                continue
            scale = 384 / max(photo.size)
            photo = photo.resize((round(photo.width * scale), round(photo.height * scale)))
            yield pack(photo, 82), pack(photo.resize((photo.width * 9 // 10, photo.height * 9 // 10)), 75)
    raise SystemExit(f"There are too few photos in {folder}.")


def pack(photo: Image.Image, quality: int) -> bytes:
    packed = io.BytesIO()
    photo.save(packed, "JPEG", quality=quality)
    return packed.getvalue()


def add(library: Library, scenes: Scenes, pictures: Iterator[tuple[bytes, bytes]], count: int, share: float) -> None:
    """Add `count` photos, of which the last `share` are pairs of copies; takes from `pictures`."""
    catalog = library.catalog
    first = catalog.connection.execute("SELECT coalesce(max(id), 0) FROM content").fetchone()[0]
    copies = round(count * share / 2)
    files = (FoundFile(f"/photos/{first + number:07}.jpg", 2_000_000, first + number) for number in range(count))
    fill(catalog, library.encoder_id, files, scenes, first + 1)
    last = first + count
    for one in range(last - 2 * copies + 1, last, 2):
        vector = scenes.draw(1)[0]
        noise = np.random.default_rng(one).standard_normal(len(vector)).astype(np.float32)
        near = vector + 0.35 * noise / np.linalg.norm(noise)
        with transaction(catalog.connection):
            for content, values in ((one, vector), (one + 1, near / np.linalg.norm(near))):
                catalog.connection.execute(
                    "UPDATE descriptor SET vector = ? WHERE content_id = ?",
                    (values.astype(np.float16).tobytes(), content),
                )
        library.thumbnails.put(zip((one.to_bytes(32), (one + 1).to_bytes(32)), next(pictures), strict=True))


if __name__ == "__main__":
    main()
