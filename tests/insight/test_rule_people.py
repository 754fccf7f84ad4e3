"""Rules about tiers, people and the partnership itself: the values at which they turn, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.insight.alert_book import AlertBook, Rows, alert, severity
from tests.insight.rule_rows import at, day, one


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlertBook]:
    made = AlertBook(tmp_path_factory.mktemp("people"))
    yield made
    made.database.close()


def met(*attendees: str | None, offset: int = -179) -> Rows:
    people = [{"contact_id": f"C{number}", "name": f"Person {number}"} for number in range(3)]
    held = [
        {"kind": "working", "status": "held", "scheduled_at": at(offset), "attendees": names}
        for names in attendees
    ]
    return {"contacts": people, "meetings": held}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (met("C0;C1"), None),
        (met("C0", "C1"), None),
        (met("C0", "C0"), "Only one of its people was met in the last 180 days"),
        (met("C0;X9"), "Only one of its people was met in the last 180 days"),
        (met("C0;C1", offset=-180), "None of its people was met in the last 180 days"),
        (met(None), None),
    ],
)
def test_single_thread(book: AlertBook, rows: Rows, expected: str | None) -> None:
    found = alert(book, "single-thread", rows)
    assert (found.message if found else None) == expected
    if found:
        assert all(subject.evidence for subject in found.subjects)


PROSPECT = {"partner_id": "P1", "status": "prospect"}


@pytest.mark.parametrize(
    ("partners", "last", "expected"),
    [
        ([PROSPECT], -21, "No meeting or note for 21 days"),
        ([PROSPECT], -20, None),
        ([PROSPECT], None, "No meeting or note so far"),
        ([PROSPECT | {"seen_from": day(-20)}, {"partner_id": "P2"}], None, None),
        ([PROSPECT | {"seen_from": day(-21)}, {"partner_id": "P2"}], None, "No meeting or note so far"),
        ([PROSPECT | {"status": "enrolled"}], -21, None),
    ],
)
def test_prospect_stalled(
    book: AlertBook, partners: list[dict[str, Any]], last: int | None, expected: str | None
) -> None:
    held = {"kind": "working", "status": "held", "scheduled_at": at(-400 if last is None else last)}
    rows = {"partners": partners, "meetings": [held | ({"partner_id": "P2"} if last is None else {})]}
    found = alert(book, "prospect-stalled", rows)
    assert (found.message if found else None) == expected


@pytest.mark.parametrize(
    ("enrolled_on", "expected"),
    [(day(-90), None), (day(-91), "warning"), (day(-97), "warning"), (day(-98), None)],
)
def test_a_partner_without_any_business_turns_dark_after_its_window(
    book: AlertBook, enrolled_on: str, expected: str | None
) -> None:
    rows = {
        "partners": [
            {"partner_id": "P1", "enrolled_on": enrolled_on},
            {"partner_id": "P2", "status": "terminated"},
        ],
        "orders": [{"partner_id": "P2", "booked_on": day(-9), "amount": 1}],
    }
    assert severity(book, "going-dark", rows) == expected


@pytest.mark.parametrize(
    ("partner", "attention", "expected"),
    [
        ({}, "A", "Partner is dark: no business so far"),
        ({"enrolled_on": day(-97)}, "A", None),
        ({"enrolled_on": day(-98)}, "A", "Partner is dark: no business so far"),
        ({"enrolled_on": day(-91)}, "C", "Partner is dark: no business so far"),
        ({"enrolled_on": day(-90)}, "C", None),
    ],
)
def test_dark_partners_stand_in_one_notice(
    book: AlertBook, partner: dict[str, Any], attention: str, expected: str | None
) -> None:
    rows = {
        "partners": [
            {"partner_id": "P1", "name": "Partner", **partner},
            {"partner_id": "P2", "status": "terminated"},
        ],
        "orders": [{"partner_id": "P2", "booked_on": day(-9), "amount": 1}],
        "standing": [{"attention": attention}],
    }
    found = alert(book, "dark-partners", rows)
    assert (found.message if found else None) == expected


PARTNER: dict[str, Any] = {"partner_id": "P1", "tier": "Gold"}


def certificate(expires_on: str | None, **more: Any) -> dict[str, Any]:
    return {"person": "Ida", "name": "Basics", "track": "sales", "awarded_on": day(-400)} | {
        **({"expires_on": expires_on} if expires_on else {}),
        **more,
    }


def requirement(name: str, needed: float, has: float | None, *, kind: str = "held") -> dict[str, Any]:
    return {"kind": kind, "name": name, "title": "People", "needed": needed, "has": has}


@pytest.mark.parametrize(
    ("expires_on", "expected"), [(day(60), "warning"), (day(61), None), (day(1), "warning"), (None, None)]
)
def test_certificates_that_run_out_put_the_tier_at_risk(
    book: AlertBook, expires_on: str | None, expected: str | None
) -> None:
    rows = {
        "partners": [PARTNER],
        "certifications": [certificate(expires_on)],
        "requirements": [requirement("certified_sales", 1, 1)],
    }
    found = alert(book, "tier-at-risk", rows)
    assert (found.severity if found else None) == expected
    if found:
        assert [record.entity for record in found.subjects[0].evidence] == ["certifications"]


@pytest.mark.parametrize(
    ("review_on", "expected", "has_due_day"),
    [(day(0), "critical", True), (day(30), "critical", True), (day(31), "warning", True),
     (day(90), "warning", True), (day(91), None, False), (day(-1), "warning", False)],
)  # fmt: skip
def test_a_review_that_is_over_presses_nobody(
    book: AlertBook, review_on: str, expected: str | None, has_due_day: bool
) -> None:
    rows = {
        "partners": [PARTNER | {"tier_review_on": review_on}],
        "requirements": [requirement("renewal_rate", 0.8, 0.7)],
    }
    found = alert(book, "tier-at-risk", rows)
    assert (found.severity if found else None) == expected
    assert bool(found and found.due_on) == has_due_day


@pytest.mark.parametrize(
    ("shares", "expected"), [([0.85, 1], "notice"), ([0.84, 1], None), ([1, None], None), ([1, 1], "notice")]
)
def test_every_requirement_must_be_in_reach(
    book: AlertBook, shares: list[float | None], expected: str | None
) -> None:
    rows = {
        "requirements": [
            requirement(f"need {number}", 1, share, kind="next") for number, share in enumerate(shares)
        ]
    }
    assert severity(book, "tier-in-reach", rows) == expected


@pytest.mark.parametrize(
    ("certificates", "expected"),
    [
        ([certificate(day(0))], "warning"),
        ([certificate(day(-1))], None),
        ([certificate(day(-89), mandatory=1)], "critical"),
        ([certificate(day(-90), mandatory=1)], None),
        ([certificate(day(60))], "notice"),
        ([certificate(day(61))], None),
        ([certificate(day(9)), certificate(day(8), person="Ole")], "warning"),
        ([certificate(day(9)), certificate(day(900))], None),
        ([certificate(day(9)), certificate(day(9))], "warning"),
        ([certificate(None)], None),
    ],
)
def test_a_certificate_nobody_else_holds(
    book: AlertBook, certificates: list[dict[str, Any]], expected: str | None
) -> None:
    found = alert(book, "certification-expiring", {"certifications": certificates})
    assert (found.severity if found else None) == expected
    assert found is None or len(found.subjects) == 1


@pytest.mark.parametrize(
    ("enrolled", "late", "expected"),
    [(-71, [-8], "notice"), (-71, [-7], None), (-72, [-8], "warning"), (-40, [-8, -7], "notice"),
     (-40, [-8, -9], "warning")],
)  # fmt: skip
def test_activation_slips_a_week_after_its_day(
    book: AlertBook, enrolled: int, late: list[int], expected: str | None
) -> None:
    rows = {
        "partners": [{"partner_id": "P1", "enrolled_on": day(enrolled)}],
        "orders": [{"booked_on": day(-9), "amount": 1}],
        "standing": [{"stage": "onboard"}],
        "steps": [{"name": f"Step {number}", "due_on": day(offset)} for number, offset in enumerate(late)],
    }
    assert severity(book, "activation-slipping", rows) == expected
    assert severity(book, "activation-slipping", rows | {"standing": [{"stage": "develop"}]}) is None


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"expires_on": day(900)}, None),
        ({"expires_on": day(900), "signed_on": day(1)}, "warning"),
        ({"expires_on": day(900), "kind": "nda"}, "warning"),
        ({}, None),
    ],
)
def test_an_agreement_already_followed_does_not_end(
    book: AlertBook, other: dict[str, Any], expected: str | None
) -> None:
    ending = {"kind": "partner", "expires_on": day(60)}
    rows = {"agreements": [ending, {"kind": "partner"} | other]}
    assert severity(book, "agreement-ending", rows) == expected


@pytest.mark.parametrize(
    ("before", "tier", "expected"),
    [("Silver", "Gold", "New tier reached: Gold"), (None, "Silver", "New tier reached: Silver"),
     ("Gold", "Silver", None), ("Unheard of", "Gold", None), ("Gold", "Gold", None)],
)  # fmt: skip
def test_only_a_higher_tier_is_a_reason_to_thank(
    book: AlertBook, before: str | None, tier: str, expected: str | None
) -> None:
    rows = {
        "partners": [
            {"partner_id": "P1", "tier": before, "seen_until": day(-6), "removed": 0},
            {"partner_id": "P1", "tier": tier, "seen_from": day(-6)},
        ],
        **one("deals", status="open", submitted_at=at(-9)),
    }
    found = alert(book, "win-to-thank", rows)
    assert (found.message if found else None) == expected


@pytest.mark.parametrize(
    ("base", "peers", "expected"),
    [
        (12, 0.8, "warning"),  # three were usual; that none comes is 5.0 % likely
        (11, 0.8, None),
        (20, 0.8, "critical"),
        (20, 0.79, None),
        (8, 0.8, None),
    ],
)
def test_registrations_slow_down_beyond_chance(
    book: AlertBook, base: int, peers: float, expected: str | None
) -> None:
    registered = {"kind": "registered", "status": "open"}
    rows = {
        "partners": [{"partner_id": f"P{number}"} for number in range(1, 4)],
        "deals": [
            registered | {"submitted_at": at(-90), "times": base},
            registered | {"partner_id": "P2", "submitted_at": at(-9)},
        ],
        "figures": [
            {"partner_id": partner, "metric": "registration_pace", "value": pace}
            for partner, pace in (("P1", 0), ("P2", peers), ("P3", peers))
        ],
    }
    assert severity(book, "registration-slowdown", rows) == expected
