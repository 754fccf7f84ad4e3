"""How the records of a metric become one value per partner and day.

Each aggregation returns no value where there are no records, where a denominator is not above 0, or
where there are fewer records than the metric's `least`. Unknown is never 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median
from typing import Any

from camdesk.insight.definitions import Metric
from camdesk.insight.results import Unit

Number = float | int


@dataclass(frozen=True, slots=True)
class Value:
    """A figure's value (None: no data), the records in it, and the sums it came from."""

    value: Number | None
    n: int
    n_sum: Number | None = None
    d_sum: Number | None = None


ByMoment = dict[int, dict[str, Value]]
_NONE_OF_IT = Value(0, 0, 0)
"""What a sum or count without records says where it is known that there are none."""


class Presence:
    """Who has a row of what a metric counts, dated on or before each moment's day; asked once each."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._known: dict[tuple[tuple[str, ...], str | None], dict[int, set[str]]] = {}

    def of(self, metric: Metric) -> dict[int, set[str]]:
        """Return the partners by moment; none where the metric does not say what it counts."""
        asked = tuple(metric.present), metric.within
        if asked not in self._known:
            self._known[asked] = self._ask(*asked) if metric.present else {}
        return self._known[asked]

    def _ask(self, present: tuple[str, ...], within: str | None) -> dict[int, set[str]]:
        condition = ""
        if within:
            condition = (
                f"AND EXISTS (SELECT 1 FROM {within} w "
                "WHERE w.moment = m.moment AND w.partner_id = f.partner_id)"
            )
        rows = self._connection.execute(
            f"SELECT DISTINCT m.moment, f.partner_id FROM moments m CROSS JOIN first_rows f "
            f"WHERE f.entity IN ({', '.join('?' * len(present))}) AND f.first_day < m.until {condition}",
            present,
        )
        found: dict[int, set[str]] = defaultdict(set)
        for moment, partner_id in rows:
            found[moment].add(partner_id)
        return found


def aggregate(connection: Any, metric: Metric, *, presence: Presence | None = None) -> ByMoment:
    """Return the metric's values by moment and partner, for those with records or known to have none."""
    presence = presence or Presence(connection)
    found: ByMoment = defaultdict(dict)
    for moment, partner_id, value in _KINDS[metric.aggregation](connection, metric, presence):
        number = value.value
        if isinstance(number, float) and number.is_integer():
            value = replace(value, value=int(number))  # as the store gives it back: 1 and not 1.0
        found[moment][partner_id] = value
    if metric.aggregation in ("sum", "distinct", "remainder"):
        for moment, partners in presence.of(metric).items():
            for partner_id in partners - found[moment].keys():
                found[moment][partner_id] = _NONE_OF_IT
    return found


def contributes(metric: Metric, *, n: object, d: object) -> bool:
    """Tell whether a record counts: both where rows are paired, either where rows stand alone."""
    if metric.aggregation in ("ratio", "top_share"):
        return n is not None and d is not None
    if metric.aggregation in ("share", "growth", "distinct_share", "distinct_growth", "lowest"):
        return n is not None or d is not None
    return n is not None


def _portfolio_has(connection: Any, metric: Metric) -> set[int]:
    """Return the moments by which some partner of the portfolio has a row of what the metric counts."""
    if not metric.portfolio_present:
        return set()
    names = ", ".join("?" * len(metric.portfolio_present))
    rows = connection.execute(
        f"SELECT DISTINCT moment FROM portfolio_has WHERE entity IN ({names})", metric.portfolio_present
    )
    return {row[0] for row in rows}


Rows = Iterable[tuple[int, str, Value]]


def _sums(connection: Any, metric: Metric) -> Iterable[tuple[int, str, Any, Any, int, int, int]]:
    """Yield moment, partner, Σn, Σd, and how many rows carry n, d, either.

    Each mention of n or d works it out anew, so that rows without are left out rather than counted apart.
    """
    if metric.sums is not None:
        added_up: Iterable[tuple[int, str, Any, Any, int, int, int]] = connection.execute(metric.sums)
        return added_up
    if metric.aggregation == "ratio":
        counted, kept = "SUM(d), COUNT(*), COUNT(*), COUNT(*)", "WHERE n IS NOT NULL AND d IS NOT NULL"
    elif metric.aggregation in ("share", "growth"):
        counted, kept = "SUM(d), COUNT(n), COUNT(d), COUNT(COALESCE(n, d))", ""
    else:
        counted, kept = "NULL, COUNT(*), 0, COUNT(*)", "WHERE n IS NOT NULL"
    rows: Iterable[tuple[int, str, Any, Any, int, int, int]] = connection.execute(
        f"SELECT moment, partner_id, SUM(n), {counted} FROM ({metric.records}) {kept} "
        "GROUP BY moment, partner_id"
    )
    return rows


def _enough(metric: Metric, n_rows: int, d_rows: int) -> bool:
    """`least` counts the rows with a denominator where there are any, else those with n."""
    return (d_rows or n_rows) >= metric.least


def _sum(connection: Any, metric: Metric, presence: Presence) -> Rows:
    for moment, partner, n, _, n_rows, _, _ in _sums(connection, metric):
        if n is not None and _enough(metric, n_rows, 0):
            yield moment, partner, Value(n, n_rows, n)


def _remainder(connection: Any, metric: Metric, presence: Presence) -> Rows:
    for moment, partner, value in _sum(connection, metric, presence):
        yield moment, partner, Value(max(0, value.value or 0), value.n, value.n_sum)


def _difference(connection: Any, metric: Metric, presence: Presence) -> Rows:
    for moment, partner, value in _sum(connection, metric, presence):
        yield moment, partner, Value(abs(value.value or 0), value.n, value.n_sum)


def _mean(connection: Any, metric: Metric, presence: Presence) -> Rows:
    for moment, partner, n, _, n_rows, _, _ in _sums(connection, metric):
        if n_rows and _enough(metric, n_rows, 0):
            # Amounts are whole ten-thousandths, and stay so: a binary float would lose the last of them.
            mean = round(Fraction(n, n_rows)) if metric.unit is Unit.MONEY else n / n_rows
            yield moment, partner, Value(mean, n_rows, n, n_rows)


def _ratio(connection: Any, metric: Metric, presence: Presence) -> Rows:
    for moment, partner, n, d, n_rows, d_rows, rows in _sums(connection, metric):
        if d is not None and d > 0 and _enough(metric, n_rows, d_rows):
            yield moment, partner, Value(n / d, rows, n, d)


def _share(connection: Any, metric: Metric, presence: Presence) -> Rows:
    has = _portfolio_has(connection, metric)
    present = presence.of(metric)
    growth = 1 if metric.aggregation == "growth" else 0
    for moment, partner, n, d, n_rows, d_rows, rows in list(_sums(connection, metric)):
        if d is None or d <= 0 or d < metric.least_d or d_rows < metric.least:
            continue
        if not n_rows and moment not in has and partner not in present.get(moment, ()):
            continue
        yield moment, partner, Value((n or 0) / d - growth, rows, n or 0, d)


def _grouped(connection: Any, sql: str) -> dict[tuple[int, str], list[tuple[Any, ...]]]:
    groups: dict[tuple[int, str], list[tuple[Any, ...]]] = defaultdict(list)
    for moment, partner, *rest in connection.execute(sql):
        groups[moment, partner].append(tuple(rest))
    return groups


def _median(connection: Any, metric: Metric, presence: Presence) -> Rows:
    groups = _grouped(connection, f"SELECT moment, partner_id, n FROM ({metric.records})")
    for (moment, partner), found in groups.items():
        rows = [row for row in found if row[0] is not None]
        if len(rows) >= metric.least:
            yield moment, partner, Value(median(row[0] for row in rows), len(rows))


def _distinct(connection: Any, metric: Metric, presence: Presence) -> Rows:
    rows = connection.execute(
        f"SELECT moment, partner_id, COUNT(DISTINCT n), COUNT(n) FROM ({metric.records}) "
        "GROUP BY moment, partner_id"
    )
    for moment, partner, count, records in rows:
        if records >= metric.least:
            yield moment, partner, Value(count, records, count)


def _distinct_share(connection: Any, metric: Metric, presence: Presence) -> Rows:
    has = _portfolio_has(connection, metric)
    growth = 1 if metric.aggregation == "distinct_growth" else 0
    rows = connection.execute(
        f"SELECT moment, partner_id, COUNT(DISTINCT n), COUNT(DISTINCT d), COUNT(COALESCE(n, d)) "
        f"FROM ({metric.records}) GROUP BY moment, partner_id"
    )
    for moment, partner, n, d, records in rows:
        if d > 0 and d >= metric.least_d and (n or moment in has):
            yield moment, partner, Value(n / d - growth, records, n, d)


def _top_share(connection: Any, metric: Metric, presence: Presence) -> Rows:
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


def _lowest(connection: Any, metric: Metric, presence: Presence) -> Rows:
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


_KINDS: dict[str, Callable[[Any, Metric, Presence], Rows]] = {
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
