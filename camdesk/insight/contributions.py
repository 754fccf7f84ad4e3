"""What a partner's contribution is made of: the figure of its type, and what its other hats add to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camdesk.insight.definitions import Metric, Profile
from camdesk.insight.hats import hats_of

_CONTRIBUTION_OF = """
CREATE TEMP TABLE contribution_of (
  partner_id TEXT, metric TEXT, place INTEGER, PRIMARY KEY (partner_id, metric)
) WITHOUT ROWID
"""

_CONTRIBUTORS = """
CREATE TEMP TABLE contributors AS
SELECT DISTINCT m.moment, f.partner_id FROM moments m CROSS JOIN first_rows f ON f.first_day < m.until
JOIN contribution_of c ON c.partner_id = f.partner_id
JOIN contribution_entities e ON e.metric = c.metric AND e.entity = f.entity
"""

# Who counts the lines that name it in its own contribution.
_COUNTING_SALES = """
CREATE TEMP TABLE counting_sales AS
SELECT DISTINCT c.partner_id FROM contribution_of c
JOIN contribution_entities e ON e.metric = c.metric AND e.entity = 'sales'
"""

# Whose hats may count the same record, or an order and its deal; a figure that names no entities may.
_OVERLAPPING = """
CREATE TEMP TABLE overlapping_hats AS
SELECT DISTINCT a.partner_id FROM contribution_of a
JOIN contribution_of b ON b.partner_id = a.partner_id AND b.place > a.place
WHERE a.metric NOT IN (SELECT metric FROM contribution_entities)
   OR b.metric NOT IN (SELECT metric FROM contribution_entities)
   OR EXISTS (SELECT 1 FROM contribution_entities x JOIN contribution_entities y ON y.metric = b.metric
              WHERE x.metric = a.metric AND (x.entity = y.entity
                OR x.entity IN ('sales', 'orders', 'sell_through', 'deals')
                AND y.entity IN ('sales', 'orders', 'sell_through', 'deals')))
"""

# Of those who bring orders by one hat and deals by another: the opportunity of each.
_OPPORTUNITIES = """
CREATE TEMP TABLE opportunities AS
WITH both AS MATERIALIZED (
  SELECT c.partner_id FROM contribution_of c
  JOIN contribution_entities e ON e.metric = c.metric AND e.entity = 'deals'
  INTERSECT
  SELECT c.partner_id FROM contribution_of c
  JOIN contribution_entities e ON e.metric = c.metric AND e.entity = 'sales'
)
SELECT d.partner_id, 'deals' AS entity, d.deal_id AS record_id,
       COALESCE(d.opportunity_id, 'deal ' || d.deal_id) AS opportunity
FROM both b CROSS JOIN deals d ON d.partner_id = b.partner_id
"""
_OPPORTUNITIES_OF_ORDERS = """
INSERT INTO opportunities
SELECT o.partner_id, 'orders', o.order_id, d.opportunity
FROM (SELECT DISTINCT partner_id FROM opportunities) p
CROSS JOIN orders o ON o.partner_id = p.partner_id AND o.deal_id IS NOT NULL
CROSS JOIN opportunities d ON d.partner_id = o.partner_id AND d.entity = 'deals' AND d.record_id = o.deal_id
"""
_OPPORTUNITIES_INDEX = """
CREATE INDEX temp.opportunities_by ON opportunities (partner_id, entity, record_id, opportunity)
"""

_ONE_HAT = """
SELECT r.moment, r.partner_id, c.place, r.entity, r.record_id, r.n
FROM contribution_of c CROSS JOIN ({records}) r ON r.partner_id = c.partner_id
WHERE c.metric = '{metric}'
"""


# What an earlier hat has counted (the same record, or an order and a deal of one opportunity) is left out of
# the later ones; mostly there is one hat, or hats that count different things, and all of it counts.
_SEVERAL = """
CREATE TEMP VIEW several_hats AS
SELECT c.*, COALESCE(o.opportunity, c.entity || ' ' || c.record_id) AS once
FROM contributions c LEFT JOIN opportunities o
  ON o.partner_id = c.partner_id AND o.entity = c.entity AND o.record_id = c.record_id
WHERE c.partner_id IN (SELECT partner_id FROM overlapping_hats)
"""
_CONTRIBUTED = """
CREATE TEMP VIEW contributed AS
SELECT moment, partner_id, entity, record_id, n FROM contributions
WHERE partner_id NOT IN (SELECT partner_id FROM overlapping_hats)
UNION ALL
SELECT moment, partner_id, entity, record_id, n FROM (
  SELECT *, MIN(place) OVER (PARTITION BY moment, partner_id, once) AS first_place FROM several_hats
) WHERE place = first_place
"""


# The same added up: each figure by itself, in the order of its index, which one sort of all cannot match.
_SUMS_OF_ONE = """
SELECT g.moment, g.partner_id, g.n, g.records
FROM (SELECT moment, partner_id, SUM(n) AS n, COUNT(n) AS records
      FROM ({records}) GROUP BY moment, partner_id) g
JOIN contribution_of c ON c.partner_id = g.partner_id AND c.metric = '{metric}'
WHERE g.partner_id NOT IN (SELECT partner_id FROM overlapping_hats)
"""
_SUMS_OF_SEVERAL = """
SELECT moment, partner_id, SUM(n), COUNT(n) FROM (
  SELECT *, MIN(place) OVER (PARTITION BY moment, partner_id, once) AS first_place FROM several_hats
) WHERE place = first_place GROUP BY moment, partner_id
"""
_SUMS = """
CREATE TEMP VIEW contribution_sums AS
SELECT moment, partner_id, SUM(n) AS n, SUM(records) AS records FROM ({sums}) GROUP BY moment, partner_id
"""


def make_contributions(
    connection: Any, profiles: Mapping[str, Profile], metrics: Mapping[str, Metric]
) -> None:
    """Make which figures make up each partner's contribution, who has records of them, and the records.

    The records stay a view of the metrics' own queries, which are let in only later.
    """
    named = sorted({profile.contribution for profile in profiles.values()})
    connection.execute(_CONTRIBUTION_OF)
    partners = connection.execute("SELECT partner_id, type, other_types FROM partners").fetchall()
    connection.executemany(
        "INSERT INTO contribution_of VALUES (?, ?, ?)",
        [
            (partner_id, metric, place)
            for partner_id, kind, others in partners
            for place, metric in enumerate(_metrics_of(kind, others, profiles))
        ],
    )
    connection.execute("CREATE TEMP TABLE contribution_entities (metric TEXT, entity TEXT)")
    connection.executemany(
        "INSERT INTO contribution_entities VALUES (?, ?)",
        [(name, entity) for name in named for entity in metrics[name].present],
    )
    connection.execute(_CONTRIBUTORS)
    connection.execute("CREATE INDEX temp.contributors_by ON contributors (moment, partner_id)")
    connection.execute(_COUNTING_SALES)
    for statement in (_OVERLAPPING, _OPPORTUNITIES, _OPPORTUNITIES_INDEX, _OPPORTUNITIES_OF_ORDERS):
        connection.execute(statement)
    arms = [_ONE_HAT.format(records=metrics[name].records, metric=name) for name in named]
    connection.execute(f"CREATE TEMP VIEW contributions AS {' UNION ALL '.join(arms)}")
    connection.execute(_SEVERAL)
    connection.execute(_CONTRIBUTED)
    sums = [_SUMS_OF_ONE.format(records=metrics[name].records, metric=name) for name in named]
    connection.execute(_SUMS.format(sums=" UNION ALL ".join([*sums, _SUMS_OF_SEVERAL])))


def _metrics_of(kind: str, others: str | None, profiles: Mapping[str, Profile]) -> list[str]:
    """Return the figures of a partner's hats, the primary one's first; one that two hats share once."""
    hats = hats_of({"type": kind, "other_types": others}, profiles)
    return list(dict.fromkeys(profiles[hat].contribution for hat in hats))
