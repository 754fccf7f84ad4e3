"""What a key on the work tab does at the desk: runs in the background, touches no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.store.judgements import About


def finish_commitment(desk: Desk, *, commitment_id: str) -> None:
    desk.finish_commitment(commitment_id)


def drop_commitment(desk: Desk, *, commitment_id: str, reason: str) -> None:
    desk.drop_commitment(commitment_id, reason=reason)


def finish_task(desk: Desk, *, task_id: int) -> None:
    desk.finish_task(task_id)


def remove_task(desk: Desk, *, task_id: int) -> None:
    desk.remove_task(task_id)


def merge(desk: Desk, *, entity: str, record_id: str, into: str) -> None:
    desk.merge_row(entity, record_id, into=into)


def keep_apart(desk: Desk, *, entity: str, record_id: str) -> None:
    desk.keep_row(entity, record_id)


def take_back(desk: Desk, *, partner_id: str, about: About) -> None:
    desk.take_back(partner_id, about)
