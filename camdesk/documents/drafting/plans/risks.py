"""What the plan assumes and what could go wrong, each with the sign by which to notice it in time."""

from __future__ import annotations

from camdesk.documents.drafting.booked import booked
from camdesk.documents.drafting.draft import Draft, lacking, table, wide
from camdesk.documents.drafting.plans import network
from camdesk.documents.drafting.plans.capability import ending, ending_key
from camdesk.documents.drafting.plans.outline import INPUTS, ODDS, Outline, following
from camdesk.documents.drafting.plans.purpose import write_chance
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.rows import amount, day
from camdesk.documents.model import Cell, Section, Span
from camdesk.documents.odds import DealFlow, RecurringFlow
from camdesk.documents.phrases import capital, clipped, in_words
from camdesk.insight.results import Unit
from camdesk.insight.wording import write_day

_SHOWN = 8
_LARGE = 0.2
_NAME = 34
_Row = tuple[str, Cell, str]


def section(plan: Outline) -> Section:
    """Return assumptions and risks that the records show, each with its trigger and what then happens."""
    found = [*_assumptions(plan), *_risks(plan)][:_SHOWN]
    if not found:
        lack = "Assumptions and risks: no target and no records to find one in."
        return lacking("risks", "Risks", "What could go wrong is still to be talked through", lack)
    rows = [[Cell((Span(kind),), "quiet"), what, Cell((Span(trigger),))] for kind, what, trigger in found]
    columns = [
        wide("", 0.7),
        wide("What the plan rests on, or could lose", 2.2),
        wide("Trigger: talk at once when", 2.0),
    ]
    whose = "with its trigger" if len(found) == 1 else "each with its trigger"
    message = f"{capital(in_words(len(found), 'thing'))} to watch, {whose}"
    return following("risks", "Risks", message, (table(columns, rows),))


def _assumptions(plan: Outline) -> list[_Row]:
    draft, flow = plan.draft, plan.way.flow
    found: list[_Row] = []
    if plan.target is not None and plan.target.assumed:
        found.append(
            (
                "Assumption",
                Cell((Span("The target itself is assumed from last year’s result"),)),
                "it is not agreed by the first review",
            )
        )
    if isinstance(flow, DealFlow):
        rate = Span(draft.frozen.write(flow.win.share, Unit.PERCENT), INPUTS)
        found.append(
            (
                "Assumption",
                Cell((Span("The win rate stays at "), rate)),
                "it is five points lower at a quarter’s end",
            )
        )
        pace = Span(f"{flow.starts:.1f} {plan.way.starts}s", INPUTS)
        found.append(
            (
                "Assumption",
                Cell((pace, Span(" a month keep coming in"))),
                "two months in a row bring fewer than half of that",
            )
        )
        if flow.renewal is not None and flow.renewing:
            kept = Span(draft.frozen.write(flow.renewal.share, Unit.PERCENT), INPUTS)
            found.append(
                (
                    "Assumption",
                    Cell((Span("Renewals keep to a rate of "), kept)),
                    "a renewal is not opened thirty days before it is due",
                )
            )
    if isinstance(flow, RecurringFlow):
        kept = Span(draft.frozen.write(flow.retention, Unit.PERCENT), INPUTS)
        found.append(
            (
                "Assumption",
                Cell((Span("Existing customers keep to "), kept, Span(" of their billing"))),
                "seats fall two months in a row",
            )
        )
    return found


def _risks(plan: Outline) -> list[_Row]:
    draft = plan.draft
    found: list[_Row] = []
    if plan.outlook is not None and plan.outlook.base is not None and plan.outlook.base.chance < 0.5:
        chance = Span(write_chance(plan.outlook.base.chance), ODDS)
        found.append(
            (
                "Risk",
                Cell((Span("As things stand the odds of the target are "), chance)),
                "the first half-year ends behind its pace",
            )
        )
    largest = _largest(plan)
    if largest is not None:
        found.append(("Risk", largest, "that customer delays an order or a renewal"))
    rows = ending(plan)
    if rows:
        words = Span(in_words(len(rows), "certificate").capitalize(), ending_key(plan))
        found.append(
            (
                "Risk",
                Cell((words, Span(f" {'ends' if len(rows) == 1 else 'end'} in the year"))),
                "an exam is not booked sixty days before",
            )
        )
    found += _people(draft)
    for row in draft.rows.of("agreements"):
        ends = day(row["expires_on"])
        if ends is not None and ends in plan.period:
            kind = str(row["kind"]).replace("_", " ")
            found.append(
                (
                    "Risk",
                    Cell((Span(f"The {kind} agreement ends on {write_day(ends)}"),)),
                    f"there is no new text by {write_day(day(row['notice_by']) or ends)}",
                )
            )
    return found


def _largest(plan: Outline) -> Cell | None:
    """Return the customer or reseller that brings a fifth or more of the year, where there is one."""
    if plan.target is None:
        return None
    recent = booked(plan.draft, plan.target.metric, year_back(plan.draft.today))
    if recent is None or recent.value <= 0:
        return None
    column = network.BUYER if recent.entity == network.METRIC else "customer"
    sums: dict[str, float] = {}
    for row in recent.rows:
        if row.get(column):
            sums[str(row[column])] = sums.get(str(row[column]), 0) + amount(row, recent.column)
    if not sums:
        return None
    name, value = min(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    if value / recent.value < _LARGE:
        return None
    rows = [row for row in recent.rows if str(row.get(column)) == name]
    words = "The records of the customer or reseller that brought most of the last twelve months."
    key = plan.draft.listed(
        "largest-customer", clipped(name, _NAME), words, recent.entity, rows, column=recent.column
    )
    return Cell(
        (
            Span(f"{clipped(name, _NAME)} brings "),
            Span(f"{value / recent.value * 100:.0f}%", key),
            Span(" of the year"),
        )
    )


def _people(draft: Draft) -> list[_Row]:
    contacts = draft.rows.of("contacts")
    here = [row for row in contacts if not row["left_on"]]
    found: list[_Row] = []
    if contacts and not any(row["is_executive"] for row in here):
        found.append(
            (
                "Risk",
                Cell((Span("No executive of the partner stands behind the plan"),)),
                "the plan is not signed by the first review",
            )
        )
    if len(here) == 1:
        found.append(
            (
                "Risk",
                Cell((Span(f"Everything runs through {clipped(str(here[0]['name']), _NAME)}"),)),
                "no second contact is met in the first quarter",
            )
        )
    return found
