"""The search index: words that people wrote and names, kept true by triggers on the tables they stand in.

One full-text table per kind, so that a word common among the notes costs the search for a partner nothing.
They are derived from other tables: no migration step leads from one shape to the next, `rebuild` makes
them anew. A row's number in the index has its own day in the high bits and its row number in the low ones,
so that the newest are read first and the rest not at all. Row numbers stay as long as nobody runs VACUUM;
whoever does must `rebuild`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

_DAY_BITS = 36
_BEFORE_OUR_ERA = 1_721_424  # Julian days
_WORDS_AT_MOST = 32
_PARTNER_MARK = 0xE000  # of private use: nothing that anybody types is the beginning of a partner's mark
_BETWEEN = 0x1F  # what keeps the columns apart within a text of the index
_TITLE_WEIGHT, _BODY_WEIGHT = 6.0, 1.0


@dataclass(frozen=True, slots=True)
class Searched:
    """Which columns of a table are searched; the first of `days` that is there is the row's own day."""

    table: str
    title: tuple[str, ...]
    body: tuple[str, ...] = ()
    days: tuple[str, ...] = ()

    @property
    def index(self) -> str:
        return f"search_{self.table}"


SEARCHED: tuple[Searched, ...] = (
    Searched(
        "partners",
        ("name",),
        (
            "partner_id", "labels", "industry", "region", "country", "website", "vendor_sponsor",
            "partner_sponsor",
        ),
    ),
    Searched(
        "deals",
        ("name", "customer"),
        ("deal_id", "opportunity_id", "stage", "next_step", "competitor", "lost_reason"),
        ("closed_on", "expected_close_on", "submitted_at"),
    ),
    Searched("contacts", ("name",), ("role", "email", "phone")),
    Searched("notes", (), ("text",), ("written_at",)),
    Searched("meetings", ("subject",), ("attendees",), ("scheduled_at",)),
    Searched("task", (), ("text", "deal_id"), ("due_on", "created_at")),
    Searched("commitments", (), ("text", "owner", "dropped_because"), ("due_on",)),
)  # fmt: skip
"""All that is searched, besides documents: of those what `_NEWEST_VERSION` reads of their newest version."""

DOCUMENTS = Searched("document", ())
_PARTS_OF_A_VERSION = ", ".join(
    f"(SELECT group_concat(e.value ->> '$.{name}', char({_BETWEEN})) FROM json_each(v.body, '$.{part}') e)"
    for part, name in (("commentary", "text"), ("sections", "message"), ("promises", "text"))
)
_NEWEST_VERSION = f"""
    SELECT d.document_id,
      concat_ws(' ', v.body ->> '$.title', v.body ->> '$.period_title'),
      concat_ws(char({_BETWEEN}), v.body ->> '$.partner_name', d.period, {_PARTS_OF_A_VERSION}),
      char({_PARTNER_MARK}) || nullif(hex(d.partner_id), '')
    FROM document d JOIN document_version v ON v.document_id = d.document_id
    WHERE v.version_id = (SELECT max(version_id) FROM document_version WHERE document_id = d.document_id)
"""
_COLUMNS = "rowid, title, body, partner"


@dataclass(frozen=True, slots=True)
class Found:
    """One row of a table that has all words; `rank` as bm25 has it: the lower, the better."""

    table: str
    row: int
    on: date | None
    rank: float
    title: str
    texts: tuple[str, ...]
    partner_id: str | None


@dataclass(frozen=True, slots=True)
class PartnerName:
    """What a partner is called, and the address of who looks after it."""

    name: str
    owner: str | None


def rebuild(connection: Connection) -> None:
    """Make the index and its triggers anew, from what the tables hold now."""
    for searched in (*SEARCHED, DOCUMENTS):
        index = searched.index
        for name in _old_triggers(connection, index):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index}")
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {index} USING fts5(title, body, partner, "
            "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
        )
        # Without it, words that were removed stay in the file until the index is next merged.
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', 1)")
        rows = (
            _NEWEST_VERSION
            if searched is DOCUMENTS
            else f"SELECT {_values(searched, 't')} FROM {searched.table} t"
        )
        # In any other order than their numbers', rows are written to the index in thousands of small parts.
        connection.exec_driver_sql(f"INSERT INTO {index} ({_COLUMNS}) {rows} ORDER BY 1")
        for statement in _document_triggers() if searched is DOCUMENTS else _triggers(searched):
            connection.exec_driver_sql(statement)


@contextmanager
def in_bulk(connection: Connection, table: str) -> Iterator[None]:
    """Let rows be inserted by the thousand: the index takes them together afterwards, in its own order.

    Row by row the index would be written to the file as often, at three times the cost.
    """
    searched = next((each for each in SEARCHED if each.table == table), None)
    if searched is None:
        yield
        return
    newest = connection.exec_driver_sql(f"SELECT coalesce(max(rowid), 0) FROM {table}").scalar_one()
    connection.exec_driver_sql(f"DROP TRIGGER {searched.index}_insert")
    yield
    connection.exec_driver_sql(
        f"INSERT INTO {searched.index} ({_COLUMNS}) "
        f"SELECT {_values(searched, 't')} FROM {table} t WHERE t.rowid > ? ORDER BY 1",
        (newest,),
    )
    connection.exec_driver_sql(_insert_trigger(searched))


def _old_triggers(connection: Connection, index: str) -> list[str]:
    statement = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE ?"
    return [str(name) for (name,) in connection.exec_driver_sql(statement, (f"{index}%",))]


def _triggers(searched: Searched) -> Iterator[str]:
    table, index = searched.table, searched.index
    take = f"DELETE FROM {index} WHERE rowid = {_number(searched, 'old')};"
    put = _put(searched)
    names = ", ".join((*searched.title, *searched.body, *searched.days, "partner_id"))
    yield _insert_trigger(searched)
    yield f"CREATE TRIGGER {index}_update AFTER UPDATE OF {names} ON {table} BEGIN {take} {put} END"
    yield f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {take} END"


def _insert_trigger(searched: Searched) -> str:
    table = searched.table
    return f"CREATE TRIGGER {searched.index}_insert AFTER INSERT ON {table} BEGIN {_put(searched)} END"


def _put(searched: Searched) -> str:
    return f"INSERT INTO {searched.index} ({_COLUMNS}) VALUES ({_values(searched, 'new')});"


def _document_triggers() -> Iterator[str]:
    index = DOCUMENTS.index
    take = f"DELETE FROM {index} WHERE rowid = {{row}}.document_id;"
    put = f"INSERT INTO {index} ({_COLUMNS}) {_NEWEST_VERSION} AND d.document_id = {{row}}.document_id;"
    for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
        body = f"{take} {put}".format(row=row)
        yield f"CREATE TRIGGER {index}_{event.lower()} AFTER {event} ON document_version BEGIN {body} END"
    yield f"CREATE TRIGGER {index}_gone AFTER DELETE ON document BEGIN {take.format(row='old')} END"


def _number(searched: Searched, row: str) -> str:
    """Return the SQL of a row's number in the index; days are counted as Julian ones."""
    if not searched.days:
        return f"{row}.rowid"
    day = ", ".join(f"{row}.{name}" for name in searched.days)
    day = f"substr(coalesce({day}, NULL), 1, 10)"
    return f"(CAST(coalesce(julianday({day}), 0) AS INTEGER) << {_DAY_BITS}) + {row}.rowid"


def _values(searched: Searched, row: str) -> str:
    title, body = (
        f"concat_ws(char({_BETWEEN}), " + ", ".join(f"{row}.{name}" for name in names) + ")"
        if names
        else "''"
        for names in (searched.title, searched.body)
    )
    partner = f"char({_PARTNER_MARK}) || nullif(hex({row}.partner_id), '')"
    return f"{_number(searched, row)}, {title}, {body}, {partner}"


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, the first 32 that differ; any text is safe.

    Letters and digits of any script make words; signs, emoji and control characters do not. What they join,
    as in `R-001` or an address, is one word of several parts, divided by spaces.
    """
    words = (" ".join(_parts(word)) for word in text.split())
    return tuple(dict.fromkeys(word for word in words if word))[:_WORDS_AT_MOST]


def _parts(word: str) -> Iterator[str]:
    kinds = [unicodedata.category(sign) for sign in word]
    plain = "".join(
        sign if kind[0] in "LNM" or kind == "Co" else " " for sign, kind in zip(word, kinds, strict=True)
    )
    return (part for part in plain.split() if any(sign.isalnum() for sign in part))


def find(
    connection: Connection, words: tuple[str, ...], *, partner_id: str | None = None, of_each: int = 100
) -> Iterator[Found]:
    """Yield the rows that have a word beginning with each of `words`: of each table the newest `of_each`."""
    if not words:
        return
    match = "{title body} : (" + " ".join(f'"{word}" *' for word in words) + ")"
    if partner_id is not None:
        name = partner_id.encode("utf-8", "replace").hex()
        match = f'partner : "{chr(_PARTNER_MARK)}{name}" AND {match}'
    for searched in (*SEARCHED, DOCUMENTS):
        index = searched.index
        statement = (
            f"SELECT rowid, bm25({index}, {_TITLE_WEIGHT}, {_BODY_WEIGHT}, 0), title, body, partner "
            f"FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?"
        )
        # Where rows have no day, the newest are not the nearest: names are all looked at.
        most = of_each if searched.days else of_each * 20
        for number, rank, title, body, partner in connection.exec_driver_sql(statement, (match, most)):
            whose = bytes.fromhex(partner[1:]).decode() if partner else None
            row, day = number & ((1 << _DAY_BITS) - 1), _day(number >> _DAY_BITS)
            texts = tuple(f"{title}{chr(_BETWEEN)}{body}".split(chr(_BETWEEN)))
            yield Found(searched.table, row, day, rank, texts[0], texts, whose)


def _day(julian: int) -> date | None:
    return date.fromordinal(julian - _BEFORE_OUR_ERA) if julian else None


def rows_of(connection: Connection, table: str, numbers: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """Return rows of a table by their row numbers."""
    marks = ", ".join("?" * len(numbers))
    statement = f"SELECT rowid AS row_number, * FROM {table} WHERE rowid IN ({marks})"
    rows = connection.exec_driver_sql(statement, tuple(numbers)).mappings()
    return {int(row["row_number"]): dict(row) for row in rows}


def partner_names(connection: Connection) -> dict[str, PartnerName]:
    """Return each partner's name and owner; where sources differ, the one connected first decides."""
    rows = connection.exec_driver_sql(
        "SELECT partner_id, partners.name, owner_email FROM partners "
        "LEFT JOIN source ON source.name = partners.source "
        "ORDER BY coalesce(source.position, 0) DESC, partners.source DESC"
    )
    return {str(row[0]): PartnerName(str(row[1]), row[2]) for row in rows}
