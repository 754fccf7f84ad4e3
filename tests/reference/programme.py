"""Section "Portfolio and programme" of the metrics, as far as it is said per partner."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .distribution import sell_through
from .figure import AsOf, Figure, amounts, total
from .periods import Span, last_days
from .records import Row
from .recurring_business import outcome
from .referral_and_alliance import referral_value
from .sales import influenced_revenue, revenue

DARK_AFTER_DAYS = {
    "reseller": 90, "distributor": 60, "msp": 90, "systems_integrator": 180, "isv": 90, "referral": 180,
    "alliance": 180,
}  # fmt: skip


def _is_enrolled(at: AsOf, partner: Row) -> bool:
    enrolled_on = partner.day("enrolled_on")
    begun = enrolled_on is None or enrolled_on <= at.day
    return partner.text("status") == "enrolled" and begun and not at.reached(partner.day("terminated_on"))


def _events(at: AsOf, partner: Row, window: Span) -> Iterator[bool]:
    """Yield, for each row that may be a commercial event, whether it is one inside the window."""
    for order in at.rows("orders", partner):
        yield order.day("booked_on") in window
    for line in at.rows("sell_through", partner) + at.lines_naming(partner):
        yield line.day("month") in window
    for deal in at.rows("deals", partner):
        won = deal.text("status") == "won" and deal.day("closed_on") in window
        yield won or deal.day("submitted_at") in window
    for usage in at.rows("usage", partner):
        yield usage.day("month") in window and (usage.number("seats") or 0) > 0
    for renewal in at.rows("renewals", partner):
        won_on = renewal.day("decided_on") or renewal.day("due_on")
        yield outcome(at, renewal) == "renewed" and won_on in window
    for project in at.rows("projects", partner):
        yield project.text("status") == "active"
    for activity in at.rows("listing_activity", partner):
        yield activity.day("month") in window and (activity.number("active_customers") or 0) > 0
    for referral in at.rows("referrals", partner):
        yield referral.day("submitted_at") in window


def _window(at: AsOf, partner: Row) -> Span:
    return last_days(at.day, DARK_AFTER_DAYS[partner.text("type") or ""])


def _is_active(at: AsOf, partner: Row) -> bool:
    return _is_enrolled(at, partner) and any(_events(at, partner, _window(at, partner)))


def _one(yes: bool) -> Figure:
    return Figure(Fraction(yes), int(yes))


def enrolled_partners(at: AsOf, partner: Row) -> Figure:
    return _one(_is_enrolled(at, partner))


def active_partners(at: AsOf, partner: Row) -> Figure:
    return _one(_is_active(at, partner))


def dark_partners(at: AsOf, partner: Row) -> Figure:
    """Count a partner without enrolled_on as enrolled for long."""
    enrolled_on = partner.day("enrolled_on")
    window = _window(at, partner)
    long_enough = enrolled_on is None or (at.day - enrolled_on).days > window.days
    return _one(_is_enrolled(at, partner) and long_enough and not _is_active(at, partner))


def contribution(at: AsOf, partner: Row) -> Figure:
    """Return what the partner brought by its primary type, before totals count shared records once."""
    partner_type = partner.text("type")
    if partner_type == "reseller":
        return revenue(at, partner)
    if partner_type == "distributor":
        return sell_through(at, partner)
    if partner_type == "msp":
        billed = [row for row in at.rows("usage", partner) if row.day("month") in at.year_back]
        return total(amounts(billed, "recurring_revenue"), known=at.has("usage", partner))
    if partner_type == "referral":
        return referral_value(at, partner)
    return influenced_revenue(at, partner)


METRICS = (enrolled_partners, active_partners, dark_partners, contribution)
