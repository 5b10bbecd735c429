"""A column that scrolls when it is too high, and keeps its width when the scroll bar comes and goes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


class ScrollColumn(QScrollArea):
    """Puts `content` between margins (left, top, right, bottom).

    QScrollArea measures wrapped text before it knows of the scroll bar; were the column narrower with it, the text
    would need more height than it got. So the bar takes its room out of the right margin.
    """

    def __init__(self, content: QWidget, margins: tuple[int, int, int, int] = (16, 8, 16, 12)) -> None:
        super().__init__()
        self._margins = margins
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        self._inside = QVBoxLayout(holder)
        self._inside.addWidget(content)
        self._inside.addStretch(1)
        self.setWidget(holder)
        self._share_margin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_margin()

    def _share_margin(self) -> None:
        left, top, right, bottom = self._margins
        bar = self.contentsRect().width() - self.viewport().width()
        self._inside.setContentsMargins(left, top, max(right - bar, 0), bottom)
