"""The memory of whole runs over large pictures, children included, beside a bound.

    python benchmarks/large_pictures.py [--keep FOLDER]

Draws two scenes of 200 and 64 megapixels, which the closer look sees at 50 and 64, and saves them again in other
qualities, sizes and formats; four pairs of 27 megapixels, which need no process to be decoded, follow. Then `index` and
`duplicates` run as programs of their own, on two threads. The peak is the memory of all their processes together, where
what they share counts once, asked for ten times a second; Linux only, as it reads /proc.
FOLDER keeps the pictures for the next run. Target: 1.2 GB.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from machine import shared_out_bytes, tell_machine, verdict
from PIL import Image

TARGET_BYTES = 1.2e9
EVERY_S = 0.1
THREADS = 2
LARGE, FULL, MIDDLE = (16_000, 12_500), (9_200, 6_900), (6_000, 4_500)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as temporary:
        album = options.keep or Path(temporary, "album")
        if not album.exists():
            album.mkdir(parents=True)
            draw(album)
        library = str(Path(temporary, "library"))
        for arguments in (["index", str(album)], ["duplicates", "--json"]):
            peak, seconds = run([*arguments, "--threads", str(THREADS), "--library", library])
            told = f"{peak / 1e6:,.0f} MB ({peak / TARGET_BYTES:.2f} times the target)  {verdict(peak <= TARGET_BYTES)}"
            print(f"{arguments[0]}: {told}; {seconds:.0f} s by the clock", flush=True)


def draw(album: Path) -> None:
    """Write the pictures."""
    large = scene(0, LARGE)
    large.save(album / "large.jpg", quality=92)
    large.save(album / "large again.jpg", quality=70)
    large.save(album / "large.png", compress_level=1)
    smaller = large.resize(FULL, Image.Resampling.BICUBIC)
    del large
    smaller.save(album / "smaller.jpg", quality=85)
    full = scene(1, FULL)
    full.save(album / "full.jpg", quality=90)
    full.save(album / "full again.jpg", quality=75)
    full.crop((300, 300, FULL[0] - 200, FULL[1] - 200)).save(album / "part.jpg", quality=85)
    for seed in range(2, 6):
        middle = scene(seed, MIDDLE)
        middle.save(album / f"{seed}.jpg", quality=90)
        middle.save(album / f"{seed} again.jpg", quality=70)


def scene(seed: int, size: tuple[int, int]) -> Image.Image:
    """Soft colours, which take little of a disk."""
    levels = np.random.default_rng(seed).integers(0, 256, (125, 160, 3), np.uint8)
    return Image.fromarray(levels).resize(size, Image.Resampling.BICUBIC)


def run(arguments: list[str]) -> tuple[int, float]:
    """Run a command; the peak of the memory of all its processes in bytes, and its time."""
    began, peak = time.monotonic(), 0
    with subprocess.Popen([sys.executable, "-m", "photosearch", *arguments], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, shared_out_bytes(process.pid))
            time.sleep(EVERY_S)
    if process.returncode:
        sys.exit(f"{arguments[0]} ended with {process.returncode}")
    return peak, time.monotonic() - began


if __name__ == "__main__":
    main()
