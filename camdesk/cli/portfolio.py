"""The portfolio by type, each type with its own columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import output, values
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.survival import DARK, WITHIN_DAYS
from camdesk.insight.wording import DASH, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from camdesk.desk.reports import PortfolioReport, PortfolioRow, QuarterFigures, TypeSection
    from camdesk.insight.results import ProgrammeFigures
    from camdesk.insight.survival import PartnerOdds

BANDS = {"red": "red", "amber": "yellow", "green": "green"}
All = Annotated[bool, typer.Option("--all", help="Everybody's partners, not only your own.")]


def register(app: typer.Typer) -> None:
    app.command("portfolio")(show)


def show(context: typer.Context, everybody: All = False, as_json: AsJson = False) -> None:
    """Show the portfolio by partner type."""
    session = session_of(context)
    with session.desk() as desk:
        report = desk.portfolio(mine=not everybody)
    session.answer(report, body=body, tell=tell)


def body(report: PortfolioReport) -> dict[str, Any]:
    """Return the report as JSON has it."""
    return {
        "as_of": values.day(report.as_of),
        "base_currency": report.base_currency,
        "mine_only": report.mine_only,
        **figures_body(report.figures),
        "quarter": quarter_body(report.quarter),
        "types": [
            {
                "type": section.type,
                **figures_body(section.figures),
                "quarter": quarter_body(section.quarter),
            }
            for section in report.sections
        ],
        "partners": [_partner(row) for section in report.sections for row in section.rows],
    }


def figures_body(figures: ProgrammeFigures) -> dict[str, Any]:
    return {
        "enrolled": figures.enrolled,
        "active": figures.active,
        "active_rate": figures.active_rate,
        "activation_rate": figures.activation_rate,
        "revenue_per_active_partner": values.amount(figures.revenue_per_active_partner),
        "retention": figures.retention,
        "dark": figures.dark,
        "contribution": values.amount(figures.contribution),
        "time_to_first_revenue": figures.time_to_first_revenue,
        "active_retention": figures.active_retention,
        "top_ten_share": figures.top_ten_share,
    }


def odds_body(odds: PartnerOdds | None) -> dict[str, Any] | None:
    """Return the odds of business in the next 90 days as JSON has them; null where nobody asks."""
    if odds is None:
        return None
    return {
        "kind": odds.kind,
        "days": odds.days,
        "within_days": WITHIN_DAYS,
        "value": odds.odds.value,
        "known": odds.odds.spells,
        "at_risk": odds.odds.at_risk,
        "because": odds.odds.because,
    }


def odds_in_words(odds: PartnerOdds) -> str:
    """Return `Odds of business within 90 days: 31%, from 46 silences longer than this`."""
    if odds.odds.value is None:
        return f"Odds of business unknown: {odds.odds.because}"
    lasted = output.counted(odds.odds.at_risk, "silence" if odds.kind == DARK else "start")
    return (
        f"Odds of business within {WITHIN_DAYS} days: {odds.odds.value:.0%}, from {lasted} longer than this"
    )


def quarter_body(quarter: QuarterFigures) -> dict[str, Any]:
    return {
        "title": quarter.title,
        "days_left": quarter.days_left,
        "target": values.amount(quarter.target),
        "booked": values.amount(quarter.booked),
        "commit": values.amount(quarter.commit),
        "best_case": values.amount(quarter.best_case),
        "gap": values.amount(quarter.gap),
    }


def _partner(row: PortfolioRow) -> dict[str, Any]:
    partner = row.partner
    return {
        "partner_id": partner.partner_id,
        "name": partner.name,
        "type": partner.type,
        "tier": partner.tier,
        "class": partner.attention,
        "stage": partner.stage,
        "stage_reason": partner.stage_reason,
        "stage_derived": partner.stage_derived,
        "derived_stage": partner.derived_stage,
        "dark": partner.dark,
        "odds": odds_body(row.odds),
        "score": row.score,
        "band": row.band.value if row.band else None,
        "provisional": row.provisional,
        "outcome": row.outcome,
        "leading": row.leading,
        "coverage": row.coverage,
        "rank": row.rank,
        "of": row.ranked,
        "quartile": row.quartile,
        "computed_score": row.computed_score,
        "alerts": row.alerts,
    }


def tell(report: PortfolioReport) -> None:
    """Write the portfolio as a person reads it."""
    currency = report.base_currency
    count = sum(len(section.rows) for section in report.sections)
    if not count:
        output.line(
            "There are no partners here yet."
            + (
                " Others' partners: camdesk portfolio --all"
                if report.mine_only
                else " Bring some in: camdesk sync"
            )
        )
        return
    whose = "your partners" if report.mine_only else "all partners"
    figures = report.figures
    standing = (
        "who was enrolled or active is not known before the first sync"
        if figures.enrolled is None
        else f"{figures.active} of {figures.enrolled} enrolled active, {figures.dark} dark"
    )
    output.line(f"{output.counted(count, 'partner')} ({whose}), {standing}")
    output.line(_in_one_line(report.quarter, currency))
    for section in report.sections:
        output.heading(f"{section.plural} ({len(section.rows)}), judged on {section.judged_on}")
        output.table(_columns(section), [_row(section, row, currency) for row in section.rows])
    output.line()
    output.line("~ provisional score   open: alerts   * against an assumed target   – not scored   (d) dark")


def _in_one_line(quarter: QuarterFigures, currency: str) -> str:
    from camdesk.insight.results import Unit

    parts = {
        "target": quarter.target,
        "booked": quarter.booked,
        "commit": quarter.commit,
        "best case": quarter.best_case,
        "gap": quarter.gap,
    }
    said = ", ".join(
        f"{name} {write(amount, Unit.MONEY, currency=currency)}" for name, amount in parts.items()
    )
    return f"{quarter.title}: {said}, {output.counted(quarter.days_left, 'day')} left"


def _columns(section: TypeSection) -> Sequence[output.Column]:
    return [
        output.Column("Partner", clipped=True),
        output.Column("Score", right=True),
        output.Column("Band", styles=BANDS),
        output.Column("Open", right=True),
        *(output.Column(head.title, right=True) for head in section.columns),
    ]


def _row(section: TypeSection, row: PortfolioRow, currency: str) -> Sequence[str]:
    cells = [
        (DASH if cell.value is None else write(cell.value, head.unit, currency=currency))
        + ("*" if cell.assumed and cell.value is not None else "")
        for head, cell in zip(section.columns, row.cells, strict=True)
    ]
    name = f"{row.partner.partner_id} {row.partner.name}{' (d)' if row.partner.dark else ''}"
    return [name, score_of(row.score, provisional=row.provisional), band_of(row), str(row.alerts), *cells]


def score_of(score: float | None, *, provisional: bool) -> str:
    """Return a score as a table shows it."""
    return DASH if score is None else f"{'~' if provisional else ''}{score:.0f}"


def band_of(row: PortfolioRow) -> str:
    if row.onboarding:
        return "onboard"
    return row.band.value if row.band else DASH
