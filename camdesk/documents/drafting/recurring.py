"""Sections of types with recurring revenue: the bridge, seats by month, renewals ahead, cases in time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft, cell, number, say, table, wide
from camdesk.documents.drafting.months import labels, months_from, months_to, newest_month, sum_by_month
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import (
    Block,
    Cell,
    Line,
    Missing,
    Section,
    Series,
    Span,
    StackedColumns,
    Step,
    Waterfall,
)
from camdesk.documents.phrases import capital, clipped, count, in_words
from camdesk.insight.wording import DASH

NAME = 40
FELT = 0.005  # of all recurring revenue: a smaller change is not worth a sentence
_UNNAMED = "customers without a name"
_URGENCY = ("P1", "P2", "P3", "P4")


def bridge(draft: Draft) -> Section:
    """Return recurring revenue three months ago and in the newest month, with what lies between."""
    name, heading = "recurring-revenue-bridge", "Recurring revenue"
    rows = [row for row in draft.rows.of("usage") if row["recurring_revenue_base"] is not None]
    last = newest_month(rows, draft.day)
    if last is None:
        lack = "Recurring revenue: no usage with an amount has been delivered for the days under review."
        return Section(name, heading, "No recurring revenue is on record", (), (Missing((lack,)),))
    first = add_months(last, -3)
    before, after = _by_customer(rows, first), _by_customer(rows, last)
    if not before:
        lack = f"Recurring revenue: there is no usage of {first:%B %Y} to compare {last:%B %Y} with."
        return Section(name, heading, "Recurring revenue has no past yet", (), (Missing((lack,)),))
    key = draft.listed(
        "recurring-months",
        f"Recurring revenue, {last:%B %Y}",
        f"Usage of the month by amount; the bridge compares it, customer by customer, with {first:%B %Y}.",
        "usage",
        facts.largest_first([row for row in rows if day(row["month"]) == last], "recurring_revenue"),
        column="recurring_revenue",
        on=draft.day,
    )
    changes = {customer: after.get(customer, 0) - before.get(customer, 0) for customer in before | after}
    parts = (
        ("New", [one for one in changes if one not in before]),
        ("Growth", [one for one in changes if one in before and one in after and changes[one] > 0]),
        ("Shrinkage", [one for one in changes if one in before and one in after and changes[one] < 0]),
        ("Lost", [one for one in changes if one not in after]),
    )
    sums = [(title, sum(changes[one] for one in members)) for title, members in parts]
    steps = tuple(Step(title, value, _signed(draft, value), key) for title, value in sums if value)
    start, end = sum(before.values()), sum(after.values())
    chart = Waterfall(
        f"From {first:%B} to {last:%B %Y}, a month's recurring revenue",
        Step(f"{first:%b %Y}", start, draft.money(start), key),
        Step(f"{last:%b %Y}", end, draft.money(end), key),
        steps,
        f"Recurring revenue {draft.money(start)} in {first:%B %Y}, {draft.money(end)} in {last:%B %Y}: "
        + ("; ".join(f"{step.label.lower()} {step.written}" for step in steps) or "nothing moved it")
        + ".",
    )
    lead = _bridge_lead(draft, changes, before, after, key)
    return Section(name, heading, _bridge_message(start, end, sums), lead, (chart,))


def _by_customer(rows: list[Row], month: date) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        if day(row["month"]) == month:
            sums[str(row["customer"] or _UNNAMED)] += amount(row, "recurring_revenue")
    return dict(sums)


def _signed(draft: Draft, value: float) -> str:
    return f"{'−' if value < 0 else '+'}{draft.money(abs(value))}"


def _bridge_message(start: int, end: int, sums: list[tuple[str, int]]) -> str:
    moved = end - start
    if abs(moved) <= abs(start) * FELT:
        return "Recurring revenue holds"
    causes = [(title, value) for title, value in sums if value and (value > 0) == (moved > 0)]
    title = max(causes, key=lambda pair: abs(pair[1]), default=("", 0))[0]
    words = {
        "New": "new customers carry it",
        "Growth": "existing customers grow",
        "Shrinkage": "existing customers shrink",
        "Lost": "customers have left",
    }
    head = "Recurring revenue grows" if moved > 0 else "Recurring revenue falls"
    return f"{head}: {words[title]}" if title else head


def _bridge_lead(
    draft: Draft, changes: dict[str, int], before: dict[str, int], after: dict[str, int], key: str
) -> Line:
    """Return who moved it most, up and down, by name and amount."""
    felt = sum(before.values()) * FELT
    named = {one: value for one, value in changes.items() if one != _UNNAMED and abs(value) > felt}
    best = max(named, key=lambda one: (named[one], one), default=None)
    worst = min(named, key=lambda one: (named[one], one), default=None)
    parts: list[str | Span] = []
    if best is not None and named[best] > 0:
        verb = "is new with " if best not in before else "grew most, by "
        parts += [f"{clipped(best, NAME)} {verb}", Span(draft.money(named[best]), key), " a month."]
    if worst is not None and named[worst] < 0:
        verb = "has left with " if worst not in after else "fell most, by "
        parts += [" " if parts else "", f"{clipped(worst, NAME)} {verb}"]
        parts += [Span(draft.money(-named[worst]), key), " a month."]
    retention = draft.figure("net_recurring_retention")
    if retention is not None:
        parts += [
            " " if parts else "",
            retention,
            " of last year’s recurring revenue of the same customers is kept.",
        ]
    return say(*parts)


def seats(draft: Draft) -> Section:
    """Return seats by month over a year, those in use apart from the rest."""
    name, heading = "seats-by-month", "Seats"
    rows = [row for row in draft.rows.of("usage") if row["seats"] is not None]
    last = newest_month(rows, draft.day)
    if last is None:
        lack = "Seats: no usage with seats has been delivered for the days under review."
        return Section(name, heading, "No seat is on record", (), (Missing((lack,)),), False)
    months = months_to(last)
    whole = sum_by_month(rows, "month", lambda row: row["seats"])
    used = sum_by_month(rows, "month", lambda row: row["active_seats"])
    key = draft.frozen.metric("managed_seats", on=draft.day).key
    values = [whole.get(month) for month in months]
    active = [None if month not in used else min(used[month], whole.get(month, 0)) for month in months]
    idle = [None if all_ is None else all_ - (part or 0) for all_, part in zip(values, active, strict=True)]
    parts = [Series("In use", tuple(active), key), Series("Not in use", tuple(idle), key)]
    if not any(active):
        parts = [Series("Seats", tuple(values))]
    totals = tuple(Span("–" if value is None else f"{value:,.0f}", key) for value in values)
    told = "; ".join(f"{label} {total.text}" for label, total in zip(labels(months), totals, strict=True))
    chart = StackedColumns("Seats by month", labels(months), tuple(parts), totals, f"Seats by month: {told}.")
    lead = _seats_lead(draft, rows, last)
    return Section(name, heading, _seats_message(values), lead, (chart,), False)


def _seats_message(values: list[float | None]) -> str:
    last, before = values[-1], values[-4]
    if last is None or not before:
        return "Seats by month"
    moved = last / before - 1
    if abs(moved) < 0.005:
        return "Seats hold over three months"
    return "Seats grow over three months" if moved > 0 else "Seats fall over three months"


def _seats_lead(draft: Draft, rows: list[Row], last: date) -> Line:
    """Return the growth, the customer that moved it most, and how many seats are in use."""
    parts: list[str | Span] = []
    growth = draft.figure("seat_growth")
    if growth is not None:
        parts += ["Against three months before: ", growth, "."]
    now, then = (
        sum_by_customer([row for row in rows if day(row["month"]) == month])
        for month in (last, add_months(last, -3))
    )
    moves = {one: now.get(one, 0) - then.get(one, 0) for one in now | then} if then else {}
    moved = max(moves, key=lambda one: (abs(moves[one]), one), default=None)
    if moved is not None and abs(moves[moved]) > sum(then.values()) * FELT:
        verb = "added" if moves[moved] > 0 else "gave up"
        key = draft.frozen.metric("managed_seats", on=draft.day).key
        seats_moved = Span(count(round(abs(moves[moved])), "seat"), key)
        parts += [
            " " if parts else "",
            f"{clipped(moved, NAME)} {verb} ",
            seats_moved,
            ", the largest change.",
        ]
    share = draft.figure("seat_activation")
    if share is not None:
        parts += [" " if parts else "", share, " of the seats are in use."]
    return say(*parts)


def sum_by_customer(rows: list[Row]) -> dict[str, float]:
    """Return seats by named customer."""
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        if row["customer"]:
            sums[str(row["customer"])] += row["seats"]
    return dict(sums)


def renewal_calendar(draft: Draft) -> Section:
    """Return what falls due in each of the next twelve months, by how sure it is."""
    name, heading = "renewal-calendar", "Renewal calendar"
    months = months_from(draft.today)
    span = Period(draft.today, add_months(months[0], len(months)))
    due = [
        row
        for row in facts.renewals_due(draft.rows, draft.today, days=(span.last - draft.today).days)
        if (day(row["due_on"]) or date.min) >= draft.today
    ]
    if not due:
        lack = "Renewal calendar: no open renewal falls due in the next twelve months."
        return Section(name, heading, "No renewal ahead", (), (Missing((lack,)),), False)
    key = draft.listed(
        "renewals-year",
        "Renewals of the next twelve months",
        "Open renewals due from this day to the end of the twelfth month, the next due first.",
        "renewals",
        due,
        column="value",
    )
    states = (
        ("Committed or likely", [row for row in due if row["forecast"] in ("commit", "likely")]),
        ("No forecast yet", [row for row in due if not row["forecast"]]),
        ("At risk", [row for row in due if row["forecast"] == "at_risk"]),
    )
    parts = []
    for title, members in states:
        sums = sum_by_month(members, "due_on", lambda row: amount(row, "value"))
        if members:
            parts.append(Series(title, tuple(sums.get(month) for month in months), key))
    if len(parts) == 1:
        parts = [Series(parts[0].title, parts[0].values)]
    whole = sum_by_month(due, "due_on", lambda row: amount(row, "value"))
    totals = tuple(Span(draft.money(whole[month]) if month in whole else "", key) for month in months)
    told = "; ".join(
        f"{label} {total.text or 'nothing'}" for label, total in zip(labels(months), totals, strict=True)
    )
    chart = StackedColumns(
        "Value due by month", labels(months), tuple(parts), totals, f"Renewals due by month: {told}."
    )
    message = _calendar_message(whole, due)
    return Section(name, heading, message, _calendar_lead(draft, due, states[2][1], key), (chart,), False)


def _calendar_message(whole: dict[date, float], due: list[Row]) -> str:
    peak = max(whole, key=lambda month: (whole[month], month))
    total = sum(whole.values())
    if len(due) == 1:
        return f"One renewal in twelve months, in {peak:%B}"
    share = "most of the year" if total and whole[peak] * 2 > total else "more than any other month"
    return f"{peak:%B} brings {share} to renew"


def _calendar_lead(draft: Draft, due: list[Row], risky: list[Row], key: str) -> Line:
    parts: list[str | Span] = [
        draft.total(due, "value", key),
        " falls due in twelve months, ",
        Span(in_words(len(due), "contract"), key),
        ".",
    ]
    if risky:
        largest = facts.largest_first(risky, "value")[0]
        parts += [" ", draft.total(risky, "value", key), " of it is at risk, most with "]
        parts += [f"{clipped(str(largest['customer']), NAME)}."]
    unopened = [row for row in due if not row["opened_on"] and _within(row, draft.today, 90)]
    if unopened:
        verb = "is" if len(unopened) == 1 else "are"
        parts += [
            " ",
            Span(capital(in_words(len(unopened), "contract")), key),
            " worth ",
            draft.total(unopened, "value", key),
            f" {verb} due within ninety days and not opened.",
        ]
    return say(*parts)


def _within(row: Row, today: date, days: int) -> bool:
    due = day(row["due_on"])
    return due is not None and (due - today).days <= days


def case_sla(draft: Draft) -> Section:
    """Return the cases opened in the quarter by severity, and how many were answered in time."""
    name, heading = "case-sla", "Support cases"
    opened = [row for row in draft.rows.of("cases") if (day(row["opened_at"]) or date.min) in draft.elapsed]
    if not opened:
        known = bool(draft.rows.of("cases"))
        lack = f"Support cases: none was opened in {draft.quarter(draft.day)}."
        words = lack if known else "Support cases: no source has delivered any of this partner."
        return Section(name, heading, "No case in the quarter", (), (Missing((words,)),), False)
    key = draft.listed(
        "cases-quarter",
        f"Cases opened in {draft.quarter(draft.day)}",
        "Support cases opened in the quarter under review. In time: first answered by the hour promised.",
        "cases",
        sorted(opened, key=lambda row: row["opened_at"], reverse=True),
        on=draft.day,
    )
    until = (draft.day + ONE_DAY).isoformat()
    late = [row for row in opened if _is_late(row, until)]
    rows: list[list[Cell]] = []
    for severity in _URGENCY:
        members = [row for row in opened if row["severity"] == severity]
        if members:
            missed = sum(_is_late(row, until) for row in members)
            still = sum(1 for row in members if not row["resolved_at"] or row["resolved_at"] >= until)
            rows.append(
                [
                    cell(severity, strong=True),
                    Cell((Span(f"{len(members):,}", key),)),
                    Cell((Span(f"{len(members) - missed:,}", key),)),
                    Cell((Span(f"{missed:,}" if missed else DASH, key),), "bad" if missed else ""),
                    Cell((Span(f"{still:,}" if still else DASH, key),)),
                ]
            )
    columns = [wide("Severity"), number("Opened"), number("In time"), number("Late"), number("Still open")]
    lead: list[str | Span] = []
    share = draft.figure("case_response_sla")
    if share is not None:
        lead += ["Answered in time over ninety days: ", share, "."]
    if late:
        first = min(late, key=lambda row: (row["severity"], row["opened_at"]))
        about = clipped(str(first["subject"] or first["case_id"]), NAME)
        lead.append(f"{' ' if lead else ''}The gravest late one: {first['severity']}, {about}.")
    message = (
        f"{capital(in_words(len(late), 'case'))} answered late in the quarter"
        if late
        else "Every case answered in time"
    )
    blocks: tuple[Block, ...] = (table(columns, rows),)
    return Section(name, heading, message, say(*lead), blocks, False)


def _is_late(row: Row, until: str) -> bool:
    if not row["respond_by"]:
        return False
    answered = row["first_response_at"]
    return (
        bool(answered > row["respond_by"])
        if answered and answered < until
        else bool(row["respond_by"] < until)
    )
