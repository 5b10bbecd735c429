"""The form of a unit with its headcount, and the way between its fields and what the service takes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.money import group_thousands, parse_count
from congdoan_desktop.domain.unit_names import LONGEST_CODE, code_for, kind_in, short_name_of
from congdoan_desktop.domain.units import GRASSROOTS, Headcount
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import unit_desk
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.membership import Standing
from congdoan_desktop.services.unit_desk import UnitEntry, UnitLine
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import CountField
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.values import day, text

KINDS = "unit_kinds"
REPEATED = ("kind", "on")
_COUNTED = ("on", "workers", "members", "women", "eligible")


class UnitForm(Form):
    """A new CĐCS, or a unit of the list. Leaving the name proposes what is still empty; nothing typed is changed."""

    def __init__(self) -> None:
        super().__init__(self._check)
        self.today: Callable[[], date] = lambda: date.min
        self.codes: Callable[[], Collection[str]] = lambda: ()
        """Codes that are taken."""
        self.kind = ChoiceField("kind", "Loại đơn vị", required=True)
        self.on = self._day()
        self.add(NoteField("name", "Tên đơn vị", required=True, lines=2, hint="Viết như trên con dấu."))
        self.add(TextField("short_name", "Tên ngắn trong bảng", limit=80))
        self.add(self.kind)
        self.add(TextField("code", "Mã đơn vị", required=True, limit=LONGEST_CODE, hint="Chữ không dấu, số, gạch nối."))
        self.add_heading("Lao động và đoàn viên")
        self.add(self.on)
        self.add(
            CountField("workers", "Số lao động", parse=parse_count),
            CountField("members", "Số đoàn viên", parse=parse_count),
        )
        self.add(
            CountField("eligible", "Đủ điều kiện vào", parse=parse_count),
            CountField("women", "Đoàn viên nữ", parse=parse_count),
        )
        # The name is one line in two: Enter goes on, as in every other field of the form.
        self.field("name").enter_moves = True
        self.field("name").left.connect(self._propose)
        self.show_level(GRASSROOTS)

    def _day(self) -> DateField:
        def read(typed: str) -> date:
            return parse_day(typed, today=self.today())

        return DateField("on", "Chốt đến ngày", read, lambda value: short_date(day(value)))

    def show_level(self, level: str) -> None:
        """The kinds of a level: a unit does not change its level in this form."""
        self.kind.set_choices([(e.code, e.name) for e in catalogue().entries(KINDS) if e.more["level"] == level])

    def show_count(self, count: Headcount | None, standing: Standing | None = None) -> None:
        """What was counted last, under the day, and what the list of people says beside it."""
        said = f"{group_thousands(count.workers)} lao động, {group_thousands(count.members)} đoàn viên" if count else ""
        counted = f"Lần chốt gần nhất {short_date(count.on)}: {said}." if count else ""
        self.on.set_hint(" ".join(part for part in (counted, _listed(standing)) if part))

    def _propose(self) -> None:
        values = self.values()
        name = text(values["name"])
        if not name:
            return
        if values["kind"] is None:
            self.kind.set_value(kind_in(name))
        if values["short_name"] is None:
            self.field("short_name").set_value(short_name_of(name))
        if values["code"] is None:
            self.field("code").set_value(self._free_code(name))

    def _free_code(self, name: str) -> str:
        entry = catalogue().entry(KINDS, text(self.kind.value()))
        code = code_for(name, str(entry.more["abbreviation"]) if entry else "CĐCS")
        taken, number, free = self.codes(), 2, code
        while free in taken:
            free = f"{code[: LONGEST_CODE - len(str(number)) - 1]}-{number}"
            number += 1
        return free

    def _check(self, values: Values) -> tuple[Finding, ...]:
        return unit_desk.check(entry_of(values))


def entry_of(values: Values) -> UnitEntry:
    on, *numbers = (values[name] for name in _COUNTED)
    workers, members, women, eligible = (number if isinstance(number, int) else None for number in numbers)
    return UnitEntry(
        name=text(values["name"]),
        short_name=text(values["short_name"]),
        code=text(values["code"]),
        kind=text(values["kind"]),
        on=on if isinstance(on, date) else None,
        workers=workers,
        members=members,
        women=women,
        eligible=eligible,
    )


def values_of(line: UnitLine) -> Values:
    values: Values = {name: getattr(line.row, name) for name in ("name", "short_name", "code", "kind")}
    if line.count is not None:
        values |= {name: getattr(line.count, name) for name in _COUNTED}
    return values


def _listed(standing: Standing | None) -> str:
    """As in: Danh sách có 38 đoàn viên, ít hơn số chốt 2."""
    if standing is None or not standing.listed:
        return ""
    said = f"Danh sách có {group_thousands(standing.listed)} đoàn viên"
    if not standing.difference:
        return f"{said}."
    than = "nhiều" if standing.difference > 0 else "ít"
    return f"{said}, {than} hơn số chốt {group_thousands(abs(standing.difference))}."
