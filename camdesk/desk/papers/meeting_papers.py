"""Briefs before a meeting and the mail after it: what the drafting of them has to be told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from camdesk.base.errors import NotFoundError
from camdesk.desk.morning.today_reports import SinceMet
from camdesk.desk.partner.news import since_last_meeting
from camdesk.desk.reports import AlertReport, NewsItem
from camdesk.documents.briefs import BriefFacts, FollowUp, Told, draft_brief, draft_follow_up
from camdesk.documents.drafting.rows import PartnerRows, Row
from camdesk.documents.model import Document
from camdesk.insight.catalog import Catalog
from camdesk.insight.consequences import consequences
from camdesk.insight.engine import open_run
from camdesk.insight.insight import Insight
from camdesk.insight.news import Happening, happenings
from camdesk.insight.results import Alert, AlertEvidence, TierState
from camdesk.portfolio.entities import ENTITIES
from camdesk.store import own_rows
from camdesk.store.sources import OWN

UNKNOWN_SPAN = timedelta(days=30)
"""How far back a brief looks where no meeting held is known."""
_QUIET_STATES = ("snoozed", "muted")


def brief(insight: Insight, partner_id: str, alerts: AlertReport, *, meeting: Row | None = None) -> Document:
    """Return the brief for `meeting`; without it for the next one planned, today's included."""
    rows = PartnerRows(insight.workspace.database, partner_id)
    meeting = meeting or _next_meeting(rows, insight.as_of)
    since = _last_held(rows, before=meeting, today=insight.as_of)
    changed_from = since or insight.as_of - UNKNOWN_SPAN
    own = _awake(alerts, partner_id)
    known = BriefFacts(
        meeting,
        since,
        changed_from,
        _changes(insight, partner_id, since=changed_from, alerts=own),
        own,
        insight.standing().targets.get((partner_id, "revenue"), (0, False))[1],
    )
    return draft_brief(insight, partner_id, known)


def since_met(insight: Insight, partner_id: str, alerts: AlertReport) -> SinceMet:
    """Return what happened with a partner since the last meeting held, what led to something first."""
    met_on = since_last_meeting(insight.workspace, partner_id, insight.as_of)
    since = met_on or insight.as_of - UNKNOWN_SPAN
    told = _changes(insight, partner_id, since=since, alerts=_awake(alerts, partner_id))
    items = (NewsItem(one.day, one.text, one.tone, None, one.evidence, one.consequences) for one in told)
    return SinceMet(met_on, since, tuple(items))


def meetings_of_day(insight: Insight, *, mine: bool) -> tuple[Row, ...]:
    """Return the day's meetings that are planned or were held, by their time; missed ones left out."""
    partners = insight.partners()
    with insight.workspace.database.read() as connection:
        rows = own_rows.current_rows(connection, ENTITIES["meetings"], of_all=True)
    found = [
        row
        for row in rows
        if row["status"] != "missed"
        and _day(row) == insight.as_of
        and row["partner_id"] in partners
        and (partners[row["partner_id"]].mine or not mine)
    ]
    return tuple(sorted(found, key=lambda row: (row["scheduled_at"], row["meeting_id"])))


def follow_up(insight: Insight, partner_id: str) -> FollowUp:
    """Return the mail after the last meeting; raise NotFoundError where none is known."""
    rows = PartnerRows(insight.workspace.database, partner_id)
    meeting = _meeting_just_held(rows, insight.as_of)
    name = insight.partners()[partner_id].name
    if meeting is None:
        raise NotFoundError(
            f"No meeting with {name} has been held yet.",
            f"Log the one that was with: camdesk meeting log {partner_id}",
        )
    agreed = [
        row
        for row in rows.of("commitments")
        if row["source"] == OWN
        and row["seen_from"] >= _day(meeting).isoformat()
        and not row["done_on"]
        and not row["dropped_on"]
    ]
    return draft_follow_up(
        rows,
        meeting,
        partner_name=name,
        settings=insight.settings,
        agreed=sorted(agreed, key=lambda row: row["due_on"] or "9999"),
        today=insight.as_of,
    )


def _awake(alerts: AlertReport, partner_id: str) -> tuple[Alert, ...]:
    return tuple(
        alert
        for alert in alerts.alerts
        if alert.partner_id == partner_id and alert.state not in _QUIET_STATES
    )


def _day(meeting: Row) -> date:
    return date.fromisoformat(meeting["scheduled_at"][:10])


def _by_time(rows: PartnerRows, *statuses: str) -> list[Row]:
    found = [row for row in rows.of("meetings") if row["status"] in statuses]
    return sorted(found, key=lambda row: (row["scheduled_at"], row["meeting_id"]))


def _next_meeting(rows: PartnerRows, today: date) -> Row | None:
    return next((row for row in _by_time(rows, "planned") if _day(row) >= today), None)


def _last_held(rows: PartnerRows, *, before: Row | None, today: date) -> date | None:
    limit = before["scheduled_at"] if before is not None else f"{today}T24"
    held = [row for row in _by_time(rows, "held") if row["scheduled_at"] < limit and _day(row) <= today]
    return _day(held[-1]) if held else None


def _meeting_just_held(rows: PartnerRows, today: date) -> Row | None:
    """Return today's meeting, also one that the source still calls planned; else the last one held."""
    of_today = [row for row in _by_time(rows, "held", "planned") if _day(row) == today]
    held = [row for row in _by_time(rows, "held") if _day(row) <= today]
    first = [row for row in of_today if row["status"] == "held"] or of_today[:1] or held
    return first[-1] if first else None


def _changes(
    insight: Insight, partner_id: str, *, since: date, alerts: Collection[Alert]
) -> tuple[Told, ...]:
    """Return what happened from `since` on, what led to something first, then bad news, then the newest.

    That we met stands elsewhere on the page.

    A record that happened and that an alert first seen since then is about has raised it: the day before
    is not evaluated anew, so that a brief takes a second however many partners there are.
    """
    with open_run(
        insight.workspace.database, insight.catalog, insight.settings, [insight.as_of], partners=[partner_id]
    ) as run:
        happened = happenings(
            run,
            since=since - timedelta(days=1),
            day=insight.as_of,
            currency=insight.settings.base_currency,
        )
    new = [alert for alert in alerts if alert.first_seen >= since]
    tier = insight.tier_state(partner_id)
    currency = insight.settings.base_currency
    told = [
        Told(
            one.day,
            one.text,
            one.tone,
            (
                *_raised(one, new, insight.catalog),
                *consequences(one, (), tiers=(_met_all(tier), tier), currency=currency),
            ),
            one.evidence,
        )
        for one in happened
        if one.partner_id == partner_id and not _is_meeting_alone(one.evidence)
    ]
    return tuple(sorted(told, key=_weight))


def _weight(told: Told) -> tuple[bool, bool, int]:
    return not told.consequences, told.tone != "bad", -told.day.toordinal()


def _is_meeting_alone(evidence: Collection[AlertEvidence]) -> bool:
    return {one.entity for one in evidence} == {"meetings"}


def _raised(happening: Happening, alerts: Collection[Alert], catalog: Catalog) -> list[str]:
    """Return the alerts with a row that is about one record, which happened: of others it is no cause."""
    records = {record.record_id for record in happening.evidence}
    return [
        f"raises the alert “{catalog.rules[alert.rule].title}”"
        for alert in alerts
        if alert.rule in catalog.rules
        and any(
            one.subject in records and records.intersection(record.record_id for record in one.evidence)
            for one in alert.subjects
        )
    ]


def _met_all(tier: TierState) -> TierState:
    """Return the tier as if it had asked for nothing: all it lacks now then counts as what was lost."""
    return replace(tier, requirements=())
