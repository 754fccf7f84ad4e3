"""Make a portfolio of any size: partners of all seven types and some 1,250 facts for each of them.

    python benchmarks/portfolios.py FOLDER [--partners 800] [--depth 1.0] [--seed 1] [--as-of 2026-11-20]

Writes one CSV file per entity, as a folder source reads them; the same seed, size and day give the same
bytes. 800 partners have about 1,000,000 facts, in the mix of a distribution business with services beside
it: a third of them lines of POS reports, a part of which name a reseller that is a partner itself.
`depth` multiplies the facts of each partner, so that size can grow either way.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from camdesk.base.periods import add_months
from camdesk.portfolio.entities import ENTITIES

AS_OF = date(2026, 11, 20)
# Of forty partners; small portfolios have all types too, because the first ones are one of each.
SHARES = {
    "reseller": 20,
    "distributor": 2,
    "msp": 6,
    "systems_integrator": 4,
    "isv": 3,
    "referral": 3,
    "alliance": 2,
}
TIERS = {
    "reseller": ("Silver", "Gold", "Platinum"),
    "distributor": ("Authorised", "Value-added"),
    "msp": ("Silver", "Gold", "Platinum"),
    "systems_integrator": ("Select", "Elite"),
    "isv": ("Registered", "Certified", "Premier"),
}
MEASURED = {
    "reseller": "revenue",
    "distributor": "sell_through",
    "systems_integrator": "influenced_revenue",
    "referral": "referral_value",
    "alliance": "joint_revenue",
}
MONTHS = 30
RATES = {"USD": 0.92, "GBP": 1.17}


def main() -> None:
    """Write a portfolio and say how many facts it has."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--partners", type=int, default=800)
    parser.add_argument("--depth", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--as-of", type=date.fromisoformat, default=AS_OF)
    options = parser.parse_args()
    facts = write_portfolio(
        options.folder,
        partners=options.partners,
        depth=options.depth,
        seed=options.seed,
        as_of=options.as_of,
    )
    print(f"{facts:,} facts of {options.partners:,} partners")


def write_portfolio(
    folder: Path, *, partners: int = 800, depth: float = 1.0, seed: int = 1, as_of: date = AS_OF
) -> int:
    """Write a folder of CSV files and return how many facts they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        book = _Book(Random(seed), as_of, depth, files, folder)
        book.kinds = [_kind(number) for number in range(partners)]
        for back in range(MONTHS + 30):
            for currency, around in RATES.items():
                rated_on = add_months(as_of.replace(day=1), -back)
                book.add(
                    "exchange_rates", currency, rated_on, round(around * book.rng.uniform(0.95, 1.05), 4)
                )
        for number, kind in enumerate(book.kinds):
            book.partner(number, kind)
            for make, own_kinds, times in MAKERS:
                if own_kinds is None or kind in own_kinds:
                    make(book, _name(number), kind, book.some(times))
        return sum(book.counts.values())


def _kind(number: int) -> str:
    kinds = list(SHARES)
    return (kinds + [kind for kind in kinds for _ in range(SHARES[kind] - 1)])[number % sum(SHARES.values())]


def _name(number: int) -> str:
    return f"P{number:05}"


@dataclass
class _Book:
    """The files being written and the chances of the seed."""

    rng: Random
    as_of: date
    depth: float
    files: ExitStack
    folder: Path

    def __post_init__(self) -> None:
        self.kinds: list[str] = []
        self.counts = dict.fromkeys(ENTITIES, 0)
        self._writers: dict[str, Any] = {}

    def add(self, entity: str, *cells: object, **named: object) -> str:
        """Write a row under the next id: cells in the order of the columns, or by name; return the id."""
        columns = ENTITIES[entity].columns
        if entity not in self._writers:
            path = self.folder / f"{entity}.csv"
            self._writers[entity] = csv.writer(
                self.files.enter_context(path.open("w", encoding="utf-8", newline=""))
            )
            self._writers[entity].writerow([column.name for column in columns])
        key = _name(self.counts[entity]) if entity == "partners" else f"{entity}-{self.counts[entity]}"
        self.counts[entity] += 1
        row = [key, *cells]
        if named:
            row += [named.get(column.name) for column in columns[len(row) :]]
        self._writers[entity].writerow(row + [None] * (len(columns) - len(row)))
        return key

    def some(self, times: float) -> int:
        """Return a number around `times` and the depth, never 0."""
        return max(1, round(times * self.depth * self.rng.uniform(0.6, 1.4)))

    def day(self, back: int, ahead: int = 0) -> date:
        return self.as_of + timedelta(days=round(self.rng.random() * (back + ahead)) - back)

    def instant(self, day: date) -> str:
        seconds = int(self.rng.random() * 86_400)
        return f"{day}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"

    def maybe(self, cell: Any, chance: float = 0.8) -> Any:
        return cell if self.rng.random() < chance else None

    def pick(self, *choices: Any) -> Any:
        return choices[int(self.rng.random() * len(choices))]

    def amount(self, high: int) -> str:
        return f"{self.rng.random() * high:.2f}"

    def currency(self) -> str | None:
        return self.pick("EUR", "EUR", "EUR", None, "USD", "GBP")

    def customer(self) -> str:
        return f"Customer {int(self.rng.random() * 40 * len(self.kinds))}"

    def months(self) -> list[date]:
        this = self.as_of.replace(day=1)
        return [add_months(this, -back) for back in range(MONTHS, 0, -1)]

    def partner(self, number: int, kind: str) -> None:
        tiers = TIERS.get(kind, (None,))
        self.add(
            "partners", f"Partner {number:05}", kind,
            other_types=self.maybe(self.pick(*(name for name in SHARES if name != kind)), 0.1),
            tier=self.pick(*tiers), status=self.pick(*["enrolled"] * 20, "prospect", "terminated"),
            region=self.pick("North", "South", "DACH"), country="DE", currency=self.pick("EUR", "USD", "GBP"),
            owner_email="cam@example.com", enrolled_on=self.day(2500, -20),
            tier_review_on=self.maybe(self.day(10, 300)),
            sales_people=round(self.rng.random() * 30), technical_people=round(self.rng.random() * 60),
            our_share=round(self.rng.random() * 100),
        )  # fmt: skip


def _contacts(book: _Book, partner: str, _kind: str, times: int) -> None:
    for number in range(times):
        book.add(
            "contacts", partner, f"Person {number}", "Director", "a@example.com",
            is_primary=number == 0, is_executive=book.maybe("true", 0.3),
        )  # fmt: skip


def _agreements(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        signed_on = book.day(1500)
        book.add("agreements", partner, "partner", signed_on, book.day(30, 700))
        book.add("terms", partner, book.pick("discount", "rebate", "fee"), "As agreed", 10, signed_on)
        book.add("notes", partner, book.instant(book.day(700)), "Spoke about the plan.")


def _deals(book: _Book, partner: str, kind: str, times: int) -> None:
    registers = kind in ("reseller", "distributor", "msp")
    kinds = ("registered", "registered", "co_sell") if registers else ("co_sell", "influenced")
    for _ in range(times):
        submitted_on, status = book.day(900), book.pick("open", "won", "won", "lost", "lost")
        closed_on = submitted_on + timedelta(days=round(book.rng.random() * 200))
        status = status if closed_on <= book.as_of else "open"
        decided_on = min(submitted_on + timedelta(days=int(book.rng.random() * 6)), book.as_of)
        moved_on = book.day((book.as_of - submitted_on).days)
        decision = book.pick("approved", "approved", "approved", "rejected", None)
        book.add(
            "deals", partner, None, "A deal", book.customer(), book.pick(*kinds), "Proposal", status,
            book.amount(90_000), book.currency(), book.instant(submitted_on),
            book.instant(decided_on) if decision else None, decision,
            book.maybe(submitted_on + timedelta(days=180)), book.maybe(closed_on, 0.03),
            submitted_on + timedelta(days=90), closed_on if status != "open" else None, moved_on, moved_on,
            book.pick("commit", "best_case", "pipeline"), 50, "cam@example.com",
        )  # fmt: skip


def _orders(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        book.add(
            "orders", partner, book.day(1100), book.amount(9_000), book.currency(), "Backup", 1,
            book.maybe(book.customer(), 0.9), None, None, book.pick("new", "new", "renewal"),
        )  # fmt: skip


def _usage(book: _Book, partner: str, _kind: str, times: int) -> None:
    customers = [book.customer() for _ in range(times)]
    for month in book.months():
        for customer in customers:
            seats = round(book.rng.random() * 80)
            book.add(
                "usage", partner, month, customer, "Backup", seats, round(seats * book.rng.random()),
                book.amount(2_000), book.currency(),
            )  # fmt: skip


def _renewals(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        due_on = book.day(800, 200)
        status = book.pick("renewed", "renewed", "lost") if due_on < book.as_of else "open"
        value = book.amount(9_000)
        book.add(
            "renewals", partner, book.customer(), "Backup", 10, value,
            value if status == "renewed" else None, book.currency(), due_on,
            book.maybe(due_on - timedelta(days=100)), book.pick("commit", "likely", "at_risk"), status,
            due_on if status != "open" else None,
        )  # fmt: skip


def _certifications(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        awarded_on = book.day(1200)
        track = book.pick("sales", "technical", "architect", "delivery", "compliance")
        book.add(
            "certifications", partner, f"Person {int(book.rng.random() * 15)}", f"{track} {book.pick(1, 2)}",
            track, book.maybe("true", 0.1), awarded_on, awarded_on + timedelta(days=730),
        )  # fmt: skip


def _projects(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        started_on = book.day(900)
        due_on = started_on + timedelta(days=120)
        done_on = due_on + timedelta(days=round(book.rng.random() * 40 - 25))
        done = done_on <= book.as_of
        book.add(
            "projects", partner, book.customer(), "Roll-out", book.amount(90_000), book.currency(),
            "completed" if done else "active", book.pick("green", "amber", "red"), started_on, due_on,
            done_on if done else None, book.pick(3, 4, 5) if done else None, done_on if done else None,
            book.maybe("true", 0.3),
        )  # fmt: skip


def _listings(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        listing = book.add(
            "listings", partner, "Connector", "Hub", book.day(900), book.day(200), None, None,
            book.day(100, 400), "live",
        )  # fmt: skip
        for month in book.months():
            numbers = [round(book.rng.random() * high) for high in (900, 40, 20, 90, 12)]
            book.add(
                "listing_activity", listing, partner, month, *numbers, book.amount(9_000), book.amount(2_000)
            )


def _distribution(book: _Book, partner: str, _kind: str, times: int) -> None:
    # Two partners in twenty are large customers of two-tier business, as in life.
    resellers = [_name(number) for number, kind in enumerate(book.kinds) if kind == "reseller"]
    large = resellers[:: max(1, len(resellers) // 10)]
    for month in book.months():
        due_on = add_months(month, 1) + timedelta(days=9)
        book.add("pos_reports", partner, month, due_on, book.maybe(min(due_on, book.as_of), 0.9))
        for product in range(8):
            counted_on = add_months(month, 1) - timedelta(days=1)
            book.add(
                "inventory", partner, counted_on, f"Product {product}", round(book.rng.random() * 500),
                book.amount(90_000), book.amount(9_000),
            )  # fmt: skip
        for _ in range(times):
            named = book.maybe(book.pick(*(large if book.rng.random() < 0.3 else resellers)), 0.2)
            reseller = f"Partner {named[1:]}" if named else f"Reseller {int(book.rng.random() * 200)}"
            book.add(
                "sell_through", partner, reseller, named, book.maybe(book.customer(), 0.7), "Backup", "North",
                month, round(book.rng.random() * 20), book.amount(3_000), book.currency(), due_on,
            )  # fmt: skip


def _referrals(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        submitted_on = book.day(900)
        closed_on = submitted_on + timedelta(days=round(book.rng.random() * 150))
        closed = closed_on <= book.as_of
        status = book.pick("won", "lost", "rejected") if closed else book.pick("submitted", "accepted")
        won = status == "won"
        answered_on = min(submitted_on + timedelta(days=1), book.as_of)
        book.add(
            "referrals", partner, book.customer(), book.instant(submitted_on),
            book.maybe(book.instant(answered_on), 0.9), book.instant(answered_on), status,
            closed_on if closed else None, book.amount(30_000), "EUR", book.amount(3_000) if won else None,
            closed_on if won else None, closed_on + timedelta(days=30) if won else None,
            book.maybe(closed_on + timedelta(days=25)) if won else None,
        )  # fmt: skip


def _funds(book: _Book, partner: str, _kind: str, times: int) -> None:
    for back in range(3):
        year = book.as_of.year - back
        fund = book.add(
            "funds", partner, f"Fund {year}", date(year, 1, 1), date(year, 12, 31), book.amount(50_000), "EUR"
        )
        for _ in range(times):
            requested_on = book.day(300) - timedelta(days=365 * back)
            claimed_on = requested_on + timedelta(days=60)
            paid = claimed_on < book.as_of
            book.add(
                "fund_claims", fund, partner, "market_fund", "Event", book.instant(requested_on),
                book.maybe(book.instant(min(requested_on + timedelta(days=5), book.as_of))), None,
                "paid" if paid else "requested", book.amount(3_000), claimed_on if paid else None,
                claimed_on + timedelta(days=20) if paid else None, book.amount(30_000), "EUR",
            )  # fmt: skip


def _programme(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        due_on = book.day(800, 60)
        book.add(
            "incentives", partner, "Growth", "Q", book.amount(3_000), "EUR", due_on,
            book.maybe(due_on + timedelta(days=round(book.rng.random() * 8 - 6))), book.maybe("true", 0.1),
        )  # fmt: skip
        book.add("campaigns", partner, "Autumn", book.day(700), None, 20, book.amount(30_000), "EUR")
        book.add("accounts", partner, book.customer(), "customer", book.amount(90_000), "EUR")
        book.add("advocacy", partner, book.pick("reference", "event", "other"), book.day(800))
        book.add(
            "commitments", partner, book.pick("vendor", "partner"), "Send the plan", "cam", due_on,
            book.maybe(due_on - timedelta(days=1)),
        )  # fmt: skip


def _rebates(book: _Book, partner: str, kind: str, _times: int) -> None:
    quarter = date(book.as_of.year, 3 * ((book.as_of.month - 1) // 3) + 1, 1)
    for back in range(0, 24, 3):
        start = add_months(quarter, -back)
        for step in (1, 2, 3):
            book.add(
                "rebates", partner, "Growth", MEASURED.get(kind, "revenue"), start,
                add_months(start, 3) - timedelta(days=1), 50_000 * step, 1_000 * step, "EUR",
            )  # fmt: skip


def _service(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        opened_on = book.day(800)
        answered = book.instant(min(opened_on + timedelta(days=1), book.as_of))
        due = book.instant(min(opened_on + timedelta(days=2), book.as_of))
        book.add(
            "cases", partner, book.customer(), book.pick("P1", "P2", "P3"), "A fault",
            book.instant(opened_on), due, book.maybe(answered, 0.9), None,
        )  # fmt: skip
        asked_on = book.day(800)
        kind = book.pick("pricing_exception", "technical", "contract")
        book.add(
            "requests", partner, None, kind, "A request", book.amount(9_000), "EUR", book.instant(asked_on),
            book.instant(asked_on + timedelta(days=3)),
            book.maybe(book.instant(min(asked_on + timedelta(days=2), book.as_of)), 0.9),
            book.pick("approved", "rejected"), None, book.pick("true", "false", None),
        )  # fmt: skip


def _meetings(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        scheduled_on = book.day(900, 60)
        held = book.pick("held", "held", "held", "missed") if scheduled_on < book.as_of else "planned"
        book.add(
            "meetings", partner, book.pick("working", "review", "executive", "steering"), "Plan",
            book.instant(scheduled_on), held, "vendor" if held == "missed" else None, "cam@example.com",
        )  # fmt: skip
    for _ in range(max(1, times // 5)):
        due_on = book.day(800, 100)
        book.add(
            "milestones", partner, book.pick("onboarding", "joint"), "A step", due_on,
            book.maybe(due_on, 0.7) if due_on <= book.as_of else None,
        )  # fmt: skip


def _alliance(book: _Book, partner: str, _kind: str, times: int) -> None:
    for _ in range(times):
        side = book.pick("vendor", "partner")
        book.add("investments", partner, side, "cash", None, book.amount(30_000), "EUR", book.day(800))
        question = f"Question {book.pick(1, 2, 3, 4, 5)}"
        book.add("assessments", partner, side, question, book.pick(0, 25, 50, 75, 100), book.day(800))


def _targets(book: _Book, partner: str, kind: str, _times: int) -> None:
    if kind in MEASURED:
        for year in range(book.as_of.year - 2, book.as_of.year + 1):
            period = date(year, 1, 1), date(year, 12, 31)
            book.add(
                "targets", partner, MEASURED[kind], *period, 200_000 + int(book.rng.random() * 2e6), "EUR"
            )


Maker = Callable[[_Book, str, str, int], None]
SELLING = ("reseller", "distributor", "msp")
# Who has such records, and how many each: for usage, POS lines and listings, how many a month.
MAKERS: tuple[tuple[Maker, tuple[str, ...] | None, float], ...] = (
    (_contacts, None, 8),
    (_agreements, None, 4),
    (_deals, ("reseller", "distributor", "systems_integrator", "isv", "alliance"), 195),
    (_orders, SELLING, 250),
    (_usage, ("msp",), 47),
    (_renewals, ("reseller", "msp"), 104),
    (_certifications, ("reseller", "distributor", "msp", "systems_integrator"), 58),
    (_projects, ("systems_integrator",), 60),
    (_listings, ("isv",), 4),
    (_distribution, ("distributor",), 250),
    (_referrals, ("referral",), 370),
    (_funds, SELLING, 8),
    (_programme, None, 10),
    (_rebates, ("reseller", "distributor"), 1),
    (_service, None, 20),
    (_meetings, None, 34),
    (_alliance, ("alliance", "systems_integrator"), 30),
    (_targets, None, 1),
)

if __name__ == "__main__":
    main()
