"""Every rule on dirty portfolios: none stumbles, and those about single records agree with the reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from camdesk.insight.alerts.evaluation import Evaluation
from camdesk.insight.alerts.listing import alerts_of
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Kind
from tests.insight.alert_book import DAY, TYPE, AlertBook, Rows
from tests.insight.rule_reference import RULES

STATUSES = {"P0": "enrolled", "P1": "enrolled", "P2": "prospect", "P3": "terminated"}
OFFSETS = (-800, -400, -200, -91, -60, -31, -30, -20, -14, -6, -3, -2, -1, 0, 1, 14, 21, 30, 60, 90, 91, 400)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlertBook]:
    made = AlertBook(tmp_path_factory.mktemp("dirty"))
    yield made
    made.database.close()


def cell(column: Column, rng: Random) -> Any:
    """Return something a column may hold, sensible or not."""
    day = DAY + timedelta(days=rng.choice(OFFSETS))
    made = {
        Kind.TYPE: TYPE,
        Kind.METRIC: rng.choice(("revenue", "managed_seats", "win_rate")),
        Kind.CHOICE: rng.choice(column.choices or ("",)),
        Kind.DATE: day.isoformat(),
        Kind.MONTH: day.replace(day=1).isoformat(),
        Kind.INSTANT: f"{day}T{rng.randrange(24):02}:00:00Z",
        Kind.FLAG: rng.randrange(2),
        Kind.MONEY: rng.choice((-50, 0, 1, 1000, 5_000_000)),
        Kind.NUMBER: rng.choice((0.5, 3.9, 5.0)),
        Kind.INTEGER: rng.choice((0, 1, 50)),
        Kind.ID: f"{column.name.removesuffix('_id')}s-{rng.randrange(9)}",
        Kind.LIST: f"contacts-{rng.randrange(9)};contacts-{rng.randrange(9)}",
    }
    return made.get(column.kind, rng.choice(("Alpha", "Beta")))


def dirty(seed: int) -> Rows:
    """Return four partners with rows of every entity, two fifths of the optional cells blank."""
    rng = Random(seed)
    rows: dict[str, list[dict[str, Any]]] = {
        "partners": [{"partner_id": partner, "status": status} for partner, status in STATUSES.items()]
    }
    for entity in ENTITIES.values():
        for number in range(rng.randrange(1, 25) if entity.name != "partners" else 0):
            row = {
                column.name: cell(column, rng)
                for column in entity.columns
                if column.required or rng.random() < 0.6
            }
            row |= {entity.key: f"{entity.name}-{number}"}
            row |= {"partner_id": rng.choice(sorted(STATUSES))} if "partner_id" in entity.by_name else {}
            rows.setdefault(entity.name, []).append(row)
    return rows


def evaluated(book: AlertBook, rows: Rows) -> Evaluation:
    book.fill(rows, synced_on=DAY)
    return book.evaluate(book.catalog_with(**{name: {} for name in book.catalog.rules}), rows, as_of=DAY)


@pytest.mark.parametrize("seed", range(6))
def test_rules_about_single_records_fire_exactly_where_they_say(book: AlertBook, seed: int) -> None:
    rows = dirty(seed)
    got: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for firing in evaluated(book, rows).firings:
        for one in firing.subjects:
            got[firing.rule][firing.partner_id, one.subject] = one.severity
    for name, reference in RULES.items():
        everybody = book.catalog.rules[name].applies_to == "all"
        expected = {
            (row["partner_id"], subject): severity
            for row, subject, severity in reference(rows)
            if everybody or STATUSES[row["partner_id"]] == "enrolled"
        }
        assert got[name] == expected, name


@pytest.mark.parametrize("seed", range(6))
def test_no_rule_stumbles_over_dirty_rows(book: AlertBook, seed: int) -> None:
    rows = dirty(100 + seed)
    evaluation = evaluated(book, rows)
    assert evaluation.held_back == ()
    with book.database.read() as connection:
        alerts = alerts_of(connection, evaluation)
    ids = {entity: book.ids(entity) for entity in rows}
    for alert in alerts:
        assert "{" not in alert.message
        for subject in alert.subjects:
            assert subject.evidence, alert.rule
            assert all(record.record_id in ids[record.entity] for record in subject.evidence), alert.rule
