"""A definition's worked example: its few rows put into a database of their own, and the figure they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert

from camdesk.base.money import SCALE
from camdesk.base.settings import Settings
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Metric, MetricExample
from camdesk.insight.engine import open_run
from camdesk.insight.results import Unit
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Entity, Kind
from camdesk.store.database import Database
from camdesk.store.exchange import Exchange
from camdesk.store.tables import CURRENT, sync_run

SOURCE = "example"
_LONG_AGO = "2000-01-01"
_CLOSE, _HALF_A_CENT = 1e-9, 0.005
_FIRST = ("exchange_rates", "partners")
"""What amounts are converted with."""


def fault_of(metric: Metric, example: MetricExample, catalog: Catalog, database: Database) -> str | None:
    """Return how the figure differs from what the example says, None where it is that; fills `database`."""
    day = date.fromisoformat(example.as_of)
    rows = {"partners": [{"partner_id": example.partner}], **example.rows}
    partner_type = _suitable_type(metric, catalog)
    with database.write() as connection:
        fill(connection, rows, partner_id=example.partner, partner_type=partner_type, as_of=example.as_of)
    with open_run(database, catalog, Settings(), [day]) as run:
        (computed,) = run.compute([metric.id])
    found = computed.values.get(example.partner)
    value = None if found is None or found.value is None else found.value
    scaled = value / SCALE if value is not None and metric.unit is Unit.MONEY else value
    n = found.n if found is not None else 0
    if not _is_close(scaled, example.value, _HALF_A_CENT if metric.unit is Unit.MONEY else _CLOSE):
        return f"the example makes {_said(scaled)}, not {_said(example.value)}"
    return f"the example counts {n} records, not {example.n}" if n != example.n else None


def fill(
    connection: Connection,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    partner_id: str,
    partner_type: str,
    as_of: str,
) -> None:
    """Write an example's rows; what a row leaves out but cannot be without is filled in.

    Amounts are in whole units. Raises ValueError for an entity or a column that does not exist.
    """
    connection.execute(insert(sync_run).values(source=SOURCE, as_of=as_of, started_at="", report="{}"))
    for name, given in sorted(rows.items(), key=lambda item: item[0] not in _FIRST):
        entity = ENTITIES.get(name)
        if entity is None:
            raise ValueError(f"there is no entity {name}")
        exchange = Exchange.of(connection, base=Settings().base_currency, as_of=as_of)
        for number, row in enumerate(given, start=1):
            unknown = sorted(row.keys() - set(entity.stored) - {"seen_from"})
            if unknown:
                raise ValueError(f"{name} has no column {unknown[0]}")
            values = _completed(entity, number, row, partner_id, partner_type)
            bases = exchange.bases(entity, dict.fromkeys(entity.stored) | values)
            values |= {f"{column}_base": base for column, base in zip(entity.money, bases, strict=True)}
            connection.execute(insert(CURRENT[name]).values(values))


def _completed(
    entity: Entity, number: int, row: Mapping[str, Any], partner_id: str, partner_type: str
) -> dict[str, Any]:
    values: dict[str, Any] = {"source": SOURCE, "seen_from": _LONG_AGO, "row_hash": b""}
    for name, value in row.items():
        values[name] = ";".join(value) if isinstance(value, list) else value
        if name in entity.money and value is not None:
            values[name] = round(value * SCALE)
    for column in entity.columns:
        if column.name not in values and (column.required or column.default):
            values[column.name] = _filled(column, entity, number, partner_id, partner_type)
    return values


def _filled(column: Column, entity: Entity, number: int, partner_id: str, partner_type: str) -> Any:
    if column.name == "partner_id":
        return partner_id
    if column.name == entity.key:
        return f"{entity.name}-{number}"
    if column.kind is Kind.TYPE:
        return partner_type
    if column.kind is Kind.CHOICE:
        return column.default or column.choices[0]
    if column.kind in (Kind.TEXT, Kind.ID):
        return f"{column.name} {number}"
    raise ValueError(f"{entity.name} needs {column.name}")


def _suitable_type(metric: Metric, catalog: Catalog) -> str:
    """Return the first type whose scorecard or columns show the metric, else the first there is."""
    types = sorted(catalog.profiles.values(), key=lambda profile: profile.place)
    shown_by = (
        profile.type
        for profile in types
        if metric.id in {*profile.columns, *(line.metric for line in profile.all_lines())}
    )
    return next(shown_by, types[0].type)


def _is_close(value: float | int | None, expected: float | None, tolerance: float) -> bool:
    if value is None or expected is None:
        return value is None and expected is None
    return abs(value - expected) <= tolerance


def _said(value: float | int | None) -> str:
    return "no data" if value is None else f"{value:g}"
