"""Collect garbage in the GUI thread alone: a widget in a cycle must not be destroyed by a worker thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class Sweeper(QObject):
    """While one is open, Python's own collection is off, and a timer does it by the same thresholds."""

    _open = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()
        self._is_open = True
        Sweeper._open += 1
        gc.disable()

    def sweep(self) -> None:
        """Collect the oldest generation that is full, if any is."""
        full = [
            place
            for place, (n, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if n > most
        ]
        if full:
            gc.collect(full[-1])

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._timer.stop()
            Sweeper._open -= 1
            if not Sweeper._open:
                gc.enable()
