"""Figures taken out of time: each with its definition, window and records, kept under one key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from camdesk.base import money
from camdesk.documents.drafting.rows import LABEL_LENGTH, PartnerRows, Row, amount, day_of, label_of
from camdesk.documents.model import FrozenFigure, FrozenRecord, Span
from camdesk.documents.phrases import clipped, record_of
from camdesk.insight.insight import Insight
from camdesk.insight.results import Evidence, EvidenceRecord, ScoreLine, Unit
from camdesk.insight.wording import DASH, write, write_day
from camdesk.portfolio.entities import ENTITIES

RECORDS_SHOWN = 20
ID_LENGTH = 18


class Freezer:
    """Collects the figures of one document in the order in which they are first used."""

    def __init__(self, insight: Insight, partner_id: str, rows: PartnerRows) -> None:
        self._insight = insight
        self._partner_id = partner_id
        self._rows = rows
        self._figures: dict[str, FrozenFigure] = {}
        self._evidence: dict[tuple[str, date], Evidence] = {}
        self._lists: dict[str, tuple[EvidenceRecord, ...]] = {}
        self.currency = insight.settings.base_currency

    @property
    def figures(self) -> tuple[FrozenFigure, ...]:
        return tuple(self._figures.values())

    def evidence(self, metric: str, *, on: date) -> Evidence:
        """Return a figure's evidence on a day; read once, since sentences ask again for what tables show."""
        if (metric, on) not in self._evidence:
            self._evidence[metric, on] = self._insight.evidence(self._partner_id, metric, day=on)
        return self._evidence[metric, on]

    def metric(self, metric: str, *, on: date, line: ScoreLine | None = None) -> FrozenFigure:
        """Return a metric's figure on a day, frozen once; `line` adds its target and earlier values."""
        key = f"{metric}-{on.isoformat()}"
        if key not in self._figures:
            evidence = self.evidence(metric, on=on)
            self._figures[key] = FrozenFigure(
                key=key,
                title=evidence.title,
                metric=metric,
                value=plain(evidence.value),
                written=write(evidence.value, evidence.unit, currency=self.currency, full=True),
                also=() if line is None else self._also(line),
                window=_window(evidence),
                as_of=on,
                n=evidence.n,
                definition=evidence.definition,
                records=self._records(evidence),
                record_kind=_kind(evidence),
                short=self.write(evidence.value, evidence.unit),
            )
        return self._figures[key]

    def span(self, metric: str, *, on: date) -> Span:
        """Return a metric's value as a column shows it, tied to its frozen figure."""
        figure = self.metric(metric, on=on)
        return Span(self.write(figure.value, self._insight.catalog.metrics[metric].unit), figure.key)

    def write(self, value: float | int | None, unit: Unit) -> str:
        return write(value, unit, currency=self.currency)

    def kept(self, key: str) -> FrozenFigure:
        return self._figures[key]

    def write_in_full(self, value: float | int | None, unit: Unit) -> str:
        """Return a value to its last decimal, as the annex has it."""
        return write(value, unit, currency=self.currency, full=True)

    def keep(self, figure: FrozenFigure) -> str:
        """Keep a figure made elsewhere, such as the score; return its key."""
        return self._figures.setdefault(figure.key, figure).key

    def listed(
        self,
        key: str,
        title: str,
        definition: str,
        entity: str,
        rows: Sequence[Row],
        *,
        on: date,
        money_column: str | None = None,
        window: str = "",
    ) -> str:
        """Keep a list of records as a figure of its own and return its key: its value is sum or number."""
        schema = ENTITIES[entity]
        self._lists.setdefault(
            key, tuple(EvidenceRecord(entity, str(row[schema.key]), None, None) for row in rows)
        )
        total = sum(amount(row, money_column) for row in rows) if money_column else len(rows)
        unit = Unit.MONEY if money_column else Unit.COUNT
        records = tuple(
            FrozenRecord(
                clipped(str(row[schema.key]), ID_LENGTH),
                label_of(schema, row),
                day_of(schema, row),
                self._amount(row, money_column),
            )
            for row in rows[:RECORDS_SHOWN]
        )
        written = write(total, unit, currency=self.currency, full=True)
        kind = record_of(schema.title)
        return self.keep(
            FrozenFigure(
                key,
                title,
                None,
                total,
                written,
                (),
                window,
                on,
                len(rows),
                definition,
                records,
                kind,
                short=self.write(total, unit),
            )
        )

    def listed_records(self, key: str) -> tuple[EvidenceRecord, ...]:
        """Return all records of a list that was kept, also those that a page has no room for."""
        return self._lists.get(key, ())

    def _amount(self, row: Row, money_column: str | None) -> str:
        if money_column is None:
            return ""
        known = row[f"{money_column}_base"] is not None
        return money.exact(amount(row, money_column), self.currency) if known else "no amount"

    def _also(self, line: ScoreLine) -> tuple[tuple[str, str], ...]:
        parts: list[tuple[str, str]] = []
        if line.target is not None:
            assumed = " (assumed)" if line.target.assumed else ""
            parts.append(("target", f"{self.write(line.target.value, line.unit)}{assumed}"))
        earlier = (("prior quarter", line.previous_value), ("year ago", line.year_ago_value))
        parts += [(what, self.write(value, line.unit)) for what, value in earlier if value is not None]
        if line.median is not None:
            parts.append(("same-type median", self.write(line.median, line.unit)))
        return tuple(parts)

    def _records(self, evidence: Evidence) -> tuple[FrozenRecord, ...]:
        first = sorted(evidence.records, key=_by_weight)[:RECORDS_SHOWN]
        by_entity: dict[str, list[str]] = {}
        for record in first:
            by_entity.setdefault(record.entity, []).append(record.record_id)
        found = {
            entity: self._rows.find(entity, ids) for entity, ids in by_entity.items() if entity in ENTITIES
        }
        rows = [found.get(record.entity, {}).get(record.record_id) for record in first]
        pairs = list(zip(first, rows, strict=True))
        in_money = evidence.unit is Unit.MONEY or any(_is_money(record, row) for record, row in pairs)
        return tuple(self._frozen(record, row, in_money=in_money) for record, row in pairs)

    def _frozen(self, record: EvidenceRecord, row: Row | None, *, in_money: bool) -> FrozenRecord:
        if row is None:
            what = clipped(record.entity.replace("_", " "), LABEL_LENGTH)
            return FrozenRecord(
                clipped(record.record_id, ID_LENGTH), what, "", self._counts(record, in_money)
            )
        schema = ENTITIES[record.entity]
        # A line another partner reported about this one: its id may name the other.
        own = row.get("partner_id") == self._partner_id
        record_id = clipped(record.record_id, ID_LENGTH) if own else "via distribution"
        return FrozenRecord(
            record_id, label_of(schema, row), day_of(schema, row), self._counts(record, in_money)
        )

    def _counts(self, record: EvidenceRecord, in_money: bool) -> str:
        parts = [part for part in (record.n, record.d) if part is not None]
        written = [clipped(self._number(part, in_money), 24) for part in parts]
        if record.n is None and record.d is not None:
            return f"of {written[0]}"
        return " of ".join(written) or DASH

    def _number(self, value: float | int | str, in_money: bool) -> str:
        if isinstance(value, str):
            return value
        if in_money:
            return money.exact(value, self.currency)
        return f"{value:,.2f}".rstrip("0").rstrip(".")


def size_of(record: EvidenceRecord) -> float:
    """Return how much a record weighs in its figure: its n, else its d; a key weighs nothing."""
    parts: tuple[object, ...] = (record.n, record.d)
    return next((abs(part) for part in parts if isinstance(part, int | float) and part), 0)


def plain(value: float | int | None) -> float | int | None:
    """Return a whole number as an integer: a figure just made and the same one stored are one value."""
    return int(value) if value is not None and value == int(value) else value


def _by_weight(record: EvidenceRecord) -> tuple[float, str, str]:
    return (-size_of(record), record.entity, record.record_id)


def _is_money(record: EvidenceRecord, row: Row | None) -> bool:
    if row is None:
        return False
    bases = {row[f"{name}_base"] for name in ENTITIES[record.entity].money} - {None, 0}
    return record.n in bases or record.d in bases


def _window(evidence: Evidence) -> str:
    if evidence.window_start is None:
        return ""
    return f"{write_day(evidence.window_start)} to {write_day(evidence.window_end)}"


def _kind(evidence: Evidence) -> str:
    entities = {record.entity for record in evidence.records}
    only = ENTITIES.get(entities.pop()) if len(entities) == 1 else None
    return record_of(only.title) if only else "record"
