"""What every part of the desk stands on: the open workspace, its settings and definitions, and the day."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from datetime import date
from typing import TYPE_CHECKING

from camdesk.desk.author import author_of

if TYPE_CHECKING:
    from camdesk.base.settings import Settings
    from camdesk.insight.catalog import Catalog
    from camdesk.insight.insight import Insight
    from camdesk.store.workspace import Workspace


class Opened(ABC):
    """An open workspace seen from one day; the desk's verbs come in parts that each know this much."""

    workspace: Workspace
    settings: Settings
    catalog: Catalog
    as_of: date
    _lock: threading.RLock

    @property
    @abstractmethod
    def insight(self) -> Insight:
        """The workspace as it stands now, seen from the desk's day."""

    @abstractmethod
    def facts_changed(self) -> None:
        """Forget what was read: facts are no longer those."""

    @property
    def author(self) -> str:
        """Who writes: the first address of the settings, else the user of the machine."""
        return author_of(self.settings)

    def find_partner(self, words: str) -> str:
        """Return the id of the partner meant by an id or the beginning of a name.

        Raises NotFoundError, and UsageError where several could be meant.
        """
        from camdesk.desk.finding.partner_names import find_partner

        with self.workspace.database.read() as connection:
            return find_partner(connection, words)
