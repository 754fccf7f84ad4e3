"""Progress against the joint plan: each target against the pace of its days, milestones, commitments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, select

from camdesk.base.periods import ONE_DAY, Period
from camdesk.documents.drafting.booked import booked
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, lowered, number, say, table, wide
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import (
    Block,
    Cell,
    Document,
    FrozenFigure,
    FrozenRecord,
    Line,
    Missing,
    PlanTarget,
    Promise,
    Promises,
    Section,
    Span,
    from_json,
)
from camdesk.documents.phrases import capital, of_in_words
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, NO_DATA, write_day
from camdesk.store.tables import document, document_version

SHOWN = 8
ON_PACE = 0.95
_NAME, _HEADING = "plan-progress", "Joint plan"


@dataclass(frozen=True, slots=True)
class Progress:
    """How one target of a plan stands on a day; None where no figure says."""

    target: PlanTarget
    expected: float
    actual: float | int | None

    @property
    def pace(self) -> float | None:
        """Actual over what the elapsed time asks for; of a level, the way gone over the way to go by now."""
        if self.actual is None:
            return None
        start = 0 if self.target.parts else (self.target.baseline or 0)
        asked = self.expected - start
        return (self.actual - start) / asked if asked else None


def section(draft: Draft) -> Section:
    """Return how the newest plan of the period's year stands today."""
    year = draft.calendar.year_number(draft.day)
    found = _newest_plan(draft, year)
    if found is None:
        lack = f"Joint plan: none has been drafted for FY{year % 100:02d}."
        return lacking(_NAME, _HEADING, "There is no joint plan to hold the year against", lack)
    plan, status = found
    stands = [progress_of(draft, target) for target in plan.targets]
    blocks: list[Block] = []
    if stands:
        blocks.append(_targets(draft, stands))
    else:
        blocks.append(Missing(("Joint plan: it names no target that could be followed.",)))
    blocks += _milestones(draft, plan)
    state = "agreed" if status == "agreed" else "still a draft"
    lead = say(
        f"The plan of {plan.period_title}, drafted on {write_day(plan.drafted_on)}, {state}.",
        *_kept(draft, plan),
    )
    return Section(_NAME, _HEADING, _message(stands), lead, tuple(blocks), False)


def _newest_plan(draft: Draft, year: int) -> tuple[Document, str] | None:
    """Return the partner's plan of a fiscal year and its status: an agreed one before a draft."""
    query = (
        select(document.c.status, document_version.c.body)
        .join(document_version, document_version.c.document_id == document.c.document_id)
        .where(
            document.c.kind == "plan",
            document.c.partner_id == draft.partner.partner_id,
            document.c.period == str(year),
        )
        .order_by(case((document.c.status == "agreed", 0), else_=1), document_version.c.version_id.desc())
        .limit(1)
    )
    with draft.insight.workspace.database.read() as connection:
        row = connection.execute(query).first()
    return (from_json(row.body), row.status) if row else None


def progress_of(draft: Draft, target: PlanTarget) -> Progress:
    """Return how a target stands today, from synced facts."""
    until = min(target.last, draft.today)
    if target.parts:
        found = booked(draft, target.metric, Period(target.start, until + ONE_DAY))
        return Progress(target, _expected_sum(target, draft.today), None if found is None else found.value)
    elapsed = _share(target.start, target.last, draft.today)
    base = target.baseline or 0
    value = (
        draft.insight.figure(draft.partner.partner_id, target.metric, day=until).value
        if draft.known(target.metric)
        else None
    )
    return Progress(target, base + (target.value - base) * elapsed, value)


def _expected_sum(target: PlanTarget, today: date) -> float:
    """Return what should have come in: parts that are due, and of the running one its days' share."""
    expected, start = 0.0, target.start
    for last, part in target.parts:
        expected += part * _share(start, last, today)
        start = last + ONE_DAY
    return expected


def _share(start: date, last: date, today: date) -> float:
    """Return how much of some days has passed, both ends counted."""
    days = (last - start).days + 1
    return min(1.0, max(0.0, ((today - start).days + 1) / days)) if days > 0 else 1.0


def _targets(draft: Draft, stands: list[Progress]) -> Block:
    columns = [
        wide("Target", 1.8),
        number("For the year"),
        number("By today"),
        number("Actual"),
        number("Of the pace"),
        number(""),
    ]
    return table(columns, [_row(draft, place, one) for place, one in enumerate(stands[:SHOWN], 1)])


def _row(draft: Draft, place: int, one: Progress) -> list[Cell]:
    unit = Unit(one.target.unit)
    written = {what: draft.frozen.write(value, unit) for what, value in _values(one)}
    key = draft.frozen.keep(
        FrozenFigure(
            f"plan-target-{place}",
            f"Joint plan: {one.target.title}",
            None,
            one.actual,
            draft.frozen.write_in_full(one.actual, unit),
            (),
            f"{write_day(one.target.start)} to {write_day(one.target.last)}",
            draft.today,
            1,
            "What the plan wants of the year; what its elapsed days ask for, parts by their days; what the "
            "synced records show.",
            tuple(
                FrozenRecord("", what, "", draft.frozen.write_in_full(value, unit))
                for what, value in _values(one)
            ),
            "figure",
        )
    )
    assumed = " (assumed)" if one.target.assumed else ""
    pace = one.pace
    state = cell(NO_DATA, tone="quiet") if one.actual is None else cell(DASH)
    if pace is not None:
        state = cell("on pace", tone="good") if pace >= ON_PACE else cell("behind", tone="bad")
    return [
        cell(f"{one.target.title}{assumed}"),
        Cell((Span(written["For the year"], key),)),
        Cell((Span(written["By today"], key),)),
        Cell((Span(written["Actual"], key),), strong=True),
        cell(DASH) if pace is None else Cell((Span(f"{pace * 100:.0f}%".replace("-", "−"), key),)),
        state,
    ]


def _values(one: Progress) -> tuple[tuple[str, float | int | None], ...]:
    return (("For the year", one.target.value), ("By today", one.expected), ("Actual", one.actual))


def _message(stands: list[Progress]) -> str:
    paced = [one for one in stands if one.pace is not None]
    if not paced:
        return "The plan cannot be followed yet"
    on_pace = [one for one in paced if (one.pace or 0) >= ON_PACE]
    if len(paced) == 1:
        name = capital(lowered(paced[0].target.title.partition(",")[0]))
        return f"{name} is on the plan’s pace" if on_pace else f"{name} is behind the plan’s pace"
    if len(on_pace) == len(paced):
        return "Every target is on the plan’s pace"
    if not on_pace:
        return "No target is on the plan’s pace"
    verb = "is" if len(on_pace) == 1 else "are"
    return f"{capital(of_in_words(len(on_pace), len(paced), 'target'))} {verb} on the plan’s pace"


def _kept(draft: Draft, plan: Document) -> Line:
    """Return how many of the plan's commitments due by now are done, where they are on record."""
    by_id = {row["commitment_id"]: row for row in draft.rows.of("commitments")}
    by_text = {row["text"]: row for row in draft.rows.of("commitments")}
    due: list[Row] = []
    for promise in _promises(plan):
        row = by_id.get(promise.commitment_id) or by_text.get(promise.text)
        if row is not None and row["dropped_on"] is None and (day(row["due_on"]) or date.max) <= draft.today:
            due.append(row)
    if not due:
        return ()
    key = draft.listed(
        "plan-commitments",
        "Commitments of the plan that are due",
        "Commitments of the joint plan that are on record, due by this day and not dropped.",
        "commitments",
        due,
    )
    done = sum(1 for row in due if row["done_on"] is not None)
    verb = "is" if done == 1 else "are"
    return say(
        " ", Span(capital(of_in_words(done, len(due), "commitment")), key), f" due by now {verb} done."
    )


def _promises(plan: Document) -> list[Promise]:
    drafted = [
        item
        for part in plan.sections
        for block in part.blocks
        if isinstance(block, Promises)
        for item in block.items
    ]
    return [*drafted, *plan.promises]


def _milestones(draft: Draft, plan: Document) -> list[Block]:
    """Return the plan's milestones that are due or next, with what became of them."""
    done_on = {row["name"]: day(row["completed_on"]) for row in draft.rows.of("milestones")}
    known = [one for one in plan.milestones if one.text in done_on]
    if not known:
        return []
    rows: list[list[Cell]] = []
    for one in sorted(known, key=lambda one: (one.due, one.text))[:SHOWN]:
        done = done_on[one.text]
        if done is not None and done <= draft.today:
            state = cell("done", tone="good") if done <= one.due else cell("done late", tone="warn")
        else:
            state = cell("late", tone="bad") if one.due < draft.today else cell("ahead")
        rows.append([cell(one.text), day_cell(one.due), day_cell(done), state])
    return [
        table([wide("Milestone", 2.4), number("Due"), number("Done"), number("")], rows, title="Milestones")
    ]
