"""What a year may bring: a seeded simulation from a partner's history. Nothing here reads live data.

Every run draws in the same order from its own seed, and what a lever changes is applied after the draw.
So two flows are compared on the same luck: more of anything good never lowers the odds.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import log

RUNS = 1_000
MONTHS = 12
WINS_DRAWN = 300  # beyond that many wins a year chance evens out, and each counts at the mean


@dataclass(frozen=True, slots=True)
class Rate:
    """A share as history gives it, as sure as the number of cases behind it; `lift` is added to it."""

    share: float
    cases: float
    lift: float = 0.0

    def draw(self, dice: random.Random) -> float:
        return dice.betavariate(self.share * self.cases + 0.5, (1 - self.share) * self.cases + 0.5)

    def lifted(self, drawn: float) -> float:
        return min(1.0, max(0.0, drawn + self.lift))


@dataclass(frozen=True, slots=True)
class DealFlow:
    """Business that comes from registrations, joint deals or referrals, beside what comes in anyhow."""

    starts: float  # a month
    win: Rate
    sizes: tuple[float, ...]  # of those won
    cycle: float  # months from start to win
    months: float = MONTHS  # still ahead
    booked: float = 0.0  # already in
    accepted: Rate | None = None  # where only accepted starts can win
    steady: float = 0.0  # what comes in outside of it in the months ahead
    steady_spread: float = 0.0
    renewing: float = 0.0  # due for renewal in the months ahead
    renewal: Rate | None = None
    more_starts: float = 0.0  # a month on top, from the first day on
    larger: float = 1.0

    @property
    def closing(self) -> float:
        """How many starts can close: a new one only a cycle after it began."""
        return self.starts * self.months + self.more_starts * max(0.0, self.months - self.cycle)


@dataclass(frozen=True, slots=True)
class RecurringFlow:
    """Monthly billing: what existing customers keep, and what new ones add."""

    monthly: float  # billed now
    retention: float  # of the same customers after twelve months
    retention_spread: float
    added: float  # a month, from new customers
    added_spread: float
    months: float = MONTHS
    booked: float = 0.0
    lead: float = 0.0  # months between now and the first one that counts
    kept_lift: float = 0.0
    price: float = 1.0


@dataclass(frozen=True, slots=True)
class SellThroughFlow:
    """Sales through resellers: the year before, grown as quarters of the past grew."""

    quarters: tuple[float, ...]  # the year before, those of the quarters still ahead
    growths: tuple[float, ...]  # quarter on the same quarter a year earlier, less one
    booked: float = 0.0
    more: float = 0.0  # in the quarters ahead, from what a lever adds
    growth_lift: float = 0.0


Flow = DealFlow | RecurringFlow | SellThroughFlow


@dataclass(frozen=True, slots=True)
class Odds:
    """How often a run reached the target, and what one in ten, half and nine in ten stayed below."""

    chance: float
    p10: float
    p50: float
    p90: float
    runs: int


@dataclass(frozen=True, slots=True)
class Lever:
    """Something one side could commit to, and the flow as it would then be."""

    name: str
    flow: Flow


@dataclass(frozen=True, slots=True)
class LeverOdds:
    name: str
    odds: Odds


@dataclass(frozen=True, slots=True)
class Outlook:
    """The odds of a target, and of each lever; `base` None where history is missing, `lacks` says what."""

    target: float
    base: Odds | None
    levers: tuple[LeverOdds, ...] = ()  # what moves the odds most comes first
    lacks: str = ""


def seed_of(partner_id: str, year: int) -> int:
    """Return the seed of a partner's year: the same on every machine and every day."""
    return int.from_bytes(hashlib.sha256(f"{partner_id}\n{year}".encode()).digest()[:6], "big")


def lack_of(flow: Flow) -> str:
    """Return what history is missing for a simulation; empty where there is enough."""
    if isinstance(flow, DealFlow):
        nothing = not flow.sizes or flow.closing <= 0
        return "" if flow.steady or flow.renewing or not nothing else "no won deal to plan with"
    if isinstance(flow, RecurringFlow):
        return "" if flow.monthly > 0 else "no billed month to plan with"
    return "" if flow.growths and any(flow.quarters) else "no two years of reported sales to compare"


def outlook(flow: Flow, target: float, *, seed: int, levers: tuple[Lever, ...] = ()) -> Outlook:
    """Return the odds of reaching `target`, and what each lever would make of them."""
    lacks = lack_of(flow)
    if lacks:
        return Outlook(target, None, lacks=lacks)
    # What the levers change comes after the draw, so that all of them may live through the same years.
    base, *with_levers = _odds((flow, *(lever.flow for lever in levers)), target, seed=seed, runs=RUNS)
    moved = [LeverOdds(lever.name, odds) for lever, odds in zip(levers, with_levers, strict=True)]
    moved.sort(key=lambda one: (-one.odds.chance, -one.odds.p50, one.name))
    return Outlook(target, base, tuple(moved))


def odds_of(flow: Flow, target: float, *, seed: int, runs: int = RUNS) -> Odds:
    """Return how often the runs reach `target`; the same input gives the same odds."""
    return _odds((flow,), target, seed=seed, runs=runs)[0]


def _odds(flows: Sequence[Flow], target: float, *, seed: int, runs: int) -> list[Odds]:
    """Return the odds of flows with the same history."""
    years = _years_of(flows)
    dice = random.Random()  # chance of business, not of secrets
    drawn: list[list[float]] = []
    for run in range(runs):
        dice.seed(seed * RUNS + run)
        drawn.append(years(dice))
    return [_summed_up(sorted(values), target) for values in zip(*drawn, strict=True)]


def _summed_up(values: list[float], target: float) -> Odds:
    runs = len(values)
    reached = sum(value >= target for value in values) / runs
    return Odds(reached, values[runs // 10], values[runs // 2], values[min(runs - 1, runs * 9 // 10)], runs)


def _years_of(flows: Sequence[Flow]) -> Callable[[random.Random], list[float]]:
    deals = [flow for flow in flows if isinstance(flow, DealFlow)]
    if deals:
        return partial(_deal_years, deals)
    recurring = [flow for flow in flows if isinstance(flow, RecurringFlow)]
    if recurring:
        return partial(_recurring_years, recurring)
    return partial(_sell_through_years, [flow for flow in flows if isinstance(flow, SellThroughFlow)])


def _deal_years(flows: Sequence[DealFlow], dice: random.Random) -> list[float]:
    base = flows[0]
    win = base.win.draw(dice)
    accepted = base.accepted.draw(dice) if base.accepted else 1.0
    renewed = base.renewal.draw(dice) if base.renewal else 1.0
    steady = max(0.0, dice.gauss(1.0, base.steady_spread))
    expected = [
        flow.closing * flow.win.lifted(win) * (flow.accepted.lifted(accepted) if flow.accepted else 1.0)
        for flow in flows
    ]
    won = _won(base.sizes, expected, dice)
    return [
        flow.booked
        + flow.renewing * (flow.renewal.lifted(renewed) if flow.renewal else 1.0)
        + flow.steady * steady
        + value * flow.larger
        for flow, value in zip(flows, won, strict=True)
    ]


def _won(sizes: Sequence[float], expected: Sequence[float], dice: random.Random) -> list[float]:
    """Return what is won where so many wins are expected, for each number of them.

    Wins arrive as in a Poisson process: the first ones stay where they are when more are to come.
    """
    if not sizes:
        return [0.0] * len(expected)
    found = [0.0] * len(expected)
    mean, number_of = sum(sizes) / len(sizes), len(sizes)
    total, wins, arrived = 0.0, 0, -log(1.0 - dice.random())
    for place in sorted(range(len(expected)), key=expected.__getitem__):
        while arrived <= expected[place] and wins < WINS_DRAWN:
            total += sizes[int(dice.random() * number_of)]
            arrived -= log(1.0 - dice.random())
            wins += 1
        beyond = expected[place] - arrived if wins == WINS_DRAWN else 0.0
        found[place] = total + max(0.0, beyond) * mean
    return found


def _recurring_years(flows: Sequence[RecurringFlow], dice: random.Random) -> list[float]:
    base = flows[0]
    retention = dice.gauss(base.retention, base.retention_spread)
    luck = dice.gauss(0.0, base.added_spread)
    return [_recurring_year(flow, retention, luck) for flow in flows]


def _recurring_year(flow: RecurringFlow, retention: float, luck: float) -> float:
    factor = max(0.0, retention + flow.kept_lift) ** (1 / MONTHS)
    added = max(0.0, flow.added + luck)
    billed, total = flow.monthly * factor**flow.lead + added * flow.lead, 0.0
    for _ in range(round(flow.months)):
        billed = billed * factor + added
        total += billed
    return flow.booked + total * flow.price


def _sell_through_years(flows: Sequence[SellThroughFlow], dice: random.Random) -> list[float]:
    base = flows[0]
    drawn = [base.growths[int(dice.random() * len(base.growths))] for _ in base.quarters]
    return [
        flow.booked
        + flow.more
        + sum(
            max(0.0, quarter * (1 + growth + flow.growth_lift))
            for quarter, growth in zip(flow.quarters, drawn, strict=True)
        )
        for flow in flows
    ]


def more_starts(flow: DealFlow, number: float) -> DealFlow:
    return replace(flow, more_starts=flow.more_starts + number)


def higher_win_rate(flow: DealFlow, points: float) -> DealFlow:
    return replace(flow, win=replace(flow.win, lift=flow.win.lift + points))


def higher_acceptance(flow: DealFlow, points: float) -> DealFlow:
    """Return the flow with more of its starts accepted; unchanged where none has to be."""
    accepted = flow.accepted
    return replace(flow, accepted=replace(accepted, lift=accepted.lift + points)) if accepted else flow


def higher_renewals(flow: DealFlow, points: float) -> DealFlow:
    """Return the flow with more of its contracts renewed; unchanged where no rate is known."""
    renewal = flow.renewal
    return replace(flow, renewal=replace(renewal, lift=renewal.lift + points)) if renewal else flow


def larger_deals(flow: DealFlow, share: float) -> DealFlow:
    return replace(flow, larger=flow.larger * (1 + share))
