"""`congdoan unit`: our union, the CĐCS under it, their headcounts; their reorganisation is in `cli.reorganise`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from congdoan_desktop.cli import refs, reorganise
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.records import saved
from congdoan_desktop.domain.units import Department, Headcount
from congdoan_desktop.services import departments, units
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.departments import DepartmentRow
from congdoan_desktop.services.office import Office

_COLUMNS = (
    Column("code", "Mã"),
    Column("name", "Đơn vị"),
    Column("level_name", "Cấp"),
    Column("kind_name", "Loại"),
    Column("workers", "Lao động"),
    Column("members", "Đoàn viên"),
)
_DEPARTMENTS = (
    Column("id", "Đuôi id"),
    Column("name", "Ban, văn phòng", 50),
    Column("since", "Từ ngày"),
    Column("until", "Đến hết ngày"),
    Column("successor_name", "Sau đó là", 50),
    Column("before", "Tiếp nhận việc của", 100),
)
_UNIT = Option("--unit", "mã đơn vị (mặc định: đơn vị mình)")
_ON = Option("--on", "ngày (mặc định: hôm nay)")


def _add(office: Office, given: Given) -> Answer:
    kind = given.entry("kind", "unit_kinds")
    given.settle()
    entry = catalogue().entry("unit_kinds", kind)
    assert entry is not None
    parent = refs.unit(office, given.text("parent")) if given.has("parent") else None
    id_ = units.add(
        office,
        name=given.text("name"),
        short_name=given.text("short_name"),
        code=given.text("code"),
        kind=kind,
        level=entry.more["level"],
        parent=parent,
    )
    return Answer({"id": id_}, (Column("id", "id"),), "Đã lưu đơn vị.")


def _list(office: Office, _: Given) -> Answer:
    rows = [
        {
            **{name: value for name, value in asdict(row).items() if name != "search"},
            "level_name": catalogue().name("levels", row.level),
            "kind_name": catalogue().name("unit_kinds", row.kind),
        }
        for row in units.listing(office)
    ]
    return Answer(rows, _COLUMNS)


def _headcount(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    on = given.day("on", today, today)
    workers, members = given.count("workers"), given.count("members")
    women, eligible = (given.count(name) if given.has(name) else None for name in ("women", "eligible"))
    given.settle()
    count = Headcount(refs.unit(office, given.text("unit")), on, workers, members, women, eligible)
    warnings = units.set_headcount(office, count)
    return Answer(
        asdict(count),
        (Column("on", "Ngày"), Column("workers", "Lao động"), Column("members", "Đoàn viên")),
        " ".join(["Đã lưu số lượng.", *(warning.message for warning in warnings)]),
    )


def _departments(office: Office, given: Given) -> Answer:
    today = office.clock.today()
    on = given.day("on", today, today)
    given.settle()
    rows = departments.on_day(office, _department_of(office, given), on)
    return Answer([_department_row(row) for row in rows], _DEPARTMENTS)


def _department(office: Office, given: Given) -> Answer:
    """A new one, or with --id the next version of one; what is not typed stays."""
    today, unit = office.clock.today(), _department_of(office, given)
    known = [id_ for id_, _ in departments.choices(office, unit)]
    id_ = refs.record(given.text("id"), known) if given.has("id") else None
    before = departments.get(office, id_) if id_ else Department(unit, "", "")
    since, until = (given.day(name, today, date.min) for name in ("since", "until"))
    given.settle()
    made = Department(
        unit,
        given.text("name") or before.name,
        given.text("abbreviation") or before.abbreviation,
        since if given.has("since") else before.since,
        until if given.has("until") else before.until,
        refs.record(given.text("successor"), known) if given.has("successor") else before.successor,
    )
    return saved(departments.save(office, made, id_), "Đã lưu ban, văn phòng.")


def _department_of(office: Office, given: Given) -> str:
    return refs.unit(office, given.text("unit")) if given.has("unit") else office.identity.unit


def _department_row(row: DepartmentRow) -> dict[str, Any]:
    return {"id": row.id, **asdict(row.department), "successor_name": row.successor, "before": list(row.before)}


COMMANDS = (
    Command(
        "add",
        "thêm một đơn vị dưới đơn vị mình",
        in_office(_add),
        (
            Option("--name", "tên như trên con dấu", required=True),
            Option("--short-name", "tên gọn"),
            Option("--code", "mã: chữ không dấu, số, gạch nối", required=True),
            Option("--kind", "loại đơn vị (mã hoặc tên trong danh mục); cấp theo loại", required=True),
            Option("--parent", "đơn vị cấp trên, nếu không phải đơn vị mình"),
        ),
    ),
    Command("list", "danh sách đơn vị", in_office(_list)),
    Command(
        "headcount",
        "ghi số lao động và đoàn viên vào một ngày",
        in_office(_headcount),
        (
            Option("unit", "mã đơn vị", required=True),
            Option("--workers", "số lao động", required=True),
            Option("--members", "số đoàn viên", required=True),
            Option("--women", "trong đó đoàn viên nữ"),
            Option("--eligible", "số lao động đủ điều kiện vào công đoàn"),
            _ON,
        ),
    ),
    Command("departments", "các ban, văn phòng của một đơn vị vào một ngày", in_office(_departments), (_UNIT, _ON)),
    Command(
        "department",
        "ghi một ban, văn phòng, hoặc sửa ban có --id",
        in_office(_department),
        (
            _UNIT,
            Option("--id", "đuôi id của ban cần sửa"),
            Option("--name", "tên"),
            Option("--abbreviation", "viết tắt trong văn bản"),
            Option("--since", "từ ngày"),
            Option("--until", "đến hết ngày"),
            Option("--successor", "đuôi id của ban nhận việc sau đó"),
        ),
    ),
    *reorganise.COMMANDS,
)
