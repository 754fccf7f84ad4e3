"""A small portfolio for rules to look at: rows written straight into the tables, and what is beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select, union

from camdesk.base.money import SCALE
from camdesk.base.settings import Settings
from camdesk.insight.alerts.evaluation import Evaluation, evaluate
from camdesk.insight.alerts.listing import alerts_of
from camdesk.insight.alerts.situation import Situation
from camdesk.insight.catalog import Catalog, load_catalog
from camdesk.insight.definitions import ActivationStep, Cadence, Profile, Tier
from camdesk.insight.results import (
    Alert,
    Milestone,
    Partner,
    Requirement,
    TierState,
    Unit,
)
from camdesk.portfolio.entities import ENTITIES
from camdesk.store.tables import CURRENT, PAST
from tests.insight.book import Book, Rows

TYPE = "example"
DAY = date(2026, 11, 20)
"""A Friday; where tests look from."""
_BESIDE = ("figures", "standing", "scores", "steps", "requirements")

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


class AlertBook(Book):
    """A book with the shipped definitions, and what the rows say beside the entities' own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, partner_id="P1", partner_type=TYPE)
        self.settings = Settings()
        self.catalog, _ = load_catalog()

    def with_partner(self, rows: Rows) -> dict[str, Sequence[Mapping[str, Any]]]:
        return {entity: given for entity, given in _with_partner(rows).items() if entity not in _BESIDE}

    def completed(self, entity: str, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        values = super().completed(entity, number, row)
        values.pop("contribution", None)
        return values

    def catalog_with(self, **rules: Mapping[str, float]) -> Catalog:
        """Return the shipped definitions with one type, which has just these rules switched on."""
        on = {name.replace("_", "-"): dict(thresholds) for name, thresholds in rules.items()}
        return replace(self.catalog, profiles={TYPE: PROFILE.model_copy(update={"rules": on})})

    def ids(self, entity: str) -> set[str]:
        """Return the keys of an entity's rows, past ones among them."""
        key = ENTITIES[entity].key
        with self.database.read() as connection:
            rows = union(select(CURRENT[entity].c[key]), select(PAST[entity].c[key]))
            return {row[0] for row in connection.execute(rows)}

    def evaluate(self, catalog: Catalog, rows: Rows, *, as_of: date) -> Evaluation:
        return evaluate(self.database, catalog, self.settings, situation=situation_of(rows, as_of))


def alert(book: AlertBook, rule: str, rows: Rows, *, as_of: date = DAY, **thresholds: float) -> Alert | None:
    """Return what the rule says about one partner, or about the portfolio as a whole."""
    book.fill(rows, synced_on=as_of)
    evaluation = book.evaluate(book.catalog_with(**{rule: thresholds}), rows, as_of=as_of)
    with book.database.read() as connection:
        found = alerts_of(connection, evaluation)
    return found[0] if found else None


def severity(book: AlertBook, rule: str, rows: Rows, **more: Any) -> str | None:
    found = alert(book, rule, rows, **more)
    return found.severity if found else None


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
