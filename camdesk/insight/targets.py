"""What figures are held against: each partner's own target of a day, or an assumed one.

Own: the `targets` row whose period contains the day (the shortest, then one the CAM set, then the lowest
id). Assumed, and marked so wherever it shows: the same metric's sum over the fiscal year before, grown by
the profile's assumed growth, over the fiscal year of the day; none where that sum is not above 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from camdesk.insight import safety
from camdesk.insight.definitions import Metric, Profile
from camdesk.insight.results import Unit

_TABLE = """
CREATE TEMP TABLE target_at (
  moment INTEGER, partner_id TEXT, metric TEXT, record_id TEXT, value REAL,
  period_from TEXT, period_until TEXT, assumed INTEGER, pace REAL, quarter_value REAL
)
"""

_OWN = """
INSERT INTO target_at (moment, partner_id, metric, record_id, value, period_from, period_until, assumed)
SELECT moment, partner_id, metric, target_id, value, period_start, date(period_end, '+1 day'), 0 FROM (
  SELECT m.moment, t.partner_id, t.metric, t.target_id, t.period_start, t.period_end,
         CASE WHEN t.metric IN (SELECT metric FROM money_metrics)
              THEN t.value_base ELSE t.value / 10000.0 END AS value,
         ROW_NUMBER() OVER (
           PARTITION BY m.moment, t.partner_id, t.metric
           ORDER BY julianday(t.period_end) - julianday(t.period_start), o.source <> 'me', o.target_id
         ) AS choice
  FROM moments m CROSS JOIN targets t ON t.period_start <= m.day AND t.period_end >= m.day
  JOIN main.targets o ON o.partner_id = t.partner_id AND o.metric = t.metric
   AND t.target_id IN (o.target_id, o.source || ':' || o.target_id)
) WHERE choice = 1
"""

_ASSUMED = """
INSERT INTO target_at (moment, partner_id, metric, record_id, value, period_from, period_until, assumed)
SELECT m.moment, s.partner_id, s.metric, 'assumed from ' || m.prior_year_end, s.total * (1 + g.growth),
       m.year_from, m.year_until, 1
FROM (SELECT moment, partner_id, metric, SUM(total) AS total FROM prior_years
      GROUP BY moment, partner_id, metric) s
JOIN moments m ON m.moment = s.moment
JOIN partners p ON p.partner_id = s.partner_id
JOIN assumed_growth g ON g.type = p.type
WHERE s.total > 0
  AND NOT EXISTS (SELECT 1 FROM target_at t
                  WHERE t.moment = m.moment AND t.partner_id = s.partner_id AND t.metric = s.metric)
"""

# A target in a currency without a rate is no target, and none is assumed in its place: there is one.
_UNKNOWN = "DELETE FROM target_at WHERE value IS NULL"

_INDEX = "CREATE INDEX temp.target_at_by ON target_at (moment, metric, partner_id)"

_PACE = """
UPDATE target_at SET
  pace = (SELECT julianday(m.until) - julianday(target_at.period_from) FROM moments m
          WHERE m.moment = target_at.moment) / (julianday(period_until) - julianday(period_from)),
  quarter_value = value * (
    SELECT MAX(0, julianday(MIN(m.quarter_until, target_at.period_until))
                  - julianday(MAX(m.quarter_from, target_at.period_from)))
    FROM moments m WHERE m.moment = target_at.moment) / (julianday(period_until) - julianday(period_from))
"""


def prepare_targets(connection: Any, metrics: Iterable[Metric], profiles: Iterable[Profile]) -> None:
    """Make the relations that targets are assumed from, still empty."""
    connection.execute(
        "CREATE TEMP TABLE prior_years (moment INTEGER, partner_id TEXT, metric TEXT, total REAL)"
    )
    connection.execute("CREATE TEMP TABLE money_metrics (metric TEXT PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE assumed_growth (type TEXT PRIMARY KEY, growth REAL)")
    connection.executemany(
        "INSERT INTO assumed_growth VALUES (?, ?)",
        [(profile.type, profile.assumed_growth) for profile in profiles],
    )
    connection.executemany(
        "INSERT INTO money_metrics VALUES (?)",
        [(metric.id,) for metric in metrics if metric.unit is Unit.MONEY],
    )


def add_sums(connection: Any, metrics: Iterable[Metric], *, sign: int) -> None:
    """Add (or take off) what targets are set for, over the twelve-month window of the moments in place."""
    for metric in metrics:
        if metric.target_of is not None:
            # A definition may be a user's own: it reads no more here than where its figures are made.
            with safety.guarded(connection):
                rows = connection.execute(
                    "SELECT r.moment, r.partner_id, ?, ? * SUM(r.n) "
                    f"FROM ({metric.records}) r GROUP BY r.moment, r.partner_id HAVING SUM(r.n) IS NOT NULL",
                    (metric.target_of, sign),
                ).fetchall()
            connection.executemany("INSERT INTO prior_years VALUES (?, ?, ?, ?)", rows)


def make_targets(connection: Any) -> None:
    """Make `target_at` for the moments in place."""
    for statement in (_TABLE, _OWN, _INDEX, _ASSUMED, _UNKNOWN, _PACE):
        connection.execute(statement)
