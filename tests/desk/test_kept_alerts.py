"""A page reads its own partner's alerts alone, and they are those of the whole list."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from camdesk.desk.desk import Desk
from camdesk.desk.reports import AlertReport


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "workspace"))


def agree(desk: Desk) -> AlertReport:
    """Return the whole list, having held it against what each partner's page is given."""
    everything = desk.alerts(mine=False)
    for partner_id in desk.insight.partners():
        own = tuple(one for one in everything.alerts if one.partner_id == partner_id)
        assert desk.alerts_of(partner_id).alerts == own
    return everything


def test_each_partner_has_its_part_of_the_list_whatever_is_done(home: Path) -> None:
    desk = Desk.open(home, ask=lambda _: None)
    try:
        first, second, *_ = agree(desk).alerts
        desk.acknowledge_alert(first.id)
        desk.snooze_alert(second.id)
        states = {one.id: one.state for one in agree(desk).alerts}
        assert states[first.id] == "acknowledged"
        assert states[second.id] == "snoozed"
    finally:
        desk.close()
    reopened = Desk.open(home, ask=lambda _: None)
    try:
        assert {one.id: one.state for one in agree(reopened).alerts} == states
    finally:
        reopened.close()


def test_a_page_that_asks_first_finds_what_the_list_then_says(home: Path) -> None:
    desk = Desk.open(home, ask=lambda _: None)
    try:
        partner_id = desk.alerts(mine=False).alerts[0].partner_id
        desk.set_class(partner_id, "C", reason="Another order of priority")
        own = desk.alerts_of(partner_id).alerts
        assert own
        assert own == tuple(one for one in agree(desk).alerts if one.partner_id == partner_id)
    finally:
        desk.close()
