"""Section "Portfolio and programme" of the metrics, as far as it is said per partner."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from fractions import Fraction

from .activation import activation
from .figure import NO_DATA, Amounts, AsOf, Figure, amounts, part, total
from .periods import Span, last_days, last_months, plus_months
from .records import Row
from .recurring_business import outcome
from .sales import forecast_gap, quarter_best_case, quarter_commit, revenue_quarter
from .targets import influenced_in, referred_in, revenue_in, sell_through_in, target

DARK_AFTER_DAYS = {
    "reseller": 90, "distributor": 60, "msp": 90, "systems_integrator": 180, "isv": 90, "referral": 180,
    "alliance": 180,
}  # fmt: skip


def _is_enrolled(at: AsOf, partner: Row) -> bool:
    enrolled_on = partner.day("enrolled_on")
    begun = enrolled_on is None or enrolled_on <= at.day
    return partner.text("status") == "enrolled" and begun and not at.reached(partner.day("terminated_on"))


def _events(at: AsOf, partner: Row, window: Span, *, with_projects: bool = True) -> Iterator[bool]:
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
        ended = project.text("status") == "completed" and project.day("completed_on") in window
        yield ended or (with_projects and project.text("status") == "active")
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


def active_rate(at: AsOf, partner: Row) -> Figure:
    return part([_is_active(at, partner)]) if _is_enrolled(at, partner) else NO_DATA


def activation_rate(at: AsOf, partner: Row) -> Figure:
    way = activation(at, partner)
    return part([way.in_time]) if way is not None and way.window_end in at.year_back else NO_DATA


def _earnings(at: AsOf, partner: Row) -> Iterator[tuple[date | None, Fraction | None]]:
    """Yield the day and the money of all business that has any."""
    for order in at.rows("orders", partner):
        yield order.day("booked_on"), order.money("amount")
    for line in at.rows("sell_through", partner) + at.lines_naming(partner):
        yield line.day("month"), line.money("value")
    for deal in at.rows("deals", partner):
        if deal.text("status") == "won":
            yield deal.day("closed_on"), deal.money("amount")
    for usage in at.rows("usage", partner):
        if (usage.number("seats") or 0) > 0:
            yield usage.day("month"), usage.money("recurring_revenue")
    for renewal in at.portfolio.of_partner("renewals", partner):
        if renewal.text("status") == "renewed":
            worth = renewal.money("renewed_value")
            yield (
                renewal.day("decided_on") or renewal.day("due_on"),
                renewal.money("value") if worth is None else worth,
            )
    for activity in at.rows("listing_activity", partner):
        if (activity.number("active_customers") or 0) > 0:
            yield activity.day("month"), activity.money("gross_sales")
    for referral in at.rows("referrals", partner):
        if referral.text("status") == "won":
            yield referral.day("closed_on"), referral.money("value")


def time_to_first_revenue(at: AsOf, partner: Row) -> Figure:
    """Business from before the enrolment counts as 0 days."""
    enrolled_on = partner.day("enrolled_on")
    days = [day for day, money in _earnings(at, partner) if day and at.reached(day) and (money or 0) > 0]
    if enrolled_on not in last_months(at.day, 24) or not days:
        return NO_DATA
    assert enrolled_on is not None
    return Figure(Fraction(max(0, (min(days) - enrolled_on).days)), 1)


def _was_enrolled(at: AsOf, partner: Row, then: date) -> bool:
    """Tell it by the days: one suspended, or ended on no known day, is left out."""
    enrolled_on, ended_on = partner.day("enrolled_on"), partner.day("terminated_on")
    status = partner.text("status")
    known = status == "enrolled" or (status != "prospect" and ended_on is not None)
    return known and (enrolled_on is None or enrolled_on <= then) and (ended_on is None or ended_on > then)


def partner_retention(at: AsOf, partner: Row) -> Figure:
    then = plus_months(at.day, -12)
    return part([_is_enrolled(at, partner)]) if _was_enrolled(at, partner, then) else NO_DATA


def active_retention(at: AsOf, partner: Row) -> Figure:
    then = AsOf(at.portfolio, plus_months(at.day, -12), at.fiscal_year_start_month)
    window = _window(then, partner)
    projects = any(
        (row.day("started_on") or date.max) <= then.day
        and ((row.day("completed_on") or date.min) > then.day
             or (row.day("completed_on") is None and row.text("status") == "active"))
        for row in at.portfolio.of_partner("projects", partner)
    )  # fmt: skip
    was_active = projects or any(_events(then, partner, window, with_projects=False))
    if not was_active or not _was_enrolled(at, partner, then.day):
        return NO_DATA
    return part([_is_active(at, partner)])


CONTRIBUTIONS: dict[str, Callable[[AsOf, Row], Amounts]] = {
    "reseller": lambda at, partner: revenue_in(at, partner, at.year_back),
    "distributor": lambda at, partner: sell_through_in(at, partner, at.year_back),
    "msp": lambda at, partner: amounts(
        [row for row in at.rows("usage", partner) if row.day("month") in at.year_back], "recurring_revenue"
    ),
    "systems_integrator": lambda at, partner: influenced_in(at, partner, at.year_back),
    "isv": lambda at, partner: influenced_in(at, partner, at.year_back),
    "alliance": lambda at, partner: influenced_in(at, partner, at.year_back),
    "referral": lambda at, partner: referred_in(at, partner, at.year_back),
}
_KNOWN_BY: dict[str, tuple[str, ...]] = {
    "reseller": ("orders", "lines"), "distributor": ("sell_through",), "msp": ("usage",),
    "referral": ("referrals",), "systems_integrator": ("deals",), "isv": ("deals",), "alliance": ("deals",),
}  # fmt: skip


def _hats(partner: Row) -> list[str]:
    """Return the partner's types, the primary one first."""
    words = [partner.text("type") or "", *(partner.text("other_types") or "").split(";")]
    return [word for word in dict.fromkeys(words) if word]


def _opportunity(at: AsOf, row: Row, partner: Row) -> str:
    """Return what counts once: an opportunity, else the deal, else the record itself."""
    deal_id = row.key if row.entity == "deals" else row.text("deal_id")
    deals = [deal for deal in at.portfolio.of_partner("deals", partner) if deal.key == deal_id]
    return (deals[0].text("opportunity_id") or f"deal {deal_id}") if deals else f"{row.entity} {row.key}"


def contributed(at: AsOf, partner: Row) -> Amounts:
    """Return what the partner brought by its types; a later one adds what no earlier one has counted."""
    counted: Amounts = []
    taken: set[str] = set()
    for hat in _hats(partner):
        added_now = [
            (row, amount) for row, amount in CONTRIBUTIONS[hat](at, partner)
            if _opportunity(at, row, partner) not in taken
        ]  # fmt: skip
        taken |= {_opportunity(at, row, partner) for row, _ in added_now}
        counted += added_now
    return counted


def _is_contributor(at: AsOf, partner: Row) -> bool:
    entities = {name for hat in _hats(partner) for name in _KNOWN_BY[hat]}
    named = "lines" in entities and bool(at.lines_naming(partner))
    return named or any(at.has(name, partner) for name in entities - {"lines"})


def contribution(at: AsOf, partner: Row) -> Figure:
    """Return what the partner brought, before totals count shared records once."""
    return total(contributed(at, partner), known=_is_contributor(at, partner))


def revenue_per_active_partner(at: AsOf, partner: Row) -> Figure:
    if not _is_active(at, partner):
        return NO_DATA
    brought = contribution(at, partner)
    return Figure(brought.value, brought.records + 1)


def own_target(at: AsOf, partner: Row) -> Figure:
    own = target(at, partner, "revenue")
    return NO_DATA if own is None else Figure(own.quarter_share(at), 1)


def own_booked(at: AsOf, partner: Row) -> Figure:
    return revenue_quarter(at, partner)


def own_commit(at: AsOf, partner: Row) -> Figure:
    return quarter_commit(at, partner)


def own_best_case(at: AsOf, partner: Row) -> Figure:
    return quarter_best_case(at, partner)


def own_gap(at: AsOf, partner: Row) -> Figure:
    return Figure(forecast_gap(at, partner).value, 1)


METRICS = (
    enrolled_partners, active_partners, active_rate, dark_partners, activation_rate, time_to_first_revenue,
    partner_retention, active_retention, contribution, revenue_per_active_partner, own_target, own_booked,
    own_commit, own_best_case, own_gap,
)  # fmt: skip


def in_total(at: AsOf, partners: Collection[Row]) -> dict[str, Fraction]:
    """Return what counts for each partner in a total of `partners`: no record, no opportunity twice."""
    brought = {partner.key: contributed(at, partner) for partner in partners}
    deals = {deal.key: deal for deal in at.portfolio.all("deals")}

    def opportunity(row: Row) -> str:
        deal_id = row.key if row.entity == "deals" else row.text("deal_id") or ""
        return (deals[deal_id].text("opportunity_id") or f"deal {deal_id}") if deal_id in deals else row.key

    sourced = {opportunity(row) for pairs in brought.values() for row, _ in pairs if row.entity == "orders"}
    owners: dict[str, str] = {}
    selling = {
        partner.key for partner in partners if any("lines" in _KNOWN_BY[hat] for hat in _hats(partner))
    }
    found: dict[str, Fraction] = {}
    for partner_id in sorted(brought):
        counted = []
        for row, amount in sorted(brought[partner_id], key=lambda pair: pair[0].key):
            named = row.text("reseller_partner_id") if row.entity == "sell_through" else None
            if named in selling and named != partner_id:
                continue
            if row.entity == "deals":
                owner = owners.setdefault(opportunity(row), partner_id)
                if opportunity(row) in sourced or owner != partner_id:
                    continue
            counted.append(amount)
        found[partner_id] = sum(counted, Fraction(0))
    return found
