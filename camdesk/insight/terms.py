"""What holds between a partner and us on a day: funds, registrations, certificates, rebates, agreements.

States without a day of their own are those of that day; before the first sync, today's stand in for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from camdesk.base.periods import ONE_DAY
from camdesk.insight.definitions import Metric, Tier
from camdesk.insight.engine import MetricRun, open_run
from camdesk.insight.insight import Insight
from camdesk.insight.rebate_steps import RebateStep, read_steps

ANNOUNCED_DAYS = 30
EXPIRING_DAYS = 90

_FUNDS = """
SELECT name, allocated_base, period_end FROM {funds}
AND period_start <= :day AND period_end >= :day ORDER BY period_end, fund_id
"""
_TERMS = """
SELECT kind, text, value, valid_from, valid_until, announced_on FROM {terms}
AND (valid_until IS NULL OR valid_until >= :day) AND (announced_on IS NULL OR announced_on <= :day)
"""
_AGREEMENTS = """
SELECT kind, signed_on, expires_on, notice_by, renews_itself FROM {agreements}
AND (signed_on IS NULL OR signed_on <= :day) AND (expires_on IS NULL OR expires_on >= :day)
"""
_CREDIT = "SELECT tier_review_on, credit_limit_base, credit_used_base FROM {partners}"
_CERTIFICATES = """
SELECT person, name, track, mandatory, expires_on FROM certifications
WHERE partner_id = :partner AND awarded_on <= :day
"""
_REGISTRATIONS = """
SELECT d.deal_id, COALESCE(d.name, d.customer, d.deal_id) AS name, d.customer, d.amount_base, d.submitted_at,
       d.decided, d.protected_until
FROM {deal_state} d
WHERE d.partner_id = :partner AND d.day = :day AND d.kind = 'registered' AND d.submitted_at IS NOT NULL
  AND d.is_open AND (d.decided = 'pending' OR (d.decided = 'approved' AND d.protected_until >= d.day))
ORDER BY d.protected_until IS NULL, d.protected_until, d.submitted_at, d.deal_id
"""


@dataclass(frozen=True, slots=True)
class Fund:
    name: str | None
    allocated: int | None
    ends_on: date


@dataclass(frozen=True, slots=True)
class Registration:
    """A registered deal that awaits our decision, or is approved, open and protected."""

    deal_id: str
    name: str
    customer: str | None
    amount: int | None
    submitted_on: date
    state: str  # pending | approved
    protected_until: date | None
    days: int  # of protection left; for a pending one since it was submitted


@dataclass(frozen=True, slots=True)
class Certificate:
    person: str
    name: str
    track: str | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Skills:
    """People with a valid certificate by track, the mandatory names with their holders, what expires soon."""

    tracks: tuple[tuple[str, int], ...]
    mandatory: tuple[tuple[str, int], ...]
    expiring: tuple[Certificate, ...]  # within 90 days, first to expire first


@dataclass(frozen=True, slots=True)
class Term:
    kind: str
    text: str
    value: float | None
    valid_from: date | None
    valid_until: date | None
    announced_on: date | None


@dataclass(frozen=True, slots=True)
class Agreement:
    kind: str
    signed_on: date | None
    expires_on: date | None
    notice_by: date | None
    renews_itself: bool | None


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything agreed with a partner, and how it stands; without an argument: nothing known."""

    tier_review_on: date | None = None
    fund_balance: float | int | None = None
    funds: tuple[Fund, ...] = ()
    registrations: tuple[Registration, ...] = ()
    skills: Skills = Skills((), (), ())
    rebates: tuple[RebateStep, ...] = ()
    in_force: tuple[Term, ...] = ()
    announced: tuple[Term, ...] = ()  # begin later, or were announced in the last 30 days
    agreements: tuple[Agreement, ...] = ()
    credit_limit: int | None = None
    credit_used: int | None = None
    seen_then: bool = True
    """False on a day before the first sync: what has no day of its own is as it stands now."""

    @property
    def credit_left(self) -> int | None:
        if self.credit_limit is None or self.credit_used is None:
            return None
        return self.credit_limit - self.credit_used


NOTHING_AGREED = Terms()


def terms_of(insight: Insight, partner_id: str) -> Terms:
    """Return the terms of a partner on the day, read in one run."""
    profile, day, catalog = insight.profile(partner_id), insight.as_of, insight.catalog
    with open_run(insight.workspace.database, catalog, insight.settings, [day], partners=[partner_id]) as run:
        return read_terms(
            run,
            partner_id,
            day=day,
            tier=profile.tier(insight.tier_state(partner_id).tier),
            fund_balance=insight.figures().value(partner_id, "fund_balance"),
            metrics=catalog.metrics,
        )


def read_terms(
    run: MetricRun,
    partner_id: str,
    *,
    day: date,
    tier: Tier | None,
    fund_balance: float | int | None,
    metrics: Mapping[str, Metric],
) -> Terms:
    """Return the terms on the one day of the run."""
    known = run.knows_states(day)
    named = {"partner": partner_id, "day": day.isoformat()}

    def rows(sql: str) -> list[dict[str, Any]]:
        return run.query(_as_of_then(sql, known=known), named)

    written = [_term(row) for row in rows(_TERMS)]
    begun = [term for term in written if term.valid_from is None or term.valid_from <= day]
    partner = next(iter(rows(_CREDIT)), {})
    return Terms(
        _day(partner.get("tier_review_on")),
        fund_balance,
        tuple(Fund(row["name"], row["allocated_base"], _known(row["period_end"])) for row in rows(_FUNDS)),
        tuple(_registration(row, day) for row in rows(_REGISTRATIONS)),
        _skills(rows(_CERTIFICATES), tier, day),
        read_steps(run, partner_id, day=day, metrics=metrics),
        _in_order(begun),
        _in_order(term for term in written if term not in begun or _is_fresh(term, day)),
        tuple(sorted((_agreement(row) for row in rows(_AGREEMENTS)), key=_ends)),
        partner.get("credit_limit_base"),
        partner.get("credit_used_base"),
        known,
    )


def _as_of_then(sql: str, *, known: bool) -> str:
    """Fill in each table: its rows as they were seen on the day, where that is known, else today's."""
    where = "WHERE partner_id = :partner"
    names = ("funds", "terms", "agreements", "partners")
    if not known:
        return sql.format(deal_state="deal_at", **{name: f"{name} {where}" for name in names})
    seen = dict.fromkeys(names, ("valid_from", "valid_until")) | {"terms": ("seen_from", "seen_until")}
    return sql.format(
        deal_state="deal_state_at",
        **{
            name: f"{name}_history {where} AND {start} <= :day AND :day < {end}"
            for name, (start, end) in seen.items()
        },
    )


def _registration(row: Mapping[str, Any], day: date) -> Registration:
    submitted, protected = _known(row["submitted_at"][:10]), _day(row["protected_until"])
    pending = row["decided"] == "pending"
    days = (day - submitted).days if pending or protected is None else (protected - day).days
    return Registration(
        row["deal_id"],
        row["name"],
        row["customer"],
        row["amount_base"],
        submitted,
        row["decided"],
        protected,
        days,
    )


def _skills(rows: Iterable[Mapping[str, Any]], tier: Tier | None, day: date) -> Skills:
    everything = list(rows)
    # A certificate counts up to the day before it expires, as in every figure.
    valid = [row for row in everything if row["expires_on"] is None or row["expires_on"] > day.isoformat()]
    names = {row["name"] for row in everything if row["mandatory"]} | set(tier.mandatory if tier else ())
    soon = (day + timedelta(days=EXPIRING_DAYS)).isoformat()
    expiring = [
        Certificate(row["person"], row["name"], row["track"], _day(row["expires_on"]))
        for row in sorted(valid, key=lambda row: (row["expires_on"] or "", row["person"], row["name"]))
        if row["expires_on"] is not None and row["expires_on"] <= soon
    ]
    return Skills(
        _people(valid, lambda row: row["track"] or "other", {row["track"] or "other" for row in everything}),
        _people(valid, lambda row: row["name"], names),
        tuple(expiring),
    )


def _people(
    rows: Iterable[Mapping[str, Any]], group: Callable[[Mapping[str, Any]], str], names: Iterable[str]
) -> tuple[tuple[str, int], ...]:
    people: dict[str, set[str]] = {name: set() for name in sorted(names)}
    for row in rows:
        if group(row) in people:
            people[group(row)].add(row["person"])
    return tuple((name, len(found)) for name, found in people.items())


def _term(row: Mapping[str, Any]) -> Term:
    return Term(
        row["kind"],
        row["text"],
        row["value"],
        _day(row["valid_from"]),
        _day(row["valid_until"]),
        _day(row["announced_on"]),
    )


def _is_fresh(term: Term, day: date) -> bool:
    return term.announced_on is not None and day - term.announced_on < timedelta(days=ANNOUNCED_DAYS)


def _in_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: (term.kind, term.valid_from or date.min, term.text)))


def _agreement(row: Mapping[str, Any]) -> Agreement:
    renews = row["renews_itself"]
    return Agreement(
        row["kind"],
        _day(row["signed_on"]),
        _day(row["expires_on"]),
        _day(row["notice_by"]),
        None if renews is None else bool(renews),
    )


def _ends(agreement: Agreement) -> tuple[date, str]:
    return agreement.expires_on or date.max - ONE_DAY, agreement.kind


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _known(text: str) -> date:
    return date.fromisoformat(text)
