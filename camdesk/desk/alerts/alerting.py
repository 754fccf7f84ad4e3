"""The alerts of the day: evaluated, reconciled with what was known, put in order, and dealt with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.desk.clock import today
from camdesk.desk.reports import AlertReport
from camdesk.insight.alerts import actions
from camdesk.insight.alerts.evaluation import PORTFOLIO, Evaluation, evaluate
from camdesk.insight.alerts.lifecycle import evaluated_on, reconcile
from camdesk.insight.alerts.listing import alerts_of, needs_you
from camdesk.insight.alerts.view import situation_of
from camdesk.insight.insight import Insight
from camdesk.insight.results import Alert
from camdesk.insight.wording import write_day
from camdesk.store import tables


def report(insight: Insight) -> AlertReport:
    """Return the open alerts by priority. Looking back, or ahead of today, changes no state."""
    evaluation = evaluation_of(insight)
    with insight.workspace.database.read() as connection:
        found = alerts_of(connection, evaluation)
    notices = tuple(alert for alert in found if alert.partner_id == PORTFOLIO)
    shown = tuple(alert for alert in found if alert.partner_id != PORTFOLIO)
    return AlertReport(insight.as_of, needs_you(shown), shown, evaluation.held_back, notices)


def of_mine(insight: Insight, everything: AlertReport) -> AlertReport:
    """Return a report without the alerts of others' partners."""
    partners = insight.partners()
    shown = tuple(alert for alert in everything.alerts if partners[alert.partner_id].mine)
    return replace(everything, needs_you=needs_you(shown), alerts=shown)


def partner_of(connection: Connection, alert_id: int) -> str:
    """Return whom an alert is about, the empty id for the portfolio; raises NotFoundError."""
    known = tables.alert.c
    found = connection.execute(select(known.partner_id).where(known.alert_id == alert_id)).scalar()
    if found is None:
        raise _unknown(alert_id)
    return str(found)


def evaluation_of(insight: Insight) -> Evaluation:
    """Return what all rules say on the insight's day, reconciled with what was known before."""
    return insight.remember("alerts", _evaluate)


def acknowledge(insight: Insight, alert_id: int, *, rows: Collection[str] = ()) -> None:
    """Note that an alert, or the named rows of it, is being seen to. Rows go by id or by label."""
    named = _subjects(insight, alert_id, rows)
    with _dealing(insight) as connection:
        actions.acknowledge(connection, alert_id, on=insight.as_of, subjects=named)


def snooze(insight: Insight, alert_id: int, *, until: date | None, rows: Collection[str] = ()) -> None:
    named = _subjects(insight, alert_id, rows)
    with _dealing(insight) as connection:
        actions.snooze(connection, alert_id, on=insight.as_of, until=until, subjects=named)


def resolve(insight: Insight, alert_id: int, *, reason: str, rows: Collection[str] = ()) -> None:
    named = _subjects(insight, alert_id, rows)
    with _dealing(insight) as connection:
        actions.resolve(connection, alert_id, on=insight.as_of, reason=reason, subjects=named)


def mute(insight: Insight, alert_id: int) -> None:
    with _dealing(insight) as connection:
        actions.mute(connection, alert_id, on=insight.as_of)


def unmute(insight: Insight, alert_id: int) -> None:
    with _dealing(insight) as connection:
        actions.unmute(connection, alert_id, on=insight.as_of)


def not_useful(insight: Insight, alert_id: int, *, reason: str | None) -> None:
    with _dealing(insight) as connection:
        actions.not_useful(connection, alert_id, on=insight.as_of, reason=reason)


@contextmanager
def _dealing(insight: Insight) -> Iterator[Connection]:
    """Yield a writing connection; what a person does counts for today, never for a past day."""
    with insight.workspace.database.write() as connection:
        newest = evaluated_on(connection)
        is_past = newest is not None and insight.as_of < newest
        if is_past or insight.as_of > _present(insight):
            raise UsageError(
                f"Alerts are dealt with as they stand today, not as on {write_day(insight.as_of)}.",
                "Open CAM Desk as of today, without --as-of, and do it there.",
            )
        yield connection


def _subjects(insight: Insight, alert_id: int, rows: Collection[str]) -> tuple[str, ...]:
    """Return the subjects that `rows` name; a label serves where it is unmistakable."""
    if not rows:
        return ()
    alert = open_alert(report(insight), alert_id)
    found = []
    for name in rows:
        exact = [one.subject for one in alert.subjects if one.subject == name]
        by_label = [one.subject for one in alert.subjects if one.label.casefold() == name.casefold()]
        named = exact or by_label
        if len(named) != 1:
            what = "several rows" if named else "no row"
            raise NotFoundError(
                f"Alert {alert_id} has {what} called {name}.",
                f"See its rows with: camdesk alert show {alert_id}",
            )
        found += named
    return tuple(found)


def open_alert(everything: AlertReport, alert_id: int) -> Alert:
    """Return an alert or a notice of a report; raises NotFoundError where it is not among them."""
    for alert in (*everything.alerts, *everything.notices):
        if alert.id == alert_id:
            return alert
    raise _unknown(alert_id)


def _unknown(alert_id: int) -> NotFoundError:
    return NotFoundError(f"There is no open alert {alert_id}.", "List them with: camdesk alerts")


def _evaluate(insight: Insight) -> Evaluation:
    insight.prepare()
    evaluation = evaluate(
        insight.workspace.database, insight.catalog, insight.settings, situation=situation_of(insight)
    )
    if insight.as_of <= _present(insight):
        with insight.workspace.database.write(follows=True) as connection:
            reconcile(connection, evaluation)
    return evaluation


def _present(insight: Insight) -> date:
    return insight.settings.fixed_day or today()
