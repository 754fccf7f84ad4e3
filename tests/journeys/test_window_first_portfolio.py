"""From the welcome page to one's own portfolio, and from a fallen score to the records behind it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from camdesk.desk.care.founding import DeskFounder
from camdesk.gui.app import make_window
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.welcome.start import FirstStart
from camdesk.store import workspace
from tests.gui.window_parts import portfolio

_LONG_MS = 30_000
_NAMES = ("Aldgate Systems", "Brightwell IT", "Corran Networks")


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Return a folder of what a CAM has on the first day: partners and their orders."""
    folder = tmp_path / "exports"
    folder.mkdir()
    partners = [(f"P{place}", name, "reseller", "GBP") for place, name in enumerate(_NAMES)]
    orders = [
        (f"O{place}{month}", f"P{place}", f"2026-{month:02}-12", f"{1000 * (place + 1)}.50", "GBP")
        for place in range(len(_NAMES))
        for month in range(1, 10)
    ]
    _write(folder / "partners.csv", ("partner_id", "name", "type", "currency"), partners)
    _write(folder / "orders.csv", ("order_id", "partner_id", "booked_on", "amount", "currency"), orders)
    return folder


@pytest.fixture
def first(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[FirstStart]:
    start = FirstStart(DeskFounder(tmp_path / "home"), qapp, make_window)
    qtbot.addWidget(start.welcome)
    start.welcome.show()
    yield start
    start.welcome.close()
    if start.window is not None:
        start.window.close()
    start.close()


def test_from_the_welcome_page_to_the_first_own_portfolio(
    first: FirstStart, exports: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    welcome = first.welcome
    click(welcome.import_button)
    assert welcome.said.text() == "Choose the folder that your exports lie in first."
    QTest.keyClicks(welcome.folder, str(exports))
    welcome.currency.clear()
    QTest.keyClicks(welcome.currency, "GBP")
    QTest.keyClick(welcome.currency, Qt.Key.Key_Return)
    window = window_of(first, qtbot)
    open_portfolio(window, qtbot)
    qtbot.waitUntil(lambda: names(window) == set(_NAMES), timeout=_LONG_MS)
    assert not welcome.isVisible()
    assert workspace.exists(tmp_path / "home")
    assert window.windowTitle().endswith("CAM Desk")


def test_without_a_keyring_the_welcome_page_asks_for_a_passphrase(
    first: FirstStart, exports: Path, qtbot: QtBot
) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    welcome = first.welcome
    welcome.folder.setText(str(exports))
    click(welcome.import_button)
    qtbot.waitUntil(welcome.passphrase.isVisible, timeout=_LONG_MS)
    QTest.keyClicks(welcome.passphrase, "correct horse battery")
    QTest.keyClicks(welcome.again, "correct horse")
    click(welcome.import_button)
    assert welcome.said.text() == "The two passphrases are not the same."
    QTest.keyClicks(welcome.again, " battery")
    click(welcome.import_button)
    window = window_of(first, qtbot)
    open_portfolio(window, qtbot)
    qtbot.waitUntil(lambda: names(window) == set(_NAMES), timeout=_LONG_MS)


@pytest.mark.parametrize(
    ("folder", "currency", "said"),
    [("nowhere", "EUR", "cannot be found"), ("exports", "XXQ", "is not a currency")],
)
def test_what_cannot_be_is_said_and_leaves_nothing_behind(
    first: FirstStart, exports: Path, qtbot: QtBot, folder: str, currency: str, said: str
) -> None:
    first.welcome.folder.setText(str(exports.parent / folder))
    first.welcome.currency.setText(currency)
    click(first.welcome.import_button)
    qtbot.waitUntil(lambda: said in first.welcome.said.text())
    assert first.welcome.import_button.isEnabled()
    assert not workspace.exists(exports.parent / "home")


def test_the_sample_opens_from_the_welcome_page(first: FirstStart, qtbot: QtBot) -> None:
    click(first.welcome.sample_button)
    window = window_of(first, qtbot)
    open_portfolio(window, qtbot)
    qtbot.waitUntil(lambda: len(portfolio(window).sections()) == 7, timeout=_LONG_MS)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def window_of(first: FirstStart, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: first.window is not None, timeout=_LONG_MS)
    assert first.window is not None
    return first.window


def open_portfolio(window: MainWindow, qtbot: QtBot) -> None:
    """Turn to the portfolio once the first sync has led to Today."""
    qtbot.waitUntil(window.screens.get("today").isVisible, timeout=_LONG_MS)
    window.go_to("portfolio")


def names(window: MainWindow) -> set[str]:
    return {row.cells[0].text for panel in portfolio(window).sections() for row in panel.table.grid.rows}


def _write(path: Path, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
