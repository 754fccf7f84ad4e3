"""How the two keep to the plan: meetings, who signs, and what changed since."""

from __future__ import annotations

from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, say, table, wide
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Block, Cell, Section, SignOff
from camdesk.documents.phrases import clipped
from camdesk.insight.wording import write_day

_NAME = 60
_KINDS = (
    ("working", "Working call", "Pipeline, open commitments, what blocks"),
    ("review", "Business review", "Targets against pace, commitments, decisions"),
    ("executive", "Executive meeting", "Direction, investment, what the review could not settle"),
)
_LAYERS = (
    ("executive", "Executive sponsors", "Direction and investment; the last word in a conflict", "executive"),
    ("steering", "Steering group", "Plan, resources, joint offers; settles what teams cannot", "review"),
    ("working", "Working teams", "Deals, enablement, campaigns; week to week", "working"),
)


def meetings(plan: Outline) -> Section:
    """Return the cadence of the profile for the partner's attention class."""
    draft = plan.draft
    cadence = draft.profile.cadence.get(draft.partner.attention)
    rows: list[list[Cell]] = []
    for kind, title, about in _KINDS:
        days = getattr(cadence, kind) if cadence else None
        if days is not None:
            rows.append(
                [cell(title, strong=True), cell(about), cell(f"every {days} days"), *_meetings(draft, {kind})]
            )
    name, heading = "governance", "Governance"
    if not rows:
        lack = "How we meet: no cadence is set for this partner yet."
        return lacking(name, heading, "How we meet is still to be agreed", lack)
    columns = [
        wide("Meeting", 1.0),
        wide("About", 2.0),
        number("Cadence"),
        number("Last held"),
        number("Next planned"),
    ]
    lead = say("How often we meet, at which level, and about what.")
    return following(name, heading, "How we keep to the plan", (table(columns, rows),), lead=lead)


def layers(plan: Outline) -> Section:
    """Return governance in three layers, each with its people on both sides."""
    draft = plan.draft
    cadence = draft.profile.cadence.get(draft.partner.attention)
    partner = next(iter(draft.rows.of("partners")), None)
    rows: list[list[Cell]] = []
    for kind, title, about, kept in _LAYERS:
        days = getattr(cadence, kept) if cadence else None
        ours, theirs = _layer_people(plan, partner, kind)
        rows.append(
            [
                cell(title, strong=True),
                cell(about),
                cell(ours),
                cell(theirs),
                cell(
                    f"every {days} days" if days is not None else "to be set",
                    tone="" if days is not None else "warn",
                ),
                *_meetings(draft, {kind, kept})[:1],
            ]
        )
    columns = [
        wide("Layer", 1.0),
        wide("Settles", 1.8),
        wide(draft.our_name, 0.9),
        wide(draft.their_name, 0.9),
        number("Cadence"),
        number("Last held"),
    ]
    return following(
        "governance-layers",
        "Governance",
        "Three layers, each with its own decisions",
        (table(columns, rows),),
    )


def _layer_people(plan: Outline, partner: Row | None, kind: str) -> tuple[str, str]:
    if kind == "executive" and partner is not None:
        return str(partner["vendor_sponsor"] or "to be named"), str(
            partner["partner_sponsor"] or "to be named"
        )
    ours = plan.ours.partition(" · ")[2] or "to be named"
    here = [row for row in plan.draft.rows.of("contacts") if not row["left_on"]]
    fitting = [row for row in here if (not row["is_primary"] if kind == "steering" else row["is_primary"])]
    champion = next((row for row in fitting if not row["is_executive"]), None) or next(iter(fitting), None)
    return ours, str(champion["name"]) if champion else "to be named"


def _meetings(draft: Draft, kinds: set[str]) -> list[Cell]:
    mine = [row for row in draft.rows.of("meetings") if row["kind"] in kinds]
    held = [day(row["scheduled_at"]) for row in mine if row["status"] == "held"]
    planned = [day(row["scheduled_at"]) for row in mine if row["status"] == "planned"]
    last = max((one for one in held if one and one <= draft.today), default=None)
    following_one = min((one for one in planned if one and one >= draft.today), default=None)
    return [day_cell(last), day_cell(following_one) if following_one else cell("to be set", tone="warn")]


def sign_off(plan: Outline) -> Section:
    """Return the lines to sign on, and the log of changes that begins with this draft."""
    draft = plan.draft
    primary = plan.primary
    theirs = ", ".join(str(part) for part in (primary["name"], primary["role"]) if part) if primary else ""
    ours = plan.ours.partition(" · ")[2]
    names = [
        (clipped(draft.insight.settings.our_name, _NAME), clipped(ours or "For us", _NAME)),
        (clipped(draft.partner.name, _NAME), clipped(theirs or "For the partner", _NAME)),
    ]
    log: Block = table(
        [wide("Version", 0.5), wide("Day", 0.7), wide("What changed", 3.0)],
        [
            [
                cell("Draft"),
                cell(write_day(draft.today)),
                cell(f"First draft of {plan.year}, from the records of that day"),
            ]
        ],
        title="Change log",
    )
    lead = say("Draft until both sides have signed; a change afterwards makes a new version.")
    return following(
        "sign-off", "Approvals", "To be agreed by both sides", (SignOff(tuple(names)), log), lead=lead
    )
