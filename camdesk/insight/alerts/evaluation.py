"""Run every rule over the portfolio: one query per rule and set of thresholds, all in one run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median
from typing import Any

import sqlcipher3.dbapi2 as driver

from camdesk.base.errors import CamDeskError
from camdesk.base.settings import Settings
from camdesk.insight.alerts import situation as inputs
from camdesk.insight.alerts.freshness import read_freshness
from camdesk.insight.alerts.situation import Situation
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Profile
from camdesk.insight.engine import MetricRun, open_run
from camdesk.insight.results import AlertEvidence, HeldBack, Partner
from camdesk.insight.rules import Rule
from camdesk.store.database import Database

PORTFOLIO = ""
"""Stands where a partner's id would, for a notice about the whole portfolio."""
MARGIN = 0.1
SEVERITIES = {"good news": 0, "notice": 1, "warning": 2, "critical": 3}

_NEW_STAGES = frozenset({"recruit", "onboard"})
_CONTRIBUTION_SHARE = 10
"""Where a rule knows no money, this part of what the partner brings is at stake: one tenth."""


@dataclass(frozen=True)
class FiredSubject:
    """One row inside an alert. `values` holds what each record puts at stake, so that it counts once.

    `holds_only`: the condition is within the margin, which keeps an alert open but opens none.
    """

    subject: str
    label: str
    severity: str
    due_on: date | None
    ours: bool
    evidence: tuple[AlertEvidence, ...]
    values: Mapping[AlertEvidence, int]
    columns: Mapping[str, Any] = field(default_factory=dict)
    holds_only: bool = False
    silenced_by: str | None = None

    @property
    def value_at_stake(self) -> int | None:
        return sum(self.values.values()) if self.values else None


@dataclass(frozen=True)
class Firing:
    """A rule that fires for a partner, with all its subjects, silenced ones included."""

    partner_id: str
    rule: str
    subjects: tuple[FiredSubject, ...]


@dataclass(frozen=True)
class Evaluation:
    """What all rules say on one day. `usual_stakes`: what counts for a partner where no money is known."""

    as_of: date
    base_currency: str
    rules: Mapping[str, Rule]
    firings: tuple[Firing, ...]
    held_back: tuple[HeldBack, ...]
    usual_stakes: Mapping[str, int]


def evaluate(database: Database, catalog: Catalog, settings: Settings, *, situation: Situation) -> Evaluation:
    """Return what every rule that a profile switches on says about its partners."""
    with database.read() as connection:
        freshness = read_freshness(connection, settings, situation.as_of)
    held_back: list[HeldBack] = []
    firings: list[Firing] = []

    def prepare(raw: Any) -> None:
        inputs.put(raw, situation, catalog, settings)

    with open_run(database, catalog, settings, [situation.as_of], prepare=prepare) as run:
        for rule in catalog.rules.values():
            judged = judged_by(rule, catalog, situation.partners.values())
            because = freshness.because(rule) if rule.absence and judged else None
            covered = freshness.covered(rule) if rule.absence else None
            if covered is not None:
                judged = {name: thresholds for name, thresholds in judged.items() if name in covered}
            if because is None and judged and freshness.has_any(rule):
                try:
                    firings += fire(run, rule, judged, situation.as_of)
                except (driver.Error, UnsoundRuleError) as error:
                    # A user's own rule may stumble over rows that no check foresaw; the others go on.
                    because = f"Its query does not work on this data: {error}"
            if because is not None:
                held_back.append(HeldBack(rule.id, because))
    return Evaluation(
        situation.as_of,
        settings.base_currency,
        catalog.rules,
        _silenced(firings, catalog.rules),
        tuple(held_back),
        _usual_stakes(situation),
    )


Thresholds = tuple[tuple[str, float], ...]


class UnsoundRuleError(CamDeskError):
    """A rule's query returned something that no alert can be made of."""


def judged_by(
    rule: Rule,
    catalog: Catalog,
    partners: Iterable[Partner],
    *,
    changed: Mapping[str, float] | None = None,
) -> dict[str, Thresholds]:
    """Return the partners the rule is about, with their thresholds; `changed` ones hold for everybody."""
    judged = {}
    for partner in partners:
        if rule.applies_to not in ("all", partner.status) or not _is_in_class(rule, partner):
            continue
        if rule.applies_to == "enrolled" and not partner.enrolled:
            continue  # not begun yet, or ended on a day gone by
        profile = judging_profile(rule, catalog, partner)
        if profile is not None:
            thresholds = rule.thresholds | profile.rules[rule.id] | dict(changed or {})
            judged[partner.partner_id] = tuple(sorted(thresholds.items()))
    return judged


def judging_profile(rule: Rule, catalog: Catalog, partner: Partner) -> Profile | None:
    """Return the profile of the first of the partner's hats that switches the rule on."""
    hats = (catalog.profiles.get(hat) for hat in (partner.type, *partner.other_types))
    return next((profile for profile in hats if profile is not None and rule.id in profile.rules), None)


def _is_in_class(rule: Rule, partner: Partner) -> bool:
    return partner.attention != "C" or rule.money_or_dates or rule.ours or rule.portfolio


def fire(run: MetricRun, rule: Rule, judged: Mapping[str, Thresholds], as_of: date) -> list[Firing]:
    """Return where the rule fires on the one day of `run`, by partner; nothing is silenced yet."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    within_margin: set[tuple[str, str]] = set()
    for thresholds in sorted(set(judged.values())):
        for margin in (0.0, MARGIN) if rule.clear_margin else (0.0,):
            rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
            parameters = {"day": as_of.isoformat(), "margin": margin, **dict(thresholds)}
            for row in run.query(rule.records, parameters):
                key = str(row["partner_id"]), str(row["subject"])
                if judged.get(key[0]) == thresholds and key not in found:
                    rows.setdefault(key, []).append(row)
            found |= rows
            if margin:
                within_margin |= rows.keys()
    by_partner: dict[str, list[FiredSubject]] = defaultdict(list)
    for (partner_id, subject), given in found.items():
        try:
            fired = _subject(rule, subject, given, holds_only=(partner_id, subject) in within_margin)
        except (KeyError, TypeError, ValueError) as error:
            raise UnsoundRuleError(f"{subject} has a value of the wrong kind ({error}).") from error
        by_partner[PORTFOLIO if rule.portfolio else partner_id].append(fired)
    return [Firing(partner_id, rule.id, tuple(by_partner[partner_id])) for partner_id in sorted(by_partner)]


def _subject(rule: Rule, subject: str, rows: list[dict[str, Any]], *, holds_only: bool) -> FiredSubject:
    severities = [row["severity"] or rule.severity for row in rows]
    worst = max(range(len(rows)), key=lambda number: SEVERITIES[severities[number]])
    days = [row["due_on"] for row in rows if row["due_on"]]
    evidence: dict[AlertEvidence, None] = {}
    values: dict[AlertEvidence, int] = {}
    for row in rows:
        record = AlertEvidence(row["entity"] or "", row["record_id"] or "")
        if record.entity:
            evidence[record] = None
        if row["value_at_stake"] is not None:
            values[record] = round(row["value_at_stake"])
    return FiredSubject(
        subject,
        str(rows[worst]["label"] or subject),
        severities[worst],
        date.fromisoformat(min(days)[:10]) if days else None,
        any(bool(row.get("ours", rule.ours)) for row in rows),
        tuple(evidence),
        values,
        rows[worst],
        holds_only,
    )


def _silenced(firings: list[Firing], rules: Mapping[str, Rule]) -> tuple[Firing, ...]:
    """Mark what another alert of the same partner says better. A rule within its margin silences none."""
    whole: dict[tuple[str, str], str] = {}
    single: dict[tuple[str, str, str], str] = {}
    for firing in firings:
        fired = [one.subject for one in firing.subjects if not one.holds_only]
        for other in rules[firing.rule].silences if fired else ():
            whole[firing.partner_id, other] = firing.rule
        for other in rules[firing.rule].silences_subjects_of:
            single |= {(firing.partner_id, other, subject): firing.rule for subject in fired}
    return tuple(
        replace(
            firing,
            subjects=tuple(
                replace(
                    one,
                    silenced_by=whole.get((firing.partner_id, firing.rule))
                    or single.get((firing.partner_id, firing.rule, one.subject)),
                )
                for one in firing.subjects
            ),
        )
        for firing in firings
    )


def _usual_stakes(situation: Situation) -> dict[str, int]:
    """Return a tenth of what each partner brings; of its type's median where it is too new to tell."""
    settled: dict[str, list[float]] = defaultdict(list)
    for partner in situation.partners.values():
        brought = situation.contributions.get(partner.partner_id)
        if brought is not None and partner.status == "enrolled" and partner.stage not in _NEW_STAGES:
            settled[partner.type].append(brought)
    medians = {partner_type: median(values) for partner_type, values in settled.items()}
    stakes = {}
    for partner in situation.partners.values():
        brought = situation.contributions.get(partner.partner_id)
        if brought is None or partner.stage in _NEW_STAGES:
            brought = medians.get(partner.type, 0)
        stakes[partner.partner_id] = max(0, round(brought / _CONTRIBUTION_SHARE))
    return stakes
