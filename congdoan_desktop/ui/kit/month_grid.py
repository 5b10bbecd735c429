"""A month as a grid of days, Monday first, with what falls on each day written into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from congdoan_desktop.ui import icons, theme
from congdoan_desktop.ui.kit.chips import TONES, ChipState

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
DAYS = 7
_HEAD, _NUMBER, _LINE, _GAP = 26, 22, 19, 2
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written into the days from `starts` to `ends`; icon and tone are those of its state."""

    text: str
    state: ChipState
    starts: date
    ends: date


class MonthGrid(QWidget):
    """Arrows walk through the days and on into the next month, PgUp and PgDn through the months, Home goes to today,
    Enter opens the day.
    """

    day_chosen = Signal(object)
    """Another day is selected; it may lie in another month than before."""
    day_opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._marks: tuple[Mark, ...] = ()
        self.today = self.day = date(2000, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(420, 260))
        self.setAccessibleName(name)

    # What is shown

    def begin(self, today: date, day: date) -> None:
        self.today = today
        self.choose(day)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        self._marks = tuple(marks)
        self._say()

    def choose(self, day: date) -> None:
        self.day = day
        self._say()
        self.day_chosen.emit(day)

    def first(self) -> date:
        """The Monday in the corner."""
        begin = self.day.replace(day=1)
        return begin - begin.weekday() * _DAY

    def last(self) -> date:
        """The Sunday in the other corner."""
        return self.first() + (self.weeks() * DAYS - 1) * _DAY

    def weeks(self) -> int:
        """As many rows as the month has weeks, so that each day has room."""
        begin = self.day.replace(day=1)
        end = (begin + 31 * _DAY).replace(day=1) - _DAY
        return -(-(begin.weekday() + end.day) // DAYS)

    def on(self, day: date) -> list[Mark]:
        return [mark for mark in self._marks if mark.starts <= day <= mark.ends]

    def step_month(self, step: int) -> None:
        """The same day of another month, or its last one."""
        months = self.day.year * 12 + self.day.month - 1 + step
        begin = date(months // 12, months % 12 + 1, 1)
        after = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
        self.choose(min(begin + (self.day.day - 1) * _DAY, after - _DAY))

    def _say(self) -> None:
        count = len(self.on(self.day))
        said = f"{count} việc" if count else "không có việc"
        self.setAccessibleName(f"{self._name}. {WEEKDAYS[self.day.weekday()]} {self.day:%d/%m/%Y}: {said}")
        self.update()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = _KEYS.get(Qt.Key(event.key()))
        if act is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            act(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None:
            self.choose(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.day_at(event.position()) is not None:
            self.day_opened.emit(self.day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Places

    def day_at(self, place: QPointF) -> date | None:
        head = theme.current().px(_HEAD)
        if place.y() < head or place.x() < 0:
            return None
        column = int(place.x() * DAYS / self.width())
        week = int((place.y() - head) * self.weeks() / (self.height() - head))
        return self.first() + (week * DAYS + column) * _DAY if column < DAYS and week < self.weeks() else None

    def box(self, day: date) -> QRectF:
        """Where a day of the grid is drawn."""
        week, column = divmod((day - self.first()).days, DAYS)
        head = theme.current().px(_HEAD)
        wide, high = self.width() / DAYS, (self.height() - head) / self.weeks()
        return QRectF(column * wide, head + week * high, wide, high)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("surface"))
        painter.setFont(look.font(theme.SMALL, 600))
        painter.setPen(look.color("text2"))
        for column, name in enumerate(WEEKDAYS):
            head = QRectF(column * self.width() / DAYS + 8, 0, self.width() / DAYS - 8, look.px(_HEAD))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        for place in range(self.weeks() * DAYS):
            self._paint_day(painter, self.first() + place * _DAY)
        self._paint_choice(painter)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        look = theme.current()
        box = self.box(day)
        inside = day.month == self.day.month
        if not inside:
            painter.fillRect(box, look.color("head"))
        painter.setPen(QPen(look.color("grid"), 1))
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.topLeft(), box.bottomLeft())
        number = QRectF(box.left() + 6, box.top() + 2, look.px(24), look.px(_NUMBER) - 3)
        if day == self.today:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(number, number.height() / 2, number.height() / 2)
        painter.setFont(look.font(theme.SMALL, 600 if day == self.today else 400))
        painter.setPen(look.color("on_accent" if day == self.today else "text" if inside else "text3"))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        self._paint_marks(painter, day, box)

    def _paint_marks(self, painter: QPainter, day: date, box: QRectF) -> None:
        look = theme.current()
        line, marks = look.px(_LINE), self.on(day)
        room = max(int((box.height() - look.px(_NUMBER)) // line), 1)
        shown = marks if len(marks) <= room else marks[: room - 1]
        for at, mark in enumerate(shown):
            top = box.top() + look.px(_NUMBER) + at * line
            self._paint_mark(painter, mark, day, QRectF(box.left() + 3, top, box.width() - 5, line - _GAP))
        if len(shown) < len(marks):
            rest = QRectF(box.left() + 8, box.top() + look.px(_NUMBER) + len(shown) * line, box.width() - 10, line)
            painter.setPen(look.color("text2"))
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"thêm {len(marks) - len(shown)} việc")

    def _paint_mark(self, painter: QPainter, mark: Mark, day: date, place: QRectF) -> None:
        """Of what lasts for days the words stand at its beginning and on Mondays."""
        look = theme.current()
        fore, ground = TONES[mark.state.tone]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground))
        painter.drawRoundedRect(place, 4, 4)
        if day != mark.starts and day.weekday() and day.day != 1:
            return
        size = look.px(12)
        picture = icons.pixmap(mark.state.icon, look.color(fore), size, self.devicePixelRatioF())
        painter.drawPixmap(round(place.left() + 4), round(place.center().y() - size / 2), picture)
        painter.setFont(look.font(theme.SMALL))
        painter.setPen(look.color(fore))
        words = place.adjusted(size + 8, 0, -3, 0)
        text = QFontMetricsF(painter.font()).elidedText(mark.text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_choice(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.color("accent" if self.hasFocus() else "ctl"), 2))
        painter.drawRoundedRect(self.box(self.day).adjusted(1, 1, -1, -1), 4, 4)


def _walk(days: int) -> Callable[[MonthGrid], None]:
    return lambda grid: grid.choose(grid.day + days * _DAY)


_KEYS: Mapping[Qt.Key, Callable[[MonthGrid], object]] = {
    Qt.Key.Key_Left: _walk(-1),
    Qt.Key.Key_Right: _walk(1),
    Qt.Key.Key_Up: _walk(-DAYS),
    Qt.Key.Key_Down: _walk(DAYS),
    Qt.Key.Key_PageUp: lambda grid: grid.step_month(-1),
    Qt.Key.Key_PageDown: lambda grid: grid.step_month(1),
    Qt.Key.Key_Home: lambda grid: grid.choose(grid.today),
    Qt.Key.Key_Return: lambda grid: grid.day_opened.emit(grid.day),
    Qt.Key.Key_Enter: lambda grid: grid.day_opened.emit(grid.day),
}
