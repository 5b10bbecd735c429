"""How a person is written in the list and in the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from congdoan_desktop.domain.births import show_birth
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.people import mask
from congdoan_desktop.domain.persons import Person, Spell
from congdoan_desktop.services import persons
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.members import MemberRow
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.pages.entry.page import LOWER_KEEPS, Row
from congdoan_desktop.ui.pages.members.form import ETHNICITIES

COLUMNS = (
    Column("name", "Họ và tên", least=132, kind="name"),
    Column("birth", "Ngày sinh", 94),
    Column("sex", "Giới", 48, hidden=True),
    Column("unit", "CĐCS", least=100),
    Column("work", "Công việc", 120, hidden=True),
    Column("workplace", "Nơi làm việc", 150, hidden=True),
    Column("citizen_id", "Số CCCD", 116, "quiet"),
    Column("phone", "Điện thoại", 96, hidden=True),
    Column("card", "Số thẻ", 90, hidden=True),
    Column("ethnicity", "Dân tộc", 84, hidden=True),
    Column("home", "Quê quán", 160, hidden=True),
    Column("joined", "Vào CĐ", 94, "date"),
    Column("party", "Vào Đảng", 98, "date", hidden=True),
    Column("state", "Tình trạng", 122, "state"),
)
STANDINGS = (("member", "Đoàn viên"), ("left", "Đã ra"), ("never", "Chưa vào công đoàn"))
GAPS = (
    ("citizen_id", "Thiếu số CCCD"),
    ("birth", "Thiếu ngày sinh"),
    ("sex", "Thiếu giới tính"),
    ("joined", "Thiếu ngày vào"),
)
_MEMBER = ChipState("Đoàn viên", "check-circle", "ok")
_LEFT = ChipState("Đã ra", "prohibit", "neu")
_OUTSIDE = ChipState("Chưa vào", "circle-dashed", "info")
_LABELS: Mapping[str, str] = {
    "name": "Họ và tên", "unit": "CĐCS", "member": "Đoàn viên", "birth": "Ngày sinh", "sex": "Giới tính",
    "joined": "Ngày vào công đoàn", "left": "Ngày ra", "batch": "QĐ kết nạp", "earlier": "Lần tham gia trước",
    "workplace": "Nơi làm việc", "sort_name": "Xếp tên theo", "citizen_id": "Số CCCD", "old_id": "Số CMND cũ",
    "insurance": "Mã số BHXH", "ethnicity": "Dân tộc", "home": "Quê quán", "address": "Nơi ở hiện nay",
    "phone": "Điện thoại", "card": "Số thẻ", "work": "Vị trí công việc", "party_introduced": "Giới thiệu vào Đảng",
    "party_admitted": "Kết nạp Đảng", "note": "Ghi chú",
}  # fmt: skip

Name = Callable[[object], str]


def row_of(found: MemberRow, *, draft: bool = False) -> Row:
    person = found.person
    return {
        "id": found.id,
        "name": person.name,
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "record": found,
        "when": "",
        "birth": show_birth(person.birth) or str(person.birth_year or ""),
        "sex": person.sex.capitalize(),
        "unit": found.unit_name,
        "work": person.work,
        "workplace": found.workplace,
        "citizen_id": person.citizen_id or person.old_id,
        "phone": person.phone,
        "card": person.card,
        "ethnicity": catalogue().name(ETHNICITIES, person.ethnicity) if person.ethnicity else "",
        "home": person.home,
        "joined": person.joined,
        "party": person.party_admitted,
        "state": _state(found, draft=draft),
    }


def past(person: Person, unit_name: Name) -> str:
    """The earlier memberships: "Trước đó: THCS Mường Cang 01/03/2015 – 01/09/2020."."""
    spells = [f"{unit_name(spell.unit)} {_from(spell.joined)} – {short_date(spell.left)}" for spell in person.earlier]
    return f"Trước đó: {'; '.join(spells)}." if spells else ""


def history(field: str, value: object, unit_name: Name, workplace_name: Name) -> tuple[str, str]:
    """(label, text) of a field; identity numbers stay covered, for a look at them is logged elsewhere."""
    written: dict[str, Name] = {
        "unit": unit_name,
        "workplace": workplace_name,
        "birth": lambda kept: show_birth(str(kept)),
        "ethnicity": lambda code: catalogue().name(ETHNICITIES, str(code)),
        "earlier": lambda spells: _spells(spells, unit_name),
        **{name: lambda number: mask(str(number)) for name in persons.COVERED},
    }
    return _LABELS.get(field, ""), _written(value, written.get(field, str))


def _written(value: object, name: Name) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if value in (None, "", ()):
        return "–"
    return short_date(value) if isinstance(value, date) else name(value)


def _spells(spells: object, unit_name: Name) -> str:
    given = spells if isinstance(spells, tuple) else ()
    return "; ".join(
        f"{unit_name(one.unit)} {_from(one.joined)} – {short_date(one.left)}" for one in given if isinstance(one, Spell)
    )


def _from(joined: date | None) -> str:
    return short_date(joined) if joined else "…"


def _state(found: MemberRow, *, draft: bool) -> ChipState:
    if found.conflict:
        return chips.CONFLICT
    if draft:
        return chips.DRAFT
    if found.person.member:
        return _MEMBER
    return _LEFT if found.person.left else _OUTSIDE
