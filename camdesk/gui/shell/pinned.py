"""The partners kept at hand below the navigation, each with how it stands. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camdesk.gui.theme.tokens import Tone, band_tone

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.desk.reports import PortfolioRow

_STANDINGS = {Tone.GOOD: "good", Tone.WARN: "watch", Tone.BAD: "weak"}


@dataclass(frozen=True, slots=True)
class PinnedPartner:
    """A pinned partner; `standing` says in words what the tone shows."""

    partner_id: str
    name: str
    tone: Tone
    standing: str


def read_pinned(desk: Desk) -> tuple[PinnedPartner, ...]:
    """Return the pinned partners that are still in the portfolio."""
    pins = desk.pinned()
    if not pins:
        return ()
    rows = {
        row.partner.partner_id: row for section in desk.portfolio(mine=False).sections for row in section.rows
    }
    return tuple(_standing(rows[one]) for one in pins if one in rows)


def _standing(row: PortfolioRow) -> PinnedPartner:
    judged = row.score is not None and row.enough_data and not row.onboarding
    tone = band_tone(row.score) if judged else Tone.FAINT
    words = f"score {row.score:.0f}, {_STANDINGS[tone]}" if judged else "no score yet"
    return PinnedPartner(row.partner.partner_id, row.partner.name, tone, words)
