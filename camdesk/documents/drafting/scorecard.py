"""The scorecard in one table, line by line, and the score it adds up to."""

from __future__ import annotations

from camdesk.documents.drafting.draft import (
    Draft,
    Length,
    cell,
    lacking,
    lowered,
    number,
    say,
    spark_cell,
    table,
    wide,
)
from camdesk.documents.model import (
    Block,
    Cell,
    Column,
    FrozenFigure,
    FrozenRecord,
    Line,
    Missing,
    Section,
    Span,
    Table,
    Tone,
)
from camdesk.documents.phrases import capital, in_words, joined, of_in_words
from camdesk.insight.results import Group, Scorecard, ScoreLine
from camdesk.insight.wording import DASH, write_day

ON_TARGET = 80.0  # points at the target mark
_SCORE = (
    "Each line earns 0 to 100 points between its marks; the score is their mean by weight, over the lines "
    "that have data. What each line adds is listed."
)
_GROUPS = (
    (Group.OUTCOME, "Outcomes"),
    (Group.LEADING, "Leading signs"),
    (Group.ACTIVITY, "Activity, not scored"),
    (Group.SHOWN, "Also shown"),
)


_BLEND = "The scores of the partner's types, each by its own scorecard and with its share."


def score_key(draft: Draft) -> str:
    """Keep the score as a figure of its own, made of its lines or of its types; return its key."""
    card = draft.scorecard
    weighed = [line for line in card.lines if line.contribution is not None]
    records = tuple(
        FrozenRecord(f"weight {line.weight:g}", line.title, "", f"{line.contribution:.1f}")
        for line in weighed
    )
    if draft.other_cards:
        records = tuple(
            FrozenRecord(f"share {hat.share * 100:.0f}%", hat.title, "", _written(hat.score))
            for hat in card.hats
        )
    return draft.frozen.keep(
        FrozenFigure(
            key="score",
            title="Partner score",
            metric=None,
            value=draft.blend.score,
            written=_written(draft.blend.score),
            also=(),
            window="",
            as_of=card.as_of,
            n=len(records),
            definition=_BLEND if draft.other_cards else _SCORE,
            records=records,
            record_kind="type" if draft.other_cards else "line",
        )
    )


def _written(score: float | None) -> str:
    return DASH if score is None else f"{score:.0f}"


def section(draft: Draft) -> Section:
    """Return the scorecard of every type the partner is, the primary one first."""
    cards = (draft.scorecard, *draft.other_cards)
    scored = [line for card in cards for line in card.lines if line.points is not None and line.weight > 0]
    reached = sum(1 for line in scored if (line.points or 0) >= ON_TARGET)
    valued = [card for card in cards if any(_is_told(draft, line) for line in card.lines)]
    if not valued:
        return lacking("scorecard", "Scorecard", _message(0, 0), _no_line(draft), new_page=True)
    blocks: list[Block] = []
    for card in valued if draft.length is Length.FULL else valued[:1]:
        title = draft.insight.catalog.profiles[card.type].title if draft.other_cards else ""
        blocks.append(_table(draft, card, title))
    if draft.length is Length.FULL:
        blocks += _without_history(draft)
    return Section("scorecard", "Scorecard", _message(reached, len(scored)), _lead(draft), tuple(blocks))


def _no_line(draft: Draft) -> str:
    wanted = draft.scorecard.to_connect
    hint = f" Connect {joined(wanted)}." if wanted else ""
    return f"Scorecard: no line of the {draft.profile.title.lower()}’s scorecard has data.{hint}"


def _without_history(draft: Draft) -> list[Block]:
    """Return why lines that read a state have no value on a day before the first sync."""
    metrics = draft.insight.catalog.metrics
    silent = [
        lowered(line.title)
        for line in draft.scorecard.lines
        if line.value is None and line.weight and metrics[line.metric].history == "from first sync"
    ]
    if not silent or draft.day == draft.today:
        return []
    return [Missing((f"No value for this day, being known only from the first sync on: {joined(silent)}.",))]


def _message(reached: int, scored: int) -> str:
    if scored == 0:
        return "No line of the scorecard has data yet"
    if reached == scored:
        return (
            f"{capital(in_words(scored, 'line'))} on the scorecard, all on target"
            if scored > 1
            else ("The one line with data is on target")
        )
    if reached == 0:
        return "No line of the scorecard is on target yet"
    verb = "is" if reached == 1 else "are"
    return f"{capital(of_in_words(reached, scored, 'line'))} {verb} on target"


def _lead(draft: Draft) -> Line:
    card = draft.scorecard
    on = f"on {write_day(card.as_of)}. Judged on {draft.profile.judged_on}."
    if draft.blend.score is None or draft.blend.band is None:
        return say("There is not enough data for a score: see what is missing below.")
    parts: list[str | Span] = [
        "Score ",
        Span(f"{draft.blend.score:.0f}", score_key(draft)),
        f", {draft.blend.band.value}",
    ]
    if draft.blend.provisional:
        parts.append(", provisional until more of its lines have data")
    if card.capped_by is not None:
        capping = draft.line(card.capped_by)
        parts.append(f"; held at amber by {lowered(capping.title) if capping else card.capped_by}")
    return say(*parts, f", {on}")


def _table(draft: Draft, card: Scorecard, title: str) -> Table:
    columns = [
        wide("Line", 1.0),
        number("Now"),
        number("Target"),
        number(draft.quarter(draft.before)),
        number("Year ago"),
        number("Median"),
        Column("8 quarters"),
        number("Adds"),
    ]
    rows: list[list[Cell]] = []
    for group, heading in _GROUPS:
        members = [line for line in card.lines if line.group is group]
        if draft.length is not Length.FULL:
            members = [line for line in members if _is_told(draft, line)]
        if members:
            rows.append([cell(heading, strong=True), *[Cell()] * (len(columns) - 1)])
            rows += [_row(draft, line)[: len(columns)] for line in members]
    return table(columns, rows, title=title, note=_note(draft, card))


def _is_told(draft: Draft, line: ScoreLine) -> bool:
    """Tell whether a line has a value, in a short review one that counts."""
    return line.value is not None and (draft.length is Length.FULL or line.weight > 0)


def _note(draft: Draft, card: Scorecard) -> Line:
    profile = draft.insight.catalog.profiles[card.type]
    parts = ["Adds: the points of the score that the line brings."]
    if any(line.target is not None and line.target.assumed for line in card.lines):
        parts.append("≈ marks a target that is assumed.")
    if any(line.median is not None for line in card.lines):
        parts.append(f"Median: of all {lowered(profile.plural)}.")
    else:
        parts.append(f"Median: shown once eight {lowered(profile.plural)} have a value.")
    return say(" ".join(parts))


def _row(draft: Draft, line: ScoreLine) -> list[Cell]:
    now = draft.line_figure(line, on=draft.day)
    key = now.figure

    def written(value: float | int | None) -> Cell:
        return Cell((Span(draft.frozen.write(value, line.unit), key),)) if value is not None else cell(DASH)

    target = DASH
    if line.target is not None:
        assumed = "≈ " if line.target.assumed else ""
        target = f"{assumed}{draft.frozen.write(line.target.value, line.unit)}"
    return [
        cell(line.title),
        Cell((now,), "" if key else "quiet", strong=key is not None),
        Cell((Span(target, key),)),
        written(line.previous_value),
        written(line.year_ago_value),
        written(line.median),
        spark_cell(line.history) if key else cell(DASH),
        _adds(draft, line),
    ]


def _adds(draft: Draft, line: ScoreLine) -> Cell:
    """Return what the line brings to the score."""
    if line.contribution is None or line.points is None:
        return cell(DASH)
    return Cell((Span(f"{line.contribution:.1f}", score_key(draft)),), _tone(line.points))


def _tone(points: float) -> Tone:
    return "good" if points >= ON_TARGET else "bad" if points < 40 else ""
