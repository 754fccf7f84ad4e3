"""The part of the desk about the life of partners: the programme, and stages and classes set by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from camdesk.base.errors import UsageError
from camdesk.desk import keeping
from camdesk.desk.portfolio import programme
from camdesk.desk.writing.judging import Judging
from camdesk.insight.lifecycle import STAGES
from camdesk.store.judgements import About

if TYPE_CHECKING:
    from camdesk.desk.portfolio.programme import ProgrammeReport
    from camdesk.insight.results import Evidence

CLASSES = ("A", "B", "C")


class Lifecycle(Judging):
    """How the programme does as a whole, and the CAM's own word on a partner's stage and class."""

    def programme(self, by: str = "type", *, mine: bool = True) -> ProgrammeReport:
        """Return how the programme does, whole and divided; raises NotFoundError for another division."""
        with self._lock:
            return keeping.kept(
                self.workspace,
                f"programme by {by}, {'mine' if mine else 'all'}",
                shape=programme.ProgrammeReport,
                catalog=self.catalog,
                settings=self.settings,
                as_of=self.as_of,
                make=lambda: programme.report(self.insight, by=by, mine=mine),
            )

    def explain_programme(
        self, metric: str, *, by: str = "type", group: str | None = None, mine: bool = True
    ) -> Evidence:
        """Return a figure of the programme, or of one group, with exactly the records that made it."""
        with self._lock:
            return programme.explain(self.insight, metric, by=by, group=group, mine=mine)

    def set_stage(self, partner_id: str, stage: str, *, reason: str, until: date | None = None) -> None:
        """Show a stage of one's own, up to and with `until`; the derived one stays beside it."""
        self._set(partner_id, "stage", stage, STAGES, reason=reason, until=until)

    def clear_stage(self, partner_id: str) -> None:
        """Go back to the stage that facts say."""
        self.take_back(partner_id, "stage")

    def set_class(self, partner_id: str, attention: str, *, reason: str, until: date | None = None) -> None:
        """Give a partner the attention class A, B or C, up to and with `until`."""
        self._set(partner_id, "class", attention, CLASSES, reason=reason, until=until)

    def clear_class(self, partner_id: str) -> None:
        """Go back to the class that the source gives, or that contribution says."""
        self.take_back(partner_id, "class")

    def _set(
        self,
        partner_id: str,
        about: About,
        word: str,
        words: tuple[str, ...],
        *,
        reason: str,
        until: date | None,
    ) -> None:
        meant = next((one for one in words if one.casefold() == word.casefold()), None)
        if meant is None:
            raise UsageError(f"There is no {about} {word}.", f"Choose from: {', '.join(words)}.")
        if until is not None and until < self.as_of:
            raise UsageError(f"{until} has passed.", f"Give a day from {self.as_of} on.")
        self.judge(partner_id, about, meant, reason=reason, until=until)
