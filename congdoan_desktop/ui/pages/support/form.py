"""The form of a support record with its receiver, and the way between its fields and the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.money import money_in_words, parse_money
from congdoan_desktop.domain.persons import Person, validate_person
from congdoan_desktop.domain.support import SupportRecord, validate_support
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.support import PersonHit
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField, RadioField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import MoneyField, ParsedField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.covered import COVERED, CoveredField
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import day, number, text
from congdoan_desktop.ui.pages.support.receiver import ReceiverField, described

CAUSES, KINDS, FUNDS = "support_causes", "support_kinds", "funds"
REPEATED = ("campaign", "unit", "on", "cause", "kind", "fund", "decision")
RENAME, OTHER = "rename", "other"


@dataclass(frozen=True, slots=True)
class Given:
    """What a filled form means: the record, and its receiver where new or better known than before."""

    record: SupportRecord
    person: Person | None
    amended: Person | None
    ask: bool
    """Nobody has said yet that a new receiver is none of those known."""


class SupportForm(Form):
    def __init__(self) -> None:
        super().__init__(self._check)
        self.desk: Callable[[], Desk] = lambda: Desk(date.min)
        self.receiver = ReceiverField("name", "Người nhận")
        self.renamed = RadioField(
            "renamed", "Tên vừa sửa", [(OTHER, "Là người khác"), (RENAME, "Sửa tên người này")], required=True
        )
        self.namesake = ChoiceField("namesake", "Trong máy đã có người tên này", required=True)
        self._namesakes: dict[object, PersonHit] = {}
        self.birth_year = ParsedField("birth_year", "Năm sinh", _year)
        self.citizen_id = CoveredField("citizen_id", "Số CCCD")
        self.member = CheckField("member", "Là đoàn viên công đoàn")
        self.unit = SearchChoiceField("unit", "Công đoàn cơ sở", required=True)
        self.campaign = ChoiceField("campaign", "Kế hoạch, phong trào", placeholder="Không thuộc kế hoạch nào")
        self._build()
        self.renamed.hide()
        self.namesake.hide()
        self.receiver.person_changed.connect(self._person_changed)
        self.receiver.edited.connect(self._name_edited)
        self.namesake.edited.connect(self._namesake_chosen)
        self.renamed.edited.connect(self._renamed)

    def _build(self) -> None:
        self.add(self.receiver)
        self.add(self.renamed)
        self.add(self.namesake)
        self.add(self.unit)
        self.add(self.birth_year, self.citizen_id, stretch=(2, 3))
        self.add(self.member)
        self.add(
            DateField("on", "Ngày trao", self._read_day, lambda value: short_date(day(value)), required=True),
            ChoiceField("cause", "Nguyên nhân", _entries(CAUSES), required=True),
        )
        self.add(ChoiceField("kind", "Hình thức", _entries(KINDS), required=True))
        self.add(ChoiceField("fund", "Quỹ, nguồn chi", _entries(FUNDS), required=True))
        self.add(MoneyField("cash", "Tiền mặt (đồng)", money_in_words, parse=parse_money))
        self.add(MoneyField("in_kind", "Giá trị hiện vật (đồng)", money_in_words, parse=parse_money))
        self.add(TextField("goods", "Hiện vật", placeholder="10 kg gạo, 01 chăn"))
        self.add(
            TextField("decision", "Số quyết định", placeholder="15/QĐ-CĐX"),
            DateField("signed", "Ngày ký nhận", self._read_day, lambda value: short_date(day(value))),
        )
        self.add(self.campaign)
        self.add(NoteField("note", "Ghi chú", lines=2))

    def _read_day(self, typed: str) -> date:
        return parse_day(typed, today=self.desk().today)

    def take_choices(self, desk: Desk) -> None:
        held = self.unit.value()
        self.unit.set_options(Option(id_, name) for id_, name in desk.units)
        if held is not None:
            self.unit.set_value(held)
        self.campaign.set_choices(desk.campaign_choices())

    def set_values(self, values: Mapping[str, object]) -> None:
        super().set_values(values)
        self.renamed.hide()
        self._forget_namesakes()

    def set_raw(self, raw: Mapping[str, object]) -> None:
        super().set_raw(raw)
        self._forget_namesakes()
        self.renamed.setVisible(self.receiver.hit is None and self.receiver.before is not None)

    def _person_changed(self) -> None:
        """A known person brings what is known; a changed name must say whether it is still the same person."""
        hit, before = self.receiver.hit, self.receiver.before
        self.renamed.set_value(None)
        self.renamed.setVisible(hit is None and before is not None)
        if hit is not None:
            self._fill_person(hit)
        elif self.citizen_id.is_covered:
            self.citizen_id.set_value(None)
            self.birth_year.set_value(None)

    def ask_whom(self, hits: Sequence[PersonHit]) -> None:
        """A name typed in full that somebody known has: is it one of them, or somebody else?"""
        if self.known_person() is not None or not hits or self.namesake.value() == OTHER:
            return
        self._namesakes = {hit.id: hit for hit in hits}
        known: list[tuple[object, str]] = [(hit.id, f"Là {hit.name} · {described(hit)}") for hit in hits]
        self.namesake.set_choices([*known, (OTHER, "Là người khác, chưa có trong máy")])
        self.namesake.show()

    def _forget_namesakes(self) -> None:
        self._namesakes = {}
        self.namesake.set_value(None)
        self.namesake.hide()

    def _name_edited(self) -> None:
        if self.receiver.hit is not None or self._namesakes:
            self._forget_namesakes()

    def _namesake_chosen(self) -> None:
        hit = self._namesakes.get(self.namesake.value())
        if hit is not None:
            self.receiver.set_value(hit)
            self._person_changed()
            self._forget_namesakes()

    def _renamed(self) -> None:
        before = self.receiver.before
        if before is not None and self.renamed.value() == RENAME:
            self._fill_person(before)

    def _fill_person(self, hit: PersonHit) -> None:
        self.birth_year.set_value(hit.birth_year)
        self.citizen_id.set_value(hit.citizen_id or None)
        self.member.set_value(hit.member)
        self.unit.set_value(hit.unit)

    def known_person(self) -> PersonHit | None:
        """The known person the form is about, also under a mended name."""
        if self.receiver.hit is None and self.renamed.value() == RENAME:
            return self.receiver.before
        return self.receiver.hit

    def given(self, values: Values) -> Given:
        known = self.known_person()
        record = record_of(values, known.id if known else "")
        told = _person_of(values, known)
        ask = self.namesake.value() != OTHER and self.receiver.before is None
        return Given(record, None if known else told, told if known else None, ask)

    def _check(self, values: Values) -> tuple[Finding, ...]:
        today = self.desk().today
        # A day that cannot be read is the field's own finding; the other fields are judged all the same.
        given = self.given({**values, "on": values["on"] or today})
        person = given.person or given.amended
        assert person is not None
        seen = replace(person, citizen_id="") if COVERED in person.citizen_id else person
        return (*validate_person(seen, today), *validate_support(given.record, today))


def record_of(values: Values, person: str) -> SupportRecord:
    """The record that the form's values mean. `values` must hold the day."""
    return SupportRecord(
        unit=text(values["unit"]),
        person=person,
        campaign=text(values["campaign"]) or None,
        cause=text(values["cause"]),
        kind=text(values["kind"]),
        cash=number(values["cash"]),
        in_kind=number(values["in_kind"]),
        fund=text(values["fund"]),
        on=day(values["on"]),
        decision=text(values["decision"]),
        goods=text(values["goods"]),
        note=text(values["note"]),
        signed=signed if isinstance(signed := values["signed"], date) else None,
    )


def values_of(record: SupportRecord) -> Values:
    names = ("unit", "campaign", "cause", "kind", "fund", "on", "decision", "goods", "note", "signed")
    values: Values = {name: getattr(record, name) for name in names}
    return {**values, "cash": record.cash or None, "in_kind": record.in_kind or None}


def _person_of(values: Values, known: PersonHit | None) -> Person:
    year = values["birth_year"]
    return Person(
        unit=known.unit if known else text(values["unit"]),
        member=bool(values["member"]),
        name=text(values["name"]),
        birth_year=year if isinstance(year, int) else None,
        citizen_id=text(values["citizen_id"]).replace(" ", ""),
    )


def _year(typed: str) -> int:
    if not (typed.isdigit() and len(typed) == 4):
        raise ValueError("Gõ đủ bốn chữ số của năm sinh, ví dụ 1985.")
    return int(typed)


def _entries(name: str) -> list[tuple[object, str]]:
    return [(entry.code, entry.name) for entry in catalogue().entries(name)]
