"""The folder of CSV files as rows, with money in base currency."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

TEN_THOUSANDTHS = 10_000

OWN_KEY = {
    "partners": "partner_id", "deals": "deal_id", "orders": "order_id", "usage": "usage_id",
    "renewals": "renewal_id", "certifications": "certification_id", "projects": "project_id",
    "listings": "listing_id", "listing_activity": "activity_id", "sell_through": "line_id",
    "pos_reports": "report_id", "inventory": "inventory_id", "referrals": "referral_id",
    "funds": "fund_id", "fund_claims": "claim_id", "incentives": "incentive_id", "rebates": "rebate_id",
    "cases": "case_id", "requests": "request_id", "meetings": "meeting_id", "milestones": "milestone_id",
    "investments": "investment_id", "assessments": "assessment_id", "targets": "target_id",
    "exchange_rates": "rate_id", "commitments": "commitment_id", "campaigns": "campaign_id",
}  # fmt: skip

DEFAULTS = {
    "partners": {"status": "enrolled"},
    "deals": {"kind": "registered"},
    "orders": {"kind": "new"},
    "fund_claims": {"kind": "market_fund"},
    "milestones": {"kind": "onboarding"},
}

# Money columns, and the date whose exchange rate converts them.
MONEY = {
    "deals": (("amount",), "submitted_at"),
    "orders": (("amount",), "booked_on"),
    "usage": (("recurring_revenue",), "month"),
    "renewals": (("value", "renewed_value"), "due_on"),
    "listing_activity": (("gross_sales",), "month"),
    "sell_through": (("value",), "month"),
    "inventory": (("value", "aged_value"), "counted_on"),
    "referrals": (("value", "fee"), "submitted_at"),
    "funds": (("allocated",), "period_start"),
    "fund_claims": (("amount", "attributed_pipeline"), "requested_at"),
    "incentives": (("amount",), "due_on"),
    "rebates": (("threshold", "payout"), "period_start"),
    "investments": (("amount",), "spent_on"),
    "targets": (("value",), "period_start"),
}


@dataclass(frozen=True, eq=False)
class Row:
    """One record; a blank cell is None, a money column also has its amount in base currency."""

    entity: str
    key: str
    cells: dict[str, str]
    base: dict[str, Fraction]

    @property
    def partner_id(self) -> str:
        return self.cells["partner_id"]

    def text(self, column: str) -> str | None:
        return self.cells.get(column) or DEFAULTS.get(self.entity, {}).get(column)

    def flag(self, column: str) -> bool | None:
        written = self.text(column)
        return None if written is None else written.lower() in {"true", "1", "yes"}

    def number(self, column: str) -> Fraction | None:
        written = self.text(column)
        return None if written is None else Fraction(Decimal(written))

    def day(self, column: str) -> date | None:
        """Return the day of a date or, in UTC, of an instant."""
        written = self.text(column)
        return None if written is None else date.fromisoformat(written[:10])

    def instant(self, column: str) -> datetime | None:
        written = self.text(column)
        return None if written is None else datetime.fromisoformat(written.replace("Z", "+00:00"))

    def money(self, column: str) -> Fraction | None:
        """Return the amount in units of the base currency, exact to ten-thousandths."""
        return self.base.get(column)


class Rates:
    """The rates of each currency, by day."""

    def __init__(self, rows: list[dict[str, str]], base_currency: str) -> None:
        self._base_currency = base_currency
        self._dated: defaultdict[str, list[tuple[date, str, Fraction]]] = defaultdict(list)
        for row in rows:
            rated_on = date.fromisoformat(row["rated_on"])
            self._dated[row["currency"]].append((rated_on, row["rate_id"], Fraction(Decimal(row["rate"]))))
        for dated in self._dated.values():
            dated.sort()

    def rate(self, currency: str, day: date) -> Fraction | None:
        """Return the newest rate on or before the day, else the earliest, else None."""
        if currency == self._base_currency:
            return Fraction(1)
        dated = self._dated.get(currency)
        if not dated:
            return None
        before = [rate for rated_on, _, rate in dated if rated_on <= day]
        return before[-1] if before else dated[0][2]

    def convert(self, written: str, currency: str | None, day: date) -> Fraction | None:
        rate = self.rate(currency or self._base_currency, day)
        if rate is None:
            return None
        # round() of a Fraction is half-even: once for the row's own scale, once for the base amount.
        stored = round(Fraction(Decimal(written)) * TEN_THOUSANDTHS)
        return Fraction(round(stored * rate), TEN_THOUSANDTHS)


class Portfolio:
    """All rows of a folder, by entity and partner."""

    def __init__(self, folder: Path, *, base_currency: str, undated_on: date) -> None:
        self.undated_on = undated_on
        rates = Rates(_read(folder, "exchange_rates"), base_currency)
        currencies = {row["partner_id"]: row.get("currency") for row in _read(folder, "partners")}
        self._rows: dict[str, list[Row]] = {}
        self._by_partner: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for entity, key in OWN_KEY.items():
            self._rows[entity] = []
            for cells in _read(folder, entity):
                base = _base_amounts(entity, cells, rates, currencies, undated_on)
                row = Row(entity, cells[key], cells, base)
                self._rows[entity].append(row)
                if "partner_id" in cells:
                    self._by_partner[entity, row.partner_id].append(row)

    @property
    def entities(self) -> tuple[str, ...]:
        return tuple(self._rows)

    def all(self, entity: str) -> list[Row]:
        return self._rows[entity]

    def of_partner(self, entity: str, partner: Row) -> list[Row]:
        return self._by_partner[entity, partner.partner_id]


def _base_amounts(
    entity: str, cells: dict[str, str], rates: Rates, currencies: dict[str, str | None], undated_on: date
) -> dict[str, Fraction]:
    columns, dated = MONEY.get(entity, ((), ""))
    base: dict[str, Fraction] = {}
    for column in columns:
        if not cells.get(column):
            continue
        day = date.fromisoformat(cells[dated][:10]) if cells.get(dated) else undated_on
        currency = cells.get("currency") or currencies.get(cells["partner_id"])
        amount = rates.convert(cells[column], currency, day)
        if amount is not None:
            base[column] = amount
    return base


def _read(folder: Path, entity: str) -> list[dict[str, str]]:
    path = folder / f"{entity}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
