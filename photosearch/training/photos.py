"""The photos of a folder to learn from, small enough to edit quickly."""

import io
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from photosearch.ingest.decoding.formats import is_photo_name

LONGEST_PX = 640
HELD_OUT = 1500  # photos that training never sees


def find_photos(folder: Path) -> list[Path]:
    """Return the readable photos of `folder` and below by path, so that a seed means the same twice."""
    paths = sorted(path for path in folder.rglob("*") if is_photo_name(path.name) and path.is_file())
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return [path for path, readable in zip(paths, threads.map(_is_readable, paths), strict=True) if readable]


def _is_readable(path: Path) -> bool:
    return load_photo(path) is not None


def load_photo(photo: Path | bytes) -> Image.Image | None:
    """Return the photo, a file or its bytes, upright, mode RGB, the longer side at most LONGEST_PX.

    None if Pillow cannot read it.
    """
    try:
        with Image.open(io.BytesIO(photo) if isinstance(photo, bytes) else photo) as image:
            image.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BICUBIC)
            return ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def split(photos: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the photos held out and those to learn from; the same files give the same parts."""
    order = np.random.default_rng(0).permutation(len(photos))
    held_out = min(HELD_OUT, len(photos) // 4)
    return [photos[i] for i in order[:held_out]], [photos[i] for i in order[held_out:]]


def reframe(
    image: Image.Image, rng: np.random.Generator, least_area: float = 0.3, most_aspect: float = 4 / 3
) -> Image.Image:
    """Return a window of `least_area` to all of the area, its aspect up to `most_aspect` times narrower or wider."""
    area, aspect = (
        float(rng.uniform(least_area, 1)),
        float(np.exp(rng.uniform(-np.log(most_aspect), np.log(most_aspect)))),
    )
    width = min(image.width, max(1, round(image.width * (area * aspect) ** 0.5)))
    height = min(image.height, max(1, round(image.height * (area / aspect) ** 0.5)))
    left, top = int(rng.integers(image.width - width + 1)), int(rng.integers(image.height - height + 1))
    return image.crop((left, top, left + width, top + height))
