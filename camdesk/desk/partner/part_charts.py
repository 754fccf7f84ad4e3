"""What a page shows beside the sections of a review: charts that a page of paper has no room for."""

from __future__ import annotations

from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.months import labels, months_to, newest_month, sum_by_month
from camdesk.documents.drafting.rows import amount
from camdesk.documents.model import Missing, Section, Series, Span, StackedColumns

_NAME, _HEADING = "recurring-revenue-by-month", "Recurring revenue by month"


def revenue_by_month(draft: Draft) -> Section:
    """Return recurring revenue by month over a year."""
    rows = [row for row in draft.rows.of("usage") if row["recurring_revenue_base"] is not None]
    last = newest_month(rows, draft.day)
    if last is None:
        lack = "Recurring revenue: no usage with an amount has been delivered."
        return Section(_NAME, _HEADING, "No recurring revenue is on record", (), (Missing((lack,)),), False)
    months = months_to(last)
    sums = sum_by_month(rows, "month", lambda row: amount(row, "recurring_revenue"))
    key = draft.frozen.metric("recurring_revenue", on=draft.day).key
    values = tuple(sums.get(month) for month in months)
    totals = tuple(Span("–" if value is None else draft.money(value), key) for value in values)
    told = "; ".join(f"{label} {total.text}" for label, total in zip(labels(months), totals, strict=True))
    first = next((place for place, value in enumerate(values) if value is not None), 0)
    message = (
        f"A month’s recurring revenue: {totals[first].text} in {months[first]:%B}, {totals[-1].text} now"
    )
    chart = StackedColumns(
        _HEADING,
        labels(months),
        (Series("Recurring revenue", values, key),),
        totals,
        f"{_HEADING}: {told}.",
    )
    return Section(_NAME, _HEADING, message, (), (chart,), False)
