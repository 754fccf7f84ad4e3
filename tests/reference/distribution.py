"""Section "Distribution" of the metrics."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from .figure import (
    NO_DATA,
    AsOf,
    Figure,
    added,
    amounts,
    numbers,
    part,
    quotient,
    share,
    total,
)
from .months import days_of, reported_months, rows_of_month, three_reported_months
from .periods import Span, month_end, plus_months
from .records import Row
from .targets import LEAST_PACE, sell_through_in, target

LINES = "sell_through"
LARGEST = 5
LEAST_RESELLERS = 5


def sell_through(at: AsOf, partner: Row) -> Figure:
    return total(sell_through_in(at, partner, at.year_back), known=at.has(LINES, partner))


def sell_through_attainment(at: AsOf, partner: Row) -> Figure:
    aim = target(at, partner, LINES)
    reported = reported_months(at, partner)
    if aim is None or not reported:
        return NO_DATA
    so_far = Span(aim.period.start, month_end(reported[0]))
    if so_far.days <= 0 or aim.pace(at) < LEAST_PACE:
        return NO_DATA
    sold = sell_through_in(at, partner, so_far)
    records = len(sold) + 1
    if not sold and not at.anyone_has(LINES):
        return Figure(None, records)
    due = aim.value * Fraction(so_far.days, aim.period.days)
    return quotient(added(sold), due, records=records)


def sell_in_to_sell_through(at: AsOf, partner: Row) -> Figure:
    months = three_reported_months(at, partner)
    if not months or not at.has("orders", partner):
        return NO_DATA
    bought = [
        order for order in at.rows("orders", partner)
        if any(order.day("booked_on") in days_of(month) for month in months)
    ]  # fmt: skip
    sold = rows_of_month(at, partner, LINES, *months)
    return share(amounts(bought, "amount"), amounts(sold, "value"))


def _latest_count(at: AsOf, partner: Row) -> list[Row]:
    counted = at.rows("inventory", partner)
    latest = max((row.day("counted_on") or date.min for row in counted), default=None)
    return [row for row in counted if row.day("counted_on") == latest]


def weeks_of_supply(at: AsOf, partner: Row) -> Figure:
    months = three_reported_months(at, partner)
    if not months:
        return NO_DATA
    stock = numbers(_latest_count(at, partner), "units")
    sold = numbers(rows_of_month(at, partner, LINES, *months), "units")
    if not stock:
        return Figure(None, len(sold))
    weeks = Fraction(sum(days_of(month).days for month in months), 7)
    return quotient(added(stock), added(sold) / weeks, records=len(stock) + len(sold))


def _resellers(rows: list[Row]) -> set[str | None]:
    return {row.text("reseller") for row in rows}


def active_resellers(at: AsOf, partner: Row) -> Figure:
    months = three_reported_months(at, partner)
    if not months or not at.has(LINES, partner):
        return NO_DATA
    lines = rows_of_month(at, partner, LINES, *months)
    return Figure(Fraction(len(_resellers(lines))), len(lines))


def active_reseller_growth(at: AsOf, partner: Row) -> Figure:
    months = three_reported_months(at, partner)
    if not months:
        return NO_DATA
    now = rows_of_month(at, partner, LINES, *months)
    then = rows_of_month(at, partner, LINES, *[plus_months(month, -12) for month in months])
    before, records = len(_resellers(then)), len(now) + len(then)
    if before < LEAST_RESELLERS:
        return Figure(None, records)
    return Figure(Fraction(len(_resellers(now)), before) - 1, records)


def _new(at: AsOf, partner: Row) -> tuple[list[Row], list[Row]] | None:
    """Return the lines of the three months and, of those, the new resellers' lines; None without a past."""
    months = three_reported_months(at, partner)
    first: dict[str | None, date] = {}
    for line in at.rows(LINES, partner):
        month = line.day("month") or date.max
        first[line.text("reseller")] = min(month, first.get(line.text("reseller"), month))
    if not months or not first or min(first.values()) > plus_months(months[0], -12):
        return None
    lines = rows_of_month(at, partner, LINES, *months)
    return lines, [line for line in lines if first[line.text("reseller")] in months]


def new_resellers(at: AsOf, partner: Row) -> Figure:
    lines = _new(at, partner)
    return NO_DATA if lines is None else Figure(Fraction(len(_resellers(lines[1]))), len(lines[1]))


def new_reseller_rate(at: AsOf, partner: Row) -> Figure:
    lines = _new(at, partner)
    if lines is None:
        return NO_DATA
    active = Fraction(len(_resellers(lines[0])))
    return quotient(Fraction(len(_resellers(lines[1]))), active, records=len(lines[0]))


def reseller_concentration(at: AsOf, partner: Row) -> Figure:
    lines = sell_through_in(at, partner, at.year_back)
    by_reseller: dict[str | None, Fraction] = {}
    for line, value in lines:
        by_reseller[line.text("reseller")] = by_reseller.get(line.text("reseller"), Fraction(0)) + value
    five = sum(sorted(by_reseller.values(), reverse=True)[:LARGEST], Fraction(0))
    return quotient(five, added(lines), records=len(lines))


def pos_on_time(at: AsOf, partner: Row) -> Figure:
    on_time: list[bool] = []
    for report in at.rows("pos_reports", partner):
        due_on, received_on = report.day("due_on"), report.day("received_on")
        if due_on and due_on in at.year_back:
            on_time.append(received_on is not None and received_on <= due_on)
    return part(on_time)


def pos_completeness(at: AsOf, partner: Row) -> Figure:
    lines = [line for line in at.rows(LINES, partner) if line.day("month") in at.year_back]
    return part([line.text("customer") is not None for line in lines])


def aged_inventory(at: AsOf, partner: Row) -> Figure:
    both = [
        row for row in _latest_count(at, partner)
        if row.money("value") is not None and row.money("aged_value") is not None
    ]  # fmt: skip
    return share(amounts(both, "aged_value"), amounts(both, "value"))


METRICS = (
    sell_through, sell_through_attainment, sell_in_to_sell_through, weeks_of_supply, active_resellers,
    active_reseller_growth, new_resellers, new_reseller_rate, reseller_concentration, pos_on_time,
    pos_completeness, aged_inventory,
)  # fmt: skip
