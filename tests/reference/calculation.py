"""All figures of a folder on a day: the definitions of the metrics said a second time, without SQL."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from pathlib import Path

from . import (
    delivery,
    distribution,
    marketplace,
    our_side,
    programme,
    recurring_business,
    referral_and_alliance,
    sales,
    skills_and_funds,
)
from .figure import NO_DATA, AsOf, Metric
from .records import Portfolio

SECTIONS = (
    sales, skills_and_funds, recurring_business, delivery, marketplace, distribution,
    referral_and_alliance, our_side, programme,
)  # fmt: skip

METRICS: dict[str, Metric] = {
    definition.__name__: definition for section in SECTIONS for definition in section.METRICS
}

# Figures that read a state without its own date: no value before the first sync's day.
FROM_FIRST_SYNC = frozenset({
    "pipeline_coverage", "quarter_commit", "quarter_best_case", "forecast_gap", "registrations_open",
    "stalled_pipeline", "certification_coverage", "architect_coverage", "fund_use", "fund_balance",
    "renewals_covered", "renewal_value_at_risk", "projects_in_trouble", "integration_certified",
    "referral_acceptance", "referrals_accepted", "enrolled_partners", "slipped_deals", "win_rate",
    "joint_win_rate", "influenced_coverage", "mandatory_certifications", "active_partners",
    "dark_partners", "active_rate", "active_retention", "revenue_per_active_partner", "own_commit",
    "own_best_case", "own_gap",
})  # fmt: skip


def figures(
    folder: Path,
    *,
    as_of: date,
    base_currency: str = "EUR",
    fiscal_year_start_month: int = 1,
    first_sync_on: date | None = None,
    metrics: Collection[str] | None = None,
) -> dict[tuple[str, str], tuple[Fraction | None, int]]:
    """Calculate, by partner and metric, the value (None: no data) and its number of records.

    Money is in units of the base currency, exact; percentages are fractions. Records are those that
    supply a numerator or a denominator: a target, even an assumed one, and a tier requirement count
    as one each; beside no data the number is not meant to be compared. Rows are read as they are
    now: one sync, no record changes. What has no date of its own is converted at the rate of the
    first sync's day (not given: of the as-of day).
    """
    portfolio = Portfolio(folder, base_currency=base_currency, undated_on=first_sync_on or as_of)
    at = AsOf(portfolio, as_of, fiscal_year_start_month)
    found: dict[tuple[str, str], tuple[Fraction | None, int]] = {}
    for name in METRICS if metrics is None else metrics:
        too_early = first_sync_on is not None and as_of < first_sync_on and name in FROM_FIRST_SYNC
        for partner in portfolio.all("partners"):
            figure = NO_DATA if too_early else METRICS[name](at, partner)
            found[partner.key, name] = (figure.value, figure.records)
    return found
