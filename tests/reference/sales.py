"""Section "Sales" of the metrics."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from .deals import INFLUENCED, closed, decision, is_open, open_deals, registered
from .figure import (
    NO_DATA,
    Amounts,
    AsOf,
    Figure,
    added,
    amounts,
    count,
    growth,
    mean,
    part,
    quotient,
    share,
    total,
)
from .periods import Span, last_days, last_months, plus_months
from .records import Row
from .targets import attainment, influenced_in, joint_in, revenue_in, sourced_in, target

LOST_AFTER = timedelta(90)


def _has_revenue(at: AsOf, partner: Row) -> bool:
    return at.has("orders", partner) or bool(at.lines_naming(partner))


def revenue(at: AsOf, partner: Row) -> Figure:
    return total(revenue_in(at, partner, at.year_back), known=_has_revenue(at, partner))


def revenue_quarter(at: AsOf, partner: Row) -> Figure:
    span = Span(at.quarter.start, at.day)
    return total(revenue_in(at, partner, span), known=_has_revenue(at, partner))


def revenue_year(at: AsOf, partner: Row) -> Figure:
    span = Span(at.fiscal_year.start, at.day)
    return total(revenue_in(at, partner, span), known=_has_revenue(at, partner))


def revenue_growth(at: AsOf, partner: Row) -> Figure:
    everything = [order.day("booked_on") for order in at.rows("orders", partner)]
    everything += [line.day("month") for line in at.lines_naming(partner)]
    dated = [day for day in everything if day]
    if not dated or min(dated) > plus_months(at.day, -24):
        return NO_DATA
    prior = revenue_in(at, partner, last_months(at.day, 12, back=12))
    return growth(share(revenue_in(at, partner, at.year_back), prior))


def revenue_attainment(at: AsOf, partner: Row) -> Figure:
    return attainment(at, partner, "revenue")


def new_customer_revenue(at: AsOf, partner: Row) -> Figure:
    from_new = [
        order for order in at.rows("orders", partner)
        if order.day("booked_on") in at.year_back
        and at.first_orders.get(order.text("customer") or "") in at.year_back
    ]  # fmt: skip
    return total(amounts(from_new, "amount"), known=at.has("orders", partner))


def sourced_revenue(at: AsOf, partner: Row) -> Figure:
    return total(sourced_in(at, partner, at.year_back), known=at.has("deals", partner))


def _wins(at: AsOf, partner: Row, *, kind: str) -> list[bool]:
    """Return won or not, per decided deal; an open one is lost 90 days after its expected close."""
    wins: list[bool] = []
    for deal in at.rows("deals", partner):
        if deal.text("kind") != kind or decision(at, deal) == "rejected":
            continue
        expected = deal.day("expected_close_on")
        given_up = is_open(at, deal) and expected and expected + LOST_AFTER in at.year_back
        won = closed(deal, at.year_back, status="won")
        if won or given_up or closed(deal, at.year_back, status="lost"):
            wins.append(won)
    return wins


def win_rate(at: AsOf, partner: Row) -> Figure:
    return part(_wins(at, partner, kind="registered"), least=5)


def joint_win_rate(at: AsOf, partner: Row) -> Figure:
    return part(_wins(at, partner, kind="co_sell"), least=3)


def average_deal_size(at: AsOf, partner: Row) -> Figure:
    won = [
        deal for deal in at.rows("deals", partner)
        if deal.text("kind") == "registered" and closed(deal, at.year_back, status="won")
    ]  # fmt: skip
    return mean([amount for _, amount in amounts(won, "amount")], least=3)


def pipeline_coverage(at: AsOf, partner: Row) -> Figure:
    aim = target(at, partner, "revenue")
    if aim is None:
        return NO_DATA
    booked = revenue_in(at, partner, Span(at.quarter.start, at.day))
    to_come = Span(at.day, at.quarter.end)
    expected = [deal for deal in open_deals(at, partner) if deal.day("expected_close_on") in to_come]
    pipeline = amounts(expected, "amount")
    records = len(booked) + len(pipeline) + 1
    if not (pipeline or at.anyone_has("deals")):
        return Figure(None, records)
    return quotient(added(pipeline), aim.quarter_share(at) - added(booked), records=records)


def _quarter_with(at: AsOf, partner: Row, forecasts: tuple[str, ...]) -> Amounts:
    expected = [
        deal for deal in open_deals(at, partner)
        if deal.text("forecast") in forecasts
        and (closes_on := deal.day("expected_close_on")) and closes_on <= at.quarter.end
    ]  # fmt: skip
    return revenue_in(at, partner, Span(at.quarter.start, at.day)) + amounts(expected, "amount")


def quarter_commit(at: AsOf, partner: Row) -> Figure:
    known = _has_revenue(at, partner) or at.has("deals", partner)
    return total(_quarter_with(at, partner, ("commit",)), known=known)


def quarter_best_case(at: AsOf, partner: Row) -> Figure:
    known = _has_revenue(at, partner) or at.has("deals", partner)
    return total(_quarter_with(at, partner, ("commit", "best_case")), known=known)


def forecast_gap(at: AsOf, partner: Row) -> Figure:
    aim = target(at, partner, "revenue")
    if aim is None:
        return NO_DATA
    commit = _quarter_with(at, partner, ("commit",))
    return Figure(max(Fraction(0), aim.quarter_share(at) - added(commit)), len(commit) + 1)


def slipped_deals(at: AsOf, partner: Row) -> Figure:
    slipped = [
        deal for deal in open_deals(at, partner)
        if (closes_on := deal.day("expected_close_on")) and closes_on < at.day
    ]  # fmt: skip
    return count(slipped, known=at.has("deals", partner))


def _not_rejected(at: AsOf, partner: Row, span: Span) -> list[Row]:
    return [deal for deal in registered(at, partner, span) if decision(at, deal) != "rejected"]


def deal_registrations(at: AsOf, partner: Row) -> Figure:
    submitted = _not_rejected(at, partner, last_days(at.day, 90))
    return count(submitted, known=at.has("deals", partner))


def registrations_open(at: AsOf, partner: Row) -> Figure:
    in_flight: list[Row] = []
    for deal in at.rows("deals", partner):
        protected_until = deal.day("protected_until")
        protected = protected_until is not None and protected_until >= at.day
        state = decision(at, deal)
        if deal.text("kind") != "registered" or deal.day("submitted_at") is None:
            continue
        if state == "pending" or (state == "approved" and protected and is_open(at, deal)):
            in_flight.append(deal)
    return count(in_flight, known=at.has("deals", partner))


def registration_pace(at: AsOf, partner: Row) -> Figure:
    recent = _not_rejected(at, partner, last_days(at.day, 90))
    base = _not_rejected(at, partner, last_days(at.day, 360, back=90))
    records = len(recent) + len(base)
    if len(base) < 4:
        return Figure(None, records)
    return quotient(Fraction(len(recent)), Fraction(len(base), 4), records=records)


def stalled_pipeline(at: AsOf, partner: Row) -> Figure:
    staged = [deal for deal in open_deals(at, partner) if at.reached(deal.day("stage_changed_on"))]
    pipeline = amounts(staged, "amount")
    still_since = Span(at.day.min, at.day - timedelta(31))
    stalled = [pair for pair in pipeline if pair[0].day("stage_changed_on") in still_since]
    return share(stalled, pipeline)


def influenced_pipeline(at: AsOf, partner: Row) -> Figure:
    pipeline = amounts(open_deals(at, partner, kinds=INFLUENCED), "amount")
    return total(pipeline, known=at.has("deals", partner))


def influenced_revenue(at: AsOf, partner: Row) -> Figure:
    return total(influenced_in(at, partner, at.year_back), known=at.has("deals", partner))


def influenced_attainment(at: AsOf, partner: Row) -> Figure:
    return attainment(at, partner, "influenced_revenue")


def influenced_coverage(at: AsOf, partner: Row) -> Figure:
    aim = target(at, partner, "influenced_revenue")
    if aim is None:
        return NO_DATA
    won = influenced_in(at, partner, Span(aim.period.start, at.day))
    to_come = Span(at.day, plus_months(at.day, 12))
    deals = open_deals(at, partner, kinds=INFLUENCED)
    pipeline = amounts([deal for deal in deals if deal.day("expected_close_on") in to_come], "amount")
    records = len(won) + len(pipeline) + 1
    if not (pipeline or at.anyone_has("deals")):
        return Figure(None, records)
    return quotient(added(pipeline), aim.value - added(won), records=records)


def joint_pipeline(at: AsOf, partner: Row) -> Figure:
    pipeline = amounts(open_deals(at, partner, kinds=("co_sell",)), "amount")
    return total(pipeline, known=at.has("deals", partner))


def joint_revenue(at: AsOf, partner: Row) -> Figure:
    return total(joint_in(at, partner, at.year_back), known=at.has("deals", partner))


def joint_revenue_attainment(at: AsOf, partner: Row) -> Figure:
    return attainment(at, partner, "joint_revenue")


METRICS = (
    revenue, revenue_quarter, revenue_year, revenue_growth, revenue_attainment, new_customer_revenue,
    sourced_revenue, win_rate, average_deal_size, pipeline_coverage, quarter_commit, quarter_best_case,
    forecast_gap, slipped_deals, deal_registrations, registrations_open, registration_pace,
    stalled_pipeline, influenced_pipeline, influenced_revenue, influenced_attainment,
    influenced_coverage, joint_pipeline, joint_revenue, joint_revenue_attainment, joint_win_rate,
)  # fmt: skip
