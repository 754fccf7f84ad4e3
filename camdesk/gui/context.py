"""What every screen is given: the desk, a way to work in the background, the look."""

from __future__ import annotations

from dataclasses import dataclass

from camdesk.gui.jobs import Jobs
from camdesk.gui.theme.theme import Theme
from camdesk.gui.verbs import DeskVerbs


@dataclass(frozen=True, slots=True)
class Context:
    """What every screen shares."""

    desk: DeskVerbs
    jobs: Jobs
    theme: Theme
