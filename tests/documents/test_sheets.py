"""A table as a workbook and as plain text, read back with other people's readers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from camdesk.base.errors import UsageError
from camdesk.documents.exports.sheets import Share, Sheet, write_sheet

SHEET = Sheet(
    "Resellers [A/B]: who?",
    ("Partner", "=Revenue", "Attainment", "Alerts"),
    (
        ("Müller & Söhne", 286_000.25, Share(0.61), 3),
        ("=HYPERLINK(1)", -12, None, 0),
        ("007", None, Share(-0.005), None),
    ),
)


def read(path: Path) -> list[list[object]]:
    book = CalamineWorkbook.from_path(str(path))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


def test_a_workbook_holds_words_as_words_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = write_sheet(SHEET, tmp_path / "out.xlsx")
    assert read(path) == [
        ["Partner", "=Revenue", "Attainment", "Alerts"],
        ["Müller & Söhne", 286_000.25, 0.61, 3.0],
        ["=HYPERLINK(1)", -12.0, "", 0.0],
        ["007", "", -0.005, ""],
    ]
    assert CalamineWorkbook.from_path(str(path)).sheet_names == ["Resellers AB who"]


def test_plain_text_guards_against_formulas_and_keeps_numbers(tmp_path: Path) -> None:
    body = write_sheet(SHEET, tmp_path / "out.csv").read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(body.decode("utf-8-sig")))) == [
        ["Partner", "'=Revenue", "Attainment", "Alerts"],
        ["Müller & Söhne", "286000.25", "61%", "3"],
        ["'=HYPERLINK(1)", "-12", "", "0"],
        ["007", "", "-0.5%", ""],
    ]


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"A table is not written as \.pdf"):
        write_sheet(SHEET, tmp_path / "out.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_cell_holds_as_much_as_a_workbook_can(tmp_path: Path) -> None:
    path = write_sheet(Sheet("Notes", ("Note",), (("x" * 40_000,),)), tmp_path / "out.xlsx")
    assert read(path)[1] == ["x" * 32_767]


@given(title=st.text(max_size=60), word=st.text(max_size=40))
def test_any_title_and_any_word_make_a_readable_workbook(
    tmp_path_factory: pytest.TempPathFactory, title: str, word: str
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "out.xlsx"
    (row,) = read(write_sheet(Sheet(title, ("Word", "End"), ((word, "end"),)), path))[1:]
    assert row[-1] == "end"
