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

    `figure_wanted` carries a metric whose records the page is to open beside the tab.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    has_summary: ClassVar[bool] = False
    """Whether the score and what moved it stand beside the tab."""

    figure_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def applies(self, report: PartnerReport) -> bool:
        """Tell whether a partner has this tab."""
        return True

    def title_for(self, report: PartnerReport) -> str:
        """Return the title in the row of tabs, with a count where one helps."""
        return self.title

    def show_report(self, report: PartnerReport) -> None:
        """Show what the page has read of the partner; comes before any content of the tab's own."""

    def read(self, desk: Desk, partner_id: str) -> Any:
        """Return what else the tab shows; runs in the background and touches no widget. None: nothing."""
        return None

    def show_content(self, content: Any) -> None:
        """Show what `read` returned."""

    def stand_on(self, record: str) -> None:
        """Make a record the current one."""

    def focus_first(self) -> None:
        """Put the keyboard where work begins."""

    def actions_here(self) -> tuple[Action, ...]:
        """Return what can be done while this tab is shown, beside what the page offers."""
        return ()
