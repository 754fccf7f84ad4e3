"""How a stored plan stands: its targets against pace, its milestones, what both sides kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import output, values
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.results import Unit
from camdesk.insight.wording import write, write_day

if TYPE_CHECKING:
    from camdesk.documents.plan_progress import PlanProgress, TargetProgress

_SIDES = {"vendor": "ours", "partner": "theirs", "both": "both"}
_STATES = {"behind": "red", "late": "red", "done late": "yellow", "ahead": "green", "done": "green"}


def show(
    context: typer.Context,
    document: Annotated[int, typer.Argument(metavar="ID", help="The plan's number.")],
    as_json: AsJson = False,
) -> None:
    """Say how a plan stands today: each target against its pace, milestones, commitments."""
    session = session_of(context)
    with session.desk() as desk:
        found = desk.plan_progress(document)
        currency = desk.settings.base_currency
    if session.json:
        output.as_json({"document_id": document, **_body(found)})
    else:
        _tell(found, currency)


def _tell(found: PlanProgress, currency: str) -> None:
    output.heading(f"Plan {found.period} of {found.partner_id} on {write_day(found.as_of)}")
    output.line(f"{found.elapsed:.0%} of its year is over.")
    if found.targets:
        titles = ("Target", "By then", "So far", "Pace", "Gap")
        columns = [
            *(output.Column(title, right=title != "Target", wide=title == "Target") for title in titles),
            output.Column("State", styles=_STATES),
        ]
        output.table(columns, [_row(one, currency) for one in found.targets])
    if found.milestones:
        output.heading("Milestones")
        columns = [
            output.Column("What", wide=True),
            output.Column("Due"),
            output.Column("State", styles=_STATES),
        ]
        rows = [(step.text, write_day(step.due), step.state.value) for step in found.milestones]
        output.table(columns, rows)
    for one in found.commitments:
        output.line(
            f"Commitments {_SIDES[one.side]}: {one.due} (kept {one.kept}, late {one.late}, open {one.open})"
        )


def _row(one: TargetProgress, currency: str) -> tuple[str, ...]:
    unit = Unit(one.target.unit)
    numbers = (one.target.value, one.value, one.pace, one.gap)
    return (
        one.target.title,
        *(write(number, unit, currency=currency) for number in numbers),
        one.standing.value,
    )


def _body(found: PlanProgress) -> dict[str, Any]:
    return {
        "partner_id": found.partner_id,
        "period": found.period,
        "as_of": found.as_of.isoformat(),
        "elapsed": found.elapsed,
        "targets": [_target(one) for one in found.targets],
        "milestones": [
            {
                "text": step.text,
                "due_on": step.due.isoformat(),
                "done_on": values.day(step.done_on),
                "state": step.state.value,
            }
            for step in found.milestones
        ],
        "commitments": [
            {"side": one.side, "due": one.due, "kept": one.kept, "late": one.late, "open": one.open}
            for one in found.commitments
        ],
    }


def _target(one: TargetProgress) -> dict[str, Any]:
    unit = Unit(one.target.unit)
    return {
        "metric": one.target.metric,
        "title": one.target.title,
        "unit": one.target.unit,
        "side": one.target.side,
        "target": values.value(one.target.value, unit),
        "value": values.value(one.value, unit),
        "pace": values.value(one.pace, unit),
        "gap": values.value(one.gap, unit),
        "standing": one.standing.value,
        "counted_to": one.counted_to.isoformat(),
        "n": one.n,
    }
