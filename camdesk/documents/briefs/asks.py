"""Three asks for the meeting: what the partner's alerts call for, then what its weakest lines lack."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from camdesk.base.resources import resource
from camdesk.documents.briefs.evidence import alert_key
from camdesk.documents.briefs.known import BriefFacts
from camdesk.documents.briefs.number import GAP, value_of
from camdesk.documents.drafting.commitments import OURS
from camdesk.documents.drafting.draft import Draft, lowered, say
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Line, Span
from camdesk.documents.phrases import capital, clipped, joined
from camdesk.insight.results import Alert, ScoreLine
from camdesk.insight.wording import write_change, write_day

WANTED = 3
FROM_ALERTS = 2
"""So many at most while a weak line has something to ask, which the alerts would crowd out."""
_NAMED, _NAME, _SENTENCE = 2, 56, 130
_WEAK = 60.0  # points
_OWN_PROMISES = "commitment-overdue"
_NO_ASKS = frozenset({"win-to-thank", "score-dropped", "meeting-overdue", "review-due", _OWN_PROMISES})
"""Good news, what is for us to do, and promises, which the page lists already."""


def lines(draft: Draft, known: BriefFacts) -> tuple[Line, ...]:
    """Return three asks; where little is wrong, what the quarter and the plan still lack fills up."""
    from_alerts = [_of_alert(draft, alert) for alert in _askable(draft, known)[:WANTED]]
    weak = [line for line in _weakest(draft) if not _is_asked(draft, line, from_alerts)]
    kept = from_alerts[: max(FROM_ALERTS, WANTED - len(weak))]
    chosen = [*kept, *(_of_line(draft, line) for line in weak[: WANTED - len(kept)]), *_usual(draft, known)]
    return tuple(chosen[:WANTED])


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, str]:
    text = resource("briefs", "asks.toml").read_text(encoding="utf-8")
    return {str(rule): str(sentence) for rule, sentence in tomllib.loads(text).items()}


def _askable(draft: Draft, known: BriefFacts) -> list[Alert]:
    rules = draft.insight.catalog.rules
    return [
        alert
        for alert in known.alerts
        if alert.rule in rules and not rules[alert.rule].ours and alert.rule not in _NO_ASKS
    ]


def _of_alert(draft: Draft, alert: Alert) -> Line:
    template = _sentences().get(alert.rule, "{message}: what brings it right, and by when?")
    names = list(dict.fromkeys(clipped(one.label, _NAME) for one in alert.subjects))
    more = len(names) - _NAMED
    named = [*names[:_NAMED], f"{more} more"] if more > 0 else names
    at_stake = draft.money(alert.value_at_stake) if alert.value_at_stake else ""
    words = template.format(
        labels=joined(named),
        count=len(alert.subjects),
        worth=f" ({at_stake})" if at_stake else "",
        value=at_stake or "the rest",
        by=_by(alert.due_on, draft.today),
        message=clipped(alert.message, _SENTENCE),
    )
    tidy = capital(" ".join(words.split()).replace(" .", ".").replace(" :", ":"))
    return _tied(tidy, at_stake, alert_key(draft, alert))


def _by(due: date | None, today: date) -> str:
    if due is None:
        return ""
    return f"by {write_day(due)}" if due > today else f"now (due {write_day(due)})"


def _tied(words: str, amount: str, key: str) -> Line:
    """Return the sentence with its amount, or else all of it, tied to the alert's records."""
    before, found, after = words.partition(amount) if amount else (words, "", "")
    return say(before, Span(found, key), after) if found else say(Span(words, key))


def _weakest(draft: Draft) -> list[ScoreLine]:
    """Return the lines that cost the score most, the dearest first."""
    judged = [
        line
        for line in draft.scorecard.lines
        if line.points is not None and line.points < _WEAK and line.weight > 0 and line.target is not None
    ]
    return sorted(judged, key=lambda line: -line.weight * (100 - (line.points or 0)))


def _is_asked(draft: Draft, line: ScoreLine, asked: Sequence[Line]) -> bool:
    """Tell whether an alert asks about the line already: its sentence has the same two numbers."""
    assert line.target is not None
    numbers = [draft.frozen.write(value, line.unit) for value in (line.value, line.target.value)]
    texts = ["".join(span.text for span in one) for one in asked]
    return any(all(number in text for number in numbers) for text in texts)


def _of_line(draft: Draft, line: ScoreLine) -> Line:
    assert line.target is not None
    value = draft.line_figure(line, on=draft.today)
    target = draft.frozen.write(line.target.value, line.unit)
    missing = write_change(line.target.value, line.value, line.unit, currency=draft.frozen.currency)
    return say(
        f"Two steps, each with a name and a day, that bring {lowered(line.title)} from ",
        value,
        f" to {target} ({missing}).",
    )


def _usual(draft: Draft, known: BriefFacts) -> Iterator[Line]:
    """Yield what can always be asked: the gap closed, a target agreed, a promise of theirs, one per side."""
    gap = draft.figure(GAP)
    if gap is not None and value_of(draft, GAP):
        yield say("Name what closes the gap of ", gap, f" by {write_day(draft.period.last)}.")
    line = draft.line(draft.profile.attainment)
    if known.target_assumed or (line is not None and line.target is not None and line.target.assumed):
        yield say("Agree a target of their own for the year: today's is assumed from last year.")
    theirs = [row for row in draft.rows.of("commitments") if row["side"] != OURS and _is_open(row)]
    for row in sorted(theirs, key=lambda row: row["due_on"])[:1]:
        day_due = write_day(day(row["due_on"]))
        yield say(f"Keep “{clipped(row['text'], _NAME)}” by {day_due}, or give it a new day.")
    yield say("Agree one new commitment per side, each with an owner and a day.")
    yield say("Name the next customer to work on together, and who calls first.")
    yield say("Set the day of the next meeting before this one ends.")


def _is_open(row: Row) -> bool:
    return bool(row["due_on"]) and not row["done_on"] and not row["dropped_on"]
