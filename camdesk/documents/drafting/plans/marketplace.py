"""What only software vendors plan with us: versions and APIs, the listing, and joint marketing."""

from __future__ import annotations

from camdesk.documents.drafting.draft import cell, day_cell, lacking, number, rest_of, table, wide
from camdesk.documents.drafting.plans.outline import Outline, following, goal_of
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.rows import day
from camdesk.documents.model import Cell, Section, Span
from camdesk.documents.phrases import capital, in_words

_SHOWN = 8
_LISTING_LINES = ("listing_conversion", "net_install_rate", "active_customer_growth", "ticket_rate")


def roadmap(plan: Outline) -> Section:
    """Return, by listing, the API version, when it retires, and when the certification runs out."""
    draft = plan.draft
    listings = [row for row in draft.rows.of("listings") if row["status"] != "retired"]
    name, heading = "roadmap-alignment", "Roadmap"
    if not listings:
        return lacking(
            name, heading, "The joint roadmap is still to be drawn up", "Roadmap: no listing is on record."
        )
    rows, due = [], 0
    for row in listings[:_SHOWN]:
        retires, certified = day(row["api_retires_on"]), day(row["certified_until"])
        soon = [on for on in (retires, certified) if on is not None and on <= plan.period.last]
        due += bool(soon)
        rows.append(
            [
                cell(row["name"]),
                cell(row["api_version"]),
                day_cell(retires, tone="warn" if retires in soon else ""),
                day_cell(certified, tone="warn" if certified in soon else ""),
                day_cell(min(soon)) if soon else cell("nothing due", tone="quiet"),
            ]
        )
    columns = [
        wide("Listing", 2.0),
        wide("API", 0.5),
        number("API retires"),
        number("Certified until"),
        number("Act by"),
    ]
    verb = "listing needs work" if due == 1 else "listings need work"
    message = (
        f"{capital(in_words(due, 'listing')).rsplit(' ', 1)[0]} {verb} in the year"
        if due
        else "No API retires and no certification ends in the year"
    )
    return following(name, heading, message, (table(columns, rows),))


def listing(plan: Outline) -> Section:
    """Return what the listing does today and what it is to do by the end of the year."""
    draft = plan.draft
    lines = [
        line for line in draft.scorecard.lines if line.metric in _LISTING_LINES and line.value is not None
    ]
    name, heading = "listing-plan", "Listing"
    if not lines:
        return lacking(
            name,
            heading,
            "Targets of the listing are still to be agreed",
            "Listing: no month of marketplace activity is on record.",
        )
    rows = []
    for line in lines:
        now = draft.line_figure(line, on=draft.today)
        rows.append(
            [
                cell(line.title),
                Cell((now,)),
                Cell((goal_of(plan, line),), strong=True),
                day_cell(plan.period.last),
            ]
        )
    columns = [wide("Measure", 2.2), number("Today"), number("Goal"), number("By")]
    return following(name, heading, "What the listing is to do", (table(columns, rows),))


def co_marketing(plan: Outline) -> Section:
    """Return the campaigns of twelve months with what came of them: what to repeat and what to leave."""
    draft = plan.draft
    recent = year_back(draft.today)
    held = [row for row in draft.rows.of("campaigns") if (on := day(row["started_on"])) and on in recent]
    name, heading = "co-marketing", "Co-marketing"
    if not held:
        return lacking(
            name,
            heading,
            "Joint campaigns are still to be agreed",
            "Co-marketing: no campaign of twelve months is on record.",
        )
    key = draft.listed(
        "campaigns", "Campaigns", "Campaigns begun in the last twelve months.", "campaigns", held
    )
    rows = [
        [
            cell(row["name"]),
            day_cell(day(row["started_on"])),
            Cell((Span(f"{row['leads']:,}" if row["leads"] is not None else "–", key),)),
            draft.amount_cell(row, "attributed_pipeline"),
        ]
        for row in sorted(held, key=lambda row: row["started_on"])[:_SHOWN]
    ]
    columns = [wide("Campaign", 2.2), number("Began"), number("Leads"), number("Pipeline")]
    message = f"{capital(in_words(len(held), 'campaign'))} to learn from"
    return following(
        name, heading, message, (table(columns, rows, note=rest_of("campaign", len(held), len(rows), key)),)
    )
