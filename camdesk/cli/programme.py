"""The programme as a whole: how partners do by type, tier, region and year, and every figure opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import figures, output, values
from camdesk.cli.portfolio import All, figures_body, odds_body
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.results import Unit
from camdesk.insight.survival import DARK, WITHIN_DAYS
from camdesk.insight.wording import DASH, write, write_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from camdesk.desk.portfolio.programme import Cohort, NamedOdds, ProgrammeGroup, ProgrammeReport
    from camdesk.insight.results import Evidence

_SHOWN_RECORDS = 40
_SHOWN_ODDS = 15
By = Annotated[
    str, typer.Option("--by", metavar="WHAT", help="type, tier, region, industry, country or enrolment-year.")
]


def register(app: typer.Typer) -> None:
    programme = typer.Typer(help="How the programme does.", invoke_without_command=True)
    programme.callback()(show)
    programme.command("explain")(explain)
    app.add_typer(programme, name="programme")


def show(context: typer.Context, by: By = "type", everybody: All = False, as_json: AsJson = False) -> None:
    """Show how the programme does: enrolled, active, activated, retained and dark, and what they bring."""
    if context.invoked_subcommand is not None:
        return
    session = session_of(context)
    with session.desk() as desk:
        report = desk.programme(_words(by), mine=not everybody)
    session.answer(report, body=_body, tell=_tell)


def explain(
    context: typer.Context,
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="Such as active_rate or contribution.")],
    by: By = "type",
    group: Annotated[str | None, typer.Option(metavar="NAME", help="One group only, such as Gold.")] = None,
    everybody: All = False,
    as_json: AsJson = False,
) -> None:
    """Show a figure of the programme with the records that made it."""
    session = session_of(context)
    with session.desk() as desk:
        evidence = desk.explain_programme(metric, by=_words(by), group=group, mine=not everybody)
        names = {name: partner.name for name, partner in desk.insight.partners().items()}
        currency = desk.settings.base_currency
        definition = desk.catalog.metrics.get(metric)
    # The share of the ten largest is no figure of any one partner, so that no definition says it.
    aggregation, shares_money = (definition.aggregation, False) if definition else ("share", True)
    if session.json:
        output.as_json(figures.evidence_body(evidence, aggregation=aggregation, shares_money=shares_money))
    else:
        _tell_records(evidence, names, currency, shares_money=shares_money)


def _words(by: str) -> str:
    return by.replace("-", " ").replace("_", " ").casefold()


def _body(report: ProgrammeReport) -> dict[str, Any]:
    return {
        "as_of": values.day(report.as_of),
        "base_currency": report.base_currency,
        "mine_only": report.mine_only,
        "by": report.by,
        **_group(report.whole),
        "groups": [_group(group) for group in report.groups],
        "cohorts": [_cohort(cohort) for cohort in report.cohorts],
        "odds": [
            {"partner_id": one.odds.partner_id, "name": one.name, **(odds_body(one.odds) or {})}
            for one in report.odds
        ],
    }


def _group(group: ProgrammeGroup) -> dict[str, Any]:
    return {
        "group": group.key,
        "title": group.title,
        "partners": group.partners,
        **figures_body(group.figures),
    }


def _cohort(cohort: Cohort) -> dict[str, Any]:
    return {
        "quarter": cohort.quarter,
        "enrolled": cohort.enrolled,
        "in_time": cohort.in_time,
        "late": cohort.late,
        "missed": cohort.missed,
        "on_the_way": cohort.on_the_way,
        "unknown": cohort.unknown,
        "median_days": cohort.median_days,
        "milestones_done": cohort.milestones_done,
        "milestones": cohort.milestones,
    }


def _tell(report: ProgrammeReport) -> None:
    if not report.whole.partners:
        output.line(
            "None of the partners is yours. Others' partners: camdesk programme --all"
            if report.mine_only
            else "There are no partners here yet. Bring some in: camdesk sync"
        )
        return
    whose = "your partners" if report.mine_only else "all partners"
    output.line(f"{output.counted(report.whole.partners, 'partner')} ({whose}) on {write_day(report.as_of)}")
    output.heading(f"By {report.by}")
    groups = (*report.groups, report.whole)
    output.table(
        _columns("Enrolled", "Active", "Rate", "Dark", "Activated", "Retained", "Stayed active"),
        [_who(group) for group in groups],
    )
    output.line()
    output.table(
        _columns("Contribution", "Per active", "Top ten", "To first revenue"),
        [_what(group, report.base_currency) for group in groups],
    )
    if report.cohorts:
        output.heading("Activation by quarter of enrolment")
        titles = ("In time", "Late", "Missed", "On the way", "Unknown", "Days taken", "Milestones")
        output.table(_columns("Enrolled", *titles), [_cohort_row(cohort) for cohort in report.cohorts])
    if report.odds:
        output.heading(f"Odds of business within {WITHIN_DAYS} days, dark and new partners")
        output.table(_ODDS_COLUMNS, [_odds_row(one) for one in report.odds[:_SHOWN_ODDS]])
        if len(report.odds) > _SHOWN_ODDS:
            output.line(f"… and {len(report.odds) - _SHOWN_ODDS} more; --json lists all.")
    output.line()
    output.line("Open a figure with: camdesk programme explain active_rate --by tier --group Gold")


def _columns(*titles: str) -> Sequence[output.Column]:
    return [output.Column("", clipped=True), *(output.Column(title, right=True) for title in titles)]


_ODDS_COLUMNS = (
    output.Column("Partner", clipped=True),
    output.Column("Silent for", right=True),
    output.Column("Odds", right=True),
    output.Column("From", wide=True),
)


def _who(group: ProgrammeGroup) -> Sequence[str]:
    of = group.figures
    cells = (
        (of.enrolled, Unit.COUNT), (of.active, Unit.COUNT), (of.active_rate, Unit.PERCENT),
        (of.dark, Unit.COUNT), (of.activation_rate, Unit.PERCENT), (of.retention, Unit.PERCENT),
        (of.active_retention, Unit.PERCENT),
    )  # fmt: skip
    return [group.title, *(_cell(value, unit, "") for value, unit in cells)]


def _what(group: ProgrammeGroup, currency: str) -> Sequence[str]:
    of = group.figures
    cells = (
        (of.contribution, Unit.MONEY), (of.revenue_per_active_partner, Unit.MONEY),
        (of.top_ten_share, Unit.PERCENT), (of.time_to_first_revenue, Unit.DAYS),
    )  # fmt: skip
    return [group.title, *(_cell(value, unit, currency) for value, unit in cells)]


def _cell(value: float | int | None, unit: Unit, currency: str) -> str:
    return DASH if value is None else write(value, unit, currency=currency)


def _cohort_row(cohort: Cohort) -> Sequence[str]:
    numbers = (
        cohort.enrolled, cohort.in_time, cohort.late, cohort.missed, cohort.on_the_way, cohort.unknown,
    )  # fmt: skip
    days = DASH if cohort.median_days is None else f"{cohort.median_days:g} d"
    milestones = f"{cohort.milestones_done} of {cohort.milestones}" if cohort.milestones else DASH
    return [cohort.quarter, *(str(number) if number else DASH for number in numbers), days, milestones]


def _odds_row(one: NamedOdds) -> Sequence[str]:
    odds = one.odds.odds
    since = f"{one.odds.days:,} d" + ("" if one.odds.kind == DARK else ", new")
    if odds.value is None:
        return [f"{one.odds.partner_id} {one.name}", since, DASH, odds.because or ""]
    of_what = "silences" if one.odds.kind == DARK else "starts"
    return [
        f"{one.odds.partner_id} {one.name}",
        since,
        f"{odds.value:.0%}",
        f"{odds.at_risk} of {odds.spells} {of_what} that took longer",
    ]


def _tell_records(evidence: Evidence, names: Mapping[str, str], currency: str, *, shares_money: bool) -> None:
    output.heading(f"{evidence.title}: {write(evidence.value, evidence.unit, currency=currency, full=True)}")
    output.line(evidence.definition)
    start, end = evidence.window_start, evidence.window_end
    window = (
        f"{write_day(start)} to {write_day(end)}" if start and start != end else f"as of {write_day(end)}"
    )
    output.line(f"{window}, {output.counted(evidence.n, 'record')}")
    above = Unit.COUNT if evidence.unit is Unit.PERCENT else evidence.unit
    above, below = (Unit.MONEY, Unit.MONEY) if shares_money else (above, Unit.COUNT)
    rows = [
        (
            f"{names[record.record_id]} ({record.record_id})"
            if record.entity == "partners" and record.record_id in names
            else f"{record.entity.replace('_', ' ')} {record.record_id}",
            _number(record.n, above, currency),
            _number(record.d, below, currency),
        )
        for record in evidence.records
    ]
    has_over = any(record.d is not None for record in evidence.records)
    columns = [
        output.Column("Record", clipped=True),
        output.Column("Counts as", right=True),
        *([output.Column("Over", right=True)] if has_over else []),
    ]
    output.table(columns, [row[: len(columns)] for row in rows[:_SHOWN_RECORDS]])
    if len(rows) > _SHOWN_RECORDS:
        output.line(f"… and {len(rows) - _SHOWN_RECORDS:,} more; --json lists all.")


def _number(number: float | int | str | None, unit: Unit, currency: str) -> str:
    return "" if number is None else write(float(number), unit, currency=currency, full=True)
