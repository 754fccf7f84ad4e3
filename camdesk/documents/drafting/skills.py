"""Skills: who is certified, what expires, what the tier asks."""

from __future__ import annotations

from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft, cell, day_cell, number, rest_of, say, table, wide
from camdesk.documents.drafting.rows import day
from camdesk.documents.model import Block, Column, Missing, Section, Span
from camdesk.documents.phrases import capital, in_words

EXPIRY_DAYS = 180
SHOWN = 8


def section(draft: Draft) -> Section:
    """Return certified people and the certificates that expire within half a year."""
    name, heading = "skills", "Skills"
    if not draft.rows.of("certifications"):
        lack = "Skills: no certification of this partner has been delivered."
        return Section(name, heading, "No certification is on record", (), (Missing((lack,)),), False)
    ending = facts.expiring_certifications(draft.rows, draft.today, days=EXPIRY_DAYS)
    parts: list[str | Span] = []
    people, coverage = (
        draft.figure("certified_people", on=draft.today),
        draft.figure("certification_coverage", on=draft.today),
    )
    if people is not None:
        parts += [people, " certified people" if people.text != "1" else " certified person"]
    if coverage is not None:
        parts += [", ", coverage, " of what the tier asks"]
    blocks: list[Block] = []
    if ending:
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
        blocks.append(table(columns, rows, title="Expiring within half a year", note=note))
    else:
        blocks.append(Missing((f"Expiries: no certificate ends within {EXPIRY_DAYS} days.",)))
    if not ending:
        message = "Certificates hold for half a year"
    else:
        verb = "expires" if len(ending) == 1 else "expire"
        message = f"{capital(in_words(len(ending), 'certificate'))} {verb} within half a year"
    return Section(name, heading, message, say(*parts, ".") if parts else (), tuple(blocks), False)
