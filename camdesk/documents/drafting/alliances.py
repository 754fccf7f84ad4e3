"""Sections of alliances: what both sides promised and invest, and joint milestones."""

from __future__ import annotations

from datetime import date, timedelta

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.commitments import OURS, owner
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.last_review import days_in_words, was_kept
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import (
    Block,
    Cell,
    Line,
    ParityBars,
    ParityRow,
    Section,
    Span,
    Step,
)
from camdesk.documents.phrases import capital, clipped, in_words
from camdesk.insight.wording import DASH

LEDGER_DAYS = 180
SHOWN = 6
QUESTION = 60


def ledger(draft: Draft) -> Section:
    """Return what each side had to do in 180 days: kept, late, open, dropped; then what is not done."""
    name, heading = "commitment-ledger", "Commitment ledger"
    window = Period(draft.today - timedelta(days=LEDGER_DAYS), draft.today + ONE_DAY)
    due = facts.commitments(draft.rows, window, draft.today, dropped=True)
    if not due:
        lack = "Commitment ledger: no commitment of either side was due in 180 days."
        return lacking(name, heading, "No commitment was due", lack, new_page=True)
    key = draft.listed(
        "ledger",
        "Commitments due in 180 days",
        "Commitments of both sides due in the 180 days to this day. Kept: done on or before the day.",
        "commitments",
        due,
    )
    sides = [[row for row in due if (row["side"] == OURS) is ours] for ours in (True, False)]
    rows = [
        _ledger_row(draft, title, members, key)
        for title, members in zip((draft.our_name, draft.their_name), sides, strict=True)
    ]
    columns = [
        wide("Side", 1.6),
        number("Due"),
        number("Kept"),
        number("Late"),
        number("Still open"),
        number("Dropped"),
    ]
    blocks: list[Block] = [table(columns, rows)]
    still = [row for row in due if row["done_on"] is None and row["dropped_on"] is None]
    if still:
        open_rows = [
            [cell(row["text"]), cell(owner(draft, row)), day_cell(day(row["due_on"])), _late(draft, row, key)]
            for row in still[:SHOWN]
        ]
        note = rest_of("commitment", len(still), SHOWN, key)
        wanted = [wide("Not done, ours first", 2.2), wide("Owner", 1.7), number("Due"), number("Late by")]
        blocks.append(table(wanted, open_rows, note=note))
    return Section(name, heading, _ledger_message(draft, sides), (), tuple(blocks))


def _ledger_row(draft: Draft, title: str, members: list[Row], key: str) -> list[Cell]:
    kept = sum(was_kept(row, draft.today) for row in members)
    dropped = sum(row["dropped_on"] is not None for row in members)
    still = sum(row["done_on"] is None and row["dropped_on"] is None for row in members)
    late = len(members) - kept - dropped - still
    counts = [len(members), kept, late, still, dropped]
    cells = [
        Cell((Span(f"{one:,}" if one else DASH, key),), "bad" if one and place in (2, 3) else "")
        for place, one in enumerate(counts)
    ]
    return [cell(title, strong=True), *cells]


def _late(draft: Draft, row: Row, key: str) -> Cell:
    late = (draft.today - (day(row["due_on"]) or draft.today)).days
    return Cell((Span(days_in_words(late), key),), "bad") if late else cell("due today", tone="warn")


def _ledger_message(draft: Draft, sides: list[list[Row]]) -> str:
    shares = []
    for members in sides:
        counted = [row for row in members if row["dropped_on"] is None]
        shares.append(sum(was_kept(row, draft.today) for row in counted) / len(counted) if counted else None)
    ours, theirs = shares
    if ours is None or theirs is None:
        return "Only one side had something to keep"
    if ours == theirs == 1:
        return "Both sides kept every commitment"
    if abs(ours - theirs) < 0.1:
        return "Both sides keep about as much of what they promise"
    return (
        "We keep more of what we promise than they do"
        if ours > theirs
        else "They keep more of what they promise than we do"
    )


def parity(draft: Draft) -> Section:
    """Return what each side invested in twelve months, by kind."""
    name, heading = "investment-parity", "Investment"
    year = Period(add_months(draft.day, -12) + ONE_DAY, draft.day + ONE_DAY)
    spent = [
        row
        for row in draft.rows.of("investments")
        if not row["pledged"] and (on := day(row["spent_on"])) is not None and on in year
    ]
    if not spent:
        lack = "Investment: neither side has invested in the twelve months under review."
        return lacking(name, heading, "No investment is on record", lack)
    key = draft.listed(
        "investments",
        "Investments of twelve months",
        "What both sides spent in the twelve months to this day; pledges are left out.",
        "investments",
        facts.largest_first(spent),
        column="amount",
        on=draft.day,
    )
    kinds = sorted({row["kind"] or "other" for row in spent})
    rows = [
        _parity_row(draft, capital(kind), [row for row in spent if (row["kind"] or "other") == kind], key)
        for kind in kinds
    ]
    if len(rows) > 1:
        rows.append(_parity_row(draft, "In all", spent, key))
    told = "; ".join(f"{row.label} {row.ours.written} and {row.theirs.written}" for row in rows)
    chart = ParityBars(
        "Spent in twelve months",
        draft.our_name,
        draft.their_name,
        tuple(rows),
        f"Investment of {draft.our_name} and {draft.their_name}: {told}.",
    )
    pledged = [
        row
        for row in draft.rows.of("investments")
        if row["pledged"] and (day(row["spent_on"]) or date.min) > draft.day
    ]
    return Section(name, heading, _parity_message(spent), _parity_lead(draft, pledged), (chart,), False)


def _parity_row(draft: Draft, label: str, rows: list[Row], key: str) -> ParityRow:
    ours, theirs = (
        sum(amount(row) for row in rows if (row["side"] == OURS) is mine) for mine in (True, False)
    )
    return ParityRow(
        label, Step(label, ours, draft.money(ours), key), Step(label, theirs, draft.money(theirs), key)
    )


def _parity_message(spent: list[Row]) -> str:
    ours, theirs = (
        sum(amount(row) for row in spent if (row["side"] == OURS) is mine) for mine in (True, False)
    )
    if ours <= 0 or theirs <= 0:
        return "Only we invest" if ours > 0 else "Only they invest"
    ratio = ours / theirs
    if ratio > 2:
        return "We invest more than twice what they do"
    if ratio < 0.5:
        return "They invest more than twice what we do"
    if 0.8 <= ratio <= 1.25:
        return "Both sides invest about the same"
    return "We invest more than they do" if ratio > 1 else "They invest more than we do"


def _parity_lead(draft: Draft, pledged: list[Row]) -> Line:
    ratio = draft.figure("investment_parity")
    parts: list[str | Span] = []
    if ratio is not None:
        parts += ["Ours over theirs: ", ratio, "."]
    if pledged:
        key = draft.listed(
            "investments-pledged",
            "Pledged investments",
            "What has been pledged for days after this one.",
            "investments",
            facts.largest_first(pledged),
            column="amount",
            on=draft.day,
        )
        parts += [" " if parts else "", draft.total(pledged, "amount", key), " more is pledged."]
    return say(*parts)


def milestones(draft: Draft) -> Section:
    """Return the joint milestones of the year behind and what lies ahead."""
    name, heading = "joint-milestones", "Milestones"
    start = add_months(draft.today, -12)
    found = [
        row
        for row in draft.rows.of("milestones")
        if row["kind"] == "joint" and (day(row["due_on"]) or date.max) > start
    ]
    if not found:
        lack = "Milestones: no joint milestone is set for the year behind or ahead."
        return lacking(name, heading, "No joint milestone is set", lack)
    ranked = sorted(found, key=lambda row: (row["due_on"] or "9999", row["milestone_id"]))
    key = draft.listed(
        "milestones-joint",
        "Joint milestones",
        "Joint milestones due in the twelve months to this day or later.",
        "milestones",
        ranked,
    )
    ahead = [row for row in ranked if not _is_done(row, draft.today)]
    done = [row for row in ranked if _is_done(row, draft.today)]
    shown = sorted(
        [*ahead[:SHOWN], *done[-(8 - min(len(ahead), SHOWN)) :]], key=lambda row: row["due_on"] or "9999"
    )
    rows = [
        [
            cell(row["name"]),
            day_cell(day(row["due_on"])),
            day_cell(day(row["completed_on"])),
            _state(draft, row, key),
        ]
        for row in shown
    ]
    late = [row for row in ahead if (day(row["due_on"]) or date.max) < draft.today]
    columns = [wide("Milestone", 2.4), number("Due"), number("Done"), number("")]
    block = table(columns, rows, note=rest_of("milestone", len(found), len(shown), key))
    if late:
        first = clipped(str(late[0]["name"]), QUESTION)
        message = f"{capital(in_words(len(late), 'milestone'))} past the day, “{first}” first"
    elif ahead:
        message = f"{capital(in_words(len(ahead), 'milestone'))} ahead, none late"
    else:
        message = "Every joint milestone is done"
    lead: Line = ()
    share = draft.figure("milestones_on_time")
    if share is not None:
        lead = say(share, " of those due in twelve months were done on time.")
    return Section(name, heading, message, lead, (block,), False)


def _is_done(row: Row, today: date) -> bool:
    done = day(row["completed_on"])
    return done is not None and done <= today


def _state(draft: Draft, row: Row, key: str) -> Cell:
    due, done = day(row["due_on"]), day(row["completed_on"])
    if done is not None and done <= draft.today:
        late = (done - due).days if due is not None else 0
        return (
            cell("in time", tone="good")
            if late <= 0
            else Cell((Span(f"{days_in_words(late)} late", key),), "warn")
        )
    if due is not None and due < draft.today:
        return Cell((Span(f"open, {days_in_words((draft.today - due).days)} late", key),), "bad")
    return cell("ahead")
