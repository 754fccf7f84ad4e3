"""Logging a call in under ten seconds: L, what was said, Ctrl+Enter; all the rest where it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from camdesk.desk.writing.contacting import KINDS, MAIL, Contacting, KnownContact
from camdesk.gui.context import Context
from camdesk.gui.partner.work.follow_up import offer_follow_up
from camdesk.gui.partner.work.log_values import DEFAULTS, FIELDS, contacting_of, people_in
from camdesk.gui.partner.work.names_field import NamesField
from camdesk.gui.partner.work.tick import Tick
from camdesk.gui.partner.work.work_rows import due_words
from camdesk.gui.screen import Reading
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.form import FormField, Pills
from camdesk.gui.widgets.form_sheet import Sheet
from camdesk.gui.widgets.parts import label, row, set_tone

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.desk.writing.entries import Commitment
    from camdesk.desk.writing.work_page import LogOpening

_WIDTH = 720
_TITLE_WIDTH = 116
_OPEN_SHOWN = 6
_OPEN_PLACE = 5  # of the fields, from above
_STATES = frozenset({"open", "overdue"})
_NOTE_HINT = "For ourselves. Markdown: **bold**, - lists, # headings"


class LogSheet(Sheet):
    """One sheet for each window; what was begun with one partner waits while another is logged."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(context, window, name="Log a call", width=_WIDTH)
        self._partner_id = ""
        self._contacts: tuple[KnownContact, ...] = ()
        self._kept_before: list[str] = []
        self._reading = Reading(context, self._take, parent=self)
        settings = context.desk.settings
        self.fields = {
            spec.name: FormField(spec, today=context.desk.as_of, currency=settings.base_currency)
            for spec in FIELDS
        }
        self.who = NamesField()
        self.ticks: list[Tick] = []
        self._who_words = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self._open_title = label("Done since")
        self._open_box = QWidget()
        self._open = QVBoxLayout(self._open_box)
        self._open.setContentsMargins(0, 0, 0, 0)
        self._open.setSpacing(4)
        self._lay_out_fields()
        self.who.textChanged.connect(self._say_people)
        for number, kind in enumerate(KINDS, 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.fields["kind"].type_in, kind))

    def _lay_out_fields(self) -> None:
        self.who.setPlaceholderText(self.fields["who"].spec.placeholder)
        self.who.setAccessibleName("Who was there")
        note = self.fields["note"].editor
        if isinstance(note, QPlainTextEdit):
            note.setPlaceholderText(_NOTE_HINT)
        kinds = self.fields["kind"].editor
        if isinstance(kinds, Pills):
            for number, made in enumerate(kinds.buttons, 1):
                made.setToolTip(f"Alt+{number}")
        lines = QGridLayout()
        lines.setHorizontalSpacing(12)
        lines.setVerticalSpacing(9)
        lines.setColumnMinimumWidth(0, _TITLE_WIDTH)
        lines.setColumnStretch(1, 1)
        who = QVBoxLayout()
        who.setSpacing(2)
        who.addWidget(self.who)
        who.addWidget(self._who_words)
        promise = row(self.fields["side"], self.fields["promise"])
        promise.setStretch(1, 1)
        whose = row(self.fields["owner"], self.fields["promise_due"])
        to_do = row(self.fields["task"], self.fields["task_due"])
        to_do.setStretch(0, 1)
        self.fields["task_due"].setFixedWidth(190)
        for line in (promise, whose, to_do):
            for place in range(line.count()):
                if (item := line.itemAt(place)) is not None:
                    item.setAlignment(Qt.AlignmentFlag.AlignTop)
        parts = (
            ("What", row(self.fields["kind"])),
            ("When", row(self.fields["on"])),
            ("About", row(self.fields["subject"])),
            ("Who was there", who),
            ("What was said", row(self.fields["note"])),
            ("", row(self._open_box)),
            ("New commitment", promise),
            ("", whose),
            ("Follow-up task", to_do),
        )
        for place, (title, part) in enumerate(parts):
            is_open = place == _OPEN_PLACE
            head = self._open_title if is_open else label(title)
            head.setContentsMargins(0, 5 if is_open else 7, 0, 0)
            lines.addWidget(head, place, 0, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(part, place, 1)
        self.lines.addLayout(lines)
        for field in self.fields.values():
            field.changed.connect(self._fit_soon)

    def open_for(self, partner_id: str) -> None:
        """Open the sheet for a partner, with what was begun before."""
        if self.isVisible():
            self.close_down()
        if partner_id != self._partner_id:
            self._contacts = ()
            self.title.setText("Log a call")
            self._show_open(())
        self._partner_id = partner_id
        self._kept_before = []
        self._empty()
        key = f"log {partner_id}"
        self.begin(key)
        self._reading.start(partial(_read_opening, partner_id=partner_id, key=key))

    def _take(self, opening: LogOpening) -> None:
        if opening.partner_id != self._partner_id or not self.isVisible():
            return
        self.title.setText(f"Log a call with {opening.name}")
        self._contacts = opening.contacts
        self.who.offer([one.name for one in opening.contacts])
        self._show_open(opening.commitments)
        self.take_draft(f"log {opening.partner_id}", opening.draft)
        self._say_people()
        self.fit()

    def _show_open(self, commitments: Sequence[Commitment]) -> None:
        """Show what is open with a box to tick, ours and theirs by their due days."""
        ticked = {*self._kept_before, *self._kept()}
        self.ticks = []
        while (item := self._open.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        waiting = [one for one in commitments if one.state in _STATES]
        for one in waiting[:_OPEN_SHOWN]:
            side = "Ours" if one.side == "vendor" else "Theirs"
            words = due_words(one, today=self.context.desk.as_of)
            tick = Tick(one.commitment_id, f"{side}: {one.text}  ·  {words}")
            tick.setChecked(one.commitment_id in ticked)
            self.ticks.append(tick)
            self._open.addWidget(tick)
        if len(waiting) > _OPEN_SHOWN:
            more = f"{len(waiting) - _OPEN_SHOWN} more are on the Work tab."
            self._open.addWidget(label(more, size=SMALL, tone=Tone.MUTED))
        self._open_title.setVisible(bool(waiting))
        self._open_box.setVisible(bool(waiting))

    def _kept(self) -> list[str]:
        return [tick.key for tick in self.ticks if tick.isChecked()]

    def _say_people(self) -> None:
        people = people_in(self.who.text(), self._contacts)
        self._who_words.setText(f"! {people.problem}" if people.problem else people.words)
        self._who_words.setVisible(bool(self.who.text().strip()))
        set_tone(self._who_words, Tone.BAD if people.problem else Tone.MUTED)
        self.fit()

    def _empty(self) -> None:
        for name, field in self.fields.items():
            field.type_in(DEFAULTS.get(name, ""))
        self.who.clear()
        for tick in self.ticks:
            tick.setChecked(False)
        self._who_words.hide()

    def _fit_soon(self) -> None:
        if self.isVisible():
            self.fit()

    # What the sheet around asks

    def typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {
            name: field.typed()
            for name, field in self.fields.items()
            if field.typed().strip() and field.typed() != DEFAULTS.get(name)
        }
        if self.who.text().strip():
            typed["who"] = self.who.text()
        if kept := self._kept():
            typed["kept"] = kept
        return typed

    def type_in(self, draft: Mapping[str, Any]) -> None:
        for name, words in draft.items():
            if name in self.fields:
                self.fields[name].type_in(words)
        self.who.setText(draft.get("who", ""))
        self._kept_before = list(draft.get("kept", ()))
        for tick in self.ticks:
            tick.setChecked(tick.key in self._kept_before)

    def deed(self) -> Callable[[Desk], Any] | None:
        reads = {name: field.read() for name, field in self.fields.items()}
        people = people_in(self.who.text(), self._contacts)
        wrong = [name for name, read in reads.items() if read.problem]
        for name in wrong:
            self.fields[name].say_problem(reads[name].problem)
        if people.problem:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        if wrong:
            self.fields[wrong[0]].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        values = {name: read.value for name, read in reads.items()}
        contacting = contacting_of(values, people, self._kept())
        return partial(_log, partner_id=self._partner_id, contacting=contacting)

    def focus_first(self) -> None:
        self.fields["note"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_field(self, field: str, problem: str) -> bool:
        if field not in self.fields:
            return False
        self.fields[field].say_problem(problem)
        self.fields[field].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def saved(self, value: Any) -> None:
        partner_id, contacting = value
        if contacting.kind != MAIL and contacting.on <= self.context.desk.as_of:
            offer_follow_up(self.context, self, partner_id)


def log_sheet(near: QWidget, context: Context) -> LogSheet:
    """Return the sheet of a window, made when it is first needed."""
    window = near.window()
    found = window.findChild(LogSheet, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, LogSheet) else LogSheet(context, window)


def _read_opening(desk: Desk, *, partner_id: str, key: str) -> LogOpening:
    return desk.log_opening(partner_id, key)


def _log(desk: Desk, *, partner_id: str, contacting: Contacting) -> tuple[str, Contacting]:
    desk.log_contacting(partner_id, contacting)
    return partner_id, contacting
