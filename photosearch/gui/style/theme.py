"""Light and dark: greys without tint, so that photos keep their colours, and one accent."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from photosearch.gui.style.stylesheet import stylesheet
from photosearch.settings import Theme

Role, Group = QPalette.ColorRole, QPalette.ColorGroup


@dataclass(frozen=True)
class Colours:
    """The colours of one scheme; `outline` is of controls, `line` only parts what is apart anyway."""

    window: str
    base: str  # under photos, and in fields
    alternate: str  # every other row
    raised: str  # cards and buttons
    hover: str
    pressed: str
    line: str
    outline: str
    text: str
    secondary: str
    disabled: str
    accent: str
    accent_hover: str
    accent_text: str
    focus: str
    link: str
    link_visited: str
    tooltip: str
    tooltip_text: str
    banner: str
    better: str
    worse: str
    warning: str


LIGHT = Colours(
    window="#f6f6f6",
    base="#ffffff",
    alternate="#f8f8f8",
    raised="#ffffff",
    hover="#e9e9e9",
    pressed="#dcdcdc",
    line="#dedede",
    outline="#8a8a8a",
    text="#1d1d1d",
    secondary="#666666",
    disabled="#a6a6a6",
    accent="#2a6adb",
    accent_hover="#205bc4",
    accent_text="#ffffff",
    focus="#2a6adb",
    link="#1f5bc0",
    link_visited="#6a4bb0",
    tooltip="#2b2b2b",
    tooltip_text="#f5f5f5",
    banner="#e4ecfa",
    better="#1b7340",
    worse="#b3392f",
    warning="#8a5a00",
)
DARK = Colours(
    window="#1d1d1d",
    base="#171717",
    alternate="#1b1b1b",
    raised="#2a2a2a",
    hover="#333333",
    pressed="#3d3d3d",
    line="#343434",
    outline="#747474",
    text="#ececec",
    secondary="#a3a3a3",
    disabled="#676767",
    accent="#2f6fdc",
    accent_hover="#2963c9",
    accent_text="#ffffff",
    focus="#6ea2ff",
    link="#82b0ff",
    link_visited="#b9a2f0",
    tooltip="#3a3a3a",
    tooltip_text="#f2f2f2",
    banner="#26334a",
    better="#7cc496",
    worse="#ee948a",
    warning="#e3b25c",
)


def apply(app: QApplication, theme: Theme) -> None:
    """Show `app` in `theme`, from now on; "system" follows the system while the program runs."""
    follower = app.findChild(_Follower) or _Follower(app)
    follower.choose(theme)


def is_dark(palette: QPalette) -> bool:
    """True if text is lighter than what it stands on."""
    return palette.color(Role.WindowText).lightness() > palette.color(Role.Window).lightness()


def colours(palette: QPalette) -> Colours:
    """All colours of the scheme that `palette` belongs to, also those that a palette has no role for."""
    return DARK if is_dark(palette) else LIGHT


def secondary_text(palette: QPalette) -> QColor:
    """For facts under a name and hints: quieter than text, and still of 4.5:1."""
    return QColor(colours(palette).secondary)


def hairline(palette: QPalette) -> QColor:
    """For a line between what is apart anyway."""
    return QColor(colours(palette).line)


def warning(palette: QPalette) -> QColor:
    """For words about what a person should look at before deciding; of 4.5:1."""
    return QColor(colours(palette).warning)


def focus(palette: QPalette) -> QColor:
    """For the ring around what has the keyboard, and around a selected photo."""
    return QColor(colours(palette).focus)


def mark(widget: QWidget, name: str, on: bool = True) -> None:
    """Set a property that the stylesheet looks at, such as "sideBar" or "active", and show it at once.

    A list must be marked before it gets its rows: it asks their heights once.
    """
    widget.setProperty(name, on)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    QWidget.update(widget)  # in Qt 6.8 a list has another `update`, which wants an index


def palette_of(colours: Colours) -> QPalette:
    """`colours` in Qt's roles."""
    palette = QPalette()
    for role, colour in {
        Role.Window: colours.window,
        Role.WindowText: colours.text,
        Role.Base: colours.base,
        Role.AlternateBase: colours.alternate,
        Role.Text: colours.text,
        Role.PlaceholderText: colours.secondary,
        Role.Button: colours.raised,
        Role.ButtonText: colours.text,
        Role.BrightText: colours.accent_text,
        Role.Light: colours.hover,
        Role.Midlight: colours.line,
        Role.Mid: colours.outline,
        Role.Dark: colours.outline,
        Role.Shadow: colours.outline,
        Role.Highlight: colours.accent,
        Role.HighlightedText: colours.accent_text,
        Role.Accent: colours.accent,
        Role.Link: colours.link,
        Role.LinkVisited: colours.link_visited,
        Role.ToolTipBase: colours.tooltip,
        Role.ToolTipText: colours.tooltip_text,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText, Role.PlaceholderText, Role.HighlightedText):
        palette.setColor(Group.Disabled, role, QColor(colours.disabled))
    for role in (Role.Highlight, Role.Accent):
        palette.setColor(Group.Disabled, role, QColor(colours.pressed))
    return palette


class _Follower(QObject):
    """Keeps the choice beside the application, and listens to the system."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._theme: Theme = "system"
        self._shown: Colours | None = None
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._show)

    def choose(self, theme: Theme) -> None:
        self._theme = theme
        hints = self._app.styleHints()
        hints.setColorScheme(  # for what the system draws: title bars and its own dialogs
            {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(theme, Qt.ColorScheme.Unknown)
        )
        self._show(hints.colorScheme())

    def _show(self, scheme: Qt.ColorScheme) -> None:
        dark = self._theme == "dark" or (self._theme == "system" and scheme == Qt.ColorScheme.Dark)
        colours = DARK if dark else LIGHT
        if colours is self._shown:
            return
        self._shown = colours
        self._app.setPalette(palette_of(colours))
        font = self._app.font()
        text_points = max(QFontInfo(font).pointSizeF(), font.pointSizeF())  # one of them may not be known
        self._app.setStyleSheet(stylesheet(vars(colours), text_points))
