"""How a plan goes, read from synced facts: targets against pace, milestones, commitments kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting.facts import commitments
from camdesk.documents.drafting.plans.milestones import AGREEMENT, REVIEW, REVIEW_AFTER
from camdesk.documents.drafting.rows import PartnerRows, Row, day
from camdesk.documents.model import Document, PlanTarget
from camdesk.insight.insight import Insight
from camdesk.insight.results import EvidenceRecord
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Kind

_LATEST = timedelta(days=60)  # a review held later is the next one
_MARGIN = 0.05  # of the way that was to be gone: within it a target is on pace
Number = float | int


class Standing(Enum):
    """Where something planned stands on a day."""

    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"
    NOT_BEGUN = "not begun"
    NO_DATA = "no data"


class StepState(Enum):
    DONE = "done"
    DONE_LATE = "done late"
    LATE = "late"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """A target with its value so far and what pace asks for by the day; values in the target's unit.

    A sum is counted from the plan's first day on, a level is that of the day. `gap` is what lies between
    value and pace in the direction of the target: negative means behind.
    """

    target: PlanTarget
    value: Number | None
    counted_to: date  # what is reported by the month counts to the end of the last one reported
    pace: Number
    gap: Number | None
    standing: Standing
    n: int  # records behind the value


@dataclass(frozen=True, slots=True)
class StepProgress:
    text: str
    due: date
    done_on: date | None
    state: StepState


@dataclass(frozen=True, slots=True)
class Kept:
    """One side's commitments due since the plan began: how many, kept in time, done late, still open."""

    side: str  # vendor | partner
    due: int
    kept: int
    late: int
    open: int


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A plan on a day. `elapsed` is the share of its year gone: 0 before it begins, 1 once it is over."""

    partner_id: str
    period: str
    as_of: date
    elapsed: float
    targets: tuple[TargetProgress, ...]
    milestones: tuple[StepProgress, ...]
    commitments: tuple[Kept, ...]  # ours first

    @property
    def main(self) -> TargetProgress | None:
        """The target the plan is named after: the one both sides share."""
        return next((one for one in self.targets if one.target.side == "both"), None)

    @property
    def late(self) -> tuple[StepProgress, ...]:
        return tuple(step for step in self.milestones if step.state is StepState.LATE)


def progress(insight: Insight, plan: Document) -> PlanProgress:
    """Return how a stored plan stands on the day of `insight`; one from before targets were kept has none."""
    rows = PartnerRows(insight.workspace.database, plan.partner_id)
    year = insight.settings.calendar.year_named(int(plan.period))
    return PlanProgress(
        partner_id=plan.partner_id,
        period=plan.period,
        as_of=insight.as_of,
        elapsed=_elapsed(year, insight.as_of),
        targets=tuple(_target(insight, rows, plan.partner_id, target) for target in plan.targets),
        milestones=tuple(_step(insight, plan, rows, step.text, step.due) for step in plan.milestones),
        commitments=_kept(rows, year, insight.as_of),
    )


def _elapsed(period: Period, today: date) -> float:
    gone = (min(today, period.last) - period.start).days + 1
    return max(0, gone) / period.days


def _target(insight: Insight, rows: PartnerRows, partner_id: str, target: PlanTarget) -> TargetProgress:
    today = insight.as_of
    if today < target.start or target.metric not in insight.catalog.metrics:
        standing = Standing.NOT_BEGUN if today < target.start else Standing.NO_DATA
        return TargetProgress(target, None, today, pace_of(target, today), None, standing, 0)
    counted_to = today
    if target.parts:
        own = _own_records(insight, partner_id, target)
        value = None if own is None else sum(one.n for one in own if isinstance(one.n, int | float))
        n = len(own or ())
        counted_to = _counted_to(rows, own or (), today)
    else:
        value, n = _level(insight, partner_id, target)
    pace = pace_of(target, counted_to)
    if value is None:
        return TargetProgress(target, None, counted_to, pace, None, Standing.NO_DATA, n)
    gap, margin = _gap(target, value, pace)
    standing = Standing.AHEAD if gap > margin else Standing.BEHIND if gap < -margin else Standing.ON_PACE
    return TargetProgress(target, value, counted_to, pace, gap, standing, n)


def _own_records(insight: Insight, partner_id: str, target: PlanTarget) -> tuple[EvidenceRecord, ...] | None:
    """Return what counts by the day and did not on the eve of the plan: the records of its own days.

    The metric looks twelve months back, so that what was there on the eve is there in the same form.
    """
    now = insight.evidence(partner_id, target.metric, day=min(insight.as_of, target.last))
    if now.value is None:
        return None
    eve = insight.evidence(partner_id, target.metric, day=target.start - ONE_DAY)
    before = {(record.entity, record.record_id) for record in eve.records}
    return tuple(record for record in now.records if (record.entity, record.record_id) not in before)


def _counted_to(rows: PartnerRows, own: Sequence[EvidenceRecord], today: date) -> date:
    """Return the day up to which the records can tell: months are reported once they are over."""
    entities = {record.entity for record in own}
    entity = ENTITIES.get(entities.pop()) if len(entities) == 1 else None
    if entity is None or not any(column.kind is Kind.MONTH for column in entity.columns):
        return today
    months = [on for row in rows.of(entity.name) if (on := day(row["month"])) is not None]
    ends = [end for on in months if (end := add_months(on, 1) - ONE_DAY) <= today]
    return max(ends, default=today)


def _level(insight: Insight, partner_id: str, target: PlanTarget) -> tuple[Number | None, int]:
    figure = insight.figure(partner_id, target.metric, day=min(insight.as_of, target.last))
    return figure.value, figure.n


def pace_of(target: PlanTarget, today: date) -> Number:
    """Return what is due by the end of a day.

    Of a sum: the parts of the quarters gone, and of the running one the share of its days. Of a level: the
    way from the baseline to the target by the days gone.
    """
    whole = Period(target.start, target.last + ONE_DAY)
    if not target.parts:
        start = target.baseline if target.baseline is not None else target.value
        return start + (target.value - start) * _elapsed(whole, today)
    due: Number = 0
    first = target.start
    for last, part in target.parts:
        due += part * _elapsed(Period(first, last + ONE_DAY), today)
        first = last + ONE_DAY
    return due


def _gap(target: PlanTarget, value: Number, pace: Number) -> tuple[Number, float]:
    """Return how far the value is beyond the pace in the target's direction, and what counts as on pace."""
    if target.parts:
        return value - pace, _MARGIN * abs(pace)
    falling = target.baseline is not None and target.value < target.baseline
    way = abs(target.value - target.baseline) if target.baseline is not None else abs(target.value)
    return (pace - value if falling else value - pace), _MARGIN * way


def _step(insight: Insight, plan: Document, rows: PartnerRows, text: str, due: date) -> StepProgress:
    done = _done(insight, plan, rows, text, due)
    if done is not None and done <= insight.as_of:
        return StepProgress(text, due, done, StepState.DONE if done <= due else StepState.DONE_LATE)
    return StepProgress(text, due, None, StepState.LATE if due < insight.as_of else StepState.OPEN)


def _done(insight: Insight, plan: Document, rows: PartnerRows, text: str, due: date) -> date | None:
    """Return the day a step of the plan was done: by the milestone of its name, or by the fact behind it."""
    named = [row for row in rows.of("milestones") if _same(str(row["name"]), text)]
    days = [on for row in named if (on := day(row["completed_on"])) is not None]
    derived = [one.done_on for one in insight.milestones(plan.partner_id) if _same(one.name, text)]
    days += [on for on in derived if on is not None]
    if text.startswith(REVIEW):
        held = [row for row in rows.of("meetings") if row["kind"] == "review" and row["status"] == "held"]
        days += [
            on
            for row in held
            if due - REVIEW_AFTER < (on := day(row["scheduled_at"]) or due) <= due + _LATEST
        ]
    if text.startswith(AGREEMENT):
        same = [row for row in rows.of("agreements") if text.endswith(row["kind"].replace("_", " "))]
        days += [on for row in same if (on := day(row["signed_on"])) is not None and on > plan.drafted_on]
    return min(days, default=None)


def _same(one: str, other: str) -> bool:
    """Return whether a milestone's name is the text of a plan, which may have been cut short."""
    flat = " ".join(one.split())
    return flat == other or (other.endswith("…") and flat.startswith(other[:-1]))


def _kept(rows: PartnerRows, year: Period, today: date) -> tuple[Kept, ...]:
    if today < year.start:
        return ()
    due = commitments(rows, Period(year.start, min(today, year.last) + ONE_DAY), today)
    sides = ((side, [row for row in due if row["side"] == side]) for side in ("vendor", "partner"))
    return tuple(_of_side(side, mine, today) for side, mine in sides if mine)


def _of_side(side: str, due: Sequence[Row], today: date) -> Kept:
    done = [row for row in due if (on := day(row["done_on"])) is not None and on <= today]
    kept = [row for row in done if row["done_on"] <= row["due_on"]]
    return Kept(side, len(due), len(kept), len(done) - len(kept), len(due) - len(done))
