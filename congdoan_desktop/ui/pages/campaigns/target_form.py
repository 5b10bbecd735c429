"""Entering a target: the plan's own words, and how they are computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.indicators import Definition
from congdoan_desktop.services.definitions import shipped
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import ParsedField
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.campaigns.mark_values import exact, read_mark, written_mark
from congdoan_desktop.ui.pages.campaigns.part_kind import PartKind, Today, one_line
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.target_words import COMPARATOR_NAMES


class TargetForm(Form):
    """Choosing how it is counted proposes the unit of measure, and the mark as printed; nothing typed is changed."""

    def __init__(self, _today: Today) -> None:
        super().__init__()
        self.add(NoteField("target_wording", "Câu chữ trong kế hoạch", required=True, lines=4, hint="Chép nguyên văn."))
        self.indicator = ChoiceField("target_indicator", "Cách tính", (), required=True)
        self.add(self.indicator)
        self.add(
            ChoiceField("target_op", "So sánh", list(COMPARATOR_NAMES.items()), required=True),
            ParsedField("target_value", "Con số", read_mark, written_mark, required=True),
        )
        self.add(TextField("target_measure", "Đơn vị tính", required=True, limit=60))
        self.add(TextField("target_level", "Mức in trong báo cáo", required=True, limit=120))
        self.add(TextField("target_note", "Không tính (ngoài …)", limit=300))
        self.part_of = ChoiceField("target_within", "Là “trong đó” của chỉ tiêu", ())
        self.add(self.part_of)
        self._known = dict(shipped())
        self.offer((), ())
        self.field("target_wording").enter_moves = True
        self.left.connect(self._propose)

    def offer(self, definitions: Sequence[Definition], targets: Sequence[Target]) -> None:
        """What a target may choose: the plan's own definitions before those of the catalogue, and the other targets."""
        own = {one.code: one for one in definitions}
        self._known = {**own, **shipped(), **own}
        self.indicator.set_choices([(code, one.name) for code, one in self._known.items()])
        self.part_of.set_choices([(one.id, f"{at}. {one.wording}") for at, one in enumerate(targets, 1)])

    def _propose(self, left: str) -> None:
        values = self.values()
        indicator = self._known.get(text(values["target_indicator"]))
        if left == "target_indicator" and indicator and values["target_measure"] is None:
            self.field("target_measure").set_value(_measure(indicator))
        op, value, measure = values["target_op"], values["target_value"], values["target_measure"]
        if left == "target_measure" and op and measure and isinstance(value, int) and values["target_level"] is None:
            said = COMPARATOR_NAMES[text(op)]
            self.field("target_level").set_value(
                f"{said[:1].upper()}{said[1:]} {value:02}{'' if measure == '%' else ' '}{measure}"
            )


def _measure(indicator: Definition) -> str:
    """What the number is of: per cent of a population, activities of each CĐCS, or the things counted."""
    if indicator.per_unit:
        return "hoạt động/CĐCS"
    return "%" if indicator.population else indicator.noun


def _part(values: Values, old: Target | None) -> Target:
    base = old or Target(new_id(), "", "", "", 0, "", "")
    value, typed = exact(values["target_value"])
    decimals = max(typed, base.decimals)  # in which marks of single unions are kept too
    return replace(
        base,
        wording=one_line(values["target_wording"]),
        indicator=text(values["target_indicator"]),
        op=text(values["target_op"]),
        value=value * 10 ** (decimals - typed),
        decimals=decimals,
        unit_of_measure=text(values["target_measure"]),
        level_text=text(values["target_level"]),
        note=text(values["target_note"]),
        within=text(values["target_within"]) if text(values["target_within"]) != base.id else "",
    )


def _values(target: Target) -> Values:
    return {
        "target_wording": target.wording,
        "target_indicator": target.indicator,
        "target_op": target.op,
        "target_value": Decimal(target.value).scaleb(-target.decimals) if target.decimals else target.value,
        "target_measure": target.unit_of_measure,
        "target_level": target.level_text,
        "target_note": target.note,
        "target_within": target.within or None,
    }


def _row(target: Target) -> dict[str, object]:
    known = shipped().get(target.indicator)
    return {"wording": target.wording, "level": target.level_text, "how": known.name if known else target.indicator}


TARGETS = PartKind(
    key="targets",
    title="Chỉ tiêu",
    one="chỉ tiêu",
    icon="list-checks",
    belongs="Chỉ tiêu bằng số của kế hoạch. Kế hoạch không có thì để trống.",
    columns=(
        Column("number", "Số", 52, "number"),
        Column("wording", "Câu chữ trong kế hoạch", None, "name", under="how", least=200),
        Column("level", "Mức", 190),
    ),
    form=TargetForm,
    row=_row,
    part=_part,
    values=_values,
)
