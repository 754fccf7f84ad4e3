"""The workspace's documents as they are stored: each with its versions, newest last, none ever changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, insert, select, update

from camdesk.base.errors import NotFoundError
from camdesk.documents.model import Agreement, Commentary, Document, LogEntry, from_json, to_json
from camdesk.documents.refreshing import refreshed
from camdesk.store.database import Database
from camdesk.store.tables import document, document_version

DRAFT, AGREED = "draft", "agreed"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as a list shows it; instants as the store holds them."""

    document_id: int
    kind: str
    partner_id: str
    period: str
    status: str
    created_at: str
    saved_at: str
    versions: int


@dataclass(frozen=True, slots=True)
class Saving:
    """One act of saving: when, by whom, and what it did, for the change log of a document once agreed."""

    at: str  # an instant in the store's form
    by: str
    what: str


def save_draft(database: Database, body: Document, *, saved_at: str, by: str = "") -> int:
    """Keep a draft and return its document's number.

    A draft of the same kind, partner and period becomes that document's next version: what a person wrote
    in it stays, and where it had been agreed the agreed version does, too. `saved_at` is an instant.
    """
    saving = Saving(saved_at, by, "Drafted anew.")
    with database.write() as connection:
        found = connection.execute(
            select(document.c.document_id)
            .where(
                document.c.kind == body.kind,
                document.c.partner_id == body.partner_id,
                document.c.period == body.period,
            )
            .order_by(document.c.document_id.desc())
            .limit(1)
        ).scalar()
        if found is not None:
            _keep(
                connection, int(found), lambda earlier: refreshed(earlier, body), saving=saving, always=True
            )
            return int(found)
        made = insert(document).values(
            kind=body.kind,
            partner_id=body.partner_id,
            period=body.period,
            status=DRAFT,
            created_at=saved_at,
        )
        number = int(connection.execute(made.returning(document.c.document_id)).scalar_one())
        _insert_version(connection, number, body, saved_at)
    return number


def change_document(
    database: Database,
    document_id: int,
    change: Callable[[Document], Document],
    *,
    saving: Saving,
) -> Document:
    """Save what `change` makes of a document's newest version as its next one, and return it.

    A document that had been agreed is a draft again, with an entry in its change log. A change that
    changes nothing makes no version.
    """
    with database.write() as connection:
        return _keep(connection, document_id, change, saving=saving)


def lock(connection: Connection, document_id: int, body: Document, agreement: Agreement, *, at: str) -> None:
    """Save a document's next version as agreed, with who agreed to it and when."""
    _insert_version(connection, document_id, replace(body, agreement=agreement), at)
    _set_status(connection, document_id, AGREED)


def _keep(
    connection: Connection,
    document_id: int,
    change: Callable[[Document], Document],
    *,
    saving: Saving,
    always: bool = False,
) -> Document:
    before = newest(connection, document_id)
    body = change(before)
    if body == before and not always:
        return before
    if body != before:
        was_agreed = before.agreement is not None
        if was_agreed or before.log:
            entry = LogEntry(saving.at, saving.by, saving.what)
            body = replace(body, agreement=None, log=(*before.log, entry))
        _set_status(connection, document_id, DRAFT)
    _insert_version(connection, document_id, body, saving.at)
    return body


def _insert_version(connection: Connection, document_id: int, body: Document, at: str) -> None:
    connection.execute(
        insert(document_version).values(document_id=document_id, saved_at=at, body=to_json(body))
    )


def _set_status(connection: Connection, document_id: int, status: str) -> None:
    connection.execute(update(document).where(document.c.document_id == document_id).values(status=status))


def newest(connection: Connection, document_id: int) -> Document:
    """Return the newest version of a document as a transaction sees it; raises NotFoundError."""
    text = connection.execute(
        select(document_version.c.body)
        .where(document_version.c.document_id == document_id)
        .order_by(document_version.c.version_id.desc())
        .limit(1)
    ).scalar()
    if text is None:
        raise NotFoundError(f"There is no document {document_id}.", "See the list: camdesk document list")
    return from_json(text)


def load_document(database: Database, document_id: int) -> Document:
    """Return the newest version of a document; raises NotFoundError."""
    with database.read() as connection:
        return newest(connection, document_id)


def with_text(body: Document, section: str, text: str | None) -> Document:
    """Return the document with a person's words for a section; None goes back to the drafted ones."""
    kept = tuple(one for one in body.commentary if one.section != section)
    written = () if text is None else (Commentary(section, text),)
    return replace(body, commentary=(*kept, *written))


def list_documents(database: Database, *, partner_id: str | None = None) -> tuple[StoredDocument, ...]:
    """Return all documents, the last saved first."""
    query = (
        select(
            document,
            func.max(document_version.c.saved_at).label("saved_at"),
            func.count().label("versions"),
        )
        .join(document_version, document_version.c.document_id == document.c.document_id)
        .group_by(document.c.document_id)
        .order_by(func.max(document_version.c.version_id).desc())
    )
    if partner_id is not None:
        query = query.where(document.c.partner_id == partner_id)
    with database.read() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(StoredDocument(**row) for row in rows)
