"""The number by partner, what changed in it since last week, and the CAM's own calls."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import astuple
from datetime import date
from functools import partial

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.desk.author import author_of
from camdesk.desk.number.forecast_reports import (
    ForecastFigures,
    ForecastReport,
    ForecastRow,
    ForecastTotal,
    PartnerForecast,
)
from camdesk.desk.portfolio import portfolio
from camdesk.insight import accuracy
from camdesk.insight.accuracy import WEEK
from camdesk.insight.engine import MetricRun, open_run
from camdesk.insight.forecast import read_deals, through_distribution
from camdesk.insight.insight import Insight
from camdesk.insight.results import Partner
from camdesk.store.forecast_calls import ForecastCall, read_calls, remove_call, write_call

BOOKED, COMMIT = "revenue_quarter", "quarter_commit"
_METRICS = (BOOKED, COMMIT, "quarter_best_case", "forecast_gap")
_QUARTER_TARGETS = """
SELECT t.partner_id, t.quarter_value FROM target_at t JOIN moments m ON m.moment = t.moment
WHERE m.day = :day AND t.metric = 'revenue' AND t.quarter_value IS NOT NULL
"""
_ALL = "All partners"
_NOTHING = ForecastFigures(None, None, None, None, None)
Figures = Mapping[str, ForecastFigures]
Sold = Mapping[tuple[str, str], int]


def report(insight: Insight, *, mine: bool) -> ForecastReport:
    """Return the quarter of the partners in view, beside the same day a week ago."""
    members = in_view(insight, mine=mine)
    everybody = len(members) == len(insight.partners())
    past, sold = insight.remember(
        f"forecast a week ago, {'all' if everybody else 'mine'}",
        partial(_a_week_ago, partners=None if everybody else [one.partner_id for one in members]),
    )
    rows = _rows(insight, members, past, _calls(insight))
    return _whole(insight, rows, past, sold, mine=mine)


def of_partner(insight: Insight, partner_id: str) -> PartnerForecast:
    """Return a partner's quarter with the deals behind it."""
    partner, before = insight.partners()[partner_id], _week_before(insight)
    quarter = insight.settings.calendar.quarter(insight.as_of)
    # Deals are seen from this quarter's end on both days, so that even its first week shows what changed.
    week_ago = insight.as_of - WEEK
    with _run(insight, week_ago, partners=[partner_id]) as run:
        past = _figures_on(run, before) if before is not None else None
        known = week_ago if run.knows_states(week_ago) else None
        deals = read_deals(run, partner_id, day=insight.as_of, before=known, quarter=quarter)
    calls = _calls(insight)
    rows = _rows(insight, [partner], past, calls)
    whole = _whole(insight, rows, past, {}, mine=False)
    return PartnerForecast(whole, rows[0], deals, tuple(calls.get(partner_id, ())))


def call(
    insight: Insight, partner_id: str, amount: int, *, day: date | None, written_at: str
) -> tuple[ForecastCall, bool]:
    """Keep what the CAM calls for the quarter, and tell whether it replaces that week's call.

    The call is of the ISO week and the fiscal quarter of `day`, without one of the desk's day: a week that
    two quarters share may hold a call for each.
    """
    day = day or insight.as_of
    if amount < 0:
        raise UsageError("A call cannot be below nothing.", "Call what you expect to be booked this quarter.")
    if accuracy.week_of(day) > insight.as_of:
        raise UsageError("That week has not begun yet.", "Name a day of this week or of an earlier one.")
    made = ForecastCall(
        partner_id,
        insight.settings.calendar.quarter(day).start,
        accuracy.week_of(day),
        amount,
        author_of(insight.settings),
        written_at,
    )
    with insight.workspace.database.write() as connection:
        return made, write_call(connection, made)


def uncall(insight: Insight, partner_id: str, *, day: date | None) -> ForecastCall:
    """Take away the call of the week and quarter of `day`, without one the call that stands; return it."""
    if day is None:
        made = _calls(insight).get(partner_id, [])
    else:
        week, start = accuracy.week_of(day), insight.settings.calendar.quarter(day).start
        of_all = calls_of(insight, partner_id)
        made = [one for one in of_all if (one.week_on, one.quarter_from) == (week, start)]
    if not made:
        when = "this quarter" if day is None else "that week"
        raise NotFoundError(
            f"No call of {when} is kept for {partner_id}.", "See them with: camdesk forecast calls PARTNER"
        )
    with insight.workspace.database.write() as connection:
        remove_call(connection, made[-1])
    return made[-1]


def calls_of(insight: Insight, partner_id: str) -> tuple[ForecastCall, ...]:
    """Return every call made for a partner, oldest first."""
    with insight.workspace.database.read() as connection:
        return read_calls(connection, until=insight.as_of, partner_id=partner_id)


def in_view(insight: Insight, *, mine: bool) -> list[Partner]:
    """Return the partners of the CAM, or all of them where nobody said whose they are."""
    return [partner for partner in insight.partners().values() if partner.mine or not mine]


def _week_before(insight: Insight) -> date | None:
    """Return the same day a week ago; None where that was another quarter, whose number says nothing here."""
    day = insight.as_of - WEEK
    return day if day in insight.settings.calendar.quarter(insight.as_of) else None


def _a_week_ago(insight: Insight, *, partners: Collection[str] | None) -> tuple[Figures | None, Sold]:
    """Return the figures of a week ago, and what distributors sold on by the day."""
    before = _week_before(insight)
    with _run(insight, before or insight.as_of, partners=partners) as run:
        past = _figures_on(run, before) if before is not None else None
        return past, through_distribution(run, insight.as_of)


def _run(
    insight: Insight, *days: date, partners: Collection[str] | None = None
) -> AbstractContextManager[MetricRun]:
    wanted = {insight.as_of, *days}
    return open_run(insight.workspace.database, insight.catalog, insight.settings, wanted, partners=partners)


def _figures_on(run: MetricRun, day: date) -> Figures:
    """Return the number of every partner on a day of the run."""
    found: dict[str, dict[str, float | int | None]] = {}
    for computed in run.compute(_METRICS):
        if computed.day == day:
            for partner_id, value in computed.values.items():
                found.setdefault(partner_id, {})[computed.metric] = value.value
    for row in run.query(_QUARTER_TARGETS, {"day": day.isoformat()}):
        found.setdefault(row["partner_id"], {})["target"] = row["quarter_value"]
    return {
        partner_id: ForecastFigures(values.get("target"), *(values.get(metric) for metric in _METRICS))
        for partner_id, values in found.items()
    }


def _calls(insight: Insight) -> dict[str, list[ForecastCall]]:
    """Return the calls made for the quarter of the day by then, by partner, oldest first."""
    start = insight.settings.calendar.quarter(insight.as_of).start
    with insight.workspace.database.read() as connection:
        made = read_calls(connection, until=insight.as_of, quarter_from=start)
    found: dict[str, list[ForecastCall]] = {}
    for one in made:
        found.setdefault(one.partner_id, []).append(one)
    return found


def _rows(
    insight: Insight,
    members: Collection[Partner],
    past: Figures | None,
    calls: Mapping[str, list[ForecastCall]],
) -> tuple[ForecastRow, ...]:
    figures, standing = insight.figures(), insight.standing()
    this_week = accuracy.week_of(insight.as_of)
    rows = []
    for partner in members:
        partner_id = partner.partner_id
        now = ForecastFigures(
            figures.value(partner_id, "own_target"),
            *(figures.value(partner_id, metric) for metric in _METRICS),
        )
        made = calls.get(partner_id, [])
        newest = made[-1] if made else None
        earlier = [one for one in made if one.week_on < this_week]
        rows.append(
            ForecastRow(
                partner,
                now,
                standing.targets.get((partner_id, "revenue"), (0, False))[1],
                None if past is None else past.get(partner_id, _NOTHING),
                newest,
                earlier[-1] if earlier else None,
                None if newest is None or now.commit is None else newest.amount - now.commit,
            )
        )
    return tuple(rows)


def _whole(
    insight: Insight, rows: tuple[ForecastRow, ...], past: Figures | None, sold: Sold, *, mine: bool
) -> ForecastReport:
    calendar = insight.settings.calendar
    quarter = calendar.quarter(insight.as_of)
    types = []
    for profile in sorted(insight.catalog.profiles.values(), key=lambda one: (one.place, one.plural)):
        of_type = [row for row in rows if row.partner.type == profile.type]
        if of_type:
            types.append(_total(insight, profile.plural, profile.type, of_type, past is not None, sold))
    return ForecastReport(
        insight.as_of,
        insight.settings.base_currency,
        mine and bool(insight.settings.owner_emails),
        calendar.quarter_title(insight.as_of),
        quarter.start,
        quarter.last,
        (quarter.last - insight.as_of).days,
        insight.as_of - WEEK if past is not None else None,
        _total(insight, _ALL, None, rows, past is not None, sold),
        tuple(types),
        rows,
    )


def _total(
    insight: Insight,
    title: str,
    kind: str | None,
    rows: Collection[ForecastRow],
    has_past: bool,
    sold: Sold,
) -> ForecastTotal:
    members = {row.partner.partner_id for row in rows}
    number = portfolio.quarter(insight, members)
    called = [row.call.amount for row in rows if row.call is not None]
    gaps = [row.call_gap for row in rows if row.call_gap is not None]
    return ForecastTotal(
        title,
        kind,
        ForecastFigures(number.target, number.booked, number.commit, number.best_case, number.gap),
        _sum(row.before for row in rows if row.before is not None) if has_past else None,
        sum(called) if called else None,
        sum(gaps) if gaps else None,
        len(called),
        len(rows),
        sum(amount for (by, named), amount in sold.items() if by in members and named in members),
    )


def _sum(figures: Iterable[ForecastFigures]) -> ForecastFigures:
    """Return the sums, each None where nobody has the figure."""
    columns = zip(*map(astuple, (_NOTHING, *figures)), strict=True)
    known = [[value for value in column if value is not None] for column in columns]
    return ForecastFigures(*(round(sum(column)) if column else None for column in known))
