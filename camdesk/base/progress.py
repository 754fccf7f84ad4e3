"""How long work tells its caller how far it is, and learns that it should stop."""

from __future__ import annotations

import threading
from typing import Protocol

from camdesk.base.errors import CancelledError


class Progress(Protocol):
    """Receive the state of a job; `check` raises CancelledError once the user has stopped it."""

    def report(self, done: int, total: int, label: str) -> None: ...

    def check(self) -> None: ...


class SilentProgress:
    """Ignore progress and never cancel."""

    def report(self, done: int, total: int, label: str) -> None:
        return

    def check(self) -> None:
        return


class CancelSwitch:
    """Let one thread stop the work of another."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    def check(self) -> None:
        if self._event.is_set():
            raise CancelledError
