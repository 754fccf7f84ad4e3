"""A small portfolio for rules to look at: rows written straight into the tables, and what is beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert

from camdesk.base.settings import Settings
from camdesk.insight.alerts.evaluation import Evaluation, evaluate
from camdesk.insight.alerts.situation import Situation
from camdesk.insight.catalog import Catalog, load_catalog
from camdesk.insight.definitions import ActivationStep, Cadence, Profile, Tier
from camdesk.insight.results import (
    Milestone,
    Partner,
    Requirement,
    TierState,
    Unit,
)
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Kind
from camdesk.store import migrations
from camdesk.store.database import Database
from camdesk.store.tables import CURRENT, METADATA, PAST, source, sync_run

SCALE = 10_000
TYPE = "example"
_BESIDE = ("figures", "standing", "scores", "steps", "requirements")
Rows = Mapping[str, Sequence[Mapping[str, Any]]]

PROFILE = Profile(
    type=TYPE,
    version="1",
    title="Example",
    plural="Examples",
    short_title="Example",
    judged_on="examples",
    origin="a test",
    dark_after_days=90,
    activation_days=90,
    contribution="revenue",
    attainment="revenue_attainment",
    cadence={
        "A": Cadence(working=14, review=90, executive=180),
        "B": Cadence(working=45, review=180),
    },
    columns=(),
    milestones=(
        ActivationStep(name="Kick-off", day=14, fact="SELECT partner_id, scheduled_at AS day FROM meetings"),
        ActivationStep(name="First order", day=90, fact="SELECT partner_id, booked_on AS day FROM orders"),
    ),
    tiers=(
        Tier(name="Silver", requirements={"certified_sales": 1}),
        Tier(
            name="Gold", requirements={"certified_sales": 2, "certified_technical": 1}, mandatory=("Safety",)
        ),
    ),
    lines=(),
    our_side=(),
)


class AlertBook:
    """A database of its own, emptied for each example."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "alerts.db", bytes(32))
        migrations.create(self.database)
        self.settings = Settings()
        self.catalog, _ = load_catalog()

    def fill(self, rows: Rows, *, synced_on: date) -> None:
        """Make `rows` all there is."""
        with self.database.write() as connection:
            for table in METADATA.sorted_tables:
                connection.execute(delete(table))
            for entity, given in _with_partner(rows).items():
                if entity not in _BESIDE:
                    self._insert(connection, entity, given)
            connection.execute(
                insert(source).values(name="book", kind="folder", options="{}", position=0, expected_days=3)
            )
        self.fill_sync(synced_on)

    def fill_sync(self, day: date) -> None:
        """Note that the source was synced on `day`."""
        with self.database.write() as connection:
            connection.execute(
                insert(sync_run).values(source="book", as_of=day.isoformat(), started_at="", report="{}")
            )

    def add(self, rows: Rows) -> None:
        """Add rows to what is there."""
        with self.database.write() as connection:
            for entity, given in rows.items():
                self._insert(connection, entity, given)

    def empty(self, entity: str) -> None:
        """Take all rows of an entity away, as if they had never been."""
        with self.database.write() as connection:
            connection.execute(delete(CURRENT[entity]))
            connection.execute(delete(PAST[entity]))

    def catalog_with(self, **rules: Mapping[str, float]) -> Catalog:
        """Return the shipped definitions with one type, which has just these rules switched on."""
        on = {name.replace("_", "-"): dict(thresholds) for name, thresholds in rules.items()}
        return replace(self.catalog, profiles={TYPE: PROFILE.model_copy(update={"rules": on})})

    def evaluate(self, catalog: Catalog, rows: Rows, *, as_of: date) -> Evaluation:
        return evaluate(self.database, catalog, self.settings, situation=situation_of(rows, as_of))

    def _insert(self, connection: Connection, entity: str, given: Sequence[Mapping[str, Any]]) -> None:
        for number, row in enumerate(_repeated(given), start=1):
            values = _completed(entity, number, row)
            table = PAST[entity] if "seen_until" in row else CURRENT[entity]
            if "seen_until" not in row:
                values["row_hash"] = b""
            connection.execute(insert(table).values(values))


def situation_of(rows: Rows, as_of: date) -> Situation:
    """Return what the rows say beside the entities' own."""
    full = _with_partner(rows)
    standing = {row.get("partner_id", "P1"): row for row in rows.get("standing", ())}
    figures = {(row.get("partner_id", "P1"), row["metric"]): row for row in rows.get("figures", ())}
    return Situation(
        as_of=as_of,
        partners={
            row["partner_id"]: _partner(row, standing.get(row["partner_id"], {})) for row in full["partners"]
        },
        figures={key: row.get("value") for key, row in figures.items()},
        past_figures={key: row.get("before") for key, row in figures.items()},
        contributions={
            row["partner_id"]: round(row["contribution"] * SCALE)
            for row in full["partners"]
            if "contribution" in row
        },
        score_shifts={
            row.get("partner_id", "P1"): (row["before"], row["now"]) for row in rows.get("scores", ())
        },
        tiers=_tiers(rows.get("requirements", ())),
        milestones=_milestones(rows.get("steps", ())),
    )


def _with_partner(rows: Rows) -> dict[str, Sequence[Mapping[str, Any]]]:
    return {"partners": [{"partner_id": "P1"}], **rows}


def _repeated(given: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in given for _ in range(row.get("times", 1))]


def _completed(entity: str, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row as stored: money in ten-thousandths, and what a row cannot be without."""
    shape = ENTITIES[entity]
    values: dict[str, Any] = {"source": "book", "seen_from": "2000-01-01"}
    values |= {
        name: ";".join(value) if isinstance(value, list) else value
        for name, value in row.items()
        if name not in ("times", "contribution")
    }
    for name in shape.money:
        if name in values:
            values[name] = values[f"{name}_base"] = round(values[name] * SCALE)
    for column in shape.columns:
        if column.name not in values and (column.required or column.default):
            values[column.name] = _filled(column, entity, number)
    return values


def _filled(column: Column, entity: str, number: int) -> Any:
    if column.name == "partner_id":
        return "P1"
    if column.name == ENTITIES[entity].key:
        return f"{entity}-{number}"
    if column.kind is Kind.TYPE:
        return TYPE
    if column.kind is Kind.CHOICE:
        return column.default or column.choices[0]
    if column.kind is Kind.TEXT:
        return f"{column.name} {number}"
    raise AssertionError(f"{entity} needs {column.name}")


def _partner(row: Mapping[str, Any], standing: Mapping[str, Any]) -> Partner:
    enrolled_on = row.get("enrolled_on")
    return Partner(
        partner_id=row["partner_id"],
        name=row.get("name", row["partner_id"]),
        type=row.get("type", TYPE),
        other_types=tuple(row.get("other_types", ())),
        tier=row.get("tier"),
        status=row.get("status", "enrolled"),
        attention=standing.get("attention", "A"),
        attention_derived=True,
        stage=standing.get("stage", "active"),
        dark=standing.get("dark", False),
        mine=True,
        region=None,
        country=None,
        currency="EUR",
        parent_partner_id=None,
        enrolled_on=date.fromisoformat(enrolled_on) if enrolled_on else None,
    )


def _tiers(rows: Sequence[Mapping[str, Any]]) -> dict[str, TierState]:
    found = {"held": [], "next": []}  # type: dict[str, list[Requirement]]
    for row in rows:
        has, needed = row.get("has"), row["needed"]
        found[row["kind"]].append(
            Requirement(
                row["name"],
                row.get("title", row["name"]),
                needed,
                has,
                None if has is None else has >= needed,
                Unit(row.get("unit", "count")),
            )
        )
    if not rows:
        return {}
    state = TierState("Gold", True, tuple(found["held"]), "Platinum", tuple(found["next"]), None, None, None)
    return {"P1": state}


def _milestones(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Milestone]]:
    found: dict[str, list[Milestone]] = {}
    for row in rows:
        done = row.get("done_on")
        found.setdefault(row.get("partner_id", "P1"), []).append(
            Milestone(
                row["name"], date.fromisoformat(row["due_on"]), date.fromisoformat(done) if done else None
            )
        )
    return found
