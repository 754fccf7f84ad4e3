"""The scorecard in one table, what moved it, and where the partner stands in its programme."""

from __future__ import annotations

from collections.abc import Sequence

from camdesk.documents.drafting.causes import cause_of, change_of
from camdesk.documents.drafting.draft import Draft, cell, number, say, spark_cell, table, wide
from camdesk.documents.model import (
    Block,
    Cell,
    Column,
    FrozenFigure,
    FrozenRecord,
    Line,
    Missing,
    Prose,
    Section,
    Span,
    Step,
    Table,
    Tone,
    Waterfall,
)
from camdesk.documents.phrases import capital, in_words, joined, of_in_words
from camdesk.insight.results import Group, Movement, Requirement, ScoreChange, ScoreLine, TierState
from camdesk.insight.wording import DASH, write_day

BARS_SHOWN = 5
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


def score_key(draft: Draft) -> str:
    """Keep the score as a figure of its own, made of its lines; return its key."""
    card = draft.scorecard
    weighed = [line for line in card.lines if line.contribution is not None]
    records = tuple(
        FrozenRecord(f"weight {line.weight:g}", line.title, "", f"{line.contribution:.1f}")
        for line in weighed
    )
    return draft.frozen.keep(
        FrozenFigure(
            key="score",
            title="Partner score",
            metric=None,
            value=card.score,
            written=DASH if card.score is None else f"{card.score:.0f}",
            also=(),
            window="",
            as_of=card.as_of,
            n=len(weighed),
            definition=_SCORE,
            records=records,
            record_kind="line",
        )
    )


def section(draft: Draft, change: ScoreChange, tier: TierState) -> Section:
    """Return the scorecard page: table, reasons, tier."""
    card = draft.scorecard
    scored = [line for line in card.lines if line.points is not None and line.weight > 0]
    reached = sum(1 for line in scored if (line.points or 0) >= ON_TARGET)
    if all(line.value is None for line in card.lines):
        return Section("scorecard", "Scorecard", _message(0, 0), (), (Missing((_no_line(draft),)),))
    blocks: list[Block] = [_table(draft, card.lines), *_without_history(draft)]
    blocks += movements(draft, change)
    blocks += _standing(draft, tier)
    return Section("scorecard", "Scorecard", _message(reached, len(scored)), _lead(draft), tuple(blocks))


def _no_line(draft: Draft) -> str:
    wanted = [entity.replace("_", " ") for entity in draft.scorecard.to_connect]
    hint = f" Connect {joined(wanted)}." if wanted else ""
    return f"Scorecard: no line of the {draft.profile.title.lower()}’s scorecard has data.{hint}"


def _without_history(draft: Draft) -> list[Block]:
    """Return why lines that read a state have no value on a day before the first sync."""
    metrics = draft.insight.catalog.metrics
    silent = [
        line.title[:1].lower() + line.title[1:]
        for line in draft.scorecard.lines
        if line.value is None and line.weight and metrics[line.metric].history == "from first sync"
    ]
    if not silent or draft.day == draft.today:
        return []
    reason = "read states that are known only from the first sync on, so they have no value for this day."
    verb = reason if len(silent) > 1 else "reads states that are known only from the first sync on."
    return [Missing((f"{capital(joined(silent))} {verb}",))]


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
    if card.score is None or card.band is None:
        return say("There is not enough data for a score: see what is missing below.")
    parts: list[str | Span] = ["Score ", Span(f"{card.score:.0f}", score_key(draft)), f", {card.band.value}"]
    if card.provisional:
        parts.append(", provisional until more of its lines have data")
    if card.capped_by is not None:
        capping = draft.line(card.capped_by)
        parts.append(f"; held at amber by {capping.title.lower() if capping else card.capped_by}")
    parts.append(f", on {write_day(card.as_of)}. Judged on {draft.profile.judged_on}.")
    return say(*parts)


def _table(draft: Draft, lines: Sequence[ScoreLine]) -> Table:
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
    for group, title in _GROUPS:
        members = [line for line in lines if line.group is group]
        if members:
            rows.append([cell(title, strong=True), *[Cell()] * (len(columns) - 1)])
            rows += [_row(draft, line) for line in members]
    median = any(line.median is not None for line in lines)
    note = "Adds: the points of the score that the line brings. ≈ marks a target that is assumed. "
    note += (
        f"Median: of all {draft.profile.plural.lower()}."
        if median
        else f"Median: shown once eight {draft.profile.plural.lower()} have a value."
    )
    return table(columns, rows, note=say(note))


def _row(draft: Draft, line: ScoreLine) -> list[Cell]:
    now = draft.line_figure(line, on=draft.day)
    key = now.figure

    def written(value: float | int | None) -> Cell:
        return Cell((Span(draft.frozen.write(value, line.unit), key),)) if value is not None else cell(DASH)

    target = DASH
    if line.target is not None:
        assumed = "≈ " if line.target.assumed else ""
        target = f"{assumed}{draft.frozen.write(line.target.value, line.unit)}"
    adds = DASH
    tone: Tone = ""
    if line.contribution is not None and line.points is not None:
        adds = f"{line.contribution:.1f}"
        tone = _tone(line.points)
    return [
        cell(line.title),
        Cell((now,), "" if key else "quiet", strong=key is not None),
        Cell((Span(target, key),)),
        written(line.previous_value),
        written(line.year_ago_value),
        written(line.median),
        spark_cell(line.history) if key else cell(DASH),
        Cell((Span(adds, score_key(draft) if line.contribution is not None else None),), tone),
    ]


def _tone(points: float) -> Tone:
    return "good" if points >= ON_TARGET else "bad" if points < 40 else ""


def movements(draft: Draft, change: ScoreChange) -> list[Block]:
    """Return why the score moved: its largest movements with the records behind them."""
    if change.score_before is None or change.score_after is None:
        return []
    lines: list[Line] = []
    for movement in change.movements[:4]:
        line = draft.line(movement.metric) if movement.metric else None
        if line is None or abs(movement.points) < 0.5:
            continue
        effect = Span(signed(movement.points), score_key(draft))
        cause = cause_of(draft, line, improved=movement.points > 0)
        lines.append(say(*change_of(draft, line), ": ", effect, f" on the score.{cause}"))
    return [Prose(tuple(lines), f"What moved the score since {draft.quarter(draft.before)}")] if lines else []


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


def _standing(draft: Draft, tier: TierState) -> list[Block]:
    if not draft.profile.tiers:
        return []
    if tier.tier is None:
        return [Missing(("Where you stand: no tier is on record for this partner.",))]
    if not tier.known:
        return [Missing((f"Where you stand: the programme does not know the tier “{tier.tier}”.",))]
    key = _tier_key(draft, tier)
    asked = {one.name: one for one in tier.requirements}
    above = {one.name: one for one in tier.next_requirements}
    rows = [_requirement(draft, asked.get(name), above.get(name), key) for name in (asked | above)]
    title = f"Where you stand: {tier.tier}"
    if not rows:
        return [Prose((say(f"{tier.tier} asks for nothing that is measured here."),), title)]
    columns = [wide("Requirement"), number("You have"), number(tier.tier), number("")]
    if above:
        columns += [number(tier.next_tier or ""), number("")]
    return [table(columns, [row[: len(columns)] for row in rows], title=title, note=_terms(tier, key))]


def _requirement(draft: Draft, asked: Requirement | None, above: Requirement | None, key: str) -> list[Cell]:
    one = asked or above
    assert one is not None  # each name comes from one of the two
    cells = [cell(one.title), Cell((Span(draft.frozen.write(one.has, one.unit), key),), strong=True)]
    for level in (asked, above):
        if level is None:
            cells += [cell(DASH), Cell()]
        else:
            needed = Cell((Span(draft.frozen.write(level.needed, level.unit), key),))
            cells += [needed, _verdict(level)]
    return cells


def _verdict(level: Requirement) -> Cell:
    if level.met is None:
        return cell("no data", tone="quiet")
    return cell("met", tone="good") if level.met else cell("missing", tone="bad")


def _terms(tier: TierState, key: str) -> Line:
    parts: list[str | Span] = []
    terms = (
        ("discount", None if tier.discount is None else f"{tier.discount * 100:g}%"),
        ("fund accrual", None if tier.fund_accrual is None else f"{tier.fund_accrual * 100:g}%"),
        ("deal protection", None if tier.protection_days is None else f"{tier.protection_days} days"),
    )
    for title, written in terms:
        if written is not None:
            parts += [" · " if parts else f"Terms of {tier.tier}: ", f"{title} ", Span(written, key)]
    return say(*parts)


def _tier_key(draft: Draft, tier: TierState) -> str:
    asked = (*tier.requirements, *tier.next_requirements)
    records = tuple(
        FrozenRecord(
            "",
            f"{one.title}: {draft.frozen.write(one.needed, one.unit)} needed",
            "",
            draft.frozen.write(one.has, one.unit),
        )
        for one in asked
    )
    return draft.frozen.keep(
        FrozenFigure(
            "tier",
            "Tier and terms",
            None,
            None,
            tier.tier or DASH,
            (),
            "",
            draft.today,
            len(asked),
            f"The programme's requirements of {tier.tier} and of the tier above it, and its terms.",
            records,
            "requirement",
        )
    )
