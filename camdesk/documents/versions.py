"""A document's versions: listed, named, read and restored. Numbers count from 1, the oldest."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select, text, update

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.documents.library import Saving, change_document
from camdesk.documents.model import Document, from_json
from camdesk.store.database import Database
from camdesk.store.tables import document_version

LONGEST_NAME = 80
_ALL = text(
    "SELECT version_id, saved_at, name, json_extract(body, '$.agreement') IS NOT NULL AS agreed "
    "FROM document_version WHERE document_id = :document_id ORDER BY version_id"
)


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    saved_at: str  # an instant
    name: str | None
    agreed: bool


def versions_of(database: Database, document_id: int) -> tuple[Version, ...]:
    """Return a document's versions, oldest first; raises NotFoundError where there is no such document."""
    with database.read() as connection:
        rows = connection.execute(_ALL, {"document_id": document_id}).mappings().all()
    if not rows:
        raise NotFoundError(f"There is no document {document_id}.", "See the list: camdesk document list")
    return tuple(
        Version(number, row["saved_at"], row["name"], bool(row["agreed"]))
        for number, row in enumerate(rows, start=1)
    )


def load_version(database: Database, document_id: int, number: int) -> Document:
    """Return a document as that version has it."""
    with database.read() as connection:
        version_id = _id_of(connection, document_id, number)
        query = select(document_version.c.body).where(document_version.c.version_id == version_id)
        return from_json(connection.execute(query).scalar_one())


def name_version(database: Database, document_id: int, number: int | None, name: str) -> Version:
    """Call a version by a name, the newest without a number; an empty name takes it away."""
    shown = " ".join(name.split())
    if len(shown) > LONGEST_NAME:
        raise UsageError(f"A version's name has at most {LONGEST_NAME} characters.", "Choose a shorter one.")
    with database.write() as connection:
        version_id = _id_of(connection, document_id, number)
        connection.execute(
            update(document_version)
            .where(document_version.c.version_id == version_id)
            .values(name=shown or None)
        )
    versions = versions_of(database, document_id)
    return versions[-1 if number is None else number - 1]


def restore(database: Database, document_id: int, number: int, *, saving: Saving) -> Document:
    """Make an earlier version the newest again, as a draft; those between stay."""
    earlier = load_version(database, document_id, number)

    def back(newest: Document) -> Document:
        return replace(earlier, agreement=None, log=newest.log)

    return change_document(database, document_id, back, saving=saving)


def _id_of(connection: Connection, document_id: int, number: int | None) -> int:
    ids = [row.version_id for row in connection.execute(_ALL, {"document_id": document_id})]
    if not ids:
        raise NotFoundError(f"There is no document {document_id}.", "See the list: camdesk document list")
    if number is not None and not 1 <= number <= len(ids):
        raise NotFoundError(
            f"Document {document_id} has no version {number}.", f"It has {len(ids)}, numbered from 1."
        )
    return int(ids[-1 if number is None else number - 1])
