"""A trend over days with its values on hover and, where there is one, the target line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from camdesk.gui.theme.fonts import TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tokens, Tone
from camdesk.gui.widgets.chart_base import HEAD, Chart, ChartValues, Mark
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.painting import trend_points, unbroken
from camdesk.gui.widgets.values import figure_cell
from camdesk.insight.results import Unit
from camdesk.insight.wording import write, write_day

_HEIGHT = 132
_FOOT = 18
_SIDE = 8

TrendValue = tuple[date, float | int | None]


class TrendChart(Chart):
    """Show values at days; the last is picked at first. The target is a dashed line that says what it is."""

    def __init__(self, theme: Theme, *, name: str, height: int = _HEIGHT) -> None:
        self._trend: tuple[TrendValue, ...] = ()
        self._words: tuple[str, ...] = ()
        self._target: float | int | None = None
        self._unit, self._currency = Unit.COUNT, ""
        self._tone = Tone.ACCENT
        super().__init__(theme, name=name, height=height)

    def show_trend(
        self,
        trend: Sequence[TrendValue],
        unit: Unit,
        *,
        currency: str,
        target: float | int | None = None,
        tone: Tone = Tone.ACCENT,
    ) -> None:
        self._tone = tone
        self._trend = tuple(trend)
        self._words = tuple(write(value, unit, currency=currency) for _, value in trend)
        self._target, self._unit, self._currency = target, unit, currency
        spoken = [f"{write_day(day)}: {words}" for (day, _), words in zip(trend, self._words, strict=True)]
        if target is not None:
            spoken.append(self._target_words())
        self.tell("; ".join(spoken))

    def at_rest(self) -> int | None:
        known = [place for place, (_, value) in enumerate(self._trend) if value is not None]
        return known[-1] if known else None

    def marks(self, size: QSizeF) -> Sequence[Mark]:
        area = _plot(size)
        step = area.width() / max(len(self._trend) - 1, 1)
        return [
            Mark(
                QRectF(self._across(area, place) - step / 2, 0, step, size.height()),
                f"{write_day(day)}: {words}",
            )
            for place, ((day, _), words) in enumerate(zip(self._trend, self._words, strict=True))
        ]

    def values(self) -> ChartValues:
        columns = (Column("Day", Kind.TEXT), Column("Value", Kind.NUMBER))
        rows = (
            GridRow(
                day.isoformat(),
                (GridCell(day.isoformat()), figure_cell(value, self._unit, currency=self._currency)),
            )
            for day, value in self._trend
        )
        return ChartValues(columns, tuple(rows))

    def draw(self, painter: QPainter, size: QSizeF, tokens: Tokens, *, picked: int | None) -> None:
        painter.setFont(text_font(TINY))
        area = _plot(size)
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        points = self._points(area)
        if not any(points):
            painter.setPen(QColor(tokens.ink_3))
            whole = QRectF(0, 0, size.width(), size.height())
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, "no data for the last eight quarters")
        else:
            self._draw_target(painter, area, tokens)
            _draw_line(painter, points, tokens.of(self._tone))
            self._draw_picked(painter, area, points, tokens=tokens, picked=picked)
        self._draw_days(painter, area, tokens)

    def _target_words(self) -> str:
        return f"target {write(self._target, self._unit, currency=self._currency)}"

    def _draw_target(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        if self._target is None:
            return
        point = trend_points(area, [*(value for _, value in self._trend), self._target])[-1]
        height = point.y() if point is not None else area.center().y()
        painter.setPen(QPen(QColor(tokens.ink_2), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), height), QPointF(area.right(), height))
        box = QRectF(area.left() + 2, height - 15, area.width() - 4, 14)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, self._target_words())

    def _draw_picked(
        self,
        painter: QPainter,
        area: QRectF,
        points: Sequence[QPointF | None],
        *,
        tokens: Tokens,
        picked: int | None,
    ) -> None:
        if picked is None or picked >= len(points):
            return
        across = self._across(area, picked)
        painter.setPen(QPen(QColor(tokens.control), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(across, area.top() - 4), QPointF(across, area.bottom()))
        point = points[picked]
        if point is not None:
            painter.setPen(QPen(QColor(tokens.of(self._tone)), 2))
            painter.setBrush(QColor(tokens.panel))
            painter.drawEllipse(point, 4, 4)
        words = f"{write_day(self._trend[picked][0])}: {self._words[picked]}"
        painter.setFont(text_font(TINY, bold=True))
        painter.setPen(QColor(tokens.ink))
        width = painter.fontMetrics().horizontalAdvance(words) + 4
        left = min(max(across - width / 2, 2), area.right() + _SIDE - width - 2)
        painter.drawText(QRectF(left, 0, width, 16), Qt.AlignmentFlag.AlignCenter, words)

    def _draw_days(self, painter: QPainter, area: QRectF, tokens: Tokens) -> None:
        if len(self._trend) < 2:
            return
        painter.setFont(text_font(TINY))
        painter.setPen(QColor(tokens.ink_3))
        foot = QRectF(2, area.bottom() + 3, area.width() + 2 * _SIDE - 4, _FOOT - 3)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, write_day(self._trend[0][0]))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, write_day(self._trend[-1][0]))

    def _points(self, area: QRectF) -> list[QPointF | None]:
        """Return where the values lie, the target among them deciding how high the chart reaches."""
        values = [value for _, value in self._trend]
        if self._target is None or not any(value is not None for value in values):
            return trend_points(area, values)
        # The added value would take a step of the width, so that width is given beforehand.
        step = area.width() / max(len(values) - 1, 1)
        return trend_points(area.adjusted(0, 0, step if len(values) > 1 else 0, 0), [*values, self._target])[
            :-1
        ]

    def _across(self, area: QRectF, position: int) -> float:
        return area.left() + position * area.width() / max(len(self._trend) - 1, 1)


def _plot(size: QSizeF) -> QRectF:
    return QRectF(_SIDE, HEAD + 6, size.width() - 2 * _SIDE, size.height() - HEAD - _FOOT - 12)


def _draw_line(painter: QPainter, points: Sequence[QPointF | None], ink: str) -> None:
    colour = QColor(ink)
    painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stretch in unbroken(points):
        painter.drawPolyline(QPolygonF(stretch))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for point in points:
        if point is not None:
            painter.drawEllipse(point, 2.6, 2.6)
