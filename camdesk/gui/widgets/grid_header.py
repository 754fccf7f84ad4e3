"""The heads of a table: small, aligned like what stands below them, with signs for the order."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QScrollArea, QWidget

from camdesk.gui.theme.fonts import TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.grid import Kind
from camdesk.gui.widgets.grid_model import GridModel

_HEIGHT = 30
_PADDING = 10
_WRAPPED = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
_RIGHT = Qt.AlignmentFlag.AlignRight.value | _WRAPPED
_LEFT = Qt.AlignmentFlag.AlignLeft.value | _WRAPPED


class GridHeader(QHeaderView):
    """Paint titles on up to two lines, and what is sorted by; `is_stuck` while rows pass below."""

    def __init__(self, model: GridModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = model
        self._view = parent
        self._theme = theme
        self._font = text_font(TINY, bold=True)
        self._small_font = text_font(TINY - 1, bold=True)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(20)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("Column heads")
        self.is_stuck = False

    def sizeHint(self) -> QSize:
        return QSize(0, _HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 -- Qt's name
        column = self._grid.columns[logicalIndex]
        right = column.kind is Kind.NUMBER
        title = f"{column.title}{self._sign(logicalIndex)}"
        inner = rect.adjusted(2 if right else _PADDING, 0, -_PADDING, 0)
        painter.save()
        painter.setFont(self._fitting(title, inner.width()))
        painter.setPen(QColor(self._theme.tokens.ink_2))
        painter.drawText(inner, _RIGHT if right else _LEFT, title)
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint on a ground of its own: rows pass below heads that stay while their table scrolls."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.tokens.panel))
        if self.is_stuck:
            painter.setPen(QColor(self._theme.tokens.hairline))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
        super().paintEvent(event)

    def stay_in_sight(self, page: QScrollArea, *, lowest: int) -> None:
        """Stand at the upper edge of the page while rows pass below, `lowest` above the table's end."""
        above = -self._view.mapTo(page.viewport(), QPoint(0, 0)).y()
        top = min(max(above, 0), max(lowest, 0))
        if self.y() != top:
            self.is_stuck = top > 0
            self.move(self.x(), top)
            self.raise_()

    def _sign(self, column: int) -> str:
        """Return the arrow of a column that counts for the order, with its place where several do."""
        orders = self._grid.orders
        for place, order in enumerate(orders, start=1):
            if order.column == column:
                arrow = "↓" if order.descending else "↑"
                return f" {arrow}{place}" if len(orders) > 1 else f" {arrow}"
        return ""

    def _fitting(self, title: str, width: int) -> QFont:
        """Return the heads' face, a size smaller where one word is wider than its column."""
        metrics = QFontMetrics(self._font)
        too_wide = any(metrics.horizontalAdvance(word) > width for word in title.split())
        return self._small_font if too_wide else self._font


def page_around(view: QWidget) -> QScrollArea | None:
    """Return the page that scrolls with a table in it."""
    around = view.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around
