"""What moved the score: from one quarter to the next in a waterfall, and why, with the records behind it."""

from __future__ import annotations

from camdesk.documents.drafting.causes import cause_of, change_of
from camdesk.documents.drafting.draft import Draft, lacking, lowered, say
from camdesk.documents.drafting.scorecard import score_key
from camdesk.documents.model import Block, Line, Prose, Section, Span, Step, Waterfall
from camdesk.documents.phrases import capital, in_words, number_in_words
from camdesk.insight.results import Movement, ScoreChange

BARS_SHOWN = 5
TOLD = 4
FELT = 0.5  # points from which a movement is told
_NAME, _HEADING = "movement", "What moved the score"


def section(draft: Draft, change: ScoreChange) -> Section:
    """Return the waterfall and the largest movements."""
    chart = waterfall(draft, change)
    told = _told(draft, change)
    blocks: list[Block] = [chart] if chart is not None else []
    if told:
        blocks.append(Prose(told))
    if not blocks:
        return lacking(_NAME, _HEADING, "Nothing to compare yet", _lack(draft, change))
    return Section(_NAME, _HEADING, _message(draft, change), (), tuple(blocks), False)


def _lack(draft: Draft, change: ScoreChange) -> str:
    if change.score_before is not None and change.score_after is not None:
        return f"What moved: no line has moved since {draft.quarter(draft.before)}."
    which = draft.quarter(draft.day) if change.score_after is None else draft.quarter(draft.before)
    return f"What moved: there is no score for {which}, so nothing to compare."


def _message(draft: Draft, change: ScoreChange) -> str:
    """Return which lines carried the change."""
    felt = [one for one in change.movements if one.metric and abs(one.points) >= FELT]
    up = [one for one in felt if one.points > 0]
    down = [one for one in felt if one.points < 0]
    since = f"since {draft.quarter(draft.before)}"
    if not felt:
        return f"Hardly anything moved {since}"
    if not down:
        return f"{capital(in_words(len(up), 'line'))} better {since}, the others held"
    if not up:
        return f"{capital(in_words(len(down), 'line'))} worse {since}, the others held"
    first, second = (up, down) if sum(one.points for one in felt) >= 0 else (down, up)
    words = ("better", "worse") if first is up else ("worse", "better")
    return (
        f"{capital(_title(draft, first[0]))} moved most {since}: "
        f"{in_words(len(first), 'line')} {words[0]}, {number_in_words(len(second))} {words[1]}"
    )


def _title(draft: Draft, movement: Movement) -> str:
    line = draft.line(movement.metric) if movement.metric else None
    return lowered(line.title if line else movement.title)


def _told(draft: Draft, change: ScoreChange) -> tuple[Line, ...]:
    if change.score_before is None or change.score_after is None:
        return ()
    lines: list[Line] = []
    for movement in change.movements[:TOLD]:
        line = draft.line(movement.metric) if movement.metric else None
        if line is None or abs(movement.points) < FELT:
            continue
        cause = cause_of(draft, line, improved=movement.points > 0)
        effect = (": ", Span(signed(movement.points), score_key(draft)), " on the score.")
        lines.append(say(*change_of(draft, line), *effect, *cause))
    return tuple(lines)


def signed(points: float) -> str:
    """Return +0.6 or −4.1."""
    return f"{'−' if points < 0 else '+'}{abs(points):.1f}"


def waterfall(draft: Draft, change: ScoreChange) -> Waterfall | None:
    """Return the score before, what each line moved it by, and after; None where either is not known."""
    if change.score_before is None or change.score_after is None:
        return None
    key = score_key(draft)
    moved = [movement for movement in change.movements if abs(movement.points) >= 0.05]
    shown = sorted(moved, key=lambda movement: -abs(movement.points))[:BARS_SHOWN]
    steps = [Step(_step_title(draft, one), one.points, signed(one.points), key) for one in shown]
    rest = change.score_after - change.score_before - sum(step.value for step in steps)
    if abs(rest) >= 0.05:
        steps.append(Step("All other", rest, signed(rest), key))
    first, last = draft.quarter(draft.before), draft.quarter(draft.day)
    told = ", ".join(f"{step.label} {step.written}" for step in steps) or "nothing moved it"
    return Waterfall(
        f"What moved the score since {first}",
        Step(first, change.score_before, f"{change.score_before:.0f}", key),
        Step(last, change.score_after, f"{change.score_after:.0f}", key),
        tuple(steps),
        f"Score {change.score_before:.0f} in {first}, {change.score_after:.0f} in {last}: {told}.",
    )


def _step_title(draft: Draft, movement: Movement) -> str:
    line = draft.line(movement.metric) if movement.metric else None
    return draft.short_title(line) if line else movement.title
