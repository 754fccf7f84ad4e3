"""All definitions in force: the shipped ones, and over them the user's own that were found sound."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from camdesk.base.errors import Problem
from camdesk.base.resources import resource
from camdesk.insight.definitions import Metric, Profile
from camdesk.insight.rules import Rule

FOLDERS = ("metrics", "rules", "profiles")
_SHOWN = 80
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


@dataclass(frozen=True)
class Definitions:
    """What the files of one folder define, each with the name of its file, and what could not be read."""

    metrics: tuple[tuple[str, Metric], ...]
    rules: tuple[tuple[str, Rule], ...]
    profiles: tuple[tuple[str, Profile], ...]
    problems: tuple[Problem, ...]
    digest: str
    """Changes when any of the files does."""

    @property
    def is_empty(self) -> bool:
        return not (self.metrics or self.rules or self.profiles or self.problems)


@cache
def load_catalog() -> tuple[Catalog, tuple[Problem, ...]]:
    """Return the shipped definitions, read once a process, and their problems: none in a release."""
    shipped = read_definitions(resource())
    catalog = Catalog(
        {metric.id: metric for _, metric in shipped.metrics},
        {profile.type: profile for _, profile in shipped.profiles},
        {rule.id: rule for _, rule in shipped.rules},
        shipped.digest,
    )
    return catalog, shipped.problems


def read_definitions(root: Path) -> Definitions:
    """Read every metric, rule and profile file under `root`, as far as each is well formed."""
    fingerprint = hashlib.sha256()
    problems: list[Problem] = []
    files = {name: list(_files(root / name, fingerprint, problems)) for name in FOLDERS}
    metrics = [one for path, body in files["metrics"] for one in _tables(Metric, path, body, problems)]
    rules = [one for path, body in files["rules"] for one in _tables(Rule, path, body, problems)]
    profiles = [
        (path.name, profile)
        for path, body in files["profiles"]
        if (profile := _parsed(Profile, path, "", body, problems)) is not None
    ]
    return Definitions(
        tuple(metrics), tuple(rules), tuple(profiles), tuple(problems), fingerprint.hexdigest()
    )


def _files(folder: Path, fingerprint: Any, problems: list[Problem]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
        try:
            content = path.read_bytes()
        except OSError as error:
            problems.append(Problem(path.name, None, "", "", f"cannot be read: {error.strerror}"))
            continue
        fingerprint.update(content)
        try:
            yield path, tomllib.loads(content.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            problems.append(Problem(path.name, None, "", "", f"is not readable TOML: {error}"))


def _tables(
    shape: type[_Shape], path: Path, body: dict[str, Any], problems: list[Problem]
) -> Iterator[tuple[str, _Shape]]:
    for name, table in body.items():
        if not isinstance(table, dict):
            problems.append(Problem(path.name, None, name, _shown(table), "must stand in a table of its own"))
        elif "id" in table:
            problems.append(
                Problem(path.name, None, f"{name}.id", _shown(table["id"]), "the id is the table's name")
            )
        elif (parsed := _parsed(shape, path, name, {"id": name, **table}, problems)) is not None:
            yield path.name, parsed


def _parsed(
    shape: type[_Shape], path: Path, name: str, table: dict[str, Any], problems: list[Problem]
) -> _Shape | None:
    try:
        return shape.model_validate(table)
    except ValidationError as error:
        for fault in error.errors():
            key = ".".join([name, *map(str, fault["loc"])]).strip(".")
            value = "" if fault["type"] == "missing" else _shown(fault["input"])
            problems.append(Problem(path.name, None, key, value, _reason(fault["type"], fault["msg"])))
        return None


def _reason(kind: str, message: str) -> str:
    plain = {"extra_forbidden": "there is no such key", "missing": "is missing"}
    return plain.get(kind, message.removeprefix("Value error, "))


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
