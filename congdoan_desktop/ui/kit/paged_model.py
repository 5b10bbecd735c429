"""A long list of which only the pages in sight are read: 50,000 rows are there at once and fill as one scrolls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal

from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.table_model import ROW_ROLE, Index, TableModel

PAGE = 100
"""Rows that are read together."""
_BLANK: Mapping[str, object] = MappingProxyType({})
_ROOT = QModelIndex()
_PAUSE_MS = 5


class PagedModel(TableModel):
    """Its owner gives the number of rows and the first ones (`begin`), and each page that is `wanted` (`add`).

    Search and filters are the owner's; so is the order, which is `sort_asked` for.
    """

    wanted = Signal(int)
    """The number of a page that has come into sight, one at a time."""
    sort_asked = Signal(str, bool)
    """Column key ("" brings back the first order) and whether downwards."""

    def __init__(self, columns: Sequence[Column], row_id: str = "id", parent: QObject | None = None) -> None:
        super().__init__(columns, row_id, parent)
        self._count = 0
        self._read: dict[int, object] = {}
        self._in_sight: list[int] = []
        self._waiting: int | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def begin(self, count: int, rows: Iterable[object], further: Mapping[int, Iterable[object]] | None = None) -> None:
        """A new list: how long it is, its first rows, and further rows by the place where they begin."""
        self.beginResetModel()
        self._count, self._waiting = count, None
        self._in_sight.clear()
        self._read = dict(enumerate(rows))
        for starts, more in (further or {}).items():
            self._read |= dict(enumerate(more, starts))
        self.endResetModel()

    def add(self, page: int, rows: Iterable[object]) -> None:
        """The rows of a page that was wanted."""
        new = {at: row for at, row in enumerate(rows, page * PAGE) if at < self._count}
        self._read |= new
        self._waiting = None
        if new:
            self.dataChanged.emit(self.index(min(new), 0), self.index(max(new), len(self.columns) - 1))
        if self._in_sight:
            self._pause.start()

    @property
    def total(self) -> int:
        return self._count

    def rows(self) -> tuple[object, ...]:
        """The rows read so far."""
        return tuple(self._read[at] for at in sorted(self._read))

    def row(self, position: int) -> object:
        """None while it is not read."""
        return self._read.get(position)

    def position(self, row_id: object) -> int:
        return next((at for at, row in self._read.items() if self.id_of(row) == row_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if index.row() not in self._read:
            self._miss(index.row() // PAGE)
            return _BLANK if role == ROW_ROLE else None
        return self.told(self.columns[index.column()], self._read[index.row()], role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = self.columns[column].key if column >= 0 else ""
        self.sort_asked.emit(key, order == Qt.SortOrder.DescendingOrder)

    def _miss(self, page: int) -> None:
        """Who scrolls past a hundred pages wants those that are in sight in the end."""
        if page in self._in_sight:
            self._in_sight.remove(page)
        self._in_sight.append(page)
        del self._in_sight[:-2]
        if not self._pause.isActive():
            self._pause.start()

    def _ask(self) -> None:
        if self._waiting is None and self._in_sight:
            self._waiting = self._in_sight.pop()
            self.wanted.emit(self._waiting)
