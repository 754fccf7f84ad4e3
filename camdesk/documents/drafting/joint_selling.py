"""Sections of deals worked on with the partner: sold jointly, and won through its influence."""

from __future__ import annotations

from datetime import date

from camdesk.documents.drafting import facts
from camdesk.documents.drafting.booked import INFLUENCED, JOINT
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.registrations import closed_key
from camdesk.documents.drafting.rows import Row, amount, day, deal_customer, deal_name
from camdesk.documents.model import (
    Block,
    Cell,
    Column,
    Section,
    Span,
    Table,
    Tone,
)
from camdesk.documents.phrases import capital, clipped, in_words
from camdesk.insight.wording import DASH

SHOWN = 8
NAME = 44


def joint_deals(draft: Draft) -> Section:
    """Return the deals sold jointly: what closed in the quarter and what is open, idle ones named."""
    name, heading = "joint-deals", "Joint deals"
    still = [row for row in facts.open_deals(draft.rows, draft.today) if row["kind"] in JOINT]
    won, lost = (
        tuple(row for row in facts.closed_deals(draft.rows, word, draft.elapsed) if row["kind"] in JOINT)
        for word in ("won", "lost")
    )
    if not still and not won and not lost:
        lack = "Joint deals: none is open and none was closed in the quarter."
        return lacking(name, heading, "No joint deal", lack)
    idle = [row for row in still if (draft.today - _last_activity(row, draft.today)).days > 30]
    parts = _closed(draft, won, lost)
    blocks: tuple[Block, ...] = ()
    if still:
        key = draft.listed(
            "joint-open",
            "Open joint deals",
            "Jointly sold deals open on this day, by amount in base currency.",
            "deals",
            still,
            column="amount",
        )
        parts += [" " if parts else "", draft.total(still, "amount", key), " is open jointly"]
        if idle:
            parts += ["; ", draft.total(idle, "amount", key), " of it has seen no activity for thirty days"]
        parts.append(".")
        blocks = (_open_table(draft, still, idle, key),)
    return Section(name, heading, _joint_message(still, idle, won, lost), say(*parts), blocks, False)


def _closed(draft: Draft, won: tuple[Row, ...], lost: tuple[Row, ...]) -> list[str | Span]:
    """Return the sentence on what was won and lost in the quarter; nothing where nothing closed."""
    parts: list[str | Span] = []
    for word, rows in (("won", won), ("lost", lost)):
        if rows:
            key = closed_key(draft, word, rows, what="Joint deals")
            deals = in_words(len(rows), "deal")
            parts += [" and ", Span(deals, key)] if parts else [Span(capital(deals), key)]
            parts += [" worth ", draft.total(rows, "amount", key), f" {word}"]
    return [*parts, f" in {draft.quarter(draft.day)}."] if parts else []


def _open_table(draft: Draft, still: list[Row], idle: list[Row], key: str) -> Table:
    rows = [
        [
            cell(deal_name(row)),
            cell(row["customer"]),
            cell(capital((row["stage"] or DASH).replace("_", " "))),
            day_cell(day(row["last_activity_on"]), tone="bad" if row in idle else ""),
            day_cell(day(row["expected_close_on"])),
            draft.amount_cell(row),
        ]
        for row in still[:SHOWN]
    ]
    columns = [
        wide("Deal", 1.6),
        wide("Customer", 1.2),
        Column("Stage"),
        number("Last activity"),
        number("Expected close"),
        number("Amount"),
    ]
    return table(columns, rows, note=rest_of("deal", len(still), SHOWN, key))


def _last_activity(row: Row, today: date) -> date:
    return day(row["last_activity_on"]) or day(row["submitted_at"]) or today


def _joint_message(still: list[Row], idle: list[Row], won: tuple[Row, ...], lost: tuple[Row, ...]) -> str:
    if idle and len(idle) * 2 >= len(still):
        return "At least half of the open joint deals lie idle"
    gained, gone = (sum(amount(row) for row in rows) for rows in (won, lost))
    if won and gained >= gone:
        return "More was won jointly than lost"
    if lost:
        return "More was lost jointly than won" if won else "No joint deal was won in the quarter"
    return f"{capital(in_words(len(still), 'joint deal'))} open"


def influence(draft: Draft) -> Section:
    """Return the deals the partner influenced: what moved in the quarter and what is open, largest first."""
    name, heading = "influence-log", "Influence"
    deals = [row for row in draft.rows.of("deals") if row["kind"] in INFLUENCED]
    closed = [
        row
        for row in deals
        if row["status"] != "open" and (on := day(row["closed_on"])) is not None and on in draft.elapsed
    ]
    still = [row for row in facts.open_deals(draft.rows, draft.today) if row["kind"] in INFLUENCED]
    if not closed and not still:
        lack = "Influence: no deal was influenced or sold jointly in the quarter, and none is open."
        return lacking(name, heading, "No influenced deal", lack)
    shown = [*facts.largest_first(closed), *still]
    key = draft.listed(
        "influence",
        "Influenced deals",
        "Influenced and jointly sold deals closed in the quarter under review, and those open on this day.",
        "deals",
        shown,
        column="amount",
    )
    won = [row for row in closed if row["status"] == "won"]
    lost = [row for row in closed if row["status"] == "lost"]
    rows = [_influence_row(draft, row) for row in shown[:SHOWN]]
    columns = [
        wide("Deal", 1.6),
        wide("Customer", 1.2),
        Column("How"),
        Column("State"),
        number("Day"),
        number("Amount"),
    ]
    block = table(columns, rows, note=rest_of("deal", len(shown), SHOWN, key))
    parts: list[str | Span] = []
    for word, members in (("won", won), ("lost", lost)):
        if members:
            parts += [" and " if parts else "", draft.total(members, "amount", key), f" {word}"]
    if parts:
        parts.append(f" in {draft.quarter(draft.day)}")
    if still:
        parts += [", " if parts else "", draft.total(still, "amount", key), " open"]
    return Section(name, heading, _influence_message(won, lost, still), say(*parts, "."), (block,), False)


def _influence_message(won: list[Row], lost: list[Row], still: list[Row]) -> str:
    if won:
        first = facts.largest_first(won)[0]
        names = clipped(deal_customer(first), NAME)
        more = f" and {in_words(len(won) - 1, 'other')}" if len(won) > 1 else ""
        return f"Influence helped to win {names}{more}"
    if lost:
        return f"{capital(in_words(len(lost), 'influenced deal'))} lost in the quarter, none won"
    return f"{capital(in_words(len(still), 'influenced deal'))} open, none closed in the quarter"


def _influence_row(draft: Draft, row: Row) -> list[Cell]:
    tone: dict[str, Tone] = {"won": "good", "lost": "bad"}
    is_open = row["status"] == "open"
    when = day(row["expected_close_on"]) if is_open else day(row["closed_on"])
    state = capital((row["stage"] or "open").replace("_", " ")) if is_open else capital(row["status"])
    return [
        cell(deal_name(row)),
        cell(row["customer"]),
        cell("Joint sale" if row["kind"] == "co_sell" else "Influenced"),
        cell(state, tone=tone.get(row["status"], "")),
        day_cell(when, tone="bad" if is_open and when is not None and when < draft.today else ""),
        draft.amount_cell(row),
    ]
