"""The next quarter: three to five commitments for each side, carried over or asked for by the figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from camdesk.documents.drafting import facts
from camdesk.documents.drafting.commitments import OURS, THEIRS, Side, late_key, owner
from camdesk.documents.drafting.draft import Draft, Length, lacking, lowered, say
from camdesk.documents.drafting.last_review import days_in_words
from camdesk.documents.drafting.pipeline import overdue_key
from camdesk.documents.drafting.registrations import protection_key
from camdesk.documents.drafting.rows import Row, day, deal_customer
from camdesk.documents.drafting.standing import tier_key
from camdesk.documents.drafting.waiting import Waiting, waiting
from camdesk.documents.model import Line, Promise, Promises, Section, Span
from camdesk.documents.phrases import capital, clipped, in_words, number_in_words
from camdesk.insight.results import ScoreLine, TierState
from camdesk.insight.scoring import ON_TARGET
from camdesk.insight.wording import write_day

MOST, LEAST = 5, 3
TEXT = 90
NAME = 40
_NAME, _HEADING = "next-quarter", "Next quarter"
_BELOW = 60.0  # points under which a line asks for a promise


@dataclass(frozen=True, slots=True)
class _Idea:
    """A commitment the figures ask for, with what it would answer."""

    side: Side
    weight: float
    text: str
    due: date
    why: Line


def section(draft: Draft, service: tuple[ScoreLine, ...], tier: TierState) -> Section:
    """Return up to five commitments per side, those still open first; `service` are our own measures."""
    most = 2 if draft.length is Length.ONE_PAGE else draft.rows_shown(MOST, LEAST)
    ideas = sorted(_ideas(draft, service, tier), key=lambda idea: -idea.weight)
    items: list[Promise] = []
    for side in (OURS, THEIRS):
        kept = [_carried(draft, row) for row in _open(draft, side)[:most]]
        asked = [_proposed(draft, idea) for idea in ideas if idea.side == side]
        items += [*kept, *asked[: max(0, most - len(kept))]]
    if not items:
        lack = "Next quarter: no commitment is open and no figure asks for one; agree three to five per side."
        return lacking(_NAME, _HEADING, "Commitments are still to be agreed", lack)
    return Section(_NAME, _HEADING, _message(items), _lead(draft, items), (Promises(tuple(items)),), False)


def _message(items: list[Promise]) -> str:
    told: list[str] = []
    for side, whose in ((OURS, "us"), (THEIRS, "them")):
        number = sum(item.side == side for item in items)
        if number:
            told.append(
                f"{in_words(number, 'commitment') if not told else number_in_words(number)} for {whose}"
            )
    return capital(", ".join(told))


def _lead(draft: Draft, items: list[Promise]) -> Line:
    carried = sum(item.commitment_id is not None for item in items)
    new = len(items) - carried
    if draft.length is Length.ONE_PAGE:
        return ()
    if not new:
        return say("All are on record already.")
    verb = "is" if new == 1 else "are"
    head = f"{capital(in_words(new, 'commitment'))} {verb} proposed here from the figures and to be agreed"
    return say(f"{head}; the others are on record." if carried else f"{head}.")


def _open(draft: Draft, side: Side) -> tuple[Row, ...]:
    """Return a side's commitments that are neither done nor dropped, the first due first."""
    return facts.in_order(
        row
        for row in draft.rows.of("commitments")
        if row["side"] == side and row["done_on"] is None and row["dropped_on"] is None
    )


def _carried(draft: Draft, row: Row) -> Promise:
    due = day(row["due_on"])
    why = say("on record")
    if due is not None and due < draft.today:
        late = Span(f"{days_in_words((draft.today - due).days)} late", late_key(draft))
        why = say("carried over, ", late)
    side: Side = OURS if row["side"] == OURS else THEIRS
    return Promise(side, clipped(str(row["text"]), TEXT), owner(draft, row), due, row["commitment_id"], why)


def _proposed(draft: Draft, idea: _Idea) -> Promise:
    who = draft.our_name if idea.side == OURS else draft.their_name
    return Promise(idea.side, clipped(idea.text, TEXT), who, idea.due, None, idea.why)


def _ideas(draft: Draft, service: tuple[ScoreLine, ...], tier: TierState) -> Iterator[_Idea]:
    yield from _settled(draft)
    yield from _deals(draft)
    yield from _certificates(draft)
    yield from _tier(draft, tier)
    yield from _weak_lines(draft, service)


def _settled(draft: Draft) -> Iterator[_Idea]:
    """Yield one promise for each kind of thing that waits, named after the one that has waited longest."""
    seen: set[str] = set()
    for one in waiting(draft):
        if one.kind.key not in seen:
            seen.add(one.kind.key)
            yield _settling(draft, one)


def _settling(draft: Draft, one: Waiting) -> _Idea:
    others = one.of_its_kind - 1
    text = one.kind.asks.format(name=one.name) + (f" and {in_words(others, 'other')}" if others else "")
    due = draft.today + timedelta(days=one.kind.within)
    total = draft.frozen.kept(one.key).value if one.kind.column else None
    why = (
        say(Span(draft.money(total), one.key), " waits")
        if total
        else say(f"waits since {write_day(one.since)}")
    )
    return _Idea(OURS if one.kind.ours else THEIRS, 5, text, due, why)


def _deals(draft: Draft) -> Iterator[_Idea]:
    late = facts.overdue_deals(draft.rows, draft.today)
    if late:
        others = f" and {in_words(len(late) - 1, 'other deal')}" if len(late) > 1 else ""
        text = f"Set a new close date, or close: {_customer(late[0])}{others}"
        why = say(draft.total(late, "amount", overdue_key(draft, late)), " past its expected close")
        yield _Idea(THEIRS, 4.5, text, draft.today + timedelta(days=14), why)
    ending = facts.running_out(draft.rows, draft.today, days=60)
    if ending:
        others = f" and {in_words(len(ending) - 1, 'other deal')}" if len(ending) > 1 else ""
        until = day(ending[0]["protected_until"]) or draft.today
        why = say(draft.total(ending, "amount", protection_key(draft, ending, days=60)), " loses protection")
        yield _Idea(THEIRS, 4, f"Move on before protection ends: {_customer(ending[0])}{others}", until, why)


def _customer(deal: Row) -> str:
    return clipped(deal_customer(deal), NAME)


def _certificates(draft: Draft) -> Iterator[_Idea]:
    ending = facts.expiring_certifications(draft.rows, draft.today, days=120)
    if ending:
        first = ending[0]
        others = f" and {in_words(len(ending) - 1, 'other certificate')}" if len(ending) > 1 else ""
        text = f"Renew {clipped(str(first['name']), NAME)} of {clipped(str(first['person']), NAME)}{others}"
        expires = day(first["expires_on"]) or draft.today
        yield _Idea(THEIRS, 3.5, text, expires, say(f"expires {write_day(expires)}"))


def _tier(draft: Draft, tier: TierState) -> Iterator[_Idea]:
    """Yield what the partner's own tier asks and is not met; else what the next one asks of people."""
    end = draft.calendar.quarter(draft.calendar.quarter(draft.today).end).last
    short = [one for one in tier.requirements if one.met is False]
    above = [one for one in tier.next_requirements if one.met is False and one.name.startswith("certified")]
    for one, name, weight in [(one, tier.tier, 3.8) for one in short] + [
        (one, tier.next_tier, 1.0) for one in above
    ]:
        key = tier_key(draft, tier)
        why = say(
            Span(draft.frozen.write(one.has, one.unit), key),
            " of ",
            Span(draft.frozen.write(one.needed, one.unit), key),
        )
        yield _Idea(THEIRS, weight, f"Meet what {name} asks: {lowered(one.title)}", end, why)


def _weak_lines(draft: Draft, service: tuple[ScoreLine, ...]) -> Iterator[_Idea]:
    """Yield the lines furthest from target: theirs of the scorecard, ours of our service."""
    end = draft.calendar.quarter(draft.calendar.quarter(draft.today).end).last
    for side, lines, on in ((THEIRS, draft.scorecard.lines, draft.day), (OURS, service, draft.today)):
        for line in lines:
            short = line.points is not None and line.points < (_BELOW if side == THEIRS else ON_TARGET)
            if not short or line.target is None or (side == THEIRS and not line.weight):
                continue
            value = draft.line_figure(line, on=on)
            target = Span(draft.frozen.write(line.target.value, line.unit), value.figure)
            missing = (100 - (line.points or 0)) / 100
            weight = missing * (line.weight / 10 if side == THEIRS else 2)
            text = f"Bring to target: {lowered(line.title)}"
            yield _Idea(side, min(weight, 3), text, end, say(value, " against ", target))
