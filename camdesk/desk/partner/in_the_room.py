"""The desk while a partner looks on: one partner, and of it only what that partner may see.

What is not named here cannot be asked for: a verb that comes later stays away until somebody lets it in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from camdesk.base.errors import CamDeskError
from camdesk.desk.finding.hits import HitKind
from camdesk.desk.partner.figures import heading

if TYPE_CHECKING:
    from camdesk.base.settings import Settings
    from camdesk.desk.desk import Desk
    from camdesk.desk.finding.hits import Hit
    from camdesk.desk.partner.parts import PartReport
    from camdesk.desk.reports import FigureReport, PartnerReport, RecordTable
    from camdesk.desk.writing.entries import Commitment
    from camdesk.documents.exports.exporting import Copy
    from camdesk.documents.library import StoredDocument
    from camdesk.documents.model import Document
    from camdesk.insight.results import Scorecard, ScoreChange
    from camdesk.store.undo import Act
    from camdesk.store.workspace import Workspace

_OURS_ALONE = ("notes", "tasks")
_HIDDEN_COLUMNS = frozenset(
    heading(name)
    for name in (
        "next_step", "competitor", "probability", "forecast", "influence", "owner_email", "class", "labels",
        "our_share", "parent_partner_id",
    )
)  # fmt: skip
_SHOWN_HITS = frozenset(
    {HitKind.PARTNER, HitKind.DEAL, HitKind.CONTACT, HitKind.COMMITMENT, HitKind.DOCUMENT}
)


class InTheRoomError(CamDeskError):
    """Somebody asked for what is not shown while a partner looks on."""

    def __init__(self) -> None:
        super().__init__("That is not shown in meeting mode.", "Leave it with Ctrl+M first.")


class DeskInTheRoom:
    """One partner's part of the desk, fit for that partner's eyes."""

    def __init__(self, desk: Desk, partner_id: str) -> None:
        self._desk = desk
        self.partner_id = partner_id
        acts = [act.act_id for act in (desk.undoable, desk.redoable) if act is not None]
        self._last_before = max(acts, default=0)

    def __getattr__(self, name: str) -> NoReturn:
        raise InTheRoomError

    @property
    def as_of(self) -> date:
        return self._desk.as_of

    @property
    def settings(self) -> Settings:
        return self._desk.settings

    @property
    def workspace(self) -> Workspace:
        return self._desk.workspace

    # What there is to see

    def partner(self, partner_id: str) -> PartnerReport:
        """Return the partner's page without ranks, alerts, odds, classes and what we judged by hand."""
        self._check(partner_id)
        report = self._desk.partner(partner_id)
        return replace(
            report,
            partner=replace(report.partner, attention="", attention_reason="", stage_reason=""),
            scorecard=_fit_card(report.scorecard),
            other_cards=tuple(_fit_card(card) for card in report.other_cards),
            alerts=(),
            odds=None,
            family=None,
            pinned=False,
        )

    def score_change(self, partner_id: str, *, before: date, after: date) -> ScoreChange:
        self._check(partner_id)
        return self._desk.score_change(partner_id, before=before, after=after)

    def open_figure(self, partner_id: str, metric: str) -> FigureReport:
        self._check(partner_id)
        return _fit_figure(self._desk.open_figure(partner_id, metric))

    def partner_part(self, partner_id: str, part: str) -> PartReport:
        self._check(partner_id)
        report = self._desk.partner_part(partner_id, part)
        return replace(report, tables=_fit_tables(report.tables))

    def open_part_figure(self, partner_id: str, part: str, figure: str) -> FigureReport:
        self._check(partner_id)
        return _fit_figure(self._desk.open_part_figure(partner_id, part, figure))

    def open_records(self, title: str, records: Iterable[tuple[str, str]]) -> FigureReport:
        return _fit_figure(self._desk.open_records(title, records))

    def search(self, words: str, *, limit: int = 20, partner_id: str | None = None) -> tuple[Hit, ...]:
        """Find among the partner's own records; notes, meetings and tasks are ours."""
        found = self._desk.search(words, limit=limit, partner_id=self.partner_id)
        return tuple(hit for hit in found if hit.kind in _SHOWN_HITS)

    # Documents: only the partner's own, and only as copies for the partner

    def documents(self, partner_id: str | None = None) -> tuple[StoredDocument, ...]:
        return self._desk.documents(self.partner_id)

    def document(self, document_id: int, *, version: int | None = None) -> Document:
        self._check_document(document_id)
        return self._desk.document(document_id, version=version)

    def export(self, document_id: int, target: Path, copy: Copy) -> Path:
        """Write a copy for the partner, whatever copy is asked for; checked for leaks as ever."""
        self._check_document(document_id)
        return self._desk.export(document_id, target, replace(copy, internal=False))

    # What both sides agree on the spot

    def commitments(
        self, partner_id: str | None = None, *, everything: bool = False
    ) -> tuple[Commitment, ...]:
        return self._desk.commitments(self.partner_id, everything=everything)

    def add_commitment(
        self, partner_id: str, text: str, *, side: str, due_on: str | None = None, owner: str | None = None
    ) -> str:
        self._check(partner_id)
        return self._desk.add_commitment(partner_id, text, side=side, due_on=due_on, owner=owner)

    def finish_commitment(self, commitment_id: str, *, on: date | None = None) -> None:
        if commitment_id not in {one.commitment_id for one in self.commitments()}:
            raise InTheRoomError
        self._desk.finish_commitment(commitment_id, on=on)

    @property
    def undoable(self) -> Act | None:
        """The last act, where it was done in this meeting: the words of an earlier one may name others."""
        act = self._desk.undoable
        return act if act is not None and act.act_id > self._last_before else None

    def undo(self) -> Act | None:
        return self._desk.undo() if self.undoable is not None else None

    def redo(self) -> Act | None:
        act = self._desk.redoable
        return self._desk.redo() if act is not None and act.act_id > self._last_before else None

    def _check(self, partner_id: str) -> None:
        if partner_id != self.partner_id:
            raise InTheRoomError

    def _check_document(self, document_id: int) -> None:
        if document_id not in {one.document_id for one in self.documents()}:
            raise InTheRoomError


def _fit_card(card: Scorecard) -> Scorecard:
    return replace(card, rank=None, ranked=0, quartile=None, judged=None, to_connect=())


def _fit_figure(figure: FigureReport) -> FigureReport:
    return replace(figure, tables=_fit_tables(figure.tables))


def _fit_tables(tables: Iterable[RecordTable]) -> tuple[RecordTable, ...]:
    return tuple(_fit_table(table) for table in tables if table.entity not in _OURS_ALONE)


def _fit_table(table: RecordTable) -> RecordTable:
    """Return the table without the columns that are ours alone."""
    shown = [at for at, head in enumerate(table.heads) if head not in _HIDDEN_COLUMNS]
    return replace(
        table,
        heads=tuple(table.heads[at] for at in shown),
        numeric=tuple(table.numeric[at] for at in shown),
        rows=tuple(tuple(row[at] for at in shown) for row in table.rows),
        orders=tuple(tuple(row[at] for at in shown) for row in table.orders),
    )
