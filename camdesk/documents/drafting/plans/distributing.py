"""What only distributors plan: resellers to recruit, stock by product, reported data, funds by tier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.plans import network
from camdesk.documents.drafting.plans.outline import Outline, following, goal_of
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Block, Cell, Section, Span
from camdesk.documents.phrases import capital, in_words
from camdesk.insight.results import ScoreLine, Unit

_SHOWN = 8
_PRODUCTS = 10
_MONTHS = 3
_DATA_LINES = ("pos_on_time", "pos_completeness", "aged_inventory")
_SUPPLY = "weeks_of_supply"
_IN_BAND = "in band"


def recruitment(plan: Outline) -> Section:
    """Return how many resellers each quarter needs, and the largest ones gone silent to win back."""
    found = network.network(plan.draft)
    name, heading = "reseller-recruitment", "Reseller recruitment"
    if found is None or not found.usual or plan.target is None:
        lack = "Reseller recruitment: no sell-through line names its reseller yet."
        return lacking(name, heading, "Which resellers to win is still to be agreed", lack)
    money = plan.draft.money
    rest = plan.target.value - (found.value - found.left)
    needed = max(0, -int(-rest / (found.usual * 6) // 1))
    key = plan.keep(
        "reseller-recruitment",
        "Resellers to win",
        value=needed,
        written=f"{needed:,}",
        words="The target less what today's resellers sold in twelve months, over half a year's sales "
        "of a usual one: a reseller won during the year sells for half of it. Rounded up.",
        parts=[
            ("Target", money(plan.target.value)),
            ("Sold by resellers still active", money(found.value - found.left)),
            ("An active reseller, a month", money(found.usual)),
        ],
    )
    sold = Span(money(found.value - found.left), key)
    left = (", which leaves ", Span(money(rest), key), " to find") if rest > 0 else ()
    new = len(found.new & found.active)
    many = "None" if not new else capital(in_words(new, "one")).split()[0]
    fresh = (Span(many, key), " of them are new." if new > 1 else " of them is new.")
    lead = say("Today’s resellers sold ", sold, " in twelve months", *left, ". ", *fresh)
    silent = sorted(
        ((label, value) for label, value in found.by_reseller.items() if label not in found.active),
        key=lambda pair: (-pair[1], pair[0]),
    )
    blocks: list[Block] = []
    if silent:
        rows = [[cell(label), Cell((Span(money(value), key),))] for label, value in silent[:_SHOWN]]
        columns = [
            wide("Sold in the year, silent for three months", 2.0),
            number("Sell-through, twelve months"),
        ]
        blocks.append(
            table(
                columns,
                rows,
                title="To win back first",
                note=rest_of("silent reseller", len(silent), len(rows), key),
            )
        )
    message = (
        f"{capital(in_words(needed, 'more reseller'))} to win or win back"
        if needed
        else "Today’s resellers can carry the target"
    )
    return following(name, heading, message, blocks, lead=lead)


def stocking(plan: Outline) -> Section:
    """Return, by product, the weeks of supply and the band both sides keep to."""
    draft = plan.draft
    line = next((one for one in draft.profile.lines if one.metric == _SUPPLY), None)
    counts = [
        row for row in draft.rows.of("inventory") if (on := day(row["counted_on"])) and on <= draft.today
    ]
    months = sorted(network.by_month(draft))[-_MONTHS:]
    name, heading = "stocking-bands", "Stocking bands"
    if line is None or line.marks is None or len(line.marks) < 6 or not counts or len(months) < _MONTHS:
        lack = "Stocking bands: needs a stock count and three months of sell-through."
        return lacking(name, heading, "Stocking bands are still to be agreed", lack)
    newest = max(row["counted_on"] for row in counts)
    low, high = line.marks[2], line.marks[3]
    stock = [row for row in counts if row["counted_on"] == newest]
    key = draft.listed(
        "stock",
        "Latest stock count",
        "Units and value of the latest count, by product.",
        "inventory",
        stock,
        column="value",
    )
    rows, outside = [], 0
    for product, units in sorted(_units(stock).items(), key=lambda pair: pair[0])[:_PRODUCTS]:
        weeks = _weeks_of_supply(draft, product, units, months)
        state = _against_band(weeks, low, high)
        outside += state != _IN_BAND
        rows.append(
            [
                cell(product),
                Cell((Span(f"{units:,.0f}", key),)),
                Cell((Span(f"{weeks:.1f}" if weeks is not None else "–", key),), strong=True),
                cell(f"{low:g} to {high:g}"),
                cell(state, tone="good" if state == _IN_BAND else "bad"),
            ]
        )
    columns = [
        wide("Product", 2.0),
        number("Units"),
        number("Weeks of supply"),
        number("Band, weeks"),
        number("State"),
    ]
    message = (
        f"{capital(in_words(outside, 'product'))} outside the band"
        if outside
        else "Every product within its band"
    )
    lead = say(
        "By the latest count and three months of sell-through; outside the band we talk before ordering."
    )
    return following(name, heading, message, (table(columns, rows),), lead=lead)


def _weeks_of_supply(draft: Draft, product: str, units: float, months: Sequence[date]) -> float | None:
    """Return how long the units last at what was sold in the months; None where nothing was."""
    sold = sum(
        row["units"] or 0
        for row in draft.rows.of("sell_through")
        if row["product"] == product and day(row["month"]) in months
    )
    return units / (sold / 13) if sold else None


def _against_band(weeks: float | None, low: float, high: float) -> str:
    if weeks is None:
        return "no sales"
    if low <= weeks <= high:
        return _IN_BAND
    return "too little" if weeks < low else "too much"


def _units(rows: list[Row]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for row in rows:
        if row["product"]:
            sums[row["product"]] = sums.get(row["product"], 0) + (row["units"] or 0)
    return sums


def data_pledge(plan: Outline) -> Section:
    """Return what is reported today and what is pledged for the year."""
    lines = [
        line for line in plan.draft.scorecard.lines if line.metric in _DATA_LINES and line.value is not None
    ]
    name, heading = "data-quality-pledge", "Data quality"
    if not lines:
        lack = "Data quality pledge: no POS report has been delivered yet."
        return lacking(name, heading, "What is reported, and when, is still to be agreed", lack)
    rows = [_pledge(plan, line) for line in lines]
    columns = [wide("Pledge", 2.4), number("Today"), number("Pledged"), number("By")]
    lead = say("Each month’s report by its due day, every line with its customer; questions within two days.")
    return following(
        name, heading, "What the numbers of the plan rest on", (table(columns, rows),), lead=lead
    )


def _pledge(plan: Outline, line: ScoreLine) -> list[Cell]:
    now = plan.draft.line_figure(line, on=plan.draft.today)
    return [
        cell(line.title),
        Cell((now,)),
        Cell((goal_of(plan, line),), strong=True),
        day_cell(plan.period.last),
    ]


def tiered_funds(plan: Outline) -> Section:
    """Return what each tier earns into the market fund, and what that would be at the target."""
    draft, tiers = plan.draft, plan.draft.profile.tiers
    rates = [tier for tier in tiers if tier.fund_accrual is not None]
    name, heading = "tiered-funds", "Market funds by tier"
    if not rates or plan.target is None:
        lack = "Market funds by tier: the profile names no accrual, or there is no target."
        return lacking(name, heading, "Market funds are still to be agreed", lack)
    money = draft.money
    key = plan.keep(
        "tiered-funds",
        "Market fund at the target",
        value=plan.target.value,
        written=money(plan.target.value),
        words="The tier's accrual of the year's target; what is agreed for the year takes its place.",
        parts=[(tier.name, money((tier.fund_accrual or 0) * plan.target.value)) for tier in rates],
        kind="tier",
    )
    rows = [
        [
            cell(tier.name, strong=tier.name == draft.partner.tier),
            Cell((Span(draft.frozen.write(tier.fund_accrual, Unit.PERCENT), key),)),
            Cell((Span(money((tier.fund_accrual or 0) * (plan.target.value if plan.target else 0)), key),)),
            cell("today" if tier.name == draft.partner.tier else "–", tone="quiet"),
        ]
        for tier in rates
    ]
    columns = [wide("Tier", 2.0), number("Accrues"), number("At the target"), number("Stands at")]
    funds = draft.figure("fund_balance", on=draft.today)
    lead = say("Of the current funds ", funds, " is still to be used.") if funds is not None else ()
    return following(name, heading, "What each tier earns into the fund", (table(columns, rows),), lead=lead)
