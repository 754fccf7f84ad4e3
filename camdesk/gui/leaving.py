"""How screens are left: kept in the workspace a moment after each change, for the next start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from camdesk.base.progress import Progress
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure, Receivers

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

_AFTER_MS = 700


class Leaving(QObject):
    """Keeps what `body` then says, as JSON can hold it, once nothing has changed for a moment."""

    def __init__(
        self, screen: str, context: Context, body: Callable[[], Mapping[str, Any]], *, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._context = context
        self._body = body
        # A timer of this object, which ends with it: a static single shot would outlive a closed window.
        self._later = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._later.timeout.connect(self._keep)

    def keep_soon(self) -> None:
        self._later.start()

    def _keep(self) -> None:
        work = partial(_keep, self._context.desk, screen=self._screen, body=self._body())
        self._context.jobs.start(work, Receivers(self._have_kept, self._have_not_kept))

    def _have_kept(self, _nothing: None) -> None:
        """Nothing is said of it."""

    def _have_not_kept(self, failure: Failure) -> None:
        """The next change tries again: how a screen was left is worth no message."""


def _keep(desk: Desk, progress: Progress, *, screen: str, body: Mapping[str, Any]) -> None:
    progress.check()
    desk.remember_view(screen, body)
