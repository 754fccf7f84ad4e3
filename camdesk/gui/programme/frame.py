"""How the parts of the programme stand: heading, panels, the opened figure beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QVBoxLayout, QWidget

from camdesk.gui.programme.rows import WAYS, Programme
from camdesk.gui.theme.fonts import TITLE
from camdesk.gui.widgets.parts import GAP, ElidedLabel, Page, button, label, row

_SIDE = 20


class Heading(QWidget):
    """The title, the programme in one line, by what it is divided, and whose partners it is about."""

    def __init__(self) -> None:
        super().__init__()
        self.summary = ElidedLabel()
        self.ways, self.owner = QButtonGroup(self), QButtonGroup(self)
        self.by_way = {way: button(way.capitalize(), kind="pill") for way in WAYS}
        for place, (way, one) in enumerate(self.by_way.items(), start=1):
            one.setCheckable(True)
            one.setToolTip(f"Ctrl+Shift+{place}")
            one.setAccessibleName(f"By {way}")
            self.ways.addButton(one)
        self.by_way[WAYS[0]].setChecked(True)
        self.mine = button("My partners", kind="pill")
        self.everyone = button("All partners", kind="pill")
        for one in (self.mine, self.everyone):
            one.setCheckable(True)
            self.owner.addButton(one)
        self.mine.setChecked(True)
        self.copy_button = button(
            "Copy", kind="pill", tooltip="The figures, for a spreadsheet (Ctrl+Shift+C)"
        )
        first = row(label("Programme", size=TITLE, bold=True), self.summary, gap=12)
        first.setStretch(1, 1)
        second = row(*self.by_way.values(), 1, self.mine, self.everyone, self.copy_button, gap=6)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(_SIDE, 16, _SIDE, 8)
        lines.setSpacing(8)
        lines.addLayout(first)
        lines.addLayout(second)

    def chosen_way(self) -> str:
        return next((way for way, one in self.by_way.items() if one.isChecked()), WAYS[0])

    def show_way(self, way: str) -> None:
        self.by_way[way].setChecked(True)

    def show_programme(self, shown: Programme, *, knows_mine: bool, mine: bool) -> None:
        self.summary.say(shown.summary)
        (self.mine if mine else self.everyone).setChecked(True)
        for one in (self.mine, self.everyone):
            one.setVisible(knows_mine)


def fill(
    page: Page,
    pair: QBoxLayout,
    groups: QWidget,
    activation: QWidget,
    largest: QWidget,
    *below: QWidget,
) -> None:
    """Put the panels on their page; two of them beside each other where there is room."""
    pair.setSpacing(GAP)
    pair.addWidget(activation, 3)
    pair.addWidget(largest, 2)
    page.body.addWidget(groups)
    page.body.addLayout(pair)
    for part in below:
        page.body.addWidget(part)
    page.body.addStretch(1)
