"""What a happening led to: alerts that it raised or closed, requirements of the tier that it cost or met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from camdesk.insight.alerts.evaluation import Evaluation, FiredSubject
from camdesk.insight.news import Happening
from camdesk.insight.results import TierState
from camdesk.insight.wording import in_a_sentence, write


@dataclass(frozen=True, slots=True)
class AlertTurn:
    """Rows of an alert that came up, or went away, between two days."""

    partner_id: str
    rule: str
    title: str
    opened: bool
    subjects: tuple[FiredSubject, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the rows, where they say more than the title."""
        named = (one.label for one in self.subjects if one.label.casefold() != one.subject.casefold())
        return tuple(dict.fromkeys(named))


def alert_turns(before: Evaluation, after: Evaluation) -> tuple[AlertTurn, ...]:
    """Return what fires on one of the two days and not on the other, by partner and rule."""
    then, now = _firing(before), _firing(after)
    found = []
    for key in sorted(then.keys() | now.keys()):
        partner_id, rule = key
        title = after.rules[rule].title
        for opened, here, there in ((True, now, then), (False, then, now)):
            known = {one.subject for one in there.get(key, ())}
            subjects = tuple(one for one in here.get(key, ()) if one.subject not in known)
            if subjects:
                found.append(AlertTurn(partner_id, rule, title, opened, subjects))
    return tuple(found)


def consequences(
    happening: Happening,
    turns: Iterable[AlertTurn],
    *,
    tiers: tuple[TierState, TierState] | None,
    currency: str,
) -> tuple[str, ...]:
    """Return what a happening led to, a phrase each; `tiers` are the partner's states before and after."""
    records = set(happening.evidence)
    found = [
        f"{'raises' if turn.opened else 'closes'} the alert “{turn.title}”"
        for turn in turns
        if turn.partner_id == happening.partner_id
        # An alert that warned of what has now happened is no longer news of its own.
        and (turn.opened or happening.tone != "bad")
        and any(records.intersection(one.evidence) for one in turn.subjects)
    ]
    if happening.moves_tier and tiers is not None:
        found += _tier_phrases(*tiers, currency=currency)
    return tuple(dict.fromkeys(found))


def is_explained(turn: AlertTurn, happenings: Iterable[Happening]) -> bool:
    """Tell whether one of `happenings` of the partner says why an alert came up or went away."""
    records = {record for one in turn.subjects for record in one.evidence}
    return any(one.partner_id == turn.partner_id and records.intersection(one.evidence) for one in happenings)


def _firing(evaluation: Evaluation) -> Mapping[tuple[str, str], list[FiredSubject]]:
    found: dict[tuple[str, str], list[FiredSubject]] = {}
    for firing in evaluation.firings:
        shown = [one for one in firing.subjects if not one.holds_only and one.silenced_by is None]
        if firing.partner_id and shown:
            found[firing.partner_id, firing.rule] = shown
    return found


def _tier_phrases(before: TierState, after: TierState, *, currency: str) -> list[str]:
    if before.tier != after.tier:
        return []
    met = {need.name: need.met for need in before.requirements}
    return [
        f"{after.tier} asks {write(need.needed, need.unit, currency=currency)} for "
        f"{in_a_sentence(need.title)}, has {write(need.has, need.unit, currency=currency)}"
        for need in after.requirements
        if need.met is False and met.get(need.name) is not False
    ]
