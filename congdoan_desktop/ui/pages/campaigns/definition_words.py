"""What a definition counts, in sentences: the numerator and the denominator of a target."""

from __future__ import annotations

from collections.abc import Mapping

from congdoan_desktop.domain.indicators import BOTH, ENTERED, RECORDS, Condition, Criterion, Definition
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.pages.target_words import COMPARATOR_NAMES

POPULATION_NAMES: Mapping[str, str] = {
    "workplaces": "nơi làm việc",
    "workplace_workers": "người lao động của nơi làm việc",
    "unions": "công đoàn",
    "members": "đoàn viên các CĐCS",
    "workers": "người lao động ở các CĐCS",
    "officers": "cán bộ công đoàn đang giữ chức vụ",
    "needs": "đoàn viên khó khăn: đã được giúp, có nhu cầu đang chờ, hoặc đơn vị đã lên danh sách",
    "": "không có, đếm tổng",
}
SOURCE_NAMES: Mapping[str, str] = {
    RECORDS: "Từ sổ",
    ENTERED: "Đơn vị tự đếm",
    BOTH: "Cả hai, cho thấy chỗ lệch",
}
TIME_NAMES: Mapping[str, str] = {
    "period": "trong kỳ",
    "year": "trong năm của ngày cuối kỳ",
    "cumulative": "từ đầu kế hoạch đến cuối kỳ",
    "in_force": "còn hiệu lực vào ngày cuối kỳ",
    "stock": "vào ngày cuối kỳ",
}
MEASURE_NAMES: Mapping[str, str] = {
    "activities": "số hoạt động",
    "count": "số người, số việc hoạt động ghi (ghi tên thì mỗi người một lần)",
    "participants": "số lượt người dự",
    "supports": "số lượt chăm lo",
    "houses": "số nhà Mái ấm Công đoàn, mỗi nhà một lần",
    "people": "số người được chăm lo, mỗi người một lần trong một đơn vị",
}
_CATALOGUE_OF: Mapping[str, Mapping[str, str]] = {
    "kind": {"workplaces": "workplace_kinds", "workplace_workers": "workplace_kinds"},
    "ownership": {"": "ownerships"},
    "level": {"": "levels"},
}
_PEOPLE_SUMMED = (
    "Mỗi CĐCS tính số người của lần đông nhất hoặc số người ghi tên, lấy số lớn hơn; không cộng dồn các lần. "
    "Cộng nhiều CĐCS có thể trùng người dự ở hai nơi."
)


def numerator(definition: Definition) -> str:
    """Who counts: each criterion with its time."""
    parts = [f"{one.name[:1].lower()}{one.name[1:]} ({_when(one)})" for one in definition.criteria]
    if not definition.population:
        return f"{MEASURE_NAMES[definition.measure]}: {'; '.join(parts)}."
    said = f"{definition.noun or 'đối tượng'} {' và '.join(parts) or 'do đơn vị tự đếm'}."
    is_reach = definition.population in ("members", "workers") and any(
        c.source == "activity" for c in definition.criteria
    )
    return f"{said} {_PEOPLE_SUMMED}" if is_reach else said


def _when(one: Criterion) -> str:
    return f"ít nhất {one.least} lần, {TIME_NAMES[one.time]}" if one.least > 1 else TIME_NAMES[one.time]


def denominator(definition: Definition) -> str:
    """Whom the target is about, with the conditions."""
    if definition.per_unit:
        return "tất cả CĐCS; mức đặt cho từng CĐCS."
    parts = [condition(definition, one) for one in definition.conditions]
    return ", ".join([POPULATION_NAMES[definition.population], *parts]) + "."


def condition(definition: Definition, one: Condition) -> str:
    if one.field in ("headcount", "members"):
        people = "lao động" if one.field == "headcount" else "đoàn viên"
        return f"{COMPARATOR_NAMES[one.op]} {one.value} {people}"
    if one.field in _FLAGS:
        return _FLAGS[one.field][bool(one.value)]
    if one.field == "baseline":
        return "trong danh sách CĐCS nhỏ đã chốt"
    return (
        f"{_FIELDS[one.field]} {' hoặc '.join(catalogue().name(list_of(definition, one), code) for code in one.codes)}"
    )


def list_of(definition: Definition, one: Condition) -> str:
    """The catalogue that the codes of a condition come from."""
    lists = _CATALOGUE_OF[one.field]
    return lists.get(definition.population, lists.get("", "unit_kinds"))


_FLAGS: Mapping[str, tuple[str, str]] = {
    "has_union": ("chưa có công đoàn", "có công đoàn"),
    "full_time": ("không chuyên trách", "chuyên trách"),
    "rated": ("chưa xếp loại", "đã xếp loại"),
}
_FIELDS: Mapping[str, str] = {"kind": "loại", "ownership": "thành phần", "level": "cấp"}
