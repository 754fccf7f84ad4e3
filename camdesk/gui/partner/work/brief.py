"""The brief tab: the page before the meeting, and after it the way to log what was said and to the mail."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from camdesk.base.progress import Progress
from camdesk.desk.reports import PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.jobs import Receivers
from camdesk.gui.partner.tab import Late, Tab
from camdesk.gui.partner.work.follow_up import follow_up_card
from camdesk.gui.partner.work.log_sheet import log_sheet
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.key_button import KeyButton
from camdesk.gui.widgets.parts import GAP, badge, button, label, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.documents.model import Document
    from camdesk.gui.partner.work.brief_page import BriefPage

_WAITING = "Preparing the brief…"


class BriefTab(Tab):
    """Drafted anew whenever it is looked at; no copy of it is kept."""

    key = "brief"
    title = "Brief"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._name = ""
        self._document: Document | None = None
        self.page: BriefPage | None = None
        self.export_button = button("Export PDF…", tooltip="The page as a file, for yourself")
        self.log_button = KeyButton("Log what was said", "L", kind="primary")
        self.mail_button = button("Copy follow-up mail", tooltip="Only what was agreed  Ctrl+Shift+M")
        self._state = label(_WAITING, tone=Tone.MUTED, wrap=True)
        self._when = label("", size=SMALL, tone=Tone.MUTED)
        internal = badge("Internal: not for the partner")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(GAP)
        head: QHBoxLayout = row(internal, self._when, 1)
        for made in (self.mail_button, self.export_button, self.log_button):
            head.addWidget(made)
        self._lines.addLayout(head)
        self._lines.addWidget(self._state)
        self._lines.addStretch(1)
        self.export_button.setEnabled(False)
        self.export_button.clicked.connect(self.export)
        self.log_button.clicked.connect(self.log)
        self.mail_button.clicked.connect(self.copy_mail)

    def show_report(self, report: PartnerReport) -> None:
        if report.partner.partner_id != self._partner_id:
            self._clear()
        self._name = report.partner.name
        super().show_report(report)

    def read(self, desk: Desk, partner_id: str) -> Document:
        return desk.brief(partner_id)

    def show_content(self, content: Document) -> None:
        # The shapes of documents have been loaded in the background by now, with what is shown.
        from camdesk.gui.partner.work.brief_page import BriefPage

        if content == self._document:
            return
        self._clear()
        self._document = content
        theme: Theme = self.context.theme
        self.page = BriefPage(content, theme, currency=self.context.desk.settings.base_currency)
        self.page.figure_wanted.connect(self.figure_wanted)
        self.page.records_wanted.connect(self.records_wanted)
        self._lines.insertWidget(1, self.page)
        self._state.hide()
        self._when.setText(f"For {content.period_title}")
        self.export_button.setEnabled(True)

    def _clear(self) -> None:
        self._document = None
        if self.page is not None:
            self.page.hide()
            self.page.deleteLater()
            self.page = None
        self._state.show()
        self._when.setText("")
        self.export_button.setEnabled(False)

    def focus_first(self) -> None:
        self.log_button.setFocus()

    @classmethod
    def actions_of(cls, tab: Late[Self]) -> tuple[Action, ...]:
        open_up, export = tab.then(cls.open_brief), tab.then(cls.export)
        return (
            Action("Open the meeting brief", open_up, "B", "Partner", in_the_room=False),
            Action("Export the meeting brief as PDF", export, group="Partner", in_the_room=False),
        )

    def open_brief(self) -> None:
        """Turn to this tab."""
        if self._partner_id:
            self.context.guide.go("partner", self._partner_id, part=self.key)

    def log(self) -> None:
        """Take notes, commitments and tasks beside the page."""
        if self._partner_id:
            log_sheet(self, self.context).open_for(self._partner_id)

    def copy_mail(self) -> None:
        if self._partner_id:
            follow_up_card(self, self.context).copy(self._partner_id)

    def export(self) -> None:
        """Ask for a file and write the page into it, drafted anew where it has not been looked at."""
        if not self._partner_id:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = "".join(" " if sign in '\\/:*?"<>|' else sign for sign in f"Brief {self._name}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self, "Export", str(Path(folder) / name), "PDF (*.pdf)")
        if chosen:
            target = Path(chosen)
            self.write_copy(
                target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
            )

    def write_copy(self, target: Path) -> None:
        """Write the page in the background."""
        work = partial(
            _write,
            desk=self.context.desk,
            partner_id=self._partner_id,
            document=self._document,
            target=target,
        )
        self.context.jobs.start(work, Receivers(self._written, self.context.guide.fail))

    def _written(self, target: Path) -> None:
        self.context.guide.say(f"Written to {target}")


def _write(
    progress: Progress, *, desk: Desk, partner_id: str, document: Document | None, target: Path
) -> Path:
    progress.check()
    return desk.write_paper(document or desk.brief(partner_id), target)
