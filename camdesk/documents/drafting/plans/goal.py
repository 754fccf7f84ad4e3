"""Targets by quarter beside what the quarters bring of their own, and by product, account and region."""

from __future__ import annotations

from collections.abc import Sequence

from camdesk.base.periods import Period
from camdesk.documents.drafting.booked import booked
from camdesk.documents.drafting.draft import Draft, cell, lacking, lowered, number, say, table, wide
from camdesk.documents.drafting.plans import network
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Block, Cell, Section, Span
from camdesk.documents.phrases import count, joined
from camdesk.insight.wording import write_day

_PARTS = 5
_SPLITS_SHOWN = 3
_SPLITS = (
    ("product", ("product",), "By product"),
    ("resellers", (network.BUYER,), "By reseller"),
    ("account", ("customer",), "By account"),
    ("region", ("territory",), "By region"),
)


def section(plan: Outline) -> Section:
    """Return the year's target by quarter, and split as the last twelve months were."""
    draft, target = plan.draft, plan.target
    if target is None:
        lack = "Targets: there is neither a target on record nor a year of results to derive one from."
        return lacking("goal", "Targets", f"A target for {plan.year} is still to be agreed", lack)
    shape = (
        "The year falls over its quarters as the last four did." if target.shaped else "In four equal parts."
    )
    columns = [
        wide("Quarter", 0.8),
        wide("Days", 1.7),
        number("Target"),
        number("By then"),
        wide("Falls due in it", 2.2),
    ]
    block = table(columns, _quarters(plan), title="Targets by quarter", note=say(shape))
    base = draft.frozen.span(target.metric, on=draft.today) if target.base is not None else None
    start: tuple[str | Span, ...] = ("From ", base, " to ") if base is not None else ("To reach: ",)
    lead = say(*start, plan.target_span(target.value), f" in {plan.year}.", *_assumption(plan))
    return following("goal", "Targets", _message(plan), (block, *_splits(plan)), lead=lead)


def _assumption(plan: Outline) -> tuple[str, ...]:
    if plan.target is None or not plan.target.assumed:
        return ()
    return (" Nobody has set this target yet: it is derived from the baseline and to be agreed.",)


def _message(plan: Outline) -> str:
    assert plan.target is not None
    title, growth = lowered(plan.target.title.partition(",")[0]), plan.target.growth
    if growth is None or growth >= 0.005:
        return f"Grow {title}, quarter by quarter"
    return f"Hold {title}, quarter by quarter" if growth > -0.005 else f"Rebuild {title}, quarter by quarter"


def _quarters(plan: Outline) -> list[list[Cell]]:
    assert plan.target is not None
    rows: list[list[Cell]] = []
    running = 0.0
    for period, part in plan.target.quarters:
        running += part
        rows.append(
            [
                cell(plan.draft.calendar.quarter_title(period.start)),
                cell(f"{write_day(period.start)} to {write_day(period.last)}"),
                Cell((plan.target_span(part),), strong=True),
                Cell((plan.target_span(running),)),
                _falls_due(plan.draft, period),
            ]
        )
    return rows


def _falls_due(draft: Draft, period: Period) -> Cell:
    """Return the renewals, certificates and joint milestones that fall into a quarter."""
    found = (
        ("renewals", "due_on", "renewal", lambda row: row["status"] == "open"),
        ("certifications", "expires_on", "certificate", lambda _row: True),
        ("milestones", "due_on", "milestone", lambda row: row["completed_on"] is None),
    )
    parts = []
    for entity, column, noun, counts in found:
        rows = [
            row for row in draft.rows.of(entity) if counts(row) and (on := day(row[column])) and on in period
        ]
        if rows:
            parts.append(count(len(rows), noun))
    return cell(joined(parts)) if parts else cell("–", tone="quiet")


def _splits(plan: Outline) -> tuple[Block, ...]:
    assert plan.target is not None
    found = booked(plan.draft, plan.target.metric, year_back(plan.draft.today))
    if found is None or found.value <= 0:
        return ()
    blocks = []
    for name, columns, title in _SPLITS:
        parts = _parts(found.rows, columns, found.column)
        named = sum(value for _, value in parts)
        if len(parts) > 1 and named * 2 >= found.value:
            blocks.append(_split(plan, name, title, parts, found.value))
    return tuple(blocks[:_SPLITS_SHOWN])


def _parts(rows: Sequence[Row], columns: Sequence[str], amounts: str) -> list[tuple[str, float]]:
    sums: dict[str, float] = {}
    for row in rows:
        label = next((str(row[column]) for column in columns if row.get(column)), None)
        if label is not None:
            sums[label] = sums.get(label, 0) + amount(row, amounts)
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))


def _split(plan: Outline, name: str, title: str, parts: list[tuple[str, float]], whole: float) -> Block:
    """Return the target split as twelve months were: the largest parts, then all others together."""
    assert plan.target is not None
    shown = parts[:_PARTS]
    rest = whole - sum(value for _, value in shown)
    lines = [*shown, *([("All others", rest)] if rest > 0 else [])]
    key = plan.keep(
        f"split-{name}",
        f"Target {title.lower()}",
        value=plan.target.value,
        written=plan.draft.money(plan.target.value),
        words="The year's target, split as the last twelve months were. Each line shows those months.",
        parts=[(label, plan.draft.money(value)) for label, value in lines],
        kind="line",
    )
    rows = [
        [
            cell(label),
            Cell((Span(plan.draft.money(value), key),)),
            Cell((Span(f"{value / whole * 100:.0f}%", key),)),
            Cell((Span(plan.draft.money(value / whole * plan.target.value), key),), strong=True),
        ]
        for label, value in lines
    ]
    columns = [wide(title, 2.4), number("Twelve months"), number("Share"), number(f"Target {plan.year}")]
    return table(columns, rows)
