"""From one released schema to the next: on a copy, checked, swapped in; the old file is kept.

Version 1 is what `tables.py` says. Each later version is one function over a connection, written
in SQL of its own time, never with the tables of today.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from camdesk.base.errors import CamDeskError
from camdesk.store.database import DamagedError, Database
from camdesk.store.tables import METADATA

Step = Callable[[Connection], None]
STEPS: Mapping[int, Step] = {}
"""The step that leads to each version from the one before; the first release has none."""
SCHEMA_VERSION = 1


class NewerSchemaError(CamDeskError):
    """The database was written by a later release."""


def create(database: Database) -> None:
    """Make all tables in an empty file."""
    with database.write() as connection:
        METADATA.create_all(connection)
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
        connection.exec_driver_sql(f"PRAGMA user_version={target}")
    copy.check()
    with copy.read() as connection:
        connection.rollback()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy.close()
    kept = path.with_name(f"{path.stem}-before-v{target}{path.suffix}")
    os.replace(path, kept)
    os.replace(draft, path)
