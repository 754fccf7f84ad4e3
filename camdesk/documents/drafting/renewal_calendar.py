"""What falls due for renewal in each of the next twelve months, by how sure it is."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import Period, add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft, lacking, say
from camdesk.documents.drafting.months import (
    columns_by_month,
    months_from,
    sum_by_month,
)
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import (
    Line,
    Section,
    Series,
    Span,
)
from camdesk.documents.phrases import capital, clipped, in_words

NAME = 40


def section(draft: Draft) -> Section:
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
        return lacking(name, heading, "No renewal ahead", lack)
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
    above = [Span(draft.money(whole[month]) if month in whole else "", key) for month in months]
    chart = columns_by_month("Renewals due by month", months, parts, above, title="Value due by month")
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
