"""All definitions in force: the shipped ones, and the user's own where they are sound.

A user's file that is not sound is listed with file, key and reason; the shipped one stays in force.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from camdesk.base.errors import Problem
from camdesk.base.resources import resource
from camdesk.insight.definitions import Metric, Profile
from camdesk.insight.rules import Rule

_Shape = TypeVar("_Shape", bound=BaseModel)


@dataclass(frozen=True)
class Catalog:
    """Metrics and rules by id and profiles by type, in the order of their files."""

    metrics: Mapping[str, Metric]
    profiles: Mapping[str, Profile]
    rules: Mapping[str, Rule]
    digest: str
    """Changes when any definition changes; stored figures carry it."""

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.profiles)


def load_catalog(own: Path | None = None) -> tuple[Catalog, tuple[Problem, ...]]:
    """Return the definitions in force and the problems of the user's own files under `own`."""
    problems: list[Problem] = []
    fingerprint = hashlib.sha256()
    metrics: dict[str, Metric] = {}
    profiles: dict[str, Profile] = {}
    rules: dict[str, Rule] = {}
    for root in (resource(), own):
        if root is None:
            continue
        for path, body in _files(root / "metrics", fingerprint, problems):
            metrics |= _tables(Metric, path, body, problems)
        for path, body in _files(root / "rules", fingerprint, problems):
            rules |= _tables(Rule, path, body, problems)
        for path, body in _files(root / "profiles", fingerprint, problems):
            profile = _parsed(Profile, path, "", body, problems)
            unknown = [] if profile is None else _unknown(profile, metrics, rules)
            problems += [Problem(path.name, None, key, name, reason) for key, name, reason in unknown]
            if profile is not None and not unknown:
                profiles[profile.type] = profile
    return Catalog(metrics, profiles, rules, fingerprint.hexdigest()), tuple(problems)


def _files(folder: Path, fingerprint: Any, problems: list[Problem]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
        content = path.read_bytes()
        fingerprint.update(content)
        try:
            yield path, tomllib.loads(content.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            problems.append(Problem(path.name, None, "", "", f"is not readable TOML: {error}"))


def _tables(
    shape: type[_Shape], path: Path, body: dict[str, Any], problems: list[Problem]
) -> dict[str, _Shape]:
    found = {}
    for name, table in body.items():
        parsed = _parsed(shape, path, name, {"id": name, **table}, problems)
        if parsed is not None:
            found[name] = parsed
    return found


def _parsed(
    shape: type[_Shape], path: Path, name: str, table: dict[str, Any], problems: list[Problem]
) -> _Shape | None:
    try:
        return shape.model_validate(table)
    except ValidationError as error:
        for fault in error.errors():
            key = ".".join([name, *map(str, fault["loc"])]).strip(".")
            problems.append(Problem(path.name, None, key, str(fault["input"])[:80], fault["msg"]))
        return None


def _unknown(
    profile: Profile, metrics: Mapping[str, Metric], rules: Mapping[str, Rule]
) -> list[tuple[str, str, str]]:
    """Return key, name and reason of everything a profile names that is not defined."""
    named = [(f"lines.{line.metric}", line.metric) for line in profile.all_lines()]
    named += [("columns", name) for name in profile.columns]
    named += [("contribution", profile.contribution), ("attainment", profile.attainment)]
    missing = [(key, name, "no such metric") for key, name in named if name not in metrics]
    for name, thresholds in profile.rules.items():
        if name not in rules:
            missing.append(("rules", name, "no such rule"))
            continue
        unknown = thresholds.keys() - rules[name].thresholds.keys()
        missing += [(f"rules.{name}", threshold, "the rule has no such threshold") for threshold in unknown]
    return missing
