"""Ctrl-C in the terminal closes the window."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from photosearch.gui.start.interrupt import interruptible
from tests.tree import ROOT

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="nobody can send Ctrl-C to one process there")


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_loop_that_waits_outside_python(qtbot: QtBot, number: int) -> None:
    before = signal.getsignal(number)
    loop = QEventLoop()
    with interruptible(loop.quit):
        threading.Timer(0.05, os.kill, (os.getpid(), number)).start()
        loop.exec()
        assert signal.getsignal(number) == signal.SIG_DFL
    assert signal.getsignal(number) == before


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_before_the_loop_begins_ends_it(qtbot: QtBot, number: int) -> None:
    loop, ended = QEventLoop(), []
    with interruptible(loop.quit):
        signal.raise_signal(number)
        QTimer.singleShot(5000, lambda: (ended.append("late"), loop.quit()))
        loop.exec()
    assert ended == []


@posix_only
def test_a_second_signal_ends_what_does_not_close() -> None:
    code = """
from PySide6.QtCore import QCoreApplication
from photosearch.gui.start.interrupt import interruptible
app = QCoreApplication([])
with interruptible(lambda: print("closing", flush=True)):
    print("open", flush=True)
    app.exec()
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "open\n"
        window.send_signal(signal.SIGINT)
        assert window.stdout.readline() == "closing\n"
        window.send_signal(signal.SIGINT)
        assert window.wait(10) == -signal.SIGINT
