"""Compare what a source says with what is stored, before anything is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from camdesk.base.errors import ConsentNeededError, Problem
from camdesk.portfolio.entities import ENTITIES, SYNCED
from camdesk.portfolio.model import Entity
from camdesk.store import facts
from camdesk.sync.check import Checked, Findings, Record, brief
from camdesk.sync.report import EntityCounts

_GUARDED_FROM = 20


class ShrunkenSourceError(ConsentNeededError):
    """A source suddenly brings nothing, or less than half of what it brought before."""


@dataclass
class EntityPlan:
    """What is to be done with one entity of one source."""

    entity: Entity
    first_load: bool
    added: dict[str, Record] = field(default_factory=dict)
    changed: dict[str, Record] = field(default_factory=dict)
    digests: dict[str, bytes] = field(default_factory=dict)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    before: int = 0

    @property
    def after(self) -> int:
        return self.before + len(self.added) - len(self.removed)

    @property
    def counts(self) -> EntityCounts:
        return EntityCounts(len(self.added), len(self.changed), self.unchanged, len(self.removed))

    @property
    def changes_anything(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass
class Plan:
    """What is to be done with all entities of one source, exchange rates and partners first."""

    entities: list[EntityPlan]
    orphans: list[Problem]

    @property
    def changes_anything(self) -> bool:
        return any(plan.changes_anything for plan in self.entities)

    @cached_property
    def by_name(self) -> dict[str, EntityPlan]:
        return {plan.entity.name: plan for plan in self.entities}


def make_plan(connection: Connection, findings: Findings, source: str) -> Plan:
    """Return what a sync would do; rows of partners nobody knows become problems."""
    names = ["exchange_rates", *(entity.name for entity in SYNCED if entity.name != "exchange_rates")]
    names += [entity.name for entity in ENTITIES.values() if entity.taken_over]
    nothing = {name: Checked(ENTITIES[name]) for name in names}
    plans: list[EntityPlan] = []
    orphans: list[Problem] = []
    known: frozenset[str] = frozenset()
    for name in names:
        checked = findings.entities.get(name, nothing[name])
        if name not in {"partners", "exchange_rates"}:
            orphans += _drop_orphans(checked, known)
        plan = _plan_entity(connection, checked, source)
        if name == "partners":
            known = _known_partners(connection, plan, checked, source)
        if name in findings.entities or plan.changes_anything:
            plans.append(plan)
    return Plan(plans, orphans)


def _plan_entity(connection: Connection, checked: Checked, source: str) -> EntityPlan:
    entity = checked.entity
    stored = facts.row_hashes(connection, entity, source)
    plan = EntityPlan(entity, not stored and not facts.has_history(connection, entity, source))
    plan.before = len(stored)
    if entity.taken_over:
        gone = facts.past_ids(connection, entity, source)
        plan.added = {
            key: record for key, record in checked.records.items() if key not in stored and key not in gone
        }
        plan.digests = {key: facts.hash_of(record.values) for key, record in plan.added.items()}
        plan.unchanged = len(checked.records) - len(plan.added)
        return plan
    for key, record in checked.records.items():
        digest = facts.hash_of(record.values)
        found = stored.get(key)
        if found == digest:
            plan.unchanged += 1
            continue
        plan.digests[key] = digest
        (plan.added if found is None else plan.changed)[key] = record
    if not checked.unreadable:
        stays = checked.records.keys() | checked.rejected_ids
        plan.removed = [key for key in stored if key not in stays]
    return plan


def _known_partners(
    connection: Connection, plan: EntityPlan, checked: Checked, source: str
) -> frozenset[str]:
    """Return all partners there will be: those of this sync, those that stay, those of other sources."""
    stored = facts.partner_ids(connection) - set(plan.removed)
    return frozenset(stored | checked.records.keys() | set(facts.partner_ids_elsewhere(connection, source)))


def _drop_orphans(checked: Checked, known: frozenset[str]) -> list[Problem]:
    place = [column.name for column in checked.entity.columns].index("partner_id")
    problems = []
    for key, record in list(checked.records.items()):
        partner = str(record.values[place])
        if partner not in known:
            reason = "there is no such partner in any source"
            problems.append(Problem(record.file, record.line, "partner_id", brief(partner), reason))
            del checked.records[key]
    return problems


def guard(plan: Plan, source: str, *, problems: Sequence[Problem] = ()) -> None:
    """Raise ShrunkenSourceError where far less would be left than there was."""
    synced = [entity for entity in plan.entities if not entity.entity.taken_over]
    totals = [("rows", sum(entity.before for entity in synced), sum(entity.after for entity in synced))]
    totals += [
        (entity.entity.name, entity.before, entity.after)
        for entity in synced
        if entity.before >= _GUARDED_FROM
    ]
    for what, before, after in totals:
        if after * 2 < before:
            raise _shrunken(source, what, before=before, after=after, problems=problems)


def _shrunken(
    source: str, what: str, *, before: int, after: int, problems: Sequence[Problem]
) -> ShrunkenSourceError:
    found = f"{after:,}" if after else "nothing"
    broken = f" {len(problems):,} rows could not be taken, such as {problems[0]}." if problems else ""
    return ShrunkenSourceError(
        f"{source} brought {before:,} {what} before and brings {found} now; nothing was changed.{broken}",
        "Check the export. If this is right, run the sync again with --yes.",
    )


def stored_values(entity: Entity, values: Sequence[Any], bases: Sequence[int | None]) -> tuple[Any, ...]:
    """Return a record's values in the order of `Entity.stored`."""
    return (*values[:-1], *bases, values[-1])
