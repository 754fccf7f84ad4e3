"""What funds, campaigns and certifications led to: how many, what they cost, what came after.

What came after is not what came of it: below twenty of a kind the table says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from camdesk.base.periods import add_months
from camdesk.documents.drafting.draft import cell, lacking, number, say, table, wide
from camdesk.documents.drafting.freezing import Freezer
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Block, Cell, Section, Span
from camdesk.documents.phrases import count
from camdesk.documents.portfolio_report.draft import InView, Report
from camdesk.insight.wording import DASH
from camdesk.store.tables import CURRENT

PROOF = 20
"""So many are needed before what came after says anything about what it came of."""
AFTER = timedelta(days=180)
_MARKET = "market_fund"
_DEALS = CURRENT["deals"].c
_TITLE = "Investments"


@dataclass(frozen=True, slots=True)
class Led:
    """One kind of investment. None: nothing brings that figure."""

    title: str
    n: int
    spent: Span | None
    pipeline: Span | None
    won: Span | None
    reading: str

    @property
    def caution(self) -> str:
        """What has to be said before anything is read into so few; nothing where there are enough."""
        return "" if self.n >= PROOF else f"n = {self.n}: not a proof. "


def section(report: Report) -> Section:
    """Return what the investments of twelve months led to."""
    found = led_to(report)
    if not found:
        words = "Investments: no paid fund claim, campaign or new certificate of the last year is known."
        return lacking("investments", _TITLE, "No investment is known", words)
    columns = [
        wide("Investment", 1.3), number("How many"), number("Spent"), number("Pipeline"), number("Won"),
        wide("How to read it", 1.7),
    ]  # fmt: skip
    note = (
        "Twelve months, in base currency; – where no source says. What came after is not yet what came of it."
    )
    blocks: tuple[Block, ...] = (table(columns, [_row(one) for one in found], note=say(note)),)
    small = [one for one in found if one.n < PROOF]
    message = "What funds, campaigns and certifications led to"
    if small:
        message = f"{message}; {'nothing' if len(small) == len(found) else 'not all of it'} proven"
    return Section("investments", _TITLE, message, (), blocks, new_page=False)


def led_to(report: InView) -> list[Led]:
    """Return each kind of investment of which any is known."""
    return [one for one in (_funds(report), _campaigns(report), _skills(report)) if one is not None]


def _row(led: Led) -> list[Cell]:
    amounts = (led.spent, led.pipeline, led.won)
    return [
        cell(led.title),
        cell(f"{led.n:,}"),
        *(Cell((one or Span(DASH),)) for one in amounts),
        Cell((Span(f"{led.caution}{led.reading}"),)),
    ]


def _listed(
    report: InView, key: str, title: str, words: str, entity: str, rows: Sequence[Row], column: str
) -> Span | None:
    """Return the sum of a column tied to its records; None where no record has it."""
    known = [row for row in rows if row[f"{column}_base"] is not None]
    if not known:
        return None
    frozen: Freezer = report.frozen
    kept = frozen.listed(key, title, words, entity, known, on=report.insight.as_of, money_column=column)
    return Span(report.money(sum(amount(row, column) for row in known)), kept)


def _within(stored: str | None, first: date, last: date) -> bool:
    on = day(stored)
    return on is not None and first < on <= last


def _funds(report: InView) -> Led | None:
    today = report.insight.as_of
    paid = [
        row
        for row in report.rows("fund_claims")
        if row["kind"] == _MARKET and _within(row["paid_on"], add_months(today, -12), today)
    ]
    if not paid:
        return None
    with_pipeline = [row for row in paid if amount(row, "attributed_pipeline") > 0]
    return Led(
        "Market fund claims paid",
        len(paid),
        _listed(report, "funds-paid", "Market fund claims paid", "Market fund claims paid in the last twelve "
                "months.", "fund_claims", paid, "amount"),
        _listed(report, "funds-pipeline", "Pipeline of fund claims", "Pipeline attributed to the market fund "
                "claims paid in the last twelve months.", "fund_claims", paid, "attributed_pipeline"),
        None,
        f"{len(with_pipeline)} of {len(paid)} name pipeline they led to.",
    )  # fmt: skip


def _campaigns(report: InView) -> Led | None:
    today = report.insight.as_of
    run = [
        row for row in report.rows("campaigns") if _within(row["started_on"], add_months(today, -12), today)
    ]
    if not run:
        return None
    ids = {row["campaign_id"] for row in run}
    named = [
        row
        for row in report.rows("deals", _DEALS.campaign_id.is_not(None))
        if row["campaign_id"] in ids and _within(row["submitted_at"], date.min, today)
    ]
    won = [row for row in named if row["status"] == "won" and _within(row["closed_on"], date.min, today)]
    leads = sum(row["leads"] or 0 for row in run)
    names = f"{count(leads, 'lead')}; {count(len(named), 'deal')} name the campaign, {len(won)} won."
    return Led(
        "Campaigns begun",
        len(run),
        None,
        _listed(report, "campaigns-pipeline", "Pipeline of campaigns", "Pipeline attributed to the campaigns "
                "begun in the last twelve months.", "campaigns", run, "attributed_pipeline"),
        _listed(report, "campaigns-won", "Deals won from campaigns", "Won deals that name a campaign "
                "begun in the last twelve months.", "deals", won, "amount"),
        names,
    )  # fmt: skip


def _skills(report: InView) -> Led | None:
    """Return what partners with new certificates submitted and won after, beside as long before.

    Each partner counts once, from its first new certificate in the twelve months that ended half a year
    ago: the half year after is over.
    """
    today = report.insight.as_of
    last = today - AFTER
    begun: dict[str, date] = {}
    for row in report.rows("certifications"):
        awarded = day(row["awarded_on"])
        if awarded is not None and add_months(last, -12) < awarded <= last:
            begun[row["partner_id"]] = min(begun.get(row["partner_id"], awarded), awarded)
    if not begun:
        return None
    before: list[Row] = []
    after: list[Row] = []
    won: list[Row] = []
    earliest = (min(begun.values()) - AFTER).isoformat()
    for row in report.rows("deals", (_DEALS.submitted_at >= earliest) | (_DEALS.closed_on >= earliest)):
        first = begun.get(row["partner_id"])
        if first is None:
            continue
        if _within(row["submitted_at"], first - AFTER, first):
            before.append(row)
        if _within(row["submitted_at"], first, first + AFTER):
            after.append(row)
        if row["status"] == "won" and _within(row["closed_on"], first, first + AFTER):
            won.append(row)
    days = AFTER.days
    return Led(
        "Partners with new certificates",
        len(begun),
        None,
        _listed(report, "skills-pipeline", "Deals after new certificates", f"Deals submitted within {days} "
                "days after a partner's first new certificate.", "deals", after, "amount"),
        _listed(report, "skills-won", "Wins after new certificates", f"Deals won within {days} days after a "
                "partner's first new certificate.", "deals", won, "amount"),
        f"In {days} days after: {count(len(after), 'deal')}, in as many before: {len(before)}.",
    )  # fmt: skip
