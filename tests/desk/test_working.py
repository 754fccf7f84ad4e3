"""A call logged in one go, its place in the timeline, and drafts that wait."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from camdesk.base.errors import CamDeskError, FieldError
from camdesk.desk.desk import Desk
from camdesk.desk.partner.timeline import ItemKind
from camdesk.desk.writing.contacting import Contacting, Promised, ToDo


@pytest.fixture(scope="module")
def opened(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("working") / "workspace"
    shutil.copytree(sample_home, home)
    desk = Desk.open(home, ask=lambda _: None)
    yield desk
    desk.close()


@pytest.fixture
def desk(opened: Desk) -> Iterator[Desk]:
    """Return the desk of the module; what a test does is taken back."""
    yield opened
    while opened.undo() is not None:
        pass


@pytest.fixture
def partner_id(desk: Desk) -> str:
    return desk.commitments()[0].partner_id


def test_what_was_said_stands_with_its_meeting(desk: Desk, partner_id: str) -> None:
    for day in (desk.as_of, desk.as_of - timedelta(days=3)):
        desk.log_contacting(partner_id, Contacting("review", day, "Plan", f"Said on {day}"))
    found = {one.day: one for one in desk.timeline(partner_id) if one.text.startswith("Said on")}
    assert {one.kind for one in found.values()} == {ItemKind.MEETING}
    assert {one.title for one in found.values()} == {"Review: Plan"}
    assert all(one.text == f"Said on {day}" and one.note_id for day, one in found.items())
    assert all(one.author == desk.author for one in found.values())


def test_notes_without_a_meeting_stand_for_themselves(desk: Desk, partner_id: str) -> None:
    desk.log_contacting(partner_id, Contacting("call", desk.as_of, "Prices"))
    desk.add_row("notes", partner_id, {"text": "Apart", "written_at": "2026-11-01T10:00"})
    items = desk.timeline(partner_id)
    assert next(one for one in items if one.text == "Apart").kind is ItemKind.NOTE
    assert next(one for one in items if one.title == "Prices").text == ""


def test_a_later_day_plans_a_meeting(desk: Desk, partner_id: str) -> None:
    coming = desk.as_of + timedelta(days=9)
    desk.log_contacting(partner_id, Contacting("steering", coming, "Board"))
    item = next(one for one in desk.timeline(partner_id) if one.title == "Steering: Board")
    assert (item.day, item.detail) == (coming, "planned")
    assert desk.undoable is not None
    assert desk.undoable.said.startswith("Planned a meeting")


def test_what_cannot_be_is_refused_whole(desk: Desk, partner_id: str) -> None:
    before = desk.own_rows(partner_id)
    waiting = desk.commitments(partner_id)[0].commitment_id
    coming = desk.as_of + timedelta(days=1)
    for wrong, field in (
        (Contacting("mail", desk.as_of), "note"),
        (Contacting("mail", coming, note="x"), "on"),
        (Contacting("call", coming, kept=(waiting,)), "on"),
        (Contacting("visit", desk.as_of), "kind"),
    ):
        with pytest.raises(FieldError) as caught:
            desk.log_contacting(partner_id, wrong)
        assert caught.value.field == field
    wrong_last = Contacting("call", desk.as_of, newcomers=("Jane New",), kept=("no such",))
    with pytest.raises(CamDeskError):
        desk.log_contacting(partner_id, wrong_last)
    assert desk.own_rows(partner_id) == before


def test_one_undo_takes_back_all_of_it(desk: Desk, partner_id: str) -> None:
    waiting = desk.commitments(partner_id)
    desk.log_contacting(
        partner_id,
        Contacting(
            "call",
            desk.as_of,
            "Plan",
            "Words",
            newcomers=("Jane New",),
            kept=(waiting[0].commitment_id,),
            promised=Promised("theirs", "Name a sponsor", "Jane New", date(2026, 12, 24)),
            to_do=ToDo("Call back"),
        ),
    )
    assert len(desk.tasks(partner_id)) == 1
    assert {row.entity for row in desk.own_rows(partner_id)} == {
        "meetings",
        "contacts",
        "notes",
        "commitments",
    }
    assert desk.undo() is not None
    assert desk.own_rows(partner_id) == ()
    assert desk.tasks(partner_id) == ()
    assert desk.commitments(partner_id) == waiting


def test_alerts_dealt_with_by_hand_are_in_the_timeline(desk: Desk) -> None:
    alert = desk.alerts().alerts[0]
    desk.resolve_alert(alert.id, reason="Spoke to them")
    item = next(one for one in desk.timeline(alert.partner_id) if one.kind is ItemKind.ALERT)
    assert item.title.startswith("Alert resolved: ")
    assert (item.day, item.detail) == (desk.as_of, "Spoke to them")


def test_a_target_says_where_it_counts(desk: Desk, partner_id: str) -> None:
    from camdesk.desk.writing.targets import Span

    desk.set_target(partner_id, "revenue", "250000", span=Span(year=2027))
    line = next(one for one in desk.work(partner_id).targets if one.start.year == 2027)
    assert (line.written, line.is_own, line.author) == ("€250k", True, desk.author)
    assert "Revenue against target" in line.counts_in


def test_a_draft_waits_until_it_is_dropped_and_is_no_act(desk: Desk) -> None:
    desk.keep_draft("log P-1", {"note": "Half"})
    desk.keep_draft("log P-2", {"note": "Other"})
    assert desk.draft_kept("log P-1") == {"note": "Half"}
    assert desk.undoable is None
    desk.keep_draft("log P-1", {})
    assert desk.draft_kept("log P-1") is None
    assert desk.draft_kept("log P-2") == {"note": "Other"}
    desk.keep_draft("log P-2", {})
