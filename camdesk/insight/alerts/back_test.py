"""Replay a rule over past days: how often it would have fired, about whom, and what happened afterwards.

The rule is looked at alone: no other rule silences it. Each day is seen as facts known today show it;
states that no source dates, as they were recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.base.periods import ONE_DAY, add_months
from camdesk.base.progress import Progress, SilentProgress
from camdesk.insight.alerts.past_alerts import PastAlert
from camdesk.insight.alerts.rule_replay import RuleReplay
from camdesk.insight.catalog import Catalog
from camdesk.insight.insight import Insight
from camdesk.insight.rules import Rule
from camdesk.store.tables import sync_run

MOST_DAYS = 800
_STATES = re.compile(r"\b\w+_history\b|\bdeal_state_at\b|\brequirement_(?:at|state)\b", re.IGNORECASE)


@dataclass(frozen=True)
class BackTest:
    """What a rule would have said, as it is set now and, where thresholds were changed, with those.

    `unknown_before`: the rule reads states nobody recorded before that day; `unknown_days` of those asked
    for lie before it. `held_back`: why the rule has nothing to say on some or all days.
    """

    rule: Rule
    start: date
    end: date
    step_days: int
    days: tuple[date, ...]
    unknown_before: date | None
    unknown_days: int
    held_back: str | None
    changed: Mapping[str, float]
    alerts: tuple[PastAlert, ...]
    alerts_changed: tuple[PastAlert, ...] | None


def back_test(
    insight: Insight,
    rule_id: str,
    *,
    start: date | None = None,
    end: date | None = None,
    step_days: int = 7,
    thresholds: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> BackTest:
    """Replay a rule from `start` (default: a year before `end`) to `end` (default: the insight's day)."""
    rule = _rule(insight.catalog, rule_id, thresholds or {})
    end = end or insight.as_of
    start = start or add_months(end, -12) + ONE_DAY
    asked = _days(start, end, step_days, latest=insight.as_of)
    known_from = _known_from(insight) if reads_states(rule, insight.catalog) else None
    days = [day for day in asked if known_from is None or day >= known_from]
    replay = RuleReplay(insight, rule, days, thresholds or {})
    replay.run(progress or SilentProgress())
    return BackTest(
        rule,
        start,
        end,
        step_days,
        tuple(days),
        known_from if len(days) < len(asked) else None,
        len(asked) - len(days),
        replay.held_back,
        dict(thresholds or {}),
        replay.told(changed=False),
        replay.told(changed=True) if thresholds else None,
    )


def _rule(catalog: Catalog, rule_id: str, thresholds: Mapping[str, float]) -> Rule:
    rule = catalog.rules.get(rule_id)
    if rule is None:
        raise NotFoundError(f"There is no rule called {rule_id}.", "See them with: camdesk alerts --rules")
    unknown = sorted(thresholds.keys() - rule.thresholds.keys())
    if unknown:
        known = ", ".join(sorted(rule.thresholds)) or "none at all"
        raise UsageError(f"The rule {rule_id} has no threshold {unknown[0]}.", f"It has: {known}.")
    return rule


def _days(start: date, end: date, step_days: int, *, latest: date) -> list[date]:
    """Return the days to look at, the last one `end`, oldest first."""
    if end > latest:
        raise UsageError("A rule can only be replayed over days gone by.", f"End on {latest} or before.")
    if start > end:
        raise UsageError("The replay would end before it begins.", "Give --from a day before --to.")
    if step_days < 1:
        raise UsageError("A replay goes forward by at least a day.", "Choose every day or every week.")
    count = (end - start).days // step_days + 1
    if count > MOST_DAYS:
        raise UsageError(
            f"That is {count} days to look at, more than {MOST_DAYS}.", "Ask for fewer, or look weekly."
        )
    return [end - timedelta(days=step_days * back) for back in reversed(range(count))]


def reads_states(rule: Rule, catalog: Catalog) -> bool:
    """Tell whether a rule rests on states without a day of their own, known only since the first sync."""
    undated = (name for name, metric in catalog.metrics.items() if metric.history != "dated")
    # Who was a prospect before then nobody knows: today's partners stand for those of that day.
    return (
        rule.applies_to == "prospect"
        or bool(_STATES.search(rule.records))
        or any(f"'{name}'" in rule.records for name in undated)
    )


def _known_from(insight: Insight) -> date | None:
    with insight.workspace.database.read() as connection:
        first = connection.execute(select(func.min(sync_run.c.as_of))).scalar()
    return date.fromisoformat(first) if first else None
