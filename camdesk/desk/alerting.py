"""The alerts of the day: evaluated, reconciled with what was known, and put in order."""

from __future__ import annotations

from datetime import date, timedelta

from camdesk.desk.clock import today
from camdesk.desk.reports import AlertReport
from camdesk.insight import scoring
from camdesk.insight.alerts import actions
from camdesk.insight.alerts.evaluation import Evaluation, evaluate
from camdesk.insight.alerts.lifecycle import reconcile
from camdesk.insight.alerts.listing import alerts_of, needs_you, notices_of
from camdesk.insight.alerts.situation import PAST_DAYS, Situation
from camdesk.insight.insight import Insight


def report(insight: Insight, *, mine: bool) -> AlertReport:
    """Return the open alerts by priority. Looking back, or ahead of today, changes no state."""
    evaluation = insight.remember("alerts", _evaluate)
    with insight.workspace.database.read() as connection:
        alerts = alerts_of(connection, evaluation)
        notices = notices_of(connection, evaluation)
    partners = insight.partners()
    shown = tuple(alert for alert in alerts if partners[alert.partner_id].mine or not mine)
    return AlertReport(insight.as_of, needs_you(shown), shown, evaluation.held_back, notices)


def acknowledge(insight: Insight, alert_id: int) -> None:
    with insight.workspace.database.write() as connection:
        actions.acknowledge(connection, alert_id, on=insight.as_of)


def snooze(insight: Insight, alert_id: int, *, until: date | None) -> None:
    with insight.workspace.database.write() as connection:
        actions.snooze(connection, alert_id, on=insight.as_of, until=until)


def resolve(insight: Insight, alert_id: int, *, reason: str) -> None:
    with insight.workspace.database.write() as connection:
        actions.resolve(connection, alert_id, on=insight.as_of, reason=reason)


def mute(insight: Insight, alert_id: int) -> None:
    with insight.workspace.database.write() as connection:
        actions.mute(connection, alert_id, on=insight.as_of)


def unmute(insight: Insight, alert_id: int) -> None:
    with insight.workspace.database.write() as connection:
        actions.unmute(connection, alert_id, on=insight.as_of)


def _evaluate(insight: Insight) -> Evaluation:
    past = Insight(
        insight.workspace, insight.catalog, insight.settings, insight.as_of - timedelta(days=PAST_DAYS)
    )
    insight.prepare()
    partners = insight.partners()
    situation = Situation(
        insight.as_of,
        partners,
        figures=_flat(insight),
        past_figures=_flat(past),
        contributions={partner: insight.contribution(partner) for partner in partners},
        score_shifts=_score_shifts(insight, past),
        tiers={partner: insight.tier_state(partner) for partner in partners},
        milestones={partner: insight.milestones(partner) for partner in partners},
    )
    evaluation = evaluate(insight.workspace.database, insight.catalog, insight.settings, situation=situation)
    if insight.as_of <= max(today(), insight.settings.fixed_day or date.min):
        with insight.workspace.database.write() as connection:
            reconcile(connection, evaluation)
    return evaluation


def _score_shifts(insight: Insight, past: Insight) -> dict[str, tuple[float, float]]:
    now, before = insight.figures(), past.figures()
    shifts = {
        partner: scoring.over_common_lines(insight.profile(partner), before.of(partner), now.of(partner))
        for partner in insight.partners()
    }
    return {partner: shift for partner, shift in shifts.items() if shift is not None}


def _flat(insight: Insight) -> dict[tuple[str, str], float | int | None]:
    return {
        (partner, metric): value
        for partner, values in insight.figures().values.items()
        for metric, value in values.items()
    }
