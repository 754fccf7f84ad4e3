"""What the CAM says over what was worked out: a score, a stage, an attention class, the weight of hats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from camdesk.base.errors import UsageError
from camdesk.desk.undoing import Undoing
from camdesk.store.judgements import About, Judgement, end_judgement, judgements_of, write_judgement

_SAID: Mapping[About, str] = {
    "score": "score",
    "stage": "stage",
    "class": "class",
    "hats": "shares of its types",
}
LONGEST_OVERRIDE = 90
"""The days after which a score is the computed one again."""


class Judging(Undoing):
    """The part of the desk that keeps a CAM's own word over what was worked out, with its reason."""

    def judge_score(self, partner_id: str, score: float, *, reason: str, until: date | None = None) -> None:
        """Show a score of one's own for at most 90 days; the computed one stays beside it."""
        if not 0 <= score <= 100:
            raise UsageError("A score is a number from 0 to 100.", "Give one, such as 65.")
        today = self.insight.as_of
        last = today + timedelta(days=LONGEST_OVERRIDE)
        if until is not None and not today <= until <= last:
            raise UsageError(
                f"A score of your own holds for {LONGEST_OVERRIDE} days at most.",
                f"Give a day from {today} to {last}.",
            )
        self.judge(partner_id, "score", score, reason=reason, until=until or last)

    def weigh_hats(self, partner_id: str, shares: Mapping[str, float], *, reason: str) -> None:
        """Blend the scores of a partner's types by shares of one's own; they need not add up to 1."""
        with self._lock:
            types = {hat.type for hat in self.insight.scorecard(partner_id).hats}
        if len(types) < 2:
            raise UsageError(
                f"{partner_id} has one type only.", "Shares are for partners whose other_types name more."
            )
        if shares.keys() != types or min(shares.values()) < 0 or not sum(shares.values()):
            raise UsageError(
                "Give every type of the partner its share.", f"Its types are {', '.join(sorted(types))}."
            )
        total = sum(shares.values())
        kept = {kind: share / total for kind, share in shares.items()}
        self.judge(partner_id, "hats", kept, reason=reason, until=None)

    def judge(self, partner_id: str, about: About, value: Any, *, reason: str, until: date | None) -> None:
        """Keep a judgement in place of the one before, with who made it and why."""
        with self._lock:
            self.insight.profile(partner_id)  # says so where there is no such partner
            if not reason.strip():
                raise UsageError("Say why.", 'Add a reason: --reason "…"')
            made = Judgement(partner_id, about, value, reason.strip(), self.author, self.insight.as_of, until)
            with (
                self._doing(lambda names: f"{_set(about, value)} for {names.partner(partner_id)}"),
                self.workspace.database.write() as connection,
            ):
                write_judgement(connection, made)
            self.facts_changed()

    def take_back(self, partner_id: str, about: About) -> None:
        """Go back to what is worked out: the score, the stage, the class or the shares of hats."""
        with self._lock:
            self.insight.profile(partner_id)
            with (
                self._doing(
                    lambda names: f"Took back your own {_SAID[about]} for {names.partner(partner_id)}"
                ),
                self.workspace.database.write() as connection,
            ):
                ended = end_judgement(connection, partner_id, about=about, on=self.insight.as_of)
            if not ended:
                raise UsageError(
                    f"Nothing of your own is set for {partner_id} here.", "There is nothing to take back."
                )
            self.facts_changed()

    def judgements(self, partner_id: str) -> tuple[Judgement, ...]:
        """Return every judgement ever made of a partner, newest first."""
        with self._lock:
            self.insight.profile(partner_id)
            with self.insight.workspace.database.read() as connection:
                return judgements_of(connection, partner_id)


def _set(about: About, value: Any) -> str:
    """Return what setting it is called: Set the class to A."""
    if about == "hats":
        return f"Set the {_SAID[about]}"
    return f"Set the {_SAID[about]} to {format(value, 'g') if about == 'score' else value}"
