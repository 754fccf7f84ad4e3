"""Section "Skills and funds" of the metrics, and the tier requirements of the profiles."""

from __future__ import annotations

from fractions import Fraction

from .figure import NO_DATA, Amounts, AsOf, Figure, added, amounts, count, quotient, share
from .periods import Span
from .records import Row
from .targets import PERIOD_SUMS, SOURCES

# People required, by partner type and tier; a type or tier that is missing here requires none.
TIER_PEOPLE: dict[tuple[str, str], dict[str, int]] = {
    ("reseller", "Silver"): {"certified_sales": 1, "certified_technical": 1},
    ("reseller", "Gold"): {"certified_sales": 2, "certified_technical": 3},
    ("reseller", "Platinum"): {"certified_sales": 4, "certified_technical": 8},
    ("distributor", "Authorised"): {"certified_sales": 2, "certified_technical": 2},
    ("distributor", "Value-added"): {"certified_sales": 4, "certified_technical": 8},
    ("msp", "Silver"): {"certified_sales": 1, "certified_technical": 2},
    ("msp", "Gold"): {"certified_sales": 2, "certified_technical": 6},
    ("msp", "Platinum"): {"certified_sales": 4, "certified_technical": 10},
    ("systems_integrator", "Select"): {"certified_architects": 3},
    ("systems_integrator", "Elite"): {"certified_architects": 6},
}

TRACKS = {
    "certified_sales": ("sales",),
    "certified_technical": ("technical", "architect", "delivery"),
    "certified_architects": ("architect",),
}

COMMITTED = ("approved", "claimed", "paid")


def _valid(at: AsOf, partner: Row, *, tracks: tuple[str, ...] = ()) -> list[Row]:
    """Return the certifications awarded and not expired; on the day it expires one is expired."""
    return [
        row for row in at.rows("certifications", partner)
        if not at.reached(row.day("expires_on")) and (not tracks or row.text("track") in tracks)
    ]  # fmt: skip


def _people(rows: list[Row]) -> int:
    return len({row.text("person") for row in rows})


def _required(partner: Row, requirement: str) -> int:
    tier = partner.text("type") or "", partner.text("tier") or ""
    return TIER_PEOPLE.get(tier, {}).get(requirement, 0)


def _distinct_people(at: AsOf, partner: Row, *, tracks: tuple[str, ...] = ()) -> Figure:
    valid = _valid(at, partner, tracks=tracks)
    people = count(valid, known=at.has("certifications", partner))
    return people if people.value is None else Figure(Fraction(_people(valid)), len(valid))


def certified_people(at: AsOf, partner: Row) -> Figure:
    return _distinct_people(at, partner)


def certified_architects(at: AsOf, partner: Row) -> Figure:
    return _distinct_people(at, partner, tracks=TRACKS["certified_architects"])


def _lowest_coverage(at: AsOf, partner: Row, requirements: tuple[str, ...]) -> Figure:
    covered: list[Fraction] = []
    records = 0
    for requirement in requirements:
        required = _required(partner, requirement)
        if required:
            valid = _valid(at, partner, tracks=TRACKS[requirement])
            covered.append(Fraction(_people(valid), required))
            records += len(valid) + 1
    if not covered or not at.anyone_has("certifications"):
        return Figure(None, records)
    return Figure(min(covered), records)


def certification_coverage(at: AsOf, partner: Row) -> Figure:
    return _lowest_coverage(at, partner, ("certified_sales", "certified_technical"))


def architect_coverage(at: AsOf, partner: Row) -> Figure:
    return _lowest_coverage(at, partner, ("certified_architects",))


def mandatory_certifications(at: AsOf, partner: Row) -> Figure:
    """Leave the names a tier might add aside: the shipped tiers name none."""
    awarded = at.rows("certifications", partner)
    names = {row.text("name") for row in awarded if row.flag("mandatory")}
    held = {row.text("name") for row in _valid(at, partner)} & names
    records = len([row for row in awarded if row.text("name") in names])
    return quotient(Fraction(len(held)), Fraction(len(names)), records=records)


def _current_funds(at: AsOf, partner: Row) -> tuple[Amounts, Amounts]:
    """Return allocations whose period contains the day, and the claims committed against them."""
    funds: list[Row] = []
    for fund in at.rows("funds", partner):
        start, end = fund.day("period_start"), fund.day("period_end")
        if start and end and at.day in Span(start, end):
            funds.append(fund)
    keys = {fund.key for fund in funds}
    claims = [
        claim for claim in _market_claims(at, partner)
        if claim.text("fund_id") in keys and claim.text("status") in COMMITTED
        and ((decided_on := claim.day("decided_at")) is None or decided_on <= at.day)
    ]  # fmt: skip
    return amounts(funds, "allocated"), amounts(claims, "amount")


def _market_claims(at: AsOf, partner: Row) -> list[Row]:
    return [claim for claim in at.rows("fund_claims", partner) if claim.text("kind") == "market_fund"]


def fund_use(at: AsOf, partner: Row) -> Figure:
    allocated, committed = _current_funds(at, partner)
    if not committed and not at.anyone_has("fund_claims"):
        return Figure(None, len(allocated))
    return share(committed, allocated)


def fund_balance(at: AsOf, partner: Row) -> Figure:
    allocated, committed = _current_funds(at, partner)
    records = len(allocated) + len(committed)
    return Figure(added(allocated) - added(committed) if allocated else None, records)


def fund_yield(at: AsOf, partner: Row) -> Figure:
    paid = [claim for claim in _market_claims(at, partner) if claim.day("paid_on") in at.year_back]
    pairs = amounts(paid, "amount")
    pipeline = sum((row.money("attributed_pipeline") or Fraction(0) for row, _ in pairs), Fraction(0))
    return quotient(pipeline, added(pairs), records=len(pairs))


def rebate_progress(at: AsOf, partner: Row) -> Figure:
    """Take the shortest running rebate (then the lowest id), and the steps of its programme and period."""
    running: list[tuple[int, str, Span, Row]] = []
    for row in at.rows("rebates", partner):
        start, end = row.day("period_start"), row.day("period_end")
        if start and end and at.day in Span(start, end) and row.text("metric") in PERIOD_SUMS:
            running.append((Span(start, end).days, row.key, Span(start, end), row))
    if not running:
        return NO_DATA
    _, _, period, first = min(running, key=lambda entry: entry[:2])
    metric = first.text("metric") or ""
    same = [
        row for _, _, span, row in running
        if span == period and row.text("metric") == metric and row.text("program") == first.text("program")
    ]  # fmt: skip
    earned = PERIOD_SUMS[metric](at, partner, Span(period.start, at.day))
    records = len(earned) + 1
    steps = sorted(threshold for _, threshold in amounts(same, "threshold"))
    if not steps or not (earned or at.anyone_has(*SOURCES[metric])):
        return Figure(None, records)
    ahead = [step for step in steps if step > added(earned)]
    return quotient(added(earned), ahead[0] if ahead else steps[-1], records=records)


METRICS = (
    certified_people, certified_architects, certification_coverage, architect_coverage,
    mandatory_certifications, fund_use, fund_balance, fund_yield, rebate_progress,
)  # fmt: skip
