"""Bars of progress against a mark, of shares, and of months, each with its numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from congdoan_desktop.ui import theme

_FILLS = {"ok": "ok_bar", "warn": "warn_bar", "bad": "bad_bar", "accent": "accent", "neu": "ctl"}
NO_FIGURES = "chưa có số liệu"


@dataclass(frozen=True, slots=True)
class BarValue:
    """`done` of `total` against a mark in per cent; `tone` ok (reached), accent, warn or bad.

    `total` 0 means that there are no figures yet: the words stand there instead of an empty bar.
    """

    done: int
    total: int
    mark: int | None = None
    tone: str = "accent"

    def __str__(self) -> str:
        return f"{self.done}/{self.total}" if self.total else NO_FIGURES

    @property
    def sort_key(self) -> float:
        return self.done / self.total if self.total else -1.0


def paint_bar(painter: QPainter, cell: QRectF, value: BarValue, thick: int = 8) -> None:
    """A bar across the cell, in its middle."""
    look = theme.current()
    if not value.total:
        painter.setPen(look.color("text3"))
        painter.setFont(look.font(theme.SMALL))
        painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, NO_FIGURES)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    track = QRectF(cell.left(), cell.center().y() - thick / 2, cell.width(), thick)
    _pill(painter, track, "track")
    share = min(max(value.done / value.total, 0), 1)
    if share:
        _pill(painter, QRectF(track.left(), track.top(), max(track.width() * share, thick), thick), _FILLS[value.tone])
    if value.mark is not None:
        _mark(painter, track, value.mark)
    painter.restore()


def _pill(painter: QPainter, box: QRectF, token: str) -> None:
    painter.setBrush(theme.current().color(token))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)


def _mark(painter: QPainter, track: QRectF, per_cent: int) -> None:
    look = theme.current()
    x = track.left() + track.width() * min(per_cent, 100) / 100 - (2 if per_cent >= 100 else 1)
    painter.fillRect(QRectF(x - 2, track.top() - 1, 6, track.height() + 2), look.color("surface"))
    painter.fillRect(QRectF(x, track.center().y() - 8, 2, 16), look.color("mark"))


class ShareBar(QWidget):
    """Parts of a whole in one bar ("đã nhận 43, trả lại 4, chưa gửi 11"): (count, tone) pairs; the rest is track."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._name = name
        self._parts: tuple[tuple[int, str], ...] = ()
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Sequence[tuple[int, str]], total: int) -> None:
        self._parts, self._total = tuple(parts), total
        self.setAccessibleName(f"{self._name}: {', '.join(str(count) for count, _ in parts)} trên {total}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(0, self.height() / 2 - 5, self.width(), 10)
        _pill(painter, box, "track")
        left = 0.0
        for count, tone in self._parts:
            width = box.width() * count / self._total if self._total else 0
            if width:
                painter.setBrush(look.color(_FILLS[tone]))
                painter.drawRoundedRect(QRectF(left, box.top(), max(width - 2, 2), 10), 3, 3)
            left += width


class MonthBars(QWidget):
    """Twelve months with their values on top; the running month is hatched, later ones are bare."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._values: tuple[int, ...] = (0,) * 12
        self._running = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(96)

    def set_values(self, values: Sequence[int], running: int) -> None:
        """`values` of January to December; `running` is the month (1 to 12) that is not over."""
        self._values, self._running = tuple(values), running
        said = ", ".join(f"tháng {month}: {value}" for month, value in enumerate(values, 1) if month <= running)
        self.setAccessibleName(f"{self._name}. {said}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 150)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font(11))
        line = QFontMetricsF(look.font(11)).height()
        base = self.height() - line - 4
        step = self.width() / 12
        tallest = max(*self._values, 1)
        painter.fillRect(QRectF(0, base, self.width(), 1), look.color("border"))
        for position, value in enumerate(self._values):
            high = (base - line - 4) * value / tallest
            bar = QRectF(position * step + step * 0.16, base - high, step * 0.68, high)
            self._paint_month(painter, position + 1, value, bar, base)

    def _fitting(self, longest: str, weight: int) -> QFont:
        """Letters small enough for the longest figure to keep to its month."""
        look = theme.current()
        fonts = [look.font(size, weight) for size in (11, 10, 9, 8)]
        fits = (font for font in fonts if QFontMetricsF(font).horizontalAdvance(longest) <= self.width() / 12 - 1)
        return next(fits, fonts[-1])

    def _paint_month(self, painter: QPainter, month: int, value: int, bar: QRectF, base: float) -> None:
        look = theme.current()
        running = month == self._running
        middle = Qt.AlignmentFlag.AlignHCenter
        wide = QRectF(bar.left() - 12, base + 3, bar.width() + 24, self.height() - base)
        painter.setFont(look.font(11, 600 if running else 400))
        painter.setPen(look.color("accent_text" if running else "text2"))
        painter.drawText(wide, middle, str(month))
        if not value:
            return
        over = QRectF(wide.left(), bar.top() - 40, wide.width(), 38)
        painter.setFont(self._fitting(str(max(self._values)), 600 if running else 400))
        painter.drawText(over, middle | Qt.AlignmentFlag.AlignBottom, str(value))
        if not running:
            painter.fillRect(bar, look.color("accent"))
            return
        painter.fillRect(bar, QBrush(look.color("accent"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(look.color("accent"), 1))
        painter.drawRect(QRectF(QPointF(bar.left(), bar.top()), bar.size()).adjusted(0.5, 0.5, -0.5, -0.5))
