"""What a partner's page shows at first sight."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import text

from camdesk.desk.partner import part_heads
from camdesk.desk.portfolio.portfolio import quarter
from camdesk.desk.reports import AlertReport, Family, PartnerReport
from camdesk.insight.insight import Insight
from camdesk.insight.terms import terms_of
from camdesk.insight.wording import write_day
from camdesk.store.pins import read_pins

_PRIMARY = """
SELECT name, role FROM contacts WHERE partner_id = :partner AND left_on IS NULL AND is_primary = 1
ORDER BY name LIMIT 1
"""
_NEXT_MEETING = """
SELECT scheduled_at FROM meetings
WHERE partner_id = :partner AND status = 'planned' AND scheduled_at >= :day ORDER BY scheduled_at LIMIT 1
"""


def report(insight: Insight, partner_id: str, *, alerts: AlertReport) -> PartnerReport:
    """Return a partner's scorecard, what moved it, its terms and its open alerts."""
    scorecard = insight.scorecard(partner_id)
    profile, partner = insight.profile(partner_id), insight.partners()[partner_id]
    # The odds take a look at everybody's history, so that only those who show them ask.
    has_odds = partner.dark or partner.stage == "onboard"
    return PartnerReport(
        partner,
        profile.title,
        profile.short_title,
        scorecard,
        insight.score_change(partner_id, before=insight.previous_quarter_end, after=insight.as_of),
        insight.tier_state(partner_id),
        insight.milestones(partner_id),
        tuple(alert for alert in alerts.alerts if alert.partner_id == partner_id),
        insight.settings.base_currency,
        insight.quarter_ends,
        _facts(insight, partner_id),
        other_cards=tuple(
            insight.scorecard(partner_id, hat=hat.type)
            for hat in scorecard.hats
            if hat.type != scorecard.type
        ),
        terms=terms_of(insight, partner_id),
        odds=insight.odds().get(partner_id) if has_odds else None,
        family=_family(insight, partner_id),
        parts=part_heads.heads(insight, partner_id),
        pinned=_is_pinned(insight, partner_id),
    )


def _is_pinned(insight: Insight, partner_id: str) -> bool:
    with insight.workspace.database.read() as connection:
        return partner_id in read_pins(connection)


def _family(insight: Insight, partner_id: str) -> Family | None:
    children: dict[str, list[str]] = {}
    for partner in insight.partners().values():
        if partner.parent_partner_id is not None:
            children.setdefault(partner.parent_partner_id, []).append(partner.partner_id)
    members, waiting = {partner_id: None}, [partner_id]
    while waiting:
        below = [name for name in children.get(waiting.pop(), ()) if name not in members]
        members |= dict.fromkeys(below)
        waiting += below
    if len(members) == 1:
        return None
    branches = tuple(
        (name, one.name)  # partners stand in the order of their names
        for name, one in insight.partners().items()
        if name in members and name != partner_id
    )
    return Family(branches, insight.programme(list(members)).contribution, quarter(insight, list(members)))


def _facts(insight: Insight, partner_id: str) -> tuple[str, ...]:
    partner = insight.partners()[partner_id]
    place = ", ".join(dict.fromkeys(word for word in (partner.region, partner.country) if word))
    facts = [place] if place else []
    if partner.enrolled_on:
        facts.append(f"enrolled {partner.enrolled_on:%b %Y}")
    with insight.workspace.database.read() as connection:
        named = {"partner": partner_id, "day": insight.as_of.isoformat()}
        primary = connection.execute(text(_PRIMARY), named).first()
        meeting = connection.execute(text(_NEXT_MEETING), named).scalar()
    if primary:
        facts.append(
            f"{primary.name}, {primary.role} (primary)" if primary.role else f"{primary.name} (primary)"
        )
    if meeting:
        facts.append(
            f"next meeting {_soon(date.fromisoformat(meeting[:10]), insight.as_of)} {meeting[11:16]}"
        )
    return tuple(facts)


def _soon(day: date, today: date) -> str:
    return f"{day:%a}" if day - today < timedelta(days=7) else write_day(day)
