"""Skills: who is certified, what expires, what the tier asks."""

from __future__ import annotations

from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import (
    Draft,
    cell,
    day_cell,
    lacking,
    lowered,
    number,
    rest_of,
    say,
    table,
    wide,
)
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.drafting.standing import tier_key
from camdesk.documents.model import Column, Line, Missing, Section, Span, Table
from camdesk.documents.phrases import capital, clipped, in_words
from camdesk.insight.results import Requirement, TierState

EXPIRY_DAYS = 180
SHOWN = 8


def section(draft: Draft, tier: TierState) -> Section:
    """Return certified people, what the tier lacks of them, and what expires within half a year."""
    name, heading = "skills", "Skills"
    if not draft.rows.of("certifications"):
        lack = "Skills: no certification of this partner has been delivered."
        return lacking(name, heading, "No certification is on record", lack)
    ending = facts.expiring_certifications(draft.rows, draft.today, days=EXPIRY_DAYS)
    if not ending:
        none = Missing((f"Expiries: no certificate ends within {EXPIRY_DAYS} days.",))
        return Section(name, heading, "Certificates hold for half a year", _lead(draft, tier), (none,), False)
    verb = "expires" if len(ending) == 1 else "expire"
    message = f"{capital(in_words(len(ending), 'certificate'))} {verb} within half a year"
    return Section(name, heading, message, _lead(draft, tier), (_expiries(draft, ending),), False)


def _lead(draft: Draft, tier: TierState) -> Line:
    """Return how many people are certified, and how that covers what the tier asks."""
    people = draft.figure("certified_people", on=draft.today)
    coverage = draft.figure("certification_coverage", on=draft.today)
    parts: list[str | Span] = []
    if people is not None:
        parts += [people, " certified person." if people.text == "1" else " certified people."]
    if coverage is not None:
        parts += [" " if parts else "", coverage, " of what the tier asks is covered."]
    return say(*parts, *_gap(draft, tier))


def _gap(draft: Draft, tier: TierState) -> Line:
    """Return how many people the next tier still asks for, by what they are certified for."""
    asked = tier.requirements if any(_is_short(one) for one in tier.requirements) else tier.next_requirements
    name = tier.tier if asked is tier.requirements else tier.next_tier
    short = [one for one in asked if _is_short(one)]
    if not short or name is None:
        return ()
    key = tier_key(draft, tier)
    parts: list[str | Span] = [f" {clipped(name, 40)} asks for "]
    for place, one in enumerate(short):
        more = round(one.needed - (one.has or 0))
        parts += [" and " if place else "", Span(f"{more:,}", key), f" more {_people(one, more)}"]
    return say(*parts, ".")


def _is_short(one: Requirement) -> bool:
    return one.met is False and one.name.startswith("certified_")


def _people(one: Requirement, more: int) -> str:
    kind = lowered(one.title)
    return kind.replace("people", "person") if more == 1 else kind


def _expiries(draft: Draft, ending: tuple[Row, ...]) -> Table:
    key = draft.frozen.listed(
        "certificates-half-year",
        "Certificates that expire within half a year",
        f"Certificates valid on this day that expire within {EXPIRY_DAYS} days.",
        "certifications",
        ending,
        on=draft.today,
    )
    rows = [
        [
            cell(row["person"]),
            cell(row["name"]),
            cell(capital(row["track"] or "–")),
            day_cell(day(row["expires_on"])),
        ]
        for row in ending[:SHOWN]
    ]
    columns = [wide("Person", 1.2), wide("Certificate", 2.0), Column("Track"), number("Expires")]
    note = rest_of("certificate", len(ending), SHOWN, key)
    return table(columns, rows, title="Expiring within half a year", note=note)
