"""The fields that a kind of activity has beyond those of every activity, as its catalogue entry says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from congdoan_desktop.domain.activities import Activity, Detail
from congdoan_desktop.domain.catalogue import Entry
from congdoan_desktop.domain.document_codes import is_code
from congdoan_desktop.errors import Finding

OF_RECORD = frozenset({"workplace", "members", "count", "number", "until", "grade", "organiser", "people"})
"""Fields of Activity; every other name is kept in `Activity.details`."""
_TYPES = frozenset({"count", "day", "code", "choice", "level", "people", "workplace", "yes_no"})
_RECORD_ALONE = frozenset({"people", "workplace"})
"""Types of which no field is kept in `Activity.details`."""
_PAIR = 2
YES = "yes"


@dataclass(frozen=True, slots=True)
class KindField:
    """One field. `type` is one of "count", "day", "code", "choice", "level", "people", "workplace", "yes_no"."""

    name: str
    caption: str
    type: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """(code, name), for a choice."""


def fields_of(kind: Entry) -> tuple[KindField, ...]:
    """In the order of the form; fields of a type that a newer program knows are left out."""
    rows: list[Mapping[str, Any]] = kind.more.get("field", [])
    return tuple(_field(row) for row in rows if row.get("type") in _TYPES)


def faults(kind: Entry) -> tuple[str, ...]:
    """What is wrong with the fields that a kind names, in sentences; types of newer programs are let be."""
    rows = kind.more.get("field", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return ("field phải là các mục [[entry.field]]",)
    wrong = (number for number, row in enumerate(rows, 1) if not _fits(row))
    return tuple(f"mục riêng {number}: thiếu hoặc sai name, caption, type, choices" for number in wrong)


def _fits(row: Mapping[str, Any]) -> bool:
    if isinstance(row.get("type"), str) and row["type"] not in _TYPES:
        return True
    told = all(isinstance(row.get(name), str) and row[name] for name in ("name", "caption", "type"))
    choices = row.get("choices", [])
    pairs = isinstance(choices, list) and all(isinstance(one, list) and len(one) == _PAIR for one in choices)
    return told and pairs and (row["type"] not in _RECORD_ALONE or row["name"] == row["type"])


def is_for_workplaces(kind: Entry) -> bool:
    return kind.more.get("subject") == "workplace"


def has_participants(kind: Entry) -> bool:
    """Whether their number must be given; not for what is only signed, sent or awarded."""
    return bool(kind.more.get("participants", True))


def value_of(activity: Activity, field: KindField) -> Any:
    """What stands in the field: int, date, str, tuple of ids, True or False, or None; None also for what a sender wrote
    that is none of its type.
    """
    if field.name in OF_RECORD:
        return getattr(activity, field.name) or None
    text = next((detail.value for detail in activity.details if detail.name == field.name), "")
    try:
        return _OUT[field.type](text) if text else None
    except ValueError:
        return None


def with_values(activity: Activity, fields: tuple[KindField, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of Activity to replace: what this kind has, and nothing of another kind's."""
    given: dict[str, Any] = {name: _EMPTY[name] for name in OF_RECORD}
    details = []
    for field in fields:
        value = values.get(field.name)
        if value in (None, "", (), False):
            continue
        if field.name in OF_RECORD:
            given[field.name] = value
        else:
            details.append(Detail(field.name, _IN[field.type](value)))
    kept = tuple(detail for detail in activity.details if detail.name not in {field.name for field in fields})
    return {**given, "details": (*kept, *details)}


def validate_kind(activity: Activity, kind: Entry) -> tuple[Finding, ...]:
    """All findings of the fields that the kind has."""
    return tuple(finding for field in fields_of(kind) for finding in _found(activity, field))


def _found(activity: Activity, field: KindField) -> Iterator[Finding]:
    value = value_of(activity, field)
    if value is None:
        if field.required:
            yield Finding(field.name, f"Ghi “{field.caption}”.")
        return
    if field.type == "count" and value < 0:
        yield Finding(field.name, f"“{field.caption}” không được âm.")
    if field.name == "members" and value > activity.participants:
        yield Finding(field.name, "Số đoàn viên nhiều hơn số người tham gia. Sửa một trong hai số.")
    if field.type == "code" and not is_code(value):
        yield Finding(field.name, "Chỉ ghi số, ký hiệu, ví dụ 12/QĐ-CĐX; chữ khác ghi ở Ghi chú.")
    if field.name == "until" and value < activity.starts:
        yield Finding(field.name, "Hết hiệu lực trước ngày ký. Xem lại hai ngày.")
    if field.type == "choice" and value not in dict(field.choices):
        yield Finding(field.name, f"Chọn lại “{field.caption}”.", warning=True)


def _field(row: Mapping[str, Any]) -> KindField:
    choices = tuple((str(code), str(name)) for code, name in row.get("choices", ()))
    return KindField(row["name"], row["caption"], row["type"], bool(row.get("required", False)), choices)


_EMPTY: Mapping[str, Any] = {
    "workplace": None,
    "members": None,
    "count": None,
    "number": "",
    "until": None,
    "grade": "",
    "organiser": "",
    "people": (),
}
_IN: Mapping[str, Any] = {
    "count": str,
    "day": date.isoformat,
    "code": str,
    "choice": str,
    "level": str,
    "yes_no": lambda value: YES if value else "",
}
_OUT: Mapping[str, Any] = {
    "count": int,
    "day": date.fromisoformat,
    "code": str,
    "choice": str,
    "level": str,
    "yes_no": lambda text: text == YES,
}
