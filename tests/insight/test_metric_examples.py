"""Every shipped metric makes the figure that its worked example was reckoned to by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from statistics import fmean, median
from typing import Any

import pytest

from camdesk.base.money import SCALE
from camdesk.base.settings import Settings
from camdesk.insight.aggregation import Number, Value
from camdesk.insight.catalog import load_catalog
from camdesk.insight.definitions import Metric, MetricExample, Profile
from camdesk.insight.engine import open_run
from camdesk.insight.results import EvidenceRecord, Unit
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Kind
from tests.insight.book import Book, Rows

CATALOG = load_catalog()[0]
METRICS = CATALOG.metrics
DAYS = (Kind.DATE, Kind.MONTH, Kind.INSTANT)
Row = Mapping[str, Any]
TECHNICAL = re.compile(
    r"_|[<>={}]|\b(SELECT|FROM|WHERE|JOIN|UNION|GROUP BY|ORDER BY|CASE|NULL|COUNT|SUM|DISTINCT)\b"
    r"|\b(sql|null|coalesce|query|queries|column|columns|boolean|timestamp|primary key)\b"
)


@dataclass(frozen=True)
class Seen:
    """What the engine makes of a metric's example."""

    metric: Metric
    example: MetricExample
    given: frozenset[tuple[str, str]]
    """Entity and id of the rows of the example."""
    figure: Value
    records: tuple[EvidenceRecord, ...]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = Book(tmp_path_factory.mktemp("metrics"), partner_id="P-1", partner_type="")
    yield made
    made.database.close()


@pytest.fixture(scope="module", params=METRICS.values(), ids=list(METRICS))
def seen(request: pytest.FixtureRequest, book: Book) -> Seen:
    metric = request.param
    example = metric.example
    assert example is not None, "every metric ships a worked example"
    book.partner_type = _suitable(metric).type
    figure, records = _looked_at(book, metric, example, example.rows)
    given = frozenset(
        (entity, book.completed(entity, number, row)[ENTITIES[entity].key])
        for entity, rows in book.with_partner(example.rows).items()
        for number, row in enumerate(rows, start=1)
    )
    return Seen(metric, example, given, figure, records)


def test_the_figure_is_what_was_reckoned_by_hand(seen: Seen) -> None:
    assert seen.figure.n == seen.example.n
    if seen.example.value is None or seen.figure.value is None:
        assert seen.figure.value == seen.example.value
    elif seen.metric.unit is Unit.MONEY:
        assert seen.figure.value / SCALE == pytest.approx(seen.example.value, abs=0.005)
    else:
        assert seen.figure.value == pytest.approx(seen.example.value, abs=1e-9)


def test_the_records_of_the_figure_make_it(seen: Seen) -> None:
    assert len(seen.records) == seen.example.n > 0
    possible = _possible_values(seen.metric, seen.records)
    assert any(seen.figure.value == pytest.approx(value, abs=1e-9) for value in possible)


def test_something_of_the_same_kind_does_not_count(seen: Seen) -> None:
    counted = {(record.entity, record.record_id) for record in seen.records}
    kinds = {record.entity for record in seen.records}
    assert {row for row in seen.given - counted if row[0] in kinds}


def test_neither_what_comes_later_nor_what_others_do_counts(seen: Seen, book: Book) -> None:
    rows = book.with_partner(seen.example.rows)
    more = {
        entity: [*given, *_later(entity, given), *_of_another(entity, given, seen.example.partner)]
        for entity, given in rows.items()
    }
    assert sum(map(len, more.values())) > sum(map(len, rows.values()))
    assert _looked_at(book, seen.metric, seen.example, more) == (seen.figure, seen.records)


def test_the_rows_are_such_as_a_file_could_bring(seen: Seen) -> None:
    for entity, rows in seen.example.rows.items():
        columns = ENTITIES[entity].by_name
        for row in rows:
            assert set(row) <= set(columns)
            words = {name: row[name] for name in row if columns[name].kind is Kind.CHOICE}
            assert all(word in columns[name].choices for name, word in words.items()), words


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_definition_is_in_the_trade_s_words(metric: Metric) -> None:
    assert metric.source.strip()
    for text in (metric.title, metric.short_title, metric.words, metric.source):
        assert not TECHNICAL.search(text), text


def _looked_at(
    book: Book, metric: Metric, example: MetricExample, rows: Rows
) -> tuple[Value, tuple[EvidenceRecord, ...]]:
    as_of = date.fromisoformat(example.as_of)
    book.fill(rows, synced_on=as_of)
    with open_run(book.database, CATALOG, Settings(), [as_of]) as run:
        (computed,) = run.compute([metric.id])
        records = run.evidence(metric.id, example.partner, as_of)
    return computed.values.get(example.partner, Value(None, 0)), records


def _later(entity: str, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows again with all their days ten years on, those that have a day of their own."""
    shape = ENTITIES[entity]
    for number, row in enumerate(rows):
        if shape.own_day in row:
            yield {
                name: f"{int(value[:4]) + 10}{value[4:]}" if shape.by_name[name].kind in DAYS else value
                for name, value in row.items()
            } | {shape.key: f"later-{number}"}


def _of_another(entity: str, rows: Sequence[Row], partner_id: str) -> Iterator[Row]:
    """Yield the partner's rows again as those of somebody else."""
    for number, row in enumerate(rows):
        if row.get("partner_id", partner_id) == partner_id:
            yield {**row, ENTITIES[entity].key: f"other-{number}", "partner_id": "other"}


def _suitable(metric: Metric) -> Profile:
    """Return the first type that shows the metric, else the first there is."""
    types = sorted(CATALOG.profiles.values(), key=lambda profile: profile.place)
    shown_by = (
        profile
        for profile in types
        if metric.id in profile.columns or metric.id in {line.metric for line in profile.all_lines()}
    )
    return next(shown_by, types[0])


def _possible_values(metric: Metric, records: tuple[EvidenceRecord, ...]) -> list[Number]:
    """Return what the records may come to: one value, but where evidence does not say which part it is of."""
    n = [record.n for record in records if record.n is not None]
    d = [record.d for record in records if record.d is not None]
    if metric.aggregation == "lowest":
        return [people / required for required in d for people in range(len(set(n)) + 1)]
    if metric.aggregation in ("distinct", "distinct_share", "distinct_growth"):
        share = len(set(n)) / (len(set(d)) or 1)
        return [share - 1 if metric.aggregation == "distinct_growth" else share]
    if metric.aggregation == "top_share":
        amounts: dict[object, Number] = {}
        for record in records:
            amounts[record.n] = amounts.get(record.n, 0) + (record.d or 0)
        return [sum(nlargest(metric.top, amounts.values())) / sum(amounts.values())]
    numbers = [each for each in n if not isinstance(each, str)]
    total = sum(numbers)
    by_aggregation: dict[str, Number] = {
        "sum": total,
        "remainder": max(0, total),
        "difference": abs(total),
        "mean": fmean(numbers),
        "median": median(numbers),
        "ratio": total / (sum(d) or 1),
        "share": total / (sum(d) or 1),
        "growth": total / (sum(d) or 1) - 1,
    }
    return [by_aggregation[metric.aggregation]]
