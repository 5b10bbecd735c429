"""A filter chip for a day: it opens a dialog with a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.dialogs import Dialog


class DayDialog(Dialog):
    def __init__(self, parent: QWidget, title: str, today: date, on_pick: Callable[[date | None], object]) -> None:
        super().__init__(parent, title, "calendar-blank", "accent")
        self._on_pick = on_pick
        self.field = DateField("day", "Ngày", lambda typed: parse_day(typed, today=today), _written, required=True)
        self.field.moved.connect(lambda *_: self._agree())
        self.body.addWidget(self.field)
        self.none = self.add_button(Button("Hôm nay", on_click=self._clear))
        self.cancel = self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button("Xem", role="primary", on_click=self._agree))
        self.field.setFocus()

    def _agree(self) -> None:
        found = self.field.findings()
        self.field.show_findings(found)
        value = self.field.value()
        if not found and isinstance(value, date):
            self.accept()
            self._on_pick(value)

    def _clear(self) -> None:
        self.accept()
        self._on_pick(None)


class DayChip(FilterChip):
    """The value is a day, None for today."""

    def __init__(self, text: str, today: Callable[[], date], on_change: Callable[[object], object]) -> None:
        self._today = today
        super().__init__(text, on_change, choices=((None, text),))
        self.setMenu(None)  # type: ignore[arg-type]  # Qt takes the menu away
        self.clicked.connect(self._open)

    def _open(self) -> None:
        self.setChecked(self.value() is not None)  # the click turned it over
        dialog = DayDialog(self, self._word, self._today(), self._picked)
        dialog.setObjectName("day_dialog")
        dialog.open()

    def _picked(self, value: date | None) -> None:
        self._pick(value, f"{self._word}: {short_date(value)}" if value else "")


def _written(value: object) -> str:
    return short_date(value) if isinstance(value, date) else ""
