"""What the partner must be able to do: tier requirements, the next tier's gaps, certificates that end."""

from __future__ import annotations

from datetime import date

from camdesk.documents.drafting.draft import Draft, cell, lacking, number, say, table, wide
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Block, Cell, Column, Line, Section, Span, Tone
from camdesk.documents.phrases import capital, in_words
from camdesk.insight.results import Requirement, TierState, Unit

_TIER = "tier-requirements"


def section(plan: Outline) -> Section:
    """Return what tier and next tier ask for, and how many certificates end in the year."""
    draft = plan.draft
    tier = draft.insight.tier_state(draft.partner.partner_id)
    blocks: list[Block] = []
    requirements = _requirements(plan, tier)
    if requirements is not None:
        blocks.append(requirements)
    tracks = _tracks(plan)
    if tracks is not None:
        blocks.append(tracks)
    name, heading = "capability", "Capability"
    if not blocks:
        lack = "Capability: no tier requirement and no certificate is on record."
        return lacking(name, heading, "Which skills the year needs is still to be agreed", lack)
    return following(name, heading, _message(tier, ending(plan)), blocks, lead=_people(draft))


def valid_today(draft: Draft) -> tuple[Row, ...]:
    """Return the certificates awarded by the day of the draft and not expired."""
    return tuple(
        row
        for row in draft.rows.of("certifications")
        if (on := day(row["awarded_on"]))
        and on <= draft.today
        and (day(row["expires_on"]) or date.max) > draft.today
    )


def valid_key(draft: Draft) -> str:
    return draft.listed(
        "certificates-valid",
        "Certificates valid today",
        "Awarded by the day of the draft and not expired.",
        "certifications",
        valid_today(draft),
    )


def ending(plan: Outline) -> tuple[Row, ...]:
    """Return the certificates that end in the planned year, the next first."""
    found = [
        row
        for row in plan.draft.rows.of("certifications")
        if (on := day(row["expires_on"])) is not None and on in plan.period and on > plan.draft.today
    ]
    return tuple(sorted(found, key=lambda row: (row["expires_on"], row["certification_id"])))


def ending_key(plan: Outline) -> str:
    words = "Certificates that end in the planned year unless they are renewed."
    return plan.draft.listed(
        "certificates-ending", f"Certificates that end in {plan.year}", words, "certifications", ending(plan)
    )


def _message(tier: TierState, rows: tuple[Row, ...]) -> str:
    missing = [one for one in tier.next_requirements if one.met is False]
    if tier.next_tier and missing:
        return f"{capital(in_words(len(missing), 'requirement'))} short of {tier.next_tier}"
    if tier.next_tier and tier.next_requirements and all(one.met for one in tier.next_requirements):
        return f"Everything {tier.next_tier} asks for is met"
    if rows:
        return f"{capital(in_words(len(rows), 'certificate'))} to renew in the year"
    return "The skills the plan rests on"


def _people(draft: Draft) -> Line:
    people = draft.figure("certified_people", on=draft.today)
    if people is None:
        return ()
    return say(people, f" {'person is' if people.text == '1' else 'people are'} certified today.")


def _requirements(plan: Outline, tier: TierState) -> Block | None:
    draft = plan.draft
    shown = tier.next_requirements or tier.requirements
    name = tier.next_tier if tier.next_requirements else tier.tier
    if not shown or name is None:
        return None
    key = plan.keep(
        _TIER,
        f"What {name} asks for",
        value=len(shown),
        written=f"{len(shown)}",
        words="The tier's requirements as the profile of the type has them, and what the partner has today.",
        parts=[
            (one.title, f"{_write(draft, one.has, one.unit)} of {_write(draft, one.needed, one.unit)}")
            for one in shown
        ],
        kind="requirement",
    )
    rows = [
        [
            cell(one.title),
            Cell((Span(_write(draft, one.has, one.unit), key),)),
            Cell((Span(_write(draft, one.needed, one.unit), key),)),
            _state(one, draft, key),
        ]
        for one in shown
    ]
    columns = [wide("Requirement", 2.2), number("Has"), number("Needs"), number("Gap")]
    return table(columns, rows, title=f"What {name} asks for")


def _state(one: Requirement, draft: Draft, key: str) -> Cell:
    if one.met:
        return cell("met", tone="good")
    if one.has is None or one.met is None:
        return cell("not known", tone="quiet")
    if one.unit is Unit.PERCENT:
        return Cell((Span(f"{round((one.needed - one.has) * 100)} pt", key),), "bad")
    gap = _write(draft, one.needed - one.has, one.unit)
    short = gap if any(digit in gap for digit in "123456789") else "just short"
    return Cell((Span(short, key),), "bad")


def _write(draft: Draft, value: float | int | None, unit: Unit) -> str:
    return draft.frozen.write(value, unit)


def _tracks(plan: Outline) -> Block | None:
    """Return certificates by track: valid today, and ending in the planned year."""
    draft = plan.draft
    valid = valid_today(draft)
    if not valid:
        return None
    key = valid_key(draft)
    soon = {row["certification_id"] for row in ending(plan)}
    tracks = sorted({str(row["track"] or "other") for row in valid})
    rows = []
    for track in tracks:
        mine = [row for row in valid if str(row["track"] or "other") == track]
        left = sum(row["certification_id"] in soon for row in mine)
        tone: Tone = "warn" if left else "quiet"
        last = Cell((Span(f"{left:,}", ending_key(plan)),), tone) if left else cell("–", tone=tone)
        rows.append(
            [
                cell(capital(track)),
                Cell((Span(f"{len({row['person'] for row in mine}):,}", key),)),
                Cell((Span(f"{len(mine):,}", key),)),
                last,
            ]
        )
    columns: list[Column] = [
        wide("Track", 2.2),
        number("People"),
        number("Certificates"),
        number(f"End in {plan.year}"),
    ]
    return table(columns, rows, title="Certificates by track")
