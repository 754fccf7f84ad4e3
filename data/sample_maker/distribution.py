"""Make what distributors report: point-of-sale lines, stock, and what they buy from us."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sample_maker import words
from sample_maker.book import Book, Shares, rng_for
from sample_maker.clock import MONTHS, TODAY, add_months, days, month_end, workday
from sample_maker.roster import Partner

_SEASON = (0.88, 0.92, 1.1, 0.93, 0.97, 1.08, 0.88, 0.84, 1.08, 1.0, 1.08, 1.24)
_PRODUCTS = tuple(words.PRODUCTS)
# Resellers of the portfolio that buy through a distributor: reseller, distributor, place among its dealers.
_THROUGH = {
    "D-001": (
        ("R-003", "Vantorre Digital", 3),
        ("R-009", "Nordhafen Technik", 9),
        ("R-001", "Brennhof Systemhaus", 14),
    ),
    "D-002": (("R-012", "Castelmora Servizi", 12),),
}


@dataclass(frozen=True)
class _Dealer:
    name: str
    partner_id: str | None
    weight: float
    since: date
    until: date
    territory: str


def make_distribution(book: Book, partner: Partner) -> None:
    """Add a distributor's reports, lines, stock counts and purchases."""
    rng = rng_for(partner.id, "distribution")
    dealers = _dealers(partner, rng)
    customers = words.companies(rng, 50)
    prompt = Shares(partner.number("prompt", 0.95), rng)
    for month in MONTHS:
        if month < partner.first_day.replace(day=1):
            continue
        received = _report(book, partner, month, in_time=prompt.next())
        if received is not None:
            _lines(book, partner, month, (dealers, customers, received), rng)
    _stock(book, partner, rng)
    _purchases(book, partner, rng)


def _dealers(partner: Partner, rng: Random) -> list[_Dealer]:
    count, new = int(partner.number("dealers", 20)), int(partner.number("new", 1))
    through = {place: (id_, name) for id_, name, place in _THROUGH.get(partner.id, ())}
    territories = [f"{partner.country} {side}" for side in ("North", "South", "East", "West")]
    made = []
    for place, name in enumerate(words.dealers(rng, count)):
        since, until = date(2000, 1, 1), TODAY
        if place >= count - new:
            since = add_months(date(2026, 8, 1), rng.randint(0, 2))
        elif place >= count * 0.6:
            since = add_months(MONTHS[0], rng.randint(0, 30))
        elif place >= count * 0.45:
            until = add_months(MONTHS[0], rng.randint(14, 32))
        if partner.has("dealers_leave") and (place == 3 or place % 5 == 4):
            until = add_months(date(2026, 8, 1), 0 if place == 3 else -rng.randint(0, 2))
        id_, name = through.get(place, (None, name))
        if id_:
            since, until = date(2000, 1, 1), TODAY
        weight = 1 / (place + 3) ** partner.number("steep", 0.8)
        made.append(_Dealer(name, id_, weight, since, until, rng.choice(territories)))
    return made


def _report(book: Book, partner: Partner, month: date, *, in_time: bool) -> date | None:
    rng = rng_for(partner.id, "report", month.isoformat())
    due = add_months(month, 1) + days(9)
    received: date | None = due - days(rng.randint(0, 5)) if in_time else due + days(rng.randint(3, 10))
    if partner.has("reports_late") and month == MONTHS[-1]:
        received = None
    book.add("pos_reports", partner_id=partner.id, month=month, due_on=due, received_on=received)
    return received


def _level(partner: Partner, month: date, rng: Random) -> float:
    growth = 1 + partner.number("growth", 0.04)
    years_ago = (TODAY - month).days / 365.25
    size = partner.number("size", 1000) * 1000 / 12
    return size * _SEASON[month.month - 1] * growth ** (0.5 - years_ago) * rng.uniform(0.95, 1.05)


def _lines(
    book: Book, partner: Partner, month: date, market: tuple[list[_Dealer], list[str], date], rng: Random
) -> None:
    dealers, customers, received = market
    level = _level(partner, month, rng)
    active = [d for d in dealers if d.since <= month < d.until and (d.weight > 0.1 or rng.random() < 0.85)]
    total = sum(dealer.weight for dealer in active)
    for dealer in active:
        bought = level * dealer.weight / total * rng.uniform(0.8, 1.2)
        chosen = rng.sample(_PRODUCTS, 1 if bought < 25000 else 2)
        for product in chosen:
            units = max(1, round(bought / len(chosen) / words.PRODUCTS[product]))
            named = rng.random() < partner.number("named", 0.9)
            book.add(
                "sell_through",
                partner_id=partner.id,
                reseller=dealer.name,
                reseller_partner_id=dealer.partner_id,
                customer=rng.choice(customers) if named else None,
                product=product,
                territory=dealer.territory,
                month=month,
                units=units,
                value=units * words.PRODUCTS[product],
                currency=partner.currency,
                reported_on=received,
            )


def _stock(book: Book, partner: Partner, rng: Random) -> None:
    lines = book.of("sell_through", partner.id)
    for month in MONTHS[3:]:
        recent = {add_months(month, -back) for back in range(3)}
        for product in _PRODUCTS:
            sold = sum(row["units"] for row in lines if row["product"] == product and row["month"] in recent)
            if not sold:
                continue
            weeks = partner.number("weeks", 5) * rng.uniform(0.85, 1.15)
            if partner.has("quarter_end_loading") and month >= date(2026, 9, 1):
                weeks = {"Northlight Server": 13.4, "Northlight Gateway": 11.2}.get(
                    product, 6.4
                ) * rng.uniform(0.97, 1.03)
            units = round(sold / 13.1 * weeks)
            value = units * words.PRODUCTS[product]
            aged = rng.uniform(0.14, 0.24) if weeks > 9 else rng.uniform(0.02, 0.08)
            book.add(
                "inventory",
                partner_id=partner.id,
                counted_on=month_end(month),
                product=product,
                units=units,
                value=value,
                aged_value=round(value * aged),
                currency=partner.currency,
            )


def _purchases(book: Book, partner: Partner, rng: Random) -> None:
    lines = book.of("sell_through", partner.id)
    for month in (*MONTHS, date(2026, 11, 1)):
        sold = sum(row["value"] for row in lines if row["month"] == month)
        last = min(month_end(month), TODAY)
        if month >= MONTHS[-1] and not sold:
            sold = _level(partner, month, rng)
        if month < partner.first_day.replace(day=1) or not sold:
            continue
        bought = sold * partner.number("ratio", 1) * last.day / month_end(month).day * rng.uniform(0.96, 1.04)
        late = 0.0
        if partner.has("quarter_end_loading"):
            bought, late = _loaded(bought, month)
        for product in _PRODUCTS:
            day = month + days(rng.randint(1, min(last.day, 15) - 1))
            share = bought * (1 - late) * rng.uniform(0.2, 0.3) * (1 if late else 0.65)
            _purchase(book, partner, workday(day) if day.day > 3 else day + days(3), product, share)
            if late:
                _purchase(
                    book,
                    partner,
                    workday(month_end(month) - days(rng.randint(0, 8))),
                    product,
                    bought * late / 4,
                )
            elif last.day > 20 or month.month != 11 or month.year != 2026:
                _purchase(
                    book, partner, workday(month + days(rng.randint(16, last.day - 1))), product, share * 0.54
                )


def _loaded(bought: float, month: date) -> tuple[float, float]:
    """Shift a quarter's purchases towards its last fortnight, most of all in the last quarter ended."""
    if month.month % 3:
        return bought * 0.82, 0.0
    heavy = month == date(2026, 9, 1)
    return bought * (1.95 if heavy else 1.3), 0.8 if heavy else 0.42


def _purchase(book: Book, partner: Partner, day: date, product: str, amount: float) -> None:
    price = words.PRODUCTS[product]
    quantity = max(1, round(amount / price))
    book.add(
        "orders",
        partner_id=partner.id,
        booked_on=day,
        amount=quantity * price,
        currency=partner.currency,
        product=product,
        quantity=quantity,
        territory=partner.country,
    )
