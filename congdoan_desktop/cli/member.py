"""`congdoan member`: members and others, found by a part of the name or of a number; identity numbers stay masked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.records import DELETE, HISTORY, RESTORE, record_commands, saved
from congdoan_desktop.domain.births import parse_birth, show_birth
from congdoan_desktop.domain.people import SEXES
from congdoan_desktop.domain.persons import Person, with_birth
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import joining, members, membership, persons, sheet_export, units
from congdoan_desktop.services.members import MemberRow, Wanted
from congdoan_desktop.services.membership import Standing
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sheet_export import Listed

_COLUMNS = (
    Column("id", "Đuôi id"),
    Column("name", "Họ và tên", 32),
    Column("birth", "Ngày sinh"),
    Column("sex", "Giới"),
    Column("unit_name", "Đơn vị", 32),
    Column("citizen_id", "Số CCCD"),
    Column("joined", "Vào công đoàn"),
    Column("left", "Ra"),
    Column("member", "Đoàn viên"),
)
_STANDINGS = {
    "doan vien": "member", "da ra": "left", "chua vao": "never",
    "member": "member", "left": "left", "never": "never",
}  # fmt: skip
_FILTERS = (
    Option("--search", "một phần họ tên, số giấy tờ hoặc điện thoại, không cần dấu"),
    Option("--unit", "chỉ đơn vị này và các đơn vị dưới nó"),
    Option("--standing", "“đoàn viên”, “đã ra” hoặc “chưa vào”"),
    Option("--sex", "nam hoặc nữ"),
    Option("--party", "chỉ đảng viên", flag=True),
)
_TEXTS = {
    "name": "name", "citizen_id": "citizen_id", "phone": "phone", "work": "work", "batch": "decision", "note": "note",
}  # fmt: skip
"""Field of a person -> name of the option that brings it."""
_FIELDS = (
    Option("--birth", "ngày sinh: 12/5/1990, 05/1990 hoặc 1990"),
    Option("--sex", "nam hoặc nữ"),
    Option("--citizen-id", "số CCCD, 12 chữ số"),
    Option("--ethnicity", "dân tộc"),
    Option("--phone", "điện thoại"),
    Option("--work", "vị trí công việc"),
    Option("--joined", "ngày vào công đoàn"),
    Option("--decision", "số quyết định kết nạp"),
    Option("--note", "ghi chú"),
)
_PEOPLE = Option("people", "đuôi id của từng người", required=True, many=True)


def _add(office: Office, given: Given) -> Answer:
    blank = Person("", member=not given.flag("not_member"))
    person = replace(_typed(office, given, blank), unit=refs.unit(office, given.text("unit")))
    return saved(members.add(office, person), "Đã lưu.")


def _edit(office: Office, given: Given) -> Answer:
    """Joining, leaving and another union are events with commands of their own."""
    id_ = refs.record(given.text("id"), _ids(office))
    row = members.get(office, id_)
    if row is None:
        raise NotFound("Không có người này trong máy.", todo="Xem danh sách bằng lệnh member list.")
    return saved(members.edit(office, id_, _typed(office, given, row.person)), "Đã lưu bản sửa.")


def _typed(office: Office, given: Given, before: Person) -> Person:
    """The person with what was typed in place of what was there."""
    today = office.clock.today()
    joined = given.day("joined", today, before.joined or date.min) if given.has("joined") else before.joined
    ethnicity = given.entry("ethnicity", "ethnicities", before.ethnicity)
    sex = _sex(given) if given.has("sex") else before.sex
    given.settle()
    said = {field: given.text(name) for field, name in _TEXTS.items() if given.has(name)}
    person = replace(before, sex=sex, joined=joined, ethnicity=ethnicity, **said)  # type: ignore[arg-type]  # texts
    if given.has("birth"):
        person = with_birth(person, parse_birth(given.text("birth"), today=today))
    return person


def _list(office: Office, given: Given) -> Answer:
    wanted = _wanted(office, given)
    limit = given.count("limit", 100)
    given.settle()
    page = members.page(office, wanted, 0, limit)
    counted = page.counted
    return Answer([_shown(row) for row in page.rows], _COLUMNS, f"{counted.people} người, {counted.members} đoàn viên.")


def _count(office: Office, given: Given) -> Answer:
    day = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    known = membership.on_day(office, day)
    rows = [_standing(row.code, row.short_name, known[row.id]) for row in units.listing(office) if row.id in known]
    titles = ("Mã", "Đơn vị", "Đoàn viên", "Theo danh sách", "Theo số chốt", "Chênh lệch")
    keys = ("code", "name", "members", "listed", "counted", "difference")
    return Answer(rows, tuple(Column(key, title) for key, title in zip(keys, titles, strict=True)))


def _standing(code: str, name: str, found: Standing) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "members": found.members,
        "listed": found.listed,
        "counted": found.count.members if found.count else None,
        "difference": found.difference,
    }


def _join(office: Office, given: Given) -> Answer:
    on = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    return saved(joining.join(office, _people(office, given), on, given.text("decision")), "Đã ghi kết nạp.")


def _leave(office: Office, given: Given) -> Answer:
    on = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    return saved(joining.leave(office, _people(office, given), on), "Đã ghi ra khỏi công đoàn.")


def _transfer(office: Office, given: Given) -> Answer:
    on = given.day("on", office.clock.today(), office.clock.today())
    given.settle()
    to = refs.unit(office, given.text("to"))
    return saved(joining.transfer(office, _people(office, given), to, on), "Đã chuyển đơn vị.")


def _export(office: Office, given: Given) -> Answer:
    wanted = _wanted(office, given)
    given.settle()
    rows = members.everybody(office, wanted, whole=given.flag("whole_numbers"))
    columns = tuple((column.title, "date" if column.key in ("joined", "left") else "text") for column in _COLUMNS[1:-1])
    cells = [[shown[column.key] for column in _COLUMNS[1:-1]] for shown in map(_shown, rows)]
    path: Path = given.path("out")
    count = sheet_export.save(office, path, Listed("Đoàn viên", columns, cells))  # type: ignore[arg-type]  # two of its kinds
    return Answer({"file": str(path), "rows": count}, (Column("file", "Tệp"), Column("rows", "Số dòng")))


def _wanted(office: Office, given: Given) -> Wanted:
    return Wanted(
        search=given.text("search"),
        unit=refs.unit(office, given.text("unit")) if given.has("unit") else None,
        standing=given.choice("standing", _STANDINGS, ""),
        sex=_sex(given),
        party=given.flag("party"),
    )


def _sex(given: Given) -> str:
    """The word as it is kept, from "Nữ", "nu" or "NAM"; others as typed, for the check to name."""
    typed = given.text("sex")
    return next((sex for sex in SEXES if search_key(sex) == search_key(typed)), typed)


def _people(office: Office, given: Given) -> list[str]:
    known = _ids(office)
    return [refs.record(typed, known) for typed in given.texts("people")]


def _ids(office: Office) -> list[str]:
    return [row.id for row in members.everybody(office, Wanted())]


def _shown(row: MemberRow) -> dict[str, Any]:
    person = row.person
    return {
        "id": row.id,
        "name": person.name,
        "birth": show_birth(person.birth) or str(person.birth_year or ""),
        "sex": person.sex,
        "unit": person.unit,
        "unit_name": row.unit_name,
        "citizen_id": person.citizen_id,
        "joined": person.joined,
        "left": person.left,
        "member": person.member,
        "work": person.work,
        "own": row.own,
        "conflict": row.conflict,
    }


COMMANDS = (
    Command(
        "add",
        "ghi một đoàn viên, hoặc người lao động (--not-member)",
        in_office(_add),
        (
            Option("--unit", "mã CĐCS", required=True),
            Option("--name", "họ và tên", required=True),
            *_FIELDS,
            Option("--not-member", "chưa vào công đoàn", flag=True),
        ),
    ),
    Command(
        "edit",
        "sửa thông tin một người; chỉ ghi những gì cần sửa",
        in_office(_edit),
        (Option("id", "đuôi id", required=True), Option("--name", "họ và tên"), *_FIELDS),
    ),
    Command("list", "danh sách, tìm và lọc", in_office(_list), (*_FILTERS, Option("--limit", "nhiều nhất (100)"))),
    Command("count", "số đoàn viên từng đơn vị vào một ngày", in_office(_count), (Option("--on", "ngày"),)),
    Command(
        "join",
        "kết nạp nhiều người bằng một quyết định",
        in_office(_join),
        (_PEOPLE, Option("--on", "ngày vào"), Option("--decision", "số quyết định")),
    ),
    Command("leave", "ghi ra khỏi công đoàn", in_office(_leave), (_PEOPLE, Option("--on", "ngày ra"))),
    Command(
        "transfer",
        "chuyển sang đơn vị khác do mình giữ hồ sơ",
        in_office(_transfer),
        (_PEOPLE, Option("--to", "mã đơn vị mới", required=True), Option("--on", "ngày chuyển")),
    ),
    Command(
        "export",
        "xuất danh sách ra Excel, số giấy tờ được che",
        in_office(_export),
        (
            Option("--out", "tệp .xlsx", required=True),
            *_FILTERS,
            Option("--whole-numbers", "ghi cả số giấy tờ; việc này được ghi vào nhật ký", flag=True),
        ),
    ),
    *record_commands(_ids, (DELETE, HISTORY, RESTORE), persons.COVERED),
)
