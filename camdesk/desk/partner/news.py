"""What changed since a day: what happened to each partner, what it led to, and what moved its score."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import text

from camdesk.base.errors import UsageError
from camdesk.base.periods import ONE_DAY
from camdesk.desk.alerts import alerting
from camdesk.desk.reports import NewsItem, NewsReport, PartnerNews
from camdesk.insight.alerts.back_test import reads_states
from camdesk.insight.alerts.evaluation import SEVERITIES, evaluate
from camdesk.insight.alerts.view import situation_of
from camdesk.insight.consequences import AlertTurn, alert_turns, consequences, is_explained
from camdesk.insight.engine import open_run
from camdesk.insight.insight import Insight
from camdesk.insight.news import Happening, happenings
from camdesk.insight.results import ScoreChange
from camdesk.store.workspace import Workspace

USUAL_SPAN = timedelta(days=7)
_WORTH_SAYING = 0.5
"""A score that moved by less is said to be the same."""
_LAST_MEETING = """
SELECT MAX(substr(scheduled_at, 1, 10)) FROM meetings
WHERE partner_id = :partner AND status = 'held' AND substr(scheduled_at, 1, 10) <= :day
"""
_SYNC_DAYS = "SELECT DISTINCT as_of FROM sync_run WHERE as_of <= :day ORDER BY as_of DESC LIMIT 2"


def report(insight: Insight, *, since: date, partner_id: str | None = None, mine: bool = True) -> NewsReport:
    """Return what happened from `since` on, the partners that need a look first; of one partner, or all."""
    if since > insight.as_of:
        raise UsageError("That day is still to come.", f"Name one up to {insight.as_of}.")
    eve = since - ONE_DAY
    before = Insight(insight.workspace, insight.catalog, insight.settings, eve)
    partners = insight.partners()
    if partner_id is not None:
        insight.profile(partner_id)  # says so where there is no such partner
    wanted = (
        {partner_id}
        if partner_id is not None
        else {name for name, partner in partners.items() if partner.mine or not mine}
    )
    database, currency = insight.workspace.database, insight.settings.base_currency
    with open_run(database, insight.catalog, insight.settings, [insight.as_of]) as run:
        happened = happenings(run, since=eve, day=insight.as_of, currency=currency)
    then = evaluate(database, insight.catalog, insight.settings, situation=situation_of(before))
    told_of = {
        name
        for name, rule in insight.catalog.rules.items()
        if before.standing().known or not reads_states(rule, insight.catalog)
    }
    turns = [turn for turn in alert_turns(then, alerting.evaluation_of(insight)) if turn.rule in told_of]
    told = [
        _of_partner(insight, before, name, happened=happened, turns=turns)
        for name in partners
        if name in wanted
    ]
    return NewsReport(since, insight.as_of, tuple(sorted(filter(_says_anything, told), key=_weight)))


def since_last_sync(workspace: Workspace, day: date) -> date | None:
    """Return the day from which on the news are what the last sync brought: the one after the sync before."""
    with workspace.database.read() as connection:
        days = connection.execute(text(_SYNC_DAYS), {"day": day.isoformat()}).scalars().all()
    return date.fromisoformat(days[-1]) + ONE_DAY if len(days) > 1 else None


def since_last_meeting(workspace: Workspace, partner_id: str, day: date) -> date | None:
    with workspace.database.read() as connection:
        found = connection.execute(
            text(_LAST_MEETING), {"partner": partner_id, "day": day.isoformat()}
        ).scalar()
    return date.fromisoformat(found) if found else None


def _of_partner(
    insight: Insight,
    before: Insight,
    partner_id: str,
    *,
    happened: Collection[Happening],
    turns: Collection[AlertTurn],
) -> PartnerNews:
    own = [one for one in happened if one.partner_id == partner_id]
    own_turns = [turn for turn in turns if turn.partner_id == partner_id]
    tiers = None
    if any(one.moves_tier for one in own) and partner_id in before.partners():
        tiers = before.tier_state(partner_id), insight.tier_state(partner_id)
    currency = insight.settings.base_currency
    items = [
        NewsItem(
            one.day,
            one.text,
            one.tone,
            one.value,
            one.evidence,
            consequences(one, own_turns, tiers=tiers, currency=currency),
        )
        for one in own
    ]
    by_time = [turn for turn in own_turns if not is_explained(turn, own)]
    partner = insight.partners()[partner_id]
    return PartnerNews(
        partner_id,
        partner.name,
        _score_change(insight, before, partner_id),
        tuple(items),
        tuple(turn for turn in by_time if turn.opened),
        tuple(turn for turn in by_time if not turn.opened),
    )


def _score_change(insight: Insight, before: Insight, partner_id: str) -> ScoreChange | None:
    if not before.standing().known:
        return None  # what was not recorded yet would look like a change
    change = insight.score_change(partner_id, before=before.as_of, after=insight.as_of)
    if change.score_before is None or change.score_after is None:
        return None
    return change if abs(change.score_after - change.score_before) >= _WORTH_SAYING else None


def _says_anything(news: PartnerNews) -> bool:
    return bool(news.items or news.opened or news.closed or news.score)


def _weight(news: PartnerNews) -> tuple[int, int, float, str]:
    """Order partners by the gravest alert that came up, then bad news, then how far the score fell."""
    gravest = max((SEVERITIES[one.severity] for turn in news.opened for one in turn.subjects), default=0)
    bad = sum(item.tone == "bad" for item in news.items)
    fell = 0.0
    if news.score is not None:
        fell = (news.score.score_after or 0) - (news.score.score_before or 0)
    return -gravest, -bad, fell, news.name.casefold()
