"""The icons: each draws something at every size, in the colour of the text, and follows it."""

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photosearch.gui.style import icons, theme
from photosearch.paths import resources
from photosearch.settings import Theme
from tests.tree import ROOT

DRAWN = sorted(file.stem for file in (resources() / "icons").glob("*.svg") if file.stem != "photosearch")


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


def colours(pixmap: QPixmap) -> set[str]:
    """The colours of the opaque pixels."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("size", [16, 24, 48])
def test_an_icon_is_drawn_whole(qtbot: QtBot, name: str, size: int) -> None:
    image = icons.icon(name).pixmap(QSize(size, size), 1.0).toImage()
    assert image.size() == QSize(size, size)
    inked = [(x, y) for x in range(size) for y in range(size) if image.pixelColor(x, y).alpha() > 40]
    assert len(inked) >= size / 2  # the bar of "minus" is the least
    edges = [(x, y) for x, y in inked if {x, y} & {0, size - 1}]
    assert not edges, "nothing may be cut off at the border"


@pytest.mark.parametrize("size", [16, 32, 512])
def test_the_icon_of_the_program_is_seen_on_white_and_on_black(qtbot: QtBot, size: int) -> None:
    shown = colours(icons.app_icon().pixmap(QSize(size, size), 1.0))
    hues = {QColor(colour).hue() // 30 for colour in shown if QColor(colour).saturation() > 120}
    assert len(hues) >= 2


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 3.0])
def test_an_icon_is_drawn_in_the_pixels_of_the_screen(qtbot: QtBot, scale: float) -> None:
    pixmap = icons.icon("search").pixmap(QSize(20, 20), scale)
    assert pixmap.size() == QSize(20, 20) * scale
    assert pixmap.deviceIndependentSize().toSize() == QSize(20, 20)


def test_an_icon_that_was_made_before_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    made = icons.icon("plus")
    copied = QIcon(made)
    seen: list[set[str]] = []
    for chosen in ("light", "dark", "light"):
        theme.apply(qapp, chosen)
        text = qapp.palette().color(QPalette.ColorRole.WindowText).name()
        assert colours(made.pixmap(QSize(24, 24), 1.0)) == colours(copied.pixmap(QSize(24, 24), 1.0)) == {text}
        seen.append({text})
    assert seen[0] == seen[2] != seen[1]


def test_disabled_and_selected_icons_have_the_colour_of_such_text(qtbot: QtBot, qapp: QApplication) -> None:
    made, palette = icons.icon("plus"), qapp.palette()
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name()
    selected = palette.color(QPalette.ColorRole.HighlightedText).name()
    assert colours(made.pixmap(QSize(24, 24), 1.0, QIcon.Mode.Disabled)) == {disabled}
    assert colours(made.pixmap(QSize(24, 24), 1.0, QIcon.Mode.Selected)) == {selected}
    on_accent = icons.icon("plus", QPalette.ColorRole.HighlightedText)
    assert colours(on_accent.pixmap(QSize(24, 24), 1.0)) == {selected}


def test_every_icon_that_the_window_names_is_drawn() -> None:
    named: set[str] = set()
    for source in (ROOT / "photosearch" / "gui").rglob("*.py"):
        named.update(re.findall(r"\bicon\(\"([a-z-]+)\"\)", source.read_text(encoding="utf-8")))
    assert named <= set(DRAWN)


def test_a_name_without_a_drawing_is_told_at_once(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no such icon")


@pytest.mark.parametrize("chosen", ["dark", "light"])
def test_a_symbol_on_a_page_follows_the_theme(qtbot: QtBot, qapp: QApplication, chosen: Theme) -> None:
    symbol = icons.Symbol("search", 24)
    qtbot.addWidget(symbol)
    symbol.show()
    theme.apply(qapp, chosen)
    text = qapp.palette().color(QPalette.ColorRole.WindowText).name()
    assert text in colours(symbol.grab())
    before = symbol.grab().toImage()
    symbol.show_icon("close")
    assert symbol.grab().toImage() != before
