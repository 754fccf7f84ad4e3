"""What the templates are given: the document as plain JSON, its texts cleaned, its links paired."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from camdesk.documents.model import Document, FrozenFigure, Promises
from camdesk.documents.phrases import clipped, count
from camdesk.documents.plain import cleaned
from camdesk.insight.wording import write_day

# What stays in one piece without being measured: so many rows, and so many characters in all.
_SHORT_ROWS = 7
_SHORT_TEXT = 900
_UNSEEN = frozenset({"alt", "figure", "kind", "tone"})


def build(body: Document, *, paper: str, tagged: bool) -> dict[str, Any]:
    """Return the data of a document's pages; the first link to a figure is marked, for the way back."""
    data: dict[str, Any] = _cleaned(asdict(body))
    _write_days(data["sections"], body)
    for section in data["sections"]:
        for block in section["blocks"]:
            block["short"] = _is_short(block)
    used: set[str] = set()
    _mark_first(data["sections"], used)
    known = {figure.key for figure in body.figures}
    data["figures"] = [
        {**entry, **_annex_words(figure), "used": figure.key in used & known}
        for entry, figure in zip(data["figures"], body.figures, strict=True)
    ]
    drafted = write_day(body.drafted_on)
    as_of = write_day(body.figures_as_of)
    data |= {
        "paper": paper,
        "kind_title": _cleaned(body.title),
        "prepared": f"Prepared {drafted}",
        "description": _cleaned(f"{body.title} of {body.partner_name}, {body.period_title}"),
        "title": _cleaned(f"{body.partner_name} · {body.title} {body.period_title}"),
        "head_left": _cleaned(f"{clipped(body.our_name, 44)} · {body.title}"),
        "head_right": _cleaned(
            f"{clipped(body.partner_name, 44)} · {body.period_title} · prepared {drafted}"
        ),
        "foot": f"Figures as of {as_of}"
        + (
            f", pipeline, commitments and our side as of {drafted}"
            if body.drafted_on != body.figures_as_of
            else ""
        )
        + " · definitions and records in the annex",
        "annex": {
            "title": "Where the figures come from",
            "lead": _annex_lead(body, tagged=tagged),
            "notes": _cleaned(_annex_notes(body)),
        },
    }
    return data


def _annex_lead(body: Document, *, tagged: bool) -> str:
    words = [
        "Each figure of these pages with its definition, the days it looks at and the records that made it.",
        f"Drafted on {write_day(body.drafted_on)}; later changes of the data do not change it.",
    ]
    if not tagged:
        words.append(
            "A character of this document has no shape in the fonts that come with it, "
            "so this PDF is not tagged for screen readers."
        )
    return " ".join(words)


def _annex_notes(body: Document) -> list[str]:
    """Return where the data came from, and what of it is missing."""
    notes = [f"Sources: {'; '.join(body.sources)}."] if body.sources else []
    return [*notes, *(f"Missing data: {line}" for line in body.missing)]


def _write_days(sections: list[dict[str, Any]], body: Document) -> None:
    """Write the due day of each commitment as people read it."""
    for section, made in zip(sections, body.sections, strict=True):
        for block, source in zip(section["blocks"], made.blocks, strict=True):
            if isinstance(source, Promises):
                for item, promise in zip(block["items"], source.items, strict=True):
                    item["due"] = write_day(promise.due)


def _is_short(block: dict[str, Any]) -> bool:
    """Tell whether a block is sure to fit on a page, however narrow the column its words stand in."""
    rows = max((len(block.get(name, ())) for name in ("rows", "items", "lines", "steps")), default=0)
    return rows <= _SHORT_ROWS and _length(block) <= _SHORT_TEXT


def _length(value: Any) -> int:
    """Return the number of characters a reader will see, at the most."""
    if isinstance(value, dict):
        return sum(_length(item) for name, item in value.items() if name not in _UNSEEN)
    if isinstance(value, list | tuple):
        return sum(map(_length, value))
    return len(value) if isinstance(value, str) else 0


def _annex_words(figure: FrozenFigure) -> dict[str, str]:
    facts = [*(f"{what} {written}" for what, written in figure.also)]
    if figure.window:
        facts.append(figure.window)
    facts.append(f"as of {write_day(figure.as_of)}")
    facts.append(count(figure.n, figure.record_kind))
    left = figure.n - len(figure.records)
    more = f"and {count(left, figure.record_kind)} more" if figure.records and left > 0 else ""
    return {"facts": _cleaned(" · ".join(facts)), "more": more}


def _mark_first(value: Any, used: set[str]) -> None:
    """Set `first` on everything that names a figure: true at its first place in reading order."""
    if isinstance(value, dict):
        if "figure" in value:
            key = value["figure"]
            value["first"] = key is not None and key not in used
            used.update([key] if key is not None else [])
        for item in value.values():
            _mark_first(item, used)
    elif isinstance(value, list | tuple):
        for item in value:
            _mark_first(item, used)


def _cleaned(value: Any) -> Any:
    """Return the value with control and reordering characters taken out of every text."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return value if isinstance(value, int | float | bool) or value is None else str(value)
