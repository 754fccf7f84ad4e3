"""Make deals: registered, influenced and joint ones, won, lost and open."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sample_maker import words
from sample_maker.book import Book, Row, Shares
from sample_maker.clock import TODAY, YEAR_END, days, hours_later, instant, workday
from sample_maker.roster import Partner

_STAGES = ("Qualified", "Discovery", "Proposal", "Negotiation")
_STEPS = (
    "Agree scope",
    "Send proposal",
    "Arrange demo",
    "Meet procurement",
    "Legal review",
    "Confirm budget",
)
_LOST = ("Price", "No budget", "No decision", "Competitor", "Project cancelled")


@dataclass(frozen=True)
class DealPlan:
    """How many deals a partner brings, how large, how long they take and how they end."""

    kind: str
    per_quarter: float
    pace: float
    win: float
    average: float
    length: tuple[int, int]
    protection: int = 0
    stalled: float = 0.25
    stale_after: int = 30
    in_quarter: float = 0.6
    growth: float = 0.05


def make_deals(book: Book, partner: Partner, plan: DealPlan, *, rng: Random) -> list[Row]:
    """Add three years of deals and return them."""
    customers = words.companies(rng, 24)
    wins, stalls = Shares(plan.win, rng), Shares(plan.stalled, rng)
    made = []
    for block in range(12, -1, -1):
        rate = plan.per_quarter * (plan.pace if block == 0 else rng.uniform(0.88, 1.12))
        for _ in range(round(rate)):
            submitted = TODAY - days(block * 90 + rng.randint(1, 88))
            if partner.first_day + days(20) < submitted <= partner.last_day:
                made.append(_deal(book, partner, plan, submitted, (rng, wins, stalls), rng.choice(customers)))
    return made


def _deal(
    book: Book,
    partner: Partner,
    plan: DealPlan,
    submitted: date,
    luck: tuple[Random, Shares, Shares],
    customer: str,
) -> Row:
    rng, wins, stalls = luck
    moment = instant(rng, submitted)
    # The average is that of the last twelve months, half a year back.
    average = plan.average * (1 + plan.growth) ** (0.5 - (TODAY - submitted).days / 365.25)
    row = book.add(
        "deals",
        partner_id=partner.id,
        opportunity_id=f"OPP-{40000 + len(book.rows['deals'])}",
        name=f"{customer}: {rng.choice(tuple(words.PRODUCTS))}",
        customer=customer,
        kind=plan.kind,
        amount=max(1500, round(average * min(rng.lognormvariate(-0.15, 0.55), 3.5) / 50) * 50),
        currency=partner.currency,
        submitted_at=moment,
        owner_email=partner.owner,
        campaign_id=None,
    )
    if plan.kind == "registered":
        _decide(row, plan, rng)
        if row["decision"] == "rejected":
            _close(row, row["decided_at"].date(), won=False, rng=rng)
            row["lost_reason"] = "Registration rejected"
            return row
    closed = workday(submitted + days(rng.randint(*plan.length)))
    if closed > partner.last_day and partner.last_day < TODAY:
        # A partner that has fallen silent left its last deals to lapse.
        _close(row, min(TODAY, closed), won=False, rng=rng)
    elif closed <= TODAY:
        _close(row, closed, won=wins.next(), rng=rng)
    else:
        _leave_open(row, plan, submitted, stalled=stalls.next(), rng=rng)
    return row


def _decide(row: Row, plan: DealPlan, rng: Random) -> None:
    decided = hours_later(row["submitted_at"], rng.choice((2, 4, 5, 7, 9, 11, 13, 15)) + rng.random())
    if decided.date() > TODAY:
        row["decision"] = "pending"
        return
    rejected = rng.random() < 0.06
    row |= {"decided_at": decided, "decision": "rejected" if rejected else "approved"}
    if not rejected:
        row["protected_until"] = decided.date() + days(plan.protection)


def _close(row: Row, closed: date, *, won: bool, rng: Random) -> None:
    row |= {
        "status": "won" if won else "lost",
        "stage": "Closed",
        "closed_on": closed,
        "expected_close_on": workday(closed + days(rng.randint(-20, 15))),
        "stage_changed_on": closed,
        "last_activity_on": closed,
        "probability": 100 if won else 0,
    }
    if not won:
        row["lost_reason"] = rng.choice(_LOST)
    if rng.random() < 0.4:
        row["competitor"] = rng.choice(words.COMPETITORS)


def _leave_open(row: Row, plan: DealPlan, submitted: date, *, stalled: bool, rng: Random) -> None:
    if rng.random() < plan.in_quarter:
        expected = TODAY + days(rng.randint(4, (YEAR_END - TODAY).days))
    else:
        expected = YEAR_END + days(rng.randint(10, 90))
    age = (TODAY - submitted).days
    still = (
        rng.randint(plan.stale_after + 1, plan.stale_after + 40)
        if stalled
        else rng.randint(1, plan.stale_after - 2)
    )
    changed = TODAY - days(min(still, age))
    stage = rng.randint(0, 3) if age > 20 else 0
    soon = expected <= YEAR_END
    row |= {
        "status": "open",
        "stage": _STAGES[stage],
        "expected_close_on": workday(expected),
        "stage_changed_on": changed,
        "last_activity_on": changed + days(rng.randint(0, (TODAY - changed).days) if not stalled else 0),
        "forecast": rng.choice(("commit", "best_case", "best_case", "pipeline")) if soon else "pipeline",
        "probability": (10, 25, 50, 75)[stage],
        "next_step": rng.choice(_STEPS),
    }


def slip(deals: list[Row], count: int, rng: Random) -> None:
    """Let open deals of forecast commit pass their expected close."""
    for row in [row for row in deals if row["status"] == "open"][:count]:
        row |= {"forecast": "commit", "expected_close_on": workday(TODAY - days(rng.randint(8, 50)))}
        row |= {"stage": "Negotiation", "probability": 75}


def fit_open(deals: list[Row], wanted: float, *, until: date) -> None:
    """Scale the open deals expected to close by a day so that their sum is about the wanted one."""
    dated = [row for row in deals if row["status"] == "open" and row["amount"] and row["expected_close_on"]]
    soon = [row for row in dated if TODAY <= row["expected_close_on"] <= until]
    total = sum(row["amount"] for row in soon)
    for row in soon:
        scale = min(3.0, max(0.3, wanted / total))
        row["amount"] = max(1500, round(row["amount"] * scale / 50) * 50)
