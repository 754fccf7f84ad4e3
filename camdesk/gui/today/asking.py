"""What an action still wants to know, asked in the place itself: a note, a reason, a day. Never a window."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDateEdit, QLineEdit, QMenu, QPlainTextEdit, QWidget

from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import Panel, button, label, row

_NOTE_LINES = 3


class KeyMenu(QMenu):
    """A menu whose letters pick in it, also where one of them does something on the screen behind."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class Question(Panel):
    """A question with one field. `answered` carries what was written, `given_up` that nothing was."""

    answered = Signal(object)
    given_up = Signal()

    def __init__(self, words: str, field: QWidget, *, hint: str, doing: str) -> None:
        super().__init__(gap=6)
        self.field = field
        field.setAccessibleName(words)
        self.do = button(doing, kind="primary")
        self.leave = button("Cancel", tooltip="Esc")
        self.body.addWidget(label(words, bold=True))
        self.body.addWidget(field)
        foot = row(self.do, self.leave, label(hint, size=SMALL, tone=Tone.MUTED), 1)
        self.body.addLayout(foot)
        self.do.clicked.connect(self.answer)
        self.leave.clicked.connect(self.given_up)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.answer)
        self.hide()

    def ask(self) -> None:
        """Show the question with an empty field, and put the keyboard into it."""
        self.clear()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Empty the field."""
        raise NotImplementedError

    def answer(self) -> None:
        """Say what is written, if anything is."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class NoteQuestion(Question):
    """A note about the partner, over several lines."""

    def __init__(self) -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _NOTE_LINES + 22)
        super().__init__("Note about the partner", self.text, hint="Ctrl+Enter saves", doing="Save note")

    def clear(self) -> None:
        self.text.clear()

    def answer(self) -> None:
        if words := self.text.toPlainText().strip():
            self.answered.emit(words)


class ReasonQuestion(Question):
    """Why an alert is settled."""

    def __init__(self) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText("Why it is settled")
        super().__init__("Resolve: why is it settled?", self.line, hint="Enter resolves", doing="Resolve")
        self.line.returnPressed.connect(self.answer)

    def clear(self) -> None:
        self.line.clear()

    def answer(self) -> None:
        if words := self.line.text().strip():
            self.answered.emit(words)


class DayQuestion(Question):
    """Until which day an alert is to sleep."""

    def __init__(self, today: date) -> None:
        self.day = QDateEdit()
        self.day.setDisplayFormat("d MMM yyyy")
        self.day.setCalendarPopup(True)
        first = today + timedelta(days=1)
        self._first = QDate(first.year, first.month, first.day)
        self.day.setMinimumDate(self._first)
        super().__init__("Snooze until which day?", self.day, hint="Ctrl+Enter snoozes", doing="Snooze")

    def clear(self) -> None:
        self.day.setDate(self._first.addDays(6))

    def answer(self) -> None:
        chosen = self.day.date()
        self.answered.emit(date(chosen.year(), chosen.month(), chosen.day()))
