"""Whatever was done in whatever order: all of it can be taken back, and done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camdesk.base.errors import CamDeskError
from camdesk.desk.desk import Desk
from camdesk.desk.writing.meetings import Meeting
from camdesk.desk.writing.targets import Span
from camdesk.store.undo import Act
from tests.desk.shelf import Shelf
from tests.desk.undo_kit import ACTS, difference, make_kit, next_session, section_of, shown, stored

PARTNERS = st.sampled_from(["P1", "P2", "P3"])
NUMBERS = st.integers(1, 4)
ROWS = NUMBERS.map("me-{}".format)
TEXTS = st.text("abß “", min_size=1, max_size=4)
DAYS = st.sampled_from(["2026-01-01", "2026-09-30", "2026-12-31"])
ACT = "act"
LOOK = "look at the alerts"

# What each does depends on what is there; a refusal is no act.
DOINGS: dict[str, tuple[Callable[..., object], tuple[st.SearchStrategy[object], ...]]] = {
    ACT: (lambda desk, said: ACTS[said](desk), (st.sampled_from(list(ACTS)),)),
    LOOK: (lambda desk: desk.alerts(mine=False), ()),
    "log a meeting": (
        lambda desk, partner, day, text: desk.log_meeting(partner, Meeting(on=day, subject=text, note=text)),
        (PARTNERS, DAYS, TEXTS),
    ),
    "add a contact": (
        lambda desk, partner, text: desk.add_row("contacts", partner, {"name": text}),
        (PARTNERS, TEXTS),
    ),
    "change a contact": (
        lambda desk, row, text: desk.change_row("contacts", row, {"name": text}),
        (ROWS, TEXTS),
    ),
    "remove a meeting": (lambda desk, row: desk.remove_row("meetings", row), (ROWS,)),
    "set a target": (
        lambda desk, partner, number: desk.set_target(
            partner, "revenue", str(number * 500), span=Span(year=2026)
        ),
        (PARTNERS, NUMBERS),
    ),
    "commit them": (
        lambda desk, partner, text, day: desk.add_commitment(partner, text, side="theirs", due_on=day),
        (PARTNERS, TEXTS, DAYS),
    ),
    "keep a commitment": (lambda desk, row: desk.finish_commitment(row), (ROWS,)),
    "drop a commitment": (lambda desk, row, text: desk.drop_commitment(row, reason=text), (ROWS, TEXTS)),
    "finish a task": (lambda desk, number: desk.finish_task(number), (NUMBERS,)),
    "judge a score": (
        lambda desk, partner, number, text: desk.judge_score(partner, number * 20, reason=text),
        (PARTNERS, NUMBERS, TEXTS),
    ),
    "take back a score": (lambda desk, partner: desk.take_back(partner, "score"), (PARTNERS,)),
    "call a forecast": (
        lambda desk, partner, number: desk.call_forecast(partner, number * 10_000),
        (PARTNERS, NUMBERS),
    ),
    "acknowledge": (lambda desk, number: desk.acknowledge_alert(number), (NUMBERS,)),
    "snooze": (lambda desk, number: desk.snooze_alert(number), (NUMBERS,)),
    "resolve": (lambda desk, number, text: desk.resolve_alert(number, reason=text), (NUMBERS, TEXTS)),
    "mute": (lambda desk, number: desk.mute_alert(number), (NUMBERS,)),
    "unmute": (lambda desk, number: desk.unmute_alert(number), (NUMBERS,)),
    "write a section": (lambda desk, text: desk.write_section(1, section_of(desk), text), (TEXTS,)),
    "restore a version": (lambda desk, number: desk.restore_version(1, number), (NUMBERS,)),
    "take out a promise": (lambda desk, number: desk.take_out_promise(1, number), (NUMBERS,)),
    "agree": (lambda desk, text: desk.agree(1, ours=[text]), (TEXTS,)),
    "save a view": (
        lambda desk, text, number: desk.save_view("portfolio", text, {"number": number}),
        (TEXTS, NUMBERS),
    ),
    "delete a view": (lambda desk: desk.delete_view("portfolio", "Mine"), ()),
}
Doing = tuple[str, ...]
"""The name of something to do, and with what."""
MORE_OFTEN = [ACT] * 12 + [LOOK] * 3
DOING: st.SearchStrategy[Doing] = st.sampled_from([*MORE_OFTEN, *DOINGS]).flatmap(
    lambda name: st.tuples(st.just(name), *DOINGS[name][1])
)


class Start:
    """Where every example starts; its words stand in for it where an example is told."""

    def __init__(self, kit: Shelf) -> None:
        self.kit = kit
        self.stored = stored(kit.desk)
        self.shown = shown(kit.desk)

    def __repr__(self) -> str:
        return "the kit"


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    kit = make_kit(tmp_path_factory.mktemp("undo"))
    yield Start(kit)
    kit.desk.close()


@settings(max_examples=15, deadline=None, derandomize=True)
@given(doings=st.lists(DOING, min_size=2, max_size=8), looks=st.booleans())
def test_whatever_was_done_all_of_it_can_be_taken_back_and_done_again(
    start: Start, doings: list[Doing], *, looks: bool
) -> None:
    # Each from a copy, so that what one leaves behind never shows in another.
    with next_session(start.kit) as session:
        desk = session.desk
        for name, *values in doings:
            with suppress(CamDeskError):
                DOINGS[name][0](desk, *values)
        desk.alerts(mine=False)
        done = stored(desk)
        taken = taken_back(desk, looks=looks)
        differs = difference(start.stored, stored(desk)) or difference(start.shown, shown(desk))
        assert differs == ""
        assert [desk.redo() for _ in taken] == taken[::-1]
        desk.alerts(mine=False)
        differs = difference(done, stored(desk))
        assert differs == ""
        assert taken_back(desk, looks=False) == taken
        differs = difference(start.stored, stored(desk))
        assert differs == ""


def taken_back(desk: Desk, *, looks: bool) -> list[Act]:
    """Take back all of the session and return it; `looks` at the alerts after each, as the window does."""
    taken = []
    while act := desk.undo():
        taken.append(act)
        if looks:
            desk.alerts(mine=False)
    return taken
