"""A figure opened: what it is, how it went, and the records that made it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from camdesk.desk.reports import FigureReport, RecordTable
from camdesk.gui.theme.fonts import BODY, SMALL, TINY, TITLE, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.chart import TrendChart
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import Panel, button, label, row

_MEASURED_ROWS = 200
_CELL_PADDING = 22
_WIDEST = 260


class FigurePanel(Panel):
    """Stands beside the scorecard until it is closed."""

    closed = Signal()

    def __init__(self, theme: Theme, *, currency: str) -> None:
        super().__init__(margins=(1, 10, 1, 1), gap=0)
        self._theme = theme
        self._currency = currency
        self._title = label("", bold=True, wrap=True)
        self._value = label("", size=TITLE, bold=True)
        self._window = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self._definition = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.chart = TrendChart(theme, name="Trend")
        self.close_button = button("Close", tooltip="Esc")
        self._records = QVBoxLayout()
        self._records.setContentsMargins(0, 6, 0, 0)
        self._records.setSpacing(0)
        self.tables: list[GridView] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._lay_out()
        self.close_button.clicked.connect(self.closed)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(10, 0, 10, 0)
        words.setSpacing(4)
        head = row(self._title, self.close_button)
        head.setStretch(0, 1)
        words.addLayout(head)
        for part in (self._value, self._window, self.chart, self._definition):
            words.addWidget(part)
        self.body.addLayout(words)
        self.body.addLayout(self._records)
        self.body.addStretch(1)

    def wait_for(self, title: str) -> None:
        """Say what is being opened, until its records are there."""
        self._title.setText(title)
        self._value.setText("…")
        self._window.setText("")
        self._definition.setText("")
        self.chart.hide()
        self._clear()

    def show_figure(self, figure: FigureReport) -> None:
        self._title.setText(figure.title)
        self._value.setText(figure.value)
        made_of = "1 record" if figure.n == 1 else f"{figure.n:,} records"
        self._window.setText(f"{figure.window} · {made_of}" if figure.window else made_of)
        self._definition.setText(figure.definition)
        self.chart.show()
        self.chart.show_trend(figure.trend, figure.unit, currency=self._currency)
        self.chart.setAccessibleName(f"Trend of {figure.title}")
        self._clear()
        for table in figure.tables:
            self._add(table)

    def _clear(self) -> None:
        while (item := self._records.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.tables = []

    def _add(self, records: RecordTable) -> None:
        title = label(f"{records.title} {len(records.rows):,}", size=SMALL, bold=True)
        title.setContentsMargins(10, 8, 10, 6)
        columns = [
            Column(head, Kind.NUMBER if numeric else Kind.TEXT)
            for head, numeric in zip(records.heads, records.numeric, strict=True)
        ]
        view = GridView(columns, self._theme, name=records.title)
        view.scroll_sideways()
        view.show_rows(record_rows(records))
        view.set_plan(partial(_spread, natural=_natural_widths(records)))
        self._records.addWidget(title)
        self._records.addWidget(view)
        self.tables.append(view)


def _natural_widths(records: RecordTable) -> list[int]:
    """Return how wide each column would be to show its first rows in full."""
    body, head = QFontMetrics(text_font(BODY)), QFontMetrics(text_font(TINY, bold=True))
    widths = []
    for place, title in enumerate(records.heads):
        cells = (line[place] for line in records.rows[:_MEASURED_ROWS])
        widest = max((body.horizontalAdvance(cell) for cell in cells), default=0)
        widths.append(min(max(widest, head.horizontalAdvance(title) + 14) + _CELL_PADDING, _WIDEST))
    return widths


def _spread(available: int, *, natural: Sequence[int]) -> list[int]:
    """Return the natural widths, the room that is left given to all alike."""
    spare = max(available - sum(natural), 0)
    each = spare // max(len(natural), 1)
    widths = [width + each for width in natural]
    if widths:
        widths[0] += spare - each * len(widths)
    return widths


def record_rows(records: RecordTable) -> list[GridRow]:
    """Return records as rows; numbers written for people sort as numbers."""
    return [
        GridRow(
            record_id,
            tuple(
                GridCell(text, number_in(text) if numeric else text or None, text)
                for text, numeric in zip(line, records.numeric, strict=True)
            ),
        )
        for record_id, line in zip(records.record_ids, records.rows, strict=True)
    ]


def number_in(text: str) -> float | None:
    """Return the number a formatted amount stands for, such as €1,234.50 or −12 d."""
    digits = "".join(sign for sign in text.replace("−", "-") if sign in "-.0123456789")
    try:
        return float(digits)
    except ValueError:
        return None
