"""Entering the marks given to single unions, where they differ from the target's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from congdoan_desktop.domain.campaigns import Target, UnitMark
from congdoan_desktop.errors import Finding
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import ParsedField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.pages.campaigns.mark_values import exact, read_mark, written_mark
from congdoan_desktop.ui.pages.campaigns.part_kind import PartKind, Today
from congdoan_desktop.ui.pages.entry.values import text

_DECIMALS = "mark_decimals"
"""Not a field: how many decimals the chosen target's own mark has, in which this one is kept."""


class MarkForm(Form):
    def __init__(self, _today: Today) -> None:
        super().__init__(_check)
        self._targets: dict[str, Target] = {}
        self.target = ChoiceField("mark_target", "Chỉ tiêu", (), required=True)
        self.unit = SearchChoiceField("mark_unit", "Đơn vị", required=True, placeholder="")
        self.add(self.target)
        self.add(self.unit)
        self.add(ParsedField("mark_value", "Mức giao cho đơn vị này", read_mark, written_mark, required=True))

    def offer(self, targets: Sequence[Target], units: Iterable[tuple[str, str]]) -> None:
        self._targets = {one.id: one for one in targets}
        self.target.set_choices([(one.id, f"{at}. {one.wording}") for at, one in enumerate(targets, 1)])
        self.unit.set_options([Option(id_, name) for id_, name in units])

    def rescaled(self, marks: Iterable[UnitMark], targets: Iterable[Target]) -> list[UnitMark]:
        """The marks in the decimals that their targets have come to; a target never loses one."""
        grown = {one.id: one.decimals - self._targets[one.id].decimals for one in targets if one.id in self._targets}
        return [replace(mark, value=mark.value * 10 ** max(grown.get(mark.target, 0), 0)) for mark in marks]

    def values(self) -> Values:
        found = super().values()
        return {**found, _DECIMALS: self._decimals(found["mark_target"])}

    def set_values(self, values: Mapping[str, object]) -> None:
        shown = self.scaled(values.get("mark_value"), values.get("mark_target"))
        super().set_values({**values, "mark_value": shown})

    def scaled(self, value: object, target: object) -> object:
        """A mark as it is kept, in the decimals of its target: 975 with one of them is 97,5."""
        decimals = self._decimals(target)
        return Decimal(value).scaleb(-decimals) if isinstance(value, int) and decimals else value

    def _decimals(self, target: object) -> int:
        known = self._targets.get(str(target))
        return known.decimals if known else 0


def _check(values: Values) -> tuple[Finding, ...]:
    if values["mark_value"] is None or exact(values["mark_value"])[1] <= _places(values):
        return ()
    places = f"không quá {_places(values)} chữ số sau dấu phẩy" if _places(values) else "không có số lẻ"
    return (Finding("mark_value", f"Mức của chỉ tiêu này {places}. Sửa mức cho cùng cách ghi."),)


def _places(values: Values) -> int:
    places = values[_DECIMALS]
    return places if isinstance(places, int) else 0


def _mark(values: Values, _: UnitMark | None) -> UnitMark:
    value, decimals = exact(values["mark_value"])
    return UnitMark(text(values["mark_target"]), text(values["mark_unit"]), value * 10 ** (_places(values) - decimals))


def _shown(form: Form, row: dict[str, object]) -> dict[str, object]:
    assert isinstance(form, MarkForm)
    return {**row, "value": written_mark(form.scaled(row["value"], row["target"]))}


MARKS = PartKind(
    key="marks",
    title="Mức từng đơn vị",
    one="mức",
    icon="flag",
    belongs="Mức giao riêng cho một đơn vị, khi khác mức chung của chỉ tiêu. Kế hoạch gửi xuống mang nó theo.",
    columns=(
        Column("number", "Số", 52, "number"),
        Column("unit", "Đơn vị", None, "name", under="target", least=220),
        Column("value", "Mức", 100, "number"),
    ),
    form=MarkForm,
    row=lambda one: {"unit": one.unit, "target": one.target, "value": one.value},
    part=_mark,
    values=lambda one: {"mark_target": one.target, "mark_unit": one.unit, "mark_value": one.value},
    shown=_shown,
)
