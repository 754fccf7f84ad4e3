"""Collect garbage in the GUI thread alone: a widget in a cycle must not be destroyed by a worker thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000
_OLDEST = 2
_GROWN = 1.25


class Sweeper(QObject):
    """While one is open, Python's own collection is off, and a timer does it by the same thresholds."""

    _open = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()
        self._is_open = True
        self._stayed = 0
        Sweeper._open += 1
        gc.disable()

    def sweep(self) -> None:
        """Collect the oldest generation that is full, if any is.

        All of them only where a quarter more is there than last time, as Python itself has it: else large
        portfolios would be gone through again and again for nothing.
        """
        full = [
            place
            for place, (n, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if n > most
        ]
        if full[-1:] == [_OLDEST] and len(gc.get_objects(_OLDEST)) <= self._stayed * _GROWN:
            full.pop()
        if full:
            gc.collect(full[-1])
        if full[-1:] == [_OLDEST]:
            self._stayed = len(gc.get_objects(_OLDEST))

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._timer.stop()
            Sweeper._open -= 1
            if not Sweeper._open:
                gc.enable()


def spare_what_stays() -> None:
    """Leave all that is there now out of later collections: code and screens stay until the end.

    To go through them each time would hold the window up for nothing.
    """
    gc.freeze()
