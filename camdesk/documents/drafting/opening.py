"""How drafting begins: the partner looked up, the days set, nothing frozen yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from camdesk.base.errors import NotFoundError
from camdesk.base.periods import Period
from camdesk.documents.drafting.draft import Draft, Length
from camdesk.documents.drafting.freezing import Freezer
from camdesk.documents.drafting.rows import PartnerRows
from camdesk.documents.model import Document
from camdesk.insight.insight import Insight

_Asked = ParamSpec("_Asked")
Drafting = Callable[Concatenate[Insight, _Asked], Document]


def reading_once(draft: Drafting[_Asked]) -> Drafting[_Asked]:
    """Let a draft read what it freezes from a few runs kept open, not from one for every figure."""

    @wraps(draft)
    def drafted(insight: Insight, /, *asked: _Asked.args, **named: _Asked.kwargs) -> Document:
        with insight.kept_runs():
            return draft(insight, *asked, **named)

    return drafted


def open_draft(
    insight: Insight,
    partner_id: str,
    *,
    period: Period,
    length: Length = Length.FULL,
) -> Draft:
    """Return a desk for a document of this partner; raise NotFoundError where there is no such partner."""
    partner = insight.partners().get(partner_id)
    if partner is None:
        raise NotFoundError(f"There is no partner {partner_id}.", "See the list: camdesk partners")
    rows = PartnerRows(insight.workspace.database, partner_id)
    day = min(period.last, insight.as_of)
    return Draft(
        insight=insight,
        partner=partner,
        profile=insight.catalog.profiles[partner.type],
        period=period,
        day=day,
        today=insight.as_of,
        rows=rows,
        frozen=Freezer(insight, partner_id, rows),
        scorecard=insight.scorecard(partner_id, day=day),
        length=length,
        other_cards=tuple(
            insight.scorecard(partner_id, day=day, hat=name)
            for name in dict.fromkeys(partner.other_types)
            if name in insight.catalog.profiles and name != partner.type
        ),
    )
