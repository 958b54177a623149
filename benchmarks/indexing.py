"""The speed of indexing, against that of decoding and encoding alone on the same cores.

    python benchmarks/indexing.py [PHOTOS_FOLDER] [--photos 240] [--runs 3]

PHOTOS_FOLDER holds camera JPEGs of 8 to 12 megapixels; without it four are drawn. They are copied, with some bytes
appended, until there are enough, so that every copy is a photo of its own that decodes to the same pixels. Targets:
0.85 of what all cores together reach in the same run, with less than 1 GB of memory.
"""

import argparse
import io
import os
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import cycle, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import numpy as np
from camera import camera_photos, make_copies
from machine import resident_bytes, spread, tell_machine, verdict
from numpy.typing import NDArray
from PIL import Image
from stages import Stages

from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import fit
from photosearch.ingest.decoding.picture import orientation_of, turn_upright
from photosearch.ingest.pipeline import BATCH
from photosearch.library import Library
from photosearch.settings import usable_cores

TARGET_SHARE = 0.85
TARGET_BYTES = 1_000_000_000


class Speed(NamedTuple):
    """One measurement."""

    photos_per_s: float
    cpu_ms: float  # a photo, of all threads


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--photos", type=int, default=240)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    tell_machine()
    cores = usable_cores()
    with tempfile.TemporaryDirectory() as place:
        sources = camera_photos(options.folder)
        photos = Path(place) / "photos"
        make_copies(sources, photos, options.photos)
        with Library(Path(place) / "unused", "cpu") as library:
            encoder = library.encoder
        os.sync()  # or the disk's work would be counted
        bound(sources, encoder, BATCH * cores, cores)
        alone, together, indexed, peaks = list[Speed](), list[Speed](), list[Speed](), list[int]()
        for run in range(options.runs):
            alone.append(bound(sources, encoder, options.photos // cores, 1))
            together.append(bound(sources, encoder, options.photos, cores))
            speed, peak = in_own_process(photos, Path(place) / f"library{run}", cores)
            indexed.append(speed)
            peaks.append(peak)
        table = Stages.of_indexing(photos, Path(place) / "stages")
    print(f"{options.photos} photos of {np.mean([len(source) for source in sources]) / 1e6:.1f} MB, {cores} threads")
    print(f"indexing: {spread([speed.photos_per_s for speed in indexed], 1)} photos/s")
    print(f"only decoding and encoding, all cores at once: {spread([speed.photos_per_s for speed in together], 1)}")
    shares = [one.photos_per_s / other.photos_per_s for one, other in zip(indexed, together, strict=True)]
    told = verdict(statistics.median(shares) >= TARGET_SHARE)
    print(f"  ratio, each run to its neighbour: {spread(shares)}, target {TARGET_SHARE}: {told}")
    print(f"  ratio in processor time, which other programs disturb less: {cpu_ms(together) / cpu_ms(indexed):.2f}")
    print(f"only decoding and encoding, one thread: {spread([speed.photos_per_s for speed in alone], 1)}")
    print(f"  ratio to that × {cores} cores: {rate(indexed) / rate(alone) / cores:.2f}")
    print(f"peak memory: {max(peaks) / 1e6:.0f} MB, target 1000 MB: {verdict(max(peaks) < TARGET_BYTES)}")
    print(f"processor time, ms a photo: indexing {cpu_ms(indexed):.1f}, the bound {cpu_ms(together):.1f}")
    print(f"where the processor time of one thread goes, ms a photo:\n{table}")


def bound(sources: list[bytes], encoder: Encoder, count: int, threads: int) -> Speed:
    """`threads` threads that decode and encode, and do nothing else."""
    batches = [list(islice(cycle(sources), BATCH))] * (count // BATCH)

    def work(batch: list[bytes]) -> None:
        encoder.encode(np.stack([pixels(data, encoder) for data in batch]))

    with ThreadPoolExecutor(threads) as pool:
        start, cpu_start = time.perf_counter(), time.process_time()
        list(pool.map(work, batches))
        return speed_since(start, cpu_start, len(batches) * BATCH)


def speed_since(start: float, cpu_start: float, count: int) -> Speed:
    """The speed of `count` photos since two clocks stood so."""
    return Speed(count / (time.perf_counter() - start), 1000 * (time.process_time() - cpu_start) / count)


def rate(speeds: list[Speed]) -> float:
    """The median of photos per second."""
    return statistics.median(speed.photos_per_s for speed in speeds)


def cpu_ms(speeds: list[Speed]) -> float:
    """The median of processor time a photo."""
    return statistics.median(speed.cpu_ms for speed in speeds)


def pixels(data: bytes, encoder: Encoder) -> NDArray[np.uint8]:
    """The shortest way from a camera's bytes to the encoder's square: shrunk while decoding, turned, resized."""
    image, side = Image.open(io.BytesIO(data)), encoder.bundle.input_size
    image.decodermaxblock = len(data)  # at once, as indexing does: by 64 kB, threads would wait for each other
    scale = side / min(image.size)
    image.draft("RGB", (int(image.width * scale), int(image.height * scale)))
    return fit(turn_upright(image.convert("RGB"), orientation_of(image.getexif())), side, encoder.bundle.resize)


def in_own_process(photos: Path, library: Path, threads: int) -> tuple[Speed, int]:
    """Index `photos` in a new process: its speed, and the most bytes it and its children held."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=index, args=(photos, library, threads, theirs))
    process.start()
    peak = 0
    while not ours.poll(0.02) and process.is_alive():
        peak = max(peak, resident_bytes(process.pid))
    speed: Speed = ours.recv()
    process.join()
    return speed, peak


def index(photos: Path, library_folder: Path, threads: int, connection: Connection) -> None:
    """Index `photos` and tell the speed; loading the program and the encoder, as the bound does, is not counted."""
    import_module("photosearch.library.indexing")
    with Library(library_folder, "cpu") as library:
        count, _ = len(list(photos.iterdir())), library.encoder
        start, cpu_start = time.perf_counter(), time.process_time()
        for _ in library.index([str(photos)], threads=threads):
            pass
        speed = speed_since(start, cpu_start, count)
        counts = library.catalog.counts(library.encoder_id)
        if counts.encoded != count:
            raise SystemExit(f"Only {counts.encoded} of {count} photos were indexed.")
        connection.send(speed)


if __name__ == "__main__":
    main()
