"""An alert opened: what it says, what can be done, why it is there, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from camdesk.desk.morning.today_reports import OpenedAlert, SinceMet, TodayAlert
from camdesk.desk.reports import RecordTable
from camdesk.gui.guide import Place
from camdesk.gui.partner.severity import severity_sign, severity_tone
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.today.asking import DayQuestion, NoteQuestion, Question, ReasonQuestion
from camdesk.gui.today.figure_card import FigureCard
from camdesk.gui.today.places import next_step, place_of
from camdesk.gui.today.rows import (
    SUBJECT_COLUMNS,
    history_lines,
    met_lines,
    met_title,
    seen_words,
    subject_rows,
    why_words,
)
from camdesk.gui.widgets.flow import FlowLayout
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.key_button import KeyButton
from camdesk.gui.widgets.parts import Page, Panel, badge, label, row
from camdesk.gui.widgets.record_view import record_view
from camdesk.gui.widgets.table_panel import TablePanel

_MESSAGE = 18
_NUMBERS = (96, 106, 110)
_HINT = "E, S and R take only the chosen rows while the keyboard is here."
_MOST_RECORDS = 20


class DetailPane(Panel):
    """What the list says is there at once; the rest follows. `wanted` carries a place to go to."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, *, today: date) -> None:
        super().__init__(margins=(1, 1, 1, 1), gap=0)
        self._theme = theme
        self._today = today
        self._next = Place("portfolio")
        self._about = label("", tone=Tone.MUTED)
        self._badges = QHBoxLayout()
        self.message = label("", size=_MESSAGE, bold=True, wrap=True)
        self.go_on = KeyButton("Open", "A", kind="primary")
        self.acknowledge = KeyButton("Acknowledge", "E")
        self.snooze = KeyButton("Snooze", "S")
        self.note = KeyButton("Note", "N")
        self.open_partner = KeyButton("Open partner", "↵")
        self.not_useful = KeyButton("Not useful", "X")
        self.resolve = KeyButton("Resolve", "R")
        self.asks_note, self.asks_reason, self.asks_day = NoteQuestion(), ReasonQuestion(), DayQuestion(today)
        self.subjects = TablePanel("Its rows", SUBJECT_COLUMNS, theme, fixed=_NUMBERS)
        self.tables: list[GridView] = []
        self._page = Page(name="The alert", margins=(20, 16, 20, 20))
        self._page.content.setBackgroundRole(QPalette.ColorRole.Base)
        self._nothing = label("What you choose in the list opens here.", tone=Tone.MUTED, wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.go_on.clicked.connect(self.follow)
        self._lay_out()

    def _lay_out(self) -> None:
        self._badges.setSpacing(6)
        head = row(self._about)
        head.addLayout(self._badges)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addLayout(head)
        words.addWidget(self.message)
        self._page.body.addLayout(words)
        buttons = FlowLayout(gap=8)
        for one in self.buttons:
            buttons.addWidget(one)
        self._page.body.addLayout(buttons)
        for question in self.questions:
            self._page.body.addWidget(question)
        self._why = _Section("Why you see this")
        self._records = QVBoxLayout()
        self._records.setSpacing(10)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(10)
        self._step = _Section("Suggested next step")
        self._history = _Section("What happened before")
        self._met = _Section("")
        self._page.body.addWidget(self._why)
        self._page.body.addWidget(self.subjects)
        self._page.body.addLayout(self._records)
        self._page.body.addLayout(self._figures)
        for part in (self._step, self._met, self._history):
            self._page.body.addWidget(part)
        self._page.body.addStretch(1)
        self.body.addWidget(self._page)
        self.body.addWidget(self._nothing)

    @property
    def buttons(self) -> tuple[KeyButton, ...]:
        """What can be done with the alert, the usual first."""
        return (
            self.go_on,
            self.acknowledge,
            self.snooze,
            self.note,
            self.open_partner,
            self.not_useful,
            self.resolve,
        )

    @property
    def questions(self) -> tuple[Question, ...]:
        """The fields that an action may open, one at a time."""
        return self.asks_note, self.asks_reason, self.asks_day

    def hide_content(self) -> None:
        """Show nothing, where no alert is chosen."""
        self._page.hide()
        self._nothing.show()

    def show_alert(self, alert: TodayAlert) -> None:
        """Show what the list knows of another alert, until the rest has been read."""
        self._nothing.hide()
        self._page.show()
        self.say_head(alert)
        self.close_questions()
        has_partner = bool(alert.partner_id)
        self.note.setVisible(has_partner)
        self.open_partner.setVisible(has_partner)
        self.go_on.say("Open the partner" if has_partner else "Open the portfolio")
        self._next = Place("partner", alert.partner_id) if has_partner else Place("portfolio")
        for part in (self._why, self._met, self._history, self.subjects):
            part.hide()
        self._clear_records()
        self._page.verticalScrollBar().setValue(0)

    def say_head(self, alert: TodayAlert) -> None:
        """Say who it is about, how grave it is, and what to do."""
        self._about.setText(alert.partner_name)
        state = "" if alert.state == "new" else alert.state.capitalize()
        words = (alert.severity.capitalize(), alert.type_short_title, alert.tier or "", state)
        _clear(self._badges)
        sign = label(severity_sign(alert.severity), size=SMALL, tone=severity_tone(alert.severity))
        sign.setAccessibleName(alert.severity)
        for part in (sign, *(badge(word) for word in words if word)):
            self._badges.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.message.setText(alert.message)
        self._step.say([alert.next_action])

    def show_opened(self, opened: OpenedAlert) -> None:
        """Show what the alert rests on."""
        detail = opened.detail
        step = next_step(detail)
        self.go_on.say(step.title)
        self._next = step.place
        self._why.say([why_words(detail)], small=seen_words(detail, self._today))
        rows = subject_rows(detail)
        self.subjects.fill(rows, words=_HINT if rows else "")
        self._clear_records()
        for table in detail.records:
            if table.record_ids != (detail.alert.partner_id,):  # who it is stands above
                self._add_records(table, detail.alert.partner_id)
        for line in opened.figures:
            self._figures.addWidget(FigureCard(line, self._theme, currency=detail.base_currency), 1)
        self._history.say(history_lines(detail))

    def show_met(self, met: SinceMet) -> None:
        """Show what happened since the last meeting."""
        self._met.say(met_lines(met), title=met_title(met))

    def chosen_rows(self) -> tuple[str, ...]:
        """Return the rows of the alert that are meant, where the keyboard is among them and not all are."""
        table = self.subjects.table
        current = table.current_key()
        if current is None or not table.hasFocus():
            return ()
        chosen = table.selected_keys() or (current,)
        return chosen if len(chosen) < table.grid.rowCount() else ()

    def follow(self) -> None:
        """Go where the alert is dealt with."""
        self.wanted.emit(self._next)

    def ask(self, question: Question) -> None:
        """Open one of the fields, the others closed."""
        self.close_questions()
        question.ask()
        corner = question.mapTo(self._page.content, question.rect().topLeft())
        self._page.reveal(self._page.content, QRect(corner, question.sizeHint()))

    def close_questions(self) -> None:
        for question in self.questions:
            question.hide()

    def _clear_records(self) -> None:
        _clear(self._records)
        _clear(self._figures)
        self.tables = []

    def _add_records(self, table: RecordTable, partner_id: str) -> None:
        view = record_view(_first(table), self._theme)
        view.opened.connect(partial(self._open_record, partner_id, table.entity))
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        lines.addWidget(label(f"{table.title} {len(table.rows):,}", size=SMALL, bold=True))
        lines.addWidget(view)
        more = len(table.rows) - _MOST_RECORDS
        if more > 0:
            lines.addWidget(label(f"and {more:,} more on the partner's page", size=SMALL, tone=Tone.MUTED))
        self._records.addWidget(box)
        self.tables.append(view)

    def _open_record(self, partner_id: str, entity: str, record_id: str) -> None:
        self.wanted.emit(place_of(partner_id, entity, record_id))


class _Section(QWidget):
    """A heading and sentences under it; without sentences it is not there."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = label(title, bold=True)
        self._lines = label("", tone=Tone.MUTED, wrap=True)
        self._small = label("", size=SMALL, tone=Tone.FAINT, wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for part in (self._title, self._lines, self._small):
            lines.addWidget(part)

    def say(self, sentences: Sequence[str], *, title: str = "", small: str = "") -> None:
        if title:
            self._title.setText(title)
        self._lines.setText("\n".join(sentences))
        self._small.setText(small)
        self._small.setVisible(bool(small))
        self.setVisible(bool(sentences))


def _first(table: RecordTable) -> RecordTable:
    """Return the records that one looks at before opening the partner's page."""
    return replace(
        table,
        rows=table.rows[:_MOST_RECORDS],
        record_ids=table.record_ids[:_MOST_RECORDS],
        orders=table.orders[:_MOST_RECORDS],
        urls=(),  # here a record opens on its partner's page
    )


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
