"""Each rule on the values at which it turns, on who it is about, and on what it says and shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.insight.alert_book import AlertBook, Rows, alert, severity
from tests.insight.rule_rows import approved, at, day, deal, one, referral


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlertBook]:
    made = AlertBook(tmp_path_factory.mktemp("conditions"))
    yield made
    made.database.close()


def months(entity: str, column: str, values: list[int], **more: Any) -> Rows:
    """Return one row a month, the last of them October."""
    first = 11 - len(values)
    return {
        entity: [
            {"month": f"2026-{first + number:02}-01", column: value, **more}
            for number, value in enumerate(values)
        ]
    }


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ([100, 95], "warning"),
        ([100, 96], None),
        ([1000, 990, 980], "warning"),
        ([1000, 990, 981], None),
        ([980, 1000, 980], None),
        ([0, 0, 0], None),
        ([60], None),
    ],
)
def test_seats_falling(book: AlertBook, seats: list[int], expected: str | None) -> None:
    assert severity(book, "seats-falling", months("usage", "seats", seats)) == expected


def test_a_year_of_billing_is_at_stake_where_seats_fall(book: AlertBook) -> None:
    found = alert(book, "seats-falling", months("usage", "seats", [100, 90], recurring_revenue=900))
    assert found is not None
    assert found.value_at_stake == 12 * 10 * 10 * 10_000


@pytest.mark.parametrize(
    ("customers", "expected"),
    [
        ([100, 90], None),
        ([100, 89], "warning"),
        ([100, 99, 98, 97], "warning"),
        ([100, 99, 99, 98], None),
        ([99, 98, 97], None),
    ],
)
def test_adoption_falling(book: AlertBook, customers: list[int], expected: str | None) -> None:
    rows = months("listing_activity", "active_customers", customers, listing_id="L1")
    assert severity(book, "adoption-falling", rows) == expected


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([4.9, 4.8, 4.7], "warning"), ([4.9, 4.7, 4.8], None), ([4.9, 4.8], None), ([4.9, 4.8, 4.8], None)],
)
def test_two_falling_ratings_are_a_trend(book: AlertBook, scores: list[float], expected: str | None) -> None:
    rows = {
        "projects": [
            {"status": "completed", "csat": score, "csat_on": day(-30 + number)}
            for number, score in enumerate(scores)
        ]
    }
    assert severity(book, "csat-drop", rows) == expected


def invested(ours: list[int], theirs: list[int], **more: Any) -> Rows:
    return {
        "investments": [
            {"side": side, "amount": amount, "spent_on": day(-9), **more}
            for side, amounts in (("vendor", ours), ("partner", theirs))
            for amount in amounts
        ]
        + [
            {"partner_id": "P2", "side": side, "amount": 1, "spent_on": day(-9)}
            for side in ("vendor", "partner")
        ],
        "partners": [{"partner_id": "P1"}, {"partner_id": "P2", "status": "terminated"}],
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (invested([200], [100]), None),
        (invested([201], [100]), "We invested more than twice what the partner did"),
        (invested([100], [201]), "The partner invested more than twice what we did"),
        (invested([100], []), "We invested more than twice what the partner did"),
        (invested([100], [], pledged=1), None),
    ],
)  # fmt: skip
def test_parity_says_which_side_carries_it(book: AlertBook, rows: Rows, expected: str | None) -> None:
    found = alert(book, "parity-out-of-range", rows)
    assert (found.message if found else None) == (expected and f"{expected} in the last twelve months")


def test_a_side_nobody_records_says_nothing_about_parity(book: AlertBook) -> None:
    assert (
        alert(book, "parity-out-of-range", one("investments", side="vendor", amount=9, spent_on=day(-9)))
        is None
    )


@pytest.mark.parametrize(
    ("claimed", "period_end", "expected"),
    [
        (0, day(29), "warning"),  # 30 of 91 days: the last third has begun
        (0, day(45), None),
        (0.43, day(29), "warning"),  # 57 % left of the money, 32 % of the days
        (0.44, day(29), None),
    ],
)
def test_fund_unspent(book: AlertBook, claimed: float, period_end: str, expected: str | None) -> None:
    rows = {
        "funds": [{"fund_id": "F", "period_start": day(-61), "period_end": period_end, "allocated": 100}],
        "fund_claims": [
            {"fund_id": "F", "status": "approved", "amount": 100 * claimed, "requested_at": at(-50)},
            {"fund_id": "F", "status": "requested", "amount": 90, "requested_at": at(-50)},
        ],
    }
    assert severity(book, "fund-unspent", rows) == expected


def rebate(metric: str, threshold: float, *, days_left: int = 29, **rows: Any) -> Rows:
    step = {
        "program": "Growth",
        "metric": metric,
        "period_start": day(-60),
        "period_end": day(days_left),
        "threshold": threshold,
        "payout": 50,
    }
    return {"rebates": [step], **rows}


WON = {"status": "won", "kind": "co_sell", "amount": 80, "submitted_at": at(-40), "closed_on": day(-60)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (rebate("revenue", 100, orders=[{"booked_on": day(-60), "amount": 80}]), "€20"),
        (rebate("revenue", 100, orders=[{"booked_on": day(-60), "amount": 79}]), None),
        (rebate("revenue", 100, orders=[{"booked_on": day(-61), "amount": 80}]), None),
        (rebate("revenue", 80, orders=[{"booked_on": day(-60), "amount": 80}]), None),
        (rebate("revenue", 100, days_left=30, orders=[{"booked_on": day(0), "amount": 80}]), None),
        (rebate("joint_revenue", 100, deals=[WON]), "€20"),
        (rebate("influenced_revenue", 100, deals=[WON | {"closed_on": day(-61)}]), None),
        (rebate("referral_value", 100, referrals=[
            {"status": "won", "value": 80, "submitted_at": at(-90), "closed_on": day(-9)}]), "€20"),
        (rebate("sell_through", 100, sell_through=[
            {"reseller": "R", "month": "2026-10-01", "value": 90}]), "€10"),
        (rebate("recurring_revenue", 100, usage=[
            {"month": f"2026-{month}-01", "recurring_revenue": 45} for month in ("09", "10", "11")]), "€10"),
        (rebate("deal_registrations", 10, deals=[
            {"status": "open", "submitted_at": at(-60), "times": 8}]), "2 deals registered"),
        (rebate("managed_seats", 100, usage=[{"month": "2026-10-01", "seats": 88}]), "12 managed seats"),
        (rebate("no_such_metric", 100), None),
    ],
)  # fmt: skip
def test_a_rebate_counts_what_it_names(book: AlertBook, rows: Rows, expected: str | None) -> None:
    found = alert(book, "rebate-in-reach", rows)
    said = f"{expected} short of the next step of Growth, which pays €50; it ends on 19 Dec 2026"
    assert (found.message if found else None) == (said if expected else None)


def sold(*resellers: str, month: str) -> list[dict[str, Any]]:
    return [{"reseller": name, "month": f"2026-{month}-01", "value": 60} for name in resellers]


@pytest.mark.parametrize(("left", "expected"), [(1, "warning"), (0, None)])
def test_a_tenth_fewer_resellers_counts(book: AlertBook, left: int, expected: str | None) -> None:
    everybody = [f"R{number}" for number in range(10)]
    rows = {
        "sell_through": sold(*everybody, month="07")
        + [line for month in ("05", "06", "08", "09") for line in sold("R9", month=month)]
        + sold(*everybody[left:], month="10")
    }
    assert severity(book, "resellers-leaving", rows) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({-51: 9, -20: 9}, "warning"),
        ({-51: 9, -20: 40}, None),
        ({-51: 40, -20: 9}, None),
        ({-20: 9}, None),
        ({-51: 400, -20: 9}, "warning"),
    ],
)
def test_stock_is_out_of_band_in_two_counts(
    book: AlertBook, counts: dict[int, int], expected: str | None
) -> None:
    rows = {
        **months("sell_through", "units", [40, 40, 40, 40], product="Server", reseller="R"),
        "inventory": [
            {"product": "Server", "units": units, "value": 10, "counted_on": day(offset)}
            for offset, units in counts.items()
        ],
    }
    assert severity(book, "stock-out-of-band", rows) == expected


def test_products_may_be_counted_on_days_of_their_own(book: AlertBook) -> None:
    sales = months("sell_through", "units", [40, 40, 40, 40], product="Server", reseller="R")["sell_through"]
    rows = {
        "sell_through": [*sales, *({**line, "product": "Tape"} for line in sales)],
        "inventory": [
            {"product": product, "units": units, "counted_on": day(offset)}
            for product, units, offset in (
                ("Server", 9, -51), ("Tape", 40, -45), ("Server", 9, -20), ("Tape", 40, -15),
            )
        ],
    }  # fmt: skip
    found = alert(book, "stock-out-of-band", rows)
    assert found is not None
    assert [subject.subject for subject in found.subjects] == ["Server"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (deal(decision="pending"), "critical"),
        (deal(), None),
        ({"deals": [*deal()["deals"], *approved(decided_at=at(-9))["deals"]]}, "critical"),
        (deal(decision="pending", kind="co_sell"), None),
        (deal(decision="pending", decided_at=at(-9)), None),
    ],
)
def test_a_registration_without_a_word_waits_where_decisions_are_known(
    book: AlertBook, rows: Rows, expected: str | None
) -> None:
    assert severity(book, "registration-undecided", rows) == expected


def test_a_request_needed_by_now_says_so(book: AlertBook) -> None:
    asked = one(
        "requests",
        kind="technical",
        subject="Sizing",
        asked_at=at(0, "16:00:00"),
        needed_by=at(0, "23:00:00"),
    )
    found = alert(book, "request-unanswered", asked)
    assert found is not None
    assert (
        found.message == "Sizing has waited 1 business hour for our answer and is past the day it was needed"
    )


OWN = {"partner_id": "P1", "kind": "influenced"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"opportunity_id": "O1"}], "notice"),
        ([{"opportunity_id": "O1"}, {**OWN, "opportunity_id": "O1"}], None),
        ([{"opportunity_id": "O1"}, {**OWN, "opportunity_id": "O2"}], "notice"),
        ([{"opportunity_id": "O1"}, {**OWN, "opportunity_id": "O1", "kind": "registered"}], "notice"),
        ([{}, {**OWN, "opportunity_id": "O2"}], None),
        ([{"opportunity_id": "O1", "customer": "Other"}], None),
    ],
)  # fmt: skip
def test_influence_unclaimed(book: AlertBook, rows: list[dict[str, Any]], expected: str | None) -> None:
    usual = {"partner_id": "P2", "customer": "Mill", "status": "open", "amount": 9, "submitted_at": at(-9)}
    given = {
        "partners": [{"partner_id": "P1"}, {"partner_id": "P2"}],
        "projects": [{"customer": "Mill", "status": "active"}],
        "deals": [usual | row for row in rows],
    }
    assert severity(book, "influence-unclaimed", given) == expected


def test_an_opportunity_of_several_partners_counts_once(book: AlertBook) -> None:
    row = {"customer": "Mill", "status": "open", "amount": 9, "submitted_at": at(-9), "opportunity_id": "O1"}
    rows = {
        "partners": [{"partner_id": "P1"}, {"partner_id": "P2"}, {"partner_id": "P3"}],
        "projects": [{"customer": "Mill", "status": "active", "times": 2}],
        "deals": [row | {"partner_id": "P2"}, row | {"partner_id": "P3"}],
    }
    found = alert(book, "influence-unclaimed", rows)
    assert found is not None
    assert (len(found.subjects), found.value_at_stake) == (1, 9 * 10_000)


def test_an_assumed_target_shows_what_was_booked_against_it(book: AlertBook) -> None:
    rows = {
        "orders": [
            {"order_id": "O1", "booked_on": "2025-06-01", "amount": 1000},
            {"order_id": "O2", "booked_on": "2026-02-01", "amount": 300},
            {"order_id": "O3", "booked_on": "2026-03-01", "amount": 100},
        ],
        "figures": [{"metric": "revenue_attainment", "value": 0.5}],
    }
    found = alert(book, "behind-plan", rows)
    assert found is not None
    (subject,) = found.subjects
    assert {record.record_id for record in subject.evidence} == {"O2", "O3"}
    assert found.value_at_stake == round(1100 * 324 / 365 * 0.5 * 10_000)
    assert "assumed target" in found.message


def test_nothing_booked_against_an_assumed_target_still_shows_the_partner(book: AlertBook) -> None:
    rows = {
        "orders": [{"booked_on": "2025-06-01", "amount": 1000}],
        "figures": [{"metric": "revenue_attainment", "value": 0}],
    }
    found = alert(book, "behind-plan", rows)
    assert found is not None
    assert [record.entity for record in found.subjects[0].evidence] == ["partners"]


@pytest.mark.parametrize(
    ("started", "expected"), [("2026-10-01", "warning"), ("2026-11-15", "warning"), ("2026-11-16", None)]
)
def test_a_quarter_of_the_period_must_be_gone(book: AlertBook, started: str, expected: str | None) -> None:
    target = {"metric": "revenue", "period_start": started, "period_end": "2026-12-08", "value": 1000}
    rows = {
        "targets": [target],
        "orders": [{"booked_on": "2026-02-01", "amount": 1}],
        "figures": [{"metric": "revenue_attainment", "value": 0.6}],
    }
    assert severity(book, "behind-plan", rows) == expected


@pytest.mark.parametrize(
    ("coverage", "expected"), [(3, None), (2.99, "warning"), (2, "warning"), (1.99, "critical")]
)
def test_coverage_thin(book: AlertBook, coverage: float, expected: str | None) -> None:
    rows = {
        **deal(deal_id="D1", expected_close_on=day(0)),
        "orders": [{"booked_on": "2025-06-01", "amount": 1000}],
        "figures": [{"metric": "pipeline_coverage", "value": coverage}],
    }
    found = alert(book, "coverage-thin", rows)
    assert (found.severity if found else None) == expected
    if found:
        assert [record.record_id for record in found.subjects[0].evidence] == ["D1"]


def test_a_deal_put_back_into_its_quarter_has_not_slipped(book: AlertBook) -> None:
    versions = [("2026-08-01", "2026-12-01"), ("2026-10-01", "2027-01-15"), ("2026-11-01", "2026-12-15")]
    rows = []
    for number, (known_from, expected) in enumerate(versions):
        row = deal(deal_id="D1", forecast="commit", expected_close_on=expected, seen_from=known_from)[
            "deals"
        ][0]
        later = versions[number + 1 :]
        rows.append(row | ({"seen_until": later[0][0], "removed": 0} if later else {}))
    assert alert(book, "forecast-slipping", {"deals": rows}) is None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([-180, -140, -100, -60], "warning"),
        ([-179, -139, -99, -59], None),
        ([-179, -149, -119, -89], "warning"),
        ([-180, -150, -120, -90], "critical"),
        ([-150, -110, -70], None),
        ([-360, -260, -160, -60], None),
    ],
)
def test_no_registration_for_sixty_days(book: AlertBook, days: list[int], expected: str | None) -> None:
    rows = {"deals": [deal(submitted_at=at(offset))["deals"][0] for offset in days]}
    assert severity(book, "no-registration", rows) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [([-100, -80, -60], "warning"), ([-78, -53, -30], None), ([-31, -31, -31], None), ([-90, -60], None)],
)
def test_a_referrer_is_held_against_its_own_rhythm(
    book: AlertBook, days: list[int], expected: str | None
) -> None:
    rows = {"referrals": [referral(submitted_at=at(offset))["referrals"][0] for offset in days]}
    assert severity(book, "referrer-gone-quiet", rows) == expected


@pytest.mark.parametrize(
    ("late_order", "seen_on", "expected"),
    [
        ("2026-09-17", date(2026, 11, 14), "notice"),
        ("2026-09-16", date(2026, 11, 14), None),
        ("2026-09-17", date(2026, 11, 15), None),
    ],
)
def test_quarter_end_loading(book: AlertBook, late_order: str, seen_on: date, expected: str | None) -> None:
    days = ("2025-08-01", "2025-11-01", "2026-02-01", "2026-05-01", "2026-08-01", late_order)
    rows = {"orders": [{"booked_on": booked_on, "amount": 100} for booked_on in days]}
    assert severity(book, "quarter-end-loading", rows, as_of=seen_on) == expected


@pytest.mark.parametrize(
    ("usual_share", "expected"), [(0.30, "notice"), (0.31, None)]
)  # 40 % is ten points above 30
def test_ten_points_above_the_quarters_before(
    book: AlertBook, usual_share: float, expected: str | None
) -> None:
    quarters = [("2025-08-01", "2025-09-30"), ("2025-11-01", "2025-12-31"), ("2026-02-01", "2026-03-31"),
                ("2026-05-01", "2026-06-30")]  # fmt: skip
    orders = [
        {"booked_on": booked_on, "amount": 1000 * amount}
        for early, late in quarters
        for booked_on, amount in ((early, 1 - usual_share), (late, usual_share))
    ]
    orders += [{"booked_on": "2026-08-01", "amount": 600}, {"booked_on": "2026-09-30", "amount": 400}]
    seen_on = date(2026, 10, 20)
    assert severity(book, "quarter-end-loading", {"orders": orders}, as_of=seen_on) == expected


@pytest.mark.parametrize(("larger", "expected"), [(9, "warning"), (10, None)])
def test_only_the_ten_largest_resellers_are_missed(
    book: AlertBook, larger: int, expected: str | None
) -> None:
    busy = [
        {"reseller": f"R{number}", "month": f"2026-{month}-01", "value": 1000}
        for number in range(larger)
        for month in ("09", "10")
    ]
    quiet = {"reseller": "Quiet", "month": "2026-08-01", "value": 10}
    assert severity(book, "reseller-silent", {"sell_through": [*busy, quiet]}) == expected
