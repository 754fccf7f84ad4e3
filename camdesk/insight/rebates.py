"""Rebate steps: what a partner has of each, what is missing, and the days left to earn it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Metric
from camdesk.insight.engine import MetricRun

_RUNNING = "r.partner_id = :partner AND r.period_start <= :day AND r.period_end >= :day"
_STEPS = f"""
SELECT r.rebate_id, r.program, r.metric, r.period_start, r.period_end, r.threshold_base, r.payout_base
FROM rebates r WHERE {_RUNNING}
ORDER BY r.period_end, r.program, r.threshold_base, r.rebate_id
"""
_COUNTED = f"SELECT DISTINCT r.metric, r.period_start FROM rebates r WHERE {_RUNNING}"

Number = float | int


@dataclass(frozen=True, slots=True)
class RebateStep:
    """One step of a running rebate; `has` None: what it counts is not known."""

    rebate_id: str
    program: str
    metric: str
    period_start: date
    period_end: date
    threshold: int | None
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


def counted_by_rebates(
    connection: Any, catalog: Catalog, partner_id: str, day: date
) -> dict[tuple[str, str], Number | None]:
    """Return what the running rebates count so far, by metric and period start.

    The metric's own definition is asked, its twelve months beginning with the rebate's period instead, so
    that a rebate and its metric never say different things. Runs before definitions are let in, on the
    run's one moment.
    """
    found: dict[tuple[str, str], Number | None] = {}
    (own_start,) = connection.execute("SELECT m12_from FROM moments").fetchone()
    named = {"partner": partner_id, "day": day.isoformat()}
    for metric, period_start in connection.execute(_COUNTED, named).fetchall():
        definition = catalog.metrics.get(metric)
        if definition is None or definition.window != "12m" or definition.aggregation != "sum":
            continue
        connection.execute("UPDATE moments SET m12_from = ?", (period_start,))
        found[metric, period_start] = _sum(connection, definition, partner_id)
    connection.execute("UPDATE moments SET m12_from = ?", (own_start,))
    return found


def read_steps(
    run: MetricRun, partner_id: str, *, day: date, counted: Mapping[tuple[str, str], Number | None]
) -> tuple[RebateStep, ...]:
    """Return the steps of the rebates that run on the day, the first to end first."""
    rows = run.query(_STEPS, {"partner": partner_id, "day": day.isoformat()})
    return tuple(
        RebateStep(
            row["rebate_id"],
            row["program"],
            row["metric"],
            date.fromisoformat(row["period_start"]),
            date.fromisoformat(row["period_end"]),
            row["threshold_base"],
            row["payout_base"],
            counted.get((row["metric"], row["period_start"])),
            (date.fromisoformat(row["period_end"]) - day).days,
        )
        for row in rows
    )


def _sum(connection: Any, metric: Metric, partner_id: str) -> Number | None:
    """Return the sum of a partner's records; 0 where it has none but the portfolio has such records."""
    (total,) = connection.execute(
        f"SELECT SUM(n) FROM ({metric.records}) WHERE partner_id = ?",
        (partner_id,),
    ).fetchone()
    if total is not None:
        known: Number = total
        return known
    marks = ", ".join("?" * len(metric.present))
    has_any = connection.execute(
        f"SELECT 1 FROM first_rows WHERE entity IN ({marks}) LIMIT 1",
        metric.present,
    ).fetchone()
    return 0 if has_any else None
