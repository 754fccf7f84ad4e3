"""What the parts of the partner page have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camdesk.desk.reports import PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk


class Tab(QWidget):
    """One part of the partner page. What `read` returns is read in the background when the tab is shown.

    `figure_wanted` carries a metric whose records the page is to open beside the tab; `records_wanted` a
    title, and what reads the records from the desk for the partner; `reading_wanted` asks to be read anew.
    """

    key: str
    title: str
    for_the_room: ClassVar[bool] = False
    """Whether the partner itself may look on."""
    has_summary: ClassVar[bool] = False
    """Whether the score and what moved it stand beside the tab."""

    figure_wanted = Signal(str)
    records_wanted = Signal(str, object)
    reading_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._partner_id = ""

    def applies(self, report: PartnerReport) -> bool:
        """Tell whether a partner has this tab."""
        return True

    def title_for(self, report: PartnerReport) -> str:
        """Return the title in the row of tabs, with a count where one helps."""
        return self.title

    def show_report(self, report: PartnerReport) -> None:
        """Show what the page has read of the partner; comes before any content of the tab's own."""
        self._partner_id = report.partner.partner_id

    def read(self, desk: Desk, partner_id: str) -> Any:
        """Return what else the tab shows; runs in the background and touches no widget. None: nothing."""
        return None

    def show_content(self, content: Any) -> None:
        """Show what `read` returned."""

    def stand_on(self, record: str) -> None:
        """Make a record the current one."""

    def focus_first(self) -> None:
        """Put the keyboard where work begins."""
        self.setFocus()

    def actions_here(self) -> tuple[Action, ...]:
        """Return what can be done while this tab is shown, beside what the page offers."""
        return ()
