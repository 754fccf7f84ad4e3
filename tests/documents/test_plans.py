"""Joint plans: sections by profile, targets that add up, odds that rest on records, progress from facts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.desk.desk import Desk
from camdesk.documents.drafting import draft_plan
from camdesk.documents.model import (
    Document,
    FrozenFigure,
    KeyFigures,
    Missing,
    PlanTarget,
    Section,
    SignOff,
    Table,
    Waterfall,
    from_json,
    to_json,
)
from camdesk.documents.plan_progress import Standing, StepState, pace_of, progress
from camdesk.insight.insight import Insight
from camdesk.store.workspace import Workspace
from tests.documents.conftest import TODAY, Put, day, put_distributor, put_partner, put_reseller
from tests.documents.test_drafting import spans

Look = Callable[[], Insight]
TYPES = ("reseller", "distributor", "msp", "systems_integrator", "isv", "referral", "alliance")
EXTRAS = {
    "reseller": {"account-list", "certification-plan", "fund-calendar"},
    "distributor": {"reseller-recruitment", "stocking-bands", "data-quality-pledge", "tiered-funds"},
    "msp": {"seat-targets", "pricing-steps", "support-tier"},
    "systems_integrator": {"practice-build", "reference-architectures", "executive-pairs", "escalation-path"},
    "isv": {"roadmap-alignment", "listing-plan", "co-marketing"},
    "referral": {"one-page"},
    "alliance": {"mutual-commitments", "investments", "ip-and-data", "governance-layers"},
}


def section(body: Document, name: str) -> Section:
    return next(one for one in body.sections if one.name == name)


def figure(body: Document, key: str) -> FrozenFigure:
    return next(one for one in body.figures if one.key == key)


def text_of(row: Any) -> list[str]:
    return ["".join(span.text for span in cell.line) for cell in row]


def put_deals(put: Put, partner_id: str, kind: str, *, won: int, lost: int, amount: int = 20_000) -> None:
    """Add closed deals of the last twelve months."""
    for number in range(won + lost):
        put("deals", {
            "deal_id": f"{partner_id}-{kind}-{number}", "partner_id": partner_id, "kind": kind,
            "customer": f"Customer {number % 7}", "status": "won" if number < won else "lost",
            "amount": amount + number * 1_000, "submitted_at": f"{day(120 + number)}T10:00:00Z",
            "closed_on": day(30 + number),
        })  # fmt: skip


def put_usage(put: Put, partner_id: str, *, months: int = 15, shrinking: int = 0) -> None:
    """Add monthly billing of three customers, the newest month October."""
    for back in range(months):
        index = 2026 * 12 + 9 - back
        for place in range(3):
            seats = 40 + 10 * place + back * shrinking
            put("usage", {
                "usage_id": f"{partner_id}-{back}-{place}", "partner_id": partner_id,
                "month": f"{index // 12}-{index % 12 + 1:02d}-01",
                "customer": f"Customer {place}",
                "product": "Backup", "seats": seats,
                "active_seats": seats - 5, "recurring_revenue": seats * 8,
            })  # fmt: skip


def put_referrals(put: Put, partner_id: str) -> None:
    for number, status in enumerate(("won", "lost", "won", "accepted", "rejected", "won", "lost")):
        put("referrals", {
            "referral_id": f"{partner_id}-{number}", "partner_id": partner_id,
            "customer": f"Customer {number}",
            "submitted_at": f"{day(100 + number * 20)}T10:00:00Z", "status": status, "value": 30_000,
            "closed_on": day(20 + number * 10) if status in ("won", "lost") else None,
        })  # fmt: skip


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_plans_what_its_profile_names_even_without_any_data(
    put: Put, insight: Look, kind: str
) -> None:
    put_partner(put, "P-1", kind, "Newcomer")
    body = draft_plan(insight(), "P-1", year=2027)
    names = [one.name for one in body.sections]
    assert EXTRAS[kind] <= set(names)
    assert len(names) == len(set(names))
    blocks = [block for one in body.sections for block in one.blocks]
    assert all(block.rows for block in blocks if isinstance(block, Table))
    assert not any(isinstance(block, Waterfall) for block in blocks)
    assert any(isinstance(block, Missing) for block in blocks)
    assert any(isinstance(block, SignOff) for block in blocks)
    assert all(one.key != "odds" for one in body.figures)
    assert from_json(to_json(body)) == body


def test_targets_by_quarter_add_up_to_the_year_and_are_kept_as_data(put: Put, insight: Look) -> None:
    put_reseller(put)
    body = draft_plan(insight(), "P-1", year=2027)
    main = body.targets[0]
    assert (main.metric, main.side, main.start, main.last) == (
        "revenue", "both", date(2027, 1, 1), date(2027, 12, 31),
    )  # fmt: skip
    assert sum(part for _, part in main.parts) == main.value == figure(body, "year-target").value
    assert [last for last, _ in main.parts] == [
        date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30), date(2027, 12, 31),
    ]  # fmt: skip
    assert {one.side for one in body.targets[1:]} <= {"partner", "vendor"}


@pytest.mark.parametrize("kind", ["reseller", "distributor", "msp", "systems_integrator", "referral"])
def test_the_bridge_leads_exactly_from_baseline_to_target(put: Put, insight: Look, kind: str) -> None:
    if kind == "reseller":
        put_reseller(put)
    elif kind == "distributor":
        put_distributor(put, "P-1")
    else:
        put_partner(put, "P-1", kind, "Fernley")
        put_usage(put, "P-1") if kind == "msp" else put_deals(put, "P-1", "influenced", won=8, lost=9)
        put_referrals(put, "P-1")
    body = draft_plan(insight(), "P-1", year=2027)
    if kind == "referral":
        assert [one.name for one in body.sections] == ["one-page"]
        return
    chart = next(block for block in section(body, "bridge").blocks if isinstance(block, Waterfall))
    assert chart.before.value + sum(step.value for step in chart.steps) == pytest.approx(chart.after.value)
    assert chart.after.value == pytest.approx((figure(body, "year-target").value or 0) / 10_000)


def test_what_it_takes_comes_from_the_partners_own_deals(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "alliance", "Fernley")
    put_deals(put, "P-1", "co_sell", won=10, lost=10)
    body = draft_plan(insight(), "P-1", year=2027)
    inputs = {record.label: record.amount for record in figure(body, "odds-inputs").records}
    assert inputs["Win rate"] == "50% of 20 closed"
    assert inputs["Mean size of a won deal"] == "€24k"  # 20k to 29k: 24,500
    assert inputs["Joint deals a month, last twelve months"] == "1.7"
    needed = next(block for block in section(body, "what-it-takes").blocks if isinstance(block, Table))
    # A tenth more than 245,000 is 269,500: 67,375 a quarter, three deals to win, six to begin.
    assert text_of(needed.rows[0])[1:5] == ["€67k", "€67k", "3", "6"]


def test_a_partner_with_few_deals_of_its_own_is_planned_by_its_type_and_told_so(
    put: Put, insight: Look
) -> None:
    put_partner(put, "P-1", "alliance", "Fernley")
    put_deals(put, "P-1", "co_sell", won=2, lost=0)
    for number in range(2, 5):
        put_partner(put, f"P-{number}", "alliance", f"Zeppelin {number}")
        put_deals(put, f"P-{number}", "co_sell", won=4, lost=4, amount=50_000)
    body = draft_plan(insight(), "P-1", year=2027)
    labels = [record.label for record in figure(body, "odds-inputs").records]
    assert "Win rate, of all Strategic alliances".lower() in [label.lower() for label in labels]
    lead = "".join(span.text for span in section(body, "what-it-takes").lead)
    assert "too few to plan with" in lead
    assert "Zeppelin" not in to_json(body)


def test_without_deals_anywhere_the_plan_names_what_is_missing(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "alliance", "Fernley")
    put_deals(put, "P-1", "co_sell", won=1, lost=1)
    takes = section(draft_plan(insight(), "P-1", year=2027), "what-it-takes")
    assert [block.lines[0] for block in takes.blocks if isinstance(block, Missing)] == [
        (
            "What it takes: needs five closed and three won joint deals in twelve months, "
            "of the partner or of its type; it has 2 and 1."
        )
    ]


@pytest.mark.parametrize(
    ("kind", "fill"),
    [
        ("alliance", lambda put: put_deals(put, "P-1", "co_sell", won=9, lost=12)),
        ("msp", lambda put: put_usage(put, "P-1")),
        ("referral", lambda put: put_referrals(put, "P-1")),
    ],
)
def test_the_odds_stand_with_their_inputs_and_their_levers(
    put: Put, insight: Look, kind: str, fill: Callable[[Put], None]
) -> None:
    put_partner(put, "P-1", kind, "Fernley")
    fill(put)
    body = draft_plan(insight(), "P-1", year=2027)
    odds, levers = figure(body, "odds"), figure(body, "levers")
    labels = {record.label for record in odds.records}
    assert {"Runs", "One year in ten stays below", "The middle year", "One year in ten goes beyond"} <= labels
    assert len(levers.records) >= 3
    assert isinstance(odds.value, float)
    assert 0 <= odds.value <= (levers.value or 0) <= 1
    assert re.fullmatch(r"\d+%|over 99%|under 1%", odds.written)
    again = draft_plan(insight(), "P-1", year=2027)
    assert to_json(again) == to_json(body)


def test_shrinking_seats_make_the_target_less_likely(put: Put, insight: Look) -> None:
    for partner_id, shrinking in (("P-1", 0), ("P-2", 3)):
        put_partner(put, partner_id, "msp", partner_id)
        put_usage(put, partner_id, shrinking=shrinking)
    look = insight()
    steady, falling = (figure(draft_plan(look, name, year=2027), "odds") for name in ("P-1", "P-2"))
    assert (falling.value or 0) <= (steady.value or 0)
    middle = {record.label: record.amount for record in falling.records}
    assert middle["Retention of the same customers, twelve months"].startswith("58%")  # 150 of 258 seats


def test_named_accounts_and_the_largest_customer_become_whitespace_play_and_risk(
    put: Put, insight: Look
) -> None:
    put_reseller(put)
    put("accounts", {"account_id": "a", "partner_id": "P-1", "customer": "Maresca Housing",
                     "relation": "target", "potential": 80_000})  # fmt: skip
    body = draft_plan(insight(), "P-1", year=2027)
    assert section(body, "whitespace").message == "One named account to win"
    assert figure(body, "target-accounts").written == "€80,000.00"
    plays = next(block for block in section(body, "plays").blocks if isinstance(block, Table))
    assert any("Maresca Housing" in " ".join(text_of(row)) for row in plays.rows)
    risks = next(block for block in section(body, "risks").blocks if isinstance(block, Table))
    assert any("of the year" in text_of(row)[1] for row in risks.rows)


def test_both_sides_investments_stand_beside_each_other(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "alliance", "Fernley")
    for side, amount in (("vendor", 90_000), ("partner", 30_000)):
        put("investments", {"investment_id": side, "partner_id": "P-1", "side": side, "kind": "cash",
                            "pledged": 0, "amount": amount, "spent_on": day(40)})  # fmt: skip
    found = section(draft_plan(insight(), "P-1", year=2027), "investments")
    assert found.message == "Out of proportion: Northlight Software puts in more than twice as much"
    table = next(block for block in found.blocks if isinstance(block, Table))
    assert text_of(table.rows[0])[:3] == ["Money", "€90k", "€30k"]


def test_a_document_stored_before_targets_were_kept_still_loads(put: Put, insight: Look) -> None:
    put_reseller(put)
    look = insight()
    stored = json.loads(to_json(draft_plan(look, "P-1", year=2027)))
    del stored["targets"], stored["milestones"]
    old = from_json(json.dumps(stored))
    assert old.targets == ()
    assert progress(look, old).targets == ()
    assert progress(look, old).main is None


def test_progress_of_a_sum_is_what_the_records_of_its_days_add_up_to(put: Put, insight: Look) -> None:
    put_reseller(put)
    look = insight()
    body = draft_plan(look, "P-1", year=2026)
    seen = progress(look, body)
    booked = look.figure("P-1", "revenue_year").value
    assert seen.main is not None
    assert seen.main.value == booked
    assert seen.elapsed == pytest.approx(324 / 365)
    assert booked is not None
    assert seen.main.gap == pytest.approx(booked - seen.main.pace)
    ours, theirs = seen.commitments
    assert (ours.side, ours.due, ours.kept, ours.late, ours.open) == ("vendor", 1, 0, 1, 0)
    assert (theirs.side, theirs.due, theirs.kept) == ("partner", 1, 1)


def test_monthly_figures_are_held_against_the_pace_of_the_last_reported_month(
    put: Put, insight: Look
) -> None:
    put_partner(put, "P-1", "msp", "Fernley")
    put_usage(put, "P-1")
    look = insight()
    main = progress(look, draft_plan(look, "P-1", year=2026)).main
    assert main is not None
    assert main.counted_to == date(2026, 10, 31)
    assert main.pace == pace_of(main.target, date(2026, 10, 31))


def test_a_plan_of_a_year_to_come_has_not_begun(put: Put, insight: Look) -> None:
    put_reseller(put)
    look = insight()
    seen = progress(look, draft_plan(look, "P-1", year=2027))
    assert seen.elapsed == 0
    assert {one.standing for one in seen.targets} == {Standing.NOT_BEGUN}
    assert all(one.value is None for one in seen.targets)
    assert seen.commitments == ()


def test_milestones_are_done_by_their_record_or_by_the_fact_behind_them(
    put: Put, insight: Look, workspace: Workspace
) -> None:
    put_partner(put, "P-1", "alliance", "Fernley")
    for name, due in (("Joint offer", day(-30)), ("Field wave", day(-60))):
        put("milestones", {"milestone_id": name, "partner_id": "P-1", "kind": "joint", "name": name,
                           "due_on": due})  # fmt: skip
    body = draft_plan(insight(), "P-1", year=2027)
    assert {"Joint offer", "Field wave"} <= {one.text for one in body.milestones}
    put("milestones", {"milestone_id": "done", "partner_id": "P-1", "kind": "joint", "name": "Joint offer",
                       "due_on": day(-30), "completed_on": day(5)})  # fmt: skip
    look = insight()
    states = {step.text: step.state for step in progress(look, body).milestones}
    assert states["Joint offer"] is StepState.DONE
    assert states["Field wave"] is StepState.OPEN
    later = Insight(workspace, look.catalog, look.settings, date(2027, 3, 1))
    assert "Field wave" in {step.text for step in progress(later, body).late}


SUM = PlanTarget("revenue", "Revenue", "money", "both", 400, 100, date(2027, 1, 1), date(2027, 12, 31),
                 ((date(2027, 3, 31), 100), (date(2027, 6, 30), 50), (date(2027, 9, 30), 50),
                  (date(2027, 12, 31), 200)))  # fmt: skip


def test_pace_follows_the_quarters_of_the_plan() -> None:
    assert pace_of(SUM, TODAY) == 0
    assert pace_of(SUM, date(2027, 3, 31)) == 100
    assert pace_of(SUM, date(2027, 11, 15)) == pytest.approx(200 + 200 * 46 / 92)
    assert pace_of(SUM, date(2028, 5, 1)) == 400


def test_pace_of_a_level_leads_from_the_baseline_to_the_target() -> None:
    level = replace(SUM, parts=(), value=20, baseline=60)
    assert pace_of(level, TODAY) == 60
    assert pace_of(level, date(2027, 12, 31)) == 20
    assert 20 < pace_of(level, date(2027, 7, 1)) < 60


@given(first=st.dates(date(2026, 1, 1), date(2028, 12, 31)), more=st.integers(0, 400))
def test_pace_never_goes_back(first: date, more: int) -> None:
    later = date.fromordinal(first.toordinal() + more)
    assert pace_of(SUM, later) >= pace_of(SUM, first)


def test_the_one_page_holds_target_odds_and_signatures(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "referral", "Fernley Advisory")
    put_referrals(put, "P-1")
    (page,) = draft_plan(insight(), "P-1", year=2027).sections
    kinds = {type(block) for block in page.blocks}
    assert {KeyFigures, Table, SignOff} <= kinds
    assert "referrals" in page.message


ONE_OF_EACH = {
    "reseller": "R-001", "distributor": "D-002", "msp": "M-003", "systems_integrator": "S-002",
    "isv": "I-003", "referral": "F-001", "alliance": "A-002",
}  # fmt: skip
# Days, quarters, and the windows that titles of metrics name: these are no figures.
_NO_FIGURE = re.compile(r"\b\d+ (months|days)\b|\b\d{1,2} [A-Z][a-z]{2} \d{4}\b|\bQ[1-4]\b|\bFY\d\d\b")


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Iterator[Insight]:
    desk = Desk.open(sample_home, ask=lambda _prompt: "")
    yield desk.insight
    desk.close()


@pytest.mark.parametrize("kind", TYPES)
def test_a_plan_of_the_sample_is_whole_and_every_number_of_it_is_tied(sample: Insight, kind: str) -> None:
    body = draft_plan(sample, ONE_OF_EACH[kind], year=2027)
    keys = {one.key for one in body.figures}
    assert {span.figure for span in spans(body.sections) if span.figure} <= keys
    assert {"year-target", "odds", "odds-inputs", "levers", "needed"} <= keys
    assert EXTRAS[kind] <= {one.name for one in body.sections}
    leads = [span for one in body.sections for span in spans(one.lead)]
    told = [block for one in body.sections for block in one.blocks if not isinstance(block, Table)]
    words = [*leads, *(span for block in told for span in spans(block))]
    loose = [
        one.text for one in words if one.figure is None and re.search(r"\d", _NO_FIGURE.sub("", one.text))
    ]
    assert loose == []
    tables = [block for one in body.sections for block in one.blocks if isinstance(block, Table)]
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


@pytest.mark.parametrize("kind", ["reseller", "msp", "systems_integrator", "isv", "referral", "alliance"])
def test_no_other_partner_is_named_in_a_plan_of_the_sample(sample: Insight, kind: str) -> None:
    own = ONE_OF_EACH[kind]
    text = to_json(draft_plan(sample, own, year=2027))
    named = [one.name for one in sample.partners().values() if one.partner_id != own and one.name in text]
    assert named == []


def test_a_plan_of_the_running_year_counts_what_is_booked_and_only_the_months_ahead(sample: Insight) -> None:
    running = figure(draft_plan(sample, "R-001", year=2026), "odds-inputs")
    ahead = figure(draft_plan(sample, "R-001", year=2027), "odds-inputs")
    booked = [record.label for record in running.records if record.label.startswith("Booked")]
    assert booked == ["Booked since the year began"]
    assert not [record for record in ahead.records if record.label.startswith("Booked")]
