"""What happened to partners between two days, told from the facts: definitions in `resources/events`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from camdesk.base.resources import resource
from camdesk.insight.alerts.messages import write_message
from camdesk.insight.engine import MetricRun
from camdesk.insight.results import AlertEvidence

Tone = Literal["good", "bad", "plain"]
_NAMED = 3


class Event(BaseModel):
    """A query for what happened after `:since`, up to and with `:day`.

    `records` returns partner_id, subject, label, day, value, entity, record_id and columns for the message.
    `message` is said of one subject, `message_many` of several of one partner; both know {count}, {label}
    (of the largest), {labels} of the first few, {value} of all, and every column of the largest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: str
    message_many: str = ""
    tone: Tone = "plain"
    moves_tier: bool = False
    """It may cost or earn a requirement of the tier."""
    records: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to one partner: one sentence, and the records that say so."""

    partner_id: str
    kind: str
    day: date
    """The latest, where it happened several times."""
    text: str
    tone: Tone
    value: int | None
    moves_tier: bool
    evidence: tuple[AlertEvidence, ...]


@lru_cache(maxsize=1)
def events() -> Mapping[str, Event]:
    """Return the shipped events, by name."""
    found: dict[str, Event] = {}
    for path in sorted(resource("events").glob("*.toml")):
        body = tomllib.loads(path.read_text(encoding="utf-8"))
        found |= {name: Event.model_validate(table) for name, table in body.items()}
    return found


def happenings(run: MetricRun, *, since: date, day: date, currency: str) -> list[Happening]:
    """Return what happened after `since` up to `day`, the newest first; one entry a partner and kind."""
    found = []
    bounds = {"since": since.isoformat(), "day": day.isoformat()}
    for kind, event in events().items():
        by_partner: dict[str, list[dict[str, Any]]] = {}
        for row in run.query(event.records, bounds):
            if row["partner_id"] in run.partners:
                by_partner.setdefault(row["partner_id"], []).append(row)
        found += [
            _told(partner_id, kind, event, rows, currency=currency) for partner_id, rows in by_partner.items()
        ]
    return sorted(found, key=lambda one: (one.day, one.partner_id, one.kind), reverse=True)


def _told(
    partner_id: str, kind: str, event: Event, rows: Iterable[dict[str, Any]], *, currency: str
) -> Happening:
    ranked = sorted(rows, key=lambda row: (-(row["value"] or 0), str(row["label"])))
    amounts = [row["value"] for row in ranked if row["value"] is not None]
    value = round(sum(amounts)) if amounts else None
    template = event.message_many if len(ranked) > 1 and event.message_many else event.message
    labels = list(dict.fromkeys(str(row["label"]) for row in ranked))
    more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    columns = {
        **ranked[0],
        "value": value,
        "count": len(ranked),
        "labels": ", ".join(labels[:_NAMED]) + more,
    }
    text = write_message(template, columns, currency=currency)
    return Happening(
        partner_id,
        kind,
        date.fromisoformat(max(row["day"] for row in ranked)[:10]),
        text,
        event.tone,
        value,
        event.moves_tier,
        tuple(dict.fromkeys(AlertEvidence(row["entity"], str(row["record_id"])) for row in ranked)),
    )
