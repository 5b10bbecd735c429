"""Joining, leaving and changing the union for everybody selected: one dialog, described by data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import joining
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.field import Field
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.entry.values import day, text

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

Write = Callable[["Office", list[str]], Saved]
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Change:
    """`field` is what is asked beside the day: "decision", "unit", or "" for nothing."""

    key: str
    title: str
    action: str
    on: str
    field: str
    write: Callable[[Office, list[str], Values], Saved]


CHANGES = (
    Change(
        "join", "Kết nạp vào công đoàn…", "Kết nạp", "Ngày vào công đoàn", "decision",
        lambda office, ids, v: joining.join(office, ids, day(v["on"]), text(v["decision"])),
    ),
    Change(
        "leave", "Cho ra khỏi công đoàn…", "Ghi ngày ra", "Ngày ra", "",
        lambda office, ids, v: joining.leave(office, ids, day(v["on"])),
    ),
    Change(
        "transfer", "Chuyển đơn vị…", "Chuyển", "Ngày chuyển", "unit",
        lambda office, ids, v: joining.transfer(office, ids, text(v["unit"]), day(v["on"])),
    ),
)  # fmt: skip


class ChangeDialog(Dialog):
    """Asks for the day and what the change needs; stays open until the change was saved."""

    given = Signal(object)
    """How it is written: (office, ids) -> Saved."""

    def __init__(
        self, parent: QWidget, change: Change, names: Sequence[str], today: date, units: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(parent, f"{change.title.rstrip('…')}: {len(names)} người", "users-three", "accent")
        self.setObjectName("change_dialog")
        self._change, self._today, self._units = change, today, units
        further = f" và {len(names) - _NAMED} người khác" if len(names) > _NAMED else ""
        self.body.addWidget(label(", ".join(names[:_NAMED]) + further, wrap=True))
        self.form = Form()
        self.form.add(DateField("on", change.on, self._read, lambda value: short_date(day(value)), required=True))
        if change.field:
            self.form.add(self._asked())
        self.form.last_left.connect(self._try)
        self.body.addWidget(self.form)
        self.cancel = self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(
            Button(f"{change.action} {len(names)} người", "check", "primary", on_click=self._try)
        )
        self.yes.setObjectName("change_yes")
        self.form.set_values({"on": today})
        self.form.focus_first()

    def _asked(self) -> Field:
        if self._change.field == "unit":
            units = (Option(id_, name) for id_, name in self._units)
            return SearchChoiceField("unit", "Đơn vị mới", units, required=True)
        return TextField("decision", "Số quyết định", placeholder="15/QĐ-CĐX", limit=60)

    def _read(self, typed: str) -> date:
        return parse_day(typed, today=self._today)

    def _try(self) -> None:
        if not self.form.check():
            return
        values, write = self.form.values(), self._change.write
        self.yes.setEnabled(False)
        self.given.emit(lambda office, ids: write(office, ids, values))

    def refuse(self, error: AppError) -> None:
        self.yes.setEnabled(True)
        self.banner.show_error(error)
