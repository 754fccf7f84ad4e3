"""A small portfolio put straight into the tables, and Insight on top of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from camdesk.base.settings import Settings
from camdesk.insight.catalog import load_catalog
from camdesk.insight.insight import Insight
from camdesk.portfolio.entities import ENTITIES
from camdesk.store import workspace as workspaces
from camdesk.store.keys import KeyMode
from camdesk.store.tables import CURRENT, sync_run
from camdesk.store.workspace import Workspace

TODAY = date(2026, 11, 20)
FIRST_SYNC = "2024-01-01"

Put = Callable[..., None]


def day(ago: int) -> str:
    return (TODAY - timedelta(ago)).isoformat()


def _no_passphrase(_prompt: str) -> str:
    raise AssertionError("a sample workspace asks for nothing")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspaces.create(
        tmp_path / "workspace",
        Settings(our_name="Northlight Software"),
        ask=_no_passphrase,
        mode=KeyMode.SAMPLE,
    )
    with made.database.write() as connection:
        connection.execute(
            insert(sync_run).values(
                source="crm", as_of=FIRST_SYNC, started_at=f"{FIRST_SYNC}T00:00:00Z", report="{}"
            )
        )
    yield made
    made.close()


@pytest.fixture
def put(workspace: Workspace) -> Put:
    """Add rows of an entity; money in whole units of the base currency."""

    def add(entity: str, *rows: dict[str, Any]) -> None:
        table, schema = CURRENT[entity], ENTITIES[entity]
        with workspace.database.write() as connection:
            for row in rows:
                stored = {column.name: row.get(column.name) for column in table.columns}
                for column in schema.columns:
                    if stored[column.name] is None and column.default is not None:
                        stored[column.name] = column.default
                for name in schema.money:
                    if row.get(name) is not None:
                        stored[name] = stored[f"{name}_base"] = round(row[name] * 10_000)
                stored |= {"source": "crm", "row_hash": b"-", "seen_from": FIRST_SYNC}
                connection.execute(insert(table).values(**stored))

    return add


@pytest.fixture
def insight(workspace: Workspace) -> Callable[[], Insight]:
    """Return Insight as of today on what has been put so far."""

    def look() -> Insight:
        catalog, problems = load_catalog()
        assert problems == ()
        return Insight(workspace, catalog, workspace.settings(), TODAY)

    return look


def put_partner(put: Put, partner_id: str, kind: str, name: str, **more: Any) -> None:
    put(
        "partners",
        {"partner_id": partner_id, "name": name, "type": kind, "enrolled_on": "2022-03-01", **more},
    )


def put_reseller(put: Put, partner_id: str = "P-1", name: str = "Brennhof Systemhaus", **more: Any) -> None:
    """Add a reseller with two years of orders, deals, a target, promises and one waiting request."""
    put_partner(put, partner_id, "reseller", name, tier="Gold", **more)
    put("orders", *(_order(partner_id, number) for number in range(75)))
    put("deals", *(_deal(partner_id, number) for number in range(40)))
    put(
        "commitments",
        _promise(partner_id, "late", "vendor", "Price list sent", day(40), day(30)),
        _promise(partner_id, "kept", "partner", "Two engineers trained", day(45), day(46)),
        _promise(partner_id, "ahead", "partner", "Account list shared", day(-20), None),
    )
    put(
        "requests",
        {"request_id": f"{partner_id}-r", "partner_id": partner_id, "kind": "pricing_exception",
         "subject": "Tallis price", "amount": 5_000, "asked_at": f"{day(4)}T09:00:00Z"},
    )  # fmt: skip


def _order(partner_id: str, number: int) -> dict[str, Any]:
    return {
        "order_id": f"{partner_id}-o{number}",
        "partner_id": partner_id,
        "booked_on": day(3 + number * 12),
        "amount": 9_000 - number * 40,
        "product": "Gateway",
        "customer": ("Tallis Energy", "Aster Foods", "Linden Retail")[number % 3],
    }


def _deal(partner_id: str, number: int) -> dict[str, Any]:
    status = ("open", "won", "lost", "won")[number % 4]
    ago = 20 + number * 9
    return {
        "deal_id": f"{partner_id}-d{number}",
        "partner_id": partner_id,
        "name": "Branch refresh",
        "customer": ("Tallis Energy", "Aster Foods", "Linden Retail", "Quayside Group")[number % 4],
        "kind": "registered",
        "status": status,
        "amount": 12_000 + number * 500,
        "submitted_at": f"{day(ago)}T10:00:00Z",
        "decided_at": f"{day(ago - 1)}T10:00:00Z",
        "decision": "approved",
        "protected_until": day(-10 - number),
        "expected_close_on": day(-30 + number),
        "closed_on": None if status == "open" else day(ago - 10),
        "stage_changed_on": day(10 + number),
        "forecast": "commit",
        "lost_reason": "Price" if status == "lost" else None,
    }


def _promise(partner_id: str, name: str, side: str, text: str, due: str, done: str | None) -> dict[str, Any]:
    return {
        "commitment_id": f"{partner_id}-{name}", "partner_id": partner_id, "side": side, "text": text,
        "owner": "Ines Kaya", "due_on": due, "done_on": done,
    }  # fmt: skip


def put_distributor(put: Put, partner_id: str = "P-2", name: str = "Hansequai Distribution") -> None:
    """Add a distributor with fifteen months of sell-in and sell-through, stock and POS reports."""
    put_partner(put, partner_id, "distributor", name, tier="Authorised")
    months = [f"{2025 + (7 + index) // 12}-{(7 + index) % 12 + 1:02d}-01" for index in range(15)]
    for index, month in enumerate(months):
        put("orders", {"order_id": f"{partner_id}-o{index}", "partner_id": partner_id, "booked_on": month,
                       "amount": 60_000 + index * 1_000, "product": "Gateway"})  # fmt: skip
        put("pos_reports", {"report_id": f"{partner_id}-r{index}", "partner_id": partner_id, "month": month,
                            "due_on": f"{month[:8]}28", "received_on": f"{month[:8]}27"})  # fmt: skip
        put(
            "sell_through",
            *(
                {"line_id": f"{partner_id}-s{index}-{place}", "partner_id": partner_id, "reseller": reseller,
                 "customer": "Aster Foods", "product": "Gateway", "month": month, "units": 10 + place,
                 "value": 9_000 + place * 3_000}
                for place, reseller in enumerate(("Kite Networks", "Vale Systems", "Oakbridge IT"))
            ),
        )  # fmt: skip
    put("inventory", {"inventory_id": f"{partner_id}-i", "partner_id": partner_id, "counted_on": "2026-09-30",
                      "product": "Gateway", "units": 90, "value": 81_000, "aged_value": 4_000})  # fmt: skip
