"""What a CAM has set out to do: private, and about a partner, a deal or an alert where it says so."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sqlalchemy import Connection, text

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.store import tasks
from camdesk.store.tasks import Task


def add(
    connection: Connection,
    words: str,
    *,
    at: str,
    due_on: date | None,
    partner_id: str | None,
    deal_id: str | None,
    alert_id: int | None,
) -> int:
    """Keep a task; a deal or an alert says whose it is where no partner is named."""
    said = _said(words)
    owners = []
    if deal_id is not None:
        owners.append(("deal", deal_id, _owner_of_deal(connection, deal_id)))
    if alert_id is not None:
        owners.append(("alert", str(alert_id), _owner_of_alert(connection, alert_id)))
    for what, name, owner in owners:
        if partner_id is not None and partner_id != owner:
            raise UsageError(
                f"The {what} {name} is of {owner}, not of {partner_id}.", "Leave one of them out."
            )
        partner_id = owner
    return tasks.insert_task(
        connection,
        said,
        created_at=at,
        due_on=due_on.isoformat() if due_on else None,
        partner_id=partner_id,
        deal_id=deal_id,
        alert_id=alert_id,
    )


def finish(connection: Connection, task_id: int, *, on: date) -> Task:
    """Tick a task off and return it; ticked off before, it keeps its day."""
    found = _find(connection, task_id)
    if found.done_on is None:
        tasks.set_done(connection, task_id, on.isoformat())
    return found


def change(
    connection: Connection, task_id: int, *, words: str | None, due_on: date | Literal[""] | None
) -> Task:
    """Write a task anew and return it as it was; None leaves what there is, an empty day takes it away."""
    found = _find(connection, task_id)
    said = found.text if words is None else _said(words)
    due = found.due_on if due_on is None else str(due_on) or None
    if (said, due) != (found.text, found.due_on):
        tasks.set_words(connection, task_id, said, due_on=due)
    return found


def remove(connection: Connection, task_id: int) -> Task:
    """Take a task away, done or not, and return it as it was."""
    found = _find(connection, task_id)
    tasks.delete_task(connection, task_id)
    return found


def listed(connection: Connection, *, partner_id: str | None, everything: bool) -> tuple[Task, ...]:
    """Return the tasks to be done, or all, those due first in front."""
    found = tasks.read_tasks(connection, partner_id=partner_id)
    return tuple(task for task in found if everything or task.done_on is None)


def _said(words: str) -> str:
    if not words.strip():
        raise UsageError("A task says what is to be done.", "Write it in a few words.")
    return " ".join(words.split())


def _find(connection: Connection, task_id: int) -> Task:
    found = tasks.read_task(connection, task_id)
    if found is None:
        raise NotFoundError(f"There is no task {task_id}.", "See them with: camdesk task list")
    return found


def _owner_of_deal(connection: Connection, deal_id: str) -> str:
    statement = text("SELECT partner_id FROM deals WHERE deal_id = :id OR source || ':' || deal_id = :id")
    owners = {str(row[0]) for row in connection.execute(statement, {"id": deal_id})}
    if not owners:
        raise NotFoundError(
            f"There is no deal {deal_id} in this workspace.",
            "A partner's page lists its deals with their ids.",
        )
    if len(owners) > 1:
        raise UsageError(f"{deal_id} is a deal in several sources.", "Write it as source:id.")
    return owners.pop()


def _owner_of_alert(connection: Connection, alert_id: int) -> str:
    statement = text("SELECT partner_id FROM alert WHERE alert_id = :id")
    owner = connection.execute(statement, {"id": alert_id}).scalar()
    if owner is None:
        raise NotFoundError(f"There is no alert {alert_id}.", "See them with: camdesk alerts")
    return str(owner)
