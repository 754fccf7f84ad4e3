"""The part of the desk about one partner's page: its parts, their figures, and the records of a sentence.

What drafts the sections of documents loads with the first part that is read, not with the window.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from camdesk.desk.opened import Opened

if TYPE_CHECKING:
    from camdesk.desk.partner.parts import PartReport
    from camdesk.desk.reports import FigureReport


class PartnerParts(Opened):
    """What there is to know about a partner beside its scorecard, in parts. Says NotFoundError for others."""

    def partner_part(self, partner_id: str, part: str) -> PartReport:
        """Return what a part says today: the sections its review would have, and all records."""
        from camdesk.desk.partner import part_reading

        with self._lock:
            return part_reading.read(self.insight, partner_id, part)

    def open_part_figure(self, partner_id: str, part: str, figure: str) -> FigureReport:
        """Return a figure of a part with its definition and all of its records."""
        from camdesk.desk.partner import part_reading

        with self._lock:
            return part_reading.open_figure(self.insight, partner_id, part, figure)

    def open_records(self, title: str, records: Iterable[tuple[str, str]]) -> FigureReport:
        """Return records by entity and id, readable: what a sentence rests on."""
        from camdesk.desk.partner import part_reading

        with self._lock:
            return part_reading.open_records(self.insight, title, records)
