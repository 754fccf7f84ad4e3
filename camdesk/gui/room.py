"""Meeting mode: while a partner is in the room, every screen stands on that partner's part of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk


class Room(QObject):
    """Holds the desk that screens read from; `changed` follows every coming in and going out."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._whole = desk
        self.desk: Desk = desk
        self.partner_id = ""

    @property
    def has_guest(self) -> bool:
        return bool(self.partner_id)

    def let_in(self, partner_id: str) -> None:
        """Begin a meeting with a partner."""
        from camdesk.desk.partner.in_the_room import DeskInTheRoom

        self.partner_id = partner_id
        # It answers what it lets through as the desk does, and refuses everything else.
        self.desk = cast("Desk", DeskInTheRoom(self._whole, partner_id))
        self.changed.emit()

    def see_out(self) -> None:
        """End the meeting."""
        self.partner_id = ""
        self.desk = self._whole
        self.changed.emit()
