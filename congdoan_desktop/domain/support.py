"""Support (chăm lo): who was helped, why, with what, out of which fund, by which decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.domain.document_codes import is_code
from congdoan_desktop.errors import Finding


@dataclass(frozen=True, slots=True)
class SupportRecord:
    """One support given. Cash and the value of goods in đồng; `person` is the id of a Person.

    Of a collective `person` is empty and `group` names it. `need` is the id of the need it answers. `signed` is the day
    the receiver signed for it, None while nobody has marked that. `again` is why somebody was given the same once more
    in the same programme and year (rule B10).
    """

    TYPE: ClassVar[str] = "support"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"goods", "note", "group", "again"})

    unit: str
    person: str
    campaign: str | None
    cause: str
    kind: str
    cash: int
    in_kind: int
    fund: str
    on: date
    decision: str = ""
    goods: str = ""
    note: str = ""
    signed: date | None = None
    need: str | None = None
    group: str = ""
    again: str = ""


def validate_support(record: SupportRecord, today: date) -> tuple[Finding, ...]:
    """All findings of a support record."""
    found: list[Finding] = []
    needed = (
        ("unit", "Chọn CĐCS của người nhận."),
        ("cause", "Chọn nguyên nhân."),
        ("kind", "Chọn hình thức chăm lo."),
    )
    found.extend(Finding(name, sentence) for name, sentence in needed if not getattr(record, name))
    if not record.fund:
        found.append(Finding("fund", "Chọn nguồn chi (quỹ)."))
    if min(record.cash, record.in_kind) < 0:
        found.append(Finding("cash", "Số tiền không được âm."))
    elif record.cash + record.in_kind == 0:
        found.append(Finding("cash", "Ghi số tiền hoặc giá trị hiện vật."))
    if record.decision and not is_code(record.decision):
        found.append(Finding("decision", "Chỉ ghi số, ký hiệu quyết định, ví dụ 12/QĐ-CĐX; chữ khác ghi ở Ghi chú."))
    if record.in_kind and not record.goods:
        found.append(Finding("goods", "Ghi hiện vật là gì, ví dụ “10 kg gạo, 01 chăn”.", warning=True))
    if record.signed is not None and record.signed < record.on:
        found.append(Finding("signed", "Ngày ký nhận trước ngày trao; xem lại.", warning=True))
    if record.on > today:
        found.append(Finding("on", "Ngày này ở tương lai. Khoản chăm lo ghi khi đã trao; xem lại ngày.", warning=True))
    return tuple(found)
