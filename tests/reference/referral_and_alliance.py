"""Section "Referral and alliance" of the metrics."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from .figure import AsOf, Figure, added, amounts, count, part, quotient, total
from .periods import last_days
from .records import Row
from .targets import attainment, referred_in

TAKEN_UP = ("accepted", "won", "lost")
SIDES = ("partner", "vendor")


def _submitted_this_year(at: AsOf, partner: Row) -> list[Row]:
    referrals = at.rows("referrals", partner)
    return [row for row in referrals if row.day("submitted_at") in at.year_back]


def referral_acceptance(at: AsOf, partner: Row) -> Figure:
    answered = [row for row in _submitted_this_year(at, partner) if row.text("status") != "submitted"]
    return part([row.text("status") in TAKEN_UP for row in answered], least=3)


def referrals_accepted(at: AsOf, partner: Row) -> Figure:
    accepted = [row for row in _submitted_this_year(at, partner) if row.text("status") in TAKEN_UP]
    return count(accepted, known=at.has("referrals", partner))


def referral_win_rate(at: AsOf, partner: Row) -> Figure:
    closed = [
        row for row in at.rows("referrals", partner)
        if row.text("status") in ("won", "lost") and row.day("closed_on") in at.year_back
    ]  # fmt: skip
    return part([row.text("status") == "won" for row in closed], least=3)


def referral_value(at: AsOf, partner: Row) -> Figure:
    return total(referred_in(at, partner, at.year_back), known=at.has("referrals", partner))


def referral_value_attainment(at: AsOf, partner: Row) -> Figure:
    return attainment(at, partner, "referral_value")


def fees_owed(at: AsOf, partner: Row) -> Figure:
    owed = [
        row for row in at.rows("referrals", partner)
        if at.reached(row.day("fee_earned_on")) and not at.reached(row.day("fee_paid_on"))
    ]  # fmt: skip
    return total(amounts(owed, "fee"), known=at.has("referrals", partner))


def _commitments_kept(at: AsOf, partner: Row, side: str) -> Figure:
    recent = last_days(at.day, 180)
    kept: list[bool] = []
    for commitment in at.rows("commitments", partner):
        due_on, done_on = commitment.day("due_on"), commitment.day("done_on")
        dropped = at.reached(commitment.day("dropped_on"))
        if commitment.text("side") == side and due_on and due_on in recent and not dropped:
            kept.append(done_on is not None and done_on <= due_on)
    return part(kept)


def commitments_kept_by_partner(at: AsOf, partner: Row) -> Figure:
    return _commitments_kept(at, partner, "partner")


def commitments_kept_by_vendor(at: AsOf, partner: Row) -> Figure:
    return _commitments_kept(at, partner, "vendor")


def _latest_answers(at: AsOf, partner: Row, side: str) -> list[Fraction]:
    latest: dict[str, tuple[date, str, Fraction]] = {}
    for row in at.rows("assessments", partner):
        assessed_on, question = row.day("assessed_on"), row.text("question") or ""
        score = row.number("score")
        if row.text("side") != side or assessed_on is None or score is None:
            continue
        answer = (assessed_on, row.key, score)
        if assessed_on in at.year_back and (question not in latest or answer > latest[question]):
            latest[question] = answer
    return [score for _, _, score in latest.values()]


def _side_means(at: AsOf, partner: Row) -> tuple[list[Fraction], int]:
    """Return the mean of each side that answered, and the number of answers."""
    sides = [_latest_answers(at, partner, side) for side in SIDES]
    means = [sum(scores, Fraction(0)) / len(scores) for scores in sides if scores]
    return means, sum(len(scores) for scores in sides)


def relationship_health(at: AsOf, partner: Row) -> Figure:
    means, records = _side_means(at, partner)
    return Figure(sum(means, Fraction(0)) / 2 if len(means) == 2 else None, records)


def relationship_gap(at: AsOf, partner: Row) -> Figure:
    means, records = _side_means(at, partner)
    return Figure(abs(means[0] - means[1]) if len(means) == 2 else None, records)


def _parity(at: AsOf, partner: Row, over: str) -> Figure:
    spent = [
        row for row in at.rows("investments", partner)
        if row.day("spent_on") in at.year_back and not row.flag("pledged")
    ]  # fmt: skip
    pairs = amounts(spent, "amount")
    numerator = [pair for pair in pairs if pair[0].text("side") == over]
    denominator = [pair for pair in pairs if pair[0].text("side") != over]
    return quotient(added(numerator), added(denominator), records=len(pairs))


def investment_parity(at: AsOf, partner: Row) -> Figure:
    return _parity(at, partner, "vendor")


def our_investment_parity(at: AsOf, partner: Row) -> Figure:
    return _parity(at, partner, "partner")


METRICS = (
    referral_acceptance, referrals_accepted, referral_win_rate, referral_value,
    referral_value_attainment, fees_owed, commitments_kept_by_partner, commitments_kept_by_vendor,
    relationship_health, relationship_gap, investment_parity, our_investment_parity,
)  # fmt: skip
