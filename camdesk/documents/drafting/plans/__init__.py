"""Joint business plans: one module a section, the sections and their order named by the profile."""

from camdesk.documents.drafting.plans.plan import draft_plan

__all__ = ["draft_plan"]
