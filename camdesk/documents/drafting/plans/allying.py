"""What only alliances plan: commitments of both sides, and rules for ideas and data."""

from __future__ import annotations

from camdesk.documents.drafting.commitments import OURS, THEIRS, owner
from camdesk.documents.drafting.draft import cell, day_cell, lacking, number, rest_of, table, wide
from camdesk.documents.drafting.facts import commitments
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.rows import day
from camdesk.documents.model import Section
from camdesk.documents.phrases import capital, in_words
from camdesk.insight.wording import write_day

_PER_SIDE = 6


def mutual_commitments(plan: Outline) -> Section:
    """Return what each side has promised and not yet done, ours first."""
    draft = plan.draft
    still = commitments(draft.rows, None, draft.today)
    name, heading = "mutual-commitments", "Mutual commitments"
    if not still:
        lack = "Mutual commitments: none is open on either side; agree three to five per side."
        return lacking(name, heading, "What each side commits to is still to be agreed", lack)
    words = "Commitments of both sides, neither done nor dropped, due after this day or without a due day."
    key = draft.listed("commitments-open", "Open commitments", words, "commitments", still)
    ours = [row for row in still if row["side"] == OURS]
    theirs = [row for row in still if row["side"] == THEIRS]
    shown = [*ours[:_PER_SIDE], *theirs[:_PER_SIDE]]
    rows = [[cell(row["text"]), cell(owner(draft, row)), day_cell(day(row["due_on"]))] for row in shown]
    columns = [wide("Ours first", 2.2), wide("Owner", 1.9), number("Due")]
    of_theirs = in_words(len(theirs), "one").split()[0]
    message = f"{capital(in_words(len(ours), 'commitment'))} of ours, {of_theirs} of theirs"
    return following(
        name,
        heading,
        message,
        (table(columns, rows, note=rest_of("commitment", len(still), len(shown), key)),),
    )


def rules(plan: Outline) -> Section:
    """Return what is agreed on ideas and data, by the agreements on record, and what is still open."""
    agreements = plan.draft.rows.of("agreements")

    def state(kind: str) -> list[object]:
        signed = [row for row in agreements if row["kind"] == kind and row["signed_on"]]
        running = [row for row in signed if (row["expires_on"] or "9999") > plan.draft.today.isoformat()]
        if not running:
            return [cell("to be agreed", tone="warn"), cell("–")]
        ends = day(running[0]["expires_on"])
        return [
            cell(f"signed {write_day(day(running[0]['signed_on']))}", tone="good"),
            day_cell(ends) if ends else cell("open-ended"),
        ]

    listed = (
        ("What each side brings stays its own; what is built together is named in writing first", "partner"),
        ("Confidential information goes no further than the joint team", "nda"),
        ("Personal data is handled for the joint work only, and deleted after it", "data_processing"),
    )
    rows = [[cell(text.partition(";")[0]), *state(kind)] for text, kind in listed]
    columns = [wide("Rule", 2.8), number("Agreement"), number("Runs until")]
    open_ones = sum(row[1].tone == "warn" for row in rows)  # type: ignore[attr-defined]
    message = (
        f"{capital(in_words(open_ones, 'rule'))} on ideas and data still to be agreed"
        if open_ones
        else "Rules on ideas and data are signed"
    )
    return following("ip-and-data", "Ideas and data", message, (table(columns, rows),))  # type: ignore[arg-type]
