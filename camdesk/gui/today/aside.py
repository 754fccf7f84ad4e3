"""Under the list: who is met next, and what changed since last time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QLabel, QStackedWidget

from camdesk.desk.morning.today_reports import LastTime, MeetingAhead, TodayReport
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.today.rows import CHANGE_COLUMNS, MEETING_COLUMNS, change_rows, meeting_rows, short_day
from camdesk.gui.widgets.columns import shares
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import Page, Panel, button, label, row

_WHEN = 122  # tomorrow 16:51
_CHANGE_SHARES = (32, 68)


class Aside(Panel):
    """`brief_wanted` and `partner_wanted` carry a partner's id."""

    brief_wanted = Signal(str)
    partner_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(margins=(1, 8, 1, 1), gap=6)
        self._meetings: tuple[MeetingAhead, ...] = ()
        self._is_filled = False
        self.meetings_pill = button("Next meetings", kind="pill", tooltip="Enter opens the brief")
        self.changes_pill = button("What changed", kind="pill")
        self._group = QButtonGroup(self)
        for place, pill in enumerate((self.meetings_pill, self.changes_pill)):
            pill.setCheckable(True)
            self._group.addButton(pill, place)
        self.meetings_pill.setChecked(True)
        self.meetings = GridView(MEETING_COLUMNS, theme, name="Next meetings; Enter opens the brief")
        self.changes = GridView(CHANGE_COLUMNS, theme, name="What changed since last time")
        self._stack = QStackedWidget()
        self._no_meetings = label("No meeting is planned for the next 7 days.", tone=Tone.MUTED, wrap=True)
        self._no_changes = label("Nothing has changed.", tone=Tone.MUTED, wrap=True)
        self._stack.addWidget(_scrolled(self.meetings, _meeting_widths, self._no_meetings))
        self._stack.addWidget(_scrolled(self.changes, _change_widths, self._no_changes))
        pills = row(self.meetings_pill, self.changes_pill, 1)
        pills.setContentsMargins(13, 0, 13, 0)
        self.body.addLayout(pills)
        self.body.addWidget(self._stack)
        self._group.idClicked.connect(self._stack.setCurrentIndex)
        self.meetings.opened.connect(self._open_meeting)
        self.changes.opened.connect(self.partner_wanted)

    def show_report(self, report: TodayReport) -> None:
        """Show the meetings of the days to come."""
        self._meetings = report.meetings
        self.meetings.show_rows(meeting_rows(report.meetings, report.as_of))
        self.meetings_pill.setText(f"Next meetings {len(report.meetings)}")
        self._no_meetings.setVisible(not report.meetings)
        if not report.meetings and not self._is_filled:
            self.changes_pill.setChecked(True)
            self._stack.setCurrentIndex(self._group.checkedId())
        self._is_filled = True

    def show_changes(self, changes: LastTime) -> None:
        """Show what is new."""
        self.changes.show_rows(change_rows(changes))
        self.changes_pill.setText(f"Changed since {short_day(changes.since)}")
        self._no_changes.setVisible(not changes.partners)

    def current_meeting(self) -> MeetingAhead | None:
        """Return the meeting the keyboard stands on."""
        key = self.meetings.current_key() if self.meetings.hasFocus() else None
        return self._meetings[int(key)] if key is not None else None

    def _open_meeting(self, key: str) -> None:
        self.brief_wanted.emit(self._meetings[int(key)].partner_id)


def _scrolled(table: GridView, plan: Callable[[int], list[int]], instead: QLabel) -> Page:
    table.hide_head()
    table.set_plan(plan)
    page = Page(name=table.accessibleName(), margins=(4, 0, 4, 4))
    page.content.setBackgroundRole(QPalette.ColorRole.Base)
    instead.setContentsMargins(10, 0, 10, 0)
    instead.hide()
    page.body.addWidget(instead)
    page.body.addWidget(table)
    page.body.addStretch(1)
    table.reached.connect(partial(page.reveal, table))
    return page


def _meeting_widths(available: int) -> list[int]:
    rest = max(available - _WHEN, 0)
    return [_WHEN, rest * 3 // 5, rest - rest * 3 // 5]


def _change_widths(available: int) -> list[int]:
    return shares(available, parts=_CHANGE_SHARES)
