"""Where the shipped rules turn from quiet to loud, and from a warning to something critical."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.insight.alert_book import AlertBook, alert, severity


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlertBook]:
    made = AlertBook(tmp_path_factory.mktemp("content"))
    yield made
    made.database.close()


def deal(**more: Any) -> dict[str, Any]:
    return {
        "deal_id": "D1",
        "status": "open",
        "amount": 10000,
        "submitted_at": "2026-03-01T09:00:00Z",
        **more,
    }


@pytest.mark.parametrize(
    ("attainment", "expected"), [(0.70, None), (0.699, "warning"), (0.50, "warning"), (0.499, "critical")]
)
def test_behind_plan(book: AlertBook, attainment: float, expected: str | None) -> None:
    target = {"metric": "revenue", "period_start": "2026-01-01", "period_end": "2026-12-31", "value": 1000}
    rows = {
        "targets": [target],
        "orders": [{"booked_on": "2026-02-01", "amount": 1}],
        "figures": [{"metric": "revenue_attainment", "value": attainment}],
    }
    assert severity(book, "behind-plan", rows) == expected


def test_behind_plan_by_what_is_missing_today(book: AlertBook) -> None:
    target = {"metric": "revenue", "period_start": "2026-11-11", "period_end": "2026-11-30", "value": 1000}
    rows = {
        "targets": [target],
        "orders": [{"booked_on": "2026-02-01", "amount": 1}],
        "figures": [{"metric": "revenue_attainment", "value": 0.4}],
    }
    found = alert(book, "behind-plan", rows)
    assert found is not None
    assert found.value_at_stake == 300 * 10_000, "half of 1,000 less 40 % of that half"


def moved(*days: tuple[str, str], forecast: str = "best_case") -> list[dict[str, Any]]:
    """Return a deal's versions: the day each became known, and the expected close it had."""
    versions: list[dict[str, Any]] = []
    for number, (known_from, expected) in enumerate(days):
        row = deal(forecast=forecast, expected_close_on=expected, seen_from=known_from)
        if number + 1 < len(days):
            row |= {"seen_until": days[number + 1][0], "removed": 0}
        versions.append(row)
    return versions


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([("2026-08-01", "2026-12-01")], None),
        ([("2026-08-01", "2026-12-01"), ("2026-11-01", "2026-12-20")], None),
        (
            [("2026-08-01", "2026-12-01"), ("2026-11-01", "2027-01-02")],
            "has been put off into another quarter",
        ),
        ([("2026-06-01", "2026-12-01"), ("2026-08-01", "2027-01-02")], None),
        (
            [("2026-08-01", "2026-12-01"), ("2026-10-01", "2026-12-10"), ("2026-11-01", "2026-12-20")],
            "has been put off twice in 90 days",
        ),
        ([("2026-08-01", "2026-12-20"), ("2026-10-01", "2026-12-10"), ("2026-11-01", "2026-12-05")], None),
        ([("2026-08-01", "2026-11-19")], "is past its expected close"),
    ],
)
def test_forecast_slipping(book: AlertBook, days: list[tuple[str, str]], expected: str | None) -> None:
    found = alert(book, "forecast-slipping", {"deals": moved(*days)})
    assert (found.message if found else None) == (
        f"Deal D1 is in best case and {expected}" if expected else None
    )


def test_a_committed_deal_that_slips_is_critical(book: AlertBook) -> None:
    assert (
        severity(book, "forecast-slipping", {"deals": moved(("2026-08-01", "2026-11-01"), forecast="commit")})
        == "critical"
    )


@pytest.mark.parametrize(
    ("last", "expected"), [("2026-09-22", None), ("2026-09-20", "warning"), ("2026-08-21", "critical")]
)
def test_no_registration(book: AlertBook, last: str, expected: str | None) -> None:
    days = ("2026-06-20", "2026-07-20", "2026-08-01", last)
    rows = {
        "deals": [
            {"kind": "registered", "status": "open", "submitted_at": f"{day}T09:00:00Z"} for day in days
        ]
    }
    assert severity(book, "no-registration", rows) == expected


def certificate(number: int, expires_on: str, **more: Any) -> dict[str, Any]:
    return {
        "certification_id": f"C{number}",
        "person": f"Person {number}",
        "name": "Sales Basics",
        "track": "sales",
        "awarded_on": "2025-01-01",
        "expires_on": expires_on,
        **more,
    }


@pytest.mark.parametrize(
    ("certificates", "tier", "expected"),
    [
        ([certificate(1, "2027-01-19")], None, "notice"),
        ([certificate(1, "2027-01-20")], None, None),
        ([certificate(1, "2026-12-20")], None, "warning"),
        ([certificate(1, "2026-12-20", mandatory=1)], None, "critical"),
        ([certificate(1, "2026-11-01", mandatory=1)], None, "critical"),
        ([certificate(1, "2026-11-01")], None, None),
        ([certificate(1, "2026-12-20"), certificate(2, "2028-01-01")], None, None),
        ([certificate(1, "2026-12-20"), certificate(2, "2028-01-01")], "Silver", None),
        ([certificate(1, "2026-12-20"), certificate(2, "2028-01-01")], "Gold", "warning"),
        ([certificate(1, "2026-12-20"), certificate(2, "2028-01-01", person="Person 1")], "Gold", None),
        ([certificate(1, "2026-12-20", name="Safety", track="compliance")], "Gold", "critical"),
    ],
)
def test_certification_expiring(
    book: AlertBook, certificates: list[dict[str, Any]], tier: str | None, expected: str | None
) -> None:
    rows = {"partners": [{"partner_id": "P1", "tier": tier}], "certifications": certificates}
    assert severity(book, "certification-expiring", rows) == expected


@pytest.mark.parametrize(
    ("review_on", "expected"),
    [("2026-12-20", "critical"), ("2027-02-18", "warning"), ("2027-02-19", None), (None, "warning")],
)
def test_tier_at_risk(book: AlertBook, review_on: str | None, expected: str | None) -> None:
    rows = {
        "partners": [{"partner_id": "P1", "tier": "Gold", "tier_review_on": review_on}],
        "requirements": [
            {"kind": "held", "name": "renewal_rate", "unit": "percent", "needed": 0.8, "has": 0.7}
        ],
    }
    assert severity(book, "tier-at-risk", rows) == expected


def test_a_requirement_nobody_can_judge_puts_no_tier_at_risk(book: AlertBook) -> None:
    rows = {
        "partners": [{"partner_id": "P1", "tier": "Gold"}],
        "requirements": [
            {"kind": "held", "name": "renewal_rate", "unit": "percent", "needed": 0.8},
            {"kind": "held", "name": "certified_sales", "needed": 2, "has": 0},
        ],
    }
    assert alert(book, "tier-at-risk", rows) is None


@pytest.mark.parametrize(
    ("kind", "asked_at", "needed_by", "expected"),
    [
        ("pricing_exception", "2026-11-20T09:00:00Z", None, "warning"),
        ("pricing_exception", "2026-11-20T10:00:00Z", None, None),
        ("pricing_exception", "2026-11-18T09:00:00Z", None, "critical"),
        ("technical", "2026-11-18T09:00:00Z", None, "warning"),
        ("technical", "2026-11-18T10:00:00Z", None, None),
        ("technical", "2026-11-13T09:00:00Z", None, "critical"),
        ("technical", "2026-11-20T10:00:00Z", "2026-11-20T12:00:00Z", "critical"),
    ],
)
def test_request_unanswered(
    book: AlertBook, kind: str, asked_at: str, needed_by: str | None, expected: str | None
) -> None:
    rows = {"requests": [{"kind": kind, "asked_at": asked_at, "needed_by": needed_by}]}
    assert severity(book, "request-unanswered", rows) == expected


@pytest.mark.parametrize(
    ("submitted_at", "expected"),
    [
        ("2026-11-20T09:00:00Z", None),
        ("2026-11-19T13:00:00Z", "warning"),
        ("2026-11-19T09:00:00Z", "critical"),
    ],
)
def test_registration_undecided(book: AlertBook, submitted_at: str, expected: str | None) -> None:
    rows = {"deals": [deal(kind="registered", decision="pending", submitted_at=submitted_at)]}
    assert severity(book, "registration-undecided", rows) == expected


def test_two_open_cases_of_the_highest_severity(book: AlertBook) -> None:
    cases = [
        {"case_id": f"K{number}", "severity": "P1", "opened_at": f"2026-11-1{number}T09:00:00Z",
         "respond_by": "2026-11-19T09:00:00Z", "first_response_at": "2026-11-18T09:00:00Z"}
        for number in (1, 2)
    ]  # fmt: skip
    assert severity(book, "case-breach", {"cases": cases}) == "critical"
    assert severity(book, "case-breach", {"cases": cases[:1]}) is None
    solved = [cases[0], cases[1] | {"resolved_at": "2026-11-19T09:00:00Z"}]
    assert severity(book, "case-breach", {"cases": solved}) is None


@pytest.mark.parametrize(
    ("due_on", "expected"), [("2026-11-15", None), ("2026-11-14", "warning"), ("2026-11-04", "critical")]
)
def test_pos_report_late(book: AlertBook, due_on: str, expected: str | None) -> None:
    assert (
        severity(book, "pos-report-late", {"pos_reports": [{"month": "2026-10-01", "due_on": due_on}]})
        == expected
    )


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ({"influence": "champion", "left_on": "2026-11-01"}, "warning"),
        ({"is_executive": 1, "left_on": "2026-11-01"}, "critical"),
        ({"is_primary": 1, "left_on": "2026-12-01"}, None),
        ({"is_primary": 1, "seen_until": "2026-11-10", "removed": 1}, "warning"),
        ({"is_primary": 1, "seen_until": "2026-05-10", "removed": 1}, None),
    ],
)
def test_champion_left(book: AlertBook, contact: dict[str, Any], expected: str | None) -> None:
    assert severity(book, "champion-left", {"contacts": [{"name": "Ida Berg", **contact}]}) == expected


@pytest.mark.parametrize(
    ("enrolled_on", "steps", "expected"),
    [("2026-10-20", 1, "notice"), ("2026-10-20", 2, "warning"), ("2026-09-01", 1, "warning")],
)
def test_activation_slipping(book: AlertBook, enrolled_on: str, steps: int, expected: str) -> None:
    rows = {
        "partners": [{"partner_id": "P1", "enrolled_on": enrolled_on}],
        "orders": [{"booked_on": "2026-02-01", "amount": 1}],
        "standing": [{"stage": "onboard"}],
        "steps": [{"name": f"Step {number}", "due_on": "2026-11-10"} for number in range(steps)],
    }
    assert severity(book, "activation-slipping", rows) == expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(90, 82, "warning"), (90, 82.5, None), (76, 73, "warning"), (76, 73.5, None), (52, 47, "warning")],
)
def test_score_dropped(book: AlertBook, before: float, now: float, expected: str | None) -> None:
    assert severity(book, "score-dropped", {"scores": [{"before": before, "now": now}]}) == expected


def test_a_new_tier_is_worth_a_thank_you(book: AlertBook) -> None:
    rows = {
        "partners": [
            {"partner_id": "P1", "tier": "Silver", "seen_until": "2026-11-18", "removed": 0},
            {"partner_id": "P1", "tier": "Gold", "seen_from": "2026-11-18"},
        ],
        "deals": [deal()],
    }
    found = alert(book, "win-to-thank", rows)
    assert found is not None
    assert (found.severity, found.message) == ("good news", "New tier reached: Gold")


def test_an_approved_price_not_honoured_is_a_broken_promise(book: AlertBook) -> None:
    asked = {
        "kind": "pricing_exception",
        "subject": "Mill",
        "asked_at": "2026-10-01T09:00:00Z",
        "decision": "approved",
    }
    rows = {"requests": [asked | {"answered_at": "2026-10-02T09:00:00Z", "honoured": 0}]}
    found = alert(book, "commitment-broken", rows)
    assert found is not None
    assert found.message == "An approval was not honoured: Mill"


def test_only_the_next_rebate_step_counts(book: AlertBook) -> None:
    step = {
        "program": "Growth",
        "metric": "revenue",
        "period_start": "2026-01-01",
        "period_end": "2026-12-10",
    }
    rows = {
        "rebates": [
            step | {"rebate_id": "R1", "threshold": 900, "payout": 10},
            step | {"rebate_id": "R2", "threshold": 1000, "payout": 20},
            step | {"rebate_id": "R3", "threshold": 1100, "payout": 30},
        ],
        "orders": [{"booked_on": "2026-05-01", "amount": 950}],
    }
    found = alert(book, "rebate-in-reach", rows)
    assert found is not None
    assert [subject.subject for subject in found.subjects] == ["R2"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 11, 1), "warning"), (date(2026, 11, 8), None), (date(2026, 10, 31), None)],
)
def test_going_dark_shows_in_its_week(book: AlertBook, day: date, expected: str | None) -> None:
    rows = {"orders": [{"booked_on": "2026-08-03", "amount": 1}]}
    assert severity(book, "going-dark", rows, as_of=day) == expected
