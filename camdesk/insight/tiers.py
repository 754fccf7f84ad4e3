"""Where a partner stands in its programme: each requirement met or missing, and the gap to the next tier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from camdesk.base.money import SCALE
from camdesk.base.periods import ONE_DAY
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Profile, Tier
from camdesk.insight.engine import MetricRun
from camdesk.insight.results import Requirement, TierState, Unit

Number = float | int

# People, not certificates; one person may count for sales and for technical.
_PEOPLE = """
SELECT partner_id,
       COUNT(DISTINCT CASE WHEN track = 'sales' THEN person END) AS certified_sales,
       COUNT(DISTINCT CASE WHEN track IN ('technical', 'architect', 'delivery') THEN person END)
         AS certified_technical
FROM certifications
WHERE awarded_on < :until AND (expires_on IS NULL OR expires_on >= :until) GROUP BY partner_id
"""
_HOLDERS = """
SELECT c.partner_id, t.requirement, COUNT(DISTINCT c.person) AS people
FROM (SELECT DISTINCT requirement FROM tier_requirements WHERE requirement LIKE 'mandatory:%') t
JOIN certifications c ON c.name = substr(t.requirement, 11)
WHERE c.awarded_on < :until AND (c.expires_on IS NULL OR c.expires_on >= :until)
GROUP BY c.partner_id, t.requirement
"""
_MANDATORY = "mandatory:"
_TITLES = {
    "certified_sales": ("Certified sales people", Unit.COUNT),
    "certified_technical": ("Certified technical people", Unit.COUNT),
}


def certified_people(run: MetricRun, day: date) -> dict[str, dict[str, int]]:
    """Return, by partner, the people certified on `day` by what a tier may ask.

    For sales, for technical work, and for each name that some tier makes mandatory.
    """
    named = {"until": (day + ONE_DAY).isoformat()}
    found: dict[str, dict[str, int]] = {
        row["partner_id"]: {name: row[name] for name in ("certified_sales", "certified_technical")}
        for row in run.query(_PEOPLE, named)
    }
    for row in run.query(_HOLDERS, named):
        found[row["partner_id"]][row["requirement"]] = row["people"]
    return found


def tier_state(
    profile: Profile,
    tier_name: str | None,
    catalog: Catalog,
    *,
    value_of: Callable[[str], Number | None],
    people: Mapping[str, int] | None,
) -> TierState:
    """Return where a partner stands. `value_of` gives a metric's value; `people` None: none known."""
    tier, above = profile.tier(tier_name), profile.next_tier(tier_name)

    def requirements(of: Tier | None) -> tuple[Requirement, ...]:
        if of is None:
            return ()
        asked = of.requirements | {f"{_MANDATORY}{name}": 1 for name in of.mandatory}
        return tuple(
            _requirement(name, needed, profile, catalog, value_of, people) for name, needed in asked.items()
        )

    return TierState(
        tier_name,
        tier is not None,
        requirements(tier),
        above.name if above else None,
        requirements(above),
        tier.discount if tier else None,
        tier.fund_accrual if tier else None,
        tier.protection_days if tier else None,
    )


def _requirement(
    name: str,
    needed: Number,
    profile: Profile,
    catalog: Catalog,
    value_of: Callable[[str], Number | None],
    people: Mapping[str, int] | None,
) -> Requirement:
    has: Number | None
    if name in ("certified_sales", "certified_technical"):
        has = people.get(name, 0) if people is not None else None
        title, unit = _TITLES[name]
    elif name.startswith(_MANDATORY):
        has = people.get(name, 0) if people is not None else None
        title, unit = f"{name.removeprefix(_MANDATORY)}, certified people", Unit.COUNT
    elif name == "contribution":
        has, needed = value_of(profile.contribution), needed * SCALE
        title, unit = catalog.metrics[profile.contribution].title, Unit.MONEY
    else:
        metric = catalog.metrics.get(name)
        has = value_of(name)
        title, unit = (metric.title, metric.unit) if metric else (name, Unit.COUNT)
    return Requirement(name, title, needed, has, None if has is None else has >= needed, unit)
