"""The open commitments of both sides, ours first, what is late in front."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from camdesk.documents.briefs.known import person
from camdesk.documents.drafting.commitments import OURS
from camdesk.documents.drafting.draft import Draft, days_between, say
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Line, Span
from camdesk.documents.phrases import clipped, count
from camdesk.insight.wording import write_day

TEXT = 60


@dataclass(frozen=True, slots=True)
class Open:
    """A line for each open commitment, by side, what is due first in front."""

    ours: tuple[Line, ...]
    theirs: tuple[Line, ...]

    def __len__(self) -> int:
        return len(self.ours) + len(self.theirs)

    def first(self, shown: int) -> tuple[Line, ...]:
        """Return so many, ours in front, and half of the room for either side where both need it."""
        theirs = min(len(self.theirs), max(shown // 2, shown - len(self.ours)))
        return (*self.ours[: shown - theirs], *self.theirs[:theirs])


def read(draft: Draft) -> Open:
    """Return the commitments neither done nor dropped."""
    still = sorted(
        (row for row in draft.rows.of("commitments") if not row["done_on"] and not row["dropped_on"]),
        key=lambda row: (row["side"] != OURS, row["due_on"] or "9999", row["commitment_id"]),
    )
    if not still:
        return Open((), ())
    key = draft.frozen.listed(
        "commitments-open",
        "Open commitments",
        "Commitments of both sides, neither done nor dropped.",
        "commitments",
        still,
        on=draft.today,
    )
    return Open(
        tuple(_line(row, draft.today, key) for row in still if row["side"] == OURS),
        tuple(_line(row, draft.today, key) for row in still if row["side"] != OURS),
    )


def _line(row: Row, today: date, key: str) -> Line:
    side = "Ours" if row["side"] == OURS else "Theirs"
    owner = f" ({clipped(person(row['owner']), 24)})" if row["owner"] else ""
    text = clipped(row["text"], TEXT).rstrip(".")
    return say(f"{side}: {text}{owner}, ", Span(_due(day(row["due_on"]), today), key))


def _due(due: date | None, today: date) -> str:
    if due is None:
        return "no due day"
    if due < today:
        return f"{count(days_between(due, today), 'day')} late"
    return "due today" if due == today else f"due {write_day(due)}"
