"""How well we serve the partner: our own panel, never part of the partner's score."""

from __future__ import annotations

from camdesk.documents.drafting.draft import Draft, cell, number, say, spark_cell, table, wide
from camdesk.documents.model import Block, Cell, Column, Line, Missing, Section, Span, Tone
from camdesk.documents.phrases import joined, of_in_words
from camdesk.insight.results import Scorecard, ScoreLine
from camdesk.insight.wording import DASH

ON_TARGET, BEHIND = 80.0, 40.0  # points at the target and the floor mark


def section(draft: Draft, service: Scorecard) -> Section:
    """Return our service as of the day of the draft; `service` is the scorecard of that day."""
    valued = [line for line in service.our_side if line.value is not None]
    silent = [line for line in service.our_side if line.value is None]
    blocks: list[Block] = []
    if valued:
        blocks.append(_table(draft, valued))
    if silent:
        blocks.append(
            Missing((f"No data: {joined([line.title[:1].lower() + line.title[1:] for line in silent])}.",))
        )
    return Section("our-side", "Our side", _message(valued), _lead(draft), tuple(blocks))


def _message(valued: list[ScoreLine]) -> str:
    judged = [line for line in valued if line.points is not None]
    if not judged:
        return "Our side: nothing to judge us by yet"
    short = [line for line in judged if (line.points or 0) < ON_TARGET]
    if not short:
        return "We kept our side on every measure"
    if len(short) == len(judged):
        return "Our service is short of target on every measure"
    return f"We are short of target on {of_in_words(len(short), len(judged), 'measure')}"


def _lead(draft: Draft) -> Line:
    ours = draft.insight.settings.our_name
    return say(f"What {ours} owes in service. It stands beside the score and is no part of it.")


def _table(draft: Draft, lines: list[ScoreLine]) -> Block:
    columns = [
        wide("Measure", 2.0),
        number("Now"),
        number("Target"),
        number("A quarter ago"),
        Column("8 quarters"),
        number("State"),
    ]
    return table(columns, [_row(draft, line) for line in lines])


def _row(draft: Draft, line: ScoreLine) -> list[Cell]:
    now = draft.line_figure(line, on=draft.today)
    target = draft.frozen.write(line.target.value, line.unit) if line.target else DASH
    before = DASH if line.previous_value is None else draft.frozen.write(line.previous_value, line.unit)
    return [
        cell(line.title),
        Cell((now,), strong=True),
        Cell((Span(target, now.figure),)),
        Cell((Span(before, now.figure),)),
        spark_cell(line.history),
        _state(line.points),
    ]


def _state(points: float | None) -> Cell:
    if points is None:
        return cell(DASH)
    tone: Tone = "good" if points >= ON_TARGET else "bad" if points < BEHIND else "warn"
    words = {"good": "on target", "bad": "behind", "warn": "short of it"}
    return cell(words[tone], tone=tone)
