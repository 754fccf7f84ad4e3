"""The morning's list: open alerts by what is to be done with them, the number, and who is met this week."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, text

from camdesk.base.periods import ONE_DAY
from camdesk.desk.morning.today_reports import (
    LastTime,
    MeetingAhead,
    PartnerChange,
    QuietRule,
    TodayAlert,
    TodayReport,
)
from camdesk.desk.partner.news import USUAL_SPAN
from camdesk.desk.portfolio.portfolio import quarter
from camdesk.desk.reports import AlertReport
from camdesk.insight.alerts.lifecycle import read_states
from camdesk.insight.alerts.listing import needs_you
from camdesk.insight.engine import open_run
from camdesk.insight.insight import Insight
from camdesk.insight.news import happenings
from camdesk.insight.results import Alert, Partner, ScoreLine
from camdesk.insight.rules import Rule

DAYS_AHEAD = 7
DIGEST_LISTED = 500  # more than anybody reads, and little enough to be there with the window
FEWEST_FIGURES, MOST_FIGURES = 2, 3
_TONES = ("bad", "good", "plain")
_ACKNOWLEDGED_TODAY = """
SELECT DISTINCT alert_id FROM alert_event WHERE event = 'acknowledged' AND happened_on = :day
"""
_MEETINGS = """
SELECT partner_id, scheduled_at, kind, subject FROM meetings
WHERE status = 'planned' AND scheduled_at >= :day AND scheduled_at < :until ORDER BY scheduled_at, meeting_id
"""


def report(insight: Insight, alerts: AlertReport, *, mine: bool) -> TodayReport:
    """Return the morning of the CAM, or of everybody where nobody said whose partners they are."""
    members = {name: one for name, one in insight.partners().items() if one.mine or not mine}
    with insight.workspace.database.read() as connection:
        wakes = _wake_days(connection)
        seen_today = _acknowledged_on(connection, insight.as_of)
        meetings = _meetings(connection, insight, members)
    pressing = frozenset(
        needs_you(one for one in alerts.alerts if one.state != "acknowledged" or one.id in seen_today)
    )
    shown = [(one, _row(insight, one, wakes)) for one in alerts.alerts]
    asleep = [row for _, row in shown if row.state in ("snoozed", "muted")]
    digest = tuple(row for one, row in shown if one.state == "new" and one.id not in pressing)
    rules = insight.catalog.rules
    return TodayReport(
        insight.as_of,
        insight.settings.base_currency,
        mine and bool(insight.settings.owner_emails),
        len(members),
        len({one.type for one in members.values()}),
        quarter(insight, list(members)),
        tuple(row for one, row in shown if one.state == "new" and one.id in pressing),
        digest[:DIGEST_LISTED],
        tuple(row for one, row in shown if one.state == "acknowledged"),
        tuple(sorted(asleep, key=_by_waking)),
        tuple(_row(insight, one, wakes) for one in alerts.notices),
        tuple(
            QuietRule(rules[one.rule].title if one.rule in rules else one.rule, one.because)
            for one in alerts.held_back
        ),
        meetings,
        max(len(digest) - DIGEST_LISTED, 0),
    )


def lines_of(rule: Rule, lines: Collection[ScoreLine], insight: Insight) -> tuple[ScoreLine, ...]:
    """Return two or three lines of a scorecard that a rule is about, the weakest of each kind first.

    Those it reads, then those made of the same records, then whatever is weakest on the card.
    """
    known = [line for line in lines if line.value is not None]
    read = [line for line in known if f"'{line.metric}'" in rule.records]
    tables = re.compile(rf"\b(?:{'|'.join(map(re.escape, rule.needs))})\b") if rule.needs else None
    metrics = insight.catalog.metrics
    kin = [line for line in known if tables is not None and tables.search(metrics[line.metric].records)]
    chosen = dict.fromkeys((*_weakest(read), *_weakest(kin)))
    for line in _weakest(known):
        if len(chosen) >= FEWEST_FIGURES:
            break
        chosen[line] = None
    return tuple(chosen)[:MOST_FIGURES]


def _weakest(lines: Collection[ScoreLine]) -> list[ScoreLine]:
    return sorted(lines, key=_weakness)


def last_time(insight: Insight, alerts: AlertReport, *, since: date | None, mine: bool) -> LastTime:
    """Return what happened from `since` on, in a week without it: one sentence a partner, bad ones first.

    The eve is not evaluated anew: a new alert is one first seen since, and what time alone closed or how
    scores moved stands with the news in full.
    """
    start = since or insight.as_of - USUAL_SPAN
    partners = insight.partners()
    told: dict[str, list[tuple[str, str]]] = {}
    with open_run(insight.workspace.database, insight.catalog, insight.settings, [insight.as_of]) as run:
        happened = happenings(
            run, since=start - ONE_DAY, day=insight.as_of, currency=insight.settings.base_currency
        )
    for one in happened:
        told.setdefault(one.partner_id, []).append((one.tone, one.text))
    for alert in alerts.alerts if since else ():  # after the first sync all of them would be new
        if alert.first_seen >= start and alert.state == "new":
            told.setdefault(alert.partner_id, []).append(("bad", f"New alert: {alert.message}"))
    changes = [
        _change(partners[name], lines)
        for name, lines in told.items()
        if name in partners and (partners[name].mine or not mine)
    ]
    return LastTime(
        start, tuple(sorted(changes, key=lambda one: (_TONES.index(one.tone), -one.more, one.name)))
    )


def _change(partner: Partner, told: Sequence[tuple[str, str]]) -> PartnerChange:
    tone, words = min(told, key=lambda one: _TONES.index(one[0]))
    return PartnerChange(partner.partner_id, partner.name, words, tone, len(told) - 1)


def _weakness(line: ScoreLine) -> tuple[bool, float, float]:
    return line.points is None, line.points or 0.0, -line.weight


def _row(insight: Insight, alert: Alert, wakes: dict[int, date]) -> TodayAlert:
    partner = insight.partners().get(alert.partner_id)
    profile = insight.catalog.profiles.get(partner.type) if partner else None
    rule = insight.catalog.rules.get(alert.rule)
    return TodayAlert(
        alert.id,
        alert.partner_id,
        partner.name if partner else "Whole portfolio",
        profile.short_title if profile else "",
        partner.tier if partner else None,
        rule.title if rule else alert.rule,
        alert.severity,
        alert.state,
        alert.value_at_stake,
        alert.due_on,
        alert.message,
        alert.next_action,
        alert.first_seen,
        len(alert.subjects),
        wakes.get(alert.id) if alert.state == "snoozed" else None,
    )


def _by_waking(row: TodayAlert) -> tuple[bool, date]:
    return row.state == "muted", row.asleep_until or date.max


def _wake_days(connection: Connection) -> dict[int, date]:
    """Return the day on which the first sleeping row of each alert wakes."""
    found: dict[int, date] = {}
    for state in read_states(connection).values():
        days = _days(one.snoozed_until for one in state.subjects.values() if one.state == "snoozed")
        if days:
            found[state.alert_id] = min(days)
    return found


def _days(written: Iterable[str | None]) -> list[date]:
    return [date.fromisoformat(day) for day in written if day]


def _acknowledged_on(connection: Connection, day: date) -> frozenset[int]:
    return frozenset(connection.execute(text(_ACKNOWLEDGED_TODAY), {"day": day.isoformat()}).scalars())


def _meetings(connection: Connection, insight: Insight, members: Collection[str]) -> tuple[MeetingAhead, ...]:
    until = insight.as_of + timedelta(days=DAYS_AHEAD + 1)
    rows = connection.execute(text(_MEETINGS), {"day": insight.as_of.isoformat(), "until": until.isoformat()})
    partners = insight.partners()
    return tuple(
        MeetingAhead(
            row.partner_id,
            partners[row.partner_id].name,
            datetime.fromisoformat(row.scheduled_at[:16]),
            row.kind,
            row.subject,
        )
        for row in rows
        if row.partner_id in members
    )
