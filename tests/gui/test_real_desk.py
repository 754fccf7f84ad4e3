"""The window on a real desk with the shipped sample: every partner opens, every figure shows its records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.base.progress import SilentProgress
from camdesk.base.resources import sample_folder
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.gui.app import make_window
from camdesk.gui.guide import Place
from camdesk.gui.shell.window import MainWindow
from camdesk.store.keys import KeyMode
from tests.gui.window_parts import partner, portfolio, scorecard, sources


def no_passphrase() -> str:
    raise AssertionError("The sample opens without a passphrase.")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home: Path = tmp_path_factory.mktemp("sample") / "workspace"
    desk = Desk.create(home, Settings(), ask=no_passphrase, mode=KeyMode.SAMPLE)
    desk.add_source("sample", "folder", {"path": str(sample_folder())})
    desk.sync(progress=SilentProgress())
    yield desk
    desk.close()


@pytest.fixture
def window(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    window = make_window(desk, qapp)
    qtbot.addWidget(window)
    window.show()
    window.start(Place("portfolio"))
    qtbot.waitUntil(window.top_bar.freshness.isVisible, timeout=30_000)
    yield window
    window.close()


def test_the_portfolio_shows_every_partner_of_the_desk(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(portfolio(window).sections()), timeout=30_000)
    expected = {row.partner.partner_id for section in desk.portfolio().sections for row in section.rows}
    shown = {row.key for panel in portfolio(window).sections() for row in panel.table.grid.rows}
    assert shown == expected
    assert len(shown) == 60


def test_one_partner_of_each_type_opens_with_its_score(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    for section in desk.portfolio().sections:
        row = section.rows[0]
        with qtbot.waitSignal(partner(window).loaded):
            window.open_partner(row.partner.partner_id)
        shown = partner(window).summary._score.text()
        if row.onboarding:
            assert re.fullmatch(r"\d+ of \d+|–", shown)
        elif row.score is None or not row.enough_data:
            assert shown == "–"
        else:
            assert shown == f"{row.score:.0f}"


def test_an_opened_figure_lists_its_records(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    section = desk.portfolio().sections[0]
    partner_id = max(section.rows, key=lambda row: row.score or 0).partner.partner_id
    with qtbot.waitSignal(partner(window).loaded):
        window.open_partner(partner_id)
    metric = scorecard(window).panels[0].table.grid.rows[0].key
    partner(window).open_figure(metric)
    qtbot.waitUntil(lambda: bool(partner(window).figure.tables))
    shown = sum(table.grid.rowCount() for table in partner(window).figure.tables)
    assert shown == sum(len(table.rows) for table in desk.open_figure(partner_id, metric).tables)


def test_a_second_sync_of_the_same_files_brings_nothing_new(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sources(window).context.guide.synced, timeout=30_000):
        window._sync()
    qtbot.waitUntil(lambda: not sources(window).is_syncing)
    assert "nothing new" in sources(window)._outcome.text()
