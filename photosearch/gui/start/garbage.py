"""Python's search for unreachable objects, on the window's thread and in small steps.

By itself it runs on whichever thread makes objects: there it would end widgets, which Qt allows on their own thread
only, and hold every thread up for as long as it takes to look through a large library's rows.
"""

import gc

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

EVERY_MS = 1_000
STEPS_TO_ALL = 60  # of the steps, one looks at all objects and not only at young ones


class Garbage(QObject):
    """Collects while it lives, until `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = 0
        gc.freeze()  # the program itself stays: there is no use in looking at it again
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def close(self) -> None:
        """Collect what is left while there is still an application to end it in, then leave it to Python again.

        The program stays frozen: to look at all of it again would take longer than all else at the end.
        """
        self._timer.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        gc.enable()

    def _collect(self) -> None:
        self._steps += 1
        gc.collect(1 if self._steps % STEPS_TO_ALL else 2)
