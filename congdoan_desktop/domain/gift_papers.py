"""What the papers of support say: the list on which receivers sign, and a fund's statement. Pure data.

No cause of support stands on either: neighbours read them (rules C07, C09). Identity numbers come masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.period_report import Letterhead, Signature


@dataclass(frozen=True, slots=True)
class SigningRow:
    """Who signs for what. `citizen_id` masked; amounts in đồng."""

    name: str
    birth_year: int | None
    citizen_id: str
    unit: str
    cash: int
    in_kind: int


@dataclass(frozen=True, slots=True)
class SigningList:
    """The list "Danh sách ký nhận". `rows` in the order of people's names.

    `decision` is number and code, "" where nobody has given it yet; `occasion` as in "quà Tháng Công nhân năm 2026".
    """

    letterhead: Letterhead
    occasion: str
    decision: str
    note: str
    on: date
    rows: tuple[SigningRow, ...]
    maker: str
    signature: Signature
    sample: bool = False


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a fund's statement. Of `incoming` and `outgoing`, in đồng, one is 0."""

    on: date
    what: str
    unit: str
    incoming: int
    outgoing: int


@dataclass(frozen=True, slots=True)
class FundStatement:
    """A fund of a union and those below it from a day to a day; `opening` is the balance before the first of them."""

    letterhead: Letterhead
    fund: str
    starts: date
    ends: date
    opening: int
    lines: tuple[StatementLine, ...]
    on: date
    maker: str
    signature: Signature
    sample: bool = False
