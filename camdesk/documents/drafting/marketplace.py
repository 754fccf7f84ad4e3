"""Sections of types that sell through a marketplace: listing funnel, certification, adoption."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import add_months
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.months import (
    columns_by_month,
    months_to,
    newest_month,
    over_three_months,
    sum_by_month,
    totals,
)
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import (
    Bars,
    Cell,
    Column,
    Line,
    Section,
    Series,
    Span,
    Step,
    Tone,
)
from camdesk.documents.phrases import capital, clipped, in_words, joined
from camdesk.insight.wording import DASH, write_day

SHOWN = 8
NAME = 44
SOON_DAYS = 90
STALE_DAYS = 180


def funnel(draft: Draft) -> Section:
    """Return views, installs and what stays of them, over the three newest months."""
    name, heading = "listing-funnel", "Listing"
    activity = draft.rows.of("listing_activity")
    last = newest_month(activity, draft.day)
    if last is None:
        lack = "Listing: no listing activity has been delivered for the days under review."
        return lacking(name, heading, "No listing activity is on record", lack, new_page=True)
    first = add_months(last, -2)
    inside = [row for row in activity if first <= (day(row["month"]) or date.max) <= last]
    key = draft.listed(
        "listing-months",
        f"Listing activity, {first:%B} to {last:%B %Y}",
        "Rows of listing activity of the three newest months: views, installs and uninstalls are added up.",
        "listing_activity",
        sorted(inside, key=lambda row: row["month"], reverse=True),
        on=draft.day,
    )
    views, installs, gone = (_sum(inside, column) for column in ("views", "installs", "uninstalls"))
    steps = [Step("Views", views, f"{views:,.0f}", key), Step("Installs", installs, f"{installs:,.0f}", key)]
    notes: list[Line] = [(), _share(installs, views, "of the views", key)]
    stayed = installs - gone
    steps.append(Step("Net installs", max(0, stayed), _signed(stayed), key))
    notes.append(say(Span(f"{gone:,.0f}", key), " uninstalls") if gone else ())
    told = "; ".join(f"{step.label.lower()} {step.written}" for step in steps)
    bars = Bars(f"{first:%B} to {last:%B %Y}", tuple(steps), tuple(notes), f"Listing funnel: {told}.")
    return Section(name, heading, _funnel_message(installs, gone), _funnel_lead(draft, inside, key), (bars,))


def _sum(rows: list[Row], column: str) -> float:
    return sum(row[column] or 0 for row in rows)


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else ''}{abs(value):,.0f}"


def _share(part: float, whole: float, of: str, key: str) -> Line:
    return say(Span(f"{part / whole * 100:.1f}%", key), f" {of}") if whole > 0 else ()


def _funnel_message(installs: float, gone: float) -> str:
    if not installs and not gone:
        return "Nobody installed in three months"
    if gone > installs:
        return "More customers uninstall than install"
    if gone * 2 > installs:
        return "More than half of the installs are lost again"
    return "Installs outnumber uninstalls"


def _funnel_lead(draft: Draft, inside: list[Row], key: str) -> Line:
    """Return how the views convert, and which listing loses most where several are live."""
    parts: list[str | Span] = []
    line = draft.line("listing_conversion")
    value = draft.figure("listing_conversion")
    if value is not None:
        parts += [value, " of the views become installs"]
        if line is not None and line.target is not None:
            parts += [
                " against a target of ",
                Span(draft.frozen.write(line.target.value, line.unit), value.figure),
            ]
        parts.append(".")
    names = {row["listing_id"]: str(row["name"]) for row in draft.rows.of("listings")}
    net: dict[str, float] = {}
    for row in inside:
        net[row["listing_id"]] = (
            net.get(row["listing_id"], 0) + (row["installs"] or 0) - (row["uninstalls"] or 0)
        )
    worst = min(net, key=lambda one: (net[one], one))
    if len(net) > 1 and net[worst] < 0:
        lost = Span(f"{-net[worst]:,.0f}", key)
        parts += [
            " " if parts else "",
            f"{clipped(names.get(worst, worst), NAME)} lost ",
            lost,
            " customers net.",
        ]
    return say(*parts)


def certification(draft: Draft) -> Section:
    """Return each listing with what keeps it running: certificate, API version, last update."""
    name, heading = "certification-matrix", "Integration"
    listings = [row for row in draft.rows.of("listings") if row["status"] != "retired"]
    if not listings:
        lack = "Integration: no listing is live or in draft."
        return lacking(name, heading, "No listing is on record", lack)
    ranked = sorted(listings, key=lambda row: (row["status"] != "live", row["name"], row["listing_id"]))
    key = draft.listed(
        "listings",
        "Listings",
        "Listings that are live or in draft on this day.",
        "listings",
        ranked,
    )
    rows = [
        [
            cell(row["name"], strong=True),
            cell(capital(row["status"] or DASH)),
            _until(
                draft, row["certified_until"], lacking="not certified" if row["status"] == "live" else DASH
            ),
            cell(row["api_version"]),
            _until(draft, row["api_retires_on"], lacking=DASH),
            _updated(draft, row),
        ]
        for row in ranked[:SHOWN]
    ]
    columns = [
        wide("Listing", 1.6),
        Column("State"),
        number("Certified until"),
        Column("API"),
        number("API retires"),
        number("Updated"),
    ]
    block = table(columns, rows, note=rest_of("listing", len(listings), SHOWN, key))
    live = [row for row in listings if row["status"] == "live"]
    return Section(
        name, heading, _certified_message(draft, live), _integration_lead(draft, live), (block,), False
    )


def _until(draft: Draft, stored: str | None, *, lacking: str) -> Cell:
    until = day(stored)
    if until is None:
        return cell(lacking, tone="bad" if lacking != DASH else "")
    left = (until - draft.today).days
    tone: Tone = "bad" if left <= 0 else "warn" if left <= SOON_DAYS else ""
    return day_cell(until, tone=tone)


def _updated(draft: Draft, row: Row) -> Cell:
    on = day(row["updated_on"])
    return day_cell(on, tone="warn" if on is not None and (draft.today - on).days > STALE_DAYS else "")


def _certified_message(draft: Draft, live: list[Row]) -> str:
    if not live:
        return "No listing is live yet"
    lapsed = sum(1 for row in live if (day(row["certified_until"]) or date.min) <= draft.today)
    if lapsed:
        return f"{capital(in_words(lapsed, 'live listing'))} without a valid certificate"
    return "Every live listing is certified" if len(live) > 1 else "The live listing is certified"


def _integration_lead(draft: Draft, live: list[Row]) -> Line:
    """Return which interfaces are switched off soon, and which listings nobody has updated."""
    parts: list[str] = []
    for row in live:
        retires = day(row["api_retires_on"])
        if retires is not None and 0 <= (retires - draft.today).days <= SOON_DAYS:
            version = clipped(str(row["api_version"] or "its API"), NAME)
            parts.append(
                f"{clipped(str(row['name']), NAME)} uses {version}, which retires on {write_day(retires)}."
            )
    stale = [row for row in live if (on := day(row["updated_on"])) and (draft.today - on).days > STALE_DAYS]
    if stale:
        names = joined([clipped(str(row["name"]), NAME) for row in stale[:2]])
        parts.append(f"{names} {'has' if len(stale) == 1 else 'have'} not been updated for half a year.")
    return say(" ".join(parts[:3])) if parts else ()


def adoption(draft: Draft) -> Section:
    """Return active customers by month over a year."""
    name, heading = "adoption-by-month", "Adoption"
    rows = [row for row in draft.rows.of("listing_activity") if row["active_customers"] is not None]
    last = newest_month(rows, draft.day)
    if last is None:
        lack = "Adoption: no active customers have been reported for the days under review."
        return lacking(name, heading, "Adoption is not reported", lack)
    months = months_to(last)
    sums = sum_by_month(rows, "month", lambda row: row["active_customers"])
    key = draft.frozen.metric("active_customers", on=draft.day).key
    values = tuple(sums.get(month) for month in months)
    customers = Series("Active customers", values)
    chart = columns_by_month("Active customers by month", months, (customers,), totals(values, key))
    parts: list[str | Span] = []
    growth = draft.figure("active_customer_growth")
    if growth is not None:
        parts += ["Against three months before: ", growth, "."]
    tickets = draft.figure("ticket_rate")
    if tickets is not None:
        parts += [" " if parts else "", tickets, " tickets a month for each hundred customers."]
    return Section(name, heading, _adoption_message(values), say(*parts), (chart,), False)


def _adoption_message(values: tuple[float | None, ...]) -> str:
    fallen = 0
    for place in range(len(values) - 1, 0, -1):
        now, before = values[place], values[place - 1]
        if now is None or before is None or now >= before:
            break
        fallen += 1
    if fallen > 1:
        return f"Active customers have fallen {in_words(fallen, 'month')} in a row"
    return over_three_months("Active customers", values)
