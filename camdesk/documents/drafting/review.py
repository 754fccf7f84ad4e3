"""The quarterly business review: one code for all types, their own sections named by their profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from camdesk.base.errors import CamDeskError
from camdesk.base.periods import Period
from camdesk.documents.drafting import (
    commitments,
    distribution,
    our_side,
    pipeline,
    registrations,
    scorecard,
    skills,
    summary,
)
from camdesk.documents.drafting.draft import NAME_LENGTH, Draft
from camdesk.documents.drafting.opening import open_draft
from camdesk.documents.model import Document, Missing, Section
from camdesk.documents.phrases import clipped
from camdesk.insight.insight import Insight

_TYPE_SECTIONS: dict[str, tuple[Callable[[Draft], Section], ...]] = {
    "registration-funnel": (registrations.funnel, registrations.wins_and_losses, registrations.protections),
    "sell-through": (
        distribution.sell_through,
        distribution.weeks_of_supply,
        distribution.resellers,
        distribution.pos_quality,
    ),
}


def draft_review(insight: Insight, partner_id: str, *, period: Period) -> Document:
    """Draft the review of a quarter.

    Scorecard and type section stand as of its last day, or today where it still runs; pipeline, commitments
    and our side as of today.
    """
    if period.start > insight.as_of:
        raise CamDeskError(
            "That quarter has not begun.", "Choose one that has, such as the last one that ended."
        )
    draft = open_draft(insight, partner_id, period=period)
    change = insight.score_change(partner_id, before=draft.before, after=draft.day)
    tier = insight.tier_state(partner_id)
    service = draft.scorecard if draft.day == draft.today else insight.scorecard(partner_id, day=draft.today)
    sections = [
        summary.section(draft, change, tier),
        scorecard.section(draft, change, tier),
        pipeline.section(draft),
        commitments.agreed(draft),
    ]
    for name in draft.profile.sections:
        sections += [make(draft) for make in _TYPE_SECTIONS.get(name, ())]
    sections += [our_side.section(draft, service), skills.section(draft)]
    calendar = insight.settings.calendar
    return Document(
        kind="review",
        title="Quarterly business review",
        partner_id=partner_id,
        partner_name=clipped(draft.partner.name, NAME_LENGTH),
        our_name=clipped(insight.settings.our_name, NAME_LENGTH),
        period=calendar.quarter_name(period.start),
        period_title=calendar.quarter_title(period.start),
        figures_as_of=draft.day,
        drafted_on=draft.today,
        sections=tuple(_without_empty_page(section) for section in sections),
        figures=draft.frozen.figures,
        profile_version=draft.scorecard.profile_version,
    )


def _without_empty_page(section: Section) -> Section:
    """Return the section; one that can only say what is missing follows on the page before."""
    empty = all(isinstance(block, Missing) for block in section.blocks)
    return replace(section, new_page=False) if empty else section
