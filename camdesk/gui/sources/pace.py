"""How long work under way will still take, by how fast it has gone. No Qt here."""

from __future__ import annotations

from camdesk.gui.jobs import Step

_FIRST_SAID_S = 2.0  # before, one slow beginning says nothing of the rest
_SECONDS_STEP = 5


class Pace:
    """Follows one piece of work; a part of it that counts anew is timed anew."""

    def __init__(self) -> None:
        self._begun_s = 0.0
        self._first: Step | None = None
        self._last_done = 0

    def words(self, step: Step, now_s: float) -> str:
        """Return how far the work is, and how long it will still take once that can be told."""
        if self._first is None or step.total != self._first.total or step.done < self._last_done:
            self._first, self._begun_s = step, now_s
        self._last_done = step.done
        if not step.total:
            return step.label
        said = f"{step.label} · {step.done:,} of {step.total:,}"
        passed_s, gone = now_s - self._begun_s, step.done - self._first.done
        if passed_s < _FIRST_SAID_S or gone <= 0:
            return said
        return f"{said} · {left_words(passed_s / gone * (step.total - step.done))}"


def left_words(seconds: float) -> str:
    """Return a time to wait as one would say it; a guess is not told to the second."""
    if seconds < _SECONDS_STEP:
        return "a few seconds left"
    if seconds < 60:
        return f"about {round(seconds / _SECONDS_STEP) * _SECONDS_STEP} s left"
    minutes = round(seconds / 60)
    return f"about {minutes} min left"
