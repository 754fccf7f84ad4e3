"""The quarter's forecast deal by deal: what makes up commit and best case, and what changed in a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from camdesk.base import money
from camdesk.base.periods import Period
from camdesk.insight.engine import MetricRun
from camdesk.insight.wording import write_day

IN_THE_NUMBER = ("commit", "best_case")
"""The forecast categories that a quarter is called by; best case holds commit too."""

_DEALS = """
SELECT d.deal_id, d.opportunity_id, COALESCE(d.name, d.customer, d.deal_id) AS name, d.customer, d.stage,
       d.amount_base AS amount, d.expected_close_on, d.closed_on, d.forecast, d.outcome, d.decided, d.is_open,
       d.probability
FROM deal_state_at d WHERE d.day = :day AND d.partner_id = :partner
"""
_THROUGH_DISTRIBUTION = """
SELECT s.partner_id, s.reseller_partner_id AS other, SUM(s.value_base) AS amount
FROM moments m CROSS JOIN sell_through s ON s.month >= m.quarter_from AND s.month < m.until
WHERE m.day = :day AND s.reseller_partner_id <> s.partner_id AND s.value_base IS NOT NULL
GROUP BY s.partner_id, s.reseller_partner_id
"""

Change = Literal["entered", "left", "moved out", "amount", "category", "close"]


@dataclass(frozen=True, slots=True)
class DealChange:
    """What happened to a deal in a week; `before` and `after` are an amount, a day or words."""

    change: Change
    before: int | date | str | None
    after: int | date | str | None

    def in_words(self, currency: str) -> str:
        """Return such as `entered: was pipeline` or `amount €40k → €55k`."""
        before, after = (_said(value, currency) for value in (self.before, self.after))
        if self.change in ("entered", "left"):
            said = before if self.change == "entered" else after
            return f"{self.change}: {said}"
        if self.change == "moved out":
            return f"moved out to {after}"
        what = {"amount": "amount", "category": "moved from", "close": "close moved from"}[self.change]
        return f"{what} {before} {'→' if self.change == 'amount' else 'to'} {after}"


@dataclass(frozen=True, slots=True)
class ForecastDeal:
    """A deal in the quarter's number, or one that was a week ago (`category` None)."""

    deal_id: str
    opportunity_id: str | None
    name: str
    customer: str | None
    stage: str | None
    amount: int | None
    expected_close_on: date | None
    category: str | None  # commit | best_case
    slipped: bool  # open, and its expected close lies before the day
    changes: tuple[DealChange, ...] | None  # None: nobody knows how it stood a week ago
    probability: float | None  # 0 to 100, as its source has it


def read_deals(
    run: MetricRun, partner_id: str, *, day: date, before: date | None, quarter: Period
) -> tuple[ForecastDeal, ...]:
    """Return the deals in the number of `quarter` on `day`, then those that have left it since `before`.

    Both days are seen from the end of the same quarter, so that a deal pulled in or put off shows as such.
    """
    now = _states(run, partner_id, day)
    then = _states(run, partner_id, before) if before is not None else None
    counted = [deal for deal in now.values() if _counts(deal, quarter)]
    found = [_deal(deal, then, day=day, quarter=quarter) for deal in counted]
    inside = {deal["deal_id"] for deal in counted}
    for deal_id, earlier in (then or {}).items():
        if deal_id not in inside and _counts(earlier, quarter):
            found.append(_gone(earlier, now.get(deal_id), quarter))
    return tuple(sorted(found, key=_place))


def through_distribution(run: MetricRun, day: date) -> dict[tuple[str, str], int]:
    """Return what distributors sold on to partners this quarter, by distributor and partner named."""
    rows = run.query(_THROUGH_DISTRIBUTION, {"day": day.isoformat()})
    return {(row["partner_id"], row["other"]): row["amount"] for row in rows}


def _states(run: MetricRun, partner_id: str, day: date) -> dict[str, dict[str, Any]]:
    rows = run.query(_DEALS, {"day": day.isoformat(), "partner": partner_id})
    return {row["deal_id"]: row for row in rows}


def _counts(deal: Mapping[str, Any], quarter: Period) -> bool:
    """Tell whether a deal is in the number: open, of a category that counts, closing by the quarter's end."""
    return bool(
        deal["is_open"]
        and deal["forecast"] in IN_THE_NUMBER
        and _closes_by_end(deal["expected_close_on"], quarter)
    )


def _closes_by_end(expected: str | None, quarter: Period) -> bool:
    return expected is not None and expected < quarter.end.isoformat()


def _deal(
    deal: Mapping[str, Any], then: Mapping[str, Mapping[str, Any]] | None, *, day: date, quarter: Period
) -> ForecastDeal:
    changes = None if then is None else _changes(deal, then.get(deal["deal_id"]), quarter)
    expected = date.fromisoformat(deal["expected_close_on"])
    return _made(deal, category=deal["forecast"], slipped=expected < day, changes=changes)


def _gone(earlier: Mapping[str, Any], now: Mapping[str, Any] | None, quarter: Period) -> ForecastDeal:
    return _made(now or earlier, category=None, slipped=False, changes=(_leaving(earlier, now, quarter),))


def _made(
    deal: Mapping[str, Any], *, category: str | None, slipped: bool, changes: tuple[DealChange, ...] | None
) -> ForecastDeal:
    return ForecastDeal(
        deal["deal_id"],
        deal["opportunity_id"],
        deal["name"],
        deal["customer"],
        deal["stage"],
        deal["amount"],
        _day(deal["expected_close_on"]),
        category,
        slipped,
        changes,
        deal["probability"],
    )


def _changes(
    deal: Mapping[str, Any], earlier: Mapping[str, Any] | None, quarter: Period
) -> tuple[DealChange, ...]:
    found: list[DealChange] = []
    if earlier is None or not _counts(earlier, quarter):
        found.append(DealChange("entered", _outside(earlier, quarter), _words(deal["forecast"])))
    elif earlier["forecast"] != deal["forecast"]:
        found.append(DealChange("category", _words(earlier["forecast"]), _words(deal["forecast"])))
    if earlier is None:
        return tuple(found)
    if earlier["amount"] != deal["amount"]:
        found.append(DealChange("amount", earlier["amount"], deal["amount"]))
    if _counts(earlier, quarter) and earlier["expected_close_on"] != deal["expected_close_on"]:
        found.append(DealChange("close", _day(earlier["expected_close_on"]), _day(deal["expected_close_on"])))
    return tuple(found)


def _outside(earlier: Mapping[str, Any] | None, quarter: Period) -> str:
    """Return why a deal was not in the number before."""
    if earlier is None:
        return "new"
    if not earlier["is_open"]:
        return "was closed"
    if earlier["forecast"] not in IN_THE_NUMBER:
        return f"was {_words(earlier['forecast'])}"
    if earlier["expected_close_on"] is None:
        return "had no expected close"
    return f"pulled in from {write_day(date.fromisoformat(earlier['expected_close_on']))}"


def _leaving(earlier: Mapping[str, Any], now: Mapping[str, Any] | None, quarter: Period) -> DealChange:
    """Return why a deal is not in the number any more."""
    was = _words(earlier["forecast"])
    if now is None:
        return DealChange("left", was, "no longer in its source")
    if now["outcome"] is not None:
        return DealChange("left", was, f"{now['outcome']} on {write_day(_day(now['closed_on']))}")
    if not now["is_open"]:
        return DealChange("left", was, "rejected" if now["decided"] == "rejected" else "closed")
    if now["forecast"] in IN_THE_NUMBER and now["expected_close_on"] is not None:
        return DealChange("moved out", _day(earlier["expected_close_on"]), _day(now["expected_close_on"]))
    if now["forecast"] in IN_THE_NUMBER:
        return DealChange("left", was, "has no expected close any more")
    return DealChange("left", was, f"now {_words(now['forecast'])}")


def _place(deal: ForecastDeal) -> tuple[bool, bool, int, str]:
    """Put commit before best case before what has gone, and the largest first."""
    return deal.category is None, deal.category != IN_THE_NUMBER[0], -(deal.amount or 0), deal.deal_id


def _words(category: str | None) -> str:
    return category.replace("_", " ") if category else "without a forecast"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _said(value: int | date | str | None, currency: str) -> str:
    if isinstance(value, int):
        return money.short(value, currency)
    if isinstance(value, date):
        return write_day(value)
    return value or "unknown"
