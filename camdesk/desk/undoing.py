"""Whatever a person does through the desk is an act with a name, taken back and done again in a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from camdesk.desk.clock import instant_now
from camdesk.desk.opened import Opened

if TYPE_CHECKING:
    from camdesk.desk.naming import Names
    from camdesk.store.undo import Act, Moved


class Undoing(Opened):
    """What every part of the desk that writes stands on. Syncs, settings and sources are never taken back."""

    @property
    def undoable(self) -> Act | None:
        """The act that `undo` would take back."""
        return self.workspace.acts.last

    @property
    def redoable(self) -> Act | None:
        """The act that `redo` would do again."""
        return self.workspace.acts.next

    def undo(self) -> Act | None:
        """Take back what was done last and return it; None where nothing is left of this session.

        Raises UndoError where what it wrote has been changed since; then nothing is changed.
        """
        with self._lock:
            return self._moved(self.workspace.acts.undo(at=instant_now()))

    def redo(self) -> Act | None:
        """Do again what was taken back last and return it; doing anything else forgets what that was."""
        with self._lock:
            return self._moved(self.workspace.acts.redo(at=instant_now()))

    @contextmanager
    def _doing(self, say: Callable[[Names], str]) -> Iterator[None]:
        """Make one act of what is written within; inside another act it is part of that one."""
        from camdesk.desk.naming import Names

        acts = self.workspace.acts
        if acts.is_inside:
            yield
            return
        with self.workspace.database.read() as connection:
            said = say(Names(connection, self.catalog))
        with acts.act(said, at=instant_now()):
            yield

    def _moved(self, moved: Moved | None) -> Act | None:
        if moved is None:
            return None
        if moved.moves_facts:
            self.facts_changed()
        return moved.act
