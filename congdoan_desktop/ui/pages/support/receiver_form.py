"""The part of a form that says whom a record is about: a person known or new, or a collective."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from congdoan_desktop.domain.dates import parse_day
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.services.receivers import PersonHit
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField, RadioField
from congdoan_desktop.ui.kit.form import Form, Validator, Values
from congdoan_desktop.ui.kit.number_fields import ParsedField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.pages.entry.covered import COVERED, CoveredField
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.support.receiver import ReceiverField, described

RENAME, OTHER = "rename", "other"
OF_PERSON = ("unit", "birth_year", "citizen_id", "member")
"""What a known person brings."""


class ReceiverForm(Form):
    """`desk` gives the day and the choices. A subclass adds the receiver's fields where they belong in its form."""

    def __init__(self, validator: Validator) -> None:
        super().__init__(validator)
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
        self.newcomers_join = True
        """Whether somebody new is a member, as it was said of the last one."""
        self.unit = SearchChoiceField("unit", "Công đoàn cơ sở", required=True)
        self.campaign = ChoiceField("campaign", "Kế hoạch, phong trào", placeholder="Không thuộc kế hoạch nào")
        self.is_collective = False
        self.receiver.person_changed.connect(self._person_changed)
        self.receiver.edited.connect(self._name_edited)
        self.namesake.edited.connect(self._namesake_chosen)
        self.renamed.edited.connect(self._renamed)
        self.member.edited.connect(self._member_told)

    def add_receiver(self) -> None:
        """Name, union, birth and number; `member` and `campaign` are added by the subclass."""
        self.add(self.receiver)
        self.add(self.renamed)
        self.add(self.namesake)
        self.add(self.unit)
        self.add(self.birth_year, self.citizen_id, stretch=(2, 3))
        self.renamed.hide()
        self.namesake.hide()

    def read_day(self, typed: str) -> date:
        return parse_day(typed, today=self.desk().today)

    def take_choices(self, desk: Desk) -> None:
        held = self.unit.value()
        self.unit.set_options(Option(id_, name) for id_, name in desk.units)
        if held is not None:
            self.unit.set_value(held)
        self.campaign.set_choices(desk.campaign_choices())

    def set_collective(self, on: bool) -> None:
        """A collective has a name and nothing that only people have."""
        self.is_collective = on
        self.receiver.looks_up = not on
        self.receiver.set_caption("Tên tập thể" if on else "Người nhận")
        if on and self.receiver.hit is not None:
            self.receiver.set_value(self.receiver.hit.name)
        for field in (self.birth_year, self.citizen_id, self.member):
            field.setVisible(not on)
        if on:
            self._forget_namesakes()
            self.renamed.hide()

    def set_values(self, values: Mapping[str, object]) -> None:
        super().set_values(values)
        self.renamed.hide()
        self._forget_namesakes()
        self._settle_collective()

    def set_raw(self, raw: Mapping[str, object]) -> None:
        super().set_raw(raw)
        self._forget_namesakes()
        self.renamed.setVisible(self.receiver.hit is None and self.receiver.before is not None)
        self._settle_collective()

    def _settle_collective(self) -> None:
        """After the fields were filled: whether they are about a collective."""
        raise NotImplementedError

    # Known people

    def _person_changed(self) -> None:
        """A known person brings what is known; a changed name must say whether it is still the same person."""
        if self.is_collective:
            return
        hit, before = self.receiver.hit, self.receiver.before
        self.renamed.set_value(None)
        self.renamed.setVisible(hit is None and before is not None)
        self.stop_at(OF_PERSON)
        if hit is not None:
            self._fill_person(hit)
        elif self.citizen_id.is_covered:
            self.citizen_id.set_value(None)
            self.birth_year.set_value(None)

    def ask_whom(self, hits: Sequence[PersonHit]) -> None:
        """A name typed in full that somebody known has: is it one of them, or somebody else?"""
        if self.is_collective or self.known_person() is not None or not hits or self.namesake.value() == OTHER:
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

    def _member_told(self) -> None:
        if self.known_person() is None:
            self.newcomers_join = bool(self.member.value())

    def _renamed(self) -> None:
        before = self.receiver.before
        if before is not None and self.renamed.value() == RENAME:
            self._fill_person(before)

    def _fill_person(self, hit: PersonHit) -> None:
        self.birth_year.set_value(hit.birth_year)
        self.citizen_id.set_value(hit.citizen_id or None)
        self.member.set_value(hit.member)
        self.unit.set_value(hit.unit)
        self.pass_by(OF_PERSON)

    def known_person(self) -> PersonHit | None:
        """The known person the form is about, also under a mended name."""
        if self.receiver.hit is None and self.renamed.value() == RENAME:
            return self.receiver.before
        return self.receiver.hit

    def told(self, values: Values) -> tuple[PersonHit | None, Person, bool]:
        """(the known person meant, the person as the form tells, whether a new one must be asked about)."""
        known = self.known_person()
        ask = self.namesake.value() != OTHER and self.receiver.before is None
        return known, _person_of(values, known), ask


def person_values(hit: PersonHit) -> Values:
    """What a record's form shows of its receiver."""
    return {
        "name": hit,
        "birth_year": hit.birth_year,
        "member": hit.member,
        "citizen_id": hit.citizen_id or None,
    }


def without_number(person: Person) -> Person:
    """For checks that would read a number of which only the cover is at hand."""
    return replace(person, citizen_id="") if COVERED in person.citizen_id else person


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
