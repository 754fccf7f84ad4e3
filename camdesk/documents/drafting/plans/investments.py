"""What each side puts in: people, money, funds and enablement, and whether the two are in proportion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from camdesk.base import money
from camdesk.base.periods import Period
from camdesk.documents.drafting.draft import Draft, cell, lacking, number, say, table, wide
from camdesk.documents.drafting.facts import largest_first
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Block, Cell, Line, ParityBars, ParityRow, Section, Span, Step
from camdesk.documents.phrases import count

_NOTHING = Cell((Span("none on record"),), "quiet")
_ALIKE, _OUT_OF_PROPORTION = 1.25, 2.0


def section(plan: Outline) -> Section:
    """Return the mutual investment of the last twelve months, the start for what is agreed for the year."""
    draft = plan.draft
    rows = [
        row
        for row in (
            _money(draft, "people"),
            _money(draft, "cash"),
            _people(draft),
            _funds(draft),
            _enablement(draft),
        )
        if row
    ]
    name, heading = "investments", "Investments"
    if not rows:
        lack = "Investments: no people, money, fund or certificate of either side is on record."
        return lacking(name, heading, "What each side puts in is still to be agreed", lack)
    for row in rows:
        row.append(cell("to be agreed", tone="quiet"))
    columns = [wide("Investment", 1.2), number(draft.our_name), number(draft.their_name), number(plan.year)]
    block: Block = table(columns, rows, title="Twelve months so far", note=_pledged(draft))
    message, lead = _parity(draft)
    chart = _parity_chart(draft)
    return following(name, heading, message, (chart, block) if chart else (block,), lead=lead)


def _spent(draft: Draft, kind: str | None = None, *, pledged: bool = False) -> dict[str, tuple[Row, ...]]:
    recent = year_back(draft.today) if not pledged else Period(draft.today, date.max)
    found: dict[str, tuple[Row, ...]] = {}
    for side in ("vendor", "partner"):
        rows = [
            row
            for row in draft.rows.of("investments")
            if row["side"] == side
            and bool(row["pledged"]) == pledged
            and (kind is None or row["kind"] == kind)
            and (on := day(row["spent_on"])) is not None
            and on in recent
        ]
        if rows:
            found[side] = largest_first(rows)
    return found


def _sum(draft: Draft, side: str, rows: tuple[Row, ...], what: str) -> Cell:
    whose = "ours" if side == "vendor" else "theirs"
    words = f"What this side put in as {what} in the last twelve months."
    key = draft.listed(
        f"investment-{what}-{whose}",
        f"Investment in {what}, {whose}",
        words,
        "investments",
        rows,
        column="amount",
    )
    return Cell((draft.total(rows, "amount", key),))


def _money(draft: Draft, kind: str) -> list[Cell] | None:
    found = _spent(draft, kind)
    if not found:
        return None
    what = "people" if kind == "people" else "money"
    cells = [
        _sum(draft, side, found[side], what) if side in found else _NOTHING for side in ("vendor", "partner")
    ]
    return [cell(what.capitalize()), *cells]


def _people(draft: Draft) -> list[Cell] | None:
    row = next(iter(draft.rows.of("partners")), None)
    if row is None or (row["sales_people"] is None and row["technical_people"] is None):
        return None
    key = draft.listed(
        "their-people",
        "People on the partner's side",
        "Sales and technical people, as the source gives them.",
        "partners",
        (row,),
    )
    parts = [
        f"{row[column]:,} {word}"
        for column, word in (("sales_people", "sales"), ("technical_people", "technical"))
        if row[column] is not None
    ]
    return [cell("People working with our products"), _NOTHING, Cell((Span(", ".join(parts), key),))]


def _funds(draft: Draft) -> list[Cell] | None:
    recent = year_back(draft.today)
    funds = [row for row in draft.rows.of("funds") if (on := day(row["period_start"])) and on in recent]
    claims = [
        row
        for row in draft.rows.of("fund_claims")
        if row["kind"] == "market_fund"
        and row["status"] in ("approved", "claimed", "paid")
        and (on := day(row["requested_at"]))
        and on in recent
    ]
    if not funds and not claims:
        return None
    given = used = _NOTHING
    if funds:
        key = draft.listed(
            "funds-given",
            "Market funds",
            "Funds whose period began in the last twelve months.",
            "funds",
            funds,
            column="allocated",
        )
        given = Cell((draft.total(funds, "allocated", key), Span(" offered")))
    if claims:
        words = "Claims of the last twelve months approved, claimed or paid."
        key = draft.listed(
            "funds-used", "Market funds used", words, "fund_claims", largest_first(claims), column="amount"
        )
        used = Cell((draft.total(claims, "amount", key), Span(" used")))
    return [cell("Market funds"), given, used]


def _enablement(draft: Draft) -> list[Cell] | None:
    recent = year_back(draft.today)
    rows = [row for row in draft.rows.of("certifications") if (on := day(row["awarded_on"])) and on in recent]
    if not rows:
        return None
    words = "Certificates awarded in the last twelve months."
    key = draft.listed("certificates-gained", "Certificates gained", words, "certifications", rows)
    return [cell("Enablement"), _NOTHING, Cell((Span(count(len(rows), "certificate") + " gained", key),))]


def _parity(draft: Draft) -> tuple[str, Line]:
    found = _spent(draft)
    if len(found) < 2:
        return "What each side puts in", ()
    ours, theirs = (sum(amount(row) for row in found[side]) for side in ("vendor", "partner"))
    ratio = draft.figure("investment_parity", on=draft.today)
    if ratio is None or not ours or not theirs:
        return "What each side puts in", ()
    lead = say("We put in ", ratio, " what they do, people and money of twelve months together.")
    more = draft.our_name if ours > theirs else draft.their_name
    if max(ours, theirs) > _OUT_OF_PROPORTION * min(ours, theirs):
        return f"Out of proportion: {more} puts in more than twice as much", lead
    if max(ours, theirs) > _ALIKE * min(ours, theirs):
        return f"{more} puts in more than the other side", lead
    return "Both sides put in alike", lead


def _parity_chart(draft: Draft) -> Block | None:
    """Return both sides' people and money side by side; None where only one side has any on record."""
    if len(_spent(draft)) < 2:
        return None
    rows = []
    for kind, label in (("people", "People"), ("cash", "Money")):
        found = _spent(draft, kind)
        if found:
            rows.append(
                ParityRow(label, _bar(draft, found, "vendor", label), _bar(draft, found, "partner", label))
            )
    told = "; ".join(f"{row.label}: {row.ours.written} and {row.theirs.written}" for row in rows)
    alt = f"What {draft.our_name} and {draft.their_name} put in over twelve months. {told}."
    return ParityBars("Put in over twelve months", draft.our_name, draft.their_name, tuple(rows), alt)


def _bar(draft: Draft, found: Mapping[str, tuple[Row, ...]], side: str, label: str) -> Step:
    whose = "ours" if side == "vendor" else "theirs"
    value = sum(amount(row) for row in found.get(side, ()))
    key = f"investment-{label.lower()}-{whose}" if side in found else None
    return Step(label, value / money.SCALE, draft.money(value), key)


def _pledged(draft: Draft) -> Line:
    found = _spent(draft, pledged=True)
    rows = [row for side in found.values() for row in side]
    if not rows:
        return ()
    words = "Investments pledged for days to come, of both sides."
    key = draft.listed("pledged", "Pledged investments", words, "investments", rows, column="amount")
    return say("Pledged for the time ahead: ", draft.total(rows, "amount", key), ".")
