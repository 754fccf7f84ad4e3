"""What all screens have in common: they are visited, read in the background, and read again after changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from camdesk.base.progress import Progress
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.guide import Place
from camdesk.gui.jobs import Failure, Job, Receivers

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk


class Reading(QObject):
    """Reads from the desk in the background; of several, only what the newest brings is taken."""

    def __init__(
        self,
        context: Context,
        take: Callable[[Any], None],
        fail: Callable[[Failure], None] | None = None,
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._take_value = take
        self._fail_value = fail or context.guide.fail
        self._number = 0
        self._job: Job | None = None

    def start(self, read: Callable[[Desk], Any]) -> None:
        """Begin to read, and stop what was being read."""
        self.stop()
        work = partial(_read, self._context.desk, read, self._number)
        self._job = self._context.jobs.start(work, Receivers(self._take, self._fail))

    def stop(self) -> None:
        """Drop what is being read."""
        if self._job is not None:
            self._job.cancel()
        self._number += 1

    def _take(self, numbered: tuple[int, Any]) -> None:
        number, value = numbered
        if number == self._number:
            self._job = None
            self._take_value(value)

    def _fail(self, failure: Failure) -> None:
        if not failure.cancelled:
            self._fail_value(failure)


def _read(desk: Desk, read: Callable[[Desk], Any], number: int, progress: Progress) -> tuple[int, Any]:
    progress.check()
    return number, read(desk)


class Screen(QWidget):
    """A screen of the window. Subclasses say how to refresh, where the keyboard goes, what can be done."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.is_stale = True
        self._shortcuts: list[QShortcut] = []
        context.guide.changed.connect(self._go_stale)

    def visit(self, place: Place) -> None:
        """Show what `place` is about; called whenever the window turns to this screen."""
        self.turn_to(place)
        if self.is_stale:
            self.is_stale = False
            self.refresh()

    def turn_to(self, place: Place) -> None:
        """Take note of what the screen is to be about, before it is refreshed."""

    def refresh(self) -> None:
        """Read again, in the background."""
        raise NotImplementedError

    def focus_content(self) -> None:
        """Put the keyboard where work begins."""

    def actions_here(self) -> tuple[Action, ...]:
        """Return what can be done on this screen."""
        return ()

    def install_actions(self) -> None:
        """Give the actions their keys, which count while the keyboard is inside the screen."""
        for action in self.actions_here():
            if action.shortcut:
                shortcut = QShortcut(QKeySequence(action.shortcut), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(action.run)
                self._shortcuts.append(shortcut)

    def _go_stale(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self.is_stale = True
