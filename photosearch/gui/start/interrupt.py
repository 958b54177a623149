"""Ctrl-C in the terminal, and the system's request to end close the window as its own button does."""

import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier, QTimer

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interruptible(close: Callable[[], object]) -> Generator[None]:
    """While it lasts, the first such signal calls `close` on the window's thread, and a second one ends the process.

    `close` is called from an event loop, as soon as one runs: Qt ends none that has not begun.
    """
    # Python answers signals only while it runs, and Qt waits outside it: a byte on a socket wakes it up.
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        theirs.setblocking(False)
        notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: ours.recv(100))

        def answer(number: int, _: object) -> None:
            signal.signal(number, signal.SIG_DFL)
            QTimer.singleShot(0, close)

        before = {number: signal.signal(number, answer) for number in SIGNALS}
        descriptor = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(descriptor)
            for number, handler in before.items():
                signal.signal(number, handler)
            notifier.setEnabled(False)
