"""What every screen is given: the desk, a way to work in the background, the look, and who to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camdesk.gui.deeds import Deeds
from camdesk.gui.guide import Guide
from camdesk.gui.jobs import Jobs
from camdesk.gui.room import Room
from camdesk.gui.theme.theme import Theme

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Context:
    """What every screen shares."""

    room: Room
    jobs: Jobs
    theme: Theme
    guide: Guide
    deeds: Deeds

    @property
    def desk(self) -> Desk:
        """The desk; while a partner is in the room, that partner's part of it."""
        return self.room.desk
