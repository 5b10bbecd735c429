"""The foot of a table: counts at the left, totals under their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QTableView

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.row_delegate import INNER, OUTER


class TotalsFoot(QFrame):
    """Counts at the left, totals right under their columns."""

    def __init__(self, table: QTableView, columns: Sequence[Column]) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._table = table
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
        self.setAccessibleName(f"{text}. Tổng cộng: {', '.join(totals.values())}" if totals else text)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.current().px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        painter = QPainter(self)
        free = float(self.width() - OUTER)
        painter.setFont(look.font(theme.BODY, 600))
        painter.setPen(look.color("text"))
        for at, column in enumerate(self._columns):
            if column.key in self._totals and not self._table.isColumnHidden(at):
                free = min(free, self._paint_total(painter, at, self._totals[column.key]))
        painter.setFont(look.font(theme.SMALL))
        painter.setPen(look.color("text2"))
        room = QRectF(OUTER, 0, free - OUTER - 12, self.height())
        text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_total(self, painter: QPainter, at: int, total: str) -> float:
        """Write one total; returns where it begins."""
        right = self._table.columnViewportPosition(at) + self._table.columnWidth(at) - INNER
        width = painter.fontMetrics().horizontalAdvance(total)
        box = QRectF(right - width - 4, 0, width + 4, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, total)
        return box.left()
