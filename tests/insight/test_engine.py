"""A run for a few partners, for several days, or after a change says exactly what a whole run says."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.insight.catalog import Catalog, load_catalog
from camdesk.insight.engine import open_run
from camdesk.insight.figures import figures_on, partner_figures
from camdesk.portfolio.entities import ENTITIES
from camdesk.store.database import generation, next_generation, touched_since
from camdesk.store.keys import KeyMode
from camdesk.store.workspace import Workspace, create
from camdesk.sync.engine import sync_source
from camdesk.sync.sources import add_source, source_named
from tests.reference.portfolios import TYPES, write_portfolio

AS_OF = date(2026, 11, 20)
CATALOG: Catalog = load_catalog()[0]
Row = dict[str, str]
Values = dict[tuple[str, str, str], tuple[float, int]]


@dataclass
class Book:
    """A workspace whose export can be rewritten, and synced again on a later day."""

    workspace: Workspace
    folder: Path

    @property
    def days(self) -> list[date]:
        ends = self.workspace.settings().calendar.quarter_ends(AS_OF, 3)
        return sorted({AS_OF, *ends, AS_OF - timedelta(40)})

    def sync(self, day: date) -> None:
        with self.workspace.database.read() as connection:
            source = source_named(connection, "export")
        sync_source(
            self.workspace,
            source,
            as_of=day,
            started_at=f"{day}T08:00:00Z",
            types=frozenset(CATALOG.profiles),
            metrics=frozenset(CATALOG.metrics),
            progress=SilentProgress(),
            accept_shrunken=True,
        )

    def rewrite(self, entity: str, change: Callable[[list[Row]], None]) -> None:
        path = self.folder / f"{entity}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        change(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, reader.fieldnames or [])
            writer.writeheader()
            writer.writerows(rows)

    def run(self, days: list[date], partners: list[str] | None = None) -> Values:
        """Return every figure of a run by partner, metric and day."""
        settings = self.workspace.settings()
        with open_run(self.workspace.database, CATALOG, settings, days, partners=partners) as run:
            return {
                (partner, computed.metric, str(computed.day)): (value.value, value.n)
                for computed in run.compute(CATALOG.metrics)
                for partner, value in computed.values.items()
                if value.value is not None
            }

    def stored(self) -> dict[Any, Any]:
        """Return what the tables of stored figures hold."""
        with self.workspace.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM figure").fetchall()
        return {tuple(row[:3]): tuple(row[3:]) for row in rows}

    def figures(self, *, afresh: bool = False) -> Any:
        if afresh:
            with self.workspace.database.write() as connection:
                connection.exec_driver_sql("DELETE FROM figure_run")
        return figures_on(self.workspace.database, CATALOG, self.workspace.settings(), self.days)


def _book(home: Path, *, seed: int, partners: int, synced_on: date) -> Book:
    write_portfolio(home / "export", seed=seed, partners=partners, as_of=AS_OF)
    return _opened(home, synced_on)


def _opened(home: Path, synced_on: date) -> Book:
    """Make a workspace of the export and sync it."""
    workspace = create(home / "workspace", Settings(), ask=lambda _: None, mode=KeyMode.SAMPLE)
    with workspace.database.write() as connection:
        add_source(connection, "export", kind="folder", options={"path": str(home / "export")})
    book = Book(workspace, home / "export")
    book.sync(synced_on)
    return book


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A portfolio whose rows changed between two syncs, so that some have a past."""
    book = _book(tmp_path_factory.mktemp("two"), seed=11, partners=21, synced_on=AS_OF - timedelta(60))
    rng = Random(5)
    for entity in ("partners", "deals", "renewals", "funds", "projects", "orders", "sell_through"):
        book.rewrite(entity, lambda rows: _shuffle_some(rng, rows))
    book.sync(AS_OF)
    yield book
    book.workspace.close()


def _shuffle_some(rng: Random, rows: list[Row]) -> None:
    """Give some rows the cells of others, all but their ids, and drop one."""
    for row in rng.sample(rows, len(rows) // 4):
        names = list(row)[1:]
        other = rng.choice(rows)
        row |= {name: other[name] for name in names if name != "partner_id"}
    if rows and "type" not in rows[0]:
        rows.pop()


def _same(got: Any, expected: Any) -> None:
    assert got.keys() == expected.keys()
    wrong = {key: (got[key], expected[key]) for key in got if not _agrees(got[key], expected[key])}
    assert not wrong


def _agrees(got: Any, expected: Any) -> bool:
    """Sums of binary numbers may end differently where rows come in another order; whole ones never."""
    return got == expected or all(
        one == other or (isinstance(one, float) and math.isclose(one, other, rel_tol=1e-12))
        for one, other in zip(got, expected, strict=True)
    )


def test_a_run_for_one_partner_equals_the_whole_run(book: Book) -> None:
    whole = book.run(book.days)
    assert len(whole) > 3_000
    names = sorted({partner for partner, _, _ in whole})
    for name in names:
        _same(book.run(book.days, [name]), {key: value for key, value in whole.items() if key[0] == name})


def test_a_run_for_some_partners_equals_the_whole_run(book: Book) -> None:
    whole = book.run(book.days)
    names = sorted({partner for partner, _, _ in whole})[::4]
    _same(book.run(book.days, names), {key: value for key, value in whole.items() if key[0] in names})


def test_evidence_of_a_run_for_one_partner_is_that_of_the_whole_run(book: Book) -> None:
    database, settings = book.workspace.database, book.workspace.settings()
    with open_run(database, CATALOG, settings, [AS_OF]) as whole:
        for name in sorted(whole.partners)[:4]:
            with open_run(database, CATALOG, settings, [AS_OF], partners=[name]) as own:
                for metric in CATALOG.metrics:
                    assert own.evidence(metric, name, AS_OF) == whole.evidence(metric, name, AS_OF)


def test_eight_days_in_one_run_equal_eight_runs(book: Book) -> None:
    days = sorted({AS_OF, *Settings().calendar.quarter_ends(AS_OF, 7)})
    together = book.run(days)
    apart: Values = {}
    for day in days:
        apart |= book.run([day])
    assert together == apart


# What changes between two syncs: rows of a few partners, the sort of thing that moves others' figures too.


def _other_customers(rng: Random, rows: list[Row]) -> None:
    """Orders change hands between customers, so that first orders move for those who sold to them too."""
    for row in rng.sample(rows, 3):
        row["customer"] = rng.choice(rows)["customer"]
    early = rng.choice(rows)
    early["booked_on"] = "2019-01-01"


def _other_resellers(rng: Random, rows: list[Row]) -> None:
    for row in rng.sample(rows, 3):
        row["reseller_partner_id"] = rng.choice(rows)["reseller_partner_id"]
    rows.remove(rng.choice([row for row in rows if row["reseller_partner_id"]]))


def _other_cells(rng: Random, rows: list[Row]) -> None:
    for row in rng.sample(rows, min(2, len(rows))):
        other = rng.choice(rows)
        kept = next(iter(row)), "partner_id", "type"
        row |= {name: cell for name, cell in other.items() if name not in kept}


def _fewer(rng: Random, rows: list[Row]) -> None:
    rows.remove(rng.choice(rows))


def _more(rng: Random, rows: list[Row]) -> None:
    row = dict(rng.choice(rows))
    row[next(iter(row))] = f"new-{rng.random()}"
    rows.append(row)


def _other_type(rng: Random, rows: list[Row]) -> None:
    rng.choice(rows)["type"] = rng.choice(TYPES)


CHANGES = (
    ("orders", _other_customers),
    ("sell_through", _other_resellers),
    ("partners", _other_type),
    ("partners", _other_cells),
    ("partners", _more),
    ("milestones", _fewer),
    *((name, _other_cells) for name in ("deals", "usage", "targets", "renewals", "certifications")),
    *((name, _more) for name in ("pos_reports", "listing_activity", "rebates", "fund_claims", "orders")),
    *((name, _fewer) for name in ("funds", "inventory", "projects", "assessments", "referrals")),
)


@pytest.mark.parametrize("seed", [21, 22])
def test_figures_brought_up_to_date_equal_those_made_anew(tmp_path: Path, seed: int) -> None:
    book = _book(tmp_path, seed=seed, partners=28, synced_on=AS_OF - timedelta(70))
    book.figures()
    rng = Random(seed)
    narrow = 0
    for step in range(6):
        for entity, change in rng.sample(CHANGES, 2):
            book.rewrite(entity, lambda rows, change=change: change(rng, rows))  # type: ignore[misc]
        book.sync(AS_OF - timedelta(50 - 8 * step))
        with book.workspace.database.read() as connection:
            touched = touched_since(connection, generation(connection) - 1)
        narrow += touched is not None and 0 < len(touched) <= 28 // 4
        updated, stored = book.figures(), book.stored()
        anew, made = book.figures(afresh=True), book.stored()
        _same(stored, made)
        for day in book.days:
            assert updated[day].counts == anew[day].counts
            assert updated[day].brought == anew[day].brought
    assert narrow >= 3
    book.workspace.close()


def _written_book(home: Path, files: dict[str, str]) -> Book:
    """Eight resellers enrolled in May, so that one of them is a small part; and other files."""
    folder = home / "export"
    folder.mkdir()
    partners = "".join(f"P-{number},Partner {number},reseller,2026-05-01\n" for number in range(1, 9))
    files = {"partners": f"partner_id,name,type,enrolled_on\n{partners}"} | files
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return _opened(home, AS_OF - timedelta(60))


CLAIMS = "claim_id,partner_id,kind,requested_at,status,amount\n"
CAMPAIGNS = "campaign_id,partner_id,name,started_on\n"


@pytest.mark.parametrize(
    ("entity", "nothing", "first", "metric", "before", "after"),
    [
        # No claims: nobody knows whether funds are used. One claim of P-2: those of P-1 are not.
        ("fund_claims", CLAIMS, "C-1,P-2,market_fund,2026-06-01T08:00:00Z,approved,10", "fund_use", None, 0),
        # No campaigns: the order is all that activation asks. One of P-2: P-1 lacks its own.
        ("campaigns", CAMPAIGNS, "K-1,P-2,Spring,2026-06-01", "activation_rate", 1, 0),
    ],
)
def test_the_first_records_of_a_kind_move_figures_of_partners_without(
    tmp_path: Path, entity: str, nothing: str, first: str, metric: str, before: int | None, after: int
) -> None:
    funds = "fund_id,partner_id,period_start,period_end,allocated\nF-1,P-1,2026-01-01,2026-12-31,1000\n"
    orders = "order_id,partner_id,booked_on,amount\nO-1,P-1,2026-06-10,100\n"
    earlier = nothing + first.replace("P-2", "P-3")
    book = _written_book(tmp_path, {"funds": funds, "orders": orders, entity: earlier})
    (book.folder / f"{entity}.csv").write_text(nothing, encoding="utf-8")
    book.sync(AS_OF - timedelta(50))
    assert book.figures()[AS_OF].value("P-1", metric) == before
    (book.folder / f"{entity}.csv").write_text(nothing + first, encoding="utf-8")
    book.sync(AS_OF - timedelta(40))
    with book.workspace.database.read() as connection:
        assert touched_since(connection, generation(connection) - 1) == {"P-2"}
    assert book.figures()[AS_OF].value("P-1", metric) == after
    stored = book.stored()
    book.figures(afresh=True)
    _same(stored, book.stored())
    book.workspace.close()


def test_one_partners_stored_figures_are_those_of_the_days(book: Book) -> None:
    by_day = book.figures()
    with book.workspace.database.read() as connection:
        for name in sorted(by_day[AS_OF].values)[:3]:
            own = partner_figures(connection, name, book.days)
            for day in book.days:
                assert {key: value for key, (value, _) in own[day].items()} == by_day[day].of(name)
                assert {key: n for key, (_, n) in own[day].items()} == by_day[day].counts[name]


def test_old_changes_are_forgotten_and_then_everybody_is_touched(book: Book) -> None:
    database = book.workspace.database
    with database.write() as connection:
        before = generation(connection)
        for _ in range(51):
            next_generation(connection, ["P-1"])
        kept = connection.exec_driver_sql("SELECT COUNT(*) FROM fact_touch").scalar_one()
        assert kept == 50
        assert touched_since(connection, before) is None
        assert touched_since(connection, before + 1) == {"P-1"}
        connection.rollback()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """One partner of each type."""
    book = _book(tmp_path_factory.mktemp("small"), seed=41, partners=7, synced_on=AS_OF)
    yield book
    book.workspace.close()


@pytest.mark.parametrize("entity", [name for name in ENTITIES if name != "notes"])
def test_figures_stand_any_optional_column_being_blank(small: Book, entity: str) -> None:
    described = ENTITIES[entity]
    for column in described.columns:
        if column.required:
            continue
        names = [column.name, *([f"{column.name}_base"] if column.name in described.money else [])]
        with _blanked(small.workspace, entity, names):
            for (partner, metric, _), (value, n) in small.run([AS_OF]).items():
                where = (partner, metric, column.name)
                assert isinstance(value, (int, float)), where
                assert math.isfinite(value), where
                assert n >= 0, where


@contextmanager
def _blanked(workspace: Workspace, entity: str, names: list[str]) -> Iterator[None]:
    """Blank columns of all rows of an entity, and give them back their values afterwards."""
    quoted = [f'"{name}"' for name in names]
    with workspace.database.write() as connection:
        found = connection.exec_driver_sql(f"SELECT {', '.join(quoted)}, rowid FROM {entity}")
        rows = [tuple(row) for row in found]
        connection.exec_driver_sql(f"UPDATE {entity} SET {', '.join(f'{name} = NULL' for name in quoted)}")
    yield
    with workspace.database.write() as connection:
        for row in rows:
            assigned = ", ".join(f"{name} = ?" for name in quoted)
            connection.exec_driver_sql(f"UPDATE {entity} SET {assigned} WHERE rowid = ?", row)
