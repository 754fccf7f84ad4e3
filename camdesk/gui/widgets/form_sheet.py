"""A sheet over the window to fill in: Ctrl+Enter saves, Esc closes and keeps what was typed as a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from camdesk.base.errors import FieldError
from camdesk.base.progress import Progress
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure, Receivers
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.form import Form
from camdesk.gui.widgets.form_fields import FieldSpec
from camdesk.gui.widgets.key_button import KeyButton
from camdesk.gui.widgets.overlay import Overlay
from camdesk.gui.widgets.parts import button, label, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

_WIDTH = 620
_SIDE = 20
_AROUND = 230  # what head, foot and the edges of the window take
_LEAST_ROOM = 120
_SAVE_KEY = "Ctrl+Return"


class Sheet(Overlay):
    """Head, body and foot. Subclasses say what is typed, what to type back, and what saving does."""

    def __init__(self, context: Context, window: QWidget, *, name: str, width: int = _WIDTH) -> None:
        super().__init__(window, name=name, width=width, top=48)
        self.context = context
        self._draft_key = ""
        self._drafts: dict[str, dict[str, Any]] = {}
        self._is_saving = False
        self.title = label("", bold=True)
        self.subtitle = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.problem = label("", tone=Tone.BAD, wrap=True)
        self.save_button = KeyButton("Save", "Ctrl+Enter", kind="primary")
        self.discard_button = button("Discard", tooltip="Close and forget what was typed")
        self.content = QWidget()
        self.lines = QVBoxLayout(self.content)
        self.lines.setContentsMargins(_SIDE, 8, _SIDE, 12)
        self.lines.setSpacing(10)
        self._scroll = QScrollArea()
        self._lay_out()
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.closed.connect(self._keep_draft)
        for keys in (_SAVE_KEY, "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 14, _SIDE, 8)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.subtitle)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.content)
        self._scroll.viewport().setAutoFillBackground(False)
        self.content.setAutoFillBackground(False)
        hint = label("Esc closes and keeps a draft", size=SMALL, tone=Tone.MUTED)
        foot = row(self.save_button, self.discard_button, hint, 1)
        foot.setContentsMargins(_SIDE, 10, _SIDE, 12)
        problem = row(self.problem)
        problem.setContentsMargins(_SIDE, 4, _SIDE, 0)
        line = QFrame()
        line.setProperty("kind", "line")
        body = self.panel.body
        body.addLayout(head)
        body.addWidget(self._scroll, 1)
        body.addLayout(problem)
        body.addWidget(line)
        body.addLayout(foot)
        self.problem.hide()
        self.subtitle.hide()

    # What subclasses say

    def typed(self) -> dict[str, Any]:
        """Return what was typed, as a draft keeps it; empty where nothing was."""
        raise NotImplementedError

    def type_in(self, draft: Mapping[str, Any]) -> None:
        """Put what a draft kept back into the fields."""
        raise NotImplementedError

    def deed(self) -> Callable[[Desk], Any] | None:
        """Return what saving does; None where something is wrong, which has been said."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the keyboard where typing begins."""
        raise NotImplementedError

    def say_field(self, field: str, problem: str) -> bool:
        """Say at a field what is wrong with it; return whether there is such a field."""
        return False

    def saved(self, value: Any) -> None:
        """Hear what the desk returned."""

    # Opening and saving

    def begin(self, draft_key: str) -> None:
        """Open the sheet with what was begun under `draft_key` in this session."""
        if self.isVisible():
            self._keep_draft()
        self._draft_key = draft_key
        self._say_problem("")
        self._set_saving(is_saving=False)
        draft = self._drafts.get(draft_key)
        if draft:
            self.type_in(draft)
        self.open_up()
        self.fit()
        self.focus_first()

    def save(self) -> None:
        """Do it; the sheet closes once it is done, and stays with all that was typed where it cannot be."""
        if self._is_saving:
            return
        self._say_problem("")
        deed = self.deed()
        if deed is not None:
            self._set_saving(is_saving=True)
            self.context.deeds.do(deed, then=self._saved, failed=self._refused)

    def discard(self) -> None:
        """Close and forget what was typed."""
        self._forget()
        self.close_down()

    def _saved(self, value: Any) -> None:
        self._set_saving(is_saving=False)
        self._forget()
        self.close_down()
        self.saved(value)

    def _forget(self) -> None:
        """Forget the draft, here and in the workspace; closing then keeps none."""
        key, self._draft_key = self._draft_key, ""
        if key and self._drafts.pop(key, None) is not None:
            self._store(key, {})

    def _refused(self, failure: Failure) -> None:
        self._set_saving(is_saving=False)
        words = f"{failure.message} {failure.hint}".strip()
        error = failure.error
        if not (isinstance(error, FieldError) and self.say_field(error.field, words)):
            self._say_problem(words)
        self.fit()

    def _say_problem(self, words: str) -> None:
        self.problem.setText(f"! {words}" if words else "")
        self.problem.setVisible(bool(words))
        self.fit()

    def _set_saving(self, *, is_saving: bool) -> None:
        self._is_saving = is_saving
        self.save_button.setEnabled(not is_saving)
        self.discard_button.setEnabled(not is_saving)

    # Drafts

    def take_draft(self, key: str, draft: Mapping[str, Any]) -> None:
        """Take what the workspace kept of an earlier session, unless something has been typed since."""
        if key == self._draft_key and draft and key not in self._drafts:
            self._drafts[key] = dict(draft)
            if not self.typed():
                self.type_in(draft)

    def _keep_draft(self) -> None:
        key = self._draft_key
        typed = self.typed() if key else {}
        if key and typed != self._drafts.get(key, {}):
            self._drafts[key] = typed
            self._store(key, typed)

    def _store(self, key: str, typed: dict[str, Any]) -> None:
        work = partial(_keep, self.context.desk, key, typed)
        self.context.jobs.start(work, Receivers(self._stored, self.context.guide.fail))

    def _stored(self, _nothing: None) -> None:
        """A draft is kept without a word."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 -- Qt's name
        """Keep Tab inside, and what it comes to in sight."""
        moved = super().focusNextPrevChild(next)
        focused = QApplication.focusWidget()
        if focused is not None and self.content.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, 30)
        return moved

    def fit(self) -> None:
        """Take the height the content asks for, within the window."""
        width = max(self.panel.width(), _WIDTH)
        for part in self.content.findChildren(QWidget):
            if (inside := part.layout()) is not None:
                inside.activate()
        self.lines.activate()
        height = self.lines.totalHeightForWidth(width) if self.lines.hasHeightForWidth() else -1
        height = height if height > 0 else self.lines.sizeHint().height()
        room = max(self.height() - _AROUND, _LEAST_ROOM)
        self._scroll.setFixedHeight(min(height, room))
        super().fit()


class FormSheet(Sheet):
    """A sheet made of fields alone, for whatever can be written by them."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(context, window, name="Fill in")
        self.form: Form | None = None
        self._first: dict[str, str] = {}
        self._make: Callable[[dict[str, str]], Callable[[Desk], Any]] | None = None

    def ask(
        self,
        title: str,
        specs: Sequence[FieldSpec],
        make: Callable[[dict[str, str]], Callable[[Desk], Any]],
        *,
        draft_key: str,
        subtitle: str = "",
        doing: str = "Save",
    ) -> None:
        """Open with fields; `make` turns their values into what is to be done at the desk."""
        if self.isVisible():
            self.close_down()
        if self.form is not None:
            self.lines.removeWidget(self.form)
            self.form.deleteLater()
        settings = self.context.desk.settings
        self.form = Form(specs, today=self.context.desk.as_of, currency=settings.base_currency)
        self._first = self.form.typed()
        self._make = make
        self.lines.addWidget(self.form)
        self.form.changed.connect(self.fit)
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.save_button.say(doing)
        self.setAccessibleName(title)
        self.begin(draft_key)

    def typed(self) -> dict[str, Any]:
        typed = self.form.typed() if self.form is not None else {}
        return {} if typed == self._first else typed

    def type_in(self, draft: Mapping[str, Any]) -> None:
        if self.form is not None:
            self.form.type_in(draft)

    def deed(self) -> Callable[[Desk], Any] | None:
        values = self.form.values() if self.form is not None else None
        if values is None or self._make is None:
            return None
        try:
            return self._make(values)
        except FieldError as error:
            self.say_field(error.field, str(error))
            return None

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_first()

    def say_field(self, field: str, problem: str) -> bool:
        return self.form is not None and self.form.say_problem(field, problem)


def sheet_over(near: QWidget, context: Context) -> FormSheet:
    """Return the sheet of a window, made when it is first needed."""
    window = near.window()
    found = window.findChild(FormSheet, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, FormSheet) else FormSheet(context, window)


def _keep(desk: Desk, key: str, typed: dict[str, Any], progress: Progress) -> None:
    progress.check()
    desk.keep_draft(key, typed)
