"""Rows a CAM wrote and synced ones that seem to say the same: offered, merged or kept apart.

A synced row resembles an own one of the same partner where day and subject are the same, by `LIKENESS`.
Merging gives the synced row the place: the own one is removed, stays in the history, and its entry says
what took its place. A row kept apart is not offered again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.desk.writing import own_rows as writing
from camdesk.desk.writing.own_rows import Hand
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Entity
from camdesk.store import own_rows

if TYPE_CHECKING:
    from camdesk.sync.report import SourceReport


_SEE = "See what is offered with: camdesk own list"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes two rows of a partner the same: their day, and one of the ways to name the subject.

    Of the ways (columns that must all be equal) the first that both rows have something for decides;
    with `any_way` one that agrees is enough. A day that either row lacks does not part them.
    """

    ways: tuple[tuple[str, ...], ...]
    day: str | None = None
    any_way: bool = False


LIKENESS: Mapping[str, Likeness] = {
    "meetings": Likeness((("subject",), ("kind",)), day="scheduled_at"),
    "contacts": Likeness((("name",), ("email",)), any_way=True),
    "targets": Likeness((("metric", "period_start", "period_end"),)),
    "milestones": Likeness((("name",),)),
    "assessments": Likeness((("question", "side"),), day="assessed_on"),
    "investments": Likeness((("side", "amount"),), day="spent_on"),
    "requests": Likeness((("subject",), ("kind",)), day="asked_at"),
    "accounts": Likeness((("customer",),)),
    "terms": Likeness((("kind", "text"),), day="valid_from"),
    "agreements": Likeness((("kind",),), day="signed_on"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A row the CAM wrote and one from a source that seems to say the same."""

    entity: Entity
    own: Mapping[str, Any]
    synced: Mapping[str, Any]

    @property
    def source(self) -> str:
        return str(self.synced["source"])

    @property
    def synced_id(self) -> str:
        return str(self.synced[self.entity.key])


def matches(connection: Connection, *, partner_id: str | None = None) -> list[Match]:
    """Return what is offered for merging, for one partner or all."""
    apart = {key for key, entry in own_rows.read_entries(connection).items() if entry.kept_apart}
    found = []
    for name, likeness in LIKENESS.items():
        entity = ENTITIES[name]
        rows = [
            row
            for row in own_rows.current_rows(connection, entity, partner_id=partner_id)
            if (name, row[entity.key]) not in apart
        ]
        partners = {row["partner_id"] for row in rows}
        synced = own_rows.synced_of(connection, entity, sorted(partners)) if rows else []
        found += [
            Match(entity, row, other)
            for row in rows
            for other in synced
            if other["partner_id"] == row["partner_id"] and alike(likeness, row, other)
        ]
    return found


def alike(likeness: Likeness, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two rows of the same partner seem to say the same."""
    if likeness.day is not None:
        days = (one[likeness.day], other[likeness.day])
        if None not in days and days[0][:10] != days[1][:10]:
            return False
    for way in likeness.ways:
        pairs = [(_plain(one[name]), _plain(other[name])) for name in way]
        if any(None in pair for pair in pairs):
            continue
        same = all(mine == theirs for mine, theirs in pairs)
        if same or not likeness.any_way:
            return same
    return False


def merge(connection: Connection, hand: Hand, entity: Entity, record_id: str, *, into: str | None) -> Match:
    """Let an own row give way to the synced row it resembles; `into` names which where there are several."""
    offered = _offered(connection, entity, record_id)
    if into is not None:
        offered = [
            match for match in offered if into in {match.synced_id, f"{match.source}:{match.synced_id}"}
        ]
    if not offered:
        raise NotFoundError(f"{into} is not offered for {record_id}.", _SEE)
    if len(offered) > 1:
        choices = " or ".join(f"{match.source}:{match.synced_id}" for match in offered)
        raise UsageError(
            f"{record_id} of {entity.title.lower()} could be merged with several rows.",
            f"Say which with --into: {choices}.",
        )
    match = offered[0]
    own_id = str(match.own[entity.key])
    writing.remove(connection, hand, entity, own_id)
    own_rows.note_merged(connection, entity, own_id, source=match.source, synced_id=match.synced_id)
    return match


def keep_apart(connection: Connection, entity: Entity, record_id: str) -> Match:
    """Keep an own row beside the synced ones it resembles."""
    match = _offered(connection, entity, record_id)[0]
    own_rows.note_kept_apart(connection, entity, str(match.own[entity.key]))
    return match


def _offered(connection: Connection, entity: Entity, record_id: str) -> list[Match]:
    row = writing.find(connection, entity, record_id)
    found = [
        match
        for match in matches(connection, partner_id=row["partner_id"])
        if match.entity is entity and match.own[entity.key] == row[entity.key]
    ]
    if not found:
        raise NotFoundError(
            f"No synced row seems to say the same as {record_id} of {entity.title.lower()}.", _SEE
        )
    return found


def with_offers(connection: Connection, reports: Sequence[SourceReport]) -> tuple[SourceReport, ...]:
    """Return the reports of syncs, each with a notice of how many of its rows resemble own ones."""
    counts = Counter(match.source for match in matches(connection))
    return tuple(
        replace(report, notices=(*report.notices, _notice(counts[report.name])))
        if counts[report.name]
        else report
        for report in reports
    )


def _notice(count: int) -> str:
    rows = "1 row seems" if count == 1 else f"{count:,} rows seem"
    return f"{rows} to say what you have written yourself. Merge or keep both: camdesk own list"


def _plain(value: Any) -> Any:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value
