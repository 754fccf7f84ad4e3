"""The rules: how often each fired, was acted upon and was of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from camdesk.cli import output

if TYPE_CHECKING:
    from camdesk.cli.session import Session
    from camdesk.insight.alerts.usage import RuleUse


def show(session: Session) -> None:
    """Write every rule with how it has served so far."""
    with session.desk() as desk:
        uses, types = desk.rule_uses(), len(desk.catalog.profiles)
    if session.json:
        output.as_json({"rules": [_body(use) for use in uses]})
        return
    columns = [
        output.Column("Rule"),
        output.Column("About", wide=True),
        output.Column("Types", right=True),
        output.Column("Fired", right=True),
        output.Column("Acted upon", right=True),
        output.Column("Not useful", right=True),
        output.Column("Muted", right=True),
    ]
    rows = [
        (
            use.rule,
            use.title,
            "all" if len(use.types) == types else str(len(use.types)),
            *(str(number) for number in (use.fired, use.acted_upon, use.not_useful, use.muted)),
        )
        for use in uses
    ]
    output.table(columns, rows)


def _body(use: RuleUse) -> dict[str, Any]:
    return {
        "rule": use.rule,
        "title": use.title,
        "severity": use.severity,
        "types": list(use.types),
        "thresholds": dict(use.thresholds),
        "fired": use.fired,
        "acted_upon": use.acted_upon,
        "closed_by_itself": use.closed_by_itself,
        "not_useful": use.not_useful,
        "muted": use.muted,
    }
