"""How drafting begins: the partner looked up, the days set, nothing frozen yet."""

from __future__ import annotations

from camdesk.base.errors import NotFoundError
from camdesk.base.periods import Period
from camdesk.documents.drafting.draft import Draft, Length
from camdesk.documents.drafting.freezing import Freezer
from camdesk.documents.drafting.rows import PartnerRows
from camdesk.insight.insight import Insight


def open_draft(
    insight: Insight,
    partner_id: str,
    *,
    period: Period,
    length: Length = Length.FULL,
    with_score: bool = True,
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
        with_score=with_score,
        other_cards=tuple(
            insight.scorecard(partner_id, day=day, hat=name)
            for name in dict.fromkeys(partner.other_types)
            if name in insight.catalog.profiles and name != partner.type
        ),
    )
