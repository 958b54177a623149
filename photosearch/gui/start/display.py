"""Whether a window can be opened here at all; found out beforehand, because Qt ends the process where one cannot."""

import ctypes
import multiprocessing
import os
import sys
from pathlib import Path

ANSWER_S = 10  # a display that has not answered by then is taken for none
WITHOUT_SCREEN = ("offscreen", "minimal")


def obstacle() -> str | None:
    """Why no window can be opened here, as a sentence for the terminal; None if one can."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if sys.platform == "linux" and not any(map(os.environ.get, ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))):
        return "There is no display for the window."
    trial = None
    if sys.platform == "linux" and platform not in WITHOUT_SCREEN:
        trial = multiprocessing.get_context("spawn").Process(target=_try, daemon=True)
        trial.start()
    try:
        import PySide6.QtWidgets  # most of what the trial costs passes meanwhile
    except ImportError as error:
        return f"The window cannot be opened ({error})."
    if trial is None:
        return None
    trial.join(ANSWER_S)
    if trial.exitcode is None:
        trial.kill()
        return "The display does not answer."
    return f"The window cannot be opened ({_reason(PySide6.QtWidgets.__file__)})." if trial.exitcode else None


def _try() -> None:
    """Begin as a window does, in a process of its own: it exits with 0 if Qt finds a display and its libraries."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    from PySide6.QtGui import QGuiApplication

    QGuiApplication([])


def _reason(qt: str) -> str:
    """Why Qt's plugin for X11 did not do: the library that it lacks, or else the display."""
    try:
        ctypes.CDLL(str(Path(qt).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"))
    except OSError as error:
        return str(error)
    return "the display cannot be reached"
