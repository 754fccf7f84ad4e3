"""What only resellers plan: the account list, certifications person by person, and the fund calendar."""

from __future__ import annotations

from camdesk.base.periods import ONE_DAY, add_months
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.plans.capability import ending, ending_key
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Cell, Column, Section, Span
from camdesk.documents.phrases import capital, in_words
from camdesk.insight.wording import write_day

_ACCOUNTS = 10
_PEOPLE = 10
_FUNDS = 4


def account_list(plan: Outline) -> Section:
    """Return the largest customers of twelve months with what renews in the year: the accounts to work."""
    draft = plan.draft
    recent = year_back(draft.today)
    orders = [
        row
        for row in draft.rows.of("orders")
        if row["customer"] and (on := day(row["booked_on"])) and on in recent
    ]
    name, heading = "account-list", "Account list"
    if not orders:
        lack = "Account list: no order of the last twelve months names its customer."
        return lacking(name, heading, "The account list is still to be drawn up", lack)
    sums: dict[str, float] = {}
    for row in orders:
        sums[str(row["customer"])] = sums.get(str(row["customer"]), 0) + amount(row)
    largest = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    key = draft.listed(
        "account-orders",
        "Orders by account",
        "Orders of twelve months that name their customer.",
        "orders",
        sorted(orders, key=lambda row: -amount(row)),
        column="amount",
    )
    rows, renewing = [], False
    for customer, value in largest[:_ACCOUNTS]:
        ahead = (day(row["due_on"]) for row in _open_with(draft, customer, "renewals"))
        due = min((on for on in ahead if on and on > draft.today), default=None)
        renewing |= due is not None
        deals = _open_with(draft, customer, "deals")
        rows.append(
            [
                cell(customer),
                Cell((Span(draft.money(value), key),)),
                day_cell(due),
                cell(f"{len(deals):,}" if deals else "–"),
            ]
        )
    columns = [wide("Account", 2.2), number("Twelve months"), number("Next renewal"), number("Open deals")]
    if not renewing:
        columns, rows = [columns[0], columns[1], columns[3]], [[row[0], row[1], row[3]] for row in rows]
    share = sum(value for _, value in largest[:_ACCOUNTS]) / sum(sums.values())
    shown = min(len(largest), _ACCOUNTS)
    much = f"{share * 100:.0f}% of" if share < 0.995 else "all"
    message = (
        f"{capital(in_words(shown, 'account'))} bring {much} orders"
        if shown > 1
        else "One account brings all orders"
    )
    note = rest_of("account", len(largest), shown, key)
    return following(name, heading, message, (table(columns, rows, note=note),))


def _open_with(draft: Draft, customer: str, entity: str) -> list[Row]:
    return [row for row in draft.rows.of(entity) if row["customer"] == customer and row["status"] == "open"]


def certification_plan(plan: Outline) -> Section:
    """Return who must renew which certificate in the year, the next first."""
    found = ending(plan)
    name, heading = "certification-plan", "Certification plan"
    if not found:
        lack = "Certification plan: no certificate ends in the year."
        return lacking(name, heading, "No certificate has to be renewed", lack)
    rows = [
        [
            cell(row["person"]),
            cell(row["name"]),
            cell(capital(row["track"] or "–")),
            day_cell(day(row["expires_on"])),
        ]
        for row in found[:_PEOPLE]
    ]
    columns = [wide("Person", 1.2), wide("Certificate", 2.0), Column("Track"), number("Renew by")]
    people = len({row["person"] for row in found})
    message = f"{capital(in_words(people, 'person')).replace('persons', 'people')} to certify again"
    note = rest_of("certificate", len(found), _PEOPLE, ending_key(plan))
    return following(name, heading, message, (table(columns, rows, note=note),))


def fund_calendar(plan: Outline) -> Section:
    """Return the market funds by half-year with their use, and when the year's claims are due."""
    draft = plan.draft
    funds = sorted(
        draft.rows.of("funds"), key=lambda row: (row["period_start"], row["fund_id"]), reverse=True
    )[:_FUNDS]
    name, heading = "fund-calendar", "Fund calendar"
    if not funds:
        return lacking(
            name,
            heading,
            "Market funds are still to be agreed",
            "Fund calendar: no market fund is on record.",
        )
    words = "The newest market funds of the partner, and what was approved, claimed or paid from each."
    key = draft.listed("funds", "Market funds by period", words, "funds", funds, column="allocated")
    rows = []
    for fund in reversed(funds):
        used = sum(amount(row) for row in _claims(plan, fund))
        share = used / amount(fund, "allocated") if amount(fund, "allocated") else None
        rows.append(
            [
                cell(fund["name"] or "Market fund"),
                cell(f"{write_day(day(fund['period_start']))} to {write_day(day(fund['period_end']))}"),
                draft.amount_cell(fund, "allocated"),
                Cell((Span(draft.money(used), key),)),
                Cell(
                    (Span(f"{share * 100:.0f}%" if share is not None else "–", key),),
                    "warn" if share is not None and share < 0.5 else "",
                ),
            ]
        )
    middle = add_months(plan.period.start, 6)
    halves = (("first half", plan.period.start, middle - ONE_DAY), ("second half", middle, plan.period.last))
    for half, start, last in halves:
        days = cell(f"{write_day(start)} to {write_day(last)}")
        rows.append(
            [cell(f"{plan.year} {half}"), days, cell("to be agreed", tone="quiet"), cell("–"), cell("–")]
        )
    columns = [wide("Fund", 1.3), wide("Period", 1.7), number("Offered"), number("Used"), number("Share")]
    lead = say("Agree the activities before each half begins; what is not claimed by its last day is gone.")
    return following(
        name, heading, "Market funds, half-year by half-year", (table(columns, rows),), lead=lead
    )


def _claims(plan: Outline, fund: Row) -> list[Row]:
    return [
        row
        for row in plan.draft.rows.of("fund_claims")
        if row["fund_id"] == fund["fund_id"] and row["status"] in ("approved", "claimed", "paid")
    ]
