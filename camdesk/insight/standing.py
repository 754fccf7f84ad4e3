"""One day of a portfolio, read once: figures, what is connected, scores, lifecycle, tiers, partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from camdesk.base.settings import Settings
from camdesk.insight import connection, hats, lifecycle, scoring, tiers
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Profile
from camdesk.insight.engine import MetricRun
from camdesk.insight.figures import DayFigures
from camdesk.insight.hats import PartnerScore
from camdesk.insight.lifecycle import Activity, LifecycleFacts, Stage
from camdesk.insight.results import Partner, TierState
from camdesk.store.judgements import Judgement

Judgements = Mapping[tuple[str, str], Judgement]

_COLUMNS = """
SELECT p.partner_id, p.name, p.type, p.other_types, p.tier, p.status, p.class, p.region, p.country,
       p.industry, p.currency, p.owner_email, p.parent_partner_id, p.enrolled_on, p.terminated_on
"""
_PARTNERS_THEN = f"""{_COLUMNS} FROM moments m JOIN partners_history p
  ON p.valid_from <= m.day AND m.day < p.valid_until"""
_PARTNERS_NOW = f"{_COLUMNS} FROM partners p"


@dataclass(frozen=True)
class Standing:
    """How every partner stands on one day."""

    day: date
    known: bool
    """Whether partners are shown as they were that day; before the first sync nobody knows."""
    rows: Mapping[str, Mapping[str, Any]]
    figures: DayFigures
    connected: Mapping[str, frozenset[str]]
    targets: Mapping[tuple[str, str], tuple[float, bool]]  # (partner, metric) -> value, assumed
    facts: LifecycleFacts
    people: Mapping[str, Mapping[str, int]]
    has_certifications: bool
    scores: Mapping[str, PartnerScore]
    medians: Mapping[tuple[str, str], float]  # (type, metric), from 8 partners on
    judgements: Judgements

    def profile(self, partner_id: str, catalog: Catalog) -> Profile:
        return catalog.profiles[self.rows[partner_id]["type"]]


def read_standing(
    run: MetricRun, catalog: Catalog, figures: DayFigures, *, judgements: Judgements
) -> Standing:
    """Read how every partner stands on the one day of `run`, whose figures are `figures`."""
    day = figures.day
    known = run.knows_states(day)
    listed = run.query(_PARTNERS_THEN if known else _PARTNERS_NOW)
    rows = {row["partner_id"]: row for row in listed if row["type"] in catalog.profiles}
    targets = {
        (row["partner_id"], row["metric"]): (row["value"], bool(row["assumed"]))
        for row in run.query(
            "SELECT partner_id, metric, value, assumed FROM target_at WHERE value IS NOT NULL"
        )
    }
    facts = lifecycle.read_facts(run, day)
    enrolled = {partner_id: row for partner_id, row in rows.items() if partner_id in facts.enrolled}
    return Standing(
        day,
        known,
        rows,
        figures,
        connection.connected_metrics(catalog, figures.brought),
        targets,
        facts,
        tiers.certified_people(run, day),
        any("certifications" in entities for entities in figures.brought.values()),
        scores_of(rows, figures, catalog, judgements),
        _medians(enrolled, figures, catalog),
        judgements,
    )


def scores_of(
    rows: Mapping[str, Mapping[str, Any]], figures: DayFigures, catalog: Catalog, judgements: Judgements
) -> dict[str, PartnerScore]:
    """Return every partner's score on the day of `figures`; `rows` say which hats each wears."""
    own_shares = {made.partner_id: made.value for made in judgements.values() if made.about == "hats"}
    connected = connection.connected_metrics(catalog, figures.brought)
    return hats.scores_of(rows, figures.of, connected, catalog, own_shares=own_shares)


def _medians(
    rows: Mapping[str, Mapping[str, Any]], figures: DayFigures, catalog: Catalog
) -> dict[tuple[str, str], float]:
    """Return the median of each line among the partners of a type that are enrolled."""
    found = {}
    for profile in catalog.profiles.values():
        members = [partner_id for partner_id, row in rows.items() if row["type"] == profile.type]
        for metric in {line.metric for line in profile.all_lines()}:
            values = [value for member in members if (value := figures.value(member, metric)) is not None]
            if len(values) >= scoring.COMPARED_FROM:
                found[profile.type, metric] = float(median(values))
    return found


def tier_of(standing: Standing, partner_id: str, catalog: Catalog) -> TierState:
    """Return where a partner stands in its programme on that day."""
    people = standing.people.get(partner_id, {}) if standing.has_certifications else None
    return tiers.tier_state(
        standing.profile(partner_id, catalog),
        standing.rows[partner_id]["tier"],
        catalog,
        value_of=lambda metric: standing.figures.value(partner_id, metric),
        people=people,
    )


def contribution(standing: Standing, partner_id: str) -> float | int | None:
    """Return what a partner brought in twelve months by all its hats, in ten-thousandths."""
    return standing.figures.value(partner_id, "contribution")


def partners_of(standing: Standing, catalog: Catalog, settings: Settings) -> dict[str, Partner]:
    """Return every partner as lists show it, with its class and stage: derived, or as the CAM set them."""
    derived = lifecycle.attention_classes(
        {
            partner_id: contribution(standing, partner_id)
            for partner_id in standing.rows
            if partner_id in standing.facts.enrolled
        },
        with_pipeline=standing.facts.with_pipeline,
        with_plan=standing.facts.with_plan,
    )
    mine = {address.casefold() for address in settings.owner_emails}
    return {
        partner_id: _partner(
            standing,
            row,
            catalog,
            derived_class=derived.get(partner_id, "C"),
            is_mine=not mine or (row["owner_email"] or "").casefold() in mine,
            currency=settings.base_currency,
        )
        for partner_id, row in standing.rows.items()
    }


def _partner(
    standing: Standing,
    row: Mapping[str, Any],
    catalog: Catalog,
    *,
    derived_class: str,
    is_mine: bool,
    currency: str,
) -> Partner:
    partner_id = row["partner_id"]
    derived = _derived_stage(standing, row, catalog, currency)
    judged_stage = standing.judgements.get((partner_id, "stage"))
    judged_class = standing.judgements.get((partner_id, "class"))
    return Partner(
        partner_id=partner_id,
        name=row["name"],
        type=row["type"],
        other_types=tuple(word for word in (row["other_types"] or "").split(";") if word),
        tier=row["tier"],
        status=row["status"] or "enrolled",
        attention=judged_class.value if judged_class else row["class"] or derived_class,
        attention_derived=judged_class is None and not row["class"],
        stage=judged_stage.value if judged_stage else derived.name,
        dark=partner_id in standing.facts.dark,
        mine=is_mine,
        region=row["region"],
        country=row["country"],
        currency=row["currency"],
        parent_partner_id=row["parent_partner_id"],
        enrolled_on=date.fromisoformat(row["enrolled_on"]) if row["enrolled_on"] else None,
        industry=row["industry"],
        stage_reason=judged_stage.reason if judged_stage else derived.reason,
        stage_derived=judged_stage is None,
        derived_stage=derived.name,
        derived_stage_reason=derived.reason,
        derived_attention=row["class"] or derived_class,
        attention_reason=judged_class.reason if judged_class else "",
        enrolled=partner_id in standing.facts.enrolled,
    )


def _derived_stage(standing: Standing, row: Mapping[str, Any], catalog: Catalog, currency: str) -> Stage:
    partner_id = row["partner_id"]
    score = standing.scores[partner_id]
    tier = tier_of(standing, partner_id, catalog)
    return lifecycle.stage(
        status=row["status"] or "enrolled",
        enrolled_on=date.fromisoformat(row["enrolled_on"]) if row["enrolled_on"] else None,
        day=standing.day,
        profile=catalog.profiles[row["type"]],
        steps=standing.facts.milestones.get(partner_id, ()),
        activity=standing.facts.activity.get(partner_id, Activity()),
        unmet=[need for need in tier.requirements if need.met is False],
        tier=tier.tier,
        score=score.value if score.enough_data else None,
        advocate=partner_id in standing.facts.advocates,
        currency=currency,
    )
