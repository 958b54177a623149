"""The engine's sentences in the person's language."""

from PySide6.QtCore import QT_TR_NOOP

from photosearch.gui.style.words import day, decimal, number, tr
from photosearch.sentences import Sentence, Value, fill

SYSTEM_REASONS = (  # the most frequent ones
    QT_TR_NOOP("No space left on device"),
    QT_TR_NOOP("Permission denied"),
    QT_TR_NOOP("Read-only file system"),
    QT_TR_NOOP("Input/output error"),
    QT_TR_NOOP("No such file or directory"),
)
OUTPUTS = (  # the kinds of `photosearch.output`
    QT_TR_NOOP("contact sheet"),
    QT_TR_NOOP("table of duplicates"),
    QT_TR_NOOP("list of labels"),
    QT_TR_NOOP("file of descriptors"),
    QT_TR_NOOP("map"),
)


def sentence(english: str) -> str:
    """The translation of a sentence, by its template; text without a translation stays as it is."""
    if not isinstance(english, Sentence):
        return tr(english)
    values = dict(english.values)
    if "date" in values:
        values["date"] = day(str(values["date"]))
    return fill(tr(english.template), values, _part)


def _part(value: Value) -> str:
    match value:
        case Sentence():
            return sentence(value)
        case str():
            return value
        case int():
            return number(value)
        case _:
            return decimal(value)
