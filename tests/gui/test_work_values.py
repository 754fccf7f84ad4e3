"""Days, amounts and shares as people type them; names; fields read with their problems."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.desk.writing.contacting import KnownContact
from camdesk.gui.partner.work.log_values import people_in
from camdesk.gui.widgets.form_days import day_words, read_day
from camdesk.gui.widgets.form_fields import FieldKind, FieldSpec, read_field
from camdesk.gui.widgets.form_values import read_amount, read_share
from camdesk.insight.wording import write_day

FRIDAY = date(2026, 11, 20)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@pytest.mark.parametrize(
    ("typed", "before", "ahead"),
    [
        ("today", FRIDAY, FRIDAY),
        ("yesterday", date(2026, 11, 19), date(2026, 11, 19)),
        ("Tomorrow", date(2026, 11, 21), date(2026, 11, 21)),
        ("fri", FRIDAY, FRIDAY),
        ("monday", date(2026, 11, 16), date(2026, 11, 23)),
        ("last fri", date(2026, 11, 13), date(2026, 11, 13)),
        ("next fri", date(2026, 11, 27), date(2026, 11, 27)),
        ("12.11.", date(2026, 11, 12), date(2027, 11, 12)),
        ("12/11", date(2026, 11, 12), date(2027, 11, 12)),
        ("1.12.26", date(2026, 12, 1), date(2026, 12, 1)),
        ("3 dec", date(2025, 12, 3), date(2026, 12, 3)),
        ("Dec 3, 2026", date(2026, 12, 3), date(2026, 12, 3)),
        ("2 weeks ago", date(2026, 11, 6), date(2026, 11, 6)),
        ("in 2 weeks", date(2026, 12, 4), date(2026, 12, 4)),
        ("+3", date(2026, 11, 23), date(2026, 11, 23)),
        ("-3", date(2026, 11, 17), date(2026, 11, 17)),
        ("in 3 months", date(2027, 2, 20), date(2027, 2, 20)),
        ("eom", date(2026, 11, 30), date(2026, 11, 30)),
        ("31.2.", None, None),
        ("soon", None, None),
        ("", None, None),
    ],
)
def test_a_day_is_read_as_it_is_meant(typed: str, before: date | None, ahead: date | None) -> None:
    assert read_day(typed, today=FRIDAY, ahead=False) == before
    assert read_day(typed, today=FRIDAY, ahead=True) == ahead


@given(DAYS, DAYS, st.booleans())
def test_a_day_in_full_is_that_day_whenever_it_is_read(day: date, today: date, ahead: bool) -> None:
    for words in (day.isoformat(), write_day(day), f"{day.day}.{day.month}.{day.year}"):
        assert read_day(words, today=today, ahead=ahead) == day
    assert write_day(day) in day_words(day)


@given(DAYS, st.booleans(), st.integers(1, 28), st.integers(1, 12))
def test_a_day_without_a_year_is_within_a_year(today: date, ahead: bool, day: int, month: int) -> None:
    found = read_day(f"{day}.{month}.", today=today, ahead=ahead)
    assert found is not None
    distance = found - today if ahead else today - found
    assert timedelta(0) <= distance <= timedelta(366)


@given(st.text(max_size=20), DAYS, st.booleans())
def test_no_text_breaks_the_reading(text: str, today: date, ahead: bool) -> None:
    read_day(text, today=today, ahead=ahead)
    read_amount(text)
    read_share(text)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250.50", "1250.5"),
        ("1,250.50", "1250.5"),
        ("1.250,50 €", "1250.5"),
        ("€12k", "12000"),
        ("1.2m", "1200000"),
        ("EUR 1 200", "1200"),
        ("1.250.000", "1250000"),
        ("100", "100"),
        ("0", "0"),
        ("a lot", None),
        ("-5", None),
        ("1,2,3", None),
    ],
)
def test_an_amount_is_read_as_it_is_meant(typed: str, amount: str | None) -> None:
    assert read_amount(typed) == amount


def test_a_percentage_is_kept_as_a_fraction() -> None:
    assert (read_share("92"), read_share("92,5 %"), read_share("most")) == ("0.92", "0.925", None)


def test_a_field_says_what_is_wrong_and_how_it_was_understood() -> None:
    def read(kind: FieldKind, typed: str, *, required: bool = False) -> tuple[str, str, str]:
        spec = FieldSpec("x", "Due", kind, required=required)
        found = read_field(spec, typed, today=FRIDAY, currency="EUR")
        return found.value, found.said, found.problem

    assert read(FieldKind.DAY, "fri") == ("2026-11-20", "Fri 20 Nov 2026", "")
    assert read(FieldKind.MOMENT, "tomorrow 9:30") == ("2026-11-21T09:30", "Sat 21 Nov 2026, 09:30", "")
    assert read(FieldKind.AMOUNT, "12k") == ("12000", "€12,000.00", "")
    assert "not a day" in read(FieldKind.DAY, "soon")[2]
    assert read(FieldKind.TEXT, " ", required=True)[2] == "Due is missing."
    assert read(FieldKind.TEXT, " ") == ("", "", "")


def test_people_are_found_by_how_their_names_begin() -> None:
    contacts = (
        KnownContact("C-1", "Martin Hofstetter", ""),
        KnownContact("C-2", "Martin Thackeray", ""),
        KnownContact("C-3", "Clara Castellan", ""),
    )
    people = people_in("clara, Thack, Jane New, , clara castellan", contacts)
    assert [one.contact_id for one in people.known] == ["C-3", "C-2"]
    assert people.newcomers == ("Jane New",)
    assert not people.problem
    assert "“Martin”" in people_in("Martin", contacts).problem
