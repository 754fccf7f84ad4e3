"""A form: labels, fields, and below each what was understood or is wrong. No error loses what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.form_fields import Choice, FieldKind, FieldSpec, Read, read_field
from camdesk.gui.widgets.parts import button, label, set_tone

_LONG_LINES = 5
_PILL_LETTERS = 44  # as many as stand side by side in the narrowest sheet
_TITLE_WIDTH = 132
_PROBLEM_SIGN = "!"


class Pills(QWidget):
    """A few choices side by side; the arrows and first letters choose, Backspace none where that may be."""

    changed = Signal()

    def __init__(self, choices: Sequence[Choice], *, name: str, can_be_empty: bool = False) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._can_be_empty = can_be_empty
        self._value = ""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.buttons = [button(one.title, kind="pill") for one in self._choices]
        for place, made in enumerate(self.buttons):
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(self._press)
            made.setProperty("place", place)
            line.addWidget(made)
        line.addStretch(1)

    def value(self) -> str:
        return self._value

    def choose(self, value: str) -> None:
        """Take a choice; one that is not there takes none."""
        known = [one.value for one in self._choices]
        self._value = value if value in known else ""
        for one, made in zip(self._choices, self.buttons, strict=True):
            made.setChecked(one.value == self._value)
        title = next((one.title for one in self._choices if one.value == self._value), "nothing chosen")
        self.setAccessibleDescription(title)
        self.changed.emit()

    def _press(self) -> None:
        sender = self.sender()
        if sender is not None:
            pressed = self._choices[sender.property("place")].value
            self.choose("" if self._can_be_empty and pressed == self._value else pressed)

    def _mark_focus(self) -> None:
        """Let the chosen pill, or the first, show the focus of all."""
        chosen = next((made for made in self.buttons if made.isChecked()), self.buttons[0])
        for made in self.buttons:
            made.setProperty("held", made is chosen and self.hasFocus())
            made.style().unpolish(made)
            made.style().polish(made)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._mark_focus()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right.value: 1, Qt.Key.Key_Left.value: -1}
        values = [one.value for one in self._choices]
        if event.key() in steps:
            at = values.index(self._value) + steps[event.key()] if self._value else 0
            self.choose(values[at % len(values)])
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._can_be_empty:
            self.choose("")
        elif event.text().strip() and (found := self._by_letter(event.text().lower())):
            self.choose(found)
        else:
            super().keyPressEvent(event)
            return
        self._mark_focus()

    def _by_letter(self, letter: str) -> str | None:
        """Return the next choice that begins with a letter."""
        values = [one.value for one in self._choices if one.title.lower().startswith(letter)]
        after = values.index(self._value) + 1 if self._value in values else 0
        return values[after % len(values)] if values else None


class _Combo(QComboBox):
    """A list of choices that the wheel passes by, so that scrolling a form changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class FormField(QWidget):
    """One field. Below it stands how it was understood, or with a sign what is wrong."""

    changed = Signal()

    def __init__(self, spec: FieldSpec, *, today: date, currency: str) -> None:
        super().__init__()
        self.spec = spec
        self._today, self._currency = today, currency
        self.editor = _editor(spec)
        self.editor.setAccessibleName(f"{spec.title}, required" if spec.required else spec.title)
        self.words = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        lines.addWidget(self.editor)
        lines.addWidget(self.words)
        self._listen()
        self.type_in(spec.value)
        if isinstance(self.editor, QLineEdit):
            self.editor.editingFinished.connect(self._check_when_left)

    def _listen(self) -> None:
        match self.editor:
            case QLineEdit() | QPlainTextEdit():
                self.editor.textChanged.connect(self._changed)
            case QComboBox():
                self.editor.currentIndexChanged.connect(self._changed)
            case Pills():
                self.editor.changed.connect(self._changed)

    def typed(self) -> str:
        """Return what stands in the field, as it was typed or chosen."""
        match self.editor:
            case QLineEdit():
                return self.editor.text()
            case QPlainTextEdit():
                return self.editor.toPlainText()
            case QComboBox():
                return str(self.editor.currentData() or "")
            case Pills():
                return self.editor.value()
        raise TypeError(type(self.editor).__name__)

    def type_in(self, words: str) -> None:
        match self.editor:
            case QLineEdit():
                self.editor.setText(words)
            case QPlainTextEdit():
                self.editor.setPlainText(words)
            case QComboBox():
                self.editor.setCurrentIndex(max(self.editor.findData(words), 0))
            case Pills():
                self.editor.choose(words)
        self._changed()

    def read(self) -> Read:
        return read_field(self.spec, self.typed(), today=self._today, currency=self._currency)

    def say_problem(self, problem: str) -> None:
        """Say what is wrong, in words and with a sign, until the field is changed."""
        self._say(f"{_PROBLEM_SIGN} {problem}", Tone.BAD)
        self.editor.setAccessibleDescription(problem)
        self.changed.emit()

    def _check_when_left(self) -> None:
        read = self.read()
        if read.problem and self.typed().strip():
            self.say_problem(read.problem)

    def _changed(self) -> None:
        read = self.read()
        self._say(self.spec.hint if not self.typed().strip() else read.said, Tone.MUTED)
        self.editor.setAccessibleDescription(read.said or self.spec.hint)
        self.changed.emit()

    def _say(self, words: str, tone: Tone) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        set_tone(self.words, tone)


class Form(QWidget):
    """Fields under each other, their titles at the left. `changed` with every key."""

    changed = Signal()

    def __init__(self, specs: Sequence[FieldSpec], *, today: date, currency: str) -> None:
        super().__init__()
        self.fields = {spec.name: FormField(spec, today=today, currency=currency) for spec in specs}
        lines = QGridLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(12)
        lines.setVerticalSpacing(10)
        lines.setColumnMinimumWidth(0, _TITLE_WIDTH)
        lines.setColumnStretch(1, 1)
        for place, field in enumerate(self.fields.values()):
            title = label(f"{field.spec.title} *" if field.spec.required else field.spec.title)
            title.setBuddy(field.editor)
            title.setContentsMargins(0, 7, 0, 0)
            lines.addWidget(title, place, 0, Qt.AlignmentFlag.AlignTop)
            lines.addWidget(field, place, 1)
            field.changed.connect(self.changed)

    def typed(self) -> dict[str, str]:
        """Return what stands in the fields that have anything."""
        return {name: field.typed() for name, field in self.fields.items() if field.typed().strip()}

    def type_in(self, typed: Mapping[str, str]) -> None:
        for name, words in typed.items():
            if name in self.fields:
                self.fields[name].type_in(words)

    def values(self) -> dict[str, str] | None:
        """Return every value as the desk takes it; None where something is wrong, which is then said."""
        reads = {name: field.read() for name, field in self.fields.items()}
        wrong = [name for name, read in reads.items() if read.problem]
        for name in wrong:
            self.fields[name].say_problem(reads[name].problem)
        if wrong:
            self.fields[wrong[0]].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return {name: read.value for name, read in reads.items()}

    def say_problem(self, name: str, problem: str) -> bool:
        """Say what is wrong with a field; return whether there is such a field."""
        field = self.fields.get(name)
        if field is None:
            return False
        field.say_problem(problem)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_first(self) -> None:
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)


def long_text(lines: int, *, hint: str = "") -> QPlainTextEdit:
    """Return a field of several lines that Tab leaves."""
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setPlaceholderText(hint)
    made.setFixedHeight(made.fontMetrics().lineSpacing() * lines + 22)
    return made


def offer(field: QLineEdit, words: Sequence[str]) -> None:
    """Offer words while one types, wherever in them the typing occurs."""
    completer = QCompleter(list(words), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)


def _editor(spec: FieldSpec) -> QWidget:
    if spec.kind is FieldKind.CHOICE and sum(len(one.title) for one in spec.choices) <= _PILL_LETTERS:
        return Pills(spec.choices, name=spec.title, can_be_empty=not (spec.required or spec.value))
    if spec.kind is FieldKind.CHOICE:
        combo = _Combo()
        combo.addItem("", "")
        for choice in spec.choices:
            combo.addItem(choice.title, choice.value)
        return combo
    if spec.kind is FieldKind.LONG:
        return long_text(_LONG_LINES)
    line = QLineEdit()
    line.setPlaceholderText(spec.placeholder)
    if spec.offers:
        offer(line, spec.offers)
    return line
