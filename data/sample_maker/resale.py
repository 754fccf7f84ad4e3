"""Make what resellers sell: registered deals, orders and the contracts they renew."""

from datetime import date
from random import Random

from sample_maker import words
from sample_maker.book import Book, Row, Shares, rng_for
from sample_maker.clock import MONTHS, TODAY, YEAR_END, add_months, days, month_end, workday
from sample_maker.deals import DealPlan, fit_open, make_deals, slip
from sample_maker.roster import Partner

_SEASON = (0.8, 0.88, 1.12, 0.9, 0.95, 1.15, 0.8, 0.75, 1.15, 0.88, 1.0, 1.5)
_PROTECTION = {"Silver": 60, "Gold": 90, "Platinum": 120}


def make_resale(book: Book, partner: Partner) -> None:
    """Add a reseller's contracts, deals and orders."""
    rng = rng_for(partner.id, "resale")
    size = partner.number("size", 100) * 1000
    _contracts(book, partner, size, rng)
    deals = make_deals(book, partner, _plan(partner, size), rng=rng)
    slip(deals, int(partner.number("slipped", 0)), rng)
    _orders(book, partner, size, rng)


def cover_quarter(book: Book, partner: Partner) -> None:
    """Scale the open deals of the quarter to the partner's cover of what its target still asks for."""
    if not partner.trades:
        return
    target = next(
        (row["value"] for row in book.of("targets", partner.id) if row["period_end"] == YEAR_END), None
    )
    if target is None:
        target = 1.1 * revenue(book, partner.id, (date(2025, 1, 1), date(2025, 12, 31)))
    left = target * 92 / 365 - revenue(book, partner.id, (date(2026, 10, 1), TODAY))
    deals = [
        row for row in book.of("deals", partner.id) if row["status"] == "open" and row["expected_close_on"]
    ]
    later = [row for row in deals if row["expected_close_on"] > YEAR_END]
    soon = sum(TODAY <= row["expected_close_on"] <= YEAR_END for row in deals)
    for row in later[: max(0, 3 - soon)]:
        row["expected_close_on"] = workday(YEAR_END - days(14))
    fit_open(deals, max(left, target * 0.03) * partner.number("cover", 2), until=YEAR_END)


def revenue(book: Book, partner_id: str, span: tuple[date, date]) -> float:
    """Return what the partner ordered within the days, through distribution included."""
    direct = book.total(
        "orders",
        "amount",
        where=lambda row: row["partner_id"] == partner_id and span[0] <= row["booked_on"] <= span[1],
    )
    through = book.total(
        "sell_through",
        "value",
        where=lambda row: row["reseller_partner_id"] == partner_id and span[0] <= row["month"] <= span[1],
    )
    return direct + through


def _plan(partner: Partner, size: float) -> DealPlan:
    rate, win = partner.number("regs", 6), partner.number("win", 0.3)
    return DealPlan(
        kind="registered",
        per_quarter=rate,
        pace=partner.number("pace", 1),
        win=win,
        average=size * 0.45 / (rate * 4 * win),
        length=(35, 150),
        protection=_PROTECTION.get(partner.tier or "", 60),
        stalled=partner.number("stalled", 0.3),
        growth=partner.number("growth", 0.05),
    )


def _contracts(book: Book, partner: Partner, size: float, rng: Random) -> None:
    count = max(4, min(11, round(size / 60000)))
    keeps = Shares(partner.number("keep", 0.85), rng)
    for customer in words.companies(rng, count):
        product, seats = rng.choice(tuple(words.PRODUCTS)), rng.randint(8, 90)
        value = round(size * 0.22 / count * rng.uniform(0.6, 1.5) / 10) * 10
        due = partner.first_day + days(rng.randint(30, 380))
        while due <= TODAY + days(330):
            row = book.add(
                "renewals",
                partner_id=partner.id,
                customer=customer,
                product=product,
                seats=seats,
                value=value,
                currency=partner.currency,
                due_on=due,
                status="open",
                owner_email=partner.owner,
            )
            if due > partner.last_day:
                _plan_renewal(row, rng)
                if due < TODAY:
                    row |= {"status": "lost", "decided_on": min(TODAY, due + days(30)), "forecast": None}
                break
            row |= {"opened_on": due - days(rng.randint(60, 110)), "forecast": "likely"}
            row["decided_on"] = min(workday(due + days(rng.randint(-25, 12))), partner.last_day)
            kept = keeps.next()
            row["status"] = "renewed" if kept else "lost"
            if not kept:
                # Another customer's contract takes the place a year later.
                customer = words.companies(rng, 1)[0]
            else:
                row["renewed_value"] = round(value * rng.choice((0.95, 1, 1, 1.04, 1.1)) / 10) * 10
                value = row["renewed_value"]
            due = add_months(due, 12)


def _plan_renewal(row: Row, rng: Random) -> None:
    ahead = (row["due_on"] - TODAY).days
    if ahead < 90 and rng.random() < 0.82:
        row |= {
            "opened_on": TODAY - days(rng.randint(3, 30)),
            "forecast": "commit" if ahead < 30 else "likely",
        }
        if rng.random() < 0.12:
            row["forecast"] = "at_risk"


def _orders(book: Book, partner: Partner, size: float, rng: Random) -> None:
    regulars = words.companies(rng, 14)
    growth, owed = 1 + partner.number("growth", 0.05), 0.0
    for month in (*MONTHS, date(2026, 11, 1)):
        first, last = max(month, partner.first_day), min(month_end(month), partner.last_day)
        if last < first:
            continue
        years_ago = (TODAY - month).days / 365.25
        # Without the seasons, a year's sum lies half a year back from its end.
        level = size / 12 * _SEASON[month.month - 1] * growth ** (0.5 - years_ago) * rng.uniform(0.85, 1.15)
        level *= ((last - first).days + 1) / month_end(month).day
        level -= owed + _orders_of_deals(book, partner, (first, last), rng)
        # What large deals booked beyond a month's level is missing from the months after it.
        owed = max(0.0, -level)
        count = rng.randint(2, 4) if level > 6000 else 1
        while level > 400 and count:
            amount = level if count == 1 else level / count * rng.uniform(0.6, 1.3)
            _order(
                book,
                partner,
                first + days(rng.randint(0, (last - first).days)),
                amount,
                rng.choice(regulars),
                rng,
            )
            level -= amount
            count -= 1


def _order(book: Book, partner: Partner, day: date, amount: float, customer: str, rng: Random) -> Row:
    product = rng.choice(tuple(words.PRODUCTS))
    return book.add(
        "orders",
        partner_id=partner.id,
        booked_on=workday(day),
        amount=round(amount / 10) * 10,
        currency=partner.currency,
        product=product,
        quantity=max(1, round(amount / words.PRODUCTS[product] / 1.2)),
        customer=customer,
        territory=partner.country,
        kind="service" if rng.random() < 0.12 else "new",
    )


def _orders_of_deals(book: Book, partner: Partner, span: tuple[date, date], rng: Random) -> float:
    """Book the orders that follow a won deal or a renewed contract of the days, and return their sum."""
    total = 0.0
    for deal in book.of("deals", partner.id):
        if deal["status"] == "won" and span[0] <= deal["closed_on"] <= span[1]:
            day = min(span[1], deal["closed_on"] + days(6))
            _order(book, partner, day, deal["amount"], deal["customer"], rng)["deal_id"] = deal["deal_id"]
            total += deal["amount"]
    for contract in book.of("renewals", partner.id):
        if contract["status"] == "renewed" and span[0] <= contract["decided_on"] <= span[1]:
            row = _order(
                book, partner, contract["decided_on"], contract["renewed_value"], contract["customer"], rng
            )
            row["kind"] = "renewal"
            total += contract["renewed_value"]
    return total
