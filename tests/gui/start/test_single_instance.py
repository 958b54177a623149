"""One window a library: a second start hands over and ends; crashes, strangers and garbage stop neither."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from photosearch.errors import LibraryBusy
from photosearch.gui.start.single_instance import Listener, hand_over
from tests.gui.driving import WAIT_MS
from tests.tree import ROOT

HAND_OVER = """
import sys
from pathlib import Path
from photosearch.gui.start.single_instance import hand_over
sys.exit(0 if hand_over(Path(sys.argv[1]), sys.argv[2:]) else 3)
"""
LISTEN_AND_CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from photosearch.gui.start.single_instance import Listener
app = QCoreApplication([])
listener = Listener(Path(sys.argv[1]))
os._exit(0 if listener.is_listening else 1)
"""


def python(code: str, *arguments: object, cwd: Path | None = None) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", code, *map(str, arguments)]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(command, cwd=cwd, env=os.environ | {"PYTHONPATH": path})


@pytest.fixture
def listener(qapp: QCoreApplication, tmp_path: Path) -> Generator[Listener]:
    listener = Listener(tmp_path / "library")
    assert listener.is_listening
    yield listener
    listener.close()


def server_name(listener: Listener) -> str:
    server = listener.findChild(QLocalServer)
    assert isinstance(server, QLocalServer)
    return server.fullServerName()


def test_the_first_start_finds_no_window(tmp_path: Path) -> None:
    assert not hand_over(tmp_path / "library", [])


def test_a_second_start_hands_its_folders_over(qtbot: QtBot, listener: Listener, tmp_path: Path) -> None:
    odd = "caf\udce9"  # to Linux, a byte that is no text
    with qtbot.waitSignal(listener.called, timeout=WAIT_MS) as called:
        second = python(HAND_OVER, tmp_path / "library", "Holiday", odd, cwd=tmp_path)
    assert called.args == [[str(tmp_path / "Holiday"), str(tmp_path / odd)]]
    assert second.wait(60) == 0


def test_a_second_start_without_folders_only_calls(qtbot: QtBot, listener: Listener, tmp_path: Path) -> None:
    with qtbot.waitSignal(listener.called, timeout=WAIT_MS) as called:
        second = python(HAND_OVER, tmp_path / "library")
    assert called.args == [[]]
    assert second.wait(60) == 0


def test_another_library_has_a_window_of_its_own(listener: Listener, tmp_path: Path) -> None:
    assert not hand_over(tmp_path / "other", [])


def test_what_a_crash_leaves_is_no_window(qtbot: QtBot, tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert python(LISTEN_AND_CRASH, library).wait(60) == 0
    assert not hand_over(library, [])
    listener = Listener(library)
    assert listener.is_listening
    with qtbot.waitSignal(listener.called, timeout=WAIT_MS):
        second = python(HAND_OVER, library)
    assert second.wait(60) == 0
    listener.close()


def test_a_window_that_hangs_is_told_of_after_two_seconds(listener: Listener, tmp_path: Path) -> None:
    with pytest.raises(LibraryBusy, match="does not answer"):  # nobody runs the listener's event loop here
        hand_over(tmp_path / "library", [])


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe there can be opened by several")
def test_a_second_listener_leaves_the_first_its_name(qtbot: QtBot, listener: Listener, tmp_path: Path) -> None:
    second = Listener(tmp_path / "library")
    assert not second.is_listening
    with qtbot.waitSignal(listener.called, timeout=WAIT_MS):
        third = python(HAND_OVER, tmp_path / "library")
    assert third.wait(60) == 0


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff\xfe\n",
        b'{"folders": 1}\n',
        b"[1, 2]\n",
        b"[" * 100_000 + b"\n",
        b"[" * 2_000_000,
    ],
)
def test_garbage_is_passed_over(qtbot: QtBot, listener: Listener, tmp_path: Path, garbage: bytes) -> None:
    called: list[list[str]] = []
    listener.called.connect(called.append)
    stranger = QLocalSocket()
    stranger.connectToServer(server_name(listener))
    assert stranger.waitForConnected(5000)
    stranger.write(garbage)
    qtbot.waitUntil(lambda: stranger.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert called == []
    with qtbot.waitSignal(listener.called, timeout=WAIT_MS):
        second = python(HAND_OVER, tmp_path / "library")
    assert second.wait(60) == 0


def test_who_says_nothing_is_sent_away(qtbot: QtBot, listener: Listener) -> None:
    stranger = QLocalSocket()
    stranger.connectToServer(server_name(listener))
    assert stranger.waitForConnected(5000)
    qtbot.waitUntil(lambda: stranger.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=5000)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no file")
def test_nobody_else_may_connect(listener: Listener) -> None:
    assert os.stat(server_name(listener)).st_mode & 0o077 == 0


def test_a_message_is_a_list_of_text(qtbot: QtBot, listener: Listener) -> None:
    friend = QLocalSocket()
    friend.connectToServer(server_name(listener))
    assert friend.waitForConnected(5000)
    message = json.dumps(["/a/b"]).encode()
    with qtbot.waitSignal(listener.called) as called:  # it may come in pieces
        friend.write(message[:3])
        friend.flush()
        qtbot.wait(1)
        friend.write(message[3:] + b"\n")
    assert called.args == [["/a/b"]]
