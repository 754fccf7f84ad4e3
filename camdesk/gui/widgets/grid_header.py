"""The heads of a table: small, aligned like what stands below them, with signs for the order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QScrollArea, QWidget

from camdesk.gui.theme.fonts import TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.grid import Column, Kind
from camdesk.gui.widgets.grid_model import GridModel

_HEIGHT = 30
_PADDING = 10
_BEFORE_FIGURES = 2
_NAME_LEAST, _FIGURE_LEAST = 120, 72
_SIGN = " ↓2"
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
        inner = rect.adjusted(_BEFORE_FIGURES if right else _PADDING, 0, -_PADDING, 0)
        painter.save()
        painter.setFont(self._font)
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


def with_room_for_heads(widths: Sequence[int], columns: Sequence[Column]) -> list[int]:
    """Return the widths, heads too narrow made wider: figures give way, then the first column."""
    pairs = list(zip(widths, columns, strict=False))  # a plan may say nothing of the last ones
    made = [max(width, least_width(column)) if width else 0 for width, column in pairs]
    short = sum(made) - sum(widths)
    for place in range(len(made) - 1, 0, -1):
        if made[place] and columns[place].kind is Kind.NUMBER:
            given = min(short, max(made[place] - max(least_width(columns[place]), _FIGURE_LEAST), 0))
            made[place] -= given
            short -= given
    made[:1] = [max(one - short, min(one, _NAME_LEAST), least_width(columns[0])) for one in made[:1]]
    return made


def least_width(column: Column) -> int:
    """Return how wide a column has to be for its head to fit on two lines, with the sign of its order."""
    before = _BEFORE_FIGURES if column.kind is Kind.NUMBER else _PADDING
    return before + _on_two_lines(column.title + (_SIGN if column.sortable else "")) + _PADDING + 1


@cache
def _on_two_lines(title: str) -> int:
    metrics, words = QFontMetrics(text_font(TINY, bold=True)), title.split(" ")
    lines = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words) + 1))
    return min(max(map(metrics.horizontalAdvance, pair)) for pair in lines)


def page_around(view: QWidget) -> QScrollArea | None:
    """Return the page that scrolls with a table in it."""
    around = view.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around
