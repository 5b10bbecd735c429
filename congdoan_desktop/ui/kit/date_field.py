"""Dates as officers type them, with a calendar behind Alt+↓."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.number_fields import ParsedField, Parser

_VIETNAMESE = QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam)
_WRITTEN = "dd/MM/yyyy"


class DateField(ParsedField):
    """A date, or a part of one where the parser allows it ("tháng 1/2024"); `show` gives the full written form."""

    def __init__(
        self,
        name: str,
        text: str,
        parse: Parser,
        show: Callable[[object], str],
        *,
        required: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(name, text, parse, show, required=required, hint=hint, placeholder="ngày/tháng")
        self.line.add_icon("calendar-blank", "Chọn trên lịch (Alt+↓)", self.open_calendar)
        self._calendar: _CalendarPopup | None = None

    def on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return True
        return super().on_key(event)

    def open_calendar(self) -> None:
        """Show the month of the date in the field, or this month."""
        if self._calendar is None:
            self._calendar = _CalendarPopup(self, self._picked)
        shown = QDate()
        with suppress(TypeError, ValueError):
            value = self.value()
            shown = QDate.fromString(self._show(value) if value is not None else "", _WRITTEN)
        self._calendar.open_at(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)), shown)

    def _picked(self, day: QDate) -> None:
        self.line.setFocus()
        self.line.type_over(day.toString(_WRITTEN))


class _CalendarPopup(QFrame):
    """A month in Vietnamese, Monday first; a click or Enter picks, Esc closes."""

    def __init__(self, owner: DateField, pick: Callable[[QDate], None]) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self._pick = pick
        self.month = QCalendarWidget()
        self.month.setLocale(_VIETNAMESE)
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.activated.connect(self._chosen)
        self.month.clicked.connect(self._chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.month)

    def open_at(self, place: QPoint, day: QDate) -> None:
        """Below the field, or as far up and left as the screen needs; an unreadable date opens this month."""
        self._dress()
        self.month.setSelectedDate(day if day.isValid() else QDate.currentDate())
        self.adjustSize()
        room = self.screen().availableGeometry()
        place.setX(min(place.x(), room.right() - self.width()))
        place.setY(min(place.y(), room.bottom() - self.height()))
        self.move(place)
        self.show()
        self.month.setFocus()

    def _dress(self) -> None:
        look = theme.current()
        plain = QTextCharFormat()
        plain.setForeground(look.color("text"))
        for day in Qt.DayOfWeek:
            self.month.setWeekdayTextFormat(day, plain)
        quiet = QTextCharFormat()
        quiet.setForeground(look.color("text2"))
        quiet.setBackground(look.color("head"))
        self.month.setHeaderTextFormat(quiet)

    def _chosen(self, day: QDate) -> None:
        if self.isVisible():
            self.hide()
            self._pick(day)
