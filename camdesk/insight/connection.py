"""Which lines of a scorecard are connected: whether anybody of the type has the records they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Metric
from camdesk.insight.reading import named_in
from camdesk.portfolio.entities import ENTITIES

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


def needs(metric: Metric) -> frozenset[str]:
    """Return what a metric's definition reads: entities, `sales`, `tier_requirements`, `target:<metric>`."""
    return _needs(metric.records)


def targets_of(metric: Metric) -> frozenset[str]:
    """Return the metrics whose targets a definition reads."""
    return _targets(metric.records)


@lru_cache(maxsize=512)
def _needs(records: str) -> frozenset[str]:
    found = set()
    for name in named_in(records):
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


def _title(need: str, metrics: Mapping[str, Metric]) -> str:
    if need.startswith("target:"):
        metric = metrics.get(need.removeprefix("target:"))
        return f"targets for {_lowered(metric.title) if metric else need}"
    if need == "sales":
        return "orders"
    if need == "tier_requirements":
        return "partner tiers"
    return _lowered(ENTITIES[need].title)


def _lowered(title: str) -> str:
    """Return a title inside a sentence: POS stays as it is."""
    return title if title[1:2].isupper() else title.lower()
