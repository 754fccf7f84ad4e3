"""The meeting brief: one internal page before the call, and the follow-up mail after it."""

from camdesk.documents.briefs.brief import draft_brief
from camdesk.documents.briefs.follow_up import FollowUp, draft_follow_up
from camdesk.documents.briefs.known import BriefFacts, Told

__all__ = ["BriefFacts", "FollowUp", "Told", "draft_brief", "draft_follow_up"]
