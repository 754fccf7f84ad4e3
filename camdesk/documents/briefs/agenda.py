"""The deals and renewals to go through: what should close now, what is late, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft, cell, day_cell, number, table, wide
from camdesk.documents.drafting.rows import Row, amount, day, deal_name
from camdesk.documents.model import Block, Cell, Missing, Span, Tone
from camdesk.documents.phrases import clipped
from camdesk.insight.wording import NO_DATA

RENEWAL_DAYS, REFERRAL_DAYS = 90, 90
_NAME, _STEP, _STAGE = 52, 48, 18


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to go through; `weight` puts late ones and those of this quarter in front."""

    what: str
    worth: Cell
    state: str
    day: date | None
    step: str
    weight: tuple[int, int]


def items(draft: Draft) -> tuple[Item, ...]:
    """Return what there is to go through, the most urgent first."""
    found = [*_deals(draft), *_renewals(draft), *_referrals(draft)]
    return tuple(sorted(found, key=lambda item: item.weight))


def block(draft: Draft, found: tuple[Item, ...], *, shown: int) -> Block:
    """Return the first items as a table, tied to the whole lists."""
    if not found:
        return Missing(("To go through: no open deal, renewal or referral is recorded.",))
    rows = [
        [
            cell(item.what),
            item.worth,
            cell(item.state),
            day_cell(item.day, tone=_tone(item.day, draft.today)),
            cell(item.step),
        ]
        for item in found[:shown]
    ]
    columns = [wide("To go through", 1.5), number("Worth"), wide("State", 0.8), number("Due"), wide("Next")]
    part = f", the first {shown} of {len(found)}" if len(found) > shown else ""
    return table(columns, rows, title=f"Deals and renewals{part}")


def _tone(due: date | None, today: date) -> Tone:
    return "bad" if due is not None and due < today else ""


def _deals(draft: Draft) -> list[Item]:
    deals = facts.open_deals(draft.rows, draft.today)
    if not deals:
        return []
    key = draft.frozen.listed(
        "deals-open", "Open deals", "Deals submitted, not rejected and not closed on this day.", "deals",
        deals, on=draft.today, money_column="amount",
    )  # fmt: skip
    return [_deal(draft, deal, key) for deal in deals]


def _deal(draft: Draft, deal: Row, key: str) -> Item:
    close = day(deal["expected_close_on"])
    is_late = close is not None and close < draft.today
    in_quarter = close is not None and close in draft.period
    called = deal["forecast"] in ("commit", "best_case")
    urgent = 0 if in_quarter and called else 1 if is_late or in_quarter else 2
    state = [str(deal["forecast"]).replace("_", " ")] if called else []
    state += [clipped(deal["stage"], _STAGE)] if deal["stage"] else []
    step = deal["next_step"] or ("no next step" if not is_late else "past its close: new day or out?")
    named = str(deal["customer"] or "")
    what = deal_name(deal)
    return Item(
        clipped(f"{named}: {what}" if named and named != what else what, _NAME),
        _worth(draft, deal, "amount", key),
        ", ".join(state) or "open",
        close,
        clipped(step, _STEP),
        (urgent, -amount(deal)),
    )


def _renewals(draft: Draft) -> list[Item]:
    due = facts.renewals_due(draft.rows, draft.today, days=RENEWAL_DAYS)
    if not due:
        return []
    key = draft.frozen.listed(
        "renewals-due", "Renewals due",
        f"Open renewals due within {RENEWAL_DAYS} days, or overdue by up to 90.", "renewals", due,
        on=draft.today, money_column="value",
    )  # fmt: skip
    soon = draft.today + timedelta(days=30)
    return [
        Item(
            clipped(f"Renewal {row['customer']}", _NAME),
            _worth(draft, row, "value", key),
            str(row["forecast"] or ("worked on" if row["opened_on"] else "not opened")).replace("_", " "),
            day(row["due_on"]),
            _renewal_step(row),
            (0 if (day(row["due_on"]) or date.max) <= soon else 1, -amount(row, "value")),
        )
        for row in due
    ]


def _renewal_step(row: Row) -> str:
    if not row["opened_on"]:
        return "name its owner"
    return "agree how it is saved" if row["forecast"] == "at_risk" else "confirm value and day"


def _referrals(draft: Draft) -> list[Item]:
    cut = (draft.today - timedelta(days=REFERRAL_DAYS)).isoformat()
    still = [
        row
        for row in draft.rows.of("referrals")
        if row["status"] in ("submitted", "accepted") and row["submitted_at"] >= cut
    ]
    if not still:
        return []
    key = draft.frozen.listed(
        "referrals-open", "Open referrals", f"Referrals of the last {REFERRAL_DAYS} days not yet decided.",
        "referrals", still, on=draft.today, money_column="value",
    )  # fmt: skip
    return [
        Item(
            clipped(f"Referral {row['customer']}", _NAME),
            _worth(draft, row, "value", key),
            str(row["status"]),
            None,
            "answer it" if not row["first_response_at"] else "say where it stands",
            (1, -amount(row, "value")),
        )
        for row in still
    ]


def _worth(draft: Draft, row: Row, column: str, key: str) -> Cell:
    if row[f"{column}_base"] is None:
        return cell(NO_DATA, tone="quiet")
    return Cell((Span(draft.money(amount(row, column)), key),))
