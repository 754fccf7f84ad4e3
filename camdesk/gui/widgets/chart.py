"""A trend over days with its values on hover, drawn by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from camdesk.gui.theme.fonts import TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.painting import trend_points, unbroken
from camdesk.insight.results import Unit
from camdesk.insight.wording import write, write_day

_HEIGHT = 132
_FOOT = 18
_HEAD = 22
_SIDE = 8

TrendValue = tuple[date, float | int | None]


class TrendChart(QWidget):
    """Show values at days; hovering or the arrow keys pick one, the last is picked at first."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._trend: tuple[TrendValue, ...] = ()
        self._words: tuple[str, ...] = ()
        self._picked: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(300, _HEIGHT)

    def show_trend(self, trend: Sequence[TrendValue], unit: Unit, *, currency: str) -> None:
        self._trend = tuple(trend)
        self._words = tuple(write(value, unit, currency=currency) for _, value in trend)
        self._picked = self._last_known()
        spoken = "; ".join(
            f"{write_day(day)}: {words}" for (day, _), words in zip(trend, self._words, strict=True)
        )
        self.setAccessibleDescription(spoken)
        self.update()

    @property
    def picked(self) -> str:
        """What the chart says about the picked day."""
        if self._picked is None:
            return ""
        return f"{write_day(self._trend[self._picked][0])}: {self._words[self._picked]}"

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(TINY))
        area = self._plot()
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        points = self._points()
        if not any(points):
            painter.setPen(QColor(tokens.ink_3))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "no data for the last eight quarters")
        else:
            self._draw_line(painter, points)
            self._draw_picked(painter, area, points)
        self._draw_days(painter, area)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _draw_line(self, painter: QPainter, points: list[QPointF | None]) -> None:
        colour = QColor(self._theme.tokens.accent)
        painter.setPen(
            QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stretch in unbroken(points):
            painter.drawPolyline(QPolygonF(stretch))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for point in points:
            if point is not None:
                painter.drawEllipse(point, 2.6, 2.6)

    def _draw_picked(self, painter: QPainter, area: QRectF, points: list[QPointF | None]) -> None:
        if self._picked is None:
            return
        tokens = self._theme.tokens
        across = self._across(area, self._picked)
        painter.setPen(QPen(QColor(tokens.control), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(across, area.top() - 4), QPointF(across, area.bottom()))
        point = points[self._picked]
        if point is not None:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(QColor(tokens.panel))
            painter.drawEllipse(point, 4, 4)
        painter.setFont(text_font(TINY, bold=True))
        painter.setPen(QColor(tokens.ink))
        width = painter.fontMetrics().horizontalAdvance(self.picked) + 4
        left = min(max(across - width / 2, 2), self.width() - width - 2)
        painter.drawText(QRectF(left, 0, width, 16), Qt.AlignmentFlag.AlignCenter, self.picked)

    def _draw_days(self, painter: QPainter, area: QRectF) -> None:
        if len(self._trend) < 2:
            return
        painter.setFont(text_font(TINY))
        painter.setPen(QColor(self._theme.tokens.ink_3))
        foot = QRectF(2, area.bottom() + 3, self.width() - 4, _FOOT - 3)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, write_day(self._trend[0][0]))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, write_day(self._trend[-1][0]))

    def _plot(self) -> QRectF:
        return QRectF(_SIDE, _HEAD + 6, self.width() - 2 * _SIDE, self.height() - _HEAD - _FOOT - 12)

    def _points(self) -> list[QPointF | None]:
        return trend_points(self._plot(), [value for _, value in self._trend])

    def _across(self, area: QRectF, position: int) -> float:
        return area.left() + position * area.width() / max(len(self._trend) - 1, 1)

    def _last_known(self) -> int | None:
        known = [place for place, (_, value) in enumerate(self._trend) if value is not None]
        return known[-1] if known else None

    def _pick(self, position: int | None) -> None:
        if position != self._picked:
            self._picked = position
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._trend:
            area = self._plot()
            share = (event.position().x() - area.left()) / max(area.width(), 1)
            self._pick(min(max(round(share * (len(self._trend) - 1)), 0), len(self._trend) - 1))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pick(self._last_known())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._trend:
            super().keyPressEvent(event)
            return
        at = self._picked if self._picked is not None else len(self._trend) - 1
        self._pick(min(max(at + step, 0), len(self._trend) - 1))
