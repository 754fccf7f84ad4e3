"""What the target takes: the odds of reaching it, what would move them most, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from camdesk.documents.drafting.draft import cell, lacking, lowered, number, say, table, wide
from camdesk.documents.drafting.plans import needed
from camdesk.documents.drafting.plans.outline import INPUTS, ODDS, Outline, following
from camdesk.documents.drafting.plans.purpose import write_chance
from camdesk.documents.model import Block, Cell, KeyFigure, KeyFigures, Line, Missing, Section, Span, Table
from camdesk.documents.odds import LeverOdds, Odds
from camdesk.documents.phrases import count

_NAME, _HEADING = "what-it-takes", "What it takes"
_LEVERS = "levers"


def freeze(plan: Outline) -> None:
    """Keep the odds with their inputs as figures, so that every page may speak of them."""
    outlook = plan.outlook
    if outlook is None or outlook.base is None or plan.target is None:
        return
    inputs = [(f"{one.name}{f', {one.whose}' if one.whose else ''}", one.written) for one in plan.way.inputs]
    plan.keep(
        INPUTS,
        "What the simulation rests on",
        value=len(inputs),
        written=count(len(inputs), "input"),
        words="From the partner's records of the last twelve months, or of the type where it says so.",
        parts=inputs,
        kind="input",
    )
    base, money = outlook.base, plan.draft.money
    plan.keep(
        ODDS,
        "Odds of the target",
        value=base.chance,
        written=write_chance(base.chance),
        words=f"Share of {base.runs:,} simulated years that reach the target. Each draws the rates as surely "
        "as their number of cases allows, the number of wins by chance, and the sizes from those won before. "
        "The seed comes from partner and year: the same records give the same odds.",
        parts=[
            *inputs,
            ("Runs", f"{base.runs:,}"),
            ("One year in ten stays below", money(base.p10)),
            ("The middle year", money(base.p50)),
            ("One year in ten goes beyond", money(base.p90)),
            ("Target", money(plan.target.value)),
        ],
    )
    if outlook.levers:
        plan.keep(
            _LEVERS,
            "What each commitment makes of the odds",
            value=outlook.levers[0].odds.chance,
            written=write_chance(outlook.levers[0].odds.chance),
            words="The same simulated years with one thing changed from the year's first day on.",
            parts=[(one.name, write_chance(one.odds.chance)) for one in outlook.levers],
            kind="commitment",
        )


def section(plan: Outline) -> Section:
    """Return what the quarters need, the odds with their spread, the levers and the inputs."""
    if plan.target is None:
        return lacking(
            _NAME, _HEADING, "What the target takes is not known yet", "What it takes: needs a target."
        )
    if plan.way.flow is None:
        lack = f"What it takes: needs {plan.way.lacks}."
        return lacking(_NAME, _HEADING, "What the target takes is not known yet", lack)
    quarters, message, lead = needed.by_quarter(plan)
    blocks: list[Block] = []
    if plan.outlook is not None and plan.outlook.base is not None:
        blocks += [
            _spread(plan, plan.outlook.base),
            quarters,
            *_levers(plan, plan.outlook.base),
            _inputs(plan),
        ]
    else:
        lacks = plan.outlook.lacks if plan.outlook else ""
        blocks += [quarters, Missing((f"Odds of the target: {lacks}.",))]
    return following(_NAME, _HEADING, message, blocks, lead=lead)


def _spread(plan: Outline, base: Odds) -> KeyFigures:
    money = plan.draft.money
    runs = Span(f"{base.runs:,}", ODDS)
    return KeyFigures(
        (
            KeyFigure(
                Span(write_chance(base.chance), ODDS),
                None,
                say("Odds of the target, in ", runs, " simulated years"),
            ),
            KeyFigure(Span(money(base.p50), ODDS), None, say("The middle year as things stand")),
            KeyFigure(
                Span(money(base.p10), ODDS),
                None,
                say("One year in ten ends below; one in ten goes beyond ", Span(money(base.p90), ODDS)),
            ),
        )
    )


def _levers(plan: Outline, base: Odds) -> list[Block]:
    assert plan.outlook is not None
    if not plan.outlook.levers:
        return []
    rows = [
        [
            cell(one.name, strong=index == 0),
            Cell((Span(write_chance(one.odds.chance), _LEVERS),), strong=index == 0),
            Cell((Span(_points(one, base), _LEVERS),)),
            Cell((Span(plan.draft.money(one.odds.p50), _LEVERS),)),
        ]
        for index, one in enumerate(plan.outlook.levers)
    ]
    columns = [wide("Commitment", 2.2), number("Odds with it"), number("Change"), number("Middle year")]
    return [table(columns, rows, title="What moves the odds most", note=_verdict(plan.outlook.levers, base))]


def _points(one: LeverOdds, base: Odds) -> str:
    points = round(one.odds.chance * 100) - round(base.chance * 100)
    return f"{'−' if points < 0 else '+'}{abs(points)} pt" if points else "±0"


def _verdict(levers: Sequence[LeverOdds], base: Odds) -> Line:
    best = levers[0]
    if base.chance >= 0.995:
        return say("The target is within reach as things stand.")
    if round(best.odds.chance * 100) == round(base.chance * 100):
        return say(
            f"None of these alone changes the odds; “{lowered(best.name)}” adds most to the middle year."
        )
    if best.odds.chance < 0.5:
        return say(f"“{best.name}” helps most, but it takes more than one of these.")
    return say(f"“{best.name}” moves the odds most.")


def _inputs(plan: Outline) -> Table:
    rows = [
        [cell(one.name), Cell((Span(one.written, INPUTS),)), cell(one.whose or "its own", tone="quiet")]
        for one in plan.way.inputs
    ]
    return table(
        [wide("Rests on", 2.4), number("Value"), wide("Whose", 0.8)],
        rows,
        title="What the simulation rests on",
    )
