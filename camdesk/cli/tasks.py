"""What you have set out to do."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.cli import output
from camdesk.cli.days import day_of
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import NO_ROWS, Everything, MaybePartner, add_topic, tell_written
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.store.tasks import Task


def register(app: typer.Typer) -> None:
    add_topic(
        app, "task", "What you have set out to do; nobody else sees it.", add=add, done=finish, list=show
    )


def add(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be done.")],
    partner: Annotated[str | None, typer.Option(metavar="PARTNER", help="For which partner.")] = None,
    deal: Annotated[str | None, typer.Option(metavar="ID", help="About which deal.")] = None,
    alert: Annotated[int | None, typer.Option(metavar="ID", help="About which alert.")] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when.")] = None,
    as_json: AsJson = False,
) -> None:
    """Keep a task."""
    day = day_of(due, option="--due")
    with session_of(context).desk() as desk:
        partner_id = None if partner is None else desk.find_partner(partner)
        number = desk.add_task(text, partner_id=partner_id, deal_id=deal, alert_id=alert, due_on=day)
    tell_written(context, f"Task {number} is kept.", task_id=number)


def finish(
    context: typer.Context,
    task: Annotated[int, typer.Argument(metavar="ID", help="The task's number.")],
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Without it: today.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tick a task off."""
    day = day_of(on, option="--on")
    with session_of(context).desk() as desk:
        desk.finish_task(task, on=day)
    tell_written(context, f"Task {task} is done.", task_id=task)


def show(
    context: typer.Context,
    partner: MaybePartner = None,
    everything: Everything = False,
    as_json: AsJson = False,
) -> None:
    """List what is to be done, what is due first in front."""
    session = session_of(context)
    with session.desk() as desk:
        partner_id = None if partner is None else desk.find_partner(partner)
        found = desk.tasks(partner_id, everything=everything)
    if session.json:
        output.as_json({"tasks": [asdict(task) for task in found]})
    elif not found:
        output.line(NO_ROWS)
    else:
        columns = [
            output.Column("Id", right=True),
            output.Column("What", wide=True),
            output.Column("Partner"),
            output.Column("About"),
            output.Column("Due", right=True),
            output.Column("Done", right=True),
        ]
        output.table(columns, [_row(task) for task in found])


def _row(task: Task) -> tuple[str, ...]:
    about = [f"deal {task.deal_id}"] if task.deal_id else []
    about += [f"alert {task.alert_id}"] if task.alert_id is not None else []
    return (
        str(task.task_id),
        task.text,
        task.partner_id or "",
        ", ".join(about),
        _day(task.due_on),
        _day(task.done_on),
    )


def _day(text: str | None) -> str:
    return write_day(date.fromisoformat(text) if text else None)
