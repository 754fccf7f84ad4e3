"""Sections of types that sell through a marketplace: listing funnel, certification, joint deals, adoption."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.booked import JOINT
from camdesk.documents.drafting.draft import Draft, cell, day_cell, number, rest_of, say, table, wide
from camdesk.documents.drafting.months import labels, months_to, newest_month, sum_by_month
from camdesk.documents.drafting.registrations import closed_key
from camdesk.documents.drafting.rows import Row, amount, day, deal_name
from camdesk.documents.model import (
    Bars,
    Block,
    Cell,
    Column,
    Line,
    Missing,
    Section,
    Series,
    Span,
    StackedColumns,
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
        return Section(name, heading, "No listing activity is on record", (), (Missing((lack,)),))
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
        return Section(name, heading, "No listing is on record", (), (Missing((lack,)),), False)
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


def joint_deals(draft: Draft) -> Section:
    """Return the deals sold jointly: what closed in the quarter and what is open, idle ones named."""
    name, heading = "joint-deals", "Joint deals"
    still = [row for row in facts.open_deals(draft.rows, draft.today) if row["kind"] in JOINT]
    won, lost = (
        tuple(row for row in facts.closed_deals(draft.rows, word, draft.elapsed) if row["kind"] in JOINT)
        for word in ("won", "lost")
    )
    if not still and not won and not lost:
        lack = "Joint deals: none is open and none was closed in the quarter."
        return Section(name, heading, "No joint deal", (), (Missing((lack,)),), False)
    idle = [row for row in still if (draft.today - _last_activity(row, draft.today)).days > 30]
    parts: list[str | Span] = []
    for word, rows in (("won", won), ("lost", lost)):
        if rows:
            key = closed_key(draft, word, rows, what="Joint deals")
            parts += [" and " if parts else "", Span(in_words(len(rows), "deal"), key), " worth "]
            parts += [draft.total(rows, "amount", key), f" {word}"]
    if parts:
        parts = ["", capital_span(parts[1]), *parts[2:], f" in {draft.quarter(draft.day)}."]
    blocks: list[Block] = []
    if still:
        key = draft.listed(
            "joint-open",
            "Open joint deals",
            "Jointly sold deals open on this day, by amount in base currency.",
            "deals",
            still,
            column="amount",
        )
        parts += [" " if parts else "", draft.total(still, "amount", key), " is open jointly"]
        if idle:
            parts += ["; ", draft.total(idle, "amount", key), " of it has seen no activity for thirty days"]
        parts.append(".")
        rows_ = [
            [
                cell(deal_name(row)),
                cell(row["customer"]),
                cell(capital((row["stage"] or DASH).replace("_", " "))),
                day_cell(day(row["last_activity_on"]), tone="bad" if row in idle else ""),
                day_cell(day(row["expected_close_on"])),
                draft.amount_cell(row),
            ]
            for row in still[:SHOWN]
        ]
        columns = [
            wide("Deal", 1.6),
            wide("Customer", 1.2),
            Column("Stage"),
            number("Last activity"),
            number("Expected close"),
        ]
        blocks.append(
            table([*columns, number("Amount")], rows_, note=rest_of("deal", len(still), SHOWN, key))
        )
    return Section(name, heading, _joint_message(still, idle, won, lost), say(*parts), tuple(blocks), False)


def capital_span(part: str | Span) -> str | Span:
    return Span(capital(part.text), part.figure) if isinstance(part, Span) else capital(part)


def _last_activity(row: Row, today: date) -> date:
    return day(row["last_activity_on"]) or day(row["submitted_at"]) or today


def _joint_message(still: list[Row], idle: list[Row], won: tuple[Row, ...], lost: tuple[Row, ...]) -> str:
    if idle and len(idle) * 2 >= len(still):
        return "At least half of the open joint deals lie idle"
    gained, gone = (sum(amount(row) for row in rows) for rows in (won, lost))
    if won and gained >= gone:
        return "More was won jointly than lost"
    if lost:
        return "More was lost jointly than won" if won else "No joint deal was won in the quarter"
    return f"{capital(in_words(len(still), 'joint deal'))} open"


def adoption(draft: Draft) -> Section:
    """Return active customers by month over a year."""
    name, heading = "adoption-by-month", "Adoption"
    rows = [row for row in draft.rows.of("listing_activity") if row["active_customers"] is not None]
    last = newest_month(rows, draft.day)
    if last is None:
        lack = "Adoption: no active customers have been reported for the days under review."
        return Section(name, heading, "Adoption is not reported", (), (Missing((lack,)),), False)
    months = months_to(last)
    sums = sum_by_month(rows, "month", lambda row: row["active_customers"])
    key = draft.frozen.metric("active_customers", on=draft.day).key
    values = tuple(sums.get(month) for month in months)
    totals = tuple(Span("–" if value is None else f"{value:,.0f}", key) for value in values)
    told = "; ".join(f"{label} {total.text}" for label, total in zip(labels(months), totals, strict=True))
    chart = StackedColumns(
        "Active customers by month",
        labels(months),
        (Series("Active customers", values),),
        totals,
        f"Active customers by month: {told}.",
    )
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
    last, before = values[-1], values[-4]
    if last is None or not before:
        return "Active customers by month"
    moved = last / before - 1
    if abs(moved) < 0.005:
        return "Active customers hold over three months"
    return (
        "Active customers grow over three months" if moved > 0 else "Active customers fall over three months"
    )
