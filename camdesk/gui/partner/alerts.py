"""The alerts tab: each alert with why it is there, what to do next, what came before, and its rows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from camdesk.desk.reports import PartnerReport
from camdesk.gui.context import Context
from camdesk.gui.partner.severity import severity_sign, severity_tone
from camdesk.gui.partner.tab import Tab
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import GAP, Panel, badge, label, row
from camdesk.gui.widgets.values import figure_cell
from camdesk.insight.alerts.episodes import say
from camdesk.insight.results import Alert, AlertSubject, Unit
from camdesk.insight.wording import write, write_day

SUBJECT_COLUMNS = (
    Column("What", Kind.TEXT),
    Column("At stake", Kind.NUMBER, descending_first=True),
    Column("Due", Kind.NUMBER),
    Column("State", Kind.TEXT),
)
_NUMBERS = (96, 106, 110)
EARLIER_SHOWN = 2


class AlertsTab(Tab):
    """All open alerts of one partner, by priority."""

    key = "alerts"
    title = "Alerts"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._theme = context.theme
        self._panels: dict[str, Panel] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(GAP)

    @classmethod
    def title_for(cls, report: PartnerReport) -> str:
        return f"{cls.title} {len(report.alerts)}" if report.alerts else cls.title

    def show_report(self, report: PartnerReport) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._panels.clear()
        for alert in report.alerts:
            self._panels[str(alert.id)] = self._panel(alert, report.base_currency)
            self._lines.addWidget(self._panels[str(alert.id)])
        if not report.alerts:
            self._lines.addWidget(label("Nothing needs you here.", tone=Tone.MUTED))
        self._lines.addStretch(1)

    def stand_on(self, record: str) -> None:
        """Bring the alert of a number into view."""
        panel = self._panels.get(record)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if panel is not None and isinstance(around, QScrollArea):
            # Once the tab, just turned to, has its height.
            QTimer.singleShot(0, panel, partial(around.ensureWidgetVisible, panel))

    def _panel(self, alert: Alert, currency: str) -> Panel:
        panel = Panel(margins=(1, 12, 1, 1), gap=0)
        words = QVBoxLayout()
        words.setContentsMargins(10, 0, 10, 10)
        words.setSpacing(6)
        message = label(alert.message, bold=True, wrap=True)
        sign = label(severity_sign(alert.severity), tone=severity_tone(alert.severity))
        sign.setAccessibleName(alert.severity)
        first = row(sign, message, badge(alert.severity.capitalize()), badge(alert.state.capitalize()))
        first.setStretch(1, 1)
        words.addLayout(first)
        words.addWidget(label(_facts(alert, currency), size=SMALL, tone=Tone.MUTED, wrap=True))
        words.addWidget(label(alert.why, tone=Tone.MUTED, wrap=True))
        words.addWidget(label(f"Next: {alert.next_action}", wrap=True))
        if alert.earlier:
            words.addWidget(label(_earlier(alert), size=SMALL, tone=Tone.MUTED, wrap=True))
        panel.body.addLayout(words)
        if len(alert.subjects) > 1 or any(one.label not in alert.message for one in alert.subjects):
            table = GridView(SUBJECT_COLUMNS, self._theme, name=alert.message)
            table.show_rows([_subject_row(one, currency) for one in alert.subjects])
            table.set_plan(partial(last_fixed, fixed=_NUMBERS))
            panel.body.addWidget(table)
        return panel


def _facts(alert: Alert, currency: str) -> str:
    parts = []
    if alert.value_at_stake is not None:
        parts.append(f"{write(alert.value_at_stake, Unit.MONEY, currency=currency)} at stake")
    if alert.due_on is not None:
        parts.append(f"due {write_day(alert.due_on)}")
    parts.append(f"first seen {write_day(alert.first_seen)}")
    words = " · ".join(parts)
    return words[:1].upper() + words[1:]


def _earlier(alert: Alert) -> str:
    """Say how often it was open before and how the newest of those times went."""
    times = len(alert.earlier)
    counted = "once before" if times == 1 else f"{times} times before"
    newest = "; ".join(say(firing) for firing in reversed(alert.earlier[-EARLIER_SHOWN:]))
    return f"Open {counted}: {newest}"


def _subject_row(subject: AlertSubject, currency: str) -> GridRow:
    due = subject.due_on
    return GridRow(
        subject.subject,
        (
            GridCell(subject.label, subject.label, subject.label),
            figure_cell(subject.value_at_stake, Unit.MONEY, currency=currency),
            GridCell(write_day(due), due.isoformat() if due else None),
            GridCell(subject.state.capitalize(), subject.state, tone=Tone.MUTED),
        ),
    )
