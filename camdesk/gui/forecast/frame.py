"""How the parts of the forecast stand: heading and filter, tables, the deals beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from camdesk.gui.forecast.rows import Forecast
from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.today.quarter_line import QuarterLine
from camdesk.gui.widgets.filter_field import FilterField
from camdesk.gui.widgets.parts import ElidedLabel, button, label, row

_SIDE = 20


class Heading(QWidget):
    """The title, the quarter in one line, what is called so far, and the ways to look at it."""

    def __init__(self) -> None:
        super().__init__()
        self.quarter = QuarterLine()
        self.calls = ElidedLabel(size=SMALL)
        self.filter_field = FilterField("Filter partners")
        self.filter_field.setMinimumWidth(130)
        self.filter_field.setMaximumWidth(200)
        self.by_type = button("By partner type", kind="pill", tooltip="Ctrl+Shift+1")
        self.one_list = button("One list", kind="pill", tooltip="Ctrl+Shift+2")
        self.mine = button("My partners", kind="pill")
        self.everyone = button("All partners", kind="pill")
        self.copy_button = button(
            "Copy", kind="pill", tooltip="The whole forecast, for a spreadsheet (Ctrl+Shift+C, or Ctrl+C)"
        )
        self.kinds, self.owner = QButtonGroup(self), QButtonGroup(self)
        for group, members in (
            (self.kinds, (self.by_type, self.one_list)),
            (self.owner, (self.mine, self.everyone)),
        ):
            for one in members:
                one.setCheckable(True)
                group.addButton(one)
            members[0].setChecked(True)
        first = row(label("Forecast", size=TITLE, bold=True), self.quarter, gap=12)
        first.setStretch(1, 1)
        second = row(
            self.filter_field, self.calls, self.mine, self.everyone, self.by_type, self.one_list,
            self.copy_button,
        )  # fmt: skip
        second.setStretch(0, 1)
        second.setStretch(1, 3)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(_SIDE, 16, _SIDE, 8)
        lines.setSpacing(8)
        lines.addLayout(first)
        lines.addLayout(second)

    def show_kind(self, *, by_type: bool) -> None:
        (self.by_type if by_type else self.one_list).setChecked(True)

    def show_forecast(self, shown: Forecast, *, knows_mine: bool, mine: bool) -> None:
        self.quarter.say(shown.quarter)
        self.calls.say(shown.calls)
        (self.mine if mine else self.everyone).setChecked(True)
        for one in (self.mine, self.everyone):
            one.setVisible(knows_mine)


def beside_width(available: int) -> int:
    """Return how wide the deals may be beside the table."""
    return min(max(int(available * 0.46), min(int(available * 0.52), 500)), 640)
