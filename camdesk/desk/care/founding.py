"""Make the workspace that somebody asks for who has none yet."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from camdesk.base.errors import CamDeskError, UsageError
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.store.keys import LockedError as LockedError  # the window asks for a passphrase then
from camdesk.store.workspace import discard, exists

SOURCE = "exports"


class Founder(Protocol):
    """Makes workspaces; the desk it returns has a source connected that nobody has synced yet."""

    def sample(self) -> Desk: ...
    def own(self, folder: Path, *, currency: str, passphrase: str) -> Desk: ...


class DeskFounder:
    """Make the workspace in `home`."""

    def __init__(self, home: Path) -> None:
        self._home = home

    @property
    def is_needed(self) -> bool:
        """Tell whether there is no workspace in `home` yet."""
        return not exists(self._home)

    def sample(self) -> Desk:
        return Desk.create_sample(self._home)

    def own(self, folder: Path, *, currency: str, passphrase: str) -> Desk:
        """Make an encrypted workspace and connect a folder; where that fails nothing is left behind."""
        if not folder.exists():
            raise UsageError("That folder cannot be found.", "Choose the folder that your exports lie in.")
        desk = Desk.create(self._home, Settings(base_currency=currency), ask=lambda _: passphrase or None)
        try:
            desk.add_source(SOURCE, "folder", {"path": str(folder)})
        except CamDeskError:
            desk.close()
            discard(self._home)
            raise
        return desk
