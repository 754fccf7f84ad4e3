"""The user's own definitions, each checked before it is in force: a bad one is listed, not used.

A metric's or rule's query is tried on a portfolio without rows, under the guard it will run under; a
metric with an example must make the example's figure. The shipped definition stays in force meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as driver

from camdesk.base.errors import CamDeskError, Problem
from camdesk.insight.catalog import Catalog, load_catalog, read_definitions
from camdesk.insight.definitions import Metric, Profile
from camdesk.insight.examples import fault_of
from camdesk.insight.profile_soundness import profile_faults
from camdesk.insight.query_soundness import Fault, metric_faults, rule_faults
from camdesk.insight.rules import Rule
from camdesk.insight.sandbox import Sandbox, empty_database, open_sandbox

_Checked = TypeVar("_Checked", Metric, Rule, Profile)
_Faults = Callable[[Any], Iterator[Fault]]


def load_definitions(own: Path) -> tuple[Catalog, tuple[Problem, ...]]:
    """Return the definitions in force, the sound ones under `own` among them, and what is wrong."""
    shipped, problems = load_catalog()
    mine = read_definitions(own)
    if mine.is_empty:
        return shipped, problems
    found = [*problems, *mine.problems]
    catalog = replace(shipped, digest=f"{shipped.digest} {mine.digest}")
    with open_sandbox(shipped) as sandbox:
        metrics = _sound(mine.metrics, _metric_check(sandbox, catalog, mine.metrics), found)
        catalog = replace(catalog, metrics={**catalog.metrics, **metrics})
        named = {*catalog.rules, *(rule.id for _, rule in mine.rules)}
        rules = _sound(mine.rules, lambda rule: rule_faults(rule, sandbox, catalog.metrics, named), found)
        catalog = replace(catalog, rules={**catalog.rules, **rules})
        profiles = _sound(mine.profiles, lambda profile: profile_faults(profile, sandbox, catalog), found)
    return replace(catalog, profiles={**catalog.profiles, **profiles}), tuple(found)


def _metric_check(sandbox: Sandbox, catalog: Catalog, mine: Collection[tuple[str, Metric]]) -> _Faults:
    named = {*catalog.metrics, *(metric.id for _, metric in mine)}

    def faults(metric: Metric) -> Iterator[Fault]:
        before = list(metric_faults(metric, sandbox, named))
        yield from before
        if not before and metric.example is not None:
            yield from _example_faults(metric, catalog)

    return faults


def _example_faults(metric: Metric, catalog: Catalog) -> Iterator[Fault]:
    assert metric.example is not None
    own = replace(catalog, metrics={**catalog.metrics, metric.id: metric})
    try:
        with empty_database() as database:
            fault = fault_of(metric, metric.example, own, database)
    except (CamDeskError, ValueError, TypeError, driver.Error) as error:
        fault = f"the example cannot be worked out: {error}"
    if fault is not None:
        yield "example", "", fault


def _sound(
    definitions: Collection[tuple[str, _Checked]], faults: _Faults, problems: list[Problem]
) -> dict[str, _Checked]:
    """Return the sound ones by id, and add what is wrong with the others. Of two alike the first counts."""
    sound: dict[str, _Checked] = {}
    files: dict[str, str] = {}
    for file, definition in definitions:
        name = _name(definition)
        if name in files:
            key, value = ("type", name) if isinstance(definition, Profile) else (name, "")
            problems.append(Problem(file, None, key, value, f"is defined in {files[name]} already"))
            continue
        files[name] = file
        prefix = "" if isinstance(definition, Profile) else f"{name}."
        found = [
            Problem(file, None, f"{prefix}{key}", value, reason) for key, value, reason in faults(definition)
        ]
        problems += found
        if not found:
            sound[name] = definition
    return sound


def _name(definition: Metric | Rule | Profile) -> str:
    return definition.type if isinstance(definition, Profile) else definition.id
