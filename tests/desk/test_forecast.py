"""The number of the quarter, what changed in a week, and the arithmetic of how near a call came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.base.periods import FiscalCalendar, Period
from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.insight.accuracy import (
    HeldCall,
    accuracy,
    by_weeks_before_end,
    day_of_call,
    week_of,
    weeks_before,
)
from camdesk.insight.forecast import ForecastDeal
from camdesk.store.keys import KeyMode

EUR = 10_000
WEEK_AGO, TODAY = date(2026, 11, 13), date(2026, 11, 20)

PARTNERS = """partner_id,name,type,enrolled_on
P1,Harbour Systems,reseller,2021-01-01
P2,Wide Supply,distributor,2021-01-01
P3,Quiet Corner,reseller,2021-01-01
"""
TARGETS = """target_id,partner_id,metric,period_start,period_end,value,currency
T1,P1,revenue,2026-10-01,2026-12-31,300000,EUR
"""
ORDERS = """order_id,partner_id,booked_on,amount,currency
O1,P1,2026-10-05,100000,EUR
O2,P1,2026-11-16,10000,EUR
O3,P2,2026-10-20,50000,EUR
"""
SELL_THROUGH = """line_id,partner_id,reseller,reseller_partner_id,month,value,currency
L1,P2,Harbour Systems,P1,2026-10-01,7000,EUR
L2,P2,Somebody Else,,2026-10-01,9000,EUR
"""
DEAL_HEADS = (
    "deal_id,partner_id,name,status,amount,currency,submitted_at,forecast,expected_close_on,closed_on"
)
# name, status, amount, forecast, expected close, closed on
BEFORE: Mapping[str, Sequence[str]] = {
    "D1": ("Same", "open", "40000", "commit", "2026-12-10", ""),
    "D2": ("Grown", "open", "30000", "commit", "2026-12-15", ""),
    "D3": ("Risen", "open", "20000", "pipeline", "2026-12-15", ""),
    "D4": ("Put off", "open", "25000", "commit", "2026-12-01", ""),
    "D5": ("Won", "open", "15000", "best_case", "2026-12-01", ""),
    "D7": ("Vanished", "open", "8000", "commit", "2026-12-01", ""),
    "D8": ("Surer", "open", "6000", "best_case", "2026-12-01", ""),
    "D9": ("Next quarter", "open", "90000", "commit", "2027-02-01", ""),
}
AFTER: Mapping[str, Sequence[str]] = {
    "D1": BEFORE["D1"],
    "D2": ("Grown", "open", "35000", "commit", "2026-12-15", ""),
    "D3": ("Risen", "open", "20000", "best_case", "2026-12-15", ""),
    "D4": ("Put off", "open", "25000", "commit", "2027-01-20", ""),
    "D5": ("Won", "won", "15000", "best_case", "2026-12-01", "2026-11-18"),
    "D6": ("Fresh", "open", "5000", "commit", "2026-11-18", ""),
    "D8": ("Surer", "open", "6000", "commit", "2026-12-01", ""),
    "D9": BEFORE["D9"],
}


def no_passphrase(_: str) -> str | None:
    raise AssertionError("The workspace opens without a passphrase.")


def deals(rows: Mapping[str, Sequence[str]]) -> str:
    lines = [DEAL_HEADS]
    for deal_id, (name, status, amount, forecast, expected, closed) in rows.items():
        begin = f"{deal_id},P1,{name},{status},{amount},EUR,2026-08-01T09:00:00Z"
        lines.append(f"{begin},{forecast},{expected},{closed}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace synced on two Fridays, between which the deals moved."""
    folder = tmp_path_factory.mktemp("exports")
    files = {"partners": PARTNERS, "targets": TARGETS, "orders": ORDERS, "sell_through": SELL_THROUGH}
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    home = tmp_path_factory.mktemp("forecast") / "workspace"
    made = Desk.create(home, Settings(), ask=no_passphrase, mode=KeyMode.SAMPLE)
    made.add_source("exports", "folder", {"path": str(folder)})
    made.close()
    for day, rows in ((WEEK_AGO, BEFORE), (TODAY, AFTER)):
        (folder / "deals.csv").write_text(deals(rows), encoding="utf-8")
        desk = Desk.open(home, ask=no_passphrase, as_of=day)
        (report,) = desk.sync(progress=SilentProgress())
        assert not report.rejected
        desk.close()
    return home


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    desk = Desk.open(home, ask=no_passphrase, as_of=TODAY)
    yield desk
    desk.close()


def found(deals: Sequence[ForecastDeal]) -> dict[str, ForecastDeal]:
    return {deal.name: deal for deal in deals}


def test_a_partners_number_and_what_moved_in_it_since_last_week(desk: Desk) -> None:
    report = desk.forecast()
    row = next(row for row in report.rows if row.partner.partner_id == "P1")
    now, before = row.figures, row.before
    assert (report.quarter, report.days_left, report.compared_with) == ("FY26 Q4", 41, WEEK_AGO)
    assert not row.target_assumed
    # Orders and the line that names it; commit adds D1, D2, D6 and D8; best case adds D3.
    assert now.target == 300_000 * EUR
    assert now.booked == 117_000 * EUR
    assert now.commit == (117_000 + 40_000 + 35_000 + 5_000 + 6_000) * EUR
    assert now.best_case == (203_000 + 20_000) * EUR
    assert now.gap == 97_000 * EUR
    assert before is not None
    assert before.booked == 107_000 * EUR
    assert before.commit == (107_000 + 40_000 + 30_000 + 25_000 + 8_000) * EUR
    assert before.gap == 90_000 * EUR


def test_totals_are_sums_and_count_no_record_twice(desk: Desk) -> None:
    report = desk.forecast()
    booked = [row.figures.booked for row in report.rows if row.figures.booked is not None]
    assert report.total.figures.booked == sum(booked) == (100_000 + 10_000 + 50_000 + 7_000) * EUR
    assert report.total.through_distribution == 7_000 * EUR
    assert sum(each.figures.booked or 0 for each in report.types) == report.total.figures.booked
    assert [each.through_distribution for each in report.types] == [0, 0]
    quarter = desk.portfolio().quarter
    assert report.total.figures.gap == quarter.gap
    assert (report.total.figures.commit, report.total.figures.target) == (quarter.commit, quarter.target)


def test_each_deal_says_what_happened_to_it(desk: Desk) -> None:
    deals = found(desk.partner_forecast("P1").deals)

    def said(name: str) -> list[str]:
        return [change.in_words("EUR") for change in deals[name].changes or ()]

    assert said("Same") == []
    assert said("Grown") == ["amount €30k → €35k"]
    assert said("Risen") == ["entered: was pipeline"]
    assert said("Fresh") == ["entered: new"]
    assert said("Surer") == ["moved from best case to commit"]
    assert said("Put off") == ["moved out to 20 Jan 2027"]
    assert said("Won") == ["left: won on 18 Nov 2026"]
    assert said("Vanished") == ["left: no longer in its source"]
    assert "Next quarter" not in deals
    assert {name for name, deal in deals.items() if deal.slipped} == {"Fresh"}
    assert {name for name, deal in deals.items() if deal.category is None} == {"Put off", "Won", "Vanished"}


def test_the_deals_make_up_commit_and_best_case(desk: Desk) -> None:
    single = desk.partner_forecast("P1")
    booked, amounts = single.row.figures.booked or 0, {"commit": 0, "best_case": 0}
    for deal in single.deals:
        if deal.category is not None:
            amounts[deal.category] += deal.amount or 0
    assert booked + amounts["commit"] == single.row.figures.commit
    assert booked + sum(amounts.values()) == single.row.figures.best_case


def test_before_the_first_sync_nobody_knows_commit(home: Path) -> None:
    desk = Desk.open(home, ask=no_passphrase, as_of=date(2026, 11, 17))
    row = next(row for row in desk.forecast().rows if row.partner.partner_id == "P1")
    assert row.before is not None
    assert (row.before.booked, row.before.commit) == (107_000 * EUR, None)
    assert all(deal.changes is None for deal in desk.partner_forecast("P1").deals)
    desk.close()


def test_in_a_quarters_first_week_there_is_nothing_to_compare_with(home: Path) -> None:
    desk = Desk.open(home, ask=no_passphrase, as_of=date(2027, 1, 5))
    report = desk.forecast()
    assert report.compared_with is None
    assert {row.before for row in report.rows} == {None}
    desk.close()


def test_calls_are_kept_by_week_and_the_same_week_replaces(desk: Desk) -> None:
    desk.call_forecast("P3", 90_000 * EUR, day=date(2026, 11, 10))
    _, replaced = desk.call_forecast("P3", 80_000 * EUR)
    assert not replaced
    made, replaced = desk.call_forecast("P3", 70_000 * EUR)
    assert replaced
    assert (made.week_on, made.quarter_from) == (date(2026, 11, 16), date(2026, 10, 1))
    assert [one.amount for one in desk.forecast_calls("P3")] == [90_000 * EUR, 70_000 * EUR]
    row = next(row for row in desk.forecast().rows if row.partner.partner_id == "P3")
    assert (row.call, row.last_week_call) == (made, desk.forecast_calls("P3")[0])
    assert row.call_gap is None  # of P3 no commit is known


def test_a_call_is_taken_away_and_the_one_before_stands_again(desk: Desk) -> None:
    desk.call_forecast("P3", 90_000 * EUR, day=date(2026, 11, 10))
    desk.call_forecast("P3", 80_000 * EUR)
    assert desk.clear_call("P3").amount == 80_000 * EUR
    row = next(row for row in desk.forecast().rows if row.partner.partner_id == "P3")
    assert row.call is not None
    assert row.call.amount == 90_000 * EUR
    desk.call_forecast("P3", 70_000 * EUR)
    assert desk.clear_call("P3", day=date(2026, 11, 13)).amount == 90_000 * EUR
    assert [one.amount for one in desk.forecast_calls("P3")] == [70_000 * EUR]
    with pytest.raises(NotFoundError):
        desk.clear_call("P3", day=date(2026, 11, 13))
    desk.clear_call("P3")
    with pytest.raises(NotFoundError):
        desk.clear_call("P3")


def test_a_week_that_two_quarters_share_holds_a_call_for_each(home: Path) -> None:
    desk = Desk.open(home, ask=no_passphrase, as_of=date(2027, 1, 8))
    for day in (date(2026, 12, 30), date(2027, 1, 2)):
        desk.call_forecast("P2", 1 * EUR, day=day)
    calls = desk.forecast_calls("P2")
    assert [one.week_on for one in calls] == [date(2026, 12, 28)] * 2
    assert [one.quarter_from for one in calls] == [date(2026, 10, 1), date(2027, 1, 1)]
    desk.close()


def test_a_call_for_nobody_for_a_week_to_come_or_below_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.call_forecast("P9", EUR)
    with pytest.raises(UsageError):
        desk.call_forecast("P1", EUR, day=date(2026, 11, 23))
    with pytest.raises(UsageError):
        desk.call_forecast("P1", -1)


def test_a_finished_quarters_calls_are_held_against_booked_and_beside_commit(home: Path) -> None:
    for day, amount in ((WEEK_AGO, 150_000), (TODAY, 130_000)):
        calling = Desk.open(home, ask=no_passphrase, as_of=day)
        calling.call_forecast("P1", amount * EUR)
        assert calling.forecast_accuracy().total.calls == 0  # the quarter has not ended
        calling.close()
    desk = Desk.open(home, ask=no_passphrase, as_of=date(2027, 1, 31))
    report = desk.forecast_accuracy()
    held = [one for each in report.quarters for one in each.held if one.partner_id == "P1"]
    desk.close()
    assert [(one.called_on, one.weeks_before_end) for one in held] == [(WEEK_AGO, 7), (TODAY, 6)]
    assert {one.booked for one in held} == {117_000 * EUR}
    assert [one.error for one in held] == [33_000 * EUR, 13_000 * EUR]
    assert [one.commit for one in held] == [210_000 * EUR, 203_000 * EUR]
    assert accuracy(held).beats_commit
    assert accuracy(held).direction == "over"


# The arithmetic

AMOUNTS = st.integers(0, 10**12)
START = date(2026, 10, 1)
QUARTER = Period(START, date(2027, 1, 1))


@st.composite
def held_calls(draw: st.DrawFn, *, perfect: bool = False) -> HeldCall:
    week = week_of(START) + timedelta(weeks=draw(st.integers(0, 13)))
    booked = draw(AMOUNTS)
    commit = draw(st.none() | AMOUNTS)
    partner = draw(st.sampled_from(("A", "B", "C")))
    call = booked if perfect else draw(AMOUNTS)
    return HeldCall(partner, START, week, week, weeks_before(week, QUARTER), call, booked, commit)


@given(st.lists(held_calls(perfect=True), min_size=1))
def test_a_perfect_call_has_no_error(held: list[HeldCall]) -> None:
    whole = accuracy(held)
    assert (whole.error, whole.direction) == (0, "even")
    assert whole.bias in (0, None)
    assert whole.mape in (0, None)
    assert whole.beats_commit is not True or whole.commit_mape


@given(st.lists(held_calls()))
def test_totals_are_sums(held: list[HeldCall]) -> None:
    whole = accuracy(held)
    assert whole.calls == len(held)
    assert whole.call - whole.booked == whole.error == sum(one.call - one.booked for one in held)
    weeks = by_weeks_before_end(held)
    assert sum(each.calls for _, each in weeks) == whole.calls
    assert sum(each.error for _, each in weeks) == whole.error
    assert sum(each.commit_error or 0 for _, each in weeks) == (whole.commit_error or 0)
    assert [number for number, _ in weeks] == sorted({one.weeks_before_end for one in held}, reverse=True)


@given(st.lists(held_calls(), min_size=1))
def test_percentages_say_nothing_where_nothing_was_booked(held: list[HeldCall]) -> None:
    whole = accuracy([replace(one, booked=0) for one in held])
    assert (whole.mape, whole.bias, whole.commit_mape, whole.beats_commit) == (None, None, None, None)


@given(held_calls(), st.integers(1, 1000))
def test_percentages_do_not_depend_on_the_currency(one: HeldCall, times: int) -> None:
    larger = replace(
        one,
        call=one.call * times,
        booked=one.booked * times,
        commit=None if one.commit is None else one.commit * times,
    )
    assert accuracy([larger]).mape == pytest.approx(accuracy([one]).mape)
    assert accuracy([larger]).commit_bias == pytest.approx(accuracy([one]).commit_bias)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 12), st.integers(-40, 40))
def test_a_call_speaks_from_a_day_of_its_week_and_quarter(day: date, start_month: int, late: int) -> None:
    quarter = FiscalCalendar(start_month).quarter(day)
    called = day_of_call(week_of(day), day + timedelta(days=late), quarter)
    assert week_of(called) == week_of(day)
    assert called in quarter
    assert weeks_before(week_of(day), quarter) >= 0
