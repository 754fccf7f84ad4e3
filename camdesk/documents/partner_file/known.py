"""What the file is told beside the records it reads itself."""

from __future__ import annotations

from dataclasses import dataclass

from camdesk.documents.library import StoredDocument
from camdesk.insight.results import PastScore, TierState
from camdesk.store.judgements import Judgement


@dataclass(frozen=True, slots=True)
class FileFacts:
    tier: TierState
    tier_words: str  # why the partner has it
    documents: tuple[StoredDocument, ...]
    judgements: tuple[Judgement, ...]  # newest first
    past_scores: tuple[PastScore, ...]  # newest first
    profile_is_own: bool  # a user's file stands in for the shipped one
    audit_entries: int
    audit_broken_at: int | None
