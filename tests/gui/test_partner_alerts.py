"""The alerts tab tells what came before."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from camdesk.gui.context import Context
from camdesk.gui.partner.alerts import AlertsTab
from camdesk.insight.results import PastFiring
from tests.gui.builders import a_partner_report, an_alert

BEFORE = PastFiring(date(2026, 3, 2), date(2026, 4, 20), acknowledged_on=date(2026, 3, 5))
EARLIER = PastFiring(date(2026, 1, 2), date(2026, 1, 9))


def shown(tab: AlertsTab) -> str:
    return " ".join(part.text() for part in tab.findChildren(QLabel))


def test_an_alert_that_was_open_before_says_how_that_went(context: Context, qtbot: QtBot) -> None:
    tab = AlertsTab(context)
    qtbot.addWidget(tab)
    tab.show_report(a_partner_report(alerts=(an_alert(earlier=(EARLIER, BEFORE)),)))
    assert "Open 2 times before: 2 Mar 2026 to 20 Apr 2026: acknowledged on 5 Mar 2026" in shown(tab)
    tab.show_report(a_partner_report(alerts=(an_alert(earlier=(EARLIER,)),)))
    assert "Open once before: 2 Jan 2026 to 9 Jan 2026: closed by itself" in shown(tab)


def test_an_alert_that_is_new_says_nothing_of_the_kind(context: Context, qtbot: QtBot) -> None:
    tab = AlertsTab(context)
    qtbot.addWidget(tab)
    tab.show_report(a_partner_report(alerts=(an_alert(),)))
    assert "before" not in shown(tab).replace("30 days before its date", "")
