"""The row above the photos: back and forward, adding a folder, the search bar and the menu."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QMenuBar, QToolButton, QWidget

from photosearch.gui.search.search_bar import SearchBar
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr

IN_MENU = (
    *(
        "add-folder",
        "update",
        "unreadable",
        "",
        "read-keywords",
        "write-keywords",
        "",
        "publish",
        "",
        "stack",
        "side-bar",
        "details",
        "full-screen",
        "",
    ),
    *("settings", "shortcuts", "about", "", "quit"),
)


class TopBar(QWidget):
    """Holds the search bar; macOS shows the menu at the top of the screen as well."""

    def __init__(self, actions: Mapping[str, QAction], search_bar: SearchBar, window: QMainWindow) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(6)
        for name in ("back", "forward", "add-folder"):
            button = QToolButton()
            button.setDefaultAction(actions[name])
            if name == "add-folder":
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
                actions[name].visibleChanged.connect(
                    lambda at=actions[name], shown=button: shown.setVisible(at.isVisible())
                )
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(search_bar, 1)
        row.addSpacing(6)
        menu = QMenu("Photosearch", window)
        for name in IN_MENU:
            menu.addAction(actions[name]) if name else menu.addSeparator()
        if QGuiApplication.platformName() == "cocoa":
            window.setMenuBar(QMenuBar())
            window.menuBar().addMenu(menu)
        gear = QToolButton()
        gear.setIcon(icon("settings"))
        gear.setToolTip(tr("Menu"))
        gear.setAccessibleName(tr("Menu"))
        gear.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        gear.setMenu(menu)
        row.addWidget(gear)
