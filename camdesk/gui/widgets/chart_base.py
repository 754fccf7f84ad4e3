"""What all charts have in common: values on hover and by arrow keys, words for all of it, and exports."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from camdesk.gui.theme.fonts import TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tokens
from camdesk.gui.widgets.grid import Column, GridRow

HEAD = 22.0
"""The line above a chart that says what is picked."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a chart that says something: where it is, what it says, and the figure it opens."""

    area: QRectF
    words: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class ChartValues:
    """What a chart shows, as a table."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]


class Chart(QWidget):
    """A drawing by hand. Hovering or the arrow keys pick a mark; Enter or a click opens its figure.

    `opened` carries the key of a figure.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, *, name: str, height: int) -> None:
        super().__init__()
        self._theme = theme
        self._height = height
        self._picked: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    @abstractmethod
    def draw(self, painter: QPainter, size: QSizeF, tokens: Tokens, *, picked: int | None) -> None:
        """Draw the chart at a size."""

    @abstractmethod
    def marks(self, size: QSizeF) -> Sequence[Mark]:
        """Return what can be picked, in the order of the arrow keys."""

    @abstractmethod
    def values(self) -> ChartValues:
        """Return what is shown, as a table for a spreadsheet."""

    @property
    def picked(self) -> str:
        """What the chart says about the picked mark."""
        marks = self.marks(QSizeF(self.size()))
        return marks[self._picked].words if self._picked is not None and self._picked < len(marks) else ""

    def at_rest(self) -> int | None:
        """Return the mark that is picked while nobody points at one."""
        return None

    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    def set_height(self, height: int) -> None:
        self._height = height
        self.updateGeometry()

    def tell(self, words: str) -> None:
        """Take what the chart says as a whole, for a screen reader; nothing is picked any more."""
        self.setAccessibleDescription(words)
        self._picked = self.at_rest()
        self.update()

    def pick(self, place: int | None) -> None:
        if place != self._picked:
            self._picked = place
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QSizeF(self.size()), self._theme.tokens, picked=self._picked)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def draw_picked_words(self, painter: QPainter, width: float, tokens: Tokens, picked: int | None) -> None:
        """Draw what is picked at the right of the line above the chart."""
        if picked is None:
            return
        painter.setFont(text_font(TINY, bold=True))
        painter.setPen(QColor(tokens.ink))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(self.picked, Qt.TextElideMode.ElideRight, int(width) - 12)
        box = QRectF(
            width - metrics.horizontalAdvance(words) - 14, 0, metrics.horizontalAdvance(words) + 10, 18
        )
        painter.fillRect(box, QColor(tokens.panel))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._mark_at(event.position())
        marks = self.marks(QSizeF(self.size()))
        opens = place is not None and bool(marks[place].figure)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        self.pick(place if place is not None else self.at_rest())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self._mark_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pick(self.at_rest())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self._picked is None and event.reason() in by_key and self.marks(QSizeF(self.size())):
            self.pick(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pick(self.at_rest())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        count = len(self.marks(QSizeF(self.size())))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._picked)
        elif step is not None and count:
            at = self._picked if self._picked is not None else (-1 if step > 0 else count)
            self.pick(min(max(at + step, 0), count - 1))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.make_menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def make_menu(self) -> QMenu:
        """Return what can be done with the chart, for the mouse and the menu key."""
        from camdesk.gui.widgets import chart_export
        from camdesk.gui.widgets.exporting import can_export

        menu = QMenu(self)
        menu.addAction("Copy picture").triggered.connect(lambda: chart_export.copy_picture(self))
        menu.addAction("Export picture…").triggered.connect(lambda: chart_export.export_picture(self))
        if can_export(self):
            menu.addAction("Export values…").triggered.connect(lambda: chart_export.export_values(self))
        return menu

    def _open(self, place: int | None) -> None:
        marks = self.marks(QSizeF(self.size()))
        if place is not None and place < len(marks) and marks[place].figure:
            self.opened.emit(marks[place].figure)

    def _mark_at(self, point: QPointF) -> int | None:
        """Return the mark under a point; of several the last, which is drawn on top."""
        found = (at for at, mark in enumerate(self.marks(QSizeF(self.size()))) if mark.area.contains(point))
        return max(found, default=None)


_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
