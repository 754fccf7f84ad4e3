"""A process killed in the middle of a sync leaves the database as before or after, never between."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.sync.book import REPO, Book

KILLS = 30
ROWS = 3_000
CHILD = """
import sys
from datetime import date
from pathlib import Path
from camdesk.base.progress import SilentProgress
from camdesk.store import workspace as workspaces
from camdesk.sync.engine import sync_source
from camdesk.sync.sources import source_named

workspace = workspaces.open_workspace(Path(sys.argv[1]), ask=lambda prompt: None)
with workspace.database.read() as connection:
    source = source_named(connection, "exports")
print("ready", flush=True)
report = sync_source(workspace, source, as_of=date(2026, 3, 31), started_at="2026-03-31T06:00:00Z",
                     types=frozenset({"reseller"}), metrics=frozenset(), progress=SilentProgress(),
                     accept_shrunken=True)
print("done", report.changed, flush=True)
"""


def write(book: Book, version: int) -> None:
    """Write a version of the files in which every order, some partners and a rate differ."""
    partners = "".join(f"P{number},Partner {version},reseller\n" for number in range(200))
    orders = "".join(
        f"{version % 3}-{number},P{number % 200},2026-01-05,{version},GBP\n" for number in range(ROWS // 2)
    ) + "".join(f"same-{number},P{number % 200},2026-01-05,{version},GBP\n" for number in range(ROWS // 2))
    book.write("partners.csv", "partner_id,name,type\n" + partners)
    book.write("orders.csv", "order_id,partner_id,booked_on,amount,currency\n" + orders)
    book.write("exchange_rates.csv", f"rate_id,currency,rated_on,rate\nr,GBP,2026-01-01,{version + 1}\n")


def seen(book: Book) -> tuple[int, int]:
    """Return the one version that everything in the database is of, and how many syncs it tells of."""
    book.workspace.database.check()
    names = book.column("SELECT DISTINCT name FROM partners")
    amounts = book.rows("SELECT DISTINCT amount, amount_base FROM orders")
    rates = book.column("SELECT rate FROM exchange_rates")
    assert (len(names), len(amounts), len(rates)) == (1, 1, 1)
    version = int(names[0].removeprefix("Partner "))
    assert amounts == [(version * 10_000, version * 10_000 * (version + 1))]
    assert rates == [str(version + 1)]
    assert book.column("SELECT count(*) FROM orders") == [ROWS]
    syncs = book.column("SELECT count(*) FROM sync_run")[0]
    assert book.column("SELECT max(sync_id) FROM sync_run") == [syncs]
    return version, syncs


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process at once")
def test_thirty_kills_leave_the_database_before_or_after(tmp_path: Path) -> None:
    book = Book(tmp_path)
    write(book, 1)
    book.sync()
    before = seen(book)
    whole_s = sync_in_child(book, version=2, kill_after_s=None)
    before, first = seen(book), before
    assert before == (2, first[1] + 1)
    draw = random.Random(30)
    survived = 0
    for _ in range(KILLS):
        version = before[0] + 1
        sync_in_child(book, version=version, kill_after_s=draw.uniform(0, whole_s * 1.3))
        after = seen(book)
        assert after in {before, (version, before[1] + 1)}
        survived += after != before
        before = after
    assert survived < KILLS
    write(book, before[0] + 1)
    book.sync(accept_shrunken=True)
    assert seen(book)[0] == before[0] + 1
    book.workspace.close()


def sync_in_child(book: Book, *, version: int, kill_after_s: float | None) -> float:
    """Sync a version in another process, killed after a while, and return how long it ran."""
    write(book, version)
    book.workspace.close()
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(book.workspace.home)], stdout=subprocess.PIPE, cwd=REPO
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        began = perf_counter()
        try:
            child.wait(kill_after_s)
        except subprocess.TimeoutExpired:
            child.kill()
    return perf_counter() - began
