"""Whatever a person does can be taken back and done again; what anybody else did stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from camdesk.base.errors import CamDeskError, NotFoundError, UsageError
from camdesk.base.progress import SilentProgress
from camdesk.desk.desk import Desk
from camdesk.desk.writing.meetings import Meeting
from camdesk.store import database
from camdesk.store.database import BusyError
from camdesk.store.own_rows import ADDABLE
from camdesk.store.undo import ACTS_KEPT, UndoError
from tests.desk.shelf import DAY, ORDERS, Shelf
from tests.desk.test_own_rows import ONE_OF_EACH
from tests.desk.undo_kit import (
    ACTS,
    AGREEMENTS,
    ENDING,
    EXPORTS,
    alert_of,
    difference,
    make_kit,
    next_session,
    section_of,
    shown,
    stored,
)


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    made = make_kit(tmp_path_factory.mktemp("undo"))
    yield made
    made.desk.close()


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, "PRAGMA busy_timeout=0"))


@pytest.fixture
def shelf(kit: Shelf) -> Iterator[Shelf]:
    kit.write(**EXPORTS)
    with next_session(kit) as made:
        yield made


@pytest.fixture
def desk(shelf: Shelf) -> Desk:
    return shelf.desk


@pytest.fixture(scope="module")
def start(kit: Shelf) -> tuple[Any, Any]:
    """Return what is stored in the kit and what its screens say."""
    return stored(kit.desk), shown(kit.desk)


@pytest.fixture
def elsewhere(desk: Desk) -> Iterator[Desk]:
    """Return another window on the same workspace."""
    other = Desk.open(desk.workspace.home, ask=lambda _: "x", as_of=DAY)
    yield other
    other.close()


def undone(desk: Desk) -> str | None:
    act = desk.undo()
    return act.said if act else None


@pytest.mark.parametrize("said", ACTS)
def test_each_act_has_words_and_leaves_no_trace_when_taken_back(
    kit: Shelf, start: tuple[Any, Any], said: str
) -> None:
    desk = kit.desk
    before = desk.undoable
    ACTS[said](desk)
    act = desk.undoable
    assert act not in (None, before)
    assert act.said == said
    done = stored(desk)
    assert done != start[0]
    assert (desk.undo(), desk.undoable, desk.redoable) == (act, before, act)
    assert difference(start[0], stored(desk)) == ""
    assert (desk.redo(), desk.redoable, desk.undoable) == (act, None, act)
    assert difference(done, stored(desk)) == ""
    assert desk.verify_audit()[1] is None
    desk.undo()


SEEN = (
    "Added an agreement for Alder Systems",
    "Set the stage to advocate for Alder Systems",
    "Set the forecast call of Alder Systems to €240,000",
    "Agreed the 2026-Q3 review of Alder Systems",
    "Pinned Birch Alliance",
)
"""An act of every kind of thing that screens are made from."""


def test_screens_that_showed_an_act_no_longer_do_once_it_is_taken_back(
    desk: Desk, start: tuple[Any, Any]
) -> None:
    for said in SEEN:
        ACTS[said](desk)
        assert difference(start[1], shown(desk)) != ""
        assert undone(desk) == said
        assert difference(start[1], shown(desk)) == ""


def test_an_alert_closed_by_what_was_written_is_as_it_was_once_that_is_taken_back(desk: Desk) -> None:
    number = alert_of(desk, "meeting-overdue", "P2")
    desk.acknowledge_alert(number)
    before = desk.alert(number)
    desk.log_meeting("P2", Meeting())
    assert desk.alert(number).alert.state == "resolved"
    desk.undo()
    assert desk.alert(number) == before
    desk.redo()
    assert desk.alert(number).alert.state == "resolved"


def test_acts_are_taken_back_from_the_last_to_the_first(desk: Desk, start: tuple[Any, Any]) -> None:
    for number, act in enumerate(ACTS.values()):
        with suppress(CamDeskError):  # Such as dropping what was kept.
            act(desk)
        if number % 4 == 0:
            desk.alerts(mine=False)
    shows = shown(desk)
    taken = []
    while act_taken := desk.undo():
        taken.append(act_taken.act_id)
    assert len(taken) > len(ACTS) / 2
    assert taken == sorted(taken, reverse=True)
    assert difference(start[0], stored(desk)) == difference(start[1], shown(desk)) == ""
    again = []
    while act_again := desk.redo():
        again.append(act_again.act_id)
    assert again == taken[::-1]
    assert difference(shows, shown(desk)) == ""


# What is no act, and what cannot be taken back


def test_what_failed_or_changed_nothing_is_no_act(desk: Desk) -> None:
    before = desk.undoable
    with pytest.raises(UsageError):
        desk.add_row("contacts", "P1", {"name": ""})
    with pytest.raises(UsageError):
        desk.log_meeting("P1", Meeting(on="2027-05-05", note="Not yet"))
    desk.change_row("contacts", "me-1", {"name": "Ines Kaya"})
    desk.pin("P3")
    desk.write_section(1, section_of(desk), None)
    assert desk.undoable == before


def test_doing_something_new_forgets_what_was_taken_back(desk: Desk) -> None:
    desk.add_task("One")
    desk.undo()
    desk.finish_task(desk.add_task("Two"))
    assert desk.redo() is None
    assert [task.text for task in desk.tasks(everything=True)] == ["Book the room", "Two"]


def test_a_sync_is_never_taken_back(desk: Desk, shelf: Shelf) -> None:
    desk.add_note("P1", "Before")
    shelf.write(orders=f"{ORDERS}O4,P1,2026-06-10,900,EUR\n")
    shelf.sync()
    assert undone(desk) == "Wrote a note on Alder Systems"
    assert shelf.value("P1", "revenue") == 14_000_000
    while desk.undo():
        pass
    assert shelf.rows("SELECT count(*) FROM orders") == [(4,)]
    assert shelf.value("P1", "revenue") == 14_000_000


def test_what_was_changed_since_is_not_taken_back_and_does_not_stand_in_the_way(
    desk: Desk, elsewhere: Desk
) -> None:
    desk.add_task("First")
    promised = desk.add_commitment("P1", "Ring back", side="ours")
    elsewhere.finish_commitment(promised)
    before = stored(desk)
    with pytest.raises(UndoError, match="Added a commitment for Alder Systems"):
        desk.undo()
    assert stored(desk) == before
    assert undone(desk) == "Added a task: First"


def test_a_version_that_others_built_upon_stays(desk: Desk, elsewhere: Desk) -> None:
    desk.write_section(1, section_of(desk), "Mine.")
    elsewhere.promise(1, "Train two people", side="theirs")
    with pytest.raises(UndoError):
        desk.undo()
    assert len(desk.versions(1)) == 3


def test_what_took_the_place_of_what_was_taken_back_stays(desk: Desk, elsewhere: Desk) -> None:
    desk.add_task("Mine")
    desk.undo()
    elsewhere.add_task("Theirs")
    with pytest.raises(UndoError, match="cannot be done again"):
        desk.redo()
    assert desk.redo() is None
    assert [task.text for task in desk.tasks()] == ["Theirs"]


def test_the_last_hundred_acts_can_be_taken_back(desk: Desk) -> None:
    for number in range(ACTS_KEPT + 5):
        desk.add_task(f"Task {number}")
    taken = 0
    while desk.undo():
        taken += 1
    assert (taken, len(desk.tasks())) == (ACTS_KEPT, 5)


def test_what_is_done_in_place_of_something_taken_back_shows_at_once(desk: Desk) -> None:
    def classes() -> list[str]:
        rows = [row for section in desk.portfolio(mine=False).sections for row in section.rows]
        return [row.partner.attention for row in rows if row.partner.partner_id == "P3"]

    desk.set_class("P3", "A", reason="Grows")
    assert classes() == ["A"]
    desk.undo()
    desk.set_class("P3", "B", reason="Grows less")
    assert classes() == ["B"]


def test_the_audit_says_what_was_taken_back_by_ids_alone(desk: Desk, shelf: Shelf) -> None:
    desk.log_meeting("P1", Meeting(subject="Secret", note="Secret"))
    desk.save_view("portfolio", "Secret", {})
    desk.undo()
    desk.undo()
    desk.redo()
    entries = shelf.rows("SELECT action, detail FROM audit_entry ORDER BY entry_id DESC LIMIT 3")
    meeting = "meetings me-2, notes me-1"
    assert entries[:2] == [("done again", meeting), ("undone", "notes me-1, meetings me-2")]
    assert entries[2] == ("undone", "view portfolio")


def test_rows_of_every_entity_can_be_taken_back(desk: Desk, start: tuple[Any, Any]) -> None:
    for entity in ADDABLE:
        desk.add_row(entity, *ONE_OF_EACH[entity])
    for _ in ADDABLE:
        desk.undo()
    assert (stored(desk), shown(desk)) == start


def test_what_follows_is_taken_back_although_something_else_was_done_before_it_showed(desk: Desk) -> None:
    number = alert_of(desk, "meeting-overdue", "P2")
    desk.acknowledge_alert(number)
    before = desk.alert(number)
    desk.log_meeting("P2", Meeting())
    desk.add_task("Call again")
    assert desk.alert(number).alert.state == "resolved"
    desk.undo()
    assert desk.alert(number).alert.state == "resolved"
    desk.undo()
    assert desk.alert(number) == before


def test_what_follows_is_taken_back_although_nothing_was_changed_in_between(desk: Desk) -> None:
    number = alert_of(desk, "commitment-overdue", "P2")
    before = desk.alert(number)
    desk.drop_commitment("C2", reason="Left")
    desk.pin("P3")  # as it is already
    assert desk.alert(number).alert.state == "resolved"
    assert undone(desk) == "Dropped the commitment “Name a sponsor” of Birch Alliance"
    assert desk.alert(number) == before


@pytest.mark.usefixtures("_impatient")
def test_nothing_is_lost_where_a_sync_is_writing_meanwhile(desk: Desk, elsewhere: Desk) -> None:
    start = stored(desk)
    desk.log_meeting("P2", Meeting())
    act, done = desk.undoable, stored(desk)
    with elsewhere.workspace.database.write(), pytest.raises(BusyError, match="Another CAM Desk is writing"):
        desk.undo()
    assert (desk.undoable, desk.redoable, difference(done, stored(desk))) == (act, None, "")
    desk.undo()
    with elsewhere.workspace.database.write(), pytest.raises(BusyError, match="Another CAM Desk is writing"):
        desk.redo()
    assert (desk.undoable, desk.redoable, difference(start, stored(desk))) == (None, act, "")
    assert desk.redo() == act
    assert difference(done, stored(desk)) == ""


def test_what_was_taken_back_can_be_done_again_after_a_sync(desk: Desk, shelf: Shelf) -> None:
    number = alert_of(desk, ENDING)
    desk.add_note("P1", "Before")
    desk.acknowledge_alert(number)
    desk.undo()
    desk.undo()
    shelf.write(agreements=f"{AGREEMENTS}G2,P3,partner,2024-01-01,2027-01-15\n")
    shelf.sync()
    assert alert_of(desk, ENDING, "P3")
    assert desk.redo() is not None
    assert desk.redo() is not None
    assert [note.text for note in desk.notes("P1")] == ["Before"]
    assert desk.alert(number).alert.state == "acknowledged"
    assert desk.alert(alert_of(desk, ENDING, "P3")).alert.state == "new"


def test_an_alert_that_was_resolved_and_has_cleared_since_is_not_opened_again(
    desk: Desk, shelf: Shelf
) -> None:
    desk.resolve_alert(alert_of(desk, ENDING), reason="Signed")
    shelf.write(agreements=AGREEMENTS.replace("2027-01-15", "2029-01-15"))
    shelf.sync()
    desk.alerts(mine=False)
    before = stored(desk)
    with pytest.raises(UndoError):
        desk.undo()
    assert stored(desk) == before


def test_a_draft_that_was_taken_back_is_not_there(desk: Desk) -> None:
    number = desk.draft_plan("P3")
    desk.undo()
    with pytest.raises(NotFoundError, match=f"There is no document {number}"):
        desk.document(number)
    desk.redo()
    assert desk.document(number).partner_id == "P3"


def test_the_reviews_that_are_due_are_drafted_in_one_act(desk: Desk) -> None:
    desk.set_class("P3", "B", reason="Grows")
    before, last = stored(desk), desk.undoable
    drafted = desk.draft_due_reviews(within_days=400, progress=SilentProgress(), mine=False).drafted
    assert len(drafted) > 1
    assert undone(desk) == "Drafted the reviews due within 400 days"
    assert (stored(desk), desk.undoable) == (before, last)


def test_a_session_takes_back_only_what_was_done_in_it(desk: Desk, elsewhere: Desk) -> None:
    desk.add_task("Mine")
    assert elsewhere.undo() is None
    assert [task.text for task in elsewhere.tasks()] == ["Mine"]
