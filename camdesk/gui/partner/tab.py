"""What the parts of the partner page have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camdesk.desk.reports import PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk


_Made = TypeVar("_Made", bound="Tab", covariant=True)


@dataclass(frozen=True, slots=True)
class Late(Generic[_Made]):
    """A tab that may not be there yet: `get` makes it, `is_shown` does not."""

    get: Callable[[], _Made]
    is_shown: Callable[[], bool]

    def then(self, do: Callable[[_Made], object]) -> Callable[[], None]:
        """Return what does something with the tab."""

        def run() -> None:
            do(self.get())

        return run


@dataclass(frozen=True, slots=True)
class TabEntry:
    """A part of the page by what has to be known of it before it is made."""

    key: str
    title: str
    for_the_room: bool
    make: Callable[[Context], Tab]
    applies: Callable[[PartnerReport], bool]
    title_for: Callable[[PartnerReport], str]
    actions: Callable[[Late[Any]], tuple[Action, ...]]


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

    @classmethod
    def entry(cls) -> TabEntry:
        """Return what the page knows of the tab before it is made."""
        return TabEntry(cls.key, cls.title, cls.for_the_room, cls, _always, cls.title_for, cls.actions_of)

    @classmethod
    def title_for(cls, report: PartnerReport) -> str:
        """Return the title in the row of tabs, with a count where one helps."""
        return cls.title

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

    @classmethod
    def actions_of(cls, tab: Late[Self]) -> tuple[Action, ...]:
        """Return what can be done with the tab, beside what the page offers; only to do it makes the tab."""
        return ()


def _always(_report: PartnerReport) -> bool:
    return True
