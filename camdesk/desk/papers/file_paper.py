"""The partner file: what the desk knows beside the records, handed to the drafting of it."""

from __future__ import annotations

from camdesk.desk.partner.terms import why
from camdesk.desk.portfolio import stock
from camdesk.documents.library import list_documents
from camdesk.documents.model import Document
from camdesk.documents.partner_file import FileFacts, draft_file
from camdesk.insight.catalog import load_catalog
from camdesk.insight.insight import Insight
from camdesk.insight.terms import terms_of
from camdesk.store import audit
from camdesk.store.judgements import judgements_of


def partner_file(insight: Insight, partner_id: str) -> Document:
    """Return the file of a partner as of the day."""
    database = insight.workspace.database
    tier, agreed = insight.tier_state(partner_id), terms_of(insight, partner_id)
    profile = insight.profile(partner_id)
    with database.read() as connection:
        judgements = judgements_of(connection, partner_id)
        entries, broken_at = audit.verify(connection)
    known = FileFacts(
        tier=tier,
        tier_words=why(tier, agreed),
        documents=list_documents(database, partner_id=partner_id),
        judgements=tuple(one for one in judgements if one.made_on <= insight.as_of),
        past_scores=stock.past_scores(insight, partner_id),
        profile_is_own=load_catalog()[0].profiles.get(profile.type) != profile,
        audit_entries=entries,
        audit_broken_at=broken_at,
    )
    return draft_file(insight, partner_id, known)
