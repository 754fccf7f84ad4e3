"""The report for the lead says what screens say, ties its numbers, and holds no note and no task."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from camdesk.desk.desk import Desk
from camdesk.documents.model import Bars, Document, KeyFigures, Line, Missing, Table, to_json
from camdesk.documents.portfolio_report import Number, QuarterLine, ReportFacts, TypeLine, draft_report
from camdesk.insight.insight import Insight
from camdesk.insight.results import ProgrammeFigures
from tests.documents.conftest import TODAY, Put, day, put_reseller

LookAgain = Callable[[], Insight]
NOTHING = Number(None, None, None, None, None)
UNKNOWN = ProgrammeFigures(None, None, None, None, None, None, None, None)


def said(line: Line) -> str:
    return "".join(span.text for span in line)


def table_of(body: Document, name: str) -> list[list[str]]:
    (section,) = [section for section in body.sections if section.name == name]
    found = next(block for block in section.blocks if isinstance(block, Table))
    return [[said(cell.line) for cell in row] for row in found.rows]


def facts(insight: Insight) -> ReportFacts:
    """Return what is known before anything was worked out: partners alone."""
    partners = tuple(insight.partners().values())
    lines = tuple(QuarterLine(partner, NOTHING, False, None, None) for partner in partners)
    whole = TypeLine("All partners", len(partners), UNKNOWN)
    return ReportFacts("All partners", partners, NOTHING, lines, (whole,), whole, (), ())


@pytest.fixture
def desk(sample_home: Path, tmp_path: Path) -> Iterator[Desk]:
    home = Path(shutil.copytree(sample_home, tmp_path / "sample"))
    opened = Desk.open(home, ask=lambda _prompt: None)
    yield opened
    opened.close()


def test_it_says_what_forecast_and_programme_say(desk: Desk) -> None:
    body = desk.portfolio_report(mine=False)
    forecast, programme = desk.forecast(mine=False), desk.programme(mine=False)
    by_key = {figure.key: figure for figure in body.figures}
    assert by_key["own_target"].value == forecast.total.figures.target
    assert by_key["own_gap"].value == forecast.total.figures.gap
    assert by_key["contribution"].value == programme.whole.figures.contribution
    assert by_key["active_rate"].value == programme.whole.figures.active_rate
    assert by_key["top-ten"].value == programme.whole.figures.top_ten_share
    titles = [row[0] for row in table_of(body, "productivity")]
    assert titles == [*(group.title for group in programme.groups), "All partners"]
    block = body.sections[0].blocks[0]
    assert isinstance(block, KeyFigures)
    assert all(item.value.figure in by_key for item in block.items)


def test_yours_is_part_of_all(desk: Desk) -> None:
    mine, everybody = desk.portfolio_report(), desk.portfolio_report(mine=False)
    assert (mine.partner_name, everybody.partner_name) == ("Your partners", "All partners")
    for key in ("own_target", "own_booked", "contribution"):
        first, second = (
            next(one.value for one in body.figures if one.key == key) for body in (mine, everybody)
        )
        assert isinstance(first, int)
        assert isinstance(second, int)
        assert 0 < first < second


def test_notes_and_tasks_stay_out(desk: Desk) -> None:
    desk.add_note("R-001", "Their director told us in confidence")
    desk.add_task("Ring the director back", partner_id="R-001")
    text = to_json(desk.portfolio_report(mine=False))
    assert "confidence" not in text
    assert "director back" not in text


def test_a_risk_is_named_once_per_partner_with_what_is_asked(desk: Desk) -> None:
    body = desk.portfolio_report(mine=False)
    rows = table_of(body, "risks")
    alerts = desk.alerts(mine=False).alerts
    assert len({row[0] for row in rows}) == len(rows) > 0
    assert all(row[1] and row[3] for row in rows)
    assert rows[0][1] == alerts[0].message
    assert "INTERNAL" in body.title


def test_every_page_of_it_is_set(desk: Desk, tmp_path: Path) -> None:
    written = desk.write_paper(desk.portfolio_report(mine=False), tmp_path / "report.pdf", paper="letter")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(written).pages)
    assert "INTERNAL" in text
    assert "Forecast by partner" in text
    assert "Where the figures come from" in text


def test_what_is_not_known_is_said_in_a_line(put: Put, insight: LookAgain) -> None:
    looked = insight()
    body = draft_report(looked, facts(looked))
    missing = [line for section in body.sections for block in section.blocks
               if isinstance(block, Missing) for line in block.lines]  # fmt: skip
    assert {line.split(":")[0] for line in missing} == {
        "Forecast by partner", "Risks", "Activation", "The ten largest", "Investments",
    }  # fmt: skip
    assert body.sections[0].message.startswith("FY26 Q4: no sale and no target is known")


def test_few_investments_prove_nothing_and_many_are_not_warned_of(put: Put, insight: LookAgain) -> None:
    put_reseller(put)
    put("campaigns", {"campaign_id": "C", "partner_id": "P-1", "name": "Spring", "started_on": day(90),
                      "leads": 12, "attributed_pipeline": 30_000})  # fmt: skip
    put("deals", {"deal_id": "X", "partner_id": "P-1", "status": "won", "amount": 4_000, "campaign_id": "C",
                  "submitted_at": f"{day(80)}T09:00:00Z", "closed_on": day(5)})  # fmt: skip
    put("fund_claims", *(
        {"claim_id": f"F{place}", "partner_id": "P-1", "kind": "market_fund", "status": "paid", "amount": 100,
         "requested_at": f"{day(100)}T09:00:00Z", "paid_on": day(40),
         "attributed_pipeline": 1_000 if place < 4 else None}
        for place in range(20)
    ))  # fmt: skip
    put("fund_claims", {"claim_id": "old", "partner_id": "P-1", "kind": "market_fund", "status": "paid",
                        "amount": 9_000, "requested_at": f"{day(900)}T09:00:00Z",
                        "paid_on": day(800)})  # fmt: skip
    looked = insight()
    rows = {row[0]: row[1:] for row in table_of(draft_report(looked, facts(looked)), "investments")}
    assert rows["Market fund claims paid"] == [
        "20", "€2.0k", "€4.0k", "–", "4 of 20 name pipeline they led to.",
    ]  # fmt: skip
    assert rows["Campaigns begun"] == [
        "1", "–", "€30k", "€4.0k", "n = 1: not a proof. 12 leads; 1 deal name the campaign, 1 won.",
    ]  # fmt: skip


def test_deals_after_a_new_certificate_stand_beside_as_long_before(put: Put, insight: LookAgain) -> None:
    put_reseller(put)
    put("certifications", {"certification_id": "K", "partner_id": "P-1", "person": "Ada", "name": "Pro",
                           "awarded_on": day(200)})  # fmt: skip
    looked = insight()
    rows = {row[0]: row[1:] for row in table_of(draft_report(looked, facts(looked)), "investments")}
    words = rows["Partners with new certificates"]
    submitted = [20 + number * 9 for number in range(40)]  # days ago, as put_reseller has them
    after = sum(20 <= ago < 200 for ago in submitted)
    before = sum(200 <= ago < 380 for ago in submitted)
    assert words[-1] == (
        f"n = 1: not a proof. In 180 days after: {after} deals, in as many before: {before}."
    )


def test_the_rest_is_summed_and_the_total_is_the_view(put: Put, insight: LookAgain) -> None:
    for place in range(25):
        put("partners", {"partner_id": f"Q{place}", "name": f"Partner {place:02}", "type": "reseller"})
    looked = insight()
    known = facts(looked)
    lines = tuple(
        replace(line, number=Number(10_000 * (place + 1), 0, 0, 0, 0))
        for place, line in enumerate(known.quarter)
    )
    body = draft_report(looked, replace(known, quarter=lines, number=Number(3_250_000, 0, 0, 0, 0)))
    rows = table_of(body, "quarter")
    assert rows[0][:2] == ["Partner 24", "€25"]
    assert rows[-2][:2] == ["7 other partners", "€28"]
    assert rows[-1][:2] == ["All", "€325"]
    assert body.drafted_on == TODAY


def test_the_ten_largest_are_shown_with_their_share(desk: Desk) -> None:
    (section,) = [one for one in desk.portfolio_report(mine=False).sections if one.name == "largest"]
    (bars,) = section.blocks
    assert isinstance(bars, Bars)
    assert len(bars.steps) == 10
    assert [step.value for step in bars.steps] == sorted((step.value for step in bars.steps), reverse=True)
