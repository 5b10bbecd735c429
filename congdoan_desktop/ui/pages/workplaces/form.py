"""The form of a workplace with the number of its people on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.money import group_thousands, parse_count
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import workplaces
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.workplaces import Counted
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import CountField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.values import day, text

KINDS, OWNERSHIPS, LINES = "workplace_kinds", "ownerships", "lines"
REPEATED = ("unit", "kind", "ownership", "line", "place", "on")
_TEXTS = ("name", "kind", "ownership", "line", "tax_code", "budget_code", "place", "address", "contact", "note")
_COUNTS = ("workers", "women", "eligible")
BLANK = Workplace("", "", "", "")


class WorkplaceForm(Form):
    """`base` is the record shown, from which everything comes that has no field."""

    def __init__(self) -> None:
        super().__init__(self._check)
        self.today: Callable[[], date] = lambda: date.min
        self.base = BLANK
        self.unit = SearchChoiceField("unit", "Đơn vị giữ hồ sơ", required=True)
        self.union = SearchChoiceField("union", "CĐCS đã thành lập", hint="Để trống khi chưa có công đoàn.")
        self.on = self._day("on", "Chốt đến ngày")
        self._build()

    def _build(self) -> None:
        lines = (Option(entry.code, entry.name) for entry in catalogue().entries(LINES))
        self.add(NoteField("name", "Tên nơi làm việc", required=True, lines=2))
        self.field("name").enter_moves = True
        self.add(ChoiceField("kind", "Loại hình", _entries(KINDS), required=True))
        self.add(ChoiceField("ownership", "Thành phần sở hữu", _entries(OWNERSHIPS), required=True))
        self.add(SearchChoiceField("line", "Ngành nghề", lines))
        self.add(self.union)
        self.add(self.unit)
        self.add_heading("Lao động")
        self.add(self.on)
        self.add(
            CountField("workers", "Số lao động", parse=parse_count),
            CountField("women", "Trong đó nữ", parse=parse_count),
        )
        self.add(CountField("eligible", "Đủ điều kiện vào công đoàn", parse=parse_count))
        self.add_heading("Địa chỉ, mã số")
        self.add(TextField("tax_code", "Mã số thuế", limit=20), TextField("budget_code", "Mã QHNS", limit=20))
        self.add(TextField("place", "Xã, phường", limit=80))
        self.add(TextField("address", "Địa chỉ", limit=200))
        self.add(TextField("contact", "Người liên hệ", limit=120))
        self.add(self._day("since", "Hoạt động từ"), self._day("until", "Ngừng từ"))
        self.add(NoteField("note", "Ghi chú", lines=2))

    def _day(self, name: str, label: str) -> DateField:
        def read(typed: str) -> date:
            return parse_day(typed, today=self.today())

        return DateField(name, label, read, lambda value: short_date(day(value)))

    def take_choices(self, units: Iterable[tuple[str, str]]) -> None:
        options = [Option(id_, name) for id_, name in units]
        for field in (self.unit, self.union):
            held = field.value()
            field.set_options(options)
            if held is not None:
                field.set_value(held)

    def show_count(self, count: Workforce | None) -> None:
        """What was counted last; another day is kept beside it."""
        said = f"Lần chốt gần nhất {short_date(count.on)}: {group_thousands(count.workers)} lao động." if count else ""
        self.on.set_hint(said)

    def given(self, values: Values) -> tuple[Workplace, Counted]:
        texts: dict[str, Any] = {name: text(values[name]) for name in _TEXTS}
        days: dict[str, Any] = {name: _day_or_none(values[name]) for name in ("since", "until")}
        numbers: dict[str, Any] = {name: values[name] if isinstance(values[name], int) else None for name in _COUNTS}
        union = text(values["union"]) or None
        made = replace(self.base, unit=text(values["unit"]), union=union, **texts, **days)
        return made, Counted(on=_day_or_none(values["on"]), **numbers)

    def _check(self, values: Values) -> tuple[Finding, ...]:
        return workplaces.check(*self.given(values))


def values_of(workplace: Workplace, count: Workforce | None) -> Values:
    values: Values = {name: getattr(workplace, name) or None for name in (*_TEXTS, "unit", "union", "since", "until")}
    if count is not None:
        values |= {"on": count.on, **{name: getattr(count, name) for name in _COUNTS}}
    return values


def _day_or_none(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _entries(name: str) -> list[tuple[object, str]]:
    return [(entry.code, entry.name) for entry in catalogue().entries(name)]
