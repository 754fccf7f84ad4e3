"""Targets earned by referrals: how many come, how many are accepted, won, and what they are worth."""

from __future__ import annotations

from statistics import median

from camdesk.base.periods import Period
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.plans.ways import (
    MONTH_DAYS,
    POINTS,
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
    higher_acceptance,
    higher_win_rate,
    larger_deals,
    more_starts,
)
from camdesk.documents.phrases import record_of
from camdesk.insight.results import Unit
from camdesk.portfolio.entities import ENTITIES

METRIC = "referral_value"
_NOUN = record_of(ENTITIES["referrals"].title)
_ANSWERED, _CLOSED, _WON = 3, 3, 2
_ACCEPTED = ("accepted", "won", "lost")
_LARGER = 0.10


def read(draft: Draft, period: Period) -> Way:
    """Return how referrals earn the target; all referral partners' rates stand in where its own are few."""
    recent = year_back(draft.today)
    own = draft.rows.of("referrals")
    rows, whose = list(own), ""
    if not _enough(rows, recent):
        rows, whose = rows_of_type(draft, "referrals"), f"of all {draft.profile.plural.lower()}"
        if not _enough(rows, recent):
            lacks = "three answered, three closed and two won referrals in twelve months"
            return Way(None, lacks=lacks, starts=_NOUN)
    sent = [row for row in own if _in(row["submitted_at"], recent)]
    answered, closed, won = _answered(rows, recent), _closed(rows, recent), _won(rows, recent)
    accepted = [row for row in answered if row["status"] in _ACCEPTED]
    days = [(day(row["closed_on"]) - day(row["submitted_at"])).days for row in won]  # type: ignore[operator]
    months = months_ahead(draft.today, period)
    flow = DealFlow(
        starts=len(sent) / 12,
        win=Rate(len(won) / len(closed), min(len(closed), 40)),
        sizes=tuple(float(amount(row, "value")) for row in won if amount(row, "value") > 0),
        cycle=max(0, median(days)) / MONTH_DAYS,
        months=months,
        booked=booked_already(draft, METRIC, period, on=draft.today),
        accepted=Rate(len(accepted) / len(answered), min(len(answered), 40)),
    )
    return Way(flow, _inputs(draft, flow, whose), _levers(flow), starts=_NOUN)


def _in(stored: str | None, recent: Period) -> bool:
    on = day(stored)
    return on is not None and on in recent


def _answered(rows: list[Row], recent: Period) -> list[Row]:
    return [row for row in rows if row["status"] != "submitted" and _in(row["submitted_at"], recent)]


def _closed(rows: list[Row], recent: Period) -> list[Row]:
    return [row for row in rows if row["status"] in ("won", "lost") and _in(row["closed_on"], recent)]


def _won(rows: list[Row], recent: Period) -> list[Row]:
    return [row for row in _closed(rows, recent) if row["status"] == "won"]


def _enough(rows: list[Row], recent: Period) -> bool:
    sized = [row for row in _won(rows, recent) if amount(row, "value") > 0]
    counted = (len(_answered(rows, recent)), len(_closed(rows, recent)), len(sized))
    accepted = any(row["status"] in _ACCEPTED for row in _answered(rows, recent))
    return accepted and all(
        have >= need for have, need in zip(counted, (_ANSWERED, _CLOSED, _WON), strict=True)
    )


def _inputs(draft: Draft, flow: DealFlow, whose: str) -> tuple[Input, ...]:
    def percent(rate: Rate | None) -> str:
        return draft.frozen.write(rate.share if rate else None, Unit.PERCENT)

    rows = [
        Input("Referrals a quarter, last twelve months", f"{flow.starts * 3:.1f}"),
        Input("Accepted", percent(flow.accepted), whose),
        Input("Won of those closed", percent(flow.win), whose),
        Input("Mean value of a won referral", draft.money(sum(flow.sizes) / len(flow.sizes)), whose),
        Input("From referral to win", f"{flow.cycle * MONTH_DAYS:.0f} days", whose),
    ]
    if flow.booked:
        rows.append(Input("Won since the year began", draft.money(flow.booked)))
    return tuple(rows)


def _levers(flow: DealFlow) -> tuple[Lever, ...]:
    return (
        Lever("One more referral a month", more_starts(flow, 1)),
        Lever("Acceptance five points higher", higher_acceptance(flow, POINTS)),
        Lever("Win rate five points higher", higher_win_rate(flow, POINTS)),
        Lever("Referrals a tenth larger", larger_deals(flow, _LARGER)),
    )
