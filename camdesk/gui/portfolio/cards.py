"""What the cards of the lifecycle board say. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from camdesk.gui.portfolio.entries import DARK, Entry
from camdesk.gui.portfolio.facets import stage_title
from camdesk.gui.theme.tokens import Tone, band_tone
from camdesk.insight.lifecycle import STAGES
from camdesk.insight.wording import DASH, write_day


@dataclass(frozen=True, slots=True)
class Card:
    """One partner on the board: name, score, what it is, and what comes next or says why it stands here."""

    key: str
    name: str
    score: str
    tone: Tone
    about: str
    line: str
    line_tone: Tone
    tooltip: str

    @property
    def spoken(self) -> str:
        score = f"score {self.score}" if self.score != DASH else "no score"
        return ", ".join(filter(None, (self.name, self.about, score, self.line)))


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of the board; dark partners stand in one of their own, whatever their stage."""

    stage: str
    title: str
    cards: tuple[Card, ...]


def lanes(entries: Iterable[Entry], *, as_of: date) -> list[Lane]:
    """Return the stages in the order of a partner's life, then the dark ones; others where there are any.

    What is late stands in front, then the best scores.
    """
    found: dict[str, list[Entry]] = {stage: [] for stage in (*STAGES, DARK)}
    for entry in entries:
        stage = DARK if entry.partner.dark else entry.partner.stage
        found.setdefault(stage, []).append(entry)
    return [
        Lane(
            stage,
            stage_title(stage),
            tuple(card(entry, as_of=as_of) for entry in sorted(members, key=lambda one: _place(one, as_of))),
        )
        for stage, members in found.items()
    ]


def card(entry: Entry, *, as_of: date) -> Card:
    row, partner = entry.row, entry.partner
    judged = row.score is not None and row.enough_data and not row.onboarding
    line, tone = _line(entry, as_of)
    beside = stage_title(partner.stage) if partner.dark else partner.tier
    about = " · ".join(filter(None, (entry.section.short_title, beside)))
    return Card(
        partner.partner_id,
        partner.name,
        f"{row.score:.0f}" if judged and row.score is not None else DASH,
        band_tone(round(row.score, 6)) if judged and row.score is not None else Tone.FAINT,
        about,
        line,
        tone,
        "\n".join(filter(None, (partner.name, about, line, partner.stage_reason))),
    )


def _line(entry: Entry, as_of: date) -> tuple[str, Tone]:
    step = entry.milestone
    if step is None:
        return entry.partner.stage_reason, Tone.MUTED
    if step.due_on is None:
        return f"Next: {step.name}", Tone.MUTED
    if step.due_on < as_of:
        return f"Late: {step.name}, was due {write_day(step.due_on)}", Tone.WARN
    return f"Next: {step.name}, due {write_day(step.due_on)}", Tone.MUTED


def _place(entry: Entry, as_of: date) -> tuple[bool, float, str]:
    step = entry.milestone
    is_late = step is not None and step.due_on is not None and step.due_on < as_of
    return not is_late, -(entry.row.score or 0.0), entry.partner.name.casefold()
