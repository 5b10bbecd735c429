"""The form of a member or of somebody else whom the union knows, and the way between its fields and the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from congdoan_desktop.domain.births import parse_birth, show_birth
from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.people import SEXES
from congdoan_desktop.domain.persons import Person, with_birth
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import members
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.field import Field
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import ParsedField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.covered import CoveredField
from congdoan_desktop.ui.pages.entry.values import day, text

ETHNICITIES = "ethnicities"
REPEATED = ("unit", "joined", "batch", "workplace", "member")
_DAYS = ("joined", "left", "party_introduced", "party_admitted")
_TEXTS = (
    "name", "sort_name", "sex", "citizen_id", "old_id", "insurance", "phone", "ethnicity", "home", "address", "batch",
    "card", "work", "note",
)  # fmt: skip
BLANK = Person("", member=True)


class MemberForm(Form):
    """`base` is the record shown, from which everything comes that has no field."""

    def __init__(self) -> None:
        super().__init__(self._check)
        self.today: Callable[[], date] = lambda: date.min
        self.base = BLANK
        self.unit = SearchChoiceField("unit", "Công đoàn cơ sở", required=True)
        self.workplace = SearchChoiceField("workplace", "Nơi làm việc")
        self.numbers = (
            CoveredField("citizen_id", "Số CCCD"),
            CoveredField("old_id", "Số CMND cũ", "9 chữ số"),
            CoveredField("insurance", "Mã số BHXH", "10 chữ số"),
        )
        self.joined = self._day("joined", "Ngày vào công đoàn")
        self._build()

    def _build(self) -> None:
        sexes: list[tuple[object, str]] = [(sex, sex.capitalize()) for sex in SEXES]
        peoples = (Option(entry.code, entry.name) for entry in catalogue().entries(ETHNICITIES))
        self.add(TextField("name", "Họ và tên", required=True, limit=100))
        self.add(self._birth(), ChoiceField("sex", "Giới tính", sexes), stretch=(3, 2))
        self.add(self.unit)
        self.add(CheckField("member", "Là đoàn viên công đoàn"))
        self.add(self.joined, self._day("left", "Ngày ra"))
        self.add(TextField("batch", "QĐ kết nạp", limit=60), TextField("card", "Số thẻ", limit=40))
        self.add(self.workplace)
        self.add(TextField("work", "Vị trí công việc", limit=120))
        self.add_heading("Giấy tờ, liên hệ")
        self.add(self.numbers[0])
        self.add(self.numbers[1], self.numbers[2])
        self.add(TextField("phone", "Điện thoại", limit=20), SearchChoiceField("ethnicity", "Dân tộc", peoples))
        self.add(TextField("home", "Quê quán", limit=200))
        self.add(TextField("address", "Nơi ở hiện nay", limit=200))
        self.add_heading("Đảng")
        self.add(self._day("party_introduced", "Giới thiệu"), self._day("party_admitted", "Kết nạp"))
        self.add_heading("Khác")
        self.add(TextField("sort_name", "Xếp tên theo", limit=100, hint="Chỉ ghi khi tên không xếp theo chữ cuối."))
        self.add(NoteField("note", "Ghi chú", lines=2))

    def _birth(self) -> ParsedField:
        def read(typed: str) -> str:
            return parse_birth(typed, today=self.today())

        return ParsedField(
            "birth", "Ngày sinh", read, lambda kept: show_birth(str(kept)), placeholder="ngày, tháng/năm"
        )

    def _day(self, name: str, label: str) -> DateField:
        def read(typed: str) -> date:
            return parse_day(typed, today=self.today())

        return DateField(name, label, read, lambda value: short_date(day(value)))

    def take_choices(self, units: Iterable[tuple[str, str]], workplaces: Iterable[tuple[str, str]]) -> None:
        for field, choices in ((self.unit, units), (self.workplace, workplaces)):
            held = field.value()
            field.set_options(Option(id_, name) for id_, name in choices)
            if held is not None:
                field.set_value(held)

    def show_past(self, said: str) -> None:
        """The earlier memberships, under the day of joining."""
        self.joined.set_hint(said)

    def covered(self) -> Iterable[Field]:
        return self.numbers

    def person(self, values: Values) -> Person:
        return person_of(values, self.base)

    def _check(self, values: Values) -> tuple[Finding, ...]:
        return members.check(self.person(values), self.today())


def person_of(values: Values, base: Person) -> Person:
    """The record that the form's values mean; what has no field is as in `base`."""
    texts: dict[str, Any] = {name: text(values[name]) for name in _TEXTS}
    days: dict[str, Any] = {name: values[name] if isinstance(values[name], date) else None for name in _DAYS}
    changed = replace(
        base,
        unit=text(values["unit"]),
        member=bool(values["member"]),
        workplace=text(values["workplace"]) or None,
        **texts,
        **days,
    )
    return with_birth(changed, text(values["birth"]))


def values_of(person: Person) -> Values:
    """A birth of which only the year was ever written stands as the year."""
    names = (*_TEXTS, *_DAYS, "unit", "member", "workplace")
    values: Values = {name: getattr(person, name) or None for name in names}
    return {**values, "birth": person.birth or (str(person.birth_year) if person.birth_year else None)}
