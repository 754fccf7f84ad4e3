"""Reads a part of a partner's page: by the same sections as its review, so that both say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from camdesk.base.errors import NotFoundError
from camdesk.desk.partner import part_charts
from camdesk.desk.partner.figures import record_tables, report, table_of
from camdesk.desk.partner.parts import PARTS, Listing, Part, PartFigure, PartReport
from camdesk.desk.reports import FigureReport, RecordTable
from camdesk.documents.drafting import funds, pipeline, skills
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.freezing import Freezer
from camdesk.documents.drafting.opening import open_draft
from camdesk.documents.drafting.review import TYPE_SECTIONS
from camdesk.documents.drafting.rows import PartnerRows, Row
from camdesk.documents.model import FrozenFigure, Missing, Section
from camdesk.insight.insight import Insight
from camdesk.insight.results import EvidenceRecord, Unit
from camdesk.insight.wording import write_day
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Entity


def read(insight: Insight, partner_id: str, key: str) -> PartReport:
    """Return a part of a partner's page as of the day."""
    part = _part(key)
    sections, freezer = _drafted(insight, partner_id, part)
    rows = PartnerRows(insight.workspace.database, partner_id)
    tables = (_table(insight, rows, listing) for listing in part.lists)
    return PartReport(
        key,
        part.title,
        insight.as_of,
        sections,
        tuple(PartFigure(figure.key, figure.title) for figure in freezer.figures),
        tuple(table for table in tables if table.rows),
    )


def open_figure(insight: Insight, partner_id: str, key: str, figure_key: str) -> FigureReport:
    """Return a figure of a part with all its records, not only the first that a page has room for."""
    _, freezer = _drafted(insight, partner_id, _part(key))
    figure = next((one for one in freezer.figures if one.key == figure_key), None)
    if figure is None:
        raise NotFoundError("That figure is not there any more.", "Open the partner again.")
    if figure.metric is not None and figure.as_of == insight.as_of:
        return report(insight, partner_id, figure.metric)
    if figure.metric is not None:
        evidence = insight.evidence(partner_id, figure.metric, day=figure.as_of)
        return opened_figure(insight, figure, evidence.records, evidence.unit)
    listed = freezer.listed_records(figure_key)
    opened = opened_figure(insight, figure, listed, Unit.COUNT)
    return opened if listed else replace(opened, tables=_frozen_table(figure))


def open_records(insight: Insight, title: str, records: Iterable[tuple[str, str]]) -> FigureReport:
    """Return records, by entity and id, as a figure opens them: what a sentence rests on."""
    found = tuple(EvidenceRecord(entity, record_id, None, None) for entity, record_id in records)
    return FigureReport("", title, "", len(found), "", "", record_tables(insight, found), (), Unit.COUNT)


_OPEN = frozenset({"open", "planned", "active"})


def _part(key: str) -> Part:
    part = next((one for one in PARTS if one.key == key), None)
    if part is None:
        raise NotFoundError(f"There is no part {key}.", f"There are: {', '.join(one.key for one in PARTS)}.")
    return part


def _drafted(insight: Insight, partner_id: str, part: Part) -> tuple[tuple[Section, ...], Freezer]:
    """Return the sections that say something or that one of the partner's types asks for."""
    with insight.kept_runs():
        quarter = insight.settings.calendar.quarter(insight.as_of)
        draft = open_draft(insight, partner_id, period=quarter)
        named = {name for profile in draft.hats for name in profile.sections}
        drafted = [_SECTIONS[name](draft) for name in part.sections]
    telling = [one for one in drafted if any(not isinstance(block, Missing) for block in one.blocks)]
    if part.common and not telling:
        return tuple(drafted[:1]), draft.frozen  # which says what is missing
    return tuple(one for one in drafted if one in telling or one.name in named), draft.frozen


def _skills(draft: Draft) -> Section:
    return skills.section(draft, draft.insight.tier_state(draft.partner.partner_id))


_SECTIONS: dict[str, Callable[[Draft], Section]] = TYPE_SECTIONS | {
    "pipeline": pipeline.section,
    "funds": funds.section,
    "skills": _skills,
    "recurring-revenue-by-month": part_charts.revenue_by_month,
}


def _table(insight: Insight, rows: PartnerRows, listing: Listing) -> RecordTable:
    found: Iterable[Row] = rows.of(listing.entity)
    if listing.only is not None:
        column, word = listing.only
        found = [row for row in found if row[column] == word]
    entity = ENTITIES[listing.entity]
    return table_of(insight, entity, _open_first(tuple(found), entity), first=listing.first)


def _open_first(rows: Sequence[Row], entity: Entity) -> list[Row]:
    """Return rows that are still open in front, the next to fall due first; the others newest first."""
    if entity.own_day is None:
        return sorted(rows, key=lambda row: not row.get("is_primary"))
    ordered = sorted(rows, key=lambda row: str(row[entity.own_day or ""] or ""), reverse=True)
    due = "expected_close_on" if "expected_close_on" in entity.by_name else "due_on"
    if "status" not in entity.by_name or due not in entity.by_name:
        return ordered
    waiting = [row for row in ordered if row["status"] in _OPEN]
    waiting.sort(key=lambda row: row[due] or "9999")
    return waiting + [row for row in ordered if row["status"] not in _OPEN]


def _frozen_table(figure: FrozenFigure) -> tuple[RecordTable, ...]:
    """Return what a figure rests on that are no records: requirements, other figures."""
    if not figure.records:
        return ()
    rows = tuple((one.label, one.day, one.amount) for one in figure.records)
    ids = tuple(f"{place}" for place in range(len(rows)))
    return (
        RecordTable("", "What it rests on", ("What", "Day", "Counts as"), (False, False, True), rows, ids),
    )


def opened_figure(
    insight: Insight, figure: FrozenFigure, records: Sequence[EvidenceRecord], unit: Unit
) -> FigureReport:
    return FigureReport(
        figure.metric or "",
        figure.title,
        figure.written,
        figure.n,
        figure.definition,
        figure.window or f"as of {write_day(figure.as_of)}",
        record_tables(insight, records),
        (),
        unit,
    )
