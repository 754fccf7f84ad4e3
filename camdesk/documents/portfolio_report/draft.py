"""The desk a report is drafted on: the day, the partners in view, and what has been frozen so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, select

from camdesk.documents.drafting.freezing import RECORDS_SHOWN, Freezer, plain
from camdesk.documents.drafting.rows import PartnerRows, Row
from camdesk.documents.model import Cell, FrozenFigure, FrozenRecord, Span, Tone
from camdesk.documents.portfolio_report.known import Amount, ReportFacts
from camdesk.insight.insight import Insight
from camdesk.insight.results import Partner, Unit
from camdesk.insight.wording import DASH, write
from camdesk.portfolio.entities import ENTITIES
from camdesk.store.tables import CURRENT


@dataclass(frozen=True)
class InView:
    """The partners in view, their records, and what has been frozen of them so far."""

    insight: Insight
    partners: tuple[Partner, ...]

    @cached_property
    def frozen(self) -> Freezer:
        return Freezer(self.insight, "", PartnerRows(self.insight.workspace.database, ""))

    @cached_property
    def names(self) -> dict[str, str]:
        return {partner.partner_id: partner.name for partner in self.partners}

    def rows(self, entity: str, *conditions: ColumnElement[bool]) -> tuple[Row, ...]:
        """Return the current records of the partners in view that meet all conditions."""
        table = CURRENT[entity]
        query = select(table).where(*conditions).order_by(table.c[ENTITIES[entity].key], table.c.source)
        with self.insight.workspace.database.read() as connection:
            found = connection.execute(query).mappings()
            return tuple(dict(row) for row in found if row["partner_id"] in self.names)

    def write(self, value: Amount, unit: Unit) -> str:
        return DASH if value is None else write(value, unit, currency=self.frozen.currency)

    def money(self, value: Amount) -> str:
        return self.write(value, Unit.MONEY)


@dataclass(frozen=True)
class Report(InView):
    known: ReportFacts

    def cell(self, value: Amount, unit: Unit, key: str, *, tone: Tone = "", strong: bool = False) -> Cell:
        """Return a value tied to the figure that lists it; a dash where nothing is known."""
        tied = None if value is None else key
        return Cell((Span(self.write(value, unit), tied),), tone, strong)

    def keep(
        self,
        key: str,
        title: str,
        definition: str,
        *,
        value: Amount,
        unit: Unit,
        parts: Iterable[tuple[str, str, Amount]],
        kind: str = "partner",
    ) -> str:
        """Keep a figure of the whole with its parts, (id, name, value) each, the largest first."""
        known: Sequence[tuple[str, str, Amount]] = [part for part in parts if part[2] is not None]
        ranked = sorted(known, key=lambda part: (-(part[2] or 0), part[1]))
        currency = self.frozen.currency
        return self.frozen.keep(
            FrozenFigure(
                key=key,
                title=title,
                metric=None,
                value=plain(value),
                written=write(value, unit, currency=currency, full=True),
                also=(),
                window="",
                as_of=self.insight.as_of,
                n=len(ranked),
                definition=definition,
                records=tuple(
                    FrozenRecord(part_id, name, "", write(amount, unit, currency=currency, full=True))
                    for part_id, name, amount in ranked[:RECORDS_SHOWN]
                ),
                record_kind=kind,
            )
        )
