"""The part of the desk behind a partner's timeline and work: calls logged in one go, drafts, what is open.

What reads them loads with the first look, not with the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from camdesk.desk.clock import instant_now
from camdesk.desk.writing.writing import Writing

if TYPE_CHECKING:
    from camdesk.desk.partner.timeline import TimelineItem
    from camdesk.desk.writing.contacting import Contacting
    from camdesk.desk.writing.work_page import LogOpening, WorkReport

_DRAFTS = "drafts"
_CALL = "Call"  # what a call is about where nobody says


class Working(Writing):
    """What a CAM does on a partner's page. Drafts are no acts: they wait until written or dropped."""

    def log_contacting(self, partner_id: str, contacting: Contacting) -> None:
        """Write a call, meeting or mail with all that was agreed in it: all of it or nothing.

        One on a day to come is written as planned. A commitment is kept on the day of the call.
        """
        from camdesk.desk.writing import contacting as contactings

        contactings.check(contacting, today=self.as_of)
        with (
            self._doing(
                lambda names: contactings.say(contacting, today=self.as_of, partner=names.partner(partner_id))
            ),
            self.workspace.database.write(),
        ):
            self._write_contacting(partner_id, contacting)
        self.facts_changed()

    def _write_contacting(self, partner_id: str, contacting: Contacting) -> None:
        from camdesk.desk.writing import contacting as contactings
        from camdesk.desk.writing.meetings import Meeting

        added = [self.add_row("contacts", partner_id, {"name": name}) for name in contacting.newcomers]
        note, moment = contacting.note.strip(), self._moment_of(contacting.on)
        if contacting.kind == contactings.MAIL:
            note = f"Mail: {note}"
        else:
            meeting = Meeting(
                contacting.kind,
                moment,
                contacting.subject.strip() or (_CALL if contacting.kind == "call" else None),
                (*contacting.attendees, *added),
                planned=contacting.on > self.as_of,
            )
            self.log_meeting(partner_id, meeting)
        if note:
            # At the same moment as the meeting, by which a timeline knows that they belong together.
            self.add_row("notes", partner_id, {"text": note, "written_at": moment})
        for commitment_id in contacting.kept:
            self.finish_commitment(commitment_id, on=contacting.on)
        if contacting.promised is not None:
            made = contacting.promised
            due_on = made.due_on.isoformat() if made.due_on else None
            self.add_commitment(
                partner_id, made.text, side=made.side, due_on=due_on, owner=made.owner or None
            )
        if contacting.to_do is not None:
            self.add_task(contacting.to_do.text, partner_id=partner_id, due_on=contacting.to_do.due_on)

    def _moment_of(self, day: date) -> str:
        """Return now where the day is the clock's; otherwise the day, without a time."""
        now = instant_now()
        return now if now.startswith(day.isoformat()) else day.isoformat()

    def log_opening(self, partner_id: str, draft: str) -> LogOpening:
        """Return what logging a call starts from: who may have been there, what is open, what was begun."""
        from camdesk.desk.writing import work_page

        with self.workspace.database.read() as connection:
            people = work_page.contacts(connection, partner_id)
            name = work_page.name_of(connection, partner_id)
        return work_page.LogOpening(
            partner_id, name, people, self.commitments(partner_id), self.draft_kept(draft) or {}
        )

    def work(self, partner_id: str) -> WorkReport:
        """Return what is open with a partner, what is held against it, and what the CAM wrote or judged."""
        from camdesk.desk.writing import work_page

        with self._lock:
            return work_page.report(
                self.insight,
                partner_id,
                commitments=self.commitments(partner_id, everything=True),
                tasks=self.tasks(partner_id, everything=True),
                own_rows=self.own_rows(partner_id),
                offers=self.merge_offers(partner_id),
            )

    def timeline(self, partner_id: str) -> tuple[TimelineItem, ...]:
        """Return what happened with a partner by day, the newest first; what is planned before it."""
        from camdesk.desk.partner import timeline
        from camdesk.documents.library import list_documents

        with self.workspace.database.read() as connection:
            found = timeline.read(connection, partner_id, catalog=self.catalog, notes=self.notes(partner_id))
        documents = list_documents(self.workspace.database, partner_id=partner_id)
        return timeline.in_order((*found, *timeline.of_documents(documents)))

    # What somebody began to write and has not saved

    def keep_draft(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep what was typed, under a name of the window's own; nothing typed: no draft."""
        from camdesk.store.views import SavedView, remove_view, write_view

        with self.workspace.database.write() as connection:
            if values:
                write_view(connection, SavedView(_DRAFTS, key, values))
            else:
                remove_view(connection, _DRAFTS, key)

    def draft_kept(self, key: str) -> Mapping[str, Any] | None:
        """Return what was typed and not yet saved."""
        from camdesk.store.views import read_views

        with self.workspace.database.read() as connection:
            return next((view.body for view in read_views(connection, _DRAFTS) if view.name == key), None)
