"""The partner file lays open the same things about every partner, and says what is not on record."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest

from camdesk.desk.desk import Desk
from camdesk.documents.model import Document, Line, Missing, Prose, Section, Table, to_json
from camdesk.documents.partner_file import FileFacts, draft_file
from camdesk.insight.insight import Insight
from camdesk.insight.results import TierState
from camdesk.store.judgements import Judgement
from tests.documents.conftest import TODAY, Put, day, put_distributor, put_partner, put_reseller

LookAgain = Callable[[], Insight]
NO_TIER = TierState(None, True, (), None, (), None, None, None)
FACTS = FileFacts(NO_TIER, "Partners of this type have no tiers.", (), (), (), False, 12, None)
HEADINGS = [
    "Overview", "Agreement", "Eligibility", "Tier", "Training", "Payments", "Reviews", "Exceptions", "Terms",
    "Profile", "Judgements", "Audit",
]  # fmt: skip


def said(line: Line) -> str:
    return "".join(span.text for span in line)


def section(body: Document, heading: str) -> Section:
    return next(one for one in body.sections if one.heading == heading)


def tables(found: Section) -> list[list[list[str]]]:
    return [
        [[said(cell.line) for cell in row] for row in block.rows]
        for block in found.blocks
        if isinstance(block, Table)
    ]


def test_it_has_the_same_sections_for_every_type(sample_home: Path) -> None:
    desk = Desk.open(sample_home, ask=lambda _prompt: None)
    first = {partner.type: name for name, partner in desk.insight.partners().items()}
    assert len(first) == 7
    for partner_id in first.values():
        body = desk.partner_file(partner_id)
        assert [one.heading for one in body.sections] == HEADINGS
        keys = {figure.key for figure in body.figures}
        notes = [block.note for one in body.sections for block in one.blocks if isinstance(block, Table)]
        assert {span.figure for note in notes for span in note if span.figure} <= keys
    desk.close()


def test_a_partner_without_records_is_told_of_in_lines(put: Put, insight: LookAgain) -> None:
    put_partner(put, "P-1", "alliance", "Quiet Partner", owner_email="dana.voss@n.example")
    body = draft_file(insight(), "P-1", FACTS)
    silent = [one.heading for one in body.sections if isinstance(one.blocks[0], Missing)]
    assert silent == [
        "Agreement",
        "Tier",
        "Training",
        "Payments",
        "Reviews",
        "Exceptions",
        "Terms",
        "Judgements",
    ]
    (checks,) = tables(section(body, "Eligibility"))
    assert checks[0] == ["Taken into the programme", "enrolled", "1 Mar 2022", "Dana Voss"]


def test_every_payment_names_the_rule_it_was_paid_by(put: Put, insight: LookAgain) -> None:
    put_partner(put, "P-1", "referral", "Osterkamp")
    put("terms", {"term_id": "T", "partner_id": "P-1", "kind": "fee", "text": "8 % of the first order",
                  "valid_from": day(400), "announced_on": day(440)})  # fmt: skip
    put("referrals",
        {"referral_id": "A", "partner_id": "P-1", "customer": "Aster", "status": "won",
         "submitted_at": f"{day(300)}T09:00:00Z", "value": 50_000, "fee": 4_000,
         "fee_earned_on": day(90), "fee_due_on": day(60),
         "fee_paid_on": day(50)},
        {"referral_id": "B", "partner_id": "P-1", "customer": "Bram", "submitted_at": f"{day(300)}T09:00:00Z",
         "status": "won", "fee": 1_000, "fee_earned_on": day(90), "fee_due_on": day(60)})  # fmt: skip
    put("funds", {"fund_id": "F", "partner_id": "P-1", "name": "Fund 2026", "period_start": day(300),
                  "period_end": day(-30), "allocated": 9_000})  # fmt: skip
    put("fund_claims", {"claim_id": "C", "partner_id": "P-1", "fund_id": "F", "activity": "Fair",
                        "status": "paid", "amount": 2_000, "requested_at": f"{day(80)}T09:00:00Z",
                        "decided_at": f"{day(79)}T09:00:00Z", "paid_on": day(20)})  # fmt: skip
    put("rebates", {"rebate_id": "R", "partner_id": "P-1", "program": "Growth", "metric": "revenue",
                    "period_start": day(200), "period_end": day(100), "threshold": 100_000,
                    "payout": 3_000})  # fmt: skip
    put("incentives", {"incentive_id": "I", "partner_id": "P-1", "program": "Growth", "amount": 3_000,
                       "due_on": day(10), "paid_on": day(11)})  # fmt: skip
    found = section(draft_file(insight(), "P-1", FACTS), "Payments")
    paid, owed = tables(found)
    assert found.message == "3 payments of €9.0k in all, 1 after its day"
    assert [row[0] for row in paid] == ["Growth", "Market fund: Fair", "Referral fee: Aster"]
    assert paid[0][1] == "€3.0k from €100k revenue, 12 months"
    assert paid[1][1] == "Fund 2026, approved 2 Sep 2026"
    assert paid[2][1] == "Term: 8 % of the first order; earned 22 Aug 2026 on €50k"
    assert [row[0] for row in owed] == ["Referral fee: Bram"]
    assert owed[0][3] == "past due"


def test_exceptions_say_who_granted_them_and_refused_ones_stay(put: Put, insight: LookAgain) -> None:
    put_reseller(put)  # one waits undecided
    asked = {"partner_id": "P-1", "kind": "pricing_exception", "subject": "Special price", "amount": 2_000,
             "asked_at": f"{day(30)}T09:00:00Z", "owner_email": "kim.lund@n.example"}  # fmt: skip
    put("requests",
        {**asked, "request_id": "n", "decision": "rejected", "answered_at": f"{day(20)}T09:00:00Z"},
        {**asked, "request_id": "y", "decision": "approved", "answered_at": f"{day(28)}T09:00:00Z",
         "valid_until": day(-9), "honoured": 0},
        {**asked, "request_id": "o", "kind": "technical", "decision": "approved",
         "answered_at": f"{day(28)}T09:00:00Z"})  # fmt: skip
    found = section(draft_file(insight(), "P-1", FACTS), "Exceptions")
    ((granted, refused),) = tables(found)
    assert found.message == "1 exception granted, 1 refused"
    assert granted[4:] == ["granted", "Kim Lund", "29 Nov 2026", "no"]
    assert refused[4:] == ["refused", "Kim Lund", "–", "–"]


def test_a_term_announced_too_late_is_pointed_out(put: Put, insight: LookAgain) -> None:
    put_partner(put, "P-1", "reseller", "Aster")
    put("terms",
        {"term_id": "a", "partner_id": "P-1", "kind": "discount", "text": "20 %", "valid_from": day(0),
         "announced_on": day(30)},
        {"term_id": "b", "partner_id": "P-1", "kind": "fee", "text": "5 %", "valid_from": day(1),
         "announced_on": day(30)})  # fmt: skip
    found = section(draft_file(insight(), "P-1", FACTS), "Terms")
    assert found.message == "1 term announced less than 30 days ahead"
    ((first, second),) = tables(found)
    assert (first[-1], second[-1]) == ("30 days", "29 days")


def test_certificates_that_ran_out_are_told_from_valid_ones(put: Put, insight: LookAgain) -> None:
    put_partner(put, "P-1", "reseller", "Aster")
    put("certifications", *(
        {"certification_id": name, "partner_id": "P-1", "person": "Ada", "name": "Pro",
         "awarded_on": day(400), "expires_on": ends}
        for name, ends in (("valid", None), ("today", day(0)), ("tomorrow", day(-1)))
    ))  # fmt: skip
    found = section(draft_file(insight(), "P-1", FACTS), "Training")
    assert found.message == "2 valid certificates held by 1 person"
    (rows,) = tables(found)
    assert [row[-1] for row in rows][-1] == "20 Nov 2026, ended"


def test_judgements_and_a_broken_audit_are_laid_open(put: Put, insight: LookAgain) -> None:
    put_distributor(put)
    made = Judgement("P-2", "score", 55, "New owner", "dana.voss@n.example", TODAY, TODAY + timedelta(days=9))
    body = draft_file(insight(), "P-2", replace(FACTS, judgements=(made,), audit_broken_at=7))
    (rows,) = tables(section(body, "Judgements"))
    assert rows == [["Score", "55", "New owner", "Dana Voss", "20 Nov 2026", "29 Nov 2026"]]
    audit = section(body, "Audit")
    assert audit.message == "The audit is broken at entry 7"
    assert isinstance(audit.blocks[0], Prose)
    overview = tables(section(body, "Overview"))[0]
    assert [row[0] for row in overview] == HEADINGS[1:]
    assert overview[-1][1] == audit.message


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_long_file_is_set_whole(put: Put, insight: LookAgain, tmp_path: Path, paper: str) -> None:
    put_reseller(put)
    put("certifications", *(
        {"certification_id": f"K{place}", "partner_id": "P-1", "person": f"Person {place}", "name": "Pro",
         "awarded_on": day(place + 1)}
        for place in range(90)
    ))  # fmt: skip
    body = draft_file(insight(), "P-1", FACTS)
    from camdesk.documents.pdf import export_pdf

    written = export_pdf(body, tmp_path / "file.pdf", paper="a4" if paper == "a4" else "letter")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(written).pages)
    assert "Person 0" in text
    assert "Person 59" in text
    assert "60 of 90 certificates: see the annex" in text


def test_notes_stay_out_of_it(sample_home: Path, tmp_path: Path) -> None:
    desk = Desk.open(Path(shutil.copytree(sample_home, tmp_path / "sample")), ask=lambda _prompt: None)
    desk.add_note("R-001", "Their director told us in confidence")
    assert "confidence" not in to_json(desk.partner_file("R-001"))
    desk.close()
