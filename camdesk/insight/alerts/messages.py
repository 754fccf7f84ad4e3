"""An alert's sentence: the rule's words with the alert's own numbers, days and names in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Any

from camdesk.insight import wording
from camdesk.insight.results import Unit

OWN_NAMES = frozenset({"count", "label", "value", "due", "days"})
"""What every message can say beside the columns of its rule."""
FORMS = frozenset({"", "money", "percent", "ratio", "whole", "day", "month", "days"})


_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


class _Words(Formatter):
    """Fill in plain names only, each written as its format says; what is not known is "no data"."""

    def __init__(self, currency: str) -> None:
        self._currency = currency

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        # A rule is a user's file: it may name a column, never reach into what the column holds.
        return kwargs.get(field_name), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None:
            return wording.NO_DATA
        if format_spec == "money":
            return wording.write(value, Unit.MONEY, currency=self._currency)
        if format_spec == "percent":
            return wording.write(value, Unit.PERCENT, currency=self._currency)
        if format_spec == "ratio":
            return wording.write(value, Unit.RATIO, currency=self._currency)
        if format_spec == "whole":
            return f"{value:,.0f}"
        if format_spec == "day":
            return wording.write_day(date.fromisoformat(str(value)[:10]))
        if format_spec == "month":
            return f"{date.fromisoformat(str(value)[:10]):%B %Y}"
        if format_spec == "days":
            return counted(value, "day")
        if isinstance(value, float):
            return f"{value:,.1f}".removesuffix(".0")
        return str(value)


def fields_of(template: str) -> tuple[tuple[str, str], ...]:
    """Return the names a template fills in, each with its format, once; ValueError where it is malformed."""
    found = {(name, form or "") for _, name, form, _ in Formatter().parse(template) if name is not None}
    return tuple(sorted(found))


def write_column(value: Any, form: str, *, currency: str) -> str:
    """Return one column as a message writes it."""
    return _Words(currency).format_field(value, form)


def counted(number: float, noun: str) -> str:
    """Return `1 day`, `3 days`."""
    whole = round(number)
    return f"{whole:,} {noun}{'' if whole == 1 else 's'}"


def write_message(template: str, columns: Mapping[str, Any], *, currency: str) -> str:
    """Return `template` filled in; a part in square brackets goes where one of its columns is unknown."""

    def kept(part: re.Match[str]) -> str:
        known = all(columns.get(name) is not None for name, _ in fields_of(part[1]))
        return part[1] if known else ""

    text = _Words(currency).vformat(_OPTIONAL.sub(kept, template), (), columns)
    return text[:1].upper() + text[1:]
