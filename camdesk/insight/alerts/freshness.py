"""Whether news can be trusted not to have come: rules about "nothing happened" wait for fresh sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select, union

from camdesk.base.settings import Settings
from camdesk.insight.rules import Rule
from camdesk.insight.wording import in_a_sentence
from camdesk.portfolio.entities import ENTITIES
from camdesk.store.tables import CURRENT, PAST, source, sync_run

OWN_SOURCE = "me"
"""What the CAM writes is never stale."""


@dataclass(frozen=True)
class SourceAge:
    """How old what a rule rests on is: a source, what it brings for the rule, when it was last read."""

    source: str
    brings: tuple[str, ...]
    last_sync: date | None
    is_stale: bool


@dataclass(frozen=True)
class Freshness:
    """Which sources have delivered each entity, and since when the stale ones have been silent."""

    deliverers: dict[str, frozenset[str]]
    silent_since: dict[str, date | None]
    last_syncs: dict[str, date]
    logged: dict[str, frozenset[str]]
    """The partners of whom the CAM wrote rows of an entity."""

    def has_any(self, rule: Rule) -> bool:
        return not rule.needs or any(self.deliverers[entity] for entity in rule.needs)

    def covered(self, rule: Rule) -> frozenset[str] | None:
        """Return the partners a rule about an absence can speak of; None: all.

        What the CAM logs of some partners says nothing about the others: only a source reports on all.
        """
        if any(self.deliverers[entity] - {OWN_SOURCE} for entity in rule.needs):
            return None
        return frozenset().union(*(self.logged.get(entity, frozenset()) for entity in rule.needs))

    def ages(self, rule: Rule) -> tuple[SourceAge, ...]:
        """Return the sources that bring what the rule reads; what the CAM writes has no age."""
        brought: dict[str, list[str]] = {}
        for entity in rule.needs:
            for name in self.deliverers[entity] - {OWN_SOURCE}:
                brought.setdefault(name, []).append(in_a_sentence(ENTITIES[entity].title))
        return tuple(
            SourceAge(name, tuple(brought[name]), self.last_syncs.get(name), name in self.silent_since)
            for name in sorted(brought)
        )

    def because(self, rule: Rule) -> str | None:
        """Return why a rule about an absence must wait; None where its news would have come."""
        if not self.has_any(rule):
            names = " or ".join(in_a_sentence(ENTITIES[entity].title) for entity in rule.needs)
            return f"No source has brought {names} yet."
        delivering = {name for entity in rule.needs for name in self.deliverers[entity]}
        stale = sorted(name for name in delivering if name in self.silent_since)
        if not stale:
            return None
        last = self.silent_since[stale[0]]
        when = f"was last synced on {last.day} {last:%b %Y}" if last else "has not been synced"
        others = f", and {len(stale) - 1} more" if len(stale) > 1 else ""
        return f"{stale[0]} {when}{others}: what looks missing may not have arrived."


def read_freshness(connection: Connection, settings: Settings, as_of: date) -> Freshness:
    """Return what is known about the sources as seen from `as_of`."""
    deliverers = {
        name: frozenset(
            row[0]
            for row in connection.execute(union(select(CURRENT[name].c.source), select(PAST[name].c.source)))
        )
        for name in ENTITIES
    }
    newest = select(sync_run.c.source, func.max(sync_run.c.as_of)).group_by(sync_run.c.source)
    latest = {name: date.fromisoformat(day) for name, day in _pairs(connection, newest).items()}
    expected = _pairs(connection, select(source.c.name, source.c.expected_days))
    silent: dict[str, date | None] = {}
    for name in {name for found in deliverers.values() for name in found} - {OWN_SOURCE}:
        last = latest.get(name)
        allowed = timedelta(days=expected.get(name, settings.stale_after_days))
        if last is None or as_of - last > allowed:
            silent[name] = last
    logged = {
        name: frozenset(
            row[0]
            for row in connection.execute(
                select(CURRENT[name].c.partner_id).where(CURRENT[name].c.source == OWN_SOURCE).distinct()
            )
        )
        for name, found in deliverers.items()
        if OWN_SOURCE in found and "partner_id" in CURRENT[name].c
    }
    return Freshness(deliverers, silent, latest, logged)


def _pairs(connection: Connection, query: Select[Any]) -> dict[str, Any]:
    return {row[0]: row[1] for row in connection.execute(query)}
