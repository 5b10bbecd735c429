"""Where people work: agencies, public-service units, enterprises, schools, cooperatives, with or without a union."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.domain.people import check_number
from congdoan_desktop.errors import Finding


@dataclass(frozen=True, slots=True)
class Workplace:
    """`unit` is the union that keeps the record; `kind`, `ownership` and `line` are codes of the catalogues.

    Records of two unions mean the same workplace when the tax codes are equal.
    """

    TYPE: ClassVar[str] = "workplace"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"contact", "note"})

    unit: str
    name: str
    kind: str
    ownership: str
    line: str = ""
    tax_code: str = ""
    budget_code: str = ""
    place: str = ""
    """Commune or ward."""
    address: str = ""
    union: str | None = None
    """Id of the CĐCS formed here, None where there is none."""
    since: date | None = None
    until: date | None = None
    contact: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Workforce:
    """People working at a workplace on a day. `eligible`: those who may join the union."""

    TYPE: ClassVar[str] = "workforce"
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    unit: str
    workplace: str
    on: date
    workers: int
    women: int | None = None
    eligible: int | None = None


def validate_workplace(workplace: Workplace) -> tuple[Finding, ...]:
    """All findings; the shape of a code only warns (D06)."""
    needed = (("name", "Ghi tên nơi làm việc."), ("kind", "Chọn loại hình."), ("ownership", "Chọn thành phần sở hữu."))
    found = [Finding(field, text) for field, text in needed if not getattr(workplace, field)]
    for code in ("tax_code", "budget_code"):
        if number := str(getattr(workplace, code)):
            found += check_number(code, number)
    if workplace.since and workplace.until and workplace.until < workplace.since:
        found.append(Finding("until", "Ngày ngừng hoạt động trước ngày bắt đầu. Xem lại hai ngày."))
    return tuple(found)


def validate_workforce(count: Workforce) -> tuple[Finding, ...]:
    found = []
    if min(count.workers, count.women or 0, count.eligible or 0) < 0:
        found.append(Finding("workers", "Số người không được âm."))
    if count.women is not None and count.women > count.workers:
        found.append(Finding("women", "Số lao động nữ nhiều hơn số lao động. Xem lại hai con số."))
    if count.eligible is not None and count.eligible > count.workers:
        found.append(
            Finding("eligible", "Số người đủ điều kiện vào công đoàn nhiều hơn số lao động. Xem lại hai con số.")
        )
    return tuple(found)
