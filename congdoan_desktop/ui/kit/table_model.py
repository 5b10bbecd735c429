"""Rows of data for a table: set all at once, sorted by stored keys, searched without diacritics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.ui.kit.columns import Column, read

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
SORT_ROLE = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TEXT_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


class TableModel(QAbstractTableModel):
    """Rows are mappings or dataclasses; the model reads them and never changes them.

    `row_id` names the part that tells rows apart, so that a selection survives new rows.
    """

    def __init__(self, columns: Sequence[Column], row_id: str = "id", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._row_id = row_id
        self._all: list[object] = []
        self._haystacks: list[str] | None = None
        self._rows: list[object] = []
        self._words: list[str] = []
        self._keep: Callable[[object], bool] | None = None
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    # Rows

    def set_rows(self, rows: Iterable[object]) -> None:
        self.beginResetModel()
        self._all = list(rows)
        self._haystacks = None
        self._rows = self._arranged()
        self.endResetModel()

    def set_filter(self, typed: str = "", keep: Callable[[object], bool] | None = None) -> None:
        """Show rows that hold every word typed (folded, in any column) and that `keep` agrees to."""
        self.beginResetModel()
        self._words = search_key(typed).split()
        self._keep = keep
        self._rows = self._arranged()
        self.endResetModel()

    @property
    def is_filtered(self) -> bool:
        return bool(self._words or self._keep)

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def rows(self) -> tuple[object, ...]:
        """The rows shown, in their order."""
        return tuple(self._rows)

    def row(self, position: int) -> object:
        return self._rows[position]

    def id_of(self, row: object) -> object:
        return read(row, self._row_id)

    def position(self, row_id: object) -> int:
        """Where the row stands now, -1 when it is not shown."""
        return next((at for at, row in enumerate(self._rows) if self.id_of(row) == row_id), -1)

    def _arranged(self) -> list[object]:
        rows = self._all
        if self._words:
            rows = [r for r, hay in zip(rows, self._folded(), strict=True) if all(w in hay for w in self._words)]
        if self._keep is not None:
            rows = [row for row in rows if self._keep(row)]
        column, order = self._sorted
        if column < 0:
            return list(rows)
        return _sorted(rows, self.columns[column], order)

    def _folded(self) -> list[str]:
        if self._haystacks is None:
            self._haystacks = [
                search_key(" ".join(f"{c.text(row)} {c.second(row)}" for c in self.columns)) for row in self._all
            ]
        return self._haystacks

    # Qt's view of it

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        return self.told(self.columns[index.column()], self._rows[index.row()], role)

    def told(self, column: Column, row: object, role: int) -> object:
        """What a cell says in a role."""
        if role in _TEXT_ROLES:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == SORT_ROLE:
            return column.sort_key(row)
        return row if role == ROW_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the stored key; column -1 brings back the order in which the rows came."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(self._rows[index.row()], index.column()) for index in before]
        self._sorted = (column, order)
        self._rows = self._arranged()
        places = {id(row): at for at, row in enumerate(self._rows)}
        self.changePersistentIndexList(before, [self.index(places[id(row)], at) for row, at in held])
        self.layoutChanged.emit()


def _sorted(rows: Iterable[object], column: Column, order: Qt.SortOrder) -> list[object]:
    descending = order == Qt.SortOrder.DescendingOrder
    keyed = [(column.sort_key(row), row) for row in rows]
    filled = [pair for pair in keyed if not pair[0][0]]
    empty = [row for key, row in keyed if key[0]]
    filled.sort(key=lambda pair: pair[0][1], reverse=descending)  # type: ignore[arg-type,return-value]
    return [row for _, row in filled] + empty
