"""Departments of a union, each for a time: merged or renamed ones stay in the papers of their time (rule C04)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line, sort_key
from congdoan_desktop.domain.units import Department
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    id: str
    department: Department


def check(department: Department) -> tuple[Finding, ...]:
    found = []
    if not department.name:
        found.append(Finding("name", "Ghi tên ban, văn phòng."))
    if department.since and department.until and department.until < department.since:
        found.append(Finding("until", "Ngày kết thúc trước ngày bắt đầu."))
    return tuple(found)


def save(office: Office, department: Department, id_: str | None = None) -> Saved:
    """A new department of a union, or the next version of `id_`.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    tidy = replace(department, name=one_line(department.name), abbreviation=one_line(department.abbreviation))
    with office.write(Right.ISSUE) as work:
        warnings = refuse(check(tidy))
        return Saved((work.put(tidy, id_),), warnings)


def of_unit(connection: Connection, unit: str, day: date) -> tuple[DepartmentRow, ...]:
    """The departments of a union on a day, in Vietnamese order."""
    table = TABLES[Department.TYPE]
    rows = connection.execute(select(table).where(table.c.unit == unit)).mappings()
    found = (DepartmentRow(row["record"], value_of(Department.TYPE, row)) for row in rows)
    then = [one for one in found if _holds(one.department, day)]
    return tuple(sorted(then, key=lambda one: sort_key(one.department.name)))


def _holds(department: Department, day: date) -> bool:
    return (department.since or date.min) <= day <= (department.until or date.max)
