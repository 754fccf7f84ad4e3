"""How each rule has served: how often it fired, was acted upon, and was of no use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from camdesk.insight.alerts.episodes import firings_of
from camdesk.insight.alerts.lifecycle import read_events, read_states
from camdesk.insight.catalog import Catalog
from camdesk.insight.results import PastFiring


@dataclass(frozen=True)
class RuleUse:
    """One rule and how it has served so far; the counts are of alerts raised, not of rows."""

    rule: str
    title: str
    severity: str
    types: tuple[str, ...]
    """The partner types whose profiles switch it on."""
    thresholds: Mapping[str, float]
    fired: int
    acted_upon: int
    """Acknowledged, or resolved by hand."""
    closed_by_itself: int
    not_useful: int
    muted: int


def rule_uses(connection: Connection, catalog: Catalog, *, until: date) -> tuple[RuleUse, ...]:
    """Return every rule with how it has served up to and on a day, the most fired first."""
    events = read_events(connection, until=until)
    firings: dict[str, list[PastFiring]] = {}
    muted: dict[str, int] = {}
    for state in read_states(connection).values():
        firings.setdefault(state.rule, []).extend(firings_of(events.get(state.alert_id, ())))
        muted[state.rule] = muted.get(state.rule, 0) + (state.state == "muted")
    uses = [
        RuleUse(
            rule.id,
            rule.title,
            rule.severity,
            tuple(profile.type for profile in catalog.profiles.values() if rule.id in profile.rules),
            rule.thresholds,
            len(past := firings.get(rule.id, [])),
            sum(one.acknowledged_on is not None or one.resolved_on is not None for one in past),
            sum(one.closed_on is not None and one.resolved_on is None for one in past),
            sum(one.not_useful for one in past),
            muted.get(rule.id, 0),
        )
        for rule in catalog.rules.values()
    ]
    return tuple(sorted(uses, key=lambda one: (-one.fired, one.title)))
