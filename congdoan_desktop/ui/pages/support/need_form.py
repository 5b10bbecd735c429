"""The form of a need: whom it is about, why, what is thought of, who agreed, and the stages of a house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.money import group_thousands, money_in_words, parse_money
from congdoan_desktop.domain.needs import COLLECTIVE, HOUSES, OUTSIDE, Need, Stage, validate_need
from congdoan_desktop.domain.persons import Person, validate_person
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.kit.number_fields import MoneyField
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.values import day, number, text
from congdoan_desktop.ui.pages.support.lines_field import Line, LineColumn, LinesField, amount
from congdoan_desktop.ui.pages.support.receiver_form import ReceiverForm, without_number

BENEFICIARIES, HOUSEHOLDS, WAYS, STAGES = "beneficiaries", "household_statuses", "consent_ways", "house_stages"
CAUSES, KINDS = "support_causes", "support_kinds"
REPEATED = ("campaign", "unit", "on", "beneficiary", "cause", "kind", "reporter")
_OF_A_PERSON = ("household", "consent_on", "consent_way", "withdrawn_on")


@dataclass(frozen=True, slots=True)
class Given:
    """What a filled form means: the need, and whom it is about where new or better known than before."""

    need: Need
    person: Person | None
    amended: Person | None
    ask: bool


class NeedForm(ReceiverForm):
    def __init__(self) -> None:
        super().__init__(self._check)
        self.receiver.set_caption("Người có nhu cầu")
        self.beneficiary = ChoiceField("beneficiary", "Đối tượng", entries(BENEFICIARIES), required=True)
        self.kind = ChoiceField("kind", "Hình thức dự kiến", entries(KINDS), required=True)
        self.relation = TextField("relation", "Quan hệ với công đoàn", placeholder="mẹ của đoàn viên Lò Văn Inh")
        self.stages = LinesField("stages", "Các bước làm nhà", _STAGE_COLUMNS, grows=True)
        self._build()
        self.beneficiary.edited.connect(self._beneficiary_changed)
        self.kind.edited.connect(self._show_stages)

    def _build(self) -> None:
        self.add(self.beneficiary)
        self.add_receiver()
        self.add(self.member)
        self.add(self.relation)
        self.add(self._day("on", "Ngày báo", required=True), TextField("reporter", "Người báo"))
        self.add(ChoiceField("cause", "Nguyên nhân", entries(CAUSES), required=True))
        self.add(NoteField("circumstances", "Hoàn cảnh", lines=3))
        self.add(ChoiceField("household", "Diện hộ", entries(HOUSEHOLDS)))
        self.add(self.kind)
        self.add(self.stages)
        self.add(MoneyField("estimate", "Mức dự kiến (đồng)", money_in_words, parse=parse_money))
        self.add(self.campaign)
        self.add_heading("Đồng ý cho nêu hoàn cảnh")
        way = ChoiceField("consent_way", "Cách ghi nhận", entries(WAYS), placeholder="Chưa có sự đồng ý")
        self.add(self._day("consent_on", "Ngày đồng ý"), way)
        self.add(NoteField("note", "Ghi chú", lines=2))
        self.add_heading("Về sau")
        self.add(self._day("withdrawn_on", "Rút lại đồng ý ngày"), self._day("closed_on", "Hết nhu cầu ngày"))
        self.stages.hide()
        self.relation.hide()

    def _day(self, name: str, caption: str, *, required: bool = False) -> DateField:
        return DateField(name, caption, self.read_day, lambda value: short_date(day(value)), required=required)

    def set_collective(self, on: bool) -> None:
        super().set_collective(on)
        self.receiver.set_caption("Tên tập thể" if on else "Người có nhu cầu")
        for name in _OF_A_PERSON:
            self.field(name).setVisible(not on)

    def _settle_collective(self) -> None:
        self._settle_beneficiary()
        self._show_stages()

    def _beneficiary_changed(self) -> None:
        """Who is chosen first says whether it is a member; a person who is picked corrects it."""
        chosen = self.beneficiary.value()
        if chosen is not None and chosen != "nguyen_can_bo":
            self.member.set_value(chosen == "doan_vien")
        self._settle_beneficiary()

    def _settle_beneficiary(self) -> None:
        chosen = self.beneficiary.value()
        self.set_collective(chosen == COLLECTIVE)
        self.relation.setVisible(chosen in OUTSIDE)

    def _show_stages(self) -> None:
        self.stages.setVisible(self.kind.value() in HOUSES)

    def given(self, values: Values) -> Given:
        known, told, ask = self.told(values)
        if self.is_collective:
            return Given(need_of(values, None, self.desk().today), None, None, ask=False)
        need = need_of(values, known.id if known else None, self.desk().today)
        return Given(need, None if known else told, told if known else None, ask)

    def _check(self, values: Values) -> tuple[Finding, ...]:
        today = self.desk().today
        # A day that cannot be read is the field's own finding; the other fields are judged all the same.
        given = self.given({**values, "on": values["on"] or today})
        about = (*validate_need(given.need, today), *stage_findings(self.stages.lines(), today))
        if self.is_collective:
            return about
        person = given.person or given.amended
        assert person is not None
        return (*validate_person(without_number(person), today), *about)


def need_of(values: Values, person: str | None, today: date) -> Need:
    """The need that the form's values mean. `values` must hold the day of the report."""
    stages = values["stages"] if isinstance(values["stages"], tuple) else ()
    return Need(
        unit=text(values["unit"]),
        person=person,
        beneficiary=text(values["beneficiary"]),
        cause=text(values["cause"]),
        kind=text(values["kind"]),
        on=day(values["on"]),
        estimate=number(values["estimate"]),
        campaign=text(values["campaign"]) or None,
        consent_on=_maybe(values["consent_on"]),
        consent_way=text(values["consent_way"]),
        withdrawn_on=_maybe(values["withdrawn_on"]),
        closed_on=_maybe(values["closed_on"]),
        stages=tuple(made for line in stages if (made := _stage(line, today))),
        group=text(values["name"]) if values["beneficiary"] == COLLECTIVE else "",
        relation=text(values["relation"]),
        household=text(values["household"]),
        circumstances=text(values["circumstances"]),
        reporter=text(values["reporter"]),
        note=text(values["note"]),
    )


def values_of(need: Need) -> Values:
    names = (
        "unit", "beneficiary", "cause", "kind", "on", "campaign", "consent_on", "withdrawn_on", "closed_on", "relation",
        "household", "circumstances", "reporter", "note",
    )  # fmt: skip
    values: Values = {name: getattr(need, name) for name in names}
    return {
        **values,
        "name": need.group or None,
        "estimate": need.estimate or None,
        "consent_way": need.consent_way or None,
        "household": need.household or None,
        "stages": [_stage_line(stage) for stage in need.stages],
    }


def stage_findings(lines: list[Line], today: date) -> list[Finding]:
    """What is wrong with the lines of stages: each needs its name and its day."""
    return [
        Finding("stages", f"Bước {at}: chọn tên bước và ghi ngày, ví dụ 5/4/{today.year}.")
        for at, line in enumerate(lines, 1)
        if any(line.values()) and _stage(line, today) is None
    ]


def entries(name: str) -> list[tuple[object, str]]:
    return [(entry.code, entry.name) for entry in catalogue().entries(name)]


def words(name: str) -> tuple[tuple[str, str], ...]:
    """Choices of a cell."""
    return tuple((entry.code, entry.name) for entry in catalogue().entries(name))


_STAGE_COLUMNS = (
    LineColumn("stage", "Bước", 84, "choice", words(STAGES)),
    LineColumn("on", "Ngày", 74),
    LineColumn("amount", "Công đoàn", 74, "money"),
    LineColumn("others", "Nguồn khác", 0, "money"),
)


def _stage(line: Line, today: date) -> Stage | None:
    read: Callable[[str], int] = lambda name: amount(line.get(name, "")) or 0  # noqa: E731  # two uses in one call
    try:
        on = parse_day(line.get("on", ""), today=today)
    except ValueError:
        return None
    return Stage(line["stage"], on, read("amount"), read("others")) if line.get("stage") else None


def _stage_line(stage: Stage) -> Line:
    amounts = {name: group_thousands(value) if value else "" for name, value in
               (("amount", stage.amount), ("others", stage.others))}  # fmt: skip
    return {"stage": stage.stage, "on": short_date(stage.on), **amounts}


def _maybe(value: object) -> date | None:
    return value if isinstance(value, date) else None
