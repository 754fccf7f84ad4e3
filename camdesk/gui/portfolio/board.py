"""The lifecycle board: a column of cards for every stage, each column scrolls by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from camdesk.gui.portfolio.cards import Card, Lane, lanes
from camdesk.gui.portfolio.entries import Entry
from camdesk.gui.theme.fonts import BODY, SMALL, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import label, row
from camdesk.insight.lifecycle import STAGES

_CARD_HEIGHT, _GAP = 88, 8
_NAME, _ABOUT, _LINES = 22, 20, 32
_PADDING = 10
_SCORE_WIDTH = 26
_TOGETHER = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_ELIDE = Qt.TextElideMode.ElideRight
Index = QModelIndex | QPersistentModelIndex


class LaneModel(QAbstractListModel):
    """The cards of one column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: Sequence[Card] = ()

    def replace(self, cards: Sequence[Card]) -> None:
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return card.tooltip
        return card.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class CardDelegate(QStyledItemDelegate):
    """Paints a card; the score has its band's colour and says its number."""

    def __init__(self, model: LaneModel, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(model)
        self._model = model
        self._theme = theme
        self._view = view
        self._bold, self._small = text_font(BODY, bold=True), text_font(SMALL)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _CARD_HEIGHT + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card, tokens = self._model.cards[index.row()], self._theme.tokens
        box: QRect = option.rect.adjusted(1, 1, -1, -_GAP)
        state: QStyle.StateFlag = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = self._view.hasFocus() and index.row() == self._view.currentIndex().row()
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        edge = tokens.accent if has_focus else tokens.control if is_hovered or is_chosen else tokens.hairline
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge), 2 if has_focus else 1))
        painter.setBrush(QColor(tokens.selection if is_chosen else tokens.panel))
        painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(_PADDING, 7, -_PADDING, -5)
        self._write(painter, inner, card)

    def _write(self, painter: QPainter, inner: QRect, card: Card) -> None:
        of = self._theme.tokens.of
        bold, small = QFontMetrics(self._bold), QFontMetrics(self._small)
        painter.setFont(self._bold)
        painter.setPen(QColor(of(card.tone)))
        name = QRect(inner.left(), inner.top(), inner.width(), _NAME)
        about = QRect(inner.left(), name.bottom(), inner.width(), _ABOUT)
        painter.drawText(about, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, card.score)
        painter.setPen(QColor(of(Tone.NORMAL)))
        words = bold.elidedText(card.name, _ELIDE, inner.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(self._small)
        painter.setPen(QColor(of(Tone.MUTED)))
        kind = small.elidedText(card.about, _ELIDE, inner.width() - _SCORE_WIDTH)
        painter.drawText(about, Qt.AlignmentFlag.AlignVCenter, kind)
        painter.setPen(QColor(of(card.line_tone)))
        line = QRect(inner.left(), about.bottom() + 1, inner.width(), _LINES)
        painter.drawText(line, Qt.TextFlag.TextWordWrap, _two_lines(card.line, small, inner.width()))


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return what fits two lines, the second cut with … where it must be."""
    first = ""
    words = text.split()
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    return f"{first}\n{metrics.elidedText(' '.join(words), _ELIDE, width)}" if words else first


class LaneView(QListView):
    """One column; the arrows to the sides lead to its neighbours, with Ctrl they take the card along."""

    opened = Signal(str)
    aside = Signal(int)
    moved = Signal(str, int)
    picked = Signal()

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self.lane = LaneModel(self)
        self.setModel(self.lane)
        self.setItemDelegate(CardDelegate(self.lane, theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("kind", "ground")
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards; the current one and those selected stay so where they are still there."""
        key = self._current_key()
        chosen = frozenset(self.selected_keys())
        self.lane.replace(cards)
        places = {card.key: place for place, card in enumerate(cards)}
        flag = QItemSelectionModel.SelectionFlag
        for one in chosen & places.keys():
            self.selectionModel().select(self.lane.index(places[one]), flag.Select)
        if key in places:
            self.selectionModel().setCurrentIndex(self.lane.index(places[key]), flag.NoUpdate)

    def selected_keys(self) -> tuple[str, ...]:
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self.lane.cards[place].key for place in rows)

    def stand_on(self, place: int) -> None:
        """Make a card the current and only one, or the nearest there is."""
        if self.lane.cards:
            self.setCurrentIndex(self.lane.index(min(max(place, 0), len(self.lane.cards) - 1)))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            way, current = 1 if key == Qt.Key.Key_Right else -1, self._current_key()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and current is not None:
                self.moved.emit(current, way)
            else:
                self.aside.emit(way)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_Space:
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flag.Toggle)
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.picked.emit()

    def _current_key(self) -> str | None:
        place = self.currentIndex().row()
        return self.lane.cards[place].key if 0 <= place < len(self.lane.cards) else None

    def _open(self) -> None:
        key = self._current_key()
        if key is not None:
            self.opened.emit(key)


class Board(QWidget):
    """All columns beside each other. `opened` carries a partner's id, `moved` also the stage wanted."""

    opened = Signal(str)
    moved = Signal(str, str)
    picked = Signal()
    menu_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Lifecycle board")
        self._theme = theme
        self._entries: Sequence[Entry] = ()
        self._as_of = date.min
        self._is_settling = False
        self.lanes: dict[str, LaneView] = {}
        self._counts: dict[str, QLabel] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(20, 2, 20, 14)
        self._line.setSpacing(10)

    def show_entries(self, entries: Sequence[Entry], *, as_of: date) -> None:
        """Show these partners, each in the column of its stage."""
        found = lanes(entries, as_of=as_of)
        if [lane.stage for lane in found] != list(self.lanes):
            self._make(found)
        self._is_settling = True
        for place, lane in enumerate(found):
            self._line.setStretch(place, 2 if lane.cards else 1)  # room goes to where there are cards
            view = self.lanes[lane.stage]
            self._counts[lane.stage].setText(f"{len(lane.cards):,}")
            view.setAccessibleName(f"{lane.title}, {len(lane.cards)}")
            view.show_cards(lane.cards)
        self._is_settling = False
        self.picked.emit()

    def _make(self, found: Sequence[Lane]) -> None:
        while (item := self._line.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lanes, self._counts = {}, {}
        for lane in found:
            self._line.addWidget(self._column(lane))

    def _column(self, lane: Lane) -> QWidget:
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        count, view = label("", size=SMALL, tone=Tone.MUTED), LaneView(self._theme, name=lane.title)
        lines.addLayout(row(label(lane.title, bold=True), count, 1, gap=6))
        lines.addWidget(view, 1)
        view.opened.connect(self.opened)
        view.aside.connect(self._go_aside)
        view.moved.connect(self._move)
        view.picked.connect(self._take_picked)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        self.lanes[lane.stage], self._counts[lane.stage] = view, count
        return whole

    def take_focus(self) -> bool:
        """Put the keyboard on the card it was on, or on the first; tell whether there is one."""
        filled = [view for view in self.lanes.values() if view.lane.cards]
        view = next((one for one in filled if one.currentIndex().isValid()), None) or next(iter(filled), None)
        if view is not None:
            view.stand_on(max(view.currentIndex().row(), 0))
        return view is not None

    def first_key(self) -> str | None:
        return next((view.lane.cards[0].key for view in self.lanes.values() if view.lane.cards), None)

    def selected_keys(self) -> tuple[str, ...]:
        return tuple(key for view in self.lanes.values() for key in view.selected_keys())

    def drop_selection(self) -> None:
        self._is_settling = True
        for view in self.lanes.values():
            view.clearSelection()
        self._is_settling = False
        self.picked.emit()

    def select_all(self) -> None:
        self._is_settling = True
        for view in self.lanes.values():
            view.selectAll()
        self._is_settling = False
        self.picked.emit()

    def _take_picked(self) -> None:
        """Keep one selection over all columns: a plain move or click ends what was selected in others."""
        source = self.sender()
        if self._is_settling:
            return
        if not QGuiApplication.keyboardModifiers() & _TOGETHER:
            self._is_settling = True
            for view in self.lanes.values():
                if view is not source and len(view.selected_keys()) == 1:
                    view.clearSelection()
            self._is_settling = False
        self.picked.emit()

    def _go_aside(self, way: int) -> None:
        views = list(self.lanes.values())
        place = views.index(next(view for view in views if view is self.sender()))
        row_there = views[place].currentIndex().row()
        while 0 <= place + way < len(views):
            place += way
            if views[place].lane.cards:
                views[place].stand_on(row_there)
                return

    def _move(self, key: str, way: int) -> None:
        """Ask for the stage before or after; who is dark, or has left, is moved by the facts alone."""
        here = next(stage for stage, view in self.lanes.items() if view is self.sender())
        place = STAGES.index(here) + way if here in STAGES else -1
        if 0 <= place < len(STAGES):
            self.moved.emit(key, STAGES[place])

    def _show_menu(self, at: QPoint) -> None:
        view = self.sender()
        if isinstance(view, LaneView):
            menu = QMenu(self)
            self.menu_wanted.emit(menu)
            menu.exec(view.viewport().mapToGlobal(at))
            menu.deleteLater()
