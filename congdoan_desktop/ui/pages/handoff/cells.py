"""The cells of a record or of a target that a finding can point at, as their forms call them."""

from __future__ import annotations

from collections.abc import Mapping

from congdoan_desktop.services.reviews import Subject
from congdoan_desktop.ui.pages.activities.words import LABELS

_CELLS: Mapping[str, tuple[str, ...]] = {
    "activity": tuple(LABELS.values()),
    "support": (
        "Người nhận", "Nguyên nhân", "Hình thức", "Tiền mặt", "Giá trị hiện vật", "Hiện vật", "Nguồn chi", "Ngày",
        "Quyết định", "Ký nhận ngày", "Ghi chú",
    ),
    "headcount": ("Ngày", "Số lao động", "Số đoàn viên", "Trong đó nữ"),
    "unit": ("Tên đơn vị", "Tên ngắn", "Mã đơn vị", "Loại đơn vị", "Địa chỉ"),
}  # fmt: skip
_OF_TARGET = ("Tử số", "Mẫu số")


def cells(subject: Subject) -> tuple[str, ...]:
    return _OF_TARGET if subject.target else _CELLS.get(subject.type, ())
