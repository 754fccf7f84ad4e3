"""Keep what a verb returned, and return it again while nothing it was made from has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import text

from camdesk.base.settings import Settings
from camdesk.insight.catalog import Catalog
from camdesk.store.database import BusyError, generation
from camdesk.store.kept_reports import read_last, read_report, write_report
from camdesk.store.workspace import Workspace

_Report = TypeVar("_Report")

_ALERTS = "SELECT COUNT(*), MAX(event_id) FROM alert_event"
_PLANS = "SELECT COUNT(*), MAX(document_id) FROM document WHERE status = 'agreed'"
_SYNCS = "SELECT MAX(sync_id) FROM sync_run"
# What is taken back leaves its number to what is done next.
_UNDONE = "SELECT COUNT(*) FROM audit_entry WHERE action IN ('undone', 'done again')"
_JUDGEMENTS = "SELECT COUNT(*), COUNT(ended_on), MAX(judgement_id) FROM judgement"


def kept(
    workspace: Workspace,
    name: str,
    *,
    shape: type[_Report],
    catalog: Catalog,
    settings: Settings,
    as_of: date,
    make: Callable[[], _Report],
) -> _Report:
    """Return the report called `name`: the kept one where it still holds, else a new one, then kept."""
    adapter = adapter_of(shape)
    body = _read(workspace, name, state_of(workspace, catalog, settings, as_of))
    if body is not None:
        return adapter.validate_json(body)
    report = make()
    # Making a report may move alerts on, so what it was made from is asked for afterwards.
    state = state_of(workspace, catalog, settings, as_of)
    with suppress(BusyError), workspace.database.write() as connection:
        write_report(connection, name, made_from=state, body=adapter.dump_json(report).decode())
    return report


def last_kept(workspace: Workspace, name: str, *, shape: type[_Report]) -> _Report | None:
    """Return the report kept last, of whatever day; None where there is none that still reads."""
    with workspace.database.read() as connection:
        body = read_last(connection, name)
    try:
        return adapter_of(shape).validate_json(body) if body is not None else None
    except ValidationError:
        return None  # of an earlier release


def adapter_of(shape: type[_Report]) -> TypeAdapter[_Report]:
    """Return what reads and writes values of a shape; making it takes longer than using it."""
    return _adapter(cast("Any", shape))


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _read(workspace: Workspace, name: str, state: str) -> str | None:
    with workspace.database.read() as connection:
        return read_report(connection, name, made_from=state)


def state_of(workspace: Workspace, catalog: Catalog, settings: Settings, as_of: date) -> str:
    """Return a sign of all that reports are made from: another one, and a kept report no longer holds."""
    with workspace.database.read() as connection:
        facts = generation(connection)
        beside = [
            str(connection.execute(text(sql)).first())
            for sql in (_ALERTS, _JUDGEMENTS, _PLANS, _SYNCS, _UNDONE)
        ]
    parts = (str(facts), *beside, catalog.digest, repr(settings), as_of.isoformat())
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
