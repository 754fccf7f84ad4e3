"""The quarterly business review: one code for all types, their own sections named by their profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from camdesk.base.errors import CamDeskError
from camdesk.base.periods import Period
from camdesk.documents.drafting import (
    alliances,
    cases,
    decisions,
    delivery,
    distribution,
    distribution_stock,
    funds,
    governance,
    joint_selling,
    last_review,
    marketplace,
    movement,
    next_quarter,
    our_side,
    pipeline,
    progress,
    recurring,
    referrals,
    registrations,
    relationship,
    renewal_calendar,
    scorecard,
    skills,
    standing,
    summary,
)
from camdesk.documents.drafting.draft import NAME_LENGTH, Draft, Length
from camdesk.documents.drafting.opening import open_draft, reading_once
from camdesk.documents.model import Document, Missing, Section
from camdesk.documents.phrases import capital, clipped, joined
from camdesk.insight.definitions import Profile
from camdesk.insight.insight import Insight
from camdesk.insight.wording import in_a_sentence, write_day
from camdesk.store.tables import sync_run

ONE_PAGE = "one-page"
"""Among the sections of a profile: the whole review is to fit on one page."""
TYPE_SECTIONS: dict[str, Callable[[Draft], Section]] = {
    "registration-funnel": registrations.funnel,
    "wins-and-losses": registrations.wins_and_losses,
    "protection-expiries": registrations.protections,
    "sell-through": distribution.sell_through,
    "weeks-of-supply": distribution.weeks_of_supply,
    "reseller-breadth": distribution.resellers,
    "pos-quality": distribution.pos_quality,
    "aged-stock": distribution_stock.aged_stock,
    "claims-ageing": distribution_stock.claims_ageing,
    "recurring-revenue-bridge": recurring.bridge,
    "seats-by-month": recurring.seats,
    "renewal-calendar": renewal_calendar.section,
    "case-sla": cases.section,
    "project-status": delivery.projects,
    "customer-satisfaction": delivery.satisfaction,
    "consultants-by-role": delivery.consultants,
    "influence-log": joint_selling.influence,
    "governance-map": governance.section,
    "listing-funnel": marketplace.funnel,
    "certification-matrix": marketplace.certification,
    "joint-deals": joint_selling.joint_deals,
    "adoption-by-month": marketplace.adoption,
    "referrals-and-status": referrals.sent,
    "fees": referrals.fees,
    "response-time": referrals.response,
    "commitment-ledger": alliances.ledger,
    "investment-parity": alliances.parity,
    "relationship-radar": relationship.section,
    "joint-milestones": alliances.milestones,
}
_OPENING = frozenset({"pipeline", "scorecard"})
_LENGTHS = {"A": Length.FULL, "B": Length.TWO_PAGES}


@reading_once
def draft_review(
    insight: Insight,
    partner_id: str,
    *,
    period: Period,
    attention: str | None = None,
) -> Document:
    """Draft the review of a quarter, as long as the partner's attention class asks, or `attention`.

    Scorecard and type section stand as of its last day, or today where it still runs; pipeline, commitments
    and our side as of today. Class C gets none: raises CamDeskError that says how to draft one anyway.
    """
    if period.start > insight.as_of:
        raise CamDeskError(
            "That quarter has not begun.", "Choose one that has, such as the last one that ended."
        )
    draft = open_draft(insight, partner_id, period=period)
    draft = replace(draft, length=_length(draft, attention))
    sections = _sections(draft)
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
        sections=tuple(_flowing(section, draft.length) for section in sections),
        figures=draft.frozen.figures,
        profile_version=draft.scorecard.profile_version,
        sources=sources(insight),
        missing=_missing(draft),
        compact=draft.length is not Length.FULL,
    )


def _length(draft: Draft, attention: str | None) -> Length:
    wanted = attention or draft.partner.attention
    if wanted not in _LENGTHS:
        name = clipped(draft.partner.name, 60)
        raise CamDeskError(
            f"{name} is in attention class {wanted}, which gets a digest and no review.",
            "Draft one anyway by naming a class: A for up to ten pages, B for two.",
        )
    return Length.ONE_PAGE if ONE_PAGE in draft.profile.sections else _LENGTHS[wanted]


def _sections(draft: Draft) -> list[Section]:
    """Return the sections in their order; the shorter the review, the fewer of them stay."""
    insight, partner_id = draft.insight, draft.partner.partner_id
    change = insight.score_change(partner_id, before=draft.before, after=draft.day)
    tier = insight.tier_state(partner_id)
    service = draft.scorecard if draft.day == draft.today else insight.scorecard(partner_id, day=draft.today)
    first = summary.section(draft, change, tier)
    ahead = next_quarter.section(draft, service.our_side, tier)
    if draft.length is Length.ONE_PAGE:
        return [first, *_type_sections(draft), ahead]
    if draft.length is Length.TWO_PAGES:
        return [
            first,
            last_review.section(draft),
            pipeline.section(draft),
            ahead,
            scorecard.section(draft),
        ]
    return [
        first,
        last_review.section(draft),
        pipeline.section(draft),
        ahead,
        decisions.section(draft),
        scorecard.section(draft),
        standing.section(draft, tier),
        movement.section(draft, change),
        *_type_sections(draft),
        our_side.section(draft, service),
        skills.section(draft, tier),
        funds.section(draft),
        progress.section(draft),
    ]


def _type_sections(draft: Draft) -> list[Section]:
    """Return the sections of every type the partner is, each once."""
    names = dict.fromkeys(name for profile in draft.hats for name in _named(profile))
    return [TYPE_SECTIONS[name](draft) for name in names]


def _named(profile: Profile) -> list[str]:
    return [name for name in profile.sections if name in TYPE_SECTIONS]


def _flowing(section: Section, length: Length) -> Section:
    """Return the section on a page of its own where it opens a part and has data."""
    opens = length is Length.FULL and section.name in _OPENING
    empty = all(isinstance(block, Missing) for block in section.blocks)
    return replace(section, new_page=section.name == "summary" or (opens and not empty))


def sources(insight: Insight) -> tuple[str, ...]:
    """Return where the data comes from and the day each source was last read, as of the day."""
    query = (
        select(
            sync_run.c.source,
            func.max(sync_run.c.as_of).label("as_of"),
            func.max(sync_run.c.started_at).label("at"),
        )
        .where(sync_run.c.as_of <= insight.as_of.isoformat())
        .group_by(sync_run.c.source)
        .order_by(sync_run.c.source)
    )
    with insight.workspace.database.read() as connection:
        rows = connection.execute(query).all()
    return tuple(
        f"{clipped(row.source, 40)}: data of {write_day(date.fromisoformat(row.as_of))}" for row in rows
    )


def _missing(draft: Draft) -> tuple[str, ...]:
    """Return the lines of the scorecard and of our side that have no value."""
    cards = (draft.scorecard, *draft.other_cards)
    silent = dict.fromkeys(
        in_a_sentence(line.title)
        for card in cards
        for line in (*card.lines, *card.our_side)
        if line.value is None
    )
    if not silent:
        return ()
    return (f"{capital(joined(list(silent)))}: no value on {write_day(draft.day)}.",)
