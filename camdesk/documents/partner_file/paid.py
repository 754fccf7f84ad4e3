"""Everything paid to the partner with the rule it was paid by, and what is owed and not yet paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, say, table, wide
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Block, Cell, Line, Missing, Section, Span
from camdesk.documents.partner_file.known import FileFacts
from camdesk.documents.partner_file.standing import SHOWN
from camdesk.documents.phrases import capital, clipped, count, record_of
from camdesk.insight.results import Unit
from camdesk.insight.wording import in_a_sentence, write, write_day
from camdesk.portfolio.entities import ENTITIES

_CLAIMS = {
    "market_fund": "Market fund",
    "ship_and_debit": "Ship and debit",
    "price_protection": "Price protection",
    "stock_rotation": "Stock rotation",
}
_WHAT, _RULE = 60, 90


@dataclass(frozen=True, slots=True)
class _Payment:
    entity: str
    row: Row
    column: str  # the amount's
    what: str
    rule: str
    due: date | None
    paid: date | None


def section(draft: Draft, known: FileFacts) -> Section:
    """Return what was paid, newest first, then what is owed, the longest due first."""
    everything = [*_incentives(draft), *_claims(draft), *_fees(draft)]
    paid = [one for one in everything if one.paid is not None and one.paid <= draft.today]
    owed = [one for one in everything if one not in paid]
    if not everything:
        words = "Paid: no incentive, claim or referral fee is on record."
        return lacking("paid", "Payments", "Nothing was paid, as far as is known", words)
    paid.sort(key=lambda one: one.paid or date.min, reverse=True)
    owed.sort(key=lambda one: one.due or date.max)
    blocks: list[Block] = []
    if paid:
        blocks.append(_table(draft, paid, "Paid", is_paid=True))
    if owed:
        blocks.append(_table(draft, owed, "Owed and not paid", is_paid=False))
    if not paid:
        blocks.insert(0, Missing(("Paid: nothing yet.",)))
    total = draft.money(sum(amount(one.row, one.column) for one in paid))
    late = [one for one in paid if one.due is not None and one.paid is not None and one.paid > one.due]
    message = f"{count(len(paid), 'payment')} of {total} in all"
    if late:
        message = f"{message}, {len(late)} after {'its' if len(late) == 1 else 'their'} day"
    return Section("paid", "Payments", capital(message), (), tuple(blocks))


def _table(draft: Draft, payments: list[_Payment], title: str, *, is_paid: bool) -> Block:
    """Return a table of payments; each kind's records are a figure of its own."""
    columns = [
        wide("What", 1.1), wide("Rule", 1.5), number("Due"), number("Paid" if is_paid else "State"),
        number("Amount"),
    ]  # fmt: skip
    lines = [_row(draft, one, is_paid=is_paid) for one in payments[:SHOWN]]
    return table(columns, lines, title=title, note=_note(draft, payments, title))


def _note(draft: Draft, payments: list[_Payment], title: str) -> Line:
    """Return how many there are of each kind, each tied to its records."""
    parts: list[str | Span] = []
    for entity, column in _kinds(payments):
        rows = [one.row for one in payments if one.entity == entity]
        words = count(len(rows), record_of(ENTITIES[entity].title))
        parts += [Span(words, _key(draft, rows, entity, column, title)), ", "]
    shown = f"; the first {SHOWN} are shown" if len(payments) > SHOWN else ""
    return say(*parts[:-1], f": see the annex{shown}.")


def _kinds(payments: list[_Payment]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.entity, one.column) for one in payments))


def _key(draft: Draft, rows: list[Row], entity: str, column: str, title: str) -> str:
    name = entity.replace("_", " ")
    return draft.frozen.listed(
        f"{title.split()[0].lower()}-{entity}",
        f"{title}: {name}",
        f"{title} on this day, from the {name} on record.",
        entity,
        rows,
        on=draft.today,
        money_column=column,
    )


def _row(draft: Draft, one: _Payment, *, is_paid: bool) -> list[Cell]:
    late = one.due is not None and one.due < (one.paid or draft.today)
    if is_paid:
        state = day_cell(one.paid, tone="bad" if late else "")
    else:
        state = cell("past due" if late else "open", tone="bad" if late else "quiet")
    return [
        cell(clipped(one.what, _WHAT)),
        Cell((Span(clipped(one.rule, _RULE)),)),
        day_cell(one.due),
        state,
        draft.amount_cell(one.row, one.column),
    ]


def _incentives(draft: Draft) -> Iterator[_Payment]:
    for row in draft.rows.of("incentives"):
        what = ", ".join(str(row[name]) for name in ("program", "period") if row[name]) or "Incentive"
        rule = _steps(draft, row) or _term(draft, "rebate", day(row["due_on"])) or _programme(row)
        corrected = "; corrected after it was first paid" if row["corrected"] else ""
        yield _Payment(
            "incentives", row, "amount", what, f"{rule}{corrected}", day(row["due_on"]), day(row["paid_on"])
        )


def _programme(row: Row) -> str:
    return f"As the programme {row['program']} says" if row["program"] else "No rule is on record"


def _steps(draft: Draft, incentive: Row) -> str:
    """Return the steps of the rebate that an incentive names and that ended by its due day."""
    named = [
        row
        for row in draft.rows.of("rebates")
        if row["program"] == incentive["program"] and row["period_end"] <= incentive["due_on"]
    ]
    latest = max((row["period_end"] for row in named), default=None)
    steps = sorted((row for row in named if row["period_end"] == latest), key=lambda row: row["threshold"])
    words = []
    for row in steps:
        metric = draft.insight.catalog.metrics.get(row["metric"])
        title = in_a_sentence(metric.title) if metric else row["metric"]
        is_money = metric is None or metric.unit is Unit.MONEY
        at = row["threshold_base"] if is_money else row["threshold"] / 10_000
        unit = Unit.MONEY if metric is None else metric.unit
        currency = draft.frozen.currency
        words.append(
            f"{draft.money(amount(row, 'payout'))} from {write(at, unit, currency=currency)} {title}"
        )
    return "; ".join(words)


def _term(draft: Draft, kind: str, on: date | None) -> str:
    """Return the words of the term in force on a day."""
    if on is None:
        return ""
    held = [
        row
        for row in draft.rows.of("terms")
        if row["kind"] == kind
        and (day(row["valid_from"]) or date.min) <= on <= (day(row["valid_until"]) or date.max)
    ]
    newest = max(held, key=lambda row: row["valid_from"] or "", default=None)
    return "" if newest is None else f"Term: {newest['text']}"


def _claims(draft: Draft) -> Iterator[_Payment]:
    funds = {row["fund_id"]: row for row in draft.rows.of("funds")}
    for row in draft.rows.of("fund_claims"):
        if row["status"] not in ("claimed", "paid"):
            continue
        fund = funds.get(row["fund_id"] or "")
        decided = (
            f"approved {write_day(day(row['decided_at']))}" if row["decided_at"] else "no decision on record"
        )
        source = fund["name"] or fund["fund_id"] if fund is not None else None
        rule = f"{source}, {decided}" if source else capital(decided)
        kind = _CLAIMS.get(row["kind"], row["kind"])
        activity = str(row["activity"] or "")
        is_told = activity.casefold() not in ("", str(kind).casefold())
        what = f"{kind}: {activity}" if is_told else f"{kind} claim"
        yield _Payment("fund_claims", row, "amount", what, rule, None, day(row["paid_on"]))


def _fees(draft: Draft) -> Iterator[_Payment]:
    for row in draft.rows.of("referrals"):
        if row["fee_base"] is None or not row["fee_earned_on"]:
            continue
        earned = day(row["fee_earned_on"])
        of_value = f" on {draft.money(amount(row, 'value'))}" if row["value_base"] is not None else ""
        rule = _term(draft, "fee", earned) or "No term for fees is on record"
        rule = f"{rule}; earned {write_day(earned)}{of_value}"
        yield _Payment(
            "referrals", row, "fee", f"Referral fee: {row['customer']}", rule, day(row["fee_due_on"]),
            day(row["fee_paid_on"]),
        )  # fmt: skip
