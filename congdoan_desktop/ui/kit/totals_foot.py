"""The foot of a table: counts at the left, totals under their columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QTableView

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.column_widths import ColumnWidths
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.row_delegate import INNER, OUTER

_APART = 4
_NO_ROOM = "…"


class TotalsFoot(QFrame):
    """Counts at the left, totals right under their columns."""

    def __init__(self, table: QTableView, widths: ColumnWidths, columns: Sequence[Column]) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._table, self._widths = table, widths
        self._columns = tuple(columns)
        self._text = ""
        self._totals: dict[str, str] = {}
        header = table.horizontalHeader()
        header.sectionResized.connect(lambda *_: self.update())
        header.geometriesChanged.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())
        self._fit()

    def set_totals(self, text: str, totals: Mapping[str, str]) -> None:
        """`text` counts ("128 khoản · 124 người"); `totals` are written amounts by column key."""
        self._text, self._totals = text, dict(totals)
        said = f"{text}. Tổng cộng: {', '.join(totals.values())}" if totals else text
        self.setAccessibleName(said)
        self.setToolTip(said)
        self._ask_room()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.current().px(34))
        self._ask_room()

    def _ask_room(self) -> None:
        """A total is longer than what stands above it."""
        metrics = QFontMetrics(theme.current().font(theme.BODY, 600))
        wide = {key: metrics.horizontalAdvance(total) + 2 * INNER + _APART for key, total in self._totals.items()}
        fixed = ((at, column.key) for at, column in enumerate(self._columns) if column.width is not None)
        self._widths.ask({at: wide[key] for at, key in fixed if key in wide})

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        painter = QPainter(self)
        free = math.inf
        painter.setFont(look.font(theme.BODY, 600))
        painter.setPen(look.color("text"))
        for at, column in reversed(tuple(enumerate(self._columns))):
            if column.key in self._totals and not self._table.isColumnHidden(at):
                free = self._paint_total(painter, at, self._totals[column.key], free)
        painter.setFont(look.font(theme.SMALL))
        painter.setPen(look.color("text2"))
        room = QRectF(OUTER, 0, min(free, self.width() - OUTER) - OUTER - 12, self.height())
        text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_total(self, painter: QPainter, at: int, total: str, free: float) -> float:
        """Write one total; returns where it begins. One without room is not written: a cut figure is a wrong one."""
        right = self._table.columnViewportPosition(at) + self._table.columnWidth(at) - INNER
        text = total if right <= free else _NO_ROOM
        width = painter.fontMetrics().horizontalAdvance(text)
        box = QRectF(min(right, free) - width - _APART, 0, width + _APART, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return box.left()
