"""How near the CAM's calls of finished quarters came, and how near commit of the same days did."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from camdesk.base.periods import Period
from camdesk.desk.number.forecast import BOOKED, COMMIT, in_view
from camdesk.desk.number.forecast_reports import AccuracyReport, CallsHeld
from camdesk.insight import accuracy
from camdesk.insight.accuracy import HeldCall
from camdesk.insight.engine import open_run
from camdesk.insight.insight import Insight
from camdesk.store.forecast_calls import ForecastCall, read_calls


def report(insight: Insight, *, mine: bool) -> AccuracyReport:
    """Return every call of a finished quarter against what was booked by its last day.

    A quarter is finished from its last day on. Calls for a quarter that the fiscal calendar no longer has,
    and for a partner of whom no sale is known, are not held against anything.
    """
    calendar = insight.settings.calendar
    partners = {partner.partner_id: partner for partner in in_view(insight, mine=mine)}
    with insight.workspace.database.read() as connection:
        made = read_calls(connection, until=insight.as_of)
    quarters = {one.quarter_from: calendar.quarter(one.quarter_from) for one in made}
    finished = [
        one
        for one in made
        if one.partner_id in partners
        and quarters[one.quarter_from].start == one.quarter_from
        and quarters[one.quarter_from].last <= insight.as_of
    ]
    held = _held(insight, finished, quarters) if finished else []
    by_quarter = [
        _calls_held(insight, quarters[start], [one for one in held if one.quarter_from == start])
        for start in sorted({one.quarter_from for one in held}, reverse=True)
    ]
    return AccuracyReport(
        insight.as_of,
        insight.settings.base_currency,
        mine and bool(insight.settings.owner_emails),
        {one.partner_id: partners[one.partner_id].name for one in held},
        tuple(by_quarter),
        accuracy.by_weeks_before_end(held),
        accuracy.accuracy(held),
        len(finished) - len(held),
    )


def _held(
    insight: Insight, made: Collection[ForecastCall], quarters: Mapping[date, Period]
) -> list[HeldCall]:
    """Hold calls against what was booked by their quarter's last day, and against commit of their own day."""
    days = {
        one: accuracy.day_of_call(
            one.week_on, date.fromisoformat(one.written_at[:10]), quarters[one.quarter_from]
        )
        for one in made
    }
    last = {quarters[one.quarter_from].last for one in made}
    found: dict[tuple[str, date, str], float | int | None] = {}
    called = {one.partner_id for one in made}
    wanted = last | set(days.values())
    with open_run(
        insight.workspace.database, insight.catalog, insight.settings, wanted, partners=called
    ) as run:
        for computed in run.compute((BOOKED, COMMIT)):
            for partner_id, value in computed.values.items():
                found[computed.metric, computed.day, partner_id] = value.value
    held = []
    for one, day in days.items():
        quarter = quarters[one.quarter_from]
        booked = found.get((BOOKED, quarter.last, one.partner_id))
        if booked is not None:
            held.append(
                HeldCall(
                    one.partner_id,
                    one.quarter_from,
                    one.week_on,
                    day,
                    accuracy.weeks_before(one.week_on, quarter),
                    one.amount,
                    booked,
                    found.get((COMMIT, day, one.partner_id)),
                )
            )
    return held


def _calls_held(insight: Insight, quarter: Period, held: list[HeldCall]) -> CallsHeld:
    return CallsHeld(
        insight.settings.calendar.quarter_title(quarter.start),
        quarter.start,
        quarter.last,
        tuple(sorted(held, key=lambda one: (one.partner_id, one.week_on))),
        accuracy.by_weeks_before_end(held),
        accuracy.accuracy(held),
    )
