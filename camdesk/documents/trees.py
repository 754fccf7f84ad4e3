"""Walk through a document's parts: which figures a part states, and the part with its spans made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from camdesk.documents.model import Line, Span

_Part = TypeVar("_Part")


def spans_of(part: Any) -> Iterator[Span]:
    """Yield the spans of a part in reading order."""
    if isinstance(part, Span):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from spans_of(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from spans_of(getattr(part, field.name))


def keys_of(part: Any) -> frozenset[str]:
    """Return the keys of all figures that a part states, in words or in a chart."""
    if isinstance(part, tuple):
        return frozenset().union(*(keys_of(item) for item in part))
    if not is_dataclass(part):
        return frozenset()
    named = getattr(part, "figure", None)
    own = frozenset((named,) if isinstance(named, str) else ())
    return own.union(*(keys_of(getattr(part, field.name)) for field in fields(part)))


def with_spans(part: _Part, change: Callable[[Span], Span]) -> _Part:
    """Return the part with every span changed, the rest as it is."""
    if isinstance(part, Span):
        return change(part)  # type: ignore[return-value]  # a span for a span
    if isinstance(part, tuple):
        return tuple(with_spans(item, change) for item in part)  # type: ignore[return-value]  # the same shape
    if is_dataclass(part) and not isinstance(part, type):
        made = {field.name: with_spans(getattr(part, field.name), change) for field in fields(part)}
        return replace(part, **made)
    return part


def text_of(line: Line) -> str:
    return "".join(span.text for span in line)
