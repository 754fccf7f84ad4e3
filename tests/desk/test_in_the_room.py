"""What a partner in the room may see: its own records, nobody's names, none of our words."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from camdesk.desk.desk import Desk
from camdesk.desk.partner.in_the_room import DeskInTheRoom, InTheRoomError
from camdesk.documents.confidential import own_words, secrets_of
from camdesk.documents.leaks import Page, find_leaks

_LET_IN = {
    "as_of", "settings", "workspace", "partner", "score_change", "open_figure", "partner_part",
    "open_part_figure", "open_records", "search", "documents", "document", "export", "commitments",
    "add_commitment", "finish_commitment", "undoable", "undo", "redo",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("desk") / "workspace"
    shutil.copytree(sample_home, home)
    desk = Desk.open(home, ask=lambda _: None)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def guests(desk: Desk) -> list[str]:
    """Return one partner of each type."""
    return [section.rows[0].partner.partner_id for section in desk.portfolio(mine=False).sections]


def test_only_what_is_named_can_be_asked_for(desk: Desk, guests: list[str]) -> None:
    room = DeskInTheRoom(desk, guests[0])
    verbs = {name for name, _ in inspect.getmembers(Desk) if not name.startswith("_")}
    for name in verbs - _LET_IN:
        with pytest.raises(InTheRoomError):
            getattr(room, name)


def test_another_partner_is_not_there(desk: Desk, guests: list[str]) -> None:
    room = DeskInTheRoom(desk, guests[0])
    with pytest.raises(InTheRoomError):
        room.partner(guests[1])
    with pytest.raises(InTheRoomError):
        room.open_figure(guests[1], "revenue")
    with pytest.raises(InTheRoomError):
        room.add_commitment(guests[1], "Name a renewal desk", side="ours")


def test_no_page_of_any_type_says_what_the_partner_must_not_read(desk: Desk, guests: list[str]) -> None:
    for partner_id in guests:
        room = DeskInTheRoom(desk, partner_id)
        report = room.partner(partner_id)
        shown = [report, *(room.partner_part(partner_id, part.key) for part in report.parts)]
        shown += [room.open_figure(partner_id, line.metric) for line in report.scorecard.lines if line.n]
        secrets = secrets_of(desk.workspace.database, partner_id, our_name=desk.settings.our_name)
        page = Page(report.partner.name, "\n".join(words for one in shown for words in texts(one)))
        own = own_words(desk.workspace.database, partner_id)
        assert find_leaks([page], secrets, own=own) == ()


def test_ranks_alerts_and_odds_stay_away(desk: Desk, guests: list[str]) -> None:
    for partner_id in guests:
        report = DeskInTheRoom(desk, partner_id).partner(partner_id)
        assert (report.alerts, report.odds, report.scorecard.rank, report.scorecard.judged) == (
            (),
            None,
            None,
            None,
        )
        assert report.partner.attention == ""


def test_the_search_finds_the_partners_own_and_none_of_our_notes(desk: Desk, guests: list[str]) -> None:
    guest, other = (desk.partner(partner_id).partner for partner_id in guests[:2])
    room = DeskInTheRoom(desk, guest.partner_id)
    desk.add_note(guest.partner_id, "Their new director wants zebrawood discounts")
    assert desk.search("zebrawood")
    assert room.search("zebrawood") == ()
    assert room.search(other.name) == ()
    assert {hit.partner_id for hit in room.search(guest.name)} == {guest.partner_id}
    desk.undo()


def test_only_what_was_done_in_the_meeting_is_taken_back_there(desk: Desk, guests: list[str]) -> None:
    desk.add_note(guests[1], "Before the meeting")
    room = DeskInTheRoom(desk, guests[0])
    assert room.undoable is None
    assert room.undo() is None
    room.add_commitment(guests[0], "Name a renewal desk", side="ours", due_on=date(2026, 12, 1).isoformat())
    done = room.undo()
    assert done is not None
    assert room.undo() is None
    desk.undo()


def texts(value: object) -> Iterator[str]:
    """Yield every string inside a report."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, (tuple, list, frozenset)):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(key)
            yield from texts(one)
