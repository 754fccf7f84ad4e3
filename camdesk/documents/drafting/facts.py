"""What a partner's records say on one day, by the conventions of the metrics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from camdesk.base.periods import Period
from camdesk.documents.drafting.rows import PartnerRows, Row, amount, day

REGISTERED = "registered"
_FAR = date.max


def largest_first(rows: Sequence[Row], column: str = "amount") -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: -amount(row, column)))


def is_rejected(deal: Row, on: date) -> bool:
    """Return whether we had refused the deal by the day."""
    decided = day(deal["decided_at"])
    return deal["decision"] == "rejected" and (decided is None or decided <= on)


def _known(deal: Row, on: date) -> bool:
    submitted = day(deal["submitted_at"])
    return submitted is not None and submitted <= on


def open_deals(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return the open deals, largest first: submitted, not rejected, not yet closed."""

    def is_open(deal: Row) -> bool:
        closed = day(deal["closed_on"])
        return closed > on if closed else deal["status"] == "open"

    found = [deal for deal in rows.of("deals") if _known(deal, on) and not is_rejected(deal, on)]
    return largest_first([deal for deal in found if is_open(deal)])


def closed_deals(rows: PartnerRows, status: str, within: Period) -> tuple[Row, ...]:
    """Return the deals won or lost on the days of a period, largest first; rejected ones left out."""
    found = [
        deal
        for deal in rows.of("deals")
        if deal["status"] == status and (closed := day(deal["closed_on"])) is not None and closed in within
    ]
    return largest_first([deal for deal in found if not is_rejected(deal, within.last)])


def registrations(rows: PartnerRows, within: Period) -> tuple[Row, ...]:
    """Return the deals registered on the days of a period, largest first."""
    found = [
        deal
        for deal in rows.of("deals")
        if deal["kind"] == REGISTERED and (sent := day(deal["submitted_at"])) is not None and sent in within
    ]
    return largest_first(found)


def approved(deals: Sequence[Row], on: date) -> tuple[Row, ...]:
    def is_approved(deal: Row) -> bool:
        decided = day(deal["decided_at"])
        return deal["decision"] == "approved" and (decided is None or decided <= on)

    return tuple(deal for deal in deals if is_approved(deal))


def won_by(deals: Sequence[Row], on: date) -> tuple[Row, ...]:
    return tuple(
        deal
        for deal in deals
        if deal["status"] == "won" and (closed := day(deal["closed_on"])) is not None and closed <= on
    )


def overdue_deals(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return the open deals whose expected close is past, largest first."""
    return tuple(deal for deal in open_deals(rows, on) if (day(deal["expected_close_on"]) or _FAR) < on)


def running_out(rows: PartnerRows, on: date, *, days: int) -> tuple[Row, ...]:
    """Return open approved deals whose protection ends within `days`, the next to end first."""
    deals = [deal for deal in approved(open_deals(rows, on), on) if deal["kind"] == REGISTERED]
    last = on + timedelta(days=days)
    ending = [deal for deal in deals if on <= (day(deal["protected_until"]) or _FAR) <= last]
    return tuple(sorted(ending, key=lambda deal: (deal["protected_until"], deal["deal_id"])))


def renewals_due(rows: PartnerRows, on: date, *, days: int) -> tuple[Row, ...]:
    """Return open renewals due within `days`, or overdue by up to 90, the next due first."""
    first, last = on - timedelta(days=90), on + timedelta(days=days)

    def is_open(renewal: Row) -> bool:
        decided = day(renewal["decided_on"])
        return decided > on if decided else renewal["status"] == "open"

    due = [
        row for row in rows.of("renewals") if is_open(row) and first < (day(row["due_on"]) or _FAR) <= last
    ]
    return tuple(sorted(due, key=lambda row: (row["due_on"], row["renewal_id"])))


def expiring_certifications(rows: PartnerRows, on: date, *, days: int) -> tuple[Row, ...]:
    """Return certificates valid on the day that expire within `days`, the next first."""
    last = on + timedelta(days=days)
    ending = [row for row in rows.of("certifications") if on < (day(row["expires_on"]) or _FAR) <= last]
    held = [row for row in ending if (day(row["awarded_on"]) or _FAR) <= on]
    return tuple(sorted(held, key=lambda row: (row["expires_on"], row["certification_id"])))


def undecided_registrations(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return registrations that wait for our decision, the oldest first."""
    waiting = [
        deal
        for deal in open_deals(rows, on)
        if deal["kind"] == REGISTERED and (deal["decision"] or "pending") == "pending"
    ]
    return tuple(sorted(waiting, key=lambda deal: (deal["submitted_at"], deal["deal_id"])))


def unanswered_requests(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return what the partner asked and has not been told, the oldest first."""

    def waits(row: Row) -> bool:
        return (day(row["asked_at"]) or _FAR) <= on and (day(row["answered_at"]) or _FAR) > on

    return tuple(sorted((row for row in rows.of("requests") if waits(row)), key=lambda row: row["asked_at"]))


def owed_incentives(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return what we should have paid by the day and have not, the oldest first."""

    def is_owed(row: Row) -> bool:
        return (day(row["due_on"]) or _FAR) < on and (day(row["paid_on"]) or _FAR) > on

    return tuple(
        sorted((row for row in rows.of("incentives") if is_owed(row)), key=lambda row: row["due_on"])
    )


def commitments(
    rows: PartnerRows, within: Period | None, on: date, *, dropped: bool = False
) -> tuple[Row, ...]:
    """Return commitments due within a period (None: due after the day or undated), ours first, by due day."""

    def belongs(row: Row) -> bool:
        if row["dropped_on"] is not None and not dropped:
            return False
        due = day(row["due_on"])
        if within is None:
            return row["done_on"] is None and (due is None or due > on)
        return due is not None and due in within

    return in_order(row for row in rows.of("commitments") if belongs(row))


def in_order(commitments: Iterable[Row]) -> tuple[Row, ...]:
    """Return commitments as every list shows them: ours first, then by due day."""
    return tuple(
        sorted(
            commitments,
            key=lambda row: (row["side"] != "vendor", row["due_on"] or "9999", row["commitment_id"]),
        )
    )


def funds_in_force(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return the funds whose period contains the day."""
    found = [
        row
        for row in rows.of("funds")
        if (day(row["period_start"]) or _FAR) <= on <= (day(row["period_end"]) or date.min)
    ]
    return largest_first(found, "allocated")


def undecided_claims(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return fund requests that wait for our decision, the oldest first."""
    waiting = [
        row
        for row in rows.of("fund_claims")
        if (day(row["requested_at"]) or _FAR) <= on
        and ((decided := day(row["decided_at"])) is None or decided > on)
        and row["status"] == "requested"
    ]
    return tuple(sorted(waiting, key=lambda row: row["requested_at"]))


def unpaid_claims(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return what was claimed by the day and is not paid, the oldest first."""
    waiting = [
        row
        for row in rows.of("fund_claims")
        if (day(row["claimed_on"]) or _FAR) <= on
        and (day(row["paid_on"]) or _FAR) > on
        and (row["status"] == "claimed" or row["paid_on"] is not None)
    ]
    return tuple(sorted(waiting, key=lambda row: row["claimed_on"]))


def unpaid_fees(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return referrals whose fee was earned by the day and is not paid, the oldest first."""
    owed = [
        row
        for row in rows.of("referrals")
        if (day(row["fee_earned_on"]) or _FAR) <= on and (day(row["fee_paid_on"]) or _FAR) > on
    ]
    return tuple(sorted(owed, key=lambda row: row["fee_earned_on"]))


def unanswered_referrals(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return referrals nobody on our side has answered, the oldest first."""
    waiting = [
        row
        for row in rows.of("referrals")
        if (day(row["submitted_at"]) or _FAR) <= on
        and (day(row["first_response_at"]) or _FAR) > on
        and row["status"] == "submitted"
    ]
    return tuple(sorted(waiting, key=lambda row: row["submitted_at"]))


def open_cases(rows: PartnerRows, on: date, *, severities: frozenset[str]) -> tuple[Row, ...]:
    """Return support cases of some severities that are not resolved, the oldest first."""
    found = [
        row
        for row in rows.of("cases")
        if row["severity"] in severities
        and (day(row["opened_at"]) or _FAR) <= on
        and (day(row["resolved_at"]) or _FAR) > on
    ]
    return tuple(sorted(found, key=lambda row: row["opened_at"]))
