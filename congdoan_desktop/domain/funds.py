"""What comes into a fund, and what is left of it: contributions less the support paid out of it (rules B09, B11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.errors import Finding


@dataclass(frozen=True, slots=True)
class Contribution:
    """Money that came into a fund. `unit` gave or collected it; `people` is how many gave, None where nobody counted.

    `amount` in đồng; `person` is the id of a Person who gave it alone; `giver` names a sponsor.
    """

    TYPE: ClassVar[str] = "contribution"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"giver", "note"})

    unit: str
    fund: str
    on: date
    amount: int
    people: int | None = None
    person: str | None = None
    giver: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """A fund up to a day, in đồng."""

    incoming: int = 0
    outgoing: int = 0

    @property
    def left(self) -> int:
        return self.incoming - self.outgoing


def validate_contribution(record: Contribution, today: date) -> tuple[Finding, ...]:
    """All findings of a contribution."""
    found = []
    if not record.unit:
        found.append(Finding("unit", "Chọn đơn vị đóng góp."))
    if not record.fund:
        found.append(Finding("fund", "Chọn quỹ."))
    if record.amount <= 0:
        found.append(Finding("amount", "Ghi số tiền lớn hơn 0."))
    if record.people is not None and record.people <= 0:
        found.append(Finding("people", "Số người đóng góp phải từ 1 trở lên; không biết thì bỏ trống."))
    if record.on > today:
        found.append(Finding("on", "Ngày này ở tương lai. Ghi khi tiền đã vào quỹ; xem lại ngày.", warning=True))
    return tuple(found)
