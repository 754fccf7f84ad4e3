"""Draws the cells of every table: words, numbers, badges, scores with bars, small trends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from camdesk.gui.theme.fonts import BODY, TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import GridCell, Kind, Meter, Trend
from camdesk.gui.widgets.grid_model import GridModel
from camdesk.gui.widgets.painting import BADGE_SIDES, draw_badge, draw_meter, draw_trend
from camdesk.gui.widgets.parts import as_plain
from camdesk.gui.widgets.values import BELOW_FLOOR

ROW_HEIGHT = 30
PADDING = 10
SCORE_TEXT = 34
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight


class GridDelegate(QStyledItemDelegate):
    """Paint a `GridModel`'s cells straight from its values. What is selected is told once a repaint."""

    def __init__(self, model: GridModel, theme: Theme) -> None:
        super().__init__(model)
        self._model = model
        self._theme = theme
        self._plain = text_font(BODY)
        self._strong = text_font(BODY, bold=True)
        self._tiny = text_font(TINY, bold=True)
        self._metrics = {strong: QFontMetrics(self._font(strong=strong)) for strong in (False, True)}
        self._selected: frozenset[int] = frozenset()
        self._focus: tuple[int, int] | None = None
        self._hovered = -1
        self._inks: dict[Tone, QColor] = {}
        self._take_colours()
        theme.changed.connect(self._take_colours)

    def mark(self, selected: frozenset[int], *, focus: tuple[int, int] | None, hovered: int) -> None:
        """Take the selected rows, the cell the keyboard is on, and the row below the mouse (-1: none)."""
        self._selected, self._focus, self._hovered = selected, focus, hovered

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        row, column = index.row(), index.column()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._draw_ground(painter, area, row, column)
        self._draw_cell(painter, area, self._model.cell(row, column), self._model.columns[column].kind)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Say on hover what a cell has no room for, before what is said of it anyway."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return bool(super().helpEvent(event, view, option, index))
        cell, said = self._model.cell(index.row(), index.column()), ""
        if not self._has_room(cell, index.column(), option.rect.width()) and cell.text not in cell.tooltip:
            said = cell.text
        words = "\n".join(filter(None, (said, cell.tooltip)))
        QToolTip.showText(event.globalPos(), as_plain(words), view)
        return True

    def _has_room(self, cell: GridCell, column: int, width: int) -> bool:
        if cell.mark is not None:
            return True
        room = width - 2 * PADDING + 1
        if self._model.columns[column].kind is Kind.BADGE:
            return QFontMetrics(self._tiny).horizontalAdvance(cell.text) <= room - BADGE_SIDES
        return self._metrics[cell.strong].horizontalAdvance(cell.text) <= room

    def _take_colours(self) -> None:
        tokens = self._theme.tokens
        self._inks = {tone: QColor(tokens.of(tone)) for tone in Tone}
        self._hairline = QColor(tokens.hairline)
        self._below_mouse = QBrush(QColor(tokens.ground))
        self._chosen, self._accent = QBrush(QColor(tokens.selection)), QBrush(QColor(tokens.accent))

    def _font(self, *, strong: bool) -> QFont:
        return self._strong if strong else self._plain

    def _draw_ground(self, painter: QPainter, area: QRect, row: int, column: int) -> None:
        if row in self._selected:
            painter.fillRect(area, self._chosen)
            if column == 0:
                painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), self._accent)
        elif row == self._hovered:
            painter.fillRect(area, self._below_mouse)
        painter.setPen(self._hairline)
        painter.drawLine(area.left(), area.top(), area.right(), area.top())
        if (row, column) == self._focus:
            painter.setPen(QPen(self._inks[Tone.ACCENT], 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 2, -1, -1))

    def _draw_cell(self, painter: QPainter, area: QRect, cell: GridCell, kind: Kind) -> None:
        if kind is Kind.BADGE or cell.mark is not None:
            self._draw_picture(painter, QRectF(area.adjusted(PADDING, 1, -PADDING, 0)), cell)
        elif cell.text:
            # A figure may use the gap before it, never be cut.
            right = kind is Kind.NUMBER
            inner = area.adjusted(2 if right else PADDING, 1, -PADDING, 0)
            painter.setFont(self._font(strong=cell.strong))
            painter.setPen(self._inks[cell.tone])
            words = _fitting(self._metrics[cell.strong], cell.text, inner.width() + 1)
            painter.drawText(inner, _RIGHT if right else _LEFT, words)

    def _draw_picture(self, painter: QPainter, area: QRectF, cell: GridCell) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(cell.mark, Meter):
            self._draw_measured(painter, area, cell, cell.mark)
        elif isinstance(cell.mark, Trend):
            draw_trend(painter, area.adjusted(0, 7, 0, -8), cell.mark, self._theme.tokens)
        elif cell.text:
            painter.setFont(self._tiny)
            draw_badge(painter, area, cell.text, self._theme.tokens)

    def _draw_measured(self, painter: QPainter, area: QRectF, cell: GridCell, meter: Meter) -> None:
        if cell.text:
            painter.setFont(self._font(strong=cell.strong))
            painter.setPen(self._inks[cell.tone])
            painter.drawText(
                QRectF(area.left(), area.top(), SCORE_TEXT - 10, area.height()), _RIGHT, cell.text
            )
            area.setLeft(area.left() + SCORE_TEXT)
        draw_meter(painter, area, meter, self._theme.tokens)


def _fitting(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return the text, its sign given up before any of its figures is cut (weight and colour remain)."""
    if len(text) * BODY <= width or metrics.horizontalAdvance(text) <= width:
        return text  # no sign is wider than the face is high, so most cells need no measuring
    return metrics.elidedText(text.removeprefix(BELOW_FLOOR), _ELIDE, width)
