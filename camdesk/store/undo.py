"""What a person did in this session, so that it can be taken back and done again.

An act is what was written inside `ActLog.act`, in whichever transactions of its thread; what others write,
a sync above all, is none of it. What the desk then notes by itself about alerts follows from the act and is
taken back with it, as long as nothing else has changed since. The log lives in memory: whatever ends the
process, the database holds each transaction whole.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import Connection

from camdesk.base.errors import CamDeskError
from camdesk.store import audit
from camdesk.store.database import Database, generation, next_generation
from camdesk.store.row_images import Step, move, moves_facts, partners_of, take_down, taken_down, told

ACTS_KEPT = 100


class UndoError(CamDeskError):
    """What an act wrote is no longer as it left it."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person did, in the words of a message; `at` is an instant."""

    act_id: int
    said: str
    at: str


@dataclass(slots=True)
class _Done:
    """An act with what it wrote, and what the desk noted because of it."""

    act: Act
    steps: list[Step] = field(default_factory=list)
    followed: list[Step] = field(default_factory=list)
    followed_first: int | None = None  # so many, before a later act was taken back

    @property
    def moves_facts(self) -> bool:
        return bool(self.followed) or moves_facts(self.steps)


@dataclass(frozen=True, slots=True)
class _Left:
    """How an act left the facts: as long as they are of that generation, what follows, follows from it."""

    by: _Done
    generation: int


@dataclass(frozen=True, slots=True)
class Moved:
    """An act that was taken back or done again, and whether what was read before no longer holds."""

    act: Act
    moves_facts: bool


class ActLog:
    """The last hundred acts of a session, and those taken back since the last one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._done: deque[_Done] = deque(maxlen=ACTS_KEPT)
        self._undone: list[_Done] = []
        self._numbers = count(1)
        self._left: _Left | None = None
        self._mine = threading.local()
        database.watch = self._watch

    @property
    def last(self) -> Act | None:
        """The act that `undo` would take back."""
        return self._done[-1].act if self._done else None

    @property
    def next(self) -> Act | None:
        """The act that `redo` would do again."""
        return self._undone[-1].act if self._undone else None

    @property
    def is_inside(self) -> bool:
        """Whether this thread is in the midst of an act."""
        return self._doing is not None

    @property
    def _doing(self) -> _Done | None:
        return getattr(self._mine, "doing", None)

    @contextmanager
    def act(self, said: str, *, at: str) -> Iterator[None]:
        """Take down what this thread writes within, as far as it came; nothing written: no act."""
        done = self._mine.doing = _Done(Act(next(self._numbers), said, at))
        try:
            yield
        finally:
            self._mine.doing = None
            if done.steps:
                self._undone.clear()
                self._done.append(done)

    def undo(self, *, at: str) -> Moved | None:
        """Take back the last act; raises UndoError, and forgets the act, where that cannot be."""
        if not self._done:
            return None
        done = self._done.pop()
        moved = Moved(done.act, done.moves_facts)
        with _put_back(self._done, done), self._database.write() as connection:
            _move_followed(connection, done, _reversed(done.followed))
            if not _move(connection, _reversed(done.steps), "undone", at=at):
                raise UndoError(
                    f"“{done.act.said}” cannot be taken back: it has been changed since.",
                    "Nothing was changed. Undo once more takes back what was done before it.",
                )
            left = generation(connection)
        # What followed only once a later act was away is found out anew where that is away again.
        if done.followed_first is not None:
            del done.followed[done.followed_first :]
        self._left = self._returned_to(self._done[-1], left) if self._done else None
        self._undone.append(done)
        return moved

    def redo(self, *, at: str) -> Moved | None:
        """Do again what was taken back last; raises UndoError, and forgets the rest, where that cannot be."""
        if not self._undone:
            return None
        done = self._undone.pop()
        moved = Moved(done.act, done.moves_facts)
        with _put_back(self._undone, done), self._database.write() as connection:
            if not _move(connection, done.steps, "done again", at=at):
                self._undone.clear()
                raise UndoError(
                    f"“{done.act.said}” cannot be done again: something has been changed since.",
                    "Nothing was changed. Do it anew where it still holds.",
                )
            _move_followed(connection, done, done.followed)
            left = generation(connection)
        done.followed_first = None
        self._left = _Left(done, left)
        self._done.append(done)
        return moved

    @contextmanager
    def _watch(self, connection: Connection, follows: bool) -> Iterator[Callable[[], None]]:
        """Take down what is written between, where it is part of an act or follows from the last one."""
        done = self._cause(connection) if follows else self._doing
        if done is None:
            yield lambda: None
            return
        found: list[Step] = []
        left = 0

        def written() -> None:
            nonlocal left
            found.extend(taken_down(connection))
            left = generation(connection)

        take_down(connection)
        yield written
        if found:  # What changed nothing is no act, so nothing can follow from it.
            (done.followed if follows else done.steps).extend(found)
            self._left = _Left(done, left)

    @staticmethod
    def _returned_to(done: _Done, facts: int) -> _Left:
        """Return that all is as an act left it once more: what follows now goes when it goes."""
        if done.followed_first is None:
            done.followed_first = len(done.followed)
        return _Left(done, facts)

    def _cause(self, connection: Connection) -> _Done | None:
        """Return the act that left the facts as they are; None where they have changed since."""
        left = self._left
        return left.by if left is not None and left.generation == generation(connection) else None


@contextmanager
def _put_back(pile: deque[_Done] | list[_Done], done: _Done) -> Iterator[None]:
    """Keep an act that could not be moved for another reason than itself, such as a full disk."""
    try:
        yield
    except UndoError:
        raise
    except CamDeskError:
        pile.append(done)
        raise


def _move(connection: Connection, steps: Sequence[Step], action: str, *, at: str) -> bool:
    if not move(connection, steps):
        return False
    touched = partners_of(steps)
    if touched:
        next_generation(connection, touched)
    audit.record(connection, action, detail=told(steps), at=at)
    return True


def _move_followed(connection: Connection, done: _Done, steps: Sequence[Step]) -> None:
    """Move what the desk noted: all of it, or nothing, and then the desk finds out by itself."""
    connection.exec_driver_sql("SAVEPOINT followed")
    if not move(connection, steps):
        connection.exec_driver_sql("ROLLBACK TO followed")
        done.followed.clear()
    connection.exec_driver_sql("RELEASE followed")


def _reversed(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(step.back for step in reversed(steps))
