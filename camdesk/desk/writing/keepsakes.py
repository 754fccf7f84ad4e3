"""What a CAM keeps at hand: pinned partners, and views of a screen by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.desk.undoing import Undoing

if TYPE_CHECKING:
    from camdesk.store.views import SavedView

LONGEST_NAME = 80


class Keepsakes(Undoing):
    """The part of the desk that remembers what a CAM comes back to. Part of no figure."""

    def pin(self, partner_id: str) -> None:
        """Keep a partner at hand, behind those pinned before; by its id or the beginning of its name."""
        from camdesk.store.pins import write_pin

        found = self.find_partner(partner_id)
        with (
            self._doing(lambda names: f"Pinned {names.partner(found)}"),
            self.workspace.database.write() as connection,
        ):
            write_pin(connection, found)

    def unpin(self, partner_id: str) -> None:
        """Keep a partner at hand no longer, one that has left the portfolio among them."""
        from camdesk.store.pins import remove_pin

        found = partner_id if partner_id in self.pinned() else self.find_partner(partner_id)
        with (
            self._doing(lambda names: f"Unpinned {names.partner(found)}"),
            self.workspace.database.write() as connection,
        ):
            remove_pin(connection, found)

    def pinned(self) -> tuple[str, ...]:
        """Return the ids of pinned partners, the first pinned in front."""
        from camdesk.store.pins import read_pins

        with self.workspace.database.read() as connection:
            return read_pins(connection)

    def save_view(self, screen: str, name: str, body: Mapping[str, Any]) -> SavedView:
        """Keep a view of a screen, in place of the one of that name."""
        from camdesk.store.views import SavedView, write_view

        shown = " ".join(name.split())
        if not shown or len(shown) > LONGEST_NAME:
            raise UsageError(
                f"A view's name has between 1 and {LONGEST_NAME} characters.", "Choose another name."
            )
        view = SavedView(screen, shown, body)
        with (
            self._doing(lambda _: f"Saved the view “{shown}”"),
            self.workspace.database.write() as connection,
        ):
            write_view(connection, view)
        return view

    def delete_view(self, screen: str, name: str) -> None:
        """Forget a view; raises NotFoundError where there is none of that name."""
        from camdesk.store.views import remove_view

        with (
            self._doing(lambda _: f"Deleted the view “{name}”"),
            self.workspace.database.write() as connection,
        ):
            if not remove_view(connection, screen, name):
                raise NotFoundError(f"There is no view {name}.", "It may have been deleted already.")

    def saved_views(self, screen: str) -> tuple[SavedView, ...]:
        """Return a screen's views by name."""
        from camdesk.store.views import read_views

        with self.workspace.database.read() as connection:
            return read_views(connection, screen)
