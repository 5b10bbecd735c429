"""Departments of a union, each for a time: merged or renamed ones stay in the papers of their time (rule C04)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.domain.units import Department
from congdoan_desktop.errors import Finding, NotFound
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """`successor`: the name of what took over its work, "" for nothing; `before`: the names of those that it took over
    from.
    """

    id: str
    department: Department
    successor: str = ""
    before: tuple[str, ...] = ()


def check(department: Department) -> tuple[Finding, ...]:
    found = []
    if not department.name:
        found.append(Finding("name", "Ghi tên ban, văn phòng."))
    if department.since and department.until and department.until < department.since:
        found.append(Finding("until", "Ngày kết thúc trước ngày bắt đầu."))
    if department.successor and department.until is None:
        found.append(Finding("until", "Ghi ngày kết thúc khi việc đã chuyển cho ban khác."))
    return tuple(found)


def save(office: Office, department: Department, id_: str | None = None) -> Saved:
    """A new department of a union, or the next version of `id_`.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    tidy = replace(department, name=one_line(department.name), abbreviation=one_line(department.abbreviation))
    with office.write(Right.ISSUE) as work:
        own = Finding("successor", "Chọn một ban khác của đơn vị này.")
        others = {one.id for one in _all(work.connection, tidy.unit)} - {id_}
        warnings = refuse((*check(tidy), *([own] if tidy.successor and tidy.successor not in others else [])))
        return Saved((work.put(tidy, id_),), warnings)


def get(office: Office, id_: str) -> Department:
    """Raises: NotFound when there is none."""
    with office.read() as connection:
        row = (
            connection.execute(select(TABLES[Department.TYPE]).where(TABLES[Department.TYPE].c.record == id_))
            .mappings()
            .first()
        )
    if row is None:
        raise NotFound("Không có ban này trong máy.", todo="Xem danh sách bằng lệnh unit departments.")
    found: Department = value_of(Department.TYPE, row)
    return found


def of_unit(connection: Connection, unit: str, day: date) -> tuple[DepartmentRow, ...]:
    """The departments of a union on a day, in Vietnamese order."""
    return tuple(one for one in _all(connection, unit) if _holds(one.department, day))


def on_day(office: Office, unit: str, day: date) -> tuple[DepartmentRow, ...]:
    """`of_unit`, for whoever asks for nothing else."""
    with office.read() as connection:
        return of_unit(connection, unit, day)


def choices(office: Office, unit: str) -> list[tuple[str, str]]:
    """(id, name) of all departments that a union ever had."""
    with office.read() as connection:
        return [(one.id, one.department.name) for one in _all(connection, unit)]


def _all(connection: Connection, unit: str) -> list[DepartmentRow]:
    table = TABLES[Department.TYPE]
    rows = connection.execute(select(table).where(table.c.unit == unit).order_by(table.c.sort, table.c.record))
    known: dict[str, Department] = {row["record"]: value_of(Department.TYPE, row) for row in rows.mappings()}
    before: dict[str, list[str]] = {}
    for one in known.values():
        before.setdefault(one.successor or "", []).append(one.name)
    return [
        DepartmentRow(id_, one, known[one.successor].name if one.successor in known else "", tuple(before.get(id_, ())))
        for id_, one in known.items()
    ]


def _holds(department: Department, day: date) -> bool:
    return (department.since or date.min) <= day <= (department.until or date.max)
