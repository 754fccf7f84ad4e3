"""A review for every type: its sections, its length, and sentences that say what the records show."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pypdf
import pytest

from camdesk.base.errors import CamDeskError
from camdesk.base.periods import Period
from camdesk.documents.drafting import draft_plan, draft_review
from camdesk.documents.library import save_draft
from camdesk.documents.model import (
    Document,
    Missing,
    ParityBars,
    PlanTarget,
    Promises,
    Radar,
    Section,
    Span,
    StackedColumns,
    Table,
    Waterfall,
    to_json,
)
from camdesk.documents.pdf import export_pdf
from camdesk.documents.printing import as_printed
from camdesk.insight.catalog import load_catalog
from camdesk.insight.insight import Insight
from camdesk.store.workspace import Workspace, open_workspace
from tests.documents.conftest import Put, day, put_distributor, put_partner, put_reseller

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
TYPES = ("reseller", "distributor", "msp", "systems_integrator", "isv", "referral", "alliance")
Look = Callable[[], Insight]
full_review = partial(draft_review, attention="A")

ORDER = (
    "summary",
    "last-commitments",
    "pipeline",
    "next-quarter",
    "decisions",
    "scorecard",
    "standing",
    "movement",
    "our-side",
    "skills",
    "funds",
    "plan-progress",
)
# Days, quarters, months, API versions and the windows that titles of metrics name: these are no figures.
_NO_FIGURE = re.compile(
    r"\b\d+ (months|days)\b|\bper \d+\b|\b(FY|v|P)\d+\b|\bQ[1-4]( \d\d| so far)?\b|"
    r"\b(\d{1,2} )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*( \d{4})?\b|\b20\d\d\b"
)


def spans(value: Any) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if is_dataclass(value):
        return [span for field in fields(value) for span in spans(getattr(value, field.name))]
    return [span for item in value for span in spans(item)] if isinstance(value, tuple) else []


def section(body: Document, name: str) -> Section:
    return next(part for part in body.sections if part.name == name)


def lead(body: Document, name: str) -> str:
    return "".join(span.text for span in section(body, name).lead)


def rows(part: Section) -> list[list[str]]:
    tables = [block for block in part.blocks if isinstance(block, Table)]
    return [
        ["".join(span.text for span in cell.line) for cell in row] for table in tables for row in table.rows
    ]


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Insight:
    def none(_prompt: str) -> str:
        raise AssertionError("a sample workspace asks for nothing")

    workspace = open_workspace(sample_home, ask=none)
    return Insight(workspace, load_catalog()[0], workspace.settings(), date(2026, 11, 20))


SAMPLE = {
    "R-001": "reseller",
    "D-002": "distributor",
    "M-003": "msp",
    "S-003": "systems_integrator",
    "I-002": "isv",
    "F-003": "referral",
    "A-003": "alliance",
}


@pytest.mark.parametrize("partner_id", SAMPLE)
@pytest.mark.parametrize("period", [Q3, Q4], ids=["finished", "running"])
def test_every_number_of_every_type_has_its_entry_in_the_annex(
    sample: Insight, partner_id: str, period: Period
) -> None:
    body = draft_review(sample, partner_id, period=period)
    keys = [figure.key for figure in body.figures]
    assert len(keys) == len(set(keys))
    assert {span.figure for span in spans(body.sections) if span.figure is not None} <= set(keys)
    sentences = [span for part in body.sections for span in spans(part.lead)]
    blocks = [block for part in body.sections for block in part.blocks]
    sentences += [span for block in blocks if not isinstance(block, Table) for span in spans(block)]
    loose = [
        span.text
        for span in sentences
        if span.figure is None and re.search(r"\d", _NO_FIGURE.sub("", span.text))
    ]
    assert loose == []


@pytest.mark.parametrize("partner_id", SAMPLE)
def test_sentences_read_as_written(sample: Insight, partner_id: str) -> None:
    body = draft_review(sample, partner_id, period=Q4)
    for part in body.sections:
        text = "".join(span.text for span in part.lead)
        assert "  " not in text
        assert text == text.strip()
        assert not text or text[-1] in ".”"
        assert not re.search(r"\bone \w+s are\b|\.\.|\bNone\b|\bnan\b| ,", f"{part.message} {text}")
        assert part.message[:1] == part.message[:1].upper()
        assert part.blocks


STORIES = {
    ("M-003", "recurring-revenue-bridge"): "Recurring revenue falls: customers have left",
    ("M-003", "seats-by-month"): "Seats fall over three months",
    ("S-003", "project-status"): "One project in trouble, two running",
    ("S-003", "customer-satisfaction"): "The last two ratings are each lower than the one before",
    ("I-002", "listing-funnel"): "More customers uninstall than install",
    ("I-002", "adoption-by-month"): "Active customers have fallen eleven months in a row",
    ("F-003", "fees"): "Two fees are past the day",
    ("F-003", "response-time"): "Two referrals wait for our answer",
    ("A-003", "investment-parity"): "We invest more than twice what they do",
    ("D-002", "aged-stock"): "Four products with aged stock, Northlight Server most",
}


@pytest.mark.parametrize(
    ("told", "message"),
    STORIES.items(),
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_the_stories_of_the_sample_are_told(sample: Insight, told: tuple[str, str], message: str) -> None:
    partner_id, name = told
    assert section(draft_review(sample, partner_id, period=Q4), name).message == message


def test_the_same_facts_give_the_same_review(sample: Insight) -> None:
    again = Insight(sample.workspace, sample.catalog, sample.settings, sample.as_of)
    for partner_id in ("D-002", "A-003"):
        first, second = (draft_review(look, partner_id, period=Q4) for look in (sample, again))
        assert to_json(first) == to_json(second)


@pytest.mark.parametrize("partner_id", ["R-006", "F-003", "A-003"])
def test_a_review_keeps_to_its_length(sample: Insight, partner_id: str, tmp_path: Path) -> None:
    most = {"R-006": 2, "F-003": 1, "A-003": 10}[partner_id]
    body = draft_review(sample, partner_id, period=Q4)
    for paper in ("a4", "letter"):
        reader = pypdf.PdfReader(export_pdf(body, tmp_path / f"{paper}.pdf", paper=paper))
        pages = [page.extract_text() for page in reader.pages]
        assert next(number for number, text in enumerate(pages) if "Where the figures" in text) <= most


@pytest.mark.parametrize("kind", TYPES)
def test_a_partner_without_records_is_told_what_is_missing(kind: str, put: Put, insight: Look) -> None:
    put_partner(put, "P-1", kind, "Newcomer")
    body = full_review(insight(), "P-1", period=Q3)
    names = [part.name for part in body.sections]
    if kind != "referral":
        assert [name for name in names if name in ORDER] == list(ORDER)
    for part in body.sections[1:]:
        if part.name != "our-side":
            assert any(isinstance(block, Missing) for block in part.blocks), part.name
    assert all(block.rows for part in body.sections for block in part.blocks if isinstance(block, Table))


@pytest.mark.parametrize("kind", TYPES)
def test_extreme_records_of_every_entity_still_make_a_document(
    kind: str, put: Put, insight: Look, tmp_path: Path
) -> None:
    put_partner(put, "P-1", kind, "N" * 10_000, tier="T" * 5_000)
    _put_one_of_each(put, "P-1", text='#read("x") ' + "W" * 10_000, amount=-9_000_000_000)
    body = full_review(insight(), "P-1", period=Q4)
    assert {span.figure for span in spans(body.sections) if span.figure} <= {one.key for one in body.figures}
    assert export_pdf(body, tmp_path / "review.pdf").stat().st_size > 10_000


def _put_one_of_each(put: Put, partner: str, *, text: str, amount: int) -> None:
    """Add one record of most entities, each with the same text and amount."""
    own: dict[str, Any] = {"partner_id": partner}
    near, late, ahead = day(5), day(40), day(-20)
    month = "2026-10-01"
    put(
        "deals",
        *(
            {
                **own,
                "deal_id": f"d{number}",
                "name": text,
                "customer": text,
                "kind": sort,
                "status": state,
                "amount": amount,
                "submitted_at": f"{late}T09:00:00Z",
                "expected_close_on": ahead,
                "stage": text,
                "decision": "approved",
                "protected_until": ahead,
                "closed_on": None if state == "open" else near,
                "lost_reason": text,
                "forecast": "commit",
            }
            for number, (sort, state) in enumerate(
                [
                    ("registered", "open"),
                    ("co_sell", "open"),
                    ("co_sell", "won"),
                    ("influenced", "lost"),
                    ("registered", "lost"),
                ]
            )
        ),
    )
    put("orders", {**own, "order_id": "o", "booked_on": near, "amount": amount, "customer": text})
    put(
        "usage",
        *(
            {
                **own,
                "usage_id": f"u{when}",
                "month": when,
                "customer": text,
                "seats": 30,
                "active_seats": 40,
                "recurring_revenue": amount,
            }
            for when in ("2026-07-01", month)
        ),
    )
    put(
        "renewals",
        {**own, "renewal_id": "r", "customer": text, "value": amount, "due_on": ahead, "status": "open"},
    )
    put(
        "certifications",
        {
            **own,
            "certification_id": "c",
            "person": text,
            "name": text,
            "awarded_on": late,
            "expires_on": ahead,
        },
    )
    put(
        "projects",
        {
            **own,
            "project_id": "p",
            "name": text,
            "customer": text,
            "value": amount,
            "status": "active",
            "health": "red",
            "started_on": late,
            "due_on": near,
            "csat": 1,
            "csat_on": near,
        },
    )
    put(
        "listings",
        {
            **own,
            "listing_id": "l",
            "name": text,
            "status": "live",
            "api_version": text,
            "api_retires_on": ahead,
            "updated_on": "2025-01-01",
        },
    )
    put(
        "listing_activity",
        {
            **own,
            "activity_id": "a",
            "listing_id": "l",
            "month": month,
            "views": 0,
            "installs": 0,
            "uninstalls": 9,
            "active_customers": 1,
        },
    )
    put(
        "sell_through",
        {
            **own,
            "line_id": "s",
            "reseller": text,
            "product": text,
            "month": month,
            "units": 0,
            "value": amount,
        },
    )
    put("pos_reports", {**own, "report_id": "x", "month": month, "due_on": near})
    put(
        "inventory",
        {
            **own,
            "inventory_id": "i",
            "counted_on": near,
            "product": text,
            "units": 0,
            "value": amount,
            "aged_value": -amount,
        },
    )
    put(
        "referrals",
        {
            **own,
            "referral_id": "f",
            "customer": text,
            "submitted_at": f"{late}T09:00:00Z",
            "status": "won",
            "value": amount,
            "fee": amount,
            "closed_on": near,
            "fee_earned_on": late,
            "fee_due_on": near,
        },
    )
    put("funds", {**own, "fund_id": "m", "period_start": late, "period_end": ahead, "allocated": amount})
    put(
        "fund_claims",
        {
            **own,
            "claim_id": "k",
            "fund_id": "m",
            "activity": text,
            "requested_at": f"{late}T09:00:00Z",
            "status": "claimed",
            "amount": amount,
            "claimed_on": late,
        },
    )
    put(
        "campaigns",
        {**own, "campaign_id": "g", "name": text, "started_on": late, "attributed_pipeline": amount},
    )
    put("incentives", {**own, "incentive_id": "n", "program": text, "amount": amount, "due_on": near})
    put(
        "cases",
        {
            **own,
            "case_id": "e",
            "severity": "P1",
            "subject": text,
            "opened_at": f"{near}T09:00:00Z",
            "respond_by": f"{near}T10:00:00Z",
        },
    )
    put(
        "requests",
        {**own, "request_id": "q", "kind": "other", "subject": text, "asked_at": f"{near}T09:00:00Z"},
    )
    put(
        "meetings",
        {
            **own,
            "meeting_id": "t",
            "kind": "steering",
            "scheduled_at": f"{near}T09:00:00Z",
            "status": "missed",
            "missed_by": "vendor",
        },
    )
    put("milestones", {**own, "milestone_id": "j", "kind": "joint", "name": text, "due_on": near})
    put(
        "investments",
        {
            **own,
            "investment_id": "v",
            "side": "vendor",
            "kind": "cash",
            "amount": amount,
            "spent_on": near,
            "pledged": 0,
        },
    )
    for number, side in enumerate(("vendor", "partner")):
        put(
            "assessments",
            *(
                {
                    **own,
                    "assessment_id": f"{number}-{place}",
                    "side": side,
                    "question": f"{place}{text}",
                    "score": 100 * number,
                    "assessed_on": near,
                }
                for place in range(4)
            ),
        )
        put(
            "commitments",
            {**own, "commitment_id": f"w{number}", "side": side, "text": text, "owner": text, "due_on": near},
        )


def test_class_c_gets_none_and_is_told_how_to_draft_one_anyway(put: Put, insight: Look) -> None:
    put_reseller(put, **{"class": "C"})
    with pytest.raises(CamDeskError, match="class C") as refused:
        draft_review(insight(), "P-1", period=Q3)
    assert "naming a class" in str(refused.value.hint)
    assert draft_review(insight(), "P-1", period=Q3, attention="B").compact


def test_class_b_keeps_five_sections_and_short_tables(put: Put, insight: Look) -> None:
    put_reseller(put, **{"class": "B"})
    body = draft_review(insight(), "P-1", period=Q3)
    assert [part.name for part in body.sections] == [
        "summary",
        "last-commitments",
        "pipeline",
        "next-quarter",
        "scorecard",
    ]
    deals = [block for block in section(body, "pipeline").blocks if isinstance(block, Table)][-1]
    assert len(deals.rows) == 4


def test_a_copy_without_the_score_does_not_name_it(put: Put, insight: Look) -> None:
    put_reseller(put)
    body = as_printed(full_review(insight(), "P-1", period=Q3), without_score=True)
    assert "score" not in {figure.key for figure in body.figures}
    words = " ".join(
        [*(span.text for span in spans(body.sections)), *(part.message for part in body.sections)]
        + [part.heading for part in body.sections]
    )
    assert not re.search(r"\bscore\b", words.replace("Activity, not scored", ""), re.IGNORECASE)
    blocks = [block for part in body.sections for block in part.blocks]
    assert not any(isinstance(block, Waterfall) for block in blocks)
    assert "Adds" not in [
        column.title for block in blocks if isinstance(block, Table) for column in block.columns
    ]


def test_a_partner_of_two_types_has_the_sections_and_scorecards_of_both(put: Put, insight: Look) -> None:
    put_reseller(put, other_types="msp")
    put(
        "usage",
        *(
            {
                "usage_id": f"u{number}",
                "partner_id": "P-1",
                "month": f"2026-0{number}-01",
                "customer": "Tallis",
                "seats": 100 + number,
                "recurring_revenue": 900,
            }
            for number in range(1, 10)
        ),
    )
    body = full_review(insight(), "P-1", period=Q3)
    names = [part.name for part in body.sections]
    assert names.index("registration-funnel") < names.index("seats-by-month")
    titles = [block.title for block in section(body, "scorecard").blocks if isinstance(block, Table)]
    assert titles == ["Reseller", "Managed service provider"]


def test_a_dropped_promise_says_why(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "reseller", "Brennhof")
    common = {"partner_id": "P-1", "side": "vendor", "due_on": day(10)}
    put(
        "commitments",
        {
            **common,
            "commitment_id": "a",
            "text": "Roadmap day",
            "dropped_on": day(12),
            "dropped_because": "the room was lost",
        },
        {**common, "commitment_id": "b", "text": "Price list", "done_on": day(10)},
    )
    part = section(full_review(insight(), "P-1", period=Q4), "last-commitments")
    assert [row[-1] for row in rows(part)] == ["dropped: the room was lost", "yes"]
    assert part.message == "We kept our one promise"


def test_the_next_quarter_carries_open_promises_over_and_asks_for_more(put: Put, insight: Look) -> None:
    put_reseller(put)
    part = section(full_review(insight(), "P-1", period=Q3), "next-quarter")
    (block,) = (block for block in part.blocks if isinstance(block, Promises))
    assert [item.side for item in block.items] == sorted((item.side for item in block.items), reverse=True)
    carried = [item for item in block.items if item.commitment_id is not None]
    assert [item.text for item in carried] == ["Account list shared"]
    ours = [item for item in block.items if item.side == "vendor"]
    assert ours[0].text == "Answer the request “Tallis price”"
    assert "".join(span.text for span in ours[0].why) == "€5.0k waits"
    assert all(
        len([item for item in block.items if item.side == side]) <= 5 for side in ("vendor", "partner")
    )


def test_decisions_begin_with_what_has_waited_longest(put: Put, insight: Look) -> None:
    put_reseller(put)
    put(
        "fund_claims",
        {
            "claim_id": "k",
            "partner_id": "P-1",
            "activity": "Trade fair",
            "status": "claimed",
            "requested_at": f"{day(90)}T09:00:00Z",
            "claimed_on": day(50),
            "amount": 4_000,
        },
    )
    body = full_review(insight(), "P-1", period=Q3)
    assert lead(body, "decisions") == "The longest: claim to pay, Trade fair, for 50 days."
    assert [row[:2] for row in rows(section(body, "decisions"))] == [
        ["Claim to pay", "Trade fair"],
        ["Request to answer", "Tallis price"],
    ]


def test_the_bridge_names_who_left_and_adds_up(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "msp", "Clearhaven")
    amounts = {"2026-06-01": {"Tallis": 500, "Aster": 300}, "2026-09-01": {"Tallis": 560, "Linden": 90}}
    put(
        "usage",
        *(
            {
                "usage_id": f"{month}-{name}",
                "partner_id": "P-1",
                "month": month,
                "customer": name,
                "seats": 10,
                "recurring_revenue": amount,
            }
            for month, by_name in amounts.items()
            for name, amount in by_name.items()
        ),
    )
    part = section(full_review(insight(), "P-1", period=Q3), "recurring-revenue-bridge")
    (chart,) = (block for block in part.blocks if isinstance(block, Waterfall))
    assert [(step.label, step.value) for step in chart.steps] == [
        ("New", 900_000),
        ("Growth", 600_000),
        ("Lost", -3_000_000),
    ]
    assert chart.before.value + sum(step.value for step in chart.steps) == chart.after.value
    assert part.message == "Recurring revenue falls: customers have left"
    assert "".join(span.text for span in part.lead) == (
        "Linden is new with €90 a month. Aster has left with €300 a month."
    )


def test_the_radar_names_the_widest_gap(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "alliance", "Teralith")
    answers = {"Goals agree": (75, 25), "Trust": (50, 50), "Speed": (25, 50)}
    put(
        "assessments",
        *(
            {
                "assessment_id": f"{question}-{side}",
                "partner_id": "P-1",
                "side": side,
                "question": question,
                "score": score,
                "assessed_on": "2026-08-01",
            }
            for question, scores in answers.items()
            for side, score in zip(("vendor", "partner"), scores, strict=True)
        ),
    )
    part = section(full_review(insight(), "P-1", period=Q3), "relationship-radar")
    (chart,) = (block for block in part.blocks if isinstance(block, Radar))
    assert chart.axes == ("Goals agree", "Speed", "Trust")
    assert (chart.first.values, chart.second.values) == ((75, 25, 50), (25, 50, 50))
    assert part.message == "Views differ most on “Goals agree”"
    assert "".join(span.text for span in part.lead).startswith("There we rate higher by 50 points.")


def test_parity_shows_both_sides_by_kind(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "alliance", "Teralith")
    put(
        "investments",
        *(
            {
                "investment_id": str(number),
                "partner_id": "P-1",
                "side": side,
                "kind": kind,
                "pledged": 0,
                "amount": amount,
                "spent_on": "2026-08-01",
            }
            for number, (side, kind, amount) in enumerate([("vendor", "cash", 90), ("partner", "people", 30)])
        ),
    )
    part = section(full_review(insight(), "P-1", period=Q3), "investment-parity")
    (chart,) = (block for block in part.blocks if isinstance(block, ParityBars))
    assert [(row.label, row.ours.written, row.theirs.written) for row in chart.rows] == [
        ("Cash", "€90", "€0"),
        ("People", "€0", "€30"),
        ("In all", "€90", "€30"),
    ]
    assert part.message == "We invest more than twice what they do"


def test_the_renewal_calendar_puts_each_value_in_its_month(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "msp", "Clearhaven")
    put(
        "renewals",
        *(
            {
                "renewal_id": str(number),
                "partner_id": "P-1",
                "customer": name,
                "value": value,
                "due_on": due,
                "status": "open",
                "forecast": forecast,
                "opened_on": "2026-11-01",
            }
            for number, (name, value, due, forecast) in enumerate(
                [("Tallis", 100, "2026-12-05", "commit"), ("Aster", 700, "2027-03-01", "at_risk")]
            )
        ),
    )
    part = section(full_review(insight(), "P-1", period=Q4), "renewal-calendar")
    (chart,) = (block for block in part.blocks if isinstance(block, StackedColumns))
    assert chart.labels[:3] == ("Nov 26", "Dec", "Jan 27")
    assert [total.text for total in chart.totals[:5]] == ["", "€100", "", "", "€700"]
    assert part.message == "March brings most of the year to renew"
    assert "€700 of it is at risk, most with Aster." in "".join(span.text for span in part.lead)


def test_funds_say_what_is_left_and_what_brought_nothing(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "reseller", "Brennhof")
    own = {"partner_id": "P-1", "fund_id": "m", "requested_at": f"{day(60)}T09:00:00Z"}
    put("funds", {**own, "period_start": "2026-07-01", "period_end": "2026-12-31", "allocated": 10_000})
    put(
        "fund_claims",
        {
            **own,
            "claim_id": "a",
            "activity": "Fair",
            "status": "paid",
            "amount": 2_000,
            "paid_on": day(9),
            "attributed_pipeline": 30_000,
        },
        {**own, "claim_id": "b", "activity": "Mail", "status": "paid", "amount": 1_000, "paid_on": day(8)},
    )
    body = full_review(insight(), "P-1", period=Q4)
    assert section(body, "funds").message == "Fund use is behind the calendar"
    assert lead(body, "funds") == (
        "€7.0k is left to approve until 31 Dec 2026. Claims of €3.0k paid in twelve months are credited with "
        "€30k of pipeline. One claim has brought none so far."
    )


def test_progress_holds_the_newest_plan_of_the_year_against_its_pace(
    put: Put, insight: Look, workspace: Workspace
) -> None:
    put_reseller(put)
    look = insight()
    body = full_review(look, "P-1", period=Q4)
    assert section(body, "plan-progress").blocks == (
        Missing(("Joint plan: none has been drafted for FY26.",)),
    )
    plan = draft_plan(look, "P-1", year=2026)
    target = PlanTarget(
        "revenue",
        "Revenue",
        "money",
        "partner",
        4_000_000_000,
        None,
        date(2026, 1, 1),
        date(2026, 12, 31),
        tuple(
            (end, 1_000_000_000)
            for end in (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31))
        ),
    )
    save_draft(workspace.database, replace(plan, targets=(target,)), saved_at="2026-11-20T08:00:00Z")
    part = section(full_review(insight(), "P-1", period=Q4), "plan-progress")
    booked = sum(9_000 - number * 40 for number in range(75) if day(3 + number * 12) >= "2026-01-01")
    (row,) = rows(part)[:1]
    expected = 300_000 + 100_000 * 51 / 92
    assert row == [
        "Revenue",
        "€400k",
        "€355k",
        f"€{booked / 1000:.0f}k",
        f"{booked / expected * 100:.0f}%",
        "behind",
    ]
    assert part.message == "Revenue is behind the plan’s pace"


def test_a_distributor_shows_aged_stock_and_the_age_of_claims(put: Put, insight: Look) -> None:
    put_distributor(put)
    put(
        "fund_claims",
        *(
            {
                "claim_id": str(ago),
                "partner_id": "P-2",
                "activity": "Fair",
                "status": "claimed",
                "requested_at": f"{day(ago + 5)}T09:00:00Z",
                "claimed_on": day(ago),
                "amount": 1_000,
            }
            for ago in (10, 45, 120)
        ),
    )
    body = full_review(insight(), "P-2", period=Q3)
    assert section(body, "aged-stock").message == "Gateway has aged stock"
    assert rows(section(body, "claims-ageing")) == [
        ["Awaiting payment", "€1.0k", "€1.0k", "–", "€1.0k", "€3.0k"]
    ]
    assert section(body, "claims-ageing").message == "Two claims unpaid for more than a month"
