"""Sections of types that register deals: the funnel, wins and losses, protections that run out."""

from __future__ import annotations

from collections import Counter

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.rows import Row, amount, day, deal_name
from camdesk.documents.model import Bars, Block, Cell, Line, Prose, Section, Span, Step
from camdesk.documents.phrases import capital, count, in_words, joined
from camdesk.insight.wording import write_day

SHOWN = 5
PROTECTION_DAYS = 60


def funnel(draft: Draft) -> Section:
    """Return what became of the deals registered in the twelve months to the day."""
    year = Period(add_months(draft.day, -12) + ONE_DAY, draft.day + ONE_DAY)
    sent = facts.registrations(draft.rows, year)
    name, heading = "registration-funnel", "Registrations"
    if not sent:
        lack = "Registrations: no deal was registered in the twelve months under review."
        return lacking(name, heading, "No deal was registered in a year", lack, new_page=True)
    approved = facts.approved(sent, draft.day)
    won = facts.won_by(approved, draft.day)
    stages = (
        ("Registered", "Deals registered in the twelve months, whatever became of them.", sent),
        ("Approved", "Of these, the ones approved by the day.", approved),
        ("Won", "Of the approved ones, those won by the day.", won),
    )
    keys = [_stage_key(draft, title, words, rows, year) for title, words, rows in stages]
    steps = tuple(
        Step(title, len(rows), f"{len(rows)}", key)
        for (title, _, rows), key in zip(stages, keys, strict=True)
    )
    notes = (
        say(draft.total(sent, "amount", keys[0])),
        _part(draft, approved, sent, "registered", keys[1]),
        _part(draft, won, approved, "approved", keys[2]),
    )
    told = joined([f"{len(rows)} {title.lower()}" for title, _, rows in stages])
    alt = f"Of the deals of a year: {told}."
    bars = Bars("From registration to win, twelve months", steps, notes, alt)
    lead = _funnel_lead(draft, keys, sent, approved, won)
    return Section(name, heading, _funnel_message(sent, approved, won), lead, (bars,))


def _stage_key(draft: Draft, title: str, words: str, rows: tuple[Row, ...], year: Period) -> str:
    return draft.frozen.listed(
        f"funnel-{title.lower()}",
        f"{title} in twelve months",
        words,
        "deals",
        rows,
        on=draft.day,
        money_column="amount",
        window=f"{write_day(year.start)} to {write_day(year.last)}",
    )


def _part(draft: Draft, rows: tuple[Row, ...], earlier: tuple[Row, ...], word: str, key: str) -> Line:
    """Return what a stage is worth, and its part of the stage before."""
    if not earlier:
        return ()
    share = Span(f"{len(rows) / len(earlier) * 100:.0f}%", key)
    return say(draft.total(rows, "amount", key), " · ", share, f" of those {word}")


def _funnel_message(sent: tuple[Row, ...], approved: tuple[Row, ...], won: tuple[Row, ...]) -> str:
    if not won:
        return "Registered deals have not been won yet"
    if len(won) * 4 >= len(approved):
        return "Registered deals are won"
    if len(approved) * 2 < len(sent):
        return "More than half of the registrations were not approved"
    return "Many registrations, few of them won"


def _funnel_lead(
    draft: Draft, keys: list[str], sent: tuple[Row, ...], approved: tuple[Row, ...], won: tuple[Row, ...]
) -> Line:
    parts: list[str | Span] = [
        Span(capital(count(len(sent), "deal")), keys[0]),
        " registered in twelve months, ",
    ]
    parts += [Span(f"{len(approved)}", keys[1]), " approved and ", Span(f"{len(won)}", keys[2]), " won."]
    pace = draft.figure("registration_pace")
    if pace is not None:
        parts += [" The pace of the last ninety days is ", pace, " that of the year before."]
    return say(*parts)


def wins_and_losses(draft: Draft) -> Section:
    """Return the deals closed in the period, why the lost ones were lost."""
    won = facts.closed_deals(draft.rows, "won", draft.elapsed)
    lost = facts.closed_deals(draft.rows, "lost", draft.elapsed)
    name = "wins-and-losses"
    if not won and not lost:
        lack = f"Wins and losses: no deal was closed in {draft.quarter(draft.day)}."
        return lacking(name, "Wins and losses", "No deal was closed in the quarter", lack)
    blocks: list[Block] = []
    for word, rows, reason in (("won", won, False), ("lost", lost, True)):
        if rows:
            blocks.append(_closed(draft, word, rows, reason=reason))
    reasons = _reasons(lost)
    if reasons:
        blocks.append(Prose((say(reasons),)))
    parts: list[str | Span] = []
    for word, rows in (("won", won), ("lost", lost)):
        if rows:
            key = closed_key(draft, word, rows)
            joint = " and " if parts else ""
            head = in_words(len(rows), "deal")
            parts += [joint, Span(head if joint else capital(head), key), " worth "]
            parts += [draft.total(rows, "amount", key), f" {word}"]
    lead = say(*parts, f" in {draft.quarter(draft.day)}.")
    return Section(name, "Wins and losses", _balance(won, lost), lead, tuple(blocks), False)


def _balance(won: tuple[Row, ...], lost: tuple[Row, ...]) -> str:
    gained, gone = (sum(amount(row) for row in rows) for rows in (won, lost))
    if not lost:
        return "Every deal closed in the quarter was won"
    if not won:
        return "Every deal closed in the quarter was lost"
    return (
        "More was won than lost in the quarter" if gained >= gone else "More was lost than won in the quarter"
    )


def closed_key(draft: Draft, word: str, rows: tuple[Row, ...], *, what: str = "Deals") -> str:
    return draft.frozen.listed(
        f"{what.lower().replace(' ', '-')}-{word}",
        f"{what} {word} in {draft.quarter(draft.day)}",
        f"{what} {word} whose closing day lies in the quarter under review, rejected ones left out.",
        "deals",
        rows,
        on=draft.day,
        money_column="amount",
    )


def _closed(draft: Draft, word: str, rows: tuple[Row, ...], *, reason: bool) -> Block:
    key = closed_key(draft, word, rows)
    columns = [wide("Deal", 1.6), wide("Customer", 1.3)]
    if reason:
        columns += [wide("Lost to", 0.9), wide("Reason", 1.0)]
    columns += [number("Closed"), number("Amount")]
    lines: list[list[Cell]] = []
    for row in rows[:SHOWN]:
        why = [cell(row["competitor"]), cell(row["lost_reason"])] if reason else []
        lines.append(
            [
                cell(deal_name(row)),
                cell(row["customer"]),
                *why,
                day_cell(day(row["closed_on"])),
                draft.amount_cell(row),
            ]
        )
    return table(columns, lines, title=capital(word), note=rest_of("deal", len(rows), SHOWN, key))


def _reasons(lost: tuple[Row, ...]) -> str:
    named = Counter(str(row["lost_reason"]) for row in lost if row["lost_reason"])
    if not named:
        return ""
    reason, times = sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))[0]
    if times < 2:
        return ""
    return f"The reason named most often: {reason.lower()}."


def protections(draft: Draft) -> Section:
    """Return the open approved deals whose protection ends soon, as of the day of the draft."""
    ending = facts.running_out(draft.rows, draft.today, days=PROTECTION_DAYS)
    name, heading = "protection-expiries", "Protections"
    if not ending:
        lack = f"Protections: none of an open deal ends within {PROTECTION_DAYS} days."
        return lacking(name, heading, "No protection runs out soon", lack)
    key = protection_key(draft, ending, days=PROTECTION_DAYS)
    rows = [
        [
            cell(deal_name(row)),
            cell(row["customer"]),
            day_cell(day(row["stage_changed_on"])),
            day_cell(day(row["protected_until"])),
            draft.amount_cell(row),
        ]
        for row in ending[:SHOWN]
    ]
    columns = [
        wide("Deal", 1.6),
        wide("Customer", 1.3),
        number("Last stage change"),
        number("Protected until"),
    ]
    block = table([*columns, number("Amount")], rows, note=rest_of("deal", len(ending), SHOWN, key))
    verb = "runs out" if len(ending) == 1 else "run out"
    message = f"{capital(in_words(len(ending), 'protection'))} {verb} within two months"
    lead = say("Deals worth ", draft.total(ending, "amount", key), " lose their protection unless they move.")
    return Section(name, heading, message, lead, (block,), False)


def protection_key(draft: Draft, ending: tuple[Row, ...], *, days: int) -> str:
    return draft.frozen.listed(
        f"protections-{days}",
        f"Protections that run out within {days} days",
        f"Open, approved registered deals protected until a day within {days} days of this one.",
        "deals",
        ending,
        on=draft.today,
        money_column="amount",
    )
