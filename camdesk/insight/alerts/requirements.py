"""What partners have of what is asked of them: a tier's requirements, and the steps of running rebates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from camdesk.insight import wording
from camdesk.insight.catalog import Catalog
from camdesk.insight.rebates import make_rebates, threshold_of
from camdesk.insight.results import Requirement, TierState, Unit

COLUMNS = "partner_id, kind, tier, requirement, title, needed, has, needed_text, has_text, missing_text"

Row = tuple[Any, ...]


def of_tiers(tiers: Mapping[str, TierState], currency: str) -> Iterable[Row]:
    """Yield the requirements of the tier each partner holds and of the one above."""
    for partner_id, state in tiers.items():
        groups: list[tuple[str, str | None, tuple[Requirement, ...]]] = [
            ("held", state.tier, state.requirements)
        ]
        if state.known or state.tier is None:  # above a tier the profile does not know, none is next
            groups.append(("next", state.next_tier, state.next_requirements))
        for kind, tier, requirements in groups:
            for one in requirements:
                texts = _amounts(one.needed, one.has, one.unit, currency)
                yield partner_id, kind, tier, one.name, one.title, one.needed, one.has, *texts


def _amounts(needed: float, has: float | None, unit: Unit, currency: str) -> list[str]:
    """Return in words what is needed, what there is, and what is missing."""
    missing = None if has is None else max(0, needed - has)
    return [wording.write(value, unit, currency=currency) for value in (needed, has, missing)]


_RUNNING_REBATES = """
SELECT r.partner_id, r.program, r.rebate_id, r.metric, r.period_start, r.threshold, r.threshold_base
FROM moments m CROSS JOIN rebates r ON r.period_start <= m.day AND r.period_end >= m.day
"""
_COUNTED = "SELECT partner_id, metric, period_start, SUM(n) FROM rebate_counted GROUP BY 1, 2, 3"


def of_rebates(connection: Any, catalog: Catalog, currency: str) -> Iterable[Row]:
    """Yield each step of a running rebate as a requirement: its threshold, and what counts towards it."""
    rows = connection.execute(_RUNNING_REBATES).fetchall()
    if not rows:
        return
    make_rebates(connection, catalog.metrics)
    counted = {tuple(row[:3]): row[3] for row in connection.execute(_COUNTED)}
    for partner_id, program, rebate_id, name, start, threshold, threshold_base in rows:
        metric = catalog.metrics.get(name)
        has = counted.get((partner_id, name, start))
        needed = threshold_of(metric, threshold, threshold_base)
        if metric is None or has is None or needed is None:
            continue
        *texts, missing = _amounts(needed, has, metric.unit, currency)
        if metric.unit is Unit.COUNT:
            things = metric.title.partition(",")[0]  # the rebate's period counts, not the metric's own
            missing = f"{missing} {things[:1].lower()}{things[1:]}"
        yield partner_id, "rebate", program, rebate_id, metric.title, needed, has, *texts, missing
