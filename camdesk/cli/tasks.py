"""What you have set out to do."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output
from camdesk.cli.days import day_of, stored_day
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import NO_ROWS, Everything, MaybePartner, add_topic, desk_for, tell_written

if TYPE_CHECKING:
    from camdesk.store.tasks import Task

Number = Annotated[int, typer.Argument(metavar="ID", help="The task's number.")]


def register(app: typer.Typer) -> None:
    about = "What you have set out to do; nobody else sees it."
    add_topic(app, "task", about, add=add, change=change, done=finish, remove=remove, list=show)


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
    with desk_for(context, partner) as (desk, partner_id):
        number = desk.add_task(text, partner_id=partner_id, deal_id=deal, alert_id=alert, due_on=day)
    tell_written(context, f"Task {number} is kept.", task_id=number)


def change(
    context: typer.Context,
    task: Number,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="What is to be done instead.")] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when instead.")] = None,
    undated: Annotated[bool, typer.Option("--no-due", help="By no day any more.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a task anew."""
    day = day_of(due, option="--due")
    if day is not None and undated:
        raise UsageError("A task is due on a day or on none.", "Give --due or --no-due, not both.")
    if text is None and day is None and not undated:
        raise UsageError("Nothing is to change.", "Give --text, --due or --no-due.")
    with session_of(context).desk() as desk:
        desk.change_task(task, text=text, due_on="" if undated else day)
    tell_written(context, f"Task {task} is changed.", task_id=task)


def finish(
    context: typer.Context,
    task: Number,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Without it: today.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tick a task off."""
    day = day_of(on, option="--on")
    with session_of(context).desk() as desk:
        desk.finish_task(task, on=day)
    tell_written(context, f"Task {task} is done.", task_id=task)


def remove(context: typer.Context, task: Number, as_json: AsJson = False) -> None:
    """Take a task away, done or not."""
    with session_of(context).desk() as desk:
        removed = desk.remove_task(task)
    tell_written(context, f"Removed task {task}: {removed.text}", task_id=task)


def show(
    context: typer.Context,
    partner: MaybePartner = None,
    everything: Everything = False,
    as_json: AsJson = False,
) -> None:
    """List what is to be done, what is due first in front."""
    with desk_for(context, partner) as (desk, partner_id):
        found = desk.tasks(partner_id, everything=everything)
    if session_of(context).json:
        output.as_json({"tasks": [asdict(task) for task in found]})
        return
    columns = [
        output.Column("Id", right=True),
        output.Column("What", wide=True),
        output.Column("Partner"),
        output.Column("About"),
        output.Column("Due", right=True),
        output.Column("Done", right=True),
    ]
    output.table(columns, [_row(task) for task in found], none=NO_ROWS)


def _row(task: Task) -> tuple[str, ...]:
    about = [f"deal {task.deal_id}"] if task.deal_id else []
    about += [f"alert {task.alert_id}"] if task.alert_id is not None else []
    return (
        str(task.task_id),
        task.text,
        task.partner_id or "",
        ", ".join(about),
        stored_day(task.due_on),
        stored_day(task.done_on),
    )
