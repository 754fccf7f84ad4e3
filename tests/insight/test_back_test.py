"""A rule replayed over past days says what the alerts of those days said, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from camdesk.base.errors import CancelledError, NotFoundError, UsageError
from camdesk.base.progress import CancelSwitch, SilentProgress
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.desk.reports import BackTestReport
from camdesk.insight.alerts.evaluation import FiredSubject, Firing
from camdesk.insight.alerts.past_alerts import CLEARED, EARLY, TROUBLE, WELL, Reading, Span, Spans, told
from camdesk.insight.results import AlertEvidence
from camdesk.store import workspace as workspaces
from camdesk.store.keys import KeyMode

TODAY = date(2026, 11, 20)
FIRST_SYNC = date(2026, 11, 6)
SILENT_FROM, BACK_ON = date(2026, 1, 23), date(2026, 8, 12)


def _exports(folder: Path) -> Path:
    folder.mkdir()
    registrations = [date(2025, 9, 1) + timedelta(days=12 * number) for number in range(13)]
    registrations = [day for day in registrations if day <= SILENT_FROM] + [BACK_ON]
    deals = [
        f"D{number},P1,registered,open,{day}T09:00:00Z,approved,{day}T12:00:00Z"
        for number, day in enumerate(registrations)
    ]
    tables = {
        "partners": ["partner_id,name,type,class,enrolled_on", "P1,Alder,reseller,A,2021-05-01"],
        "deals": ["deal_id,partner_id,kind,status,submitted_at,decision,decided_at", *deals],
        "incentives": [
            "incentive_id,partner_id,program,amount,currency,due_on,paid_on",
            "I1,P1,Growth,500,EUR,2026-03-02,2026-04-20",
            "I2,P1,Growth,300,EUR,2026-11-10,",
        ],
    }
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("replay")
    made = folder / "home"
    workspaces.create(made, Settings(fixed_day=TODAY), ask=lambda _: None, mode=KeyMode.SAMPLE).close()
    exports = _exports(folder / "exports")
    for day in (FIRST_SYNC, TODAY):
        desk = Desk.open(made, ask=lambda _: None, as_of=day)
        if day == FIRST_SYNC:
            desk.add_source("exports", "folder", {"path": str(exports)})
        (report,) = desk.sync(progress=SilentProgress())
        assert report.rejected == ()
        desk.close()
    return made


@pytest.fixture(scope="module")
def desk(home: Path) -> Iterator[Desk]:
    opened = Desk.open(home, ask=lambda _: None)
    yield opened
    opened.close()


def days_of(report: BackTestReport) -> set[date]:
    """Return the days looked at on which the rule would have been firing."""
    return {
        day for one in report.test.alerts for day in report.test.days if one.first_day <= day <= one.last_day
    }


def test_an_unpaid_incentive_fires_from_the_day_it_is_late_to_the_day_it_is_paid(desk: Desk) -> None:
    report = desk.back_test("incentive-unpaid")
    first, second = report.test.alerts
    assert (first.partner_id, first.severity, first.rows) == ("P1", "warning", 1)
    assert date(2026, 3, 2) < first.first_day <= date(2026, 3, 9)
    assert first.last_day < date(2026, 4, 20) <= (first.cleared_on or TODAY) <= date(2026, 4, 27)
    assert first.value_at_stake == 500 * 10_000
    assert "Growth paid on 20 Apr 2026" in first.followed
    assert "the partner went dark" in first.followed
    assert first.verdict == TROUBLE
    assert (second.cleared_on, second.last_day, second.verdict) == (None, TODAY, EARLY)
    assert any("fired 2 times about 1 partner" in line for line in report.summary)
    assert any("Most often about Alder (2)" in line for line in report.summary)


def test_a_replay_says_what_the_alerts_of_each_day_say(home: Path, desk: Desk) -> None:
    start, end = date(2026, 3, 20), date(2026, 5, 15)
    for rule in ("incentive-unpaid", "no-registration"):
        replayed = desk.back_test(rule, start=start, end=end, step_days=14)
        seen = set()
        for day in replayed.test.days:
            past = Desk.open(home, ask=lambda _: None, as_of=day)
            if any(alert.rule == rule for alert in past.alerts(mine=False).alerts):
                seen.add(day)
            past.close()
        assert days_of(replayed) == seen
        assert set() < seen < set(replayed.test.days) or rule == "no-registration"


def test_a_replay_changes_no_state(home: Path, desk: Desk) -> None:
    before = desk.alerts(mine=False)
    desk.back_test("incentive-unpaid", thresholds={})
    after = Desk.open(home, ask=lambda _: None)
    assert after.alerts(mine=False) == before
    after.close()


def test_other_thresholds_are_compared_with_those_in_force(desk: Desk) -> None:
    report = desk.back_test("no-registration", thresholds={"warning_days": 150, "critical_days": 190})
    now, again = report.test.alerts
    (changed,) = report.test.alerts_changed or ()
    assert SILENT_FROM + timedelta(days=60) <= now.first_day < SILENT_FROM + timedelta(days=67)
    assert SILENT_FROM + timedelta(days=150) <= changed.first_day < SILENT_FROM + timedelta(days=157)
    assert now.last_day == changed.last_day < BACK_ON
    assert (now.severity, changed.severity) == ("critical", "critical")
    assert report.no_longer == (again,)
    assert report.added == ()
    assert any("1 fewer than now" in line for line in report.summary)
    never = desk.back_test("no-registration", thresholds={"warning_days": 400})
    assert never.test.alerts_changed == ()
    assert never.no_longer == (now, again)


def test_rules_about_states_have_nothing_to_say_before_the_first_sync(desk: Desk) -> None:
    report = desk.back_test("pipeline-stalling")
    assert report.test.unknown_before == FIRST_SYNC
    assert report.test.days == (FIRST_SYNC, FIRST_SYNC + timedelta(days=7), TODAY)
    assert report.test.unknown_days == 50
    assert "before the first sync on 6 Nov 2026" in report.summary[0]
    dated = desk.back_test("incentive-unpaid", start=date(2026, 10, 1))
    assert dated.test.unknown_before is None


def test_a_rule_about_an_absence_is_held_back_where_no_source_brings_the_news(desk: Desk) -> None:
    report = desk.back_test("usage-late", start=date(2026, 10, 1))
    assert report.test.alerts == ()
    assert "No source has brought" in (report.test.held_back or "")
    assert any("Held back" in line for line in report.summary)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"rule": "no-such-rule"}, NotFoundError),
        ({"rule": "behind-plan", "thresholds": {"patience": 1}}, UsageError),
        ({"rule": "behind-plan", "start": TODAY, "end": date(2026, 1, 1)}, UsageError),
        ({"rule": "behind-plan", "end": TODAY + timedelta(days=1)}, UsageError),
        ({"rule": "behind-plan", "step_days": 0}, UsageError),
        ({"rule": "behind-plan", "start": date(2001, 1, 1), "step_days": 1}, UsageError),
    ],
)
def test_what_cannot_be_replayed(desk: Desk, arguments: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        desk.back_test(**arguments)  # type: ignore[arg-type]  # each case gives arguments of its own


def test_a_replay_tells_how_far_it_is_and_can_be_stopped(desk: Desk) -> None:
    class Watch(CancelSwitch):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[tuple[int, int]] = []

        def report(self, done: int, total: int, label: str) -> None:
            self.seen.append((done, total))
            if done == 2:
                self.cancel()

    watch = Watch()
    with pytest.raises(CancelledError):
        desk.back_test("incentive-unpaid", progress=watch)
    assert watch.seen == [(done, 53) for done in range(3)]


def _fired(*names: str, holds_only: bool = False) -> Firing:
    subjects = tuple(
        FiredSubject(
            name, name, "warning", None, False, (AlertEvidence("deals", name),), {}, holds_only=holds_only
        )
        for name in names
    )
    return Firing("P1", "rule", subjects)


def test_an_alert_that_comes_back_within_14_days_is_the_same() -> None:
    spans = Spans()
    start = date(2026, 1, 1)
    for number, firing in enumerate([_fired("A"), None, _fired("A", "B"), None, None, None, _fired("A")]):
        spans.see(start + timedelta(days=7 * number), [firing] if firing else [])
    assert [(one.first_day, one.last_day, sorted(one.rows)) for one in spans.found] == [
        (start, start + timedelta(days=14), ["A", "B"]),
        (start + timedelta(days=42), start + timedelta(days=42), ["A"]),
    ]


def test_a_row_within_the_margin_keeps_an_alert_open_and_opens_none() -> None:
    spans = Spans()
    start = date(2026, 1, 1)
    nearly = _fired("A", holds_only=True)
    for number, firing in enumerate([nearly, _fired("A"), nearly]):
        spans.see(start + timedelta(days=7 * number), [firing])
    spans.see(start + timedelta(days=21), [])
    (span,) = spans.found
    assert (span.first_day, span.last_day) == (start + timedelta(days=7), start + timedelta(days=14))
    assert span.cleared_on == start + timedelta(days=21)


def test_a_partner_that_goes_dark_or_whose_score_falls_bears_a_warning_out() -> None:
    start = date(2026, 1, 1)
    span = Span("P1", start, start)

    def verdict(*, dark: bool = False, score: float = 60) -> str:
        readings = {
            start: {"P1": Reading(0.9, 100, 60.0, False)},
            start + timedelta(days=84): {"P1": Reading(0.8, 90, score, dark)},
        }
        return told(span, readings, {}, currency="EUR").verdict

    assert verdict(dark=True) == TROUBLE
    assert verdict(score=55) == TROUBLE
    assert verdict(score=65) == WELL
    assert verdict(score=56) == EARLY
    span.cleared_on = start + timedelta(days=7)
    assert verdict(score=56) == CLEARED
