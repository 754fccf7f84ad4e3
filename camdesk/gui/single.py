"""One window for a workspace: a second start shows the first one's."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 300


class Single(QObject):
    """Listens for other starts on the same workspace; `asked` asks to be shown."""

    asked = Signal()

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._name = f"camdesk-{sha256(str(home.resolve()).encode()).hexdigest()[:24]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def is_first(self) -> bool:
        """Tell whether nobody else shows the workspace; where somebody does, have it come to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_ANSWER_MS):
            socket.disconnectFromServer()
            return False
        QLocalServer.removeServer(self._name)  # left behind by a window that was killed
        self._server.listen(self._name)
        return True

    def close(self) -> None:
        self._server.close()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
        self.asked.emit()
