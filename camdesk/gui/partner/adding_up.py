"""How the score adds up line by line, and what moved it between two days: on demand below the scorecard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camdesk.gui.partner.rows import CONTRIBUTION_COLUMNS, contribution_rows
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.chart_waterfall import WaterfallChart, WaterfallStep
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.parts import GAP, Panel, button, label
from camdesk.gui.widgets.table_panel import TablePanel
from camdesk.insight.results import Scorecard, ScoreChange
from camdesk.insight.wording import write_day

_WIDTHS = (80, 96, 80)
_STEPS_SHOWN = 6
_FELT = 0.05


class AddsUp(QWidget):
    """Closed at first; stays as it is from partner to partner. `figure_wanted` carries a metric."""

    figure_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.toggle = button("How the score adds up, and what moved it  ▸", kind="link")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._open)
        self.sums = TablePanel("How the score adds up", CONTRIBUTION_COLUMNS, theme, fixed=_WIDTHS)
        self.sums.table.set_plan(partial(last_fixed, fixed=_WIDTHS))
        self.moved = Panel(margins=(12, 12, 12, 10), gap=6)
        self._moved_title = label("What moved the score", bold=True)
        self._note = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.chart = WaterfallChart(theme, name="What moved the score")
        for part in (self._moved_title, self._note, self.chart):
            self.moved.body.addWidget(part)
        self._has_sums = False
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        for widget in (self.toggle, self.sums, self.moved):
            lines.addWidget(widget)
        self.sums.table.opened.connect(self._want)
        self.chart.opened.connect(self.figure_wanted)
        self._open(is_open=False)

    def show_card(self, card: Scorecard) -> None:
        rows = contribution_rows(card)
        self._has_sums = bool(rows)
        self.sums.fill(rows, words="Points of each line times its share; together they are the score.")
        self._open(is_open=self.toggle.isChecked())

    def show_change(self, change: ScoreChange) -> None:
        before, after = change.score_before, change.score_after
        self.chart.setVisible(before is not None and after is not None)
        if before is None or after is None:
            self._note.setText("One of the two days has no score.")
            return
        self._note.setText(f"From {write_day(change.before)} to {write_day(change.after)}, in points.")
        felt = [one for one in change.movements if abs(one.points) >= _FELT]
        shown = felt[:_STEPS_SHOWN]
        steps = [WaterfallStep(one.title, one.points, _signed(one.points), one.metric or "") for one in shown]
        rest = after - before - sum(step.value for step in steps)
        if abs(rest) >= _FELT:
            steps.append(WaterfallStep("All other", rest, _signed(rest)))
        self.chart.show_steps(
            WaterfallStep(write_day(change.before), before, f"{before:.1f}"),
            steps,
            WaterfallStep(write_day(change.after), after, f"{after:.1f}"),
        )

    def _open(self, is_open: bool) -> None:
        self.toggle.setVisible(self._has_sums)
        self.toggle.setText(f"How the score adds up, and what moved it  {'▾' if is_open else '▸'}")
        self.toggle.setAccessibleName("How the score adds up, and what moved it")
        for panel in (self.sums, self.moved):
            panel.setVisible(is_open and self._has_sums)

    def _want(self, metric: str) -> None:
        if metric:
            self.figure_wanted.emit(metric)


def _signed(points: float) -> str:
    return f"{'+' if points > 0 else '−'}{abs(points):.1f}"
