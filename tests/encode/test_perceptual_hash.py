"""The perceptual hash: alike for copies of a whole picture, in any orientation, and for nothing else."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageOps

from photosearch.encode.perceptual_hash import HASH_BYTES, distances, orientations, perceptual_hash
from photosearch.find.hashes import MOST_BITS
from tests.photos import open_sample

SIZE = (320, 240)


def hash_of(picture: Image.Image) -> NDArray[np.uint8]:
    return np.frombuffer(perceptual_hash(picture), np.uint8)


def apart(one: Image.Image, other: Image.Image) -> int:
    """The bits by which two pictures differ in that orientation in which they are most alike."""
    return int(distances(orientations(hash_of(one)[None])[:, 0], hash_of(other)).min())


@pytest.mark.parametrize("turn", [None, *Image.Transpose])
def test_one_hash_tells_those_of_all_orientations(turn: Image.Transpose | None) -> None:
    picture = open_sample(1, SIZE)
    turned = picture if turn is None else picture.transpose(turn)
    seen = orientations(hash_of(picture)[None])
    assert seen.shape == (8, 1, HASH_BYTES)
    assert distances(seen[:, 0], hash_of(turned)).min() <= 8, "but for rounding"


def test_orientations_undo_each_other() -> None:
    bits = np.random.default_rng(1).integers(0, 256, (3, HASH_BYTES), np.uint8)
    twice = orientations(orientations(bits).reshape(-1, HASH_BYTES)).reshape(8, 8, 3, HASH_BYTES)
    assert ((twice == bits).all((2, 3)).sum(0) == 1).all(), "each is undone by one"


@pytest.mark.parametrize(
    "edit",
    [
        lambda picture: picture.reduce(3),
        lambda picture: picture.resize((200, 300)),
        ImageOps.grayscale,
        lambda picture: ImageEnhance.Contrast(picture).enhance(1.5),
        lambda picture: ImageOps.posterize(picture, 2),
        lambda picture: picture.point([round(255 * (level / 255) ** 0.6) for level in range(256)] * 3),
        lambda picture: picture.convert("RGBA"),
        lambda picture: picture.convert("CMYK"),
    ],
)
def test_tones_and_sizes_change_few_bits(edit: Callable[[Image.Image], Image.Image]) -> None:
    picture = open_sample(2, SIZE)
    assert apart(picture, edit(picture)) <= MOST_BITS // 2


def test_other_pictures_are_far() -> None:
    pictures = [open_sample(number, SIZE) for number in range(8)]
    for place, one in enumerate(pictures):
        assert all(apart(one, other) > MOST_BITS for other in pictures[:place])


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (40, 3)])
def test_any_size_has_a_hash(size: tuple[int, int]) -> None:
    assert len(perceptual_hash(Image.new("L", size, 128))) == HASH_BYTES


def test_what_is_flat_has_one_hash_however_light() -> None:
    assert perceptual_hash(Image.new("RGB", SIZE, (10, 20, 30))) == perceptual_hash(Image.new("L", SIZE, 200))
