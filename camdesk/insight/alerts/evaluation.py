"""Run every rule over the portfolio: one query per rule and set of thresholds, all in one run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median
from typing import Any

from camdesk.base.settings import Settings
from camdesk.insight.alerts import situation as inputs
from camdesk.insight.alerts.freshness import read_freshness
from camdesk.insight.alerts.situation import Situation
from camdesk.insight.catalog import Catalog
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
            judged = _judged(rule, catalog, situation.partners.values())
            because = freshness.because(rule) if rule.absence and judged else None
            if because is not None:
                held_back.append(HeldBack(rule.id, because))
            elif judged and freshness.has_any(rule):
                firings += _fire(run, rule, judged, situation.as_of)
    return Evaluation(
        situation.as_of,
        settings.base_currency,
        catalog.rules,
        _silenced(firings, catalog.rules),
        tuple(held_back),
        _usual_stakes(situation),
    )


Thresholds = tuple[tuple[str, float], ...]


def _judged(rule: Rule, catalog: Catalog, partners: Iterable[Partner]) -> dict[str, Thresholds]:
    """Return the partners the rule is about, with the thresholds of the first hat that switches it on."""
    by_type = {
        profile.type: tuple(sorted((rule.thresholds | profile.rules[rule.id]).items()))
        for profile in catalog.profiles.values()
        if rule.id in profile.rules
    }
    judged = {}
    for partner in partners:
        if rule.applies_to not in ("all", partner.status) or not _is_in_class(rule, partner):
            continue
        hats = (partner.type, *partner.other_types)
        thresholds = next((by_type[hat] for hat in hats if hat in by_type), None)
        if thresholds is not None:
            judged[partner.partner_id] = thresholds
    return judged


def _is_in_class(rule: Rule, partner: Partner) -> bool:
    return partner.attention != "C" or rule.money_or_dates or rule.ours or rule.portfolio


def _fire(run: MetricRun, rule: Rule, judged: Mapping[str, Thresholds], as_of: date) -> list[Firing]:
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
        fired = _subject(rule, subject, given, holds_only=(partner_id, subject) in within_margin)
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
