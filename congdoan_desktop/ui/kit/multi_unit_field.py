"""Choosing several units (or other things) from a list with search and "Chọn tất cả"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListView, QVBoxLayout, QWidget

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import label
from congdoan_desktop.ui.kit.field import Field, steps
from congdoan_desktop.ui.kit.line_edit import SearchBox

_KEY = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class TickModel(QAbstractListModel):
    """Names with a tick each; `ticked` says that an officer changed one."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: list[tuple[object, str]] = []
        self._keys: list[str] = []
        self._on: set[int] = set()

    def set_choices(self, choices: Iterable[tuple[object, str]]) -> None:
        self.beginResetModel()
        self._choices = list(choices)
        self._keys = [search_key(text) for _, text in self._choices]
        self._on.clear()
        self.endResetModel()

    def values(self) -> tuple[object, ...]:
        return tuple(self._choices[row][0] for row in sorted(self._on))

    def set_values(self, values: Sequence[object]) -> None:
        wanted = set(values)
        self._on = {row for row, (value, _) in enumerate(self._choices) if value in wanted}
        self._redraw()

    def tick(self, rows: Iterable[int], on: bool) -> None:
        self._on = self._on | set(rows) if on else self._on - set(rows)
        self._redraw()
        self.ticked.emit()

    def is_on(self, row: int) -> bool:
        return row in self._on

    def _redraw(self) -> None:
        if self._choices:
            self.dataChanged.emit(self.index(0), self.index(len(self._choices) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = index.row()
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row in self._on else Qt.CheckState.Unchecked
        if role == _KEY:
            return self._keys[row]
        text_roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        return self._choices[row][1] if role in text_roles else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else flags


class MultiUnitField(Field):
    """Several of a list; the value is a tuple in the order of the list, None when nothing is ticked.

    Keys begin in the search: a part of a name and Enter ticks what it finds, where it finds several after one of them
    was marked; Enter without letters goes on.
    """

    enter_moves = True

    def __init__(
        self,
        name: str,
        text: str,
        choices: Iterable[tuple[object, str]] = (),
        *,
        required: bool = False,
        hint: str = "",
        rows: int = 6,
    ) -> None:
        self.model = TickModel()
        self.shown = QSortFilterProxyModel()
        self.shown.setSourceModel(self.model)
        self.shown.setFilterRole(_KEY)
        self.view = QListView()
        self.view.setModel(self.shown)
        self.view.setUniformItemSizes(True)
        self.search = SearchBox("Tìm đơn vị, không cần dấu", 2000)
        self.all = QCheckBox()
        self.all.setTristate(True)
        self.count = label("", "second")
        self._rows = rows
        super().__init__(name, text, self.view, required=required, hint=hint)
        self._layout.insertWidget(1, self._head())
        self.setFocusProxy(self.search)
        self._caption.setBuddy(self.search)
        for control in (self.search, self.all):
            control.installEventFilter(self)
        self.search.searched.connect(self._filter)
        self.search.left_down.connect(self._to_rows)
        self.all.clicked.connect(self._tick_shown)
        self.model.ticked.connect(self._ticked)
        self.set_choices(choices)
        self._fit()

    def _head(self) -> QWidget:
        head = QWidget()
        layout = QVBoxLayout(head)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.search)
        line = QHBoxLayout()
        line.addWidget(self.all, 1)
        line.addWidget(self.count)
        layout.addLayout(line)
        return head

    def stand_after(self, before: QWidget) -> None:
        for control in (self.search, self.all, self.view):
            QWidget.setTabOrder(before, control)
            before = control

    def last_control(self) -> QWidget:
        return self.view

    def set_choices(self, choices: Iterable[tuple[object, str]]) -> None:
        self.model.set_choices(choices)
        self._say()

    def value(self) -> object:
        return self.model.values() or None

    def set_value(self, value: object) -> None:
        self.model.set_values(value if isinstance(value, (tuple, list)) else ())
        self._say()
        self._to_first_chosen()

    def raw(self) -> object:
        return list(self.model.values())

    def set_raw(self, raw: object) -> None:
        self.set_value(raw)

    def missing(self) -> str:
        return f"Chưa chọn {self.text_label[:1].lower()}{self.text_label[1:]}."

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        here = self.window().focusWidget()
        if event.type() == QEvent.Type.FocusOut and here is not watched and self.isAncestorOf(here):
            return False
        return super().eventFilter(watched, event)

    def on_key(self, event: QKeyEvent) -> bool:
        if steps(event) != 1 or not self.search.text():
            return super().on_key(event)
        self._filter(self.search.text())
        if self.view.hasFocus() or self.shown.rowCount() == 1:
            self._take(self.view.currentIndex() if self.view.hasFocus() else self.shown.index(0, 0))
        else:
            self._to_rows()
        return True

    def _to_rows(self) -> None:
        if self.shown.rowCount():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.setCurrentIndex(self.shown.index(0, 0))

    def _take(self, index: Index) -> None:
        """Tick it, and begin with the next name."""
        if index.isValid():
            self.model.tick([self.shown.mapToSource(index).row()], on=True)
        self.search.clear()
        self._filter("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._to_first_chosen()

    def _to_first_chosen(self) -> None:
        """Of hundreds, those chosen beforehand are what the officer looks for."""
        first = next((row for row in self._shown_rows() if self.model.is_on(row)), None)
        if first is not None:
            index = self.shown.mapFromSource(self.model.index(first))
            self.view.scrollTo(index, QListView.ScrollHint.PositionAtTop)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.view.setFixedHeight(theme.current().px(28) * self._rows + 4)

    def _filter(self, typed: str) -> None:
        self.shown.setFilterFixedString(search_key(typed))
        self._say()

    def _shown_rows(self) -> list[int]:
        indexes = (self.shown.index(row, 0) for row in range(self.shown.rowCount()))
        return [self.shown.mapToSource(index).row() for index in indexes]

    def _tick_shown(self) -> None:
        rows = self._shown_rows()
        self.model.tick(rows, not all(map(self.model.is_on, rows)))

    def _ticked(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        rows = self._shown_rows()
        on = sum(map(self.model.is_on, rows))
        state = Qt.CheckState.Unchecked if not on else Qt.CheckState.PartiallyChecked
        self.all.setCheckState(Qt.CheckState.Checked if rows and on == len(rows) else state)
        every = len(rows) == self.model.rowCount()
        self.all.setAccessibleName("Chọn tất cả các dòng đang hiện")
        self.all.setText(f"Chọn tất cả {len(rows)}" + ("" if every else " dòng đang hiện"))
        self.count.setText(f"Đã chọn {len(self.model.values())}/{self.model.rowCount()}")
