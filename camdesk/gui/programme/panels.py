"""The parts of the programme: groups, activation, the ten largest, investments."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from camdesk.gui.programme.cohort_chart import CohortChart
from camdesk.gui.programme.figure_table import FigureTable
from camdesk.gui.programme.rows import (
    COHORT_COLUMNS,
    GROUP_COLUMNS,
    INVESTMENT_COLUMNS,
    INVESTMENTS_NOTE,
    METRICS,
    NOTE,
    Programme,
    group_title,
)
from camdesk.gui.programme.widths import group_widths, investment_widths
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.chart_bars import BarsChart
from camdesk.gui.widgets.columns import shares
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import Panel, button, label, row

_COHORT_PARTS = (16, 12, 11, 9, 11, 13, 12, 13, 14)
_LEGEND = (
    "Share of the quarter's new partners activated within so many months of enrolment, of those whose "
    "milestones are recorded; dashed, or + in the table: not everybody has had that long yet."
)


class GroupsPanel(Panel):
    """Each group's figures, and those of all below; `figure_wanted` carries metric, group and its name."""

    figure_wanted = Signal(str, object, str)
    reached = Signal(object, QRect)

    def __init__(self, theme: Theme) -> None:
        super().__init__(margins=(1, 12, 1, 1), gap=4)
        self.title = label("", bold=True)
        self.note = label(NOTE, size=SMALL, tone=Tone.MUTED, wrap=True)
        words = QVBoxLayout()
        words.setContentsMargins(10, 0, 10, 6)
        words.addWidget(self.title)
        words.addWidget(self.note)
        self.table = FigureTable(GROUP_COLUMNS, theme, name="Productivity")
        self.whole = FigureTable(GROUP_COLUMNS, theme, name="All partners")
        self.whole.hide_head()
        tables = QVBoxLayout()
        tables.setSpacing(0)
        self.body.addLayout(words)
        self.body.addLayout(tables)
        for table in (self.table, self.whole):
            tables.addWidget(table)
            table.reached.connect(partial(self.reached.emit, table))
        self.table.figure_wanted.connect(self._open_of_group)
        self.whole.figure_wanted.connect(self._open_of_all)
        self.table.left.connect(self._go_down)
        self.whole.left.connect(self._go_up)

    def show_programme(self, shown: Programme) -> None:
        self.title.setText(group_title(shown.report.by))
        self.table.setAccessibleName(group_title(shown.report.by))
        for table in (self.table, self.whole):
            table.set_plan(partial(group_widths, empty=shown.empty))
        self.table.show_rows(shown.groups)
        self.whole.show_rows([shown.whole])

    def _open_of_group(self, key: str, column: int) -> None:
        place = self.table.grid.row_of(key)
        if place is not None:
            self.figure_wanted.emit(METRICS[column], key, self.table.grid.cell(place, 0).text)

    def _open_of_all(self, _key: str, column: int) -> None:
        self.figure_wanted.emit(METRICS[column], None, "")

    def _go_down(self, way: int) -> None:
        if way > 0:
            self._walk(self.table, self.whole, row=0)

    def _go_up(self, way: int) -> None:
        if way < 0:
            self._walk(self.whole, self.table, row=self.table.grid.rowCount() - 1)

    def _walk(self, old: GridView, new: GridView, *, row: int) -> None:
        if row >= 0:
            new.go_to(row, column=max(old.currentIndex().column(), 0))
            old.drop_selection()
            new.setFocus(Qt.FocusReason.OtherFocusReason)


class ActivationPanel(Panel):
    """Months since enrolment as a chart or as a table, then how each quarter's partners did."""

    cohort_wanted = Signal(str)
    reached = Signal(object, QRect)

    def __init__(self, theme: Theme) -> None:
        super().__init__(margins=(1, 12, 1, 1), gap=6)
        self.sentence = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.as_table = button("As a table", kind="pill")
        self.as_table.setCheckable(True)
        self.chart = CohortChart(theme, name="Activation by quarter of enrolment and months since")
        self.values = FigureTable(self.chart.values().columns, theme, name="Activation, month by month")
        self.values.set_plan(partial(shares, parts=(15, 9, *(10 for _ in self.values.grid.columns[2:]))))
        self.legend = label(_LEGEND, size=SMALL, tone=Tone.MUTED, wrap=True)
        self.table = FigureTable(COHORT_COLUMNS, theme, name="Activation by quarter of enrolment")
        self.table.set_plan(partial(shares, parts=_COHORT_PARTS))
        head = row(label("Activation", bold=True), 1, self.as_table)
        inner = QVBoxLayout()
        inner.setContentsMargins(10, 0, 10, 10)
        inner.addLayout(head)
        for part in (self.sentence, self.chart, self.legend):
            inner.addWidget(part)
        self.body.addLayout(inner)
        self.body.addWidget(self.values)
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self.as_table.toggled.connect(self._turn)
        self.chart.opened.connect(self.cohort_wanted)
        for table in (self.values, self.table):
            table.figure_wanted.connect(self._pass_cohort)
            table.reached.connect(partial(self.reached.emit, table))
        self._turn(is_table=False)

    def show_programme(self, shown: Programme) -> None:
        self.sentence.setText(shown.activation)
        self.chart.show_cohorts(shown.page.cohorts)
        self.values.show_rows(self.chart.values().rows)
        self.table.show_rows(shown.cohorts)
        self.table.setVisible(bool(shown.cohorts))
        self._turn(is_table=self.as_table.isChecked())

    def _turn(self, is_table: bool) -> None:
        has_any = bool(self.chart.values().rows)
        self.chart.setVisible(has_any and not is_table)
        self.values.setVisible(has_any and is_table)
        self.legend.setVisible(has_any)
        self.as_table.setVisible(has_any)

    def _pass_cohort(self, quarter: str, _column: int) -> None:
        self.cohort_wanted.emit(quarter)


class LargestPanel(Panel):
    """The ten largest as bars; `partner_wanted` carries who was opened."""

    partner_wanted = Signal(str)
    all_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(margins=(11, 12, 11, 8), gap=6)
        self.sentence = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.chart = BarsChart(theme, name="Contribution of the ten largest in twelve months")
        self.more = button("All partners by contribution", kind="link")
        self.body.addWidget(label("The ten largest", bold=True))
        for part in (self.sentence, self.chart):
            self.body.addWidget(part)
        self.body.addLayout(row(self.more, 1))
        self.body.addStretch(1)
        self.chart.opened.connect(self.partner_wanted)
        self.more.clicked.connect(self.all_wanted)

    def show_programme(self, shown: Programme) -> None:
        self.sentence.setText(shown.concentration)
        self.chart.show_bars(shown.bars, words=shown.concentration)
        self.chart.setVisible(bool(shown.bars))
        self.more.setVisible(bool(shown.bars))


class InvestmentsPanel(Panel):
    """What funds, campaigns and certificates led to; `figure_wanted` carries the key of an amount."""

    figure_wanted = Signal(str, str)
    reached = Signal(object, QRect)

    def __init__(self, theme: Theme) -> None:
        super().__init__(margins=(1, 12, 1, 1), gap=4)
        self.note = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.table = FigureTable(INVESTMENT_COLUMNS, theme, name="What investments led to")
        self.table.set_plan(investment_widths)
        words = QVBoxLayout()
        words.setContentsMargins(10, 0, 10, 6)
        words.addWidget(label("What investments led to", bold=True))
        words.addWidget(self.note)
        self.body.addLayout(words)
        self.body.addWidget(self.table)
        self._keys: dict[str, tuple[str, ...]] = {}
        self.table.figure_wanted.connect(self._open)
        self.table.reached.connect(partial(self.reached.emit, self.table))

    def show_programme(self, shown: Programme) -> None:
        known = bool(shown.investments)
        self.note.setText(
            INVESTMENTS_NOTE
            if known
            else "No paid fund claim, campaign or new certificate of the last year is known."
        )
        self._keys = {
            one.title: (
                "",
                "",
                *(amount[1] if amount else "" for amount in (one.spent, one.pipeline, one.won)),
            )
            for one in shown.page.investments
        }
        self.table.show_rows(shown.investments)
        self.table.setVisible(known)

    def _open(self, title: str, column: int) -> None:
        keys = self._keys.get(title, ())
        named = [key for key in keys if key]
        key = keys[column] if column < len(keys) and keys[column] else next(iter(named), "")
        if key:
            self.figure_wanted.emit(key, title)
