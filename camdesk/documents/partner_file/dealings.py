"""Reviews held, exceptions granted and by whom, terms announced: how the partner was dealt with."""

from __future__ import annotations

from datetime import date

from camdesk.documents.briefs.known import attendees_of, kind_of, person
from camdesk.documents.drafting.draft import (
    Draft,
    cell,
    day_cell,
    days_between,
    lacking,
    number,
    rest_of,
    table,
    wide,
)
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.library import StoredDocument
from camdesk.documents.model import Block, Cell, Missing, Section
from camdesk.documents.partner_file.known import FileFacts
from camdesk.documents.partner_file.standing import SHOWN, yes_or_no
from camdesk.documents.phrases import capital, clipped, count, joined
from camdesk.insight.terms import ANNOUNCED_DAYS
from camdesk.insight.wording import DASH, write_day

_REVIEWS = ("review", "executive", "steering")
_EXCEPTION = "pricing_exception"
_NAMED = 3


def reviews(draft: Draft, known: FileFacts) -> Section:
    """Return the reviews and executive meetings held, and the documents that are kept."""
    held = [
        row
        for row in draft.rows.of("meetings")
        if row["kind"] in _REVIEWS
        and row["status"] == "held"
        and (day(row["scheduled_at"]) or date.max) <= draft.today
    ]
    if not held and not known.documents:
        return lacking(
            "reviews", "Reviews", "No review is on record", "Reviews: none was held, none is drafted."
        )
    held.sort(key=lambda row: row["scheduled_at"], reverse=True)
    blocks: list[Block] = []
    if held:
        blocks.append(_meetings(draft, held))
    else:
        blocks.append(Missing(("Meetings: no review or executive meeting was held.",)))
    if known.documents:
        blocks.append(_documents(known.documents))
    message = f"{capital(count(len(held), 'review and executive meeting'))} held"
    return Section("reviews", "Reviews", message, (), tuple(blocks))


def _meetings(draft: Draft, held: list[Row]) -> Block:
    key = draft.frozen.listed(
        "reviews-held", "Reviews held", "Reviews, executive meetings and steering groups held.", "meetings",
        held, on=draft.today,
    )  # fmt: skip
    names = {row["contact_id"]: str(row["name"]) for row in draft.rows.of("contacts")}
    lines = [
        [
            day_cell(day(row["scheduled_at"])),
            cell(kind_of(row)),
            cell(row["kind"]),
            cell(_attendees(row, names)),
        ]
        for row in held[:SHOWN]
    ]
    columns = [wide("On", 0.5), wide("Meeting"), wide("Kind", 0.5), wide("Theirs in the room", 1.5)]
    return table(columns, lines, note=rest_of("meeting", len(held), SHOWN, key))


def _attendees(row: Row, names: dict[str, str]) -> str:
    known = [names[one] for one in attendees_of(row) if one in names]
    more = len(known) - _NAMED
    return joined([*known[:_NAMED], f"{more} more"] if more > 0 else known) or DASH


def _documents(stored: tuple[StoredDocument, ...]) -> Block:
    lines = [
        [
            cell(one.kind.capitalize()),
            cell(one.period),
            cell(one.status),
            day_cell(day(one.saved_at)),
            cell(f"{one.versions:,}"),
        ]
        for one in stored[:SHOWN]
    ]
    columns = [wide("Document"), wide("Period"), wide("Status"), number("Saved"), number("Versions")]
    return table(columns, lines, title="Documents kept")


def exceptions(draft: Draft, known: FileFacts) -> Section:
    """Return the price exceptions decided, those granted first, with who decided."""
    decided = [
        row
        for row in draft.rows.of("requests")
        if row["kind"] == _EXCEPTION
        and row["decision"]
        and (day(row["answered_at"]) or date.min) <= draft.today
    ]
    if not decided:
        words = "Exceptions: no price exception was decided."
        return lacking("exceptions", "Exceptions", "No exception was granted", words)
    decided.sort(key=lambda row: row["answered_at"] or "", reverse=True)
    granted = [row for row in decided if row["decision"] == "approved"]
    refused = [row for row in decided if row["decision"] != "approved"]
    key = draft.frozen.listed(
        "exceptions", "Price exceptions", "Requests for a price exception that were decided.", "requests",
        decided, on=draft.today, money_column="amount",
    )  # fmt: skip
    lines = [_exception(draft, row) for row in [*granted, *refused][:SHOWN]]
    columns = [
        wide("Exception", 1.5), number("Amount"), number("Asked"), number("Decided"), wide("Decision", 0.7),
        wide("By", 0.8), number("Valid until"), number("Honoured"),
    ]  # fmt: skip
    block = table(columns, lines, note=rest_of("exception", len(decided), SHOWN, key))
    message = f"{capital(count(len(granted), 'exception'))} granted, {len(refused) or 'none'} refused"
    return Section("exceptions", "Exceptions", message, (), (block,), new_page=False)


def _exception(draft: Draft, row: Row) -> list[Cell]:
    honoured = yes_or_no(row["honoured"])
    return [
        cell(clipped(row["subject"] or row["request_id"], 50)),
        draft.amount_cell(row),
        day_cell(day(row["asked_at"])),
        day_cell(day(row["answered_at"])),
        cell("granted" if row["decision"] == "approved" else "refused"),
        cell(person(row["owner_email"]) or "not recorded"),
        day_cell(day(row["valid_until"])),
        cell(honoured, tone="bad" if honoured == "no" else ""),
    ]


def terms(draft: Draft, known: FileFacts) -> Section:
    """Return every term with the notice it was announced with."""
    rows = sorted(draft.rows.of("terms"), key=lambda row: row["valid_from"] or "", reverse=True)
    if not rows:
        return lacking("terms", "Terms", "No term is on record", "Terms: no source brings any.")
    key = draft.frozen.listed(
        "terms", "Terms", "Terms on record, those to come and those that ended too.", "terms", rows,
        on=draft.today,
    )  # fmt: skip
    short = [row for row in rows if (notice := _notice(row)) is not None and notice < ANNOUNCED_DAYS]
    message = "Every announced term came with its notice"
    if short:
        message = f"{capital(count(len(short), 'term'))} announced less than {ANNOUNCED_DAYS} days ahead"
    elif not any(_notice(row) is not None for row in rows):
        message = f"{capital(count(len(rows), 'term'))} on record, none with a day it was announced"
    columns = [wide("Kind", 0.7), wide("Term", 1.6), *map(number, ("Announced", "From", "Until", "Notice"))]
    lines = [_term(row) for row in rows[:SHOWN]]
    block = table(columns, lines, note=rest_of("term", len(rows), SHOWN, key))
    return Section("terms", "Terms", message, (), (block,), new_page=False)


def _notice(row: Row) -> int | None:
    announced, begins = day(row["announced_on"]), day(row["valid_from"])
    return None if announced is None or begins is None else days_between(announced, begins)


def _term(row: Row) -> list[Cell]:
    notice = _notice(row)
    is_short = notice is not None and notice < ANNOUNCED_DAYS
    return [
        cell(str(row["kind"]).replace("_", " ").capitalize()),
        cell(clipped(row["text"], 70)),
        day_cell(day(row["announced_on"])),
        day_cell(day(row["valid_from"])),
        cell(write_day(day(row["valid_until"]))),
        cell(DASH if notice is None else count(max(0, notice), "day"), tone="bad" if is_short else ""),
    ]
