"""What a folder of exports may look like: encodings, delimiters, workbooks, archives, damage."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from camdesk.base.errors import CamDeskError
from camdesk.sync.connectors.folder.delimited import DelimitedTable
from tests.sync.book import PARTNERS, Book, reasons

ACCENTED = "partner_id,name,type\nP1,Zoë Größe & Fils,reseller\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_recognised(book: Book, encoding: str) -> None:
    book.write("partners.csv", ACCENTED, encoding)
    assert book.sync().rejected == ()
    assert book.column("SELECT name FROM partners") == ["Zoë Größe & Fils"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_recognised(book: Book, delimiter: str, line_end: str) -> None:
    lines = ["partner_id,name,type", 'P1,"Alder, Birch; and\tCo|","reseller"', "P2,Plain,reseller"]
    text = line_end.join(lines).replace('P1,"', f'P1{delimiter}"').replace('","', f'"{delimiter}"')
    text = text.replace("partner_id,name,type", delimiter.join(("partner_id", "name", "type")))
    text = text.replace("P2,Plain,reseller", delimiter.join(("P2", "Plain", "reseller")))
    book.write("partners.csv", text)
    assert book.sync().rejected == ()
    assert book.column("SELECT name FROM partners ORDER BY 1") == ["Alder, Birch; and\tCo|", "Plain"]


def test_a_separator_line_of_a_spreadsheet_is_obeyed(book: Book) -> None:
    book.write("partners.csv", "sep=;\npartner_id;name;type\nP1;Alder;reseller\n")
    assert book.sync().added == 1


def test_headers_may_be_written_as_people_write_them(book: Book) -> None:
    book.write("Partners.CSV", "Partner ID,Name,TYPE\nP1,Alder,Reseller\n")
    assert book.sync().added == 1
    assert book.column("SELECT type FROM partners") == ["reseller"]


def test_a_line_break_inside_quotes_belongs_to_the_text(book: Book) -> None:
    book.write("partners.csv", 'partner_id,name,type\nP1,"Alder\nSystems",reseller\nP2,Birch,nonsense\n')
    report = book.sync()
    assert book.column("SELECT name FROM partners") == ["Alder\nSystems"]
    assert [problem.line for problem in report.rejected] == [4]


def test_a_quote_that_is_never_closed_costs_one_row(book: Book) -> None:
    text = 'partner_id,name,type\nP1,"Alder,reseller\nP2,Birch,reseller\nP3,Cedar,reseller\n'
    book.write("partners.csv", text)
    report = book.sync()
    assert book.column("SELECT partner_id FROM partners ORDER BY 1") == ["P2", "P3"]
    assert reasons(report) == {2: "a quotation mark is opened and not closed"}


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"remove_timezone": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()


def test_a_workbook_brings_a_sheet_per_entity(book: Book) -> None:
    day = datetime(2026, 2, 3, tzinfo=UTC)
    book.path = book.folder / "portfolio.xlsx"
    workbook(
        book.path,
        {
            "partners": [["partner_id", "name", "type"], [84, "Alder", "reseller"]],
            "orders": [
                ["order_id", "partner_id", "booked_on", "amount", "quantity"],
                ["O1", 84, day, 2024.994, 3],
                ["O2", 84, 45000, 10, 3],
            ],
        },
    )
    report = book.sync()
    assert book.rows("SELECT partner_id, booked_on, amount FROM orders") == [("84", "2026-02-03", 20249940)]
    assert [(problem.file, problem.line, problem.column) for problem in report.rejected] == [
        ("portfolio.xlsx#orders", 3, "booked_on")
    ]


def test_a_workbook_in_a_folder_is_named_like_its_entity(book: Book) -> None:
    rows: list[list[object]] = [["partner_id", "name", "type"], ["P1", "Alder", "reseller"]]
    workbook(book.folder / "partners.xlsx", {"Sheet1": rows})
    assert book.sync().added == 1


def test_an_archive_is_read_like_a_folder(book: Book) -> None:
    book.path = book.folder / "exports.zip"
    with zipfile.ZipFile(book.path, "w") as archive:
        archive.writestr("march/partners.csv", PARTNERS)
        archive.writestr("__MACOSX/march/._partners.csv", "junk")
    assert book.sync().added == 2


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("partners.csv", b"0" * 30_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("exports.zip", bomb(), "times its size"),
        ("exports.zip", b"PK\x03\x04 cut short", "cannot be opened"),
        ("exports.xlsx", b"not a workbook", "cannot be opened"),
    ],
)
def test_archives_that_cannot_be_trusted_are_refused(
    book: Book, name: str, content: bytes, word: str
) -> None:
    book.write(name, content)
    with pytest.raises(CamDeskError, match=word):
        book.sync()


def test_a_missing_folder_and_a_folder_without_a_portfolio_say_what_to_do(book: Book, tmp_path: Path) -> None:
    book.write("holidays.csv", "day\n2026-01-01\n")
    with pytest.raises(CamDeskError, match="named like a part of a portfolio"):
        book.sync()
    book.path = tmp_path / "gone"
    with pytest.raises(CamDeskError, match="There is no folder"):
        book.sync("other")


def test_only_partners_is_needed_but_they_are(book: Book) -> None:
    book.write("orders.csv", "order_id,partner_id,booked_on,amount\nO1,P1,2026-01-01,1\n")
    with pytest.raises(CamDeskError, match="no file with partners"):
        book.sync()
    book.write("partners.csv", PARTNERS)
    assert book.sync().added == 3


def test_files_nobody_asked_for_are_named(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    book.write("holidays.csv", "day\n2026-01-01\n")
    assert any("holidays.csv" in notice for notice in book.sync().notices)


def test_a_name_that_is_not_utf_8_stops_nothing(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    try:
        book.write(os.fsdecode(b"caf\xe9.csv"), "day\n2026-01-01\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    report = book.sync()
    assert (report.added, report.rejected) == (2, ())
    assert any("caf\ufffd.csv" in notice for notice in report.notices)
    assert "\ufffd" in json.dumps(report.as_json(), ensure_ascii=False).encode().decode()
    assert book.sync().unchanged == 2


def test_a_name_inside_an_archive_that_is_not_text_is_said_in_words(book: Book) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("é_orders.csv", "order_id\n")
    book.write("exports.zip", packed.getvalue().replace("é".encode(), b"\xe9_"))
    with pytest.raises(CamDeskError, match="Export it again"):
        book.sync()


def test_partners_without_a_row_are_said_in_words(book: Book) -> None:
    book.write("partners.csv", "partner_id,name,type\n")
    report = book.sync()
    assert (report.read, report.rejected) == (0, ())
    assert report.notices == ("partners.csv has a header and no partner below it.",)
    book.write("partners.csv", PARTNERS)
    assert book.sync().notices == ()


def test_a_file_without_a_required_column_says_so_once_and_keeps_what_is_stored(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    assert book.sync().added == 2
    book.write("partners.csv", "partner_id,title\nP1,Alder\n")
    report = book.sync()
    assert {problem.column for problem in report.rejected} == {"name", "type"}
    assert report.removed == 0
    assert len(book.column("SELECT name FROM partners")) == 2


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"partner_id,name,type\n", b'"', b"\xff\xfe", b"sep=;\n"])
)
def test_no_content_of_a_file_stops_its_reading(content: bytes, start: bytes) -> None:
    data = start + content
    table = DelimitedTable("partners", "partners.csv", len(data), lambda: data)
    width = len(table.header())
    for row in table.rows():
        assert row.problem is not None or len(row.cells) == width
        if row.problem is not None:
            str(row.problem).encode("utf-8")
