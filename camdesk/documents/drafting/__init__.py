"""Drafting: figures and records become sections and sentences by rules; same facts, same draft."""

from camdesk.documents.drafting.plans import draft_plan
from camdesk.documents.drafting.review import draft_review

__all__ = ["draft_plan", "draft_review"]
