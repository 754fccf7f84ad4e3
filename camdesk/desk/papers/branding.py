"""The part of the desk about how documents look: logos of ours and of partners, and the vendor's colour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from camdesk.base.errors import CamDeskError, NotFoundError
from camdesk.desk.clock import instant_now
from camdesk.desk.undoing import Undoing
from camdesk.store import audit
from camdesk.store.logos import OURS, Logo, delete_logo, read_logo, write_logo

if TYPE_CHECKING:
    from camdesk.base.settings import Settings
    from camdesk.desk.naming import Names
    from camdesk.documents.branding import Branding
    from camdesk.store.database import Database


class Brand(Undoing):
    """Logos: of a partner, given by its id or the beginning of its name, or our own without one."""

    def set_logo(self, partner_id: str | None, file: Path) -> Logo:
        """Keep a copy of a PNG, JPEG or SVG file; raises LogoError with why it cannot be a logo."""
        from camdesk.documents.logos import LARGEST_BYTES, checked_logo

        whose = self._whose(partner_id)
        try:
            with file.open("rb") as source:
                # One byte more than is allowed is enough to know.
                content = source.read(LARGEST_BYTES + 1)
        except OSError as error:
            raise CamDeskError(
                f"{file} could not be read: {error.strerror or error}.", "Check the file's name and place."
            ) from error
        picture = checked_logo(content)
        with (
            self._doing(lambda names: f"Set the logo of {_called(names, whose)}"),
            self.workspace.database.write() as connection,
        ):
            write_logo(connection, whose, picture)
            audit.record(connection, "logo set", detail=whose or "ours", at=instant_now())
        return picture

    def remove_logo(self, partner_id: str | None) -> None:
        """Forget a logo; raises NotFoundError where there is none."""
        whose = self._whose(partner_id)
        with (
            self._doing(lambda names: f"Removed the logo of {_called(names, whose)}"),
            self.workspace.database.write() as connection,
        ):
            if not delete_logo(connection, whose):
                raise NotFoundError(
                    f"There is no logo of {whose or 'ours'}.", "Set one with: camdesk brand logo set FILE"
                )
            audit.record(connection, "logo removed", detail=whose or "ours", at=instant_now())

    def logo(self, partner_id: str | None) -> Logo | None:
        """Return a partner's logo, or ours."""
        whose = self._whose(partner_id)
        with self.workspace.database.read() as connection:
            return read_logo(connection, whose)

    def _whose(self, partner_id: str | None) -> str:
        return OURS if partner_id is None else self.find_partner(partner_id)


def _called(names: Names, whose: str) -> str:
    return names.partner(whose) if whose != OURS else "ours"


def branding_of(database: Database, settings: Settings, partner_id: str, *, cover: bool | None) -> Branding:
    """Return how a document with a partner looks today; without `cover` as the settings say."""
    from camdesk.documents.branding import Branding

    with database.read() as connection:
        ours, theirs = read_logo(connection, OURS), read_logo(connection, partner_id)
    return Branding(settings.brand_colour, ours, theirs, settings.cover if cover is None else cover)
