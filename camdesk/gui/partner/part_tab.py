"""A part of what is known about a partner: what its review would say of it today, then the records."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from camdesk.desk.partner.parts import PARTS, Part, PartReport
from camdesk.desk.reports import FigureReport, PartnerReport
from camdesk.gui.context import Context
from camdesk.gui.partner.records import RecordsPanel
from camdesk.gui.partner.tab import Tab, TabEntry
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import GAP, label

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.gui.partner.blocks import SectionPanel


class PartTab(Tab):
    """Shown where the partner has such records, or one of its types is judged on them."""

    for_the_room = True
    key, title = "", ""  # those of its part

    def __init__(self, context: Context, part: Part) -> None:
        super().__init__(context)
        self._part = part
        self._titles: dict[str, str] = {}
        self._record = ""
        self._content: PartReport | None = None
        self._currency = context.desk.settings.base_currency
        self.key, self.title = part.key, part.title
        self.sections: list[SectionPanel] = []
        self.records: list[RecordsPanel] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(GAP)

    def show_report(self, report: PartnerReport) -> None:
        if report.partner.partner_id != self._partner_id:
            self._content = None
            self._clear()
        super().show_report(report)

    def read(self, desk: Desk, partner_id: str) -> PartReport:
        return desk.partner_part(partner_id, self._part.key)

    def show_content(self, content: PartReport) -> None:
        if content != self._content:
            self._content = content
            self._build(content)
        if self._record:
            self.stand_on(self._record)

    def _build(self, content: PartReport) -> None:
        # The shapes of documents have been loaded in the background by now, with what is shown.
        from camdesk.gui.partner.blocks import SectionPanel

        kept = {panel.table.accessibleName(): panel.filter.text() for panel in self.records}
        self._clear()
        self._titles = {figure.key: figure.title for figure in content.figures}
        theme = self.context.theme
        for section in content.sections:
            made = SectionPanel(section, theme, currency=self._currency)
            made.opened.connect(self._open)
            self.sections.append(made)
            self._lines.addWidget(made)
        for table in content.tables:
            records = RecordsPanel(table, theme)
            records.table.unaddressed.connect(self._tell_unaddressed)
            records.filter.setText(kept.get(table.title, ""))
            self.records.append(records)
            self._lines.addWidget(records)
        if not content.sections and not content.tables:
            self._lines.addWidget(label(f"{self._part.title}: nothing on record yet.", tone=Tone.MUTED))
        self._lines.addStretch(1)

    def stand_on(self, record: str) -> None:
        found = any(panel.stand_on(record) for panel in self.records)
        self._record = "" if found else record  # not read yet: once it is

    def focus_first(self) -> None:
        first = next((panel.table for panel in self.records if panel.table.grid.rowCount()), None)
        (first or self).setFocus()

    def _clear(self) -> None:
        self.sections, self.records = [], []
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()

    def _open(self, figure: str) -> None:
        read = partial(_read_figure, part=self._part.key, figure=figure)
        self.records_wanted.emit(self._titles.get(figure, ""), read)

    def _tell_unaddressed(self) -> None:
        self.context.guide.say("This record does not say where it is to be seen in its own system.")


def _read_figure(desk: Desk, partner_id: str, *, part: str, figure: str) -> FigureReport:
    return desk.open_part_figure(partner_id, part, figure)


def _has(report: PartnerReport, *, part: Part) -> bool:
    return any(head.key == part.key for head in report.parts)


def _entry(part: Part) -> TabEntry:
    return replace(
        PartTab.entry(),
        key=part.key,
        title=part.title,
        make=partial(PartTab, part=part),
        applies=partial(_has, part=part),
        title_for=lambda _report: part.title,
    )


PART_TABS: tuple[TabEntry, ...] = tuple(_entry(part) for part in PARTS)
"""One for each part that the desk knows, in its order."""
