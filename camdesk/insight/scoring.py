"""Scorecard arithmetic, as metrics.md says it: marks, groups, coverage, bands, contributions.

Pure functions over values; nothing here reads a database.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from camdesk.insight.definitions import Line, Profile
from camdesk.insight.results import Band, Group, Movement

GREEN_FROM = 75.0
AMBER_FROM = 50.0
ENOUGH_COVERAGE = 0.6
ON_TARGET = 80.0
"""What a line at its target mark earns."""
FIRM_WEIGHT = 60.0
COMPARED_FROM = 8
"""Ranks, quartiles and medians within a type are given from this many partners on."""

Key = TypeVar("Key", bound=Hashable)

_STEPS = (0.0, 50.0, 80.0, 100.0)


def points(value: float, marks: Sequence[float]) -> float:
    """Return 0 to 100: linear between the marks, clamped outside; where marks are equal the higher holds."""
    if len(marks) == 6:
        return _range_points(value, marks)
    if marks[0] > marks[-1]:
        value, marks = -value, [-mark for mark in marks]
    for step in (3, 2, 1, 0):
        if value >= marks[step]:
            if step == 3:
                return 100.0
            share = (value - marks[step]) / (marks[step + 1] - marks[step])
            return _STEPS[step] + share * (_STEPS[step + 1] - _STEPS[step])
    return 0.0


def _range_points(value: float, marks: Sequence[float]) -> float:
    """Return the points of a range line: 80 at the target's edges, 100 at its geometric middle."""
    low_zero, low_floor, low, high, high_floor, high_zero = marks
    middle = sqrt(low * high) if low > 0 else (low + high) / 2
    if value <= middle:
        return points(value, (low_zero, low_floor, low, middle))
    return points(value, (high_zero, high_floor, high, middle))


@dataclass(frozen=True, slots=True)
class LineScore:
    """What one weighted line earns; `share` is the part of the score it can make up."""

    metric: str
    points: float
    share: float

    @property
    def contribution(self) -> float:
        return self.share * self.points


class Covered:
    """What a score says of itself by how much of its weight is known."""

    __slots__ = ()
    value: float | None
    coverage: float
    connected_weight: float

    @property
    def enough_data(self) -> bool:
        return self.value is not None and self.coverage >= ENOUGH_COVERAGE

    @property
    def provisional(self) -> bool:
        return self.connected_weight < FIRM_WEIGHT


@dataclass(frozen=True, slots=True)
class Score(Covered):
    """A score with what it is made of. `value` None: no line has a value."""

    value: float | None
    outcome: float | None
    leading: float | None
    lines: Mapping[str, LineScore]
    coverage: float
    connected_weight: float
    band: Band | None
    capped_by: str | None


def score(profile: Profile, values: Mapping[str, float | int], connected: frozenset[str]) -> Score:
    """Return the score of one partner from its figures and the metrics connected for its type."""
    weighted = [line for line in profile.lines if line.weight]
    valued = {
        line.metric: points(value, line.marks)
        for line in weighted
        if line.marks is not None and (value := values.get(line.metric)) is not None
    }
    groups = {
        group: [line for line in weighted if line.group is group and line.metric in valued]
        for group in (Group.OUTCOME, Group.LEADING)
    }
    shares = _group_shares(profile, groups)
    lines: dict[str, LineScore] = {}
    group_scores: dict[Group, float] = {}
    for group, members in groups.items():
        total = sum(line.weight for line in members)
        for line in members:
            lines[line.metric] = LineScore(
                line.metric, valued[line.metric], shares[group] * line.weight / total
            )
        if members:
            group_scores[group] = sum(line.weight * valued[line.metric] for line in members) / total
    value = sum(line.contribution for line in lines.values()) if lines else None
    connected_weight = sum(
        line.weight for line in weighted if line.metric in connected or line.metric in valued
    )
    coverage = (
        sum(line.weight for line in weighted if line.metric in valued) / connected_weight if lines else 0.0
    )
    band, capped_by = _band(value if coverage >= ENOUGH_COVERAGE else None, weighted, values)
    return Score(
        value,
        group_scores.get(Group.OUTCOME),
        group_scores.get(Group.LEADING),
        lines,
        coverage,
        connected_weight,
        band,
        capped_by,
    )


def _group_shares(profile: Profile, groups: Mapping[Group, list[Line]]) -> dict[Group, float]:
    """Return what each group makes up of the score; a group with no value leaves the other alone."""
    if not groups[Group.LEADING]:
        return {Group.OUTCOME: 1.0, Group.LEADING: 0.0}
    if not groups[Group.OUTCOME]:
        return {Group.OUTCOME: 0.0, Group.LEADING: 1.0}
    return {Group.OUTCOME: profile.outcome_share, Group.LEADING: 1 - profile.outcome_share}


def _band(
    value: float | None, lines: Sequence[Line], values: Mapping[str, float | int]
) -> tuple[Band | None, str | None]:
    if value is None:
        return None, None
    if value < GREEN_FROM:
        return band_of(value), None
    for line in lines:
        has = values.get(line.metric)
        if line.hurdle is not None and has is not None and has < line.hurdle:
            return band_of(value, capped=True), line.metric
    return band_of(value), None


def band_of(value: float, *, capped: bool = False) -> Band:
    """Return the band of a score; a hurdle that is not taken keeps it at amber."""
    if value < AMBER_FROM:
        return Band.RED
    return Band.AMBER if value < GREEN_FROM or capped else Band.GREEN


Valued = tuple[float | None, Mapping[Key, LineScore]]
"""A score and the lines that make it up, by whatever tells them apart."""


def movements(
    before: Valued[Key], after: Valued[Key], title_of: Callable[[Key], str]
) -> tuple[Movement, ...]:
    """Return exactly what lies between two scores, largest first.

    A line valued on both days moves the score by its points at the weight it had before; what lines
    gaining or losing a value shift is one entry, "weights moved".
    """
    (first, lines_before), (second, lines_after) = before, after
    if first is None or second is None:
        return ()
    moved = [
        Movement(line.metric, title_of(key), line.share * (lines_after[key].points - line.points))
        for key, line in lines_before.items()
        if key in lines_after
    ]
    rest = second - first - sum(movement.points for movement in moved)
    if {key: line.share for key, line in lines_before.items()} != {
        key: line.share for key, line in lines_after.items()
    }:
        moved.append(Movement(None, "Weights moved", rest))
    changed = [movement for movement in moved if movement.points]
    return tuple(sorted(changed, key=lambda movement: -abs(movement.points)))


def over_common_lines(
    profile: Profile, before: Mapping[str, float | int], now: Mapping[str, float | int]
) -> tuple[float, float] | None:
    """Return both scores over the lines valued on both days: what differs is then the partner."""
    weighted = (line.metric for line in profile.lines if line.weight)
    common = [metric for metric in weighted if metric in before and metric in now]
    first, second = (
        score(profile, {metric: values[metric] for metric in common}, frozenset(common)).value
        for values in (before, now)
    )
    return None if first is None or second is None else (first, second)


def our_side_points(lines: Sequence[Line], values: Mapping[str, float | int]) -> float | None:
    """Return the mean points of our own lines with a value, equal weights; None where there is none."""
    earned = [
        points(value, line.marks)
        for line in lines
        if line.marks is not None and (value := values.get(line.metric)) is not None
    ]
    return sum(earned) / len(earned) if earned else None
