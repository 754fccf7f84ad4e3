"""The tabs of the partner page: each is made when it is first turned to, and brought up to date then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, KeysView, Sequence
from functools import partial

from camdesk.desk.reports import PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.partner.tab import Late, Tab, TabEntry


class Tabs:
    """Every tab by its key. `added` is told of each that is made, before it shows anything."""

    def __init__(
        self, context: Context, entries: Sequence[TabEntry], *, added: Callable[[Tab], None]
    ) -> None:
        self._context, self._added = context, added
        self.entries = {entry.key: entry for entry in entries}
        self._made: dict[str, Tab] = {}
        self._behind: set[str] = set()
        self._report: PartnerReport | None = None

    def __getitem__(self, key: str) -> Tab:
        """Return a tab that shows the report of now."""
        tab = self._made.get(key)
        if tab is None:
            tab = self._made[key] = self.entries[key].make(self._context)
            self._behind.add(key)
            self._added(tab)
        if key in self._behind and self._report is not None:
            self._behind.discard(key)
            tab.show_report(self._report)
        return tab

    def keys(self) -> KeysView[str]:
        return self.entries.keys()

    def made(self) -> Iterator[Tab]:
        """Yield the tabs somebody has turned to."""
        yield from self._made.values()

    def take(self, report: PartnerReport) -> None:
        """Let every tab show another report, the next time it is turned to."""
        self._report = report
        self._behind |= self._made.keys()

    def actions(self) -> tuple[Action, ...]:
        """Return what can be done with all tabs; to do it makes the tab, to tell of it does not."""
        return tuple(
            one
            for key, entry in self.entries.items()
            for one in entry.actions(Late(partial(self.__getitem__, key), partial(self._is_shown, key)))
        )

    def _is_shown(self, key: str) -> bool:
        return key in self._made and self._made[key].isVisible()
