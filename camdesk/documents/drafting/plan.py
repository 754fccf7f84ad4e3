"""The joint business plan: where we start, the targets, what they take, who does what, who signs."""

from __future__ import annotations

from datetime import date

from camdesk.documents.drafting import commitments
from camdesk.documents.drafting.draft import (
    NAME_LENGTH,
    Draft,
    cell,
    day_cell,
    lowered,
    number,
    say,
    table,
    wide,
)
from camdesk.documents.drafting.opening import open_draft
from camdesk.documents.drafting.rows import day
from camdesk.documents.drafting.year_target import YearTarget, year_target
from camdesk.documents.model import (
    Block,
    Cell,
    Document,
    FrozenFigure,
    FrozenRecord,
    KeyFigure,
    KeyFigures,
    Missing,
    Section,
    SignOff,
    Span,
)
from camdesk.documents.phrases import capital, clipped, count, in_words
from camdesk.insight.insight import Insight
from camdesk.insight.results import Milestone, Unit
from camdesk.insight.wording import write_day

_BASELINE = 8


def draft_plan(insight: Insight, partner_id: str, *, year: int) -> Document:
    """Draft the plan of a fiscal year; its figures stand as of today."""
    calendar = insight.settings.calendar
    period = calendar.year_named(year)
    draft = open_draft(insight, partner_id, period=calendar.quarter(insight.as_of))
    target = year_target(draft, period)
    sections = [
        _goal(draft, target, year),
        _baseline(draft),
        _takes(draft, target),
        commitments.agreed(draft),
        _milestones(draft, insight.milestones(partner_id)),
        _governance(draft),
        _signatures(draft),
    ]
    return Document(
        kind="plan",
        title="Joint business plan",
        partner_id=partner_id,
        partner_name=clipped(draft.partner.name, NAME_LENGTH),
        our_name=clipped(insight.settings.our_name, NAME_LENGTH),
        period=str(year),
        period_title=f"FY{year % 100:02d}",
        figures_as_of=draft.day,
        drafted_on=draft.today,
        sections=tuple(sections),
        figures=draft.frozen.figures,
        profile_version=draft.scorecard.profile_version,
    )


def _goal(draft: Draft, target: YearTarget | None, year: int) -> Section:
    name = f"FY{year % 100:02d}"
    if target is None:
        lack = "Targets: there is neither a target on record nor a year of results to derive one from."
        return Section("goal", "Goal", f"A goal for {name} is still to be agreed", (), (Missing((lack,)),))
    base = draft.frozen.span(target.metric, on=draft.today)
    goal = Span(draft.frozen.write(target.value, target.unit), target.figure)
    growth = Span(f"{'−' if target.growth < 0 else '+'}{abs(target.growth) * 100:.0f}%", target.figure)
    state = "assumed" if target.assumed else "agreed"
    items = (
        KeyFigure(base, None, say(f"{target.title}, baseline of {write_day(draft.today)}")),
        KeyFigure(goal, None, say(f"Target {name}, {state}")),
        KeyFigure(growth, None, say("Growth it asks for")),
    )
    rows: list[list[Cell]] = []
    running = 0.0
    for period, part in target.quarters:
        running += part
        rows.append(
            [
                cell(draft.calendar.quarter_title(period.start)),
                cell(f"{write_day(period.start)} to {write_day(period.last)}"),
                Cell((Span(draft.frozen.write(part, target.unit), target.figure),), strong=True),
                Cell((Span(draft.frozen.write(running, target.unit), target.figure),)),
            ]
        )
    shape = (
        "The year falls over its quarters as the last four did." if target.shaped else "In four equal parts."
    )
    block = table(
        [wide("Quarter"), wide("Days", 1.6), number("Target"), number("By then")],
        rows,
        title="Targets by quarter",
        note=say(shape),
    )
    lead = say("From ", base, " to ", goal, f" in {name}.", *_assumption(target))
    return Section("goal", "Goal", _goal_message(target), lead, (KeyFigures(items), block))


def _assumption(target: YearTarget) -> tuple[str, ...]:
    return (
        (" Nobody has set this target yet: it is derived from the baseline and to be agreed.",)
        if target.assumed
        else ()
    )


def _goal_message(target: YearTarget) -> str:
    title = lowered(target.title.partition(",")[0])
    if target.growth >= 0.005:
        return f"Grow {title}, quarter by quarter"
    return f"Hold {title}" if target.growth > -0.005 else f"Rebuild {title}"


def _baseline(draft: Draft) -> Section:
    lines = [line for line in draft.scorecard.lines if line.value is not None][:_BASELINE]
    if not lines:
        lack = "Baseline: no line of the scorecard has data yet."
        return Section(
            "baseline", "Baseline", "Where we start is not known yet", (), (Missing((lack,)),), False
        )
    rows: list[list[Cell]] = []
    for line in lines:
        now = draft.line_figure(line, on=draft.day)
        target = draft.frozen.write(line.target.value, line.unit) if line.target else "–"
        ago = draft.frozen.write(line.year_ago_value, line.unit) if line.year_ago_value is not None else "–"
        rows.append(
            [
                cell(line.title),
                Cell((now,), strong=True),
                Cell((Span(ago, now.figure),)),
                Cell((Span(target, now.figure),)),
            ]
        )
    columns = [wide("Figure", 2.0), number("Today"), number("A year ago"), number("Target")]
    lead = say(f"What a {draft.profile.title.lower()} is judged on: {draft.profile.judged_on}.")
    return Section("baseline", "Baseline", "Where we start", lead, (table(columns, rows),), False)


def _takes(draft: Draft, target: YearTarget | None) -> Section:
    """Return the pipeline each quarter needs at the partner's own win rate and deal size."""
    name, heading = "pipeline-needed", "What it takes"
    rate = draft.figure("win_rate", on=draft.today)
    size = draft.figure("average_deal_size", on=draft.today)
    if target is None or target.unit is not Unit.MONEY or rate is None or size is None:
        lack = (
            "What it takes: needs a target, five closed registered deals in twelve months and three won ones."
        )
        return Section(name, heading, "What the target takes is not known yet", (), (Missing((lack,)),))
    odds = draft.insight.figure(draft.partner.partner_id, "win_rate", day=draft.today).value or 0
    deal = draft.insight.figure(draft.partner.partner_id, "average_deal_size", day=draft.today).value or 0
    if odds <= 0 or deal <= 0:
        lack = "What it takes: no registered deal was won in twelve months, so there is no rate to plan with."
        return Section(name, heading, "What the target takes is not known yet", (), (Missing((lack,)),))
    key = _takes_key(draft, target, odds, deal)
    rows = [
        [
            cell(draft.calendar.quarter_title(period.start)),
            Cell((Span(draft.frozen.write(part, target.unit), target.figure),)),
            Cell((Span(f"{_up(part / deal):,}", key),)),
            Cell((Span(f"{_up(part / deal / odds):,}", key),), strong=True),
            Cell((Span(draft.money(part / odds), key),), strong=True),
        ]
        for period, part in target.quarters
    ]
    columns = [
        wide("Quarter"),
        number("Target"),
        number("Deals to win"),
        number("Registrations"),
        number("Pipeline"),
    ]
    lead = say(
        "At the partner's own win rate of ",
        rate,
        " and deal size of ",
        size,
        ", if all of it came from deals.",
    )
    total = sum(_up(part / deal / odds) for _, part in target.quarters)
    message = f"The target takes {count(total, 'registration')} in the year"
    block = table(columns, rows, title="Needed by quarter")
    return Section(name, heading, message, lead, (block,))


def _up(value: float) -> int:
    return -int(-value // 1)


def _takes_key(draft: Draft, target: YearTarget, odds: float, deal: float) -> str:
    records = (
        FrozenRecord("", "Win rate, registered deals of twelve months", "", f"{odds * 100:.1f}%"),
        FrozenRecord("", "Average size of won registered deals", "", draft.money(deal)),
        FrozenRecord("", "Target of the year", "", draft.money(target.value)),
    )
    return draft.frozen.keep(
        FrozenFigure(
            "pipeline-needed",
            "Pipeline and registrations needed",
            None,
            target.value / odds,
            draft.money(target.value / odds),
            (),
            "",
            draft.today,
            len(records),
            "Deals to win = target over average deal size; registrations = deals to win over win rate; "
            "pipeline = target over win rate. Deals are rounded up.",
            records,
            "figure",
        )
    )


def _milestones(draft: Draft, derived: tuple[Milestone, ...]) -> Section:
    joint = [row for row in draft.rows.of("milestones") if row["kind"] == "joint"]
    ahead = [
        row for row in joint if row["completed_on"] is None or (day(row["due_on"]) or date.min) > draft.today
    ]
    rows = [_milestone(draft, row["name"], day(row["due_on"]), day(row["completed_on"])) for row in ahead]
    rows += [_milestone(draft, one.name, one.due_on, one.done_on) for one in derived if one.done_on is None]
    if not rows:
        lack = "Milestones: none is on record beyond today."
        return Section(
            "milestones", "Milestones", "Milestones are still to be set", (), (Missing((lack,)),), False
        )
    columns = [wide("Milestone", 2.6), number("Due"), number("State")]
    message = f"{capital(in_words(len(rows), 'milestone'))} ahead"
    return Section("milestones", "Milestones", message, (), (table(columns, rows[:12]),), False)


def _milestone(draft: Draft, name: str, due: date | None, done: date | None) -> list[Cell]:
    if done is not None and done <= draft.today:
        state = cell("done", tone="good")
    elif due is not None and due < draft.today:
        state = cell("late", tone="bad")
    else:
        state = cell("open")
    return [cell(name), day_cell(due), state]


def _governance(draft: Draft) -> Section:
    cadence = draft.profile.cadence.get(draft.partner.attention)
    kinds = (("working", "Working call"), ("review", "Business review"), ("executive", "Executive meeting"))
    rows: list[list[Cell]] = []
    for kind, title in kinds:
        days = getattr(cadence, kind) if cadence else None
        if days is not None:
            rows.append([cell(title), cell(f"every {days} days"), *_meetings(draft, kind)])
    name, heading = "governance", "How we meet"
    if not rows:
        lack = "How we meet: this type and attention class has no set cadence."
        return Section(name, heading, "How we meet is still to be agreed", (), (Missing((lack,)),), False)
    columns = [wide("Meeting", 1.4), wide("Cadence", 1.2), number("Last held"), number("Next planned")]
    return Section(name, heading, "How we keep to the plan", (), (table(columns, rows),), False)


def _meetings(draft: Draft, kind: str) -> list[Cell]:
    mine = [row for row in draft.rows.of("meetings") if row["kind"] == kind]
    held = [day(row["scheduled_at"]) for row in mine if row["status"] == "held"]
    planned = [day(row["scheduled_at"]) for row in mine if row["status"] == "planned"]
    last = max((one for one in held if one and one <= draft.today), default=None)
    following = min((one for one in planned if one and one >= draft.today), default=None)
    return [day_cell(last), day_cell(following) if following else cell("to be set", tone="warn")]


def _signatures(draft: Draft) -> Section:
    contacts = draft.rows.of("contacts")
    primary = next((row for row in contacts if row["is_primary"] and not row["left_on"]), None)
    theirs = ""
    if primary is not None:
        theirs = ", ".join(str(part) for part in (primary["name"], primary["role"]) if part)
    blocks: tuple[Block, ...] = (
        SignOff(
            (
                (clipped(draft.insight.settings.our_name, 60), "For us"),
                (clipped(draft.partner.name, 60), clipped(theirs or "For the partner", 60)),
            )
        ),
    )
    lead = say("Draft until both sides have signed; a change afterwards makes a new version.")
    return Section("sign-off", "Approvals", "To be agreed by both sides", lead, blocks, False)
