"""Section "Marketplace" of the metrics."""

from __future__ import annotations

from fractions import Fraction

from .figure import NO_DATA, Amounts, AsOf, Figure, amounts, numbers, part, share, total
from .months import latest_month, rows_of_month, three_calendar_months
from .periods import plus_months
from .records import Row
from .recurring_business import growth_over_three_months

ACTIVITY = "listing_activity"


def _three_months(at: AsOf, partner: Row) -> list[Row]:
    return rows_of_month(at, partner, ACTIVITY, *three_calendar_months(at))


def active_customers(at: AsOf, partner: Row) -> Figure:
    month = latest_month(at, partner, ACTIVITY)
    if month is None:
        return NO_DATA
    return total(numbers(rows_of_month(at, partner, ACTIVITY, month), "active_customers"), known=True)


def active_customer_growth(at: AsOf, partner: Row) -> Figure:
    return growth_over_three_months(at, partner, ACTIVITY, "active_customers")


def _net_installed(at: AsOf, partner: Row) -> Amounts:
    pairs: Amounts = []
    for row in _three_months(at, partner):
        installs, uninstalls = row.number("installs"), row.number("uninstalls")
        if installs is not None and uninstalls is not None:
            pairs.append((row, installs - uninstalls))
    return pairs


def net_installs(at: AsOf, partner: Row) -> Figure:
    return total(_net_installed(at, partner), known=False)


def net_install_rate(at: AsOf, partner: Row) -> Figure:
    before = plus_months(three_calendar_months(at)[0], -1)
    base = numbers(rows_of_month(at, partner, ACTIVITY, before), "active_customers")
    return share(_net_installed(at, partner), base, empty_is_zero=False)


def _per_row(rows: list[Row], over: str, under: str) -> Figure:
    both = [row for row in rows if row.text(over) is not None and row.text(under) is not None]
    return share(numbers(both, over), numbers(both, under))


def listing_conversion(at: AsOf, partner: Row) -> Figure:
    return _per_row(_three_months(at, partner), "installs", "views")


def integration_certified(at: AsOf, partner: Row) -> Figure:
    live = [row for row in at.rows("listings", partner) if row.text("status") == "live"]
    return part([(until := row.day("certified_until")) is not None and until > at.day for row in live])


def ticket_rate(at: AsOf, partner: Row) -> Figure:
    rate = _per_row(_three_months(at, partner), "tickets", "active_customers")
    return Figure(None if rate.value is None else rate.value * Fraction(100), rate.records)


def marketplace_sales(at: AsOf, partner: Row) -> Figure:
    return total(amounts(_three_months(at, partner), "gross_sales"), known=at.has(ACTIVITY, partner))


METRICS = (
    active_customers, active_customer_growth, net_installs, net_install_rate, listing_conversion,
    integration_certified, ticket_rate, marketplace_sales,
)  # fmt: skip
