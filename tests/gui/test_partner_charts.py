"""Charts say their values on hover and by key, have words, and can be taken along as pictures and values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.chart import TrendChart
from camdesk.gui.widgets.chart_bars import Bar, BarsChart, Sides, SidesChart
from camdesk.gui.widgets.chart_base import Chart
from camdesk.gui.widgets.chart_columns import ColumnsChart, ColumnSeries
from camdesk.gui.widgets.chart_export import PictureError, copy_picture, write_picture
from camdesk.gui.widgets.chart_radar import RadarChart
from camdesk.gui.widgets.chart_waterfall import WaterfallChart, WaterfallStep
from camdesk.insight.results import Unit

EUR = 10_000


def columns(theme: Theme) -> ColumnsChart:
    chart = ColumnsChart(theme, name="Renewals by month")
    series = (
        ColumnSeries("Likely", (20_000.0 * EUR, None, 5_000.0 * EUR), "due"),
        ColumnSeries("At risk", (1_000.0 * EUR, None, None)),
    )
    chart.show_columns(("Jan", "Feb", "Mar"), series, Unit.MONEY, currency="EUR")
    return chart


def bars(theme: Theme) -> BarsChart:
    chart = BarsChart(theme, name="Funnel")
    chart.show_bars((Bar("Registered", 40, "40", figure="sent"), Bar("Approved", 30, "30", "75% of 40")))
    return chart


def sides(theme: Theme) -> SidesChart:
    chart = SidesChart(theme, name="Spent")
    rows = (Sides("Cash", 55, 49, "€55k", "€49k"), Sides("People", 36, 33, "€36k", "€33k", "", "theirs"))
    chart.show_sides(rows, names=("Us", "Them"), words="Us and them.")
    return chart


def waterfall(theme: Theme) -> WaterfallChart:
    chart = WaterfallChart(theme, name="Score")
    chart.show_steps(
        WaterfallStep("June", 64, "64"),
        (WaterfallStep("Renewals", -8, "−8.0", "renewal_rate"), WaterfallStep("Seats", 2, "+2.0")),
        WaterfallStep("Today", 58, "58"),
    )
    return chart


def radar(theme: Theme) -> RadarChart:
    chart = RadarChart(theme, name="Views")
    first, second = ColumnSeries("Us", (75, 50, 100)), ColumnSeries("Them", (50, None, 75))
    chart.show_views(("Trust", "Pace", "Goals"), first, second, words="Us and them.")
    return chart


def trend(theme: Theme) -> TrendChart:
    chart = TrendChart(theme, name="Renewal rate")
    days = [(date(2026, 3, 31), 0.92), (date(2026, 6, 30), None), (date(2026, 9, 30), 0.81)]
    chart.show_trend(days, Unit.PERCENT, currency="EUR", target=0.9)
    return chart


MAKERS = (columns, bars, sides, waterfall, radar, trend)
FIRST = {
    columns: "Jan: Likely €20k, At risk €1.0k",
    bars: "Registered: 40",
    sides: "Cash, Us: €55k",
    waterfall: "June: 64",
    radar: "Trust: Us 75, Them 50",
    trend: "31 Mar 2026: 92%",
}
LAST = {
    columns: "Mar: Likely €5.0k",
    bars: "Approved: 30 · 75% of 40",
    sides: "People, Them: €33k",
    waterfall: "Today: 58",
    radar: "Goals: Us 100, Them 75",
    trend: "30 Sep 2026: 81%",
}


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def made(request: pytest.FixtureRequest, theme: Theme, qtbot: QtBot) -> tuple[Chart, object]:
    chart = request.param(theme)
    qtbot.addWidget(chart)
    chart.resize(480, chart.sizeHint().height())
    chart.show()
    return chart, request.param


def test_arrow_keys_go_through_every_value(made: tuple[Chart, object]) -> None:
    chart, make = made
    for _ in chart.marks(QSizeF(chart.size())):
        QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.picked == FIRST[make]  # type: ignore[index] # the maker itself is the key
    for _ in chart.marks(QSizeF(chart.size())):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.picked == LAST[make]  # type: ignore[index]


def test_hovering_a_value_says_it(made: tuple[Chart, object]) -> None:
    chart, make = made
    first = chart.marks(QSizeF(chart.size()))[0]
    QTest.mouseMove(chart, first.area.center().toPoint())
    assert chart.picked == FIRST[make]  # type: ignore[index]


def test_a_chart_has_words_for_who_does_not_see_it(made: tuple[Chart, object]) -> None:
    chart, _ = made
    assert chart.accessibleName()
    assert chart.accessibleDescription()


def test_a_picture_is_written_and_copied_with_the_chart_in_it(
    made: tuple[Chart, object], tmp_path: Path
) -> None:
    chart, _ = made
    write_picture(chart, tmp_path / "chart.png")
    picture = QImage(str(tmp_path / "chart.png"))
    assert picture.width() >= 3 * chart.width()
    assert (
        len(
            {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        )
        > 2
    )
    write_picture(chart, tmp_path / "chart.svg")
    drawing = (tmp_path / "chart.svg").read_text("utf-8")
    assert "<svg" in drawing
    assert chart.accessibleName() in drawing
    QGuiApplication.clipboard().clear()
    copy_picture(chart)
    assert QGuiApplication.clipboard().image().size() == picture.size()


def test_values_are_a_row_for_each_thing_shown(theme: Theme, qtbot: QtBot) -> None:
    chart = columns(theme)
    qtbot.addWidget(chart)
    values = chart.values()
    assert [one.title for one in values.columns] == ["Month", "Likely", "At risk"]
    assert [[cell.copied or cell.text for cell in row.cells] for row in values.rows] == [
        ["Jan", "20000.00", "1000.00"],
        ["Feb", "–", "–"],
        ["Mar", "5000.00", "–"],
    ]


def test_enter_and_a_click_open_the_figure_behind(theme: Theme, qtbot: QtBot) -> None:
    chart = waterfall(theme)
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    chart.show()
    opened: list[str] = []
    chart.opened.connect(opened.append)
    chart.pick(1)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(20, 100))  # a total opens nothing
    assert opened == ["renewal_rate", "renewal_rate"]


def test_the_target_is_said_with_the_trend(theme: Theme, qtbot: QtBot) -> None:
    chart = trend(theme)
    qtbot.addWidget(chart)
    assert chart.accessibleDescription().endswith("target 90%")
    assert "30 Jun 2026: no data" in chart.accessibleDescription()


def test_a_picture_that_cannot_be_written_says_what_to_do(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    chart = bars(theme)
    qtbot.addWidget(chart)
    for name in ("chart.png", "chart.svg"):
        with pytest.raises(PictureError, match="could not be written"):
            write_picture(chart, tmp_path / "nowhere" / name)
