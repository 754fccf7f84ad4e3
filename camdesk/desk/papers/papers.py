"""The part of the desk about reviews and plans: drafted, edited, refreshed, agreed, versioned, exported.

Their engines load with the first verb that needs one, not with the window.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from camdesk.desk.clock import instant_now
from camdesk.desk.undoing import Undoing
from camdesk.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from camdesk.base.progress import Progress
    from camdesk.desk.naming import Names
    from camdesk.desk.papers.reviews_due import DueReport
    from camdesk.desk.writing.own_rows import Hand
    from camdesk.documents.comparing import Comparison
    from camdesk.documents.exports.exporting import Copy
    from camdesk.documents.library import Saving, StoredDocument
    from camdesk.documents.model import Document
    from camdesk.documents.pdf import Paper
    from camdesk.documents.plan_progress import PlanProgress
    from camdesk.documents.refreshing import MovedFigure
    from camdesk.documents.versions import Version


class Papers(Undoing):
    """Documents made with a partner. A number that no document has: NotFoundError.

    A partner may be given by its id or the beginning of its name. Every change is a version of its own, and
    one made to an agreed document makes it a draft again; the agreed version stays among the others.
    """

    @abstractmethod
    def _writing(
        self, say: Callable[[Names], str]
    ) -> AbstractContextManager[tuple[Connection, Hand], bool | None]:
        """Yield the writing connection and who writes."""

    # Drafting

    def draft_review(
        self, partner_id: str, *, period: str | None = None, attention: str | None = None
    ) -> int:
        """Draft a review of a fiscal quarter (`2026-Q3`; the newest finished one by default).

        It is as long as the partner's attention class asks, or the class given: A up to ten pages, B two.
        """
        from camdesk.desk.papers import drafting

        with self._lock, self._doing(lambda names: f"Drafted a review of {names.partner(partner_id)}"):
            found = self.find_partner(partner_id)
            quarter = drafting.quarter_of(self.insight, period)
            return drafting.review(
                self.insight, found, quarter, saved_at=instant_now(), by=self.author, attention=attention
            )

    def draft_plan(self, partner_id: str, *, year: int | None = None) -> int:
        """Draft a joint business plan for a fiscal year; the next one by default."""
        from camdesk.desk.papers import drafting

        with self._lock, self._doing(lambda names: f"Drafted a plan with {names.partner(partner_id)}"):
            found = self.find_partner(partner_id)
            return drafting.plan(self.insight, found, year, saved_at=instant_now(), by=self.author)

    def draft_due_reviews(self, *, within_days: int, progress: Progress, mine: bool = True) -> DueReport:
        """Draft every review due within so many days: one act, which ends where it is stopped."""
        from camdesk.desk.papers import reviews_due

        with self._lock, self._doing(lambda _: f"Drafted the reviews due within {within_days} days"):
            return reviews_due.draft_all(
                self.insight, within_days=within_days, mine=mine, by=self.author, progress=progress
            )

    # Reading

    def documents(self, partner_id: str | None = None) -> tuple[StoredDocument, ...]:
        """Return all documents, or a partner's, the last saved first."""
        from camdesk.documents.library import list_documents

        return list_documents(self.workspace.database, partner_id=partner_id)

    def document(self, document_id: int, *, version: int | None = None) -> Document:
        """Return a document's newest version, or that of a number."""
        from camdesk.documents.library import load_document
        from camdesk.documents.versions import load_version

        if version is None:
            return load_document(self.workspace.database, document_id)
        return load_version(self.workspace.database, document_id, version)

    def versions(self, document_id: int) -> tuple[Version, ...]:
        """Return a document's versions, oldest first."""
        from camdesk.documents.versions import versions_of

        return versions_of(self.workspace.database, document_id)

    def compare(self, document_id: int, *, old: int | None = None, new: int | None = None) -> Comparison:
        """Return what changed from one version to another; from the one before the newest without numbers."""
        from camdesk.documents.comparing import compare

        newest = len(self.versions(document_id))
        later = new or newest
        earlier = old or max(1, later - 1)
        return compare(self.document(document_id, version=earlier), self.document(document_id, version=later))

    def moved_figures(self, document_id: int) -> tuple[MovedFigure, ...]:
        """Return the frozen figures that would read differently if they were drafted today."""
        from camdesk.desk.papers import drafting
        from camdesk.documents.refreshing import moved

        with self._lock:
            body = self.document(document_id)
            return moved(body, drafting.anew(self.insight, body))

    def plan_progress(self, document_id: int) -> PlanProgress:
        """Return how a stored plan stands today against its pace; raises UsageError for another document."""
        from camdesk.base.errors import UsageError
        from camdesk.documents.plan_progress import progress

        body = self.document(document_id)
        if body.kind != "plan":
            raise UsageError(f"Document {document_id} is a {body.kind}.", "Name a plan; see: document list")
        with self._lock:
            return progress(self.insight, body)

    # Changing

    def refresh(self, document_id: int, *, keys: Collection[str] | None = None) -> tuple[MovedFigure, ...]:
        """Take today's figures in, all or those of some keys; a person's words stay. Return what moved."""
        from camdesk.desk.papers import drafting
        from camdesk.documents.refreshing import moved, refreshed

        with self._lock:
            body = self.document(document_id)
            anew = drafting.anew(self.insight, body)
            taken = tuple(one for one in moved(body, anew) if keys is None or one.key in keys)
            self._change(
                document_id,
                lambda newest: refreshed(newest, anew, keys=keys),
                what=f"Figures refreshed: {len(taken)}.",
                said="Refreshed the figures of",
            )
            return taken

    def write_section(self, document_id: int, section: str, text: str | None) -> None:
        """Put a person's words (Markdown with figure tokens) in a section; None: the drafted ones again."""
        from camdesk.desk.writing.editing import with_section

        self._change(
            document_id,
            lambda body: with_section(body, section, text),
            what=f"The words of {section} changed.",
            said=f"Wrote {section} in" if text is not None else f"Took the drafted words for {section} in",
        )

    def promise(
        self,
        document_id: int,
        text: str,
        *,
        side: str,
        owner: str | None = None,
        due_on: date | None = None,
    ) -> None:
        """Add what a side (ours, theirs) promises; it is kept as a commitment once the document is agreed."""
        from camdesk.desk.writing.editing import with_promise

        self._change(
            document_id,
            lambda body: with_promise(body, text, side=side, owner=owner, due_on=due_on),
            what="A promise was added.",
            said="Added a promise to",
        )

    def take_out_promise(self, document_id: int, number: int) -> None:
        """Take a proposed promise out, by its number as they are listed."""
        from camdesk.documents.promises import taken_out

        self._change(
            document_id,
            lambda body: taken_out(body, number),
            what="A promise was taken out.",
            said="Took a promise out of",
        )

    def name_version(self, document_id: int, name: str, *, version: int | None = None) -> Version:
        """Call a version by a name, the newest by default."""
        from camdesk.documents.versions import name_version

        with self._doing(lambda names: f"Named a version of {names.document(document_id)}"):
            return name_version(self.workspace.database, document_id, version, name)

    def restore_version(self, document_id: int, version: int) -> None:
        """Make an earlier version the newest again; those between stay."""
        from camdesk.documents.versions import restore

        saving = self._saving(f"Version {version} restored.")
        with self._doing(lambda names: f"Restored version {version} of {names.document(document_id)}"):
            restore(self.workspace.database, document_id, version, saving=saving)

    def agree(
        self,
        document_id: int,
        *,
        ours: Sequence[str],
        theirs: Sequence[str] = (),
        on: date | None = None,
    ) -> tuple[str, ...]:
        """Lock a document as agreed; return the ids of the commitments that this wrote."""
        from camdesk.desk.papers import agreeing

        day = on or self.as_of
        with self._writing(lambda names: f"Agreed {names.document(document_id)}") as (connection, hand):
            written = agreeing.agree(connection, hand, document_id, ours=ours, theirs=theirs, on=day)
            audit.record(connection, "document agreed", detail=f"document {document_id}", at=hand.at)
        return written

    # Exporting

    def export(self, document_id: int, target: Path, copy: Copy) -> Path:
        """Write a copy of a document; the file appears whole or not at all.

        Raises LeakError where it holds what the partner must not see, unless it is a copy for our own side.
        """
        from camdesk.desk.papers.branding import branding_of
        from camdesk.documents.confidential import own_words, secrets_of
        from camdesk.documents.exports.exporting import export
        from camdesk.documents.exports.mail import letter_to

        body = self.document(document_id)
        database = self.workspace.database
        sender = next(iter(self.settings.owner_emails), "")
        written = export(
            body,
            target,
            copy,
            secrets=secrets_of(database, body.partner_id, our_name=body.our_name),
            own=own_words(database, body.partner_id),
            letter=letter_to(database, body.partner_id, sender=sender),
            brand=branding_of(database, self.settings, body.partner_id, cover=copy.cover),
        )
        form = f"{copy.form}, internal" if copy.internal else copy.form
        with database.write() as connection:
            detail = f"document {document_id} as {form}"
            audit.record(connection, "document exported", detail=detail, at=instant_now())
        return written

    def export_pdf(self, document_id: int, target: Path, *, paper: Paper = "a4") -> Path:
        """Write a document as PDF for the partner."""
        from camdesk.documents.exports.exporting import Copy

        return self.export(document_id, target, Copy("pdf", paper))

    def _change(
        self, document_id: int, change: Callable[[Document], Document], *, what: str, said: str
    ) -> None:
        """Save a change; `what` is for the document's change log, `said` for the message, before its name."""
        from camdesk.documents.library import change_document

        with self._doing(lambda names: f"{said} {names.document(document_id)}"):
            change_document(self.workspace.database, document_id, change, saving=self._saving(what))

    def _saving(self, what: str) -> Saving:
        from camdesk.documents.library import Saving

        return Saving(instant_now(), self.author, what)
