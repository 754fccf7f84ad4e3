"""A rule tried on the past, with what that says in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from camdesk.base.progress import Progress
from camdesk.desk.reports import BackTestReport
from camdesk.insight.alerts.back_test import back_test
from camdesk.insight.alerts.verdict import kept_apart, summary
from camdesk.insight.insight import Insight


def report(
    insight: Insight,
    rule: str,
    *,
    start: date | None,
    end: date | None,
    step_days: int,
    thresholds: Mapping[str, float] | None,
    progress: Progress | None,
) -> BackTestReport:
    """Return what a rule would have said; raises UsageError or NotFoundError for what cannot be replayed."""
    test = back_test(
        insight,
        rule,
        start=start,
        end=end,
        step_days=step_days,
        thresholds=thresholds,
        progress=progress,
    )
    names = {partner_id: partner.name for partner_id, partner in insight.partners().items()}
    changed = test.alerts if test.alerts_changed is None else test.alerts_changed
    return BackTestReport(
        test,
        names,
        summary(test, names),
        kept_apart(test.alerts, changed),
        kept_apart(changed, test.alerts),
    )
