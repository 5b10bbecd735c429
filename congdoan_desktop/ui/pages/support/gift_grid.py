"""The grid of a gift list: typed by keys alone, pasted out of Excel, filled down; every cell says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from congdoan_desktop.domain.copied_cells import tabbed
from congdoan_desktop.domain.gift_lists import NAMES, CellFinding, GiftLine, Texts, pasted
from congdoan_desktop.domain.money import group_thousands, parse_money
from congdoan_desktop.errors import AppError
from congdoan_desktop.services.gift_lists import CheckedLine
from congdoan_desktop.ui import theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TITLES = ("Họ và tên", "Năm sinh", "Số CCCD", "CĐCS", "Hoàn cảnh", "Tiền (đ)", "Quà (đ)", "Cộng (đ)")
_WIDTHS = (132, 74, 104, 118, 92, 80, 74, 86)
_MONEY = frozenset({"cash", "in_kind"})
_OF_PERSON = frozenset({"name", "birth", "citizen_id"})
_MISSING = {"name": "Thiếu", "birth": "Thiếu", "unit": "Thiếu đơn vị", "cause": "Chưa chọn", "cash": "Thiếu"}
SUM = len(NAMES)


class GiftModel(QAbstractTableModel):
    """The lines, and after them one that is blank, to type on in."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[GiftLine] = []
        self.portion: Callable[[], Texts] = dict
        """The amounts that everybody gets whose line says no other."""
        self._findings: list[dict[str, CellFinding]] = []

    def begin(self, lines: Iterable[GiftLine]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self._findings = []
        self.endResetModel()

    def add(self, lines: Sequence[GiftLine]) -> None:
        self.beginResetModel()
        self.lines += lines
        self.endResetModel()
        self.edited.emit()

    def show_checked(self, checked: Sequence[CheckedLine]) -> None:
        """What the last check found; of several findings of a cell, the first that prevents saving."""
        self._findings = [_by_column(line.findings) for line in checked]
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, SUM))

    def paste(self, text: str, row: int, column: int) -> int:
        """Put the cells from the row down, over what is there and beyond; returns how many lines were pasted."""
        rows = pasted(text, min(column, len(NAMES) - 1))
        self.beginResetModel()
        while len(self.lines) < row + len(rows):
            self.lines.append(GiftLine())
        for at, texts in enumerate(rows, row):
            self._write(self.lines[at], texts)
            self._give_portion(self.lines[at])
        self.endResetModel()
        self.edited.emit()
        return len(rows)

    def remove(self, rows: Iterable[int]) -> None:
        self.beginResetModel()
        for row in sorted(set(rows), reverse=True):
            if row < len(self.lines):
                del self.lines[row]
        self._findings = []
        self.endResetModel()
        self.edited.emit()

    def fill_down(self, indexes: Sequence[Index]) -> None:
        """Each column's uppermost cell goes into those selected below it; a single cell into all lines below it."""
        for column in {index.column() for index in indexes} - {SUM}:
            rows = sorted(index.row() for index in indexes if index.column() == column)
            goal = range(rows[0] + 1, len(self.lines)) if len(rows) == 1 else rows[1:]
            if rows[0] >= len(self.lines):
                continue
            text = self.lines[rows[0]].texts.get(NAMES[column], "")
            for row in goal:
                if row < len(self.lines):
                    self._write(self.lines[row], {NAMES[column]: text})
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines), SUM))
        self.edited.emit()

    def next_finding(self, row: int, column: int) -> QModelIndex | None:
        """The next cell that prevents saving after this one, round and round."""
        wrong = [
            (at, NAMES.index(name))
            for at, found in enumerate(self._findings)
            for name, one in found.items()
            if not one.warning
        ]
        wrong.sort()
        after = [place for place in wrong if place > (row, column)] or wrong
        return self.index(*after[0]) if after else None

    # For the view

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines) + 1

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return _TITLES[section]
        return str(section + 1) if section < len(self.lines) else "+"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= NAMES.index("cash"):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if index.row() >= len(self.lines):
            return None
        finding = self._finding(index)
        if role == Qt.ItemDataRole.EditRole:
            return self._text(index)
        if role == Qt.ItemDataRole.DisplayRole:
            missing = finding is not None and _MISSING.get(NAMES[index.column()], "")
            return self._text(index) or missing or ""
        if finding is None:
            return self._text(index) if role == Qt.ItemDataRole.ToolTipRole else None
        return self._look(finding, role)

    def _look(self, finding: CellFinding, role: int) -> object:
        tone = "warn" if finding.warning else "bad"
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.current().color(f"{tone}_soft")
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.current().color(tone)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return finding.message
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() == SUM:
            return False
        text, fresh = " ".join(str(value).split()), False
        if index.row() == len(self.lines):
            if not text:
                return False
            self.beginInsertRows(QModelIndex(), len(self.lines) + 1, len(self.lines) + 1)
            self.lines.append(GiftLine())
            self.endInsertRows()
            fresh = True
        self._write(self.lines[index.row()], {NAMES[index.column()]: text})
        if fresh:
            self._give_portion(self.lines[index.row()])
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), SUM))
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() != SUM else flags

    def _write(self, line: GiftLine, texts: Texts) -> None:
        """Another name, birth or number is another person than the one picked."""
        if line.person and any(
            texts.get(name, kept) != kept for name, kept in line.texts.items() if name in _OF_PERSON
        ):
            line.person = ""
            if "•" in line.texts.get("citizen_id", ""):
                line.texts["citizen_id"] = ""
        line.texts.update({name: _tidy(name, text) for name, text in texts.items()})

    def _give_portion(self, line: GiftLine) -> None:
        if not any(line.texts.get(name) for name in _MONEY):
            line.texts.update(self.portion())

    def _finding(self, index: Index) -> CellFinding | None:
        if index.row() >= len(self._findings) or index.column() == SUM:
            return None
        return self._findings[index.row()].get(NAMES[index.column()])

    def _text(self, index: Index) -> str:
        texts = self.lines[index.row()].texts
        if index.column() == SUM:
            total = sum(amount_of(texts.get(name, "")) for name in _MONEY)
            return group_thousands(total) if total else ""
        return texts.get(NAMES[index.column()], "")


def amount_of(text: str) -> int:
    """0 for what cannot be read; the cell says so itself."""
    try:
        return parse_money(text) if text else 0
    except AppError:
        return 0


def _tidy(name: str, text: str) -> str:
    amount = amount_of(text) if name in _MONEY else 0
    return group_thousands(amount) if amount else text


def _by_column(findings: Iterable[CellFinding]) -> dict[str, CellFinding]:
    found: dict[str, CellFinding] = {}
    for one in sorted(findings, key=lambda finding: finding.warning):
        found.setdefault(one.column, one)
    return found


class GiftGrid(QTableView):
    """Typing begins the cell anew, F2 mends it, Tab goes right, Enter down, after Tab to where the line was begun as
    in Excel, Delete empties, Ctrl+Delete drops lines,
    Ctrl+V pastes, Ctrl+D fills down, F8 goes to the next cell that is wrong.
    """

    was_pasted = Signal(int)

    def __init__(self, model: GiftModel) -> None:
        super().__init__()
        self.gifts = model
        self._began: int | None = None
        """The column from which Tab has been going right."""
        self.setModel(model)
        self.setObjectName("gift_grid")
        self.setAccessibleName("Danh sách quà")
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.px(28))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, look.px(width))
        self.horizontalHeader().setSectionResizeMode(NAMES.index("unit"), QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif control and event.key() == Qt.Key.Key_D:
            self.gifts.fill_down(self.selectedIndexes())
        elif control and event.key() == Qt.Key.Key_Delete:
            self.gifts.remove(index.row() for index in self.selectedIndexes())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for index in self.selectedIndexes():
                if index.row() < len(self.gifts.lines):
                    self.gifts.setData(index, "")
        elif event.key() == Qt.Key.Key_F8:
            self.to_next_finding()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Out of a cell it comes here before the cell is read; closing the cell goes down then.
            if self.state() != QAbstractItemView.State.EditingState:
                self._down()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        here = self.currentIndex()
        row, column = (here.row(), here.column()) if here.isValid() else (len(self.gifts.lines), 0)
        copied = QGuiApplication.clipboard().mimeData()
        count = self.gifts.paste(tabbed(copied.html()) or copied.text(), row, column)
        self.setCurrentIndex(self.gifts.index(row, column))
        self.was_pasted.emit(count)

    def settle(self) -> None:
        """Read the cell that is still open: it is closed when it loses the focus."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_next_finding(self) -> None:
        here = self.currentIndex()
        found = self.gifts.next_finding(here.row(), here.column())
        if found is not None:
            self.setCurrentIndex(found)
            self.scrollTo(found)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        """The answer of a check paints the cells around the one that is typed in; Qt would read that one anew."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.viewport().update()
        else:
            super().dataChanged(top, bottom, roles)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if action != QAbstractItemView.CursorAction.MoveNext:
            self._began = None
        elif self._began is None:
            self._began = self.currentIndex().column()
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._began = None
        super().mousePressEvent(event)

    def _down(self) -> None:
        here, began = self.currentIndex(), self._began
        self._began = None
        column = max(here.column() if began is None else began, 0)
        self.setCurrentIndex(self.gifts.index(min(here.row() + 1, self.gifts.rowCount() - 1), column))
