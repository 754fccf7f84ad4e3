"""Where the partner stands in its programme: tier and why, terms, balances, and what the next tier asks."""

from __future__ import annotations

from camdesk.documents.drafting.draft import Draft, cell, lowered, number, say, table, wide
from camdesk.documents.model import (
    Block,
    Cell,
    Column,
    FrozenFigure,
    FrozenRecord,
    Line,
    Missing,
    Prose,
    Section,
    Span,
)
from camdesk.documents.phrases import capital, clipped, count, in_words, joined
from camdesk.insight.rebate_steps import RebateStep
from camdesk.insight.results import Requirement, TierState, Unit
from camdesk.insight.terms import Terms, terms_of
from camdesk.insight.wording import DASH, write_day

_NAME, _HEADING = "standing", "Where you stand"
TERM = 90
NAME = 40


def section(draft: Draft, tier: TierState) -> Section:
    """Return tier, terms and balances as of the day of the draft."""
    terms = terms_of(draft.insight, draft.partner.partner_id)
    blocks = [*_requirements(draft, tier), *_terms(draft, tier, terms)]
    if not blocks:
        lack = "Where you stand: this type has no tiers, and no terms, funds or agreements are on record."
        blocks = [Missing((lack,))]
    return Section(_NAME, _HEADING, _message(draft, tier), _lead(draft, tier), tuple(blocks), False)


def _message(draft: Draft, tier: TierState) -> str:
    if not draft.profile.tiers:
        return "What is agreed between us"
    if tier.tier is None:
        return "No tier is on record"
    name = clipped(tier.tier, NAME)
    if not tier.known:
        return f"The programme does not know the tier “{name}”"
    short = [one for one in tier.requirements if one.met is False]
    if short:
        return f"{name} is short of {in_words(len(short), 'requirement')}"
    if any(one.met is None for one in tier.requirements):
        return f"{name} is kept, as far as the data shows"
    gap = [one for one in tier.next_requirements if one.met is False]
    if tier.next_tier and gap:
        return f"{name} is kept; {clipped(tier.next_tier, NAME)} is {in_words(len(gap), 'requirement')} away"
    if tier.next_tier and tier.next_requirements and all(one.met for one in tier.next_requirements):
        return f"{name} is kept, and every requirement of {clipped(tier.next_tier, NAME)} is met"
    return f"{name} is kept: every requirement is met"


def _lead(draft: Draft, tier: TierState) -> Line:
    """Return what keeps the partner from its tier or the next one, with the gap of each."""
    missing = [one for one in tier.requirements if one.met is False]
    name = tier.tier
    if not missing:
        missing, name = [one for one in tier.next_requirements if one.met is False], tier.next_tier
    if not missing or name is None:
        return ()
    key = tier_key(draft, tier)
    parts: list[str | Span] = [f"{clipped(name, NAME)} lacks "]
    for place, one in enumerate(missing):
        parts.append("" if place == 0 else " and " if place == len(missing) - 1 else ", ")
        has, needed = (draft.frozen.write(value, one.unit) for value in (one.has, one.needed))
        if has == needed:
            has = draft.frozen.write_in_full(one.has, one.unit)
        parts += [f"{lowered(one.title)} (", Span(has, key), " of ", Span(needed, key), ")"]
    return say(*parts, ".")


def _requirements(draft: Draft, tier: TierState) -> list[Block]:
    if not draft.profile.tiers:
        return []
    if tier.tier is None:
        return [Missing(("Tier: none is on record for this partner.",))]
    if not tier.known:
        name = clipped(tier.tier, NAME)
        return [Missing((f"Tier: the programme does not know “{name}”, so its terms cannot be said.",))]
    key = tier_key(draft, tier)
    asked = {one.name: one for one in tier.requirements}
    above = {one.name: one for one in tier.next_requirements}
    rows = [_requirement(draft, asked.get(name), above.get(name), key) for name in (asked | above)]
    if not rows:
        return [Prose((say(f"{clipped(tier.tier, NAME)} asks for nothing that is measured here."),))]
    columns = [wide("Requirement"), number("You have"), number(tier.tier), Column("")]
    if above:
        columns += [number(tier.next_tier or ""), Column("")]
    return [table(columns, [row[: len(columns)] for row in rows])]


def _requirement(draft: Draft, asked: Requirement | None, above: Requirement | None, key: str) -> list[Cell]:
    one = asked or above
    assert one is not None  # each name comes from one of the two
    cells = [cell(one.title), Cell((Span(draft.frozen.write(one.has, one.unit), key),), strong=True)]
    for level in (asked, above):
        if level is None:
            cells += [cell(DASH), Cell()]
        else:
            needed = Cell((Span(draft.frozen.write(level.needed, level.unit), key),))
            cells += [needed, _verdict(level)]
    return cells


def _verdict(level: Requirement) -> Cell:
    if level.met is None:
        return cell("no data", tone="quiet")
    return cell("met", tone="good") if level.met else cell("missing", tone="bad")


def _terms(draft: Draft, tier: TierState, terms: Terms) -> list[Block]:
    """Return terms and balances, one a line; those nobody has set are left out."""
    key = tier_key(draft, tier)
    rows: list[list[Cell]] = []

    def add(title: str, value: str | None, note: str = "") -> None:
        if value is not None:
            rows.append([cell(title), Cell((Span(value, key),), strong=True), cell(note, tone="quiet")])

    add("Discount", _percent(tier.discount))
    add("Fund accrual", _percent(tier.fund_accrual))
    protection = tier.protection_days
    add("Deal protection", None if protection is None else count(protection, "day"))
    if terms.funds and terms.fund_balance is not None:
        ends = max(fund.ends_on for fund in terms.funds)
        balance = draft.figure("fund_balance", on=draft.today)
        if balance is not None:
            until = cell(f"to use by {write_day(ends)}", tone="quiet")
            rows.append([cell("Funds left"), Cell((balance,), strong=True), until])
    add("Credit left", None if terms.credit_left is None else draft.money(terms.credit_left))
    in_flight = terms.registrations
    if in_flight:
        pending = sum(one.state == "pending" for one in in_flight)
        waits = f"{in_words(pending, 'registration')} {'waits' if pending == 1 else 'wait'} for our decision"
        add("Registrations in flight", f"{len(in_flight):,}", capital(waits) if pending else "")
    for step in _current_steps(terms):
        if step.progress is not None:
            note = f"{clipped(step.program, NAME)}, ends {write_day(step.period_end)}"
            add("Rebate step", draft.frozen.write(step.progress, Unit.PERCENT), note)
    rows += _dates(draft, terms)
    announced = [clipped(term.text, TERM) for term in terms.announced[:3]]
    told = say(f"Announced: {joined(announced)}.") if announced else ()
    if not rows:
        return [Prose((told,))] if told else []
    columns = [wide("Terms and balances", 1.0), number("Now"), wide("", 1.6)]
    return [table(columns, rows, note=told)]


def _current_steps(terms: Terms) -> list[RebateStep]:
    """Return one step of each rebate: the next one to reach, or the highest where all are."""
    current: dict[str, RebateStep] = {}
    for step in terms.rebates:
        if step.program not in current or current[step.program].is_reached:
            current[step.program] = step
    return list(current.values())[:3]


def _dates(draft: Draft, terms: Terms) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    if terms.tier_review_on is not None:
        rows.append([cell("Tier review"), cell(write_day(terms.tier_review_on)), Cell()])
    for agreement in terms.agreements[:3]:
        if agreement.expires_on is not None:
            kind = agreement.kind.upper() if agreement.kind == "nda" else capital(agreement.kind)
            title = kind.replace("_", " ") + " agreement ends"
            soon = agreement.notice_by if agreement.notice_by and agreement.notice_by >= draft.today else None
            note = f"notice by {write_day(soon)}" if soon else _renewing(agreement.renews_itself)
            rows.append([cell(title), cell(write_day(agreement.expires_on)), cell(note, tone="quiet")])
    return rows


def _renewing(renews: bool | None) -> str:
    return "" if renews is None else "renews itself" if renews else "ends unless renewed"


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share * 100:g}%"


def tier_key(draft: Draft, tier: TierState) -> str:
    """Keep tier and terms as a figure: what is asked, and what the partner has; return its key."""
    asked = (*tier.requirements, *tier.next_requirements)
    records = tuple(
        FrozenRecord(
            "",
            f"{one.title}: {draft.frozen.write(one.needed, one.unit)} needed",
            "",
            draft.frozen.write(one.has, one.unit),
        )
        for one in asked
    )
    name = clipped(tier.tier, NAME) if tier.tier else "this partner"
    words = (
        f"What the programme asks of {name} and of the tier above it, its terms, and the partner's balances."
    )
    written = name if tier.tier else DASH
    return draft.frozen.keep(
        FrozenFigure(
            "tier",
            "Tier and terms",
            None,
            None,
            written,
            (),
            "",
            draft.today,
            len(records),
            words,
            records,
            "requirement",
        )
    )
