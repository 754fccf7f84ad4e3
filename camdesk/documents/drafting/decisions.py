"""Decisions and blockers: what waits for one of the two sides, and what is broken."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.waiting import Waiting, waiting
from camdesk.documents.model import Block, Cell, FrozenFigure, FrozenRecord, Line, Section, Span
from camdesk.documents.phrases import capital, count, in_words
from camdesk.insight.rules import Rule
from camdesk.insight.wording import DASH, write_day
from camdesk.store.tables import alert, alert_subject

SHOWN = 8
_NAME, _HEADING = "decisions", "Decisions and blockers"


def section(draft: Draft) -> Section:
    """Return what waits today, ours first and the longest waiting first, and the alerts that block."""
    found = sorted(waiting(draft), key=lambda one: (not one.kind.ours, one.since or date.max))
    blocked = _blockers(draft)
    if not found and not blocked:
        lack = "Decisions and blockers: nothing waits for a decision, an answer or a payment."
        return lacking(_NAME, _HEADING, "Nothing waits for a decision", lack)
    blocks: list[Block] = []
    if found:
        blocks.append(_table(draft, found))
    blocks += blocked
    return Section(_NAME, _HEADING, _message(found), _lead(draft, found), tuple(blocks), False)


def _message(found: list[Waiting]) -> str:
    ours = sum(one.kind.ours for one in found)
    theirs = len(found) - ours
    if not found:
        return "Nothing waits, but something is blocked"
    if not theirs:
        return f"{capital(in_words(ours, 'matter'))} {_waits(ours)} for us"
    if not ours:
        return f"{capital(in_words(theirs, 'renewal'))} {_waits(theirs)} for a start"
    matters = f"{capital(in_words(ours, 'matter'))} {_waits(ours)} for us"
    return f"{matters}, {in_words(theirs, 'renewal')} for a start"


def _waits(number_of: int) -> str:
    return "waits" if number_of == 1 else "wait"


def _lead(draft: Draft, found: list[Waiting]) -> Line:
    """Return which matter has waited longest: that is where to begin."""
    ours = [one for one in found if one.kind.ours and one.since is not None and one.since <= draft.today]
    if not ours:
        return ()
    first = min(ours, key=lambda one: one.since or date.max)
    days = (draft.today - (first.since or draft.today)).days
    waited = Span(count(days, "day") if days else "less than a day", first.key)
    return say("The longest: ", f"{first.kind.title.lower()}, {first.name}, for ", waited, ".")


def _table(draft: Draft, found: list[Waiting]) -> Block:
    rows = [_row(draft, one) for one in found[:SHOWN]]
    columns = [
        wide("What waits", 1.1),
        wide("About", 1.8),
        wide("For whom", 1.0),
        number("Since"),
        number("Worth"),
    ]
    if len(found) <= SHOWN:
        return table(columns, rows, note=say("Each is listed in the annex with all of its kind."))
    note = rest_of("matter", len(found), SHOWN, found[0].key)
    return table(columns, rows, note=note)


def _row(draft: Draft, one: Waiting) -> list[Cell]:
    since, late = one.since, one.kind.since.startswith(("due", "fee_due"))
    worth = draft.amount_cell(one.row, one.kind.column) if one.kind.column else cell(DASH)
    when = write_day(since)
    ahead = since is not None and since > draft.today
    day_words = Cell((Span(f"due {when}" if late or ahead else when, one.key),))
    side = draft.our_name if one.kind.ours else "both sides"
    return [cell(one.kind.title, strong=True), cell(one.name), cell(side), day_words, worth]


def _blockers(draft: Draft) -> list[Block]:
    """Return critical alerts of other kinds: money, dates and our own faults, which a partner may see."""
    shown = {rule_id: rule for rule_id, rule in draft.insight.catalog.rules.items() if _may_show(rule)}
    query = (
        select(alert.c.rule, alert.c.first_seen, alert_subject.c.subject)
        .join(alert_subject, alert_subject.c.alert_id == alert.c.alert_id)
        .where(
            alert.c.partner_id == draft.partner.partner_id,
            alert.c.first_seen <= draft.today.isoformat(),
            alert.c.state.in_(("new", "acknowledged")),
            alert_subject.c.firing == 1,
            alert_subject.c.severity == "critical",
            alert_subject.c.state.in_(("new", "acknowledged")),
        )
        .order_by(alert.c.first_seen, alert.c.rule, alert_subject.c.subject)
    )
    with draft.insight.workspace.database.read() as connection:
        found = [row for row in connection.execute(query).all() if row.rule in shown]
    by_rule: dict[str, list[str]] = {}
    since: dict[str, date] = {}
    for row in found:
        by_rule.setdefault(row.rule, []).append(row.subject)
        since.setdefault(row.rule, date.fromisoformat(row.first_seen[:10]))
    if not by_rule:
        return []
    rows = []
    for rule_id, subjects in by_rule.items():
        key = _alert_key(draft, shown[rule_id], subjects)
        rows.append(
            [
                cell(shown[rule_id].title, strong=True),
                Cell((Span(f"{len(subjects):,}", key),)),
                day_cell(since[rule_id]),
            ]
        )
    columns = [wide("Blocked by"), number("Records"), number("Since")]
    return [table(columns, rows, title="Blockers")]


def _may_show(rule: Rule) -> bool:
    """Return whether an alert of the rule says something new here that concerns the partner too."""
    told = {"deals", "requests", "fund_claims", "incentives", "referrals", "renewals", "commitments"}
    shown = (rule.money_or_dates or rule.ours) and rule.applies_to != "prospect" and not rule.portfolio
    return shown and not told & set(rule.needs)


def _alert_key(draft: Draft, rule: Rule, subjects: list[str]) -> str:
    records = tuple(FrozenRecord(subject[:18], rule.title, "", "1") for subject in subjects[:20])
    return draft.frozen.keep(
        FrozenFigure(
            f"alert-{rule.id}",
            rule.title,
            None,
            len(subjects),
            f"{len(subjects):,}",
            (),
            "",
            draft.today,
            len(subjects),
            f"What the alert “{rule.title}” finds on this day.",
            records,
            "record",
        )
    )
