"""What a person looks for is found by the beginnings of its words, and gone once it is removed."""

from __future__ import annotations

import dataclasses
import string
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camdesk.desk.desk import Desk
from camdesk.desk.finding.hits import Hit, HitKind
from camdesk.desk.writing.meetings import Meeting
from tests.desk.shelf import AUTHOR, DAY, Shelf

DEALS = {
    "deal_id": "D-17", "partner_id": "P1", "name": "Harbour rollout", "customer": "Café Lindström",
    "status": "open", "stage": "Negotiation", "amount": "1200", "currency": "EUR",
    "submitted_at": "2026-11-02T10:00:00Z", "expected_close_on": "2027-01-15",
}  # fmt: skip


def _kinds(hits: tuple[Hit, ...]) -> set[HitKind]:
    return {hit.kind for hit in hits}


def test_every_kind_is_found(shelf: Shelf) -> None:
    shelf.write_rows("deals", DEALS)
    shelf.sync()
    desk = shelf.desk
    desk.add_row("contacts", "P1", {"name": "Zoë Lindgren", "role": "Head of alliances"})
    desk.add_note("P1", "Lindqvist asked for a price sheet.")
    desk.log_meeting("P1", Meeting(subject="Lindau workshop"))
    desk.add_task("Write to Lindström", partner_id="P1", due_on=DAY)
    desk.add_commitment("P1", "Name a Lindau lead", side="theirs")
    number = desk.draft_review("P1")
    found = desk.search("lind")
    assert _kinds(found) == set(HitKind) - {HitKind.PARTNER, HitKind.DOCUMENT}
    assert {hit.partner_name for hit in found} == {"Alder Systems"}
    (deal,) = (hit for hit in found if hit.kind is HitKind.DEAL)
    assert (deal.record_id, deal.title, deal.on) == ("D-17", "Harbour rollout", date(2027, 1, 15))
    assert deal.detail == "Café Lindström, Negotiation, €1.2k"
    assert _kinds(desk.search("alder sys")) == {HitKind.PARTNER, HitKind.DOCUMENT}
    (document,) = desk.search("review alder")
    assert (document.kind, document.record_id) == (HitKind.DOCUMENT, str(number))


def test_accents_and_case_do_not_matter_and_every_word_must_be_there(shelf: Shelf) -> None:
    shelf.desk.add_note("P1", "Zoë Müller wants the naïve plan")
    for words in ("zoe", "ZOË", "mull", "muller naive", "plan zoe", "Zoe\u0308"):
        assert len(shelf.desk.search(words)) == 1, words
    assert shelf.desk.search("zoe budget") == ()
    assert shelf.desk.search("oe") == ()


def test_what_a_sign_joins_is_one_word(shelf: Shelf) -> None:
    shelf.desk.add_note("P1", "Mail from ines.kaya@birch.example about case R-0017")
    shelf.desk.add_note("P1", "Kaya and Ines met; 0017 came up for R")
    assert len(shelf.desk.search("R-00")) == 1
    assert len(shelf.desk.search("ines.kaya@bir")) == 1
    assert len(shelf.desk.search("kaya ines")) == 2


def test_a_passage_shows_where_the_words_are(shelf: Shelf) -> None:
    shelf.desk.add_note("P1", f"{'Long ago. ' * 40}Then Zoë Müller called.\nNothing since. {'More. ' * 40}")
    (hit,) = shelf.desk.search("mul zoe")
    text = hit.snippet.text
    assert [text[first:last] for first, last in hit.snippet.marks] == ["Zoë", "Müller"]
    assert text.startswith("…")
    assert text.endswith("…")
    assert "\n" not in text


def test_partners_come_by_how_their_name_fits_then_records(shelf: Shelf) -> None:
    shelf.desk.add_note("P2", "Spoke with Alder about Birch")
    ids = [(hit.kind, hit.partner_id) for hit in shelf.desk.search("Alder Cloud")]
    assert ids[0] == (HitKind.PARTNER, "P3")
    by_prefix = [(hit.kind, hit.partner_id) for hit in shelf.desk.search("alder")]
    assert set(by_prefix[:2]) == {(HitKind.PARTNER, "P1"), (HitKind.PARTNER, "P3")}
    assert by_prefix[2:] == [(HitKind.NOTE, "P2")]
    assert shelf.desk.search("p3")[0].kind is HitKind.PARTNER
    assert [hit.kind for hit in shelf.desk.search("alder", limit=2)] == [HitKind.PARTNER, HitKind.NOTE]


def test_the_nearest_day_is_in_front(shelf: Shelf) -> None:
    for back in (700, 3, 90):
        day = DAY - timedelta(days=back)
        shelf.desk.add_row("notes", "P1", {"text": "Budget round", "written_at": f"{day}T10:00:00Z"})
    assert [(DAY - hit.on).days for hit in shelf.desk.search("budget") if hit.on] == [3, 90, 700]


def test_ones_own_partners_are_in_front(shelf: Shelf) -> None:
    shelf.write(
        partners="partner_id,name,type,owner_email\n"
        f"P1,Alder Systems,reseller,other@vendor.example\nP2,Birch Alliance,alliance,{AUTHOR.upper()}\n"
        "P3,Alder Cloud,reseller,\n"
    )
    shelf.sync()
    shelf.desk.add_row("notes", "P2", {"text": "Budget round", "written_at": "2024-01-01T10:00:00Z"})
    shelf.desk.add_note("P1", "Budget round")
    assert [hit.partner_id for hit in shelf.desk.search("budget")] == ["P2", "P1"]
    shelf.desk.save_settings(dataclasses.replace(shelf.desk.settings, owner_emails=()))
    assert [hit.partner_id for hit in shelf.desk.search("budget")] == ["P1", "P2"]


def test_one_partner_can_be_searched_alone(shelf: Shelf) -> None:
    for partner in ("P1", "P2", "P3"):
        shelf.desk.add_note(partner, "Budget round")
    shelf.desk.add_task("Budget for all")
    assert [hit.partner_id for hit in shelf.desk.search("budget", partner_id="P2")] == ["P2"]
    assert shelf.desk.search("alder", partner_id="P2") == ()
    for nobody in ("", "P", "p2\ud800", '"'):
        assert shelf.desk.search("budget", partner_id=nobody) == ()
    assert None in {hit.partner_id for hit in shelf.desk.search("budget")}


def test_what_changes_is_found_as_it_stands_now(shelf: Shelf) -> None:
    number = shelf.desk.add_note("P1", "Budget round")
    shelf.desk.change_row("notes", number, {"text": "Pricing round"})
    assert shelf.desk.search("budget") == ()
    assert [hit.record_id for hit in shelf.desk.search("pricing")] == [number]
    shelf.write_rows("deals", DEALS)
    shelf.sync()
    shelf.write_rows("deals", {**DEALS, "name": "Quayside rollout"})
    shelf.sync()
    assert shelf.desk.search("harbour") == ()
    assert [hit.record_id for hit in shelf.desk.search("quayside")] == ["D-17"]
    shelf.desk.remove_source("crm")
    assert shelf.desk.search("quayside") == ()
    assert shelf.desk.search("alder") == ()


def test_thousands_of_rows_at_once_are_found_and_the_next_ones_too(shelf: Shelf) -> None:
    many = [
        {
            **DEALS,
            "deal_id": f"D-{number}",
            "name": f"Rollout x{number}",
            "submitted_at": f"20{day}T10:00:00Z",
        }
        for number, day in enumerate(f"{10 + number % 17}-0{1 + number % 9}-11" for number in range(2_300))
    ]
    shelf.write_rows("deals", *many)
    shelf.sync()
    for number in (0, 999, 1_000, 2_299):
        assert f"D-{number}" in {hit.record_id for hit in shelf.desk.search(f"x{number} roll", limit=500)}
    shelf.write_rows("deals", *many[1:], {**many[0], "name": "Harbour"})
    shelf.sync()
    assert [hit.record_id for hit in shelf.desk.search("harb")] == ["D-0"]
    assert shelf.rows("SELECT count(*) FROM search_deals") == [(2_300,)]


def test_only_the_newest_words_of_a_document_are_found(shelf: Shelf) -> None:
    number = shelf.desk.draft_review("P1")
    section = shelf.desk.document(number).sections[0].name
    shelf.desk.write_section(number, section, "They opened an office in Trondheim.")
    assert [hit.record_id for hit in shelf.desk.search("trondh")] == [str(number)]
    shelf.desk.write_section(number, section, "They opened an office in Bergen.")
    assert shelf.desk.search("trondh") == ()
    assert [hit.record_id for hit in shelf.desk.search("berg off")] == [str(number)]


def test_a_removed_text_is_in_no_page_of_the_index(shelf: Shelf) -> None:
    number = shelf.desk.add_note("P1", "Xylophonequartet")
    kept = "SELECT count(*) FROM search_notes_data WHERE instr(block, CAST('ylophonequart' AS BLOB)) > 0"
    assert shelf.rows(kept) != [(0,)]
    shelf.desk.remove_row("notes", number)
    assert shelf.rows(kept) == [(0,)]
    assert shelf.rows("SELECT count(*) FROM search_notes_content") == [(0,)]
    shelf.desk.check()


def test_a_search_goes_on_while_another_writes(shelf: Shelf) -> None:
    shelf.desk.add_note("P1", "Budget round")
    with shelf.desk.workspace.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM notes")
        assert len(shelf.desk.search("budget")) == 1
    assert shelf.desk.search("budget") == ()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    shelf = Shelf(Path(tmp_path_factory.mktemp("search")))
    shelf.sync()
    shelf.desk.add_note("P1", "Budget round")
    yield shelf.desk
    shelf.desk.close()


_HOSTILE = (
    '"', "*", "AND", "OR", "NOT", "NEAR(a b)", "title:", "-x", "^a", "{", "}", "(", "budget", "\0", "\ud800",
    "😀", "\ue000", "'; DROP TABLE notes", "a" * 10_000, "b " * 5_000,
)  # fmt: skip
_LETTERS = string.ascii_letters + string.digits + "äöüßéèêëñçåøæłžșőИяΩшな日本"
_WORDS = st.text(alphabet=_LETTERS, min_size=1, max_size=12)


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _large(word: str) -> str:
    """Return the word in capitals; ß has none of one letter."""
    return "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in word)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(_WORDS, min_size=1, max_size=4), data=st.data())
def test_a_note_is_found_by_any_beginning_of_its_words_until_it_is_removed(
    desk: Desk, words: list[str], data: st.DataObject
) -> None:
    number = desk.add_note("P2", " ".join(words))
    word = data.draw(st.sampled_from(words))
    beginning = word[: data.draw(st.integers(1, len(word)))]
    asked = data.draw(st.sampled_from([beginning, _plain(beginning), _large(beginning)]))
    found = {hit.record_id: hit for hit in desk.search(asked, limit=500, partner_id="P2")}
    assert number in found
    assert found[number].snippet.marks
    desk.remove_row("notes", number)
    assert number not in {hit.record_id for hit in desk.search(asked, limit=500, partner_id="P2")}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=200) | st.lists(st.sampled_from(_HOSTILE)).map(" ".join))
def test_any_text_can_be_asked_for(desk: Desk, words: str) -> None:
    desk.search(words)
    assert len(desk.search("budget")) == 1
