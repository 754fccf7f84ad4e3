"""How near earlier calls came: a quiet panel, its single calls on demand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Signal

from camdesk.desk.number.forecast_reports import AccuracyReport
from camdesk.gui.forecast.accuracy_rows import CALL_COLUMNS, WEEK_COLUMNS, call_rows, sentence, week_rows
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.columns import shares
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import button, row
from camdesk.gui.widgets.table_panel import TablePanel

_TITLE = "How near your earlier calls came"


class AccuracyPanel(TablePanel):
    """By weeks before the quarter's end; `opened` carries the partner of a single call."""

    opened = Signal(str)
    reached = Signal(object, QRect)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_TITLE, WEEK_COLUMNS, theme, fixed=())
        self.table.set_plan(partial(shares, parts=(28, 12, 14, 14, 16, 16)))
        self.more = button("Show each call  ▸", kind="link")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._open)
        self.calls = GridView(CALL_COLUMNS, theme, name="Each call of finished quarters")
        self.calls.set_plan(partial(shares, parts=(22, 10, 13, 9, 9, 9, 9, 9, 10)))
        self.calls.opened.connect(self._pass_opened)
        foot = row(self.more, 1)
        foot.setContentsMargins(10, 4, 10, 8)
        self.body.addLayout(foot)
        self.body.addWidget(self.calls)
        for table in (self.table, self.calls):
            table.reached.connect(partial(self.reached.emit, table))
        self._open(is_open=False)

    def show_accuracy(self, report: AccuracyReport) -> None:
        self.fill(week_rows(report), words=sentence(report))
        listed = call_rows(report)
        self.calls.show_rows(listed)
        self.more.setVisible(bool(listed))
        self._open(is_open=self.more.isChecked())

    def _open(self, is_open: bool) -> None:
        self.calls.setVisible(is_open and bool(self.calls.grid.rowCount()))
        self.more.setText(f"Show each call  {'▾' if is_open else '▸'}")
        self.more.setAccessibleName("Show each call")

    def _pass_opened(self, key: str) -> None:
        self.opened.emit(key.split(" ")[0])
