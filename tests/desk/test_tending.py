"""The portfolio as a list: more columns, and several partners dealt with in one act."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.base.progress import CancelSwitch, SilentProgress
from camdesk.desk.alerts import alerting
from camdesk.desk.desk import Desk
from tests.desk.shelf import Shelf


@pytest.fixture
def sample(sample_home: Path, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk on a copy of the sample."""
    shutil.copytree(sample_home, tmp_path / "sample")
    desk = Desk.open(tmp_path / "sample", ask=lambda _: None)
    yield desk
    desk.close()


class StopsAt:
    """Progress that is stopped once so much is done."""

    def __init__(self, done: int) -> None:
        self._switch = CancelSwitch()
        self._done = done

    def report(self, done: int, total: int, label: str) -> None:
        if done >= self._done:
            self._switch.cancel()
        self.check()

    def check(self) -> None:
        self._switch.check()


def test_further_columns_say_what_the_figures_say(shelf: Shelf) -> None:
    metrics = ("revenue", "win_rate", "joint_revenue")
    cells = shelf.desk.column_cells(metrics)
    assert set(cells) == {"P1", "P2", "P3"}
    for partner_id, row in cells.items():
        assert [cell.value for cell in row] == [shelf.value(partner_id, metric) for metric in metrics]
    assert cells["P2"][0].value is None
    heads = {head.metric: head for head in shelf.desk.column_choices()}
    assert set(heads) == set(shelf.desk.catalog.metrics)
    assert list(heads) == sorted(heads, key=lambda metric: heads[metric].long_title.casefold())
    with pytest.raises(UsageError):
        shelf.desk.column_cells(("revenue", "mood"))


def test_partners_not_yet_active_have_the_milestone_due_first_before_them(sample: Desk) -> None:
    found = sample.next_milestones()
    partners = sample.insight.partners()
    assert {partners[one].stage for one in found} == {"recruit", "onboard"}
    for partner_id, step in found.items():
        still_open = [one for one in sample.partner(partner_id).milestones if one.done_on is None]
        assert step in still_open
        assert (step.due_on or date.max) == min(one.due_on or date.max for one in still_open)


def test_pins_of_several_are_one_act(shelf: Shelf) -> None:
    shelf.desk.pin("P3")
    shelf.desk.pin_partners(("P1", "P3", "P2"))
    assert shelf.desk.pinned() == ("P3", "P1", "P2")
    act = shelf.desk.undo()
    assert act is not None
    assert act.said == "Pinned 3 partners"
    assert shelf.desk.pinned() == ("P3",)


def test_a_partner_nobody_knows_is_not_pinned_and_neither_are_the_others(shelf: Shelf) -> None:
    with pytest.raises(NotFoundError):
        shelf.desk.pin_partners(("P1", "P9"))
    assert shelf.desk.pinned() == ()


def test_a_class_for_several_is_one_act_and_all_or_nothing(shelf: Shelf) -> None:
    desk = shelf.desk
    desk.classify_partners(("P1", "P3"), "C", reason="quiet year")
    assert {one: desk.partner(one).partner.attention for one in ("P1", "P2", "P3")} == {
        "P1": "C",
        "P2": "A",
        "P3": "C",
    }
    act = desk.undo()
    assert act is not None
    assert act.said == "Set the class to C for 2 partners"
    assert desk.partner("P1").partner.attention == "A"
    with pytest.raises(NotFoundError):
        desk.classify_partners(("P1", "nobody"), "C", reason="quiet year")
    assert desk.partner("P1").partner.attention == "A"
    for attention, reason in (("D", "why"), ("C", " ")):
        with pytest.raises(UsageError):
            desk.classify_partners(("P1",), attention, reason=reason)


def test_a_task_for_several_is_one_act(shelf: Shelf) -> None:
    desk = shelf.desk
    desk.add_tasks(("P1", "P2"), "Ask for  the forecast", due_on=date(2027, 1, 7))
    assert {(task.partner_id, task.text, task.due_on) for task in desk.tasks()} == {
        ("P1", "Ask for the forecast", "2027-01-07"),
        ("P2", "Ask for the forecast", "2027-01-07"),
    }
    desk.undo()
    assert desk.tasks() == ()
    with pytest.raises(UsageError):
        desk.add_tasks(("P1", "P2"), "  ")
    assert desk.tasks() == ()


def test_new_alerts_of_several_are_acknowledged_in_one_act(sample: Desk) -> None:
    def states() -> dict[int, str]:
        return {alert.id: alert.state for alert in sample.alerts(mine=False).alerts}

    before = states()
    new = [alert for alert in sample.alerts(mine=False).alerts if alert.state == "new"]
    chosen = list(dict.fromkeys(alert.partner_id for alert in new))[:2]
    wanted = {alert.id for alert in new if alert.partner_id in chosen}
    assert sample.acknowledge_partners(chosen) == len(wanted)
    assert {one for one, state in states().items() if state != before[one]} == wanted
    assert {states()[one] for one in wanted} == {"acknowledged"}
    assert sample.acknowledge_partners(chosen) == 0
    act = sample.undo()
    assert act is not None
    assert act.said == f"Acknowledged {len(wanted)} alerts of 2 partners"
    assert states() == before


def test_acknowledging_several_is_whole_or_not_at_all(sample: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sample.alerts(mine=False).alerts
    chosen = next(one.partner_id for one in before if sum(o.partner_id == one.partner_id for o in before) > 2)
    failing_from_the_second_on(monkeypatch, alerting, "acknowledge")
    with pytest.raises(UsageError):
        sample.acknowledge_partners((chosen,))
    sample.facts_changed()
    assert sample.alerts(mine=False).alerts == before
    assert sample.undoable is None


def test_setting_an_alert_aside_is_whole_or_not_at_all(sample: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sample.alerts().alerts[0]
    before = sample.alert(first.id).history

    def fail(*_: object, **__: object) -> None:
        raise UsageError("Something is in the way.", "Try again.")

    monkeypatch.setattr(alerting, "snooze", fail)
    with pytest.raises(UsageError):
        sample.set_aside_alert(first.id)
    assert sample.alert(first.id).history == before
    assert sample.undoable is None


def failing_from_the_second_on(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> None:
    """Let a function of a module work once, then refuse."""
    whole, calls = getattr(module, name), []

    def once(*values: object, **named: object) -> None:
        calls.append(values)
        if len(calls) > 1:
            raise UsageError("Something is in the way.", "Try again.")
        whole(*values, **named)

    monkeypatch.setattr(module, name, once)


def test_reviews_of_several_are_drafted_where_there_is_none_yet(shelf: Shelf) -> None:
    desk = shelf.desk
    desk.draft_review("P3")
    outcome = desk.draft_reviews(("P1", "P2", "P3"), progress=SilentProgress())
    assert (outcome.drafted, outcome.made_before, outcome.failed, outcome.stopped) == (2, 1, (), False)
    assert sorted(one.partner_id for one in desk.documents()) == ["P1", "P2", "P3"]
    desk.undo()
    assert [one.partner_id for one in desk.documents()] == ["P3"]


def test_drafting_that_is_stopped_keeps_what_is_drafted(shelf: Shelf) -> None:
    outcome = shelf.desk.draft_reviews(("P1", "P2", "P3"), progress=StopsAt(1))
    assert (outcome.drafted, outcome.stopped) == (1, True)
    assert [one.partner_id for one in shelf.desk.documents()] == ["P1"]


def test_how_a_screen_was_left_is_kept_beside_its_named_views_and_is_no_act(shelf: Shelf) -> None:
    desk = shelf.desk
    assert desk.remembered_view("portfolio") is None
    desk.save_view("portfolio", "North", {"kind": "list"})
    for body in ({"kind": "board"}, {"kind": "types", "facets": {"tier": ["Größe"]}}):
        desk.remember_view("portfolio", body)
    assert desk.remembered_view("portfolio") == {"kind": "types", "facets": {"tier": ["Größe"]}}
    assert desk.remembered_view("forecast") is None
    assert [view.name for view in desk.saved_views("portfolio")] == ["North"]
    act = desk.undo()
    assert act is not None
    assert act.said == "Saved the view “North”"
    assert desk.remembered_view("portfolio") is not None
