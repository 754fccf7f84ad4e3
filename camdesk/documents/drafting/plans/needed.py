"""What a target takes quarter by quarter: deals and pipeline, billing and seats, or active resellers."""

from __future__ import annotations

from camdesk.documents.drafting.draft import cell, lowered, number, say, table, wide
from camdesk.documents.drafting.plans import network, recurring
from camdesk.documents.drafting.plans.outline import INPUTS, Outline
from camdesk.documents.drafting.plans.ways import MONTH_DAYS
from camdesk.documents.drafting.plans.year_target import YearTarget
from camdesk.documents.model import Cell, Line, Span, Table
from camdesk.documents.odds import DealFlow, RecurringFlow
from camdesk.documents.phrases import count, in_words, plural
from camdesk.insight.results import Unit

_NEEDED = "needed"


def by_quarter(plan: Outline) -> tuple[Table, str, Line]:
    """Return the table of the quarters, what it comes to in a sentence, and what it counts on."""
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
    rows, needed = _monthly(plan, plan.target, price, key)
    more = [max(0, seats - round(found.seats)) for seats in needed]
    for row, seats in zip(rows, more, strict=True):
        row.append(Cell((Span(f"{seats:,}" if price else "–", key),)))
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
    most = max(more, default=0)
    message = f"The target takes up to {most:,} more seats" if most else "Today’s seats carry the target"
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
    rows, needed = _monthly(plan, plan.target, usual, key)
    columns = [wide("Quarter"), number("Target"), number("Sold on a month"), number("Active resellers")]
    lead = say(
        "An active reseller sells on ",
        Span(money(usual), INPUTS),
        " a month; ",
        Span(f"{len(found.active):,}", INPUTS),
        " of them sold in the last three.",
    )
    more = max(needed, default=0) - len(found.active)
    message = (
        f"The best quarter takes {in_words(more, 'more active reseller')}"
        if more > 0
        else "The resellers of today carry the target"
    )
    return table(columns, rows, title="Needed by quarter"), message, lead


def _monthly(
    plan: Outline, target: YearTarget, each: float | None, key: str
) -> tuple[list[list[Cell]], list[int]]:
    """Return a row a quarter, and how many are needed in it where each brings so much a month."""
    rows, needed = [], []
    for period, part in target.quarters:
        many = _up(part / 3 / each) if each else 0
        needed.append(many)
        rows.append(
            [
                cell(plan.draft.calendar.quarter_title(period.start)),
                Cell((plan.target_span(part),)),
                Cell((Span(plan.draft.money(part / 3), key),), strong=True),
                Cell((Span(f"{many:,}" if each else "–", key),), strong=True),
            ]
        )
    return rows, needed
