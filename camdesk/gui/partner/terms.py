"""The terms tab: the tier and why, what the next one asks for, what the tier gives, activation."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from camdesk.desk.reports import PartnerReport
from camdesk.gui.partner.rows import (
    MILESTONE_COLUMNS,
    REQUIREMENT_COLUMNS,
    in_a_sentence,
    milestone_rows,
    requirement_rows,
)
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.grid import GridRow
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import GAP, Panel, label
from camdesk.insight.results import TierState, Unit
from camdesk.insight.wording import write

_REQUIREMENT_NUMBERS = (110, 110, 110)
_MILESTONE_NUMBERS = (130, 150)


class TablePanel(Panel):
    """A table under a title and a sentence."""

    def __init__(self, table: GridView) -> None:
        super().__init__(margins=(1, 12, 1, 1), gap=4)
        self.title = label("", bold=True)
        self.note = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.table = table
        words = QVBoxLayout()
        words.setContentsMargins(10, 0, 10, 8)
        words.addWidget(self.title)
        words.addWidget(self.note)
        self.body.addLayout(words)
        self.body.addWidget(table)


class TermsTab(QWidget):
    """Where a partner stands in its programme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._tier = TablePanel(GridView(REQUIREMENT_COLUMNS, theme, name="Requirements of the tier"))
        self._next = TablePanel(GridView(REQUIREMENT_COLUMNS, theme, name="Requirements of the next tier"))
        self._steps = TablePanel(GridView(MILESTONE_COLUMNS, theme, name="Activation"))
        for panel in (self._tier, self._next):
            panel.table.set_plan(partial(last_fixed, fixed=_REQUIREMENT_NUMBERS))
        self._steps.table.set_plan(partial(last_fixed, fixed=_MILESTONE_NUMBERS))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        for panel in (self._tier, self._next, self._steps):
            lines.addWidget(panel)
        lines.addStretch(1)

    def show_report(self, report: PartnerReport) -> None:
        tier, currency = report.tier, report.base_currency
        self._tier.title.setText(tier.tier or "No tier")
        self._tier.note.setText(_given(tier))
        self._fill(self._tier, requirement_rows(tier.requirements, currency=currency))
        self._next.setVisible(tier.next_tier is not None)
        self._next.title.setText(f"Next tier: {tier.next_tier}")
        self._next.note.setText(_missing(tier))
        self._fill(self._next, requirement_rows(tier.next_requirements, currency=currency))
        self._show_steps(report, report.scorecard.as_of)

    def _show_steps(self, report: PartnerReport, today: date) -> None:
        steps = report.milestones
        done = sum(step.done_on is not None for step in steps)
        self._steps.setVisible(bool(steps))
        self._steps.title.setText("Activation")
        self._steps.note.setText(f"{done} of {len(steps)} milestones done")
        self._fill(self._steps, milestone_rows(steps, today=today))

    def _fill(self, panel: TablePanel, rows: list[GridRow]) -> None:
        panel.table.show_rows(rows)
        panel.table.setVisible(bool(rows))


def _given(tier: TierState) -> str:
    if tier.tier is None:
        return "This partner has no tier, or its type has none."
    if not tier.known:
        return "The profile does not know this tier, so nothing can be said about its terms."
    parts = []
    if tier.discount is not None:
        parts.append(f"{write(tier.discount, Unit.PERCENT, currency='')} discount")
    if tier.fund_accrual is not None:
        parts.append(f"{write(tier.fund_accrual, Unit.PERCENT, currency='')} of revenue as funds")
    if tier.protection_days is not None:
        parts.append(f"{tier.protection_days} days of deal protection")
    return "Gives " + ", ".join(parts) + "." if parts else "Terms are agreed one by one."


def _missing(tier: TierState) -> str:
    open_ones = [in_a_sentence(one.title) for one in tier.next_requirements if not one.met]
    return f"Missing: {', '.join(open_ones)}." if open_ones else "Every requirement is met."
