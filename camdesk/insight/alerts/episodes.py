"""An alert's past in firings: when each began and ended, and what a person did about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from camdesk.insight.alerts.lifecycle import Event
from camdesk.insight.results import PastFiring
from camdesk.insight.wording import write_day

_OPENING = frozenset({"opened", "added", "reopened"})


def firings_of(events: Iterable[Event]) -> tuple[PastFiring, ...]:
    """Return the firings of one alert, oldest first; the last one may still be open."""
    found: list[PastFiring] = []
    open_rows: set[str] = set()
    for event in events:
        day = date.fromisoformat(event.happened_on)
        if event.event in _OPENING:
            if not open_rows:
                found.append(PastFiring(day, returned=event.event == "reopened"))
            open_rows.add(event.subject or "")
            found[-1] = replace(found[-1], subjects=_with(found[-1].subjects, event.subject))
        elif event.event == "closed":
            open_rows.discard(event.subject or "")
            if not open_rows and found:
                found[-1] = replace(found[-1], closed_on=day)
        elif found:
            found[-1] = _dealt_with(found[-1], event, day)
    return tuple(found)


def say(firing: PastFiring) -> str:
    """Return one firing in words: when, and what followed."""
    end = f"to {write_day(firing.closed_on)}" if firing.closed_on else "and still open"
    parts = []
    if firing.acknowledged_on:
        parts.append(f"acknowledged on {write_day(firing.acknowledged_on)}")
    if firing.resolved_on:
        because = f" ({firing.reason})" if firing.reason else ""
        parts.append(f"resolved by hand on {write_day(firing.resolved_on)}{because}")
    elif firing.closed_on:
        parts.append("closed by itself")
    if firing.not_useful:
        parts.append("said to be of no use")
    again = "came back, " if firing.returned else ""
    followed = f": {', '.join(parts)}" if parts else ""
    return f"{again}{write_day(firing.opened_on)} {end}{followed}"


def _with(subjects: tuple[str, ...], name: str | None) -> tuple[str, ...]:
    return subjects if name is None or name in subjects else (*subjects, name)


def _dealt_with(firing: PastFiring, event: Event, day: date) -> PastFiring:
    match event.event:
        case "acknowledged":
            return replace(firing, acknowledged_on=firing.acknowledged_on or day)
        case "resolved":
            return replace(firing, resolved_on=day, reason=event.reason)
        case "not useful":
            return replace(firing, not_useful=firing.not_useful + 1)
        case _:
            return firing
