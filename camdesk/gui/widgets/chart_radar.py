"""Two views of the same questions, each answered from 0 to 100: one filled, one as a line with dots."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from camdesk.gui.theme.fonts import TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tokens
from camdesk.gui.widgets.chart_base import HEAD, Chart, ChartValues, Mark
from camdesk.gui.widgets.chart_columns import ColumnSeries, part_look
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind

_HEIGHT = 280
_RINGS = (0.25, 0.5, 0.75, 1.0)
_LABEL = 130.0
_REACHED = 14.0  # how far from a corner the pointer may be


class RadarChart(Chart):
    """Show two series over the same axes; picked axis by axis."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        self._axes: tuple[str, ...] = ()
        self._series: tuple[ColumnSeries, ...] = ()
        super().__init__(theme, name=name, height=_HEIGHT)

    def show_views(
        self, axes: Sequence[str], first: ColumnSeries, second: ColumnSeries, *, words: str = ""
    ) -> None:
        self._axes, self._series = tuple(axes), (first, second)
        self.tell(words)

    def marks(self, size: QSizeF) -> Sequence[Mark]:
        made = []
        for place, axis in enumerate(self._axes):
            said = ", ".join(f"{one.title} {_written(one.values[place])}" for one in self._series)
            corner = self._corner(size, place, 1)
            area = QRectF(corner.x() - _REACHED, corner.y() - _REACHED, 2 * _REACHED, 2 * _REACHED)
            made.append(Mark(area, f"{axis}: {said}", self._series[0].figure))
        return made

    def values(self) -> ChartValues:
        columns = (Column("Question", Kind.TEXT), *(Column(one.title, Kind.NUMBER) for one in self._series))
        rows = (
            GridRow(
                axis,
                (
                    GridCell(axis),
                    *(GridCell(_written(one.values[at]), one.values[at]) for one in self._series),
                ),
            )
            for at, axis in enumerate(self._axes)
        )
        return ChartValues(columns, tuple(rows))

    def draw(self, painter: QPainter, size: QSizeF, tokens: Tokens, *, picked: int | None) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        for ring in _RINGS:
            painter.drawPolygon(self._polygon(size, [ring] * len(self._axes)))
        for place in range(len(self._axes)):
            painter.drawLine(self._middle(size), self._corner(size, place, 1))
        if self._series:
            self._draw_views(painter, size, tokens)
        for place, axis in enumerate(self._axes):
            self._draw_axis(painter, size, place, axis, tokens=tokens, strong=place == picked)
        self._draw_legend(painter, tokens)
        self.draw_picked_words(painter, size.width(), tokens, picked)

    def _draw_views(self, painter: QPainter, size: QSizeF, tokens: Tokens) -> None:
        first, second = (self._polygon(size, _shares(one.values)) for one in self._series)
        soft = QColor(tokens.accent_soft)
        soft.setAlpha(190)
        painter.setBrush(soft)
        painter.setPen(QPen(QColor(tokens.accent), 1.4))
        painter.drawPolygon(first)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.ink), 1.6))
        painter.drawPolygon(second)
        painter.setBrush(QColor(tokens.ink))
        for point in second.toList():
            painter.drawEllipse(point, 2.4, 2.4)

    def _draw_axis(
        self, painter: QPainter, size: QSizeF, place: int, axis: str, *, tokens: Tokens, strong: bool
    ) -> None:
        painter.setFont(text_font(TINY, bold=strong))
        painter.setPen(QColor(tokens.ink if strong else tokens.ink_2))
        at = self._corner(size, place, 1.1)
        turn = math.cos(_angle(place, len(self._axes)))
        side = Qt.AlignmentFlag.AlignHCenter
        left = at.x() - _LABEL / 2
        if abs(turn) >= 0.2:
            side = Qt.AlignmentFlag.AlignLeft if turn > 0 else Qt.AlignmentFlag.AlignRight
            left = at.x() if turn > 0 else at.x() - _LABEL
        box = QRectF(left, at.y() - 14, _LABEL, 28)
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), axis)

    def _draw_legend(self, painter: QPainter, tokens: Tokens) -> None:
        painter.setFont(text_font(TINY))
        across = 0.0
        for place, series in enumerate(self._series):
            if place == 0:
                brush, pen = part_look(tokens, 1)
                painter.setBrush(brush)
                painter.setPen(pen)
                painter.drawRect(QRectF(across + 0.5, 4.5, 9, 9))
            else:
                painter.setPen(QPen(QColor(tokens.ink), 1.6))
                painter.setBrush(QColor(tokens.ink))
                painter.drawLine(QPointF(across, 9), QPointF(across + 10, 9))
                painter.drawEllipse(QPointF(across + 5, 9), 2.4, 2.4)
            painter.setPen(QColor(tokens.ink_2))
            painter.drawText(QPointF(across + 15, 13), series.title)
            across += 15 + painter.fontMetrics().horizontalAdvance(series.title) + 18

    def _middle(self, size: QSizeF) -> QPointF:
        return QPointF(size.width() / 2, HEAD + (size.height() - HEAD) / 2)

    def _corner(self, size: QSizeF, place: int, share: float) -> QPointF:
        middle = self._middle(size)
        reach = min((size.height() - HEAD) / 2 - 26, max(size.width() / 2 - _LABEL, 30)) * share
        turn = _angle(place, len(self._axes))
        return QPointF(middle.x() + reach * math.cos(turn), middle.y() + reach * math.sin(turn))

    def _polygon(self, size: QSizeF, shares: Sequence[float]) -> QPolygonF:
        return QPolygonF([self._corner(size, place, share) for place, share in enumerate(shares)])


def _angle(place: int, count: int) -> float:
    return 2 * math.pi * place / max(count, 1) - math.pi / 2


def _shares(values: Sequence[float | None]) -> list[float]:
    return [min(max(value or 0, 0), 100) / 100 for value in values]


def _written(value: float | None) -> str:
    return "not asked" if value is None else f"{value:.0f}"
