"""Views that shadow the tables of the portfolio by name: what a definition may see of them.

They show the current rows, keys told apart by source only where several sources deliver the entity, and
beside each the history of its rows; and say once what a deal's state is and what a sale is.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Entity, Kind
from camdesk.store.sources import OWN

FOREVER = "9999-12-31"
REFERENCES = {
    "campaign_id": "campaigns",
    "deal_id": "deals",
    "listing_id": "listings",
    "fund_id": "funds",
}
"""Columns that name a row of another entity of the same source."""

# The state of a deal as seen from each moment; `deal_at` reads today's row, `deal_state_at` the row
# as it stood that day. A decision counts from its day on; an undated one from the start.
_DEAL_STATE = """
CREATE TEMP VIEW {name} AS
SELECT m.*, d.partner_id, d.deal_id, d.opportunity_id, d.name, d.customer, d.kind, d.stage, d.amount_base,
       d.submitted_at, d.decided_at, d.protected_until, d.conflict_on, d.expected_close_on, d.closed_on,
       d.stage_changed_on, d.last_activity_on, d.forecast, d.owner_email, d.status, d.decision,
       d.probability,
       CASE WHEN d.decided_at IS NULL OR d.decided_at < m.until THEN d.decision
            WHEN d.decision IS NOT NULL THEN 'pending' END AS decided,
       CASE WHEN d.status IN ('won', 'lost') AND d.closed_on < m.until THEN d.status END AS outcome,
       d.submitted_at < m.until
         AND COALESCE(CASE WHEN d.decided_at IS NULL OR d.decided_at < m.until THEN d.decision END, '')
             <> 'rejected'
         AND CASE WHEN d.closed_on IS NULL THEN d.status = 'open' ELSE d.closed_on >= m.until END AS is_open
FROM moments m CROSS JOIN {table} d
WHERE COALESCE(d.submitted_at, '') < m.until{valid}
"""

# Read by a quarter of all metrics, a table and not a view: each of them would put it together anew.
_SALES = """
CREATE TEMP TABLE sales (partner_id TEXT, sold_on TEXT, amount INTEGER, entity TEXT, record_id TEXT)
"""

# Several sources may deliver a partner: its history is that of the one connected first.
_FIRST_SOURCES = """
CREATE TEMP TABLE first_sources AS
SELECT partner_id, source FROM (
  SELECT o.partner_id, o.source, ROW_NUMBER() OVER (
           PARTITION BY o.partner_id ORDER BY COALESCE(s.position, 1000000), o.source) AS place
  FROM (SELECT partner_id, source FROM main.partners
        UNION SELECT partner_id, source FROM main.partners_past) o
  LEFT JOIN main.source s ON s.name = o.source
) WHERE place = 1
"""

# Whoever is or was a partner.
_EVERYBODY = """
INSERT INTO scope SELECT partner_id FROM main.partners UNION SELECT partner_id FROM main.partners_past
"""

_FIRST_STEPS = (
    _DEAL_STATE.format(name="deal_at", table="deals", valid=""),
    _DEAL_STATE.format(
        name="deal_state_at",
        table="deals_history",
        valid="\n  AND m.known AND d.valid_from <= m.day AND m.day < d.valid_until",
    ),
)


def make_views(connection: Any, partners: Collection[str] | None = None, *, named_lines: bool = True) -> None:
    """Shadow every entity's table by a view of what definitions may see, and say what a deal's state is.

    Of `partners` only, where given: their own records and, with `named_lines`, POS lines that name them.
    """
    several = {name for name in ENTITIES if _has_several_sources(connection, name)}
    connection.execute("CREATE TEMP TABLE scope (partner_id TEXT PRIMARY KEY) WITHOUT ROWID")
    if partners is None:
        connection.execute(_EVERYBODY)
    else:
        connection.executemany("INSERT INTO scope VALUES (?)", [(each,) for each in sorted(set(partners))])
    for entity in ENTITIES.values():
        scope = "" if partners is None else _scope(entity, named_lines=named_lines)
        has_past = connection.execute(f"SELECT 1 FROM main.{entity.name}_past LIMIT 1").fetchone()
        if entity.name == "partners" and entity.name in several:
            _merge_partners(connection, entity, scope)
            connection.execute(_FIRST_SOURCES)
        else:
            columns = ", ".join(_seen(entity, several))
            connection.execute(
                f"CREATE TEMP VIEW {entity.name} AS SELECT {columns} FROM main.{entity.name}{scope}"
            )
        connection.execute(_history_view(entity, several, scope, with_past=has_past is not None))
    for statement in _FIRST_STEPS:
        connection.execute(statement)
    _make_sales(connection, scoped=partners is not None)


def _has_several_sources(connection: Any, name: str) -> bool:
    # The two ends of the primary key's index; to count distinct sources would read all of it. Rows of
    # one's own have ids like no other (me-1): theirs, and those of synced rows, stay what they were.
    synced = f"FROM main.{name} WHERE source <> '{OWN}'"
    first, last = connection.execute(
        f"SELECT (SELECT MIN(source) {synced}), (SELECT MAX(source) {synced})"
    ).fetchone()
    return bool(first != last)


def _scope(entity: Entity, *, named_lines: bool) -> str:
    """Return the condition that keeps the rows of the partners of a run."""
    if "partner_id" not in entity.by_name:
        return ""
    own = "partner_id IN (SELECT partner_id FROM temp.scope)"
    if "reseller_partner_id" in entity.by_name and named_lines:
        return f" WHERE ({own} OR reseller_partner_id IN (SELECT partner_id FROM temp.scope))"
    return f" WHERE {own}"


def _make_sales(connection: Any, *, scoped: bool) -> None:
    """Put the sales of all partners in one place, in the order in which they are summed."""
    named = "temp.scope r CROSS JOIN main.sell_through s ON s.reseller_partner_id = r.partner_id"
    connection.execute(_SALES)
    connection.execute(
        "INSERT INTO sales SELECT partner_id, booked_on, amount_base, 'orders', order_id FROM orders"
    )
    line_id = "source || ':' || line_id" if _has_several_sources(connection, "sell_through") else "line_id"
    connection.execute(
        f"INSERT INTO sales SELECT reseller_partner_id, month, value_base, 'sell_through', {line_id} "
        f"FROM {named if scoped else 'main.sell_through'} WHERE reseller_partner_id IS NOT NULL"
    )
    connection.execute("CREATE INDEX temp.sales_by ON sales (partner_id, sold_on, amount)")
    _analyse(connection, "sales")


def _analyse(connection: Any, name: str) -> None:
    """Let the planner step from partner to partner through an index that begins with them."""
    connection.execute("PRAGMA temp.analysis_limit=400")
    connection.execute(f"ANALYZE temp.{name}")


def _seen(entity: Entity, several: set[str]) -> list[str]:
    """Return the columns as definitions see them: keys carry the source where they would clash without."""
    columns = []
    for name in entity.stored:
        column = entity.by_name.get(name)
        told_apart = entity.name in several if name == entity.key else REFERENCES.get(name) in several
        if column is not None and column.kind is Kind.ID and told_apart and name != "partner_id":
            told = f"source || ':' || {name}"
            # A row of one's own names another row as it is shown.
            shown = told if name == entity.key else f"CASE source WHEN '{OWN}' THEN {name} ELSE {told} END"
            columns.append(f"{shown} AS {name}")
        else:
            columns.append(name)
    return columns


def _history_view(entity: Entity, several: set[str], scope: str, *, with_past: bool) -> str:
    # `terms` has days of validity of its own, which say more than those of the row.
    own = "valid_from" in entity.by_name
    start, end = ("seen_from", "seen_until") if own else ("valid_from", "valid_until")
    columns = ", ".join(_seen(entity, several))
    only = scope
    if entity.name == "partners" and entity.name in several:
        only = f"{scope} AND " if scope else " WHERE "
        only += "(partner_id, source) IN (SELECT partner_id, source FROM temp.first_sources)"
    current = f"SELECT {columns}, seen_from AS {start}, '{FOREVER}' AS {end} FROM main.{entity.name}{only}"
    past = (
        f" UNION ALL SELECT {columns}, seen_from AS {start}, seen_until AS {end} "
        f"FROM main.{entity.name}_past{only}"
        if with_past
        else ""
    )
    return f"CREATE TEMP VIEW {entity.name}_history AS {current}{past}"


def _merge_partners(connection: Any, entity: Entity, scope: str) -> None:
    """Make one row per partner_id of several sources: each column from the first source that has it."""
    merged = ", ".join(
        f"(SELECT o.{name} FROM main.partners o LEFT JOIN main.source s ON s.name = o.source "
        f"WHERE o.partner_id = k.partner_id AND o.{name} IS NOT NULL "
        f"ORDER BY COALESCE(s.position, 1000000), o.source LIMIT 1) AS {name}"
        for name in entity.stored
        if name != "partner_id"
    )
    connection.execute(
        f"CREATE TEMP TABLE partners AS SELECT k.partner_id, {merged} "
        f"FROM (SELECT DISTINCT partner_id FROM main.partners{scope}) k"
    )
