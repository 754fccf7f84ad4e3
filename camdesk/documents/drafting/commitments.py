"""What both sides promised: kept or not, ours first; and what is open now."""

from __future__ import annotations

from datetime import date, timedelta

from camdesk.base.periods import ONE_DAY, Period
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import (
    Draft,
    cell,
    day_cell,
    days_between,
    number,
    rest_of,
    say,
    table,
    wide,
)
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Block, Cell, Missing, Section
from camdesk.documents.phrases import capital, in_words

OURS = "vendor"
PER_SIDE = 3
SHOWN = 10


def last_review(draft: Draft) -> Block:
    """Return the commitments due since the period began, with what became of them."""
    since = Period(draft.period.start, draft.today + ONE_DAY)
    due = facts.commitments(draft.rows, since, draft.today)
    if not due:
        return Missing(("Commitments of the last review: none were due since the quarter began.",))
    key = draft.frozen.listed(
        "commitments-due",
        "Commitments due",
        "Commitments of both sides due since the first day of the quarter under review and not dropped.",
        "commitments",
        due,
        on=draft.today,
    )
    shown = _telling(due, draft.today)
    rows = [_row(draft, row) for row in shown]
    return table(
        [wide("Ours first", 2.2), wide("Owner", 1.9), number("Due"), number("Kept")],
        rows,
        title="Commitments of the last review",
        note=rest_of("commitment", len(due), len(shown), key),
    )


def _telling(due: tuple[Row, ...], today: date) -> tuple[Row, ...]:
    """Return up to three per side, ours first: those not kept before those kept, by due day."""

    def was_kept(row: Row) -> bool:
        done, due_on = day(row["done_on"]), day(row["due_on"])
        return done is not None and due_on is not None and done <= min(due_on, today)

    ours = [row for row in due if row["side"] == OURS]
    theirs = [row for row in due if row["side"] != OURS]
    return tuple(row for side in (ours, theirs) for row in sorted(side, key=was_kept)[:PER_SIDE])


def _row(draft: Draft, row: Row) -> list[Cell]:
    due, done = day(row["due_on"]), day(row["done_on"])
    return [cell(row["text"]), cell(owner(draft, row)), day_cell(due), _kept(due, done, draft.today)]


def _kept(due: date | None, done: date | None, today: date) -> Cell:
    if due is None:
        return cell("no due day", tone="quiet")
    if done is not None and done <= today:
        late = days_between(due, done)
        return cell("yes", tone="good") if late <= 0 else cell(f"{_days(late)} late", tone="bad")
    open_for = days_between(due, today)
    return (
        cell("due today", tone="warn") if open_for == 0 else cell(f"open, {_days(open_for)} late", tone="bad")
    )


def _days(number_of: int) -> str:
    return "1 day" if number_of == 1 else f"{number_of:,} days"


def owner(draft: Draft, row: Row) -> str:
    side = draft.insight.settings.our_name if row["side"] == OURS else draft.partner.name
    return f"{side} · {_person(row['owner'])}" if row["owner"] else side


def _person(owner: str) -> str:
    """Return a name as people write it, of an e-mail address the part that names the person."""
    local, at, _ = owner.partition("@")
    return local.replace(".", " ").replace("_", " ").title() if at else owner


def agreed(draft: Draft) -> Section:
    """Return what both sides have open from here on."""
    still = facts.commitments(draft.rows, None, draft.today)
    if not still:
        return Section(
            "commitments",
            "Commitments",
            "No commitment is open: agree three to five per side",
            (),
            (Missing(("Commitments: none is open on either side.",)),),
            new_page=False,
        )
    key = draft.frozen.listed(
        "commitments-open",
        "Open commitments",
        "Commitments of both sides, neither done nor dropped, due after this day or without a due day.",
        "commitments",
        still,
        on=draft.today,
    )
    ours = sum(1 for row in still if row["side"] == OURS)
    soon = sum(1 for row in still if (day(row["due_on"]) or date.max) <= draft.today + timedelta(days=30))
    theirs = in_words(len(still) - ours, "promise")
    message = f"{capital(in_words(ours, 'promise'))} of ours and {theirs} of theirs open"
    rows = [
        [cell(row["text"]), cell(owner(draft, row)), day_cell(day(row["due_on"]))] for row in still[:SHOWN]
    ]
    lead = say(f"{capital(in_words(soon, 'commitment'))} due within thirty days.") if soon else ()
    block = table(
        [wide("Ours first", 2.2), wide("Owner", 1.9), number("Due")],
        rows,
        note=rest_of("commitment", len(still), SHOWN, key),
    )
    return Section("commitments", "Commitments", message, lead, (block,), new_page=False)
