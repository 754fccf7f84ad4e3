"""A partner's scorecard, terms and movements as table rows and sentences. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from camdesk.base.settings import Settings
from camdesk.desk.reports import PartnerReport
from camdesk.gui.theme.tokens import Tone, band_tone
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind, Meter
from camdesk.gui.widgets.values import figure_cell, ordinal, trend_cell
from camdesk.insight.results import Group, Milestone, Movement, Scorecard, ScoreChange, ScoreLine
from camdesk.insight.wording import DASH, NO_DATA, in_a_sentence, write, write_change, write_day

SCORE_COLUMNS = (
    Column("Measure", Kind.TEXT, sortable=False),
    Column("Now", Kind.NUMBER, sortable=False),
    Column(
        "Target", Kind.NUMBER, "What the line is held against; “assumed” where nobody set it", sortable=False
    ),
    Column(
        "Attainment", Kind.BAR, "Points earned; the signs mark floor (50) and target (80)", sortable=False
    ),
    Column("vs last Q", Kind.NUMBER, "Change since the end of the quarter before", sortable=False),
    Column("8 quarters", Kind.TREND, "The value at the last eight quarter ends", sortable=False),
    Column("Weight", Kind.NUMBER, "Its share of the score; “shown” counts for nothing", sortable=False),
)
MOVEMENT_COLUMNS = (
    Column("Measure", Kind.TEXT, sortable=False),
    Column("Points", Kind.NUMBER, sortable=False),
)
CONTRIBUTION_COLUMNS = (
    Column("Measure", Kind.TEXT, sortable=False),
    Column("Points", Kind.NUMBER, "0 to 100 by its marks", sortable=False),
    Column("Counts for", Kind.NUMBER, "Its share of the score among the lines with a value", sortable=False),
    Column("Adds", Kind.NUMBER, "Points times share", sortable=False),
)
MILESTONE_COLUMNS = (
    Column("Milestone", Kind.TEXT, sortable=False),
    Column("Due", Kind.NUMBER, sortable=False),
    Column("Done", Kind.NUMBER, sortable=False),
)
STAGES = {
    "recruit": "Recruiting",
    "onboard": "Onboarding",
    "develop": "Developing",
    "advocate": "Advocate",
    "active": "Active",
}
_FLOOR, _TARGET = 0.5, 0.8


def is_known(line: ScoreLine) -> bool:
    """Tell whether there is, or ever was, anything to say on a line."""
    return line.value is not None or any(value is not None for value in line.history)


def group_lines(scorecard: Scorecard, *groups: Group) -> list[ScoreLine]:
    return [line for line in scorecard.lines if line.group in groups]


def score_rows(lines: Iterable[ScoreLine], *, currency: str) -> list[GridRow]:
    """Return scorecard lines as rows of `SCORE_COLUMNS`."""
    return [GridRow(line.metric, _score_cells(line, currency)) for line in lines]


def group_share(scorecard: Scorecard, group: Group) -> float | None:
    """Return what share of the score the group makes, or None where it makes none."""
    parts = [
        line.contribution for line in scorecard.lines if line.group is group and line.contribution is not None
    ]
    points = scorecard.outcome if group is Group.OUTCOME else scorecard.leading
    return sum(parts) / points if parts and points else None


def movement_rows(movements: Iterable[Movement]) -> list[GridRow]:
    """Return what moved a score, as rows of `MOVEMENT_COLUMNS`; nothing below a twentieth of a point."""
    return [
        GridRow(one.metric or "", (GridCell(one.title, tooltip=one.title), _signed_points(one.points)))
        for one in movements
        if abs(one.points) >= 0.05
    ]


def change_words(change: ScoreChange) -> str:
    """Return both scores and what lies between them, or what is missing to compare."""
    if change.score_before is None:
        return f"There is no score of {write_day(change.before)} to compare with."
    if change.score_after is None:
        return f"There is no score of {write_day(change.after)}."
    moved = change.score_after - change.score_before
    signed = f"{'+' if moved > 0 else '−'}{abs(moved):.1f}" if abs(moved) >= 0.05 else "unchanged"
    return f"{change.score_before:.1f} → {change.score_after:.1f} ({signed})"


def contribution_rows(card: Scorecard) -> list[GridRow]:
    """Return how the score adds up, as rows of `CONTRIBUTION_COLUMNS`; the last is the sum."""
    rows = []
    for group in (Group.OUTCOME, Group.LEADING):
        valued = [line for line in card.lines if line.group is group and line.contribution is not None]
        weight = sum(line.weight for line in valued)
        share = group_share(card, group)
        for line in valued:
            counts = f"{share * line.weight / weight:.1%}" if share is not None and weight else DASH
            rows.append(
                GridRow(
                    line.metric,
                    (
                        GridCell(line.title, line.title, f"{line.title} · opens its records"),
                        GridCell(f"{line.points:.0f}", line.points),
                        GridCell(counts, tone=Tone.MUTED),
                        GridCell(f"{line.contribution:.1f}", line.contribution, strong=True),
                    ),
                )
            )
    if rows and card.score is not None:
        total = GridCell(f"{card.score:.1f}", card.score, strong=True)
        rows.append(GridRow("", (GridCell("Score", strong=True), GridCell(""), GridCell("100%"), total)))
    return rows


def milestone_rows(milestones: Iterable[Milestone], *, today: date) -> list[GridRow]:
    return [
        GridRow(one.name, (GridCell(one.name), GridCell(write_day(one.due_on)), _done(one, today)))
        for one in milestones
    ]


def since_words(report: PartnerReport, settings: Settings) -> tuple[str, Tone]:
    """Return how the score moved since the last quarter, such as −6 since FY26 Q2."""
    change = report.change
    if change.score_before is None or change.score_after is None:
        return "", Tone.MUTED
    moved = change.score_after - change.score_before
    quarter = settings.calendar.quarter_title(change.before)
    if round(abs(moved)) == 0:
        return f"unchanged since {quarter}", Tone.MUTED
    return (
        f"{'+' if moved > 0 else '−'}{abs(moved):.0f} since {quarter}",
        Tone.GOOD if moved > 0 else Tone.BAD,
    )


def score_words(report: PartnerReport) -> str:
    """Return the score, or in its place how far activation is; a dash where too little is known."""
    card = report.scorecard
    if card.onboarding:
        done = sum(step.done_on is not None for step in report.milestones)
        return f"{done} of {len(report.milestones)}" if report.milestones else DASH
    score = shown_score(card)
    return DASH if score is None else f"{score:.0f}"


def shown_score(card: Scorecard) -> float | None:
    """Return the score to show: the CAM's own, else that over all types; None where too little is known."""
    if card.judged is not None:
        return card.judged.score
    return card.blend.score if card.blend.enough_data else None


def standing_words(report: PartnerReport) -> list[str]:
    """Return what qualifies the score: rank, completeness, provisional, capped, onboarding."""
    card = report.scorecard
    words = []
    if card.judged is not None:
        computed = DASH if card.blend.score is None else f"{card.blend.score:.0f}"
        words.append(
            f"Set by {card.judged.author} until {write_day(card.judged.expires_on)}: {card.judged.reason}. "
            f"Computed: {computed}."
        )
    if len(card.hats) > 1:
        parts = (f"{hat.title} {DASH if hat.score is None else f'{hat.score:.0f}'}" for hat in card.hats)
        words.append(f"Of several types: {', '.join(parts)}.")
    if card.rank is not None:
        place = f"{ordinal(card.rank)} of {card.ranked} {in_a_sentence(report.type_short_title)}s"
        words.append(f"{place}, data complete {card.coverage:.0%}.")
    else:
        words.append(f"Data complete {card.coverage:.0%}.")
    if card.onboarding:
        words.append("Still onboarding, so not judged yet.")
    elif not card.enough_data:
        words.append("Not enough data for a judgement.")
    if card.provisional:
        connect = (
            f" Connect {', '.join(name.replace('_', ' ') for name in card.to_connect)}."
            if card.to_connect
            else ""
        )
        words.append(f"Provisional: {card.connected_weight:.0f} of 100 weight is connected.{connect}")
    if card.capped_by is not None:
        title = next((line.title for line in card.lines if line.metric == card.capped_by), card.capped_by)
        words.append(f"Held at amber by {in_a_sentence(title)}.")
    return words


def _score_cells(line: ScoreLine, currency: str) -> tuple[GridCell, ...]:
    note = "" if line.connected else "not connected: no source brings this yet"
    now = figure_cell(line.value, line.unit, currency=currency, points=line.points, note=note)
    return (
        GridCell(line.title, line.title, f"{line.title} · opens its records"),
        replace(now, strong=line.value is not None),
        _target(line, currency),
        _attainment(line, currency),
        _change(line, currency),
        trend_cell(
            line.history,
            tone=band_tone(line.points),
            words=", ".join(write(value, line.unit, currency=currency) for value in line.history),
        ),
        GridCell(f"{line.weight:.0f}%" if line.weight else "shown", line.weight, tone=Tone.MUTED),
    )


def _target(line: ScoreLine, currency: str) -> GridCell:
    if line.target is None:
        return GridCell(DASH, None, "no target", Tone.FAINT, spoken="no target")
    sign = "≤ " if line.better == "lower" else ""
    text = f"{sign}{write(line.target.value, line.unit, currency=currency)}"
    exact = write(line.target.value, line.unit, currency=currency, full=True)
    if line.target.assumed:
        return GridCell(f"assumed {text}", line.target.value, f"{exact}, assumed: nobody set it", Tone.MUTED)
    return GridCell(text, line.target.value, exact, Tone.MUTED)


def _attainment(line: ScoreLine, currency: str) -> GridCell:
    if line.points is None:
        return GridCell(DASH, None, NO_DATA if line.value is None else "no marks", Tone.FAINT)
    words = f"{line.points:.0f} of 100 points"
    if line.contribution is not None:
        words += f", {line.contribution:.1f} of the score"
    if len(line.marks) == 4:
        _, floor, target, stretch = (write(mark, line.unit, currency=currency) for mark in line.marks)
        words += f" · floor {floor}, target {target}, stretch {stretch}"
    meter = Meter(line.points / 100, band_tone(line.points), ticks=(_FLOOR, _TARGET))
    return GridCell("", line.points, words, mark=meter, spoken=words)


def _change(line: ScoreLine, currency: str) -> GridCell:
    text = write_change(line.value, line.previous_value, line.unit, currency=currency)
    if line.value is None or line.previous_value is None:
        return GridCell(DASH, None, NO_DATA, Tone.FAINT, spoken=NO_DATA)
    change = line.value - line.previous_value
    tone = Tone.NORMAL
    if change and text != "±0" and line.better in ("higher", "lower"):
        tone = Tone.GOOD if (change > 0) == (line.better == "higher") else Tone.BAD
    year = write_change(line.value, line.year_ago_value, line.unit, currency=currency)
    return GridCell(text, change, f"{text} since last quarter · {year} since a year ago", tone)


def _signed_points(points: float) -> GridCell:
    text = f"{'+' if points > 0 else '−'}{abs(points):.1f}"
    return GridCell(text, points, tone=Tone.GOOD if points > 0 else Tone.BAD)


def _done(milestone: Milestone, today: date) -> GridCell:
    if milestone.done_on is not None:
        return GridCell(f"✓ {write_day(milestone.done_on)}", tone=Tone.GOOD)
    if milestone.due_on is not None and milestone.due_on < today:
        return GridCell(f"{(today - milestone.due_on).days} d late", tone=Tone.BAD)
    return GridCell("open", tone=Tone.MUTED)
