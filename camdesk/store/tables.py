"""The tables of the database, as SQLAlchemy metadata: one pair per entity, and the CAM's own.

`<entity>` holds the current row of each record; `<entity>_past` its earlier versions, valid from
`seen_from` up to but not including `seen_until`. Both days are as-of days of syncs.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column as Field
from sqlalchemy import Index, Integer, LargeBinary, MetaData, Numeric, Table, Text
from sqlalchemy.types import REAL

from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Entity, Kind

METADATA = MetaData()

_TYPES: dict[Kind, Any] = {Kind.MONEY: Integer, Kind.INTEGER: Integer, Kind.FLAG: Integer, Kind.NUMBER: REAL}


def _field(column: Column) -> Field[Any]:
    return Field(column.name, _TYPES.get(column.kind, Text), nullable=not column.required)


def _columns(entity: Entity) -> list[Field[Any]]:
    bases: list[Field[Any]] = [Field(f"{name}_base", Integer) for name in entity.money]
    return [*(_field(column) for column in entity.columns), *bases, Field("url", Text)]


def _current(entity: Entity) -> Table:
    """Return the table of current rows; `row_hash` tells an unchanged row without reading it."""
    table = Table(
        entity.name,
        METADATA,
        Field("source", Text, primary_key=True),
        *(_primary(entity, field) for field in _columns(entity)),
        Field("row_hash", LargeBinary, nullable=False),
        Field("seen_from", Text, nullable=False),
    )
    for number, index in enumerate(entity.indexes):
        Index(f"{entity.name}_{number}", *(table.c[name] for name in index))
    return table


def _primary(entity: Entity, field: Field[Any]) -> Field[Any]:
    if field.name == entity.key:
        field.primary_key = True
    return field


def _past(entity: Entity) -> Table:
    table = Table(
        f"{entity.name}_past",
        METADATA,
        Field("source", Text, nullable=False),
        *_columns(entity),
        Field("seen_from", Text, nullable=False),
        Field("seen_until", Text, nullable=False),
        Field("removed", Integer, nullable=False),
        Index(f"{entity.name}_past_key", "source", entity.key),
    )
    if "partner_id" in table.c:
        Index(f"{entity.name}_past_partner", table.c.partner_id)
    return table


CURRENT: dict[str, Table] = {entity.name: _current(entity) for entity in ENTITIES.values()}
PAST: dict[str, Table] = {entity.name: _past(entity) for entity in ENTITIES.values()}

setting = Table(
    "setting",
    METADATA,
    Field("name", Text, primary_key=True),
    Field("value", Text, nullable=False),  # JSON
)

source = Table(
    "source",
    METADATA,
    Field("name", Text, primary_key=True),
    Field("kind", Text, nullable=False),
    Field("options", Text, nullable=False),  # JSON
    Field("position", Integer, nullable=False),
    Field("expected_days", Integer, nullable=False),
    Field("cursor", Text),  # JSON: what lets an unchanged input be told without reading it
)

sync_run = Table(
    "sync_run",
    METADATA,
    Field("sync_id", Integer, primary_key=True),
    Field("source", Text, nullable=False),
    Field("as_of", Text, nullable=False),
    Field("started_at", Text, nullable=False),
    Field("report", Text, nullable=False),  # JSON
)

record_change = Table(
    "record_change",
    METADATA,
    Field("change_id", Integer, primary_key=True),
    Field("sync_id", Integer, nullable=False),
    Field("as_of", Text, nullable=False),
    Field("source", Text, nullable=False),
    Field("entity", Text, nullable=False),
    Field("record_id", Text, nullable=False),
    Field("partner_id", Text),
    Field("kind", Text, nullable=False),  # added | changed | removed
    Field("changes", Text, nullable=False),  # JSON {column: [old, new]}
    Index("record_change_partner", "partner_id", "as_of"),
)

figure_run = Table(
    "figure_run",
    METADATA,
    Field("as_of", Text, primary_key=True),
    Field("facts", Integer, nullable=False),  # the generation of facts the figures were made from
    Field("definitions", Text, nullable=False),  # a digest of the definitions in force
    Field("brought", Text, nullable=False),  # JSON {type: [entities its partners have by then]}
)

fact_touch = Table(
    "fact_touch",
    METADATA,
    Field("generation", Integer, nullable=False),  # of the change of facts
    Field("partner_id", Text),  # whose figures it moves; none: everybody's
    Index("fact_touch_generation", "generation"),
)

figure = Table(
    "figure",
    METADATA,
    Field("as_of", Text, primary_key=True),
    Field("partner_id", Text, primary_key=True),
    Field("metric", Text, primary_key=True),
    Field("value", Numeric(asdecimal=False)),  # a whole number stays one
    Field("n", Integer, nullable=False),
    Field("n_sum", Numeric(asdecimal=False)),
    Field("d_sum", Numeric(asdecimal=False)),
    sqlite_with_rowid=False,
)

kept_report = Table(
    "kept_report",
    METADATA,
    Field("name", Text, primary_key=True),
    Field("made_from", Text, nullable=False),  # what it was made from; another value makes it stale
    Field("body", Text, nullable=False),  # JSON
)

snapshot = Table(
    "snapshot",
    METADATA,
    Field("taken_on", Text, primary_key=True),  # the day of a sync
    Field("partner_id", Text, primary_key=True),
    Field("profile_version", Text, nullable=False),
    Field("body", Text, nullable=False),  # JSON: score, band, stage and figures as they showed that day
    sqlite_with_rowid=False,
)

alert = Table(
    "alert",
    METADATA,
    Field("alert_id", Integer, primary_key=True),  # the same for a partner and rule, for good
    Field("partner_id", Text, nullable=False),
    Field("rule", Text, nullable=False),
    Field("state", Text, nullable=False),  # new | acknowledged | snoozed | resolved | muted
    Field("first_seen", Text, nullable=False),
    Field("last_seen", Text, nullable=False),
    Field("reopened", Integer, nullable=False, server_default="0"),
    Field("not_useful", Integer, nullable=False, server_default="0"),
    Index("alert_partner_rule", "partner_id", "rule", unique=True),
)

alert_subject = Table(
    "alert_subject",
    METADATA,
    Field("alert_id", Integer, primary_key=True),
    Field("subject", Text, primary_key=True),
    Field("state", Text, nullable=False),  # new | acknowledged | snoozed | resolved
    Field("firing", Integer, nullable=False),  # 0: the condition has cleared
    Field("severity", Text, nullable=False),
    Field("first_seen", Text, nullable=False),
    Field("snoozed_until", Text),  # a day; without one: until it is worse than `severity_known`
    Field("severity_known", Text),  # how bad it was when it was put to sleep
    Field("closed_on", Text),
    Field("closed_by", Text),  # self | hand
    Field("reason", Text),
)

alert_event = Table(
    "alert_event",
    METADATA,
    Field("event_id", Integer, primary_key=True),
    Field("alert_id", Integer, nullable=False),
    Field("happened_on", Text, nullable=False),
    # opened | added | reopened | woken | closed | acknowledged | snoozed | resolved | muted | unmuted |
    # not useful
    Field("event", Text, nullable=False),
    Field("subject", Text),
    Field("reason", Text),
    Index("alert_event_alert", "alert_id"),
)

document = Table(
    "document",
    METADATA,
    Field("document_id", Integer, primary_key=True),
    Field("kind", Text, nullable=False),  # review | plan
    Field("partner_id", Text, nullable=False),
    Field("period", Text, nullable=False),
    Field("status", Text, nullable=False),  # draft | agreed
    Field("created_at", Text, nullable=False),
)

document_version = Table(
    "document_version",
    METADATA,
    Field("version_id", Integer, primary_key=True),
    Field("document_id", Integer, nullable=False),
    Field("saved_at", Text, nullable=False),
    Field("name", Text),
    Field("body", Text, nullable=False),  # JSON: the frozen figures and sections
    Index("document_version_document", "document_id"),
)

task = Table(
    "task",
    METADATA,
    Field("task_id", Integer, primary_key=True),
    Field("partner_id", Text),
    Field("text", Text, nullable=False),
    Field("due_on", Text),
    Field("done_on", Text),
    Field("created_at", Text, nullable=False),
    Field("deal_id", Text),
    Field("alert_id", Integer),
)

own_entry = Table(
    "own_entry",
    METADATA,
    Field("entity", Text, primary_key=True),
    Field("record_id", Text, primary_key=True),  # of a row of the source "me"
    Field("author", Text, nullable=False),
    Field("written_at", Text, nullable=False),
    Field("document_id", Integer),  # the document it came from
    Field("merged_source", Text),  # the synced row that took its place
    Field("merged_id", Text),
    Field("kept_apart", Integer, nullable=False, server_default="0"),  # 1: offered for merging, and declined
    sqlite_with_rowid=False,
)

judgement = Table(
    "judgement",
    METADATA,
    Field("judgement_id", Integer, primary_key=True),
    Field("partner_id", Text, nullable=False),
    Field("about", Text, nullable=False),  # score | stage | class | hats
    Field("value", Text, nullable=False),  # JSON
    Field("reason", Text, nullable=False),
    Field("author", Text, nullable=False),
    Field("made_on", Text, nullable=False),
    Field("expires_on", Text),  # the last day it holds
    Field("ended_on", Text),  # the day it was taken back or replaced
    Index("judgement_partner", "partner_id", "about"),
)

forecast_call = Table(
    "forecast_call",
    METADATA,
    Field("partner_id", Text, primary_key=True),
    Field("quarter_from", Text, primary_key=True),
    Field("week_on", Text, primary_key=True),  # the Monday of the week it was made in
    Field("amount", Integer, nullable=False),  # ten-thousandths of the base currency
    Field("author", Text, nullable=False),
    Field("written_at", Text, nullable=False),
    sqlite_with_rowid=False,
)

pinned = Table(
    "pinned",
    METADATA,
    Field("partner_id", Text, primary_key=True),
    Field("position", Integer, nullable=False),
)

saved_view = Table(
    "saved_view",
    METADATA,
    Field("screen", Text, primary_key=True),
    Field("name", Text, primary_key=True),
    Field("body", Text, nullable=False),  # JSON: columns, facets, grouping and order, as screens keep them
    sqlite_with_rowid=False,
)

logo = Table(
    "logo",
    METADATA,
    Field("partner_id", Text, primary_key=True),  # empty: our own
    Field("media_type", Text, nullable=False),  # image/png | image/jpeg | image/svg+xml
    Field("image", LargeBinary, nullable=False),
)

audit_entry = Table(
    "audit_entry",
    METADATA,
    Field("entry_id", Integer, primary_key=True),
    Field("at", Text, nullable=False),
    Field("action", Text, nullable=False),
    Field("detail", Text, nullable=False),  # counts and ids, never names or amounts
    Field("digest", Text, nullable=False),  # chained: each entry's digest covers the one before
)
