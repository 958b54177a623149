"""Light and dark: legible by the numbers of WCAG 2.2, and switched while the window is open."""

from collections.abc import Generator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QProxyStyle,
    QPushButton,
    QScrollBar,
    QStyle,
    QWidget,
)
from pytestqt.qtbot import QtBot

from photosearch.gui.style import theme
from photosearch.gui.style.theme import DARK, LIGHT, Colours
from photosearch.paths import resources
from photosearch.settings import Theme

SCHEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
SURFACES = ("window", "base", "raised", "alternate")


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Generator[None]:
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


def contrast(one: QColor | str, other: QColor | str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""

    def luminance(colour: QColor | str) -> float:
        full = QColor(colour)
        channels = (full.redF(), full.greenF(), full.blueF())
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


class WithIcons(QProxyStyle):
    """Puts icons of the system on the buttons of dialogs, as on some desktops."""

    def styleHint(self, hint: QStyle.StyleHint, *arguments: Any) -> int:
        return int(hint == QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons) or super().styleHint(hint, *arguments)


def test_buttons_of_dialogs_have_no_icons_of_the_system(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "dark")
    box, style = QDialogButtonBox(), WithIcons("Fusion")
    qtbot.addWidget(box)
    box.setStyle(style)
    assert box.addButton(QDialogButtonBox.StandardButton.Close).icon().isNull(), "they are dark"


@SCHEMES
@pytest.mark.parametrize("text", ["text", "secondary", "link", "link_visited", "better", "worse", "warning"])
@pytest.mark.parametrize("surface", [*SURFACES, "hover", "banner"])
def test_text_is_legible_on_every_surface(colours: Colours, text: str, surface: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, surface)) >= 4.5


@SCHEMES
def test_text_on_the_accent_and_in_tooltips_is_legible(colours: Colours) -> None:
    assert contrast(colours.accent_text, colours.accent) >= 4.5
    assert contrast(colours.accent_text, colours.accent_hover) >= 4.5
    assert contrast(colours.tooltip_text, colours.tooltip) >= 4.5
    assert contrast(colours.text, colours.pressed) >= 4.5


@SCHEMES
@pytest.mark.parametrize("part", ["outline", "focus", "accent"])
@pytest.mark.parametrize("surface", ["window", "base", "raised"])
def test_controls_and_focus_stand_out(colours: Colours, part: str, surface: str) -> None:
    assert contrast(getattr(colours, part), getattr(colours, surface)) >= 3


@SCHEMES
def test_the_glyphs_of_the_stylesheet_stand_out(colours: Colours) -> None:
    arrow = (resources() / "icons" / "style" / "down.svg").read_text().partition('stroke="')[2].partition('"')[0]
    assert contrast(arrow, colours.base) >= 3
    assert contrast(arrow, colours.raised) >= 3


@SCHEMES
def test_what_lies_around_photos_has_no_tint(colours: Colours) -> None:
    around = (*SURFACES, "hover", "pressed", "line", "outline", "text", "secondary", "disabled")
    assert all(QColor(getattr(colours, name)).saturation() == 0 for name in around)


def test_the_palette_says_every_role_and_what_is_disabled(qapp: QApplication) -> None:
    palette = theme.palette_of(DARK)
    for role in QPalette.ColorRole:
        if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
            assert palette.isBrushSet(QPalette.ColorGroup.Active, role), role
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        assert palette.color(QPalette.ColorGroup.Disabled, role).name() == DARK.disabled
    assert theme.is_dark(palette)
    assert theme.colours(palette) is DARK
    assert theme.secondary_text(palette).name() == DARK.secondary


def test_an_open_window_is_switched(qtbot: QtBot, qapp: QApplication) -> None:
    frame = QFrame()
    frame.resize(120, 80)
    button = QPushButton("Open", frame)
    button.move(20, 20)
    qtbot.addWidget(frame)
    frame.show()
    shown: list[tuple[str, str]] = []
    for chosen in ("dark", "light", "dark"):
        theme.apply(qapp, chosen)
        image = frame.grab().toImage()
        inside = button.geometry().topLeft()
        shown.append((image.pixelColor(2, 2).name(), image.pixelColor(inside.x() + 5, inside.y() + 5).name()))
    assert shown == [(DARK.window, DARK.raised), (LIGHT.window, LIGHT.raised), (DARK.window, DARK.raised)]


def test_the_system_is_followed_only_when_that_was_chosen(qapp: QApplication) -> None:
    theme.apply(qapp, "system")
    say = qapp.styleHints().colorSchemeChanged.emit
    say(Qt.ColorScheme.Dark)
    assert theme.is_dark(qapp.palette())
    say(Qt.ColorScheme.Unknown)
    assert not theme.is_dark(qapp.palette())
    theme.apply(qapp, "light")
    say(Qt.ColorScheme.Dark)
    assert not theme.is_dark(qapp.palette())


def test_marked_lists_have_rows_to_touch_and_bars_to_grab(qtbot: QtBot) -> None:
    places = QListWidget()
    qtbot.addWidget(places)
    theme.mark(places, "sideBar")
    places.addItems(["All photos", "Folders"])
    places.show()
    assert places.visualItemRect(places.item(1)).height() == 32
    assert QScrollBar(Qt.Orientation.Vertical).sizeHint().width() >= 12
    assert QProgressBar().sizeHint().height() <= 4 or QProgressBar().maximumHeight() == 4


def test_a_drop_zone_shows_that_it_is_active(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    zone = QFrame(page)
    zone.resize(200, 100)
    theme.mark(zone, "dropZone")
    page.show()
    assert page.grab().toImage().pixelColor(100, 50).name() == LIGHT.window
    theme.mark(zone, "active")
    assert page.grab().toImage().pixelColor(100, 50).name() == LIGHT.banner
    theme.mark(zone, "active", on=False)
    assert page.grab().toImage().pixelColor(100, 50).name() == LIGHT.window


@pytest.mark.parametrize("kind", [QPushButton, QLineEdit])
@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_the_keyboard_is_seen(qtbot: QtBot, qapp: QApplication, kind: type, chosen: Theme) -> None:
    theme.apply(qapp, chosen)
    frame = QFrame()
    control, other = kind(frame), QPushButton(frame)
    other.move(0, 60)
    frame.resize(200, 120)
    qtbot.addWidget(frame)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    control.setFocus()
    qtbot.waitUntil(control.hasFocus)
    ring = theme.focus(qapp.palette())
    assert control.grab().toImage().pixelColor(control.width() // 2, 1) == ring
    other.setFocus()
    assert control.grab().toImage().pixelColor(control.width() // 2, 1) != ring
