"""The documents tab: what has been drafted with the partner, and copies of it to take along."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from camdesk.base.periods import FiscalCalendar
from camdesk.base.progress import Progress
from camdesk.desk.reports import PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure, Receivers
from camdesk.gui.partner.tab import Late, Tab
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import GAP, Panel, button, label, row
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.documents.exports.exporting import Form
    from camdesk.documents.library import StoredDocument

_COLUMNS = (
    Column("Document", Kind.TEXT),
    Column("Period", Kind.TEXT),
    Column("Status", Kind.BADGE),
    Column("Version", Kind.NUMBER, descending_first=True),
    Column("Saved", Kind.NUMBER, descending_first=True),
)
_WIDTHS = (110, 100, 90, 120)
_TITLES = {"review": "Quarterly business review", "plan": "Joint business plan"}
_FORMS: dict[Form, str] = {"pdf": "PDF (*.pdf)", "pptx": "Slides (*.pptx)"}
_EMPTY = "No review or plan has been drafted yet: “Prepare review” above makes the first in seconds."


class DocumentsTab(Tab):
    """Reviews and plans with their versions; one export at a time, in the background."""

    for_the_room = True
    key = "documents"
    title = "Documents"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._name = ""
        self._record = ""
        self._kinds: dict[str, StoredDocument] = {}
        self.table = GridView(_COLUMNS, context.theme, name="Documents")
        self.table.set_plan(partial(last_fixed, fixed=_WIDTHS))
        self.pdf = button("Export PDF…", tooltip="A copy for the partner, checked for what it must not see")
        self.slides = button("Export slides…", tooltip="Editable text and charts for a presentation")
        self._empty = label(_EMPTY, tone=Tone.MUTED, wrap=True)
        self._panel = Panel(margins=(1, 10, 1, 1), gap=8)
        head = row(label("Reviews and plans", bold=True), 1, self.pdf, self.slides)
        head.setContentsMargins(10, 0, 10, 0)
        self._panel.body.addLayout(head)
        self._panel.body.addWidget(self.table)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        lines.addWidget(self._panel)
        lines.addWidget(self._empty)
        lines.addStretch(1)
        self._panel.hide()
        self.pdf.clicked.connect(self.export_pdf)
        self.slides.clicked.connect(self.export_slides)
        self.table.opened.connect(self._export_opened)

    def show_report(self, report: PartnerReport) -> None:
        super().show_report(report)
        self._name = report.partner.name

    def read(self, desk: Desk, partner_id: str) -> tuple[StoredDocument, ...]:
        return desk.documents(partner_id)

    def show_content(self, content: tuple[StoredDocument, ...]) -> None:
        self._kinds = {str(one.document_id): one for one in content}
        calendar = self.context.desk.settings.calendar
        self.table.show_rows([_row(one, calendar) for one in content])
        self._panel.setVisible(bool(content))
        self._empty.setVisible(not content)
        if content and self.table.current_key() is None:
            self.table.go_to(0)
        if self._record:
            self.stand_on(self._record)

    def stand_on(self, record: str) -> None:
        place = self.table.grid.row_of(record)
        self._record = record if place is None else ""  # not read yet: once it is
        if place is not None:
            self.table.go_to(place)
            self.table.setFocus()

    def focus_first(self) -> None:
        self.table.setFocus()

    @classmethod
    def actions_of(cls, tab: Late[Self]) -> tuple[Action, ...]:
        return tuple(
            Action(f"Export the document as {form}", tab.then(export), group="Partner", possible=tab.is_shown)
            for form, export in (("PDF", cls.export_pdf), ("slides", cls.export_slides))
        )

    def export_pdf(self) -> None:
        """Ask for a file and write the current document into it."""
        self._export("pdf")

    def export_slides(self) -> None:
        self._export("pptx")

    def _export_opened(self, _document: str) -> None:
        self._export("pdf")

    def _export(self, form: Form) -> None:
        document = self._kinds.get(self.table.current_key() or "")
        if document is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{self._name} {_TITLES.get(document.kind, document.kind)} {document.period}.{form}"
        proposed = Path(folder) / "".join(" " if sign in '\\/:*?"<>|' else sign for sign in name)
        chosen, _ = QFileDialog.getSaveFileName(self, "Export", str(proposed), _FORMS[form])
        if chosen:
            target = Path(chosen)
            if target.suffix.lower() != f".{form}":
                target = target.with_name(f"{target.name}.{form}")
            self.write_copy(document.document_id, target, form)

    def write_copy(self, document_id: int, target: Path, form: Form) -> None:
        """Write a copy of a document in the background."""
        for one in (self.pdf, self.slides):
            one.setEnabled(False)
        self.context.guide.say("Writing the copy…")
        work = partial(_write_copy, desk=self.context.desk, document_id=document_id, target=target, form=form)
        self.context.jobs.start(work, Receivers(self._written, self._not_written, ended=self._ended))

    def _written(self, target: Path) -> None:
        self.context.guide.say(f"Written to {target}")

    def _not_written(self, failure: Failure) -> None:
        self.context.guide.fail(failure)

    def _ended(self) -> None:
        for one in (self.pdf, self.slides):
            one.setEnabled(True)


def _row(document: StoredDocument, calendar: FiscalCalendar) -> GridRow:
    title = _TITLES.get(document.kind, document.kind.capitalize())
    saved = document.saved_at
    return GridRow(
        str(document.document_id),
        (
            GridCell(title, title, f"{title}, {document.period}"),
            GridCell(_period(document.period, calendar), document.period),
            GridCell(document.status.capitalize(), document.status),
            GridCell(str(document.versions), document.versions),
            GridCell(_day(saved), saved, f"Saved {_day(saved)} {saved[11:16]} UTC"),
        ),
    )


def _period(name: str, calendar: FiscalCalendar) -> str:
    """Return `FY26 Q3` for 2026-Q3 and `FY27` for 2027."""
    quarter = calendar.quarter_named(name)
    if quarter is not None:
        return calendar.quarter_title(quarter.start)
    return f"FY{int(name) % 100:02d}" if name.isdigit() else name


def _day(instant: str) -> str:
    return write_day(date.fromisoformat(instant[:10]))


def _write_copy(progress: Progress, *, desk: Desk, document_id: int, target: Path, form: Form) -> Path:
    from camdesk.documents.exports.exporting import Copy

    progress.check()
    return desk.export(document_id, target, Copy(form))
