"""The grid in which figures are typed: one line for each CĐCS, to be filled by keys alone or pasted out of Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.money import group_thousands, parse_count
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import entered
from congdoan_desktop.services.entered import EnteredRow
from congdoan_desktop.ui import theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
NAME, NUMERATOR, DENOMINATOR, NOTE, SAID = range(5)
_TITLES = ("Công đoàn cơ sở", "Đã đạt (tử số)", "Tổng số (mẫu số)", "Ghi chú", "")
_TYPED = {NUMERATOR: "numerator", DENOMINATOR: "denominator", NOTE: "note"}
_LOWER_KEEPS = "Đơn vị tự giữ số liệu này"


@dataclass(slots=True)
class Line:
    """What stands in one line right now, readable or not."""

    row: EnteredRow
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: EnteredRow) -> Line:
        held = row.figure
        if held is None:
            return cls(row, dict.fromkeys(_TYPED.values(), ""))
        base = "" if held.denominator is None else group_thousands(held.denominator)
        return cls(row, {"numerator": group_thousands(held.numerator), "denominator": base, "note": held.note})

    @property
    def is_empty(self) -> bool:
        return not any(self.texts.values())

    def figure(self, indicator: str, period: Period) -> EnteredFigure:
        """Raises: ValueError or AppError with the sentence that stands behind the line."""
        if not self.texts["numerator"]:
            raise ValueError("Chưa ghi tử số.")
        base = parse_count(self.texts["denominator"]) if self.texts["denominator"] else None
        return EnteredFigure(
            self.row.unit, indicator, period.starts, period.ends, parse_count(self.texts["numerator"]), base,
            self.texts["note"],
        )  # fmt: skip


class GridModel(QAbstractTableModel):
    edited = Signal()

    def __init__(self, indicator: str) -> None:
        super().__init__()
        self._indicator = indicator
        self._period: Period | None = None
        self.lines: list[Line] = []

    def begin(self, rows: Iterable[EnteredRow], period: Period) -> None:
        self.beginResetModel()
        self.lines, self._period = [Line.of(row) for row in rows], period
        self.endResetModel()

    def figures(self) -> tuple[list[EnteredFigure], list[str], int]:
        """(figures of our lines, ids of those emptied, number of lines that cannot be read)."""
        made, gone, wrong = [], [], 0
        for line in self.lines:
            if not line.row.own:
                continue
            if line.is_empty:
                gone += [line.row.id] if line.row.id else []
                continue
            figure, _, bad = self._read(line)
            made += [figure] if figure and not bad else []
            wrong += bad
        return made, gone, wrong

    def _read(self, line: Line) -> tuple[EnteredFigure | None, str, bool]:
        """(figure, what to say of the line, whether that prevents saving)."""
        assert self._period is not None
        try:
            figure = line.figure(self._indicator, self._period)
        except (ValueError, AppError) as problem:
            return None, str(problem), True
        found = entered.check(figure)
        return figure, " ".join(one.message for one in found), any(not one.warning for one in found)

    def said(self, line: Line) -> tuple[str, bool]:
        if not line.row.own:
            return _LOWER_KEEPS, False
        if line.row.conflict:
            return "Có hai bản khác nhau, xem ở Gửi – nhận", False
        _, text, bad = (None, "", False) if line.is_empty else self._read(line)
        return text, bad

    # For the view

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        wanted = role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
        return _TITLES[section] if wanted else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return line.row.unit_name if column == NAME else self.said(line)[0] if column == SAID else self._text(index)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (NUMERATOR, DENOMINATOR):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column == SAID:
            return theme.current().color("bad" if self.said(line)[1] else "warn")
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, name = self.lines[index.row()], _TYPED.get(index.column())
        if role != Qt.ItemDataRole.EditRole or name is None or not line.row.own:
            return False
        line.texts[name] = " ".join(str(value).split())
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), SAID))
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        can = index.isValid() and index.column() in _TYPED and self.lines[index.row()].row.own
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def _text(self, index: Index) -> str:
        return self.lines[index.row()].texts[_TYPED[index.column()]]


class Grid(QTableView):
    """Typing begins the cell anew, F2 mends it, Enter goes down, Tab to the right, Delete empties, Ctrl+V fills."""

    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self.setModel(model)
        self.grid = model
        self.setAccessibleName("Số liệu tự đếm của các công đoàn cơ sở")
        self.setObjectName("entered_grid")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # within it Tab goes from cell to cell; F6 leads in and out
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        look = theme.current()
        for column, width in ((NAME, 210), (NUMERATOR, 110), (DENOMINATOR, 124), (NOTE, 150)):
            self.setColumnWidth(column, look.px(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for index in self.selectedIndexes():
                self.grid.setData(index, "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            # Out of a cell it comes here before the cell is read; closing the cell goes down then.
            if self.state() != QAbstractItemView.State.EditingState:
                self._down()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    def _down(self) -> None:
        here = self.currentIndex()
        below = self.grid.index(min(here.row() + 1, self.grid.rowCount() - 1), here.column())
        self.setCurrentIndex(below)

    def _paste(self, text: str) -> None:
        """Cells as Excel copies them, from the current one to the right and down."""
        here = self.currentIndex()
        for down, line in enumerate(text.rstrip("\r\n").splitlines()):
            for right, cell in enumerate(line.split("\t")):
                index = self.grid.index(here.row() + down, here.column() + right)
                if index.isValid():
                    self.grid.setData(index, cell)
