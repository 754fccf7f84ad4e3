"""One partner: its page and its scorecard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import alert_bodies, alerts, output, values
from camdesk.cli.days import day_of
from camdesk.cli.portfolio import odds_body, odds_in_words, quarter_body, score_of
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.stages import stage_in_words
from camdesk.cli.terms_body import tier_body
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, write, write_change, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from camdesk.desk.reports import Family, PartnerReport
    from camdesk.insight.results import (
        PastScore,
        Scorecard,
        ScoreChange,
        ScoreLine,
    )

Id = Annotated[str, typer.Argument(metavar="PARTNER", help="The partner's id.")]


def register(app: typer.Typer) -> None:
    app.command("partner")(show)
    app.command("scorecard")(scorecard)


def show(context: typer.Context, partner: Id, as_json: AsJson = False) -> None:
    """Show a partner: score, what moved it, terms and open alerts."""
    session = session_of(context)
    with session.desk() as desk:
        report = desk.partner(partner)
    if session.json:
        output.as_json(_body(report))
        return
    who, card, change = report.partner, report.scorecard, report.change
    output.heading(f"{who.name} ({who.partner_id})")
    standing = [report.type_title, who.tier or "no tier", f"class {who.attention}", who.stage]
    output.line(" · ".join([*standing, *(["dark"] if who.dark else []), *report.facts]))
    output.line(stage_in_words(who))
    if report.odds is not None:
        output.line(odds_in_words(report.odds))
    output.line(_in_one_line(card))
    for line in _asides(card):
        output.line(line)
    if report.family is not None:
        output.line(_family_line(report.family, report.base_currency))
    moved = [
        f"{movement.title} {write_change(movement.points, 0, Unit.SCORE, currency=report.base_currency)}"
        for movement in change.movements[:4]
    ]
    if moved:
        output.line(f"Since {write_day(change.before)}: {', '.join(moved)}")
    _tell_lines(card.lines, report.base_currency)
    if report.alerts:
        output.heading("Alerts")
        alerts.tell_table(report.alerts, report.base_currency)


def scorecard(
    context: typer.Context,
    partner: Id,
    hat: Annotated[
        str | None, typer.Option("--as", metavar="TYPE", help="Another of the types of the partner.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Say what moved the score since that day.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a partner's scorecard line by line, and our side beside it."""
    session = session_of(context)
    start = day_of(since, option="--since")
    with session.desk() as desk:
        card, currency = desk.scorecard(partner, hat=hat), desk.settings.base_currency
        others = [desk.scorecard(partner, hat=each.type) for each in card.hats[1:]] if hat is None else []
        change = desk.score_change(partner, before=start, after=desk.as_of) if start else None
        past = desk.past_scores(partner)
    if session.json:
        body = whole_body([card, *others]) | {"snapshots": [_past(each) for each in past]}
        output.as_json(body | ({"change": _change(change)} if change else {}))
        return
    output.line(_in_one_line(card))
    for line in _asides(card):
        output.line(line)
    _tell_lines(card.lines, currency)
    if change is not None:
        _tell_change(change)
    output.heading("Our side")
    _tell_lines(card.our_side, currency)
    if card.to_connect:
        missing = ", ".join(name.replace("_", " ") for name in card.to_connect)
        output.line(f"Connecting would add: {missing}")


def scorecard_body(card: Scorecard) -> dict[str, Any]:
    """Return a scorecard as JSON has it."""
    return {
        "partner_id": card.partner_id,
        "type": card.type,
        "as_of": values.day(card.as_of),
        "profile_version": card.profile_version,
        "score": card.score,
        "band": card.band.value if card.band else None,
        "provisional": card.provisional,
        "outcome": card.outcome,
        "leading": card.leading,
        "coverage": card.coverage,
        "enough_data": card.enough_data,
        "capped_by": card.capped_by,
        "to_connect": list(card.to_connect),
        "rank": card.rank,
        "of": card.ranked,
        "quartile": card.quartile,
        "hats": [
            {
                "type": each.type,
                "share": each.share,
                "score": each.score,
                "band": each.band.value if each.band else None,
            }
            for each in card.hats
        ],
        "blended": card.blend.score,
        "judged": card.judged
        and {
            "score": card.judged.score,
            "band": card.judged.band.value,
            "reason": card.judged.reason,
            "author": card.judged.author,
            "made_on": values.day(card.judged.made_on),
            "expires_on": values.day(card.judged.expires_on),
        },
        "history": list(card.history),
        "lines": [_line(line) for line in card.lines],
        "our_side": [_line(line) for line in card.our_side],
        "our_side_points": card.our_side_points,
    }


def whole_body(cards: Sequence[Scorecard]) -> dict[str, Any]:
    """Return the cards of all types of a partner as one: each line adds its type's share of its points."""
    first = cards[0]
    if len(cards) == 1:
        return scorecard_body(first)
    shares = {hat.type: hat.share for hat in first.hats}
    blend = first.blend
    lines = [
        _line(line)
        | {
            "hat": card.type,
            "contribution": None if line.contribution is None else line.contribution * shares[card.type],
        }
        for card in cards
        for line in card.lines
    ]
    ours = {line.metric: _line(line) for card in reversed(cards) for line in card.our_side}
    return scorecard_body(first) | {
        "score": blend.score,
        "band": blend.band.value if blend.band else None,
        "provisional": blend.provisional,
        "outcome": blend.outcome,
        "leading": blend.leading,
        "coverage": blend.coverage,
        "enough_data": blend.enough_data,
        "history": list(blend.history),
        "lines": lines,
        "our_side": list(ours.values()),
    }


def _change(change: ScoreChange) -> dict[str, Any]:
    return {
        "before": values.day(change.before),
        "after": values.day(change.after),
        "score_before": change.score_before,
        "score_after": change.score_after,
        "movements": [
            {"metric": movement.metric, "title": movement.title, "points": movement.points}
            for movement in change.movements
        ],
    }


def _past(past: PastScore) -> dict[str, Any]:
    return {
        "taken_on": values.day(past.taken_on),
        "profile_version": past.profile_version,
        "score": past.score,
        "band": past.band.value if past.band else None,
    }


def _family_line(family: Family, currency: str) -> str:
    count = "branch" if len(family.branches) == 1 else f"{len(family.branches)} branches"
    brought, booked, target = (
        write(amount, Unit.MONEY, currency=currency)
        for amount in (family.contribution, family.quarter.booked, family.quarter.target)
    )
    named = ", ".join(f"{title} ({name})" for name, title in family.branches)
    return f"With its {count} ({named}): contribution {brought}, booked {booked} of {target} this quarter"


def _asides(card: Scorecard) -> Iterable[str]:
    """Yield what belongs beside the score: the CAM's own, and the partner's other hats."""
    if card.judged is not None:
        yield (
            f"Set to {card.judged.score:.0f} by {card.judged.author} until "
            f"{write_day(card.judged.expires_on)}: {card.judged.reason}"
        )
    if len(card.hats) > 1:
        parts = [
            f"{each.title} {DASH if each.score is None else f'{each.score:.0f}'} ({each.share:.0%})"
            for each in card.hats
        ]
        whole = DASH if card.blend.score is None else f"{card.blend.score:.0f}"
        yield f"Score over all its types {whole}: {', '.join(parts)}. Another card: --as TYPE"


def _tell_change(change: ScoreChange) -> None:
    output.heading(f"What moved the score since {write_day(change.before)}")
    if not change.movements:
        output.line("Nothing." if change.score_before is not None else "There was no score to compare with.")
    for movement in change.movements:
        output.line(f"{_signed(movement.points)}  {movement.title}")
    if change.score_before is not None and change.score_after is not None:
        difference = change.score_after - change.score_before
        output.line(f"{_signed(difference)}  in all: {change.score_before:.1f} → {change.score_after:.1f}")


def _signed(points: float) -> str:
    return f"{round(points, 1) + 0.0:+6.1f}".replace("-", "−")


def _line(line: ScoreLine) -> dict[str, Any]:
    unit = line.unit
    target = line.target
    return {
        "metric": line.metric,
        "title": line.title,
        "group": line.group.value,
        "unit": unit.value,
        "value": values.value(line.value, unit),
        "n": line.n,
        "target": target and {"value": values.value(target.value, unit), "assumed": target.assumed},
        "marks": [values.value(mark, unit) for mark in line.marks],
        "points": line.points,
        "weight": line.weight,
        "contribution": line.contribution,
        "previous_value": values.value(line.previous_value, unit),
        "year_ago_value": values.value(line.year_ago_value, unit),
        "median": values.value(line.median, unit),
        "history": [values.value(past, unit) for past in line.history],
        "connected": line.connected,
    }


def _body(report: PartnerReport) -> dict[str, Any]:
    who, change = report.partner, report.change
    return {
        "partner_id": who.partner_id,
        "name": who.name,
        "type": who.type,
        "tier": who.tier,
        "status": who.status,
        "class": who.attention,
        "stage": who.stage,
        "stage_reason": who.stage_reason,
        "stage_derived": who.stage_derived,
        "derived_stage": who.derived_stage,
        "derived_stage_reason": who.derived_stage_reason,
        "class_derived": who.attention_derived,
        "derived_class": who.derived_attention,
        "class_reason": who.attention_reason,
        "odds": odds_body(report.odds),
        "family": report.family
        and {
            "branches": [{"partner_id": name, "name": title} for name, title in report.family.branches],
            "contribution": values.amount(report.family.contribution),
            "quarter": quarter_body(report.family.quarter),
        },
        "dark": who.dark,
        "region": who.region,
        "country": who.country,
        "enrolled_on": values.day(who.enrolled_on),
        "facts": list(report.facts),
        "scorecard": whole_body([report.scorecard, *report.other_cards]),
        "change": _change(change),
        "terms": tier_body(report.tier),
        "milestones": [
            {"name": step.name, "due_on": values.day(step.due_on), "done_on": values.day(step.done_on)}
            for step in report.milestones
        ],
        "alerts": [alert_bodies.alert_body(alert) for alert in report.alerts],
    }


def _in_one_line(card: Scorecard) -> str:
    if card.score is None:
        return "No score: none of what this type is judged on has data yet."
    parts = [
        f"Score {score_of(card.score, provisional=card.provisional)}",
        card.band.value if card.band else "no band",
        f"outcomes {_whole(card.outcome)}, leading signs {_whole(card.leading)}",
        f"{card.coverage:.0%} of the weight has data",
    ]
    if card.rank is not None:
        parts.append(f"rank {card.rank} of {card.ranked}")
    if card.capped_by:
        parts.append(f"held at amber by {card.capped_by}")
    return " · ".join([*parts, *(["provisional"] if card.provisional else [])])


def _whole(points: float | None) -> str:
    return DASH if points is None else f"{points:.0f}"


def _tell_lines(lines: Sequence[ScoreLine], currency: str) -> None:
    columns = [
        output.Column("Line", wide=True),
        output.Column("Group"),
        output.Column("Value", right=True),
        output.Column("Target", right=True),
        output.Column("Points", right=True),
        output.Column("Weight", right=True),
        output.Column("Adds", right=True),
        output.Column("On quarter", right=True),
    ]
    rows = []
    for line in lines:
        target = line.target
        rows.append(
            (
                line.title,
                line.group.value.replace("_", " "),
                write(line.value, line.unit, currency=currency),
                write(target.value, line.unit, currency=currency) + ("*" if target.assumed else "")
                if target
                else "",
                _whole(line.points),
                f"{line.weight:g}" if line.weight else "",
                f"{line.contribution:.1f}" if line.contribution is not None and line.weight else "",
                write_change(line.value, line.previous_value, line.unit, currency=currency),
            )
        )
    output.table(columns, rows)
