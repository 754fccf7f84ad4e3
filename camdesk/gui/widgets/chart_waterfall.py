"""Two values and what lies between them. The axis may begin above zero, and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from camdesk.gui.theme.fonts import TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tokens
from camdesk.gui.widgets.chart_base import Chart, ChartValues, Mark
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind

_HEIGHT = 200
_HEADROOM = 20.0
_FOOT = 44.0
_WIDEST = 64.0
_WIDEST_CHART = 860  # wider, the steps would no longer read as one line
_FLOOR_GAP = 0.8  # of the span between the lowest and the highest: what stays below the lowest
_WORTH_IT = 0.1  # of the highest: a floor below that may as well be zero


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """A total at either end, or what it was moved by; `figure` is what it opens."""

    label: str
    value: float
    written: str
    figure: str = ""


class WaterfallChart(Chart):
    """Show what stood before, each step up or down, and what stands after."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        self._steps: tuple[WaterfallStep, ...] = ()
        super().__init__(theme, name=name, height=_HEIGHT)
        self.setMaximumWidth(_WIDEST_CHART)

    def show_steps(
        self, before: WaterfallStep, steps: Sequence[WaterfallStep], after: WaterfallStep, *, words: str = ""
    ) -> None:
        self._steps = (before, *steps, after)
        self.tell(words or "; ".join(f"{step.label} {step.written}" for step in self._steps))

    def marks(self, size: QSizeF) -> Sequence[Mark]:
        slot = size.width() / max(len(self._steps), 1)
        return [
            Mark(QRectF(slot * place, 0, slot, size.height()), f"{step.label}: {step.written}", step.figure)
            for place, step in enumerate(self._steps)
        ]

    def values(self) -> ChartValues:
        columns = (Column("What", Kind.TEXT), Column("Value", Kind.NUMBER))
        rows = (
            GridRow(
                str(place),
                (GridCell(step.label), GridCell(step.written, step.value, copied=f"{step.value:g}")),
            )
            for place, step in enumerate(self._steps)
        )
        return ChartValues(columns, tuple(rows))

    def draw(self, painter: QPainter, size: QSizeF, tokens: Tokens, *, picked: int | None) -> None:
        if not self._steps:
            return
        spans = self._spans()
        floor = _floor([end for span in spans for end in span])
        peak = max(end for span in spans for end in span)
        area = QRectF(0, _HEADROOM, size.width(), size.height() - _HEADROOM - _FOOT)
        reach = peak - floor if peak > floor else 1.0
        slot = area.width() / len(self._steps)
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        for place, (low, high) in enumerate(spans):
            if place == picked:
                ground = QRectF(slot * place, 0, slot, size.height())
                painter.fillRect(ground, QColor(tokens.selection))
            begin = floor if place in (0, len(spans) - 1) else low
            top = area.bottom() - (high - floor) / reach * area.height()
            tall = max((high - begin) / reach * area.height(), 1.2)
            self._draw_step(painter, QRectF(slot * place, top, slot, tall), place, tokens)
            self._draw_label(
                painter, QRectF(slot * place, area.bottom() + 4, slot, _FOOT - 16), place, tokens
            )
            if place + 1 < len(spans):
                level = area.bottom() - (self._level(place) - floor) / reach * area.height()
                wide = min(slot * 0.66, _WIDEST)
                painter.setPen(QPen(QColor(tokens.ink_3), 1, Qt.PenStyle.DotLine))
                start = slot * place + (slot + wide) / 2
                painter.drawLine(QPointF(start, level), QPointF(start + slot - wide, level))
        if floor > 0:
            painter.setFont(text_font(TINY))
            painter.setPen(QColor(tokens.ink_2))
            note = QRectF(0, size.height() - 14, size.width(), 14)
            painter.drawText(note, Qt.AlignmentFlag.AlignLeft, "The axis does not start at zero.")

    def _draw_step(self, painter: QPainter, slot: QRectF, place: int, tokens: Tokens) -> None:
        step, is_end = self._steps[place], place in (0, len(self._steps) - 1)
        tone = tokens.ink if is_end else tokens.bad if step.value < 0 else tokens.good
        wide = min(slot.width() * 0.66, _WIDEST)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone))
        painter.drawRect(QRectF(slot.center().x() - wide / 2, slot.top(), wide, slot.height()))
        painter.setFont(text_font(TINY, bold=True))
        painter.setPen(QColor(tone))
        box = QRectF(slot.left(), slot.top() - 17, slot.width(), 15)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, step.written)

    def _draw_label(self, painter: QPainter, box: QRectF, place: int, tokens: Tokens) -> None:
        painter.setFont(text_font(TINY))
        painter.setPen(QColor(tokens.ink_2))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(
            box.adjusted(2, 0, -2, 0), int(flags | Qt.TextFlag.TextWordWrap), self._steps[place].label
        )

    def _level(self, place: int) -> float:
        """Return where one stands after a step."""
        if place == len(self._steps) - 1:
            return self._steps[-1].value
        return sum(step.value for step in self._steps[: place + 1])

    def _spans(self) -> list[tuple[float, float]]:
        """Return where each bar begins and ends; those of the two ends begin at zero."""
        last = len(self._steps) - 1
        spans = []
        for place, step in enumerate(self._steps):
            start = 0.0 if place in (0, last) else self._level(place - 1)
            end = step.value if place in (0, last) else start + step.value
            spans.append((min(start, end), max(start, end)))
        inner = [level for place, span in enumerate(spans) if 0 < place < last for level in span]
        lowest = min([*inner, self._steps[0].value, self._steps[-1].value])
        return [
            (min(lowest, high) if place in (0, last) else low, high)
            for place, (low, high) in enumerate(spans)
        ]


def _floor(levels: Sequence[float]) -> float:
    low, high = min(levels), max(levels)
    if low <= 0:
        return low
    floor = low - (high - low) * _FLOOR_GAP
    return 0.0 if floor < high * _WORTH_IT else floor
