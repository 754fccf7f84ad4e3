"""Whether a partner type's file names only what exists, adds up, and asks for milestones that can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Profile
from camdesk.insight.query_soundness import Fault
from camdesk.insight.sandbox import QueryError, Sandbox

WEIGHTS = 100
CLASSES = frozenset({"A", "B", "C"})
OWN_REQUIREMENTS = frozenset({"contribution", "certified_sales", "certified_technical"})
"""What a tier may require beside metrics."""
_ROUNDING = 1e-6


def profile_faults(profile: Profile, sandbox: Sandbox, catalog: Catalog) -> Iterator[Fault]:
    """Yield all that is wrong with a profile."""
    yield from _unknown_metrics(profile, catalog)
    yield from _rule_faults(profile, catalog)
    yield from _line_faults(profile)
    for name in profile.cadence.keys() - CLASSES:
        yield f"cadence.{name}", "", "attention classes are A, B and C"
    yield from _milestone_faults(profile, sandbox)


def _unknown_metrics(profile: Profile, catalog: Catalog) -> Iterator[Fault]:
    named = [(f"lines.{line.metric}", line.metric) for line in profile.lines]
    named += [(f"our_side.{line.metric}", line.metric) for line in profile.our_side]
    named += [("columns", name) for name in profile.columns]
    named += [("contribution", profile.contribution), ("attainment", profile.attainment)]
    named += [
        (f"tiers.{tier.name}.requirements", name)
        for tier in profile.tiers
        for name in tier.requirements
        if name not in OWN_REQUIREMENTS
    ]
    for key, name in named:
        if name not in catalog.metrics:
            yield key, name, "there is no such metric"


def _rule_faults(profile: Profile, catalog: Catalog) -> Iterator[Fault]:
    for name, thresholds in profile.rules.items():
        rule = catalog.rules.get(name)
        if rule is None:
            yield "rules", name, "there is no such rule"
            continue
        for threshold in sorted(thresholds.keys() - rule.thresholds.keys()):
            yield f"rules.{name}", threshold, "the rule has no such threshold"


def _line_faults(profile: Profile) -> Iterator[Fault]:
    weights = sum(line.weight for line in profile.lines)
    if abs(weights - WEIGHTS) > _ROUNDING:
        yield "lines", f"{weights:g}", f"the weights have to add up to {WEIGHTS}"
    for line in profile.all_lines():
        if line.weight < 0:
            yield f"lines.{line.metric}", f"{line.weight:g}", "a weight cannot be negative"
        if line.marks is not None and not _is_monotonic(line.marks):
            shown = " / ".join(f"{mark:g}" for mark in line.marks)
            yield f"lines.{line.metric}.marks", shown, "marks have to rise, or to fall, from zero to stretch"
    for key, lines in (("lines", profile.lines), ("our_side", profile.our_side)):
        for metric, count in Counter(line.metric for line in lines).items():
            if count > 1:
                yield f"{key}.{metric}", "", "the line stands here twice"


def _is_monotonic(marks: Sequence[float]) -> bool:
    """Tell whether marks rise or fall all the way; those of a range can only rise."""
    rises = all(first <= second for first, second in pairwise(marks))
    falls = all(first >= second for first, second in pairwise(marks))
    return (rises or (falls and len(marks) == 4)) and marks[0] != marks[-1]


def _milestone_faults(profile: Profile, sandbox: Sandbox) -> Iterator[Fault]:
    for step in profile.milestones:
        key = f"milestones.{step.name}.fact"
        try:
            columns = sandbox.columns(step.fact)
        except QueryError as error:
            yield key, "", str(error)
            continue
        for name in ("partner_id", "day"):
            if name not in columns:
                yield key, "", f"the query gives no column {name}"
