"""Which reviews come due, by the cadence of each partner's class, and drafting all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from camdesk.base.errors import CamDeskError, CancelledError
from camdesk.base.periods import Period
from camdesk.base.progress import Progress
from camdesk.desk.clock import instant_now
from camdesk.desk.papers import drafting
from camdesk.documents.library import list_documents
from camdesk.insight.insight import Insight
from camdesk.insight.results import Partner
from camdesk.insight.wording import write_day
from camdesk.store.tables import CURRENT


@dataclass(frozen=True, slots=True)
class DraftedReview:
    partner_id: str
    name: str
    due_on: date
    document_id: int


@dataclass(frozen=True, slots=True)
class SkippedReview:
    partner_id: str
    name: str
    because: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class DueReport:
    drafted: tuple[DraftedReview, ...]
    skipped: tuple[SkippedReview, ...]
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class DraftedEach:
    """Which partners have a draft now, by the document's number, and which could not have one."""

    drafted: tuple[tuple[Partner, int], ...]
    failed: tuple[tuple[Partner, CamDeskError], ...]
    stopped: bool = False


def draft_all(insight: Insight, *, within_days: int, mine: bool, by: str, progress: Progress) -> DueReport:
    """Draft the review of the newest finished quarter for every partner whose review is due by then.

    Due on the day of a review in the calendar, else as the rule has it: so many days after the last one held,
    or after enrolment, as the partner's class asks for; a class without reviews has none. A review that is
    drafted already is left as it is: what a person wrote in it is not touched.
    """
    quarter = drafting.quarter_of(insight, None)
    due, skipped = _sorted_out(insight, quarter, within_days=within_days, mine=mine)
    days = {partner.partner_id: on for on, partner in due}

    def draft(partner: Partner) -> int:
        return drafting.review(insight, partner.partner_id, quarter, saved_at=instant_now(), by=by)

    outcome = draft_each([partner for _, partner in due], draft, progress=progress)
    skipped += [
        SkippedReview(partner.partner_id, partner.name, str(error), failed=True)
        for partner, error in outcome.failed
    ]
    drafted = tuple(
        DraftedReview(partner.partner_id, partner.name, days[partner.partner_id], number)
        for partner, number in outcome.drafted
    )
    return DueReport(drafted, tuple(skipped), stopped=outcome.stopped)


def draft_each(
    partners: Sequence[Partner], draft: Callable[[Partner], int], *, progress: Progress
) -> DraftedEach:
    """Draft for one partner after the other; what fails is told, and stopping keeps what is there."""
    drafted: list[tuple[Partner, int]] = []
    failed: list[tuple[Partner, CamDeskError]] = []
    for done, partner in enumerate(partners):
        try:
            progress.report(done, len(partners), partner.name)
            progress.check()
            drafted.append((partner, draft(partner)))
        except CancelledError:
            return DraftedEach(tuple(drafted), tuple(failed), stopped=True)
        except CamDeskError as error:
            failed.append((partner, error))
    progress.report(len(partners), len(partners), "Done")
    return DraftedEach(tuple(drafted), tuple(failed))


def _sorted_out(
    insight: Insight, quarter: Period, *, within_days: int, mine: bool
) -> tuple[list[tuple[date, Partner]], list[SkippedReview]]:
    """Return the partners whose review is to be drafted, the earliest due first, and why others are not."""
    period = insight.settings.calendar.quarter_name(quarter.start)
    stored = list_documents(insight.workspace.database)
    made = {
        one.partner_id: one.document_id for one in stored if one.kind == "review" and one.period == period
    }
    by_then = insight.as_of + timedelta(days=within_days)
    days = _due_days(insight)
    due: list[tuple[date, Partner]] = []
    skipped: list[SkippedReview] = []
    for partner in insight.partners().values():
        if mine and not partner.mine:
            continue
        on = days.get(partner.partner_id)
        if partner.stage == "recruit":
            reason = "not enrolled yet"
        elif on is None:
            reason = f"class {partner.attention} has no reviews"
        elif on > by_then:
            reason = f"due on {write_day(on)}"
        elif partner.partner_id in made:
            reason = f"drafted already: document {made[partner.partner_id]}"
        else:
            due.append((on, partner))
            continue
        skipped.append(SkippedReview(partner.partner_id, partner.name, reason))
    return sorted(due, key=lambda pair: (pair[0], pair[1].partner_id)), skipped


def _due_days(insight: Insight) -> dict[str, date]:
    """Return on which day each partner's next review is due; partners that have none are left out."""
    held, planned = _meetings(insight)
    found: dict[str, date] = {}
    for partner in insight.partners().values():
        cadence = insight.catalog.profiles[partner.type].cadence.get(partner.attention)
        if cadence is None or cadence.review is None:
            continue
        after = timedelta(days=cadence.review)
        if partner.partner_id in planned:
            found[partner.partner_id] = planned[partner.partner_id]
        elif partner.partner_id in held:
            found[partner.partner_id] = held[partner.partner_id] + after
        elif partner.enrolled_on is not None:
            found[partner.partner_id] = max(insight.as_of, partner.enrolled_on + after)
        else:
            found[partner.partner_id] = insight.as_of
    return found


def _meetings(insight: Insight) -> tuple[dict[str, date], dict[str, date]]:
    """Return the day of each partner's last review held, and of its next one in the calendar."""
    table = CURRENT["meetings"]
    today = insight.as_of.isoformat()
    day = func.substr(table.c.scheduled_at, 1, 10)
    last = (
        select(table.c.partner_id, func.max(day))
        .where(table.c.kind == "review", table.c.status == "held", day <= today)
        .group_by(table.c.partner_id)
    )
    next_one = (
        select(table.c.partner_id, func.min(day))
        .where(table.c.kind == "review", table.c.status == "planned", day >= today)
        .group_by(table.c.partner_id)
    )
    with insight.workspace.database.read() as connection:
        held, planned = (
            {partner_id: date.fromisoformat(on) for partner_id, on in connection.execute(query)}
            for query in (last, next_one)
        )
    return held, planned
