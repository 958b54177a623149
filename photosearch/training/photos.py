"""The photos of a folder to learn from, small enough to edit quickly."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from photosearch.ingest.formats import is_photo_name

LONGEST_PX = 640
HELD_OUT = 1500  # photos that training never sees


def find_photos(folder: Path) -> list[Path]:
    """Return the photo files of `folder` and below in the order of their paths, so that a seed means the same twice."""
    return sorted(path for path in folder.rglob("*") if is_photo_name(path.name) and path.is_file())


def load_photo(path: Path) -> Image.Image | None:
    """Return the photo upright, mode RGB, the longer side at most LONGEST_PX; None if Pillow cannot read it."""
    try:
        with Image.open(path) as image:
            image.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BICUBIC)
            return ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, ValueError):
        return None


def split(photos: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the photos held out and those to learn from; the same files give the same parts."""
    order = np.random.default_rng(0).permutation(len(photos))
    held_out = min(HELD_OUT, len(photos) // 4)
    return [photos[i] for i in order[:held_out]], [photos[i] for i in order[held_out:]]


def reframe(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Return a window of 30 to 100 % of the area, its aspect up to a third narrower or wider."""
    area, aspect = float(rng.uniform(0.3, 1)), float(np.exp(rng.uniform(np.log(3 / 4), np.log(4 / 3))))
    width = min(image.width, max(1, round(image.width * (area * aspect) ** 0.5)))
    height = min(image.height, max(1, round(image.height * (area / aspect) ** 0.5)))
    left, top = int(rng.integers(image.width - width + 1)), int(rng.integers(image.height - height + 1))
    return image.crop((left, top, left + width, top + height))
