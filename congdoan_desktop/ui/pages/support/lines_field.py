"""A field of lines: a small grid inside a form, typed by keys, with amounts, days, texts and choices in its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from congdoan_desktop.domain.money import group_thousands, parse_money
from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.choice_fields import Combo
from congdoan_desktop.ui.kit.field import Field

Index = QModelIndex | QPersistentModelIndex
Line = dict[str, str]
"""Key of a column -> the text of its cell; a choice holds its code. What no column shows is carried along."""
_ROW_HEIGHT, _MOST_ROWS, _LEAST_ROWS = 28, 14, 2
_FIXED = ("fixed", "sum")
_VALUE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A column: `width` at 100 %, 0 stretches. `choices` are (code, word); "fixed" and "sum" cannot be edited."""

    key: str
    title: str
    width: int = 0
    kind: Literal["text", "money", "choice", "fixed", "sum"] = "text"
    choices: tuple[tuple[str, str], ...] = ()


class LinesField(Field):
    """The value is a tuple of lines. `grows`: typing in the last, blank line adds one; Ctrl+Delete drops the lines
    chosen.
    """

    enter_moves = False

    def __init__(
        self, name: str, text: str, columns: Sequence[LineColumn], *, grows: bool = False, required: bool = False
    ) -> None:
        self.columns = tuple(columns)
        self._grows = grows
        self._quiet = False
        self.grid = _Grid(self.columns)
        super().__init__(name, text, self.grid, required=required)
        self.grid.itemChanged.connect(self._changed)
        self.grid.drop_asked.append(self._drop)
        self._show(())

    def value(self) -> object:
        return tuple(line for line in self.lines() if any(line.values())) or None

    def lines(self) -> list[Line]:
        """All lines but the blank one at the end."""
        found = [self.grid.line(row) for row in range(self.grid.rowCount())]
        return found[:-1] if self._grows else found

    def set_value(self, value: object) -> None:
        self._show(value if isinstance(value, (tuple, list)) else ())

    def raw(self) -> object:
        return self.lines()

    def set_raw(self, raw: object) -> None:
        lines = raw if isinstance(raw, list) else []
        self._show([{str(k): str(v) for k, v in line.items()} for line in lines if isinstance(line, dict)])

    def findings(self) -> tuple[Finding, ...]:
        """An amount that cannot be read is named with its line."""
        wrong = [
            Finding(self.name, f"Dòng {at}: số tiền “{line[column.key]}” chưa đọc được.")
            for at, line in enumerate(self.lines(), 1)
            for column in self.columns
            if column.kind == "money" and line.get(column.key) and amount(line[column.key]) is None
        ]
        return (*super().findings(), *wrong)

    def close_cell(self) -> None:
        if self.grid.state() == QAbstractItemView.State.EditingState:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_lines(self, lines: Sequence[Line]) -> None:
        self._show([*self.lines(), *lines])
        self.edited.emit()

    def _show(self, lines: Sequence[Mapping[str, str]]) -> None:
        self._quiet = True
        self.grid.show_lines([*lines, {}] if self._grows else lines)
        self._quiet = False

    def _changed(self, item: QTableWidgetItem) -> None:
        if self._quiet:
            return
        self._quiet = True
        self.grid.tidy(item)
        if self._grows and item.row() == self.grid.rowCount() - 1 and item.text():
            self.grid.add_line({})
            self.grid.fit()
        self._quiet = False
        self.edited.emit()

    def _drop(self) -> None:
        here = (self.grid.currentRow(), self.grid.currentColumn())
        rows = {index.row() for index in self.grid.selectedIndexes()} or {here[0]}
        self._show([line for at, line in enumerate(self.lines()) if at not in rows])
        self.grid.setCurrentCell(min(here[0], self.grid.rowCount() - 1), here[1])
        self.edited.emit()


def amount(text: str) -> int | None:
    """The sum of a cell, 0 for an empty one, None for what cannot be read."""
    try:
        return parse_money(text) if text.strip() else 0
    except (AppError, ValueError):
        return None


def _side(column: LineColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.kind in ("money", "sum") else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class _Grid(QTableWidget):
    """Typing begins a cell anew, F2 mends it, Enter goes down, Tab right and at the end out of the grid."""

    def __init__(self, columns: tuple[LineColumn, ...]) -> None:
        super().__init__(0, len(columns))
        self._columns = columns
        self._carried: list[Line] = []
        self.drop_asked: list[Callable[[], None]] = []
        for at, column in enumerate(columns):
            title = QTableWidgetItem(column.title)
            title.setTextAlignment(_side(column))
            title.setToolTip(column.title)
            self.setHorizontalHeaderItem(at, title)
        self.verticalHeader().hide()
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Choosing(self, columns))
        self._size_columns()

    def _size_columns(self) -> None:
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.px(_ROW_HEIGHT))
        for at, column in enumerate(self._columns):
            if column.width:
                self.setColumnWidth(at, look.px(column.width))
            else:
                self.horizontalHeader().setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.rowCount():
            self._size_columns()
            self.fit()

    def show_lines(self, lines: Sequence[Mapping[str, str]]) -> None:
        self.setRowCount(0)
        self._carried = []
        for line in lines:
            self.add_line(line)
        self.fit()

    def add_line(self, line: Mapping[str, str]) -> None:
        row = self.rowCount()
        shown = {column.key for column in self._columns}
        self._carried.append({key: text for key, text in line.items() if key not in shown})
        self.insertRow(row)
        for at, column in enumerate(self._columns):
            item = QTableWidgetItem()
            item.setTextAlignment(_side(column))
            if column.kind in _FIXED:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self._write(item, column, line.get(column.key, ""))
            self.setItem(row, at, item)

    def line(self, row: int) -> Line:
        found = dict(self._carried[row])
        for at, column in enumerate(self._columns):
            index = self.model().index(row, at)
            role = _VALUE if column.kind == "choice" else Qt.ItemDataRole.DisplayRole
            found[column.key] = str(index.data(role) or "").strip()
        return found

    def tidy(self, item: QTableWidgetItem) -> None:
        """An amount that was typed is shown with its dots."""
        column = self._columns[item.column()]
        if column.kind == "money":
            self._write(item, column, item.text())

    def fit(self) -> None:
        """As high as its lines, up to a screenful."""
        look = theme.current()
        rows = min(max(self.rowCount(), _LEAST_ROWS), _MOST_ROWS)
        self.setFixedHeight(look.px(_ROW_HEIGHT) * rows + self.horizontalHeader().sizeHint().height() + 4)

    @staticmethod
    def _write(item: QTableWidgetItem, column: LineColumn, text: str) -> None:
        if column.kind == "choice":
            item.setData(_VALUE, text)
            text = dict(column.choices).get(text, text)
        elif column.kind == "money" and (read := amount(text)):
            text = group_thousands(read)
        item.setText(text)
        item.setToolTip(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_Delete:
            for call in self.drop_asked:
                call()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            # Out of a cell it comes here before the cell is read; closing the cell goes down then.
            if self.state() != QAbstractItemView.State.EditingState:
                self._down()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._aside(-1 if event.key() == Qt.Key.Key_Backtab else 1, event)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    def _down(self) -> None:
        self.setCurrentCell(min(self.currentRow() + 1, self.rowCount() - 1), max(self.currentColumn(), 0))

    def _aside(self, step: int, event: QKeyEvent) -> None:
        places = [
            (row, at)
            for row in range(self.rowCount())
            for at, column in enumerate(self._columns)
            if column.kind not in _FIXED
        ]
        here = (self.currentRow(), self.currentColumn())
        goal = next((p for p in (places if step > 0 else places[::-1]) if (p > here) == (step > 0) and p != here), None)
        if goal is not None:
            self.setCurrentCell(*goal)
        elif step > 0:
            self.focusNextChild()
        else:
            self.focusPreviousChild()
        event.accept()


class _Choosing(QStyledItemDelegate):
    """A cell of choices opens a combo box; a letter leads to the word that begins with it."""

    def __init__(self, parent: QObject, columns: tuple[LineColumn, ...]) -> None:
        super().__init__(parent)
        self._columns = columns

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._columns[index.column()]
        if column.kind != "choice":
            return super().createEditor(parent, option, index)
        box = Combo()
        box.setParent(parent)
        for code, word in column.choices:
            box.addItem(word, code)
        box.activated.connect(lambda _: self._choose(box))
        return box

    def _choose(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QAbstractItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(_VALUE)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            held = {_VALUE: editor.currentData(), int(Qt.ItemDataRole.EditRole): editor.currentText()}
            model.setItemData(index, held)
        else:
            super().setModelData(editor, model, index)
