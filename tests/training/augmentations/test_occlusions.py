"""Edits that hide parts of a photo or set it among others."""

import numpy as np
import pytest
from PIL import Image

from photosearch.training.augmentations.occlusions import COVERS, MEAN_COLOUR
from tests.photos import draw_photo


@pytest.mark.parametrize("size", [(96, 64), (40, 121), (1, 1), (3, 200)])
@pytest.mark.parametrize("name", COVERS)
def test_an_edit_follows_its_generator_and_bears_any_size(name: str, size: tuple[int, int]):
    photo = draw_photo(0, size)
    before = photo.tobytes()
    results = [COVERS[name](photo, np.random.default_rng(seed)) for seed in (1, 1, 2, 3, 4)]
    assert {result.mode for result in results} == {"RGB"}
    assert results[0].tobytes() == results[1].tobytes()
    assert photo.tobytes() == before
    assert size == (1, 1) or any((result.size, result.tobytes()) != (photo.size, before) for result in results)


def test_hide_and_seek_hides_about_half_and_leaves_the_rest():
    photo = Image.new("RGB", (64, 64), (255, 255, 255))
    hidden = [np.asarray(COVERS["hide-and-seek"](photo, np.random.default_rng(seed))) for seed in range(40)]
    shares = [(one == MEAN_COLOUR).all(axis=2).mean() for one in hidden]
    assert 0.4 < np.mean(shares) < 0.6 and {share * 16 % 1 for share in shares} == {0}
    assert all(((one == MEAN_COLOUR).all(axis=2) | (one == 255).all(axis=2)).all() for one in hidden)


def test_what_is_pixelated_has_few_colours_and_the_rest_is_as_it_was():
    photo = Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8))
    for seed in range(5):
        changed = np.asarray(COVERS["pixelate"](photo, np.random.default_rng(seed))) != np.asarray(photo)
        assert 0.015 < changed.any(axis=2).mean() < 0.8


def test_a_collage_holds_the_whole_photo():
    photo = draw_photo(0, (24, 16))
    for seed in range(6):
        page = np.asarray(COVERS["collage"](photo, np.random.default_rng(seed)))
        windows = np.lib.stride_tricks.sliding_window_view(page, (16, 24, 3))[:, :, 0]
        assert (windows == np.asarray(photo)).all(axis=(2, 3, 4)).any()
        assert page.size >= 2 * np.asarray(photo).size
