"""Horizontal bars with their values beside them: a funnel, the largest of something; and two sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from camdesk.gui.theme.fonts import SMALL, TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tokens
from camdesk.gui.widgets.chart_base import HEAD, Chart, ChartValues, Mark
from camdesk.gui.widgets.chart_columns import part_look
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind

_ROW = 28.0
_BAR = 12.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, how long, its value as written, a note beside it, the figure it opens."""

    label: str
    value: float
    written: str
    note: str = ""
    figure: str = ""


class BarsChart(Chart):
    """Show bars below each other on one scale from zero."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        self._bars: tuple[Bar, ...] = ()
        super().__init__(theme, name=name, height=int(_ROW))

    def show_bars(self, bars: Sequence[Bar], *, words: str = "") -> None:
        self._bars = tuple(bars)
        self.set_height(int(_ROW * len(self._bars)) + 4)
        self.tell(words or "; ".join(_said(bar) for bar in bars))

    def marks(self, size: QSizeF) -> Sequence[Mark]:
        return [
            Mark(QRectF(0, _ROW * place, size.width(), _ROW), _said(bar), bar.figure)
            for place, bar in enumerate(self._bars)
        ]

    def values(self) -> ChartValues:
        columns = (Column("What", Kind.TEXT), Column("Value", Kind.NUMBER), Column("Note", Kind.TEXT))
        rows = (
            GridRow(bar.label, (GridCell(bar.label), GridCell(bar.written, bar.value), GridCell(bar.note)))
            for bar in self._bars
        )
        return ChartValues(columns, tuple(rows))

    def draw(self, painter: QPainter, size: QSizeF, tokens: Tokens, *, picked: int | None) -> None:
        painter.setFont(text_font(SMALL))
        metrics = painter.fontMetrics()
        name = min(max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0) + 14, 220)
        name = min(name, int(size.width() * 0.38))  # the rest is for bars and what is written beside them
        written = max((metrics.horizontalAdvance(bar.written) for bar in self._bars), default=0) + 14
        noted = max((metrics.horizontalAdvance(bar.note) for bar in self._bars), default=0)
        noted = min(noted + 10, int(size.width() * 0.4)) if noted else 0
        reach = max(size.width() - name - written - noted, 40)
        peak = max((bar.value for bar in self._bars), default=0) or 1
        for place, bar in enumerate(self._bars):
            top = _ROW * place
            if place == picked:
                painter.fillRect(QRectF(0, top, size.width(), _ROW), QColor(tokens.selection))
            painter.setPen(QColor(tokens.ink_2))
            label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(name) - 10)
            painter.drawText(QRectF(0, top, name, _ROW), _LEFT, label)
            long = max(reach * max(bar.value, 0) / peak, 1.5)
            brush, pen = part_look(tokens, 0)
            painter.setBrush(brush)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(name, top + (_ROW - _BAR) / 2, long, _BAR), 2, 2)
            painter.setPen(QColor(tokens.ink))
            painter.drawText(QRectF(name + long + 8, top, written, _ROW), _LEFT, bar.written)
            painter.setPen(QColor(tokens.ink_2))
            note = metrics.elidedText(bar.note, Qt.TextElideMode.ElideRight, int(noted))
            painter.drawText(QRectF(size.width() - noted, top, noted, _ROW), _RIGHT, note)


@dataclass(frozen=True, slots=True)
class Sides:
    """What each of two sides brings, as written; the figures they open."""

    label: str
    ours: float
    theirs: float
    our_words: str
    their_words: str
    our_figure: str = ""
    their_figure: str = ""


class SidesChart(Chart):
    """Show two sides from the middle outwards, on one scale."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        self._rows: tuple[Sides, ...] = ()
        self._names = ("", "")
        super().__init__(theme, name=name, height=int(_ROW))

    def show_sides(self, rows: Sequence[Sides], *, names: tuple[str, str], words: str = "") -> None:
        """Show rows under the names of the two sides, ours at the left."""
        self._rows, self._names = tuple(rows), names
        self.set_height(int(HEAD + _ROW * len(rows)) + 4)
        self.tell(words)

    def marks(self, size: QSizeF) -> Sequence[Mark]:
        half, made = size.width() / 2, []
        for place, row in enumerate(self._rows):
            top = HEAD + _ROW * place
            ours = f"{row.label}, {self._names[0]}: {row.our_words}"
            theirs = f"{row.label}, {self._names[1]}: {row.their_words}"
            made.append(Mark(QRectF(0, top, half, _ROW), ours, row.our_figure))
            made.append(Mark(QRectF(half, top, half, _ROW), theirs, row.their_figure))
        return made

    def values(self) -> ChartValues:
        columns = (Column("What", Kind.TEXT), *(Column(name, Kind.NUMBER) for name in self._names))
        rows = (
            GridRow(
                row.label,
                (
                    GridCell(row.label),
                    GridCell(row.our_words, row.ours),
                    GridCell(row.their_words, row.theirs),
                ),
            )
            for row in self._rows
        )
        return ChartValues(columns, tuple(rows))

    def draw(self, painter: QPainter, size: QSizeF, tokens: Tokens, *, picked: int | None) -> None:
        label, written = 110.0, 76.0
        half = size.width() / 2
        reach = max(half - label / 2 - written, 20)
        peak = max((max(row.ours, row.theirs) for row in self._rows), default=0) or 1
        painter.setFont(text_font(TINY, bold=True))
        painter.setPen(QColor(tokens.ink))
        painter.drawText(QRectF(0, 0, half - label / 2 - 4, HEAD), _RIGHT, self._names[0])
        painter.drawText(QRectF(half + label / 2 + 4, 0, half - label / 2 - 4, HEAD), _LEFT, self._names[1])
        painter.setFont(text_font(SMALL))
        for place, row in enumerate(self._rows):
            top = HEAD + _ROW * place
            if picked is not None and picked // 2 == place:
                ground = QRectF(0 if picked % 2 == 0 else half, top, half, _ROW)
                painter.fillRect(ground, QColor(tokens.selection))
            painter.setPen(QColor(tokens.ink_2))
            painter.drawText(QRectF(half - label / 2, top, label, _ROW), _MIDDLE, row.label)
            bar_top = top + (_ROW - _BAR) / 2
            ours, theirs = reach * row.ours / peak, reach * row.theirs / peak
            left, right = half - label / 2, half + label / 2
            for part, box in enumerate(
                (QRectF(left - ours, bar_top, ours, _BAR), QRectF(right, bar_top, theirs, _BAR))
            ):
                brush, pen = part_look(tokens, part)
                painter.setBrush(brush)
                painter.setPen(pen)
                painter.drawRect(box)
            painter.setPen(QColor(tokens.ink))
            painter.drawText(QRectF(left - ours - written - 6, top, written, _ROW), _RIGHT, row.our_words)
            painter.drawText(QRectF(right + theirs + 6, top, written, _ROW), _LEFT, row.their_words)


def _said(bar: Bar) -> str:
    return f"{bar.label}: {bar.written}{f' · {bar.note}' if bar.note else ''}"
