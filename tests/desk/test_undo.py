"""Whatever a person does can be taken back and done again; what anybody else did stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from camdesk.base.errors import CamDeskError, NotFoundError, UsageError
from camdesk.base.progress import SilentProgress
from camdesk.desk.desk import Desk
from camdesk.desk.writing.meetings import Meeting
from camdesk.desk.writing.targets import Span
from camdesk.store import tables
from camdesk.store.own_rows import ADDABLE
from camdesk.store.undo import ACTS_KEPT, UndoError
from camdesk.store.workspace import DATABASE, HEADER
from tests.desk.shelf import DAY, ORDERS, Shelf
from tests.desk.test_own_rows import ONE_OF_EACH

AGREEMENTS = """agreement_id,partner_id,kind,signed_on,expires_on
G1,P1,partner,2024-01-01,2027-01-15
"""
MEETINGS = """meeting_id,partner_id,kind,subject,scheduled_at,status
M1,P1,working,Kick-off,2026-05-01T10:00:00Z,held
M2,P2,working,Kick-off,2026-03-01T10:00:00Z,held
"""
COMMITMENTS = """commitment_id,partner_id,side,text,due_on
C1,P1,vendor,Send the price list,2026-12-01
C2,P2,partner,Name a sponsor,2026-12-02
"""
EXPORTS = {"orders": ORDERS, "agreements": AGREEMENTS, "meetings": MEETINGS, "commitments": COMMITMENTS}
DERIVED = {"setting", "fact_touch", "figure", "figure_run", "kept_report", "audit_entry", "alert_event"}
"""Tables a person does not write; events are compared without their numbers."""


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Return a desk with open alerts, rows that were taken over, one that was merged, and a draft."""
    made = Shelf(tmp_path_factory.mktemp("undo"))
    desk = made.desk
    made.write(**EXPORTS)
    made.sync()
    desk.save_settings(replace(desk.settings, fixed_day=DAY))
    desk.draft_review("P1")
    desk.add_row(
        "meetings",
        "P2",
        {"kind": "working", "subject": "Kick-off", "scheduled_at": "2026-03-01T10:00:00Z", "status": "held"},
    )
    desk.add_row("contacts", "P1", {"name": "Ines Kaya"})
    desk.set_class("P3", "C", reason="Small")
    desk.pin("P3")
    assert {alert.rule for alert in desk.alerts(mine=False).alerts} >= {"agreement-ending", "meeting-overdue"}
    shown(desk)
    yield made
    desk.close()


@pytest.fixture
def shelf(kit: Shelf, tmp_path: Path) -> Iterator[Shelf]:
    """Return a copy of the kit as its next session finds it: nothing done yet."""
    kit.desk.workspace.database.copy_to(tmp_path / DATABASE)
    shutil.copy(kit.desk.workspace.home / HEADER, tmp_path)
    kit.write(**EXPORTS)
    made = copy(kit)
    made.desk = Desk.open(tmp_path, ask=lambda _: "x", as_of=DAY)
    yield made
    made.desk.close()


@pytest.fixture
def desk(shelf: Shelf) -> Desk:
    return shelf.desk


def stored(desk: Desk) -> dict[str, Any]:
    """Return what is stored of what a person writes, in an order of its own."""
    with desk.workspace.database.read() as connection:
        read = {
            name: connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            for name in tables.METADATA.tables.keys() - DERIVED
        }
        read["events"] = connection.exec_driver_sql(
            "SELECT alert_id, happened_on, event, subject, reason FROM alert_event"
        ).all()
    return {name: sorted(map(repr, rows)) for name, rows in read.items()}


def shown(desk: Desk) -> tuple[Any, ...]:
    """Return what the screens say."""
    return (
        desk.figures(),
        desk.alerts(mine=False),
        desk.forecast(mine=False),
        desk.portfolio(mine=False),
        desk.changes(since=date(2020, 1, 1)),
        desk.tasks(everything=True),
        desk.documents(),
        desk.pinned(),
        desk.logo("P1"),
        desk.saved_views("portfolio"),
        [sorted(map(repr, desk.search(words, limit=200))) for words in ("alder", "kick", "r", "i", "s")],
    )


def undone(desk: Desk) -> str | None:
    act = desk.undo()
    return act.said if act else None


def alert_of(desk: Desk, rule: str, partner_id: str = "P1") -> int:
    """Return the number of an open alert; one that no alert has where it is not open."""
    found = desk.alerts(mine=False).alerts
    return next((one.id for one in found if (one.rule, one.partner_id) == (rule, partner_id)), 0)


def section_of(desk: Desk) -> str:
    return desk.document(1).sections[0].name


def picture_in(folder: Path) -> Path:
    file = folder / "logo.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    return file


ENDING = "agreement-ending"
ACTS: dict[str, Callable[[Desk], object]] = {
    "Acknowledged: Alder Systems, agreement ends": lambda desk: desk.acknowledge_alert(
        alert_of(desk, ENDING)
    ),
    "Snoozed: Alder Systems, agreement ends": lambda desk: desk.snooze_alert(alert_of(desk, ENDING)),
    "Resolved: Alder Systems, agreement ends": lambda desk: desk.resolve_alert(
        alert_of(desk, ENDING), reason="Signed"
    ),
    "Muted: Alder Systems, agreement ends": lambda desk: desk.mute_alert(alert_of(desk, ENDING)),
    "Noted as not useful: Alder Systems, agreement ends": lambda desk: desk.alert_not_useful(
        alert_of(desk, ENDING)
    ),
    "Logged a call with Alder Systems": lambda desk: desk.log_meeting(
        "P1", Meeting("call", subject="Renewal", note="All well")
    ),
    "Planned a meeting with Birch Alliance": lambda desk: desk.log_meeting(
        "P2", Meeting("steering", on="2027-01-10", planned=True)
    ),
    "Added an agreement for Alder Systems": lambda desk: desk.add_row(
        "agreements", "P1", {"kind": "partner", "signed_on": "2026-12-30", "expires_on": "2029-12-31"}
    ),
    "Changed the contact “Ines Kaya” of Alder Systems": lambda desk: desk.change_row(
        "contacts", "me-1", {"role": "COO"}
    ),
    "Removed the contact “Ines Kaya” of Alder Systems": lambda desk: desk.remove_row("contacts", "me-1"),
    "Merged the meeting “Kick-off” of Birch Alliance": lambda desk: desk.merge_row("meetings", "me-1"),
    "Kept the meeting “Kick-off” of Birch Alliance beside the synced one": lambda desk: desk.keep_row(
        "meetings", "me-1"
    ),
    "Set the target of revenue, 12 months for Alder Systems to 2000": lambda desk: desk.set_target(
        "P1", "revenue", "2000", span=Span(year=2026)
    ),
    "Wrote a note on Birch Alliance": lambda desk: desk.add_note("P2", "Likes it short"),
    "Added a commitment for Alder Systems": lambda desk: desk.add_commitment("P1", "Ring back", side="ours"),
    "Marked as kept: the commitment “Send the price list” of Alder Systems": lambda desk: (
        desk.finish_commitment("C1")
    ),
    "Dropped the commitment “Name a sponsor” of Birch Alliance": lambda desk: desk.drop_commitment(
        "C2", reason="Left"
    ),
    "Added a task: Ring Ines": lambda desk: desk.add_task("Ring  Ines", partner_id="P1"),
    "Set the score to 65 for Alder Systems": lambda desk: desk.judge_score("P1", 65, reason="Strong"),
    "Set the stage to advocate for Alder Systems": lambda desk: desk.set_stage(
        "P1", "Advocate", reason="Board"
    ),
    "Set the class to A for Alder Cloud": lambda desk: desk.set_class("P3", "a", reason="Grows"),
    "Took back your own class for Alder Cloud": lambda desk: desk.clear_class("P3"),
    "Set the forecast call of Alder Systems to €240,000": lambda desk: desk.call_forecast(
        "alder sys", 2_400_000_000
    ),
    "Drafted a plan with Alder Cloud": lambda desk: desk.draft_plan("P3"),
    "Wrote summary in the 2026-Q3 review of Alder Systems": lambda desk: desk.write_section(
        1, section_of(desk), "A good quarter."
    ),
    "Added a promise to the 2026-Q3 review of Alder Systems": lambda desk: desk.promise(
        1, "Train two people", side="theirs"
    ),
    "Agreed the 2026-Q3 review of Alder Systems": lambda desk: desk.agree(1, ours=["Dana"]),
    "Named a version of the 2026-Q3 review of Alder Systems": lambda desk: desk.name_version(1, "First"),
    "Set the logo of Alder Systems": lambda desk: desk.set_logo("P1", picture_in(desk.workspace.home)),
    "Pinned Birch Alliance": lambda desk: desk.pin("P2"),
    "Unpinned Alder Cloud": lambda desk: desk.unpin("Alder Cloud"),
    "Saved the view “Mine”": lambda desk: desk.save_view("portfolio", " Mine", {"columns": ["score"]}),
}


@pytest.fixture(scope="module")
def start(kit: Shelf) -> tuple[Any, Any]:
    """Return what is stored in the kit and what its screens say."""
    return stored(kit.desk), shown(kit.desk)


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
    assert (stored(desk), shown(desk)) == start
    assert (desk.redo(), desk.redoable, desk.undoable) == (act, None, act)
    assert stored(desk) == done
    assert desk.verify_audit()[1] is None
    desk.undo()


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
    assert (stored(desk), shown(desk)) == start
    again = []
    while act_again := desk.redo():
        again.append(act_again.act_id)
    assert again == taken[::-1]
    assert shown(desk) == shows


# Steps for random sequences: what each does depends on what is there; a refusal is no act.


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
    assert [task.text for task in desk.tasks(everything=True)] == ["Two"]


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


@pytest.fixture
def elsewhere(desk: Desk) -> Iterator[Desk]:
    """Return another window on the same workspace."""
    other = Desk.open(desk.workspace.home, ask=lambda _: "x", as_of=DAY)
    yield other
    other.close()


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
