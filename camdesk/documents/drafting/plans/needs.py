"""What the target takes quarter by quarter, the odds of reaching it, and what would move them most."""

from __future__ import annotations

from collections.abc import Sequence

from camdesk.documents.drafting.draft import cell, lowered, number, say, table, wide
from camdesk.documents.drafting.plans import network, recurring
from camdesk.documents.drafting.plans.outline import INPUTS, ODDS, Outline, following, lacking
from camdesk.documents.drafting.plans.purpose import write_chance
from camdesk.documents.drafting.plans.ways import MONTH_DAYS
from camdesk.documents.model import Block, Cell, KeyFigure, KeyFigures, Line, Missing, Section, Span, Table
from camdesk.documents.odds import DealFlow, LeverOdds, Odds, RecurringFlow
from camdesk.documents.phrases import count, in_words, plural
from camdesk.insight.results import Unit

_NAME, _HEADING = "what-it-takes", "What it takes"
_NEEDED = "needed"
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
    needed, message, lead = _needed(plan)
    blocks: list[Block] = []
    if plan.outlook is not None and plan.outlook.base is not None:
        blocks += [_spread(plan, plan.outlook.base), needed, *_levers(plan, plan.outlook.base), _inputs(plan)]
    else:
        lacks = plan.outlook.lacks if plan.outlook else ""
        blocks += [needed, Missing((f"Odds of the target: {lacks}.",))]
    return following(_NAME, _HEADING, message, blocks, lead=lead)


def _needed(plan: Outline) -> tuple[Table, str, Line]:
    flow = plan.way.flow
    if isinstance(flow, DealFlow):
        return _deals(plan, flow)
    return _billing(plan) if isinstance(flow, RecurringFlow) else _resellers(plan)


def gap_share(flow: DealFlow, target: float) -> float:
    """Return the part of the target that deals must bring: what is left of it after everything else."""
    rate = flow.renewal.share if flow.renewal else 1.0
    anyhow = flow.booked + flow.steady + flow.renewing * rate
    return min(1.0, max(0.0, 1 - anyhow / target)) if target > 0 else 0.0


def starts_needed(flow: DealFlow, target: float) -> float:
    """Return the registrations, deals or referrals that bring what is left of the target."""
    chance = flow.win.share * (flow.accepted.share if flow.accepted else 1.0)
    size = sum(flow.sizes) / len(flow.sizes) if flow.sizes else 0.0
    return gap_share(flow, target) * target / (size * chance) if size and chance else 0.0


def _deals(plan: Outline, flow: DealFlow) -> tuple[Table, str, Line]:
    assert plan.target is not None
    target, noun, money = plan.target, plan.way.starts, plan.draft.money
    source = "deals" if flow.accepted is None else "referrals"
    share = gap_share(flow, target.value)
    size = sum(flow.sizes) / len(flow.sizes)
    chance = flow.win.share * (flow.accepted.share if flow.accepted else 1.0)
    key = plan.keep(
        _NEEDED,
        f"Pipeline and {plural(noun)} needed",
        value=starts_needed(flow, target.value),
        written=f"{_up(starts_needed(flow, target.value)):,}",
        words="What is left of the target after renewals and other business. Over the mean size of one won: "
        f"how many to win. That over the rate at which they are won: {plural(noun)}. What is left over the "
        "same rate: pipeline. Rounded up.",
        parts=[
            ("Target", money(target.value)),
            (f"Of it to come from {source}", money(share * target.value)),
            *((one.name, one.written) for one in plan.way.inputs),
        ],
    )
    rows, total = [], 0
    for period, part in target.quarters:
        gap = part * share
        starts = _up(gap / size / chance)
        total += starts
        rows.append(
            [
                cell(plan.draft.calendar.quarter_title(period.start)),
                Cell((plan.target_span(part),)),
                Cell((Span(money(gap), key),)),
                Cell((Span(f"{_up(gap / size):,}", key),)),
                Cell((Span(f"{starts:,}", key),), strong=True),
                Cell((Span(money(gap / chance), key),), strong=True),
            ]
        )
    columns = [
        wide("Quarter"),
        number("Target"),
        number(f"From {source}"),
        number("To win"),
        number(f"{noun.capitalize()}s"),
        number("Pipeline"),
    ]
    lead = say(*_rates(plan, flow), *_ahead_of_time(flow, noun), *_borrowed(plan))
    message = (
        f"The target takes {count(total, noun)} in the year" if total else "The target needs no new deal"
    )
    return table(columns, rows, title="Needed by quarter"), message, lead


def _rates(plan: Outline, flow: DealFlow) -> tuple[str | Span, ...]:
    def percent(share: float) -> Span:
        return Span(plan.draft.frozen.write(share, Unit.PERCENT), INPUTS)

    size = Span(plan.draft.money(sum(flow.sizes) / len(flow.sizes)), INPUTS)
    year = Span(count(round(flow.starts * 12), plan.way.starts), INPUTS)
    accepted = (percent(flow.accepted.share), " accepted, ") if flow.accepted else ()
    won = " of those closed won and " if flow.accepted else " won and "
    return (
        "It counts on ",
        *accepted,
        percent(flow.win.share),
        won,
        size,
        " for each win. The last twelve months brought ",
        year,
        ".",
    )


def _ahead_of_time(flow: DealFlow, noun: str) -> tuple[str | Span, ...]:
    days = round(flow.cycle * MONTH_DAYS)
    if days < 1:
        return ()
    return (f" Each {noun} is needed ", Span(count(days, "day"), INPUTS), " before its quarter ends.")


def _borrowed(plan: Outline) -> tuple[str, ...]:
    if not any(one.whose for one in plan.way.inputs):
        return ()
    kind = lowered(plan.draft.profile.plural)
    return (f" Its own closed deals are too few to plan with: rate and size are those of all {kind}.",)


def _up(value: float) -> int:
    return -int(-(value - 1e-9) // 1)


def _billing(plan: Outline) -> tuple[Table, str, Line]:
    found = recurring.billing(plan.draft)
    assert plan.target is not None
    assert found is not None
    money = plan.draft.money
    price = found.seat_price
    key = plan.keep(
        _NEEDED,
        "Monthly billing and seats needed",
        value=plan.target.value,
        written=money(plan.target.value),
        words="A quarter's target over three months; seats at what is billed for one today. Rounded up.",
        parts=[(one.name, one.written) for one in plan.way.inputs],
    )
    rows, most = [], 0
    for period, part in plan.target.quarters:
        seats = _up(part / 3 / price) if price else 0
        most = max(most, seats)
        rows.append(
            [
                cell(plan.draft.calendar.quarter_title(period.start)),
                Cell((plan.target_span(part),)),
                Cell((Span(money(part / 3), key),), strong=True),
                Cell((Span(f"{seats:,}" if price else "–", key),), strong=True),
                Cell((Span(f"{max(0, seats - round(found.seats)):,}" if price else "–", key),)),
            ]
        )
    columns = [
        wide("Quarter"),
        number("Target"),
        number("Billed a month"),
        number("Seats"),
        number("More than today"),
    ]
    lead = say(
        "Billed today: ",
        Span(money(found.billed), INPUTS),
        " a month for ",
        Span(f"{found.seats:,.0f} seats", INPUTS),
        ".",
    )
    more = max(0, most - round(found.seats))
    message = f"The target takes up to {more:,} more seats" if more else "Today’s seats carry the target"
    return table(columns, rows, title="Needed by quarter"), message, lead


def _resellers(plan: Outline) -> tuple[Table, str, Line]:
    found = network.network(plan.draft)
    assert plan.target is not None
    assert found is not None
    money, usual = plan.draft.money, found.usual
    key = plan.keep(
        _NEEDED,
        "Sell-through and resellers needed",
        value=plan.target.value,
        written=money(plan.target.value),
        words="A third of a quarter's target, over what an active reseller sells on in a month. Rounded up.",
        parts=[(one.name, one.written) for one in plan.way.inputs],
    )
    rows, most = [], 0
    for period, part in plan.target.quarters:
        needed = _up(part / 3 / usual) if usual else 0
        most = max(most, needed)
        rows.append(
            [
                cell(plan.draft.calendar.quarter_title(period.start)),
                Cell((plan.target_span(part),)),
                Cell((Span(money(part / 3), key),), strong=True),
                Cell((Span(f"{needed:,}" if usual else "–", key),), strong=True),
            ]
        )
    columns = [wide("Quarter"), number("Target"), number("Sold on a month"), number("Active resellers")]
    lead = say(
        "An active reseller sells on ",
        Span(money(usual), INPUTS),
        " a month; ",
        Span(f"{len(found.active):,}", INPUTS),
        " of them sold in the last three.",
    )
    more = most - len(found.active)
    message = (
        f"The best quarter takes {in_words(more, 'more active reseller')}"
        if more > 0
        else "The resellers of today carry the target"
    )
    return table(columns, rows, title="Needed by quarter"), message, lead


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
