"""The portfolio as one report: by type, with each type's own columns, and the figures of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from camdesk.desk.reports import (
    AlertReport,
    Cell,
    ColumnHead,
    PortfolioReport,
    PortfolioRow,
    QuarterFigures,
    TypeSection,
)
from camdesk.insight import connection, scoring
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Profile
from camdesk.insight.insight import Insight
from camdesk.insight.programme import THE_NUMBER, of_the_number
from camdesk.insight.results import Partner


def report(insight: Insight, alerts: AlertReport, *, mine: bool) -> PortfolioReport:
    """Return the partners of the CAM, or all of them where nobody said whose they are."""
    insight.prepare()
    partners = [partner for partner in insight.partners().values() if partner.mine or not mine]
    counts = Counter(alert.partner_id for alert in alerts.alerts)
    members = [partner.partner_id for partner in partners]
    sections = tuple(
        section
        for profile in sorted(insight.catalog.profiles.values(), key=_place)
        if (section := _section(insight, profile, partners, counts, view=members)) is not None
    )
    return PortfolioReport(
        insight.as_of,
        insight.settings.base_currency,
        mine and bool(insight.settings.owner_emails),
        insight.programme(members),
        quarter(insight, members),
        sections,
    )


def _place(profile: Profile) -> tuple[int, str]:
    return profile.place, profile.plural


def _section(
    insight: Insight,
    profile: Profile,
    partners: Collection[Partner],
    counts: Counter[str],
    *,
    view: Collection[str],
) -> TypeSection | None:
    members = [partner for partner in partners if partner.type == profile.type]
    if not members:
        return None
    ids = [partner.partner_id for partner in members]
    return TypeSection(
        profile.type,
        profile.title,
        profile.plural,
        profile.short_title,
        profile.judged_on,
        insight.programme(ids, within=view),
        quarter(insight, ids),
        tuple(head(insight.catalog, name) for name in profile.columns),
        tuple(_row(insight, profile, partner, counts[partner.partner_id]) for partner in members),
    )


def head(catalog: Catalog, metric: str) -> ColumnHead:
    """Return the head of a column that shows a metric."""
    found = catalog.metrics[metric]
    return ColumnHead(metric, found.short_title, found.title, found.unit, found.better)


def _row(insight: Insight, profile: Profile, partner: Partner, alerts: int) -> PortfolioRow:
    score = insight.scores()[partner.partner_id]
    judged, place = insight.judged_score(partner.partner_id), insight.place(partner.partner_id)
    return PortfolioRow(
        partner,
        judged.score if judged else score.value,
        judged.band if judged else insight.band(partner.partner_id),
        score.provisional,
        score.enough_data,
        partner.stage == "onboard",
        score.outcome,
        score.leading,
        score.coverage,
        place.rank,
        place.ranked,
        place.quartile,
        score.value,
        insight.score_history(partner.partner_id),
        tuple(cell(insight, profile, partner.partner_id, name) for name in profile.columns),
        alerts,
        insight.odds().get(partner.partner_id),
    )


def cell(insight: Insight, profile: Profile, partner_id: str, metric: str) -> Cell:
    """Return a figure as a table shows it, with what it earns where the partner is judged by it."""
    value = insight.figures().value(partner_id, metric)
    line = next((line for line in profile.all_lines() if line.metric == metric), None)
    earned = None
    if line is not None and line.marks is not None and value is not None:
        earned = scoring.points(value, line.marks)
    targets = insight.standing().targets
    named = connection.targets_of(insight.catalog.metrics[metric])
    return Cell(value, earned, any(targets.get((partner_id, name), (0, False))[1] for name in named))


def quarter(insight: Insight, members: Collection[str]) -> QuarterFigures:
    """Return the number of a set of partners; None where none of them has the figure."""
    calendar, day = insight.settings.calendar, insight.as_of
    parts = (of_the_number(members, metric, figures=insight.figures()) for metric in THE_NUMBER)
    return QuarterFigures(calendar.quarter_title(day), (calendar.quarter(day).last - day).days, *parts)
