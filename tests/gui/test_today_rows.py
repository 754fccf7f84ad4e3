"""The morning in words: the quarter, what is due, how long an alert may sleep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.desk.morning.today_reports import LastTime, MeetingAhead, PartnerChange, TodayAlert, TodayReport
from camdesk.desk.reports import QuarterFigures
from camdesk.gui.today.rows import (
    change_rows,
    is_late,
    meeting_rows,
    moment,
    quarter_words,
    sleeps,
    spoken,
    stake,
    when,
)

TODAY = date(2026, 11, 20)
EURO = 10_000
ALERT = TodayAlert(
    1,
    "P-1",
    "Aldgate",
    "MSP",
    "Gold",
    "Deal asleep",
    "critical",
    "new",
    None,
    None,
    "Wake it",
    "Call",
    TODAY,
    1,
)
QUARTER = QuarterFigures("FY26 Q4", 41, None, None, None, None, None)
REPORT = TodayReport(TODAY, "EUR", True, 3, 1, QUARTER, (), (), (), (), (), (), ())


def meeting(days: int) -> MeetingAhead:
    return MeetingAhead(
        "P-1", "Aldgate", datetime.fromisoformat("2026-11-20T09:05") + timedelta(days=days), "review", None
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "since today"),
        ({"first_seen": TODAY - timedelta(days=4)}, "open 4 d"),
        ({"due_on": TODAY}, "due today"),
        ({"due_on": TODAY + timedelta(days=2)}, "due in 2 d"),
        ({"due_on": TODAY + timedelta(days=41)}, "due 31 Dec"),
        ({"due_on": TODAY - timedelta(days=9)}, "9 d late"),
        ({"state": "snoozed", "due_on": TODAY - timedelta(days=9)}, "until worse"),
        ({"state": "snoozed", "asleep_until": date(2026, 12, 4)}, "until 4 Dec"),
        ({"state": "muted"}, "muted"),
    ],
)
def test_a_row_says_when_it_is_due_or_wakes(change: dict[str, object], words: str) -> None:
    assert when(replace(ALERT, **change), TODAY) == words  # type: ignore[arg-type] # any field of it


def test_only_what_is_awake_is_late() -> None:
    late = replace(ALERT, due_on=TODAY - timedelta(days=1))
    assert is_late(late, TODAY)
    assert not is_late(replace(late, state="snoozed"), TODAY)
    assert not is_late(replace(ALERT, due_on=TODAY), TODAY)


def test_a_screen_reader_hears_how_grave_who_what_and_how_much() -> None:
    alert = replace(ALERT, value_at_stake=412_000 * EURO, due_on=TODAY)
    assert (
        spoken(alert, currency="EUR", today=TODAY)
        == "critical, Aldgate, MSP, Wake it, €412k at stake, due today"
    )
    assert stake(ALERT, "EUR") == "–"


def test_the_quarter_names_the_gap_in_words() -> None:
    quarter = replace(QUARTER, target=3_200_000 * EURO, commit=2_700_000 * EURO, gap=500_000 * EURO)
    words = quarter_words(replace(REPORT, quarter=quarter, meetings=(meeting(3),)))
    assert words.before == "FY26 Q4: target €3.20M · commit €2.70M"
    assert (words.gap, words.behind) == ("gap €500k", True)
    assert words.after == "41 days left · next meeting Mon 09:05, Aldgate"


def test_a_quarter_nobody_knows_anything_of_is_its_name_alone() -> None:
    words = quarter_words(REPORT)
    assert (words.before, words.gap, words.behind) == ("FY26 Q4", "", False)
    closed = quarter_words(replace(REPORT, quarter=replace(QUARTER, gap=0, days_left=1)))
    assert (closed.gap, closed.behind, closed.after) == ("no gap", False, "1 day left")


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today 09:05"), (1, "tomorrow 09:05"), (6, "Thu 09:05"), (7, "next Fri 09:05")],
)
def test_a_meeting_is_told_by_its_day(days: int, words: str) -> None:
    assert moment(meeting(days), TODAY) == words


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)))
def test_every_sleep_ends_on_a_later_day(today: date) -> None:
    ends = [one.until for one in sleeps(today)]
    assert ends[-1] is None
    days = [day for day in ends if day is not None]
    assert all(day > today for day in days)
    assert days[1].weekday() == 0
    assert days[1] - today <= timedelta(days=7)


def test_meetings_are_told_apart_by_their_place() -> None:
    rows = meeting_rows([meeting(0), meeting(0)], TODAY)
    assert [row.key for row in rows] == ["0", "1"]
    assert [cell.text for cell in rows[0].cells] == ["today 09:05", "Aldgate", "Review"]


def test_bad_news_carry_a_sign_beside_their_colour() -> None:
    changes = LastTime(
        TODAY,
        (PartnerChange("P-1", "Aldgate", "Lost it", "bad", 2), PartnerChange("P-2", "Bo", "Met", "plain", 0)),
    )
    texts = [row.cells[1].text for row in change_rows(changes)]
    assert texts == ["▼\u2009Lost it · 2 more", "Met"]
