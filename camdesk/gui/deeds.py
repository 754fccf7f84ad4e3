"""What a person does: done in the background, said in a message that can take it back, then read again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from camdesk.base.progress import Progress
from camdesk.gui.guide import Guide
from camdesk.gui.jobs import Failure, Jobs, Receivers, tell
from camdesk.gui.room import Room

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk


class Deeds(QObject):
    """Does what changes the workspace, one after the other in the order it was asked for.

    `done` carries words and whether they can be taken back.
    """

    done = Signal(str, bool)

    def __init__(self, room: Room, guide: Guide) -> None:
        super().__init__()
        self._room = room
        self._jobs = Jobs(self, workers=1)
        self._guide = guide

    def close(self) -> None:
        """Take nothing more on, and wait until everything asked for is written."""
        self._jobs.finish()

    def do(
        self,
        deed: Callable[[Desk], Any],
        *,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
    ) -> None:
        """Do it; `then` hears what the desk returned, `failed` why it could not be.

        Both are bound methods of a QObject; without `failed` the window says why.
        """
        outcome = _Outcome(self, then)
        receivers = Receivers(outcome.take, failed or self._guide.fail, ended=outcome.deleteLater)
        self._jobs.start(partial(_do, self._room.desk, deed), receivers)

    def undo(self) -> None:
        """Take back the last thing done."""
        self._jobs.start(partial(_undo, self._room.desk), Receivers(self._take_undone, self._guide.fail))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._jobs.start(partial(_redo, self._room.desk), Receivers(self._take_redone, self._guide.fail))

    def finish(self, words: str) -> None:
        """Tell of a deed done: `words` are the desk's, empty where there is nothing to say."""
        if words:
            self.done.emit(words, True)
        self._guide.changed.emit()

    def _take_undone(self, words: str | None) -> None:
        self._tell("Taken back", "Nothing to take back.", words)

    def _take_redone(self, words: str | None) -> None:
        self._tell("Done again", "Nothing to do again.", words)

    def _tell(self, what: str, otherwise: str, words: str | None) -> None:
        self.done.emit(otherwise if words is None else f"{what}: {words}", False)
        if words is not None:
            self._guide.changed.emit()


class _Outcome(QObject):
    """Where the end of one deed arrives."""

    def __init__(self, deeds: Deeds, then: Callable[[Any], None] | None) -> None:
        super().__init__(deeds)
        self._deeds = deeds
        self._then = then

    def take(self, outcome: tuple[Any, str]) -> None:
        value, words = outcome
        tell(self._then, value)
        self._deeds.finish(words)


def _do(desk: Desk, deed: Callable[[Desk], Any], progress: Progress) -> tuple[Any, str]:
    progress.check()
    before = desk.undoable
    value = deed(desk)
    after = desk.undoable
    return value, after.said if after is not None and after != before else ""


def _undo(desk: Desk, _progress: Progress) -> str | None:
    act = desk.undo()
    return act.said if act is not None else None


def _redo(desk: Desk, _progress: Progress) -> str | None:
    act = desk.redo()
    return act.said if act is not None else None
