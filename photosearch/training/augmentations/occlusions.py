"""Edits that hide parts of a photo or set it among others; recipes name them beside `edits.EDITS`.

They are no members of EDITS: the default encoder learned from those, and its figures and calibration are of those.
"""

import numpy as np
from PIL import Image

from photosearch.training.augmentations.edits import BICUBIC, Edit

GRID = 4  # patches along a side
HIDDEN = 0.5  # of the patches
PATCH = 2  # pixels along a side of those that are shuffled, which the authors find best
MEAN_COLOUR = (124, 116, 104)  # of ImageNet


def hide_and_seek(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Fill each of 4 × 4 patches with the mean colour of ImageNet, with even odds.

    Singh & Lee, "Hide-and-Seek: forcing a network to be meticulous for weakly-supervised object and action
    localization", 2017, section 3.1.
    """
    hidden = Image.fromarray((rng.random((GRID, GRID)) < HIDDEN).astype(np.uint8) * 255)
    mask = hidden.resize(image.size, Image.Resampling.NEAREST)
    return Image.composite(Image.new("RGB", image.size, MEAN_COLOUR), image, mask)


def patch_shuffle(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Put the pixels of each square of 2 × 2 in an order drawn for it; an odd last row or column stays.

    Kang, Dong, Zheng & Yang, "PatchShuffle regularization", 2017, section 3.
    """
    pixels = np.array(image)
    height, width = (side // PATCH * PATCH for side in pixels.shape[:2])
    rows, columns = height // PATCH, width // PATCH
    patches = pixels[:height, :width].reshape(rows, PATCH, columns, PATCH, 3).swapaxes(1, 2)
    patches = patches.reshape(rows, columns, PATCH * PATCH, 3)
    order = rng.random((rows, columns, PATCH * PATCH)).argsort(axis=2)
    patches = np.take_along_axis(patches, order[..., None], axis=2)
    patches = patches.reshape(rows, columns, PATCH, PATCH, 3).swapaxes(1, 2)
    pixels[:height, :width] = patches.reshape(height, width, 3)
    return Image.fromarray(pixels)


def pixelate(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Make one to three parts, each of up to half of both sides, unrecognisable in squares."""
    image = image.copy()
    for _ in range(int(rng.integers(1, 4))):
        width, height = (max(1, round(side * float(rng.uniform(0.15, 0.5)))) for side in image.size)
        left, top = int(rng.integers(image.width - width + 1)), int(rng.integers(image.height - height + 1))
        part = image.crop((left, top, left + width, top + height))
        squares = int(rng.integers(2, 6))
        coarse = part.resize((min(squares, width), min(squares, height)), Image.Resampling.BOX)
        image.paste(coarse.resize(part.size, Image.Resampling.NEAREST), (left, top))
    return image


def collage(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Set it on a page of 2 × 1, 1 × 2 or 2 × 2 pictures, the others drawn from blurred colours."""
    columns, rows = ((2, 1), (1, 2), (2, 2))[rng.integers(3)]
    gap = round(min(image.size) * float(rng.uniform(0, 0.06)))
    red, green, blue = rng.integers(0, 256, 3).tolist()
    size = columns * (image.width + gap) + gap, rows * (image.height + gap) + gap
    page = Image.new("RGB", size, (red, green, blue))
    place = int(rng.integers(columns * rows))
    for cell in range(columns * rows):
        row, column = divmod(cell, columns)
        picture = image if cell == place else _draw(image.size, rng)
        page.paste(picture, (gap + column * (image.width + gap), gap + row * (image.height + gap)))
    return page


def _draw(size: tuple[int, int], rng: np.random.Generator) -> Image.Image:
    coarse = Image.fromarray(rng.integers(0, 256, (*rng.integers(2, 9, 2), 3), np.uint8))
    return coarse.resize(size, BICUBIC)


COVERS: dict[str, Edit] = {
    "hide-and-seek": hide_and_seek,
    "patch-shuffle": patch_shuffle,
    "pixelate": pixelate,
    "collage": collage,
}
