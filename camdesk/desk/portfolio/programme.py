"""The programme as one report: how all partners do, and parts of them; cohorts; every figure opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from camdesk.base.errors import NotFoundError
from camdesk.base.periods import add_months
from camdesk.desk.number.forecast import in_view
from camdesk.insight import moments
from camdesk.insight.engine import open_run
from camdesk.insight.insight import Insight
from camdesk.insight.lifecycle import activated_on
from camdesk.insight.programme import FIELDS, THE_NUMBER, largest, of_the_number, records_of
from camdesk.insight.results import Evidence, EvidenceRecord, Milestone, Partner, ProgrammeFigures, Unit
from camdesk.insight.survival import PartnerOdds

WHOLE = "All partners"
NOT_GIVEN = "not given"
COHORTS = 12
"""As many fiscal quarters of enrolment are shown: older ones began before most records do."""
TOP_TEN = "top_ten_share"
_TOP_TEN_TITLE = "Share of the ten largest"
_TOP_TEN_WORDS = (
    "Contribution of the ten partners that bring the most, over that of all: the ten have an amount above "
    "the line, everybody below it."
)


@dataclass(frozen=True, slots=True)
class ProgrammeGroup:
    """A part of the programme; `key` names it, `title` is how it reads."""

    key: str
    title: str
    partners: int
    figures: ProgrammeFigures


@dataclass(frozen=True, slots=True)
class Cohort:
    """The partners enrolled in one fiscal quarter, and how far their activation has come."""

    quarter: str  # FY26 Q4
    enrolled: int
    in_time: int
    late: int
    missed: int  # the window is over, and not activated
    on_the_way: int
    unknown: int  # nobody has reached any milestone of the type
    median_days: float | None  # from enrolment to activation
    milestones_done: int
    milestones: int


@dataclass(frozen=True, slots=True)
class NamedOdds:
    """A dark or new partner with its odds of business in the next 90 days."""

    name: str
    odds: PartnerOdds


@dataclass(frozen=True, slots=True)
class ProgrammeReport:
    as_of: date
    base_currency: str
    mine_only: bool
    by: str
    whole: ProgrammeGroup
    groups: tuple[ProgrammeGroup, ...]
    cohorts: tuple[Cohort, ...]
    odds: tuple[NamedOdds, ...]  # the best first, then those nothing is known of


def groupings(insight: Insight) -> Mapping[str, Callable[[Partner], str]]:
    """Return by what a programme may be divided, and the part a partner belongs to."""
    return {
        "type": lambda partner: partner.type,
        "tier": lambda partner: partner.tier or NOT_GIVEN,
        "region": lambda partner: partner.region or NOT_GIVEN,
        "industry": lambda partner: partner.industry or NOT_GIVEN,
        "country": lambda partner: partner.country or NOT_GIVEN,
        "enrolment year": lambda partner: _fiscal_year(insight, partner.enrolled_on),
    }


def report(insight: Insight, *, by: str, mine: bool) -> ProgrammeReport:
    """Return the figures of all partners in view and of each part; the parts add up to the whole."""
    partners = in_view(insight, mine=mine)
    parts = _parts(insight, partners, by)
    view = [partner.partner_id for partner in partners]
    return ProgrammeReport(
        insight.as_of,
        insight.settings.base_currency,
        mine and bool(insight.settings.owner_emails),
        by,
        ProgrammeGroup("", WHOLE, len(view), insight.programme(view)),
        tuple(
            ProgrammeGroup(
                key, _title(insight, by, key), len(members), insight.programme(members, within=view)
            )
            for key, members in parts.items()
        ),
        _cohorts(insight, partners),
        _odds(insight, partners),
    )


def explain(insight: Insight, metric: str, *, by: str, group: str | None, mine: bool) -> Evidence:
    """Return a figure of the programme, or of one part, with exactly the records that made it."""
    named = (*FIELDS, TOP_TEN, *THE_NUMBER)
    if metric not in named:
        raise NotFoundError(
            f"There is no figure of the programme called {metric}.", f"There are: {', '.join(named)}."
        )
    members, view = members_of(insight, by=by, group=group, mine=mine)
    figures = insight.programme(members, within=view)
    if metric == TOP_TEN:
        return _open_top_ten(insight, members, view, figures)
    with open_run(insight.workspace.database, insight.catalog, insight.settings, [insight.as_of]) as run:
        whole = counted_among(insight, metric, view)
        found = records_of(run, metric, members, within=whole, counted=insight.counted(whole))
    definition = insight.catalog.metrics[metric]
    records = tuple(record for _, record in found)
    window = moments.window_of(definition.window, insight.as_of, insight.settings.calendar)
    return Evidence(
        metric,
        definition.title,
        definition.unit,
        getattr(figures, FIELDS[metric])
        if metric in FIELDS
        else of_the_number(members, metric, figures=insight.figures()),
        len(records),
        definition.words,
        window.start if window else None,
        insight.as_of,
        records,
    )


def members_of(insight: Insight, *, by: str, group: str | None, mine: bool) -> tuple[list[str], list[str]]:
    """Return the partners of a group, all in view without one, and all in view."""
    partners = in_view(insight, mine=mine)
    view = [partner.partner_id for partner in partners]
    return view if group is None else _members(insight, partners, by, group), view


def counted_among(insight: Insight, metric: str, view: list[str]) -> list[str]:
    """Return among whom a figure of those in view is counted: some count active partners alone."""
    if metric != "revenue_per_active_partner":
        return view
    return [name for name in view if insight.figures().value(name, "active_partners") == 1]


def _parts(insight: Insight, partners: Iterable[Partner], by: str) -> dict[str, list[str]]:
    ways = groupings(insight)
    if by not in ways:
        raise NotFoundError(f"A programme is not divided by {by}.", f"Choose from: {', '.join(ways)}.")
    found: dict[str, list[str]] = {}
    for partner in partners:
        found.setdefault(ways[by](partner), []).append(partner.partner_id)
    return dict(sorted(found.items(), key=lambda item: _place(insight, by, item[0])))


def _members(insight: Insight, partners: Iterable[Partner], by: str, group: str) -> list[str]:
    parts = _parts(insight, partners, by)
    for key, members in parts.items():
        if group.casefold() in (key.casefold(), _title(insight, by, key).casefold()):
            return members
    titles = ", ".join(_title(insight, by, key) for key in parts)
    raise NotFoundError(f"No partner here has the {by} {group}.", f"There are: {titles}.")


def _place(insight: Insight, by: str, key: str) -> tuple[int, str]:
    """Order types as screens do, years newest first, all else by name; what is not given stands last."""
    if key == NOT_GIVEN:
        return 1_000_000, ""
    if by == "type":
        return insight.catalog.profiles[key].place, key
    if by == "enrolment year":
        return -int(key), key
    return 0, key.casefold()


def _title(insight: Insight, by: str, key: str) -> str:
    if key == NOT_GIVEN:
        return f"{by.capitalize()} {NOT_GIVEN}"
    if by == "type":
        return insight.catalog.profiles[key].plural
    return f"FY{int(key) % 100:02}" if by == "enrolment year" else key


def _fiscal_year(insight: Insight, day: date | None) -> str:
    return NOT_GIVEN if day is None else str(insight.settings.calendar.year_number(day))


def _open_top_ten(
    insight: Insight, members: Collection[str], view: Collection[str], figures: ProgrammeFigures
) -> Evidence:
    counted = insight.counted(view).amounts
    amounts = {member: counted[member] for member in members if member in counted}
    top = frozenset(largest(amounts))
    records = tuple(
        EvidenceRecord("partners", partner, amount if partner in top else None, amount)
        for partner, amount in sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    )
    window = moments.window_of("12m", insight.as_of, insight.settings.calendar)
    return Evidence(
        TOP_TEN,
        _TOP_TEN_TITLE,
        Unit.PERCENT,
        figures.top_ten_share,
        len(records),
        _TOP_TEN_WORDS,
        window.start if window else None,
        insight.as_of,
        records,
    )


def _odds(insight: Insight, partners: Iterable[Partner]) -> tuple[NamedOdds, ...]:
    known = insight.odds()
    found = [
        NamedOdds(partner.name, known[partner.partner_id])
        for partner in partners
        if partner.partner_id in known
    ]
    return tuple(sorted(found, key=lambda one: (-_chance(one), one.odds.days, one.name.casefold())))


def _chance(one: NamedOdds) -> float:
    return -1 if one.odds.odds.value is None else one.odds.odds.value


def _cohorts(insight: Insight, partners: Iterable[Partner]) -> tuple[Cohort, ...]:
    calendar = insight.settings.calendar
    found = enrolled_by_quarter(insight, partners)
    return tuple(_cohort(insight, calendar.quarter_title(start), found[start]) for start in found)


def enrolled_by_quarter(insight: Insight, partners: Iterable[Partner]) -> dict[date, list[Partner]]:
    """Return who enrolled in each of the last twelve quarters, the newest first, prospects apart."""
    calendar = insight.settings.calendar
    oldest = add_months(calendar.quarter(insight.as_of).start, -3 * (COHORTS - 1))
    found: dict[date, list[Partner]] = {}
    for partner in partners:
        day = partner.enrolled_on
        if day is not None and oldest <= day <= insight.as_of and partner.status != "prospect":
            found.setdefault(calendar.quarter(day).start, []).append(partner)
    return {start: found[start] for start in sorted(found, reverse=True)}


def _cohort(insight: Insight, title: str, partners: Collection[Partner]) -> Cohort:
    ways = [(partner, insight.milestones(partner.partner_id)) for partner in partners]
    how = [how_activated(insight, partner, steps) for partner, steps in ways]
    days = [
        max(0, (activated - partner.enrolled_on).days)
        for partner, steps in ways
        if (activated := activated_on(steps)) is not None and partner.enrolled_on is not None
    ]
    all_steps = [step for _, steps in ways for step in steps]
    return Cohort(
        quarter=title,
        enrolled=len(partners),
        in_time=how.count("in time"),
        late=how.count("late"),
        missed=how.count("missed"),
        on_the_way=how.count("on the way"),
        unknown=how.count("unknown"),
        median_days=float(median(days)) if days else None,
        milestones_done=sum(step.done_on is not None for step in all_steps),
        milestones=len(all_steps),
    )


def how_activated(insight: Insight, partner: Partner, steps: Collection[Milestone]) -> str:
    """Return how a partner's activation went: in time, late, missed, on the way, or unknown."""
    if not steps or partner.enrolled_on is None:
        return "unknown"
    window = timedelta(days=insight.catalog.profiles[partner.type].activation_days)
    window_end, activated = partner.enrolled_on + window, activated_on(tuple(steps))
    if activated is not None:
        return "in time" if activated <= window_end else "late"
    return "missed" if window_end <= insight.as_of else "on the way"
