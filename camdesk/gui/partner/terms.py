"""The terms tab: the tier and why, the way to the next one, balances, and everything agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from camdesk.desk.partner.terms import missing, next_in_words, why
from camdesk.desk.partner.terms_note import note
from camdesk.desk.reports import PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.partner import terms_rows
from camdesk.gui.partner.rows import MILESTONE_COLUMNS, milestone_rows
from camdesk.gui.partner.tab import Late, Tab
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import GAP, button, label, row
from camdesk.gui.widgets.table_panel import TablePanel
from camdesk.gui.widgets.two_columns import TwoColumns
from camdesk.insight.rebate_steps import RebateStep

_COPY_KEY = "Ctrl+Shift+C"
_TWO_COLUMNS_FROM = 940


class TermsTab(Tab):
    """Where a partner stands in its programme; side by side where there is room, else one below the other."""

    for_the_room = True
    key = "terms"
    title = "Terms"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self._report: PartnerReport | None = None
        self.copy_button = button(f"Copy as a note to the partner  {_key_as_shown()}")
        self.copy_button.setToolTip("Plain text for an e-mail, without anything that is ours alone")
        self.copy_button.clicked.connect(self.copy_note)
        QShortcut(QKeySequence(_COPY_KEY), self).activated.connect(self.copy_note)
        self._copied = label("", size=SMALL, tone=Tone.MUTED)
        self._make_panels(theme)
        self._beside = TwoColumns(
            (self._tier, self._next, self._rebates, self._announced, self._in_force, self._agreements),
            (self._given, self._people, self._expiring, self._registrations, self._steps),
            from_width=_TWO_COLUMNS_FROM,
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        lines.addLayout(row(1, self._copied, self.copy_button, gap=10))
        lines.addLayout(self._beside)
        lines.addStretch(1)

    def _make_panels(self, theme: Theme) -> None:
        needs, widths = terms_rows.NEED_COLUMNS, (90, 90, 90)
        self._tier = TablePanel("", needs, theme, fixed=widths, name="What the tier asks")
        self._next = TablePanel("", needs, theme, fixed=widths, name="What the next tier asks")
        self._rebates = TablePanel(
            "Rebate steps", terms_rows.REBATE_COLUMNS, theme, fixed=(76, 110, 76, 70, 76)
        )
        self._registrations = TablePanel(
            "Registrations in flight", terms_rows.REGISTRATION_COLUMNS, theme, fixed=(76, 132, 90)
        )
        self._given = TablePanel("Discount, funds and credit", terms_rows.GIVEN_COLUMNS, theme, fixed=(120,))
        self._given.table.hide_head()
        self._people = TablePanel("Certifications", terms_rows.PEOPLE_COLUMNS, theme, fixed=(90,))
        self._expiring = TablePanel(
            "Certificates that run out", terms_rows.EXPIRING_COLUMNS, theme, fixed=(140, 104)
        )
        term_widths = (100, 96, 96)
        self._announced = TablePanel("Announced changes", terms_rows.TERM_COLUMNS, theme, fixed=term_widths)
        self._in_force = TablePanel("Terms in force", terms_rows.TERM_COLUMNS, theme, fixed=term_widths)
        self._agreements = TablePanel("Agreements", terms_rows.AGREEMENT_COLUMNS, theme, fixed=(104, 104, 96))
        self._steps = TablePanel("Activation", MILESTONE_COLUMNS, theme, fixed=(110, 130))

    def show_report(self, report: PartnerReport) -> None:
        self._report = report
        self._copied.setText("")
        tier, terms, currency = report.tier, report.terms, report.base_currency
        today = report.scorecard.as_of
        self._tier.title.setText(tier.tier or "No tier")
        self._tier.fill(terms_rows.need_rows(tier.requirements, currency=currency), words=why(tier, terms))
        self._next.title.setText(f"{next_in_words(tier)}: {tier.next_tier}")
        self._next.fill(
            terms_rows.need_rows(tier.next_requirements, currency=currency),
            words=missing(tier) if tier.next_tier else "",
        )
        self._given.fill(terms_rows.given_rows(tier, terms, currency=currency))
        self._rebates.fill(
            terms_rows.rebate_rows(terms.rebates, currency=currency), words=_next_step(terms.rebates)
        )
        self._registrations.fill(terms_rows.registration_rows(terms.registrations, currency=currency))
        self._people.fill(terms_rows.people_rows(terms.skills))
        self._expiring.fill(
            terms_rows.expiring_rows(terms.skills, today=today),
            words="Within 90 days." if terms.skills.expiring else "",
        )
        self._announced.fill(terms_rows.term_rows(terms.announced))
        self._in_force.fill(terms_rows.term_rows(terms.in_force))
        self._agreements.fill(terms_rows.agreement_rows(terms.agreements, today=today))
        self._show_steps(report, today)

    @classmethod
    def actions_of(cls, tab: Late[Self]) -> tuple[Action, ...]:
        return (Action("Copy the terms as a note to the partner", tab.then(cls.copy_note), group="Partner"),)

    def copy_note(self) -> None:
        """Put where the partner stands on the clipboard, as a note that can be sent as it is."""
        report = self._report
        if report is None:
            return
        words = note(
            report.partner.name,
            report.tier,
            report.terms,
            as_of=report.scorecard.as_of,
            currency=report.base_currency,
        )
        QGuiApplication.clipboard().setText(words)
        self._copied.setText("Copied: paste it into an e-mail.")

    def _show_steps(self, report: PartnerReport, today: date) -> None:
        steps = report.milestones
        done = sum(step.done_on is not None for step in steps)
        self._steps.fill(
            milestone_rows(steps, today=today),
            words=f"{done} of {len(steps)} milestones done" if steps else "",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.fit(event.size().width())


def _next_step(steps: Sequence[RebateStep]) -> str:
    reached = sum(one.is_reached for one in steps)
    return f"{reached} of {len(steps)} reached" if steps else ""


def _key_as_shown() -> str:
    return QKeySequence(_COPY_KEY).toString(QKeySequence.SequenceFormat.NativeText)
