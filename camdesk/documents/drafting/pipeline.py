"""The next two quarters: what is committed, what is open, what renews."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import add_months
from camdesk.documents.drafting import facts, outlook
from camdesk.documents.drafting.booked import target_metric
from camdesk.documents.drafting.draft import Draft, Length, cell, day_cell, number, rest_of, say, table, wide
from camdesk.documents.drafting.rows import Row, day, deal_name
from camdesk.documents.model import Block, Cell, Column, KeyFigure, KeyFigures, Line, Missing, Section, Span
from camdesk.documents.phrases import capital, in_words

TOP_DEALS = 10
SHORT = 4
RENEWAL_DAYS = 180
KEY_METRICS = ("quarter_commit", "quarter_best_case", "forecast_gap", "pipeline_coverage")
_JOINT_METRICS = ("influenced_pipeline", "joint_pipeline")


def section(draft: Draft) -> Section:
    """Return the pipeline as of the day of the draft."""
    deals = facts.open_deals(draft.rows, draft.today)
    overdue = facts.overdue_deals(draft.rows, draft.today)
    blocks: list[Block] = [*_key_figures(draft)]
    ahead = outlook.quarters(draft)
    if ahead:
        blocks.append(outlook.outlook(draft, ahead))
    if deals:
        blocks.append(_deals(draft, deals))
    else:
        blocks.append(Missing((_no_deals(draft),)))
    if draft.length is Length.FULL:
        blocks += _renewals(draft)
    return Section(
        "pipeline",
        "The next two quarters",
        _message(draft, deals, overdue),
        _lead(draft, deals, overdue),
        tuple(blocks),
    )


def _no_deals(draft: Draft) -> str:
    known = bool(draft.rows.of("deals"))
    return "Deals: none is open." if known else "Deals: no source has delivered any of this partner."


def _key_figures(draft: Draft) -> list[Block]:
    items: list[KeyFigure] = []
    shown = {*draft.profile.columns, *(line.metric for line in draft.profile.lines)}
    wanted = [*(KEY_METRICS if _by_orders(draft) else ()), *(one for one in _JOINT_METRICS if one in shown)]
    for metric in wanted:
        value = draft.figure(metric, on=draft.today)
        if value is not None and len(items) < 3:
            title = draft.insight.catalog.metrics[metric].title
            items.append(KeyFigure(value, None, say(title)))
    return [KeyFigures(tuple(items))] if items else []


def _by_orders(draft: Draft) -> bool:
    """Return whether the type is held to orders, which the quarter's forecast adds up."""
    return target_metric(draft) == "revenue"


def _message(draft: Draft, deals: tuple[Row, ...], overdue: tuple[Row, ...]) -> str:
    gap = draft.figure("forecast_gap", on=draft.today) if _by_orders(draft) else None
    if not draft.rows.of("deals") and gap is None:
        return "What the next two quarters ask for"
    short = gap is not None and any(digit in gap.text for digit in "123456789")
    if not deals:
        return (
            "No open deal to close the quarter’s gap"
            if short
            else "Nothing is open for the next two quarters"
        )
    if len(overdue) * 2 > len(deals):
        return "More than half of the open deals are past their expected close"
    if short:
        return "The quarter needs more than is committed today"
    if gap is not None:
        return "The quarter is covered by what is committed"
    return f"{capital(in_words(len(deals), 'deal'))} open, the largest first"


def _lead(draft: Draft, deals: tuple[Row, ...], overdue: tuple[Row, ...]) -> Line:
    if not deals:
        return ()
    parts: list[str | Span] = [
        Span(capital(in_words(len(deals), "deal")), deals_key(draft, deals)),
        " worth ",
        draft.total(deals, "amount", deals_key(draft, deals)),
        " are open." if len(deals) > 1 else " is open.",
    ]
    soon = _closing_soon(draft, deals)
    if 0 < len(soon) < len(deals):
        closing = draft.total(soon, "amount", _soon_key(draft, soon))
        parts += [" ", closing, " of it is expected to close within six months."]
    if overdue:
        verb = "is" if len(overdue) == 1 else "are"
        late = draft.total(overdue, "amount", overdue_key(draft, overdue))
        parts += [
            f" {capital(in_words(len(overdue), 'deal'))} worth ",
            late,
            f" {verb} past the expected close.",
        ]
    return say(*parts)


def deals_key(draft: Draft, deals: tuple[Row, ...]) -> str:
    return draft.frozen.listed(
        "deals-open",
        "Open deals",
        "Deals submitted, not rejected and not closed on this day, by amount in base currency.",
        "deals",
        deals,
        on=draft.today,
        money_column="amount",
    )


def _closing_soon(draft: Draft, deals: tuple[Row, ...]) -> tuple[Row, ...]:
    last = add_months(draft.today, 6)
    return tuple(deal for deal in deals if draft.today <= (day(deal["expected_close_on"]) or date.max) < last)


def _soon_key(draft: Draft, soon: tuple[Row, ...]) -> str:
    return draft.frozen.listed(
        "deals-soon",
        "Open deals expected within six months",
        "Open deals whose expected close lies from this day to six months on.",
        "deals",
        soon,
        on=draft.today,
        money_column="amount",
    )


def overdue_key(draft: Draft, overdue: tuple[Row, ...]) -> str:
    return draft.frozen.listed(
        "deals-overdue",
        "Deals past their expected close",
        "Open deals whose expected close lies before this day.",
        "deals",
        overdue,
        on=draft.today,
        money_column="amount",
    )


def _deals(draft: Draft, deals: tuple[Row, ...]) -> Block:
    key = deals_key(draft, deals)
    shown = draft.rows_shown(TOP_DEALS, SHORT)
    columns = [
        wide("Deal", 1.6),
        wide("Customer", 1.2),
        Column("Stage"),
        Column("Forecast"),
        number("Expected close"),
        number("Amount"),
    ]
    rows = [_deal(draft, row) for row in deals[:shown]]
    return table(
        columns,
        rows,
        title="Largest open deals",
        note=rest_of("deal", len(deals), shown, key),
    )


def _deal(draft: Draft, row: Row) -> list[Cell]:
    expected = day(row["expected_close_on"])
    late = expected is not None and expected < draft.today
    return [
        cell(deal_name(row)),
        cell(row["customer"]),
        cell(_word(row["stage"])),
        cell(_word(row["forecast"])),
        cell("–")
        if expected is None
        else Cell((*day_cell(expected).line, *([Span(" late")] if late else [])), "bad" if late else ""),
        draft.amount_cell(row),
    ]


def _word(stored: str | None) -> str | None:
    return capital(stored.replace("_", " ")) if stored else None


def _renewals(draft: Draft) -> list[Block]:
    due = facts.renewals_due(draft.rows, draft.today, days=RENEWAL_DAYS)
    if not due:
        return []
    key = draft.frozen.listed(
        "renewals-due",
        "Renewals ahead",
        f"Open renewals due within {RENEWAL_DAYS} days, or overdue by up to 90, by value in base currency.",
        "renewals",
        due,
        on=draft.today,
        money_column="value",
    )
    rows = [
        [
            cell(row["customer"]),
            cell(row["product"]),
            cell(_word(row["forecast"]) or ("No forecast" if row["opened_on"] else "Not opened")),
            day_cell(
                day(row["due_on"]), tone="bad" if (row["due_on"] or "") < draft.today.isoformat() else ""
            ),
            draft.amount_cell(row, "value"),
        ]
        for row in due[:TOP_DEALS]
    ]
    columns = [wide("Customer", 1.4), wide("Product", 1.2), Column("State"), number("Due"), number("Value")]
    note = rest_of("renewal", len(due), TOP_DEALS, key)
    return [table(columns, rows, title="Renewals ahead", note=note)]
