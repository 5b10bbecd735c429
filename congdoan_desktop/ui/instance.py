"""One window over one data folder: a second start brings the first to the front."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 2000


class Instance(QObject):
    """Claims a data folder for this process, or asks the process that has it to show its window."""

    wanted = Signal()
    """Another start asked for our window."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
        self._name = f"congdoan-{digest[:24]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)

    def claim(self) -> bool:
        """True when the folder is ours; False when another window has it and was asked to come to the front."""
        # Two starts at once must not both find a dead server and take it away from each other.
        lock = QLockFile(QDir.temp().filePath(f"{self._name}.lock"))
        lock.tryLock(_WAIT_MS)
        try:
            if self._call():
                return False
            QLocalServer.removeServer(self._name)
            # Without a place for a socket (a full disk) nobody can call us, but the window must open all the same:
            # that two write at once is prevented by the lock in the data folder.
            self._server.listen(self._name)
            return True
        finally:
            lock.unlock()

    def release(self) -> None:
        self._server.close()

    def _call(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        answered = socket.waitForConnected(_WAIT_MS)
        socket.disconnectFromServer()
        return answered

    def _asked(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
        self.wanted.emit()
