"""Cells for figures and scores: what is written, what hovering adds, what a spreadsheet gets. No Qt here."""

from __future__ import annotations

from camdesk.base import money
from camdesk.gui.theme.tokens import Tone, band_tone
from camdesk.gui.widgets.grid import GridCell, Meter, Trend
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, NO_DATA, write

BELOW_FLOOR = "▼\u2009"
_FLOOR_POINTS = 50.0
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def figure_cell(
    value: float | int | None, unit: Unit, *, currency: str, points: float | None = None, note: str = ""
) -> GridCell:
    """Return a figure's cell; below its floor it carries a sign and weight as well as a colour."""
    if value is None:
        return GridCell(DASH, None, _sentences(NO_DATA, note), Tone.FAINT, spoken=NO_DATA, copied="")
    below = points is not None and points < _FLOOR_POINTS
    text = write(value, unit, currency=currency)
    exact = write(value, unit, currency=currency, full=True)
    earned = f"{points:.0f} of 100 points" if points is not None else ""
    return GridCell(
        f"{BELOW_FLOOR}{text}" if below else text,
        value,
        _sentences(exact, earned, "below its floor" if below else "", note),
        Tone.BAD if below else Tone.NORMAL,
        strong=below,
        spoken=f"{text}, below its floor" if below else text,
        copied=spreadsheet_number(value, unit),
    )


def score_cell(
    score: float | None, *, provisional: bool, enough_data: bool, onboarding: bool, coverage: float
) -> GridCell:
    """Return a score with its bar, hollow while provisional; no number before it means something."""
    if onboarding:
        words = "still onboarding, so not judged yet"
        return GridCell("Onboarding", None, words, Tone.FAINT, spoken=words, copied="")
    if score is None:
        return GridCell(
            DASH, None, "no score: no data for any line", Tone.FAINT, spoken="no score", copied=""
        )
    if not enough_data:
        words = f"not enough data: {coverage:.0%} of what counts is known"
        return GridCell(DASH, None, words, Tone.FAINT, spoken=words, copied="")
    notes = [f"Score {score:.1f}"]
    if provisional:
        notes.append("provisional: too little is connected")
    return GridCell(
        f"{score:.0f}",
        score,
        _sentences(*notes),
        strong=True,
        mark=Meter(score / 100, band_tone(round(score, 6)), hollow=provisional),
        spoken=", ".join(notes),
        copied=f"{score:.1f}",
    )


def trend_cell(
    values: tuple[float | int | None, ...], *, tone: Tone = Tone.FAINT, words: str = ""
) -> GridCell:
    """Return a small line over the newest quarter ends; it sorts by what it gained."""
    known = [value for value in values if value is not None]
    if not known:
        return GridCell(DASH, None, NO_DATA, Tone.FAINT, spoken=NO_DATA)
    return GridCell("", known[-1] - known[0], words, mark=Trend(values, tone), spoken=words or "trend")


def spreadsheet_number(value: float | int, unit: Unit) -> str:
    """Return the number a spreadsheet understands: plain money, percentages with their sign."""
    if unit is Unit.MONEY:
        return money.plain(value)
    if unit is Unit.PERCENT:
        return f"{value * 100:.2f}%"
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{_ENDINGS.get(number % 10, 'th')}"


def _sentences(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
