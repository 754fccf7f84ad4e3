"""What both sides think of each other: the same questions, answered by each."""

from __future__ import annotations

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting.draft import Draft, cell, lacking, number, say, table, wide
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import (
    Block,
    Cell,
    Line,
    Radar,
    Section,
    Series,
    Span,
)
from camdesk.documents.phrases import clipped, in_words

QUESTION = 60
AXIS = 34
LEAST_AXES = 3


def section(draft: Draft) -> Section:
    """Return how both sides answer the same questions, and where they differ most."""
    name, heading = "relationship-radar", "Relationship"
    both = _answered_by_both(draft)
    if not both:
        lack = "Relationship: no question was answered by both sides in the twelve months under review."
        return lacking(name, heading, "The relationship has not been assessed", lack)
    used = [row for sides in both.values() for row in sides.values()]
    key = draft.listed(
        "assessments",
        "Answers of both sides",
        "The latest answer of each side to each question in the twelve months to this day, from 0 to 100.",
        "assessments",
        sorted(used, key=lambda row: (row["question"], row["side"])),
        on=draft.day,
    )
    questions = sorted(both, key=lambda one: (-abs(_gap(both[one])), one))
    blocks: list[Block] = []
    if len(questions) >= LEAST_AXES:
        blocks.append(_radar_chart(draft, questions[:8], both, key))
    rows = [
        [
            cell(question),
            *(Cell((Span(f"{both[question][side]['score']}", key),)) for side in ("vendor", "partner")),
            Cell(
                (Span(f"{abs(_gap(both[question])):.0f}", key),),
                "bad" if abs(_gap(both[question])) > 25 else "",
            ),
        ]
        for question in questions[:8]
    ]
    columns = [wide("Question", 2.0), number("We say"), number("They say"), number("Gap")]
    blocks.append(table(columns, rows))
    widest = questions[0]
    gap = _gap(both[widest])
    message = (
        f"Both sides see it the same way on {in_words(len(questions), 'question')}"
        if gap == 0
        else f"Views differ most on “{clipped(widest, QUESTION)}”"
    )
    return Section(name, heading, message, _lead(draft, both, gap, key), tuple(blocks), False)


def _answered_by_both(draft: Draft) -> dict[str, dict[str, Row]]:
    """Return the latest answers of the year by question and side, of questions that both have answered."""
    year = Period(add_months(draft.day, -12) + ONE_DAY, draft.day + ONE_DAY)
    answers: dict[str, dict[str, Row]] = {}
    for row in sorted(
        draft.rows.of("assessments"), key=lambda row: (row["assessed_on"], row["assessment_id"])
    ):
        if (on := day(row["assessed_on"])) is not None and on in year:
            answers.setdefault(str(row["question"]), {})[row["side"]] = row
    return {question: sides for question, sides in answers.items() if len(sides) == 2}


def _lead(draft: Draft, both: dict[str, dict[str, Row]], gap: float, key: str) -> Line:
    """Return who rates higher where views are `gap` apart, the widest, and the mean of both sides."""
    parts: list[str | Span] = []
    if gap:
        who = "we rate higher" if gap > 0 else "they rate higher"
        parts += [f"There {who} by ", Span(f"{abs(gap):.0f}", key), " points"]
        ties = sum(1 for sides in both.values() if abs(_gap(sides)) == abs(gap)) - 1
        parts.append(f", and views are as far apart on {in_words(ties, 'other question')}." if ties else ".")
    health = draft.figure("relationship_health")
    if health is not None:
        parts += [
            " " if parts else "",
            "The mean of both sides is ",
            health,
            " of ",
            Span("100", health.figure),
            ".",
        ]
    return say(*parts)


def _gap(sides: dict[str, Row]) -> float:
    return float(sides["vendor"]["score"] - sides["partner"]["score"])


def _radar_chart(draft: Draft, questions: list[str], both: dict[str, dict[str, Row]], key: str) -> Radar:
    ours, theirs = (
        tuple(float(both[one][side]["score"]) for one in questions) for side in ("vendor", "partner")
    )
    told = "; ".join(
        f"{clipped(one, QUESTION)} {first:.0f} and {second:.0f}"
        for one, first, second in zip(questions, ours, theirs, strict=True)
    )
    return Radar(
        "How both sides see it",
        tuple(clipped(one, AXIS) for one in questions),
        Series(draft.our_name, ours, key),
        Series(draft.their_name, theirs, key),
        f"Answers of both sides from 0 to 100: {told}.",
    )
