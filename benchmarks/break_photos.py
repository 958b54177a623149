"""Damages photos of every format at random and reads them: each is a photo or a sentence, whatever is in it.

    python benchmarks/break_photos.py [--photos 20000] [--seed 0] [--minutes 60]

Prints how many were read and the sentences for the others, the longest time for one, and the most memory of all
processes together (Linux). Fails on an exception, which a crash, a hang or a full memory must not become, and on a
process that is left.
"""

import argparse
import io
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path

import numpy as np
from machine import resident_bytes, tell_machine
from PIL import Image

from photosearch.ingest.reader import Reader, unknown
from photosearch.models import Decoded

SIDE = 224
THREADS = 2
SIZE = (400, 300)
FORMATS: dict[str, tuple[str, dict[str, object]]] = {
    "jpg": ("JPEG", {"quality": 85}),
    "jpeg": ("JPEG", {"progressive": True, "comment": b"a comment"}),
    "png": ("PNG", {}),
    "webp": ("WEBP", {}),
    "gif": ("GIF", {"comment": b"a comment"}),
    "bmp": ("BMP", {}),
    "tif": ("TIFF", {"compression": "tiff_lzw"}),
    "tiff": ("TIFF", {}),
    "avif": ("AVIF", {"speed": 10}),
    "jp2": ("JPEG2000", {}),
    "ppm": ("PPM", {}),
    "tga": ("TGA", {"compression": "tga_rle"}),
    "ico": ("ICO", {"sizes": [(128, 96)]}),
    "dng": ("TIFF", {}),  # one by its name only
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=60.0)
    options = parser.parse_args()
    tell_machine()
    whole = {ending: packed(*FORMATS[ending]) for ending in FORMATS}
    end = time.monotonic() + 60 * options.minutes
    outcomes, slowest, peak, done = Counter[str](), 0.0, 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, resident_bytes())

    def read(number: int) -> tuple[str, float]:
        if time.monotonic() > end:
            return "not tried: the time was over", 0.0
        random = np.random.default_rng((options.seed, number))
        ending = str(random.choice(list(whole)))
        file = folder / f"{number}.{ending}"
        file.write_bytes(damage(whole[ending], random))
        began = time.monotonic()
        answer = reader.read(str(file), unknown)
        seconds = time.monotonic() - began
        file.unlink()
        if isinstance(answer, Decoded):
            return ("read, lacking a part" if answer.facts.lacking else "read"), seconds
        return answer.reason, seconds

    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(THREADS) as threads:
        folder = Path(place)
        watching = threading.Thread(target=watch)
        watching.start()
        try:
            with Reader(SIDE, "squash", THREADS) as reader:
                for outcome, seconds in threads.map(read, range(options.photos)):
                    outcomes[outcome] += 1
                    slowest = max(slowest, seconds)
        finally:
            done.set()
            watching.join()
    for outcome, count in outcomes.most_common():
        print(f"{count:7,}  {outcome}")
    print(f"the slowest took {slowest:.1f} s; at most {peak / 1e6:.0f} MB; processes left: {len(active_children())}")
    sys.exit(bool(active_children()))


def packed(pillow_format: str, options: dict[str, object]) -> bytes:
    """A drawn photo as a file of this format."""
    random = np.random.default_rng(0)
    photo = Image.fromarray(random.integers(0, 256, (9, 12, 3), np.uint8)).resize(SIZE, Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x0132] = "2024:05:06 07:08:09"
    file = io.BytesIO()
    more = {"exif": exif} if pillow_format in ("JPEG", "PNG", "WEBP", "AVIF") else {}
    photo.save(file, pillow_format, **options, **more)
    return file.getvalue()


def damage(data: bytes, random: np.random.Generator) -> bytes:
    """A file as a bad disk, an interrupted copy or somebody with a purpose would leave it."""
    broken = bytearray(data)
    for _ in range(int(random.integers(1, 6))):
        ways: list[Callable[[bytearray, np.random.Generator], None]] = [flip, fill, cut, double, overstate]
        ways[int(random.integers(len(ways)))](broken, random)
    return bytes(broken)


def flip(broken: bytearray, random: np.random.Generator) -> None:
    for at in random.integers(0, max(1, len(broken)), int(random.integers(1, 20))):
        broken[at : at + 1] = bytes([int(random.integers(256))])


def fill(broken: bytearray, random: np.random.Generator) -> None:
    at, size = _part(broken, random)
    broken[at : at + size] = bytes([int(random.choice([0, 255]))]) * size


def cut(broken: bytearray, random: np.random.Generator) -> None:
    at, size = _part(broken, random)
    del broken[at : at + (size if random.integers(2) else len(broken))]


def double(broken: bytearray, random: np.random.Generator) -> None:
    at, size = _part(broken, random)
    broken[at:at] = broken[at : at + size]


def overstate(broken: bytearray, random: np.random.Generator) -> None:
    """Make a number near the beginning, where sizes stand, a large one."""
    at = int(random.integers(0, min(len(broken), 200) or 1))
    broken[at : at + 4] = random.bytes(int(random.integers(1, 5)))


def _part(broken: bytearray, random: np.random.Generator) -> tuple[int, int]:
    at = int(random.integers(0, max(1, len(broken))))
    return at, int(random.integers(1, max(2, min(len(broken) - at, 4096))))


if __name__ == "__main__":
    main()
