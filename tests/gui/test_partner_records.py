"""Records in tables: they sort by what they mean, and open where they are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from camdesk.desk.reports import RecordTable
from camdesk.gui.partner.records import RecordsPanel
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.parts import Page

DEALS = RecordTable(
    "deals",
    "Deals",
    ("Customer", "Amount", "Expected close"),
    (False, True, False),
    (
        ("Aldgate", "€900.00", "3 Dec 2026"),
        ("Brightwell", "€12,000.00", "14 Jan 2026"),
        ("Corran", "no data", ""),
        ("Dunmore", "JPY 1,000", "1 Feb 2027"),
    ),
    ("D-1", "D-2", "D-3", "D-4"),
    (
        ("Aldgate", 9_000_000, "2026-12-03"),
        ("Brightwell", 120_000_000, "2026-01-14"),
        ("Corran", None, None),
        ("Dunmore", 60_000, "2027-02-01"),
    ),
    ("https://crm.example/D-1", None, None, "file:///etc/passwd"),
)


class Browser(QObject):
    """Takes the addresses that would be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(address.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    for scheme in ("https", "file"):
        QDesktopServices.setUrlHandler(scheme, made, "open")  # type: ignore[arg-type] # the stub wants bytes, Qt words
    yield made
    for scheme in ("https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot) -> RecordsPanel:
    return on_a_page(RecordsPanel(DEALS, theme), qtbot)


def on_a_page(panel: RecordsPanel, qtbot: QtBot) -> RecordsPanel:
    page = Page(name="Records")
    page.body.addWidget(panel)
    qtbot.addWidget(page)
    page.resize(700, 500)
    page.show()
    return panel


@pytest.mark.parametrize(
    ("column", "expected"), [(1, ["D-4", "D-1", "D-2", "D-3"]), (2, ["D-2", "D-1", "D-4", "D-3"])]
)
def test_amounts_and_days_sort_by_what_they_mean(
    panel: RecordsPanel, column: int, expected: list[str]
) -> None:
    panel.table.grid.sort(column)
    assert [row.key for row in panel.table.grid.rows] == expected


def test_a_record_opens_at_its_address(panel: RecordsPanel, browser: Browser) -> None:
    panel.table.setFocus()
    panel.table.go_to(0)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert browser.opened == ["https://crm.example/D-1"]


@pytest.mark.parametrize("place", [1, 3])
def test_no_address_or_one_that_is_no_page_opens_nothing(
    panel: RecordsPanel, browser: Browser, qtbot: QtBot, place: int
) -> None:
    panel.table.go_to(place)
    with qtbot.waitSignal(panel.table.unaddressed):
        QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert browser.opened == []


def test_the_rest_of_many_records_is_shown_on_demand(theme: Theme, qtbot: QtBot) -> None:
    many = tuple((f"Customer {place}", "€1.00", "") for place in range(80))
    table = RecordTable("deals", "Deals", DEALS.heads, DEALS.numeric, many, tuple(map(str, range(80))))
    panel = on_a_page(RecordsPanel(table, theme), qtbot)
    assert panel.count.text() == "50 of 80"
    QTest.keyClicks(panel.filter, "customer 79")
    assert [row.key for row in panel.table.grid.rows] == ["79"]
    panel.filter.clear()
    QTest.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    assert panel.count.text() == "80"
    assert not panel.more.isVisible()
