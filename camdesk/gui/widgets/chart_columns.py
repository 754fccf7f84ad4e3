"""Months as columns: parts on top of each other, or two series side by side; the axis begins at zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from camdesk.gui.theme.fonts import TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tokens
from camdesk.gui.widgets.chart_base import HEAD, Chart, ChartValues, Mark
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.values import figure_cell
from camdesk.insight.results import Unit
from camdesk.insight.wording import write

_HEIGHT = 190
_FOOT = 22.0
_ABOVE = 16.0  # room for the total above a column
_WIDEST = 40.0


@dataclass(frozen=True, slots=True)
class ColumnSeries:
    """One part of every column; `figure` is what it opens."""

    title: str
    values: tuple[float | None, ...]
    figure: str = ""


def part_look(tokens: Tokens, place: int) -> tuple[QBrush, QPen]:
    """Return the look of a chart's parts in their order: told apart without colour, too."""
    accent, edge = QColor(tokens.accent), QPen(QColor(tokens.accent), 1)
    if place == 0:
        return QBrush(accent), QPen(Qt.PenStyle.NoPen)
    if place == 1:
        return QBrush(QColor(tokens.accent_soft)), edge
    return QBrush(QColor(tokens.bad), Qt.BrushStyle.BDiagPattern), QPen(QColor(tokens.bad), 1)


class ColumnsChart(Chart):
    """Show series by month; picked column by column."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        self._labels: tuple[str, ...] = ()
        self._series: tuple[ColumnSeries, ...] = ()
        self._totals: tuple[str, ...] = ()
        self._stacked = True
        self._unit, self._currency = Unit.COUNT, ""
        super().__init__(theme, name=name, height=_HEIGHT)

    def show_columns(
        self,
        labels: Sequence[str],
        series: Sequence[ColumnSeries],
        unit: Unit,
        *,
        currency: str,
        stacked: bool = True,
        totals: Sequence[str] = (),
        words: str = "",
    ) -> None:
        """Show one column for each label; `totals` are written above, `words` tell all of it."""
        self._labels, self._series, self._totals = tuple(labels), tuple(series), tuple(totals)
        self._unit, self._currency, self._stacked = unit, currency, stacked
        self.tell(words or "; ".join(self._said(place) for place in range(len(labels))))

    def marks(self, size: QSizeF) -> Sequence[Mark]:
        slot = size.width() / max(len(self._labels), 1)
        figure = next((series.figure for series in self._series if series.figure), "")
        return [
            Mark(QRectF(slot * place, HEAD, slot, size.height() - HEAD), self._said(place), figure)
            for place in range(len(self._labels))
        ]

    def values(self) -> ChartValues:
        columns = (
            Column("Month", Kind.TEXT),
            *(Column(series.title, Kind.NUMBER) for series in self._series),
        )
        rows = (
            GridRow(
                label,
                (
                    GridCell(label),
                    *(
                        figure_cell(series.values[place], self._unit, currency=self._currency)
                        for series in self._series
                    ),
                ),
            )
            for place, label in enumerate(self._labels)
        )
        return ChartValues(columns, tuple(rows))

    def draw(self, painter: QPainter, size: QSizeF, tokens: Tokens, *, picked: int | None) -> None:
        area = QRectF(0, HEAD + _ABOVE, size.width(), size.height() - HEAD - _ABOVE - _FOOT)
        slot = area.width() / max(len(self._labels), 1)
        if picked is not None:
            ground = QRectF(slot * picked, HEAD, slot, size.height() - HEAD)
            painter.fillRect(ground, QColor(tokens.selection))
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        peak = self._peak()
        for place in range(len(self._labels)):
            self._draw_column(painter, area, place, slot=slot, peak=peak, tokens=tokens)
        self._draw_labels(painter, area, slot, tokens)
        self._draw_legend(painter, tokens)
        self.draw_picked_words(painter, size.width(), tokens, picked)

    def _said(self, place: int) -> str:
        parts = [
            f"{series.title} {write(series.values[place], self._unit, currency=self._currency)}"
            for series in self._series
            if series.values[place] is not None
        ]
        return f"{self._labels[place]}: {', '.join(parts) or 'nothing'}"

    def _peak(self) -> float:
        columns = zip(*(series.values for series in self._series), strict=True)
        if self._stacked:
            return max((sum(max(value or 0, 0) for value in column) for column in columns), default=0) or 1
        return max((max(value or 0, 0) for column in columns for value in column), default=0) or 1

    def _draw_column(
        self, painter: QPainter, area: QRectF, place: int, *, slot: float, peak: float, tokens: Tokens
    ) -> None:
        across = len(self._series) if not self._stacked else 1
        wide = min(slot * 0.66, _WIDEST * across) / across
        left = area.left() + slot * place + (slot - wide * across) / 2
        base = area.bottom()
        for part, series in enumerate(self._series):
            value = max(series.values[place] or 0, 0)
            tall = area.height() * value / peak
            if value:
                brush, pen = part_look(tokens, part)
                painter.setBrush(brush)
                painter.setPen(pen)
                shift = 0.0 if self._stacked else wide * part
                painter.drawRect(QRectF(left + shift, base - tall, wide - (0 if self._stacked else 2), tall))
            if self._stacked:
                base -= tall
        if place < len(self._totals) and self._totals[place]:
            painter.setFont(text_font(TINY))
            painter.setPen(QColor(tokens.ink))
            box = QRectF(area.left() + slot * place, base - _ABOVE, slot, _ABOVE - 2)
            if painter.fontMetrics().horizontalAdvance(self._totals[place]) <= slot:
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._totals[place])

    def _draw_labels(self, painter: QPainter, area: QRectF, slot: float, tokens: Tokens) -> None:
        painter.setFont(text_font(TINY))
        painter.setPen(QColor(tokens.ink_2))
        widest = max((painter.fontMetrics().horizontalAdvance(label) for label in self._labels), default=0)
        every = 1 if widest + 4 <= slot else 2
        for place, label in enumerate(self._labels):
            if place % every == 0:
                box = QRectF(area.left() + slot * place - slot / 2, area.bottom() + 4, slot * 2, _FOOT - 4)
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, label)

    def _draw_legend(self, painter: QPainter, tokens: Tokens) -> None:
        if len(self._series) > 1:
            draw_legend(painter, [series.title for series in self._series], tokens)


def draw_legend(painter: QPainter, titles: Sequence[str], tokens: Tokens) -> None:
    """Draw the looks of a chart's parts with their names, at the left of the line above it."""
    painter.setFont(text_font(TINY))
    across = 0.0
    for place, title in enumerate(titles):
        brush, pen = part_look(tokens, place)
        painter.setBrush(brush)
        painter.setPen(pen)
        painter.drawRect(QRectF(across + 0.5, 4.5, 9, 9))
        painter.setPen(QColor(tokens.ink_2))
        painter.drawText(QPointF(across + 15, 13), title)
        across += 15 + painter.fontMetrics().horizontalAdvance(title) + 18
