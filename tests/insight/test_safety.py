"""A definition's query reads the portfolio and nothing else, and never runs for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from camdesk.base.settings import Settings
from camdesk.insight.catalog import load_catalog
from camdesk.insight.engine import MetricRun, open_run
from camdesk.insight.safety import TimeLimit
from camdesk.store import migrations
from camdesk.store import workspace as workspaces
from camdesk.store.database import Database
from camdesk.store.keys import KeyMode

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MetricRun]:
    home = tmp_path_factory.mktemp("home") / "workspace"
    workspace = workspaces.create(home, Settings(), ask=lambda _: None, mode=KeyMode.SAMPLE)
    catalog, problems = load_catalog()
    assert problems == ()
    with open_run(workspace.database, catalog, Settings(), [DAY]) as opened:
        yield opened
    workspace.close()


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM sqlite_master",
        "SELECT * FROM main.orders",
        "SELECT * FROM notes",
        "SELECT * FROM main.setting",
        "SELECT * FROM task",
        "SELECT * FROM document_version",
        "SELECT * FROM search_notes",
        "SELECT * FROM search_notes WHERE search_notes MATCH 'budget'",
        "SELECT * FROM search_notes_content",
        "WITH orders AS (SELECT * FROM main.task) SELECT * FROM orders",
        "PRAGMA key = 'x'",
        "PRAGMA query_only = OFF",
        "SELECT * FROM pragma_table_info('orders')",
        "ATTACH DATABASE 'x.db' AS x",
        "VACUUM INTO 'x.db'",
        "SELECT sqlcipher_export('x')",
        "SELECT load_extension('x')",
        "SELECT hex(zeroblob(400000000))",
        "SELECT randomblob(400000000)",
        "SELECT printf('%.*c', 400000000, 'x')",
        "INSERT INTO orders (order_id) VALUES ('1')",
        "UPDATE moments SET day = '2020-01-01'",
        "DELETE FROM moments",
        "DROP TABLE moments",
        "CREATE TABLE x (y)",
        "SELECT writefile('x', 'y')",
        "SELECT * FROM json_each('[1]')",
    ],
)
def test_everything_but_reading_the_portfolio_is_refused(run: MetricRun, attack: str) -> None:
    refused = r"not authorized|prohibited|readonly|no such|cannot VACUUM|constructor failed"
    with pytest.raises(Exception, match=refused):
        run.query(attack)


def test_the_portfolio_can_be_read(run: MetricRun) -> None:
    assert run.query("SELECT COUNT(*) AS n FROM orders o JOIN partners p USING (partner_id)") == [{"n": 0}]
    assert run.query("SELECT day FROM moments") == [{"day": DAY.isoformat()}]


def test_a_query_without_end_is_stopped(run: MetricRun) -> None:
    limit = TimeLimit(run.connection, 0.05)
    limit.start()
    many = ", ".join(f"tier_requirements t{number}" for number in range(20))
    with pytest.raises(Exception, match="interrupted"):
        run.connection.execute(f"SELECT COUNT(*) FROM {many}").fetchall()
    TimeLimit(run.connection)


def test_a_metric_that_targets_are_set_for_reads_no_more_than_any_other(tmp_path: Path) -> None:
    catalog, _ = load_catalog()
    spying = "SELECT m.moment, n.partner_id, length(n.text) AS n FROM moments m CROSS JOIN main.notes n"
    revenue = catalog.metrics["revenue"].model_copy(update={"records": spying})
    database = Database(tmp_path / "own.db", bytes(32))
    migrations.create(database)
    bent = replace(catalog, metrics={**catalog.metrics, "revenue": revenue})
    with pytest.raises(Exception, match="prohibited"), open_run(database, bent, Settings(), [DAY]):
        pass
    database.close()
