"""The first page: it stands alone, and its title is the message of the quarter."""

from __future__ import annotations

from camdesk.documents.drafting import commitments, points, scorecard
from camdesk.documents.drafting.causes import change_of, has_moved
from camdesk.documents.drafting.draft import Draft, lowered, say
from camdesk.documents.model import (
    Block,
    KeyFigure,
    KeyFigures,
    Line,
    Missing,
    PointColumns,
    Points,
    Section,
    Span,
)
from camdesk.documents.phrases import capital, joined
from camdesk.insight.results import Group, Movement, ScoreChange, ScoreLine, TierState
from camdesk.insight.wording import NO_DATA, write_change

MOVED = 0.5


def section(draft: Draft, change: ScoreChange, tier: TierState) -> Section:
    """Return the summary page."""
    found = points.risks(draft, change)
    won = points.wins(draft, change, tier)
    blocks: list[Block] = [_key_figures(draft, change)]
    waterfall = scorecard.waterfall(draft, change)
    if waterfall is not None:
        blocks.append(waterfall)
    else:
        blocks.append(Missing((_no_waterfall(draft, change),)))
    columns = [
        Points("Wins", won or (say("None that the records show."),), numbered=bool(won)),
        Points(
            "Risks", tuple(one.line for one in found) or (say("None that the records show."),), bool(found)
        ),
        Points("Decisions today", points.decisions(draft, found)),
    ]
    blocks.append(PointColumns(tuple(columns)))
    blocks.append(commitments.last_review(draft))
    return Section("summary", "Summary", _message(draft, change), _standfirst(draft, change), tuple(blocks))


def _no_waterfall(draft: Draft, change: ScoreChange) -> str:
    which = draft.quarter(draft.day) if change.score_after is None else draft.quarter(draft.before)
    return f"What moved the score: there is no score for {which}, so nothing to compare."


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
    if draft.scorecard.score is None:
        return "Not enough data for a score yet"
    gain, loss = _moves(draft, change)
    if gain and loss:
        comes_to = _comes_to(change)
        return f"{capital(_name(draft, gain))} improves, {_name(draft, loss)} slips: {comes_to}"
    if gain:
        return f"{capital(_name(draft, gain))} lifts the quarter"
    if loss:
        return f"{capital(_name(draft, loss))} pulls the quarter down"
    if change.score_before is None:
        return _first_reading(draft)
    return f"A steady quarter at {_band(draft)}"


def _comes_to(change: ScoreChange) -> str:
    moved = (change.score_after or 0) - (change.score_before or 0)
    if abs(moved) < 1:
        return "the score holds"
    return "the quarter gains" if moved > 0 else "the quarter loses ground"


def _first_reading(draft: Draft) -> str:
    judged = [line for line in draft.scorecard.lines if line.points is not None and line.weight > 0]
    best = max(judged, key=lambda line: (line.points or 0, line.weight), default=None)
    weakest = min(judged, key=lambda line: (line.points or 0, -line.weight), default=None)
    if best is None or weakest is None or best.metric == weakest.metric:
        return f"A first reading: {_band(draft)}"
    return f"{capital(best.title)} stands, {lowered(weakest.title)} is the work ahead"


def _name(draft: Draft, movement: Movement) -> str:
    line = draft.line(movement.metric) if movement.metric else None
    return lowered(line.title if line else movement.title)


def _band(draft: Draft) -> str:
    return draft.scorecard.band.value if draft.scorecard.band else "no band"


def _standfirst(draft: Draft, change: ScoreChange) -> Line:
    """Return what the title rests on: the attainment first, then the largest gain and loss."""
    parts: list[str | Span] = []
    told: set[str] = set()
    main = draft.line(draft.profile.attainment)
    if main is not None and main.value is not None:
        parts += [*_against_target(draft, main), ". "]
        told.add(main.metric)
    for movement in _moves(draft, change):
        line = draft.line(movement.metric) if movement is not None and movement.metric else None
        if line is not None and line.metric not in told and line.value is not None:
            parts += [*change_of(draft, line), ". "]
    if draft.scorecard.score is None:
        names = [entity.replace("_", " ") for entity in draft.scorecard.to_connect]
        if names:
            parts.append(f"Connecting {joined(names)} would give the score something to stand on.")
    return say(*parts)


def _against_target(draft: Draft, line: ScoreLine) -> tuple[str | Span, ...]:
    value = draft.line_figure(line, on=draft.day)
    if line.target is None:
        return (f"{capital(line.title)} is ", value)
    assumed = ", an assumed target" if line.target.assumed else ""
    verdict = "on plan" if line.value is not None and line.value >= line.target.value else "short of plan"
    return (f"{capital(line.title)} is ", value, f", {verdict}{assumed}")


def _key_figures(draft: Draft, change: ScoreChange) -> KeyFigures:
    card = draft.scorecard
    items = [_score_figure(draft, change)]
    weighed = [line for line in card.lines if line.weight > 0 and line.value is not None]
    weighed.sort(key=lambda line: (line.group is not Group.OUTCOME, -line.weight))
    shown = weighed + [line for line in card.lines if line.group is Group.SHOWN and line.value is not None]
    for line in shown[:2]:
        value = draft.line_figure(line, on=draft.day)
        change_written = write_change(
            line.value, line.previous_value, line.unit, currency=draft.frozen.currency
        )
        moved = Span(change_written, value.figure) if change_written not in ("–", "±0") else None
        items.append(KeyFigure(value, moved, _caption(draft, line, value.figure)))
    return KeyFigures(tuple(items))


def _score_figure(draft: Draft, change: ScoreChange) -> KeyFigure:
    card = draft.scorecard
    if card.score is None:
        return KeyFigure(Span(NO_DATA), None, say("Partner score"))
    key = scorecard.score_key(draft)
    caption: list[str | Span] = [f"Partner score, {_band(draft)}"]
    moved: Span | None = None
    if card.provisional:
        caption.append(", provisional")
    if change.score_before is not None:
        caption += [" · ", Span(f"{change.score_before:.0f}", key), f" in {draft.quarter(draft.before)}"]
        difference = round(card.score) - round(change.score_before)
        sign = "−" if difference < 0 else "+"
        moved = Span(f"{sign}{abs(difference)}", key) if difference else None
    return KeyFigure(Span(f"{card.score:.0f}", key), moved, say(*caption))


def _caption(draft: Draft, line: ScoreLine, key: str | None) -> Line:
    parts: list[str | Span] = [line.title]
    if line.target is not None:
        assumed = " assumed" if line.target.assumed else ""
        parts += [" · target ", Span(draft.frozen.write(line.target.value, line.unit), key), assumed]
    return say(*parts)
