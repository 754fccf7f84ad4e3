"""What a CAM writes: the verbs of the desk for rows of one's own, commitments, notes, targets and tasks.

Their engines load with the first verb that needs them, not with the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Literal

from camdesk.desk.clock import instant_now
from camdesk.desk.undoing import Undoing

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from camdesk.desk.naming import Names
    from camdesk.desk.writing.entries import Commitment, MergeOffer, Note, OwnRow
    from camdesk.desk.writing.meetings import Meeting
    from camdesk.desk.writing.own_rows import Hand
    from camdesk.desk.writing.targets import Span, TargetSet
    from camdesk.store.tasks import Task
    from camdesk.sync.report import SourceReport


class Writing(Undoing):
    """The part of the desk a CAM writes with. Values are given as text and checked like those of a file."""

    # Rows of one's own, of any entity that a CAM may add to

    def add_row(
        self,
        entity: str,
        partner_id: str,
        values: Mapping[str, str | None],
        *,
        document_id: int | None = None,
    ) -> str:
        """Write a row and return its id; raises UsageError where a value cannot be what it claims."""
        from camdesk.desk.naming import a, noun
        from camdesk.desk.writing import own_rows

        kind = own_rows.addable(entity)
        with self._writing(lambda names: f"Added {a(noun(kind))} for {names.partner(partner_id)}") as (
            connection,
            hand,
        ):
            return own_rows.add(connection, hand, kind, partner_id, values, document_id=document_id)

    def change_row(self, entity: str, record_id: str, values: Mapping[str, str | None]) -> None:
        """Write some columns of a row anew; an empty text empties a column."""
        from camdesk.desk.writing import own_rows

        kind = own_rows.addable(entity)
        with self._writing(lambda names: f"Changed {names.row(kind, record_id)}") as (connection, hand):
            own_rows.change(connection, hand, kind, record_id, values)

    def remove_row(self, entity: str, record_id: str) -> None:
        """Take a row out; past days keep it."""
        from camdesk.desk.writing import own_rows

        kind = own_rows.addable(entity)
        with self._writing(lambda names: f"Removed {names.row(kind, record_id)}") as (connection, hand):
            own_rows.remove(connection, hand, kind, record_id)

    def own_rows(self, partner_id: str | None = None) -> tuple[OwnRow, ...]:
        """Return the rows the CAM wrote, with who wrote them and when."""
        from camdesk.desk.writing import own_lists

        with self.workspace.database.read() as connection:
            return own_lists.own(connection, partner_id=partner_id)

    def merge_offers(self, partner_id: str | None = None) -> tuple[MergeOffer, ...]:
        """Return the rows the CAM wrote that synced ones seem to repeat."""
        from camdesk.desk.writing import own_lists

        with self.workspace.database.read() as connection:
            return own_lists.offers(connection, partner_id=partner_id)

    def merge_row(self, entity: str, record_id: str, *, into: str | None = None) -> tuple[str, str]:
        """Let an own row give way to the synced row it resembles; return that row's source and id."""
        from camdesk.desk.writing import merging, own_rows

        kind = own_rows.addable(entity)
        with self._writing(lambda names: f"Merged {names.row(kind, record_id)}") as (connection, hand):
            match = merging.merge(connection, hand, kind, record_id, into=into)
        return match.source, match.synced_id

    def keep_row(self, entity: str, record_id: str) -> None:
        """Keep an own row beside the synced one it resembles; it is not offered again."""
        from camdesk.desk.writing import merging, own_rows

        kind = own_rows.addable(entity)
        with (
            self._doing(lambda names: f"Kept {names.row(kind, record_id)} beside the synced one"),
            self.workspace.database.write() as connection,
        ):
            merging.keep_apart(connection, kind, record_id)

    # Meetings, targets, notes, commitments

    def log_meeting(self, partner_id: str, meeting: Meeting) -> str:
        """Write a meeting or call, with its note where there is one; return the meeting's id."""
        from camdesk.desk.writing import meetings

        with self._writing(lambda names: f"{meetings.say(meeting)} with {names.partner(partner_id)}") as (
            connection,
            hand,
        ):
            return meetings.log(connection, hand, partner_id, meeting)

    def set_target(
        self, partner_id: str, metric: str, value: str, *, span: Span, currency: str | None = None
    ) -> TargetSet:
        """Set a partner's target of a metric for a period, in place of one's own of that period."""
        from camdesk.desk.writing import targets

        period = span.days(self.settings.calendar, self.as_of)
        with self._writing(
            lambda names: (
                f"Set the target of {names.metric(metric)} for {names.partner(partner_id)} to {value}"
            )
        ) as (connection, hand):
            return targets.set_target(
                connection, hand, partner_id, metric, value=value, period=period, currency=currency
            )

    def is_held_against(self, metric: str) -> bool:
        """Tell whether any figure is held against targets of a metric."""
        from camdesk.insight.connection import targets_of

        return any(metric in targets_of(each) for each in self.catalog.metrics.values())

    def add_note(self, partner_id: str, text: str) -> str:
        with self._doing(lambda names: f"Wrote a note on {names.partner(partner_id)}"):
            return self.add_row("notes", partner_id, {"text": text})

    def notes(self, partner_id: str) -> tuple[Note, ...]:
        """Return a partner's notes, newest first."""
        from camdesk.desk.writing import own_lists

        with self.workspace.database.read() as connection:
            return own_lists.notes(connection, partner_id)

    def add_commitment(
        self,
        partner_id: str,
        text: str,
        *,
        side: str,
        due_on: str | None = None,
        owner: str | None = None,
        document_id: int | None = None,
    ) -> str:
        """Write what a side (ours, theirs) promises."""
        from camdesk.desk.writing import commitments

        with self._writing(lambda names: f"Added a commitment for {names.partner(partner_id)}") as (
            connection,
            hand,
        ):
            return commitments.add(
                connection,
                hand,
                partner_id,
                text=text,
                side=side,
                due_on=due_on,
                owner=owner,
                document_id=document_id,
            )

    def finish_commitment(self, commitment_id: str, *, on: date | None = None) -> None:
        """Say that a commitment was kept, on the desk's day unless told another."""
        from camdesk.desk.writing import commitments, own_rows

        kind = own_rows.addable("commitments")
        with self._writing(lambda names: f"Marked as kept: {names.row(kind, commitment_id)}") as (
            connection,
            hand,
        ):
            commitments.finish(connection, hand, commitment_id, on=on)

    def drop_commitment(self, commitment_id: str, *, reason: str) -> None:
        """Give a commitment up; it counts neither as kept nor as broken."""
        from camdesk.desk.writing import commitments, own_rows

        kind = own_rows.addable("commitments")
        with self._writing(lambda names: f"Dropped {names.row(kind, commitment_id)}") as (connection, hand):
            commitments.drop(connection, hand, commitment_id, reason=reason)

    def commitments(
        self, partner_id: str | None = None, *, everything: bool = False
    ) -> tuple[Commitment, ...]:
        """Return what is promised and still open, or all; what is due first in front."""
        from camdesk.desk.writing import commitments

        with self.workspace.database.read() as connection:
            return commitments.listed(
                connection, partner_id=partner_id, everything=everything, as_of=self.as_of
            )

    # Tasks: private, and part of no figure

    def add_task(
        self,
        text: str,
        *,
        partner_id: str | None = None,
        deal_id: str | None = None,
        alert_id: int | None = None,
        due_on: date | None = None,
    ) -> int:
        """Keep a task; a deal or an alert says whose it is where no partner is named."""
        from camdesk.desk.naming import short
        from camdesk.desk.writing import tasks

        with (
            self._doing(lambda _: f"Added a task: {short(text)}"),
            self.workspace.database.write() as connection,
        ):
            return tasks.add(
                connection,
                text,
                at=instant_now(),
                due_on=due_on,
                partner_id=partner_id,
                deal_id=deal_id,
                alert_id=alert_id,
            )

    def finish_task(self, task_id: int, *, on: date | None = None) -> Task:
        from camdesk.desk.writing import tasks

        with (
            self._doing(lambda names: f"Done: {names.task(task_id)}"),
            self.workspace.database.write() as connection,
        ):
            return tasks.finish(connection, task_id, on=on or self.as_of)

    def change_task(
        self, task_id: int, *, text: str | None = None, due_on: date | Literal[""] | None = None
    ) -> Task:
        """Write a task anew and return it as it was; None leaves what there is, "" takes the day away."""
        from camdesk.desk.writing import tasks

        with (
            self._doing(lambda names: f"Changed the task: {names.task(task_id)}"),
            self.workspace.database.write() as connection,
        ):
            return tasks.change(connection, task_id, words=text, due_on=due_on)

    def remove_task(self, task_id: int) -> Task:
        """Take a task away, done or not, and return it as it was."""
        from camdesk.desk.writing import tasks

        with (
            self._doing(lambda names: f"Removed the task: {names.task(task_id)}"),
            self.workspace.database.write() as connection,
        ):
            return tasks.remove(connection, task_id)

    def tasks(self, partner_id: str | None = None, *, everything: bool = False) -> tuple[Task, ...]:
        """Return what is to be done, or all of it; what is due first in front."""
        from camdesk.desk.writing import tasks

        with self.workspace.database.read() as connection:
            return tasks.listed(connection, partner_id=partner_id, everything=everything)

    # How it is written

    @contextmanager
    def _writing(self, say: Callable[[Names], str]) -> Iterator[tuple[Connection, Hand]]:
        """Yield the writing connection and who writes; figures follow once all of it is kept."""
        from camdesk.desk.writing.own_rows import Hand
        from camdesk.sync.values import Ids

        ids = Ids(self.catalog.types, frozenset(self.catalog.metrics))
        hand = Hand(self.author, instant_now(), self.as_of.isoformat(), self.settings.base_currency, ids)
        with self._doing(say), self.workspace.database.write() as connection:
            yield connection, hand
        self.facts_changed()

    def _with_offers(self, reports: Sequence[SourceReport]) -> tuple[SourceReport, ...]:
        """Return the reports of syncs with a notice where what they brought repeats what the CAM wrote."""
        from camdesk.desk.writing import merging

        with self.workspace.database.read() as connection:
            return merging.with_offers(connection, reports)
