"""Make what alliances are judged on: joint deals, milestones, investments and mutual assessments."""

from datetime import date
from random import Random

from sample_maker.book import Book, Shares, rng_for
from sample_maker.clock import TODAY, YEAR_END, add_months, days, workday
from sample_maker.deals import DealPlan, fit_open, make_deals
from sample_maker.roster import Partner

_QUESTIONS = (
    "Our goals for the year agree",
    "Executives are engaged",
    "Field teams know whom to call",
    "Commitments are kept",
    "Problems are raised early",
    "We would choose this partner again",
)
_MILESTONES = (
    "Joint reference architecture",
    "Field enablement wave",
    "Joint offer launched",
    "Two lighthouse customers",
    "Marketplace private offer",
    "Partner day",
    "Solution brief",
    "Target account list",
)


def make_alliance(book: Book, partner: Partner) -> None:
    """Add an alliance's deals, milestones, investments and assessments."""
    rng = rng_for(partner.id, "alliance")
    size, win, rate = (
        partner.number("size", 2000) * 1000,
        partner.number("win", 0.35),
        partner.number("deals", 4),
    )
    plan = DealPlan(
        kind="co_sell",
        per_quarter=rate,
        pace=0.4 if partner.has("alliance_quiet") else 1,
        win=win,
        average=size / (rate * 4 * win),
        length=(90, 280),
        stale_after=75,
        in_quarter=0.4,
        stalled=0.6 if partner.has("alliance_quiet") else 0.2,
    )
    deals = make_deals(book, partner, plan, rng=rng)
    fit_open(deals, size * 0.25 * partner.number("cover", 2), until=YEAR_END)
    _milestones(book, partner, rng)
    _investments(book, partner, size, rng)
    _assessments(book, partner, rng)


def _milestones(book: Book, partner: Partner, rng: Random) -> None:
    in_time = Shares(partner.number("kept", 0.7), rng)
    for place in range(15):
        due = workday(add_months(date(2024, 1, 31), place * 3 - place // 2))
        late = not in_time.next()
        done = due + days(rng.randint(9, 60) if late else -rng.randint(0, 12))
        if due > add_months(TODAY, 7):
            break
        open_ = done > TODAY or (partner.has("alliance_quiet") and due > TODAY - days(150))
        book.add(
            "milestones",
            partner_id=partner.id,
            kind="joint",
            due_on=due,
            completed_on=None if open_ else workday(done),
            name=f"{_MILESTONES[place % len(_MILESTONES)]} {due.year}",
        )


def _investments(book: Book, partner: Partner, size: float, rng: Random) -> None:
    ratio = partner.number("invest", 1.2)
    for quarter in range(12):
        spent = workday(add_months(date(2024, 1, 20), quarter * 3))
        if spent > TODAY:
            continue
        theirs = size * 0.004 * rng.uniform(0.85, 1.15)
        for side, amount in (("vendor", theirs * ratio), ("partner", theirs)):
            for kind, share in (("cash", 0.6), ("people", 0.4)):
                book.add(
                    "investments",
                    partner_id=partner.id,
                    side=side,
                    kind=kind,
                    pledged=False,
                    amount=round(amount * share / 50) * 50,
                    currency=partner.currency,
                    spent_on=spent + days(rng.randint(0, 20)),
                )
    book.add(
        "investments",
        partner_id=partner.id,
        side="partner",
        kind="cash",
        pledged=True,
        amount=round(size * 0.006 / 50) * 50,
        currency=partner.currency,
        spent_on=workday(TODAY - days(40)),
    )


def _assessments(book: Book, partner: Partner, rng: Random) -> None:
    for turn, asked in enumerate(
        (date(2024, 5, 14), date(2024, 11, 12), date(2025, 5, 13), date(2025, 11, 25), date(2026, 6, 9))
    ):
        for side, mean in (("vendor", partner.number("ours", 70)), ("partner", partner.number("theirs", 65))):
            if partner.has("alliance_quiet") and side == "partner":
                mean += (4 - turn) * 7
            carried = 0.0
            for question in _QUESTIONS:
                score = max(0, min(100, round((mean + carried) / 25) * 25))
                carried += mean - score
                book.add(
                    "assessments",
                    partner_id=partner.id,
                    side=side,
                    question=question,
                    score=score,
                    assessed_on=asked + days(rng.randint(0, 9)),
                )
