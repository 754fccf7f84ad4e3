"""What a CAM writes counts like what a source brings, and no sync touches it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.desk.writing.meetings import Meeting
from camdesk.desk.writing.targets import Span
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Entity, Kind
from camdesk.store.own_rows import ADDABLE
from tests.desk.shelf import AUTHOR, DAY, ORDERS, PARTNERS, Shelf

ONE_OF_EACH: dict[str, tuple[str, dict[str, str]]] = {
    "meetings": ("P2", {"kind": "steering", "scheduled_at": "2026-12-01T09:00:00Z", "status": "held"}),
    "contacts": ("P1", {"name": "Ines Kaya", "role": "CTO", "is_primary": "yes"}),
    "targets": (
        "P1",
        {"metric": "revenue", "period_start": "2026-01-01", "period_end": "2026-12-31", "value": "1000"},
    ),
    "milestones": (
        "P2",
        {"name": "Pilot", "kind": "joint", "due_on": "2026-11-01", "completed_on": "2026-10-30"},
    ),
    "assessments": (
        "P2",
        {"side": "vendor", "question": "Trust", "score": "75", "assessed_on": "2026-12-01"},
    ),
    "investments": (
        "P2",
        {"side": "vendor", "kind": "cash", "pledged": "no", "amount": "900.50", "spent_on": "2026-12-01"},
    ),
    "requests": (
        "P1",
        {"kind": "technical", "subject": "SSO", "asked_at": "2026-12-01T08:00:00Z",
         "answered_at": "2026-12-02T08:00:00Z"},
    ),
    "accounts": ("P1", {"customer": "Contoso", "relation": "target", "potential": "120000"}),
    "terms": ("P1", {"kind": "discount", "text": "22 % on list", "valid_from": "2026-01-01"}),
    "agreements": ("P1", {"kind": "partner", "signed_on": "2024-02-01", "expires_on": "2027-01-31"}),
    "commitments": ("P2", {"side": "partner", "text": "Name a sponsor", "due_on": "2026-12-10"}),
    "notes": ("P1", {"text": "All well", "written_at": "2026-12-10T10:00:00Z"}),
}  # fmt: skip
TARGET = ONE_OF_EACH["targets"][1]
MERGED = [name for name in ADDABLE if name not in {"commitments", "notes"}]
# What makes a row another one: a change of its subject, or of its day.
ANOTHER = {
    "meetings": {"scheduled_at": "2026-12-02T09:00:00Z"},
    "contacts": {"name": "Otto Berg"},
    "targets": {"period_end": "2026-06-30"},
    "milestones": {"name": "Launch"},
    "assessments": {"question": "Speed"},
    "investments": {"amount": "900.51"},
    "requests": {"subject": "API"},
    "accounts": {"customer": "Fabrikam"},
    "terms": {"text": "23 % on list"},
    "agreements": {"kind": "nda"},
}


def synced(entity: str, **other: str) -> dict[str, str]:
    """Return the row of ONE_OF_EACH as a source would deliver it."""
    partner_id, values = ONE_OF_EACH[entity]
    return {ENTITIES[entity].key: "S-1", "partner_id": partner_id, **values, **other}


# They count


def test_what_is_written_counts_as_if_a_source_had_brought_it(shelf: Shelf, tmp_path: Path) -> None:
    # Many enough that only the figures of the partners that were written about are made anew.
    many = PARTNERS + "".join(
        f"Q{number},Partner {number},reseller,B,enrolled,EUR,2021-01-01\n" for number in range(9)
    )
    shelf.write(partners=many)
    shelf.sync()
    before = shelf.desk.figures()
    for entity, (partner_id, values) in ONE_OF_EACH.items():
        shelf.desk.add_row(entity, partner_id, values)
    other = Shelf(tmp_path / "other")
    other.write(partners=many)
    for entity in ONE_OF_EACH:
        other.write_rows(entity, synced(entity))
    other.sync()
    written, brought = shelf.desk.figures(), other.desk.figures()
    other.desk.close()
    assert written == brought
    assert len({one.metric for one, two in zip(before, written, strict=True) if one != two}) > 5


def test_a_target_takes_the_place_of_an_assumed_one(shelf: Shelf) -> None:
    def target() -> bool:
        lines = {line.metric: line for line in shelf.desk.scorecard("P1").lines}
        shown = lines["revenue_attainment"].target
        assert shown is not None
        return shown.assumed

    assert target()
    assert shelf.value("P1", "revenue_attainment") == pytest.approx(500 / 1100)
    shelf.desk.set_target("P1", "revenue", "2000", span=Span(year=2026))
    assert not target()
    assert shelf.value("P1", "revenue_attainment") == pytest.approx(0.25)


def test_setting_a_target_again_replaces_it(shelf: Shelf) -> None:
    first = shelf.desk.set_target("P1", "revenue", "2000", span=Span(year=2026))
    again = shelf.desk.set_target("P1", "revenue", "1000", span=Span(start="2026-01-01", end="2026-12-31"))
    assert (again.record_id, again.replaced) == (first.record_id, True)
    assert shelf.value("P1", "revenue_attainment") == pytest.approx(0.5)
    quarter = shelf.desk.set_target("P1", "revenue", "1000", span=Span(quarter="2026-q4"))
    assert not quarter.replaced
    assert (quarter.period_start, quarter.period_end) == ("2026-10-01", "2026-12-31")
    assert len(shelf.desk.own_rows("P1")) == 2


def test_a_logged_call_ends_the_silence(shelf: Shelf) -> None:
    shelf.write(
        orders=f"{ORDERS}O4,P1,2026-12-20,100,EUR\n",  # a silent partner that still sells
        meetings="meeting_id,partner_id,kind,scheduled_at,status\n"
        "M1,P1,working,2026-06-01T09:00:00Z,held\nM2,P3,working,2026-12-20T09:00:00Z,held\n",
    )
    shelf.sync()

    def overdue() -> set[str]:
        alerts = shelf.desk.alerts(mine=False).alerts
        return {alert.partner_id for alert in alerts if alert.rule == "meeting-overdue"}

    assert "P1" in overdue()
    shelf.desk.log_meeting("P1", Meeting(note="Pipeline is fine"))
    assert "P1" not in overdue()
    assert [note.text for note in shelf.desk.notes("P1")] == ["Pipeline is fine"]


def test_an_assessment_moves_the_health_of_an_alliance(shelf: Shelf) -> None:
    for side, score in (("ours", "100"), ("theirs", "50")):
        shelf.desk.add_row("assessments", "P2", {"side": side, "question": "Trust", "score": score})
    assert shelf.value("P2", "relationship_health") == 75
    shelf.desk.add_row("assessments", "P2", {"side": "theirs", "question": "Speed", "score": "0"})
    assert shelf.value("P2", "relationship_health") == pytest.approx(62.5)


def test_commitments_are_kept_late_or_dropped(shelf: Shelf) -> None:
    shelf.write(
        commitments="commitment_id,partner_id,side,text,due_on\n"
        "C1,P2,partner,Name a sponsor,2026-12-01\nC2,P2,partner,Book a room,2026-12-30\n"
    )
    shelf.sync()
    own = shelf.desk.add_commitment("P2", "Send the plan", side="theirs", due_on="2026-12-15")
    assert shelf.value("P2", "commitments_kept_by_partner") == 0
    shelf.desk.finish_commitment(own, on=date(2026, 12, 15))
    assert shelf.value("P2", "commitments_kept_by_partner") == pytest.approx(1 / 3)
    shelf.desk.finish_commitment("C2", on=date(2026, 12, 31))
    shelf.desk.drop_commitment("C1", reason="No longer needed")
    assert shelf.value("P2", "commitments_kept_by_partner") == pytest.approx(1 / 2)
    shelf.sync(full=True)
    states = {each.commitment_id: each.state for each in shelf.desk.commitments("P2", everything=True)}
    assert states == {own: "kept", "C2": "late", "C1": "dropped"}
    assert shelf.desk.commitments("P2") == ()


def test_a_commitment_that_was_taken_over_goes_by_its_own_id(shelf: Shelf) -> None:
    shelf.write(commitments="commitment_id,partner_id,side,text\n1,P2,partner,Name a sponsor\n")
    shelf.sync()
    own = shelf.desk.add_commitment("P2", "Send the plan", side="theirs")
    shelf.desk.finish_commitment("1")
    assert [each.commitment_id for each in shelf.desk.commitments()] == [own]
    shelf.desk.finish_commitment(own)
    assert shelf.desk.commitments() == ()


def test_amounts_are_in_the_partners_currency_unless_said_otherwise(shelf: Shelf) -> None:
    values = {"side": "vendor", "amount": "100", "spent_on": "2026-12-01"}
    shelf.desk.add_row("investments", "P2", values)
    shelf.desk.add_row("investments", "P2", {**values, "currency": "EUR"})
    assert shelf.rows("SELECT amount, amount_base FROM investments ORDER BY investment_id") == [
        (1_000_000, 500_000),
        (1_000_000, 1_000_000),
    ]
    shelf.write(exchange_rates="rate_id,currency,rated_on,rate\nX1,USD,2020-01-01,0.25\n")
    shelf.sync()
    assert shelf.rows("SELECT amount_base FROM investments WHERE currency IS NULL") == [(250_000,)]


def test_rows_say_who_wrote_them(shelf: Shelf) -> None:
    record_id = shelf.desk.add_row("contacts", "P1", {"name": "Ines Kaya"}, document_id=7)
    (row,) = shelf.desk.own_rows()
    assert (row.entity, row.record_id, row.partner_id, row.label) == (
        "contacts",
        record_id,
        "P1",
        "Ines Kaya",
    )
    assert (row.author, row.document_id) == (AUTHOR, 7)
    assert row.written_at.endswith("Z")
    changed = {(one.entity, one.kind, one.source) for one in shelf.desk.changes(since=DAY).records}
    assert changed == {("contacts", "added", "me")}


# Time


def test_a_past_day_does_not_know_what_happened_later(shelf: Shelf) -> None:
    for side in ("ours", "theirs"):
        shelf.desk.add_row(
            "assessments",
            "P2",
            {"side": side, "question": "Trust", "score": "75", "assessed_on": "2026-12-10"},
        )
    figures = {
        day: shelf.seen_from(day).figures(metrics=["relationship_health"], partners=["P2"])[0].value
        for day in (date(2026, 12, 9), date(2026, 12, 10))
    }
    assert figures == {date(2026, 12, 9): None, date(2026, 12, 10): 75}


def test_earlier_versions_keep_their_days(shelf: Shelf) -> None:
    first, second, third = date(2026, 12, 1), date(2026, 12, 10), date(2026, 12, 20)
    record_id = shelf.seen_from(first).add_row("contacts", "P1", {"name": "Ines Kaya", "role": "COO"})
    shelf.seen_from(second).change_row("contacts", record_id, {"role": "CEO"})
    shelf.seen_from(third).remove_row("contacts", record_id)
    assert shelf.desk.own_rows() == ()
    past = shelf.rows("SELECT role, seen_from, seen_until, removed FROM contacts_past ORDER BY seen_from")
    assert past == [("COO", f"{first}", f"{second}", 0), ("CEO", f"{second}", f"{third}", 1)]


def test_versions_never_overlap(shelf: Shelf) -> None:
    record_id = shelf.desk.add_row("contacts", "P1", {"name": "Ines Kaya", "role": "COO"})
    shelf.seen_from(date(2026, 12, 1)).change_row("contacts", record_id, {"role": "CEO"})
    assert shelf.rows("SELECT role, seen_from FROM contacts") == [("CEO", f"{DAY}")]
    assert shelf.rows("SELECT * FROM contacts_past") == []


# No sync touches them


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    made = Shelf(tmp_path_factory.mktemp("crowded"))
    made.sync()
    yield made
    made.desk.close()


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def texts_of(column: Column) -> st.SearchStrategy[str]:
    """Return what a person may write for a column."""
    if column.choices:
        return st.sampled_from(column.choices)
    amounts = st.decimals(-(10**9), 10**9, places=4).map(str)
    by_kind: Mapping[Kind, st.SearchStrategy[str]] = {
        Kind.DATE: DAYS.map(str),
        Kind.INSTANT: st.builds("{}T{:%H:%M:%S}Z".format, DAYS, st.times()),
        Kind.MONEY: amounts,
        Kind.NUMBER: amounts,
        Kind.FLAG: st.sampled_from(("yes", "no")),
        Kind.CURRENCY: st.sampled_from(("EUR", "USD", "JPY")),
        Kind.METRIC: st.sampled_from(("revenue", "sell_through")),
        Kind.LIST: st.lists(WORDS, min_size=1, max_size=3, unique=True).map(";".join),
    }
    return by_kind.get(column.kind, WORDS)


@st.composite
def own_rows(draw: st.DrawFn) -> tuple[Entity, dict[str, str]]:
    entity = ENTITIES[draw(st.sampled_from(ADDABLE))]
    values = {
        column.name: draw(texts_of(column))
        for column in entity.columns[1:]
        if column.name != "partner_id" and (column.required or draw(st.booleans()))
    }
    if "period_start" in values:
        start, end = sorted((values["period_start"], values["period_end"]))
        values |= {"period_start": start, "period_end": end}
    return entity, values


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=own_rows(), full=st.booleans())
def test_any_row_survives_any_sync(crowded: Shelf, row: tuple[Entity, dict[str, str]], full: bool) -> None:
    entity, values = row
    record_id = crowded.desk.add_row(entity.name, "P1", values)
    kept = stored(crowded, entity, record_id)
    # Writing back what is there changes nothing, to the last digit.
    crowded.desk.change_row(entity.name, record_id, values)
    crowded.sync(full=full)
    assert stored(crowded, entity, record_id) == kept
    shown = {
        each.record_id: each.values for each in crowded.desk.own_rows("P1") if each.entity == entity.name
    }
    assert {name for name, value in shown[record_id].items() if value is not None} >= values.keys()


def stored(shelf: Shelf, entity: Entity, record_id: str) -> list[tuple[object, ...]]:
    statement = f"SELECT * FROM {entity.name} WHERE source = 'me' AND {entity.key} = ?"
    found = shelf.rows(statement, record_id)
    assert len(found) == 1
    return found


def test_the_source_may_go(shelf: Shelf) -> None:
    for entity, (partner_id, values) in ONE_OF_EACH.items():
        shelf.desk.add_row(entity, partner_id, values)
    before = shelf.desk.own_rows()
    shelf.write(orders=ORDERS.splitlines()[0], partners=PARTNERS.rpartition("P3")[0])
    shelf.sync(accept_shrunken=True)
    shelf.desk.remove_source("crm")
    assert shelf.desk.own_rows() == before
    assert len(before) == len(ADDABLE)


# Merging


@pytest.mark.parametrize("entity", MERGED)
def test_a_synced_row_that_says_the_same_is_offered(shelf: Shelf, entity: str) -> None:
    partner_id, values = ONE_OF_EACH[entity]
    record_id = shelf.desk.add_row(entity, partner_id, values)
    shelf.write_rows(entity, synced(entity, **ANOTHER[entity]))
    assert not any("own list" in notice for notice in shelf.sync().notices)
    assert shelf.desk.merge_offers() == ()
    shelf.write_rows(entity, synced(entity))
    assert any("1 row seems" in notice and "own list" in notice for notice in shelf.sync().notices)
    (offer,) = shelf.desk.merge_offers(partner_id)
    assert (offer.own.entity, offer.own.record_id) == (entity, record_id)
    assert (offer.source, offer.synced_id) == ("crm", "S-1")
    assert shelf.desk.merge_row(entity, record_id) == ("crm", "S-1")
    assert shelf.rows(f"SELECT source FROM {entity}") == [("crm",)]
    assert shelf.rows(f"SELECT source, removed FROM {entity}_past WHERE removed = 1") == [("me", 1)]
    assert shelf.rows("SELECT merged_source, merged_id FROM own_entry") == [("crm", "S-1")]
    assert shelf.desk.merge_offers() == ()


def test_another_partners_row_is_never_the_same(shelf: Shelf) -> None:
    shelf.desk.add_row("contacts", "P3", {"name": "Ines Kaya"})
    shelf.write_rows("contacts", synced("contacts"))
    shelf.sync()
    assert shelf.desk.merge_offers() == ()


def test_rows_kept_apart_are_not_offered_again(shelf: Shelf) -> None:
    record_id = shelf.desk.add_row("contacts", "P1", {"name": "ines  KAYA", "email": "ines@alder.example"})
    shelf.write_rows("contacts", synced("contacts"))
    shelf.sync()
    shelf.desk.keep_row("contacts", record_id)
    assert shelf.desk.merge_offers() == ()
    assert not any("own list" in notice for notice in shelf.sync(full=True).notices)
    assert len(shelf.rows("SELECT * FROM contacts")) == 2


def test_which_of_several_takes_the_place(shelf: Shelf) -> None:
    record_id = shelf.desk.add_row("contacts", "P1", {"name": "Ines Kaya"})
    shelf.write_rows("contacts", synced("contacts"), synced("contacts", contact_id="S-2"))
    shelf.sync()
    with pytest.raises(UsageError, match="crm:S-2"):
        shelf.desk.merge_row("contacts", record_id)
    with pytest.raises(NotFoundError):
        shelf.desk.merge_row("contacts", record_id, into="S-3")
    assert shelf.desk.merge_row("contacts", record_id, into="S-2") == ("crm", "S-2")


# What cannot be


def test_ids_are_never_used_twice(shelf: Shelf) -> None:
    seen = set()
    for _ in range(3):
        record_id = shelf.desk.add_row("contacts", "P1", {"name": "Ines Kaya"})
        shelf.desk.remove_row("contacts", record_id)
        seen.add(record_id)
    assert len(seen) == 3


def test_synced_rows_are_read_only(shelf: Shelf) -> None:
    shelf.write_rows("contacts", synced("contacts"))
    shelf.sync()
    with pytest.raises(NotFoundError, match="read-only"):
        shelf.desk.change_row("contacts", "S-1", {"role": "CEO"})
    with pytest.raises(NotFoundError, match="read-only"):
        shelf.desk.remove_row("contacts", "crm:S-1")


@pytest.mark.parametrize(
    ("entity", "values", "words"),
    [
        ("contacts", {}, "name is missing"),
        ("contacts", {"name": "Ines", "left_on": "soon"}, "“soon”"),
        ("contacts", {"name": "Ines", "shoe_size": "41"}, "no shoe_size"),
        ("contacts", {"name": "Ines", "contact_id": "S-1"}, "contact_id"),
        ("contacts", {"name": "Ines", "partner_id": "P2"}, "partner_id"),
        ("assessments", {"side": "ours", "question": "Trust", "score": "80"}, "“80”"),
        ("assessments", {"side": "nobody", "question": "Trust", "score": "75"}, "“nobody”"),
        ("targets", TARGET | {"metric": "revenu"}, "Did you mean revenue"),
        ("targets", TARGET | {"period_end": "2025-12-31"}, "ends before it starts"),
        ("investments", {"side": "ours", "amount": "1", "currency": "EURO"}, "“EURO”"),
        ("orders", {"booked_on": "2026-12-01", "amount": "1"}, "Rows of orders"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_in_a_sentence_and_nothing_is_kept(
    shelf: Shelf, entity: str, values: dict[str, str], words: str
) -> None:
    with pytest.raises(UsageError, match=words) as refused:
        shelf.desk.add_row(entity, "P1", values)
    assert refused.value.hint
    assert shelf.desk.own_rows() == ()


def test_a_change_is_checked_as_a_whole(shelf: Shelf) -> None:
    made = shelf.desk.set_target("P1", "revenue", "1000", span=Span(year=2026))
    with pytest.raises(UsageError, match="ends before it starts"):
        shelf.desk.change_row("targets", made.record_id, {"period_end": "2025-12-31"})
    with pytest.raises(UsageError, match="missing"):
        shelf.desk.change_row("targets", made.record_id, {"value": ""})


def test_nothing_is_written_for_a_partner_nobody_knows(shelf: Shelf) -> None:
    with pytest.raises(NotFoundError):
        shelf.desk.add_row("contacts", "P9", {"name": "Ines Kaya"})


def test_a_meeting_to_come_has_not_been_held(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="still to come"):
        shelf.desk.log_meeting("P1", Meeting(on="2027-01-10", note="Not kept either"))
    assert shelf.desk.own_rows() == ()
    shelf.desk.log_meeting("P1", Meeting(on="2027-01-10", planned=True))
    assert len(shelf.desk.own_rows()) == 1


def test_attendees_are_found_by_name(shelf: Shelf) -> None:
    shelf.write_rows("contacts", synced("contacts"))
    shelf.sync()
    own = shelf.desk.add_row("contacts", "P1", {"name": "Otto Berg"})
    shelf.desk.add_row("contacts", "P3", {"name": "Otto Wald"})
    shelf.desk.log_meeting("P1", Meeting(attendees=("ines", "Otto", own)))
    meeting = next(row for row in shelf.desk.own_rows("P1") if row.entity == "meetings")
    assert meeting.values["attendees"] == ["S-1", own]
    with pytest.raises(NotFoundError, match="Wald"):
        shelf.desk.log_meeting("P1", Meeting(attendees=("Otto Wald",)))


@pytest.mark.parametrize(
    ("words", "partner_id"), [("P1", "P1"), ("p2", "P2"), ("birch", "P2"), ("Alder  cloud", "P3")]
)
def test_partners_are_found_by_the_beginning_of_their_name(shelf: Shelf, words: str, partner_id: str) -> None:
    assert shelf.desk.find_partner(words) == partner_id


@pytest.mark.parametrize(
    ("words", "failure"), [("alder", UsageError), ("zeder", NotFoundError), (" ", UsageError)]
)
def test_partners_that_cannot_be_told(shelf: Shelf, words: str, failure: type[Exception]) -> None:
    with pytest.raises(failure):
        shelf.desk.find_partner(words)


# Tasks


def test_tasks_are_kept_until_done(shelf: Shelf) -> None:
    later = shelf.desk.add_task("Send the plan", due_on=date(2027, 1, 20))
    sooner = shelf.desk.add_task("Call Ines", partner_id="P1", due_on=date(2027, 1, 10))
    undated = shelf.desk.add_task("Tidy up")
    assert [task.task_id for task in shelf.desk.tasks()] == [sooner, later, undated]
    shelf.desk.finish_task(sooner)
    shelf.desk.finish_task(sooner, on=date(2027, 1, 11))
    assert [task.task_id for task in shelf.desk.tasks()] == [later, undated]
    (done,) = shelf.desk.tasks("P1", everything=True)
    assert done.done_on == f"{DAY}"


def test_a_task_is_written_anew_and_taken_away(shelf: Shelf) -> None:
    desk = shelf.desk
    number = desk.add_task("Call Ines", partner_id="P1", due_on=date(2027, 1, 10))
    desk.change_task(number, text="Call  Ines Kaya")
    (task,) = desk.tasks()
    assert (task.text, task.due_on, task.partner_id) == ("Call Ines Kaya", "2027-01-10", "P1")
    desk.change_task(number, due_on=date(2027, 1, 12))
    assert desk.tasks()[0].due_on == "2027-01-12"
    desk.change_task(number, due_on="")
    assert (desk.tasks()[0].text, desk.tasks()[0].due_on) == ("Call Ines Kaya", None)
    with pytest.raises(UsageError):
        desk.change_task(number, text=" ")
    assert desk.remove_task(number).text == "Call Ines Kaya"
    assert desk.tasks(everything=True) == ()
    assert desk.search("kaya") == ()
    for lost in (desk.change_task, desk.remove_task):
        with pytest.raises(NotFoundError):
            lost(number)


def test_a_task_about_a_deal_is_its_partners(shelf: Shelf) -> None:
    shelf.write(deals="deal_id,partner_id,status\nD1,P3,open\n")
    shelf.sync()
    shelf.desk.add_task("Check the terms", deal_id="D1")
    assert [task.partner_id for task in shelf.desk.tasks()] == ["P3"]
    with pytest.raises(UsageError, match="P3"):
        shelf.desk.add_task("Check the terms", deal_id="D1", partner_id="P1")
    with pytest.raises(NotFoundError):
        shelf.desk.add_task("Check the terms", deal_id="D2")
    with pytest.raises(NotFoundError):
        shelf.desk.add_task("Check the alert", alert_id=99)


def test_writing_is_in_the_audit(shelf: Shelf) -> None:
    before, _ = shelf.desk.verify_audit()
    record_id = shelf.desk.add_row("contacts", "P1", {"name": "Ines Kaya"})
    shelf.desk.remove_row("contacts", record_id)
    assert shelf.desk.verify_audit() == (before + 2, None)
    assert not shelf.rows("SELECT 1 FROM audit_entry WHERE detail LIKE '%Ines%'")


def test_what_synced_rows_are_called_does_not_hang_on_own_ones(shelf: Shelf) -> None:
    """An alert that was acknowledged, snoozed or resolved goes by the names of its records."""
    shelf.write(agreements="agreement_id,partner_id,kind,expires_on\nA1,P1,partner,2027-01-15\n")
    shelf.sync()

    def subjects() -> list[tuple[str, ...]]:
        alerts = shelf.desk.alerts(mine=False).alerts
        return [
            tuple(one.subject for one in alert.subjects)
            for alert in alerts
            if alert.rule == "agreement-ending"
        ]

    before = subjects()
    assert before
    shelf.desk.add_row("agreements", "P3", {"kind": "nda"})
    assert subjects() == before


def test_a_call_logged_of_one_partner_raises_no_alarm_about_the_others(shelf: Shelf) -> None:
    shelf.sync()
    shelf.desk.add_row("meetings", "P1", {"kind": "working", "status": "held"})
    report = shelf.desk.alerts(mine=False)
    assert {alert.partner_id for alert in report.alerts if alert.rule == "meeting-overdue"} <= {"P1"}
