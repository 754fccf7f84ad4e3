"""What partners have of what is asked of them: a tier's requirements, and the steps of running rebates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from camdesk.base.money import SCALE
from camdesk.insight import wording
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Metric
from camdesk.insight.results import Requirement, TierState, Unit

COLUMNS = "partner_id, kind, tier, requirement, title, needed, has, needed_text, has_text, missing_text"

Figures = Mapping[tuple[str, str], float | int | None]
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
_WINDOW_STARTS = {
    "12m": "m12_from",
    "24m": "m24_from",
    "90d": "d90_from",
    "quarter": "quarter_from",
    "year": "year_from",
}


def of_rebates(connection: Any, catalog: Catalog, figures: Figures, currency: str) -> Iterable[Row]:
    """Yield each step of a running rebate as a requirement: its threshold, and what counts towards it."""
    rows = connection.execute(_RUNNING_REBATES).fetchall()
    counted = {
        (row[3], row[4]): _counted_since(connection, catalog, figures, metric=row[3], start=row[4])
        for row in rows
        if row[3] in catalog.metrics
    }
    for partner_id, program, rebate_id, name, start, threshold, threshold_base in rows:
        metric = catalog.metrics.get(name)
        has = counted.get((name, start), {}).get(partner_id)
        if metric is None or has is None:
            continue
        needed = threshold_base if metric.unit is Unit.MONEY else threshold / SCALE
        if needed is None:
            continue
        *texts, missing = _amounts(needed, has, metric.unit, currency)
        if metric.unit is Unit.COUNT:
            things = metric.title.partition(",")[0]  # the rebate's period counts, not the metric's own
            missing = f"{missing} {things[:1].lower()}{things[1:]}"
        yield partner_id, "rebate", program, rebate_id, metric.title, needed, has, *texts, missing


def _counted_since(
    connection: Any, catalog: Catalog, figures: Figures, *, metric: str, start: str
) -> dict[str, float]:
    """Return, by partner, what a rebate's metric counts from `start` on.

    A sum over a window is that sum with the window begun on `start`; a month's billing is summed like
    its yearly figure; anything else counts as it stands on the day.
    """
    definition = catalog.metrics[metric]
    if definition.window == "month" and definition.unit is Unit.MONEY:
        definition = catalog.metrics.get(f"{metric}_year", definition)
    column = _WINDOW_STARTS.get(definition.window)
    if column is None or definition.aggregation not in ("sum", "distinct"):
        return {
            partner_id: value
            for (partner_id, name), value in figures.items()
            if name == metric and value is not None
        }
    return _sums_since(connection, definition, column=column, start=start)


def _sums_since(connection: Any, metric: Metric, *, column: str, start: str) -> dict[str, float]:
    amount = "SUM(n)" if metric.aggregation == "sum" else "COUNT(DISTINCT n)"
    usual = connection.execute(f"SELECT {column} FROM moments").fetchone()[0]
    try:
        connection.execute(f"UPDATE moments SET {column} = ?", (start,))
        rows = connection.execute(
            f"SELECT partner_id, {amount} FROM ({metric.records}) WHERE n IS NOT NULL GROUP BY partner_id"
        )
        return {row[0]: row[1] for row in rows}
    finally:
        connection.execute(f"UPDATE moments SET {column} = ?", (usual,))
