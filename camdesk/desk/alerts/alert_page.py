"""One alert opened for a person: the rule and its numbers, the records, their age, and what came before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from camdesk.base.errors import NotFoundError
from camdesk.desk.alerts import alerting
from camdesk.desk.partner.figures import heading, record_tables
from camdesk.desk.reports import AlertDetail, AlertHappening, EarlierFiring, NamedValue
from camdesk.insight.alerts.episodes import firings_of, say
from camdesk.insight.alerts.evaluation import SEVERITIES, Evaluation, judging_profile
from camdesk.insight.alerts.freshness import read_freshness
from camdesk.insight.alerts.lifecycle import Event, read_events, read_states
from camdesk.insight.alerts.listing import closed_alert
from camdesk.insight.alerts.messages import OWN_NAMES, counted, fields_of, write_column
from camdesk.insight.alerts.outcomes import outcomes_of
from camdesk.insight.definitions import Profile
from camdesk.insight.insight import Insight
from camdesk.insight.results import Alert, AlertEvidence, EvidenceRecord, PastFiring
from camdesk.insight.rules import Rule

_NAMED = 5
_COUNTED = {"days": "day", "hours": "business hour", "times": "time"}
"""What the last word of a threshold's name counts, one of it."""


def report(insight: Insight, alert_id: int) -> AlertDetail:
    """Return one alert, open or closed, with all it rests on; raises NotFoundError."""
    evaluation = alerting.evaluation_of(insight)
    alert = _alert(insight, evaluation, alert_id)
    rule = insight.catalog.rules.get(alert.rule)
    return page(insight, alert, baseline=_baseline(rule, evaluation, alert))


def page(insight: Insight, alert: Alert, *, baseline: tuple[NamedValue, ...] = ()) -> AlertDetail:
    """Return a known alert with all it rests on; evaluates nothing, so that it is there at once."""
    rule = insight.catalog.rules.get(alert.rule)
    partner = insight.partners().get(alert.partner_id)
    profile = judging_profile(rule, insight.catalog, partner) if rule and partner else None
    evidence = dict.fromkeys(record for one in alert.subjects for record in one.evidence)
    with insight.workspace.database.read() as connection:
        freshness = read_freshness(connection, insight.settings, insight.as_of)
        events = read_events(connection, until=insight.as_of).get(alert.id, [])
        past = [one for one in firings_of(events) if one.closed_on is not None]
        earlier = tuple(_earlier(connection, one, rule) for one in reversed(past))
    labels = {one.subject: one.label for one in alert.subjects}
    return AlertDetail(
        alert,
        partner.name if partner else None,
        rule.title if rule else alert.rule,
        profile.title if profile else None,
        _thresholds(rule, profile),
        baseline,
        record_tables(insight, [EvidenceRecord(one.entity, one.record_id, None, None) for one in evidence]),
        freshness.ages(rule) if rule else (),
        earlier,
        tuple(_happening(event, labels) for event in events),
        insight.settings.base_currency,
    )


def _alert(insight: Insight, evaluation: Evaluation, alert_id: int) -> Alert:
    everything = alerting.report(insight)
    for alert in (*everything.alerts, *everything.notices):
        if alert.id == alert_id:
            return alert
    with insight.workspace.database.read() as connection:
        states = read_states(connection)
    stored = next((state for state in states.values() if state.alert_id == alert_id), None)
    if stored is None:
        raise NotFoundError(f"There is no alert {alert_id}.", "List them with: camdesk alerts")
    return closed_alert(stored, insight.catalog.rules.get(stored.rule))


def _thresholds(rule: Rule | None, profile: Profile | None) -> tuple[NamedValue, ...]:
    """Return the rule's thresholds as they hold for the partner: the profile's where it sets its own."""
    if rule is None:
        return ()
    own: Mapping[str, float] = profile.rules[rule.id] if profile else {}
    return tuple(
        NamedValue(name, threshold_title(name), value, threshold_words(name, value))
        for name, value in (rule.thresholds | dict(own)).items()
    )


def threshold_title(name: str) -> str:
    """Return a threshold's name as a person reads it: `warning_days` → Warning."""
    return heading(name.removesuffix("_days").removesuffix("_hours"))


def threshold_words(name: str, value: float) -> str:
    """Return a threshold's value with what it counts: days, business hours, a share, or a plain number."""
    for ending, noun in _COUNTED.items():
        if name == ending or name.endswith(f"_{ending}"):
            return counted(value, noun) if value == int(value) else f"{value:g} {noun}s"
    return f"{value:.0%}" if 0 < value < 1 else f"{value:g}"


def _baseline(rule: Rule | None, evaluation: Evaluation, alert: Alert) -> tuple[NamedValue, ...]:
    """Return the numbers and days of the gravest row that the rule's message is made of."""
    firing = next(
        (
            one
            for one in evaluation.firings
            if one.rule == alert.rule and one.partner_id == alert.partner_id and alert.subjects
        ),
        None,
    )
    if rule is None or firing is None:
        return ()
    gravest = max(firing.subjects, key=lambda one: (SEVERITIES[one.severity], one.value_at_stake or 0))
    fields = dict.fromkeys((*fields_of(rule.message), *fields_of(rule.message_many)))
    return tuple(
        NamedValue(
            name,
            heading(name),
            gravest.columns.get(name),
            write_column(gravest.columns.get(name), form, currency=evaluation.base_currency),
        )
        for name, form in fields
        if name not in OWN_NAMES and (form or isinstance(gravest.columns.get(name), int | float))
    )


def _earlier(connection: Connection, firing: PastFiring, rule: Rule | None) -> EarlierFiring:
    """Say how an earlier firing went; a row's name is its record's id wherever a rule is about records."""
    records = [
        AlertEvidence(entity, subject)
        for entity in (rule.needs if rule else ())
        for subject in firing.subjects
    ]
    ended = [one for one in outcomes_of(connection, records) if one.day >= firing.opened_on]
    return EarlierFiring(firing, say(firing), _shortened([str(one) for one in ended]))


def _shortened(words: Sequence[str]) -> tuple[str, ...]:
    more = len(words) - _NAMED
    return (*words[:_NAMED], *([f"and {more} more"] if more > 0 else []))


def _happening(event: Event, labels: Mapping[str, str]) -> AlertHappening:
    row = labels.get(event.subject, event.subject) if event.subject is not None else None
    return AlertHappening(date.fromisoformat(event.happened_on), event.event, row, event.reason)
