"""The left side: the four lists of alerts by their pills, and what stands there when one is empty."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QVBoxLayout, QWidget

from camdesk.desk.morning.today_reports import TodayAlert, TodayReport
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.today.alert_list import AlertList
from camdesk.gui.today.alert_model import Entry
from camdesk.gui.widgets.empty import EmptyNote
from camdesk.gui.widgets.flow import FlowLayout
from camdesk.gui.widgets.parts import Panel, button, label, row

LISTS = ("Needs you", "Digest", "In hand", "Snoozed")
NEEDS_YOU, DIGEST, IN_HAND, ASLEEP = range(len(LISTS))
_ORDERS = ("by priority", "by priority", "acknowledged", "first to wake")
_ROOM_FOR_ORDER = 470
_SOURCES, _PORTFOLIO = "sources", "portfolio"


class ListPanel(Panel):
    """`picked` carries the alert that is current, None without one; `wanted` the key of a screen."""

    picked = Signal(object)
    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(margins=(1, 10, 1, 1), gap=0)
        self._report: TodayReport | None = None
        self._dealt_with: set[int] = set()
        self._done: set[int] = set()
        self.alerts = AlertList(theme)
        self.empty = EmptyNote()
        self._leads_to = ""
        self.pills = [button(title, kind="pill") for title in LISTS]
        self._group = QButtonGroup(self)
        for place, pill in enumerate(self.pills):
            pill.setCheckable(True)
            self._group.addButton(pill, place)
        self.pills[NEEDS_YOU].setChecked(True)
        self._order = label(_ORDERS[NEEDS_YOU], size=SMALL, tone=Tone.MUTED)
        pills = FlowLayout(gap=6)
        for pill in self.pills:
            pills.addWidget(pill)
        line = row(gap=6)
        line.setContentsMargins(13, 0, 13, 9)
        line.addLayout(pills, 1)
        line.addWidget(self._order, 0, Qt.AlignmentFlag.AlignVCenter)
        rule = QFrame()
        rule.setProperty("kind", "line")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.alerts)
        self._instead_of_list = QWidget()
        lines = QVBoxLayout(self._instead_of_list)
        lines.setContentsMargins(20, 0, 20, 0)
        lines.addWidget(self.empty)
        lines.addStretch(1)
        self._stack.addWidget(self._instead_of_list)
        self.body.addLayout(line)
        self.body.addWidget(rule)
        self.body.addWidget(self._stack, 1)
        self._group.idClicked.connect(self.turn_to)
        self.alerts.picked.connect(self._pick)
        self.empty.pressed.connect(self._follow)

    @property
    def which(self) -> int:
        """The list that is shown."""
        return self._group.checkedId()

    def turn_to(self, which: int) -> None:
        """Show one of the lists from its top."""
        self.pills[which].setChecked(True)
        self.alerts.forget()
        self._fill()
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard into the list; where it is empty, on the next step or on the list's name."""
        is_list = self._stack.currentWidget() is self.alerts
        wanted = self.alerts if is_list else self.empty if self.empty.action else self.pills[self.which]
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_report(self, report: TodayReport) -> None:
        """Show the morning anew; what is chosen stays so."""
        self._report = report
        self._dealt_with -= self._done
        self._done.clear()
        self._fill()

    def deal_with(self, alert: TodayAlert) -> None:
        """Take an alert away before the desk has said so; the next one is chosen."""
        self._dealt_with.add(alert.id)
        self.alerts.drop(alert.id)
        self._say_counts()
        self._say_empty()

    def settle(self, alert_id: int) -> None:
        """Let the next report say where an alert is now; the one at hand does not know yet."""
        self._done.add(alert_id)

    def settle_all(self) -> None:
        """Let the next report say where every alert is."""
        self._dealt_with.clear()
        self._fill()

    def waiting(self) -> int:
        """Return how many alerts need the CAM."""
        return len(self._entries(NEEDS_YOU))

    def _entries(self, which: int) -> list[TodayAlert]:
        if self._report is None:
            return []
        report = self._report
        chosen = (report.needs_you, (*report.digest, *report.notices), report.in_hand, report.asleep)[which]
        return [alert for alert in chosen if alert.id not in self._dealt_with]

    def _count(self, which: int) -> int:
        listed = len(self._entries(which))
        return listed + self._report.left_out if which == DIGEST and self._report else listed

    def _fill(self) -> None:
        if self._report is None:
            return
        self._say_counts()
        entries: list[Entry] = list(self._entries(self.which))
        if self.which == DIGEST:
            entries += self._report.held_back
        self.alerts.show_entries(entries, currency=self._report.base_currency, today=self._report.as_of)
        more = f", the highest {len(entries):,}" if self.which == DIGEST and self._report.left_out else ""
        self._order.setText(f"{_ORDERS[self.which]}{more}")
        self._say_empty()

    def _say_counts(self) -> None:
        for which, (pill, title) in enumerate(zip(self.pills, LISTS, strict=True)):
            words = f"{title} {self._count(which):,}"
            pill.setText(words)
            pill.setAccessibleName(words)

    def _say_empty(self) -> None:
        if self._report is None or self.alerts.model().rowCount():
            self._stack.setCurrentWidget(self.alerts)
            return
        had_focus = self.alerts.hasFocus()
        self._leads_to, sentence, hint, action = self._instead(self._report)
        self.empty.say(sentence, hint, action=action)
        self._stack.setCurrentWidget(self._instead_of_list)
        if had_focus:
            self.focus_list()

    def _instead(self, report: TodayReport) -> tuple[str, str, str, str]:
        """Return where the button leads, and the words."""
        if not report.partners:
            return _SOURCES, "No partners yet.", "Connect a folder of exports, then sync it.", "Go to sources"
        if self.which == NEEDS_YOU:
            rest = self._count(DIGEST)
            if rest:
                return (
                    "",
                    "Nothing needs you today.",
                    f"{rest:,} more can wait in the digest.",
                    "Open the digest",
                )
            hint = "A good day to call a partner nobody has met for long."
            return _PORTFOLIO, "Nothing needs you today.", hint, "Go to the portfolio"
        sentence, hint = {
            DIGEST: ("Nothing else is open.", "New alerts come with the next sync."),
            IN_HAND: ("Nothing is acknowledged.", "E says of an alert that you are seeing to it."),
            ASLEEP: ("Nothing is snoozed.", "S puts an alert to sleep until a day, or until it gets worse."),
        }[self.which]
        return "", sentence, hint, ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._order.setVisible(self.width() >= _ROOM_FOR_ORDER)

    def _pick(self, alert: TodayAlert | None) -> None:
        self.picked.emit(alert)

    def _follow(self) -> None:
        if self._leads_to:
            self.wanted.emit(self._leads_to)
        else:
            self.turn_to(DIGEST)
