"""Fitting pictures of any shape into the encoder's square."""

import numpy as np
import pytest
from PIL import Image

from photosearch.encode.bundle import Resize
from photosearch.encode.preprocess import PAD_GREY, RESIZES, fit
from tests.photos import difference, draw_photo


@pytest.mark.parametrize("resize", RESIZES)
@pytest.mark.parametrize("size", [(300, 200), (200, 300), (50, 40), (1, 1), (3000, 1), (1, 60_000)])
def test_every_shape_fits(resize: Resize, size: tuple[int, int]) -> None:
    pixels = fit(Image.new("RGB", size, (200, 40, 90)), 64, resize)
    assert (pixels.shape, pixels.dtype) == ((64, 64, 3), np.uint8)
    assert (pixels == (200, 40, 90)).all(axis=2).any()


def test_each_rule_shows_what_it_says() -> None:
    photo = draw_photo(1, (300, 200))
    assert difference(fit(photo, 100, "squash"), photo.resize((100, 100))) < 5
    assert difference(fit(photo, 200, "crop"), photo.crop((50, 0, 250, 200))) == 0
    padded = fit(photo, 300, "pad")
    assert difference(padded[50:250], photo) == 0
    assert (padded[:50] == PAD_GREY).all()
    assert (padded[250:] == PAD_GREY).all()
