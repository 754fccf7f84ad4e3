"""The relations that definitions read beside the views of the portfolio's tables, made once per run.

What no definition should have to write anew: months, counts, first rows, requirements, answers, and what
other modules add of business, contributions and enrolment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from camdesk.insight.business import make_business
from camdesk.insight.contributions import make_contributions
from camdesk.insight.definitions import Metric, Profile
from camdesk.insight.enrolment import make_enrolment
from camdesk.insight.reading import read_by
from camdesk.portfolio.entities import ENTITIES

# A customer's first order through any partner, those out of the run's scope among them.
_FIRST_ORDERS = """
CREATE TEMP TABLE first_orders AS
SELECT customer, MIN(booked_on) AS first_on FROM main.orders WHERE customer IS NOT NULL{only}
GROUP BY customer
"""

_FIRST_SALES = """
CREATE TEMP TABLE first_sales AS
SELECT partner_id, MIN(sold_on) AS first_on FROM sales GROUP BY partner_id
"""

_FIRST_LINES = """
CREATE TEMP {kind} first_lines AS
SELECT partner_id, reseller, MIN(month) AS first_month FROM sell_through GROUP BY partner_id, reseller
"""

# A distributor's month counts as reported once its POS report is in; without any reports, once a line is.
_REPORTED = """
CREATE TEMP TABLE reported_months AS
WITH line_months AS MATERIALIZED (SELECT DISTINCT partner_id, month FROM sell_through)
SELECT DISTINCT m.moment, r.partner_id, r.month
FROM moments m CROSS JOIN pos_reports r ON r.received_on < m.until AND r.month < m.months_until
UNION
SELECT m.moment, l.partner_id, l.month
FROM moments m CROSS JOIN line_months l ON l.month < m.months_until
WHERE NOT EXISTS (SELECT 1 FROM pos_reports r WHERE r.partner_id = l.partner_id AND r.month < m.until)
"""

_QUARTER_MONTHS = """
CREATE TEMP TABLE latest_months AS
WITH ranked AS (
  SELECT moment, partner_id, month,
         ROW_NUMBER() OVER (PARTITION BY moment, partner_id ORDER BY month DESC) AS place
  FROM reported_months
)
SELECT r.moment, r.partner_id, r.month, date(r.month, '-12 months') AS year_ago,
       julianday(date(r.month, '+1 month')) - julianday(r.month) AS days
FROM ranked r
JOIN moments m ON m.moment = r.moment
JOIN (SELECT moment, partner_id, MAX(month) AS newest, COUNT(*) AS months
      FROM ranked GROUP BY moment, partner_id) t ON t.moment = r.moment AND t.partner_id = r.partner_id
WHERE r.place <= 3 AND t.months >= 3 AND t.newest >= m.fresh_from
"""

_LATEST_REPORTED = """
CREATE TEMP TABLE latest_reported AS
SELECT r.moment, r.partner_id, MAX(r.month) AS month, date(MAX(r.month), '+1 month') AS month_until
FROM reported_months r GROUP BY r.moment, r.partner_id
"""

_LATEST_COUNT = """
CREATE TEMP TABLE latest_count AS
SELECT m.moment, i.partner_id, MAX(i.counted_on) AS counted_on
FROM moments m CROSS JOIN inventory i ON i.counted_on < m.until GROUP BY m.moment, i.partner_id
"""

_USAGE_MONTH = """
CREATE TEMP TABLE usage_month AS
SELECT m.moment, u.partner_id, MAX(u.month) AS month, date(MAX(u.month), '-12 months') AS year_ago,
       date(MAX(u.month), '-3 months') AS three_ago
FROM moments m CROSS JOIN (SELECT DISTINCT partner_id, month FROM usage) u
  ON u.month < m.months_until AND u.month >= m.fresh_from
GROUP BY m.moment, u.partner_id
"""

_ACTIVITY_MONTH = """
CREATE TEMP TABLE activity_month AS
SELECT m.moment, a.partner_id, MAX(a.month) AS month, date(MAX(a.month), '-3 months') AS three_ago
FROM moments m CROSS JOIN (SELECT DISTINCT partner_id, month FROM listing_activity) a
  ON a.month < m.months_until AND a.month >= m.fresh_from
GROUP BY m.moment, a.partner_id
"""

# The tier's requirements, one row each, as the partner's tier stood that day.
_REQUIREMENTS = """
CREATE TEMP TABLE requirement_at AS
SELECT m.moment, p.partner_id, p.tier, t.requirement, t.value
FROM moments m CROSS JOIN partners_history p
  ON p.valid_from <= m.day AND m.day < p.valid_until
JOIN tier_requirements t ON t.type = p.type AND t.tier = p.tier
"""

# The latest answer of each side to each question, how many of them its side gave, and whether both did.
_ANSWERS = """
CREATE TEMP TABLE answers_at AS
WITH answers AS (
  SELECT m.moment, a.partner_id, a.assessment_id, a.side, a.score,
         ROW_NUMBER() OVER (PARTITION BY m.moment, a.partner_id, a.side, a.question
                            ORDER BY a.assessed_on DESC, a.assessment_id DESC) AS place
  FROM moments m CROSS JOIN assessments a ON a.assessed_on >= m.m12_from AND a.assessed_on < m.until
)
SELECT moment, partner_id, assessment_id, side, score,
       COUNT(*) OVER (PARTITION BY moment, partner_id, side) AS answers,
       MIN(side) OVER (PARTITION BY moment, partner_id)
         <> MAX(side) OVER (PARTITION BY moment, partner_id) AS both_sides
FROM answers WHERE place = 1
"""

_LATER_STEPS = (
    _FIRST_SALES,
    _REPORTED,
    _QUARTER_MONTHS,
    _LATEST_REPORTED,
    _LATEST_COUNT,
    _USAGE_MONTH,
    _ACTIVITY_MONTH,
    _ANSWERS,
    _REQUIREMENTS,
    "CREATE INDEX temp.first_sales_by ON first_sales (partner_id)",
    "CREATE INDEX temp.latest_months_by ON latest_months (moment, partner_id, month)",
    "CREATE INDEX temp.latest_reported_by ON latest_reported (moment, partner_id)",
    "CREATE INDEX temp.latest_count_by ON latest_count (moment, partner_id)",
)
RELATIONS = (
    "moments", "deal_at", "deal_state_at", "sales", "first_orders", "first_sales", "reported_months",
    "latest_months", "latest_reported", "latest_count", "usage_month", "activity_month",
    "answers_at", "requirement_at", "tier_requirements", "target_at", "first_rows",
    "scope", "portfolio_has", "first_lines", "figures_at", "standing", "medians_at", "score_shift",
    "milestone_at", "requirement_state", "tier_ranks", "tier_mandatory", "note_days", "last_business",
    "business", "type_terms", "contribution_of", "contributors", "first_sources", "contributions",
    "counting_sales", "contributed", "contribution_sums", "opportunities", "overlapping_hats", "several_hats",
    "dated_business", "newcomers", "first_earning", "running_projects", "partner_at",
    "enrolment_at", "activation_steps", "activation_at", "agreed_plans", "revival_odds",
    "money_metrics", "rebate_counted", "rebate_known",
)  # fmt: skip


def make_relations(
    connection: Any, profiles: Mapping[str, Profile], metrics: Mapping[str, Metric], *, scoped: bool = False
) -> None:
    """Make everything definitions read that depends on the moments, which are in place by now."""
    connection.execute("CREATE TEMP TABLE type_terms (type TEXT, dark_after_days INTEGER, contribution TEXT)")
    connection.executemany(
        "INSERT INTO type_terms VALUES (?, ?, ?)",
        [(each.type, each.dark_after_days, each.contribution) for each in profiles.values()],
    )
    connection.execute(
        "CREATE TEMP TABLE tier_requirements (type TEXT, tier TEXT, requirement TEXT, value REAL)"
    )
    connection.executemany(
        "INSERT INTO tier_requirements VALUES (?, ?, ?, ?)", _requirements(profiles.values())
    )
    only = " AND customer IN (SELECT customer FROM orders)" if scoped else ""
    connection.execute(_FIRST_ORDERS.format(only=only))
    connection.execute("CREATE INDEX temp.first_orders_by ON first_orders (customer, first_on)")
    # Of everybody it takes long, and few ask for it; of a few partners it wants an index.
    connection.execute(_FIRST_LINES.format(kind="TABLE" if scoped else "VIEW"))
    if scoped:
        connection.execute("CREATE INDEX temp.first_lines_by ON first_lines (partner_id, reseller)")
    for statement in _LATER_STEPS:
        connection.execute(statement)
    _make_first_rows(connection)
    _make_portfolio_has(connection, metrics.values(), profiles.values())
    make_business(connection)
    make_contributions(connection, profiles, metrics)
    make_enrolment(connection)


def _make_first_rows(connection: Any) -> None:
    """Make the day of each partner's first row of each entity: one step into an index for each of them."""
    connection.execute("CREATE TEMP TABLE first_rows (entity TEXT, partner_id TEXT, first_day TEXT)")
    for entity in ENTITIES.values():
        if entity.own_day and "partner_id" in entity.by_name:
            # A renewal due in the future exists already.
            day = "''" if entity.name == "renewals" else f"MIN({entity.own_day})"
            connection.execute(
                f"INSERT INTO first_rows SELECT '{entity.name}', w.partner_id, "
                f"(SELECT {day} FROM {entity.name} e WHERE e.partner_id = w.partner_id) FROM temp.scope w "
                f"WHERE EXISTS (SELECT 1 FROM {entity.name} e WHERE e.partner_id = w.partner_id)"
            )
    connection.execute("INSERT INTO first_rows SELECT 'sales', partner_id, first_on FROM first_sales")


def _make_portfolio_has(connection: Any, metrics: Iterable[Metric], profiles: Iterable[Profile]) -> None:
    """Make the moments by which anybody of the whole portfolio has a row of what figures wait for."""
    names = {name for metric in metrics for name in metric.portfolio_present}
    names |= {name for profile in profiles for step in profile.milestones for name in read_by(step)}
    connection.execute("CREATE TEMP TABLE portfolio_has (entity TEXT, moment INTEGER)")
    latest_first = connection.execute("SELECT moment, until FROM moments ORDER BY until DESC").fetchall()
    for name in sorted(names):
        for moment, until in latest_first:
            if not is_dated_before(connection, name, until):
                break
            connection.execute("INSERT INTO portfolio_has VALUES (?, ?)", (name, moment))


def is_dated_before(connection: Any, name: str, until: str) -> bool:
    """Tell whether anybody of the whole portfolio has a row of an entity dated before a day."""
    if name == "sales":
        return is_dated_before(connection, "orders", until) or bool(
            connection.execute(
                "SELECT 1 FROM main.sell_through WHERE reseller_partner_id IS NOT NULL AND month < ? LIMIT 1",
                (until,),
            ).fetchone()
        )
    if name == "agreed_plans":
        agreed = "SELECT 1 FROM main.document WHERE kind = 'plan' AND status = 'agreed' AND created_at < ?"
        return connection.execute(agreed, (until,)).fetchone() is not None
    entity = ENTITIES.get(name)
    if entity is None or entity.own_day is None or "partner_id" not in entity.by_name:
        return False
    # A renewal due in the future exists already.
    day = "''" if name == "renewals" else entity.own_day
    found = connection.execute(f"SELECT 1 FROM main.{name} WHERE {day} < ? LIMIT 1", (until,))
    return found.fetchone() is not None


def _requirements(profiles: Iterable[Profile]) -> list[tuple[str, str, str, float]]:
    rows = []
    for profile in profiles:
        for tier in profile.tiers:
            rows += [(profile.type, tier.name, name, value) for name, value in tier.requirements.items()]
            rows += [(profile.type, tier.name, f"mandatory:{name}", 1.0) for name in tier.mandatory]
    return rows
