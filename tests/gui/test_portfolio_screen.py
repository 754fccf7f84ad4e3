"""The portfolio on the real sample through its widgets: views, filters, columns, selection, acts, files."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QProgressBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.portfolio.board import LaneView
from camdesk.gui.portfolio.screen import PortfolioScreen
from camdesk.gui.portfolio.view import BOARD, LIST, SCREEN, TYPES, View
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.widgets.grid_view import GridView
from tests.gui.window_parts import portfolio

Key, Modifier = Qt.Key, Qt.KeyboardModifier
_LONG_MS = 20_000


@pytest.fixture
def screen(sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot) -> PortfolioScreen:
    """Return the portfolio as it is at first, whatever the test before has left."""
    sample_desk.remember_view(SCREEN, View().body())
    sample_window.go_to("portfolio")
    screen = portfolio(sample_window)
    qtbot.waitUntil(lambda: screen.report is not None, timeout=_LONG_MS)
    screen.show_view(View(mine=screen.view.mine))
    screen.focus_content()
    return screen


def press(key: Key, modifier: Modifier = Modifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def table(screen: PortfolioScreen, place: int = 0) -> GridView:
    return screen.sections()[place].table


def shown(screen: PortfolioScreen) -> list[str]:
    return [row.key for panel in screen.sections() for row in panel.table.grid.rows]


def head_click(view: GridView, column: int, modifier: Modifier = Modifier.NoModifier) -> None:
    head = view.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(column) + 12, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, modifier, spot)


def tick(screen: PortfolioScreen, facet: str, *titles: str) -> None:
    """Choose values of a facet in its menu."""
    screen.facets.fill_menu(facet)
    for action in screen.facets.menus[facet].actions():
        if action.text().split("\t")[0] in titles:
            action.trigger()


def said(window: MainWindow, words: str) -> bool:
    return words in window.toast.words


# Views


def test_the_heading_says_how_many_are_truly_active(screen: PortfolioScreen, sample_desk: Desk) -> None:
    figures = sample_desk.portfolio().figures
    words = screen.head.summary.accessibleName()
    assert words.startswith(f"{figures.enrolled} enrolled · {figures.active} active")
    assert f"{figures.active_rate:.0%} active rate" in words


def test_the_keyboard_turns_from_tables_to_one_list_to_the_board(screen: PortfolioScreen) -> None:
    everyone = shown(screen)
    both = Modifier.ControlModifier | Modifier.ShiftModifier
    press(Key.Key_2, both)
    assert screen.view.kind == LIST
    assert sorted(shown(screen)) == sorted(everyone)
    press(Key.Key_3, both)
    assert screen.view.kind == BOARD


def test_the_board_is_walked_by_arrows_and_enter_opens_the_partner(
    screen: PortfolioScreen, sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    screen.turn_to_kind(BOARD)
    qtbot.waitUntil(lambda: any(view.lane.cards for view in screen.board.lanes.values()), timeout=_LONG_MS)
    cards = [card.key for view in screen.board.lanes.values() for card in view.lane.cards]
    report = sample_desk.portfolio(mine=screen.view.mine)
    assert sorted(cards) == sorted(row.partner.partner_id for one in report.sections for row in one.rows)
    screen.focus_content()
    first = QApplication.focusWidget()
    assert isinstance(first, LaneView)
    press(Key.Key_Right)
    second = QApplication.focusWidget()
    assert isinstance(second, LaneView)
    assert second is not first
    press(Key.Key_Down)
    wanted = second.lane.cards[second.currentIndex().row()].key
    press(Key.Key_Return)
    assert sample_window._place.about == wanted


def test_ctrl_and_an_arrow_moves_a_card_with_a_reason_and_undo_brings_it_back(
    screen: PortfolioScreen, sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    screen.turn_to_kind(BOARD)
    qtbot.waitUntil(lambda: bool(screen.board.lanes), timeout=_LONG_MS)
    lanes = screen.board.lanes
    key = lanes["develop"].lane.cards[0].key
    lanes["develop"].stand_on(0)
    press(Key.Key_Right, Modifier.ControlModifier)
    QTest.keyClicks(screen.asking.field, "Signed yesterday")
    press(Key.Key_Return)

    def stands_in(stage: str) -> bool:
        return key in [card.key for card in lanes[stage].lane.cards]

    qtbot.waitUntil(lambda: stands_in("active"), timeout=_LONG_MS)
    partner = sample_desk.partner(key).partner
    assert (partner.stage, partner.derived_stage, partner.stage_reason) == (
        "active",
        "develop",
        "Signed yesterday",
    )
    sample_window.toast.undo.click()
    qtbot.waitUntil(lambda: stands_in("develop"), timeout=_LONG_MS)


def test_onboarding_cards_name_the_milestone_the_desk_names(
    screen: PortfolioScreen, sample_desk: Desk, qtbot: QtBot
) -> None:
    screen.turn_to_kind(BOARD)
    qtbot.waitUntil(lambda: bool(screen.board.lanes), timeout=_LONG_MS)
    milestones = sample_desk.next_milestones()
    cards = [card for card in screen.board.lanes["onboard"].lane.cards if card.key in milestones]
    assert cards
    assert all(milestones[card.key].name in card.line for card in cards)


def test_a_view_is_saved_chosen_again_and_deleted_with_undo(
    screen: PortfolioScreen, sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    screen.turn_to_kind(LIST)
    screen.facets.group_by("tier")
    tick(screen, "tier", "Gold")
    kept = shown(screen)
    press(Key.Key_S, Modifier.ControlModifier)
    assert screen.asking.field.hasFocus()
    QTest.keyClicks(screen.asking.field, "Gold & co")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: said(sample_window, "Saved the view “Gold & co”"))
    qtbot.waitUntil(lambda: screen.views.button.accessibleName() == "Views, Gold & co")
    screen.show_view(View(mine=screen.view.mine))
    assert shown(screen) != kept
    screen.views.fill()
    next(one for one in screen.views.menu.actions() if one.text() == "Gold && co").trigger()
    assert shown(screen) == kept
    assert screen.views.button.accessibleName() == "Views, Gold & co"
    screen.views.fill()
    next(one for one in screen.views.menu.actions() if one.text().startswith("Delete")).trigger()
    qtbot.waitUntil(lambda: not sample_desk.saved_views(SCREEN))
    sample_window.toast.undo.click()
    qtbot.waitUntil(lambda: [one.name for one in sample_desk.saved_views(SCREEN)] == ["Gold & co"])


def test_the_screen_comes_back_as_it_was_left_but_for_typed_words(
    screen: PortfolioScreen, sample_desk: Desk, qtbot: QtBot
) -> None:
    screen.turn_to_kind(LIST)
    head_click(table(screen), 0)
    screen.filter_field.setText("sys")
    screen.facets.group_by("stage")
    qtbot.waitUntil(lambda: (sample_desk.remembered_view(SCREEN) or {}).get("group") == "stage")
    again = PortfolioScreen(screen.context)
    qtbot.addWidget(again)
    again.refresh()
    qtbot.waitUntil(lambda: again.report is not None, timeout=_LONG_MS)
    assert (again.view.kind, again.view.group, again.view.words) == (LIST, "stage", "")
    assert again.view.orders == {"": (("partner", False),)}


def test_a_kept_view_comes_back_by_its_name_at_the_next_start(
    screen: PortfolioScreen, sample_desk: Desk, qtbot: QtBot
) -> None:
    sample_desk.save_view(SCREEN, "Gold", View(kind=LIST, words="gold").body())
    screen.refresh()
    qtbot.waitUntil(lambda: "Gold" in screen._saved, timeout=_LONG_MS)
    screen.views.choose("Gold")
    for words, named in (("gold", "Views, Gold"), ("silver", "Views, Gold · changed")):
        screen.filter_field.setText(words)
        left = ("gold" if words == "gold" else "", "Gold")
        qtbot.waitUntil(partial(is_left_as, sample_desk, left), timeout=_LONG_MS)
        again = PortfolioScreen(screen.context)
        qtbot.addWidget(again)
        again.refresh()
        qtbot.waitUntil(lambda again=again: again.report is not None, timeout=_LONG_MS)
        assert again.views.button.accessibleName() == named


def is_left_as(desk: Desk, left: tuple[str, str]) -> bool:
    body = desk.remembered_view(SCREEN) or {}
    return (body.get("words"), body.get("name")) == left


# Narrowing down


def test_facets_narrow_down_are_said_on_their_chips_and_cleared_by_a_key(
    screen: PortfolioScreen, sample_desk: Desk
) -> None:
    everyone = shown(screen)
    tick(screen, "tier", "Gold", "Silver")
    tick(screen, "class", "Class A")
    report = sample_desk.portfolio(mine=screen.view.mine)
    rows = [row for one in report.sections for row in one.rows]
    wanted = {
        row.partner.partner_id
        for row in rows
        if row.partner.tier in {"Gold", "Silver"} and row.partner.attention == "A"
    }
    assert set(shown(screen)) == wanted
    assert screen.facets.chips["tier"].accessibleName() == "Tier, Gold, Silver"
    screen.focus_content()
    press(Key.Key_Backspace, Modifier.ControlModifier)
    assert shown(screen) == everyone


def test_a_facet_menu_counts_what_it_would_show(screen: PortfolioScreen) -> None:
    screen.facets.fill_menu("stage")
    offered = [one.text().split("\t") for one in screen.facets.menus["stage"].actions() if "\t" in one.text()]
    for title, count in offered:
        screen.widen()
        tick(screen, "stage", title)
        assert len(shown(screen)) == int(count)


def test_space_ticks_one_value_after_the_other(screen: PortfolioScreen) -> None:
    screen.facets.fill_menu("tier")
    menu = screen.facets.menus["tier"]
    values = [one for one in menu.actions() if one.isCheckable()][:2]
    for one in values:
        menu.setActiveAction(one)
        QTest.keyClick(menu, Key.Key_Space)
    assert screen.view.facets["tier"] == {one.text().split("\t")[0] for one in values}
    menu.setActiveAction(values[0])
    QTest.keyClick(menu, Key.Key_Space)
    assert screen.view.facets["tier"] == {values[1].text().split("\t")[0]}


def test_every_control_has_a_name(screen: PortfolioScreen) -> None:
    screen.choosing.turn()
    screen.picked.ask_task()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QProgressBar)
    shown = [part for part in screen.findChildren(QWidget) if part.isVisible()]
    own = [
        part
        for part in shown
        if isinstance(part, kinds)
        and not part.objectName().startswith("qt_")
        and type(part).__name__ not in {"QTableCornerButton", "QComboBoxListView"}
        and not isinstance(part.parent(), (QLineEdit, QComboBox))
    ]
    assert len(own) > 20
    assert [part for part in own if not part.accessibleName()] == []


def test_enter_in_the_filter_opens_the_first_match(
    screen: PortfolioScreen, sample_window: MainWindow
) -> None:
    wanted = screen.sections()[2].table.grid.rows[1]
    press(Key.Key_Slash)
    QTest.keyClicks(screen.filter_field, wanted.cells[0].text.upper())
    assert shown(screen) == [wanted.key]
    press(Key.Key_Return)
    assert sample_window._place.about == wanted.key


# Columns and order


def test_columns_are_ticked_and_moved_by_the_keyboard(screen: PortfolioScreen, qtbot: QtBot) -> None:
    screen.turn_to_kind(LIST)
    press(Key.Key_C, Modifier.ControlModifier | Modifier.ShiftModifier)
    panel = screen.choosing.panel
    qtbot.waitUntil(lambda: panel.list.count() > 100, timeout=_LONG_MS)
    QTest.keyClicks(panel.finder, "net recurring retention")
    press(Key.Key_Down)
    press(Key.Key_Space)

    def titles() -> list[str]:
        return [column.title for column in screen.sections()[0].columns]

    qtbot.waitUntil(lambda: len(titles()) == 12, timeout=_LONG_MS)
    panel.finder.clear()
    qtbot.waitUntil(lambda: len(panel.ids()) == 12)
    chosen = titles()[-1]
    panel.list.setCurrentRow(11)
    press(Key.Key_Up, Modifier.AltModifier)
    qtbot.waitUntil(lambda: titles()[-2] == chosen)
    cells = {row.key: row.cells[10].text for row in table(screen).grid.rows}
    assert any(text.endswith("%") for text in cells.values())
    press(Key.Key_Escape)
    assert not panel.isVisible()
    panel.standard.click()
    qtbot.waitUntil(lambda: len(titles()) == 11)


def test_shift_click_adds_a_second_order_that_later_groups_follow(screen: PortfolioScreen) -> None:
    screen.turn_to_kind(LIST)
    screen.facets.group_by("type")
    first = table(screen)
    head_click(first, 1)
    head_click(first, 2, Modifier.ShiftModifier)
    for panel in screen.sections():
        known = [row for row in panel.table.grid.rows if row.cells[1].sort is not None]
        tiers = [row.cells[1].sort for row in known]
        assert tiers == sorted(tiers, key=str)
        for tier in set(tiers):
            scores = [
                row.cells[2].sort
                for row in known
                if row.cells[1].sort == tier and row.cells[2].sort is not None
            ]
            assert scores == sorted(scores, reverse=True)  # type: ignore[type-var]
    assert screen.view.orders[""] == (("tier", False), ("score", True))
    head_click(first, 2, Modifier.ShiftModifier)
    assert screen.view.orders[""] == (("tier", False), ("score", False))


def test_the_heads_stay_at_the_upper_edge_while_a_long_table_passes(screen: PortfolioScreen) -> None:
    screen.turn_to_kind(LIST)
    view, bar = table(screen), screen.tables.verticalScrollBar()
    bar.setValue(500)
    head = view.horizontalHeader()
    assert head.mapTo(screen.tables.viewport(), QPoint(0, 0)).y() == 0
    bar.setValue(0)
    assert head.y() == 0


# Selection and what is done with it


def test_space_picks_rows_over_all_tables_and_escape_lets_go(screen: PortfolioScreen) -> None:
    first, second = table(screen), table(screen, 1)
    last = first.grid.rowCount() - 1
    first.go_to(last)
    for key in (Key.Key_Space, Key.Key_Down, Key.Key_Down, Key.Key_Space):
        press(key)
    assert screen.picked.keys == (first.grid.rows[last].key, second.grid.rows[1].key)
    assert screen.picked.isVisible()
    press(Key.Key_Space)
    assert screen.picked.keys == (first.grid.rows[last].key,)
    screen.picked.dropped.emit()
    assert not screen.picked.isVisible()


def test_a_plain_click_ends_what_was_selected_elsewhere_and_ctrl_keeps_it(screen: PortfolioScreen) -> None:
    first, second = table(screen), table(screen, 1)

    def click(view: GridView, row: int, modifier: Modifier = Modifier.NoModifier) -> None:
        spot = view.visualRect(view.grid.index(row, 2)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, spot)

    click(first, 0)
    click(first, 2, Modifier.ShiftModifier)
    click(second, 1, Modifier.ControlModifier)
    keys = [row.key for row in first.grid.rows[:3]] + [second.grid.rows[1].key]
    assert list(screen.picked.keys) == keys
    click(second, 0)
    assert screen.picked.keys == (second.grid.rows[0].key,)


def test_ctrl_a_selects_everyone_shown_and_a_refresh_keeps_them(
    screen: PortfolioScreen, sample_window: MainWindow, qtbot: QtBot
) -> None:
    screen.filter_field.setText("gold")
    screen.focus_content()
    press(Key.Key_A, Modifier.ControlModifier)
    keys = screen.picked.keys
    assert list(keys) == shown(screen)
    press(Key.Key_P)
    qtbot.waitUntil(lambda: said(sample_window, f"Pinned {len(keys)} partners"))
    qtbot.waitUntil(lambda: set(sample_window._context.desk.pinned()) == set(keys))
    qtbot.wait(0)
    assert screen.picked.keys == keys
    sample_window.toast.undo.click()
    qtbot.waitUntil(lambda: sample_window._context.desk.pinned() == ())


def test_a_task_for_several_is_one_act(
    screen: PortfolioScreen, sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    table(screen).go_to(0)
    press(Key.Key_Down, Modifier.ShiftModifier)
    press(Key.Key_T)
    QTest.keyClicks(screen.asking.field, "Ask for the forecast")
    screen.asking.choice.setCurrentIndex(2)
    QTest.keyClick(screen.asking.field, Key.Key_Return)
    qtbot.waitUntil(lambda: said(sample_window, "Added a task for 2 partners: Ask for the forecast"))
    keys = [row.key for row in table(screen).grid.rows[:2]]
    made = [task for task in sample_desk.tasks() if task.text == "Ask for the forecast"]
    assert sorted(task.partner_id or "" for task in made) == sorted(keys)
    assert {task.due_on for task in made} == {made[0].due_on}
    sample_window.toast.undo.click()
    qtbot.waitUntil(lambda: all(one.text != "Ask for the forecast" for one in sample_desk.tasks()))


def test_a_class_needs_a_reason_and_shows_at_once(
    screen: PortfolioScreen, sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    key = table(screen).grid.rows[0].key
    before = sample_desk.partner(key).partner.attention
    wanted = "B" if before != "B" else "C"
    table(screen).go_to(0)
    screen.picked.ask_class(wanted)
    assert not screen.asking.done.isEnabled()
    QTest.keyClicks(screen.asking.field, "New owner")
    screen.asking.done.click()
    qtbot.waitUntil(lambda: said(sample_window, f"Set the class to {wanted}"), timeout=_LONG_MS)
    assert sample_desk.partner(key).partner.attention == wanted
    assert sample_desk.partner(key).partner.attention_reason == "New owner"


def test_alerts_of_the_selected_are_acknowledged_together(
    screen: PortfolioScreen, sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    new = [alert for alert in sample_desk.alerts(mine=False).alerts if alert.state == "new"]
    key = next(row.key for row in table(screen).grid.rows if row.key in {one.partner_id for one in new})
    table(screen).go_to(shown(screen).index(key))
    press(Key.Key_E)
    qtbot.waitUntil(lambda: said(sample_window, "Acknowledged"), timeout=_LONG_MS)
    left = [one for one in sample_desk.alerts(mine=False).alerts if one.partner_id == key]
    assert all(one.state != "new" for one in left)


def test_reviews_are_drafted_once_each(
    screen: PortfolioScreen, sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    table(screen).go_to(0)
    press(Key.Key_Down, Modifier.ShiftModifier)
    before = len(sample_desk.documents())
    screen.picked.draft_reviews()
    qtbot.waitUntil(lambda: said(sample_window, "Drafted 2 reviews."), timeout=60_000)
    assert len(sample_desk.documents()) == before + 2
    qtbot.waitUntil(lambda: screen.picked.progress.isHidden())
    screen.picked.draft_reviews()
    qtbot.waitUntil(lambda: said(sample_window, "2 were drafted before."), timeout=60_000)
    assert len(sample_desk.documents()) == before + 2


# To a spreadsheet


def test_partners_of_several_types_are_copied_under_the_heads_of_the_list(screen: PortfolioScreen) -> None:
    screen.select_all()
    screen.copy()
    head, *lines = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t")[:4] == ["Partner", "Tier", "Score", "Type"]
    assert len(lines) == len(shown(screen))


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_table_is_exported_as_it_is_shown(
    screen: PortfolioScreen,
    sample_window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
) -> None:
    target = tmp_path / f"resellers{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    view = table(screen)
    head_click(view, 0)
    head_click(view, 0)
    view.make_menu()
    view.export()
    qtbot.waitUntil(lambda: said(sample_window, f"Written to {target}"))
    if ending == ".csv":
        with target.open(encoding="utf-8-sig", newline="") as file:
            heads, *rows = csv.reader(file)
        assert heads == [column.title for column in view.grid.columns if column.title != "8 quarters"]
        assert [row[0] for row in rows] == [row.cells[0].text for row in view.grid.rows]
        assert [row[0] for row in rows] == sorted((row[0] for row in rows), key=str.casefold, reverse=True)
    else:
        assert target.read_bytes().startswith(b"PK")


def test_a_dialog_given_up_writes_nothing(
    screen: PortfolioScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    press(Key.Key_E, Modifier.ControlModifier)
    assert screen.view.kind == TYPES
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_filter_offers_no_cross_to_empty_it(screen: PortfolioScreen, qtbot: QtBot) -> None:
    cross = screen.filter_field.findChild(QToolButton)
    assert not cross.isVisible()
    screen.filter_field.setText("ar")
    assert cross.isVisible()
    screen.widen()
    assert screen.filter_field.text() == ""
    qtbot.waitUntil(lambda: not cross.isVisible())
