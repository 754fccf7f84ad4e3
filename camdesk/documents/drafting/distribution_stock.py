"""Stock that ages at those who sell through others, and claims that wait for their money."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft, cell, lacking, number, say, table, wide
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Bars, Cell, Line, Missing, Section, Span, Step
from camdesk.documents.phrases import capital, clipped, in_words
from camdesk.insight.wording import DASH, write_day

SHOWN = 6
NAME = 30
_AGES = (
    (0, 30, "up to 30 days"),
    (31, 60, "31 to 60 days"),
    (61, 90, "61 to 90 days"),
    (91, 10**6, "over 90 days"),
)


def aged_stock(draft: Draft) -> Section:
    """Return which products hold the aged part of the newest stock count."""
    name, heading = "aged-stock", "Aged stock"
    counts = [
        row
        for row in draft.rows.of("inventory")
        if (day(row["counted_on"]) or date.max) <= draft.day and row["aged_value_base"] is not None
    ]
    if not counts:
        lack = "Aged stock: no stock count tells how much of it is aged."
        return lacking(name, heading, "The age of stock is not reported", lack)
    newest = max(row["counted_on"] for row in counts)
    stock = [row for row in counts if row["counted_on"] == newest]
    aged = [row for row in facts.largest_first(stock, "aged_value") if amount(row, "aged_value") > 0]
    if not aged:
        lead = say(f"Counted on {write_day(day(newest))}.")
        none = Missing(("Aged stock: none in the newest count.",))
        return Section(name, heading, "No stock is aged", lead, (none,), False)
    key = draft.listed(
        "stock-aged",
        "Aged stock",
        "Rows of the newest count on or before this day that hold aged stock, by its value.",
        "inventory",
        aged,
        column="aged_value",
        on=draft.day,
    )
    shown = aged[:SHOWN]
    steps = tuple(
        Step(
            clipped(str(row["product"] or "All products"), NAME),
            amount(row, "aged_value"),
            draft.money(amount(row, "aged_value")),
            key,
        )
        for row in shown
    )
    notes = tuple(_share(row, key) for row in shown)
    told = "; ".join(f"{step.label} {step.written}" for step in steps)
    bars = Bars(
        f"Aged stock by product, {write_day(day(newest))}", steps, notes, f"Aged stock by product: {told}."
    )
    return Section(
        name, heading, _aged_message(aged), _aged_lead(draft, newest, counts, aged, key), (bars,), False
    )


def _share(row: Row, key: str) -> Line:
    whole = amount(row, "value")
    share = f"{amount(row, 'aged_value') / whole * 100:.0f}%" if whole > 0 else ""
    return say(Span(share, key), " of its stock") if share else ()


def _aged_message(aged: list[Row]) -> str:
    total = sum(amount(row, "aged_value") for row in aged)
    first = clipped(str(aged[0]["product"] or "one product"), NAME)
    if len(aged) > 1 and amount(aged[0], "aged_value") * 2 >= total:
        return f"At least half of the aged stock is {first}"
    return (
        f"{capital(in_words(len(aged), 'product'))} with aged stock, {first} most"
        if len(aged) > 1
        else f"{first} has aged stock"
    )


def _aged_lead(draft: Draft, newest: str, counts: list[Row], aged: list[Row], key: str) -> Line:
    """Return the aged value now, its part of all stock, and how it stood three months before."""
    parts: list[str | Span] = [draft.total(aged, "aged_value", key), " of the stock is aged"]
    share = draft.figure("aged_inventory")
    if share is not None:
        parts += [", ", share, " of its value"]
    parts.append(".")
    last = day(newest) or draft.day
    earlier = [row for row in counts if row["counted_on"] <= add_months(last, -3).isoformat()]
    if earlier:
        then = max(row["counted_on"] for row in earlier)
        before = sum(amount(row, "aged_value") for row in earlier if row["counted_on"] == then)
        moved = sum(amount(row, "aged_value") for row in aged) - before
        if moved:
            verb = "more" if moved > 0 else "less"
            parts += [
                " That is ",
                Span(draft.money(abs(moved)), key),
                f" {verb} than on {write_day(day(then))}.",
            ]
    return say(*parts)


def claims_ageing(draft: Draft) -> Section:
    """Return claims that wait for a decision or for money, by how long they have."""
    name, heading = "claims-ageing", "Claims"
    undecided, unpaid = (
        facts.undecided_claims(draft.rows, draft.today),
        facts.unpaid_claims(draft.rows, draft.today),
    )
    if not undecided and not unpaid:
        words = "Claims: none waits for a decision or for payment."
        lack = (
            words if draft.rows.of("fund_claims") else "Claims: no source has delivered any of this partner."
        )
        return lacking(name, heading, "No claim waits", lack)
    kinds = (
        (
            "claims-undecided",
            "Awaiting our decision",
            "Claims requested and undecided on this day.",
            undecided,
            "requested_at",
        ),
        (
            "claims-unpaid",
            "Awaiting payment",
            "Claims claimed and not paid on this day.",
            unpaid,
            "claimed_on",
        ),
    )
    rows: list[list[Cell]] = []
    for key_name, title, words, members, since in kinds:
        if members:
            key = draft.listed(f"ageing-{key_name}", title, words, "fund_claims", members, column="amount")
            rows.append([cell(title, strong=True), *_ages(draft, members, since, key)])
    columns = [wide("Claims", 1.4), *(number(capital(words)) for _, _, words in _AGES), number("In all")]
    old = [row for row in unpaid if _age(draft, row, "claimed_on") > 30]
    message = (
        f"{capital(in_words(len(old), 'claim'))} unpaid for more than a month"
        if old
        else f"{capital(in_words(len(undecided) + len(unpaid), 'claim'))} in hand, none unpaid for a month"
    )
    lead: Line = ()
    if old:
        oldest = old[0]
        about = clipped(str(oldest["activity"] or oldest["kind"].replace("_", " ")), NAME)
        lead = say(f"The oldest: {about}, claimed on {write_day(day(oldest['claimed_on']))}.")
    return Section(name, heading, message, lead, (table(columns, rows),), False)


def _age(draft: Draft, row: Row, since: str) -> int:
    return (draft.today - (day(row[since]) or draft.today)).days


def _ages(draft: Draft, members: tuple[Row, ...], since: str, key: str) -> list[Cell]:
    cells = []
    for first, last, _ in _AGES:
        inside = [row for row in members if first <= _age(draft, row, since) <= last]
        cells.append(
            Cell((draft.total(inside, "amount", key),), "bad" if first > 30 else "") if inside else cell(DASH)
        )
    return [*cells, Cell((draft.total(members, "amount", key),), strong=True)]
