"""The alerts a rule would have raised: firings of many days put together, each with what followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from camdesk.insight.alerts.evaluation import SEVERITIES, FiredSubject, Firing
from camdesk.insight.alerts.lifecycle import REOPENS_WITHIN_DAYS
from camdesk.insight.alerts.outcomes import Outcome, within
from camdesk.insight.results import AlertEvidence, Unit
from camdesk.insight.wording import write

FOLLOWED_FOR_DAYS = 90
SCORE_MOVED = 5
"""A score that moves by fewer points than this says nothing."""
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """How a partner stood on one day of a replay."""

    attainment: float | int | None
    contribution: float | int | None
    score: float | None
    dark: bool


@dataclass(frozen=True, slots=True)
class PastAlert:
    """One alert a rule would have raised; days are those looked at. `verdict` says how it turned out."""

    partner_id: str
    first_day: date
    last_day: date
    cleared_on: date | None  # None: still firing on the last day looked at
    severity: str
    rows: int
    value_at_stake: int | None
    followed: tuple[str, ...]
    verdict: str

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


TROUBLE = "trouble followed"
WELL = "turned out well"
MIXED = "some of both"
CLEARED = "cleared by itself"
UNCHANGED = "nothing followed"
EARLY = "too early to tell"
VERDICTS = (TROUBLE, MIXED, WELL, CLEARED, UNCHANGED, EARLY)


@dataclass
class Span:
    """A firing in the making."""

    partner_id: str
    first_day: date
    last_day: date
    severity: str = "good news"
    value: int | None = None
    cleared_on: date | None = None
    rows: set[str] = field(default_factory=set)
    evidence: dict[AlertEvidence, None] = field(default_factory=dict)

    def see(self, day: date, subjects: Iterable[FiredSubject]) -> None:
        self.last_day = day
        self.cleared_on = None
        values: dict[AlertEvidence, int] = {}
        for one in subjects:
            self.rows.add(one.subject)
            self.evidence |= dict.fromkeys(one.evidence)
            self.severity = max(self.severity, one.severity, key=SEVERITIES.__getitem__)
            values |= one.values
        if values:
            self.value = max(self.value or 0, sum(values.values()))


class Spans:
    """Put the firings of one day after another together, as an alert lives: one per partner and firing.

    A row within the margin keeps an alert open and opens none; an alert that comes back within 14 days
    is the same.
    """

    def __init__(self) -> None:
        self.found: list[Span] = []
        self._open: dict[str, tuple[Span, set[str]]] = {}

    def see(self, day: date, firings: Iterable[Firing]) -> None:
        seen = {firing.partner_id: firing.subjects for firing in firings}
        for partner_id, subjects in seen.items():
            span, before = self._open.get(partner_id, (None, set()))
            shown = [one for one in subjects if not one.holds_only or one.subject in before]
            if not shown:
                continue
            span = span or self._begun(partner_id, day)
            span.see(day, shown)
            self._open[partner_id] = span, {one.subject for one in shown}
        for partner_id, (span, _) in list(self._open.items()):
            if span.last_day != day:
                span.cleared_on = day
                del self._open[partner_id]

    def _begun(self, partner_id: str, day: date) -> Span:
        for span in reversed(self.found):
            is_recent = span.cleared_on and (day - span.cleared_on).days <= REOPENS_WITHIN_DAYS
            if span.partner_id == partner_id and is_recent:
                return span
        self.found.append(Span(partner_id, day, day))
        return self.found[-1]


def told(
    span: Span,
    readings: Mapping[date, Mapping[str, Reading]],
    outcomes: Mapping[AlertEvidence, tuple[Outcome, ...]],
    *,
    currency: str,
) -> PastAlert:
    """Return a firing with what happened in the 90 days after its first day, as far as they are over."""
    until = span.first_day + timedelta(days=FOLLOWED_FOR_DAYS)
    ended = within(
        (one for record in span.evidence for one in outcomes.get(record, ())), span.first_day, until
    )
    days = [day for day in sorted(readings) if span.first_day <= day <= until]
    stood = [readings[day][span.partner_id] for day in days if span.partner_id in readings[day]]
    went_dark = bool(stood) and not stood[0].dark and any(one.dark for one in stood)
    moved = _moved(stood)
    cleared = span.cleared_on if span.cleared_on and span.cleared_on <= until else None
    followed = _named(ended)
    if went_dark:
        followed.append("the partner went dark")
    if stood:
        followed += _changes(stood[0], stood[-1], currency)
    if cleared:
        followed.append(f"the condition cleared after {_how_long(cleared - span.first_day)}")
    bad = went_dark or moved <= -SCORE_MOVED or any(one.is_bad for one in ended)
    good = moved >= SCORE_MOVED or any(one.is_good for one in ended)
    return PastAlert(
        span.partner_id,
        span.first_day,
        span.last_day,
        span.cleared_on,
        span.severity,
        len(span.rows),
        span.value,
        tuple(followed),
        _verdict(bad=bad, good=good, cleared=cleared is not None, over=max(readings) >= until),
    )


def _verdict(*, bad: bool, good: bool, cleared: bool, over: bool) -> str:
    if bad or good:
        return MIXED if bad and good else TROUBLE if bad else WELL
    if cleared:
        return CLEARED
    return UNCHANGED if over else EARLY


def _moved(stood: list[Reading]) -> float:
    scores = [one.score for one in stood if one.score is not None]
    return scores[-1] - scores[0] if scores else 0.0


def _changes(first: Reading, last: Reading, currency: str) -> list[str]:
    found = []
    if first.score is not None and last.score is not None and abs(last.score - first.score) >= 1:
        found.append(f"score {first.score:.0f} to {last.score:.0f}")
    for name, before, after, unit in (
        ("attainment", first.attainment, last.attainment, Unit.PERCENT),
        ("contribution", first.contribution, last.contribution, Unit.MONEY),
    ):
        if before is not None and after is not None:
            words = [write(value, unit, currency=currency) for value in (before, after)]
            if words[0] != words[1]:
                found.append(f"{name} {words[0]} to {words[1]}")
    return found


def _named(ended: tuple[Outcome, ...]) -> list[str]:
    words = [str(one) for one in ended[:_NAMED]]
    return words + ([f"{len(ended) - _NAMED} more ended"] if len(ended) > _NAMED else [])


def _how_long(passed: timedelta) -> str:
    return f"{passed.days} day{'' if passed.days == 1 else 's'}"
