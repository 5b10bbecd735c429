"""One window over one data folder: a second start brings the first to the front."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_PATIENCE_S = 5.0
_BETWEEN_CALLS_S = 0.05
_WAIT_MS = 2000


class Instance(QObject):
    """Claims a data folder for this process, or asks the process that has it to show its window.

    The claim is a lock file, which costs next to nothing; the network library is read by `listen`, behind the window.
    """

    wanted = Signal()
    """Another start asked for our window."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
        self._name = f"congdoan-{digest[:24]}"
        self._lock = QLockFile(QDir.temp().filePath(f"{self._name}.lock"))
        # A window may stay open for days; only the lock of a dead process is stale.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """True when the folder is ours; False when another window has it and was asked to come to the front."""
        deadline = time.monotonic() + _PATIENCE_S
        while not self._locked():
            if self._call():
                return False
            if time.monotonic() > deadline:
                # Whoever has the lock does not answer. The window must open all the same: that two write at once is
                # prevented by the lock in the data folder.
                return True
            # The other one is just starting and does not listen yet, or is about to end.
            time.sleep(_BETWEEN_CALLS_S)
        return True

    def listen(self) -> None:
        """From now on another start can ask for our window; call it once the window is in sight."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)
        QLocalServer.removeServer(self._name)
        # Without a place for a socket (a full disk) nobody can call us, and we go on without.
        self._server.listen(self._name)

    def release(self) -> None:
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _locked(self) -> bool:
        """Whether nobody else has the lock. Where no lock file can be written nobody can have it either."""
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def _call(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        answered = socket.waitForConnected(_WAIT_MS)
        socket.disconnectFromServer()
        return answered

    def _asked(self) -> None:
        assert self._server is not None
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
        self.wanted.emit()
