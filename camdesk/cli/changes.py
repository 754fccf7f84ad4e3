"""What changed since a day: in sentences with what they led to, or record by record."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output, values
from camdesk.cli.days import day_of
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.desk.reports import ChangeReport, NewsReport, PartnerNews
    from camdesk.insight.consequences import AlertTurn

_SHOWN = 60
_PARTNERS_SHOWN = 20
_NAMED = 3
_NEGATIVE = re.compile(r"^-(?=[\d.]+$)", re.ASCII)
_LAST_SYNC, _LAST_MEETING = "last-sync", "last-meeting"
_SIGNS = {"good": "+", "bad": "−", "plain": "·"}


def register(app: typer.Typer) -> None:
    app.command("changes")(show)


def show(
    context: typer.Context,
    partner: Annotated[str | None, typer.Argument(metavar="[PARTNER]", help="Of this partner alone.")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help="A day like 2026-11-02, last-sync or last-meeting; without it the last week."
        ),
    ] = None,
    records: Annotated[
        bool, typer.Option("--records", help="Record by record, as the syncs wrote them.")
    ] = False,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody's partners, not only yours.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what happened to your partners, what it led to, and what moved their scores."""
    session = session_of(context)
    with session.desk() as desk:
        start = _start(desk, since, partner)
        written = desk.changes(since=start)
        news = None
        if session.json or not records:
            news = desk.news(since=start, partner_id=partner, mine=not everybody)
    if session.json and news is not None:
        output.as_json(body(news, written))
    elif news is not None:
        tell(news)
    else:
        _tell_records(written, partner)


def _start(desk: Desk, since: str | None, partner: str | None) -> date | None:
    if since == _LAST_SYNC:
        found = desk.since_last_sync()
        if found is None:
            raise UsageError("There has been one sync so far.", "Name a day: --since 2026-11-02")
        return found
    if since == _LAST_MEETING:
        if partner is None:
            raise UsageError(
                "Whose last meeting?", "Name the partner: camdesk changes PARTNER --since last-meeting"
            )
        found = desk.since_last_meeting(partner)
        if found is None:
            raise UsageError(f"No meeting with {partner} is known.", "Name a day: --since 2026-11-02")
        return found
    return day_of(since, option="--since")


def body(news: NewsReport, written: ChangeReport) -> dict[str, Any]:
    """Return the news and the changed records as JSON has them."""
    return {
        "as_of": values.day(news.as_of),
        "since": values.day(news.since),
        "partners": [
            {
                "partner_id": each.partner_id,
                "name": each.name,
                "score": each.score
                and {
                    "before": each.score.score_before,
                    "after": each.score.score_after,
                    "movements": [
                        {"metric": moved.metric, "title": moved.title, "points": moved.points}
                        for moved in each.score.movements
                    ],
                },
                "happened": [
                    {
                        "day": values.day(item.day),
                        "text": item.text,
                        "tone": item.tone,
                        "value": values.amount(item.value),
                        "consequences": list(item.consequences),
                        "evidence": [
                            {"entity": record.entity, "record_id": record.record_id}
                            for record in item.evidence
                        ],
                    }
                    for item in each.items
                ],
                "alerts_opened": [_turn(turn) for turn in each.opened],
                "alerts_closed": [_turn(turn) for turn in each.closed],
            }
            for each in news.partners
        ],
        "changes": [
            {
                "as_of": values.day(change.as_of),
                "source": change.source,
                "entity": change.entity,
                "record_id": change.record_id,
                "partner_id": change.partner_id,
                "kind": change.kind,
                "changes": {name: list(pair) for name, pair in change.changes.items()},
            }
            for change in written.records
        ],
    }


def _turn(turn: AlertTurn) -> dict[str, Any]:
    return {"rule": turn.rule, "title": turn.title, "subjects": [one.subject for one in turn.subjects]}


def tell(news: NewsReport) -> None:
    """Write the news partner by partner."""
    if not news.partners:
        output.line(f"Nothing changed from {write_day(news.since)} to {write_day(news.as_of)}.")
        return
    output.line(f"What changed from {write_day(news.since)} to {write_day(news.as_of)}")
    for each in news.partners[:_PARTNERS_SHOWN]:
        _tell_partner(each)
    more = len(news.partners) - _PARTNERS_SHOWN
    if more > 0:
        output.line()
        output.line(f"… and {output.counted(more, 'partner')} more; --json lists all.")


def _tell_partner(news: PartnerNews) -> None:
    output.heading(f"{news.name} ({news.partner_id})")
    if news.score is not None and news.score.score_before is not None and news.score.score_after is not None:
        moved = ", ".join(
            f"{each.title} {round(each.points, 1):+.1f}".replace("-", "−")
            for each in news.score.movements[:3]
        )
        output.line(f"  Score {news.score.score_before:.0f} → {news.score.score_after:.0f}: {moved}")
    for item in news.items:
        led_to = f" → {'; '.join(item.consequences)}" if item.consequences else ""
        output.line(f"  {_SIGNS[item.tone]} {write_day(item.day)}  {item.text}{led_to}")
    for turn in news.opened:
        output.line(f"  ! New alert: {turn.title}{_named(turn)}")
    for turn in news.closed:
        output.line(f"  ✓ No longer: {turn.title}{_named(turn)}")


def _named(turn: AlertTurn) -> str:
    more = f" and {len(turn.labels) - _NAMED} more" if len(turn.labels) > _NAMED else ""
    return f" ({', '.join(turn.labels[:_NAMED])}{more})" if turn.labels else ""


def _tell_records(report: ChangeReport, partner: str | None) -> None:
    found = [change for change in report.records if partner in (None, change.partner_id)]
    if not found:
        output.line(f"Nothing changed from {write_day(report.since)} to {write_day(report.as_of)}.")
        return
    columns = [
        output.Column("Day", right=True),
        output.Column("Partner"),
        output.Column("Record"),
        output.Column("What", wide=True),
    ]
    rows = [
        (
            write_day(change.as_of),
            change.partner_id or "",
            f"{change.entity} {change.record_id}",
            _what(change.kind, change.changes),
        )
        for change in found[:_SHOWN]
    ]
    output.table(columns, rows)
    if len(found) > _SHOWN:
        output.line(f"… and {len(found) - _SHOWN:,} more; --json lists all.")


def _what(kind: str, changes: Any) -> str:
    if kind != "changed":
        return kind
    return "; ".join(f"{name} {_said(before)} → {_said(after)}" for name, (before, after) in changes.items())


def _said(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return _NEGATIVE.sub("−", text)
