"""Wins, risks and the decisions they ask for, found by rules in the figures and the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from camdesk.documents.drafting import commitments, facts
from camdesk.documents.drafting.causes import cause_of, change_of, has_moved, subject_of
from camdesk.documents.drafting.draft import Draft, days_between, lowered, say
from camdesk.documents.drafting.pipeline import overdue_key
from camdesk.documents.drafting.registrations import closed_key, protection_key
from camdesk.documents.drafting.rows import amount, day, deal_customer
from camdesk.documents.drafting.waiting import KINDS, REFERRAL, REGISTRATIONS, RENEWALS, waiting_key
from camdesk.documents.model import Line, Span
from camdesk.documents.phrases import capital, clipped, in_words
from camdesk.insight.results import ScoreChange, ScoreLine, TierState
from camdesk.insight.scoring import ON_TARGET
from camdesk.insight.wording import write_day

WANTED = 3
NAME = 44


@dataclass(frozen=True, slots=True)
class Found:
    """A win or a risk with its weight, and the decision it asks for."""

    weight: float
    line: Line
    decision: Line = ()
    metric: str = ""  # told once, however many rules find it


def wins(draft: Draft, change: ScoreChange, tier: TierState) -> tuple[Line, ...]:
    """Return the three largest wins."""
    return tuple(
        found.line
        for found in _best([*_won(draft), *_referred(draft), *_risen(draft, change), *_reached(draft, tier)])
    )


def risks(draft: Draft, change: ScoreChange) -> tuple[Found, ...]:
    """Return the three largest risks, with the decisions that answer them."""
    found = [
        *_overdue(draft),
        *_protections(draft),
        *_renewals(draft),
        *_certificates(draft),
        *_waiting(draft),
    ]
    return _best([*found, *_promises(draft), *_fallen(draft, change), *_weak(draft)])


def decisions(draft: Draft, found: tuple[Found, ...]) -> tuple[Line, ...]:
    """Return what is to be decided: the answers to the risks, and a target where none was set."""
    asked = [one.decision for one in found if one.decision]
    line = draft.line(draft.profile.attainment)
    if line is not None and line.target is not None and line.target.assumed:
        words = f"Agree a target for {subject_of(line)}: today’s is assumed from last year."
        asked.append(say(words))
    if not asked:
        asked.append(say("Agree the commitments of the next quarter, three to five per side."))
    return tuple(asked[:WANTED])


def _best(found: list[Found]) -> tuple[Found, ...]:
    """Return the heaviest, each subject once."""
    chosen: list[Found] = []
    for one in sorted(found, key=lambda one: -one.weight):
        if all(
            one.line != other.line and not (one.metric and one.metric == other.metric) for other in chosen
        ):
            chosen.append(one)
    return tuple(chosen[:WANTED])


def _won(draft: Draft) -> Iterator[Found]:
    won = facts.closed_deals(draft.rows, "won", draft.elapsed)
    if not won:
        return
    key = closed_key(draft, "won", won)
    first = won[0]
    name = clipped(deal_customer(first), NAME)
    if len(won) == 1:
        yield Found(6, say(f"{name} won: ", draft.total(won, "amount", key), "."))
        return
    words = capital(in_words(len(won), "deal"))
    yield Found(
        6,
        say(
            Span(words, key),
            " won worth ",
            draft.total(won, "amount", key),
            f", the largest {name} (",
            draft.total(won[:1], "amount", key),
            ").",
        ),
    )


def _risen(draft: Draft, change: ScoreChange) -> Iterator[Found]:
    for movement in change.movements:
        line = draft.line(movement.metric) if movement.metric else None
        if line is not None and movement.points >= 0.5 and has_moved(draft, line):
            cause = cause_of(draft, line, improved=True)
            told = say(*change_of(draft, line), ".", *cause)
            yield Found(min(movement.points, 5.9), told, metric=line.metric)


def _reached(draft: Draft, tier: TierState) -> Iterator[Found]:
    if tier.next_tier and tier.next_requirements and all(one.met for one in tier.next_requirements):
        yield Found(6.5, say(f"Every requirement of {tier.next_tier} is met."))
    best = [
        line
        for line in draft.scorecard.lines
        if line.points is not None and line.points >= 100 and line.weight
    ]
    for line in best[:2]:
        value = draft.line_figure(line, on=draft.day)
        told = say(f"{capital(line.title)}: ", value, ", beyond the target.")
        yield Found(0.4, told, metric=line.metric)


def _overdue(draft: Draft) -> Iterator[Found]:
    late = facts.overdue_deals(draft.rows, draft.today)
    if not late:
        return
    key = overdue_key(draft, late)
    verb = "is" if len(late) == 1 else "are"
    yield Found(
        4,
        say(
            Span(capital(in_words(len(late), "open deal")), key),
            f" {verb} past the expected close, worth ",
            draft.total(late, "amount", key),
            ".",
        ),
        say(
            f"Set a new close date, or close, for {in_words(len(late), 'deal')}: ",
            f"{clipped(deal_customer(late[0]), NAME)} first.",
        ),
    )


def _protections(draft: Draft) -> Iterator[Found]:
    ending = facts.running_out(draft.rows, draft.today, days=30)
    if not ending:
        return
    key = protection_key(draft, ending, days=30)
    of, verb = ("of an open deal", "runs out") if len(ending) == 1 else ("of open deals", "run out")
    yield Found(
        4.5,
        say(
            Span(capital(in_words(len(ending), "protection")), key),
            f" {of} {verb} within thirty days, on ",
            draft.total(ending, "amount", key),
            ".",
        ),
        say(
            f"Extend or close before {write_day(day(ending[0]['protected_until']))}: ",
            f"{clipped(deal_customer(ending[0]), NAME)}.",
        ),
    )


def _renewals(draft: Draft) -> Iterator[Found]:
    due = RENEWALS.find(draft.rows, draft.today)
    if not due:
        return
    key = waiting_key(draft, RENEWALS, due)
    yield Found(
        5,
        say(
            draft.total(due, "value", key),
            " renews within ninety days and nobody has opened it: ",
            Span(in_words(len(due), "contract"), key),
            ".",
        ),
        say(f"Name who works the renewals, {clipped(due[0]['customer'], NAME)} first."),
    )


def _certificates(draft: Draft) -> Iterator[Found]:
    ending = facts.expiring_certifications(draft.rows, draft.today, days=90)
    if not ending:
        return
    key = draft.frozen.listed(
        "certificates-ending",
        "Certificates that expire",
        "Certificates valid today that expire within 90 days.",
        "certifications",
        ending,
        on=draft.today,
    )
    verb = "expires" if len(ending) == 1 else "expire"
    first = write_day(day(ending[0]["expires_on"]))
    yield Found(
        2.5,
        say(
            Span(capital(in_words(len(ending), "certificate")), key),
            f" {verb} within ninety days, the first on {first}.",
        ),
        say(f"Book the exams for {clipped(ending[0]['name'], NAME)} before {first}."),
    )


def _waiting(draft: Draft) -> Iterator[Found]:
    """Yield what waits for us, kind by kind, named after the one that has waited longest."""
    for kind in KINDS:
        found = kind.find(draft.rows, draft.today) if kind.ours else ()
        if not found:
            continue
        key = waiting_key(draft, kind, found)
        number = len(found)
        worth: tuple[str | Span, ...] = ()
        if kind.column and any(amount(row, kind.column) for row in found):
            worth = (", worth ", draft.total(found, kind.column, key))
        others: tuple[str | Span, ...] = ()
        if number > 1:
            others = (" and ", Span(in_words(number - 1, "other"), key))
        asked = kind.asks.format(name=kind.named(found[0]))
        yield Found(
            3.5 if kind is REGISTRATIONS else 3.2,
            say(Span(capital(in_words(number, kind.noun)), key), f" {kind.rest} on our side", *worth, "."),
            say(f"We {lowered(asked)}", *others, "."),
        )


def _referred(draft: Draft) -> Iterator[Found]:
    """Yield the referrals won in the quarter, the largest named."""
    won = facts.largest_first(
        [
            row
            for row in draft.rows.of("referrals")
            if row["status"] == "won" and (on := day(row["closed_on"])) is not None and on in draft.elapsed
        ],
        "value",
    )
    if won:
        key = draft.listed(
            "referrals-won",
            f"Referrals won in {draft.quarter(draft.day)}",
            "Referrals won on the days of the quarter under review.",
            "referrals",
            won,
            column="value",
            on=draft.day,
        )
        total = draft.total(won, "value", key)
        name = clipped(str(won[0]["customer"]), NAME)
        if len(won) == 1:
            yield Found(6, say(f"{name}, referred to us, won: ", total, "."))
        else:
            head = Span(capital(in_words(len(won), REFERRAL)), key)
            yield Found(6, say(head, " won worth ", total, f", the largest {name}."))


def _promises(draft: Draft) -> Iterator[Found]:
    """Yield what both sides promised and have not done in time."""
    open_ones = commitments.late(draft)
    if not open_ones:
        return
    oldest = open_ones[0]
    key = commitments.late_key(draft)
    ours = sum(1 for row in open_ones if row["side"] == commitments.OURS)
    side = "ours" if ours == len(open_ones) else "theirs" if ours == 0 else "on both sides"
    late = days_between(day(oldest["due_on"]) or draft.today, draft.today)
    verb = "is" if len(open_ones) == 1 else "are"
    yield Found(
        3,
        say(
            Span(capital(in_words(len(open_ones), "commitment")), key),
            f" {verb} past due, {side}; the oldest by ",
            Span("1 day" if late == 1 else f"{late:,} days", key),
            ".",
        ),
        say(f"Settle a new day for: {clipped(oldest['text'], NAME)}."),
    )


def _way_back(line: ScoreLine) -> str:
    """Return what to decide about a line that fell: one still on target needs to be kept there."""
    if line.points is not None and line.points >= ON_TARGET:
        return f"Agree how to keep {subject_of(line)} from falling further."
    return f"Agree how to bring {subject_of(line)} back to target."


def _fallen(draft: Draft, change: ScoreChange) -> Iterator[Found]:
    for movement in change.movements:
        line = draft.line(movement.metric) if movement.metric else None
        if line is not None and movement.points <= -0.5 and has_moved(draft, line):
            cause = cause_of(draft, line, improved=False)
            yield Found(
                min(-movement.points, 5.5),
                say(*change_of(draft, line), ".", *cause),
                say(_way_back(line)),
                line.metric,
            )


def _weak(draft: Draft) -> Iterator[Found]:
    """Yield the lines that miss most of what their weight allows."""
    judged = [line for line in draft.scorecard.lines if line.points is not None and line.weight > 0]
    for line in judged:
        lost = line.weight * (100 - (line.points or 0)) / 100
        if (line.points or 0) < 40 and line.target is not None:
            value = draft.line_figure(line, on=draft.day)
            target = Span(draft.frozen.write(line.target.value, line.unit), value.figure)
            yield Found(
                min(lost / 10, 2.4),
                say(f"{capital(line.title)}: ", value, " against ", target, "."),
                say(f"Agree how to bring {subject_of(line)} to target."),
                line.metric,
            )
