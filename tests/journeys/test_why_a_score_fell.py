"""Find out why a partner's score fell, and show the records behind it, by keyboard in the window."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.partner.page import PartnerPage
from camdesk.gui.partner.scorecard import ScorecardTab
from camdesk.gui.shell.window import MainWindow
from camdesk.insight.results import ScoreChange
from tests.gui.window_parts import partner

_LONG_MS = 30_000


def test_from_a_fallen_score_to_the_records_that_made_it_fall(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    partner_id, change = fell_most(desk)
    page = partner(window)
    window.start()
    with qtbot.waitSignal(page.loaded, timeout=_LONG_MS):
        window.open_partner(partner_id)

    # Since when: from the quarter end before it fell, to today.
    page.summary.first_day.choose(change.before)
    lost = [one for one in change.movements if one.metric and one.points <= -0.05]
    qtbot.waitUntil(lambda: spans(page, change), timeout=_LONG_MS)

    # By what: the lines are named with their points, and add up to the difference.
    assert {one.title for one in lost} <= set(shown_movements(page))
    tab = cast("ScorecardTab", page.tabs["scorecard"])
    QTest.mouseClick(tab.adds_up.toggle, Qt.MouseButton.LeftButton)
    assert tab.adds_up.chart.isVisible()
    steps = [row.cells[1].sort for row in tab.adds_up.chart.values().rows]
    first, *between, last = (float(cast("float", value)) for value in steps)
    assert first + sum(between) == pytest.approx(last)

    # Why: the line that lost most opens with its trend, its definition and its records.
    worst = min(lost, key=lambda one: one.points)
    place = page.summary.moved.grid.row_of(worst.metric or "")
    assert place is not None
    page.summary.moved.setFocus()
    page.summary.moved.go_to(place)
    QTest.keyClick(page.summary.moved, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.figure.tables), timeout=_LONG_MS)
    expected = desk.open_figure(partner_id, worst.metric or "")
    shown = [row.key for table in page.figure.tables for row in table.grid.rows]
    assert shown == [record_id for table in expected.tables for record_id in table.record_ids]
    assert page.figure.chart.isVisible()

    # To show: the figure with its records goes into a mail.
    QGuiApplication.clipboard().setMimeData(QMimeData())
    QTest.mouseClick(page.figure.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert expected.title in copied
    assert expected.tables[0].rows[0][0] in copied

    # And back: Esc closes the figure, the summary is there again.
    QTest.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.summary.isVisible)
    assert not page.figure.isVisible()


def fell_most(desk: Desk) -> tuple[str, ScoreChange]:
    """Return the judged partner whose score fell most since a year ago, by a line that has records."""
    found: list[tuple[float, str, ScoreChange]] = []
    for section in desk.portfolio().sections:
        for row in section.rows:
            if not row.enough_data or row.onboarding:
                continue
            report = desk.partner(row.partner.partner_id)
            change = desk.score_change(
                row.partner.partner_id, before=report.quarter_ends[-4], after=report.scorecard.as_of
            )
            if change.score_before is None or change.score_after is None:
                continue
            worst = min(change.movements, key=lambda one: one.points if one.metric else 0)
            if worst.metric and desk.open_figure(row.partner.partner_id, worst.metric).tables:
                found.append((change.score_after - change.score_before, row.partner.partner_id, change))
    fallen = min(found, key=lambda one: one[0])
    assert fallen[0] < -5
    return fallen[1], fallen[2]


def shown_movements(page: PartnerPage) -> list[str]:
    return [row.cells[0].text for row in page.summary.moved.grid.rows]


def spans(page: PartnerPage, change: ScoreChange) -> bool:
    return f"{change.score_before:.1f} → {change.score_after:.1f}" in page.summary.span.text()
