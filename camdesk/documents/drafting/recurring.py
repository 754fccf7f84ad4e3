"""Sections of types with recurring revenue: the bridge, and seats by month."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from camdesk.base.periods import add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft, lacking, say
from camdesk.documents.drafting.months import (
    columns_by_month,
    months_to,
    newest_month,
    over_three_months,
    sum_by_month,
    totals,
)
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import (
    Line,
    Section,
    Series,
    Span,
    Step,
    Waterfall,
)
from camdesk.documents.phrases import clipped, count

NAME = 40
FELT = 0.005  # of all recurring revenue: a smaller change is not worth a sentence
_UNNAMED = "customers without a name"


def bridge(draft: Draft) -> Section:
    """Return recurring revenue three months ago and in the newest month, with what lies between."""
    name, heading = "recurring-revenue-bridge", "Recurring revenue"
    rows = [row for row in draft.rows.of("usage") if row["recurring_revenue_base"] is not None]
    last = newest_month(rows, draft.day)
    if last is None:
        lack = "Recurring revenue: no usage with an amount has been delivered for the days under review."
        return lacking(name, heading, "No recurring revenue is on record", lack, new_page=True)
    first = add_months(last, -3)
    before, after = _by_customer(rows, first), _by_customer(rows, last)
    if not before:
        lack = f"Recurring revenue: there is no usage of {first:%B %Y} to compare {last:%B %Y} with."
        return lacking(name, heading, "Recurring revenue has no past yet", lack, new_page=True)
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
        return lacking(name, heading, "No seat is on record", lack)
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
    chart = columns_by_month("Seats by month", months, parts, totals(values, key))
    lead = _seats_lead(draft, rows, last)
    return Section(name, heading, over_three_months("Seats", values), lead, (chart,), False)


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
