"""Section "Our side" of the metrics: service to the partner."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from .deals import DECIDED, decision, registered
from .figure import AsOf, Figure, mean, median, part
from .periods import last_days
from .records import Row
from .working_time import WORKING_DAY_HOURS, business_hours

IN_TIME = 2 * WORKING_DAY_HOURS


def _hours(at: AsOf, row: Row, asked: str, answered: str) -> Fraction | None:
    """Return business hours from asked to answered, the age while unanswered; None for an undated answer."""
    start, end = row.instant(asked), row.instant(answered)
    if start is None or (end is None and _answered_undated(row)):
        return None
    return business_hours(start, end if end is not None and end < at.end else at.end)


def _answered_undated(row: Row) -> bool:
    if row.entity in ("deals", "requests"):
        return row.text("decision") in DECIDED
    return row.entity == "referrals" and row.text("status") != "submitted"


def _typical_hours(at: AsOf, rows: list[Row], asked: str, answered: str) -> Figure:
    hours = [_hours(at, row, asked, answered) for row in rows]
    return median([value for value in hours if value is not None])


def registrations_decided_in_time(at: AsOf, partner: Row) -> Figure:
    in_time: list[bool] = []
    for deal in registered(at, partner, last_days(at.day, 90)):
        hours = _hours(at, deal, "submitted_at", "decided_at")
        decided = at.reached(deal.day("decided_at"))
        if hours is not None and (decided or hours > IN_TIME):
            in_time.append(decided and hours <= IN_TIME)
    return part(in_time)


def registration_decision_time(at: AsOf, partner: Row) -> Figure:
    deals = registered(at, partner, last_days(at.day, 90))
    return _typical_hours(at, deals, "submitted_at", "decided_at")


def protection_honoured(at: AsOf, partner: Row) -> Figure:
    honoured: list[bool] = []
    for deal in registered(at, partner, at.year_back):
        until, conflict_on = deal.day("protected_until"), deal.day("conflict_on")
        if until and decision(at, deal) == "approved":
            broken = conflict_on is not None and conflict_on <= min(until, at.day)
            honoured.append(not broken)
    return part(honoured)


def _asked(at: AsOf, partner: Row, days: int) -> list[Row]:
    recent = last_days(at.day, days)
    return [row for row in at.rows("requests", partner) if row.day("asked_at") in recent]


def request_response_time(at: AsOf, partner: Row) -> Figure:
    return _typical_hours(at, _asked(at, partner, 90), "asked_at", "answered_at")


def exception_decision_time(at: AsOf, partner: Row) -> Figure:
    exceptions = [row for row in _asked(at, partner, 90) if row.text("kind") == "pricing_exception"]
    return _typical_hours(at, exceptions, "asked_at", "answered_at")


def exceptions_honoured(at: AsOf, partner: Row) -> Figure:
    honoured: list[bool] = []
    for row in at.rows("requests", partner):
        answered_on, kept = row.day("answered_at"), row.flag("honoured")
        approved = row.text("decision") == "approved" and (answered_on is None or answered_on <= at.day)
        exception = row.text("kind") == "pricing_exception" and row.day("asked_at") in at.year_back
        if exception and approved and kept is not None:
            honoured.append(kept)
    return part(honoured)


def case_response_sla(at: AsOf, partner: Row) -> Figure:
    recent = last_days(at.day, 90)
    met: list[bool] = []
    for case in at.rows("cases", partner):
        respond_by, answered = case.instant("respond_by"), case.instant("first_response_at")
        if respond_by is None or case.day("opened_at") not in recent:
            continue
        if answered is not None and answered < at.end:
            met.append(answered <= respond_by)
        elif respond_by < at.end:
            met.append(False)
    return part(met)


def _days(at: AsOf, start: date | None, end: date | None) -> Fraction:
    """Return calendar days to the end, or the age on the day while the end is not reached."""
    begun = start or at.day
    return Fraction(((end if end is not None and end <= at.day else at.day) - begun).days)


def _market_claims(at: AsOf, partner: Row, dated: str) -> list[Row]:
    return [
        claim for claim in at.rows("fund_claims", partner)
        if claim.text("kind") == "market_fund" and claim.day(dated) in at.year_back
    ]  # fmt: skip


def fund_decision_time(at: AsOf, partner: Row) -> Figure:
    days: list[Fraction] = []
    for claim in _market_claims(at, partner, "requested_at"):
        decided_on = claim.day("decided_at")
        if decided_on is not None or claim.text("status") == "requested":
            days.append(_days(at, claim.day("requested_at"), decided_on))
    return mean(days)


def claim_payment_time(at: AsOf, partner: Row) -> Figure:
    days: list[Fraction] = []
    for claim in _market_claims(at, partner, "claimed_on"):
        paid_on = claim.day("paid_on")
        if paid_on is not None or claim.text("status") != "paid":
            days.append(_days(at, claim.day("claimed_on"), paid_on))
    return mean(days)


def incentives_on_time(at: AsOf, partner: Row) -> Figure:
    on_time: list[bool] = []
    for incentive in at.rows("incentives", partner):
        due_on, paid_on = incentive.day("due_on"), incentive.day("paid_on")
        if due_on and due_on in at.year_back:
            on_time.append(paid_on is not None and paid_on <= due_on)
    return part(on_time)


def incentives_right_first_time(at: AsOf, partner: Row) -> Figure:
    incentives = at.rows("incentives", partner)
    return part([not row.flag("corrected") for row in incentives if row.day("paid_on") in at.year_back])


def referral_response_time(at: AsOf, partner: Row) -> Figure:
    recent = last_days(at.day, 90)
    referrals = [row for row in at.rows("referrals", partner) if row.day("submitted_at") in recent]
    return _typical_hours(at, referrals, "submitted_at", "first_response_at")


def referral_fee_time(at: AsOf, partner: Row) -> Figure:
    earned = [row for row in at.rows("referrals", partner) if row.day("fee_earned_on") in at.year_back]
    return mean([_days(at, row.day("fee_earned_on"), row.day("fee_paid_on")) for row in earned])


METRICS = (
    registrations_decided_in_time, registration_decision_time, protection_honoured,
    request_response_time, exception_decision_time, exceptions_honoured, case_response_sla,
    fund_decision_time, claim_payment_time, incentives_on_time, incentives_right_first_time,
    referral_response_time, referral_fee_time,
)  # fmt: skip
