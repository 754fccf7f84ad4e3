"""Section "Recurring business" of the metrics."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from .figure import NO_DATA, AsOf, Figure, amounts, growth, numbers, quotient, share, total
from .months import latest_month, rows_of_month
from .periods import last_days, next_days, plus_months
from .records import Row

STALE = timedelta(90)
LEAST_BASE = 25


def recurring_revenue(at: AsOf, partner: Row) -> Figure:
    month = latest_month(at, partner, "usage")
    if month is None:
        return NO_DATA
    return total(amounts(rows_of_month(at, partner, "usage", month), "recurring_revenue"), known=True)


def recurring_revenue_growth(at: AsOf, partner: Row) -> Figure:
    month = latest_month(at, partner, "usage")
    if month is None:
        return NO_DATA
    now = rows_of_month(at, partner, "usage", month)
    then = rows_of_month(at, partner, "usage", plus_months(month, -12))
    return growth(share(amounts(now, "recurring_revenue"), amounts(then, "recurring_revenue")))


def net_recurring_retention(at: AsOf, partner: Row) -> Figure:
    month = latest_month(at, partner, "usage")
    if month is None:
        return NO_DATA
    billed = [
        (row, amount)
        for row, amount in amounts(
            rows_of_month(at, partner, "usage", plus_months(month, -12)), "recurring_revenue"
        )
        if row.text("customer") and amount > 0
    ]
    customers = {row.text("customer") for row, _ in billed}
    now = rows_of_month(at, partner, "usage", month)
    still = [row for row in now if row.text("customer") in customers]
    return share(amounts(still, "recurring_revenue"), billed)


def managed_seats(at: AsOf, partner: Row) -> Figure:
    month = latest_month(at, partner, "usage")
    if month is None:
        return NO_DATA
    return total(numbers(rows_of_month(at, partner, "usage", month), "seats"), known=True)


def seat_growth(at: AsOf, partner: Row) -> Figure:
    return growth_over_three_months(at, partner, "usage", "seats")


def growth_over_three_months(at: AsOf, partner: Row, entity: str, column: str) -> Figure:
    """Compare the latest month with the third before it, which must count at least 25."""
    month = latest_month(at, partner, entity)
    if month is None:
        return NO_DATA
    now = numbers(rows_of_month(at, partner, entity, month), column)
    then = numbers(rows_of_month(at, partner, entity, plus_months(month, -3)), column)
    if sum(number for _, number in then) < LEAST_BASE:
        return Figure(None, len(now) + len(then))
    return growth(share(now, then))


def seat_activation(at: AsOf, partner: Row) -> Figure:
    month = latest_month(at, partner, "usage")
    if month is None:
        return NO_DATA
    rows = rows_of_month(at, partner, "usage", month)
    both = [row for row in rows if row.text("seats") and row.text("active_seats")]
    return share(numbers(both, "active_seats"), numbers(both, "seats"))


def outcome(at: AsOf, renewal: Row) -> str:
    """Return open, renewed or lost on the day; an undated outcome is dated due_on."""
    status = renewal.text("status") or "open"
    decided_on = renewal.day("decided_on") or renewal.day("due_on")
    return status if status != "open" and at.reached(decided_on) else "open"


def _due_soon(at: AsOf, partner: Row, days: int) -> list[Row]:
    to_come = next_days(at.day, days)
    return [row for row in at.rows("renewals", partner) if row.day("due_on") in to_come]


def renewals_due(at: AsOf, partner: Row) -> Figure:
    return total(amounts(_due_soon(at, partner, 90), "value"), known=at.has("renewals", partner))


def renewal_rate(at: AsOf, partner: Row) -> Figure:
    kept = due = Fraction(0)
    records = 0
    for renewal, value in amounts(at.rows("renewals", partner), "value"):
        due_on, now = renewal.day("due_on") or date.max, outcome(at, renewal)
        overdue_long = at.day - due_on > STALE
        if due_on not in at.year_back or (now == "open" and not overdue_long):
            continue
        records += 1
        due += value
        if now == "renewed":
            renewed = renewal.money("renewed_value")
            kept += value if renewed is None else min(renewed, value)
    return quotient(kept, due, records=records)


def renewals_covered(at: AsOf, partner: Row) -> Figure:
    due = amounts(_due_soon(at, partner, 90), "value")
    covered = [pair for pair in due if _covered(at, pair[0])]
    return share(covered, due)


def _covered(at: AsOf, renewal: Row) -> bool:
    now = outcome(at, renewal)
    in_hand = at.reached(renewal.day("opened_on")) and renewal.text("forecast") is not None
    return now == "renewed" or (now == "open" and in_hand)


def renewal_value_at_risk(at: AsOf, partner: Row) -> Figure:
    soon, overdue = next_days(at.day, 60), last_days(at.day - timedelta(1), 90)
    at_risk: list[Row] = []
    for renewal in at.rows("renewals", partner):
        due_on = renewal.day("due_on")
        if outcome(at, renewal) != "open" or not (due_on in soon or due_on in overdue):
            continue
        opened = at.reached(renewal.day("opened_on"))
        if due_on in overdue or not opened or renewal.text("forecast") == "at_risk":
            at_risk.append(renewal)
    return total(amounts(at_risk, "value"), known=at.has("renewals", partner))


METRICS = (
    recurring_revenue, recurring_revenue_growth, net_recurring_retention, managed_seats, seat_growth,
    seat_activation, renewals_due, renewal_rate, renewals_covered, renewal_value_at_risk,
)  # fmt: skip
