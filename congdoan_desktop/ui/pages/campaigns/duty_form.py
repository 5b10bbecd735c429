"""Entering a report owed: on its day, or again and again at the end of each period (rule B04)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from congdoan_desktop.domain.campaigns import Duty
from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.duties import DAY_COUNTS, DAY_IS_LATE
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.choice_fields import ChoiceField, RadioField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.campaigns import words
from congdoan_desktop.ui.pages.campaigns.part_kind import Today, day_field, departments, one_line
from congdoan_desktop.ui.pages.entry.values import text

CADENCES: Mapping[str, str] = {
    "month": "Hằng tháng",
    "quarter": "Hằng quý",
    "half": "6 tháng đầu năm, cuối năm",
    "year": "Hằng năm",
    "statistics": "Thống kê: chốt 31/5 và 30/11",
}
BEFORE = "before"
_DUE_WORDS = {BEFORE: "trước ngày", "no_later_than": "chậm nhất ngày"}
_CHOICES = ((DAY_COUNTS, "Còn kịp hạn"), (DAY_IS_LATE, "Đã trễ"))


class DutyForm(Form):
    """The day proposes the words of the plan; they are printed as the officer leaves them.

    What "trước ngày" means for the day itself is asked, never decided here (seed-facts, section 10).
    """

    def __init__(self, today: Today) -> None:
        super().__init__(_check)
        self.add(ChoiceField("duty_relation", "Hạn", list(words.RELATION_NAMES.items())))
        self.add(day_field("duty_due", "Ngày ghi trong kế hoạch", today))
        self.choice = RadioField("duty_choice", "Nộp đúng ngày này thì", _CHOICES)
        self.add(self.choice)
        self.cadence = MultiUnitField("duty_cadence", "Hoặc báo cáo định kỳ", CADENCES.items(), rows=len(CADENCES))
        self.cadence.search.hide()
        self.cadence.all.setObjectName("duty_cadence_all")
        self.add(self.cadence)
        self.add(TextField("duty_wording", "Hạn, như in trong kế hoạch", required=True))
        self.add(NoteField("duty_who", "Ai báo cáo", required=True, lines=3))
        levels = [(entry.code, entry.name) for entry in catalogue().entries("levels")]
        said = "Nhắc các cấp (bỏ trống: mọi nơi nhận)"
        self.levels = MultiUnitField("duty_levels", said, levels, rows=len(levels))
        self.levels.search.hide()
        self.levels.all.setObjectName("duty_levels_all")
        self.add(self.levels)
        self.add(TextField("duty_to", "Nộp về", required=True))
        self.add(SearchChoiceField("duty_via", "Qua ban", departments(), free=True, placeholder=""))
        self.field("duty_who").enter_moves = True
        self.left.connect(self._propose)
        self.field("duty_relation").edited.connect(self._fit)
        self.choice.hide()

    def set_values(self, values: Mapping[str, object]) -> None:
        super().set_values(values)
        self._fit()

    def set_raw(self, raw: Mapping[str, object]) -> None:
        super().set_raw(raw)
        self._fit()

    def _fit(self) -> None:
        self.choice.setVisible(self.field("duty_relation").value() == BEFORE)

    def _propose(self, left: str) -> None:
        values = self.values()
        due, relation = values["duty_due"], text(values["duty_relation"])
        if left == "duty_due" and isinstance(due, date) and relation and values["duty_wording"] is None:
            self.field("duty_wording").set_value(f"{_DUE_WORDS[relation]} {cited_date(due)}")


def _check(values: Values) -> tuple[Finding, ...]:
    due, relation = values["duty_due"], values["duty_relation"]
    if due is None:
        text_ = "Ghi ngày, hoặc chọn kỳ báo cáo ở dưới."
        return () if values["duty_cadence"] else (Finding("duty_due", text_),)
    if relation is None:
        return (Finding("duty_relation", "Chọn “trước ngày” hay “chậm nhất ngày”, như kế hoạch ghi."),)
    if relation == BEFORE and values["duty_choice"] is None:
        text_ = "Kế hoạch ghi “trước ngày”: hỏi nơi ban hành. Khi chưa chọn, chương trình nhắc theo ngày sớm hơn."
        return (Finding("duty_choice", text_, warning=True),)
    return ()


def duty_of(values: Values, _: Duty | None) -> Duty:
    due = values["duty_due"]
    relation = text(values["duty_relation"])
    return Duty(
        wording=text(values["duty_wording"]),
        who=one_line(values["duty_who"]),
        to=text(values["duty_to"]),
        via=text(values["duty_via"]),
        due=due if isinstance(due, date) else None,
        relation=relation,
        cadence=_codes(values["duty_cadence"]),
        levels=_codes(values["duty_levels"]),
        choice=text(values["duty_choice"]) if relation == BEFORE else "",
    )


def _codes(value: object) -> tuple[str, ...]:
    return tuple(str(code) for code in value) if isinstance(value, tuple) else ()


def values_of(duty: Duty) -> Values:
    return {
        "duty_relation": duty.relation or None,
        "duty_due": duty.due,
        "duty_choice": duty.choice or None,
        "duty_cadence": duty.cadence,
        "duty_levels": duty.levels,
        "duty_wording": duty.wording,
        "duty_who": duty.who,
        "duty_to": duty.to,
        "duty_via": duty.via,
    }
