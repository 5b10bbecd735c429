"""`congdoan workplace`: agencies, enterprises, schools, with or without a union."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.records import DELETE, HISTORY, RESTORE, record_commands, saved
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.services import workplaces
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.workplaces import Counted, Wanted, WorkplaceRow

_COLUMNS = (
    Column("id", "Đuôi id"),
    Column("name", "Nơi làm việc", 40),
    Column("kind_name", "Loại hình", 28),
    Column("place", "Xã, phường"),
    Column("workers", "Lao động"),
    Column("women", "Nữ"),
    Column("eligible", "Đủ điều kiện"),
    Column("union_name", "Công đoàn", 28),
)

_CODES = {"kind": "workplace_kinds", "ownership": "ownerships", "line": "lines"}
"""Field -> its catalogue."""
_TEXTS = ("name", "tax_code", "place", "address")
_FIELDS = (
    Option("--line", "ngành nghề (mã hoặc tên)"),
    Option("--tax-code", "mã số thuế"),
    Option("--place", "xã, phường"),
    Option("--address", "địa chỉ"),
    Option("--union", "mã CĐCS đã thành lập"),
    Option("--workers", "số lao động"),
    Option("--women", "trong đó nữ"),
    Option("--eligible", "số người đủ điều kiện vào công đoàn"),
    Option("--on", "ngày chốt số (mặc định: hôm nay)"),
)


def _add(office: Office, given: Given) -> Answer:
    unit = refs.unit(office, given.text("unit")) if given.has("unit") else office.identity.unit
    made, counted = _typed(office, given, Workplace(unit, "", "", "", ""))
    return saved(workplaces.save(office, made, counted), "Đã lưu nơi làm việc.")


def _edit(office: Office, given: Given) -> Answer:
    row = refs.listed(workplaces.listing(office), given.text("id"), "nơi làm việc", "workplace list")
    made, counted = _typed(office, given, row.workplace)
    return saved(workplaces.save(office, made, counted, row.id), "Đã lưu bản sửa.")


def _typed(office: Office, given: Given, before: Workplace) -> tuple[Workplace, Counted]:
    """The workplace with what was typed in place of what was there, and its people where they were given."""
    today = office.clock.today()
    codes = {name: given.entry(name, list_, getattr(before, name)) for name, list_ in _CODES.items()}
    on = given.day("on", today, today)
    numbers: dict[str, Any] = {
        name: given.count(name) if given.has(name) else None for name in ("workers", "women", "eligible")
    }
    given.settle()
    said = {name: given.text(name) for name in _TEXTS if given.has(name)}
    union = refs.unit(office, given.text("union")) if given.has("union") else before.union
    counted = Counted(on if numbers["workers"] is not None else None, **numbers)
    return replace(before, union=union, **codes, **said), counted  # type: ignore[arg-type]  # codes and texts


def _list(office: Office, given: Given) -> Answer:
    kind = given.entry("kind", "workplace_kinds")
    union = given.yes("union", False) if given.has("union") else None
    given.settle()
    rows = workplaces.listing(office, Wanted(search=given.text("search"), kind=kind, union=union))
    return Answer([_shown(row) for row in rows], _COLUMNS, f"{len(rows)} nơi làm việc.")


def _shown(row: WorkplaceRow) -> dict[str, Any]:
    workplace, count = row.workplace, row.count
    return {
        "id": row.id,
        "name": workplace.name,
        "kind": workplace.kind,
        "kind_name": catalogue().name("workplace_kinds", workplace.kind),
        "ownership": workplace.ownership,
        "tax_code": workplace.tax_code,
        "place": workplace.place,
        "workers": count.workers if count else None,
        "women": count.women if count else None,
        "eligible": count.eligible if count else None,
        "union": workplace.union,
        "union_name": row.union_name,
        "own": row.own,
        "conflict": row.conflict,
    }


def _ids(office: Office) -> list[str]:
    return [row.id for row in workplaces.listing(office)]


COMMANDS = (
    Command(
        "add",
        "ghi một nơi làm việc, kèm số lao động nếu có",
        in_office(_add),
        (
            Option("--name", "tên", required=True),
            Option("--kind", "loại hình (mã hoặc tên)", required=True),
            Option("--ownership", "thành phần sở hữu (mã hoặc tên)", required=True),
            Option("--unit", "mã đơn vị giữ hồ sơ (mặc định: đơn vị mình)"),
            *_FIELDS,
        ),
    ),
    Command(
        "edit",
        "sửa một nơi làm việc; chỉ ghi những gì cần sửa",
        in_office(_edit),
        (
            Option("id", "đuôi id", required=True),
            Option("--name", "tên"),
            Option("--kind", "loại hình (mã hoặc tên)"),
            Option("--ownership", "thành phần sở hữu (mã hoặc tên)"),
            *_FIELDS,
        ),
    ),
    Command(
        "list",
        "danh sách nơi làm việc",
        in_office(_list),
        (
            Option("--search", "tên, mã số thuế, địa chỉ"),
            Option("--kind", "chỉ loại hình này"),
            Option("--union", "“có” hoặc “không” có công đoàn"),
        ),
    ),
    *record_commands(_ids, (DELETE, HISTORY, RESTORE)),
)
