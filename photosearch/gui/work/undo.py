"""The person's steps in this window that can be undone, the latest first."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

MOST = 1000


class Step(NamedTuple):
    """A step in words, and the function that undoes it."""

    what: str
    undo: Callable[[], object]


class Undo(QObject):
    """One list for all parts of a window."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []

    @property
    def last(self) -> Step | None:
        """The step that `undo` would undo, in words."""
        return self._steps[-1] if self._steps else None

    def push(self, what: str, undo: Callable[[], object]) -> None:
        """Remember something that was done."""
        self._steps = [*self._steps[1 - MOST :], Step(what, undo)]
        self.changed.emit()

    def forget(self) -> None:
        """Nothing can be undone any more."""
        self._steps = []
        self.changed.emit()

    def undo(self) -> str:
        """Undo the last step; return what it was, or nothing where there is none."""
        if not self._steps:
            return ""
        step = self._steps.pop()
        step.undo()
        self.changed.emit()
        return step.what
