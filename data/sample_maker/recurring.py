"""Make the recurring business of managed service providers: seats, billing and contract terms."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sample_maker import words
from sample_maker.book import Book, Row, Shares, rng_for
from sample_maker.clock import MONTHS, TODAY, add_months, days, workday
from sample_maker.roster import Partner

_CENTS_PER_SEAT = {words.SERVICES[0]: 690, words.SERVICES[1]: 380}


@dataclass(frozen=True)
class _Customer:
    name: str
    seats: float
    anniversary: date
    joined: date
    leaves: date
    products: tuple[str, ...]


def make_recurring(book: Book, partner: Partner) -> None:
    """Add monthly usage and one renewal a year for every customer of the partner."""
    rng = rng_for(partner.id, "recurring")
    covered = Shares(partner.number("covered", 0.8), rng)
    for customer in _customers(partner, rng):
        bills: dict[date, int] = {}
        for month in MONTHS:
            if customer.joined <= month < customer.leaves and month <= partner.last_day:
                bills[month] = _usage(book, partner, customer, month, rng)
        _renewals(book, partner, customer, (bills, covered), rng)


def _customers(partner: Partner, rng: Random) -> list[_Customer]:
    count = int(partner.number("customers", 8))
    arrivals, departures = int(partner.number("arrivals", 0)), int(partner.number("departures", 0))
    weights = [rng.uniform(0.5, 1.6) for _ in range(count)]
    # The later its place, the more recent a customer's last anniversary: slipping renewals are recent ones.
    last_lost = count - 2 if partner.has("renewals_slip") else count // 2
    made = []
    for place, name in enumerate(words.companies(rng, count)):
        anniversary = TODAY + days(1 + round((place + rng.random()) * 360 / count))
        joined, leaves = date(2000, 1, 1), date(2100, 1, 1)
        if place < arrivals:
            joined = add_months(anniversary.replace(day=1), -12 if anniversary > TODAY else 0)
        elif place % 4 == 1:
            joined = add_months(anniversary.replace(day=1), -36)
        if place in {last_lost - 2 * lost for lost in range(departures)}:
            leaves = add_months(anniversary.replace(day=1), -11)
        seats = partner.number("seats", 300) * weights[place] / sum(weights)
        products = words.SERVICES if place % 3 == 0 else words.SERVICES[:1]
        made.append(_Customer(name, seats / len(products), anniversary, joined, leaves, products))
    return made


def _usage(book: Book, partner: Partner, customer: _Customer, month: date, rng: Random) -> int:
    if partner.has("usage_late") and month == MONTHS[-1]:
        return 0
    growth = 1 + partner.number("expand", 0.05)
    months_ago = len(MONTHS) - 1 - MONTHS.index(month)
    total = 0
    for product in customer.products:
        seats = max(2, round(customer.seats * growth ** (-months_ago / 12)))
        share = partner.number("active", 0.8) + rng.uniform(-0.03, 0.03) - months_ago * 0.001
        cents = round(_CENTS_PER_SEAT[product] * 1.03 ** (month.year - 2026)) * seats
        book.add(
            "usage",
            partner_id=partner.id,
            month=month,
            customer=customer.name,
            product=product,
            seats=seats,
            active_seats=round(seats * min(share, 0.99)),
            recurring_revenue=f"{cents // 100}.{cents % 100:02d}",
            currency=partner.currency,
        )
        total += cents
    return total


def _renewals(
    book: Book, partner: Partner, customer: _Customer, state: tuple[dict[date, int], Shares], rng: Random
) -> None:
    bills, covered = state
    for year in (-2, -1, 0):
        due = add_months(customer.anniversary, 12 * year)
        before = add_months(due.replace(day=1), -1)
        billed = (
            bills.get(before)
            or bills.get(add_months(before, -1))
            or (bills.get(MONTHS[-1], 0) if year == 0 else 0)
        )
        if not billed:
            billed = bills.get(MONTHS[-2], 0) if year == 0 else 0
        if not billed or due < partner.first_day:
            continue
        row = book.add(
            "renewals",
            partner_id=partner.id,
            customer=customer.name,
            product=customer.products[0],
            seats=round(customer.seats),
            value=round(billed * 12 / 100),
            currency=partner.currency,
            due_on=due,
            status="open",
            owner_email=partner.owner,
        )
        if due <= TODAY:
            _settle(row, partner, customer, rng)
        elif (due - TODAY).days < 100 and covered.next():
            opened = TODAY - days(rng.randint(4, 40))
            row |= {"opened_on": opened, "forecast": "commit" if rng.random() < 0.6 else "likely"}
        elif (due - TODAY).days < 100 and partner.has("renewals_slip") and (due - TODAY).days > 45:
            row |= {"opened_on": TODAY - days(9), "forecast": "at_risk"}


def _settle(row: Row, partner: Partner, customer: _Customer, rng: Random) -> None:
    due = row["due_on"]
    leaving = abs((customer.leaves - due).days) < 45
    overdue = partner.has("renewals_slip") and (TODAY - due).days < 55 and not leaving
    if overdue:
        row |= {"opened_on": due - days(6), "forecast": "at_risk"}
        return
    if due > partner.last_day:
        row |= {"status": "lost", "decided_on": due}
        return
    row |= {"opened_on": due - days(rng.randint(50, 100)), "forecast": "at_risk" if leaving else "likely"}
    row |= {"decided_on": min(TODAY, workday(due + days(rng.randint(-20, 8))))}
    row |= {"status": "lost" if leaving else "renewed"}
    if not leaving:
        row["renewed_value"] = round(row["value"] * rng.choice((0.97, 1, 1, 1.03, 1.06)))
