"""Edited copies of photos, as people make them: one of each kind from every photo, equal at every run."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from photosearch.training.augmentations.edits import EDITS, Edit

MOST_PX = 1024  # larger originals are shrunk first: thumbnails show no more, and edits take long
GAP_PX = 10
QUALITY = 88


def turn(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Turn by one, two or three quarters."""
    turns = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    return image.transpose(turns[int(rng.integers(3))])


def resize(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Shrink to 40 to 90 % of each side, as for a message."""
    factor = float(rng.uniform(0.4, 0.9))
    size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
    return image.resize(size, Image.Resampling.LANCZOS)


def collage(images: Sequence[Image.Image], rng: np.random.Generator) -> Image.Image:
    """Four photos, two beside two on a page, in any order."""
    width, height = images[0].size
    page = Image.new("RGB", (2 * width + 3 * GAP_PX, 2 * height + 3 * GAP_PX), "white")
    for place, number in enumerate(rng.permutation(4)):
        corner = GAP_PX + place % 2 * (width + GAP_PX), GAP_PX + place // 2 * (height + GAP_PX)
        page.paste(images[number].resize((width, height)), corner)
    return page


SINGLE: dict[str, Edit] = EDITS | {"turn": turn, "resize": resize}
FORMATS = {"webp": "WEBP", "png": "PNG"}  # the same pixels in another format
KINDS: tuple[str, ...] = (*SINGLE, "collage", *FORMATS)


def write_copies(photo: Path, others: Sequence[Path], number: int, folder: Path) -> Iterator[tuple[str, Path]]:
    """Write one copy of each kind of a photo into `folder`, named by `number`; a collage takes three `others`."""
    image = _open(photo)
    for kind, edit in SINGLE.items():
        yield kind, _save(edit(image, _generator(number, kind)), folder / f"{number}-{kind}.jpg")
    page = collage([image, *map(_open, others[:3])], _generator(number, "collage"))
    yield "collage", _save(page, folder / f"{number}-collage.jpg")
    for kind in FORMATS:
        yield kind, _save(image, folder / f"{number}-{kind}.{kind}")


def _generator(number: int, kind: str) -> np.random.Generator:
    return np.random.default_rng([number, KINDS.index(kind)])


def _open(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        image = opened.convert("RGB")
    image.thumbnail((MOST_PX, MOST_PX))
    return image


def _save(image: Image.Image, path: Path) -> Path:
    image.save(path, quality=QUALITY)
    return path
