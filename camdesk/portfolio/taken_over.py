"""What a person writes here and a folder may bring from an earlier tool: once, and never overwritten."""

from __future__ import annotations

from camdesk.portfolio.notation import entity

TAKEN_OVER = (
    entity("commitments", "Commitments", """
        commitment_id! id
        partner_id! id
        side! choice vendor|partner
        text! text
        owner text
        due_on date
        done_on date
        dropped_on date
        dropped_because text
        """, own_day="due_on", taken_over=True, indexes="partner_id,due_on"),
    entity("notes", "Notes", """
        note_id! id
        partner_id! id
        written_at! instant
        text! text
        """, own_day="written_at", taken_over=True, indexes="partner_id,written_at"),
)  # fmt: skip
