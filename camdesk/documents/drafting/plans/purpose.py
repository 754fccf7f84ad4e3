"""Why the two work together, and what each side wants out of the year."""

from __future__ import annotations

from camdesk.base.periods import Period
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, say, table, wide
from camdesk.documents.drafting.plans.outline import ODDS, Outline, following
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import (
    Block,
    Cell,
    KeyFigure,
    KeyFigures,
    Line,
    PlanTarget,
    PointColumns,
    Points,
    Section,
    Span,
)
from camdesk.documents.phrases import clipped, count, in_words
from camdesk.insight.results import ScoreLine
from camdesk.insight.wording import write_day

_ON_TARGET = 80
_THEIRS, _OURS = 3, 2
_TERMS = 3
_TERM_LENGTH = 60


def why_together(plan: Outline) -> Section:
    """Return the first page: the target, the baseline and the odds, and what each side brings."""
    blocks: list[Block] = []
    figures = _key_figures(plan)
    if figures:
        blocks.append(KeyFigures(figures))
    theirs, ours = _they_bring(plan), _we_bring(plan)
    none = (say("Nothing on record yet."),)
    names = (clipped(plan.draft.partner.name, 34), clipped(plan.draft.insight.settings.our_name, 34))
    blocks.append(
        PointColumns(
            (
                Points(f"What {names[0]} brings", theirs or none, numbered=False),
                Points(f"What {names[1]} brings", ours or none, numbered=False),
            )
        )
    )
    return Section("why-together", "Why us together", _message(plan), _lead(plan), tuple(blocks))


def _message(plan: Outline) -> str:
    if plan.target is None:
        return f"What we want to reach together in {plan.year}"
    title = plan.target.title.partition(",")[0]
    title = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    value = plan.draft.money(plan.target.value)
    growth = plan.target.growth
    if growth is None or growth >= 0.005:
        return f"{plan.year}: grow {title} to {value}"
    return (
        f"{plan.year}: hold {title} at {value}"
        if growth > -0.005
        else f"{plan.year}: rebuild {title} to {value}"
    )


def _lead(plan: Outline) -> Line:
    partner = plan.draft.partner
    kind = (
        plan.draft.profile.title.lower()
        if plan.draft.profile.title[1:2].islower()
        else plan.draft.profile.title
    )
    parts: list[str | Span] = [f"{clipped(partner.name, 60)}, {kind}"]
    if partner.enrolled_on is not None:
        parts.append(f", partner since {write_day(partner.enrolled_on)}")
    if partner.tier:
        parts.append(f", tier {clipped(partner.tier, 30)}")
    parts.append(f". The type is judged on {plan.draft.profile.judged_on}.")
    if plan.target is not None and plan.target.assumed:
        parts.append(" The target is assumed until both sides agree one.")
    return say(*parts)


def _key_figures(plan: Outline) -> tuple[KeyFigure, ...]:
    target, draft = plan.target, plan.draft
    if target is None:
        return ()
    items = []
    if target.base is not None:
        base = draft.frozen.span(target.metric, on=draft.today)
        items.append(KeyFigure(base, None, say("Baseline, twelve months to ", write_day(draft.today))))
    growth = None
    if target.growth is not None:
        sign = "−" if target.growth < 0 else "+"
        growth = Span(f"{sign}{abs(target.growth) * 100:.0f}%", target.figure)
    state = "assumed" if target.assumed else "agreed"
    items.append(KeyFigure(plan.target_span(target.value), growth, say(f"Target {plan.year}, {state}")))
    if plan.outlook is not None and plan.outlook.base is not None:
        chance = Span(write_chance(plan.outlook.base.chance), ODDS)
        items.append(KeyFigure(chance, None, say("Odds of reaching it as things stand")))
    return tuple(items)


def write_chance(chance: float) -> str:
    """Return odds as people may rely on them: no simulation is ever certain."""
    if chance >= 0.995:
        return "over 99%"
    return "under 1%" if chance < 0.01 else f"{chance * 100:.0f}%"


def _they_bring(plan: Outline) -> tuple[Line, ...]:
    draft = plan.draft
    lines: list[Line] = []
    people = draft.figure("certified_people", on=draft.today)
    if people is not None and people.text != "0":
        lines.append(say(people, f" certified {'person' if people.text == '1' else 'people'}"))
    customers = customers_key(draft, year_back(draft.today))
    if customers is not None:
        lines.append(say(Span(customers[1], customers[0]), " served in twelve months"))
    for metric, words in (("active_resellers", "active resellers"), ("managed_seats", "managed seats")):
        value = draft.figure(metric, on=draft.today)
        if value is not None and metric in _shown(draft):
            lines.append(say(value, f" {words}"))
    reached = [part for part in (draft.partner.region, draft.partner.industry) if part]
    if reached:
        lines.append(say(f"Reach: {clipped(', '.join(reached), 60)}"))
    done = [row for row in draft.rows.of("advocacy") if (on := day(row["done_on"])) and on <= draft.today]
    if done:
        key = draft.listed(
            "advocacy", "References and cases", "What the partner did for us in public.", "advocacy", done
        )
        lines.append(
            say(
                "Spoke for us in public ",
                Span(_often(len(done)), key),
            )
        )
    return tuple(lines)


def _often(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times) or in_words(times, "time")


def _shown(draft: Draft) -> set[str]:
    return {*draft.profile.columns, *(line.metric for line in draft.profile.lines)}


def customers_key(draft: Draft, recent: Period) -> tuple[str, str] | None:
    """Keep the customers served in twelve months as a figure: its key and `41 customers`; None without."""
    newest: dict[str, tuple[str, Row]] = {}
    for entity, column in (
        ("orders", "booked_on"),
        ("usage", "month"),
        ("deals", "closed_on"),
        ("projects", "started_on"),
    ):
        for row in draft.rows.of(entity):
            on = day(row[column])
            won = entity != "deals" or row["status"] == "won"
            if row["customer"] and won and on is not None and on in recent:
                newest.setdefault(str(row["customer"]), (entity, row))
    if not newest:
        return None
    entity = next(iter(newest.values()))[0]
    rows = [row for kind, row in newest.values() if kind == entity]
    words = (
        "Customers with an order, a billed month, a won deal or a project in twelve months; one record each."
    )
    key = draft.listed("customers", "Customers served", words, entity, rows)
    return key, count(len(newest), "customer")


def _we_bring(plan: Outline) -> tuple[Line, ...]:
    draft = plan.draft
    lines: list[Line] = []
    now = [row for row in draft.rows.of("terms") if in_force(row, plan)]
    if now:
        key = draft.listed("terms", "Terms in force", "Terms valid on the day of the draft.", "terms", now)
        lines += [say(Span(clipped(str(row["text"]), _TERM_LENGTH), key)) for row in now[:_TERMS]]
    left = draft.figure_value("fund_balance", on=draft.today) if draft.known("fund_balance") else None
    fund = draft.figure("fund_balance", on=draft.today) if left and left > 0 else None
    if fund is not None:
        lines.append(say("Market funds: ", fund, " still to be used this period"))
    held = [
        row
        for row in draft.rows.of("campaigns")
        if (on := day(row["started_on"])) and on in year_back(draft.today)
    ]
    if held:
        key = draft.listed(
            "campaigns", "Campaigns", "Campaigns begun in the last twelve months.", "campaigns", held
        )
        lines.append(
            say(Span(in_words(len(held), "campaign").capitalize(), key), " together in twelve months")
        )
    partner = next(iter(draft.rows.of("partners")), None)
    if partner is not None and partner["vendor_sponsor"]:
        lines.append(say(f"Sponsor: {clipped(str(partner['vendor_sponsor']), 40)}"))
    return tuple(lines)


def in_force(row: Row, plan: Outline) -> bool:
    today = plan.draft.today.isoformat()
    return (row["valid_from"] or "") <= today <= (row["valid_until"] or "9999")


def goals(plan: Outline) -> Section:
    """Return each side's goals: where they stand, the number to reach, and by when."""
    name, heading = "goals-of-both-sides", "Goals"
    rows: list[list[Cell]] = []
    draft = plan.draft
    if plan.target is not None:
        target = plan.target
        base = draft.frozen.span(target.metric, on=draft.today) if target.base is not None else Span("–")
        rows.append(
            [
                cell("Both"),
                cell(target.title),
                Cell((base,)),
                Cell((plan.target_span(target.value),), strong=True),
            ]
        )
    rows += [_goal(draft, line, "Partner") for line in _weak(plan, ours=False)]
    tier = draft.insight.tier_state(draft.partner.partner_id)
    if tier.next_tier:
        rows.append(
            [
                cell("Partner"),
                cell("Programme tier"),
                cell(tier.tier or "none"),
                cell(tier.next_tier, strong=True),
            ]
        )
    rows += [_goal(draft, line, "We") for line in _weak(plan, ours=True)]
    if not rows:
        return lacking(
            name,
            heading,
            "Goals are still to be named",
            "Goals: neither a target nor a scorecard line has a value yet.",
        )
    for row in rows:
        row.append(day_cell(plan.period.last))
    columns = [wide("Side", 0.5), wide("Goal", 2.2), number("Today"), number("Goal"), number("By")]
    note = say(
        "Drafted from the target, the weakest measures of each side and the next tier; to be agreed by both."
    )
    return following(name, heading, "What each side sets out to reach", (table(columns, rows, note=note),))


def _goal(draft: Draft, line: ScoreLine, side: str) -> list[Cell]:
    now = draft.line_figure(line, on=draft.today)
    goal = draft.frozen.write(line.target.value, line.unit) if line.target else "–"
    return [cell(side), cell(line.title), Cell((now,)), Cell((Span(goal, now.figure),), strong=True)]


def _weak(plan: Outline, *, ours: bool) -> list[ScoreLine]:
    card = plan.draft.scorecard
    lines = card.our_side if ours else card.lines
    found = [
        line
        for line in lines
        if line.value is not None
        and line.points is not None
        and line.points < _ON_TARGET
        and line.target is not None
        and line.metric != plan.draft.profile.attainment
        and line.better != "range"
    ]
    found.sort(key=lambda line: (-(line.weight or 1) * (_ON_TARGET - (line.points or 0)), line.metric))
    return found[: _OURS if ours else _THEIRS]


def goal_targets(plan: Outline, *, with_levels: bool) -> tuple[PlanTarget, ...]:
    """Return the goals as data: the sum of the year first, then the levels each side is to reach."""
    found: list[PlanTarget] = []
    if plan.target is not None:
        target = plan.target
        parts = tuple((quarter.last, part) for quarter, part in target.quarters)
        found.append(
            PlanTarget(
                target.metric,
                target.title,
                target.unit.value,
                "both",
                target.value,
                target.base,
                plan.period.start,
                plan.period.last,
                parts,
                target.assumed,
            )
        )
    for ours in (False, True) if with_levels else ():
        found += [
            PlanTarget(
                line.metric,
                line.title,
                line.unit.value,
                "vendor" if ours else "partner",
                line.target.value,
                line.value,
                plan.period.start,
                plan.period.last,
            )
            for line in _weak(plan, ours=ours)
            if line.target is not None
        ]
    return tuple(found)
