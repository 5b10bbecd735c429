"""How wide the columns of a table are: fixed ones as they were given, the others share what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHeaderView, QTableView

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.columns import Column

_STRETCH, _FREE = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.Interactive


class ColumnWidths:
    """Widths are given in pixels at 100 % and follow the letters."""

    def __init__(self, table: QTableView, columns: Sequence[Column]) -> None:
        self._table = table
        self._given = {at: column.width for at, column in enumerate(columns) if column.width is not None}
        self._least = {at: column.least for at, column in enumerate(columns) if column.width is None}
        self._asked: dict[int, int] = {}

    def give(self, at: int, width: int) -> None:
        """Another width for a fixed column, from now on."""
        if self._given.get(at) != width:
            self._given[at] = width
            self._table.setColumnWidth(at, theme.current().px(width))
            self.share()

    def ask(self, asked: Mapping[int, int]) -> None:
        """Fixed columns that would like to be wider, in pixels of the screen, where no other one has to give way."""
        if asked != self._asked:
            for at in self._asked.keys() - asked.keys():
                self._table.setColumnWidth(at, theme.current().px(self._given[at]))
            self._asked = dict(asked)
            self.share()

    def fit(self) -> None:
        """The letters have another size."""
        for at, width in self._given.items():
            self._table.setColumnWidth(at, theme.current().px(width))
        self.share()

    def share(self) -> None:
        """Stretching columns take what the others leave; when that is too little they keep their least width."""
        table, look = self._table, theme.current()
        shown = [at for at in (*self._given, *self._least) if not table.isColumnHidden(at)]
        asked = {at: max(self._asked[at], look.px(self._given[at])) for at in shown if at in self._asked}
        own = sum(
            look.px(self._given[at]) if at in asked else table.columnWidth(at) for at in shown if at in self._given
        )
        spare = table.viewport().width() - own - sum(look.px(self._least[at]) for at in shown if at in self._least)
        granted = spare >= sum(width - look.px(self._given[at]) for at, width in asked.items())
        for at, width in asked.items():
            table.setColumnWidth(at, width if granted else look.px(self._given[at]))
        for at in shown:
            if at in self._least:
                table.horizontalHeader().setSectionResizeMode(at, _STRETCH if spare >= 0 else _FREE)
                if spare < 0:
                    table.setColumnWidth(at, look.px(self._least[at]))
