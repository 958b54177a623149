"""The cost of photos made to be expensive: seconds each, and the peak memory of all processes together.

    python benchmarks/bounds.py [--in FOLDER] [--only NAME]

Draws odd and large photos, some kilobytes to hundreds of megabytes each, into FOLDER (a temporary one), and indexes
each in a library of its own, then all in one; Linux only, as it reads /proc. Target: 1.2 GB at the peak, and no photo
for more than 50 s. To compare two versions of the program, set PYTHONPATH to either: the photos are the same.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from machine import tell_machine, verdict
from PIL import Image

TARGET_BYTES, TARGET_S = 1_200_000_000, 50.0
PATIENCE_S = 600
EVERY_S = 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="place", type=Path)
    parser.add_argument("--only", choices=sorted(PHOTOS))
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as temporary:
        place = options.place or Path(temporary)
        names = [options.only] if options.only else list(PHOTOS)
        for name in names:
            draw(place / name, PHOTOS[name])
        print(f"{'':32}{'s':>7}{'MB':>7}")
        worst_s = worst_bytes = 0.0
        for what, folders in [*((name, [place / name]) for name in names), ("all of them", [place / n for n in names])]:
            seconds, peak, outcome = index(folders)
            print(f"{what:32}{seconds:7.1f}{peak / 1e6:7.0f}  {outcome}", flush=True)
            worst_s = max(worst_s, seconds if len(folders) == 1 else 0)
            worst_bytes = max(worst_bytes, peak)
    print(f"at most {worst_s:.0f} s a photo, target {TARGET_S:.0f} s: {verdict(worst_s <= TARGET_S)}")
    told = verdict(worst_bytes <= TARGET_BYTES)
    print(f"at most {worst_bytes / 1e6:.0f} MB, target {TARGET_BYTES / 1e6:.0f} MB: {told}")


def draw(folder: Path, content: Callable[[], bytes]) -> None:
    """Write a photo into a folder of its own, unless an earlier run has left it there."""
    file = folder / f"{folder.name.replace(' ', '-')}.{folder.name.split()[0].lower()}"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content())


def index(folders: list[Path]) -> tuple[float, float, str]:
    """Seconds, the most memory in bytes of all processes of one run together, and what became of the photos."""
    with tempfile.TemporaryDirectory() as library, tempfile.TemporaryFile() as out:
        command = [sys.executable, "-m", "photosearch", "--library", library, "--json", "index", *map(str, folders)]
        began, peak = time.monotonic(), 0.0
        with subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as run:
            while run.poll() is None:
                peak = max(peak, sum(map(memory_bytes, family(run.pid))))
                if time.monotonic() - began > PATIENCE_S:
                    run.kill()
                time.sleep(EVERY_S)
        seconds = time.monotonic() - began
        out.seek(0)
        return seconds, peak, told(out.read(), run.returncode)


def told(output: bytes, code: int) -> str:
    try:
        summary = json.loads(output)
    except ValueError:
        return f"exit code {code}: {output[-100:].decode(errors='replace')}"
    reasons = sorted({photo["reason"] for photo in summary["unreadable"]})
    return f"{summary['added']} indexed; " + (" ".join(reasons) if reasons else "all could be read")


def family(pid: int) -> Iterator[int]:
    """A process and all that came of it."""
    yield pid
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as children:
                for child in children.read().split():
                    yield from family(int(child))
    except OSError:  # it has ended
        return


def memory_bytes(pid: int) -> int:
    """The memory of a process, with its share of common pages (PSS)."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            return next(1024 * int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


# The photos


def noise(width: int, height: int) -> Image.Image:
    """A picture that is quickly drawn and not flat."""
    tile = np.random.default_rng(0).integers(0, 256, (256, 256, 3), np.uint8)
    small = Image.fromarray(tile).resize((512, 512), Image.Resampling.BICUBIC)
    whole = Image.new("RGB", (width, height))
    for left in range(0, width, 512):
        for top in range(0, height, 512):
            whole.paste(small, (left, top))
    return whole


def packed(image: Image.Image, pillow_format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, pillow_format, **options)
    return file.getvalue()


def scans() -> bytes:
    """6,000 passes over a picture of 16 megapixels, in about 200 kB."""
    data = packed(Image.new("L", (4096, 4096), 128), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2][:34] * 6_000 + data[-2:]


def segments() -> bytes:
    """64 MB of empty application segments."""
    data = packed(noise(640, 480), "JPEG")
    return data[:2] + b"\xff\xec\x00\x02" * (16 << 20) + data[2:]


def chunks() -> bytes:
    """60 MB of empty chunks in a PNG."""
    data = packed(noise(640, 480), "PNG")
    return data[:33] + (b"\0\0\0\0phOt" + zlib.crc32(b"phOt").to_bytes(4)) * 5_000_000 + data[33:]


def comment() -> bytes:
    """A comment of 60 MB in a GIF."""
    data = packed(noise(640, 480).quantize(), "GIF")
    table = 13 + (3 << (data[10] & 7) + 1)
    return data[:table] + b"\x21\xfe" + (b"\xff" + b"c" * 255) * 234_000 + b"\0" + data[table:]


def runs() -> bytes:
    """A BMP of 30 megapixels in runs of one pixel."""
    plain = bytearray(packed(noise(64, 64).quantize(), "BMP"))
    start = int.from_bytes(plain[10:14], "little")
    plain[18:26] = (6000).to_bytes(4, "little") + (5000).to_bytes(4, "little")
    plain[30:34] = (1).to_bytes(4, "little")
    return bytes(plain[:start]) + b"\x01\x07" * 30_000_000 + b"\x00\x01"


PHOTOS: dict[str, Callable[[], bytes]] = {
    "JPG of 6,000 passes": scans,
    "JPG of 16 million segments": segments,
    "PNG of 5 million chunks": chunks,
    "GIF with a long comment": comment,
    "BMP of short runs": runs,
    "JPG of 200 megapixels": lambda: packed(noise(16384, 12288), "JPEG"),
    "JPG of 200 MP, progressive": lambda: packed(noise(16384, 12288), "JPEG", progressive=True),
    "JPG of 400 megapixels": lambda: packed(noise(26000, 15400), "JPEG"),
    "PNG of 180 megapixels": lambda: packed(noise(16384, 11000), "PNG", compress_level=1),
    "PNG of 400 megapixels": lambda: packed(noise(26000, 15400), "PNG", compress_level=1),
    "TIF of 150 megapixels": lambda: packed(noise(15000, 10000), "TIFF", compression="tiff_lzw"),
    "WEBP of 50 megapixels": lambda: packed(noise(8192, 6100), "WEBP", method=0),
    "AVIF of 50 megapixels": lambda: packed(noise(8192, 6100), "AVIF", speed=10),
}


if __name__ == "__main__":
    main()
