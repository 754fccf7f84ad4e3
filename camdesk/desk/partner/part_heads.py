"""Which parts a partner's page has: those it has records of, and those its types ask for."""

from __future__ import annotations

from sqlalchemy import Select, func, literal, select, union_all

from camdesk.desk.partner.parts import PARTS, Part, PartHead
from camdesk.insight.insight import Insight
from camdesk.store.tables import CURRENT


def heads(insight: Insight, partner_id: str) -> tuple[PartHead, ...]:
    """Return the parts that a partner has, each with the number of its records; raises NotFoundError."""
    primary, profiles = insight.profile(partner_id), insight.catalog.profiles
    others = (profiles[name] for name in insight.partners()[partner_id].other_types if name in profiles)
    named = {name for profile in (primary, *others) for name in profile.sections}
    counts = _counts(insight, partner_id)
    return tuple(
        PartHead(part.key, part.title, counts[part.key])
        for part in PARTS
        if part.common or counts[part.key] or named & set(part.sections)
    )


def _counts(insight: Insight, partner_id: str) -> dict[str, int]:
    counted = union_all(*(_counting(part, partner_id) for part in PARTS))
    with insight.workspace.database.read() as connection:
        return {row.part: int(row.records) for row in connection.execute(counted)}


def _counting(part: Part, partner_id: str) -> Select[str, int]:
    listing = part.lists[0]
    table = CURRENT[listing.entity]
    query = select(literal(part.key).label("part"), func.count().label("records")).select_from(table)
    query = query.where(table.c.partner_id == partner_id)
    if listing.only is not None:
        query = query.where(table.c[listing.only[0]] == listing.only[1])
    return query
