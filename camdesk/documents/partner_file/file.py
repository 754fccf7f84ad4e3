"""The file as a document: the same sections, in the same order, for every type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from camdesk.documents.drafting.draft import NAME_LENGTH, Draft, cell, say, table, wide
from camdesk.documents.drafting.opening import open_draft, reading_once
from camdesk.documents.model import Document, Section, Table
from camdesk.documents.partner_file import dealings, judging, paid, standing
from camdesk.documents.partner_file.known import FileFacts
from camdesk.documents.phrases import clipped
from camdesk.insight.insight import Insight
from camdesk.insight.wording import write_day

TITLE = "INTERNAL · Partner file"
_ONE_PIECE = 20  # rows that surely fit on one page of either paper
_SECTIONS = (
    standing.agreements,
    standing.eligibility,
    standing.tier,
    standing.training,
    paid.section,
    dealings.reviews,
    dealings.exceptions,
    dealings.terms,
    judging.profile,
    judging.judgements,
    judging.audit,
)


@reading_once
def draft_file(insight: Insight, partner_id: str, known: FileFacts) -> Document:
    """Draft the file of a partner as of today; a section without records says so in a line."""
    draft = open_draft(insight, partner_id, period=insight.settings.calendar.quarter(insight.as_of))
    sections = [_placed(make(draft, known)) for make in _SECTIONS]
    return Document(
        kind="file",
        title=TITLE,
        partner_id=partner_id,
        partner_name=clipped(draft.partner.name, NAME_LENGTH),
        our_name=clipped(insight.settings.our_name, NAME_LENGTH),
        period=insight.as_of.isoformat(),
        period_title=write_day(insight.as_of),
        figures_as_of=insight.as_of,
        drafted_on=insight.as_of,
        sections=(_overview(draft, sections), *sections),
        figures=draft.frozen.figures,
        profile_version=draft.scorecard.profile_version,
    )


def _overview(draft: Draft, sections: Sequence[Section]) -> Section:
    """Return who the file is about, and what each section of it says."""
    partner = draft.partner
    facts = [draft.profile.title, partner.status, f"stage {partner.stage}", f"class {partner.attention}"]
    place = ", ".join(word for word in (partner.region, partner.country) if word)
    facts += [place] if place else []
    facts += [f"enrolled {write_day(partner.enrolled_on)}"] if partner.enrolled_on else []
    lines = [[cell(section.heading), cell(section.message)] for section in sections]
    return Section(
        "overview",
        "Overview",
        f"{clipped(partner.name, 60)}: partner file of {write_day(draft.today)}",
        say(f"{', '.join(facts)}. Partner {partner.partner_id}."),
        (table([wide("Section", 0.4), wide("What it says")], lines),),
    )


def _placed(section: Section) -> Section:
    """Return the section on a page of its own where it is too long to stay in one piece."""
    rows = sum(len(block.rows) for block in section.blocks if isinstance(block, Table))
    return replace(section, new_page=rows > _ONE_PIECE)
