"""Where the thing that an alert is about can be opened, and what that is called. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from camdesk.desk.partner.parts import PARTS
from camdesk.desk.reports import AlertDetail
from camdesk.gui.guide import Place
from camdesk.portfolio.entities import ENTITIES

_OTHERS = {
    "orders": "deals",
    "meetings": "timeline",
    "notes": "timeline",
    "commitments": "work",
    "agreements": "terms",
    "terms": "terms",
    "rebates": "terms",
}
"""Where entities stand that no part of the page lists as they are."""
_FALLBACK = "alerts"


def _listed_in() -> dict[str, str]:
    """Return the part of the page that lists an entity, by the entity."""
    found = dict(_OTHERS)
    for part in PARTS:
        for listing in part.lists:
            if listing.only is None:
                found.setdefault(listing.entity, part.key)
    return found


_PARTS = _listed_in()


@dataclass(frozen=True, slots=True)
class NextStep:
    """The button that goes where an alert is dealt with."""

    title: str
    place: Place


def next_step(detail: AlertDetail) -> NextStep:
    """Return the way to what the alert is about: its records, the scorecard, or the portfolio."""
    partner_id = detail.alert.partner_id
    if not partner_id:
        return NextStep("Open the portfolio", Place("portfolio"))
    for table in detail.records:
        if table.entity != "partners" and table.entity in ENTITIES and table.rows:
            title = _opening(_noun(table.entity), len(table.rows))
            return NextStep(title, place_of(partner_id, table.entity, table.record_ids[0]))
    return NextStep("Open the scorecard", Place("partner", partner_id, "scorecard"))


def place_of(partner_id: str, entity: str, record_id: str) -> Place:
    """Return where a record stands on its partner's page; a partner is its own page."""
    if entity == "partners":
        return Place("partner", record_id)
    return Place("partner", partner_id, _PARTS.get(entity, _FALLBACK), record_id)


def _noun(entity: str) -> str:
    return ENTITIES[entity].key.removesuffix("_id").replace("_", " ")


def _opening(noun: str, count: int) -> str:
    return f"Open the {noun}" if count == 1 else f"Open the {count} {noun}s"
