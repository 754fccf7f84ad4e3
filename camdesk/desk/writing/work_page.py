"""What is open with a partner and what a CAM wrote about it, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from camdesk.base import money
from camdesk.desk.writing.contacting import KnownContact
from camdesk.desk.writing.entries import Commitment, MergeOffer, OwnRow
from camdesk.insight.connection import targets_of
from camdesk.insight.insight import Insight
from camdesk.insight.results import Unit
from camdesk.insight.wording import write
from camdesk.portfolio.entities import ENTITIES
from camdesk.store import own_rows
from camdesk.store.judgements import Judgement, judgements_of, judgements_on
from camdesk.store.own_rows import ADDABLE, OwnEntry
from camdesk.store.sources import OWN
from camdesk.store.tasks import Task

ADDED_BY_FORM = tuple(name for name in ADDABLE if name not in ("notes", "commitments", "targets"))
"""The entities that a form made from the schema is offered for; the others have forms of their own."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target that holds or will hold. `counts_in` are the figures held against it; own ones can go."""

    record_id: str
    title: str
    start: date
    last: date
    written: str
    counts_in: tuple[str, ...]
    source: str
    author: str | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """A metric that a target can be set for, and whether a figure of the partner's own type asks for it."""

    metric: str
    title: str
    unit: Unit
    is_theirs: bool


@dataclass(frozen=True, slots=True)
class WorkReport:
    """What the work tab shows; commitments and tasks with those that are done."""

    as_of: date
    commitments: tuple[Commitment, ...]
    tasks: tuple[Task, ...]
    targets: tuple[TargetLine, ...]
    target_choices: tuple[TargetChoice, ...]
    own_rows: tuple[OwnRow, ...]
    offers: tuple[MergeOffer, ...]
    judgements: tuple[Judgement, ...]  # that hold today
    past_judgements: tuple[Judgement, ...]
    contacts: tuple[KnownContact, ...]


@dataclass(frozen=True, slots=True)
class LogOpening:
    """What logging a call starts from."""

    partner_id: str
    name: str
    contacts: tuple[KnownContact, ...]
    commitments: tuple[Commitment, ...]
    draft: Mapping[str, Any]


def report(
    insight: Insight,
    partner_id: str,
    *,
    commitments: tuple[Commitment, ...],
    tasks: tuple[Task, ...],
    own_rows: tuple[OwnRow, ...],
    offers: tuple[MergeOffer, ...],
) -> WorkReport:
    """Return what is open with a partner as of the day."""
    with insight.workspace.database.read() as connection:
        holding = judgements_on(connection, insight.as_of)
        now = tuple(one for (whose, _), one in holding.items() if whose == partner_id)
        return WorkReport(
            insight.as_of,
            commitments,
            tasks,
            _targets(connection, insight, partner_id),
            _choices(insight, partner_id),
            own_rows,
            offers,
            now,
            tuple(one for one in judgements_of(connection, partner_id) if one not in now),
            contacts(connection, partner_id),
        )


def contacts(connection: Connection, partner_id: str) -> tuple[KnownContact, ...]:
    """Return who works at the partner, those to turn to first in front."""
    rows = own_rows.current_rows(connection, ENTITIES["contacts"], partner_id=partner_id, of_all=True)
    here = [row for row in rows if row["left_on"] is None]
    here.sort(key=lambda row: (not row["is_primary"], row["name"].casefold()))
    return tuple(KnownContact(row["contact_id"], row["name"], row["role"] or "") for row in here)


def name_of(connection: Connection, partner_id: str) -> str:
    rows = own_rows.current_rows(connection, ENTITIES["partners"], partner_id=partner_id, of_all=True)
    return str(rows[0]["name"]) if rows else partner_id


def _targets(connection: Connection, insight: Insight, partner_id: str) -> tuple[TargetLine, ...]:
    """Return targets whose period has not ended before this fiscal year."""
    entries = own_rows.read_entries(connection)
    since = insight.settings.calendar.year(insight.as_of).start.isoformat()
    rows = own_rows.current_rows(connection, ENTITIES["targets"], partner_id=partner_id, of_all=True)
    found = [row for row in rows if row["period_end"] >= since]
    found.sort(key=lambda row: (row["metric"], row["period_start"], row["period_end"]))
    return tuple(_target(insight, row, entries.get(("targets", row["target_id"]))) for row in found)


def _target(insight: Insight, row: Mapping[str, Any], entry: OwnEntry | None) -> TargetLine:
    metric = insight.catalog.metrics.get(row["metric"])
    is_own = row["source"] == OWN
    return TargetLine(
        row["target_id"],
        metric.title if metric else row["metric"],
        date.fromisoformat(row["period_start"]),
        date.fromisoformat(row["period_end"]),
        _written(insight, row, metric.unit if metric else Unit.COUNT),
        _read_by(insight, row["metric"]),
        row["source"],
        entry.author if entry is not None and is_own else None,
        is_own,
    )


def _written(insight: Insight, row: Mapping[str, Any], unit: Unit) -> str:
    currency = row["currency"] or insight.settings.base_currency
    value = row["value"] if unit is Unit.MONEY else row["value"] / money.SCALE
    return write(value, unit, currency=currency)


def _read_by(insight: Insight, metric: str) -> tuple[str, ...]:
    return tuple(one.title for one in insight.catalog.metrics.values() if metric in targets_of(one))


def _choices(insight: Insight, partner_id: str) -> tuple[TargetChoice, ...]:
    """Return the metrics that any figure is held against, those of the partner's scorecard first."""
    metrics = insight.catalog.metrics
    held = {name for one in metrics.values() for name in targets_of(one)}
    card = insight.scorecard(partner_id)
    own = {name for line in (*card.lines, *card.our_side) for name in targets_of(metrics[line.metric])}
    found = [
        TargetChoice(name, metrics[name].title, metrics[name].unit, name in own)
        for name in held
        if name in metrics
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_theirs, one.title.casefold())))
