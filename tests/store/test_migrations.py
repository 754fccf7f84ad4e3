"""A schema moves forward on a copy, whole or not at all; a newer one is refused and left alone."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection

from camdesk.store import migrations
from camdesk.store.database import DamagedError, Database
from camdesk.store.migrations import SCHEMA_VERSION, NewerSchemaError
from camdesk.store.workspace import open_workspace


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def path(tmp_path: Path, key: bytes) -> Path:
    database = Database(tmp_path / "camdesk.db", key)
    migrations.create(database)
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO task (text, created_at) VALUES ('call Ines', '2026-11-20')")
    database.close()
    return database.path


def _tasks(path: Path, key: bytes) -> list[tuple[object, ...]]:
    database = Database(path, key)
    with database.read() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("SELECT text FROM task")]
    database.close()
    return rows


def _add_colour(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE task ADD COLUMN colour TEXT")


def _fail_half_way(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE task ADD COLUMN colour TEXT")
    connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")


def test_a_step_leads_to_the_next_version_and_the_old_file_is_kept(path: Path, key: bytes) -> None:
    target = SCHEMA_VERSION + 1
    migrations.migrate(path, key, steps={target: _add_colour}, target=target)
    database = Database(path, key)
    assert migrations.version_of(database) == target
    database.close()
    kept = path.with_name(f"camdesk-before-v{target}.db")
    assert _tasks(path, key) == _tasks(kept, key) == [("call Ines",)]


def test_a_step_that_fails_changes_nothing(path: Path, key: bytes) -> None:
    target = SCHEMA_VERSION + 1
    with pytest.raises(Exception, match="nowhere"):
        migrations.migrate(path, key, steps={target: _fail_half_way}, target=target)
    database = Database(path, key)
    assert migrations.version_of(database) == SCHEMA_VERSION
    database.close()
    assert _tasks(path, key) == [("call Ines",)]


def test_a_newer_schema_is_refused_and_left_alone(path: Path, key: bytes) -> None:
    database = Database(path, key)
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA user_version=99")
    database.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchemaError, match="99"):
        migrations.migrate(path, key)
    assert path.read_bytes() == before


def test_a_truncated_file_is_called_damaged(path: Path, key: bytes) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 20])
    database = Database(path, key)
    with pytest.raises(DamagedError):
        database.check()
    database.close()


def test_an_empty_file_is_called_damaged(path: Path, key: bytes) -> None:
    path.write_bytes(b"")
    with pytest.raises(DamagedError, match="camdesk restore"):
        migrations.migrate(path, key)


def test_damage_met_by_the_drivers_own_cursor_is_called_damage(path: Path, key: bytes) -> None:
    database = Database(path, key)
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO kept_report VALUES ('x', 'x', ?)", ("x" * 200_000,))
    database.close()
    content = bytearray(path.read_bytes())
    for place in range(len(content) - 100, len(content) - 100_000, -4096):
        content[place] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(DamagedError, match="camdesk restore"), database.sealed() as driver:
        driver.execute("SELECT body FROM kept_report").fetchall()
    database.close()


def test_one_flipped_bit_is_found(path: Path, key: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 10 + 100] ^= 1
    path.write_bytes(bytes(content))
    database = Database(path, key)
    with pytest.raises(DamagedError):
        database.check()
    database.close()


def test_a_migrated_database_has_the_tables_of_a_new_one(tmp_path: Path, key: bytes) -> None:
    home = tmp_path / "old"
    shutil.copytree(Path(__file__).parents[1] / "old_databases" / "v1", home)
    open_workspace(home, ask=lambda _: None).close()
    migrated = open_workspace(home, ask=lambda _: None)
    fresh = Database(tmp_path / "new.db", key)
    migrations.create(fresh)
    assert _shape(migrated.database) == _shape(fresh)
    assert _triggers(migrated.database) == _triggers(fresh) != set()
    migrated.close()
    fresh.close()


def _shape(database: Database) -> dict[str, set[tuple[object, ...]]]:
    """Return the columns and indexes of every table, their order left aside."""
    with database.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).scalars()
        return {
            name: {
                *(row[1:] for row in map(tuple, connection.exec_driver_sql(f"PRAGMA table_info({name})"))),
                *(
                    (row[1], *connection.exec_driver_sql(f"PRAGMA index_info({row[1]})").scalars())
                    for row in map(tuple, connection.exec_driver_sql(f"PRAGMA index_list({name})"))
                ),
            }
            for name in names.all()
        }


def _triggers(database: Database) -> set[tuple[str, str]]:
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {(str(row[0]), str(row[1])) for row in rows}
