"""The next two quarters side by side: target, booked, what the open deals may add, renewals due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from camdesk.base.periods import ONE_DAY, Period
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.booked import adding_deals, booked, target_metric, target_share
from camdesk.documents.drafting.draft import Draft, cell, lowered, number, say, table, wide
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Cell, FrozenFigure, FrozenRecord, Span, Table
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, write

COMMIT = frozenset({"commit"})
BEST_CASE = frozenset({"commit", "best_case"})
_FROM_DEALS = frozenset({"Commit", "Best case", "Open deals", "Open over gap"})
_WORDS = (
    "The part of the targets on record that falls into the quarter, by days; what is booked in it so far; "
    "that with the open deals expected to close by its end in forecast commit, in commit or best case, and "
    "all of them; the renewals still open and due in it."
)


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter ahead, in ten-thousandths; None where there is no target or no renewal on record."""

    period: Period
    target: int | None
    booked: int | None
    commit: int
    best_case: int
    open: int
    renewals: int | None

    @property
    def coverage(self) -> float | None:
        """All open deals over what the target still lacks; None where nothing is lacking or no target."""
        left = None if self.target is None else self.target - (self.booked or 0)
        return self.open / left if left is not None and left > 0 else None


def quarters(draft: Draft) -> tuple[Quarter, ...]:
    """Return this quarter and the next; nothing where neither deal, target nor renewal is known."""
    this = draft.calendar.quarter(draft.today)
    metric = target_metric(draft) or draft.profile.contribution
    deals = facts.open_deals(draft.rows, draft.today)
    made = []
    for period in (this, draft.calendar.quarter(this.end)):
        # A deal past its expected close is looked for in the running quarter, as every forecast does.
        reach = Period(min(_earliest(deals, this), period.start), period.end) if period == this else period
        adding = adding_deals(metric, deals, within=reach)
        found = booked(draft, metric, Period(period.start, min(period.end, draft.today + ONE_DAY)))
        known = found is not None and bool(draft.rows.of(found.entity) or found.rows)
        so_far = found.value if found is not None and period.start <= draft.today else 0
        due = _renewals(draft, period)
        made.append(
            Quarter(
                period,
                target_share(draft, metric, period),
                so_far if known else None,
                so_far + _sum(adding, COMMIT),
                so_far + _sum(adding, BEST_CASE),
                sum(amount(deal) for deal in adding),
                None if due is None else sum(amount(row, "value") for row in due),
            )
        )
    if all(one.target is None and not one.open and not one.renewals for one in made):
        return ()
    return tuple(made)


def _earliest(deals: tuple[Row, ...], this: Period) -> date:
    return min((on for deal in deals if (on := day(deal["expected_close_on"]))), default=this.start)


def _sum(deals: tuple[Row, ...], forecasts: frozenset[str]) -> int:
    return sum(amount(deal) for deal in deals if deal["forecast"] in forecasts)


def _renewals(draft: Draft, period: Period) -> list[Row] | None:
    rows = draft.rows.of("renewals")
    if not rows:
        return None
    due = facts.renewals_due(draft.rows, draft.today, days=(period.last - draft.today).days)
    return [row for row in due if (on := day(row["due_on"])) is not None and on in period]


def outlook(draft: Draft, ahead: tuple[Quarter, ...]) -> Table:
    """Return the quarters as a table; columns without any value are left out."""
    known: list[tuple[str, list[float | None]]] = [
        ("Target", [one.target for one in ahead]),
        ("Booked", [one.booked for one in ahead]),
        ("Commit", [one.commit for one in ahead]),
        ("Best case", [one.best_case for one in ahead]),
        ("Open deals", [one.open for one in ahead]),
        ("Open over gap", [one.coverage for one in ahead]),
        ("Renewals due", [one.renewals for one in ahead]),
    ]
    if not draft.rows.of("deals"):
        known = [(title, values) for title, values in known if title not in _FROM_DEALS]
    shown = [(title, values) for title, values in known if any(value is not None for value in values)]
    keys = [_key(draft, one) for one in ahead]
    rows = [
        [
            cell(draft.calendar.quarter_title(one.period.start), strong=True),
            *(_cell(draft, title, values[place], keys[place]) for title, values in shown),
        ]
        for place, one in enumerate(ahead)
    ]
    metric = draft.insight.catalog.metrics[target_metric(draft) or draft.profile.contribution]
    titles = {title for title, _ in shown}
    note = (
        f"Booked: {lowered(metric.title.partition(',')[0])} of the quarter so far."
        if "Booked" in titles
        else ""
    )
    if "Commit" in titles:
        note += " Commit and best case hold it. Open over gap: open deals over what the target lacks."
    columns = [wide("Quarter"), *(number(title) for title, _ in shown)]
    return table(columns, rows, title="Forecast by quarter", note=say(note) if note else ())


def _cell(draft: Draft, title: str, value: float | None, key: str) -> Cell:
    if value is None:
        return cell(DASH)
    unit = Unit.RATIO if title == "Open over gap" else Unit.MONEY
    return Cell((Span(write(value, unit, currency=draft.frozen.currency), key),))


def _key(draft: Draft, one: Quarter) -> str:
    name = draft.calendar.quarter_name(one.period.start)
    values = (
        ("Target", one.target),
        ("Booked", one.booked),
        ("Commit", one.commit),
        ("Best case", one.best_case),
        ("Open deals", one.open),
        ("Renewals due", one.renewals),
    )
    records = tuple(
        FrozenRecord("", title, "", DASH if value is None else draft.frozen.write_in_full(value, Unit.MONEY))
        for title, value in values
    )
    return draft.frozen.keep(
        FrozenFigure(
            f"outlook-{name}",
            f"Forecast of {draft.calendar.quarter_title(one.period.start)}",
            None,
            one.commit,
            draft.frozen.write_in_full(one.commit, Unit.MONEY),
            (),
            "",
            draft.today,
            len(records),
            _WORDS,
            records,
            "figure",
        )
    )
