"""What a page shows beside the sections of a review: charts that a page of paper has no room for."""

from __future__ import annotations

from camdesk.documents.drafting.draft import Draft, lacking
from camdesk.documents.drafting.months import columns_by_month, months_to, newest_month, sum_by_month, totals
from camdesk.documents.drafting.rows import amount
from camdesk.documents.model import Section, Series

_NAME, _HEADING = "recurring-revenue-by-month", "Recurring revenue by month"


def revenue_by_month(draft: Draft) -> Section:
    """Return recurring revenue by month over a year."""
    rows = [row for row in draft.rows.of("usage") if row["recurring_revenue_base"] is not None]
    last = newest_month(rows, draft.day)
    if last is None:
        lack = "Recurring revenue: no usage with an amount has been delivered."
        return lacking(_NAME, _HEADING, "No recurring revenue is on record", lack)
    months = months_to(last)
    sums = sum_by_month(rows, "month", lambda row: amount(row, "recurring_revenue"))
    key = draft.frozen.metric("recurring_revenue", on=draft.day).key
    values = tuple(sums.get(month) for month in months)
    above = totals(values, key, write=draft.money)
    first = next((place for place, value in enumerate(values) if value is not None), 0)
    message = f"A month’s recurring revenue: {above[first].text} in {months[first]:%B}, {above[-1].text} now"
    chart = columns_by_month(_HEADING, months, (Series("Recurring revenue", values, key),), above)
    return Section(_NAME, _HEADING, message, (), (chart,), False)
