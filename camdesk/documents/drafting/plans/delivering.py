"""What only systems integrators plan: the practice, references, executive pairs and the way to escalate."""

from __future__ import annotations

from camdesk.documents.drafting.draft import cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.facts import largest_first
from camdesk.documents.drafting.plans.capability import valid_key, valid_today
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.rows import day
from camdesk.documents.model import Cell, Section, Span
from camdesk.documents.phrases import capital, clipped, in_words

_ROLES = (
    ("architect", "Architects"),
    ("delivery", "Delivery consultants"),
    ("technical", "Technical consultants"),
    ("sales", "Sales"),
)
_REFERENCES = 8
_ARCHITECTS = "certified_architects"
_NAME = 40


def practice(plan: Outline) -> Section:
    """Return certified people by role today, what the next tier asks, and what is to be built."""
    draft = plan.draft
    valid = valid_today(draft)
    name, heading = "practice-build", "Practice"
    if not valid:
        return lacking(
            name, heading, "The practice is still to be built", "Practice build: nobody is certified today."
        )
    key = valid_key(draft)
    tier = draft.insight.tier_state(draft.partner.partner_id)
    asked = next(
        (one.needed for one in (tier.next_requirements or tier.requirements) if "architect" in one.name), None
    )
    rows, gap = [], 0
    for track, title in _ROLES:
        people = {row["person"] for row in valid if row["track"] == track}
        ending = {
            row["person"]
            for row in valid
            if row["track"] == track and (on := day(row["expires_on"])) and on <= plan.period.last
        }
        if not people and track != "architect":
            continue
        needed = int(asked) if asked is not None and track == "architect" else None
        if needed is not None:
            gap = max(0, needed - len(people))
        rows.append(
            [
                cell(title),
                Cell((Span(f"{len(people):,}", key),), strong=True),
                cell(
                    f"{needed:,}" if needed is not None else "to be agreed",
                    tone="" if needed is not None else "quiet",
                ),
                Cell((Span(f"{len(ending):,}", key),), "warn" if ending else ""),
            ]
        )
    columns = [
        wide("Role", 2.0),
        number("Certified today"),
        number("Needed"),
        number(f"To renew by the end of {plan.year}"),
    ]
    message = (
        f"{capital(in_words(gap, 'architect'))} to build up" if gap else "The practice to keep and deepen"
    )
    return following(name, heading, message, (table(columns, rows),))


def references(plan: Outline) -> Section:
    """Return the projects that may be shown to others: what a reference architecture can be made of."""
    draft = plan.draft
    shown = [row for row in draft.rows.of("projects") if row["referenceable"]]
    name, heading = "reference-architectures", "References"
    if not shown:
        lack = "Reference architectures: no project may be named as a reference yet."
        return lacking(name, heading, "Reference architectures are still to be chosen", lack)
    found = largest_first(shown, "value")
    key = draft.listed(
        "references",
        "Projects to refer to",
        "Projects whose customer may be named, by value.",
        "projects",
        found,
        column="value",
    )
    rows = [
        [
            cell(row["customer"]),
            cell(row["name"]),
            cell(f"{row['csat']:.1f}" if row["csat"] is not None else "–"),
            day_cell(day(row["completed_on"])),
            draft.amount_cell(row, "value"),
        ]
        for row in found[:_REFERENCES]
    ]
    columns = [
        wide("Customer", 1.1),
        wide("Project", 1.8),
        number("Satisfaction"),
        number("Completed"),
        number("Value"),
    ]
    lead = (
        say("Two of these become a reference architecture in the year: drawn up by both, shown by both.")
        if len(found) > 1
        else ()
    )
    message = f"{capital(in_words(len(found), 'project'))} to build references on"
    return following(
        name,
        heading,
        message,
        (table(columns, rows, note=rest_of("project", len(found), len(rows), key)),),
        lead=lead,
    )


def executive_pairs(plan: Outline) -> Section:
    """Return who speaks to whom: sponsors, then executives and champions of the partner."""
    draft = plan.draft
    partner = next(iter(draft.rows.of("partners")), None)
    here = [row for row in draft.rows.of("contacts") if not row["left_on"]]
    ours = plan.ours.partition(" · ")[2] or "to be named"
    rows: list[list[Cell]] = []
    if partner is not None and (partner["vendor_sponsor"] or partner["partner_sponsor"]):
        rows.append(
            [
                cell("Sponsors", strong=True),
                cell(partner["vendor_sponsor"] or "to be named"),
                cell(partner["partner_sponsor"] or "to be named"),
                cell("Direction, investment"),
            ]
        )
    executives = [row for row in here if row["is_executive"]]
    rows += [
        [
            cell("Executives", strong=True),
            cell("to be named", tone="warn"),
            cell(_person(row)),
            cell("Quarterly: what the review could not settle"),
        ]
        for row in executives[:2]
    ]
    rows += [
        [cell("Delivery and sales", strong=True), cell(ours), cell(_person(row)), cell("Week to week")]
        for row in here
        if row["is_primary"] and not row["is_executive"]
    ]
    name, heading = "executive-pairs", "Executive pairs"
    if not rows:
        return lacking(
            name,
            heading,
            "Who speaks to whom is still to be named",
            "Executive pairs: no sponsor and no contact is on record.",
        )
    columns = [wide("Level", 1.0), wide(draft.our_name, 1.2), wide(draft.their_name, 1.6), wide("About", 1.8)]
    return following(name, heading, "Who speaks to whom", (table(columns, rows),))


def _person(row: object) -> str:
    assert isinstance(row, dict)
    return clipped(", ".join(str(part) for part in (row["name"], row["role"]) if part), _NAME)


def escalation(plan: Outline) -> Section:
    """Return the way a problem takes from the project to the sponsors, with the days for each step."""
    draft = plan.draft
    partner = next(iter(draft.rows.of("partners")), None)
    sponsors = [partner[name] for name in ("vendor_sponsor", "partner_sponsor") if partner and partner[name]]
    contact = plan.primary["name"] if plan.primary else "to be named"
    steps = (
        ("Project", "A project is red, or a date will not hold", "the two project leads", "the same day"),
        (
            "Partner managers",
            "Not settled between the project leads",
            f"{plan.ours.partition(' · ')[2] or 'to be named'} and {contact}",
            "two working days",
        ),
        (
            "Sponsors",
            "A customer, money or the agreement is at stake",
            " and ".join(sponsors) or "to be named",
            "five working days",
        ),
    )
    rows = [[cell(level, strong=True), cell(when), cell(who), cell(days)] for level, when, who, days in steps]
    columns = [wide("Step", 1.0), wide("When", 2.0), wide("Who", 1.6), number("Answer within")]
    return following(
        "escalation-path", "Escalation", "Three steps, each with its time", (table(columns, rows),)
    )
