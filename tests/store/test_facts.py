"""Facts are written in versions, and amounts follow their rates."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.portfolio.entities import ENTITIES
from camdesk.store import facts
from camdesk.store import workspace as workspaces
from camdesk.store.exchange import Exchange, rebase, unknown_bases
from camdesk.store.keys import KeyMode
from camdesk.store.workspace import Workspace

PARTNERS, RATES, FUNDS = ENTITIES["partners"], ENTITIES["exchange_rates"], ENTITIES["funds"]
QUIET = SilentProgress()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspaces.create(tmp_path / "w", Settings(), ask=lambda _prompt: "x", mode=KeyMode.SAMPLE)
    yield made
    made.close()


def put(
    workspace: Workspace, entity: str, *rows: dict[str, Any], source: str = "s", day: str = "2026-01-01"
) -> None:
    described = ENTITIES[entity]
    values = [tuple(row.get(name) for name in described.stored) for row in rows]
    with workspace.database.write() as connection:
        facts.write_rows(
            connection,
            described,
            source,
            rows=[(row, facts.hash_of(row)) for row in values],
            as_of=day,
            progress=QUIET,
        )


def retire(workspace: Workspace, *ids: str, day: str, removed: bool) -> None:
    with workspace.database.write() as connection:
        facts.retire_rows(connection, PARTNERS, "s", ids=ids, as_of=day, removed=removed, progress=QUIET)


def query(workspace: Workspace, statement: str) -> list[tuple[Any, ...]]:
    with workspace.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def partner(number: int, **more: Any) -> dict[str, Any]:
    return {"partner_id": f"P{number}", "name": f"Partner {number}", "type": "reseller", **more}


def test_thousands_of_rows_are_read_back_as_they_were_written(workspace: Workspace) -> None:
    rows = [partner(number, sales_people=number) for number in range(2_500)]
    put(workspace, "partners", *rows)
    with workspace.database.read() as connection:
        assert len(facts.row_hashes(connection, PARTNERS, "s")) == 2_500
        wanted = [f"P{number}" for number in range(1_200)]
        found = facts.read_rows(connection, PARTNERS, "s", ids=wanted)
        assert facts.row_hashes(connection, PARTNERS, "other") == {}
    assert set(found) == set(wanted)
    assert found["P1199"]["sales_people"] == 1_199


def test_a_replaced_version_ends_where_the_new_one_begins(workspace: Workspace) -> None:
    put(workspace, "partners", partner(1), partner(2))
    retire(workspace, "P1", day="2026-02-01", removed=False)
    put(workspace, "partners", partner(1, tier="Gold"), day="2026-02-01")
    retire(workspace, "P2", day="2026-03-01", removed=True)
    assert query(workspace, "SELECT partner_id, seen_from, seen_until, removed FROM partners_past") == [
        ("P1", "2026-01-01", "2026-02-01", 0),
        ("P2", "2026-01-01", "2026-03-01", 1),
    ]
    assert query(workspace, "SELECT partner_id, tier, seen_from FROM partners") == [
        ("P1", "Gold", "2026-02-01")
    ]
    with workspace.database.read() as connection:
        assert facts.past_ids(connection, PARTNERS, "s") == {"P2"}
        assert facts.has_history(connection, PARTNERS, "s")
        assert not facts.has_history(connection, FUNDS, "s")


def rate(number: int, currency: str, day: str, value: str) -> dict[str, Any]:
    return {"rate_id": str(number), "currency": currency, "rated_on": day, "rate": value}


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-12-31", "2"), ("2026-01-10", "2"), ("2026-01-31", "2"), ("2026-02-01", "3"), ("2027-01-01", "3")],
)
def test_the_newest_rate_not_after_the_day_counts(workspace: Workspace, day: str, expected: str) -> None:
    put(workspace, "exchange_rates", rate(1, "GBP", "2026-02-01", "3"), rate(2, "GBP", "2026-01-10", "2"))
    with workspace.database.read() as connection:
        exchange = Exchange.of(connection, base="EUR", as_of="2026-03-01")
    assert exchange.rate("GBP", day) == Decimal(expected)
    assert exchange.rate("EUR", day) == 1
    assert exchange.rate("CHF", day) is None


def test_amounts_follow_their_rates_in_the_present_and_in_the_past(workspace: Workspace) -> None:
    put(workspace, "partners", partner(1, currency="GBP", credit_limit=10_000), partner(2, currency="CHF"))
    put(
        workspace,
        "funds",
        {
            "fund_id": "F1",
            "partner_id": "P1",
            "period_start": "2026-01-01",
            "period_end": "2026-02-01",
            "allocated": 5,
        },
        {
            "fund_id": "F2",
            "partner_id": "P2",
            "period_start": "2026-01-01",
            "period_end": "2026-02-01",
            "allocated": 5,
        },
    )
    retire(workspace, "P1", day="2026-02-01", removed=False)
    put(workspace, "partners", partner(1, currency="GBP", credit_limit=20_000), day="2026-02-01")
    put(workspace, "exchange_rates", rate(1, "GBP", "2026-01-01", "1.5"))
    with workspace.database.write() as connection:
        rebase(connection, Exchange.of(connection, base="EUR", as_of="2026-03-01"), progress=QUIET)
        assert unknown_bases(connection, "s") == {"funds.allocated": (1, "CHF")}
    assert query(workspace, "SELECT credit_limit_base FROM partners WHERE partner_id = 'P1'") == [(30_000,)]
    assert query(workspace, "SELECT credit_limit_base FROM partners_past") == [(15_000,)]
    # 7.5 ten-thousandths, half-even.
    assert query(workspace, "SELECT fund_id, allocated_base FROM funds ORDER BY 1") == [
        ("F1", 8),
        ("F2", None),
    ]


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(allow_nan=False)), max_size=5))
def test_a_digest_tells_every_difference(values: list[object]) -> None:
    assert facts.hash_of(values) == facts.hash_of(tuple(values))
    assert facts.hash_of(values) != facts.hash_of([*values, None])
    assert facts.hash_of(["1", *values]) != facts.hash_of([1, *values])
