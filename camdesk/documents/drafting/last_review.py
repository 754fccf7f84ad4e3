"""The commitments of the last review: ours first, kept or not and why."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import ONE_DAY, Period
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.commitments import OURS, owner
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
from camdesk.documents.model import Block, Cell, Line, Section, Span
from camdesk.documents.phrases import capital, clipped, in_words, of_in_words

REASON = 60
_NAME, _HEADING = "last-commitments", "Commitments of the last review"


def section(draft: Draft) -> Section:
    """Return what was due since the quarter under review began, dropped ones with their reason."""
    since = Period(draft.period.start, draft.today + ONE_DAY)
    due = facts.commitments(draft.rows, since, draft.today, dropped=True)
    if not due:
        lack = "Commitments of the last review: none was due since the quarter began."
        return lacking(_NAME, _HEADING, "No commitment was due", lack)
    key = draft.listed(
        "commitments-due",
        "Commitments due",
        "Commitments of both sides due since the first day of the quarter under review, dropped ones too.",
        "commitments",
        due,
    )
    message = _message(due, draft.today)
    return Section(_NAME, _HEADING, message, _lead(draft, due, key), (_table(draft, due, key),), False)


def _table(draft: Draft, due: tuple[Row, ...], key: str) -> Block:
    shown = _telling(due, draft.today, draft.rows_shown(4, 2))
    return table(
        [wide("Ours first", 2.2), wide("Owner", 1.7), number("Due"), wide("Kept", 1.1)],
        [[cell(row["text"]), cell(owner(draft, row)), day_cell(day(row["due_on"])), _kept(row, draft.today)]
         for row in shown],
        note=rest_of("commitment", len(due), len(shown), key),
    )  # fmt: skip


def _telling(due: tuple[Row, ...], today: date, per_side: int) -> tuple[Row, ...]:
    """Return a few per side, ours first: those not kept before those kept, by due day."""
    ours = [row for row in due if row["side"] == OURS]
    theirs = [row for row in due if row["side"] != OURS]
    return tuple(
        row
        for side in (ours, theirs)
        for row in sorted(side, key=lambda row: was_kept(row, today))[:per_side]
    )


def was_kept(row: Row, today: date) -> bool:
    """Return whether a commitment was done on or before its day."""
    done, due = day(row["done_on"]), day(row["due_on"])
    return done is not None and due is not None and done <= min(due, today)


def _message(due: tuple[Row, ...], today: date) -> str:
    told = []
    for side, whose, mine in (("we", "our", True), ("they", "their", False)):
        rows = [row for row in due if (row["side"] == OURS) is mine and row["dropped_on"] is None]
        if rows:
            kept = sum(was_kept(row, today) for row in rows)
            told.append(f"{side} {_share(kept, len(rows), whose)}")
    return capital(", ".join(told)) if told else "Every commitment that was due has been dropped"


def _share(kept: int, due: int, whose: str) -> str:
    if due == 1:
        return f"kept {whose} one promise" if kept else f"did not keep {whose} one promise"
    if kept == due:
        return "kept both promises" if due == 2 else f"kept all {in_words(due, 'promise')}"
    return f"kept {of_in_words(kept, due, 'promise')}"


def _lead(draft: Draft, due: tuple[Row, ...], key: str) -> Line:
    """Return which open promise is oldest: the one to begin with."""
    late = [
        row
        for row in due
        if row["done_on"] is None
        and row["dropped_on"] is None
        and (row["due_on"] or "9999") < draft.today.isoformat()
    ]
    if not late:
        return ()
    oldest = min(late, key=lambda row: (row["due_on"], row["commitment_id"]))
    days = days_between(day(oldest["due_on"]) or draft.today, draft.today)
    whose = "ours" if oldest["side"] == OURS else "theirs"
    verb = "is" if len(late) == 1 else "are"
    return (
        Span(capital(in_words(len(late), "promise")), key),
        Span(f" {verb} past due and open. The oldest is {whose}, “{clipped(oldest['text'], REASON)}”, by "),
        Span(days_in_words(days), key),
        Span("."),
    )


def _kept(row: Row, today: date) -> Cell:
    due, done, dropped = (day(row[name]) for name in ("due_on", "done_on", "dropped_on"))
    if dropped is not None and dropped <= today:
        why = row["dropped_because"]
        return cell(f"dropped: {clipped(why, REASON)}" if why else "dropped, no reason given", tone="quiet")
    if due is None:
        return cell("no due day", tone="quiet")
    if done is not None and done <= today:
        late = days_between(due, done)
        return cell("yes", tone="good") if late <= 0 else cell(f"{days_in_words(late)} late", tone="bad")
    late = days_between(due, today)
    return (
        cell("due today", tone="warn") if late == 0 else cell(f"open, {days_in_words(late)} late", tone="bad")
    )


def days_in_words(number_of: int) -> str:
    return "1 day" if number_of == 1 else f"{number_of:,} days"
