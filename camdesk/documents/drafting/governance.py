"""The levels at which both sides meet, and whether they do."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, say, table, wide
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Cell, Column, Line, Section, Span
from camdesk.documents.phrases import capital, clipped, count, in_words
from camdesk.insight.wording import DASH

NAME = 44
_LEVELS = (
    ("working", "Working call"),
    ("review", "Business review"),
    ("steering", "Steering group"),
    ("executive", "Executive meeting"),
)


def section(draft: Draft) -> Section:
    """Return each level at which both sides meet: how often, held or missed, who for whom."""
    name, heading = "governance-map", "Governance"
    year = Period(add_months(draft.day, -12) + ONE_DAY, draft.day + ONE_DAY)
    meetings = draft.rows.of("meetings")
    cadence = draft.profile.cadence.get(draft.partner.attention)
    rows: list[list[Cell]] = []
    missed_all: list[Row] = []
    for kind, title in _LEVELS:
        mine = [row for row in meetings if row["kind"] == kind]
        days = getattr(cadence, kind, None) if cadence else None
        if not mine and days is None:
            continue
        inside = [row for row in mine if (day(row["scheduled_at"]) or date.min) in year]
        held = [row for row in inside if row["status"] == "held"]
        missed = [row for row in inside if row["status"] == "missed"]
        missed_all += missed
        rows.append(_level(draft, title, days, kind, held, missed, mine))
    if not any(row["status"] in ("held", "missed") for row in meetings):
        lack = "Governance: no meeting of this partner is on record."
        return lacking(name, heading, "No meeting is on record", lack)
    columns = [
        wide("Level", 1.2),
        Column("Cadence"),
        number("Held"),
        number("Missed"),
        number("Last held"),
        number("Next"),
    ]
    lead = _lead(draft, missed_all)
    message = _governance_message(len(missed_all))
    return Section(name, heading, message, lead, (table(columns, rows),), False)


def _lead(draft: Draft, missed: list[Row]) -> Line:
    """Return the share of meetings held, who missed the others, and the partner's executive."""
    share = draft.figure("governance_held")
    lead: list[str | Span] = []
    if share is not None:
        lead += [share, " of the reviews, executive meetings and steering groups of twelve months were held."]
    theirs = sum(1 for row in missed if row["missed_by"] == "partner")
    ours = sum(1 for row in missed if row["missed_by"] == "vendor")
    if theirs or ours:
        words = "Meetings missed in twelve months, by either side."
        key = draft.listed("meetings-missed", "Meetings missed", words, "meetings", missed, on=draft.day)
        lead.append(" Missed: " if lead else "Missed: ")
        if theirs:
            lead += [Span(in_words(theirs, "meeting"), key), " by them"]
        if ours:
            lead += [" and " if theirs else "", Span(in_words(ours, "meeting"), key), " by us"]
        lead.append(".")
    people = _people(draft)
    if people:
        lead.append(f"{' ' if lead else ''}{people}")
    return say(*lead)


def _level(
    draft: Draft, title: str, days: int | None, kind: str, held: list[Row], missed: list[Row], mine: list[Row]
) -> list[Cell]:
    key = draft.listed(
        f"meetings-{kind}",
        f"{title}, twelve months",
        "Meetings of this level held or missed in the twelve months to the day.",
        "meetings",
        sorted([*held, *missed], key=lambda row: row["scheduled_at"], reverse=True),
        on=draft.day,
    )
    last = max(
        (
            on
            for row in mine
            if row["status"] == "held" and (on := day(row["scheduled_at"])) and on <= draft.today
        ),
        default=None,
    )
    ahead = min(
        (
            on
            for row in mine
            if row["status"] == "planned" and (on := day(row["scheduled_at"])) and on >= draft.today
        ),
        default=None,
    )
    return [
        cell(title, strong=True),
        cell(DASH if days is None else f"every {count(days, 'day')}"),
        Cell((Span(f"{len(held):,}", key),)),
        Cell((Span(f"{len(missed):,}" if missed else DASH, key),), "bad" if missed else ""),
        day_cell(last),
        day_cell(ahead) if ahead else cell("to be set", tone="warn"),
    ]


def _governance_message(missed: int) -> str:
    if not missed:
        return "Every meeting of the year was held"
    return f"{capital(in_words(missed, 'meeting'))} missed in twelve months"


def _people(draft: Draft) -> str:
    """Return who stands for the partner at the top: its executive, else its primary contact."""
    here = [row for row in draft.rows.of("contacts") if not row["left_on"]]
    top = next((row for row in here if row["is_executive"]), None)
    if top is None:
        return "No executive of the partner is on record."
    role = f", {clipped(str(top['role']), NAME)}" if top["role"] else ""
    return f"Their executive is {clipped(str(top['name']), NAME)}{role}."
