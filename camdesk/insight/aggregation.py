"""How the records of a metric become one value per partner and day.

Each aggregation returns no value where there are no records, where a denominator is not above 0, or
where there are fewer records than the metric's `least`. Unknown is never 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from camdesk.insight.definitions import Metric

Number = float | int


@dataclass(frozen=True, slots=True)
class Value:
    """A figure's value (None: no data), the records in it, and the sums it came from."""

    value: Number | None
    n: int
    n_sum: Number | None = None
    d_sum: Number | None = None


ByMoment = dict[int, dict[str, Value]]


def aggregate(connection: Any, metric: Metric) -> ByMoment:
    """Return the metric's values by moment and partner, for those with records."""
    found: ByMoment = defaultdict(dict)
    for moment, partner_id, value in _KINDS[metric.aggregation](connection, metric):
        found[moment][partner_id] = replace(value, value=_plain(value.value))
    return found


def _plain(value: Number | None) -> Number | None:
    """Return a whole number as one, as the store gives it back: 1 and not 1.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def contributes(metric: Metric, *, n: object, d: object) -> bool:
    """Tell whether a record counts: both where rows are paired, either where rows stand alone."""
    if metric.aggregation in ("ratio", "top_share"):
        return n is not None and d is not None
    if metric.aggregation in ("share", "growth", "distinct_share", "distinct_growth", "lowest"):
        return n is not None or d is not None
    return n is not None


def zero_where_present(connection: Any, metric: Metric, moment: int, values: dict[str, Value]) -> None:
    """Give 0 to the partners of whom a sum or count without records says "none", not "unknown"."""
    if metric.aggregation in ("sum", "distinct", "remainder"):
        for partner_id in _present(connection, metric, moment):
            values.setdefault(partner_id, Value(0, 0, 0))


def _present(connection: Any, metric: Metric, moment: int) -> set[str]:
    """Return the partners that have a row of what the metric counts, dated on or before the moment's day."""
    if not metric.present:
        return set()
    names = ", ".join("?" * len(metric.present))
    within = ""
    if metric.within:
        within = (
            f"AND EXISTS (SELECT 1 FROM {metric.within} w "
            "WHERE w.moment = m.moment AND w.partner_id = f.partner_id)"
        )
    rows = connection.execute(
        f"SELECT DISTINCT f.partner_id FROM first_rows f JOIN moments m ON m.moment = ? "
        f"WHERE f.entity IN ({names}) AND f.first_day < m.until {within}",
        (moment, *metric.present),
    )
    return {row[0] for row in rows}


class _PresentByMoment(dict[int, set[str]]):
    """Who is present at a moment, asked once each."""

    def __init__(self, connection: Any, metric: Metric) -> None:
        super().__init__()
        self._connection = connection
        self._metric = metric

    def __missing__(self, moment: int) -> set[str]:
        self[moment] = _present(self._connection, self._metric, moment)
        return self[moment]


def _portfolio_has(connection: Any, metric: Metric) -> set[int]:
    """Return the moments by which some partner of the portfolio has a row of what the metric counts."""
    if not metric.portfolio_present:
        return set()
    names = ", ".join("?" * len(metric.portfolio_present))
    rows = connection.execute(
        f"SELECT DISTINCT m.moment FROM moments m JOIN first_rows f "
        f"WHERE f.entity IN ({names}) AND f.first_day < m.until",
        metric.portfolio_present,
    )
    return {row[0] for row in rows}


Rows = Iterable[tuple[int, str, Value]]


def _sums(connection: Any, metric: Metric) -> Iterable[tuple[int, str, Any, Any, int, int, int]]:
    """Yield moment, partner, Σn, Σd, and how many rows carry n, d, either."""
    has_d = metric.aggregation in ("ratio", "share", "growth")
    d = "d" if has_d else "NULL"
    kept = "WHERE n IS NOT NULL AND d IS NOT NULL" if metric.aggregation == "ratio" else ""
    rows: Iterable[tuple[int, str, Any, Any, int, int, int]] = connection.execute(
        f"SELECT moment, partner_id, SUM(n), SUM({d}), COUNT(n), COUNT({d}), "
        f"COUNT(COALESCE(n, {d})) FROM ({metric.records}) {kept} GROUP BY moment, partner_id"
    )
    return rows


def _enough(metric: Metric, n_rows: int, d_rows: int) -> bool:
    """`least` counts the rows with a denominator where there are any, else those with n."""
    return (d_rows or n_rows) >= metric.least


def _sum(connection: Any, metric: Metric) -> Rows:
    for moment, partner, n, _, n_rows, _, _ in _sums(connection, metric):
        if n is not None and _enough(metric, n_rows, 0):
            yield moment, partner, Value(n, n_rows, n)


def _remainder(connection: Any, metric: Metric) -> Rows:
    for moment, partner, value in _sum(connection, metric):
        yield moment, partner, Value(max(0, value.value or 0), value.n, value.n_sum)


def _difference(connection: Any, metric: Metric) -> Rows:
    for moment, partner, value in _sum(connection, metric):
        yield moment, partner, Value(abs(value.value or 0), value.n, value.n_sum)


def _mean(connection: Any, metric: Metric) -> Rows:
    for moment, partner, n, _, n_rows, _, _ in _sums(connection, metric):
        if n_rows and _enough(metric, n_rows, 0):
            yield moment, partner, Value(n / n_rows, n_rows, n, n_rows)


def _ratio(connection: Any, metric: Metric) -> Rows:
    for moment, partner, n, d, n_rows, d_rows, rows in _sums(connection, metric):
        if d is not None and d > 0 and _enough(metric, n_rows, d_rows):
            yield moment, partner, Value(n / d, rows, n, d)


def _share(connection: Any, metric: Metric) -> Rows:
    has = _portfolio_has(connection, metric)
    present = _PresentByMoment(connection, metric)
    growth = 1 if metric.aggregation == "growth" else 0
    for moment, partner, n, d, n_rows, d_rows, rows in list(_sums(connection, metric)):
        if d is None or d <= 0 or d < metric.least_d or d_rows < metric.least:
            continue
        if not n_rows and moment not in has and partner not in present[moment]:
            continue
        yield moment, partner, Value((n or 0) / d - growth, rows, n or 0, d)


def _grouped(connection: Any, sql: str) -> dict[tuple[int, str], list[tuple[Any, ...]]]:
    groups: dict[tuple[int, str], list[tuple[Any, ...]]] = defaultdict(list)
    for moment, partner, *rest in connection.execute(sql):
        groups[moment, partner].append(tuple(rest))
    return groups


def _median(connection: Any, metric: Metric) -> Rows:
    groups = _grouped(
        connection,
        f"SELECT moment, partner_id, n FROM ({metric.records}) WHERE n IS NOT NULL",
    )
    for (moment, partner), rows in groups.items():
        if len(rows) >= metric.least:
            yield moment, partner, Value(median(row[0] for row in rows), len(rows))


def _distinct(connection: Any, metric: Metric) -> Rows:
    rows = connection.execute(
        f"SELECT moment, partner_id, COUNT(DISTINCT n), COUNT(n) FROM ({metric.records}) "
        "GROUP BY moment, partner_id"
    )
    for moment, partner, count, records in rows:
        if records >= metric.least:
            yield moment, partner, Value(count, records, count)


def _distinct_share(connection: Any, metric: Metric) -> Rows:
    has = _portfolio_has(connection, metric)
    growth = 1 if metric.aggregation == "distinct_growth" else 0
    rows = connection.execute(
        f"SELECT moment, partner_id, COUNT(DISTINCT n), COUNT(DISTINCT d), COUNT(COALESCE(n, d)) "
        f"FROM ({metric.records}) GROUP BY moment, partner_id"
    )
    for moment, partner, n, d, records in rows:
        if d > 0 and d >= metric.least_d and (n or moment in has):
            yield moment, partner, Value(n / d - growth, records, n, d)


def _top_share(connection: Any, metric: Metric) -> Rows:
    groups = _grouped(
        connection,
        f"SELECT moment, partner_id, n, SUM(d), COUNT(d) FROM ({metric.records}) "
        "WHERE n IS NOT NULL AND d IS NOT NULL GROUP BY moment, partner_id, n",
    )
    for (moment, partner), rows in groups.items():
        amounts = sorted((row[1] for row in rows), reverse=True)
        total = sum(amounts)
        if total > 0:
            top = sum(amounts[: metric.top])
            yield moment, partner, Value(top / total, sum(row[2] for row in rows), top, total)


def _lowest(connection: Any, metric: Metric) -> Rows:
    """Return the lowest, over the parts, of distinct n over Σd."""
    has = _portfolio_has(connection, metric)
    groups = _grouped(
        connection,
        f"SELECT moment, partner_id, part, COUNT(DISTINCT n), SUM(d), COUNT(COALESCE(n, d)), COUNT(n) "
        f"FROM ({metric.records}) GROUP BY moment, partner_id, part",
    )
    for (moment, partner), parts in groups.items():
        shares = [(n / d, n, d) for _, n, d, _, _ in parts if d]
        if shares and (any(row[4] for row in parts) or moment in has):
            lowest, n, d = min(shares)
            yield moment, partner, Value(lowest, sum(row[3] for row in parts), n, d)


_KINDS: dict[str, Callable[[Any, Metric], Rows]] = {
    "sum": _sum,
    "remainder": _remainder,
    "difference": _difference,
    "mean": _mean,
    "median": _median,
    "distinct": _distinct,
    "ratio": _ratio,
    "share": _share,
    "growth": _share,
    "distinct_share": _distinct_share,
    "distinct_growth": _distinct_share,
    "top_share": _top_share,
    "lowest": _lowest,
}
