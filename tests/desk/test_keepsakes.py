"""What a CAM comes back to: pinned partners and saved views."""

from __future__ import annotations

import pytest

from camdesk.base.errors import NotFoundError, UsageError
from tests.desk.shelf import ORDERS, PARTNERS, Shelf


def test_partners_stay_in_the_order_they_were_pinned(shelf: Shelf) -> None:
    desk = shelf.desk
    desk.pin("P2")
    desk.pin("alder sys")
    desk.pin("P2")
    desk.pin("P3")
    desk.unpin("P1")
    assert desk.pinned() == ("P2", "P3")
    desk.pin("P1")
    assert desk.pinned() == ("P2", "P3", "P1")
    with pytest.raises(NotFoundError):
        desk.pin("Nobody")


def test_a_partner_that_left_can_be_unpinned(shelf: Shelf) -> None:
    shelf.desk.pin("P3")
    shelf.write(partners="\n".join(PARTNERS.splitlines()[:-1]), orders=ORDERS.replace("P3", "P1"))
    shelf.sync(accept_shrunken=True)
    shelf.desk.unpin("P3")
    assert shelf.desk.pinned() == ()


def test_a_view_is_kept_by_screen_and_name(shelf: Shelf) -> None:
    desk = shelf.desk
    body = {"columns": ["score", "größe"], "order": [["score", False]], "facets": {"tier": None}}
    desk.save_view("portfolio", "  My  north ", body)
    desk.save_view("portfolio", "Alphabet", {})
    desk.save_view("forecast", "My north", {"other": 1})
    assert [(view.name, view.body) for view in desk.saved_views("portfolio")] == [
        ("Alphabet", {}),
        ("My north", body),
    ]
    desk.save_view("portfolio", "My north", {"columns": []})
    desk.delete_view("portfolio", "Alphabet")
    assert [view.body for view in desk.saved_views("portfolio")] == [{"columns": []}]
    assert desk.saved_views("forecast")[0].body == {"other": 1}


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_view_needs_a_name(shelf: Shelf, name: str) -> None:
    with pytest.raises(UsageError):
        shelf.desk.save_view("portfolio", name, {})


def test_a_view_that_is_not_there_cannot_be_deleted(shelf: Shelf) -> None:
    with pytest.raises(NotFoundError):
        shelf.desk.delete_view("portfolio", "Mine")
    assert shelf.desk.undoable is None
