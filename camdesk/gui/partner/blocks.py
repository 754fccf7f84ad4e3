"""Sections of documents on screen: the same sentences, tables and charts, their figures open on a click."""

from __future__ import annotations

import html
import re
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from camdesk.documents.model import (
    Bars,
    Block,
    Cell,
    KeyFigures,
    Line,
    Missing,
    PairedBars,
    ParityBars,
    Prose,
    Radar,
    Section,
    Series,
    Span,
    StackedColumns,
    Step,
    Table,
    Waterfall,
)
from camdesk.documents.model import Tone as PrintedTone
from camdesk.gui.theme.fonts import BODY, SMALL, TITLE, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.chart_bars import Bar, BarsChart, Sides, SidesChart
from camdesk.gui.widgets.chart_base import Chart
from camdesk.gui.widgets.chart_columns import ColumnsChart, ColumnSeries
from camdesk.gui.widgets.chart_radar import RadarChart
from camdesk.gui.widgets.chart_waterfall import WaterfallChart, WaterfallStep
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind, Trend
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import Panel, button, label
from camdesk.gui.widgets.record_view import natural_widths, number_in, spread
from camdesk.insight.results import Unit

_TONES: dict[PrintedTone, Tone] = {
    "": Tone.NORMAL,
    "good": Tone.GOOD,
    "warn": Tone.WARN,
    "bad": Tone.BAD,
    "quiet": Tone.MUTED,
}
_COUNTED = re.compile(r"[\d,.]*")
_KEY_END = "\u001f"


class FigureText(QLabel):
    """A sentence whose figures are links, for the mouse and the keyboard. `opened` carries a key.

    A `quiet` one keeps the colour of words: where whole sentences are links.
    """

    opened = Signal(str)

    def __init__(self, line: Line, theme: Theme, *, size: int = BODY, quiet: bool = False) -> None:
        super().__init__()
        self._line, self._theme, self._quiet = line, theme, quiet
        self.setFont(text_font(size))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAccessibleName(plain(line))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.linkActivated.connect(self.opened)
        theme.changed.connect(self._write)
        self._write()

    def _write(self) -> None:
        tokens = self._theme.tokens
        colour = tokens.ink if self._quiet else tokens.accent
        self.setText(
            "".join(
                f'<a href="{html.escape(span.figure)}" style="color:{colour};text-decoration:none">'
                f"{html.escape(span.text)}</a>"
                if span.figure
                else html.escape(span.text)
                for span in self._line
            )
        )


class SectionPanel(Panel):
    """One section: what it says as its title, the sentences, then tables and charts."""

    opened = Signal(str)

    def __init__(self, section: Section, theme: Theme, *, currency: str) -> None:
        super().__init__(margins=(1, 12, 1, 10), gap=8)
        self._theme, self._currency = theme, currency
        self.charts: list[Chart] = []
        self.tables: list[GridView] = []
        words = QVBoxLayout()
        words.setContentsMargins(10, 0, 10, 0)
        words.setSpacing(4)
        words.addWidget(label(section.message, bold=True, wrap=True))
        if section.lead:
            words.addWidget(self._sentence(section.lead))
        self.body.addLayout(words)
        self._message = section.message
        for block in section.blocks:
            self._add(block)

    def _add(self, block: Block) -> None:
        # Promises and sign-offs belong to documents; no section of a page has them.
        match block:
            case Table():
                self._add_table(block)
            case KeyFigures():
                self._add_key_figures(block)
            case Prose() | Missing():
                self._add_words(block)
            case Bars() | StackedColumns() | PairedBars() | Waterfall() | ParityBars() | Radar():
                self._add_chart(block)

    def _add_words(self, block: Prose | Missing) -> None:
        lines: list[QWidget] = (
            [self._sentence(line) for line in block.lines]
            if isinstance(block, Prose)
            else [label(line, tone=Tone.MUTED, wrap=True) for line in block.lines]
        )
        for line in lines:
            self._indented(line)

    def _add_table(self, block: Table) -> None:
        if block.title:
            self._indented(label(block.title, size=SMALL, bold=True))
        if block.rows:
            table = GridView(_columns(block), self._theme, name=block.title or "Table")
            table.scroll_sideways()
            table.show_rows(_rows(block))
            shown = [[_written(cell) for cell in line] for line in block.rows]
            heads = [column.title for column in block.columns]
            table.set_plan(partial(spread, natural=natural_widths(heads, shown)))
            table.opened.connect(self._open_row)
            self.tables.append(table)
            self.body.addWidget(table)

    def _add_key_figures(self, block: KeyFigures) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(10, 2, 10, 2)
        line.setSpacing(34)
        for item in block.items:
            one = QVBoxLayout()
            one.setSpacing(0)
            value = button(item.value.text, kind="link", tooltip="Open what it is made of")
            value.setFont(_bold(TITLE))
            value.setAccessibleName(f"{plain(item.caption)}: {item.value.text}")
            if item.value.figure:
                value.clicked.connect(partial(self.opened.emit, item.value.figure))
            one.addWidget(value)
            one.addWidget(label(plain(item.caption), size=SMALL, tone=Tone.MUTED))
            line.addLayout(one)
        line.addStretch(1)
        self.body.addLayout(line)

    def _add_chart(self, block: Bars | StackedColumns | PairedBars | Waterfall | ParityBars | Radar) -> None:
        chart = make_chart(block, self._theme, currency=self._currency)
        chart.opened.connect(self.opened)
        self.charts.append(chart)
        if block.title != self._message:
            self._indented(label(block.title, size=SMALL, tone=Tone.MUTED, wrap=True))
        self._indented(chart)

    def _sentence(self, line: Line) -> FigureText:
        made = FigureText(line, self._theme)
        made.opened.connect(self.opened)
        return made

    def _indented(self, part: QWidget) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(10, 0, 10, 0)
        line.addWidget(part, 1000)  # what has a largest width stands at the left
        line.addStretch(1)
        self.body.addLayout(line)

    def _open_row(self, key: str) -> None:
        figure = key.partition(_KEY_END)[0]
        if figure:
            self.opened.emit(figure)


def make_chart(
    block: Bars | StackedColumns | PairedBars | Waterfall | ParityBars | Radar, theme: Theme, *, currency: str
) -> Chart:
    """Return a document's chart as the window draws it."""
    match block:
        case StackedColumns():
            columns = ColumnsChart(theme, name=block.title)
            totals = [span.text for span in block.totals]
            unit = _unit(totals)
            parts = [_series(part, block.totals) for part in block.parts]
            columns.show_columns(block.labels, parts, unit, currency=currency, totals=totals, words=block.alt)
            return columns
        case PairedBars():
            pairs = ColumnsChart(theme, name=block.title)
            both = [_series(block.first), _series(block.second)]
            unit = _unit([block.top])
            pairs.show_columns(block.labels, both, unit, currency=currency, stacked=False, words=block.alt)
            return pairs
        case Waterfall():
            fall = WaterfallChart(theme, name=block.title)
            steps = [_fall(step) for step in block.steps]
            fall.show_steps(_fall(block.before), steps, _fall(block.after), words=block.alt)
            return fall
        case ParityBars():
            sides = SidesChart(theme, name=block.title)
            rows = [
                Sides(
                    one.label,
                    one.ours.value,
                    one.theirs.value,
                    one.ours.written,
                    one.theirs.written,
                    one.ours.figure or "",
                    one.theirs.figure or "",
                )
                for one in block.rows
            ]
            sides.show_sides(rows, names=(block.our_name, block.their_name), words=block.alt)
            return sides
        case Radar():
            radar = RadarChart(theme, name=block.title)
            radar.show_views(block.axes, _series(block.first), _series(block.second), words=block.alt)
            return radar
        case Bars():
            bars = BarsChart(theme, name=block.title)
            notes = [plain(note) for note in block.notes] or [""] * len(block.steps)
            bars.show_bars(
                [
                    Bar(step.label, step.value, step.written, note, step.figure or "")
                    for step, note in zip(block.steps, notes, strict=False)
                ],
                words=block.alt,
            )
            return bars


def plain(line: Line) -> str:
    """Return a sentence as words alone."""
    return "".join(span.text for span in line)


def _series(series: Series, totals: tuple[Span, ...] = ()) -> ColumnSeries:
    figure = series.figure or next((span.figure for span in totals if span.figure), None)
    return ColumnSeries(series.title, series.values, figure or "")


def _fall(step: Step) -> WaterfallStep:
    return WaterfallStep(step.label, step.value, step.written, step.figure or "")


def _unit(written: list[str]) -> Unit:
    """Return what values count, by how the document wrote them: with a currency sign or without."""
    known = [text for text in written if any(sign.isdigit() for sign in text)]
    return Unit.COUNT if all(_COUNTED.fullmatch(text) for text in known) else Unit.MONEY


def _columns(block: Table) -> list[Column]:
    sparks = {place for line in block.rows for place, cell in enumerate(line) if cell.spark}
    return [
        Column(
            column.title,
            Kind.TREND if place in sparks else Kind.NUMBER if column.numeric else Kind.TEXT,
            sortable=place not in sparks,
        )
        for place, column in enumerate(block.columns)
    ]


def _rows(block: Table) -> list[GridRow]:
    """Return a table's rows; the key of each begins with the figure it opens."""
    made = []
    for place, line in enumerate(block.rows):
        spans = (span for cell in line for span in cell.line)
        figure = next((span.figure for span in spans if span.figure), "")
        cells = (
            _cell(cell, numeric=column.numeric) for cell, column in zip(line, block.columns, strict=False)
        )
        made.append(GridRow(f"{figure}{_KEY_END}{place}", tuple(cells)))
    return made


def _cell(cell: Cell, *, numeric: bool) -> GridCell:
    text = _written(cell)
    if cell.spark:
        return GridCell("", None, mark=Trend(cell.spark, Tone.FAINT), spoken="trend")
    order = number_in(text) if numeric else text or None
    return GridCell(text, order, text, _TONES[cell.tone], strong=cell.strong)


def _written(cell: Cell) -> str:
    return plain(cell.line)


def _bold(size: int) -> QFont:
    return text_font(size, bold=True)
