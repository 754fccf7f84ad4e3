"""The number by partner, the deals behind it, and what the CAM calls week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from camdesk.base import money
from camdesk.base.amounts import read_amount
from camdesk.cli import accuracy, output
from camdesk.cli.days import day_of
from camdesk.cli.forecast_body import (
    FIGURES,
    body,
    call_body,
    deals_csv,
    partner_body,
    portfolio_csv,
)
from camdesk.cli.portfolio import All
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import Partner
from camdesk.insight.forecast_words import (
    ANOTHER_QUARTER,
    ASSUMED_TARGET,
    NO_DEALS,
    STATES_UNKNOWN,
    changes_in_words,
    signed_money,
    through_distribution,
)
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, write, write_change, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from camdesk.desk.number.forecast_reports import (
        ForecastFigures,
        ForecastReport,
        ForecastRow,
        PartnerForecast,
    )
    from camdesk.insight.forecast import ForecastDeal

_DEFAULT = "show"


class _Topic(TyperGroup):
    """Take what is no command of the topic for the partner that `show` is asked about."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        is_own = bool(args) and (args[0] in self.commands or args[0] in ("-h", "--help"))
        return super().parse_args(ctx, args if is_own else [_DEFAULT, *args])


def register(app: typer.Typer) -> None:
    topic = typer.Typer(cls=_Topic, help="The quarter: target, booked, commit, best case, and your call.")
    topic.command(_DEFAULT)(show)
    topic.command("call")(call)
    topic.command("clear")(clear)
    topic.command("calls")(calls)
    topic.command("accuracy")(accuracy.show)
    app.add_typer(topic, name="forecast")


def show(
    context: typer.Context,
    partner: Annotated[
        str | None, typer.Argument(metavar="[PARTNER]", help="List the deals behind this partner's number.")
    ] = None,
    everybody: All = False,
    in_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV, for a spreadsheet.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the quarter by partner, or one partner's with its deals; what you get without a command."""
    session = session_of(context)
    with session.desk() as desk:
        if partner is not None:
            single = desk.partner_forecast(partner)
        else:
            report = desk.forecast(mine=not everybody)
    if partner is not None:
        if session.json:
            output.as_json(partner_body(single))
        elif in_csv:
            output.write(deals_csv(single))
        else:
            _tell_partner(single)
    elif session.json:
        output.as_json(body(report))
    elif in_csv:
        output.write(portfolio_csv(report))
    else:
        _tell(report)


def call(
    context: typer.Context,
    partner: Partner,
    amount: Annotated[
        str,
        typer.Argument(metavar="AMOUNT", help="What will be booked this quarter: 480000, 480,000 or 480k."),
    ],
    week: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Any day of the week the call is of; without it, this week."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what a partner's quarter will come to. One call a week: the same week's is replaced."""
    session = session_of(context)
    with session.desk() as desk:
        day = day_of(week, option="--week")
        made, replaced = desk.call_forecast(
            partner, read_amount(amount, desk.settings.base_currency), day=day
        )
        currency, quarter = (
            desk.settings.base_currency,
            desk.settings.calendar.quarter_title(made.quarter_from),
        )
    if session.json:
        output.as_json({**call_body(made), "quarter": quarter, "replaced": replaced})
        return
    called = money.exact(made.amount, currency)
    what = "instead of what that week had" if replaced else "kept"
    output.line(
        f"Called {called} for {made.partner_id} in {quarter}, week of {write_day(made.week_on)}: {what}."
    )


def clear(
    context: typer.Context,
    partner: Partner,
    week: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Any day of its week; without it, the call that stands."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take a call away; an earlier one of the quarter then stands again."""
    session = session_of(context)
    with session.desk() as desk:
        removed = desk.clear_call(partner, day=day_of(week, option="--week"))
        currency = desk.settings.base_currency
    if session.json:
        output.as_json(call_body(removed))
    else:
        output.line(
            f"Took away the call of {money.exact(removed.amount, currency)} for {removed.partner_id}, "
            f"week of {write_day(removed.week_on)}."
        )


def calls(context: typer.Context, partner: Partner, as_json: AsJson = False) -> None:
    """List every call made for a partner."""
    session = session_of(context)
    with session.desk() as desk:
        partner = desk.find_partner(partner)
        made = desk.forecast_calls(partner)
        currency, calendar = desk.settings.base_currency, desk.settings.calendar
    if session.json:
        listed = [{**call_body(one), "quarter": calendar.quarter_title(one.quarter_from)} for one in made]
        output.as_json({"partner_id": partner, "base_currency": currency, "calls": listed})
        return
    if not made:
        output.line(
            f"No call has been made for {partner}. Make one with: camdesk forecast call PARTNER AMOUNT"
        )
        return
    output.table(
        [
            output.Column("Quarter"),
            output.Column("Week of"),
            output.Column("Call", right=True),
            output.Column("By"),
            output.Column("Written"),
        ],
        [
            (
                calendar.quarter_title(one.quarter_from),
                write_day(one.week_on),
                money.exact(one.amount, currency),
                one.author,
                one.written_at[:10],
            )
            for one in made
        ],
    )


def _tell(report: ForecastReport) -> None:
    currency = report.base_currency
    total = report.total
    output.heading(f"{report.quarter}, {output.counted(report.days_left, 'day')} left")
    output.line(_number(total.figures, currency))
    if total.called:
        told = f"Your call: {money.short(total.call or 0, currency)} for {total.called} of "
        output.line(f"{told}{output.counted(total.partners, 'partner')}")
    shown = [row for row in report.rows if row.says_something]
    _tell_rows(report, shown)
    silent = len(report.rows) - len(shown)
    if silent:
        output.line(f"{output.counted(silent, 'partner')} without target, revenue and forecast deals.")
    if total.through_distribution:
        output.line(through_distribution(total.through_distribution, currency))
    if report.compared_with is None:
        output.line(ANOTHER_QUARTER)


def _number(figures: ForecastFigures, currency: str) -> str:
    return " · ".join(
        f"{name.replace('_', ' ')} {write(getattr(figures, name), Unit.MONEY, currency=currency)}"
        for name in FIGURES
    )


def _tell_rows(report: ForecastReport, rows: Iterable[ForecastRow]) -> None:
    currency = report.base_currency

    def cells(title: str, now: ForecastFigures, before: ForecastFigures | None, *calls: str) -> list[str]:
        moved = [
            write_change(getattr(now, name), getattr(before, name, None), Unit.MONEY, currency=currency)
            for name in ("booked", "commit", "best_case")
        ]
        return [title, *(_money(getattr(now, name), currency) for name in FIGURES), " / ".join(moved), *calls]

    told = [
        cells(
            f"{row.partner.partner_id} {row.partner.name}",
            row.figures,
            row.before,
            _money(row.call.amount if row.call else None, currency),
            _money(row.call_gap, currency),
        )
        for row in rows
    ]
    totals = [
        cells(one.title, one.figures, one.before, _money(one.call, currency), _money(one.call_gap, currency))
        for one in (*report.types, report.total)
    ]
    for title, listed in (("Partner", told), ("Type", totals)):
        output.heading(f"By {title.lower()}")
        output.table(_columns(title), listed)


def _columns(title: str) -> list[output.Column]:
    return [
        output.Column(title, clipped=True),
        *(output.Column(name.replace("_", " ").capitalize(), right=True) for name in FIGURES),
        output.Column("Booked / commit / best in a week", right=True),
        output.Column("Call", right=True),
        output.Column("Call to commit", right=True),
    ]


def _tell_partner(single: PartnerForecast) -> None:
    report, row = single.report, single.row
    currency = report.base_currency
    output.heading(f"{row.partner.name} ({row.partner.partner_id}), {report.quarter}")
    output.line(f"{_number(row.figures, currency)} · {output.counted(report.days_left, 'day')} left")
    if row.target_assumed:
        output.line(ASSUMED_TARGET)
    if row.call is not None:
        said = f"Your call: {money.exact(row.call.amount, currency)}, week of {write_day(row.call.week_on)}"
        gap = "" if row.call_gap is None else f", {signed_money(row.call_gap, currency)} against commit"
        output.line(said + gap)
    for title, listed in (
        ("In commit and best case", [deal for deal in single.deals if deal.category]),
        ("Gone within a week", [deal for deal in single.deals if not deal.category]),
    ):
        if listed:
            output.heading(f"{title} ({len(listed)})")
            _tell_deals(listed, currency)
    if not any(deal.category for deal in single.deals):
        output.line(NO_DEALS)
    if any(deal.changes is None for deal in single.deals):
        output.line(STATES_UNKNOWN)


def _tell_deals(deals: Iterable[ForecastDeal], currency: str) -> None:
    output.table(
        [
            output.Column("Deal", clipped=True),
            output.Column("Amount", right=True),
            output.Column("Expected close"),
            output.Column("Forecast"),
            output.Column("Slipped", styles={"slipped": "yellow"}),
            output.Column("In a week", wide=True),
        ],
        [
            (
                f"{deal.deal_id} {deal.name}",
                _money(deal.amount, currency),
                write_day(deal.expected_close_on),
                (deal.category or DASH).replace("_", " "),
                "slipped" if deal.slipped else "",
                changes_in_words(deal, currency),
            )
            for deal in deals
        ],
    )


def _money(amount: float | int | None, currency: str) -> str:
    return DASH if amount is None else money.short(amount, currency)
