"""What counts as business, and the joint plans agreed: relations that definitions and stages read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of business: where it stands, its day or instant, the money in it (none: no revenue)."""

    table: str
    day: str
    amount: str
    record: str
    only: str = "1"
    entity: str = ""

    def days(self) -> str:
        return (
            f"SELECT partner_id, substr({self.day}, 1, 10) AS day, {self.amount} AS amount, "
            f"{self.entity or repr(self.table)} AS entity, {self.record} AS record_id "
            f"FROM {self.table} WHERE {self.only}"
        )

    def any_of(self, partner: str, start: str, end: str) -> str:
        """Return whether a partner has some from `start` up to but not including `end`."""
        return (
            f"EXISTS (SELECT 1 FROM {self.table} WHERE partner_id = {partner} "
            f"AND {self.day} >= {start} AND {self.day} < {end} AND {self.only})"
        )

    def latest(self, partner: str, end: str) -> str:
        """Return the last day before `end`, or an empty text."""
        return (
            f"COALESCE((SELECT substr(MAX({self.day}), 1, 10) FROM {self.table} WHERE partner_id = {partner} "
            f"AND {self.day} < {end} AND {self.only}), '')"
        )

    def earnings(self) -> str:
        """Return the days with money of the partners whose first revenue is asked for."""
        return (
            f"SELECT r.partner_id, x.{self.day} AS day, {self.entity or repr(self.table)} AS entity, "
            f"x.{self.record} AS record_id FROM newcomers r CROSS JOIN {self.table} x "
            f"ON x.partner_id = r.partner_id WHERE {self.only} AND {self.amount} > 0"
        )


# An order, a POS line of its own or naming it, a deal submitted or won, seats in use, a renewal won (at
# its renewed value where there is one), a project brought to its end, a marketplace customer, a referral;
# monthly facts stand on the first day of their month.
_KINDS = (
    _Kind("sales", "sold_on", "amount", "record_id", entity="entity"),
    _Kind("sell_through", "month", "value_base", "line_id"),
    _Kind("usage", "month", "recurring_revenue_base", "usage_id", "seats > 0"),
    _Kind("listing_activity", "month", "gross_sales_base", "activity_id", "active_customers > 0"),
    _Kind("deals", "submitted_at", "NULL", "deal_id"),
    _Kind("deals", "closed_on", "amount_base", "deal_id", "status = 'won'"),
    _Kind("referrals", "submitted_at", "NULL", "referral_id"),
    _Kind("projects", "completed_on", "NULL", "project_id", "status = 'completed'"),
    _Kind(
        "renewals",
        "decided_on",
        "COALESCE(renewed_value_base, value_base)",
        "renewal_id",
        "status = 'renewed'",
    ),
    _Kind(
        "renewals",
        "due_on",
        "COALESCE(renewed_value_base, value_base)",
        "renewal_id",
        "status = 'renewed' AND decided_on IS NULL",
    ),
)
_REFERRAL_WON = _Kind("referrals", "closed_on", "value_base", "referral_id", "status = 'won'")

# All business: with the projects that run at the moment, which are business on every day they run.
_BUSINESS = """
CREATE TEMP VIEW business AS
SELECT * FROM dated_business
UNION ALL SELECT r.partner_id, m.day, NULL, 'projects', r.project_id
  FROM running_projects r JOIN moments m ON m.moment = r.moment
"""

_RUNNING_PROJECTS = """
CREATE TEMP TABLE running_projects AS
SELECT m.moment, p.partner_id, p.project_id
FROM moments m CROSS JOIN projects_history p ON p.valid_from <= m.day AND m.day < p.valid_until
WHERE p.status = 'active' AND COALESCE(p.started_on, '') < m.until
"""

# The first business with money in it, of the partners whose way to it is of interest.
_NEWCOMERS = """
CREATE TEMP VIEW newcomers AS
SELECT DISTINCT partner_id FROM partner_at WHERE enrolled_on >= (SELECT MIN(m24_from) FROM moments)
"""

_FIRST_EARNING = """
CREATE TEMP VIEW first_earning AS
SELECT partner_id, MIN(day) AS day, entity, record_id FROM ({earnings}) GROUP BY partner_id
"""

# An agreed plan is locked, so that its newest version is the one that was agreed.
_AGREED_PLANS = """
CREATE TEMP TABLE agreed_plans AS
SELECT d.partner_id, substr(COALESCE(MAX(v.saved_at), d.created_at), 1, 10) AS day
FROM main.document d LEFT JOIN main.document_version v ON v.document_id = d.document_id
WHERE d.kind = 'plan' AND d.status = 'agreed' GROUP BY d.document_id
"""

_INDEX = "CREATE INDEX temp.running_projects_by ON running_projects (moment, partner_id)"


def make_business(connection: Any) -> None:
    """Make `dated_business`, `running_projects`, both together as `business`, and `agreed_plans`."""
    arms = " UNION ALL ".join(kind.days() for kind in _KINDS)
    earnings = " UNION ALL ".join(
        kind.earnings() for kind in (*_KINDS, _REFERRAL_WON) if kind.amount != "NULL"
    )
    for statement in (
        _RUNNING_PROJECTS,
        _INDEX,
        f"CREATE TEMP VIEW dated_business AS {arms}",
        _BUSINESS,
        _NEWCOMERS,
        _FIRST_EARNING.format(earnings=earnings),
        _AGREED_PLANS,
    ):
        connection.execute(statement)


def any_business(partner: str, start: str, end: str) -> str:
    """Return the condition that a partner did business from `start` up to but not including `end`."""
    return "(" + " OR ".join(kind.any_of(partner, start, end) for kind in _KINDS) + ")"


def latest_business(partner: str, end: str) -> str:
    """Return the last day before `end` on which a partner did business; an empty text without any."""
    return f"MAX({', '.join(kind.latest(partner, end) for kind in _KINDS)})"


def any_project(partner: str, start: str, end: str) -> str:
    """Return whether a partner had a project running between two days, by the days of the project."""
    return (
        f"EXISTS (SELECT 1 FROM projects x WHERE x.partner_id = {partner} AND x.started_on < {end} "
        f"AND (x.completed_on >= {start} OR x.completed_on IS NULL AND x.status = 'active'))"
    )
