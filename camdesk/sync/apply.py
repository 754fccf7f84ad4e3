"""Carry a plan out, inside the transaction it was made in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from camdesk.base.progress import Progress
from camdesk.store import changes, facts
from camdesk.store.changes import RecordChange
from camdesk.store.exchange import Exchange, has_amounts, rebase
from camdesk.sync.check import Record
from camdesk.sync.plan import EntityPlan, Plan, stored_values
from camdesk.sync.touched import Touched, customers_of


def apply(
    connection: Connection,
    plan: Plan,
    source: str,
    *,
    as_of: str,
    base: str,
    base_changed: bool,
    sync_id: int,
    progress: Progress,
) -> frozenset[str] | None:
    """Write what the plan says, with base amounts, past versions and record changes.

    Returns the partners whose figures may move by it; None for everybody.
    """
    touched = Touched()
    currencies_before = facts.partner_currencies(connection)
    had_amounts = has_amounts(connection)
    total = sum(len(entity.digests) + len(entity.removed) for entity in plan.entities)
    done = 0
    exchange = Exchange.of(connection, base=base, as_of=as_of)
    for entity in plan.entities:
        progress.check()
        progress.report(done, total, f"Saving {entity.entity.title.lower()}")
        if entity.changes_anything:
            run = _Run(source, as_of, sync_id, exchange, progress)
            _apply_entity(connection, entity, run, touched)
        done += len(entity.digests) + len(entity.removed)
        if entity.entity.name in {"exchange_rates", "partners"}:
            exchange = Exchange.of(connection, base=base, as_of=as_of)
    rates = plan.by_name.get("exchange_rates")
    rates_changed = rates is not None and rates.changes_anything
    if had_amounts and (base_changed or rates_changed or exchange.currencies != currencies_before):
        progress.report(total, total, "Converting amounts")
        rebase(connection, exchange, progress=progress)
        touched.everybody()
    return touched.partners


@dataclass(frozen=True)
class _Run:
    """What a sync is and works with, the same for every row of an entity."""

    source: str
    as_of: str
    sync_id: int
    exchange: Exchange
    progress: Progress


def _apply_entity(connection: Connection, plan: EntityPlan, run: _Run, touched: Touched) -> None:
    entity = plan.entity
    old_rows: dict[str, dict[str, Any]] = {}
    customers: set[str] = set()
    if plan.first_load:
        touched.everybody()
    else:
        old_rows = facts.read_rows(connection, entity, run.source, ids=[*plan.changed, *plan.removed])
        rows = [*old_rows.values(), *(_named(plan, record) for record in _written(plan))]
        touched.rows(entity, rows)
        customers = customers_of(entity, rows)
        changes.write_changes(
            connection, _changes(plan, old_rows), sync_id=run.sync_id, source=run.source, as_of=run.as_of
        )
    before = facts.first_orders(connection, customers)
    for ids, removed in ((list(plan.changed), False), (plan.removed, True)):
        facts.retire_rows(
            connection,
            entity,
            run.source,
            ids=ids,
            as_of=run.as_of,
            removed=removed,
            progress=run.progress,
        )
    facts.write_rows(
        connection,
        entity,
        run.source,
        rows=_rows(plan, run.exchange),
        as_of=run.as_of,
        progress=run.progress,
    )
    touched.customers(connection, before, facts.first_orders(connection, customers))


def _written(plan: EntityPlan) -> Iterator[Record]:
    yield from plan.added.values()
    yield from plan.changed.values()


def _rows(plan: EntityPlan, exchange: Exchange) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    entity = plan.entity
    names = [column.name for column in entity.columns]
    for records in (plan.added, plan.changed):
        for key, record in records.items():
            bases: tuple[int | None, ...] = ()
            if entity.money:
                bases = exchange.bases(entity, dict(zip(names, record.values, strict=False)))
            yield stored_values(entity, record.values, bases), plan.digests[key]


def _changes(plan: EntityPlan, old_rows: Mapping[str, dict[str, Any]]) -> Iterator[RecordChange]:
    """Yield what changes; the very first load of an entity is not news, so it is not asked for here."""
    entity = plan.entity
    for key, record in plan.added.items():
        yield RecordChange(entity.name, key, _named(plan, record).get("partner_id"), "added", {})
    for key, record in plan.changed.items():
        new, old = _named(plan, record), old_rows[key]
        different = {name: (old[name], value) for name, value in new.items() if old[name] != value}
        yield RecordChange(entity.name, key, new.get("partner_id"), "changed", different)
    for key in plan.removed:
        yield RecordChange(entity.name, key, old_rows[key].get("partner_id"), "removed", {})


def _named(plan: EntityPlan, record: Record) -> dict[str, Any]:
    names = [*(column.name for column in plan.entity.columns), "url"]
    return dict(zip(names, record.values, strict=True))
