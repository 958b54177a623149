"""One window a library: a second start hands its folders to the window that is open, and ends."""

import getpass
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from photosearch.errors import LibraryBusy
from photosearch.gui.style.words import tr
from photosearch.paths import real_path

PATIENCE_MS = 2000
LONGEST_BYTES = 1_000_000
THANKS = b"taken\n"


def hand_over(library: Path, folders: Sequence[str]) -> bool:
    """Ask the window that has this library open to show itself and add `folders`; False if there is none.

    Raises LibraryBusy if there is one that does not answer within two seconds.
    """
    socket = _call(_name(library))
    if socket is None or not _is_ours(socket):
        return False
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # or the open window may only blink in the task bar
    socket.write(json.dumps([os.path.abspath(folder) for folder in folders]).encode("ascii") + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(PATIENCE_MS):
            if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:  # it is just ending
                return False
            raise _silent()
    return True


class Listener(QObject):
    """Hears of later starts with the same library while it lives; a damaged or endless message is passed over.

    If another one listens already, which two starts at once may bring about, `is_listening` is False.
    """

    called = Signal(object)  # list[str]: the folders to add, absolute, perhaps none; the window is to show itself

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        name = _name(library)
        if _call(name) is None:  # asked first, because listening takes the name from whoever has it
            QLocalServer.removeServer(name)  # left by a crash
            self._server.listen(name)
        self.is_listening = self._server.isListening()

    def close(self) -> None:
        """Hear no more: the next start opens a window."""
        self._server.close()

    def _welcome(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
            QTimer.singleShot(PATIENCE_MS, socket, socket.abort)
            self._hear(socket)  # what came before the signal was connected

    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            folders = _folders(bytes(socket.readLine(LONGEST_BYTES).data()))
            if folders is not None:
                socket.write(THANKS)
                socket.flush()
                self.called.emit(folders)
            socket.disconnectFromServer()
        elif socket.bytesAvailable() > LONGEST_BYTES:
            socket.abort()


def _folders(line: bytes) -> list[str] | None:
    """The folders of a message, or None if it is none."""
    try:
        message: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if isinstance(message, list) and all(isinstance(folder, str) for folder in message):
        return message
    return None


def _name(library: Path) -> str:
    """The socket's name: one for each person and library; short, because systems allow few letters."""
    who = getpass.getuser() if sys.platform == "win32" else str(os.getuid())
    key = f"{who}\0{os.path.normcase(real_path(library))}"
    return "photosearch-" + hashlib.sha256(os.fsencode(key)).hexdigest()[:16]


def _call(name: str) -> QLocalSocket | None:
    """A connection to who listens at `name`, or None if nobody does; raises LibraryBusy if the connection hangs."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if socket.waitForConnected(PATIENCE_MS):
        return socket
    if socket.error() == QLocalSocket.LocalSocketError.SocketTimeoutError:
        raise _silent()
    return None


def _silent() -> LibraryBusy:
    return LibraryBusy(
        tr("Photosearch is open already, but does not answer. Wait a little, or end it; then start again.")
    )


def _is_ours(socket: QLocalSocket) -> bool:
    """True if the socket was made by this person: another one could have made it first, to listen."""
    if sys.platform == "win32":
        return True
    try:
        return os.stat(socket.fullServerName()).st_uid == os.getuid()
    except OSError:
        return False
