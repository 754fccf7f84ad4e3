"""The dated steps of the year: those on record, and those that the records themselves set."""

from __future__ import annotations

from datetime import date, timedelta

from camdesk.documents.drafting.draft import cell, day_cell, lacking, number, table, wide
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.rows import day
from camdesk.documents.model import FrozenMilestone, Section
from camdesk.documents.phrases import capital, clipped, in_words, number_in_words

_SHOWN = 14
_TEXT = 70
REVIEW, AGREEMENT = "Review of", "Agreement to be renewed"
REVIEW_AFTER = timedelta(days=45)


def ahead(plan: Outline) -> tuple[FrozenMilestone, ...]:
    """Return the steps still to be done by the end of the planned year, the next first.

    A review after each quarter belongs to every plan whose type and class meets for one.
    """
    draft = plan.draft
    found: list[tuple[date, str]] = []
    for row in draft.rows.of("milestones"):
        due = day(row["due_on"])
        if (
            row["kind"] == "joint"
            and row["completed_on"] is None
            and due is not None
            and due <= plan.period.last
        ):
            found.append((due, str(row["name"])))
    derived = draft.insight.milestones(draft.partner.partner_id)
    found += [(one.due_on, one.name) for one in derived if one.done_on is None and one.due_on is not None]
    for row in draft.rows.of("agreements"):
        if (ends := day(row["expires_on"])) is not None and ends in plan.period:
            by = day(row["notice_by"]) or ends
            found.append((by, f"{AGREEMENT}: {row['kind'].replace('_', ' ')}"))
    cadence = draft.profile.cadence.get(draft.partner.attention)
    if cadence is not None and cadence.review is not None and plan.target is not None:
        step = 1 if cadence.review <= 100 else 2
        for quarter, _part in plan.target.quarters[step - 1 :: step]:
            title = draft.calendar.quarter_title(quarter.start)
            found.append((quarter.last + REVIEW_AFTER, f"{REVIEW} {title} against this plan"))
    return tuple(FrozenMilestone(clipped(text, _TEXT), due) for due, text in sorted(set(found)))


def section(plan: Outline) -> Section:
    steps = ahead(plan)
    if not steps:
        lack = "Milestones: none is on record beyond today."
        return lacking("milestones", "Milestones", "Milestones are still to be set", lack)
    today = plan.draft.today
    rows = [
        [
            cell(step.text),
            day_cell(step.due),
            cell("late", tone="bad") if step.due < today else cell("open"),
        ]
        for step in steps[:_SHOWN]
    ]
    late = sum(step.due < today for step in steps)
    message = f"{capital(in_words(len(steps), 'milestone'))} on the way" + (
        f", {number_in_words(late)} late" if late else ""
    )
    columns = [wide("Milestone", 2.6), number("Due"), number("State")]
    return following("milestones", "Milestones", message, (table(columns, rows),))
