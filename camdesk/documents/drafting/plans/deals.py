"""Targets earned by deals: registered ones of a reseller, joint and influenced ones of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from camdesk.base.periods import Period
from camdesk.documents.drafting.booked import INFLUENCED, JOINT, booked
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.facts import REGISTERED, is_rejected
from camdesk.documents.drafting.plans.ways import (
    MONTH_DAYS,
    POINTS,
    RENEWAL_POINTS,
    Input,
    Way,
    booked_already,
    months_ahead,
    rows_of_type,
    year_back,
)
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.odds import (
    DealFlow,
    Lever,
    Rate,
    higher_renewals,
    higher_win_rate,
    larger_deals,
    more_starts,
)
from camdesk.insight.results import Unit

DEAL_KINDS = {
    "revenue": frozenset({REGISTERED}),
    "joint_revenue": JOINT,
    "influenced_revenue": INFLUENCED,
}
_FORGOTTEN = timedelta(days=90)  # past its expected close an open deal counts as lost, as in the win rate
_CLOSED, _WON = 5, 3
_TYPE_CLOSED = 20
_LARGER = 0.10
_SPREAD = (0.05, 0.30)


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """What became of deals in twelve months."""

    won: tuple[Row, ...]
    closed: int

    @property
    def share(self) -> float:
        return len(self.won) / self.closed

    @property
    def sizes(self) -> tuple[float, ...]:
        return tuple(float(size) for deal in self.won if (size := amount(deal)) > 0)

    @property
    def cycle(self) -> float:
        """Months from submission to the win, as the middle deal took."""
        days = [
            (closed - sent).days
            for deal in self.won
            if (closed := day(deal["closed_on"])) is not None
            and (sent := day(deal["submitted_at"])) is not None
        ]
        return max(0, median(days)) / MONTH_DAYS if days else 0.0


def read(draft: Draft, metric: str, period: Period) -> Way:
    """Return how deals earn the target; the type's rate, size and cycle stand in where its own are few."""
    kinds = DEAL_KINDS[metric]
    noun = "registration" if REGISTERED in kinds else "joint deal"
    recent = year_back(draft.today)
    own = _outcomes(draft.rows.of("deals"), kinds, recent)
    used, whose = own, ""
    if own.closed < _CLOSED or len(own.sizes) < _WON:
        used = _outcomes(rows_of_type(draft, "deals"), kinds, recent)
        whose = f"of all {draft.profile.plural.lower()}"
        if used.closed < _TYPE_CLOSED or len(used.sizes) < _WON:
            return Way(None, lacks=_lack(own, noun), starts=noun)
    begun = [
        deal for deal in draft.rows.of("deals") if _counts(deal, kinds, recent.last) and _sent(deal, recent)
    ]
    months = months_ahead(draft.today, period)
    base = DealFlow(
        starts=len(begun) / 12,
        win=Rate(used.share, min(used.closed, 40)),
        sizes=used.sizes,
        cycle=used.cycle,
        months=months,
        booked=booked_already(draft, metric, period, on=draft.today),
    )
    flow = _with_other_business(draft, base, period, own) if metric == "revenue" else base
    return Way(flow, _inputs(draft, flow, used, whose, noun), _levers(flow, noun), starts=noun)


def _lack(own: _Outcomes, noun: str) -> str:
    return (
        f"five closed and three won {noun}s in twelve months, of the partner or of its type; "
        f"it has {own.closed} and {len(own.won)}"
    )


def _outcomes(deals: Sequence[Row], kinds: frozenset[str], recent: Period) -> _Outcomes:
    won, closed = [], 0
    for deal in deals:
        if not _counts(deal, kinds, recent.last):
            continue
        on, expected = day(deal["closed_on"]), day(deal["expected_close_on"])
        if deal["status"] in ("won", "lost") and on is not None and on in recent:
            closed += 1
            won += [deal] if deal["status"] == "won" else []
        elif deal["status"] == "open" and expected is not None and expected + _FORGOTTEN in recent:
            closed += 1
    return _Outcomes(tuple(won), closed)


def _counts(deal: Row, kinds: frozenset[str], on: date) -> bool:
    return deal["kind"] in kinds and not is_rejected(deal, on)


def _sent(deal: Row, recent: Period) -> bool:
    sent = day(deal["submitted_at"])
    return sent is not None and sent in recent


def _with_other_business(draft: Draft, flow: DealFlow, period: Period, own: _Outcomes) -> DealFlow:
    """Return the flow with renewals and with what is ordered outside of registered deals."""
    recent = year_back(draft.today)
    before = year_back(recent.start - timedelta(days=1))
    renewed, other = _other(draft, recent, own)
    _, earlier = _other(draft, before, _outcomes(draft.rows.of("deals"), flow_kinds(), before))
    moved = abs(other / earlier - 1) if earlier > 0 else _SPREAD[1]
    rate = draft.insight.figure(draft.partner.partner_id, "renewal_rate", day=draft.today)
    share = flow.months / 12
    renewing = max(renewals_due(draft, period), renewed * share)
    return DealFlow(
        starts=flow.starts,
        win=flow.win,
        sizes=flow.sizes,
        cycle=flow.cycle,
        months=flow.months,
        booked=flow.booked,
        steady=other * share,
        steady_spread=min(max(moved, _SPREAD[0]), _SPREAD[1]),
        renewing=renewing if rate.value is not None else 0,
        renewal=Rate(float(rate.value), min(rate.n, 40)) if rate.value is not None else None,
    )


def flow_kinds() -> frozenset[str]:
    return DEAL_KINDS["revenue"]


def _other(draft: Draft, within: Period, own: _Outcomes) -> tuple[float, float]:
    """Return renewal orders, and orders that neither renew nor belong to a registered deal."""
    found = booked(draft, "revenue", within)
    rows = found.rows if found else ()
    renewed = sum(amount(row) for row in rows if row["kind"] == "renewal")
    rest = [row for row in rows if row["kind"] != "renewal"]
    if any(row["deal_id"] for row in rest):
        return renewed, sum(amount(row) for row in rest if not row["deal_id"])
    return renewed, max(0.0, sum(amount(row) for row in rest) - sum(own.sizes))


def renewals_due(draft: Draft, period: Period) -> float:
    """Return the value of the open renewals due in the days of the plan that are still ahead."""
    return sum(
        amount(row, "value")
        for row in draft.rows.of("renewals")
        if row["status"] == "open"
        and (due := day(row["due_on"])) is not None
        and due in period
        and due > draft.today
    )


def _inputs(draft: Draft, flow: DealFlow, used: _Outcomes, whose: str, noun: str) -> tuple[Input, ...]:
    write = draft.frozen.write
    rows = [
        Input(f"{noun.capitalize()}s a month, last twelve months", f"{flow.starts:.1f}"),
        Input("Win rate", f"{write(used.share, Unit.PERCENT)} of {used.closed} closed", whose),
        Input("Mean size of a won deal", draft.money(sum(flow.sizes) / len(flow.sizes)), whose),
        Input(
            "From registration to win" if noun == "registration" else "From its first day to win",
            f"{flow.cycle * MONTH_DAYS:.0f} days",
            whose,
        ),
    ]
    if flow.booked:
        rows.append(Input("Booked since the year began", draft.money(flow.booked)))
    if flow.renewing and flow.renewal is not None:
        rate = write(flow.renewal.share, Unit.PERCENT)
        rows.append(Input("Up for renewal, and the rate renewed", f"{draft.money(flow.renewing)} at {rate}"))
    if flow.steady:
        spread = write(flow.steady_spread, Unit.PERCENT)
        rows.append(
            Input("Orders outside of registered deals", f"{draft.money(flow.steady)}, give or take {spread}")
        )
    return tuple(rows)


def _levers(flow: DealFlow, noun: str) -> tuple[Lever, ...]:
    levers = [
        Lever(f"One more {noun} a month", more_starts(flow, 1)),
        Lever("Win rate five points higher", higher_win_rate(flow, POINTS)),
        Lever("Deals a tenth larger", larger_deals(flow, _LARGER)),
    ]
    if flow.renewing:
        levers.append(Lever("Renewals two points higher", higher_renewals(flow, RENEWAL_POINTS)))
    return tuple(levers)
