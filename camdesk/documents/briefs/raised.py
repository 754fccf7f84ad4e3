"""What the partner will raise: everything that waits for us, how long already, and what we can say to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from camdesk.base.periods import ONE_DAY
from camdesk.base.working_time import parse_instant
from camdesk.documents.briefs.evidence import alert_key
from camdesk.documents.briefs.known import BriefFacts, person
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft, say
from camdesk.documents.drafting.our_side import BEHIND
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Line, Span
from camdesk.documents.phrases import capital, clipped, count, joined
from camdesk.insight.wording import DASH

NAME = 40
_GRAVE = ("P1", "P2")
_BROKEN = "commitment-broken"
_CLAIM_DAYS = 30  # what we promise for paying a claim
_PRICE = "pricing_exception"
_SLOW = 2  # measures of ours named at most, the worst first


@dataclass(frozen=True, slots=True)
class Raised:
    """Something they will bring up, since when it waits, and our answer."""

    what: Line
    waits: str
    answer: Line


@dataclass(frozen=True, slots=True)
class _Kind:
    """Records of one kind that wait for us, the oldest first."""

    key: str
    noun: str  # "registration undecided"
    nouns: str
    entity: str
    rows: Sequence[Row]
    since: str  # the column that says from when on they wait
    column: str | None  # the amount
    promise: str
    step: str
    in_hours: bool = False


def points(draft: Draft, known: BriefFacts) -> tuple[Raised, ...]:
    """Return what they will raise, the gravest first: faults, then money, then answers, then slowness."""
    found = [*_cases(draft), *_broken(draft, known)]
    found += [_of(draft, kind) for kind in (*_money(draft), *_answers(draft)) if kind.rows]
    return (*found, *_slow(draft))


def _money(draft: Draft) -> Iterator[_Kind]:
    """Yield what we owe: fees, incentives and claims."""
    rows, on = draft.rows, draft.today
    fees = [row for row in rows.of("referrals") if _is_past(row["fee_due_on"], row["fee_paid_on"], on)]
    finance = "ask finance for a payment day before the call"
    yield _Kind(
        "fees-late", "referral fee late", "referral fees late", "referrals", _oldest(fees, "fee_due_on"),
        "fee_due_on", "fee", "", finance,
    )  # fmt: skip
    yield _Kind(
        "incentives-owed", "incentive unpaid", "incentives unpaid", "incentives",
        facts.owed_incentives(rows, on), "due_on", "amount", "", finance,
    )  # fmt: skip
    claims = [row for row in rows.of("fund_claims") if row["status"] == "claimed" and row["claimed_on"]]
    yield _Kind(
        "claims-unpaid", "claim unpaid", "claims unpaid", "fund_claims", _oldest(claims, "claimed_on"),
        "claimed_on", "amount", f"we pay within {_CLAIM_DAYS} days", finance,
    )  # fmt: skip


def _answers(draft: Draft) -> Iterator[_Kind]:
    """Yield what waits for a word from us: registrations, requests, referrals and fund requests."""
    rows, on = draft.rows, draft.today
    yield _Kind(
        "registrations-undecided", "registration undecided", "registrations undecided", "deals",
        facts.undecided_registrations(rows, on), "submitted_at", "amount", "we decide in two working days",
        "bring the decision, or who decides and when", in_hours=True,
    )  # fmt: skip
    asked = facts.unanswered_requests(rows, on)
    prices = tuple(row for row in asked if row["kind"] == _PRICE)
    others = tuple(row for row in asked if row["kind"] != _PRICE)
    for key, noun, found, promise in (
        ("prices-unanswered", "price exception", prices, "8 business hours are our promise"),
        ("requests-unanswered", "request", others, "24 business hours are our promise"),
    ):
        yield _Kind(
            key, f"{noun} unanswered", f"{noun}s unanswered", "requests", found, "asked_at", "amount",
            promise, "bring the answer, or who gives it and when", in_hours=True,
        )  # fmt: skip
    referred = [
        row for row in rows.of("referrals") if row["status"] == "submitted" and not row["first_response_at"]
    ]
    yield _Kind(
        "referrals-unanswered", "referral unanswered", "referrals unanswered", "referrals",
        _oldest(referred, "submitted_at"), "submitted_at", "value", "one working day is our promise",
        "call the customer before the call", in_hours=True,
    )  # fmt: skip
    wanted = [row for row in rows.of("fund_claims") if row["status"] == "requested" and not row["decided_at"]]
    yield _Kind(
        "funds-undecided", "fund request undecided", "fund requests undecided", "fund_claims",
        _oldest(wanted, "requested_at"), "requested_at", "amount", "we decide in three working days",
        "bring the decision, or the day it comes", in_hours=True,
    )  # fmt: skip


def _oldest(rows: Sequence[Row], column: str) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row[column]))


def _is_past(due: str | None, paid: str | None, on: date) -> bool:
    due_on, paid_on = day(due), day(paid)
    return due_on is not None and due_on < on and (paid_on is None or paid_on > on)


def _of(draft: Draft, kind: _Kind) -> Raised:
    rows, first = kind.rows, kind.rows[0]
    key = draft.frozen.listed(
        kind.key,
        capital(kind.nouns),
        f"{capital(kind.nouns)} on this day, the oldest first.",
        kind.entity,
        rows,
        on=draft.today,
        money_column=kind.column,
    )
    words = f"{len(rows)} {kind.noun if len(rows) == 1 else kind.nouns}"
    parts: list[str | Span] = [Span(words, key)]
    if kind.column and sum(amount(row, kind.column) for row in rows):
        parts += [", ", draft.total(rows, kind.column, key)]
    named = clipped(_name(first), NAME)
    parts.append(f": {named}" if len(rows) == 1 else f", the oldest {named}")
    return Raised(say(*parts), _waited(draft, first[kind.since], in_hours=kind.in_hours), _answer(kind, rows))


def _name(row: Row) -> str:
    names = ("customer", "activity", "subject", "name", "program", "text")
    return str(next((row[name] for name in names if row.get(name)), "without a name"))


def _answer(kind: _Kind, rows: Sequence[Row]) -> Line:
    owners = dict.fromkeys(person(row.get("owner_email")) for row in rows)
    named = joined([name for name in owners if name][:2])
    parts = [f"With {named}" if named else "", kind.promise, kind.step]
    words = "; ".join(part for part in parts if part)
    return say(f"{capital(words)}.")


def _waited(draft: Draft, since: str, *, in_hours: bool) -> str:
    """Return how long a record waits by the end of the day, in working time, or in days past due."""
    if not in_hours:
        return count((draft.today - (day(since) or draft.today)).days, "day")
    working = draft.insight.settings.working_time
    end = datetime.combine(draft.today + ONE_DAY, time(0), UTC)
    hours = working.hours_between(parse_instant(since), end)
    in_a_day = working.closes_hour - working.opens_hour
    if hours < 3 * in_a_day:
        return f"{hours:.0f} business h"
    return f"{hours / in_a_day:.0f} working days"


def _cases(draft: Draft) -> Iterator[Raised]:
    open_ones = [
        row
        for row in draft.rows.of("cases")
        if row["severity"] in _GRAVE and (day(row["resolved_at"]) or date.max) > draft.today
    ]
    for severity in _GRAVE:
        found = _oldest([row for row in open_ones if row["severity"] == severity], "opened_at")
        if not found:
            continue
        key = draft.frozen.listed(
            f"cases-{severity.lower()}",
            f"{severity} cases open",
            f"{severity} support cases not resolved on this day, the oldest first.",
            "cases",
            found,
            on=draft.today,
        )
        silent = [row for row in found if not row["first_response_at"]]
        oldest = clipped(_name(found[0]), NAME)
        words = f", the oldest {oldest}" if len(found) > 1 else f": {oldest}"
        answer = (
            f"{count(len(silent), 'case').capitalize()} without a first answer: get one before the call."
            if silent
            else "Answered, not solved: get a status and a day from support."
        )
        yield Raised(
            say(Span(f"{len(found)} {severity} {'case' if len(found) == 1 else 'cases'} open", key), words),
            _waited(draft, found[0]["opened_at"], in_hours=False),
            say(answer),
        )


def _broken(draft: Draft, known: BriefFacts) -> Iterator[Raised]:
    for alert in known.alerts:
        if alert.rule == _BROKEN:
            since = count((draft.today - (alert.due_on or alert.first_seen)).days, "day")
            yield Raised(
                say(Span(clipped(alert.message, 110), alert_key(draft, alert))), since, say(alert.next_action)
            )


def _slow(draft: Draft) -> Iterator[Raised]:
    """Yield the measures of our own side that are far from what we promise."""
    short = [line for line in draft.scorecard.our_side if line.points is not None and line.points < BEHIND]
    for line in sorted(short, key=lambda line: line.points or 0)[:_SLOW]:
        figure = draft.line_figure(line, on=draft.today)
        target = draft.frozen.write(line.target.value, line.unit) if line.target is not None else None
        promise = f" against {target}" if target is not None else ""
        was = ""
        if line.previous_value is not None:
            was = f" It was {draft.frozen.write(line.previous_value, line.unit)} a quarter ago."
        yield Raised(
            say(f"{line.title}: ", figure, promise),
            DASH,
            say(f"Admit it, and say what changes and from when.{was}"),
        )
