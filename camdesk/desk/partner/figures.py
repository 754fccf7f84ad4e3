"""A figure opened for a person: its definition, its trend, and its records as readable tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, text

from camdesk.base import money
from camdesk.desk.reports import FigureReport, RecordTable
from camdesk.insight.insight import Insight
from camdesk.insight.results import Evidence, EvidenceRecord, Unit
from camdesk.insight.wording import NO_DATA, write, write_day
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Entity, Kind

SHOWN_COLUMNS = 8
_LEFT_OUT = frozenset(
    {"partner_id", "currency", "owner_email", "opportunity_id", "campaign_id", "deal_id", "fund_id"}
)
_ABBREVIATIONS = frozenset({"csat"})
_NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.RATE)


def report(insight: Insight, partner_id: str, metric: str) -> FigureReport:
    """Return a partner's figure with its records, newest first."""
    evidence = insight.evidence(partner_id, metric)
    trend = [(day, insight.figures(day).value(partner_id, metric)) for day in insight.quarter_ends]
    if insight.quarter_ends[-1] != insight.as_of:
        trend.append((insight.as_of, evidence.value))
    return FigureReport(
        metric,
        evidence.title,
        write(evidence.value, evidence.unit, currency=insight.settings.base_currency, full=True),
        evidence.n,
        evidence.definition,
        window_words(evidence),
        record_tables(insight, evidence.records),
        tuple(trend),
        evidence.unit,
    )


def window_words(evidence: Evidence) -> str:
    """Return the days a figure looks at."""
    if evidence.window_start is None or evidence.window_start == evidence.window_end:
        return f"as of {write_day(evidence.window_end)}"
    return f"{write_day(evidence.window_start)} to {write_day(evidence.window_end)}"


def record_tables(
    insight: Insight, records: Sequence[EvidenceRecord], *, names: Mapping[str, str] | None = None
) -> tuple[RecordTable, ...]:
    """Return the records as a person reads them, one table per entity, the newest first.

    `names` of partners by id put whose record it is in front: for records of several partners.
    """
    by_entity: dict[str, list[str]] = {}
    for record in records:
        by_entity.setdefault(record.entity, []).append(record.record_id)
    return tuple(
        _table(insight, name, list(dict.fromkeys(ids)), records=records, names=names)
        for name, ids in by_entity.items()
    )


def _table(
    insight: Insight,
    name: str,
    ids: Sequence[str],
    *,
    records: Sequence[EvidenceRecord],
    names: Mapping[str, str] | None,
) -> RecordTable:
    entity = ENTITIES.get(name)
    rows = _rows(insight, entity, ids) if entity is not None else []
    if entity is None or not rows:
        return _bare(name, ids, records, insight.settings.base_currency)
    if entity.own_day:
        rows.sort(key=lambda row: str(row[entity.own_day or ""] or ""), reverse=True)
    made = table_of(insight, entity, rows)
    return made if names is None else _with_partners(made, [names.get(row["partner_id"], "") for row in rows])


def _with_partners(table: RecordTable, partners: Sequence[str]) -> RecordTable:
    """Return a table with whose record each row is in front."""
    rows = zip(partners, table.rows, strict=True)
    orders = zip(partners, table.orders, strict=True)
    return replace(
        table,
        heads=("Partner", *table.heads),
        numeric=(False, *table.numeric),
        rows=tuple((partner, *cells) for partner, cells in rows),
        orders=tuple((partner, *cells) for partner, cells in orders),
    )


def table_of(
    insight: Insight, entity: Entity, rows: Sequence[Mapping[str, Any]], *, first: Sequence[str] = ()
) -> RecordTable:
    """Return rows of an entity as they come; columns of which no row has anything are left out.

    `first` names the columns that come first, the id then comes last; without, the schema's order holds.
    """
    named = [entity.by_name[name] for name in first]
    rest = [*entity.columns[1:], entity.columns[0]] if first else entity.columns
    named += [column for column in rest if column not in named and column.name not in _LEFT_OUT]
    columns = [column for column in named if any(row[column.name] is not None for row in rows)]
    columns = columns[:SHOWN_COLUMNS]
    return RecordTable(
        entity.name,
        entity.title,
        tuple(heading(column.name) for column in columns),
        tuple(column.kind in _NUMBERS for column in columns),
        tuple(tuple(_written(row, column, insight) for column in columns) for row in rows),
        tuple(str(row[entity.key]) for row in rows),
        tuple(tuple(_order(row, column) for column in columns) for row in rows),
        tuple(row.get("url") for row in rows),
    )


def _order(row: Mapping[str, Any], column: Column) -> float | int | str | None:
    """Return what a cell sorts by: amounts in base currency, days as they are stored."""
    value: float | int | str | None = row[f"{column.name}_base" if column.kind is Kind.MONEY else column.name]
    return float(value) if value is not None and column.kind is Kind.RATE else value


def _bare(name: str, ids: Sequence[str], records: Sequence[EvidenceRecord], currency: str) -> RecordTable:
    """Return what a figure rests on that is no record: an assumed target, a tier's requirement."""
    title = name.replace("_", " ").capitalize()
    put_in = {record.record_id: record.d if record.d is not None else record.n for record in records}
    unit = Unit.MONEY if name == "targets" else Unit.COUNT
    rows = tuple((record_id, _number(put_in[record_id], unit, currency)) for record_id in ids)
    return RecordTable(name, title, ("", "Counts as"), (False, True), rows, tuple(ids))


def _number(value: float | int | str | None, unit: Unit, currency: str) -> str:
    return str(value) if isinstance(value, str) else write(value, unit, currency=currency, full=True)


def _rows(insight: Insight, entity: Entity, ids: Sequence[str]) -> list[Mapping[str, Any]]:
    # Where several sources deliver an entity, an id reads `source:id`.
    plain = {record_id.partition(":")[2] for record_id in ids if ":" in record_id}
    statement = text(f"SELECT * FROM {entity.name} WHERE {entity.key} IN :ids").bindparams(
        bindparam("ids", expanding=True)
    )
    found: list[Mapping[str, Any]] = []
    wanted = [*ids, *plain]
    with insight.workspace.database.read() as connection:
        for start in range(0, len(wanted), 500):
            rows = connection.execute(statement, {"ids": wanted[start : start + 500]}).mappings()
            found.extend(dict(row) for row in rows)
    told_apart = set(ids)
    return [
        row
        for row in found
        if row[entity.key] in told_apart or f"{row['source']}:{row[entity.key]}" in told_apart
    ]


def heading(name: str) -> str:
    """Return a column's name as a person reads it: `booked_on` → Booked."""
    words = name
    for ending in ("_on", "_at", "_id"):
        words = words.removesuffix(ending)
    if words in _ABBREVIATIONS:
        return words.upper()
    return words.replace("_", " ").capitalize()


def _written(row: Mapping[str, Any], column: Column, insight: Insight) -> str:
    value = row[column.name]
    if value is None:
        return NO_DATA if column.kind is Kind.MONEY else ""
    match column.kind:
        case Kind.MONEY:
            return money.exact(value, row.get("currency") or insight.settings.base_currency)
        case Kind.DATE:
            return write_day(date.fromisoformat(value))
        case Kind.MONTH:
            return f"{date.fromisoformat(value):%b %Y}"
        case Kind.INSTANT:
            return f"{write_day(date.fromisoformat(value[:10]))} {value[11:16]}"
        case Kind.FLAG:
            return "yes" if value else "no"
        case Kind.CHOICE:
            return str(value).replace("_", " ")
        case Kind.NUMBER:
            return f"{value:g}"
        case _:
            return str(value)
