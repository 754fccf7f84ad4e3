"""Which lines of a scorecard are connected: whether anybody of the type has the records they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Metric
from camdesk.insight.engine import MetricRun
from camdesk.portfolio.entities import ENTITIES

_READS = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)
_TARGET = re.compile(r"\bmetric = '(\w+)'")
_STANDS_FOR = {
    "deal_at": "deals",
    "deal_state_at": "deals",
    "sales": "sales",
    "first_orders": "orders",
    "latest_count": "inventory",
    "usage_month": "usage",
    "activity_month": "listing_activity",
    "requirement_at": "tier_requirements",
}
# Whoever wears a type's hat, as its first or another, shows that its records are delivered.
_BROUGHT = """
WITH hats AS MATERIALIZED (
  SELECT p.partner_id, t.type FROM partners p JOIN type_terms t
  ON instr(';' || p.type || ';' || COALESCE(p.other_types, '') || ';', ';' || t.type || ';')),
earliest AS MATERIALIZED (
  SELECT h.type, f.entity, MIN(COALESCE(f.first_day, '')) AS first_day
  FROM first_rows f JOIN hats h ON h.partner_id = f.partner_id GROUP BY h.type, f.entity)
SELECT m.moment, e.type, e.entity FROM moments m CROSS JOIN earliest e ON e.first_day < m.until
UNION SELECT t.moment, h.type, 'target:' || t.metric FROM target_at t
JOIN hats h ON h.partner_id = t.partner_id
UNION SELECT r.moment, h.type, 'tier_requirements' FROM requirement_at r
JOIN hats h ON h.partner_id = r.partner_id
"""


def needs(metric: Metric) -> frozenset[str]:
    """Return what a metric's definition reads: entities, `sales`, `tier_requirements`, `target:<metric>`."""
    return _needs(metric.records)


def targets_of(metric: Metric) -> frozenset[str]:
    """Return the metrics whose targets a definition reads."""
    return _targets(metric.records)


@lru_cache(maxsize=512)
def _needs(records: str) -> frozenset[str]:
    found = set()
    for name in _READS.findall(records):
        entity = _STANDS_FOR.get(name, name.removesuffix("_history"))
        if entity in ENTITIES or entity in _STANDS_FOR.values():
            found.add(entity)
    found |= {f"target:{name}" for name in _targets(records)}
    return frozenset(found - {"targets", "partners"})


@lru_cache(maxsize=512)
def _targets(records: str) -> frozenset[str]:
    return frozenset(_TARGET.findall(records)) if "target_at" in records else frozenset()


def connected_metrics(catalog: Catalog, brought: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return, by type, the metrics whose needs somebody of the type meets."""
    return {
        profile.type: frozenset(
            line.metric
            for line in profile.all_lines()
            if needs(catalog.metrics[line.metric]) <= brought.get(profile.type, frozenset())
        )
        for profile in catalog.profiles.values()
    }


def missing_needs(catalog: Catalog, metrics: Iterable[str], brought: frozenset[str]) -> tuple[str, ...]:
    """Return what would have to be connected for `metrics`, in plain names."""
    missing = {need for name in metrics for need in needs(catalog.metrics[name]) - brought}
    return tuple(sorted({_title(need, catalog.metrics) for need in missing}))


def brought_by_type(run: MetricRun) -> dict[int, dict[str, frozenset[str]]]:
    """Return, by moment and type, what the type's partners have records of, and targets and tiers."""
    found: dict[int, dict[str, set[str]]] = {}
    for row in run.query(_BROUGHT):
        found.setdefault(row["moment"], {}).setdefault(row["type"], set()).add(row["entity"])
    return {
        moment: {kind: frozenset(entities) for kind, entities in types.items()}
        for moment, types in found.items()
    }


def _title(need: str, metrics: Mapping[str, Metric]) -> str:
    if need.startswith("target:"):
        metric = metrics.get(need.removeprefix("target:"))
        return f"targets for {metric.title.lower() if metric else need}"
    if need == "sales":
        return "orders"
    if need == "tier_requirements":
        return "partner tiers"
    return ENTITIES[need].title.lower()
