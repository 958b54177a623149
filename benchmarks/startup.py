"""The time of `photosearch similar PHOTO` as a whole process, against one that only imports what it needs.

    python benchmarks/startup.py [PHOTO] [--photos 100000] [--runs 7]

Asks a made-up library, once with a photo that it holds and once with PHOTO, or a drawn one, that must be decoded and
encoded. Target: less than one second with 100,000 photos.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from machine import spread, tell_machine, verdict
from PIL import Image
from synthetic import Scenes, fill

from photosearch.library import Library
from photosearch.models import FoundFile

TARGET_S = 1.0
SLOWEST = 12  # imports to list
PACKAGES = "import photosearch.cli.main, hnswlib, onnxruntime"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photo", nargs="?", type=Path, help="not in the library")
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as place:
        library, known, strange = Path(place) / "library", Path(place) / "known.jpg", Path(place) / "strange.jpg"
        draw(known, 1)
        draw(strange, 2)
        make_library(library, known, options.photos)
        similar = ["-m", "photosearch", "--library", str(library), "similar"]
        commands = {
            "python alone": ["-c", "pass"],
            PACKAGES: ["-c", PACKAGES],
            "photosearch --version": ["-m", "photosearch", "--version"],
            "similar, a photo of the library": [*similar, str(known)],
            "similar, another photo": [*similar, str(options.photo or strange)],
        }
        seconds = {name: [run_s(command) for _ in range(options.runs)] for name, command in commands.items()}
        imports = slowest_imports([*similar, str(options.photo or strange)])
    for name, values in seconds.items():
        print(f"{name}: {spread(values)} s")
    floor = statistics.median(seconds[PACKAGES])
    for name in list(commands)[-2:]:
        median = statistics.median(seconds[name])
        print(f"{name}: ratio to the imports {median / floor:.2f}, target {TARGET_S} s: {verdict(median < TARGET_S)}")
    print(f"the slowest imports of the last one, ms with what they import:\n{imports}")


def draw(file: Path, seed: int) -> None:
    """Write a photo of one megapixel."""
    random = np.random.default_rng(seed)
    Image.fromarray(random.integers(0, 256, (9, 12, 3), np.uint8)).resize((1152, 864)).save(file)


def make_library(folder: Path, known: Path, photos: int) -> None:
    """Fill a library with `known` and made-up photos, and give it its search index."""
    with Library(folder, "cpu") as library:
        status = known.stat()
        files = [FoundFile(f"/photos/{n // 500:04}/IMG_{n:07}.JPG", 4_000_000, 10**18 + n) for n in range(photos - 1)]
        files.append(FoundFile(str(known.resolve()), status.st_size, status.st_mtime_ns))
        fill(library.catalog, library.encoder_id, files, Scenes(library.bundle.dimension, photos))
        for _ in library.vectors.extend(os.cpu_count() or 1):
            pass


def run_s(arguments: list[str]) -> float:
    """Seconds that a Python process takes from start to end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def slowest_imports(arguments: list[str]) -> str:
    """The output of `python -X importtime` for a command: the slowest packages, each with all it imports."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], check=True, capture_output=True, text=True
    ).stderr
    lines = re.findall(r"import time: +(\d+) \| +(\d+) \| +(\S+)", told)
    whole = [(int(total) / 1000, name) for _, total, name in lines if "." not in name or name.startswith("photosearch")]
    return "\n".join(f"  {ms:7.1f}  {name}" for ms, name in sorted(whole, reverse=True)[:SLOWEST])


if __name__ == "__main__":
    main()
