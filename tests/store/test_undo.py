"""What a person did is kept whole or not at all, and looking at it leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection

from camdesk.base.errors import CamDeskError
from camdesk.base.settings import Settings
from camdesk.store import workspace as workspaces
from camdesk.store.keys import KeyMode
from camdesk.store.tasks import insert_task, read_tasks, set_done
from camdesk.store.workspace import Workspace

AT = "2026-11-23T10:00:00Z"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspaces.create(tmp_path, Settings(), ask=lambda _: "x", mode=KeyMode.SAMPLE)
    yield made
    made.close()


def add(connection: Connection, text: str) -> int:
    return insert_task(
        connection, text, created_at=AT, due_on=None, partner_id=None, deal_id=None, alert_id=None
    )


def texts(workspace: Workspace) -> list[str]:
    with workspace.database.read() as connection:
        return [task.text for task in read_tasks(connection)]


def left_behind(workspace: Workspace) -> list[str]:
    """Return what lies in the connections' own schemas, of the one and of one used beside it."""
    with workspace.database.read() as one, workspace.database.read() as other:
        return [
            row[0]
            for connection in (one, other)
            for row in connection.exec_driver_sql("SELECT name FROM sqlite_temp_master")
        ]


def test_an_act_of_several_transactions_ends_where_an_error_ends_it(workspace: Workspace) -> None:
    acts, database = workspace.acts, workspace.database
    with suppress(RuntimeError), acts.act("Both", at=AT):
        with database.write() as connection:
            add(connection, "First")
        with database.write() as connection:
            add(connection, "Second")
            raise RuntimeError
    assert texts(workspace) == ["First"]
    assert acts.undo(at=AT) is not None
    assert texts(workspace) == []
    assert left_behind(workspace) == []


def test_an_act_of_one_transaction_around_others_is_whole_or_none(workspace: Workspace) -> None:
    acts, database = workspace.acts, workspace.database
    with suppress(RuntimeError), acts.act("Both", at=AT), database.write():
        with database.write() as connection:
            add(connection, "First")
        raise RuntimeError
    assert (texts(workspace), acts.last, left_behind(workspace)) == ([], None, [])
    with acts.act("Both", at=AT), database.write():
        for text in ("First", "Second"):
            with database.write() as connection:
                add(connection, text)
    acts.undo(at=AT)
    assert (texts(workspace), left_behind(workspace)) == ([], [])
    acts.redo(at=AT)
    assert texts(workspace) == ["First", "Second"]


def test_a_part_that_fails_leaves_nothing_in_what_goes_on_around_it(workspace: Workspace) -> None:
    acts, database = workspace.acts, workspace.database
    with acts.act("One", at=AT), database.write() as around:
        with suppress(RuntimeError), database.write() as connection:
            add(connection, "Part")
            raise RuntimeError
        add(around, "Whole")
    assert texts(workspace) == ["Whole"]
    acts.undo(at=AT)
    acts.redo(at=AT)
    assert texts(workspace) == ["Whole"]


def test_what_another_thread_writes_meanwhile_is_no_part_of_an_act(workspace: Workspace) -> None:
    def theirs() -> None:
        with workspace.database.write() as connection:
            add(connection, "Theirs")

    with workspace.acts.act("Mine", at=AT):
        with workspace.database.write() as connection:
            add(connection, "Mine")
        thread = Thread(target=theirs)
        thread.start()
        thread.join()
    workspace.acts.undo(at=AT)
    assert texts(workspace) == ["Theirs"]


def test_what_could_not_be_moved_for_want_of_space_can_be_once_there_is_some(workspace: Workspace) -> None:
    acts, database = workspace.acts, workspace.database
    with database.write() as connection:
        add(connection, "There")
    with acts.act("Long", at=AT), database.write() as connection:
        add(connection, "long " * 20_000)
    acts.undo(at=AT)
    with database.write() as connection:  # takes the pages that came free
        connection.exec_driver_sql("UPDATE task SET text = ?", ("other " * 20_000,))
    with database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(CamDeskError, match="disk is full"):
        acts.redo(at=AT)
    assert len(texts(workspace)) == 1
    with database.read() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages * 4}")
    assert acts.redo(at=AT) is not None
    assert (len(texts(workspace)), left_behind(workspace)) == (2, [])


def test_an_act_that_could_not_be_kept_is_none(workspace: Workspace) -> None:
    acts, database = workspace.acts, workspace.database
    with database.write() as connection:
        number = add(connection, "There")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def both() -> None:
        with acts.act("Both", at=AT), database.write() as connection:
            set_done(connection, number, "2026-11-23")
            add(connection, "long " * 200_000)

    with pytest.raises(CamDeskError, match="disk is full"):
        both()
    with database.read() as connection:
        assert [task.done_on for task in read_tasks(connection)] == [None]
    assert (acts.last, left_behind(workspace)) == (None, [])
