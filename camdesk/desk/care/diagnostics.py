"""What somebody who helps needs to know: versions, sizes and counts, and the log. No name, no amount."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, func, select

from camdesk.portfolio.entities import ENTITIES
from camdesk.store import audit
from camdesk.store.migrations import SCHEMA_VERSION
from camdesk.store.tables import CURRENT, PAST, alert, document, source

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

LOG_NAME = "camdesk.log"
_PACKAGES = ("camdesk", "PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "typst", "pydantic", "keyring")


def write(desk: Desk, target: Path) -> Path:
    """Write a ZIP of what is known and of the window's log, whole or not at all."""
    from camdesk.documents.placing import place

    with TemporaryDirectory() as folder:
        made = Path(folder) / "diagnostics.zip"
        with ZipFile(made, "w", ZIP_DEFLATED) as packed:
            packed.writestr("diagnostics.json", json.dumps(about(desk), indent=2))
            log = desk.workspace.home / LOG_NAME
            if log.exists():
                packed.write(log, LOG_NAME)
        return place(made, target)


def about(desk: Desk) -> dict[str, Any]:
    """Return what there is to know of the machine and the workspace."""
    settings = desk.settings
    with desk.workspace.database.read() as connection:
        entries, broken = audit.verify(connection)
        return {
            "machine": {
                "system": platform.system(),
                "release": platform.release(),
                "machine": platform.machine(),
                "python": platform.python_version(),
            },
            "versions": {name: _version(name) for name in _PACKAGES},
            "sqlite": connection.exec_driver_sql("SELECT sqlite_version()").scalar_one(),
            "cipher": connection.exec_driver_sql("PRAGMA cipher_version").scalar_one(),
            "schema": SCHEMA_VERSION,
            "database_bytes": desk.workspace.database.path.stat().st_size,
            "settings": {
                "base_currency": settings.base_currency,
                "fiscal_year_start_month": settings.fiscal_year_start_month,
                "owners": len(settings.owner_emails),
                "stale_after_days": settings.stale_after_days,
            },
            "as_of": desk.as_of.isoformat(),
            "rows": _counts(connection),
            "sources": [
                {"kind": one.kind, "last_sync": one.last_sync, "rows": one.rows, "problems": one.problems}
                for one in desk.sources()
            ],
            "connected": connection.execute(select(func.count()).select_from(source)).scalar_one(),
            "alerts": connection.execute(select(func.count()).select_from(alert)).scalar_one(),
            "documents": connection.execute(select(func.count()).select_from(document)).scalar_one(),
            "audit": {"entries": entries, "first_broken": broken},
            "definition_problems": [f"{one.file}: {one.reason}" for one in desk.definition_problems],
        }


def _counts(connection: Connection) -> dict[str, dict[str, int]]:
    """Return how many rows each entity has now, and how many earlier versions of them are kept."""
    return {
        name: {
            "now": connection.execute(select(func.count()).select_from(CURRENT[name])).scalar_one(),
            "past": connection.execute(select(func.count()).select_from(PAST[name])).scalar_one(),
        }
        for name in ENTITIES
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
