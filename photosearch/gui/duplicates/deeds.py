"""The keys that decide of duplicates: they mean the same on the page, in the viewer and in the comparison."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, NamedTuple

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


class Offer(NamedTuple):
    """A decision that can be made: its icon, what it is called, the text of a small button, and its key."""

    deed: Deed
    symbol: str
    words: str
    short: str
    key: str


def offers() -> list[Offer]:
    """The decisions about duplicates."""
    return [
        Offer("take", "check", tr("Take the suggestion for this group"), "⏎ " + tr("Suggestion"), "Return"),
        *_of_one_photo(),
        Offer("not duplicates", "minus", tr("Not duplicates"), "N " + tr("No duplicate"), "N"),
        Offer("keep all", "photos", tr("Keep all of this group"), "A " + tr("Keep all"), "A"),
    ]


def offers_of_bursts() -> list[Offer]:
    """The decisions about a burst."""
    return [
        Offer("take", "check", tr("Keep the best, the rest go"), "⏎ " + tr("Best only"), "Return"),
        *_of_one_photo(),
        Offer("keep all", "photos", tr("Keep all of this burst"), "A " + tr("Keep all"), "A"),
    ]


def _of_one_photo() -> list[Offer]:
    return [
        Offer("keep only", "check", tr("Keep this one, the rest go"), "⇧⏎ " + tr("Only this one"), "Shift+Return"),
        Offer("keep", "check", tr("Keep this one"), "K " + tr("Keep"), "K"),
        Offer("let go", "remove", tr("Let it go, or stay"), "X " + tr("Let go"), "X"),
    ]


def add_deeds(menu: QMenu, possible: Sequence[Offer], decide: Callable[[Deed], object]) -> None:
    """Put all that can be decided of a photo in a group into a menu."""
    for offer in possible:
        action = QAction(icon(offer.symbol), f"{offer.words}\t{native(offer.key)}", menu)
        action.triggered.connect(partial(_act, decide, offer.deed))
        menu.addAction(action)


def _act(decide: Callable[[Deed], object], deed: Deed, _: bool = False) -> None:
    decide(deed)
