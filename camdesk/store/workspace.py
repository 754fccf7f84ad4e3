"""A workspace folder: the header, the encrypted database, and the user's own definition files."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from camdesk.base.errors import CamDeskError
from camdesk.base.settings import Settings
from camdesk.base.working_time import WorkingTime
from camdesk.store import keys, migrations
from camdesk.store.database import Database
from camdesk.store.undo import ActLog

DATABASE = "camdesk.db"
HEADER = "workspace.json"
DEFINITIONS = ("metrics", "profiles", "rules", "mappings")
"""The folders of the user's own definitions."""


class NoWorkspaceError(CamDeskError):
    """There is no workspace in the folder that was named."""


class WorkspaceExistsError(CamDeskError):
    """There already is a workspace in the folder that was named."""


class Workspace:
    """An open workspace: its folder, its database, how it was unlocked, and what was done in it since."""

    def __init__(self, home: Path, database: Database, mode: keys.KeyMode) -> None:
        self.home = home
        self.database = database
        self.mode = mode
        self.acts = ActLog(database)

    @property
    def is_sample(self) -> bool:
        return self.mode is keys.KeyMode.SAMPLE

    @property
    def key_is_in_keyring(self) -> bool:
        return self.mode is keys.KeyMode.KEYRING

    def definitions(self, kind: str) -> Path:
        """Return the folder of the user's own `metrics`, `profiles`, `rules` or `mappings`."""
        return self.home / kind

    def settings(self) -> Settings:
        with self.database.read() as connection:
            return read_settings(connection)

    def save_settings(self, settings: Settings) -> None:
        with self.database.write() as connection:
            write_settings(connection, settings)

    def has_facts(self) -> bool:
        """Tell whether any partner was ever brought in."""
        with self.database.read() as connection:
            return connection.execute(text("SELECT 1 FROM partners LIMIT 1")).first() is not None

    def close(self) -> None:
        self.database.close()


def exists(home: Path) -> bool:
    return (home / HEADER).is_file()


def key_mode(home: Path) -> keys.KeyMode:
    """Return where the key of the workspace in `home` lies, without opening it."""
    return keys.read_header(home / HEADER).mode


def discard(home: Path) -> None:
    """Delete the database and header in `home`; what else lies there stays."""
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", HEADER):
        (home / name).unlink(missing_ok=True)


def create(
    home: Path, settings: Settings, *, ask: keys.PassphraseSource, mode: keys.KeyMode | None = None
) -> Workspace:
    """Make a workspace in `home`; raise WorkspaceExistsError where there is one already."""
    if exists(home):
        raise WorkspaceExistsError(
            f"There already is a workspace in {home}.", "Choose another folder with --home."
        )
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CamDeskError(
            f"The folder {home} cannot be made.", "Choose a folder of your own with --home."
        ) from error
    key, header = keys.make_key(mode, ask)
    database = Database(home / DATABASE, key)
    migrations.create(database)
    workspace = Workspace(home, database, header.mode)
    workspace.save_settings(settings)
    (home / DATABASE).chmod(0o600)
    header.save(home / HEADER)
    return workspace


def open_workspace(home: Path, *, ask: keys.PassphraseSource) -> Workspace:
    """Open the workspace in `home`, brought to today's schema first."""
    if not exists(home):
        raise NoWorkspaceError(
            f"There is no workspace in {home}.",
            "Make one with: camdesk init, or look at the sample: camdesk demo",
        )
    header = keys.read_header(home / HEADER)
    key = keys.unlock(header, ask)
    if not (home / DATABASE).is_file():
        raise CamDeskError(
            "The database of this workspace is missing.", "Restore a backup: camdesk restore FILE"
        )
    migrations.migrate(home / DATABASE, key)
    return Workspace(home, Database(home / DATABASE, key), header.mode)


def read_settings(connection: Connection) -> Settings:
    stored = connection.execute(text("SELECT value FROM setting WHERE name = 'settings'")).scalar()
    if stored is None:
        return Settings()
    body: dict[str, Any] = json.loads(stored)
    week = body["working_time"]
    working_time = WorkingTime(
        tuple(week["weekdays"]),
        week["opens_hour"],
        week["closes_hour"],
        frozenset(date.fromisoformat(day) for day in week["holidays"]),
        week["time_zone"],
    )
    fixed = body["fixed_day"]
    return replace(
        Settings(),
        base_currency=body["base_currency"],
        fiscal_year_start_month=body["fiscal_year_start_month"],
        our_name=body["our_name"],
        owner_emails=tuple(body["owner_emails"]),
        working_time=working_time,
        stale_after_days=body["stale_after_days"],
        brand_colour=body.get("brand_colour"),  # workspaces made before there was one have none
        cover=body.get("cover", False),
        fixed_day=date.fromisoformat(fixed) if fixed else None,
    )


def write_settings(connection: Connection, settings: Settings) -> None:
    week = settings.working_time
    body = {
        "base_currency": settings.base_currency,
        "fiscal_year_start_month": settings.fiscal_year_start_month,
        "our_name": settings.our_name,
        "owner_emails": list(settings.owner_emails),
        "working_time": {
            "weekdays": list(week.weekdays),
            "opens_hour": week.opens_hour,
            "closes_hour": week.closes_hour,
            "holidays": sorted(day.isoformat() for day in week.holidays),
            "time_zone": week.time_zone,
        },
        "stale_after_days": settings.stale_after_days,
        "brand_colour": settings.brand_colour,
        "cover": settings.cover,
        "fixed_day": settings.fixed_day.isoformat() if settings.fixed_day else None,
    }
    connection.execute(
        text(
            "INSERT INTO setting (name, value) VALUES ('settings', :body) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        ),
        {"body": json.dumps(body)},
    )
