"""Beside the scorecard: the score, what moved it, and the alerts that are open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from camdesk.base.settings import Settings
from camdesk.desk.reports import PartnerReport
from camdesk.gui.partner.rows import (
    MOVEMENT_COLUMNS,
    movement_rows,
    score_words,
    shown_score,
    since_words,
    standing_words,
)
from camdesk.gui.partner.severity import severity_sign, severity_tone
from camdesk.gui.theme.fonts import BIG, SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone, band_tone
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.grid import Trend
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.painting import draw_trend
from camdesk.gui.widgets.parts import GAP, Panel, button, label, row, set_tone
from camdesk.insight.results import Alert

_ALERTS_SHOWN = 4
_SIGN_WIDTH = 14  # the widest sign, so that all messages begin at one line


class ScoreTrend(QWidget):
    """The score at eight quarter ends and now, as one line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._trend = Trend((), Tone.FAINT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Score at the last eight quarter ends and now")

    def sizeHint(self) -> QSize:
        return QSize(200, 62)

    def show_scores(self, scores: tuple[float | None, ...], tone: Tone) -> None:
        self._trend = Trend(scores, tone)
        said = ", ".join("no data" if score is None else f"{score:.0f}" for score in scores)
        self.setAccessibleDescription(said)
        self.setToolTip(f"Last eight quarter ends, and now: {said}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_trend(painter, QRectF(self.rect()).adjusted(2, 6, 0, -8), self._trend, self._theme.tokens)
        painter.end()


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
    """`figure_wanted` carries a metric; `alerts_wanted` asks for the whole list."""

    figure_wanted = Signal(str)
    alerts_wanted = Signal()

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._head = label("Partner score", size=SMALL, tone=Tone.MUTED)
        self._score = label("", size=BIG, bold=True)
        self.since = label("")
        self._trend = ScoreTrend(theme)
        self._standing = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.moved = GridView(MOVEMENT_COLUMNS, theme, name="What moved the score")
        self.moved.hide_head()
        self.moved.set_plan(partial(last_fixed, fixed=(62,)))
        self._moved_panel = Panel(margins=(1, 12, 1, 1))
        self._alerts = Panel()
        self._lay_out()
        self.moved.opened.connect(self._open_moved)

    def _lay_out(self) -> None:
        score = Panel(gap=2)
        score.body.addWidget(self._head)
        score.body.addLayout(row(self._score, self.since, 1))
        score.body.addWidget(self._trend)
        score.body.addWidget(self._standing)
        title = row(label("What moved the score", bold=True))
        title.setContentsMargins(10, 0, 10, 2)
        self._moved_panel.body.addLayout(title)
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
        self._trend.show_scores((*card.blend.history, score), band_tone(score))
        self._trend.setVisible(judged and any(score is not None for score in card.blend.history))
        self._standing.setText("\n".join(standing_words(report)))
        moved = movement_rows(report.change.movements) if judged else []
        self.moved.show_rows(moved)
        self._moved_panel.setVisible(bool(moved))
        self._show_alerts(report)

    def _show_alerts(self, report: PartnerReport) -> None:
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
