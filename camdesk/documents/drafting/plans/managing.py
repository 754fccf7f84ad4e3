"""What only managed service providers plan: seats and their use, price steps, support."""

from __future__ import annotations

from camdesk.documents.drafting.draft import Draft, cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.plans import recurring
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.plans.purpose import in_force
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Cell, Section, Span, Table, Tone
from camdesk.documents.phrases import capital, in_words
from camdesk.insight.definitions import Tier
from camdesk.insight.results import Unit
from camdesk.insight.wording import write_day

_PRODUCTS = 8
_TERMS = 6
_ACTIVE = 0.9  # of the seats: with fewer in use the next renewal is at risk


def seats(plan: Outline) -> Section:
    """Return seats by product, how many of them are used, and what the year's target makes of them."""
    draft = plan.draft
    found = recurring.billing(draft)
    name, heading = "seat-targets", "Seats"
    if found is None or not found.seats:
        lack = "Seat targets: no seats of a recent month are on record."
        return lacking(name, heading, "Seat targets are still to be agreed", lack)
    usage = [row for row in draft.rows.of("usage") if day(row["month"]) == found.month]
    key = draft.listed(
        "seats-now",
        f"Usage of {found.month:%B %Y}",
        "Seats by customer and product in the latest month.",
        "usage",
        usage,
        column="recurring_revenue",
    )
    factor = plan.target.value / (found.billed * 12) if plan.target is not None and found.billed else None
    held: dict[str, list[int]] = {}
    for row in usage:
        sums = held.setdefault(str(row["product"] or "Other"), [0, 0])
        sums[0] += int(row["seats"] or 0)
        sums[1] += int(row["active_seats"] or 0)
    rows = []
    for product, (number_of, active) in sorted(held.items(), key=lambda pair: (-pair[1][0], pair[0]))[
        :_PRODUCTS
    ]:
        used = active / number_of if number_of and active else None
        goal = f"{max(number_of, -int(-number_of * factor // 1)):,}" if factor else "–"
        rows.append(
            [
                cell(product),
                Cell((Span(f"{number_of:,}", key),)),
                Cell((Span(draft.frozen.write(used, Unit.PERCENT), key),)),
                Cell((Span(goal, key),), strong=True),
                Cell((Span(draft.frozen.write(_ACTIVE, Unit.PERCENT), key),)),
            ]
        )
    columns = [
        wide("Product", 2.0),
        number("Seats"),
        number("In use"),
        number("Seats to reach"),
        number("In use by then"),
    ]
    return following(
        name,
        heading,
        "Seats to reach, product by product",
        (table(columns, rows),),
        lead=say("Attach what customers lack: the whitespace above names the products."),
    )


def pricing(plan: Outline) -> Section:
    """Return the terms in force, and the tier steps the provider can climb."""
    draft = plan.draft
    terms = [row for row in draft.rows.of("terms") if in_force(row, plan)]
    tiers = [tier for tier in draft.profile.tiers if tier.requirements]
    name, heading = "pricing-steps", "Pricing steps"
    if not terms and not tiers:
        return lacking(
            name, heading, "Pricing steps are still to be agreed", "Pricing steps: no term is on record."
        )
    blocks = []
    if terms:
        blocks.append(_terms_in_force(draft, terms))
    if with_seats := [tier for tier in tiers if "managed_seats" in tier.requirements]:
        blocks.append(_steps_by_seats(draft, with_seats))
    return following(name, heading, "What each step asks for and gives", blocks)


def _terms_in_force(draft: Draft, terms: list[Row]) -> Table:
    key = draft.listed("terms", "Terms in force", "Terms valid on the day of the draft.", "terms", terms)
    rows = [
        [
            cell(row["text"]),
            cell(str(row["kind"]).replace("_", " ")),
            cell(write_day(day(row["valid_from"]))),
        ]
        for row in terms[:_TERMS]
    ]
    columns = [wide("Term", 2.6), wide("Kind", 1.0), number("Since")]
    return table(columns, rows, title="In force", note=rest_of("term", len(terms), len(rows), key))


def _steps_by_seats(draft: Draft, tiers: list[Tier]) -> Table:
    """Return the seats each tier asks for, and how many are still to go."""
    seats_now = draft.insight.figure(draft.partner.partner_id, "managed_seats", day=draft.today).value
    now = draft.figure("managed_seats", on=draft.today)
    linked = now.figure if now is not None else None
    rows = []
    for tier in tiers:
        asked = tier.requirements["managed_seats"]
        missing = max(0, asked - seats_now) if seats_now is not None else None
        gap = "not known" if missing is None else "reached" if missing == 0 else f"{missing:,.0f} to go"
        tone: Tone = "good" if missing == 0 else ""
        rows.append(
            [
                cell(tier.name, strong=tier.name == draft.partner.tier),
                cell(f"{asked:,.0f}"),
                Cell((Span(gap, linked),), tone),
            ]
        )
    columns = [wide("Step", 2.0), number("Seats it asks for"), number("To go")]
    return table(columns, rows, title="Steps by seats")


def support(plan: Outline) -> Section:
    """Return the support of the last twelve months by severity: what the support tier must hold."""
    draft = plan.draft
    recent = year_back(draft.today)
    cases = [row for row in draft.rows.of("cases") if (on := day(row["opened_at"])) and on in recent]
    name, heading = "support-tier", "Support tier"
    if not cases:
        return lacking(
            name,
            heading,
            "The support tier is still to be agreed",
            "Support tier: no case of twelve months is on record.",
        )
    key = draft.listed("cases", "Support cases", "Cases opened in the last twelve months.", "cases", cases)
    rows = []
    for severity in sorted({row["severity"] for row in cases}):
        mine = [row for row in cases if row["severity"] == severity]
        timed = [row for row in mine if row["respond_by"]]
        kept = [
            row for row in timed if row["first_response_at"] and row["first_response_at"] <= row["respond_by"]
        ]
        share = len(kept) / len(timed) if timed else None
        slow: Tone = "bad" if share is not None and share < 0.85 else ""
        rows.append(
            [
                cell(severity),
                Cell((Span(f"{len(mine):,}", key),)),
                Cell((Span(draft.frozen.write(share, Unit.PERCENT), key),), slow),
                Cell((Span(f"{sum(bool(row['reopened']) for row in mine):,}", key),)),
            ]
        )
    columns = [wide("Severity", 2.0), number("Cases"), number("Answered in time"), number("Reopened")]
    message = f"{capital(in_words(len(cases), 'case'))} in twelve months set the support tier"
    return following(name, heading, message, (table(columns, rows),))
