"""Where the plan starts from: the lines the type is judged on, today and a year ago."""

from __future__ import annotations

from camdesk.documents.drafting.draft import cell, lacking, number, say, spark_cell, table, wide
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.model import Cell, Column, Section, Span
from camdesk.insight.results import ScoreLine

_LINES = 9


def section(plan: Outline) -> Section:
    """Return the scorecard's lines with a value: the baseline of the year."""
    draft = plan.draft
    lines = [line for line in draft.scorecard.lines if line.value is not None][:_LINES]
    if not lines:
        lack = "Baseline: no line of the scorecard has data yet."
        return lacking("baseline", "Baseline", "Where we start is not known yet", lack)
    rows: list[list[Cell]] = []
    for line in lines:
        now = draft.line_figure(line, on=draft.day)
        target = _target(plan, line)
        ago = draft.frozen.write(line.year_ago_value, line.unit) if line.year_ago_value is not None else "–"
        rows.append(
            [
                cell(line.title),
                Cell((Span(ago, now.figure),)),
                Cell((now,), strong=True),
                Cell((Span(target, now.figure),)),
                spark_cell(line.history),
            ]
        )
    columns = [
        wide("Figure", 2.0),
        number("A year ago"),
        number("Today"),
        number("Target"),
        Column("8 quarters"),
    ]
    better = [line for line in lines if line.points is not None and line.points >= 80]
    judged = [line for line in lines if line.points is not None]
    message = (
        f"Where we start: {len(better)} of {len(judged)} measures on target"
        if len(judged) > 2
        else "Where we start"
    )
    lead = say(f"What {plan.kind} is judged on, as of today.")
    return following("baseline", "Baseline", message, (table(columns, rows),), lead=lead)


def _target(plan: Outline, line: ScoreLine) -> str:
    """Return what a line is held against; where it should stay within a band, both ends of it."""
    if line.target is None:
        return "–"
    write = plan.draft.frozen.write
    if line.better == "range" and len(line.marks) == 6:
        return f"{write(line.marks[2], line.unit)} to {write(line.marks[3], line.unit)}"
    return write(line.target.value, line.unit)
