"""The keys that decide of duplicates: they mean the same on the page, in the viewer and in the comparison."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

from photosearch.gui.settings.shortcuts import native
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr

Deed = Literal["keep", "let go", "not duplicates", "keep all", "take", "keep only"]
KEYS: dict[Qt.Key, Deed] = {
    Qt.Key.Key_K: "keep",
    Qt.Key.Key_X: "let go",
    Qt.Key.Key_N: "not duplicates",
    Qt.Key.Key_A: "keep all",
    Qt.Key.Key_Return: "take",
    Qt.Key.Key_Enter: "take",
}


def deed_of(event: QKeyEvent) -> Deed | None:
    """The decision that a key makes, if any; a key that is held down decides once."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    deed = KEYS.get(Qt.Key(event.key()))
    if deed is None or event.isAutoRepeat():
        return None
    if deed == "take" and modifiers == Qt.KeyboardModifier.ShiftModifier:
        return "keep only"
    return None if modifiers else deed


def offers() -> list[tuple[Deed, str, str, str]]:
    """All of them: what each is, its icon, what it is called, and its key."""
    return [
        ("take", "check", tr("Take the suggestion for this group"), "Return"),
        ("keep only", "check", tr("Keep this one, the rest go"), "Shift+Return"),
        ("keep", "check", tr("Keep this one"), "K"),
        ("let go", "remove", tr("Let it go, or stay"), "X"),
        ("not duplicates", "minus", tr("Not duplicates"), "N"),
        ("keep all", "photos", tr("Keep all of this group"), "A"),
    ]


def button_words() -> dict[Deed, str]:
    """The text of a small button, with its key."""
    return {
        "take": "⏎ " + tr("Suggestion"),
        "keep only": "⇧⏎ " + tr("Only this one"),
        "keep": "K " + tr("Keep"),
        "let go": "X " + tr("Let go"),
        "not duplicates": "N " + tr("No duplicate"),
        "keep all": "A " + tr("Keep all"),
    }


def add_deeds(menu: QMenu, decide: Callable[[Deed], object]) -> None:
    """Put all that can be decided of a photo in a group into a menu."""
    for deed, symbol, words, key in offers():
        action = QAction(icon(symbol), f"{words}\t{native(key)}", menu)
        action.triggered.connect(partial(_act, decide, deed))
        menu.addAction(action)


def _act(decide: Callable[[Deed], object], deed: Deed, _: bool = False) -> None:
    decide(deed)
