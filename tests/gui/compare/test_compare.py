"""Photos side by side follow one another, and show how they differ."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QSlider
from pytestqt.qtbot import QtBot

from photosearch.gui.canvas.canvas import Canvas, View
from photosearch.gui.compare.compare import Compare
from photosearch.gui.compare.compare_pane import Pane, best_columns
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from tests.photos import draw_photo, save_photo

Shown = Callable[..., Compare]


@pytest.fixture
def show(library: Library, jobs: Jobs, qtbot: QtBot) -> Shown:
    """Open a comparison of these photos, and wait until each is read or said not to be."""

    def show(*paths: str) -> Compare:
        compare = Compare(library, jobs)
        qtbot.addWidget(compare)
        compare.resize(900, 500)
        compare.show()
        compare.show_photos(paths)
        qtbot.waitUntil(lambda: all(canvas.picture or canvas.sentence for canvas in canvases(compare)))
        return compare

    return show


def panes(compare: Compare) -> list[Pane]:
    return compare.findChildren(Pane)


def canvases(compare: Compare) -> list[Canvas]:
    return [pane.canvas for pane in panes(compare)]


def told(compare: Compare) -> str:
    label = compare.findChild(QLabel, "told")
    assert isinstance(label, QLabel)
    return label.text()


def captions(compare: Compare) -> list[QLabel]:
    found = [pane.findChild(QLabel, "facts") for pane in panes(compare)]
    return [label for label in found if isinstance(label, QLabel)]


def middle(canvas: Canvas) -> tuple[int, int, int]:
    image = canvas.grab().toImage()
    colour = image.pixelColor(image.rect().center())
    return colour.red(), colour.green(), colour.blue()


def brightest(image: QImage) -> int:
    return max(image.pixelColor(x, y).value() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))


def show_difference(compare: Compare, qtbot: QtBot) -> QImage:
    qtbot.keyClick(canvases(compare)[0], Qt.Key.Key_D)
    qtbot.waitUntil(lambda: told(compare).startswith("What differs"))
    assert compare.canvas.picture
    return compare.canvas.picture.levels[0]


def test_photos_of_other_sizes_are_seen_as_one(show: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    small = save_photo(tmp_path / "small.png", 1, (300, 200))
    compare = show(small, save_photo(tmp_path / "large.png", 1, (1200, 800)))
    one, other = canvases(compare)
    for canvas, (key, times) in ((one, (Qt.Key.Key_Plus, 4)), (other, (Qt.Key.Key_Right, 2))):
        for _ in range(times):
            qtbot.keyClick(canvas, key)
        assert one.view == other.view != View()
    assert middle(one) == pytest.approx(middle(other), abs=12)
    qtbot.keyClick(one, Qt.Key.Key_T)
    qtbot.keyClick(one, Qt.Key.Key_0)
    assert one.view == View() != other.view


def test_what_is_better_is_marked(show: Shown, tmp_path: Path) -> None:
    small = save_photo(tmp_path / "small.png", 1, (30, 20))
    one, other, gone = captions(show(small, save_photo(tmp_path / "large.png", 1, (1200, 800)), str(tmp_path / "x")))
    assert "30 × 20" in one.text()
    assert "<b>" not in one.text()
    assert "<b>1,200 × 800</b>" in other.text().replace("1200", "1,200")
    assert other.toolTip() == "the most pixels, the largest file"
    assert gone.text().strip() == ""


def test_the_difference_of_equal_photos_is_black(show: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    photo = save_photo(tmp_path / "a.png", 1, (300, 200))
    compare = show(photo, save_photo(tmp_path / "b.bmp", 1, (300, 200)))
    assert brightest(show_difference(compare, qtbot)) == 0
    assert compare.canvas.sentence == "The two are equal pixel for pixel."


def test_a_small_change_is_amplified_in_its_place(show: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    before = Image.new("RGB", (300, 200), (100, 100, 100))
    after = before.copy()
    ImageDraw.Draw(after).rectangle((50, 40, 59, 49), fill=(110, 100, 93))
    before.save(tmp_path / "a.png")
    after.save(tmp_path / "b.png")
    difference = show_difference(show(str(tmp_path / "a.png"), str(tmp_path / "b.png")), qtbot)
    assert difference.pixelColor(55, 45) == QColor(40, 0, 28)
    assert difference.pixelColor(70, 45) == QColor(0, 0, 0)


def test_a_smaller_copy_is_compared_at_its_size(show: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    photo = draw_photo(1, (600, 401))
    photo.save(tmp_path / "a.png")
    photo.resize((150, 100), Image.Resampling.BOX).save(tmp_path / "b.png")
    compare = show(str(tmp_path / "a.png"), str(tmp_path / "b.png"))
    difference = show_difference(compare, qtbot)
    assert (difference.width(), difference.height()) == (150, 100)
    assert compare.canvas.sentence == "Compared at the size of the smaller photo."
    assert difference.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation).pixelColor(0, 0).value() < 40


def test_swap_flips_in_place_and_the_slider_blends(show: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    for name, colour in (("a.png", (200, 0, 0)), ("b.png", (0, 0, 100))):
        Image.new("RGB", (300, 200), colour).save(tmp_path / name)
    compare = show(str(tmp_path / "a.png"), str(tmp_path / "b.png"))
    qtbot.keyClick(canvases(compare)[0], Qt.Key.Key_S)
    assert (middle(compare.canvas), told(compare)) == ((200, 0, 0), "a.png")
    qtbot.keyClick(compare.canvas, Qt.Key.Key_S)
    assert (middle(compare.canvas), told(compare)) == ((0, 0, 100), "b.png")
    slider = compare.findChild(QSlider)
    assert isinstance(slider, QSlider)
    slider.setValue(50)
    assert middle(compare.canvas) == pytest.approx((100, 0, 50), abs=3)
    qtbot.keyClick(compare.canvas, Qt.Key.Key_Escape)
    assert canvases(compare)[0].isVisible()


def test_the_view_goes_along_between_the_ways_of_seeing(show: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    compare = show(*(save_photo(tmp_path / f"{seed}.png", seed, (300, 200)) for seed in range(2)))
    one = canvases(compare)[0]
    qtbot.mouseDClick(one, Qt.MouseButton.LeftButton, pos=QPoint(50, 60))
    one.zoom_by(3)
    view = one.view
    qtbot.keyClick(one, Qt.Key.Key_S)
    assert compare.canvas.view == view
    show_difference(compare, qtbot)
    assert compare.canvas.view == view


def test_each_other_photo_can_be_laid_against_the_first(show: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    compare = show(*(save_photo(tmp_path / f"{seed}.png", seed) for seed in range(4)))
    show_difference(compare, qtbot)
    seen = [told(compare)]
    for _ in range(3):
        qtbot.keyClick(compare.canvas, Qt.Key.Key_O)
        qtbot.waitUntil(lambda: told(compare).startswith("What differs"))
        seen.append(told(compare))
    assert [text.rpartition(" ")[2] for text in seen] == ["1.png", "2.png", "3.png", "1.png"]


def test_bad_files_are_sentences(show: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    paths = (save_photo(tmp_path / "a.png"), str(tmp_path / "gone.jpg"), str(tmp_path / "text.jpg"))
    compare = show(*paths)
    good, gone, bad = canvases(compare)
    assert good.sentence == ""
    assert "not there" in gone.sentence
    assert bad.sentence not in ("", gone.sentence)
    qtbot.keyClick(good, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: compare.canvas.sentence == gone.sentence)
    qtbot.keyClick(compare.canvas, Qt.Key.Key_S)
    qtbot.keyClick(compare.canvas, Qt.Key.Key_S)
    assert compare.canvas.sentence == gone.sentence


def test_closes_while_it_is_reading(library: Library, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    compare = Compare(library, jobs)
    qtbot.addWidget(compare)
    compare.show()
    compare.show_photos([save_photo(tmp_path / f"{seed}.png", seed, (900, 600)) for seed in range(4)])
    with qtbot.waitSignal(compare.closed):
        qtbot.keyClick(canvases(compare)[0], Qt.Key.Key_Escape)
    read: list[int] = []
    for _ in range(3):
        jobs.ask(lambda: 1, read.append)
    qtbot.waitUntil(lambda: len(read) == 3)
    qtbot.waitUntil(lambda: panes(compare) == [])


def test_the_layout_follows_the_window(show: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    compare = show(*(save_photo(tmp_path / f"{seed}.png", seed, (300, 200)) for seed in range(2)))

    def stacked() -> bool:
        one, other = panes(compare)
        return other.y() > one.y() and other.x() == one.x()

    assert not stacked()
    compare.resize(400, 800)
    qtbot.waitUntil(stacked)
    qtbot.keyClick(canvases(compare)[0], Qt.Key.Key_S)
    compare.resize(900, 400)
    qtbot.keyClick(compare.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not stacked())


@pytest.mark.parametrize(
    ("shapes", "window", "columns"),
    [
        ([1.5, 1.5], (1600, 900), 2),
        ([1.5, 1.5], (600, 1000), 1),
        ([3.0, 3.0], (1600, 1000), 1),
        ([0.6, 0.6, 0.6, 0.6], (1600, 700), 4),
        ([1.5, 1.5, 1.5, 1.5], (1600, 1000), 2),
    ],
)
def test_photos_are_laid_out_to_be_large(shapes: list[float], window: tuple[int, int], columns: int) -> None:
    assert best_columns(shapes, *window) == columns
