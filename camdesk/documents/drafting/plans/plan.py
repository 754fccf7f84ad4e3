"""The joint business plan of a fiscal year: its sections are those that the type's profile names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from camdesk.base.periods import Period
from camdesk.documents.drafting import next_quarter
from camdesk.documents.drafting.draft import NAME_LENGTH, Draft
from camdesk.documents.drafting.opening import open_draft, reading_once
from camdesk.documents.drafting.plans import (
    allying,
    baseline,
    bridge,
    capability,
    deals,
    delivering,
    distributing,
    goal,
    governance,
    investments,
    managing,
    marketplace,
    milestones,
    needs,
    network,
    one_page,
    plays,
    purpose,
    recurring,
    referrals,
    reselling,
    risks,
    whitespace,
)
from camdesk.documents.drafting.plans.outline import Outline
from camdesk.documents.drafting.plans.ways import Way
from camdesk.documents.drafting.plans.year_target import YearTarget, year_target
from camdesk.documents.model import Document, Missing, Section
from camdesk.documents.odds import outlook, seed_of
from camdesk.documents.phrases import clipped
from camdesk.insight.insight import Insight


def _commitments(plan: Outline) -> Section:
    """Return what is open on both sides, and what the figures ask each to promise."""
    draft = plan.draft
    tier = draft.insight.tier_state(draft.partner.partner_id)
    found = next_quarter.section(draft, draft.scorecard.our_side, tier)
    return replace(found, name="commitments", heading="Commitments", new_page=False)


_SECTIONS: dict[str, Callable[[Outline], Section]] = {
    "why-together": purpose.why_together,
    "goals-of-both-sides": purpose.goals,
    "baseline": baseline.section,
    "whitespace": whitespace.section,
    "goal": goal.section,
    "bridge": bridge.section,
    "what-it-takes": needs.section,
    "plays": plays.section,
    "account-list": reselling.account_list,
    "certification-plan": reselling.certification_plan,
    "fund-calendar": reselling.fund_calendar,
    "reseller-recruitment": distributing.recruitment,
    "stocking-bands": distributing.stocking,
    "data-quality-pledge": distributing.data_pledge,
    "tiered-funds": distributing.tiered_funds,
    "seat-targets": managing.seats,
    "pricing-steps": managing.pricing,
    "support-tier": managing.support,
    "practice-build": delivering.practice,
    "reference-architectures": delivering.references,
    "executive-pairs": delivering.executive_pairs,
    "escalation-path": delivering.escalation,
    "roadmap-alignment": marketplace.roadmap,
    "listing-plan": marketplace.listing,
    "co-marketing": marketplace.co_marketing,
    "mutual-commitments": allying.mutual_commitments,
    "ip-and-data": allying.rules,
    "investments": investments.section,
    "capability": capability.section,
    "commitments": _commitments,
    "milestones": milestones.section,
    "risks": risks.section,
    "governance": governance.meetings,
    "governance-layers": governance.layers,
    "sign-off": governance.sign_off,
    "one-page": one_page.section,
}


@reading_once
def draft_plan(insight: Insight, partner_id: str, *, year: int) -> Document:
    """Draft the plan of a fiscal year; its figures stand as of today."""
    calendar = insight.settings.calendar
    draft = open_draft(insight, partner_id, period=calendar.quarter(insight.as_of))
    plan = _outline(draft, calendar.year_named(year), year)
    needs.freeze(plan)
    names = [name for name in draft.profile.plan_sections if name in _SECTIONS]
    sections = [_SECTIONS[name](plan) for name in names]
    return Document(
        kind="plan",
        title="Joint business plan",
        partner_id=partner_id,
        partner_name=clipped(draft.partner.name, NAME_LENGTH),
        our_name=clipped(insight.settings.our_name, NAME_LENGTH),
        period=str(year),
        period_title=plan.year,
        figures_as_of=draft.day,
        drafted_on=draft.today,
        sections=tuple(_without_empty_page(section) for section in sections),
        figures=draft.frozen.figures,
        profile_version=draft.scorecard.profile_version,
        targets=purpose.goal_targets(plan, with_levels="goals-of-both-sides" in names),
        milestones=milestones.ahead(plan) if "milestones" in names else (),
        compact="one-page" in names,
    )


def _outline(draft: Draft, period: Period, year: int) -> Outline:
    target = year_target(draft, period)
    way = _way(draft, target, period)
    seen = None
    if target is not None and way.flow is not None:
        seed = seed_of(draft.partner.partner_id, year)
        seen = outlook(way.flow, target.value, seed=seed, levers=way.levers)
    return Outline(draft, period, target, way, seen)


def _way(draft: Draft, target: YearTarget | None, period: Period) -> Way:
    """Return how the target is earned, by the metric it is measured in."""
    if target is None:
        return Way(None, lacks="a target")
    if target.metric in deals.DEAL_KINDS:
        return deals.read(draft, target.metric, period)
    if target.metric == referrals.METRIC:
        return referrals.read(draft, period)
    if target.metric in recurring.METRICS:
        return recurring.read(draft, target.metric, period)
    if target.metric == network.METRIC:
        return network.read(draft, period)
    return Way(None, lacks="a target in revenue, sell-through, deals, billing or referrals")


def _without_empty_page(section: Section) -> Section:
    """Return the section; one that can only say what is missing follows on the page before."""
    empty = all(isinstance(block, Missing) for block in section.blocks)
    return replace(section, new_page=False) if empty else section
