"""Funds and campaigns: what was allocated, approved, claimed and paid, and what came of it."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Bars, Block, Cell, Line, Section, Span, Step
from camdesk.documents.phrases import capital, in_words
from camdesk.insight.wording import DASH, write_day

SHOWN = 5
_NAME, _HEADING = "funds", "Funds and campaigns"
_TAKEN = frozenset({"approved", "claimed", "paid"})
_STEPS = (
    ("Approved", _TAKEN),
    ("Claimed", frozenset({"claimed", "paid"})),
    ("Paid", frozenset({"paid"})),
)


def section(draft: Draft) -> Section:
    """Return the funds in force on the day of the draft, and the campaigns of twelve months."""
    funds = facts.funds_in_force(draft.rows, draft.today)
    campaigns = _campaigns(draft)
    if not funds and not campaigns:
        known = draft.rows.of("funds") or draft.rows.of("campaigns")
        lack = (
            "Funds and campaigns: no fund runs today and no campaign began in twelve months."
            if known
            else "Funds and campaigns: no source has delivered any of this partner."
        )
        return lacking(_NAME, _HEADING, "No fund and no campaign", lack)
    blocks: list[Block] = []
    if funds:
        blocks += [_bars(draft, funds), *_claims(draft, funds)]
    if campaigns:
        blocks.append(_campaign_table(draft, campaigns))
    return Section(_NAME, _HEADING, _message(draft, funds), _lead(draft, funds), tuple(blocks), False)


def _claims_of(draft: Draft, funds: tuple[Row, ...], states: frozenset[str]) -> tuple[Row, ...]:
    """Return market fund claims drawn on these funds; one without a fund counts where it was requested."""
    ids = {row["fund_id"] for row in funds}
    start = min(row["period_start"] for row in funds)
    return facts.largest_first(
        [
            row
            for row in draft.rows.of("fund_claims")
            if row["status"] in states
            and row["kind"] == "market_fund"
            and (row["fund_id"] in ids or (row["fund_id"] is None and row["requested_at"] >= start))
        ]
    )


def _allocated(funds: tuple[Row, ...]) -> int:
    return sum(amount(row, "allocated") for row in funds)


def _message(draft: Draft, funds: tuple[Row, ...]) -> str:
    if not funds:
        return "Campaigns without a fund"
    whole, taken = _allocated(funds), sum(amount(row) for row in _claims_of(draft, funds, _TAKEN))
    if whole <= 0 or taken == 0:
        return "Nothing of the funds is approved yet"
    if taken > whole:
        return "More is approved than was allocated"
    if taken == whole:
        return "The funds are all approved"
    start, last = _days(funds)
    passed = ((draft.today - start).days + 1) / max(1, (last - start).days + 1)
    if taken / whole < passed - 0.25:
        return "Fund use is behind the calendar"
    return "The funds are in use"


def _days(funds: tuple[Row, ...]) -> tuple[date, date]:
    starts = [on for row in funds if (on := day(row["period_start"]))]
    ends = [on for row in funds if (on := day(row["period_end"]))]
    return min(starts), max(ends)


def _lead(draft: Draft, funds: tuple[Row, ...]) -> Line:
    """Return what is left and until when, and what paid claims have brought."""
    parts: list[str | Span] = []
    if funds:
        left = _allocated(funds) - sum(amount(row) for row in _claims_of(draft, funds, _TAKEN))
        value = Span(draft.money(abs(left)), _fund_key(draft, funds))
        until = write_day(_days(funds)[1])
        verb = "is left to approve" if left >= 0 else "is approved beyond the funds"
        parts += [value, f" {verb} until {until}."]
    paid = _paid_year(draft)
    if paid:
        key = _paid_key(draft, paid)
        pipeline = sum(amount(row, "attributed_pipeline") for row in paid)
        parts += [
            " " if parts else "",
            "Claims of ",
            draft.total(paid, "amount", key),
            " paid in twelve months",
        ]
        if pipeline:
            parts += [" are credited with ", Span(draft.money(pipeline), key), " of pipeline."]
        else:
            parts.append(" are credited with no pipeline.")
        barren = [row for row in paid if not amount(row, "attributed_pipeline")]
        if pipeline and barren:
            verb = "has" if len(barren) == 1 else "have"
            none = Span(capital(in_words(len(barren), "claim")), key)
            parts += [" ", none, f" {verb} brought none so far."]
    return say(*parts)


def _fund_key(draft: Draft, funds: tuple[Row, ...]) -> str:
    words = "Funds whose period contains this day, by what was allocated."
    return draft.listed("funds", "Funds in force", words, "funds", funds, column="allocated")


def _paid_year(draft: Draft) -> tuple[Row, ...]:
    year = Period(add_months(draft.today, -12) + ONE_DAY, draft.today + ONE_DAY)
    return facts.largest_first(
        [
            row
            for row in draft.rows.of("fund_claims")
            if row["kind"] == "market_fund" and (paid := day(row["paid_on"])) is not None and paid in year
        ]
    )


def _paid_key(draft: Draft, paid: tuple[Row, ...]) -> str:
    words = "Market fund claims paid in the twelve months to this day; pipeline as the source credits it."
    return draft.listed(
        "claims-paid", "Claims paid in twelve months", words, "fund_claims", paid, column="amount"
    )


def _bars(draft: Draft, funds: tuple[Row, ...]) -> Bars:
    whole = _allocated(funds)
    steps = [Step("Allocated", whole, draft.money(whole), _fund_key(draft, funds))]
    notes: list[Line] = [say(f"until {write_day(_days(funds)[1])}")]
    for title, states in _STEPS:
        rows = _claims_of(draft, funds, states)
        value = sum(amount(row) for row in rows)
        key = draft.listed(
            f"claims-{title.lower()}",
            f"Claims {title.lower()}",
            f"Market fund claims on the funds in force, {title.lower()} by this day.",
            "fund_claims",
            rows,
            column="amount",
        )
        steps.append(Step(title, value, draft.money(value), key))
        share = f"{value / whole * 100:.0f}%" if whole > 0 else ""
        notes.append(say(Span(share, key), " of what was allocated") if share else ())
    told = "; ".join(f"{step.label.lower()} {step.written}" for step in steps)
    return Bars("From allocation to payment", tuple(steps), tuple(notes), f"Market funds: {told}.")


def _claims(draft: Draft, funds: tuple[Row, ...]) -> list[Block]:
    rows = _claims_of(draft, funds, _TAKEN | {"requested"})
    if not rows:
        return []
    newest = sorted(rows, key=lambda row: row["requested_at"], reverse=True)
    shown = draft.rows_shown(SHOWN, SHOWN)
    key = draft.listed(
        "fund-claims",
        "Fund claims",
        "Market fund claims on the funds in force: requested, approved, claimed or paid.",
        "fund_claims",
        newest,
        column="amount",
    )
    columns = [wide("Activity", 1.8), wide("State", 0.8), number("Requested"), number("Amount")]
    cells = [
        [
            cell(row["activity"] or capital(row["kind"].replace("_", " "))),
            cell(capital(row["status"])),
            day_cell(day(row["requested_at"])),
            draft.amount_cell(row),
            _pipeline(draft, row),
        ]
        for row in newest[:shown]
    ]
    note = rest_of("claim", len(rows), shown, key)
    return [table([*columns, number("Pipeline from it")], cells, title="Claims, the newest first", note=note)]


def _pipeline(draft: Draft, row: Row) -> Cell:
    known = row["attributed_pipeline_base"] is not None
    return draft.amount_cell(row, "attributed_pipeline") if known else cell(DASH)


def _campaigns(draft: Draft) -> tuple[Row, ...]:
    year = Period(add_months(draft.today, -12) + ONE_DAY, draft.today + ONE_DAY)
    found = [
        row for row in draft.rows.of("campaigns") if (on := day(row["started_on"])) is not None and on in year
    ]
    return tuple(sorted(found, key=lambda row: (row["started_on"], row["campaign_id"]), reverse=True))


def _campaign_table(draft: Draft, campaigns: tuple[Row, ...]) -> Block:
    key = draft.listed(
        "campaigns",
        "Campaigns of twelve months",
        "Campaigns begun in the twelve months to this day, by the pipeline the source credits them with. "
        "Won: the won deals that name the campaign.",
        "campaigns",
        campaigns,
        column="attributed_pipeline",
    )
    rows = []
    for row in campaigns[:SHOWN]:
        won = [
            deal
            for deal in draft.rows.of("deals")
            if deal["campaign_id"] == row["campaign_id"] and deal["status"] == "won"
        ]
        leads = cell(DASH) if row["leads"] is None else Cell((Span(f"{row['leads']:,}", key),))
        gained = draft.total(won, "amount", key) if won else Span(DASH)
        rows.append(
            [
                cell(row["name"]),
                day_cell(day(row["started_on"])),
                leads,
                _pipeline(draft, row),
                Cell((gained,)),
            ]
        )
    columns = [wide("Campaign", 1.8), number("Began"), number("Leads"), number("Pipeline"), number("Won")]
    note = rest_of("campaign", len(campaigns), SHOWN, key)
    return table(columns, rows, title="Campaigns of twelve months", note=note)
