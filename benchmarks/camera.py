"""Camera JPEGs to index: those of a folder, or drawn ones, in as many copies as are wanted."""

import io
from itertools import cycle, islice
from pathlib import Path

import numpy as np
from PIL import Image


def camera_photos(folder: Path | None) -> list[bytes]:
    """The JPEGs of `folder`, or four drawn ones of 8 megapixels."""
    if folder:
        files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in (".jpg", ".jpeg"))
        if not files:
            raise SystemExit(f"There is no JPEG in {folder}.")
        return [file.read_bytes() for file in files[:20]]
    return [draw_photo(seed) for seed in range(4)]


def draw_photo(seed: int) -> bytes:
    """Soft shapes under sensor noise: about as many bytes as a camera makes of 8 megapixels."""
    random, packed = np.random.default_rng(seed), io.BytesIO()
    shapes = Image.fromarray(random.integers(0, 256, (18, 24, 3), np.uint8)).resize((3264, 2448))
    noise = random.normal(0, 4, (2448, 3264, 1))
    photo = Image.fromarray((np.asarray(shapes, np.float32) + noise).clip(0, 255).astype(np.uint8))
    photo.save(packed, "JPEG", quality=90)
    return packed.getvalue()


def make_copies(sources: list[bytes], folder: Path, count: int) -> None:
    """Write `count` files of which no two have the same bytes."""
    folder.mkdir()
    for number, source in enumerate(islice(cycle(sources), count)):
        (folder / f"{number:05}.jpg").write_bytes(source + number.to_bytes(8))
