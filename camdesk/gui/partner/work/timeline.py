"""The timeline tab: what happened by day, the newest first, filtered by kind, with notes to write."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout

from camdesk.desk.partner.timeline import ItemKind, TimelineItem
from camdesk.desk.reports import PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.partner.tab import Late, Tab
from camdesk.gui.partner.work import asking
from camdesk.gui.partner.work.entry import Entry
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.filter_field import FilterField
from camdesk.gui.widgets.form_days import day_words
from camdesk.gui.widgets.form_sheet import sheet_over
from camdesk.gui.widgets.key_button import KeyButton
from camdesk.gui.widgets.parts import GAP, Page, Panel, button, label, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

_SHOWN_AT_ONCE = 40
_AT_FIRST, _AT_A_TIME = 8, 3
_EMPTY = "Nothing has been noted yet. Log a call (L) or write a note (N): it will stand here."
_NO_MATCH = "Nothing here matches what you look for."


class TimelineTab(Tab):
    """Entries are made as far as they are looked at; the rest on demand."""

    key = "timeline"
    title = "Timeline"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._name = ""
        self._record = ""
        self._items: tuple[TimelineItem, ...] | None = None
        self._limit = _SHOWN_AT_ONCE
        self._kind: ItemKind | None = None
        self.entries: list[Entry] = []
        self._shown: list[TimelineItem] = []
        self._growing = QTimer(self, singleShot=True, interval=0)
        self._growing.timeout.connect(self._grow)
        self.note_button = KeyButton("Write a note", "N")
        self.filter = FilterField("Filter the timeline")
        self.filter.setMaximumWidth(240)
        self.pills = {kind: self._pill(kind) for kind in (None, *ItemKind)}
        self._panel = Panel(margins=(0, 8, 0, 4), gap=0)
        self.more = button("Show earlier", kind="link")
        self._empty = label(_EMPTY, tone=Tone.MUTED, wrap=True)
        self._empty.setContentsMargins(12, 6, 12, 8)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        head = row(*self.pills.values(), 1, self.filter, self.note_button, gap=6)
        lines.addLayout(head)
        self._panel.body.addLayout(self._list)
        self._panel.body.addWidget(self._empty)
        foot = row(self.more, 1)
        foot.setContentsMargins(12, 0, 12, 4)
        self._panel.body.addLayout(foot)
        lines.addWidget(self._panel)
        lines.addStretch(1)
        self.note_button.clicked.connect(self.write_note)
        self.filter.textChanged.connect(self._show_from_start)
        self.filter.entered.connect(self._focus_entry)
        self.more.clicked.connect(self._show_more)
        self.more.hide()

    def _pill(self, kind: ItemKind | None) -> QPushButton:
        made = button(kind.value if kind else "All", kind="pill")
        made.setCheckable(True)
        made.setChecked(kind is None)
        made.clicked.connect(partial(self.choose, kind))
        return made

    def show_report(self, report: PartnerReport) -> None:
        if report.partner.partner_id != self._partner_id:
            self._items, self._limit, self._kind = None, _SHOWN_AT_ONCE, None
            self._clear()
            self.filter.clear()
        self._name = report.partner.name
        super().show_report(report)

    def read(self, desk: Desk, partner_id: str) -> tuple[TimelineItem, ...]:
        return desk.timeline(partner_id)

    def show_content(self, content: tuple[TimelineItem, ...]) -> None:
        if content != self._items:
            self._items = content
            self._show()
        if self._record:
            self.stand_on(self._record)

    def choose(self, kind: ItemKind | None) -> None:
        """Show one kind of entries, or all."""
        self._kind = kind
        self._show_from_start()

    def stand_on(self, record: str) -> None:
        items = self._items
        self._record = record if items is None else ""  # not read yet: once it is
        place = next(
            (at for at, one in enumerate(items or ()) if record in (one.record_id, one.note_id)), None
        )
        if place is None:
            return
        self._kind = None
        self.filter.clear()
        self._limit = max(self._limit, place + 1)
        self._show()
        self._grow(place + 1)
        entry = self.entries[place]
        entry.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, entry, partial(self._reveal, entry))  # once it has its place

    def focus_first(self) -> None:
        self._focus_entry()

    @classmethod
    def actions_of(cls, tab: Late[Self]) -> tuple[Action, ...]:
        return (Action("Write a note", tab.then(cls.write_note), "N", "Partner", in_the_room=False),)

    def write_note(self) -> None:
        """Open a sheet for a note about the partner."""
        if self._partner_id:
            asking.note(sheet_over(self, self.context), self._partner_id, self._name)

    # Showing

    def _matching(self) -> list[TimelineItem]:
        words = self.filter.text().casefold().split()
        return [
            one
            for one in self._items or ()
            if self._kind in (None, one.kind)
            and all(word in f"{one.title} {one.detail} {one.text}".casefold() for word in words)
        ]

    def _show_from_start(self) -> None:
        self._limit = _SHOWN_AT_ONCE
        self._show()

    def _show_more(self) -> None:
        before = len(self._shown)
        self._limit += _SHOWN_AT_ONCE
        self._show()
        self._grow(before + 1)
        if before < len(self.entries):
            self.entries[before].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        held = next((one.item.record_id for one in self.entries if one.hasFocus()), None)
        matching = self._matching()
        self._shown = matching[: self._limit]
        self._clear()
        self._grow(_AT_FIRST)
        for kind, pill in self.pills.items():
            pill.setChecked(kind is self._kind)
        self.more.setVisible(len(self._shown) < len(matching))
        self.more.setText(f"Show earlier ({len(matching) - len(self._shown)} more)")
        self._empty.setText(_NO_MATCH if self._items else _EMPTY)
        self._empty.setVisible(not self._shown and self._items is not None)
        self._focus_again(held)

    def _grow(self, count: int = _AT_A_TIME) -> None:
        """Make the next entries; those that nobody sees yet follow one by one, so that nothing waits."""
        done, today = len(self.entries), self.context.desk.as_of
        before = self._shown[done - 1].day if done else None
        for item in self._shown[done : done + count]:
            if item.day != before:
                head = day_words(item.day)
                self._list.addWidget(self._day_head(f"{head} · planned" if item.day > today else head))
            before = item.day
            self._add(item)
        Page.settle(self._panel)
        if len(self.entries) < len(self._shown):
            self._growing.start()

    def _add(self, item: TimelineItem) -> None:
        entry = Entry(item, self.context.theme)
        entry.edited.connect(self._edit)
        entry.removed.connect(self._remove)
        entry.stepped.connect(self._step)
        self.entries.append(entry)
        self._list.addWidget(entry)
        entry.show()  # at once, so that it can take the keyboard

    def _day_head(self, words: str) -> QFrame:
        head = QFrame()
        said = row(label(words, size=SMALL, bold=True, tone=Tone.MUTED), 1)
        said.setContentsMargins(12, 8, 12, 2)
        head.setLayout(said)
        return head

    def _clear(self) -> None:
        self.entries = []
        self._growing.stop()
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _focus_again(self, record: str | None) -> None:
        place = next((at for at, one in enumerate(self._shown) if one.record_id == record), None)
        if place is not None:
            self._grow(max(place + 1 - len(self.entries), 0))
        found = next((one for one in self.entries if one.item.record_id == record), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_entry(self) -> None:
        target = self.entries[0] if self.entries else self.note_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        sender = self.sender()
        if isinstance(sender, Entry) and sender in self.entries:
            at = self.entries.index(sender) + by
            if 0 <= at < len(self.entries):
                self.entries[at].setFocus(Qt.FocusReason.OtherFocusReason)
                self._reveal(self.entries[at])

    def _reveal(self, entry: Entry) -> None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if isinstance(around, QScrollArea):
            self._list.activate()
            around.ensureWidgetVisible(entry, 0, 120)

    # Writing

    def _edit(self, item: TimelineItem) -> None:
        asking.note(sheet_over(self, self.context), self._partner_id, self._name, item=item)

    def _remove(self, item: TimelineItem) -> None:
        self.context.deeds.do(partial(asking.remove_row, entity="notes", record_id=item.note_id))
