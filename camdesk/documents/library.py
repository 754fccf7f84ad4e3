"""The workspace's documents: each with its versions, newest last."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, insert, select

from camdesk.base.errors import NotFoundError
from camdesk.documents.model import Document, from_json, to_json
from camdesk.store.database import Database
from camdesk.store.tables import document, document_version


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


def save_draft(database: Database, body: Document, *, saved_at: str) -> int:
    """Keep a draft and return its document's number.

    A draft of the same kind, partner and period becomes that document's next version, so nothing is lost.
    `saved_at` is the instant, in the store's form.
    """
    with database.write() as connection:
        found = connection.execute(
            select(document.c.document_id).where(
                document.c.kind == body.kind,
                document.c.partner_id == body.partner_id,
                document.c.period == body.period,
                document.c.status == "draft",
            )
        ).scalar()
        if found is None:
            found = connection.execute(
                insert(document)
                .values(
                    kind=body.kind,
                    partner_id=body.partner_id,
                    period=body.period,
                    status="draft",
                    created_at=saved_at,
                )
                .returning(document.c.document_id)
            ).scalar_one()
        connection.execute(
            insert(document_version).values(document_id=found, saved_at=saved_at, body=to_json(body))
        )
    return int(found)


def load_document(database: Database, document_id: int) -> Document:
    """Return the newest version of a document."""
    with database.read() as connection:
        text = connection.execute(
            select(document_version.c.body)
            .where(document_version.c.document_id == document_id)
            .order_by(document_version.c.version_id.desc())
            .limit(1)
        ).scalar()
    if text is None:
        raise NotFoundError(f"There is no document {document_id}.", "See the list: camdesk document list")
    return from_json(text)


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
