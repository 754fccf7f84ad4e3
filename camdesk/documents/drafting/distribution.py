"""Sections of types that sell through others: sell-in beside sell-through, stock, resellers, POS reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.rows import Row, amount, day, short_label_of
from camdesk.documents.model import (
    Bars,
    Block,
    Cell,
    KeyFigure,
    KeyFigures,
    Line,
    PairedBars,
    Section,
    Series,
    Span,
    Step,
)
from camdesk.documents.phrases import capital, clipped, in_words
from camdesk.insight.wording import write_day
from camdesk.portfolio.entities import ENTITIES

_VALUE = {"orders": "amount", "sell_through": "value"}
TOP_RESELLERS = 10
MONTHS = 12


def sell_through(draft: Draft) -> Section:
    """Return sell-in against sell-through by month over the twelve months to the day."""
    months = _months(draft.day)
    name, heading = "sell-through", "Sell-in and sell-through"
    window = Period(months[0], draft.day + ONE_DAY)
    orders = [row for row in draft.rows.of("orders") if (day(row["booked_on"]) or date.min) in window]
    lines = [row for row in draft.rows.of("sell_through") if (day(row["month"]) or date.min) in window]
    if not lines:
        lack = "Sell-through: no line was reported for the twelve months under review."
        return lacking(name, heading, "No sell-through has been reported", lack, new_page=True)
    sold_in = _month_key(draft, "sell-in-months", "Sell-in, 12 months", "orders", orders, window)
    sold_on = _month_key(
        draft, "sell-through-months", "Sell-through, 12 months", "sell_through", lines, window
    )
    bought = Series("Sell-in: bought from us", _by_month(orders, "booked_on", "amount", months), sold_in)
    sold = Series("Sell-through: sold to resellers", _by_month(lines, "month", "value", months), sold_on)
    lead = say(
        draft.total(orders, "amount", sold_in),
        " bought and ",
        draft.total(lines, "value", sold_on),
        " sold on in the months shown. Sell-in over sell-through of the last three reported months: ",
        draft.figure("sell_in_to_sell_through") or "no data",
        ".",
    )
    return Section(
        name, heading, _balance(draft), lead, (_chart(draft, months, bought, sold), *_stock(draft))
    )


def _month_key(draft: Draft, key: str, title: str, entity: str, rows: list[Row], window: Period) -> str:
    column = _VALUE[entity]
    return draft.frozen.listed(
        key,
        title,
        f"{ENTITIES[entity].title} of the months shown, by value in base currency.",
        entity,
        sorted(rows, key=lambda row: -amount(row, column)),
        on=draft.day,
        money_column=column,
        window=f"{write_day(window.start)} to {write_day(window.last)}",
    )


def _chart(draft: Draft, months: list[date], bought: Series, sold: Series) -> PairedBars:
    labels = tuple(f"{month:%b}" for month in months)
    pairs = zip(labels, bought.values, sold.values, strict=True)
    told = "; ".join(
        f"{label} {draft.money(first or 0)} and {draft.money(then or 0)}" for label, first, then in pairs
    )
    top = max(1, *(value or 0 for value in (*bought.values, *sold.values)))
    title = f"By month, {months[0]:%B %Y} to {months[-1]:%B %Y}"
    alt = f"Sell-in and sell-through by month: {told}."
    return PairedBars(title, labels, bought, sold, draft.money(top), alt)


def _months(on: date) -> list[date]:
    """Return the first days of the twelve months that end with the month of the day."""
    this = on.replace(day=1)
    return [add_months(this, index - MONTHS + 1) for index in range(MONTHS)]


def _by_month(rows: Sequence[Row], column: str, value: str, months: list[date]) -> tuple[float | None, ...]:
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[str(row[column])[:7]] += amount(row, value)
    return tuple(sums.get(month.isoformat()[:7]) for month in months)


def _balance(draft: Draft) -> str:
    line = draft.line("sell_in_to_sell_through")
    ratio = line.value if line else None
    if line is None or ratio is None or len(line.marks) != 6:
        return "Sell-in and sell-through by month"
    if ratio > line.marks[3]:
        return "Stock goes in faster than it is sold on"
    if ratio < line.marks[2]:
        return "More is sold on than bought: stock runs down"
    return "What is bought is sold on"


def _stock(draft: Draft) -> list[Block]:
    items: list[KeyFigure] = []
    for metric in ("weeks_of_supply", "aged_inventory", "sell_through"):
        value = draft.figure(metric)
        if value is not None:
            items.append(KeyFigure(value, None, say(draft.insight.catalog.metrics[metric].title)))
    return [KeyFigures(tuple(items))] if items else []


def weeks_of_supply(draft: Draft) -> Section:
    """Return the newest stock count by product, with the weeks it lasts at the pace of three months."""
    name, heading = "weeks-of-supply", "Weeks of supply"
    counts = [row for row in draft.rows.of("inventory") if (day(row["counted_on"]) or date.max) <= draft.day]
    if not counts:
        lack = "Weeks of supply: no stock count has been delivered."
        return lacking(name, heading, "No stock count to judge supply by", lack)
    newest = max(row["counted_on"] for row in counts)
    stock = [row for row in counts if row["counted_on"] == newest]
    key = draft.frozen.listed(
        "stock-count",
        "Newest stock count",
        "All rows of the newest count on or before this day.",
        "inventory",
        stock,
        on=draft.day,
        money_column="value",
    )
    pace = _units_a_week(draft)
    rows = [_stock_row(draft, row, pace) for row in sorted(stock, key=lambda row: -amount(row, "value"))[:8]]
    columns = [
        wide("Product", 2.0),
        number("Units"),
        number("Value"),
        number("Aged"),
        number("Weeks"),
        number(""),
    ]
    low = sum(1 for row in rows if "short" in row[-1].line[0].text)
    high = sum(1 for row in rows if "long" in row[-1].line[0].text)
    message = (
        "Stock of every product lies in the band"
        if low + high == 0
        else (f"{capital(in_words(low + high, 'product'))} out of the stock band")
    )
    lead = say(
        f"Counted on {write_day(day(newest))}. A product is short below two weeks and long above nine."
    )
    block = table(columns, rows, note=rest_of("inventory count", len(stock), 8, key))
    return Section(name, heading, message, lead, (block,), False)


def _units_a_week(draft: Draft) -> dict[str, float]:
    """Return units sold through a week by product, over the three newest months with lines."""
    lines = [row for row in draft.rows.of("sell_through") if (day(row["month"]) or date.max) <= draft.day]
    ended = [row for row in lines if add_months(date.fromisoformat(row["month"]), 1) - ONE_DAY <= draft.day]
    newest = sorted({row["month"] for row in ended})[-3:]
    if not newest:
        return {}
    days = sum(
        (add_months(date.fromisoformat(month), 1) - date.fromisoformat(month)).days for month in newest
    )
    sums: dict[str, float] = defaultdict(float)
    for row in ended:
        if row["month"] in newest and row["units"]:
            sums[str(row["product"])] += row["units"]
    return {product: units / (days / 7) for product, units in sums.items()}


def _stock_row(draft: Draft, row: Row, pace: dict[str, float]) -> list[Cell]:
    units, a_week = row["units"], pace.get(str(row["product"]))
    weeks = units / a_week if units is not None and a_week else None
    state = cell("–", tone="quiet")
    if weeks is not None:
        state = (
            cell("short", tone="bad")
            if weeks < 2
            else cell("long", tone="warn")
            if weeks > 9
            else cell("in band")
        )
    return [
        cell(row["product"] or "All products"),
        cell("–" if units is None else f"{units:,.0f}"),
        draft.amount_cell(row, "value"),
        draft.amount_cell(row, "aged_value"),
        cell("–" if weeks is None else f"{weeks:.1f}"),
        state,
    ]


def resellers(draft: Draft) -> Section:
    """Return the distributor's own largest customers in twelve months, and how much hangs on them."""
    name, heading = "reseller-breadth", "Resellers"
    window = Period(add_months(draft.day, -12) + ONE_DAY, draft.day + ONE_DAY)
    lines = [row for row in draft.rows.of("sell_through") if (day(row["month"]) or date.min) in window]
    if not lines:
        lack = "Resellers: no POS line names any in the twelve months under review."
        return lacking(name, heading, "No reseller is named in POS lines", lack, new_page=True)
    sums: dict[str, int] = defaultdict(int)
    for row in lines:
        sums[short_label_of(ENTITIES["sell_through"], row)] += amount(row, "value")
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    total = sum(sums.values())
    key = draft.frozen.listed(
        "reseller-lines",
        "Sell-through by reseller",
        "POS lines of the twelve months, added up by reseller.",
        "sell_through",
        sorted(lines, key=lambda row: -amount(row, "value")),
        on=draft.day,
        money_column="value",
    )
    shown = ranked[:TOP_RESELLERS]
    steps = tuple(Step(clipped(title, 30), value, draft.money(value), key) for title, value in shown)
    running, notes = 0, list[Line]()
    for _, value in shown:
        running += value
        notes.append(say(Span(f"{running / total * 100:.0f}%", key), " so far") if total > 0 else ())
    told = "; ".join(f"{step.label} {step.written}" for step in steps)
    bars = Bars(
        "The largest resellers, twelve months", steps, tuple(notes), f"Sell-through by reseller: {told}."
    )
    concentration = draft.figure("reseller_concentration")
    parts: list[str | Span] = [Span(f"{len(ranked):,}", key), " resellers bought in twelve months."]
    if concentration is not None:
        parts += [" The five largest make ", concentration, " of sell-through."]
    growth = draft.figure("active_reseller_growth")
    if growth is not None:
        parts += [" Active resellers against a year ago: ", growth, "."]
    half = next((place for place, value in enumerate(_running(ranked), 1) if 0 < total <= value * 2), 0)
    makes = "makes" if half == 1 else "make"
    message = f"{capital(in_words(half, 'buyer'))} {makes} half of sell-through" if half else "Who buys"
    return Section(name, heading, message, say(*parts), (bars,))


def _running(ranked: list[tuple[str, int]]) -> list[int]:
    sums: list[int] = []
    for _, value in ranked:
        sums.append(value + (sums[-1] if sums else 0))
    return sums


def pos_quality(draft: Draft) -> Section:
    """Return how punctual and how complete the POS reports are."""
    name, heading = "pos-quality", "POS quality"
    window = Period(add_months(draft.day, -12) + ONE_DAY, draft.day + ONE_DAY)
    due = [row for row in draft.rows.of("pos_reports") if (day(row["due_on"]) or date.min) in window]
    if not due:
        lack = "POS quality: no report was due in the twelve months under review, or none is on record."
        return lacking(name, heading, "No POS report is on record", lack)
    late = [row for row in due if (day(row["received_on"]) or date.max) > (day(row["due_on"]) or date.max)]
    key = draft.frozen.listed(
        "pos-late",
        "POS reports late or missing",
        "Reports due in the twelve months that came after their day, or have not come.",
        "pos_reports",
        sorted(late, key=lambda row: row["due_on"], reverse=True),
        on=draft.day,
    )
    message = (
        "Every POS report came on time"
        if not late
        else (f"{capital(in_words(len(late), 'POS report'))} late or missing in a year")
    )
    on_time, complete = draft.figure("pos_on_time"), draft.figure("pos_completeness")
    parts: list[str | Span] = []
    if on_time is not None:
        parts += [on_time, " of the reports came on time. "]
    if complete is not None:
        parts += [complete, " of the lines name the customer."]
    blocks: list[Block] = []
    if late:
        rows = [
            _report(row, draft.day) for row in sorted(late, key=lambda row: row["due_on"], reverse=True)[:6]
        ]
        columns = [wide("Month"), number("Due"), number("Received"), number("Late")]
        blocks.append(table(columns, rows, note=rest_of("POS report", len(late), 6, key)))
    return Section(name, heading, message, say(*parts), tuple(blocks), False)


def _report(row: Row, on: date) -> list[Cell]:
    due, received, month = day(row["due_on"]) or on, day(row["received_on"]), day(row["month"]) or on
    came = received if received is not None and received <= on else None
    late = ((came or on) - due).days
    words = f"{late:,} d" if came else f"{late:,} d, still out"
    return [cell(f"{month:%B %Y}"), day_cell(due), day_cell(came), cell(words, tone="bad")]
