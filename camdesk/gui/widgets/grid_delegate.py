"""Draws the cells of every table: words, numbers, badges, scores with bars, small trends."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from camdesk.gui.theme.fonts import BODY, TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.grid import GridCell, Kind, Meter, Trend
from camdesk.gui.widgets.grid_model import GridModel
from camdesk.gui.widgets.painting import draw_badge, draw_meter, draw_trend
from camdesk.gui.widgets.values import BELOW_FLOOR

ROW_HEIGHT = 30
PADDING = 10
SCORE_TEXT = 34
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class GridDelegate(QStyledItemDelegate):
    """Paint a `GridModel`'s cells straight from its values."""

    def __init__(self, model: GridModel, theme: Theme) -> None:
        super().__init__(model)
        self._model = model
        self._theme = theme
        self._plain = text_font(BODY)
        self._strong = text_font(BODY, bold=True)
        self._tiny = text_font(TINY, bold=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        state = option.state
        cell = self._model.cell(index.row(), index.column())
        kind = self._model.columns[index.column()].kind
        painter.save()
        self._draw_ground(painter, area, state, first=index.column() == 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_cell(painter, area, cell, kind)
        painter.restore()

    def _draw_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag, *, first: bool) -> None:
        tokens = self._theme.tokens
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(tokens.selection))
            if first:
                painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(tokens.accent))
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(area.topLeft(), area.topRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(area.adjusted(1, 2, -1, -1))

    def _draw_cell(self, painter: QPainter, area: QRect, cell: GridCell, kind: Kind) -> None:
        tokens = self._theme.tokens
        inner = QRectF(area.adjusted(PADDING, 1, -PADDING, 0))
        painter.setFont(self._strong if cell.strong else self._plain)
        painter.setPen(QColor(tokens.of(cell.tone)))
        if kind is Kind.BADGE:
            if cell.text:
                painter.setFont(self._tiny)
                draw_badge(painter, inner, cell.text, tokens)
        elif isinstance(cell.mark, Meter):
            self._draw_measured(painter, inner, cell, cell.mark)
        elif isinstance(cell.mark, Trend):
            draw_trend(painter, inner.adjusted(0, 7, 0, -8), cell.mark, tokens)
        else:
            if kind is Kind.NUMBER:
                inner.setLeft(area.left() + 2)  # a figure may use the gap before it, never be cut
            words = _fitting(painter.fontMetrics(), cell.text, int(inner.width()) + 1)
            painter.drawText(inner, _RIGHT if kind is Kind.NUMBER else _LEFT, words)

    def _draw_measured(self, painter: QPainter, area: QRectF, cell: GridCell, meter: Meter) -> None:
        if cell.text:
            box = QRectF(area.left(), area.top(), SCORE_TEXT - 10, area.height())
            painter.drawText(box, _RIGHT, cell.text)
            area.setLeft(area.left() + SCORE_TEXT)
        draw_meter(painter, area, meter, self._theme.tokens)


def _fitting(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return the text, its sign given up before any of its figures is cut (weight and colour remain)."""
    if metrics.horizontalAdvance(text) > width:
        text = text.removeprefix(BELOW_FLOOR)
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
