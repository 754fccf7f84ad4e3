"""The first page: it stands alone, and its title is the message of the quarter."""

from __future__ import annotations

from camdesk.documents.drafting import points
from camdesk.documents.drafting.causes import change_of, has_moved, subject_of
from camdesk.documents.drafting.draft import Draft, Length, lowered, say
from camdesk.documents.drafting.scorecard import score_key
from camdesk.documents.model import (
    Block,
    KeyFigure,
    KeyFigures,
    Line,
    PointColumns,
    Points,
    Section,
    Series,
    Span,
    StackedColumns,
)
from camdesk.documents.phrases import capital, joined
from camdesk.insight.results import Band, Group, Movement, ScoreChange, ScoreLine, TierState
from camdesk.insight.wording import NO_DATA, write_change

MOVED = 0.5
CARRIES = 3  # points from which a line is said to carry the quarter
QUARTERS = 8


def section(draft: Draft, change: ScoreChange, tier: TierState) -> Section:
    """Return the summary page."""
    found = points.risks(draft, change)
    won = points.wins(draft, change, tier)
    blocks: list[Block] = [_key_figures(draft, change)]
    if draft.length is not Length.ONE_PAGE:
        blocks += _trend(draft)
    none = say("None that the records show.")
    columns = [
        Points("Wins", won or (none,), numbered=bool(won)),
        Points("Risks", tuple(one.line for one in found) or (none,), numbered=bool(found)),
        Points("Decisions today", points.decisions(draft, found)),
    ]
    blocks.append(PointColumns(tuple(columns)))
    return Section("summary", "Summary", _message(draft, change), _standfirst(draft, change), tuple(blocks))


def _trend(draft: Draft) -> list[Block]:
    """Return the score at the last quarter ends; without one, the line the type is judged on first."""
    main, blend = draft.line(draft.profile.attainment), draft.blend
    if blend.score is not None and _has_past(blend.history):
        written = [_points(one) for one in blend.history]
        key = score_key(draft)
        return [
            _columns(draft, "Score", key, (*blend.history, blend.score), [*written, _points(blend.score)])
        ]
    if main is not None and main.value is not None and _has_past(main.history):
        values = (*main.history, main.value)
        written = ["–" if one is None else draft.frozen.write(one, main.unit) for one in values]
        return [_columns(draft, main.title, draft.line_figure(main, on=draft.day).figure, values, written)]
    return []


def _has_past(history: tuple[float | int | None, ...]) -> bool:
    return sum(one is not None for one in history) > 1


def _points(score: float | None) -> str:
    return "–" if score is None else f"{score:.0f}"


def _columns(
    draft: Draft, what: str, key: str | None, values: tuple[float | int | None, ...], written: list[str]
) -> StackedColumns:
    """Return quarter ends and, of a quarter that still runs, the day; `values` end with that of the day."""
    calendar = draft.calendar
    ends = calendar.quarter_ends(draft.day, QUARTERS)
    names = [f"Q{calendar.quarter_number(end)} {calendar.year_number(end) % 100:02d}" for end in ends]
    if ends[-1] != draft.day:
        names.append(f"{draft.quarter(draft.day)} so far")
    first = next(place for place, one in enumerate(values) if one is not None)
    totals = tuple(Span(text, key) for text in written[first : len(names)])
    shown = names[first:]
    alt = "; ".join(f"{name} {total.text}" for name, total in zip(shown, totals, strict=True))
    parts = (Series(what, values[first : len(names)]),)
    return StackedColumns(f"{what} by quarter", tuple(shown), parts, totals, f"{what}: {alt}.")


def _moves(draft: Draft, change: ScoreChange) -> tuple[Movement | None, Movement | None]:
    """Return the largest gain and the largest loss of a line."""
    lines = [one for one in change.movements if _line_moved(draft, one)]
    gain = max(lines, key=lambda one: one.points, default=None)
    loss = min(lines, key=lambda one: one.points, default=None)
    return (
        gain if gain is not None and gain.points >= MOVED else None,
        loss if loss is not None and loss.points <= -MOVED else None,
    )


def _line_moved(draft: Draft, movement: Movement) -> bool:
    line = draft.line(movement.metric) if movement.metric else None
    return line is not None and has_moved(draft, line)


def _message(draft: Draft, change: ScoreChange) -> str:
    """Return the page's title: what went up, what went down, and what it comes to."""
    if draft.blend.score is None:
        return "Not enough data for a score yet"
    gain, loss = _moves(draft, change)
    if gain and loss:
        return f"{capital(_name(draft, gain))} improved, {_name(draft, loss)} slipped: {_comes_to(change)}"
    if gain:
        return _risen(draft, gain, change)
    if loss:
        return _fallen(draft, loss, change)
    if change.score_before is None:
        return _first_reading(draft)
    return f"A steady quarter{_at_band(draft)}"


def _risen(draft: Draft, gain: Movement, change: ScoreChange) -> str:
    """Return the title of a quarter in which nothing fell: a target still missed is not passed over.

    The verbs are in the past, where one thing and several take the same form.
    """
    name = capital(_name(draft, gain))
    main = draft.line(draft.profile.attainment)
    if main is not None and main.value is not None and not _reaches(draft, main):
        if gain.metric == main.metric:
            return f"{name} improved, still short of target"
        return f"{name} improved, {subject_of(main)} still short of target"
    return f"{name} {'lifted the quarter' if _moved(change) >= CARRIES else 'improved'}"


def _fallen(draft: Draft, loss: Movement, change: ScoreChange) -> str:
    """Return the title of a quarter in which nothing rose; a small fall is called one."""
    name = capital(_name(draft, loss))
    if _moved(change) <= -CARRIES:
        return f"{name} pulled the quarter down"
    main = draft.line(draft.profile.attainment)
    if main is not None and main.metric == loss.metric and _reaches(draft, main):
        return f"{name} slipped, still on plan"
    weakest = _weakest(draft)
    if draft.blend.band is Band.RED and weakest is not None and weakest.metric != loss.metric:
        return f"{name} slipped, {subject_of(weakest)} furthest from target"
    return f"{name} slipped"


def _reaches(draft: Draft, line: ScoreLine) -> bool:
    """Return whether a line is at its target, as both are written: 99.6% reads as 100% of 100%."""
    if line.value is None or line.target is None:
        return line.target is None
    target = line.target.value
    write = draft.frozen.write
    return line.value >= target or write(line.value, line.unit) == write(target, line.unit)


def _moved(change: ScoreChange) -> float:
    return (change.score_after or 0) - (change.score_before or 0)


def _comes_to(change: ScoreChange) -> str:
    moved = _moved(change)
    if abs(moved) < 1:
        return "the score held"
    return "the quarter gained" if moved > 0 else "the quarter lost ground"


def _first_reading(draft: Draft) -> str:
    judged = [line for line in draft.scorecard.lines if line.points is not None and line.weight > 0]
    best = max(judged, key=lambda line: (line.points or 0, line.weight), default=None)
    weakest = _weakest(draft)
    if best is None or weakest is None or best.metric == weakest.metric:
        return f"A first reading{_at_band(draft)}"
    return f"Strongest on {subject_of(best)}, most to do on {subject_of(weakest)}"


def _weakest(draft: Draft) -> ScoreLine | None:
    judged = [line for line in draft.scorecard.lines if line.points is not None and line.weight > 0]
    return min(judged, key=lambda line: (line.points or 0, -line.weight), default=None)


def _name(draft: Draft, movement: Movement) -> str:
    line = draft.line(movement.metric) if movement.metric else None
    return subject_of(line) if line else lowered(movement.title)


def _at_band(draft: Draft) -> str:
    return f" at {draft.blend.band.value}" if draft.blend.band else ""


def _band(draft: Draft) -> str:
    return draft.blend.band.value if draft.blend.band else "no band"


def _standfirst(draft: Draft, change: ScoreChange) -> Line:
    """Return what the title rests on: the attainment first, then the largest gain and loss."""
    parts: list[str | Span] = []
    told: set[str] = set()
    main = draft.line(draft.profile.attainment)
    if main is not None and main.value is not None:
        parts += [*_against_target(draft, main), "."]
        told.add(main.metric)
    for movement in _moves(draft, change):
        line = draft.line(movement.metric) if movement is not None and movement.metric else None
        if line is not None and line.metric not in told and line.value is not None:
            parts += [*([" "] if parts else []), *change_of(draft, line), "."]
    if draft.blend.score is None:
        names = list(draft.scorecard.to_connect)
        if names:
            parts.append(" " if parts else "")
            parts.append(f"Connecting {joined(names)} would give the score something to stand on.")
    return say(*parts)


def _against_target(draft: Draft, line: ScoreLine) -> tuple[str | Span, ...]:
    value = draft.line_figure(line, on=draft.day)
    if line.target is None:
        return (f"{capital(line.title)}: ", value)
    verdict = "on plan" if _reaches(draft, line) else "short of plan"
    if line.target.assumed:
        verdict = f"{verdict}, against an assumed target"
    return (f"{capital(line.title)}: ", value, f", {verdict}")


def _key_figures(draft: Draft, change: ScoreChange) -> KeyFigures:
    card = draft.scorecard
    items = [_score_figure(draft, change)]
    weighed = [line for line in card.lines if line.weight > 0 and line.value is not None]
    weighed.sort(key=lambda line: (line.group is not Group.OUTCOME, -line.weight))
    shown = weighed + [line for line in card.lines if line.group is Group.SHOWN and line.value is not None]
    for line in shown[: 3 - len(items)]:
        value = draft.line_figure(line, on=draft.day)
        change_written = write_change(
            line.value, line.previous_value, line.unit, currency=draft.frozen.currency
        )
        moved = Span(change_written, value.figure) if change_written not in ("–", "±0") else None
        items.append(KeyFigure(value, moved, _caption(draft, line, value.figure)))
    return KeyFigures(tuple(items))


def _score_figure(draft: Draft, change: ScoreChange) -> KeyFigure:
    score = draft.blend.score
    if score is None:
        return KeyFigure(Span(NO_DATA), None, say("Partner score"))
    key = score_key(draft)
    caption: list[str | Span] = [f"Partner score, {_band(draft)}"]
    moved: Span | None = None
    if draft.blend.provisional:
        caption.append(", provisional")
    if change.score_before is not None:
        caption += [" · ", Span(f"{change.score_before:.0f}", key), f" in {draft.quarter(draft.before)}"]
        difference = round(score) - round(change.score_before)
        sign = "−" if difference < 0 else "+"
        moved = Span(f"{sign}{abs(difference)}", key) if difference else None
    return KeyFigure(Span(f"{score:.0f}", key), moved, say(*caption))


def _caption(draft: Draft, line: ScoreLine, key: str | None) -> Line:
    parts: list[str | Span] = [line.title]
    if line.target is not None:
        assumed = " assumed" if line.target.assumed else ""
        parts += [" · target ", Span(draft.frozen.write(line.target.value, line.unit), key), assumed]
    return say(*parts)
