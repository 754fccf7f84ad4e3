"""Frozen figures move only when asked to, one by one or all, and a person's words stay with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from camdesk.base.errors import UsageError
from camdesk.desk.desk import Desk
from camdesk.documents.model import Cell as TableCell
from camdesk.documents.model import Column, Document, FrozenFigure, Section, Span, Table
from camdesk.documents.printing import as_printed
from camdesk.documents.refreshing import moved, refreshed
from camdesk.documents.tokens import words_of
from camdesk.documents.trees import keys_of, text_of
from camdesk.store.workspace import Workspace
from tests.documents.conftest import TODAY, Put, put_reseller


@pytest.fixture
def desk(workspace: Workspace, put: Put) -> Desk:
    put_reseller(put)
    return Desk(workspace, as_of=TODAY)


def shift_facts(desk: Desk) -> None:
    """Let the orders of the quarter have been half as large."""
    with desk.workspace.database.write() as connection:
        connection.execute(
            sql("UPDATE orders SET amount_base = amount_base / 2 WHERE booked_on >= '2026-07-01'")
        )
        connection.execute(sql("DELETE FROM figure"))
        connection.execute(sql("DELETE FROM figure_run"))
    desk.facts_changed()


def test_nothing_moves_while_nothing_changes(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    assert desk.moved_figures(number) == ()
    assert desk.refresh(number) == ()


def test_moved_figures_are_told_and_taken_in_on_demand(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    before = desk.document(number)
    token, frozen = next((name, span) for name, span in words_of(before).items() if "attainment" in name)
    desk.write_section(number, "summary", f"We stand at {{{{{token}}}}}.")
    shift_facts(desk)
    assert desk.document(number).figures == before.figures
    told = desk.moved_figures(number)
    assert told
    assert all(one.old != one.new for one in told)
    assert desk.refresh(number) == told
    assert desk.moved_figures(number) == ()
    summary = next(one for one in as_printed(desk.document(number)).sections if one.name == "summary")
    now = words_of(desk.document(number))[token]
    assert now.text != frozen.text
    assert text_of(summary.lead) == f"We stand at {now.text}."


def test_one_figure_alone_leaves_the_others_as_they_were(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    before = {figure.key: figure.written for figure in desk.document(number).figures}
    shift_facts(desk)
    told = desk.moved_figures(number)
    chosen = next(
        one
        for one in told
        if one.key in {figure.key for figure in desk.document(number).figures if figure.metric}
    )
    desk.refresh(number, keys=[chosen.key])
    body = desk.document(number)
    after = {figure.key: figure.written for figure in body.figures}
    assert after[chosen.key] == chosen.new
    assert {key: written for key, written in after.items() if key in before and key != chosen.key} == {
        key: written for key, written in before.items() if key != chosen.key
    }
    assert keys_of(body.sections) <= after.keys()
    assert {one.key for one in desk.moved_figures(number)} == {one.key for one in told} - {chosen.key}
    with pytest.raises(UsageError, match="no figure nothing"):
        desk.refresh(number, keys=["nothing"])


def test_a_later_day_moves_only_what_stands_as_of_the_draft(desk: Desk, workspace: Workspace) -> None:
    number = desk.draft_review("P-1")
    later = Desk(workspace, as_of=TODAY + timedelta(days=5))
    told = later.moved_figures(number)
    assert all(one.old_as_of == TODAY for one in told if one.new is not None)
    later.refresh(number)
    assert later.document(number).drafted_on == TODAY + timedelta(days=5)
    assert later.moved_figures(number) == ()


KEYS = ("a", "b", "c")


def document(values: dict[str, int]) -> Document:
    """Return a document of three figures: each in a row of its own, two of them in one sentence."""
    figures = tuple(
        FrozenFigure(
            key, key, None, value, f"€{value}.00", (), "", date(2026, 9, 30), 1, "", (), "order", f"€{value}"
        )
        for key, value in ((key, values[key]) for key in KEYS)
    )
    rows = tuple((TableCell((Span(key),)), TableCell((Span(f"€{values[key]}", key),))) for key in KEYS)
    lead = (Span("From "), Span(f"€{values['a']}", "a"), Span(" to "), Span(f"€{values['b']}", "b"))
    table = Table((Column("What"), Column("Value", numeric=True)), rows)
    return Document(
        "review", "Review", "P-1", "Brennhof", "Northlight", "2026-Q3", "FY26 Q3", date(2026, 9, 30), TODAY,
        (Section("summary", "Summary", "A message", lead, (table,)),), figures,
    )  # fmt: skip


amounts = st.fixed_dictionaries({key: st.integers(0, 9) for key in KEYS})


@settings(max_examples=60)
@given(amounts, amounts, st.sets(st.sampled_from(KEYS)))
def test_every_place_always_states_its_frozen_figure(
    old: dict[str, int], new: dict[str, int], chosen: set[str]
) -> None:
    body = refreshed(document(old), document(new), keys=chosen)
    wanted = {key: new[key] if key in chosen else old[key] for key in KEYS}
    assert body == document(wanted)
    assert {one.key for one in moved(document(old), document(new))} == {
        key for key in KEYS if old[key] != new[key]
    }
