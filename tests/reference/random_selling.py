"""Random records of what partners sell and earn: deals, orders, POS lines, referrals, funds, targets."""

from __future__ import annotations

from datetime import date, timedelta

from .drafts import Draft
from .periods import fiscal_quarter, fiscal_year, month_end, month_of, plus_months

RESELLERS = [f"Reseller {number:02}" for number in range(1, 19)]
KINDS = ("", "registered", "co_sell", "influenced", "renewal")


def deals(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(6, 45)):
        submitted_on = draft.maybe(draft.day(900, 15), 0.96)
        base = submitted_on or draft.day(400)
        status = draft.rng.choices(("open", "won", "lost"), (45, 33, 22))[0]
        closed_on = draft.maybe(draft.day(450, 40), 0.88) if status != "open" else None
        decided_on = base + timedelta(draft.rng.choice((0, 0, 1, 2, 3, 5, 12, 40)))
        decision = draft.rng.choices(("approved", "rejected", "pending", None), (66, 13, 15, 6))[0]
        decided = decision in ("approved", "rejected") and draft.chance(0.88)
        draft.add(
            "deals", partner_id=partner_id, status=status,
            opportunity_id=draft.maybe(f"OPP-{draft.rng.randint(1, 400)}", 0.5), name=draft.maybe("Project"),
            customer=draft.maybe(draft.customer()), kind=draft.rng.choices(KINDS, (10, 40, 25, 18, 7))[0],
            stage=draft.maybe(draft.pick("discovery", "proposal", "negotiation"), 0.7),
            amount=draft.maybe(draft.amount(500, 90000), 0.93), currency=draft.currency(),
            submitted_at=draft.instant(submitted_on), decision=decision,
            decided_at=draft.instant(decided_on) if decided else None,
            protected_until=draft.maybe(base + timedelta(draft.rng.choice((60, 90, 120))), 0.7),
            conflict_on=draft.maybe(base + timedelta(draft.rng.randint(1, 200)), 0.15),
            expected_close_on=draft.maybe(draft.day(500, 420), 0.9), closed_on=closed_on,
            stage_changed_on=draft.maybe(draft.day(150, 5), 0.85),
            last_activity_on=draft.maybe(draft.day(100)),
            forecast=draft.maybe(draft.pick("commit", "best_case", "pipeline", "omitted"), 0.8),
            probability=draft.maybe("0.4", 0.5), next_step=draft.maybe("Call", 0.5),
        )  # fmt: skip


def orders(draft: Draft, partner_id: str) -> None:
    since = draft.pick(300, 725, 760, 1100)
    for _ in range(draft.rng.randint(5, 50)):
        sign = "-" if draft.chance(0.04) else ""
        draft.add(
            "orders", partner_id=partner_id, booked_on=draft.day(since, 12),
            amount=sign + draft.amount(50, 30000), currency=draft.currency(), product=draft.maybe("Suite"),
            quantity=draft.maybe(draft.rng.randint(1, 50), 0.6), customer=draft.maybe(draft.customer(), 0.85),
            kind=draft.pick("", "new", "renewal", "service"),
        )  # fmt: skip


def targets(draft: Draft, partner_id: str) -> None:
    """Write overlapping periods: years, quarters, months, an odd one, the past and the future, twins."""
    year, quarter = fiscal_year(draft.as_of, 1), fiscal_quarter(draft.as_of, 1)
    month, odd = month_of(draft.as_of), draft.day(100)
    periods = [
        (year.start, year.end), (year.start, year.end), (quarter.start, quarter.end),
        (month, month_end(month)), (odd, odd + timedelta(200)), (draft.as_of, plus_months(draft.as_of, 6)),
        (plus_months(year.start, -12), year.start - timedelta(1)), (plus_months(year.start, -6), draft.as_of),
        (plus_months(year.start, 12), plus_months(year.end, 12)),
    ]  # fmt: skip
    for metric in ("revenue", "influenced_revenue", "joint_revenue", "sell_through", "referral_value"):
        if draft.chance(0.45):
            continue
        for start, end in draft.rng.sample(periods, draft.rng.randint(1, 4)):
            draft.add(
                "targets", partner_id=partner_id, metric=metric, period_start=start, period_end=end,
                value="0" if draft.chance(0.03) else draft.amount(5000, 400000), currency=draft.currency(),
            )  # fmt: skip
    if draft.chance(0.2):
        draft.add(
            "targets", partner_id=partner_id, metric="deal_registrations", period_start=year.start,
            period_end=year.end, value="24",
        )  # fmt: skip


def rebates(draft: Draft, partner_id: str) -> None:
    quarter = fiscal_quarter(draft.as_of, 1)
    start, months = draft.pick(
        (quarter.start, 3), (fiscal_year(draft.as_of, 1).start, 12), (quarter.start, -3)
    )
    start, after = sorted((start, plus_months(start, months)))
    metric = draft.pick("revenue", "sell_through", "joint_revenue")
    currency = draft.currency()
    for step in range(draft.rng.randint(1, 3)):
        draft.add(
            "rebates", partner_id=partner_id, program="Volume", metric=metric, period_start=start,
            period_end=after - timedelta(1), threshold=f"{(step + 1) * draft.rng.randint(5000, 60000)}",
            payout=draft.amount(100, 900), currency=currency,
        )  # fmt: skip


def distribution(draft: Draft, partner_id: str) -> None:
    months = draft.months(draft.pick(2, 11, 16, 28))
    others = [row for row in draft.partners if row["partner_id"] != partner_id]
    sellers = [row["partner_id"] for row in others if row["type"] in ("reseller", "msp")]
    named = draft.rng.sample(sellers, min(3, len(sellers)))
    resellers = draft.rng.sample(RESELLERS, draft.rng.randint(5, 14))
    trading = {name: _from_until(draft, months) for name in resellers}
    for month in months:
        for reseller in resellers:
            if draft.chance(0.3) or not trading[reseller][0] <= month <= trading[reseller][1]:
                continue
            draft.add(
                "sell_through", partner_id=partner_id, reseller=reseller, month=month,
                reseller_partner_id=draft.maybe(draft.rng.choice(named), 0.25) if named else None,
                customer=draft.maybe(draft.customer(), 0.7), product=draft.maybe("Suite"),
                units=draft.maybe(draft.rng.randint(1, 60), 0.93),
                value=draft.maybe(draft.amount(100, 15000), 0.95), currency=draft.currency(),
                reported_on=draft.maybe(month_end(month) + timedelta(draft.rng.randint(1, 20)), 0.6),
            )  # fmt: skip
    if draft.chance(0.75):
        _pos_reports(draft, partner_id, months)
    _inventory(draft, partner_id)


def _from_until(draft: Draft, months: list[date]) -> tuple[date, date]:
    """Let most resellers trade all along, some come late and some leave."""
    if draft.chance(0.5):
        return months[0], months[-1]
    first, last = sorted((draft.rng.choice(months), draft.rng.choice(months)))
    return first, draft.pick(last, months[-1])


def _pos_reports(draft: Draft, partner_id: str, months: list[date]) -> None:
    silent = draft.chance(0.15)
    for month in months:
        due_on = month_end(month) + timedelta(10)
        received_on = due_on + timedelta(draft.rng.choice((-9, -4, 0, 0, 1, 6, 30)))
        missing = draft.chance(0.1) or (silent and (draft.as_of - month).days < 130)
        draft.add(
            "pos_reports", partner_id=partner_id, month=month, due_on=due_on,
            received_on=None if missing else received_on,
        )  # fmt: skip


def _inventory(draft: Draft, partner_id: str) -> None:
    for counted_on in sorted({draft.day(200, 6) for _ in range(5)}):
        for product in draft.rng.sample(["Suite", "Backup", "Gateway", "Cable"], draft.rng.randint(1, 4)):
            draft.add(
                "inventory", partner_id=partner_id, counted_on=counted_on, product=product,
                units=draft.maybe(draft.rng.randint(0, 900), 0.93),
                value=draft.maybe(draft.amount(0, 50000), 0.93), currency=draft.currency(),
                aged_value=draft.maybe(draft.amount(0, 9000), 0.9),
            )  # fmt: skip


def referrals(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(3, 22)):
        submitted_on, status = (
            draft.day(500, 6),
            draft.pick("submitted", "accepted", "rejected", "won", "lost", "won"),
        )
        answered_on = submitted_on + timedelta(draft.rng.choice((0, 0, 1, 3, 20)))
        closed_on = draft.maybe(draft.day(420, 10), 0.9) if status in ("won", "lost") else None
        earned_on = draft.maybe(draft.day(420, 10)) if status == "won" else None
        paid_on = draft.maybe((earned_on or submitted_on) + timedelta(draft.rng.randint(5, 90)), 0.6)
        draft.add(
            "referrals", partner_id=partner_id, customer=draft.customer(), status=status,
            submitted_at=draft.instant(submitted_on), closed_on=closed_on, currency=draft.currency(),
            first_response_at=draft.instant(answered_on) if draft.chance(0.75) else None,
            value=draft.maybe(draft.amount(500, 40000), 0.93), fee_earned_on=earned_on,
            fee=draft.maybe(draft.amount(50, 4000), 0.9) if status == "won" else None,
            fee_due_on=earned_on + timedelta(30) if earned_on else None,
            fee_paid_on=paid_on if earned_on else None,
        )  # fmt: skip


def funds(draft: Draft, partner_id: str) -> None:
    """Write last year's, this year's and this quarter's fund, and one of next year."""
    year, quarter = fiscal_year(draft.as_of, 1), fiscal_quarter(draft.as_of, 1)
    periods = [
        (plus_months(year.start, shift), plus_months(year.start, shift + 12)) for shift in (-12, 0, 12)
    ]
    periods += [(quarter.start, plus_months(quarter.start, 3))]
    for start, after in draft.rng.sample(periods, draft.rng.randint(1, 4)):
        draft.add(
            "funds", partner_id=partner_id, name=draft.maybe("Market fund"), period_start=start,
            period_end=after - timedelta(1), allocated=draft.amount(0, 30000), currency=draft.currency(),
        )  # fmt: skip
        fund_id = draft.rows["funds"][-1]["fund_id"]
        for _ in range(draft.rng.randint(0, 7)):
            _claim(draft, partner_id, fund_id)


def _claim(draft: Draft, partner_id: str, fund_id: str) -> None:
    requested_on = draft.day(420, 6)
    status = draft.pick("requested", "approved", "rejected", "claimed", "paid", "paid")
    decided_on = requested_on + timedelta(draft.rng.choice((0, 1, 3, 9, 25)))
    claimed_on = draft.maybe(decided_on + timedelta(20), 0.92) if status in ("claimed", "paid") else None
    paid_on = (
        draft.maybe(decided_on + timedelta(draft.rng.randint(20, 120)), 0.92) if status == "paid" else None
    )
    draft.add(
        "fund_claims", fund_id=draft.maybe(fund_id, 0.93), partner_id=partner_id, status=status,
        kind=draft.pick("", "market_fund", "market_fund", "ship_and_debit", "stock_rotation"),
        requested_at=draft.instant(requested_on), amount=draft.amount(50, 9000), claimed_on=claimed_on,
        decided_at=draft.instant(decided_on) if status != "requested" and draft.chance(0.88) else None,
        paid_on=paid_on if status == "paid" else None, currency=draft.currency(),
        attributed_pipeline=draft.maybe(draft.amount(0, 60000), 0.6),
    )  # fmt: skip
