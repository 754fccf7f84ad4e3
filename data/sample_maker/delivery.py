"""Make the influenced deals and the projects of systems integrators."""

from datetime import date
from random import Random

from sample_maker import words
from sample_maker.book import Book, Row, Shares, rng_for
from sample_maker.clock import TODAY, YEAR_END, add_months, days, workday
from sample_maker.deals import DealPlan, fit_open, make_deals
from sample_maker.roster import Partner

_SUBJECTS = ("roll-out", "migration", "platform design", "integration", "upgrade")


def make_delivery(book: Book, partner: Partner) -> None:
    """Add an integrator's deals and projects."""
    rng = rng_for(partner.id, "delivery")
    size, win = partner.number("size", 800) * 1000, partner.number("win", 0.35)
    rate = partner.number("deals", 3)
    plan = DealPlan(
        kind="influenced",
        per_quarter=rate,
        pace=0.9,
        win=win,
        average=size / (rate * 4 * win),
        length=(120, 330),
        stalled=0.2,
        stale_after=75,
        in_quarter=0.3,
    )
    deals = make_deals(book, partner, plan, rng=rng)
    for row in deals[::6]:
        row["kind"] = "co_sell"
    # The cover is for what is left of a year's target.
    fit_open(deals, size * 0.3 * partner.number("cover", 1.5), until=add_months(YEAR_END, 6))
    _projects(book, partner, size, rng)


def _projects(book: Book, partner: Partner, size: float, rng: Random) -> None:
    in_time, per_year = Shares(partner.number("prompt", 0.8), rng), partner.number("projects", 4)
    customers = [row["customer"] for row in book.of("deals", partner.id) if row["status"] == "won"]
    customers = customers or words.companies(rng, 4)
    start = partner.first_day + days(rng.randint(0, 30))
    while start <= partner.last_day:
        length = rng.randint(110, 260)
        due = workday(start + days(length))
        row = book.add(
            "projects",
            partner_id=partner.id,
            customer=rng.choice(customers),
            name=f"Northlight {rng.choice(_SUBJECTS)} {start.year}",
            value=round(size * rng.uniform(0.06, 0.2) / 500) * 500,
            currency=partner.currency,
            status="active",
            started_on=workday(start),
            due_on=due,
        )
        _finish(row, partner, due if in_time.next() else due + days(rng.randint(9, 55)), rng)
        start += days(round(365 / per_year * rng.uniform(0.75, 1.25)))
    if not partner.number("quiet_days", 0):
        book.add(
            "projects",
            partner_id=partner.id,
            customer=rng.choice(customers),
            name="Northlight roll-out, phase two",
            value=round(size * 0.12 / 500) * 500,
            currency=partner.currency,
            status="planned",
            started_on=None,
            due_on=date(2027, 6, 30),
        )
    if partner.has("project_in_trouble"):
        _trouble(book, partner)


def _finish(row: Row, partner: Partner, done: date, rng: Random) -> None:
    if done > partner.last_day and partner.last_day < TODAY:
        row |= {"status": "cancelled"}
    elif done <= TODAY:
        score = min(5.0, max(2.5, rng.gauss(partner.number("csat", 4.4), 0.2)))
        row |= {
            "status": "completed",
            "completed_on": done,
            "referenceable": score >= 4.5 and rng.random() < 0.6,
        }
        rated = done + days(rng.randint(5, 20))
        if rated <= TODAY:
            row |= {"csat": round(score, 1), "csat_on": rated}
    else:
        row["health"] = rng.choice(("green", "green", "green", "amber"))


def _trouble(book: Book, partner: Partner) -> None:
    """Turn the largest running project red and let the last three ratings fall."""
    running = [row for row in book.of("projects", partner.id) if row["status"] == "active"]
    max(running, key=lambda row: row["value"])["health"] = "red"
    rated = sorted(
        (r for r in book.of("projects", partner.id) if r["csat"]),
        key=lambda r: (r["csat_on"], r["project_id"]),
    )
    for row, score in zip(rated[-3:], (4.3, 4.0, 3.6), strict=True):
        row |= {"csat": score, "referenceable": False}
    rated[-1]["csat_on"] = max(rated[-1]["csat_on"], TODAY - days(24))
