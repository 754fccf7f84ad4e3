"""Who a rule is asked about, what it waits for, and what it says once it fires."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.base.working_time import WorkingTime, parse_instant
from camdesk.insight.alerts.evaluation import Evaluation
from camdesk.insight.alerts.listing import alerts_of, needs_you, priority
from camdesk.insight.alerts.situation import due_day, poisson_at_most
from camdesk.insight.results import Alert
from tests.insight.alert_book import SCALE, AlertBook, Rows

DAY = date(2026, 11, 20)
UNPAID = {"program": "Growth", "amount": 9990, "due_on": "2026-11-10"}
LATE_DEAL = {
    "name": "Mill",
    "status": "open",
    "forecast": "commit",
    "amount": 40000,
    "submitted_at": "2026-06-01T09:00:00Z",
    "expected_close_on": "2026-11-10",
    "stage_changed_on": "2026-08-01",
}
SILENT = [
    {"kind": "registered", "status": "open", "submitted_at": f"2026-0{month}-01T09:00:00Z"}
    for month in (5, 6, 7, 8)
]


@pytest.fixture
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlertBook]:
    made = AlertBook(tmp_path_factory.mktemp("alerts"))
    yield made
    made.database.close()


def evaluated(
    book: AlertBook, rows: Rows, *names: str, as_of: date = DAY, synced_on: date = DAY, **more: Any
) -> Evaluation:
    book.fill(rows, synced_on=synced_on)
    catalog = book.catalog_with(**{name: {} for name in names}, **more)
    return book.evaluate(catalog, rows, as_of=as_of)


def listed(book: AlertBook, evaluation: Evaluation) -> tuple[Alert, ...]:
    with book.database.read() as connection:
        return tuple(one for one in alerts_of(connection, evaluation) if one.partner_id)


def test_rules_ask_about_enrolled_partners_except_about_money_owed(book: AlertBook) -> None:
    rows = {
        "partners": [{"partner_id": "P1", "status": "terminated"}],
        "incentives": [UNPAID],
        "deals": [LATE_DEAL],
    }
    alerts = listed(book, evaluated(book, rows, "incentive-unpaid", "forecast-slipping"))
    assert [alert.rule for alert in alerts] == ["incentive-unpaid"]


def test_class_c_hears_only_of_money_dates_and_our_own_faults(book: AlertBook) -> None:
    rows = {
        "standing": [{"attention": "C"}],
        "deals": [LATE_DEAL],
        "referrals": [
            {
                "customer": "Mill",
                "status": "accepted",
                "submitted_at": "2026-08-01T09:00:00Z",
                "first_response_at": "2026-08-01T12:00:00Z",
            }
        ],
    }
    names = ("forecast-slipping", "pipeline-stalling", "referral-status-silent")
    alerts = listed(book, evaluated(book, rows, *names))
    assert {alert.rule for alert in alerts} == {"forecast-slipping", "referral-status-silent"}


def test_a_profile_sets_its_own_thresholds(book: AlertBook) -> None:
    rows = {"deals": [LATE_DEAL]}
    lenient = evaluated(book, rows, pipeline_stalling={"warning_days": 90, "critical_days": 150})
    (alert,) = listed(book, lenient)
    assert alert.severity == "warning"
    assert listed(book, evaluated(book, rows, pipeline_stalling={"warning_days": 120})) == ()


def test_a_partner_of_two_hats_is_asked_about_under_the_first_that_has_the_rule(book: AlertBook) -> None:
    rows = {
        "partners": [{"partner_id": "P1", "type": "unknown", "other_types": ["example"]}],
        "incentives": [UNPAID],
    }
    assert len(listed(book, evaluated(book, rows, "incentive-unpaid"))) == 1


def test_absence_rules_wait_for_a_source_that_brings_the_news(book: AlertBook) -> None:
    evaluation = evaluated(book, {"orders": [{"booked_on": "2026-11-01", "amount": 5}]}, "no-registration")
    assert [held.rule for held in evaluation.held_back] == ["no-registration"]
    assert "deals" in evaluation.held_back[0].because
    assert evaluation.firings == ()


def test_absence_rules_wait_while_the_source_is_stale(book: AlertBook) -> None:
    stale = evaluated(book, {"deals": SILENT}, "no-registration", synced_on=date(2026, 11, 16))
    assert "16 Nov 2026" in stale.held_back[0].because
    assert stale.firings == ()
    fresh = evaluated(book, {"deals": SILENT}, "no-registration", synced_on=date(2026, 11, 17))
    assert fresh.held_back == ()
    assert [firing.rule for firing in fresh.firings] == ["no-registration"]


def test_what_the_user_wrote_is_never_stale(book: AlertBook) -> None:
    rows = {
        "meetings": [
            {"source": "me", "kind": "working", "status": "held", "scheduled_at": "2026-09-01T09:00:00Z"}
        ]
    }
    evaluation = evaluated(book, rows, "meeting-overdue", synced_on=date(2026, 9, 1))
    assert evaluation.held_back == ()
    assert len(evaluation.firings) == 1


def test_a_rule_about_records_is_not_held_back(book: AlertBook) -> None:
    evaluation = evaluated(book, {"incentives": [UNPAID]}, "incentive-unpaid", synced_on=date(2026, 1, 1))
    assert evaluation.held_back == ()
    assert len(evaluation.firings) == 1


_STUMBLES = """
SELECT partner_id, {subject} AS subject, 'x' AS label, {severity} AS severity, {value} AS value_at_stake,
       {due} AS due_on, NULL AS entity, NULL AS record_id FROM incentives
"""
_NOTHING_ODD = {"subject": "incentive_id", "severity": "NULL", "value": "NULL", "due": "NULL"}


@pytest.mark.parametrize(
    "odd",
    [
        {"severity": "'awful'"},
        {"due": "'soon'"},
        {"value": "'much'"},
        {"subject": "'all'", "value": "SUM(9223372036854775807)"},
    ],
)
def test_a_rule_that_stumbles_is_held_back_and_the_others_go_on(book: AlertBook, odd: dict[str, str]) -> None:
    """Such a query runs on an empty portfolio, where it is checked."""
    records = _STUMBLES.format(**{**_NOTHING_ODD, **odd})
    rows = {"incentives": [UNPAID, UNPAID]}
    book.fill(rows, synced_on=DAY)
    catalog = book.catalog_with(**{"incentive-unpaid": {}, "behind-plan": {}})
    broken = catalog.rules["behind-plan"].model_copy(
        update={"records": records, "needs": (), "clear_margin": False}
    )
    catalog = replace(catalog, rules={**catalog.rules, "behind-plan": broken})
    evaluation = book.evaluate(catalog, rows, as_of=DAY)
    assert [held.rule for held in evaluation.held_back] == ["behind-plan"]
    assert "does not work on this data" in evaluation.held_back[0].because
    assert [firing.rule for firing in evaluation.firings] == ["incentive-unpaid"]


def test_which_rules_silence_which(book: AlertBook) -> None:
    rules = book.catalog.rules
    assert {rule.id: set(rule.silences) for rule in rules.values() if rule.silences} == {
        "going-dark": {
            "no-registration", "registration-slowdown", "coverage-thin", "meeting-overdue", "score-dropped",
        },
        "no-registration": {"registration-slowdown"},
    }  # fmt: skip
    by_subject = {rule.id: rule.silences_subjects_of for rule in rules.values() if rule.silences_subjects_of}
    assert by_subject == {"renewal-overdue": ("renewal-without-plan",)}


def test_a_rule_nobody_switched_on_says_nothing(book: AlertBook) -> None:
    assert evaluated(book, {"incentives": [UNPAID]}).firings == ()


def test_going_dark_silences_what_it_explains(book: AlertBook) -> None:
    rows = {"deals": SILENT, "standing": [{"attention": "A"}]}
    names = ("going-dark", "no-registration")
    both = evaluated(book, rows, *names, as_of=date(2026, 11, 2), synced_on=date(2026, 11, 2))
    assert [alert.rule for alert in listed(book, both)] == ["going-dark"]
    week_later = evaluated(book, rows, *names, as_of=date(2026, 11, 9), synced_on=date(2026, 11, 9))
    assert [alert.rule for alert in listed(book, week_later)] == ["no-registration"]


def test_one_alert_holds_all_subjects_and_counts_each_deal_once(book: AlertBook) -> None:
    rows = {
        "deals": [
            {"deal_id": "D1", "status": "open", "amount": 5000, "submitted_at": "2026-10-01T09:00:00Z"}
        ],
        "requests": [
            {"kind": "pricing_exception", "deal_id": "D1", "amount": 300, "asked_at": "2026-11-16T09:00:00Z"},
            {"kind": "technical", "deal_id": "D1", "asked_at": "2026-11-10T09:00:00Z"},
            {"kind": "contract", "amount": 700, "asked_at": "2026-11-11T09:00:00Z"},
        ],
    }
    (alert,) = listed(book, evaluated(book, rows, "request-unanswered"))
    assert len(alert.subjects) == 3
    assert alert.value_at_stake == 5700 * SCALE
    assert alert.severity == "critical"
    assert alert.due_on == min(subject.due_on for subject in alert.subjects if subject.due_on)
    assert alert.message.startswith("3 requests")


def test_commitments_of_both_sides_and_only_ours_weighs_more(book: AlertBook) -> None:
    def of(side: str) -> Alert:
        rows = {"commitments": [{"side": side, "text": "Do it", "due_on": "2026-11-16"}]}
        (alert,) = listed(book, evaluated(book, rows, "commitment-overdue"))
        return alert

    assert of("vendor").severity == of("partner").severity == "warning"
    assert of("vendor").priority == pytest.approx(1.25 * of("partner").priority)


@pytest.mark.parametrize(
    ("severity", "due_on", "value", "ours", "expected"),
    [
        ("critical", date(2026, 11, 19), 990 * SCALE, False, 3 * 2 * 3),
        ("warning", date(2026, 11, 20), 90 * SCALE, False, 2 * 1.5 * 2),
        ("warning", date(2026, 11, 27), 90 * SCALE, True, 2 * 1.5 * 2 * 1.25),
        ("notice", date(2026, 12, 20), 0, False, 1.2),
        ("notice", date(2026, 12, 21), 0, False, 1),
        ("notice", None, 99_990 * SCALE, False, 5),
        ("notice", None, -50 * SCALE, False, 1),
    ],
)
def test_priority(severity: str, due_on: date | None, value: int, ours: bool, expected: float) -> None:
    assert priority(severity, due_on=due_on, as_of=DAY, value=value, ours=ours) == pytest.approx(expected)


def test_without_money_a_tenth_of_what_the_partner_brings_is_at_stake(book: AlertBook) -> None:
    rows = {
        "partners": [
            {"partner_id": "P1", "contribution": 9900},
            {"partner_id": "P2", "contribution": 99900},
            {"partner_id": "P3", "contribution": 999900},
            {"partner_id": "P4"},
        ],
        "standing": [{"partner_id": "P4", "stage": "onboard"}],
        "figures": [
            {"partner_id": f"P{number}", "metric": "seat_activation", "value": 0.5} for number in (1, 2, 3, 4)
        ],
        "usage": [
            {
                "partner_id": f"P{number}",
                "month": "2026-10-01",
                "seats": 9,
                "active_seats": 1,
                "usage_id": f"U{number}",
            }
            for number in (1, 2, 3, 4)
        ],
    }
    alerts = {alert.partner_id: alert for alert in listed(book, evaluated(book, rows, "low-activation"))}
    assert alerts["P1"].priority == pytest.approx(3)
    assert alerts["P2"].priority == pytest.approx(4)
    assert alerts["P4"].priority == pytest.approx(4), "a new partner weighs as much as its type's median"
    assert alerts["P1"].value_at_stake is None


def test_a_metric_rule_within_its_margin_opens_nothing(book: AlertBook) -> None:
    rows = {
        "usage": [{"month": "2026-10-01", "seats": 100, "active_seats": 72}],
        "figures": [{"metric": "seat_activation", "value": 0.72}],
    }
    assert listed(book, evaluated(book, rows, "low-activation")) == ()


def test_the_seven_most_pressing_need_you_one_per_partner_and_two_per_rule(book: AlertBook) -> None:
    partners = [{"partner_id": f"P{number}"} for number in range(1, 10)]
    rows = {
        "partners": partners,
        "incentives": [
            UNPAID | {"partner_id": f"P{number}", "incentive_id": f"I{number}", "amount": 1000 * number}
            for number in range(1, 10)
        ],
        "commitments": [
            {
                "partner_id": f"P{number}",
                "side": "partner",
                "text": "x",
                "due_on": "2026-11-01",
                "commitment_id": f"C{number}",
            }
            for number in range(1, 10)
        ],
        "agreements": [
            {
                "partner_id": f"P{number}",
                "kind": "partner",
                "expires_on": "2026-11-30",
                "agreement_id": f"A{number}",
            }
            for number in range(1, 10)
        ],
        "deals": [
            LATE_DEAL | {"partner_id": "P1", "status": "won", "closed_on": "2026-11-19", "amount": 900000}
        ],
    }
    names = ("incentive-unpaid", "commitment-overdue", "agreement-ending", "win-to-thank")
    alerts = listed(book, evaluated(book, rows, *names))
    by_id = {alert.id: alert for alert in alerts}
    chosen = [by_id[number] for number in needs_you(alerts)]
    assert len(chosen) == 6, "three rules of two each; good news stands outside"
    assert len({alert.partner_id for alert in chosen}) == len(chosen)
    assert all(alert.severity != "good news" for alert in chosen)
    assert chosen[0] == max(
        (a for a in alerts if a.severity != "good news"), key=lambda alert: alert.priority
    )


SOME_ALERT = Alert(
    1, "P1", "rule", "warning", "new", 1.0, None, None, "Words", "", "", DAY, False, ()
)  # fmt: skip
SOME_ALERTS = st.lists(
    st.builds(
        replace,
        st.just(SOME_ALERT),
        partner_id=st.sampled_from([f"P{number}" for number in range(12)]),
        rule=st.sampled_from("abcdef"),
        severity=st.sampled_from(["critical", "warning", "notice", "good news"]),
        state=st.sampled_from(["new", "acknowledged", "snoozed", "resolved", "muted"]),
        priority=st.floats(0, 40),
    ),
    max_size=40,
).map(lambda alerts: [replace(one, id=number) for number, one in enumerate(alerts)])


@given(SOME_ALERTS)
def test_whatever_is_open_seven_at_most_need_you(alerts: list[Alert]) -> None:
    chosen = [alerts[number] for number in needs_you(alerts)]
    assert len(chosen) <= 7
    assert all(one.state in ("new", "acknowledged") and one.severity != "good news" for one in chosen)
    assert [one.priority for one in chosen] == sorted((one.priority for one in chosen), reverse=True)
    partners, rules = Counter(one.partner_id for one in chosen), Counter(one.rule for one in chosen)
    assert max(partners.values(), default=0) <= 1
    assert max(rules.values(), default=0) <= 2
    for one in alerts:
        # What was left out gave way to something at least as pressing.
        if one in chosen or one.state not in ("new", "acknowledged") or one.severity == "good news":
            continue
        before = [other for other in chosen if other.priority >= one.priority]
        assert (
            len(before) == 7
            or one.partner_id in {other.partner_id for other in before}
            or sum(other.rule == one.rule for other in before) == 2
        )


def test_dark_partners_stand_in_one_notice_for_the_portfolio(book: AlertBook) -> None:
    rows = {
        "partners": [{"partner_id": "P1", "name": "Long"}, {"partner_id": "P2", "name": "Short"}],
        "orders": [
            {"order_id": "1", "partner_id": "P1", "booked_on": "2026-01-01", "amount": 5},
            {"order_id": "2", "partner_id": "P2", "booked_on": "2026-07-01", "amount": 5},
        ],
    }
    evaluation = evaluated(book, rows, "dark-partners")
    assert listed(book, evaluation) == ()
    with book.database.read() as connection:
        (notice,) = (one for one in alerts_of(connection, evaluation) if not one.partner_id)
    assert [subject.subject for subject in notice.subjects] == ["P2", "P1"]
    assert notice.message == "2 partners are dark; the best odds of coming back: Short"


def test_poisson() -> None:
    assert poisson_at_most(0, 3.0) == pytest.approx(0.0497870684)
    assert poisson_at_most(3, 5.0) == pytest.approx(0.2650259153)
    assert poisson_at_most(2, 0) == 1


def test_business_hours_run_out_on_a_working_day() -> None:
    friday_noon = parse_instant("2026-11-20T12:00:00Z")
    assert due_day(WorkingTime(), friday_noon, 5) == date(2026, 11, 20)
    assert due_day(WorkingTime(), friday_noon, 6) == date(2026, 11, 23)
