"""Make what the programme agrees, gives and owes, from market funds to targets."""

from datetime import date
from random import Random

from sample_maker.book import Book, Row, rng_for
from sample_maker.clock import (
    TODAY,
    YEAR_END,
    YEAR_START,
    add_months,
    days,
    hours_later,
    instant,
    month_end,
    workday,
)
from sample_maker.resale import revenue
from sample_maker.roster import Partner

_WITH_FUNDS = ("reseller", "distributor", "msp", "isv")
_ACTIVITIES = (
    "Customer breakfast",
    "Webinar series",
    "Trade fair stand",
    "Telemarketing",
    "Search advertising",
)


def make_programme(book: Book, partner: Partner) -> None:
    """Add what the programme agreed with the partner and owes it."""
    rng = rng_for(partner.id, "programme")
    if not partner.trades:
        return
    if partner.type in _WITH_FUNDS and partner.tier not in ("Silver", "Registered"):
        for half in range(6):
            _fund(book, partner, add_months(date(2024, 1, 1), half * 6), rng)
    if partner.type in ("reseller", "distributor"):
        _campaigns(book, partner, rng)
        _incentives(book, partner, rng)


def _fund(book: Book, partner: Partner, start: date, rng: Random) -> None:
    end = month_end(add_months(start, 5))
    if start < partner.first_day.replace(day=1) or start > partner.last_day:
        return
    size = partner.number("size", partner.number("seats", 900) * 0.3) * 1000
    allocated = round(size * rng.uniform(0.006, 0.012) / 500) * 500
    fund = book.add(
        "funds",
        partner_id=partner.id,
        name=f"Market fund {start.year} H{1 if start.month == 1 else 2}",
        period_start=start,
        period_end=end,
        allocated=max(2000, allocated),
        currency=partner.currency,
    )
    left = fund["allocated"] * rng.choice((0.45, 0.7, 0.85, 0.95))
    for _ in range(rng.randint(2, 4)):
        asked = start + days(rng.randint(8, 130))
        amount = round(left * rng.uniform(0.25, 0.45) / 50) * 50
        if asked <= TODAY and amount >= 300:
            _claim(book, partner, fund, (asked, amount), rng)
            left -= amount


def _claim(book: Book, partner: Partner, fund: Row, request: tuple[date, int], rng: Random) -> Row:
    asked = instant(rng, request[0])
    row = book.add(
        "fund_claims",
        fund_id=fund["fund_id"],
        partner_id=partner.id,
        activity=rng.choice(_ACTIVITIES),
        kind="market_fund",
        requested_at=asked,
        status="requested",
        amount=request[1],
        currency=partner.currency,
    )
    decided = hours_later(asked, rng.randint(6, 60))
    if decided.date() > TODAY:
        return row
    row |= {"decided_at": decided, "status": "rejected" if rng.random() < 0.08 else "approved"}
    if row["status"] == "rejected":
        return row
    row["claim_by"] = decided.date() + days(120)
    claimed = workday(decided.date() + days(rng.randint(25, 75)))
    if claimed > TODAY:
        return row
    row |= {"status": "claimed", "claimed_on": claimed}
    paid = workday(claimed + days(rng.randint(12, 34)))
    if rng.random() < 0.75:
        row["attributed_pipeline"] = round(request[1] * rng.uniform(3, 14) / 100) * 100
    if paid <= TODAY:
        row |= {"status": "paid", "paid_on": paid}
    return row


def _campaigns(book: Book, partner: Partner, rng: Random) -> None:
    for index in range(rng.randint(2, 5)):
        start = partner.first_day + days(40 + index * 230 + rng.randint(0, 60))
        if start > partner.last_day:
            continue
        leads = rng.randint(12, 120)
        row = book.add(
            "campaigns",
            partner_id=partner.id,
            name=f"{rng.choice(_ACTIVITIES)} {start.year}",
            started_on=workday(start),
            ended_on=workday(start + days(rng.randint(20, 60))) if start < TODAY - days(90) else None,
            leads=leads,
            attributed_pipeline=leads * rng.randint(2, 9) * 100,
            currency=partner.currency,
        )
        deals = [d for d in book.of("deals", partner.id) if 5 < (d["submitted_at"].date() - start).days < 90]
        for deal in deals[:2]:
            deal["campaign_id"] = row["campaign_id"]


def _incentives(book: Book, partner: Partner, rng: Random) -> None:
    for quarter in range(11):
        start = add_months(date(2024, 1, 1), quarter * 3)
        due = month_end(add_months(start, 2)) + days(45)
        if start < partner.first_day or start > partner.last_day:
            continue
        paid = workday(
            due - days(rng.randint(0, 12)) if rng.random() < 0.93 else due + days(rng.randint(4, 25))
        )
        book.add(
            "incentives",
            partner_id=partner.id,
            program="Growth incentive",
            period=f"{start.year} Q{quarter % 4 + 1}",
            amount=round(partner.number("size", 100) * rng.uniform(1.5, 3) / 10) * 10,
            currency=partner.currency,
            due_on=due,
            paid_on=paid if paid <= TODAY else None,
            corrected=rng.random() < 0.05,
        )


_MEASURED = {
    "reseller": ("revenue", "orders", "amount", "booked_on"),
    "distributor": ("sell_through", "sell_through", "value", "month"),
    "systems_integrator": ("influenced_revenue", "deals", "amount", "closed_on"),
    "isv": ("joint_revenue", "deals", "amount", "closed_on"),
    "referral": ("referral_value", "referrals", "value", "closed_on"),
    "alliance": ("joint_revenue", "deals", "amount", "closed_on"),
}


def make_targets(book: Book, partner: Partner) -> None:
    """Set this year's target so that the partner stands at its attainment; last years' ended near plan."""
    attain = partner.number("attain", 0)
    if partner.type not in _MEASURED or not attain:
        return
    rng = rng_for(partner.id, "targets")
    metric = _MEASURED[partner.type][0]
    gone = (TODAY - YEAR_START).days + 1
    if partner.type == "distributor":
        gone = (max(row["month"] for row in book.of("sell_through", partner.id)) - YEAR_START).days + 31
    done = _achieved(book, partner, (YEAR_START, TODAY))
    values = [(YEAR_START, done / attain * 365 / gone)]
    if partner.first_day < date(2024, 1, 1):
        for year in (2024, 2025):
            full = _achieved(book, partner, (date(year, 1, 1), date(year, 12, 31)))
            values.insert(0, (date(year, 1, 1), full / rng.uniform(0.95, 1.12)))
    for start, value in sorted(values):
        if value > 0:
            book.add(
                "targets",
                partner_id=partner.id,
                metric=metric,
                period_start=start,
                period_end=date(start.year, 12, 31),
                value=round(value / 1000) * 1000,
                currency=partner.currency,
            )
    if partner.tier in ("Gold", "Platinum") and partner.type == "reseller":
        _rebates(book, partner, round(values[-1][1] / 1000) * 1000)


def _rebates(book: Book, partner: Partner, target: int) -> None:
    for step, payout in ((0.75, 0.006), (0.95, 0.01), (1.15, 0.015)):
        book.add(
            "rebates",
            partner_id=partner.id,
            program="Growth rebate 2026",
            metric="revenue",
            period_start=YEAR_START,
            period_end=YEAR_END,
            threshold=round(target * step / 1000) * 1000,
            payout=round(target * payout / 100) * 100,
            currency=partner.currency,
        )


def _achieved(book: Book, partner: Partner, span: tuple[date, date]) -> float:
    if partner.type == "reseller":
        return revenue(book, partner.id, span)
    _, entity, column, day = _MEASURED[partner.type]
    kinds = {"isv": ("co_sell",), "alliance": ("co_sell",), "systems_integrator": ("co_sell", "influenced")}

    def counts(row: Row) -> bool:
        won = entity not in ("deals", "referrals") or row["status"] == "won"
        fits = entity != "deals" or row["kind"] in kinds[partner.type]
        return row["partner_id"] == partner.id and won and fits and span[0] <= row[day] <= span[1]

    return book.total(entity, column, where=counts)
