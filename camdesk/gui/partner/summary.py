"""Beside the scorecard: the score, what moved it, and the alerts that are open."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camdesk.desk.reports import PartnerReport
from camdesk.gui.context import Context
from camdesk.gui.partner.rows import (
    MOVEMENT_COLUMNS,
    change_words,
    movement_rows,
    score_words,
    shown_score,
    since_words,
    standing_words,
)
from camdesk.gui.partner.severity import severity_sign, severity_tone
from camdesk.gui.screen import Reading
from camdesk.gui.theme.fonts import BIG, SMALL
from camdesk.gui.theme.tokens import Tone, band_tone
from camdesk.gui.widgets.chart import TrendChart
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.day_chooser import DayChooser
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import GAP, Panel, button, label, row, set_tone
from camdesk.insight.results import Alert, ScoreChange, Unit

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

_ALERTS_SHOWN = 4
_TREND_HEIGHT = 104
_SIGN_WIDTH = 14  # the widest sign, so that all messages begin at one line


class AlertLine(QWidget):
    """An alert's sign and its message."""

    def __init__(self, alert: Alert) -> None:
        super().__init__()
        sign = label(severity_sign(alert.severity), size=SMALL, tone=severity_tone(alert.severity))
        sign.setAccessibleName(alert.severity)
        sign.setFixedWidth(_SIGN_WIDTH)
        line = row(sign, label(alert.message, size=SMALL, wrap=True))
        line.setStretch(1, 1)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)


class Summary(QWidget):
    """`figure_wanted` carries a metric, `change_shown` a ScoreChange; `alerts_wanted` asks for the list."""

    figure_wanted = Signal(str)
    alerts_wanted = Signal()
    change_shown = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._room = context.room
        self._context = context
        theme = context.theme
        self._settings = context.desk.settings
        self._partner_id = ""
        self._reading = Reading(context, self._take_change, parent=self)
        self.first_day = DayChooser("From")
        self.last_day = DayChooser("To")
        self.span = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self._head = label("Partner score", size=SMALL, tone=Tone.MUTED)
        self._score = label("", size=BIG, bold=True)
        self.since = label("")
        self.trend = TrendChart(
            theme, name="Score at the last eight quarter ends and now", height=_TREND_HEIGHT
        )
        self._standing = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.moved = GridView(MOVEMENT_COLUMNS, theme, name="What moved the score")
        self.moved.hide_head()
        self.moved.set_plan(partial(last_fixed, fixed=(62,)))
        self._moved_panel = Panel(margins=(1, 12, 1, 1))
        self._alerts = Panel()
        self._lay_out()
        self.moved.opened.connect(self._open_moved)
        self.first_day.chosen.connect(self._read_change)
        self.last_day.chosen.connect(self._read_change)

    def _lay_out(self) -> None:
        score = Panel(gap=2)
        score.body.addWidget(self._head)
        score.body.addLayout(row(self._score, self.since, 1))
        score.body.addWidget(self.trend)
        score.body.addWidget(self._standing)
        title = row(label("What moved the score", bold=True))
        title.setContentsMargins(10, 0, 10, 2)
        self._moved_panel.body.addLayout(title)
        days = row(self.first_day, label("to", size=SMALL, tone=Tone.MUTED), self.last_day, 1, gap=6)
        days.setContentsMargins(10, 0, 10, 0)
        said = row(self.span)
        said.setContentsMargins(10, 0, 10, 6)
        self._moved_panel.body.addLayout(days)
        self._moved_panel.body.addLayout(said)
        self._moved_panel.body.addWidget(self.moved)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        for part in (score, self._moved_panel, self._alerts):
            lines.addWidget(part)
        lines.addStretch(1)

    def show_report(self, report: PartnerReport) -> None:
        card = report.scorecard
        score = shown_score(card)
        judged = score is not None and not card.onboarding
        self._head.setText("Activation" if card.onboarding else "Partner score")
        self._score.setText(score_words(report))
        self._score.setAccessibleName(f"Score {score:.1f}" if judged else "no score yet")
        set_tone(self._score, Tone.NORMAL if judged or card.onboarding else Tone.FAINT)
        words, tone = since_words(report, self._settings) if judged else _instead(report)
        self.since.setText(words)
        set_tone(self.since, tone)
        self._show_trend(report, score)
        self.trend.setVisible(judged and any(score is not None for score in card.blend.history))
        self._standing.setText("\n".join(standing_words(report)))
        self._moved_panel.setVisible(judged)
        self._show_days(report)
        self._show_alerts(report)

    def _show_trend(self, report: PartnerReport, score: float | None) -> None:
        card = report.scorecard
        scores = list(zip(report.quarter_ends, card.blend.history, strict=False))
        if not scores or scores[-1][0] != card.as_of:
            scores.append((card.as_of, score))
        self.trend.show_trend(scores, Unit.SCORE, currency="", tone=band_tone(score))

    def _show_days(self, report: PartnerReport) -> None:
        """Keep the chosen days of a partner over a refresh; another one begins with the last quarter."""
        today = report.scorecard.as_of
        quarters = [
            (day, self._settings.calendar.quarter_title(day)) for day in reversed(report.quarter_ends)
        ]
        usual = [(today, "Today"), *((day, f"End of {title}") for day, title in quarters if day != today)]
        for chooser in (self.first_day, self.last_day):
            chooser.offer(usual, last=today)
        usual_days = report.change.before, report.change.after
        chosen = self.first_day.day, self.last_day.day
        if report.partner.partner_id == self._partner_id and chosen not in (usual_days, (None, None)):
            self._read_change()
            return
        self._partner_id = report.partner.partner_id
        self.first_day.show_day(report.change.before)
        self.last_day.show_day(report.change.after)
        self._take_change(report.change)

    def _read_change(self, _day: object = None) -> None:
        first, last = self.first_day.day, self.last_day.day
        if first is None or last is None:
            return
        before, after = min(first, last), max(first, last)
        read = partial(_read_change, partner_id=self._partner_id, before=before, after=after)
        self._reading.start(read)

    def _take_change(self, change: ScoreChange) -> None:
        self.span.setText(change_words(change))
        rows = (
            movement_rows(change.movements) if None not in (change.score_before, change.score_after) else []
        )
        self.moved.show_rows(rows)
        self.moved.setVisible(bool(rows))
        self.change_shown.emit(change)

    def _show_alerts(self, report: PartnerReport) -> None:
        self._alerts.setHidden(self._room.has_guest)
        body = self._alerts.body
        while (item := body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        body.addWidget(label("Open alerts" if report.alerts else "No open alerts", bold=True))
        for alert in report.alerts[:_ALERTS_SHOWN]:
            body.addWidget(AlertLine(alert))
        if report.alerts:
            n = len(report.alerts)
            more = button(f"All {n} alerts, with what to do" if n > 1 else "What to do", kind="link")
            more.clicked.connect(self.alerts_wanted)
            body.addWidget(more)

    def _open_moved(self, metric: str) -> None:
        if metric:
            self.figure_wanted.emit(metric)


def _instead(report: PartnerReport) -> tuple[str, Tone]:
    """Return what stands beside the number that is no score."""
    if report.scorecard.onboarding:
        return ("steps done" if report.milestones else "onboarding"), Tone.MUTED
    return "not enough data", Tone.MUTED


def _read_change(desk: Desk, *, partner_id: str, before: date, after: date) -> ScoreChange:
    return desk.score_change(partner_id, before=before, after=after)
