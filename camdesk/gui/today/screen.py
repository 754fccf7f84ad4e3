"""Today: the quarter in one line, what needs the CAM, and each alert opened beside the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from camdesk.desk.morning.today_reports import LastTime, OpenedAlert, SinceMet, TodayAlert, TodayReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure
from camdesk.gui.screen import Reading, Screen
from camdesk.gui.theme.fonts import TITLE
from camdesk.gui.today.aside import Aside
from camdesk.gui.today.asking import KeyMenu
from camdesk.gui.today.detail import DetailPane
from camdesk.gui.today.list_panel import ASLEEP, DIGEST, IN_HAND, NEEDS_YOU, ListPanel
from camdesk.gui.today.quarter_line import QuarterLine
from camdesk.gui.today.rows import overview, quarter_words, sleeps
from camdesk.gui.widgets.parts import GAP, label, row
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

Deed = Callable[["Desk", int, tuple[str, ...]], None]

_EARLIER_AFTER_MS = 400  # a kept morning of this very day is there long before
_GROUP = "Today"
_ON_A_DAY = "day"
_LEFT_SHARE = 0.385
_LEFT_LEAST, _LEFT_MOST = 340, 560
_ASIDE_SHARE = 0.28
_ASIDE_LEAST, _ASIDE_MOST = 132, 260


class TodayScreen(Screen):
    """The list comes first, the opened alert right after, then what happened since the last meeting."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self._take, parent=self)
        self._opening = Reading(context, self._take_opened, parent=self)
        self._meeting = Reading(context, self._take_met, parent=self)
        self._changing = Reading(context, self._take_changes, parent=self)
        self._earlier = Reading(context, self._take_earlier, parent=self)
        self._earlier_later = QTimer(self, singleShot=True, interval=_EARLIER_AFTER_MS)
        self._earlier_later.timeout.connect(self._read_earlier)
        self._report: TodayReport | None = None
        self._shown: TodayAlert | None = None
        self._rows: tuple[str, ...] = ()  # of the alert, which an action is about; none: all
        self.quarter = QuarterLine()
        self.list = ListPanel(context.theme)
        self.aside = Aside(context.theme)
        self.detail = DetailPane(context.theme, today=context.desk.as_of)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        heading = row(label("Today", size=TITLE, bold=True), self.quarter, gap=14)
        heading.setStretch(1, 1)
        heading.setContentsMargins(20, 16, 20, 12)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.list, 1)
        left.addWidget(self.aside)
        sides = QHBoxLayout()
        sides.setContentsMargins(20, 0, 20, 12)
        sides.setSpacing(GAP)
        sides.addLayout(left)
        sides.addWidget(self.detail, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(heading)
        whole.addLayout(sides, 1)
        self.detail.hide_content()

    def _connect(self) -> None:
        guide = self.context.guide
        self.list.picked.connect(self._show_alert)
        self.list.alerts.opened.connect(self._open_partner_of)
        self.list.wanted.connect(guide.go)
        self.aside.brief_wanted.connect(self._open_brief)
        self.aside.partner_wanted.connect(self._open_by_id)
        self.detail.wanted.connect(guide.wanted)
        for press, run in (
            (self.detail.acknowledge, self.acknowledge),
            (self.detail.snooze, self.snooze),
            (self.detail.note, self.note),
            (self.detail.open_partner, self.open_partner),
            (self.detail.not_useful, self.not_useful),
            (self.detail.resolve, self.resolve),
        ):
            press.clicked.connect(run)
        self.detail.asks_note.answered.connect(self._save_note)
        self.detail.asks_reason.answered.connect(self._resolve_because)
        self.detail.asks_day.answered.connect(self._snooze_until)
        for question in self.detail.questions:
            question.given_up.connect(self._give_up)
        guide.synced.connect(self._read_changes)

    # Reading

    @property
    def report(self) -> TodayReport | None:
        """What is shown; None until it has been read."""
        return self._report

    def refresh(self) -> None:
        self._reading.start(_read_today)
        if self._report is None:
            self._earlier_later.start()

    def _read_earlier(self) -> None:
        if self._report is None:
            self._earlier.start(_read_today_before)

    def _take_earlier(self, report: TodayReport | None) -> None:
        """Show the last morning while this one's figures are worked out, and say so."""
        if report is not None and self._report is None:
            self.quarter.say_earlier(write_day(report.as_of))
            self.list.show_report(report)
            self.aside.show_report(report)

    def _take(self, report: TodayReport) -> None:
        is_first, self._report = self._report is None, report
        self.quarter.say(quarter_words(report))
        self.list.show_report(report)
        self.aside.show_report(report)
        self._say_count()
        self.context.guide.overview.emit(overview(report))
        if self._shown is not None:
            self._open(self._shown)  # what it rests on may have changed
        if is_first:
            self._read_changes()
            if self.isVisible():
                self.focus_content()

    def _say_count(self) -> None:
        self.context.guide.counted.emit("today", self.list.waiting())

    def _read_changes(self) -> None:
        self._changing.start(_read_changes)

    def _take_changes(self, changes: LastTime) -> None:
        self.aside.show_changes(changes)

    def _show_alert(self, alert: TodayAlert | None) -> None:
        before, self._shown = self._shown, alert
        if alert is None:
            self.detail.hide_content()
            return
        if before is not None and before.id == alert.id:
            self.detail.say_head(alert)
            return
        self.detail.show_alert(alert)
        self._open(alert)

    def _open(self, alert: TodayAlert) -> None:
        self._opening.start(partial(_read_opened, alert=alert))

    def _take_opened(self, opened: OpenedAlert) -> None:
        alert = opened.detail.alert
        if self._shown is None or alert.id != self._shown.id:
            return
        self.detail.show_opened(opened)
        if alert.partner_id:
            self._meeting.start(partial(_read_met, partner_id=alert.partner_id))

    def _take_met(self, met: SinceMet) -> None:
        self.detail.show_met(met)

    def focus_content(self) -> None:
        self.list.focus_list()

    # What can be done

    def actions_here(self) -> tuple[Action, ...]:
        def action(title: str, run: Callable[[], object], key: str) -> Action:
            return Action(title, run, key, _GROUP, self.has_alert, in_the_room=False)

        return (
            action("Next alert", self.next, "J"),
            action("Alert before", self.previous, "K"),
            action("Go where the alert is dealt with", self.detail.follow, "A"),
            action("Acknowledge the alert", self.acknowledge, "E"),
            action("Snooze the alert", self.snooze, "S"),
            action("Write a note about the partner", self.note, "N"),
            action("Open the alert's partner", self.open_partner, "O"),
            action("Say that the alert is not useful", self.not_useful, "X"),
            action("Resolve the alert", self.resolve, "R"),
            action("Mute the rule for this partner, or unmute it", self.mute, "M"),
            action("Open the brief for the partner", self.brief, "B"),
            action("Log a call with the alert's partner", self.log_call, "L"),
            *(
                Action(title, partial(self.list.turn_to, which), str(which + 1), _GROUP, in_the_room=False)
                for which, title in (
                    (NEEDS_YOU, "Show what needs you"),
                    (DIGEST, "Show the digest"),
                    (IN_HAND, "Show what is in hand"),
                    (ASLEEP, "Show what is snoozed"),
                )
            ),
        )

    def has_alert(self) -> bool:
        """Tell whether an alert is open beside the list."""
        return self._shown is not None

    def next(self) -> None:
        self.list.alerts.step(1)

    def previous(self) -> None:
        self.list.alerts.step(-1)

    def acknowledge(self) -> None:
        """Say that the alert, or the chosen rows of it, is being seen to."""
        self._rows = self.detail.chosen_rows()
        self._deal_with(_acknowledge)

    def not_useful(self) -> None:
        """Say that the alert is of no use, and set it aside."""
        self._rows = ()
        self._deal_with(_set_aside)

    def mute(self) -> None:
        """Silence the rule for the partner, or let a muted one speak again."""
        if self._shown is not None:
            self._rows = ()
            self._deal_with(_unmute if self._shown.state == "muted" else _mute)

    def snooze(self) -> None:
        """Ask for how long, in a small menu."""
        if self._shown is None:
            return
        self._rows = self.detail.chosen_rows()
        self.snooze_menu.popup(self.detail.snooze.mapToGlobal(QPoint(0, self.detail.snooze.height() + 2)))
        self.snooze_menu.setActiveAction(self.snooze_menu.actions()[0])

    @cached_property
    def snooze_menu(self) -> QMenu:
        """The usual spans of sleep, and a day of one's own."""
        menu = KeyMenu(self)
        for sleep in sleeps(self.context.desk.as_of):
            menu.addAction(sleep.mnemonic).setData(sleep.until)
        menu.addSeparator()
        menu.addAction("Until another &day…").setData(_ON_A_DAY)
        menu.triggered.connect(self._snooze_by)
        return menu

    def _snooze_by(self, chosen: QAction) -> None:
        until = chosen.data()
        if until == _ON_A_DAY:
            self.detail.ask(self.detail.asks_day)
        else:
            self._snooze_until(until)

    def _snooze_until(self, until: date | None) -> None:
        self._deal_with(partial(_snooze, until=until))

    def note(self) -> None:
        """Ask for a note about the partner."""
        if self._shown is not None and self._shown.partner_id:
            self.detail.ask(self.detail.asks_note)

    def _save_note(self, words: str) -> None:
        if self._shown is not None:
            self.context.deeds.do(partial(_add_note, partner_id=self._shown.partner_id, words=words))
        self._give_up()

    def resolve(self) -> None:
        """Ask why the alert is settled."""
        if self._shown is not None:
            self._rows = self.detail.chosen_rows()
            self.detail.ask(self.detail.asks_reason)

    def _resolve_because(self, reason: str) -> None:
        self._deal_with(partial(_resolve, reason=reason))

    def _give_up(self) -> None:
        self.detail.close_questions()
        self.focus_content()

    def _deal_with(self, deed: Deed) -> None:
        """Do it, and go on to the next alert at once; one of which only some rows are meant stays."""
        alert = self._shown
        if alert is None:
            return
        work = partial(_dealt_with, alert_id=alert.id, rows=self._rows, deed=deed)
        if self._rows:
            self.detail.close_questions()
            self.context.deeds.do(work)
        else:
            self.list.deal_with(alert)
            self._say_count()
            self.context.deeds.do(work, then=self.list.settle, failed=self._not_done)
        self.focus_content()

    def _not_done(self, failure: Failure) -> None:
        self.list.settle_all()
        self.context.guide.fail(failure)
        self.refresh()

    def log_call(self) -> None:
        """Open the sheet for a call, meeting or mail with the partner."""
        from camdesk.gui.partner.work.log_sheet import log_sheet

        if self._shown is not None and self._shown.partner_id:
            log_sheet(self, self.context).open_for(self._shown.partner_id)

    # Going somewhere

    def open_partner(self) -> None:
        """Open the page of the alert's partner."""
        if self._shown is not None:
            self._open_partner_of(self._shown)

    def brief(self) -> None:
        """Open the brief for the partner of the meeting or the alert the keyboard stands on."""
        meeting = self.aside.current_meeting()
        partner_id = meeting.partner_id if meeting else self._shown.partner_id if self._shown else ""
        if partner_id:
            self._open_brief(partner_id)

    def _open_partner_of(self, alert: TodayAlert) -> None:
        if alert.partner_id:
            self._open_by_id(alert.partner_id)

    def _open_by_id(self, partner_id: str) -> None:
        self.context.guide.go("partner", partner_id)

    def _open_brief(self, partner_id: str) -> None:
        self.context.guide.go("partner", partner_id, part="brief")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = min(max(round(self.width() * _LEFT_SHARE), _LEFT_LEAST), _LEFT_MOST)
        self.list.setFixedWidth(left)
        self.aside.setFixedWidth(left)
        self.aside.setFixedHeight(min(max(round(self.height() * _ASIDE_SHARE), _ASIDE_LEAST), _ASIDE_MOST))


def _read_today(desk: Desk) -> TodayReport:
    return desk.today()


def _read_today_before(desk: Desk) -> TodayReport | None:
    return desk.today_before()


def _read_opened(desk: Desk, *, alert: TodayAlert) -> OpenedAlert:
    return desk.open_alert(alert.id)


def _read_met(desk: Desk, *, partner_id: str) -> SinceMet:
    return desk.since_you_met(partner_id)


def _read_changes(desk: Desk) -> LastTime:
    return desk.last_time()


def _dealt_with(desk: Desk, *, alert_id: int, rows: tuple[str, ...], deed: Deed) -> int:
    deed(desk, alert_id, rows)
    return alert_id


def _acknowledge(desk: Desk, alert_id: int, rows: tuple[str, ...]) -> None:
    desk.acknowledge_alert(alert_id, rows=rows)


def _set_aside(desk: Desk, alert_id: int, rows: tuple[str, ...]) -> None:
    desk.set_aside_alert(alert_id)


def _mute(desk: Desk, alert_id: int, rows: tuple[str, ...]) -> None:
    desk.mute_alert(alert_id)


def _unmute(desk: Desk, alert_id: int, rows: tuple[str, ...]) -> None:
    desk.unmute_alert(alert_id)


def _snooze(desk: Desk, alert_id: int, rows: tuple[str, ...], *, until: date | None) -> None:
    desk.snooze_alert(alert_id, until=until, rows=rows)


def _resolve(desk: Desk, alert_id: int, rows: tuple[str, ...], *, reason: str) -> None:
    desk.resolve_alert(alert_id, reason=reason, rows=rows)


def _add_note(desk: Desk, *, partner_id: str, words: str) -> None:
    desk.add_note(partner_id, words)
