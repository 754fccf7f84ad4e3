"""The rules about single records, read anew from their definitions, in plain Python and without any SQL.

Each function takes all rows of a small portfolio and yields the row, the subject and the severity of
what fires on `DAY`. Shares no code with the product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.insight.alert_book import DAY, Rows

Row = Mapping[str, Any]
Found = Iterator[tuple[Row, str, str]]
_END = datetime.combine(DAY + timedelta(days=1), time(0), UTC)
_YEAR_AGO = DAY.replace(year=DAY.year - 1)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _older(text: str | None, days: int) -> bool:
    """Tell whether something happened more than so many days ago."""
    return bool(text) and (DAY - _day(str(text))).days > days


def _ahead(text: str | None, days: int) -> bool:
    """Tell whether something is to happen today or within so many days."""
    return bool(text) and 0 <= (_day(str(text)) - DAY).days <= days


def _happened(text: str | None) -> bool:
    return bool(text) and _day(str(text)) <= DAY


def _is_to_come(text: str | None) -> bool:
    return text is not None and not _happened(text)


def _waited(text: str) -> float:
    """Return the business hours from an instant to the end of the day."""
    start = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    seconds, day = 0.0, start.date()
    while day <= DAY:
        opens, closes = (datetime.combine(day, time(hour), UTC) for hour in (9, 17))
        if day.weekday() < 5:
            seconds += max(0.0, (closes - max(start, opens)).total_seconds())
        day += timedelta(days=1)
    return seconds / 3600


def _graver(condition: bool) -> str:
    return "critical" if condition else "warning"


def _is_open(deal: Row) -> bool:
    rejected = deal.get("decision") == "rejected" and (
        "decided_at" not in deal or _happened(deal["decided_at"])
    )
    closed = _happened(deal["closed_on"]) if "closed_on" in deal else deal["status"] != "open"
    return _happened(deal.get("submitted_at")) and not rejected and not closed


def _open_deals(rows: Rows) -> list[Row]:
    return [deal for deal in rows["deals"] if _is_open(deal)]


def _is_registered(deal: Row) -> bool:
    return deal.get("kind", "registered") == "registered"


def _decided(deal: Row) -> bool:
    return "decided_at" not in deal or _happened(deal["decided_at"])


def claim_unpaid(rows: Rows) -> Found:
    for one in rows["fund_claims"]:
        unpaid = not _happened(one["paid_on"]) if "paid_on" in one else one["status"] == "claimed"
        if unpaid and one["status"] in ("claimed", "paid") and _older(one.get("claimed_on"), 30):
            yield one, one["claim_id"], "warning"


def claim_deadline(rows: Rows) -> Found:
    for one in rows["fund_claims"]:
        later = one["status"] in ("claimed", "paid") and _is_to_come(one.get("claimed_on"))
        unclaimed = (
            _happened(one["requested_at"]) and _decided(one) and (one["status"] == "approved" or later)
        )
        passed = _older(one.get("claim_by"), 0)
        if unclaimed and (passed or _ahead(one.get("claim_by"), 21)):
            yield one, one["claim_id"], _graver(passed)


def fund_undecided(rows: Rows) -> Found:
    for one in rows["fund_claims"]:
        undecided = not _happened(one["decided_at"]) if "decided_at" in one else one["status"] == "requested"
        if undecided and _happened(one["requested_at"]) and _waited(one["requested_at"]) >= 24:
            yield one, one["claim_id"], _graver(_waited(one["requested_at"]) >= 40)


def fund_no_pipeline(rows: Rows) -> Found:
    for one in rows["fund_claims"]:
        is_market = one.get("kind", "market_fund") == "market_fund"
        if is_market and _older(one.get("paid_on"), 90) and not one.get("attributed_pipeline"):
            yield one, one["claim_id"], "notice"


def incentive_unpaid(rows: Rows) -> Found:
    for one in rows["incentives"]:
        if _older(one["due_on"], 0) and not _happened(one.get("paid_on")):
            yield one, one["incentive_id"], "warning"


def fee_overdue(rows: Rows) -> Found:
    for one in rows["referrals"]:
        late = _older(one["fee_due_on"], 0) if "fee_due_on" in one else _older(one.get("fee_earned_on"), 30)
        earned = _happened(one.get("fee_earned_on", one.get("fee_due_on")))
        owed = earned and not _happened(one.get("fee_paid_on")) and one.get("fee", 1) > 0
        if late and owed and _happened(one["submitted_at"]):
            yield one, one["referral_id"], "critical"


def referral_unanswered(rows: Rows) -> Found:
    for one in rows["referrals"]:
        answer = one.get("first_response_at")
        silent = not _happened(answer) if answer else one["status"] == "submitted"
        if silent and _happened(one["submitted_at"]) and _waited(one["submitted_at"]) >= 8:
            yield one, one["referral_id"], _graver(_waited(one["submitted_at"]) >= 16)


def referral_status_silent(rows: Rows) -> Found:
    for one in rows["referrals"]:
        is_open = one["status"] in ("submitted", "accepted") or _is_to_come(one.get("closed_on"))
        heard = max(one.get(name, "") for name in ("submitted_at", "first_response_at", "last_status_at"))
        if is_open and _happened(one["submitted_at"]) and _older(heard, 13):
            yield one, one["referral_id"], "notice"


def _open_renewals(rows: Rows) -> list[Row]:
    return [
        one
        for one in rows["renewals"]
        if one["status"] == "open" or not _happened(one.get("decided_on", one["due_on"]))
    ]


def renewal_overdue(rows: Rows) -> Found:
    for one in _open_renewals(rows):
        if _older(one["due_on"], 0):
            yield one, one["renewal_id"], "critical"


def renewal_without_plan(rows: Rows) -> Found:
    for one in _open_renewals(rows):
        if _ahead(one["due_on"], 90) and not _happened(one.get("opened_on")):
            yield one, one["renewal_id"], _graver(_ahead(one["due_on"], 30))


def renewal_at_risk(rows: Rows) -> Found:
    for one in _open_renewals(rows):
        if _ahead(one["due_on"], 90) and one.get("forecast") == "at_risk":
            yield one, one["renewal_id"], "critical"


def integration_expiring(rows: Rows) -> Found:
    for one in rows["listings"]:
        lapsed = _happened(one.get("certified_until"))
        if one.get("status") == "live" and (lapsed or _ahead(one.get("certified_until"), 90)):
            yield one, one["listing_id"], _graver(lapsed)


def api_retiring(rows: Rows) -> Found:
    for one in rows["listings"]:
        retires = one.get("api_retires_on")
        if one.get("status") == "live" and (_happened(retires) or _ahead(retires, 90)):
            yield one, one["listing_id"], "critical"


def listing_stale(rows: Rows) -> Found:
    for one in rows["listings"]:
        if one.get("status") == "live" and _older(one.get("updated_on", one.get("published_on")), 179):
            yield one, one["listing_id"], "notice"


def pos_report_late(rows: Rows) -> Found:
    for one in rows["pos_reports"]:
        if _older(one["due_on"], 5) and not _happened(one.get("received_on")):
            yield one, one["report_id"], _graver(_older(one["due_on"], 15))


def commitment_overdue(rows: Rows) -> Found:
    for one in rows["commitments"]:
        over = _happened(one.get("done_on")) or _happened(one.get("dropped_on"))
        if _older(one.get("due_on"), 0) and not over:
            yield one, one["commitment_id"], _graver(one["side"] == "vendor" and _older(one["due_on"], 7))


def commitment_broken(rows: Rows) -> Found:
    for one in rows["deals"]:
        decided = "decided_at" not in one or _happened(one["decided_at"])
        refused = one.get("decision") == "rejected" and decided
        broken = one.get("conflict_on", "9") <= one.get("protected_until", "0") and not refused
        known = "submitted_at" not in one or _happened(one["submitted_at"])
        if broken and known and _happened(one["conflict_on"]) and _day(one["conflict_on"]) > _YEAR_AGO:
            yield one, f"deal {one['deal_id']}", "critical"
    for one in rows["requests"]:
        told = one.get("answered_at", one["asked_at"])
        if (
            one.get("honoured") == 0
            and one.get("decision") != "rejected"
            and _happened(told)
            and _happened(one["asked_at"])
            and _day(told) > _YEAR_AGO
        ):
            yield one, f"request {one['request_id']}", "critical"
    for one in rows["terms"]:
        announced, start = one.get("announced_on"), one.get("valid_from")
        dated = _happened(announced) and start is not None and _day(start) > _YEAR_AGO
        if dated and (_day(str(start)) - _day(str(announced))).days < 30:
            yield one, f"term {one['term_id']}", "critical"


def forecast_slipping(rows: Rows) -> Found:
    for one in _open_deals(rows):
        if one.get("forecast") in ("commit", "best_case") and _older(one.get("expected_close_on"), 0):
            yield one, one["deal_id"], _graver(one["forecast"] == "commit")


def pipeline_stalling(rows: Rows) -> Found:
    for one in _open_deals(rows):
        if _older(one.get("stage_changed_on"), 30) and not _older(one.get("expected_close_on"), 180):
            yield one, one["deal_id"], _graver(_older(one["stage_changed_on"], 60))


def pipeline_to_clean_up(rows: Rows) -> Found:
    for one in _open_deals(rows):
        if _older(one.get("expected_close_on"), 180):
            yield one, "pipeline", "notice"


def joint_deal_idle(rows: Rows) -> Found:
    for one in _open_deals(rows):
        if one.get("kind") == "co_sell" and _older(one.get("last_activity_on"), 29):
            yield one, one["deal_id"], "warning"


def protection_expiring(rows: Rows) -> Found:
    for one in _open_deals(rows):
        until = one.get("protected_until")
        still = _older(one.get("stage_changed_on", one["submitted_at"]), 13)
        lapsed = _older(until, 0) and not _older(until, 30)
        approved = one.get("decision") == "approved" and _decided(one)
        if _is_registered(one) and approved and ((_ahead(until, 14) and still) or lapsed):
            yield one, one["deal_id"], "warning"


def registration_undecided(rows: Rows) -> Found:
    decisions_are_known = any(_is_registered(one) and "decision" in one for one in rows["deals"])
    for one in _open_deals(rows):
        told = one.get("decision") == "pending" or ("decided_at" in one and "decision" in one)
        undecided = told or ("decision" not in one and decisions_are_known)
        waited = _waited(one["submitted_at"])
        if _is_registered(one) and not _happened(one.get("decided_at")) and undecided and waited >= 12:
            yield one, one["deal_id"], _graver(waited >= 16)


def request_unanswered(rows: Rows) -> Found:
    for one in rows["requests"]:
        silent = not _happened(one["answered_at"]) if "answered_at" in one else "decision" not in one
        if silent and _happened(one["asked_at"]):
            soon, late = (8, 24) if one["kind"] == "pricing_exception" else (24, 48)
            waited, needed = _waited(one["asked_at"]), _happened(one.get("needed_by"))
            if needed or waited >= soon:
                yield one, one["request_id"], _graver(needed or waited >= late)


def case_breach(rows: Rows) -> Found:
    serious = [
        one
        for one in rows["cases"]
        if one["severity"] in ("P1", "P2")
        and _happened(one["opened_at"])
        and not _happened(one.get("resolved_at"))
    ]
    for one in serious:
        late = _happened(one.get("respond_by")) and not _happened(one.get("first_response_at"))
        recent = [
            other
            for other in serious
            if other["severity"] == "P1"
            and other["partner_id"] == one["partner_id"]
            and not _older(other["opened_at"], 29)
        ]
        if late or (one in recent and len(recent) > 1):
            yield one, one["case_id"], "critical"


def project_red(rows: Rows) -> Found:
    for one in rows["projects"]:
        if one["status"] == "active" and one.get("health") == "red":
            yield one, one["project_id"], "critical"


def champion_left(rows: Rows) -> Found:
    for one in rows["contacts"]:
        executive = bool(one.get("is_executive")) or one.get("influence") == "executive"
        carried = executive or bool(one.get("is_primary")) or one.get("influence") == "champion"
        if carried and _happened(one.get("left_on")) and not _older(one["left_on"], 89):
            yield one, one["contact_id"], _graver(executive)


RULES: Mapping[str, Callable[[Rows], Found]] = {
    one.__name__.replace("_", "-"): one
    for one in (
        claim_unpaid, claim_deadline, fund_undecided, fund_no_pipeline, incentive_unpaid, fee_overdue,
        referral_unanswered, referral_status_silent, renewal_overdue, renewal_without_plan, renewal_at_risk,
        integration_expiring, api_retiring, listing_stale, pos_report_late, commitment_overdue,
        commitment_broken, forecast_slipping, pipeline_stalling, pipeline_to_clean_up, joint_deal_idle,
        protection_expiring, registration_undecided, request_unanswered, case_breach, project_red,
        champion_left,
    )
}  # fmt: skip
