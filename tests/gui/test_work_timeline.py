"""The timeline tab: what it shows, how it is filtered, and the notes one writes there."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.desk.partner.timeline import ItemKind
from camdesk.gui.guide import Place
from camdesk.gui.partner.work.entry import MarkdownText
from camdesk.gui.partner.work.timeline import TimelineTab
from camdesk.gui.shell.window import MainWindow
from tests.gui.window_parts import partner
from tests.gui.work_parts import WAIT_MS, a_partner, focused, form_sheet_of, open_tab

CONTROL = Qt.KeyboardModifier.ControlModifier


def on_timeline(window: MainWindow, desk: Desk, qtbot: QtBot) -> TimelineTab:
    return cast("TimelineTab", open_tab(window, qtbot, a_partner(desk), "timeline"))


def write(window: MainWindow, qtbot: QtBot, words: str) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_N)
    QTest.keyClicks(focused(), words)
    QTest.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(form_sheet_of(window).isHidden, timeout=WAIT_MS)


def texts(tab: TimelineTab) -> list[str]:
    return [entry.item.text for entry in tab.entries]


def test_the_newest_stands_first(sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot) -> None:
    tab = on_timeline(sample_window, sample_desk, qtbot)
    qtbot.waitUntil(lambda: len(tab.entries) == len(tab._shown))
    shown = [entry.item for entry in tab.entries]
    assert shown == list(sample_desk.timeline(a_partner(sample_desk))[: len(shown)])
    assert [one.day for one in shown] == sorted((one.day for one in shown), reverse=True)
    assert tab.more.isVisible()
    before = len(tab.entries)
    tab.more.click()
    assert len(tab.entries) > before


def test_a_kind_and_words_filter(sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot) -> None:
    tab = on_timeline(sample_window, sample_desk, qtbot)
    tab.pills[ItemKind.MEETING].click()
    assert {entry.item.kind for entry in tab.entries} == {ItemKind.MEETING}
    tab.filter.setText("no such words at all")
    assert tab.entries == []
    assert "Nothing here matches" in tab._empty.text()
    tab.filter.clear()
    tab.pills[None].click()
    qtbot.waitUntil(lambda: len(tab.entries) == len(tab._shown))
    assert len({entry.item.kind for entry in tab.entries}) > 1


def test_a_note_is_written_edited_and_removed_by_keyboard(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    tab = on_timeline(sample_window, sample_desk, qtbot)
    write(sample_window, qtbot, "They **want** <b>more</b>")
    qtbot.waitUntil(lambda: "They **want** <b>more</b>" in texts(tab), timeout=WAIT_MS)
    entry = next(one for one in tab.entries if one.item.text.startswith("They"))
    assert entry.item.author == sample_desk.author
    shown = entry.findChild(MarkdownText)
    assert isinstance(shown, MarkdownText)
    assert "<b>want</b> &lt;b&gt;more" in shown.text()
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_E)
    sheet = form_sheet_of(sample_window)
    assert sheet.form is not None
    sheet.form.fields["text"].type_in("Anew")
    sheet.save()
    qtbot.waitUntil(lambda: "Anew" in texts(tab), timeout=WAIT_MS)
    entry = next(one for one in tab.entries if one.item.text == "Anew")
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "Anew" not in texts(tab), timeout=WAIT_MS)
    assert all(note.text != "Anew" for note in sample_desk.notes(partner_id))
    sample_desk.undo()
    assert any(note.text == "Anew" for note in sample_desk.notes(partner_id))


def test_a_refresh_keeps_the_entry_that_has_the_keyboard(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    tab = on_timeline(sample_window, sample_desk, qtbot)
    QTest.keyClick(tab.entries[0], Qt.Key.Key_Down)
    held = tab.entries[1].item.record_id
    assert tab.entries[1].hasFocus()
    sample_desk.add_note(a_partner(sample_desk), "From elsewhere")
    sample_window._context.guide.changed.emit()
    qtbot.waitUntil(lambda: "From elsewhere" in texts(tab), timeout=WAIT_MS)
    assert next(entry for entry in tab.entries if entry.hasFocus()).item.record_id == held


def test_a_hit_is_stood_on_however_far_down(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    oldest = next(one for one in reversed(sample_desk.timeline(partner_id)) if one.kind is ItemKind.MEETING)
    sample_window.move_to(Place("partner", partner_id, "timeline", oldest.record_id))
    tab = cast("TimelineTab", partner(sample_window).tabs["timeline"])
    qtbot.waitUntil(lambda: any(entry.hasFocus() for entry in tab.entries), timeout=WAIT_MS)
    assert next(entry for entry in tab.entries if entry.hasFocus()).item == oldest


def test_what_comes_from_a_source_cannot_be_written(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    tab = on_timeline(sample_window, sample_desk, qtbot)
    synced = next(entry for entry in tab.entries if entry.item.kind is ItemKind.MEETING)
    deeds = [made for made in synced.findChildren(QPushButton) if made.property("deed")]
    assert deeds == []
    QTest.keyClick(synced, Qt.Key.Key_Delete)
    assert sample_desk.undoable is None
