"""Section "Delivery" of the metrics."""

from __future__ import annotations

from .figure import AsOf, Figure, count, mean, numbers, part
from .periods import last_months
from .records import Row

GOVERNING = ("review", "executive", "steering")


def implementation_csat(at: AsOf, partner: Row) -> Figure:
    asked = [row for row in at.rows("projects", partner) if row.day("csat_on") in at.year_back]
    return mean([score for _, score in numbers(asked, "csat")], least=3)


def projects_on_time(at: AsOf, partner: Row) -> Figure:
    on_time: list[bool] = []
    for project in at.rows("projects", partner):
        completed_on, due_on = project.day("completed_on"), project.day("due_on")
        if completed_on and due_on and completed_on in at.year_back:
            on_time.append(completed_on <= due_on)
    return part(on_time, least=3)


def projects_in_trouble(at: AsOf, partner: Row) -> Figure:
    active = [row for row in at.rows("projects", partner) if row.text("status") == "active"]
    return part([project.text("health") == "red" for project in active])


def reference_projects(at: AsOf, partner: Row) -> Figure:
    two_years = last_months(at.day, 24)
    usable = [
        row for row in at.rows("projects", partner)
        if row.flag("referenceable") and row.day("completed_on") in two_years
    ]  # fmt: skip
    return count(usable, known=at.has("projects", partner))


def governance_held(at: AsOf, partner: Row) -> Figure:
    held: list[bool] = []
    for meeting in at.rows("meetings", partner):
        if meeting.text("kind") not in GOVERNING or meeting.day("scheduled_at") not in at.year_back:
            continue
        status = meeting.text("status")
        if status == "held" or (status == "missed" and meeting.text("missed_by") != "vendor"):
            held.append(status == "held")
    return part(held)


def milestones_on_time(at: AsOf, partner: Row) -> Figure:
    on_time: list[bool] = []
    for milestone in at.rows("milestones", partner):
        due_on, completed_on = milestone.day("due_on"), milestone.day("completed_on")
        if milestone.text("kind") == "joint" and due_on and due_on in at.year_back:
            on_time.append(completed_on is not None and completed_on <= due_on)
    return part(on_time)


METRICS = (
    implementation_csat, projects_on_time, projects_in_trouble, reference_projects, governance_held,
    milestones_on_time,
)  # fmt: skip
