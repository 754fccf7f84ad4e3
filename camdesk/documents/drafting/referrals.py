"""Sections of types that refer: what they sent and what became of it, fees, and how fast we answer."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import (
    Draft,
    Length,
    cell,
    day_cell,
    lacking,
    number,
    rest_of,
    say,
    table,
    wide,
)
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.drafting.waiting import REFERRAL
from camdesk.documents.model import Block, Cell, Column, Line, Missing, Section, Span, Tone
from camdesk.documents.phrases import capital, clipped, count, in_words, joined, number_in_words
from camdesk.insight.wording import DASH, write_day

SHOWN, SHORT = 10, 4
NAME = 44
_TONES: dict[str, Tone] = {"won": "good", "rejected": "quiet", "lost": "bad"}
_OPEN = frozenset({"submitted", "accepted"})


def sent(draft: Draft) -> Section:
    """Return the referrals of twelve months with their state, open ones first."""
    name, heading = "referrals-and-status", "Referrals"
    year = Period(add_months(draft.today, -12) + ONE_DAY, draft.today + ONE_DAY)
    found = [
        row
        for row in draft.rows.of("referrals")
        if (on := day(row["submitted_at"])) is not None
        and (on in year or (row["status"] in _OPEN and on < year.end))
    ]
    if not found:
        lack = "Referrals: none was submitted in twelve months and none is open."
        return lacking(name, heading, "No referral in a year", lack)
    newest = sorted(found, key=lambda row: row["submitted_at"], reverse=True)
    ranked = sorted(newest, key=lambda row: row["status"] not in _OPEN)
    key = draft.listed(
        "referrals",
        "Referrals",
        "Referrals submitted in the twelve months to this day or still open, open ones first.",
        "referrals",
        ranked,
        column="value",
    )
    shown = draft.rows_shown(SHOWN, SHORT)
    rows = [
        [
            cell(row["customer"]),
            day_cell(day(row["submitted_at"])),
            cell(capital(row["status"]), tone=_TONES.get(row["status"], "")),
            day_cell(day(row["last_status_at"])),
            draft.amount_cell(row, "value"),
        ]
        for row in ranked[:shown]
    ]
    columns = [wide("Customer", 1.8), number("Sent"), Column("State"), number("Last told")]
    block = table([*columns, number("Value")], rows, note=rest_of(REFERRAL, len(found), shown, key))
    return Section(name, heading, _sent_message(found), _sent_lead(draft, found, key), (block,), False)


def _sent_message(found: list[Row]) -> str:
    won = [row for row in found if row["status"] == "won"]
    still = [row for row in found if row["status"] in _OPEN]
    if won:
        return f"{capital(in_words(len(won), REFERRAL))} won in a year, {number_in_words(len(still))} open"
    if still:
        return f"{capital(in_words(len(still), REFERRAL))} open, none won in a year"
    return "No referral won and none open"


def _sent_lead(draft: Draft, found: list[Row], key: str) -> Line:
    """Return what was won, what is open, and which open one has heard nothing for longest."""
    won = [row for row in found if row["status"] == "won"]
    still = [row for row in found if row["status"] in _OPEN]
    parts: list[str | Span] = []
    if won:
        parts += [draft.total(won, "value", key), " won"]
    if still:
        parts += [" and " if parts else "", draft.total(still, "value", key), " open"]
    parts.append("." if parts else "")
    silent = [
        row
        for row in still
        if (on := day(row["last_status_at"] or row["submitted_at"])) and (draft.today - on).days > 14
    ]
    if silent:
        first = min(silent, key=lambda row: row["last_status_at"] or row["submitted_at"])
        on = day(first["last_status_at"] or first["submitted_at"])
        parts.append(f" {clipped(str(first['customer']), NAME)} has heard nothing since {write_day(on)}.")
    return say(*parts)


def fees(draft: Draft) -> Section:
    """Return fees paid in twelve months and fees owed, the longest owed first."""
    name, heading = "fees", "Fees"
    owed = facts.unpaid_fees(draft.rows, draft.today)
    year = Period(add_months(draft.today, -12) + ONE_DAY, draft.today + ONE_DAY)
    paid = [
        row
        for row in draft.rows.of("referrals")
        if (on := day(row["fee_paid_on"])) is not None and on in year
    ]
    if not owed and not paid:
        lack = "Fees: none was paid in twelve months and none is owed."
        return lacking(name, heading, "No fee is owed", lack)
    parts: list[str | Span] = []
    if paid:
        paid_key = draft.listed(
            "fees-paid",
            "Fees paid in twelve months",
            "Referrals whose fee was paid in the twelve months to this day, by fee.",
            "referrals",
            facts.largest_first(paid, "fee"),
            column="fee",
        )
        parts += [
            draft.total(paid, "fee", paid_key),
            " paid in twelve months for ",
            Span(in_words(len(paid), REFERRAL), paid_key),
            ".",
        ]
    if not owed:
        parts.append(" Nothing is owed.")
        settled = _paid_table(draft, paid, paid_key)
        return Section(name, heading, "Every fee earned is paid", say(*parts), (settled,), False)
    key = owed_key(draft, owed)
    parts += [
        " " if parts else "",
        draft.total(owed, "fee", key),
        " owed for ",
        Span(in_words(len(owed), REFERRAL), key),
        ".",
    ]
    rows = [_owed_row(draft, row, key) for row in owed[:SHORT]]
    columns = [wide("Customer", 1.8), number("Earned"), number("Due"), Column(""), number("Fee")]
    block = table(columns, rows, note=rest_of(REFERRAL, len(owed), SHORT, key))
    return Section(name, heading, _owed_message(draft, owed), say(*parts), (block,), False)


def _owed_message(draft: Draft, owed: tuple[Row, ...]) -> str:
    late = [row for row in owed if (day(row["fee_due_on"]) or date.max) < draft.today]
    if not late:
        return f"{capital(in_words(len(owed), 'fee'))} earned and not yet due"
    return f"{capital(in_words(len(late), 'fee'))} {'is' if len(late) == 1 else 'are'} past the day"


def owed_key(draft: Draft, owed: tuple[Row, ...]) -> str:
    words = "Referrals whose fee was earned by this day and is not paid, the longest owed first."
    return draft.listed("fees-owed", "Fees owed", words, "referrals", owed, column="fee")


def _owed_row(draft: Draft, row: Row, key: str) -> list[Cell]:
    due = day(row["fee_due_on"])
    late = (draft.today - due).days if due is not None else 0
    state = (
        Cell((Span(f"{count(late, 'day')} late", key),), "bad")
        if late > 0
        else cell("not due yet", tone="quiet")
    )
    return [
        cell(row["customer"]),
        day_cell(day(row["fee_earned_on"])),
        day_cell(due),
        state,
        draft.amount_cell(row, "fee"),
    ]


def _paid_table(draft: Draft, paid: list[Row], key: str) -> Block:
    newest = sorted(paid, key=lambda row: row["fee_paid_on"], reverse=True)
    rows = [
        [
            cell(row["customer"]),
            day_cell(day(row["fee_earned_on"])),
            day_cell(day(row["fee_paid_on"])),
            draft.amount_cell(row, "fee"),
        ]
        for row in newest[:3]
    ]
    columns = [wide("Customer", 1.8), number("Earned"), number("Paid"), number("Fee")]
    return table(columns, rows, note=rest_of("fee", len(paid), 3, key))


def response(draft: Draft) -> Section:
    """Return how fast we answer and pay, against our targets."""
    name, heading = "response-time", "Our response"
    today = draft.scorecard if draft.day == draft.today else draft.insight.scorecard(draft.partner.partner_id)
    wanted = ("referral_response_time", "referral_fee_time")
    lines = [line for line in today.our_side if line.metric in wanted and line.value is not None]
    waiting = facts.unanswered_referrals(draft.rows, draft.today)
    if not lines and not waiting:
        lack = "Our response: no referral came in ninety days, so there is no time to answer to show."
        return lacking(name, heading, "No referral to answer", lack)
    rows = []
    for line in lines:
        value = draft.line_figure(line, on=draft.today)
        target = DASH if line.target is None else draft.frozen.write(line.target.value, line.unit)
        kept = line.points is not None and line.points >= 80
        rows.append(
            [
                cell(line.title),
                Cell((value,), "good" if kept else "bad", strong=True),
                Cell((Span(target, value.figure),)),
            ]
        )
    slow = [line for line in lines if line.points is not None and line.points < 80]
    message = "We answer and pay in time" if lines and not slow else "We are slower than we promise"
    if waiting:
        verb = "waits" if len(waiting) == 1 else "wait"
        message = f"{capital(in_words(len(waiting), REFERRAL))} {verb} for our answer"
    lead: Line = ()
    if waiting:
        names = joined([clipped(str(row["customer"]), NAME) for row in waiting[:3]])
        lead = say(f"Unanswered: {names}, the oldest since {write_day(day(waiting[0]['submitted_at']))}.")
    blocks: list[Block] = []
    if rows:
        blocks.append(table([wide("Measure", 2.0), number("Now"), number("Target")], rows))
    elif draft.length is Length.FULL:
        blocks.append(Missing(("Our response: no referral of ninety days has been answered yet.",)))
    return Section(name, heading, message, lead, tuple(blocks), False)
