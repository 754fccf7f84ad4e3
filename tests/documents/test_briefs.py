"""A brief tells who comes, the number, what changed, what is promised, raised and asked, on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.base.settings import Settings
from camdesk.documents.briefs import BriefFacts, Told, draft_brief, draft_follow_up
from camdesk.documents.briefs.promises import Open
from camdesk.documents.drafting.rows import PartnerRows
from camdesk.documents.model import Document, KeyFigures, Line, PointColumns, Span, Table, from_json, to_json
from camdesk.documents.pdf import export_pdf
from camdesk.insight.insight import Insight
from camdesk.insight.results import Alert, AlertEvidence, AlertSubject
from camdesk.store.workspace import Workspace
from tests.documents.conftest import TODAY, Put, day, put_distributor, put_partner, put_reseller

LookAgain = Callable[[], Insight]


def said(line: Line) -> str:
    return "".join(span.text for span in line)


def facts(**more: Any) -> BriefFacts:
    usual: dict[str, Any] = {
        "meeting": None, "since": None, "changed_from": TODAY.replace(day=1), "changes": (), "alerts": (),
        "target_assumed": False,
    }  # fmt: skip
    return BriefFacts(**{**usual, **more})


def points(body: Document, title: str) -> list[str]:
    """Return the lines of the list whose title begins so."""
    columns = [block for block in body.sections[0].blocks if isinstance(block, PointColumns)]
    (found,) = [one for block in columns for one in block.columns if one.title.startswith(title)]
    return [said(line) for line in found.lines]


def rows_of(body: Document, title: str) -> list[list[str]]:
    (found,) = [
        block
        for block in body.sections[0].blocks
        if isinstance(block, Table) and block.title.startswith(title)
    ]
    return [[said(cell.line) for cell in row] for row in found.rows]


def everything(body: Document) -> str:
    return to_json(body)


def contact(name: str, **more: Any) -> dict[str, Any]:
    return {"contact_id": name[:2], "partner_id": "P-1", "name": name, **more}


def meeting(name: str, ago: int, *who: str, status: str = "held") -> dict[str, Any]:
    return {
        "meeting_id": name, "partner_id": "P-1", "kind": "working", "subject": "Working call",
        "scheduled_at": f"{day(ago)}T10:30:00Z", "status": status, "attendees": ";".join(who),
    }  # fmt: skip


def alert(rule: str, *labels: str, worth: int | None = None) -> Alert:
    subjects = tuple(
        AlertSubject(name, name, "new", None, None, "warning", (AlertEvidence("deals", "P-1-d0"),))
        for name in labels
    )
    return Alert(
        id=1, partner_id="P-1", rule=rule, severity="warning", state="new", priority=9.0,
        value_at_stake=worth, due_on=None, message=f"{labels[0]} stands still", why="It should not",
        next_action="Call", first_seen=TODAY, reopened=False, subjects=subjects,
    )  # fmt: skip


def test_it_is_marked_internal_and_every_number_it_ties_is_frozen(put: Put, insight: LookAgain) -> None:
    put_reseller(put)
    body = draft_brief(insight(), "P-1", facts())
    assert "INTERNAL" in body.title
    assert said(body.sections[0].lead).startswith("Internal: not for the partner.")
    frozen = {figure.key for figure in body.figures}
    used = {span.figure for span in spans(body) if span.figure is not None}
    assert used
    assert used == frozen
    assert from_json(to_json(body)) == body


def spans(body: Document) -> Iterator[Span]:
    for block in body.sections[0].blocks:
        if isinstance(block, KeyFigures):
            yield from (item.value for item in block.items)
        if isinstance(block, PointColumns):
            yield from (span for one in block.columns for line in one.lines for span in line)
        if isinstance(block, Table):
            yield from (span for row in block.rows for cell in row for span in cell.line)


def test_the_number_is_target_booked_commit_and_gap(put: Put, insight: LookAgain) -> None:
    put_reseller(put)
    put("targets", {"target_id": "T", "partner_id": "P-1", "metric": "revenue", "period_start": "2026-10-01",
                    "period_end": "2026-12-31", "value": 500_000})  # fmt: skip
    looked = insight()
    body = draft_brief(looked, "P-1", facts())
    block = body.sections[0].blocks[0]
    assert isinstance(block, KeyFigures)
    assert [said(item.caption) for item in block.items] == [
        "target of FY26 Q4", "booked so far", "booked and commit", "gap after commit",
    ]  # fmt: skip
    shown = {item.value.figure: item.value.text for item in block.items}
    by_key = {figure.key: figure for figure in body.figures}
    for key, text in shown.items():
        assert key is not None
        assert by_key[key].value == looked.figure("P-1", str(by_key[key].metric)).value
        assert text.startswith("€")
    assert block.items[0].value.text == "€500k"
    assert "short of €500k after commit, 41 days left" in body.sections[0].message


def test_who_is_new_who_left_and_who_stays_away(put: Put, insight: LookAgain) -> None:
    put_partner(put, "P-1", "reseller", "Brennhof Systemhaus")
    put("contacts", contact("Ada Blum", role="Sales lead", is_primary=1), contact("Bo Cern"),
        contact("Cy Dorn", is_executive=1), contact("Di Elm", role="Buyer", left_on=day(3)),
        contact("Ed Fink", left_on=day(300)))  # fmt: skip
    put("meetings", meeting("m1", 400, "Ad"), meeting("m2", 20, "Ad", "Bo"),
        meeting("m3", -2, "Ad", "Bo", "Zz", status="planned"))  # fmt: skip
    looked = insight()
    ahead = PartnerRows(looked.workspace.database, "P-1").of("meetings")[2]
    lines = points(
        draft_brief(
            looked, "P-1", facts(meeting=ahead, since=TODAY.replace(month=10, day=31),
                                 changed_from=TODAY.replace(month=10, day=31))
        ),
        "In the room",
    )  # fmt: skip
    assert lines == [
        "Ada Blum, Sales lead, primary, met since Oct 2025, last 31 Oct 2026",
        "Bo Cern, new: first met 31 Oct 2026",
        "Zz: on the list, but no contact we know.",
        "Di Elm, Buyer, left on 17 Nov 2026.",
        "Not there: Cy Dorn (executive).",
    ]


def test_commitments_stand_ours_first_with_how_late_they_are(put: Put, insight: LookAgain) -> None:
    put_reseller(put)
    put("commitments", {"commitment_id": "o", "partner_id": "P-1", "side": "vendor", "text": "Price list.",
                        "owner": "dana.voss@northlight.example", "due_on": day(9)})  # fmt: skip
    assert points(draft_brief(insight(), "P-1", facts()), "Open commitments") == [
        "Ours: Price list (Dana Voss), 9 days late",
        "Theirs: Account list shared (Ines Kaya), due 10 Dec 2026",
    ]


@given(st.integers(0, 9), st.integers(0, 9), st.integers(2, 12))
def test_however_few_are_shown_both_sides_are_among_them(ours: int, theirs: int, shown: int) -> None:
    open_ones = Open(
        tuple((Span(f"o{place}"),) for place in range(ours)),
        tuple((Span(f"t{place}"),) for place in range(theirs)),
    )
    found = [said(line) for line in open_ones.first(shown)]
    assert len(found) == min(shown, ours + theirs)
    assert found == sorted(found, key=lambda text: text[0])
    assert len(set(found)) == len(found)
    assert {text[0] for text in found} == {side for side, many in (("o", ours), ("t", theirs)) if many}


def test_what_waits_for_us_is_raised_with_its_age_and_an_answer(put: Put, insight: LookAgain) -> None:
    put_reseller(put)
    put("incentives", {"incentive_id": "I", "partner_id": "P-1", "program": "Growth", "amount": 7_000,
                       "due_on": day(12)})  # fmt: skip
    put("deals", {"deal_id": "W", "partner_id": "P-1", "name": "Harbour", "status": "open", "amount": 9_000,
                  "decision": "pending", "submitted_at": f"{day(1)}T09:00:00Z",
                  "owner_email": "kim.lund@northlight.example"})  # fmt: skip
    put("cases", {"case_id": "C", "partner_id": "P-1", "severity": "P1", "subject": "Export stopped",
                  "opened_at": f"{day(2)}T09:00:00Z"})  # fmt: skip
    rows = rows_of(draft_brief(insight(), "P-1", facts()), "They will raise")
    assert rows[0][:2] == ["1 P1 case open: Export stopped", "2 days"]
    assert "1 case without a first answer" in rows[0][2]
    assert rows[1][:2] == ["1 incentive unpaid, €7.0k: Growth", "12 days"]
    assert rows[2][:2] == ["1 registration undecided, €9.0k: Harbour", "16 business h"]
    assert rows[2][2].startswith("With Kim Lund; we decide in two working days")


def test_three_asks_come_from_alerts_and_the_weakest_lines(put: Put, insight: LookAgain) -> None:
    put_reseller(put)
    alerts = (
        alert("win-to-thank", "Tallis"),
        alert("registration-undecided", "Ours to do"),
        alert("pipeline-stalling", "Tallis", "Aster", "Linden", worth=420_000_000),
    )
    asked = points(draft_brief(insight(), "P-1", facts(alerts=alerts)), "Three asks")
    assert len(asked) == 3
    assert asked[0] == "A next step and a day for Tallis, Aster and 1 more (€42k), or close it."
    assert not any("Ours to do" in one or "thank" in one.lower() for one in asked)
    assert any("from" in one and "to" in one and "Two steps" in one for one in asked[1:])


def test_there_are_three_asks_where_nothing_is_known(put: Put, insight: LookAgain) -> None:
    put_partner(put, "P-1", "alliance", "Quiet Partner")
    body = draft_brief(insight(), "P-1", facts())
    assert len(points(body, "Three asks")) == 3
    assert "Quiet Partner: no number is known yet" in body.sections[0].message
    assert points(body, "Open commitments") == ["None is open on either side."]
    assert "To go through: no open deal, renewal or referral is recorded." in everything(body)


def test_what_changed_is_told_with_its_consequence_and_its_records(put: Put, insight: LookAgain) -> None:
    put_reseller(put)
    told = Told(
        TODAY, "Lost Tallis", "bad", ("raises the alert “Thin”",), (AlertEvidence("deals", "P-1-d2"),)
    )
    body = draft_brief(insight(), "P-1", facts(changes=(told,)))
    assert points(body, "What changed") == ["20 Nov  Lost Tallis – raises the alert “Thin”."]
    (figure,) = [one for one in body.figures if one.key.startswith("told-")]
    assert [record.record_id for record in figure.records] == ["P-1-d2"]


def test_deals_and_renewals_name_what_is_urgent_first(put: Put, insight: LookAgain) -> None:
    put_partner(put, "P-1", "msp", "Rhein Betrieb")
    put("renewals",
        {"renewal_id": "r1", "partner_id": "P-1", "customer": "Aster", "value": 900, "due_on": day(-80),
         "status": "open", "opened_on": day(1)},
        {"renewal_id": "r2", "partner_id": "P-1", "customer": "Tallis", "value": 500, "due_on": day(2),
         "status": "open"})  # fmt: skip
    rows = rows_of(draft_brief(insight(), "P-1", facts()), "Deals and renewals")
    assert [row[0] for row in rows] == ["Renewal Tallis", "Renewal Aster"]
    assert rows[0][2:] == ["not opened", "18 Nov 2026", "name its owner"]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_crowded_brief_still_has_one_page(put: Put, insight: LookAgain, tmp_path: Path, paper: Any) -> None:
    long = "Wholesale Infrastructure Purchasing Consortium of the Northern Harbours"
    put_reseller(put, name=long)
    put("contacts", *(contact(f"{letter}{letter} {long[:40]}", role=long) for letter in "ABCDEFGH"))
    put("meetings", meeting("m", -1, *(f"{letter}{letter}" for letter in "ABCDEFGH"), status="planned"))
    put("commitments", *(
        {"commitment_id": f"{side}{place}", "partner_id": "P-1", "side": side, "text": f"{long} {place}",
         "owner": long, "due_on": day(place)}
        for side in ("vendor", "partner") for place in range(9)
    ))  # fmt: skip
    put("cases", *({"case_id": f"C{place}", "partner_id": "P-1", "severity": f"P{place}", "subject": long,
                    "opened_at": f"{day(2)}T09:00:00Z"} for place in (1, 2)))  # fmt: skip
    looked = insight()
    changes = tuple(Told(TODAY, f"{long} {place}", "bad", (long,), ()) for place in range(9))
    alerts = tuple(alert(rule, long, f"{long} 2", long[::-1], worth=420_000_000)
                   for rule in ("pipeline-stalling", "protection-expiring", "forecast-slipping"))  # fmt: skip
    ahead = PartnerRows(looked.workspace.database, "P-1").of("meetings")[0]
    body = draft_brief(looked, "P-1", facts(meeting=ahead, changes=changes, alerts=alerts))
    reader = pypdf.PdfReader(export_pdf(body, tmp_path / "brief.pdf", paper=paper))
    assert "Where the figures come from" in reader.pages[1].extract_text()


def test_a_distributor_is_briefed_by_its_own_number(put: Put, insight: LookAgain) -> None:
    put_distributor(put)
    body = draft_brief(insight(), "P-2", facts(target_assumed=True))
    assert body.kind == "brief"
    assert "assumed target" in everything(body)


def test_the_mail_after_it_says_what_was_agreed_and_nothing_else(put: Put, workspace: Workspace) -> None:
    put_reseller(put)
    put("contacts", contact("Ada Blum", email="ada@brennhof.example"), contact("Bo Cern"))
    put("meetings", meeting("m1", 0, "Ad", "Bo"), meeting("m2", -9, "Ad", status="planned"))
    put("notes", {"note_id": "n", "partner_id": "P-1", "written_at": f"{day(0)}T10:00:00Z", "text": "Secret"})
    rows = PartnerRows(workspace.database, "P-1")
    agreed: list[dict[str, Any]] = [
        {"side": "vendor", "text": "Send the price list.", "owner": "dana.voss@n.example", "due_on": day(-7)},
        {"side": "partner", "text": "Train two engineers", "owner": "Ada Blum", "due_on": None},
    ]
    mail = draft_follow_up(
        rows,
        rows.of("meetings")[0],
        partner_name="Brennhof Systemhaus",
        settings=Settings(our_name="Northlight Software", owner_emails=("dana.voss@n.example",)),
        agreed=agreed,
        today=TODAY,
    )
    assert mail.to == ("ada@brennhof.example",)
    assert mail.subject == "Working call on 20 Nov 2026: what we agreed"
    assert mail.text.splitlines() == [
        "Hello Ada and Bo,",
        "",
        "Thank you for your time today (Working call). This is what we agreed.",
        "",
        "We at Northlight Software will:",
        "- Send the price list, by 27 Nov 2026 (Dana Voss)",
        "",
        "Brennhof Systemhaus will:",
        "- Train two engineers (Ada Blum)",
        "",
        "We meet next on 29 Nov 2026, 10:30 (Working call).",
        "",
        "Please tell me if I have anything wrong.",
        "",
        "Best regards",
        "Dana Voss",
        "Northlight Software",
    ]
