"""What running rebates count: relations that definitions, rules and terms read.

A rebate counts what its metric counts, from the rebate's first day on: the metric's own definition is
asked with its window begun on that day, so that a rebate and its metric never say different things.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camdesk.base.money import SCALE
from camdesk.insight import safety
from camdesk.insight.definitions import Metric
from camdesk.insight.relations import is_dated_before
from camdesk.insight.results import Unit

_ASKED = """
SELECT DISTINCT r.metric, r.period_start
FROM moments m CROSS JOIN rebates r ON r.period_start <= m.day AND r.period_end >= m.day
"""
_COUNTED = """
SELECT r.moment, r.partner_id, r.entity, r.record_id, {amount} AS n FROM ({records}) r
JOIN (SELECT DISTINCT m.moment, b.partner_id FROM moments m
      CROSS JOIN rebates b ON b.metric = ? AND b.period_start = ?
       AND b.period_start <= m.day AND b.period_end >= m.day) w
  ON w.moment = r.moment AND w.partner_id = r.partner_id
WHERE r.n IS NOT NULL
"""
# What each record adds, so that the sum of all is the figure.
_AMOUNTS = {
    "sum": "r.n",
    "distinct": "CASE ROW_NUMBER() OVER (PARTITION BY r.moment, r.partner_id, r.n ORDER BY r.record_id) "
    "WHEN 1 THEN 1 END",
    "ratio": "r.n * 1.0 / SUM(r.d) OVER (PARTITION BY r.moment, r.partner_id)",
    "mean": "r.n * 1.0 / COUNT(r.n) OVER (PARTITION BY r.moment, r.partner_id)",
}
_WINDOW_STARTS = {
    "12m": "m12_from",
    "24m": "m24_from",
    "90d": "d90_from",
    "quarter": "quarter_from",
    "year": "year_from",
}
RELATIONS = ("rebate_counted", "rebate_known")

Number = float | int


def make_rebates(connection: Any, metrics: Mapping[str, Metric]) -> None:
    """Make `rebate_counted`, the records that running rebates count, and `rebate_known`, whose metrics are.

    A month's billing is summed like its yearly figure; what has no window counts as it stands on the day.
    """
    connection.execute(
        "CREATE TEMP TABLE rebate_counted (moment INTEGER, partner_id TEXT, metric TEXT, period_start TEXT, "
        "entity TEXT, record_id TEXT, n)"
    )
    connection.execute("CREATE TEMP TABLE rebate_known (metric TEXT PRIMARY KEY)")
    for name, start in connection.execute(_ASKED).fetchall():
        definition = metrics.get(name)
        if definition is not None and definition.window == "month" and definition.unit is Unit.MONEY:
            definition = metrics.get(f"{name}_year", definition)
        if definition is None or definition.aggregation not in _AMOUNTS:
            continue
        rows = _counted_from(connection, definition, asked=name, start=start)
        connection.executemany(
            "INSERT INTO rebate_counted VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(moment, partner_id, name, start, *rest) for moment, partner_id, *rest in rows],
        )
        if _is_known(connection, definition):
            connection.execute("INSERT OR IGNORE INTO rebate_known VALUES (?)", (name,))
    connection.execute(
        "CREATE INDEX temp.rebate_counted_by ON rebate_counted (moment, partner_id, metric, period_start)"
    )


def threshold_of(metric: Metric | None, plain: int, in_base: int | None) -> Number | None:
    """Return a step's threshold in the unit of its metric: an amount in base currency, else a number."""
    if metric is not None and metric.unit is Unit.MONEY:
        return in_base
    return plain / SCALE


def _counted_from(connection: Any, metric: Metric, *, asked: str, start: str) -> list[tuple[Any, ...]]:
    column = _WINDOW_STARTS.get(metric.window)
    sql = _COUNTED.format(amount=_AMOUNTS[metric.aggregation], records=metric.records)
    if column is not None:
        connection.execute(f"CREATE TEMP TABLE usual_bounds AS SELECT moment, {column} AS bound FROM moments")
        connection.execute(f"UPDATE moments SET {column} = ?", (start,))
    try:
        with safety.guarded(connection):
            rows: list[tuple[Any, ...]] = connection.execute(sql, (asked, start)).fetchall()
    finally:
        if column is not None:
            connection.execute(
                f"UPDATE moments SET {column} = "
                "(SELECT bound FROM usual_bounds u WHERE u.moment = moments.moment)"
            )
            connection.execute("DROP TABLE usual_bounds")
    return [row for row in rows if row[-1] is not None]


def _is_known(connection: Any, metric: Metric) -> bool:
    """Tell whether nothing counted is nothing, and not unknown: somebody's records of it are brought."""
    (latest,) = connection.execute("SELECT MAX(until) FROM moments").fetchone()
    entities = metric.present or metric.portfolio_present
    return metric.aggregation in ("sum", "distinct") and any(
        is_dated_before(connection, name, latest) for name in entities
    )
