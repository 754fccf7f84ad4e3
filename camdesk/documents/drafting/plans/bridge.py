"""From the baseline to the target: what renews, what leaks, what must grow and what must be new."""

from __future__ import annotations

from dataclasses import dataclass

from camdesk.base import money
from camdesk.base.periods import Period
from camdesk.documents.drafting.booked import booked
from camdesk.documents.drafting.draft import Draft, lacking, say
from camdesk.documents.drafting.facts import open_deals
from camdesk.documents.drafting.plans import network, recurring
from camdesk.documents.drafting.plans.deals import DEAL_KINDS
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.rows import amount, day
from camdesk.documents.model import Missing, Prose, Section, Step, Waterfall
from camdesk.documents.odds import DealFlow
from camdesk.insight.results import Unit

_KEY = "bridge"


@dataclass(frozen=True, slots=True)
class Part:
    """One step of the bridge in ten-thousandths, and in words what it is."""

    label: str
    value: float
    why: str


def parts(plan: Outline) -> tuple[Part, ...]:
    """Return the steps from baseline to target, which add up exactly; empty without a baseline."""
    target = plan.target
    if target is None or not target.base:
        return ()
    known, repeat, new = _known(plan, target.metric)
    rest = target.value - target.base - sum(part.value for part in known)
    if rest <= 0:
        return (*known, Part("Room to spare", rest, "what history brings beyond the target"))
    share = new / (repeat + new) if repeat + new > 0 else None
    if share is None:
        return (*known, Part("Still to find", rest, "neither renewal nor last year's business explains it"))
    fresh = rest * share
    grown = Part(
        "Growth", rest - fresh, "existing customers buy more, in the proportion of the last twelve months"
    )
    new_ones = Part("New", fresh, "from new ones, in the proportion of the last twelve months")
    return (*known, *(part for part in (grown, new_ones) if round(part.value)))


def _known(plan: Outline, metric: str) -> tuple[tuple[Part, ...], float, float]:
    """Return what history says of the year, and what old and new customers brought in the last."""
    if metric == network.METRIC:
        return _network(plan)
    if metric in recurring.METRICS:
        return _recurring(plan)
    return _orders(plan) if metric == "revenue" else _wins(plan, metric)


def _orders(plan: Outline) -> tuple[tuple[Part, ...], float, float]:
    draft, flow = plan.draft, plan.way.flow
    found = booked(draft, "revenue", year_back(draft.today))
    rows = found.rows if found else ()
    renewed = sum(amount(row) for row in rows if row["kind"] == "renewal")
    total = sum(amount(row) for row in rows)
    fresh = draft.insight.figure(draft.partner.partner_id, "new_customer_revenue", day=draft.today).value or 0
    repeat = max(0.0, total - renewed - fresh)
    if not isinstance(flow, DealFlow) or flow.renewal is None or not flow.renewing or flow.months < 12:
        return (), repeat, float(fresh)
    rate = draft.frozen.write(flow.renewal.share, Unit.PERCENT)
    known = [
        Part(
            "Renewals", flow.renewing - renewed, "more comes up for renewal than was renewed in twelve months"
        ),
        Part("Leakage", -flow.renewing * (1 - flow.renewal.share), f"lost at the renewal rate of {rate}"),
    ]
    return tuple(part for part in known if round(part.value)), repeat, float(fresh)


def _wins(plan: Outline, metric: str) -> tuple[tuple[Part, ...], float, float]:
    """Return the steps where every win is one of its own: last year's do not come again by themselves."""
    assert plan.target is not None
    base = plan.target.base or 0
    draft, flow = plan.draft, plan.way.flow
    found = booked(draft, metric, year_back(draft.today))
    rows = found.rows if found else ()
    before = booked(draft, metric, Period(draft.today.min, year_back(draft.today).start))
    known_names = {row["customer"] for row in (before.rows if before else ())}
    repeat = (
        float(sum(amount(row, found.column) for row in rows if row["customer"] in known_names))
        if found
        else 0.0
    )
    fresh = float(found.value) - repeat if found else 0.0
    known = [Part("Won once", -base, "wins of the last twelve months do not repeat by themselves")]
    kinds = DEAL_KINDS.get(metric)
    if kinds is not None and isinstance(flow, DealFlow):
        still = [deal for deal in open_deals(draft.rows, draft.today) if deal["kind"] in kinds]
        due = [deal for deal in still if (on := day(deal["expected_close_on"])) and on in plan.period]
        value = sum(amount(deal) for deal in due) * flow.win.share
        rate = draft.frozen.write(flow.win.share, Unit.PERCENT)
        if value:
            known.append(
                Part("Open pipeline", value, f"open deals expected in the year, at the win rate of {rate}")
            )
    return tuple(known), repeat, fresh


def _recurring(plan: Outline) -> tuple[tuple[Part, ...], float, float]:
    assert plan.target is not None
    found = recurring.billing(plan.draft)
    if found is None or not found.then:
        return (), 0.0, 0.0
    then = sum(found.then.values())
    run_rate = found.billed * 12
    lost = (
        run_rate * (1 - found.kept / then) / 2
    )  # customers leave all through the year: half of it, on average
    known = (
        Part(
            "Run rate",
            run_rate - (plan.target.base or 0),
            "twelve times the latest month, over what was billed",
        ),
        Part("Leakage", -lost, "what customers cancel or cut in a year, half of which shows in it"),
    )
    return tuple(part for part in known if round(part.value)), found.grown, found.new


def _network(plan: Outline) -> tuple[tuple[Part, ...], float, float]:
    found = network.network(plan.draft)
    if found is None or plan.target is None:
        return (), 0.0, 0.0
    known = (
        Part(
            "Not reported",
            found.value - (plan.target.base or 0),
            "the latest twelve reported months, over those of the baseline",
        ),
        Part("Leakage", -found.left, "resellers who sold in the year and not in the last three months"),
    )
    repeat = max(0.0, found.value - found.left - found.from_new)
    return tuple(part for part in known if round(part.value)), repeat, found.from_new


def section(plan: Outline) -> Section:
    """Return the bridge as a waterfall, and what each step rests on."""
    name, heading = "bridge", "Bridge"
    steps = parts(plan)
    target = plan.target
    if not steps or target is None or target.base is None:
        lack = "Bridge: needs a target and a year of results to start from."
        return lacking(name, heading, "The way from here to the target is still to be found", lack)
    draft = plan.draft
    key = plan.keep(
        _KEY,
        "From baseline to target",
        value=target.value - target.base,
        written=_signed(draft, target.value - target.base),
        words="Baseline and steps add up to the target. "
        + " ".join(f"{part.label}: {part.why}." for part in steps),
        parts=[
            ("Baseline", draft.money(target.base)),
            *((part.label, _signed(draft, part.value)) for part in steps),
            ("Target", draft.money(target.value)),
        ],
        kind="step",
    )
    chart = Waterfall(
        "From baseline to target",
        Step("Baseline", target.base / money.SCALE, draft.money(target.base), key),
        Step(f"Target {plan.year}", target.value / money.SCALE, draft.money(target.value), target.figure),
        tuple(Step(part.label, part.value / money.SCALE, _signed(draft, part.value), key) for part in steps),
        f"Waterfall: baseline {draft.money(target.base)}, "
        + ", ".join(f"{part.label} {_signed(draft, part.value)}" for part in steps)
        + f", target {draft.money(target.value)}.",
    )
    lines = tuple(say(f"{part.label}: {_unnumbered(part.why)}.") for part in steps)
    blocks: list[Waterfall | Prose | Missing] = [chart, Prose(lines)]
    return following(name, heading, _message(draft, steps), blocks)


def _unnumbered(words: str) -> str:
    """Return the words without the rate they end with: in the text a number stands with its figure only."""
    return words.partition(" of ")[0] if words.endswith("%") else words


def _message(draft: Draft, steps: tuple[Part, ...]) -> str:
    last = steps[-1]
    if last.label == "Room to spare":
        return "What is already under way exceeds the target"
    to_find = sum(part.value for part in steps if part.label in ("Growth", "New", "Still to find"))
    return f"{draft.money(to_find)} must come from growth and new business"


def _signed(draft: Draft, value: float) -> str:
    return f"{'−' if value < 0 else '+'}{draft.money(abs(value))}"
