"""What a CAM has set out to do. Private: tasks stand in no export, figure or document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from camdesk.store.tables import task


@dataclass(frozen=True, slots=True)
class Task:
    """One task, and the partner, deal or alert it is about. Days are ISO."""

    task_id: int
    text: str
    due_on: str | None
    done_on: str | None
    partner_id: str | None
    deal_id: str | None
    alert_id: int | None
    created_at: str


def insert_task(
    connection: Connection,
    text: str,
    *,
    created_at: str,
    due_on: str | None,
    partner_id: str | None,
    deal_id: str | None,
    alert_id: int | None,
) -> int:
    made = connection.execute(
        insert(task).values(
            text=text,
            due_on=due_on,
            partner_id=partner_id,
            deal_id=deal_id,
            alert_id=alert_id,
            created_at=created_at,
        )
    )
    return int(made.lastrowid)


def set_done(connection: Connection, task_id: int, done_on: str | None) -> None:
    connection.execute(update(task).where(task.c.task_id == task_id).values(done_on=done_on))


def set_words(connection: Connection, task_id: int, words: str, *, due_on: str | None) -> None:
    connection.execute(update(task).where(task.c.task_id == task_id).values(text=words, due_on=due_on))


def delete_task(connection: Connection, task_id: int) -> None:
    connection.execute(delete(task).where(task.c.task_id == task_id))


def read_task(connection: Connection, task_id: int) -> Task | None:
    row = connection.execute(select(task).where(task.c.task_id == task_id)).mappings().first()
    return None if row is None else _task(row)


def read_tasks(connection: Connection, *, partner_id: str | None = None) -> list[Task]:
    """Return all tasks, those due first in front and those without a day last."""
    statement = select(task).order_by(task.c.due_on.is_(None), task.c.due_on, task.c.task_id)
    if partner_id is not None:
        statement = statement.where(task.c.partner_id == partner_id)
    return [_task(row) for row in connection.execute(statement).mappings()]


def _task(row: Any) -> Task:
    return Task(**{name: row[name] for name in Task.__slots__})
