"""Where a partner stands in its programme: everything agreed, in words, and as a note to the partner."""

from __future__ import annotations

from collections.abc import Iterable

from camdesk.desk.reports import TermsReport
from camdesk.insight.insight import Insight
from camdesk.insight.results import Requirement, TierState
from camdesk.insight.terms import Terms, terms_of
from camdesk.insight.wording import in_a_sentence, write, write_change, write_day

KINDS = {"nda": "NDA", "data_processing": "data processing", "managed_service": "managed service"}


def report(insight: Insight, partner_id: str) -> TermsReport:
    """Return everything agreed with a partner as of the day; raises NotFoundError."""
    tier = insight.tier_state(partner_id)
    return TermsReport(
        insight.partners()[partner_id],
        insight.profile(partner_id).title,
        insight.as_of,
        insight.settings.base_currency,
        tier,
        terms_of(insight, partner_id),
    )


def why(tier: TierState, terms: Terms) -> str:
    """Return why the partner has its tier, or what keeps that from being said."""
    if tier.tier is None:
        if tier.next_tier is None:
            return "Partners of this type have no tiers."
        return f"No tier yet; the first one is {tier.next_tier}."
    if not tier.known:
        return f"The programme does not know the tier {tier.tier}, so its terms cannot be said."
    review = f" The tier is reviewed on {write_day(terms.tier_review_on)}." if terms.tier_review_on else ""
    highest = "" if tier.next_tier else " It is the highest one."
    return f"{_met(tier)}{highest}{review}"


def gap(requirement: Requirement, currency: str) -> str:
    """Return what is missing to a requirement, such as 2, €12k or 5.0 pt; empty where nothing is."""
    if requirement.met is not False:
        return ""
    missing = write_change(requirement.needed, requirement.has, requirement.unit, currency=currency)
    return missing.removeprefix("+")


def has_and_needed(requirement: Requirement, currency: str) -> tuple[str, str]:
    """Return both as short as they can be told apart: 84.6% and 85%, not 85% of 85%."""
    has, needed = (
        write(value, requirement.unit, currency=currency) for value in (requirement.has, requirement.needed)
    )
    if has == needed and requirement.met is False:
        has = write(requirement.has, requirement.unit, currency=currency, full=True)
    return has, needed


def next_in_words(tier: TierState) -> str:
    """Return what `next_tier` is: without a known tier to come from it is the programme's first."""
    return "Next tier" if tier.known else "First tier"


def missing(tier: TierState) -> str:
    """Return what the next tier still asks, in a sentence."""
    open_ones = [one for one in tier.next_requirements if not one.met]
    return f"Missing: {_titles(open_ones)}." if open_ones else "Every requirement is met."


def kind_in_words(kind: str) -> str:
    return KINDS.get(kind, kind.replace("_", " "))


def _met(tier: TierState) -> str:
    asked = tier.requirements
    short = [one for one in asked if one.met is False]
    unknown = [one for one in asked if one.met is None]
    if not asked:
        return "The tier asks for nothing that is measured."
    if not short and not unknown:
        return "Every requirement is met." if len(asked) > 1 else "Its requirement is met."
    parts = []
    if short:
        parts.append(f"short of {_titles(short)}")
    if unknown:
        parts.append(f"nothing is known of {_titles(unknown)}")
    met = len(asked) - len(short) - len(unknown)
    return f"{met} of {len(asked)} requirements are met, {', '.join(parts)}."


def _titles(requirements: Iterable[Requirement]) -> str:
    return "; ".join(in_a_sentence(one.title) for one in requirements)
