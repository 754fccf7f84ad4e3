"""From one released schema to the next: on a copy, checked, swapped in; the old file is kept.

A new database is made as `tables.py` says. Each version after the first is one step over a connection,
written in SQL of its own time, never with the tables of today.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from camdesk.base.errors import CamDeskError
from camdesk.store import search
from camdesk.store.database import DamagedError, Database
from camdesk.store.tables import METADATA

Step = Callable[[Connection], None]

_TO_2 = """
DROP TABLE snapshot;
CREATE TABLE kept_report (name TEXT NOT NULL PRIMARY KEY, made_from TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE snapshot (
  taken_on TEXT NOT NULL, partner_id TEXT NOT NULL, profile_version TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (taken_on, partner_id)
) WITHOUT ROWID;
CREATE TABLE fact_touch (generation INTEGER NOT NULL, partner_id TEXT);
CREATE INDEX fact_touch_generation ON fact_touch (generation);
ALTER TABLE task ADD COLUMN deal_id TEXT;
ALTER TABLE task ADD COLUMN alert_id INTEGER;
ALTER TABLE commitments ADD COLUMN dropped_because TEXT;
ALTER TABLE commitments_past ADD COLUMN dropped_because TEXT;
CREATE TABLE own_entry (
  entity TEXT NOT NULL, record_id TEXT NOT NULL, author TEXT NOT NULL, written_at TEXT NOT NULL,
  document_id INTEGER, merged_source TEXT, merged_id TEXT, kept_apart INTEGER NOT NULL DEFAULT '0',
  PRIMARY KEY (entity, record_id)
) WITHOUT ROWID;
CREATE TABLE judgement (
  judgement_id INTEGER NOT NULL PRIMARY KEY, partner_id TEXT NOT NULL, about TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL, author TEXT NOT NULL, made_on TEXT NOT NULL, expires_on TEXT, ended_on TEXT
);
CREATE INDEX judgement_partner ON judgement (partner_id, about);
CREATE TABLE forecast_call (
  partner_id TEXT NOT NULL, quarter_from TEXT NOT NULL, week_on TEXT NOT NULL, amount INTEGER NOT NULL,
  author TEXT NOT NULL, written_at TEXT NOT NULL, PRIMARY KEY (partner_id, quarter_from, week_on)
) WITHOUT ROWID;
CREATE INDEX contacts_0 ON contacts (partner_id);
CREATE INDEX agreements_0 ON agreements (partner_id);
CREATE INDEX terms_0 ON terms (partner_id);
CREATE INDEX deals_2 ON deals (
  partner_id, kind, status, closed_on, decision, amount_base, submitted_at, decided_at);
DROP INDEX usage_0;
CREATE INDEX usage_0 ON usage (partner_id, month, recurring_revenue_base, seats, active_seats, customer);
DROP INDEX sell_through_0;
CREATE INDEX sell_through_0 ON sell_through (partner_id, month, value_base, reseller, units, customer);
DROP INDEX sell_through_1;
CREATE INDEX sell_through_1 ON sell_through (reseller_partner_id, month, value_base, line_id)
"""

_TO_3 = """
CREATE TABLE pinned (partner_id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL);
CREATE TABLE saved_view (
  screen TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (screen, name)
) WITHOUT ROWID;
CREATE TABLE logo (partner_id TEXT NOT NULL PRIMARY KEY, media_type TEXT NOT NULL, image BLOB NOT NULL)
"""


def _to_2(connection: Connection) -> None:
    """Add what a CAM writes and judges, forecast calls, snapshots, and whose figures a change moves."""
    for statement in _TO_2.split(";"):
        connection.exec_driver_sql(statement)
    past = connection.exec_driver_sql(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'partner_id' "
        "WHERE m.type = 'table' AND m.name LIKE '%\\_past' ESCAPE '\\'"
    )
    for (name,) in past.all():
        connection.exec_driver_sql(f"CREATE INDEX {name}_partner ON {name} (partner_id)")


def _to_3(connection: Connection) -> None:
    """Add what a CAM pins, the views that are kept by name, and logos."""
    for statement in _TO_3.split(";"):
        connection.exec_driver_sql(statement)


STEPS: Mapping[int, Step] = {2: _to_2, 3: _to_3}
"""The step that leads to each version from the one before; the first release has none."""
SCHEMA_VERSION = 3


class NewerSchemaError(CamDeskError):
    """The database was written by a later release."""


def create(database: Database) -> None:
    """Make all tables in an empty file."""
    with database.write() as connection:
        METADATA.create_all(connection)
        search.rebuild(connection)
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


def version_of(database: Database) -> int:
    with database.read() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(
    path: Path, key: bytes, *, steps: Mapping[int, Step] = STEPS, target: int = SCHEMA_VERSION
) -> None:
    """Bring the file at `path` to `target`; raise NewerSchemaError, file untouched, where it is beyond."""
    database = Database(path, key)
    found = version_of(database)
    if found < 1:
        database.close()
        raise DamagedError("The database is empty.", "Restore the newest backup with: camdesk restore FILE")
    if found > target:
        database.close()
        raise NewerSchemaError(
            f"This workspace has schema {found}; this CAM Desk knows up to {target}.",
            "Update CAM Desk to open it. Nothing was changed.",
        )
    if found == target:
        database.close()
        return
    with database.read() as connection:
        connection.rollback()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    draft = path.with_name(f"{path.name}.migrating")
    shutil.copyfile(path, draft)
    copy = Database(draft, key)
    with copy.write() as connection:
        for version in range(found + 1, target + 1):
            steps[version](connection)
        search.rebuild(connection)
        connection.exec_driver_sql(f"PRAGMA user_version={target}")
    copy.check()
    with copy.read() as connection:
        connection.rollback()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy.close()
    kept = path.with_name(f"{path.stem}-before-v{target}{path.suffix}")
    os.replace(path, kept)
    os.replace(draft, path)
