"""Who is enrolled, active and dark at each moment, and who was a year before: said once, read by all."""

from __future__ import annotations

from typing import Any

from camdesk.insight.business import any_business, any_project

# A partner's row as it stood that day; before the first sync, when nobody's is known, as it stands now.
_PARTNER_AT = """
CREATE TEMP TABLE partner_at AS
WITH known AS MATERIALIZED (
  SELECT m.moment, p.partner_id, p.type, COALESCE(p.status, 'enrolled') AS status, p.enrolled_on,
         p.terminated_on
  FROM moments m CROSS JOIN partners_history p ON p.valid_from <= m.day AND m.day < p.valid_until
)
SELECT * FROM known
UNION ALL
SELECT m.moment, p.partner_id, p.type, COALESCE(p.status, 'enrolled'), p.enrolled_on, p.terminated_on
FROM moments m CROSS JOIN partners p WHERE NOT m.known
"""

# Enrolled a year before is told by the partner's row of then; before the first sync by the days: one
# suspended, or ended on no known day, is left out. A project ran then if it had been started and not
# completed.
_ENROLMENT = f"""
CREATE TEMP TABLE enrolment_at AS
WITH dated AS (
  SELECT p.moment, p.partner_id, m.until, m.m12_from AS then_until, p.enrolled_on,
         date(m.until, '-' || t.dark_after_days || ' days') AS since,
         date(m.m12_from, '-' || t.dark_after_days || ' days') AS then_since,
         p.status = 'enrolled' AND COALESCE(p.enrolled_on, '') < m.until
           AND COALESCE(p.terminated_on >= m.until, 1) AS is_enrolled,
         CASE WHEN date(m.m12_from, '-1 day') >= (SELECT MIN(as_of) FROM main.sync_run)
              THEN COALESCE(h.status, 'enrolled') = 'enrolled' AND h.partner_id IS NOT NULL
              ELSE p.status = 'enrolled' OR p.status <> 'prospect' AND p.terminated_on IS NOT NULL END
           AND COALESCE(p.enrolled_on, '') < m.m12_from
           AND COALESCE(p.terminated_on >= m.m12_from, 1) AS was_enrolled
  FROM partner_at p JOIN moments m ON m.moment = p.moment JOIN type_terms t ON t.type = p.type
  LEFT JOIN partners_history h ON h.partner_id = p.partner_id
   AND h.valid_from < m.m12_from AND m.m12_from <= h.valid_until
), seen AS MATERIALIZED (
  SELECT d.*,
         d.is_enrolled AND (
           EXISTS (SELECT 1 FROM running_projects r WHERE r.moment = d.moment AND r.partner_id = d.partner_id)
           OR {any_business("d.partner_id", "d.since", "d.until")}
         ) AS is_active,
         d.was_enrolled AND (
           {any_business("d.partner_id", "d.then_since", "d.then_until")}
           OR {any_project("d.partner_id", "d.then_until", "d.then_until")}
         ) AS was_active
  FROM dated d
)
SELECT moment, partner_id, is_enrolled, is_active, was_enrolled, was_active,
       is_enrolled AND NOT is_active AND COALESCE(date(enrolled_on, '+1 day'), '') < since AS is_dark
FROM seen
"""

_INDEX = "CREATE INDEX temp.enrolment_at_by ON enrolment_at (moment, partner_id)"


def make_enrolment(connection: Any) -> None:
    """Make `partner_at` and `enrolment_at` for the moments in place."""
    for statement in (_PARTNER_AT, _ENROLMENT, _INDEX):
        connection.execute(statement)
