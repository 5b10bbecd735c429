"""Putting an indicator together without code: of whom, under which conditions, what must be done, by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.indicators import Condition, Criterion, Definition, faults
from congdoan_desktop.domain.money import parse_count
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.definitions import shipped
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.number_fields import CountField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.campaigns import definition_words as words
from congdoan_desktop.ui.pages.campaigns.part_kind import PartKind, Today, one_line
from congdoan_desktop.ui.pages.entry.values import text

_SLOTS = (1, 2, 3, 4)
_FIXED = (
    ("union:", "Có CĐCS"),
    ("member:", "Là đoàn viên"),
    ("rating:tot,xuat_sac", "Xếp loại hoàn thành tốt trở lên"),
    ("rating:xuat_sac", "Xếp loại hoàn thành xuất sắc"),
    ("training:", "Đã dự tập huấn"),
    ("training:trung_uong,tinh,cap_tren", "Đã dự lớp của công đoàn cấp trên"),
    ("plan:", "Có kế hoạch riêng thực hiện kế hoạch này"),
    ("merged:", "Đã ghép với CĐCS khác"),
    ("support:", "Được chăm lo"),
)
_LISTS = (("kind", "workplace_kinds"), ("kind", "unit_kinds"), ("ownership", "ownerships"), ("level", "levels"))
_UNION = (("1", "Đã có công đoàn"), ("0", "Chưa có công đoàn"))


class DefinitionForm(Form):
    """Only what the population allows is taken; what does not fit is a finding before anything is saved."""

    def __init__(self, _today: Today) -> None:
        super().__init__(_check)
        self.add(TextField("def_name", "Tên cách tính", required=True, limit=200))
        populations = [(code or "-", name[:1].upper() + name[1:]) for code, name in words.POPULATION_NAMES.items()]
        self.add(ChoiceField("def_population", "Tính trên (mẫu số)", populations, required=True))
        self.add(TextField("def_noun", "Gọi là", required=True, limit=40, placeholder="doanh nghiệp"))
        self.of = MultiUnitField("def_of", "Chỉ gồm (bỏ trống: tất cả)", _of_whom(), rows=5)
        self.of.search.setAccessibleName("Tìm loại, thành phần, cấp")
        self.of.search.setObjectName("def_of_search")
        self.of.all.setObjectName("def_of_all")
        self.add(self.of)
        self.add(
            CountField("def_workers", "Từ … lao động", parse=parse_count),
            CountField("def_under", "Dưới … đoàn viên", parse=parse_count),
        )
        self.add(ChoiceField("def_union", "Công đoàn", _UNION))
        for name, said in (("baseline", "Trong danh sách CĐCS nhỏ đã chốt"), ("full_time", "Cán bộ chuyên trách")):
            self.add(CheckField(f"def_{name}", said))
        self.add(CheckField("def_rated", "Chỉ công đoàn đã được xếp loại"))
        times = [(code, name[:1].upper() + name[1:]) for code, name in words.TIME_NAMES.items()]
        for slot in _SLOTS:
            self.add(SearchChoiceField(f"def_what{slot}", f"Tiêu chí {slot}"))
            self.add(
                ChoiceField(f"def_time{slot}", "Khi", times),
                CountField(f"def_least{slot}", "Ít nhất … lần", parse=parse_count),
                stretch=(2, 1),
            )
        measures = [(code, name[:1].upper() + name[1:]) for code, name in words.MEASURE_NAMES.items()]
        self.add(ChoiceField("def_measure", "Đếm gì (khi không có mẫu số)", measures))
        self.add(CheckField("def_linked", "Chỉ hồ sơ ghi cho kế hoạch này"))
        self.add(CheckField("def_counted", "Chỉ hoạt động được đánh dấu tính chỉ tiêu"))
        self.add(CheckField("def_per_unit", "Mức đặt cho từng CĐCS"))
        within = (("denominator", "Toàn bộ đối tượng của chỉ tiêu trên"), ("numerator", "Số đã đạt chỉ tiêu trên"))
        self.add(ChoiceField("def_within", "Khi là “trong đó”", within))
        self.add(ChoiceField("def_source", "Nguồn số liệu", list(words.SOURCE_NAMES.items()), required=True))
        self.offer(())

    def offer(self, definitions: Iterable[Definition]) -> None:
        """The criteria to choose from: the catalogues', and those that the plan has already."""
        known = dict(_whats())
        known |= {_key(one): one.name for made in definitions for one in made.criteria if _key(one) not in known}
        for slot in _SLOTS:
            field = self.field(f"def_what{slot}")
            assert isinstance(field, SearchChoiceField)
            field.set_options([Option(code, name) for code, name in known.items()])


def _of_whom() -> list[tuple[str, str]]:
    return [(f"{list_}:{entry.code}", entry.name) for _, list_ in _LISTS for entry in catalogue().entries(list_)]


def _whats() -> list[tuple[str, str]]:
    kinds = [(f"activity:{one.code}", f"Hoạt động: {one.name}") for one in catalogue().entries("activity_kinds")]
    causes = [(f"support:{one.code}", f"Chăm lo: {one.name}") for one in catalogue().entries("support_causes")]
    stages = [(f"house:{one.code}", f"Mái ấm: {one.name}") for one in catalogue().entries("house_stages")]
    made = [(_key(one), one.name) for known in shipped().values() for one in known.criteria]
    listed = [*_FIXED, *kinds, *causes, *stages]
    return [*listed, *(pair for pair in made if pair[0] not in dict(listed))]


def _key(one: Criterion) -> str:
    """Source, codes, and what the fields of the kind must say: "activity:ung_ho_quy|fund=quy_xa_hoi"."""
    return "|".join((f"{one.source}:{','.join(one.codes)}", *one.details))


def _check(values: Values) -> tuple[Finding, ...]:
    if not values["def_population"] or not values["def_source"]:
        return ()
    wrong = faults(_definition(values, None))
    return (Finding("def_population", f"Chưa ghép được: {'; '.join(wrong)}."),) if wrong else ()


def _definition(values: Values, old: Definition | None) -> Definition:
    population = text(values["def_population"]).strip("-")
    return Definition(
        code=old.code if old else f"R-{new_id()[-8:].upper()}",
        name=one_line(values["def_name"]) or "?",
        population=population,
        conditions=tuple(_conditions(values)),
        criteria=tuple(_criteria(values, old)),
        measure=text(values["def_measure"]),
        per_unit=bool(values["def_per_unit"]),
        within=text(values["def_within"]),
        source=text(values["def_source"]),
        noun=one_line(values["def_noun"]),
    )


def _conditions(values: Values) -> Iterable[Condition]:
    chosen = values["def_of"] if isinstance(values["def_of"], tuple) else ()
    for field, list_ in _LISTS:
        codes = tuple(str(one).partition(":")[2] for one in chosen if str(one).startswith(f"{list_}:"))
        if codes:
            yield Condition(field, codes=codes)
    for name, field, op in (("def_workers", "headcount", "gte"), ("def_under", "members", "lt")):
        value = values[name]
        if isinstance(value, int):
            yield Condition(field, op, value)
    if values["def_union"] is not None:
        yield Condition("has_union", value=int(text(values["def_union"])))
    yield from (Condition(name, value=1) for name in ("baseline", "full_time", "rated") if values[f"def_{name}"])


def _criteria(values: Values, old: Definition | None) -> Iterable[Criterion]:
    """What a form cannot show of a criterion, such as a name given to it in a file, stays as it was."""
    before = {_key(one): one for one in old.criteria} if old else {}
    names = {code: name.partition(": ")[2] or name for code, name in _whats()}
    for slot in _SLOTS:
        what = values[f"def_what{slot}"]
        if what is None:
            continue
        of, *details = text(what).split("|")
        source, _, codes = of.partition(":")
        made = Criterion(names.get(text(what), ""), source, tuple(code for code in codes.split(",") if code))
        kept = before.get(text(what), replace(made, details=tuple(details)))
        time = text(values[f"def_time{slot}"]) or ("stock" if source in ("union", "member", "merged") else "period")
        least, is_done = values[f"def_least{slot}"], source == "activity"
        yield replace(
            kept,
            time=time,
            least=least if isinstance(least, int) and least > 0 else 1,
            linked=bool(values["def_linked"]),
            counted=bool(values["def_counted"]) and is_done,
        )


def _values(one: Definition) -> Values:
    by_field: dict[str, Condition] = {condition.field: condition for condition in one.conditions}
    found: dict[str, Any] = {
        "def_name": one.name,
        "def_population": one.population or "-",
        "def_noun": one.noun,
        "def_of": tuple(_chosen(one)),
        "def_workers": by_field["headcount"].value if "headcount" in by_field else None,
        "def_under": by_field["members"].value if "members" in by_field else None,
        "def_union": str(by_field["has_union"].value) if "has_union" in by_field else None,
        "def_measure": one.measure or None,
        "def_linked": any(criterion.linked for criterion in one.criteria),
        "def_counted": any(criterion.counted for criterion in one.criteria),
        "def_per_unit": one.per_unit,
        "def_within": one.within or None,
        "def_source": one.source,
    }
    found |= {f"def_{name}": name in by_field for name in ("baseline", "full_time", "rated")}
    for slot, criterion in zip(_SLOTS, one.criteria, strict=False):
        found |= {f"def_what{slot}": _key(criterion), f"def_time{slot}": criterion.time}
        found[f"def_least{slot}"] = criterion.least if criterion.least > 1 else None
    return found


def _chosen(one: Definition) -> Iterable[str]:
    for condition in one.conditions:
        if condition.codes:
            list_ = words.list_of(one, condition)
            yield from (f"{list_}:{code}" for code in condition.codes)


DEFINITIONS = PartKind(
    key="definitions",
    title="Cách tính riêng",
    one="cách tính",
    icon="table",
    belongs="Cách tính mà danh mục chưa có. Chỉ tiêu chọn nó ở tab Chỉ tiêu; kế hoạch gửi xuống mang nó theo.",
    columns=(
        Column("number", "Số", 52, "number"),
        Column("name", "Cách tính", None, "name", under="how", least=240),
        Column("base", "Mẫu số", 260, "quiet"),
    ),
    form=DefinitionForm,
    row=lambda one: {"name": one.name, "how": words.numerator(one), "base": words.denominator(one)},
    part=_definition,
    values=_values,
)
