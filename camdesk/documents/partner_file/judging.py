"""The profile in force, what a person overruled and why, and whether the audit is whole."""

from __future__ import annotations

from typing import Any

from camdesk.documents.briefs.known import person
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, say, table, wide
from camdesk.documents.model import Block, Cell, Prose, Section
from camdesk.documents.partner_file.known import FileFacts
from camdesk.documents.partner_file.standing import SHOWN
from camdesk.documents.phrases import capital, clipped, count
from camdesk.insight.wording import write_day
from camdesk.store.judgements import Judgement

_ABOUT = {"class": "Attention class", "hats": "Shares of its types"}


def profile(draft: Draft, known: FileFacts) -> Section:
    """Return by which version of which profile the partner is judged, and by which before."""
    card, chosen = draft.scorecard, draft.profile
    own = "the workspace's own file" if known.profile_is_own else "the shipped file"
    words = f"{chosen.title}, judged on {chosen.judged_on}. In force on {write_day(draft.today)}: "
    lines = [say(f"{words}version {card.profile_version}, from {own}. Origin: {chosen.origin.rstrip('.')}.")]
    if card.score is not None and card.band is not None and card.enough_data:
        lines.append(say(f"Score on that day: {card.score:.0f}, {card.band.value}."))
    blocks: list[Block] = [Prose(tuple(lines))]
    first: dict[str, list[Any]] = {}
    for past in known.past_scores:
        first.setdefault(past.profile_version, []).append(past.taken_on)
    if first:
        rows = [
            [cell(version), day_cell(min(days)), day_cell(max(days)), cell(f"{len(days):,}")]
            for version, days in first.items()
        ]
        columns = [wide("Version"), number("First score kept"), number("Last"), number("Scores")]
        blocks.append(table(columns, rows, title="Profile versions that scores were kept with"))
    message = f"Judged by profile version {card.profile_version}"
    return Section("profile", "Profile", message, (), tuple(blocks))


def judgements(draft: Draft, known: FileFacts) -> Section:
    """Return every judgement ever made, taken back ones too."""
    if not known.judgements:
        words = "Judgements: nobody overruled a score, stage or class of this partner."
        return lacking("judgements", "Judgements", "Nothing was overruled by hand", words)
    lines = [_judgement(one) for one in known.judgements[:SHOWN]]
    columns = [
        wide("About", 0.7), wide("Set to", 0.8), wide("Reason", 1.8), wide("By", 0.8), number("On"),
        number("Until"),
    ]  # fmt: skip
    message = f"{capital(count(len(known.judgements), 'judgement'))} made by hand"
    return Section("judgements", "Judgements", message, (), (table(columns, lines),), new_page=False)


def _judgement(one: Judgement) -> list[Cell]:
    if isinstance(one.value, dict):
        value = ", ".join(f"{name.replace('_', ' ')} {share:g}" for name, share in one.value.items())
    else:
        value = f"{one.value:g}" if isinstance(one.value, int | float) else str(one.value)
    return [
        cell(_ABOUT.get(one.about, one.about.capitalize())),
        cell(value),
        Cell(say(clipped(one.reason, 240))),
        cell(person(one.author)),
        day_cell(one.made_on),
        cell(write_day(one.expires_on) if one.expires_on else "further notice"),
    ]


def audit(draft: Draft, known: FileFacts) -> Section:
    """Return whether the record of what was done in the workspace is unbroken."""
    entries = count(known.audit_entries, "entry")
    if known.audit_broken_at is not None:
        message = f"The audit is broken at entry {known.audit_broken_at}"
        words = f"Of {entries}, number {known.audit_broken_at} is missing or was altered."
    else:
        message = "The audit is whole"
        words = f"{capital(entries)}, each following from the one before; none is missing or altered."
    return Section("audit", "Audit", message, (), (Prose((say(words),)),), new_page=False)
