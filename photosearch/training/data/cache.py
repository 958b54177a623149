"""Photos to learn from, decoded once into a compact file, so that the network and not the disk is the limit."""

import io
import json
import os
import zlib
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.preprocess import fit
from photosearch.errors import FolderError
from photosearch.own_files import checked, make_folder, private, read_json, replace_file
from photosearch.settings import usable_cores

ROOM = 1.2  # how much larger than the views the kept photos are, for crops to keep some detail
CHUNK = 64

Pixels = NDArray[np.uint8]
LoadJpeg = Callable[[int], bytes | None]


class Cache(NamedTuple):
    """Where the pixels uint8[N, side, side, 3] of the contents `digests` lie, row by row and nothing else."""

    file: Path
    side: int
    digests: list[bytes]

    def open(self) -> Pixels:
        """The pixels, read from the file when they are looked at."""
        return np.memmap(self.file, np.uint8, "r", shape=(len(self.digests), self.side, self.side, 3))


def side_of(training_size: int) -> int:
    """The side in pixels that photos are kept at, for views of `training_size`."""
    return round(training_size * ROOM)


def fill_cache(
    folder: Path, side: int, digests: Sequence[bytes], load: LoadJpeg
) -> Generator[tuple[int, int], None, Cache]:
    """Keep a row for each of `digests`, whose picture `load` gives by its place; yields how many of how many are done.

    Both sides of a picture are squashed to `side`. Sound rows that an earlier run left in `folder` are taken over.
    Photos that cannot be loaded are left out of the answer. Raises FolderError if none can, OSError if the disk is
    full.
    """
    file = folder / f"photos-{side}.pixels"
    kept = _sound_rows(file, side)
    if list(kept) == list(digests):
        return Cache(file, side, list(digests))
    make_folder(folder)
    partial = file.with_suffix(".partial")

    def picture(place: int) -> Pixels | None:
        row = kept.get(digests[place])
        return _decode(load(place), side) if row is None else row

    try:
        checksums = yield from _write_rows(partial, digests, picture)
        if not checksums:
            raise FolderError("None of the photos to learn from can be read.")
        kept.clear()  # Windows replaces no file that is open
        os.replace(partial, file)
        replace_file(file.with_suffix(".json"), json.dumps(checksums).encode())
    finally:
        partial.unlink(missing_ok=True)  # what is there of it fills the disk for nothing
    yield len(digests), len(digests)
    return Cache(file, side, [bytes.fromhex(digest) for digest in checksums])


def _write_rows(
    partial: Path, digests: Sequence[bytes], picture: Callable[[int], Pixels | None]
) -> Generator[tuple[int, int], None, dict[str, int]]:
    """Write what `picture` gives by place and return its checksums by digest, in hex."""
    checksums: dict[str, int] = {}
    with ThreadPoolExecutor(usable_cores()) as threads, open(partial, "wb", opener=private) as out:
        for start in range(0, len(digests), CHUNK):
            yield start, len(digests)
            places = range(start, min(start + CHUNK, len(digests)))
            for place, pixels in zip(places, threads.map(picture, places), strict=True):
                if pixels is not None:
                    checksums[digests[place].hex()] = zlib.crc32(pixels.data)
                    out.write(pixels.data)
    return checksums


def _sound_rows(file: Path, side: int) -> dict[bytes, Pixels]:
    """The rows of an earlier run whose checksum is right, by digest, in their order."""
    try:
        checksums = checked(read_json(file.with_suffix(".json")), dict[str, int])
        digests = [bytes.fromhex(digest) for digest in checksums]
        rows = Cache(file, side, digests).open()
        pairs = zip(digests, rows, checksums.values(), strict=True)
        return {digest: row for digest, row, checksum in pairs if zlib.crc32(row.data) == checksum}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _decode(jpeg: bytes | None, side: int) -> Pixels | None:
    try:
        return fit(Image.open(io.BytesIO(jpeg)).convert("RGB"), side, "squash") if jpeg else None
    except (OSError, SyntaxError, ValueError):
        return None
