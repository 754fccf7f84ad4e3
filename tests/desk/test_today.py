"""The morning of the desk: four lists of alerts, opened ones, the meetings ahead, and setting aside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from camdesk.base.errors import NotFoundError
from camdesk.desk.alerts.alert_page import threshold_title, threshold_words
from camdesk.desk.desk import Desk
from camdesk.desk.morning import morning


@pytest.fixture
def desk(sample_home: Path, tmp_path: Path) -> Iterator[Desk]:
    home = tmp_path / "workspace"
    shutil.copytree(sample_home, home)
    desk = Desk.open(home, ask=lambda _: None)
    yield desk
    desk.close()


def test_every_open_alert_stands_in_just_one_list(desk: Desk) -> None:
    today, alerts = desk.today(), desk.alerts()
    lists = (today.needs_you, today.digest, today.in_hand, today.asleep)
    assert sorted(one.id for part in lists for one in part) == sorted(one.id for one in alerts.alerts)
    assert [one.id for one in today.needs_you] == list(alerts.needs_you)
    assert [one.id for one in today.notices] == [one.id for one in alerts.notices]


def test_what_is_acknowledged_keeps_its_place_for_a_day(desk: Desk) -> None:
    first, *rest = desk.today().needs_you
    desk.acknowledge_alert(first.id)
    after = desk.today()
    assert [one.id for one in after.needs_you] == [one.id for one in rest]
    assert [one.id for one in after.in_hand] == [first.id]
    desk.as_of += timedelta(days=1)
    desk.facts_changed()
    tomorrow = desk.today()
    assert first.id not in [one.id for one in tomorrow.needs_you]
    assert len(tomorrow.needs_you) == 7


def test_what_sleeps_makes_room_and_says_until_when(desk: Desk) -> None:
    first, second, *_ = desk.today().needs_you
    until = desk.as_of + timedelta(days=3)
    desk.snooze_alert(second.id)
    desk.snooze_alert(first.id, until=until)
    after = desk.today()
    assert len(after.needs_you) == 7
    assert [(one.id, one.asleep_until) for one in after.asleep] == [(first.id, until), (second.id, None)]


def test_setting_aside_counts_against_the_rule_and_is_one_act(desk: Desk) -> None:
    first = desk.today().needs_you[0]
    desk.set_aside_alert(first.id)
    assert [one.id for one in desk.today().asleep] == [first.id]
    assert [one.event for one in desk.alert(first.id).history][-2:] == ["not useful", "snoozed"]
    act = desk.undo()
    assert act is not None
    assert first.partner_name in act.said
    assert desk.today().needs_you[0] == first
    assert desk.undo() is None


def test_an_opened_alert_rests_on_the_same_as_its_page(desk: Desk) -> None:
    for one in desk.today().needs_you:
        opened = desk.open_alert(one.id)
        page = desk.alert(one.id)
        assert opened.detail.records == page.records
        assert opened.detail.thresholds == page.thresholds
        assert opened.detail.alert == page.alert
        assert 1 <= len(opened.figures) <= 3
        known = {
            line.metric
            for line in (*desk.scorecard(one.partner_id).lines, *desk.scorecard(one.partner_id).our_side)
        }
        assert {line.metric for line in opened.figures} <= known


def test_a_rule_that_reads_a_metric_shows_it(desk: Desk) -> None:
    today = desk.today()
    read = {
        one.id: [
            name for name in desk.catalog.metrics if f"'{name}'" in desk.catalog.rules[alert.rule].records
        ]
        for one in (*today.needs_you, *today.digest)
        for alert in [desk.open_alert(one.id).detail.alert]
    }
    shown = [
        {line.metric for line in desk.open_alert(alert_id).figures} & set(metrics)
        for alert_id, metrics in read.items()
        if metrics
    ]
    assert any(shown)


def test_no_alert_of_a_number_that_is_not_open(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.open_alert(10_000_000)


def test_a_notice_about_the_portfolio_opens_without_figures(desk: Desk) -> None:
    (notice,) = desk.today().notices
    opened = desk.open_alert(notice.id)
    assert opened.detail.partner_name is None
    assert opened.figures == ()


def test_meetings_are_those_of_a_week_in_their_order(desk: Desk) -> None:
    meetings = desk.today().meetings
    assert meetings
    assert [one.at for one in meetings] == sorted(one.at for one in meetings)
    assert {(one.at.date() - desk.as_of).days for one in meetings} <= set(range(8))


def test_since_you_met_begins_on_the_day_of_the_last_meeting(desk: Desk) -> None:
    one = desk.today().needs_you[0]
    met = desk.since_you_met(one.partner_id)
    assert met.met_on == desk.since_last_meeting(one.partner_id)
    assert all(item.day >= met.since for item in met.items)


def test_what_changed_tells_of_each_partner_once_the_bad_first(desk: Desk) -> None:
    changes = desk.last_time()
    assert changes.since == desk.as_of - timedelta(days=7)
    names = [one.partner_id for one in changes.partners]
    assert len(set(names)) == len(names)
    tones = [one.tone for one in changes.partners]
    assert tones == sorted(tones, key=("bad", "good", "plain").index)


def test_the_digest_of_a_large_portfolio_lists_the_highest_and_counts_the_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = desk.today(mine=False)
    monkeypatch.setattr(morning, "DIGEST_LISTED", 5)
    short = morning.report(desk.insight, desk.alerts(mine=False), mine=False)
    assert short.digest == whole.digest[:5]
    assert short.left_out == len(whole.digest) - 5
    assert whole.left_out == 0


@pytest.mark.parametrize(
    ("name", "value", "title", "words"),
    [
        ("warning_days", 90, "Warning", "90 days"),
        ("days", 1, "Days", "1 day"),
        ("exception_warning_hours", 8, "Exception warning", "8 business hours"),
        ("times", 1.5, "Times", "1.5 times"),
        ("share", 0.85, "Share", "85%"),
        ("open_cases", 2, "Open cases", "2"),
    ],
)
def test_a_threshold_says_what_it_counts(name: str, value: float, title: str, words: str) -> None:
    assert (threshold_title(name), threshold_words(name, value)) == (title, words)
