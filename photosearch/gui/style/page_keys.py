"""The keys that a part of the window answers itself: one table, by which it acts and which the list of keys shows."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class PageKey(NamedTuple):
    """What some keys do, of which the first is listed; without words none is."""

    keys: tuple[Qt.Key, ...]
    words: str
    act: Callable[[], object]
    is_possible: bool = True  # now


def answer(event: QKeyEvent, table: Iterable[PageKey]) -> bool:
    """Do what the key of an event does; False if it does nothing now."""
    for each in table:
        if Qt.Key(event.key()) in each.keys and each.is_possible:
            each.act()
            return True
    return False


def make_shortcuts(page: QWidget, table: Iterable[PageKey]) -> None:
    """Let a page, whatever part of it has the keyboard, answer the first key of each; one that is held answers once."""
    for each in table:
        shortcut = QShortcut(QKeySequence(each.keys[0]), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(each.act)


def listed(table: Iterable[PageKey]) -> list[tuple[str, str]]:
    """The keys and what they do, for a person."""
    return [(QKeySequence(each.keys[0]).toString(), each.words) for each in table if each.words]
