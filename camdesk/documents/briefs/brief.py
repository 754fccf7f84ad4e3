"""The brief of one meeting, on one page: what a CAM reads on the way to the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from camdesk.documents.briefs import agenda, asks, number, people, promises, raised
from camdesk.documents.briefs.fitting import ROOM, list_height, opening_height, table_height, words_of
from camdesk.documents.briefs.known import BriefFacts, Told, kind_of, local, when
from camdesk.documents.briefs.raised import Raised
from camdesk.documents.drafting.draft import NAME_LENGTH, Draft, cell, say, table, wide
from camdesk.documents.drafting.draft import number as right
from camdesk.documents.drafting.opening import open_draft, reading_once
from camdesk.documents.model import (
    Block,
    Cell,
    Document,
    Line,
    Missing,
    PointColumns,
    Points,
    Section,
    Span,
)
from camdesk.documents.phrases import capital, clipped
from camdesk.documents.trees import keys_of
from camdesk.insight.insight import Insight
from camdesk.insight.wording import write_day
from camdesk.portfolio.entities import ENTITIES

TITLE = "INTERNAL · Meeting brief"
_CHANGE = 120
_MOST = {"room": 6, "changes": 6, "promised": 8, "waiting": 5, "items": 8}
_LEAST = 2


@dataclass(frozen=True)
class _Page:
    """All there is to say; `_fitted` decides how much of it the page has room for."""

    room: tuple[Line, ...]
    changes: tuple[Line, ...]
    promised: promises.Open
    asked: tuple[Line, ...]
    waiting: tuple[Raised, ...]
    items: tuple[agenda.Item, ...]

    def height(self, shown: dict[str, int]) -> float:
        """Return the height of the lists with so many entries of each."""
        # What has no entry says so in a line, which is less than a table's head.
        first = max(list_height(self.room[: shown["room"]]), list_height(self.changes[: shown["changes"]]))
        second = max(list_height(self.promised.first(shown["promised"])), list_height(self.asked))
        waits = [
            ((words_of(one.what), 38), (words_of(one.answer), 50)) for one in self.waiting[: shown["waiting"]]
        ]
        items = [((one.what, 38), (one.state, 20), (one.step, 24)) for one in self.items[: shown["items"]]]
        return first + second + table_height(waits) + table_height(items)


@reading_once
def draft_brief(insight: Insight, partner_id: str, known: BriefFacts) -> Document:
    """Draft the brief of a partner as of today; internal: it says what the partner must not read."""
    draft = open_draft(insight, partner_id, period=insight.settings.calendar.quarter(insight.as_of))
    message, lead = number.message(draft, known), _lead(draft, known)
    opening = number.block(draft, known)
    page = _Page(
        people.lines(draft, known),
        tuple(_change(draft, one) for one in known.changes) or (_nothing_new(known),),
        promises.read(draft),
        asks.lines(draft, known),
        raised.points(draft, known),
        agenda.items(draft),
    )
    shown = _fitted(page, ROOM - opening_height(message, lead))
    blocks = (opening, *_blocks(draft, known, page, shown))
    shown_figures = keys_of(blocks)  # what had no room is no part of the document
    on = _day_of(draft, known)
    return Document(
        kind="brief",
        title=TITLE,
        partner_id=partner_id,
        partner_name=clipped(draft.partner.name, NAME_LENGTH),
        our_name=clipped(insight.settings.our_name, NAME_LENGTH),
        period=on.isoformat(),
        period_title=write_day(on),
        figures_as_of=draft.today,
        drafted_on=draft.today,
        sections=(Section("brief", "Meeting brief", message, lead, blocks),),
        figures=tuple(figure for figure in draft.frozen.figures if figure.key in shown_figures),
        profile_version=draft.scorecard.profile_version,
    )


def _day_of(draft: Draft, known: BriefFacts) -> date:
    if known.meeting is None:
        return draft.today
    return local(known.meeting, draft.insight.settings).date()


def _lead(draft: Draft, known: BriefFacts) -> Line:
    settings, partner = draft.insight.settings, draft.partner
    meeting = "No meeting is planned."
    if known.meeting is not None:
        meeting = f"{kind_of(known.meeting)} on {when(known.meeting, settings)}."
    last = f"Last met on {write_day(known.since)}." if known.since else "No meeting held is known."
    who = ", ".join(
        word
        for word in (
            draft.profile.short_title,
            partner.tier or "",
            f"class {partner.attention}",
            partner.stage,
            "dark" if partner.dark else "",
        )
        if word
    )
    score = draft.scorecard
    scored = ""
    if score.enough_data and score.score is not None and score.band is not None:
        scored = f" Score {score.score:.0f}, {score.band.value}."
    return say(f"Internal: not for the partner. {clipped(meeting, 90)} {last} {capital(who)}.{scored}")


def _nothing_new(known: BriefFacts) -> Line:
    return say(f"Nothing that the sources tell of, since {write_day(known.changed_from)}.")


def _change(draft: Draft, told: Told) -> Line:
    words = clipped(told.text, _CHANGE)
    led = f" – {clipped('; '.join(told.consequences[:2]), _CHANGE)}" if told.consequences else ""
    key = _told_key(draft, told)
    text = f"{write_day(told.day).rsplit(' ', 1)[0]}  "
    return say(text, Span(words, key) if key else words, f"{led}.")


def _told_key(draft: Draft, told: Told) -> str | None:
    """Freeze the records that say what happened; None where they are gone or of several kinds."""
    entities = {one.entity for one in told.evidence}
    if len(entities) != 1 or not entities <= ENTITIES.keys():
        return None
    entity = entities.pop()
    ids = [one.record_id for one in told.evidence]
    found = draft.rows.find(entity, ids)
    rows = [found[name] for name in ids if name in found]
    if not rows:
        return None
    words = f"{told.text}: the records that say so."
    key = f"told-{len([one for one in draft.frozen.figures if one.key.startswith('told-')]) + 1}"
    return draft.frozen.listed(key, "What changed", words, entity, rows, on=draft.today)


def _fitted(page: _Page, room: float) -> dict[str, int]:
    """Return how many entries of each list are shown: each gets its least, then all grow in turn."""
    most = {name: min(most, len(getattr(page, name))) for name, most in _MOST.items()}
    shown = {name: min(_LEAST, whole) for name, whole in most.items()}
    growing = True
    while growing:
        growing = False
        for name, whole in most.items():
            larger = {**shown, name: shown[name] + 1}
            if shown[name] < whole and page.height(larger) <= room:
                shown, growing = larger, True
    return shown


def _blocks(draft: Draft, known: BriefFacts, page: _Page, shown: dict[str, int]) -> Sequence[Block]:
    since = "since we last met" if known.since else f"since {write_day(known.changed_from)}"
    room = "In the room" if known.meeting is not None and known.meeting["attendees"] else "Who to meet"
    return (
        PointColumns(
            (
                _points(room, page.room, shown["room"]),
                _points(f"What changed {since}", page.changes, shown["changes"]),
            )
        ),
        PointColumns(
            (
                _promised(page.promised, shown["promised"]),
                Points("Three asks" if len(page.asked) == asks.WANTED else "To ask", page.asked),
            )
        ),
        _raised(draft, page.waiting, shown["waiting"]),
        agenda.block(draft, page.items, shown=shown["items"]),
    )


def _points(title: str, lines: Sequence[Line], shown: int) -> Points:
    part = f", {shown} of {len(lines)}" if shown < len(lines) else ""
    return Points(f"{title}{part}", tuple(lines[:shown]), numbered=False)


def _promised(found: promises.Open, shown: int) -> Points:
    if not len(found):
        return Points("Open commitments", (say("None is open on either side."),), numbered=False)
    part = f", {shown} of {len(found)}" if shown < len(found) else ""
    return Points(f"Open commitments, ours first{part}", found.first(shown), numbered=False)


def _raised(draft: Draft, found: Sequence[Raised], shown: int) -> Block:
    if not found:
        return Missing((f"They will raise: nothing of theirs waits for us on {write_day(draft.today)}.",))
    rows = [[Cell(one.what), cell(one.waits), Cell(one.answer)] for one in found[:shown]]
    part = f", {shown} of {len(found)}" if shown < len(found) else ""
    columns = [wide("What", 1.3), right("Waits"), wide("Our answer", 1.5)]
    return table(columns, rows, title=f"They will raise{part}")
