"""How bars, small trends and badges are drawn, in tables and beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from camdesk.gui.theme.tokens import Tokens
from camdesk.gui.widgets.grid import Meter, Trend

BADGE_SIDES = 14
_BAR_HEIGHT = 6.0


def draw_meter(painter: QPainter, area: QRectF, meter: Meter, tokens: Tokens) -> None:
    """Draw a bar in the middle of `area`; a provisional one as an outline."""
    track = QRectF(area.left(), area.center().y() - _BAR_HEIGHT / 2, area.width(), _BAR_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.hairline))
    painter.drawRoundedRect(track, 3, 3)
    if meter.share is not None:
        filled = QRectF(track)
        filled.setWidth(max(_BAR_HEIGHT, track.width() * min(max(meter.share, 0.0), 1.0)))
        colour = QColor(tokens.of(meter.tone))
        if meter.hollow:
            painter.setBrush(QColor(tokens.panel))
            painter.setPen(QPen(colour, 1.4))
            painter.drawRoundedRect(filled.adjusted(0.7, 0.7, -0.7, -0.7), 2.3, 2.3)
        else:
            painter.setBrush(colour)
            painter.drawRoundedRect(filled, 3, 3)
    painter.setPen(QPen(QColor(tokens.ink_2), 1))
    for tick in meter.ticks:
        across = round(track.left() + track.width() * tick) + 0.5
        painter.drawLine(QPointF(across, track.top() - 2), QPointF(across, track.bottom() + 2))


def draw_trend(painter: QPainter, area: QRectF, trend: Trend, tokens: Tokens) -> None:
    """Draw a line through the known values, broken where there is none, its last value marked."""
    points = trend_points(area.adjusted(0, 0, -4, 0), trend.values)
    colour = QColor(tokens.of(trend.tone))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    for stretch in unbroken(points):
        if len(stretch) > 1:
            painter.drawPolyline(QPolygonF(stretch))
        else:
            painter.drawPoint(stretch[0])
    if points and points[-1] is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(points[-1], 2.4, 2.4)


def trend_points(area: QRectF, values: Sequence[float | int | None]) -> list[QPointF | None]:
    """Return where each value lies in `area`, the smallest at its foot; a flat line in the middle."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    step = area.width() / max(len(values) - 1, 1)

    def place(position: int, value: float | int | None) -> QPointF | None:
        if value is None:
            return None
        share = (value - low) / (high - low) if high > low else 0.5
        return QPointF(area.left() + position * step, area.bottom() - share * area.height())

    return [place(position, value) for position, value in enumerate(values)]


def unbroken(points: Sequence[QPointF | None]) -> list[list[QPointF]]:
    """Return the stretches of points that follow each other without a gap."""
    stretches: list[list[QPointF]] = [[]]
    for point in points:
        if point is not None:
            stretches[-1].append(point)
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def draw_badge(painter: QPainter, area: QRectF, text: str, tokens: Tokens) -> None:
    """Draw a short word in a hairline box at the left of `area`."""
    metrics = painter.fontMetrics()
    words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) - BADGE_SIDES)
    width = metrics.horizontalAdvance(words) + BADGE_SIDES - 1
    box = QRectF(area.left() + 0.5, round(area.center().y() - 9) + 0.5, width, 18)
    painter.setPen(QPen(QColor(tokens.hairline), 1))
    painter.setBrush(QColor(tokens.ground))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(tokens.ink_2))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
