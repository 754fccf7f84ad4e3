"""Why a figure moved: the records that came into it and those that left it."""

from __future__ import annotations

from datetime import date

from camdesk.base.periods import ONE_DAY
from camdesk.documents.drafting.draft import Draft, lowered, say
from camdesk.documents.drafting.freezing import size_of
from camdesk.documents.drafting.rows import Row, short_label_of
from camdesk.documents.model import Line, Span
from camdesk.documents.phrases import capital, clipped, in_words, joined
from camdesk.insight.results import EvidenceRecord, ScoreLine
from camdesk.portfolio.entities import ENTITIES

NAMED = 2
FEW = 5
LABEL = 40
_QUOTED = frozenset({"commitments", "milestones", "requests", "cases"})
_MONTHLY = frozenset({"usage", "listing_activity"})


def change_of(draft: Draft, line: ScoreLine) -> tuple[str | Span, ...]:
    """Return `Win rate rose from 31% to 42%`, or less where there is no earlier value."""
    now = draft.line_figure(line, on=draft.day)
    title = capital(line.title)
    if line.value is None:
        return (f"No value any more for {lowered(line.title)}",)
    if line.previous_value is None:
        return (f"{title} came to ", now)
    before = Span(draft.frozen.write(line.previous_value, line.unit), now.figure)
    if before.text == now.text:
        if line.value == line.previous_value:
            return (f"{title} stayed at ", now)
        small = "rise" if line.value > line.previous_value else "fall"
        return (f"A small {small} in {lowered(line.title)}, still ", now)
    verb = "rose" if line.value > line.previous_value else "fell"
    return (f"{title} {verb} from ", before, " to ", now)


def subject_of(line: ScoreLine) -> str:
    """Return what a line measures inside a sentence: of revenue against target, the revenue."""
    return lowered(line.title).removesuffix(" against target")


def has_moved(draft: Draft, line: ScoreLine) -> bool:
    """Return whether the line reads differently from the quarter before."""
    if line.value is None or line.previous_value is None:
        return False
    return draft.frozen.write(line.value, line.unit) != draft.frozen.write(line.previous_value, line.unit)


def cause_of(draft: Draft, line: ScoreLine, *, improved: bool) -> Line:
    """Return a sentence that names the records behind a movement; empty where none stands out."""
    if line.value is None or line.previous_value is None:
        return ()
    now = _records(draft, line.metric, draft.day)
    before = _records(draft, line.metric, draft.before)
    entered = [record for key, record in now.items() if key not in before]
    left = [record for key, record in before.items() if key not in now]
    figure = draft.line_figure(line, on=draft.day).figure
    if line.value > line.previous_value:
        return _brought(_by_name(draft, [record for record in entered if _adds(record)]), figure)
    against = _by_name(draft, [record for record in entered if not _adds(record) and record.d])
    if _tell_why(against):
        side = "for" if improved else "against"
        verb = "counts" if len(against) == 1 else "count"
        return say(" ", *_named(against, figure), f" {verb} {side} it.")
    gone = _by_name(draft, [record for record in left if _adds(record)])
    if _tell_why(gone):
        verb = "counts" if len(gone) == 1 else "count"
        return say(" ", *_named(gone, figure), f" no longer {verb}.")
    return () if improved else _brought_less(draft, line.metric, entered, before)


def _tell_why(names: list[tuple[str, float]]) -> bool:
    """Return whether the first names explain a movement: of two dozen alike none does."""
    whole = sum(size for _, size in names)
    return 0 < len(names) <= FEW or sum(size for _, size in names[:NAMED]) * 3 > whole


def _brought_less(
    draft: Draft, metric: str, entered: list[EvidenceRecord], before: dict[tuple[str, str], EvidenceRecord]
) -> Line:
    """Return who brought less than in the quarter before, where that quarter brought more in all."""
    earlier = _records(draft, metric, draft.calendar.quarter(draft.before).start - ONE_DAY)
    was = dict(_by_name(draft, [one for key, one in before.items() if key not in earlier and _adds(one)]))
    came = dict(_by_name(draft, [one for one in entered if _adds(one)]))
    if sum(came.values()) >= sum(was.values()):
        return ()
    less = {name: size - came.get(name, 0) for name, size in was.items() if size > came.get(name, 0)}
    names = sorted(less, key=lambda name: (-less[name], name))[:NAMED]
    if not _tell_why([(name, less[name]) for name in sorted(less, key=lambda one: -less[one])]):
        return ()
    return say(f" Less came from {joined(names)} than in {draft.quarter(draft.before)}.")


def _records(draft: Draft, metric: str, on: date) -> dict[tuple[str, str], EvidenceRecord]:
    evidence = draft.frozen.evidence(metric, on=on)
    return {(record.entity, record.record_id): record for record in evidence.records}


def _adds(record: EvidenceRecord) -> bool:
    return isinstance(record.n, str) or bool(record.n)


def _brought(names: list[tuple[str, float]], figure: str | None) -> Line:
    """Return who brought the rise; "most" only where the one or two named brought at least half."""
    if not names:
        return ()
    whole = sum(size for _, size in names)
    part = sum(size for _, size in names[:NAMED])
    if whole and part * 2 >= whole:
        much = "it" if part == whole else "most of it"
        return say(f" {capital(joined([name for name, _ in names[:NAMED]]))} brought {much}.")
    return say(" ", *_named(names, figure), " came in new.")


def _named(names: list[tuple[str, float]], figure: str | None) -> Line:
    """Return `Aster Foods`, `Aster Foods and Linden Retail`, `Aster Foods, Linden Retail and 15 others`."""
    first = [name for name, _ in names[:NAMED]]
    others = len(names) - len(first)
    if not others:
        return say(capital(joined(first)))
    return say(f"{capital(', '.join(first))} and ", Span(in_words(others, "other"), figure))


def _is_only_a_month(entity: str, row: Row) -> bool:
    """Return whether a record of monthly figures names nobody: a month is when, not why."""
    return entity in _MONTHLY and not any(row.get(name) for name in ("customer", "product"))


def _called(record: EvidenceRecord, label: str) -> str:
    """Return a record's label as part of a sentence: a promise in quotes, a meeting as what it was."""
    if record.entity in _QUOTED:
        return f"“{label}”"
    if record.entity == "meetings":
        kind = label[:1].lower() + label[1:]
        missed = "" if _adds(record) else "missed "
        return f"{'a' if missed or kind[:1] not in 'aeiou' else 'an'} {missed}{kind}"
    return label


def _by_name(draft: Draft, records: list[EvidenceRecord]) -> list[tuple[str, float]]:
    """Return the customers, resellers or people of some records with what they put in, largest first."""
    by_entity: dict[str, list[EvidenceRecord]] = {}
    for record in records:
        by_entity.setdefault(record.entity, []).append(record)
    sums: dict[str, float] = {}
    for entity, members in by_entity.items():
        schema = ENTITIES.get(entity)
        rows = draft.rows.find(entity, [record.record_id for record in members]) if schema else {}
        for record in members:
            row = rows.get(record.record_id)
            if schema is not None and row is not None and not _is_only_a_month(entity, row):
                name = _called(record, clipped(short_label_of(schema, row), LABEL))
                sums[name] = sums.get(name, 0) + size_of(record)
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
