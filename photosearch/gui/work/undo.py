"""The person's steps in this window that can be undone, the latest first."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

MOST = 1000

Doer = TypeVar("Doer", bound=QObject)


class Step(NamedTuple):
    """A step in words, the name of the part that did it, and the function that undoes it with that part."""

    what: str
    doer: str
    undo: Callable[[Any], object]


class Undo(QObject):
    """One list for all parts of a window."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._doers: dict[str, QObject] = {}

    def serve(self, name: str, doer: QObject) -> None:
        """Let a part do steps, and undo those of the part of this name in a window whose place this one takes."""
        self._doers[name] = doer

    def take_over(self, other: "Undo") -> None:
        """Go on where the person was in another window."""
        self._steps = list(other._steps)
        self.changed.emit()

    @property
    def last(self) -> Step | None:
        """The step that `undo` would undo, in words."""
        return self._steps[-1] if self._steps else None

    def push(self, what: str, doer: Doer, undo: Callable[[Doer], object]) -> None:
        """Remember something that a part did; `undo` gets that part of the window in which it is called."""
        name = next(name for name, part in self._doers.items() if part is doer)
        self._steps = [*self._steps[1 - MOST :], Step(what, name, undo)]
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
        step.undo(self._doers[step.doer])
        self.changed.emit()
        return step.what
