"""The number: target, booked, commit and gap of the quarter, or what the type is measured by instead."""

from __future__ import annotations

from camdesk.documents.briefs.known import BriefFacts
from camdesk.documents.drafting.draft import Draft, lowered, say
from camdesk.documents.model import KeyFigure, KeyFigures, Span
from camdesk.documents.phrases import clipped, count
from camdesk.insight.results import Group, ScoreLine
from camdesk.insight.wording import NO_DATA

TARGET, BOOKED, COMMIT, GAP = "own_target", "revenue_quarter", "quarter_commit", "forecast_gap"
_SHOWN = 4
_CAPTION = 44


def message(draft: Draft, known: BriefFacts) -> str:
    """Return the number in one line, for a title."""
    name = clipped(draft.partner.name, 46)
    left = (draft.period.last - draft.today).days
    days = "on the quarter's last day" if left == 0 else f"{count(left, 'day')} left"
    target, booked, gap = (value_of(draft, metric) for metric in (TARGET, BOOKED, GAP))
    if target is not None and booked is not None:
        if gap:
            return f"{name}: {draft.money(gap)} short of {draft.money(target)} after commit, {days}"
        if booked >= target:
            return f"{name}: the quarter's {draft.money(target)} are booked, {days}"
        return (
            f"{name}: {draft.money(booked)} of {draft.money(target)} booked, commit closes the rest, {days}"
        )
    line = next(iter(_judged(draft)), None)
    if line is not None and booked is None:
        return f"{name}: {lowered(line.title)} at {draft.frozen.write(line.value, line.unit)}, {days}"
    if booked is not None:
        return f"{name}: {draft.money(booked)} booked and no target, {days}"
    return f"{name}: no number is known yet, {days}"


def block(draft: Draft, known: BriefFacts) -> KeyFigures:
    """Return the quarter's four figures; of a type without sales of its own, the lines it is judged on."""
    if value_of(draft, TARGET) is None and value_of(draft, BOOKED) is None:
        return KeyFigures(tuple(_of_line(draft, line) for line in _judged(draft)) or (_nothing(),))
    title = f"target of {draft.calendar.quarter_title(draft.today)}"
    captions = (
        (TARGET, "assumed target" if known.target_assumed else title),
        (BOOKED, "booked so far"),
        (COMMIT, "booked and commit"),
        (GAP, "gap after commit"),
    )
    return KeyFigures(
        tuple(
            KeyFigure(draft.figure(metric) or Span(NO_DATA), None, say(words)) for metric, words in captions
        )
    )


def value_of(draft: Draft, metric: str) -> float | int | None:
    return draft.insight.figure(draft.partner.partner_id, metric).value if draft.known(metric) else None


def _judged(draft: Draft) -> list[ScoreLine]:
    """Return the attainment first, then the outcomes that weigh most."""
    valued = [line for line in draft.scorecard.lines if line.value is not None]
    first = [line for line in valued if line.metric == draft.profile.attainment]
    rest = [line for line in valued if line not in first and line.group in (Group.OUTCOME, Group.LEADING)]
    return [*first, *sorted(rest, key=lambda line: (line.group is not Group.OUTCOME, -line.weight))][:_SHOWN]


def _of_line(draft: Draft, line: ScoreLine) -> KeyFigure:
    target = ""
    if line.target is not None:
        assumed = " assumed" if line.target.assumed else ""
        target = f", target {draft.frozen.write(line.target.value, line.unit)}{assumed}"
    caption = say(f"{clipped(lowered(draft.short_title(line)), _CAPTION)}{target}")
    return KeyFigure(draft.line_figure(line, on=draft.today), None, caption)


def _nothing() -> KeyFigure:
    return KeyFigure(Span(NO_DATA), None, say("No sale, target or scored figure is known of this partner."))
