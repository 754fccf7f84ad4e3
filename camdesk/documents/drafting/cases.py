"""Support cases of the quarter by severity, and whether they were answered in time."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import ONE_DAY
from camdesk.documents.drafting.draft import Draft, cell, lacking, number, say, table, wide
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import (
    Block,
    Cell,
    Section,
    Span,
)
from camdesk.documents.phrases import capital, clipped, in_words
from camdesk.insight.wording import DASH

NAME = 40
_URGENCY = ("P1", "P2", "P3", "P4")


def section(draft: Draft) -> Section:
    """Return the cases opened in the quarter by severity, and how many were answered in time."""
    name, heading = "case-sla", "Support cases"
    opened = [row for row in draft.rows.of("cases") if (day(row["opened_at"]) or date.min) in draft.elapsed]
    if not opened:
        known = bool(draft.rows.of("cases"))
        lack = f"Support cases: none was opened in {draft.quarter(draft.day)}."
        words = lack if known else "Support cases: no source has delivered any of this partner."
        return lacking(name, heading, "No case in the quarter", words)
    key = draft.listed(
        "cases-quarter",
        f"Cases opened in {draft.quarter(draft.day)}",
        "Support cases opened in the quarter under review. In time: first answered by the hour promised.",
        "cases",
        sorted(opened, key=lambda row: row["opened_at"], reverse=True),
        on=draft.day,
    )
    until = (draft.day + ONE_DAY).isoformat()
    late = [row for row in opened if _is_late(row, until)]
    rows = [
        _severity_row(severity, members, until, key)
        for severity in _URGENCY
        if (members := [row for row in opened if row["severity"] == severity])
    ]
    columns = [wide("Severity"), number("Opened"), number("In time"), number("Late"), number("Still open")]
    lead: list[str | Span] = []
    share = draft.figure("case_response_sla")
    if share is not None:
        lead += ["Answered in time over ninety days: ", share, "."]
    if late:
        first = min(late, key=lambda row: (row["severity"], row["opened_at"]))
        about = clipped(str(first["subject"] or first["case_id"]), NAME)
        lead.append(f"{' ' if lead else ''}The gravest late one: {first['severity']}, {about}.")
    message = (
        f"{capital(in_words(len(late), 'case'))} answered late in the quarter"
        if late
        else "Every case answered in time"
    )
    blocks: tuple[Block, ...] = (table(columns, rows),)
    return Section(name, heading, message, say(*lead), blocks, False)


def _severity_row(severity: str, members: list[Row], until: str, key: str) -> list[Cell]:
    missed = sum(_is_late(row, until) for row in members)
    still = sum(1 for row in members if not row["resolved_at"] or row["resolved_at"] >= until)
    return [
        cell(severity, strong=True),
        Cell((Span(f"{len(members):,}", key),)),
        Cell((Span(f"{len(members) - missed:,}", key),)),
        Cell((Span(f"{missed:,}" if missed else DASH, key),), "bad" if missed else ""),
        Cell((Span(f"{still:,}" if still else DASH, key),)),
    ]


def _is_late(row: Row, until: str) -> bool:
    if not row["respond_by"]:
        return False
    answered = row["first_response_at"]
    return (
        bool(answered > row["respond_by"])
        if answered and answered < until
        else bool(row["respond_by"] < until)
    )
