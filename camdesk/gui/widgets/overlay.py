"""A panel over a dimmed window: for finding, for keys, for filling in. Esc or a click beside it closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from camdesk.gui.widgets.parts import Panel

_DIM = QColor(10, 16, 28, 90)
_EDGE = 24


class Overlay(QWidget):
    """Lies over the whole of its window; the keyboard stays inside until it is closed, then goes back."""

    closed = Signal()

    def __init__(self, window: QWidget, *, name: str, width: int, top: int = 64) -> None:
        super().__init__(window)
        self._over = window
        self._width = width
        self._top = top
        self._before: QWidget | None = None
        self.panel = Panel(margins=(0, 0, 0, 0), gap=0, parent=self)
        self.panel.setAccessibleName(name)
        self.setAccessibleName(name)
        window.installEventFilter(self)
        self.hide()

    def open_up(self) -> None:
        """Show it over the window."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()

    def close_down(self) -> None:
        """Hide it and give the keyboard back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        # What had the keyboard may have gone meanwhile: a page was read again beneath.
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def fit(self) -> None:
        """Take the height the content asks for, within the window."""
        self._place()

    def _place(self) -> None:
        self.setGeometry(self._over.rect())
        width = min(self._width, self.width() - 2 * _EDGE)
        room = self.height() - self._top - _EDGE
        self.panel.setFixedWidth(width)
        body = self.panel.body
        body.activate()
        wanted = body.totalHeightForWidth(width) if body.hasHeightForWidth() else body.sizeHint().height()
        self.panel.setGeometry((self.width() - width) // 2, self._top, width, min(wanted, room))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 -- Qt's name
        """Keep Tab inside the panel."""
        inside = [
            part
            for part in self.panel.findChildren(QWidget)
            if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        current = QApplication.focusWidget()
        if not inside:
            return False
        at = inside.index(current) if current in inside else -1
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        inside[(at + (1 if next else -1)) % len(inside)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_down()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_down()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _DIM)
        painter.end()
