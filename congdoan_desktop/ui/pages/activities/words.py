"""How the fields of an activity are called and written, in its history and where two versions stand side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from congdoan_desktop.domain.activity_kinds import YES, KindField
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.pages.activities.form import STATES
from congdoan_desktop.ui.pages.activities.record import FUNDS, KINDS, LEVELS, kind_fields

LABELS: Mapping[str, str] = {
    "unit": "CĐCS",
    "campaign": "Kế hoạch",
    "kind": "Loại hoạt động",
    "title": "Tên hoạt động",
    "state": "Tình trạng",
    "workplace": "Cơ quan, doanh nghiệp",
    "starts": "Từ ngày",
    "ends": "Đến ngày",
    "place": "Địa điểm",
    "participants": "Số người",
    "women": "Trong đó nữ",
    "members": "Trong đó đoàn viên",
    "count": "Số lượng",
    "number": "Số văn bản",
    "until": "Có hiệu lực đến",
    "grade": "Xếp loại",
    "organiser": "Cấp tổ chức",
    "people": "Người tham gia",
    "details": "Mục riêng của loại",
    "cost": "Kinh phí (đồng)",
    "source": "Nguồn chi",
    "counts": "Tính vào chỉ tiêu",
    "note": "Ghi chú",
}


def written(field: str, value: object) -> str:
    """A value as the form shows it; "–" for none."""
    if value in (None, "", (), []):
        return "–"
    if field in _WRITTEN:
        return _WRITTEN[field](value)
    if isinstance(value, date):
        return short_date(value)
    return group_thousands(value) if isinstance(value, int) else str(value)


def _details(held: object) -> str:
    found = [_detail(one) for one in held] if isinstance(held, (tuple, list)) else []
    return "; ".join(found) or "–"


def _detail(one: object) -> str:
    name, value = (one["name"], one["value"]) if isinstance(one, Mapping) else ("", str(one))
    field = next((field for field in _every_field() if field.name == name and _fits(field, value)), None)
    if field is None:
        return f"{name}: {value}"
    return f"{field.caption}: {_plain(field, value)}"


def _plain(field: KindField, value: str) -> str:
    if field.type == "level":
        return catalogue().name(LEVELS, value)
    if field.type == "yes_no":
        return "có" if value == YES else "không"
    if field.type == "count" and value.isdecimal():
        return group_thousands(int(value))
    return dict(field.choices).get(value, value)


def _choice(name: str, code: str) -> str:
    return next((dict(f.choices)[code] for f in _every_field() if f.name == name and code in dict(f.choices)), code)


def _fits(field: KindField, value: str) -> bool:
    """Kinds share names of fields, with choices of their own."""
    return field.type != "choice" or value in dict(field.choices)


def _every_field() -> list[KindField]:
    return [field for kind in catalogue().entries(KINDS) for field in kind_fields(kind.code)]


_WRITTEN: Mapping[str, Callable[[object], str]] = {
    "kind": lambda code: catalogue().name(KINDS, str(code)),
    "source": lambda code: catalogue().name(FUNDS, str(code)),
    "organiser": lambda code: catalogue().name(LEVELS, str(code)),
    "state": lambda code: dict(STATES).get(str(code), str(code)),
    "counts": lambda on: "Có" if on else "Không",
    "grade": lambda code: _choice("grade", str(code)),
    "people": lambda ids: f"{len(ids)} người" if isinstance(ids, (tuple, list)) else str(ids),
    "details": _details,
}
