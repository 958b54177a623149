"""How fast pairs of originals are looked at, in how much memory, beside merely decoding them.

    python benchmarks/looks.py PHOTOS [--photos N] [--megapixels N]

Of N photos (4) of a folder it makes originals of 12 megapixels with the noise of a sensor, and of each a copy of four
kinds: saved again, made brighter, of half the size, cropped. The pairs are looked at one kind after the other and then
all together, as `duplicates` does it, on two processes; before that each file is decoded once. A pair of 63 megapixels,
decoded apart, follows. Seconds are of a core, as other work makes those of a clock worthless. Memory is that of all
processes together, in which what they share counts once. Linux only, as it reads /proc.
Targets: 12 pairs a second on two idle cores; 1 GB.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from typing import NamedTuple

import numpy as np
from machine import shared_out_bytes, tell_machine, verdict
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

from photosearch.find.duplicates.looker import File, Lookers, LookResult, Originals
from photosearch.ingest.decoding.containers import inspect
from photosearch.ingest.plain import read_plainly
from photosearch.ingest.reader import Reader
from photosearch.models import Decoded

PROCESSES = 2
TARGET_PAIRS_S, TARGET_BYTES = 12.0, 1e9
KINDS = ("saved", "brighter", "half", "crop")
LARGE_MEGAPIXELS, EVERY_S = 63.0, 0.2  # nearly the most that is looked at in full
INPUT_PX = 224
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".avif"}
Pair = tuple[File, File]


class Spent(NamedTuple):
    """Looking at pairs: seconds of all cores together, by the clock, the peak of memory, and what came of it."""

    core_s: float
    clock_s: float
    bytes: int
    told: list[LookResult | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="PHOTOS")
    parser.add_argument("--photos", type=int, default=4, metavar="N")
    parser.add_argument("--megapixels", type=float, default=12.0, metavar="N")
    options = parser.parse_args()
    tell_machine()
    photos = sorted(path for path in options.folder.rglob("*") if path.suffix.lower() in SUFFIXES)[: options.photos]
    with tempfile.TemporaryDirectory() as place:
        pairs = {kind: list[Pair]() for kind in KINDS}
        for number, photo in enumerate(photos):
            for kind, pair in make(photo, Path(place), str(number), options.megapixels):
                pairs[kind].append(pair)
        every = [pair for number in range(len(photos)) for pair in (pairs[kind][number] for kind in KINDS)]
        decoding_s = decode({file for pair in every for file in pair})
        print(f"decoding each file once: {decoding_s:.3f} s of a core each")
        with Reader(INPUT_PX, "squash") as reader, Lookers(originals(reader), PROCESSES) as lookers:
            look(lookers, every[: 2 * PROCESSES])  # starts them
            for kind in KINDS:
                tell(kind, look(lookers, pairs[kind]), decoding_s)
            tell("all", look(lookers, every), decoding_s, is_last=True)
            large = [pair for kind, pair in make(photos[0], Path(place), "large", LARGE_MEGAPIXELS) if kind == "saved"]
            tell("63 megapixels", look(lookers, large), decoding_s, is_last=True)


def originals(reader: Reader) -> Originals:
    """Where pictures come from, as in the program."""

    def picture(path: str, is_wanted: Callable[[], bool]) -> NDArray[np.uint8] | None:
        seen = reader.look(path, None, is_wanted)
        return seen.pixels if isinstance(seen, Decoded) else None

    return Originals(read_plainly, inspect, picture)


def tell(what: str, spent: Spent, decoding_s: float, is_last: bool = False) -> None:
    count = len(spent.told)
    covered = sum(told is not None and any(side.covers == "yes" for side in told.coverage.sides) for told in spent.told)
    each = spent.core_s / count
    line = f"{what:16}{each:6.2f} s of a core a pair ({each / (2 * decoding_s):4.1f} times decoding it)"
    line += f", {PROCESSES / each:5.1f} pairs/s on {PROCESSES} idle cores, {count / spent.clock_s:5.1f} by the clock"
    if is_last:
        line += f"  {verdict(PROCESSES / each >= TARGET_PAIRS_S)}"
        line += f"; {spent.bytes / 1e6:.0f} MB  {verdict(spent.bytes <= TARGET_BYTES)}"
    print(f"{line}; {covered} of {count} covered", flush=True)


def look(lookers: Lookers, pairs: Sequence[Pair]) -> Spent:
    """Look at pairs, the first half in one process and the second in another."""
    before, peak, started = processes_s(), 0, time.perf_counter()

    def run(chunk: Sequence[Pair]) -> list[LookResult | None]:
        looker = lookers.take(apart=True)
        try:
            return [looker.look(*pair) for pair in chunk]
        finally:
            lookers.give_back(looker)

    half = -(-len(pairs) // PROCESSES)
    with ThreadPoolExecutor(PROCESSES) as pool:
        runs = [pool.submit(run, pairs[start : start + half]) for start in range(0, len(pairs), half)]
        while not all(each.done() for each in runs):
            peak = max(peak, shared_out_bytes(os.getpid()))
            time.sleep(EVERY_S)
    clock_s = time.perf_counter() - started
    return Spent(processes_s() - before, clock_s, peak, [told for each in runs for told in each.result()])


def processes_s() -> float:
    """Seconds of a core that the processes which look have taken so far."""
    ticks = 0
    for process in active_children():
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # of the user and of the system: proc(5)
    return ticks / os.sysconf("SC_CLK_TCK")


def decode(files: set[File]) -> float:
    """Seconds of a core that decoding a file takes, the mean of some."""
    before = time.process_time()
    for file in files:
        read_plainly(file.path)
    return (time.process_time() - before) / len(files)


def make(photo: Path, place: Path, name: str, megapixels: float) -> Iterator[tuple[str, Pair]]:
    """Write an original and its copies; the pairs."""
    with Image.open(photo) as opened:
        image = opened.convert("RGB")
    scale = (megapixels * 1e6 / (image.width * image.height)) ** 0.5
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    levels = np.asarray(image, np.int16)
    noise = np.random.default_rng(0).normal(0, 2.5, levels.shape[:2]).round().astype(np.int16)[..., None]
    image = Image.fromarray(np.clip(levels + noise, 0, 255).astype(np.uint8))
    original = save(image, place / f"{name}.jpg", 93)
    with Image.open(original.path) as opened:
        image = opened.convert("RGB")  # with what saving left: copies are made of files
    width, height = image.size
    yield "saved", (original, save(image, place / f"{name}-saved.jpg", 80))
    yield "brighter", (original, save(ImageEnhance.Brightness(image).enhance(1.2), place / f"{name}-brighter.jpg", 88))
    half = image.resize((width // 2, height // 2), Image.Resampling.LANCZOS)
    yield "half", (original, save(half, place / f"{name}-half.jpg", 88))
    part = image.crop((width // 13, height // 11, width - width // 9, height - height // 17))
    yield "crop", (original, save(part, place / f"{name}-crop.jpg", 88))


def save(image: Image.Image, path: Path, quality: int) -> File:
    image.save(path, quality=quality)
    status = path.stat()
    return File(str(path), status.st_size, status.st_mtime_ns, image.width * image.height)


if __name__ == "__main__":
    main()
