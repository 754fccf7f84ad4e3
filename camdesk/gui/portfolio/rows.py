"""The portfolio report as table rows, by type and as one list. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from camdesk.desk.reports import ColumnHead, PortfolioReport, PortfolioRow, TypeSection
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.values import figure_cell, score_cell, trend_cell
from camdesk.insight.results import Partner, Unit
from camdesk.insight.wording import DASH, NO_DATA, write

_PARTNER = Column("Partner", Kind.TEXT, strong=True)
_TIER = Column("Tier", Kind.BADGE)
_SCORE = Column("Score", Kind.SCORE, "0 to 100, by what this type is judged on", descending_first=True)
_TREND = Column("8 quarters", Kind.TREND, "The score at the last eight quarter ends", descending_first=True)
_ALERTS = Column("Alerts", Kind.NUMBER, "Open alerts", descending_first=True)

LIST_COLUMNS = (
    _PARTNER,
    _TIER,
    _SCORE,
    _TREND,
    Column("Type", Kind.TEXT),
    Column("Stage", Kind.TEXT),
    Column("Outcomes", Kind.NUMBER, "Points for what the partnership produced", descending_first=True),
    Column("Leading", Kind.NUMBER, "Points for what comes before the outcomes", descending_first=True),
    Column("Data", Kind.NUMBER, "How much of what counts is known", descending_first=True),
    Column("Rank", Kind.NUMBER, "Place within its type, from eight partners on"),
    _ALERTS,
)

_DARK = "dark: no commercial event lately"

FIXED_COLUMNS = 5
"""Columns of every table beside its figures: partner, tier, score, 8 quarters, alerts."""


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A table of the portfolio before it is made; `rows` works its cells out when they are needed."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[], list[GridRow]]


def by_type(report: PortfolioReport) -> list[SectionSpec]:
    """Return a table for each type, with its own columns."""
    return [
        SectionSpec(
            section.type,
            section.plural,
            f"judged on {section.judged_on}",
            type_columns(section),
            partial(type_rows, section, currency=report.base_currency),
        )
        for section in report.sections
    ]


def one_list(report: PortfolioReport) -> list[SectionSpec]:
    """Return one table of all partners."""
    return [SectionSpec("", "All partners", "", LIST_COLUMNS, partial(list_rows, report))]


def type_columns(section: TypeSection) -> tuple[Column, ...]:
    """Return the columns of one type's table."""
    return (_PARTNER, _TIER, _SCORE, _TREND, *map(_metric_column, section.columns), _ALERTS)


def type_rows(section: TypeSection, *, currency: str) -> list[GridRow]:
    """Return the rows of one type's table."""
    return [
        GridRow(
            row.partner.partner_id, (*_first_cells(row), *_metric_cells(row, section, currency), _alerts(row))
        )
        for row in section.rows
    ]


def list_rows(report: PortfolioReport) -> list[GridRow]:
    """Return every partner in one list, the report's order kept."""
    return [
        GridRow(row.partner.partner_id, (*_first_cells(row), *_list_cells(row, section), _alerts(row)))
        for section in report.sections
        for row in section.rows
    ]


def matching(rows: Sequence[GridRow], words: str) -> list[GridRow]:
    """Return the rows that hold every one of `words` in the partner's own columns."""
    wanted = words.casefold().split()
    if not wanted:
        return list(rows)
    return [row for row in rows if all(word in _searched(row) for word in wanted)]


def summary(report: PortfolioReport) -> str:
    """Return the portfolio in one line; what nobody knows is left out."""
    figures, currency = report.figures, report.base_currency
    parts = []
    if figures.enrolled is not None and figures.active is not None:
        parts += [f"{figures.enrolled:,} enrolled", f"{figures.active:,} active"]
    if figures.active_rate is not None:
        parts.append(f"{write(figures.active_rate, Unit.PERCENT, currency=currency)} active rate")
    if figures.dark:
        parts.append(f"{figures.dark:,} dark")
    if figures.revenue_per_active_partner is not None:
        money = write(figures.revenue_per_active_partner, Unit.MONEY, currency=currency)
        parts.append(f"{money} revenue per active partner")
    if figures.retention is not None:
        parts.append(f"{write(figures.retention, Unit.PERCENT, currency=currency)} retained")
    return " · ".join(parts)


def quarter_line(report: PortfolioReport) -> str:
    """Return the quarter's number in one line, or nothing where no part of it is known."""
    quarter = report.quarter
    parts = [
        f"{name} {write(value, Unit.MONEY, currency=report.base_currency)}"
        for name, value in (
            ("target", quarter.target),
            ("booked", quarter.booked),
            ("commit", quarter.commit),
            ("best case", quarter.best_case),
            ("gap", quarter.gap),
        )
        if value is not None
    ]
    return f"{quarter.title}: {' · '.join(parts)}" if parts else ""


def _metric_column(head: ColumnHead) -> Column:
    return Column(head.title, Kind.NUMBER, head.long_title, descending_first=head.better != "lower")


def _first_cells(row: PortfolioRow) -> tuple[GridCell, ...]:
    partner = row.partner
    score = score_cell(
        row.score,
        provisional=row.provisional,
        enough_data=row.enough_data,
        onboarding=row.onboarding,
        coverage=row.coverage,
    )
    return _name(partner), _tier(row), score, trend_cell(row.score_history)


def _name(partner: Partner) -> GridCell:
    facts = [
        partner.name,
        partner.partner_id,
        partner.region or "",
        partner.country or "",
        f"class {partner.attention}",
    ]
    if partner.dark:
        facts.append(_DARK)
    return GridCell(partner.name, partner.name, " · ".join(filter(None, facts)), strong=True)


def _tier(row: PortfolioRow) -> GridCell:
    tier = row.partner.tier or ""
    return GridCell(tier, tier or None, "" if tier else "no tier", spoken=tier or "no tier")


def _metric_cells(row: PortfolioRow, section: TypeSection, currency: str) -> list[GridCell]:
    return [
        figure_cell(
            cell.value,
            head.unit,
            currency=currency,
            points=cell.points,
            note="target assumed" if cell.assumed else "",
        )
        for cell, head in zip(row.cells, section.columns, strict=True)
    ]


def _list_cells(row: PortfolioRow, section: TypeSection) -> tuple[GridCell, ...]:
    stage = row.partner.stage.capitalize()
    where = GridCell(stage, stage, stage)
    if row.partner.dark:  # what matters more, in a column too narrow for both
        where = GridCell("Dark", "Dark", f"{stage} · {_DARK}", Tone.WARN)
    rank = (
        GridCell(f"{row.rank} of {row.ranked}", row.rank)
        if row.rank is not None
        else GridCell(DASH, None, "ranked from eight partners of a type on", Tone.FAINT)
    )
    return (
        GridCell(section.short_title, section.short_title, section.title),
        where,
        _points(row.outcome, judged=_judged(row)),
        _points(row.leading, judged=_judged(row)),
        GridCell(f"{row.coverage:.0%}", row.coverage),
        rank,
    )


def _judged(row: PortfolioRow) -> bool:
    return row.enough_data and not row.onboarding


def _points(points: float | None, *, judged: bool) -> GridCell:
    if points is None or not judged:
        return GridCell(DASH, None, NO_DATA, Tone.FAINT, spoken=NO_DATA)
    return figure_cell(round(points), Unit.POINTS, currency="", points=points)


def _alerts(row: PortfolioRow) -> GridCell:
    tone = Tone.NORMAL if row.alerts else Tone.FAINT
    return GridCell(str(row.alerts), row.alerts, tone=tone, strong=row.alerts > 0, copied=str(row.alerts))


def _searched(row: GridRow) -> str:
    name, tier = row.cells[0], row.cells[1]
    return f"{name.text} {name.tooltip} {tier.text} {tier.tooltip}".casefold()
