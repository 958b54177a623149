"""The edits that stand for what people do to a photo before they share it again."""

import numpy as np
import pytest
from PIL import Image

from photosearch.training.augmentations.edits import EDITS, edit

SIZES = ((97, 64), (40, 121), (1, 1), (3, 200))


def draw(width: int, height: int) -> Image.Image:
    rng = np.random.default_rng(width * 1000 + height)
    coarse = Image.fromarray(rng.integers(0, 256, (6, 8, 3), dtype=np.uint8))
    return coarse.resize((width, height), Image.Resampling.BICUBIC)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_the_picture_the_same_way_for_the_same_seed(name: str):
    photo = draw(97, 64)
    before = photo.tobytes()
    first, again = (EDITS[name](photo, np.random.default_rng(7)) for _ in range(2))
    assert (first.mode, first.size, first.tobytes()) == ("RGB", again.size, again.tobytes())
    assert (first.size, first.tobytes()) != (photo.size, before)
    assert photo.tobytes() == before


@pytest.mark.parametrize("name", sorted(EDITS.keys() - {"mirror", "grey"}))
def test_another_seed_gives_another_picture(name: str):
    photo = draw(97, 64)
    results = {EDITS[name](photo, np.random.default_rng(seed)).tobytes() for seed in range(3)}
    assert len(results) == 3


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_bears_any_size(name: str, size: tuple[int, int]):
    for seed in range(3):
        edited = EDITS[name](draw(*size), np.random.default_rng(seed))
        assert edited.mode == "RGB" and min(edited.size) >= 1


def test_several_edits_follow_the_generator():
    photo = draw(97, 64)
    first, again, other = (edit(photo, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes() != other.tobytes()


def test_a_tilt_keeps_the_middle_in_view_and_moves_the_corners():
    photo = Image.new("RGB", (100, 100), (255, 255, 255))
    tilted = np.asarray(EDITS["tilt"](photo, np.random.default_rng(0)))
    assert (tilted[50, 50] == 255).all()
    assert (tilted[0, 0] != 255).any() and (tilted[-1, -1] != 255).any()


def test_a_screenshot_holds_the_whole_photo():
    photo = draw(97, 64)
    screen = np.asarray(EDITS["screenshot"](photo, np.random.default_rng(3)))
    windows = np.lib.stride_tricks.sliding_window_view(screen, (64, 97, 3))[:, :, 0]
    assert (windows == np.asarray(photo)).all(axis=(2, 3, 4)).any()
