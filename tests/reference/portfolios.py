"""Random portfolios of all seven types with everything that is awkward and still valid."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from . import random_selling, random_serving
from .columns import COLUMNS
from .drafts import Draft
from .periods import month_of, plus_months

TIERS = {
    "reseller": ("Silver", "Gold", "Platinum"),
    "distributor": ("Authorised", "Value-added"),
    "msp": ("Silver", "Gold", "Platinum"),
    "systems_integrator": ("Select", "Elite"),
    "isv": ("Registered", "Certified", "Premier"),
    "referral": (),
    "alliance": (),
}
TYPES = tuple(TIERS)

Maker = Callable[[Draft, str], None]
SELLING = ("reseller", "distributor", "systems_integrator", "isv", "alliance")

# What each partner gets, nearly always when its type is named (none named: any type), else now and then.
MAKERS: tuple[tuple[Maker, tuple[str, ...]], ...] = (
    (random_serving.contacts, ()),
    (random_serving.agreements_and_terms, ()),
    (random_selling.deals, SELLING),
    (random_selling.orders, ("reseller", "distributor", "msp")),
    (random_serving.usage, ("msp",)),
    (random_serving.renewals, ("reseller", "msp")),
    (random_serving.certifications, ("reseller", "distributor", "msp", "systems_integrator")),
    (random_serving.projects, ("systems_integrator",)),
    (random_serving.listings, ("isv",)),
    (random_selling.distribution, ("distributor",)),
    (random_selling.referrals, ("referral",)),
    (random_selling.funds, ("reseller", "distributor", "msp")),
    (random_serving.incentives_and_campaigns, ()),
    (random_selling.rebates, ("reseller", "distributor")),
    (random_serving.cases_and_requests, ()),
    (random_serving.meetings_and_milestones, ("systems_integrator", "alliance")),
    (random_serving.alliance, ("alliance",)),
    (random_serving.people_and_accounts, ()),
    (random_serving.commitments, ()),
    (random_selling.targets, ()),
)


def write_portfolio(folder: Path, *, seed: int, partners: int = 21, as_of: date) -> None:
    """Write a folder of CSV files; the same seed and day give the same bytes."""
    draft = Draft(Random(seed), as_of)
    _rates(draft)
    for number in range(partners):
        _partner(draft, number)
    for partner in draft.partners:
        # All of a quiet partner's records lie more than a year back.
        draft.as_of = as_of - timedelta(430 if draft.chance(0.2) else 0)
        for make, own_types in MAKERS:
            own = not own_types or partner["type"] in own_types
            if draft.chance(0.93 if own else 0.33):
                make(draft, partner["partner_id"])
    folder.mkdir(parents=True, exist_ok=True)
    for entity, columns in COLUMNS.items():
        draft.rng.shuffle(draft.rows[entity])
        with (folder / f"{entity}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(draft.rows[entity])


def _rates(draft: Draft) -> None:
    """Leave the first months without a rate, and the last currency without any; no two on one day."""
    for currency, around in (("USD", 0.92), ("GBP", 1.17)):
        for back in range(-2, 20):
            rated_on = plus_months(month_of(draft.as_of), -back) + timedelta(draft.rng.randint(0, 27))
            rate = f"{around * draft.rng.uniform(0.9, 1.1):.{draft.rng.randint(2, 6)}f}"
            draft.add("exchange_rates", currency=currency, rated_on=rated_on, rate=rate)


def _partner(draft: Draft, number: int) -> None:
    partner_type = TYPES[number % len(TYPES)]
    status = draft.rng.choices(("", "enrolled", "prospect", "suspended", "terminated"), (30, 50, 7, 6, 7))[0]
    terminated_on = draft.day(200, 60) if status == "terminated" or draft.chance(0.05) else None
    tiers = (*TIERS[partner_type], None, "Legacy") if draft.chance(0.3) else TIERS[partner_type]
    draft.add(
        "partners", name=f"Partner {number + 1:03}", type=partner_type,
        other_types=draft.maybe(draft.pick(*(name for name in TYPES if name != partner_type)), 0.15),
        tier=draft.rng.choice(tiers) if tiers else None, tier_review_on=draft.maybe(draft.day(10, 300), 0.4),
        status=status, **{"class": draft.maybe(draft.pick("A", "B", "C"), 0.6)},
        labels=draft.maybe("key", 0.2), region=draft.pick("North", "South", "DACH"), country="DE",
        industry=draft.maybe("Retail", 0.5), currency=draft.maybe(draft.pick("EUR", "USD", "GBP")),
        owner_email="cam@example.com", enrolled_on=draft.maybe(draft.day(1500, 20)),
        terminated_on=terminated_on, website=draft.maybe("https://example.com", 0.5),
        sales_people=draft.maybe(draft.rng.randint(1, 20), 0.5),
        technical_people=draft.maybe(draft.rng.randint(1, 40), 0.5),
        credit_limit=draft.maybe(draft.amount(1000, 90000), 0.3),
    )  # fmt: skip
    draft.partners.append(draft.rows["partners"][-1])
