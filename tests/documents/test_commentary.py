"""What the drafted sentences say: the cause of a movement, each thing once, and no target passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from camdesk.base.periods import Period
from camdesk.desk.desk import Desk
from camdesk.documents.drafting import draft_plan, draft_review
from camdesk.documents.model import Document, PointColumns, Points, Prose, Section
from camdesk.documents.pdf import export_pdf
from camdesk.insight.insight import Insight
from tests.documents.conftest import Put, day, put_partner

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
Look = Callable[[], Insight]
ONE_OF_EACH = ("R-003", "D-002", "M-003", "S-003", "I-002", "F-003", "A-002")


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Iterator[Insight]:
    desk = Desk.open(sample_home, ask=lambda _prompt: "")
    yield desk.insight
    desk.close()


def section(body: Document, name: str) -> Section:
    return next(one for one in body.sections if one.name == name)


def told(body: Document, name: str) -> list[str]:
    blocks = [block for block in section(body, name).blocks if isinstance(block, Prose)]
    return ["".join(span.text for span in line) for block in blocks for line in block.lines]


def points(body: Document, title: str) -> list[str]:
    columns = [block for block in body.sections[0].blocks if isinstance(block, PointColumns)]
    found: list[Points] = [column for block in columns for column in block.columns if column.title == title]
    return ["".join(span.text for span in line) for column in found for line in column.lines]


def put_orders(put: Put, *orders: tuple[str, str, int]) -> None:
    put_partner(put, "P-1", "reseller", "Brennhof Systemhaus")
    put(
        "orders",
        *(
            {
                "order_id": f"o{number}",
                "partner_id": "P-1",
                "customer": who,
                "booked_on": on,
                "amount": amount,
            }
            for number, (who, on, amount) in enumerate(orders)
        ),
    )


def put_target(put: Put, amount: int) -> None:
    put(
        "targets",
        {"target_id": "t", "partner_id": "P-1", "metric": "revenue", "period_start": "2026-01-01",
         "period_end": "2026-12-31", "value": amount},
    )  # fmt: skip


STEADY = [
    ("Aster Foods", f"{year}-{month:02d}-03", 10_000) for year in (2024, 2025, 2026) for month in range(1, 13)
]
UNTIL_TODAY = [order for order in STEADY if order[1] < "2026-11-20"]


def test_a_fall_names_who_brought_less_than_in_the_quarter_before(put: Put, insight: Look) -> None:
    put_orders(put, *UNTIL_TODAY, ("Tallis Energy", "2026-05-04", 90_000))
    put_target(put, 240_000)
    fallen = [line for line in told(review(insight), "movement") if "against target fell" in line]
    assert fallen
    assert fallen[0].endswith("Less came from Tallis Energy than in Q2.")


def test_where_many_brought_a_little_less_nobody_is_named(put: Put, insight: Look) -> None:
    many = [(f"Customer {number:02d}", "2026-05-04", 4_000) for number in range(24)]
    put_orders(put, *UNTIL_TODAY, *many)
    put_target(put, 240_000)
    fallen = [line for line in told(review(insight), "movement") if "against target fell" in line]
    assert fallen
    assert "Customer" not in fallen[0]


def review(insight: Look, partner_id: str = "P-1") -> Document:
    return draft_review(insight(), partner_id, period=Q3, attention="A")


def test_a_rise_that_leaves_the_target_missed_says_so_in_the_title(put: Put, insight: Look) -> None:
    put_orders(put, *UNTIL_TODAY, ("Tallis Energy", "2026-08-04", 60_000))
    put_target(put, 400_000)
    assert review(insight).sections[0].message == "Revenue improved, still short of target"


def test_a_target_that_is_met_is_not_called_missed(put: Put, insight: Look) -> None:
    put_orders(put, *UNTIL_TODAY, ("Tallis Energy", "2026-08-04", 60_000))
    put_target(put, 120_000)
    assert "short of" not in review(insight).sections[0].message


def test_all_of_two_promises_are_both(put: Put, insight: Look) -> None:
    put_orders(put, *UNTIL_TODAY)
    put(
        "commitments",
        *(
            {"commitment_id": f"c{number}", "partner_id": "P-1", "side": "vendor", "text": "Price list",
             "due_on": day(60), "done_on": day(61)}
            for number in range(2)
        ),
    )  # fmt: skip
    assert section(review(insight), "last-commitments").message == "We kept both promises"


@pytest.mark.parametrize("partner_id", ONE_OF_EACH)
def test_no_line_is_a_risk_twice_and_no_target_is_brought_to_target(sample: Insight, partner_id: str) -> None:
    body = draft_review(sample, partner_id, period=Q3, attention="A")
    metrics = [risk.split(" fell from ")[0].split(": ")[0] for risk in points(body, "Risks")]
    assert len(metrics) == len(set(metrics))
    assert not [line for line in points(body, "Decisions today") if "against target" in line]


def test_funds_approved_beyond_what_was_allocated_are_nothing_we_bring(put: Put, insight: Look) -> None:
    put_orders(put, *UNTIL_TODAY)
    fund = {"partner_id": "P-1", "fund_id": "m", "period_start": "2026-07-01", "period_end": "2026-12-31"}
    put("funds", {**fund, "allocated": 1_000})
    claim = {"claim_id": "a", "partner_id": "P-1", "fund_id": "m", "status": "approved", "amount": 3_000}
    put(
        "fund_claims", {**claim, "requested_at": f"{day(30)}T09:00:00Z", "decided_at": f"{day(29)}T09:00:00Z"}
    )
    body = draft_plan(insight(), "P-1", year=2027)
    said = [
        "".join(span.text for span in line)
        for block in body.sections[0].blocks
        if isinstance(block, PointColumns)
        for column in block.columns
        for line in column.lines
    ]
    assert said
    assert not [line for line in said if line.startswith("Market funds")]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_what_little_there_is_of_a_partner_begins_on_the_first_page(
    put: Put, insight: Look, tmp_path: Path, paper: str
) -> None:
    put_partner(put, "P-1", "distributor", "Newcomer")
    body = review(insight)
    pages = pypdf.PdfReader(
        export_pdf(body, tmp_path / "new.pdf", paper="a4" if paper == "a4" else "letter")
    ).pages
    assert "Decisions today" in pages[0].extract_text()


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_plan_of_one_page_is_signed_on_it(sample: Insight, tmp_path: Path, paper: str) -> None:
    body = draft_plan(sample, "F-003", year=2027)
    pages = pypdf.PdfReader(
        export_pdf(body, tmp_path / "one.pdf", paper="a4" if paper == "a4" else "letter")
    ).pages
    assert "signature" in pages[0].extract_text()
    assert "Where the figures come from" in pages[1].extract_text()
