"""How productive each type is, how new partners come on, and how much hangs on the ten largest."""

from __future__ import annotations

from camdesk.documents.drafting.draft import cell as words_cell
from camdesk.documents.drafting.draft import lacking, number, say, table, wide
from camdesk.documents.model import Bars, Block, Cell, Section, Span, Step
from camdesk.documents.phrases import clipped, count
from camdesk.documents.portfolio_report.draft import Report
from camdesk.documents.portfolio_report.known import CohortLine, TypeLine
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH

TOP = 10
_TOP_WORDS = "Contribution of the ten partners that bring the most, over that of all."
# metric, title, field of the programme's figures, unit
_COLUMNS = (
    ("enrolled_partners", "Enrolled", "enrolled", Unit.COUNT),
    ("active_rate", "Active", "active_rate", Unit.PERCENT),
    ("activation_rate", "Activated", "activation_rate", Unit.PERCENT),
    ("contribution", "Contribution", "contribution", Unit.MONEY),
    ("revenue_per_active_partner", "Per active", "revenue_per_active_partner", Unit.MONEY),
    ("partner_retention", "Retained", "retention", Unit.PERCENT),
    ("dark_partners", "Dark", "dark", Unit.COUNT),
)


def productivity(report: Report) -> Section:
    """Return the figures of each type, and of all."""
    whole = report.known.whole
    keys = {metric: _frozen(report, metric, field, unit) for metric, _, field, unit in _COLUMNS}
    rows = [_row(report, line, keys) for line in report.known.types]
    rows.append(_row(report, whole, keys, strong=True))
    columns = [wide("Type"), *(number(title) for _, title, _, _ in _COLUMNS)]
    of = whole.figures
    if of.enrolled is None:
        message = "Productivity by type: nothing is known before the first sync"
    else:
        rate = report.write(of.active_rate, Unit.PERCENT)
        message = f"{rate} of {count(of.enrolled, 'enrolled partner')} active, {of.dark or 'none'} dark"
    block = table(
        columns,
        rows,
        note=say(
            "Contribution in twelve months by what each type is judged on; the parts add up to the whole."
        ),
    )
    return Section("productivity", "Productivity by type", message, (), (block,), new_page=False)


def _frozen(report: Report, metric: str, field: str, unit: Unit) -> str:
    definition = report.insight.catalog.metrics[metric]
    parts = [(str(line.partners), line.title, getattr(line.figures, field)) for line in report.known.types]
    value = getattr(report.known.whole.figures, field)
    return report.keep(
        metric, definition.title, definition.words, value=value, unit=unit, parts=parts, kind="type"
    )


def _row(report: Report, line: TypeLine, keys: dict[str, str], *, strong: bool = False) -> list[Cell]:
    return [
        words_cell(line.title, strong=strong),
        *(
            report.cell(getattr(line.figures, field), unit, keys[metric], strong=strong)
            for metric, _, field, unit in _COLUMNS
        ),
    ]


def cohorts(report: Report) -> Section:
    """Return how far the activation of each quarter's new partners has come."""
    found = report.known.cohorts
    heading = "Activation"
    if not found:
        lack = "Activation: nobody has enrolled in the last twelve quarters, or no day is known."
        return lacking("cohorts", heading, "No new partners to activate", lack)
    done = sum(cohort.in_time for cohort in found)
    over = sum(cohort.in_time + cohort.late + cohort.missed for cohort in found)
    message = "No new partner's window is over yet"
    if over:
        message = f"{done} of {count(over, 'new partner')} activated in time"
    key = report.keep(
        "cohorts",
        "Partners enrolled by quarter",
        "Partners enrolled in the quarter, prospects left out; activated: all milestones of their type "
        "reached, in time: within the type's window.",
        value=sum(cohort.enrolled for cohort in found),
        unit=Unit.COUNT,
        parts=[(cohort.quarter, f"Enrolled in {cohort.quarter}", cohort.enrolled) for cohort in found],
        kind="quarter",
    )
    titles = ("Enrolled", "In time", "Late", "Missed", "On the way", "Unknown", "Days taken")
    block = table([wide("Quarter"), *map(number, titles)], [_cohort(report, one, key) for one in found])
    return Section("cohorts", heading, message, (), (block,), new_page=False)


def _cohort(report: Report, of: CohortLine, key: str) -> list[Cell]:
    counts = (of.in_time, of.late, of.missed, of.on_the_way, of.unknown)
    days = DASH if of.median_days is None else f"{of.median_days:g} d"
    return [
        words_cell(of.quarter),
        report.cell(of.enrolled, Unit.COUNT, key),
        *(words_cell(str(one) if one else DASH) for one in counts),
        words_cell(days),
    ]


def largest(report: Report) -> Section:
    """Return what the ten largest partners bring of the whole."""
    view = [partner.partner_id for partner in report.partners]
    amounts = {name: amount for name, amount in report.insight.counted(view).amounts.items() if amount > 0}
    share, total = report.known.whole.figures.top_ten_share, sum(amounts.values())
    if share is None or not total:
        lack = "The ten largest: no contribution of any partner is known."
        return lacking("largest", "The ten largest", "No contribution is known", lack)
    ranked = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    names = report.names
    key = report.keep(
        "top-ten",
        "Share of the ten largest",
        _TOP_WORDS,
        value=share,
        unit=Unit.PERCENT,
        parts=[(name, names[name], amount / total) for name, amount in ranked[:TOP]],
    )
    top = ranked[:TOP]
    steps = tuple(Step(clipped(names[name], 34), amount, report.money(amount), key) for name, amount in top)
    notes = tuple((Span(f"{report.write(amount / total, Unit.PERCENT)} of all", key),) for _, amount in top)
    alt = "; ".join(f"{step.label} {step.written}" for step in steps)
    blocks: tuple[Block, ...] = (Bars("Contribution in twelve months", steps, notes, alt),)
    message = f"The {'ten largest' if len(ranked) > TOP else count(len(top), 'partner')} bring "
    return Section(
        "largest",
        "The ten largest",
        f"{message}{report.write(share, Unit.PERCENT)} of the contribution",
        (),
        blocks,
        new_page=False,
    )
