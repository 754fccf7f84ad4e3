"""Rebate steps: what a partner has of each, what is missing, and the days left to earn it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from camdesk.insight.definitions import Metric
from camdesk.insight.engine import MetricRun
from camdesk.insight.rebates import Number, threshold_of

_STEPS = """
SELECT r.rebate_id, r.program, r.metric, r.period_start, r.period_end, r.threshold_base, r.payout_base,
       r.threshold, k.metric IS NOT NULL AS is_known,
       (SELECT SUM(c.n) FROM rebate_counted c WHERE c.partner_id = r.partner_id AND c.metric = r.metric
        AND c.period_start = r.period_start) AS counted
FROM rebates r LEFT JOIN rebate_known k ON k.metric = r.metric
WHERE r.partner_id = :partner AND r.period_start <= :day AND r.period_end >= :day
ORDER BY r.period_end, r.program, r.threshold_base, r.rebate_id
"""


@dataclass(frozen=True, slots=True)
class RebateStep:
    """One step of a running rebate; `has` None: what it counts is not known."""

    rebate_id: str
    program: str
    metric: str
    period_start: date
    period_end: date
    threshold: Number | None  # in the metric's unit
    payout: int | None
    has: Number | None
    days_left: int

    @property
    def progress(self) -> float | None:
        if self.has is None or not self.threshold or self.threshold < 0:
            return None
        return self.has / self.threshold

    @property
    def missing(self) -> Number | None:
        if self.has is None or self.threshold is None:
            return None
        return max(0, self.threshold - self.has)

    @property
    def is_reached(self) -> bool:
        return self.missing == 0


def read_steps(
    run: MetricRun, partner_id: str, *, day: date, metrics: Mapping[str, Metric]
) -> tuple[RebateStep, ...]:
    """Return the steps of the rebates that run on the run's one day, the first to end first."""
    return tuple(
        RebateStep(
            row["rebate_id"],
            row["program"],
            row["metric"],
            date.fromisoformat(row["period_start"]),
            date.fromisoformat(row["period_end"]),
            threshold_of(metrics.get(row["metric"]), row["threshold"], row["threshold_base"]),
            row["payout_base"],
            (row["counted"] or 0) if row["is_known"] else row["counted"],
            (date.fromisoformat(row["period_end"]) - day).days,
        )
        for row in run.query(_STEPS, {"partner": partner_id, "day": day.isoformat()})
    )
