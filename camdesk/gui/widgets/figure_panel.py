"""A figure opened: what it is, how it went, and the records that made it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camdesk.desk.reports import FigureReport, RecordTable
from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.chart import TrendChart
from camdesk.gui.widgets.clipboard import as_tsv
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import Panel, button, label, row
from camdesk.gui.widgets.record_view import record_view


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
        self.copy_button = button("Copy", tooltip="The figure, what it means and its records, as text")
        self.said = label("", size=SMALL, tone=Tone.MUTED)
        self._records = QVBoxLayout()
        self._records.setContentsMargins(0, 6, 0, 0)
        self._records.setSpacing(0)
        self.tables: list[GridView] = []
        self._lay_out()
        self.close_button.clicked.connect(self.closed)
        self.copy_button.clicked.connect(self.copy)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(10, 0, 10, 0)
        words.setSpacing(4)
        head = row(self._title, self.copy_button, self.close_button)
        head.setStretch(0, 1)
        words.addLayout(head)
        for part in (self._value, self._window, self.chart, self._definition, self.said):
            words.addWidget(part)
        self.body.addLayout(words)
        self.body.addLayout(self._records)
        self.body.addStretch(1)

    def wait_for(self, title: str) -> None:
        """Say what is being opened, until its records are there."""
        self._title.setText(title)
        self._value.setText("…")
        self._value.show()
        self.said.hide()
        self._window.setText("")
        self._definition.setText("")
        self.chart.hide()
        self._clear()

    def show_figure(self, figure: FigureReport, *, target: float | int | None = None) -> None:
        self._title.setText(figure.title)
        self._value.setText(figure.value)
        self._value.setVisible(bool(figure.value))
        made_of = "1 record" if figure.n == 1 else f"{figure.n:,} records"
        self._window.setText(f"{figure.window} · {made_of}" if figure.window else made_of)
        self._definition.setText(figure.definition)
        self.chart.setVisible(bool(figure.trend))
        self.chart.show_trend(figure.trend, figure.unit, currency=self._currency, target=target)
        self.chart.setAccessibleName(f"Trend of {figure.title}")
        self._clear()
        for table in figure.tables:
            self._add(table)

    def copy(self) -> None:
        """Put the figure with its definition and records on the clipboard."""
        words = (self._title, self._value, self._window, self._definition)
        parts = [part.text() for part in words if part.text()]
        parts += [as_tsv(table.grid.columns, table.grid.rows) for table in self.tables]
        QGuiApplication.clipboard().setText("\n".join(parts))
        self.said.setText("Copied.")
        self.said.show()

    def _clear(self) -> None:
        while (item := self._records.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.tables = []

    def _add(self, records: RecordTable) -> None:
        export = button("Export…", kind="link", tooltip="These records as a spreadsheet")
        title = QWidget()
        head = row(label(f"{records.title} {len(records.rows):,}", size=SMALL, bold=True), 1, export)
        head.setContentsMargins(10, 6, 10, 2)
        title.setLayout(head)
        view = record_view(records, self._theme)
        view.unaddressed.connect(self._tell_unaddressed)
        export.clicked.connect(view.export)
        self._records.addWidget(title)
        self._records.addWidget(view)
        self.tables.append(view)

    def _tell_unaddressed(self) -> None:
        self.said.setText("This record does not say where it is to be seen in its own system.")
        self.said.show()
