"""Mapping files: how the tables of a source become the entities of the portfolio.

A mapping is TOML. Each `[[table]]` fills one entity from one file or sheet:

    [[table]]
    entity = "orders"
    file = "FactResellerSales"           # its name without ending; or several in a list
    decimal = "."                        # signs and date order, for all columns of the file
    [table.columns]
    partner_id = "ResellerKey"           # renamed
    order_id = { template = "{Number}-{Line}" }
    kind = { constant = "new" }
    product = { from = "Key", lookup = { file = "Products", key = "Key", column = "Name" } }
    status = { from = "Stage", values = { "Closed Won" = "won" } }
    [[table.skip]]                       # rows that are no records: footers, tests, other regions
    column = "Number"
    starts_with = ["Total", "Confidential"]

Columns whose header already is a column of the portfolio need no line.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from camdesk.base.errors import CamDeskError, NotFoundError, Problem
from camdesk.base.resources import resource
from camdesk.portfolio.entities import ENTITIES

DAY_ORDERS = ("day-first", "month-first", "excel-serial")
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class MappingError(CamDeskError):
    """A mapping file cannot be used; `problems` lists everything wrong with it."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        listed = "; ".join(str(problem) for problem in problems)
        super().__init__(f"The mapping {name} cannot be used. {listed}.", "Correct the mapping file.")
        self.problems = problems


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Lookup(_Strict):
    """A label found in another file of the source by a key."""

    file: str
    key: str
    column: str
    then: Lookup | None = None
    """Look the label up once more: it is the key of a further file."""


class Formats(_Strict):
    """How numbers and days are written. Nothing stated: only what is certain is read."""

    decimal: Literal[".", ","] | None = None
    thousands: Literal["", ".", ",", " ", "'"] | None = None
    dates: str | None = None
    """`day-first`, `month-first`, `excel-serial`, or a pattern such as %d.%m.%y."""
    time_zone: str | None = None
    """The zone of instants that carry none, such as Europe/Berlin; UTC otherwise."""
    blanks: Words = ()
    """Words that stand for no value, such as N/A."""

    @model_validator(mode="after")
    def _signs_differ(self) -> Formats:
        if self.thousands and self.thousands == (self.decimal or "."):
            raise ValueError("decimal and thousands cannot be the same sign")
        return self

    @model_validator(mode="after")
    def _readable_days(self) -> Formats:
        if self.dates is not None and self.dates not in DAY_ORDERS and "%" not in self.dates:
            raise ValueError(f"dates is one of {', '.join(DAY_ORDERS)}, or a pattern such as %d.%m.%y")
        if self.time_zone is not None and self.time_zone not in available_timezones():
            raise ValueError(f"there is no time zone {self.time_zone}")
        return self


class Origin(Formats):
    """Where one column's value comes from. `from` says which column; a template may join several."""

    from_: str | None = Field(default=None, alias="from")
    constant: str | None = None
    template: str | None = None
    lookup: Lookup | None = None
    values: dict[str, str] = {}
    """Translated words; a word that is not listed stays as it is."""
    remove: Words = ()
    """Signs that are taken out first, such as a currency sign or a unit."""

    @model_validator(mode="after")
    def _one_origin(self) -> Origin:
        if sum(given is not None for given in (self.from_, self.constant, self.template)) != 1:
            raise ValueError("give one of: from, constant, template")
        return self

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the headers it reads."""
        if self.template is not None:
            return tuple(PLACEHOLDER.findall(self.template))
        return (self.from_,) if self.from_ is not None else ()


def _origin(value: Any) -> Any:
    return {"from": value} if isinstance(value, str) else value


class Condition(_Strict):
    """A test of one cell; a row meets it where any of what is listed holds."""

    column: str
    equals: Words = ()
    starts_with: Words = ()
    contains: Words = ()
    blank: bool = False

    def holds(self, text: str) -> bool:
        return (
            (self.blank and not text)
            or text in self.equals
            or bool(self.starts_with and text.startswith(self.starts_with))
            or any(part in text for part in self.contains)
        )


class TableMapping(Formats):
    """One file, or several alike, into one entity."""

    entity: str
    file: Words
    quoted_in: str | None = None
    """Exchange rates only: the currency the rates are quoted in; crossed where the base is another."""
    columns: dict[str, Annotated[Origin, BeforeValidator(_origin)]] = {}
    skip: tuple[Condition, ...] = ()
    """Rows that are no records: footers, subtotals."""
    keep: tuple[Condition, ...] = ()
    """Only rows that meet all of these are wanted."""
    only_listed: bool = False
    """Ignore columns that merely happen to bear a portfolio column's name."""

    @model_validator(mode="after")
    def _known_names(self) -> TableMapping:
        entity = ENTITIES.get(self.entity)
        if entity is None:
            raise ValueError(f"there is no entity {self.entity}; there are: {', '.join(ENTITIES)}")
        unknown = [name for name in self.columns if name not in entity.by_name and name != "url"]
        if unknown:
            raise ValueError(f"{self.entity} has no column {', '.join(unknown)}")
        if self.quoted_in is not None and self.entity != "exchange_rates":
            raise ValueError("quoted_in belongs to exchange_rates")
        return self


class Mapping(_Strict):
    """A whole mapping file. Tables it does not name are matched by their own names."""

    title: str = ""
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    header_line: int = Field(default=1, ge=1)
    table: tuple[TableMapping, ...] = ()

    def digest(self) -> str:
        return hashlib.blake2b(self.model_dump_json().encode(), digest_size=16).hexdigest()


def load_mapping(name_or_path: str, *, own_folder: Path | None = None) -> Mapping:
    """Return a mapping by the path of its file, or by the name of the user's own or a shipped one."""
    path = _find(name_or_path, own_folder)
    try:
        with path.open("rb") as file:
            return Mapping.model_validate(tomllib.load(file))
    except ValidationError as error:
        raise MappingError(path.name, _problems(path.name, error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(path.name, (Problem(path.name, None, "", "", str(error)),)) from error
    except OSError as error:
        raise NotFoundError(f"The mapping {path} cannot be read.", "Check the path.") from error


def shipped_mappings() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in resource("mappings").glob("*.toml")))


def _find(name_or_path: str, own_folder: Path | None) -> Path:
    candidates = [Path(name_or_path), resource("mappings", f"{name_or_path}.toml")]
    if own_folder is not None:
        candidates.insert(1, own_folder / f"{name_or_path}.toml")
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise NotFoundError(
        f"There is no mapping {name_or_path}.",
        f"Give a file, or one that is shipped: {', '.join(shipped_mappings())}.",
    )


def _problems(file: str, error: ValidationError) -> tuple[Problem, ...]:
    return tuple(
        Problem(file, None, ".".join(str(part) for part in item["loc"]), "", item["msg"])
        for item in error.errors()
    )
