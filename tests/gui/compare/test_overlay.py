"""A crop, a mirrored and a turned copy are compared as they lie over the photo that is kept."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from photosearch.find.registration.verify import describe, verify
from photosearch.gui.compare.compare import Compare
from photosearch.gui.compare.overlay import OUTSIDE, Transform, lay, moves
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from tests.gui.compare.test_compare import canvases, middle, show_difference, told
from tests.photos import open_sample

SIZE = (384, 288)
Edit = Callable[[Image.Image], Image.Image]
EDITS: dict[str, Edit] = {
    "crop": lambda photo: photo.crop((60, 40, 330, 250)),
    "mirrored": ImageOps.mirror,
    "turned": lambda photo: photo.transpose(Image.Transpose.ROTATE_90),
    "mirrored crop, smaller": lambda photo: ImageOps.mirror(photo.crop((60, 40, 330, 250))).resize((190, 148)),
}


def found(photo: Image.Image, edited: Image.Image) -> Transform:
    """The transform that a comparison finds."""
    verdict = verify(describe(np.asarray(photo)), describe(np.asarray(edited)))
    assert verdict.tier in ("edited", "same") and verdict.evidence
    return verdict.evidence.transform


@pytest.fixture(params=EDITS)
def aligned(request: pytest.FixtureRequest, library: Library, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> Compare:
    """A photo and an edited copy of it, compared."""
    photo = open_sample(1, SIZE)
    edited = EDITS[request.param](photo)
    photo.save(tmp_path / "photo.png")
    edited.save(tmp_path / "edited.png")
    compare = Compare(library, jobs)
    qtbot.addWidget(compare)
    compare.resize(900, 500)
    compare.show()
    off = np.add(found(photo, edited), (0.004, 0, -0.005, 0, -0.003, 0.005))  # as of a photo much larger than it is
    paths = [str(tmp_path / name) for name in ("photo.png", "edited.png")]
    compare.show_photos(paths, [(1, 0, 0, 0, 1, 0), tuple(off.tolist())])
    qtbot.waitUntil(lambda: all(canvas.picture for canvas in canvases(compare)))
    return compare


def pixels(image: QImage) -> np.ndarray:
    """uint8[H,W,3]."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def test_what_both_show_is_nearly_black(aligned: Compare, qtbot: QtBot) -> None:
    difference = pixels(show_difference(aligned, qtbot))
    assert aligned.canvas.sentence.startswith("Aligned.")
    both = ~(difference == OUTSIDE).all(2)
    assert both.mean() > 0.4
    assert difference[both].mean() < 16, "four times as strong: one step of 64"


def test_swap_shows_it_in_its_place(aligned: Compare, qtbot: QtBot) -> None:
    qtbot.keyClick(canvases(aligned)[0], Qt.Key.Key_S)
    first = middle(aligned.canvas)
    slider = aligned.findChild(QSlider)
    assert isinstance(slider, QSlider)
    slider.setValue(100)
    qtbot.waitUntil(lambda: told(aligned) == "edited.png · aligned")
    assert middle(aligned.canvas) == pytest.approx(first, abs=24)
    slider.setValue(50)
    assert told(aligned) == "photo.png + edited.png · aligned"


def test_side_by_side_is_as_it_was(aligned: Compare) -> None:
    assert told(aligned) == ""
    assert len(canvases(aligned)) == 2


def test_a_photo_lies_where_the_transform_says() -> None:
    blue = np.full((50, 80, 3), (10, 20, 200), np.uint8)
    laid, shown = lay(blue, (0.5, 0, 0.25, 0, 0.5, 0.5), 160, 100)
    assert (laid[75, 80].tolist(), laid[10, 80].tolist()) == ([10, 20, 200], [OUTSIDE] * 3)
    assert (shown[52:98, 42:118]).all() and not shown[:49].any() and not shown[:, :39].any()


@pytest.mark.parametrize("transform", [(0, 0, 0, 0, 0, 0), (1, 0, 5, 0, 1, 5)], ids=["flat", "beside"])
def test_a_transform_that_shows_nothing_is_no_trouble(transform: Transform) -> None:
    laid, shown = lay(np.zeros((5, 8, 3), np.uint8), transform, 16, 10)
    assert (laid == OUTSIDE).all() and not shown.any()


def test_what_hardly_moves_is_compared_as_it_is() -> None:
    assert not moves((1.001, 0, 0.001, 0, 0.999, -0.002))
    assert moves((-1, 0, 1, 0, 1, 0)) and moves((0.7, 0, 0.2, 0, 0.7, 0.1))
