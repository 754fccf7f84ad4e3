"""The scorecard tab: outcomes, leading signs and our side, in three panels with one set of columns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabBar, QVBoxLayout

from camdesk.desk.reports import PartnerReport
from camdesk.gui.context import Context
from camdesk.gui.partner.adding_up import AddsUp
from camdesk.gui.partner.rows import SCORE_COLUMNS, group_lines, group_share, is_known, score_rows
from camdesk.gui.partner.tab import Tab
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone, band_tone
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import GAP, ElidedLabel, Panel, label, row, set_tone
from camdesk.insight.results import Group, Scorecard, ScoreChange

# Measure, now, target, attainment, vs last quarter, 8 quarters, weight; what goes first where it is narrow.
_WIDTHS = (190, 88, 120, 112, 84, 96, 68)
_LEAST_MEASURE, _MOST_MEASURE = 196, 320
_DROPPED = (6, 5, 2, 4)


def plan_columns(available: int) -> list[int]:
    """Return the widths of the scorecard's columns; the measure takes what is left, 0 hides a column."""
    widths = list(_WIDTHS)
    for column in _DROPPED:
        if available - sum(widths[1:]) >= _LEAST_MEASURE:
            break
        widths[column] = 0
    return last_fixed(available, fixed=widths[1:], least=_LEAST_MEASURE, most=_MOST_MEASURE)


class GroupPanel(Panel):
    """One group of lines under its title, with the group's points at the right."""

    def __init__(self, title: str, theme: Theme, *, with_head: bool) -> None:
        super().__init__(margins=(1, 1, 1, 1), gap=0)
        self._note = ElidedLabel(size=SMALL)
        self._points: QLabel = label("", bold=True)
        head = row(label(title, bold=True), self._note, self._points, gap=6)
        head.setContentsMargins(11, 9, 11, 9)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.table = GridView(SCORE_COLUMNS, theme, name=title)
        if not with_head:
            self.table.hide_head()
        self.table.set_plan(plan_columns)
        self.body.addWidget(self.table)

    def say(self, note: str, points: float | None, *, judged: bool = True) -> None:
        self._note.say(note)
        self._points.setText("" if points is None else f"{points:.0f}")
        self._points.setAccessibleName("" if points is None else f"{points:.0f} points")
        set_tone(self._points, band_tone(points) if judged else Tone.FAINT)


class ScorecardTab(Tab):
    """What the partner is judged by; opening a line opens its records."""

    for_the_room = True
    key = "scorecard"
    title = "Scorecard"
    has_summary = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self._report: PartnerReport | None = None
        self.hats = QTabBar()
        self.hats.setDrawBase(False)
        self.hats.setExpanding(False)
        self.hats.setAccessibleName("Which of the partner's types the scorecard is of")
        self.hats.hide()
        self._outcomes = GroupPanel("Outcomes", theme, with_head=True)
        self._leading = GroupPanel("Leading signs", theme, with_head=False)
        self._our_side = GroupPanel("Our side", theme, with_head=False)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        lines.addWidget(self.hats, 0, Qt.AlignmentFlag.AlignLeft)
        self.hats.currentChanged.connect(self._show_hat)
        for panel in self.panels:
            lines.addWidget(panel)
            panel.table.opened.connect(self.figure_wanted)
        self._outcomes.table.left.connect(self._leave_outcomes)
        self._leading.table.left.connect(self._leave_leading)
        self._our_side.table.left.connect(self._leave_our_side)
        self.adds_up = AddsUp(theme)
        self.adds_up.figure_wanted.connect(self.figure_wanted)
        lines.addWidget(self.adds_up)
        lines.addStretch(1)

    @property
    def panels(self) -> tuple[GroupPanel, ...]:
        return self._outcomes, self._leading, self._our_side

    def show_report(self, report: PartnerReport) -> None:
        self._report = report
        cards = (report.scorecard, *report.other_cards)
        self.hats.blockSignals(True)
        while self.hats.count():
            self.hats.removeTab(0)
        for card, hat in zip(cards, report.scorecard.hats, strict=False):
            score = "no score" if card.score is None else f"{card.score:.0f}"
            self.hats.addTab(f"{hat.title} · {score} · weighs {hat.share:.0%}")
        self.hats.blockSignals(False)
        self.hats.setVisible(len(cards) > 1)
        self._show_card(report.scorecard, report.base_currency)

    def _show_hat(self, place: int) -> None:
        if self._report is not None and place >= 0:
            card = (self._report.scorecard, *self._report.other_cards)[place]
            self._show_card(card, self._report.base_currency)

    def _show_card(self, card: Scorecard, currency: str) -> None:
        produced = group_lines(card, Group.OUTCOME, Group.SHOWN)
        before = group_lines(card, Group.LEADING, Group.ACTIVITY)
        self._outcomes.table.show_rows(score_rows(produced, currency=currency))
        self._leading.table.show_rows(score_rows(before, currency=currency))
        ours = [line for line in card.our_side if is_known(line)]
        self._our_side.table.show_rows(score_rows(ours, currency=currency))
        judged = card.enough_data and not card.onboarding
        self._outcomes.say(
            _note("what the partnership produced", card, Group.OUTCOME), card.outcome, judged=judged
        )
        self._leading.say(
            _note("what comes before the outcomes", card, Group.LEADING), card.leading, judged=judged
        )
        self._our_side.say(
            "how easy we are to work with · beside the score, never in it", card.our_side_points
        )
        for panel in self.panels:
            panel.setVisible(panel.table.grid.rowCount() > 0)
        self.adds_up.show_card(card)

    def show_change(self, change: ScoreChange) -> None:
        """Draw what moved the score between the two days chosen beside."""
        self.adds_up.show_change(change)

    def focus_first(self) -> None:
        self._outcomes.table.setFocus()

    def _leave_outcomes(self, way: int) -> None:
        self._enter(0, way)

    def _leave_leading(self, way: int) -> None:
        self._enter(1, way)

    def _leave_our_side(self, way: int) -> None:
        self._enter(2, way)

    def _enter(self, place: int, way: int) -> None:
        place += way
        while 0 <= place < len(self.panels) and not self.panels[place].table.grid.rowCount():
            place += way
        if 0 <= place < len(self.panels):
            table = self.panels[place].table
            table.go_to(0 if way > 0 else table.grid.rowCount() - 1)
            table.setFocus()


def _note(words: str, card: Scorecard, group: Group) -> str:
    share = group_share(card, group)
    return f"{words} · {share:.0%} of the score" if share is not None else words
