"""A draft is made of frozen figures: each number leads to its records, and nothing foreign gets in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update

from camdesk.base.errors import CamDeskError, NotFoundError
from camdesk.base.periods import Period
from camdesk.documents.drafting import draft_plan, draft_review
from camdesk.documents.library import list_documents, load_document, save_draft
from camdesk.documents.model import (
    Document,
    KeyFigures,
    Missing,
    PairedBars,
    PointColumns,
    Prose,
    Section,
    Span,
    StackedColumns,
    Table,
    Waterfall,
    from_json,
    to_json,
)
from camdesk.insight.insight import Insight
from camdesk.store.tables import CURRENT
from camdesk.store.workspace import Workspace
from tests.documents.conftest import Put, day, put_distributor, put_partner, put_reseller

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
Look = Callable[[], Insight]

# Days, quarters, and the windows that titles of metrics name: these are no figures.
_DAY = re.compile(
    r"\b\d+ (months|days)\b|"
    r"\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}\b|\bQ[1-4]\b|\bFY\d\d\b"
)


full_review = partial(draft_review, attention="A")


def spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)


def section(body: Document, name: str) -> Section:
    return next(section for section in body.sections if section.name == name)


@pytest.fixture(params=["reseller", "distributor"])
def drafts(request: pytest.FixtureRequest, put: Put, insight: Look) -> tuple[Document, Document]:
    (put_reseller if request.param == "reseller" else put_distributor)(put, "P-9")
    look = insight()
    return full_review(look, "P-9", period=Q3), draft_plan(look, "P-9", year=2027)


def test_every_linked_number_has_its_entry_in_the_annex(drafts: tuple[Document, Document]) -> None:
    for body in drafts:
        keys = [figure.key for figure in body.figures]
        assert len(keys) == len(set(keys))
        linked = {span.figure for span in spans(body.sections) if span.figure is not None}
        assert linked
        assert linked <= set(keys)


def test_no_number_of_a_sentence_stands_without_its_figure(drafts: tuple[Document, Document]) -> None:
    for body in drafts:
        sentences = [span for part in body.sections for span in spans(part.lead)]
        blocks = [block for part in body.sections for block in part.blocks]
        sentences += [span for block in blocks if not isinstance(block, Table) for span in spans(block)]
        loose = [
            span.text
            for span in sentences
            if span.figure is None and re.search(r"\d", _DAY.sub("", span.text))
        ]
        assert loose == []


def test_the_same_facts_give_the_same_draft(put: Put, insight: Look) -> None:
    put_reseller(put)
    assert to_json(full_review(insight(), "P-1", period=Q3)) == to_json(
        full_review(insight(), "P-1", period=Q3)
    )
    assert to_json(draft_plan(insight(), "P-1", year=2027)) == to_json(
        draft_plan(insight(), "P-1", year=2027)
    )


def test_the_stored_form_reads_back_as_it_was(drafts: tuple[Document, Document]) -> None:
    for body in drafts:
        assert from_json(to_json(body)) == body


def test_a_finished_quarter_is_judged_on_its_last_day_and_the_pipeline_on_the_day_of_the_draft(
    put: Put, insight: Look
) -> None:
    put_reseller(put)
    body = full_review(insight(), "P-1", period=Q3)
    assert (body.figures_as_of, body.drafted_on) == (date(2026, 9, 30), date(2026, 11, 20))
    days = {figure.key: figure.as_of for figure in body.figures}
    assert days["score"] == date(2026, 9, 30)
    assert days["deals-open"] == date(2026, 11, 20)
    assert days["requests-unanswered"] == date(2026, 11, 20)


def test_a_running_quarter_is_judged_as_of_today(put: Put, insight: Look) -> None:
    put_reseller(put)
    body = full_review(insight(), "P-1", period=Period(date(2026, 10, 1), date(2027, 1, 1)))
    assert body.figures_as_of == body.drafted_on == date(2026, 11, 20)


def test_a_frozen_metric_says_what_insight_says_and_lists_its_records(put: Put, insight: Look) -> None:
    put_reseller(put)
    look = insight()
    body = full_review(look, "P-1", period=Q3)
    frozen = next(figure for figure in body.figures if figure.metric == "revenue_growth")
    evidence = look.evidence("P-1", "revenue_growth", day=date(2026, 9, 30))
    assert frozen.value == evidence.value
    assert frozen.definition == evidence.definition
    assert frozen.n == evidence.n
    assert len(frozen.records) == min(20, len(evidence.records))
    assert {record.record_id for record in frozen.records} <= {
        record.record_id for record in evidence.records
    }


def test_open_deals_add_up_to_the_sum_in_the_sentence(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "reseller", "Brennhof Systemhaus")
    common = {
        "partner_id": "P-1",
        "kind": "registered",
        "status": "open",
        "submitted_at": "2026-10-01T10:00:00Z",
    }
    put(
        "deals",
        {**common, "deal_id": "a", "amount": 30_000, "expected_close_on": "2026-12-10"},
        {**common, "deal_id": "b", "amount": 12_000, "expected_close_on": "2026-11-01"},
        {
            **common,
            "deal_id": "c",
            "amount": 99_000,
            "decision": "rejected",
            "decided_at": f"{day(40)}T10:00:00Z",
        },
    )
    body = full_review(insight(), "P-1", period=Q3)
    figures = {figure.key: figure for figure in body.figures}
    assert figures["deals-open"].written == "€42,000.00"
    assert figures["deals-overdue"].written == "€12,000.00"
    lead = "".join(span.text for span in section(body, "pipeline").lead)
    assert lead == (
        "Two deals worth €42k are open. €30k of it is expected to close within six months. "
        "One deal worth €12k is past the expected close."
    )


def test_the_reseller_has_a_funnel_and_the_distributor_its_sell_through(put: Put, insight: Look) -> None:
    put_reseller(put)
    put_distributor(put)
    look = insight()
    reseller, distributor = (full_review(look, name, period=Q3) for name in ("P-1", "P-2"))
    names = {part.name for part in reseller.sections}
    assert {"registration-funnel", "wins-and-losses", "protection-expiries"} <= names
    assert "sell-through" not in names
    chart = next(
        block for block in section(distributor, "sell-through").blocks if isinstance(block, PairedBars)
    )
    assert chart.labels[-1] == "Sep"
    assert chart.second.values[-1] == 360_000_000  # 9k + 12k + 15k sold in September
    message = section(distributor, "reseller-breadth").message
    assert message == "Two buyers make half of sell-through"


def test_the_summary_stands_alone(put: Put, insight: Look) -> None:
    put_reseller(put)
    summary = full_review(insight(), "P-1", period=Q3).sections[0]
    kinds = {type(block) for block in summary.blocks}
    assert kinds == {KeyFigures, StackedColumns, PointColumns}
    points = next(block for block in summary.blocks if isinstance(block, PointColumns))
    assert [column.title for column in points.columns] == ["Wins", "Risks", "Decisions today"]
    assert all(1 <= len(column.lines) <= 3 for column in points.columns)


def test_the_waterfall_leads_from_one_score_to_the_other(put: Put, insight: Look) -> None:
    put_reseller(put)
    moved_by = section(full_review(insight(), "P-1", period=Q3), "movement")
    chart = next(block for block in moved_by.blocks if isinstance(block, Waterfall))
    moved = sum(step.value for step in chart.steps)
    assert chart.before.value + moved == pytest.approx(chart.after.value, abs=0.05)


def test_a_movement_names_the_records_behind_it(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "reseller", "Brennhof Systemhaus")
    order = {"partner_id": "P-1", "customer": "Aster Foods", "amount": 10_000}
    put(
        "orders",
        *({**order, "order_id": f"o{number}", "booked_on": day(number * 30)} for number in range(34)),
    )
    put(
        "orders",
        {**order, "order_id": "x", "customer": "Tallis Energy", "amount": 90_000, "booked_on": "2026-08-03"},
    )
    told = ["".join(span.text for span in line) for line in prose(full_review(insight(), "P-1", period=Q3))]
    growth = next(sentence for sentence in told if sentence.startswith("Revenue growth"))
    assert "Revenue growth rose from" in growth
    assert growth.endswith("on the score. Tallis Energy and Aster Foods brought it.")


def prose(body: Document) -> list[tuple[Span, ...]]:
    blocks = [block for part in body.sections for block in part.blocks]
    return [line for block in blocks if isinstance(block, Prose) for line in block.lines]


def test_promises_are_listed_ours_first_with_what_became_of_them(put: Put, insight: Look) -> None:
    put_reseller(put)
    due = section(full_review(insight(), "P-1", period=Q3), "last-commitments")
    table = next(block for block in due.blocks if isinstance(block, Table))
    rows = [["".join(span.text for span in cell.line) for cell in row] for row in table.rows]
    assert rows == [
        ["Price list sent", "Northlight Software · Ines Kaya", "11 Oct 2026", "10 days late"],
        ["Two engineers trained", "Brennhof Systemhaus · Ines Kaya", "6 Oct 2026", "yes"],
    ]


def test_a_partner_without_data_gets_lines_that_say_so_and_no_empty_frame(put: Put, insight: Look) -> None:
    put_partner(put, "P-1", "reseller", "Newcomer")
    body = full_review(insight(), "P-1", period=Q3)
    assert body.sections[0].message == "Not enough data for a score yet"
    tables = [block for part in body.sections for block in part.blocks if isinstance(block, Table)]
    assert all(table.rows for table in tables)
    assert any(isinstance(block, Missing) for block in section(body, "pipeline").blocks)
    assert any(isinstance(block, Missing) for block in section(body, "scorecard").blocks)


def test_nothing_of_other_partners_and_no_note_reaches_the_document(put: Put, insight: Look) -> None:
    put_reseller(put)
    for number in range(9):
        put_reseller(put, f"Q-{number}", f"Rival {number} Zeppelin")
    put_distributor(put, "D-1", "Umbra Distribution")
    put(
        "sell_through",
        {"line_id": "x", "partner_id": "D-1", "reseller": "Brennhof", "reseller_partner_id": "P-1",
         "product": "Gateway", "month": "2026-09-01", "value": 70_000, "units": 3},
    )  # fmt: skip
    put(
        "notes",
        {"note_id": "n", "partner_id": "P-1", "written_at": "2026-11-01T10:00:00Z", "text": "They bluff"},
    )
    look = insight()
    for body in (full_review(look, "P-1", period=Q3), draft_plan(look, "P-1", year=2027)):
        text = to_json(body)
        assert "Zeppelin" not in text
        assert "Umbra" not in text
        assert "D-1" not in text
        assert "bluff" not in text
        assert "rank" not in text.lower().replace("frank", "")


def test_the_plan_derives_its_quarters_from_the_target_on_record(put: Put, insight: Look) -> None:
    put_reseller(put)
    put("targets", {"target_id": "t", "partner_id": "P-1", "metric": "revenue", "period_start": "2027-01-01",
                    "period_end": "2027-12-31", "value": 400_000})  # fmt: skip
    body = draft_plan(insight(), "P-1", year=2027)
    target = next(figure for figure in body.figures if figure.key == "year-target")
    assert target.value == 4_000_000_000
    table = next(block for block in section(body, "goal").blocks if isinstance(block, Table))
    assert "".join(span.text for span in table.rows[-1][3].line) == "€400k"
    assert len(table.rows) == 4


def test_without_a_target_the_plan_says_that_it_assumes_one(put: Put, insight: Look) -> None:
    put_reseller(put)
    look = insight()
    body = draft_plan(look, "P-1", year=2027)
    base = look.figure("P-1", "revenue").value
    target = next(figure for figure in body.figures if figure.key == "year-target")
    assert base is not None
    assert target.value == round(base * 1.1)
    assert "Nobody has set this target yet" in "".join(span.text for span in section(body, "goal").lead)


def test_a_partner_or_quarter_that_does_not_exist_is_refused(put: Put, insight: Look) -> None:
    put_reseller(put)
    with pytest.raises(NotFoundError):
        full_review(insight(), "nobody", period=Q3)
    with pytest.raises(CamDeskError, match="has not begun"):
        full_review(insight(), "P-1", period=Period(date(2027, 1, 1), date(2027, 4, 1)))


def test_later_data_never_changes_a_stored_document(put: Put, insight: Look, workspace: Workspace) -> None:
    put_reseller(put)
    body = full_review(insight(), "P-1", period=Q3)
    number = save_draft(workspace.database, body, saved_at="2026-11-20T08:00:00Z")
    with workspace.database.write() as connection:
        connection.execute(update(CURRENT["orders"]).values(amount=1, amount_base=1))
    assert load_document(workspace.database, number) == body


def test_a_second_draft_of_the_quarter_is_a_new_version_of_the_same_document(
    put: Put, insight: Look, workspace: Workspace
) -> None:
    put_reseller(put)
    look = insight()
    first = save_draft(
        workspace.database, full_review(look, "P-1", period=Q3), saved_at="2026-11-20T08:00:00Z"
    )
    put_partner(put, "P-3", "reseller", "Other")
    put("commitments", {"commitment_id": "new", "partner_id": "P-1", "side": "vendor", "text": "Call back"})
    second = save_draft(
        workspace.database, full_review(insight(), "P-1", period=Q3), saved_at="2026-11-20T09:00:00Z"
    )
    plan = save_draft(workspace.database, draft_plan(look, "P-1", year=2027), saved_at="2026-11-20T10:00:00Z")
    assert first == second != plan
    listed = list_documents(workspace.database)
    assert [(one.document_id, one.kind, one.period, one.versions) for one in listed] == [
        (plan, "plan", "2027", 1),
        (first, "review", "2026-Q3", 2),
    ]
    assert list_documents(workspace.database, partner_id="P-3") == ()
    with pytest.raises(NotFoundError):
        load_document(workspace.database, 99)
