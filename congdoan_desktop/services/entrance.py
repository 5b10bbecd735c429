"""What stands before the door: what first start asks, and whose data a folder holds. Nothing here opens a database."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan_desktop.domain.roles import Role
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.domain.units import Unit, validate_unit
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.door import REAL

SHORTEST_PASSPHRASE = 8
LONGEST_PERSON = 100
"""A name or a title, as the header of a package takes it."""


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What first start asks: the union (and the one above it), the officer, the passphrase."""

    unit_name: str
    unit_short_name: str
    unit_code: str
    level: str
    kind: str
    place: str
    abbreviation: str
    parent_name: str
    officer_name: str
    officer_title: str
    role: str
    passphrase: str
    passphrase_again: str
    realm: str = REAL


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """What is asked of an officer: name, title, role, passphrase twice."""

    officer_name: str
    officer_title: str
    role: str
    passphrase: str
    passphrase_again: str


def validate_first_start(form: FirstStart) -> tuple[Finding, ...]:
    """All findings of the first-start form."""
    found = [
        Finding({"name": "unit_name", "code": "unit_code"}[finding.field], finding.message)
        for finding in validate_unit(unit_of(form, "new"))
    ]
    return (*found, *validate_officer(form))


def validate_officer(form: FirstStart | NewOfficer) -> tuple[Finding, ...]:
    """All findings about an officer who is to open this office."""
    found: list[Finding] = []
    if not one_line(form.officer_name):
        found.append(Finding("officer_name", "Ghi họ và tên cán bộ sử dụng máy này."))
    if not one_line(form.officer_title):
        found.append(Finding("officer_title", "Chọn hoặc ghi chức vụ."))
    found.extend(
        Finding(name, f"Dài quá {LONGEST_PERSON} ký tự. Ghi gọn lại.")
        for name in ("officer_name", "officer_title")
        if len(one_line(getattr(form, name))) > LONGEST_PERSON
    )
    if form.role not in set(Role):
        found.append(Finding("role", "Chọn vai trò."))
    if len(form.passphrase) < SHORTEST_PASSPHRASE:
        found.append(Finding("passphrase", f"Mật khẩu cần ít nhất {SHORTEST_PASSPHRASE} ký tự."))
    if form.passphrase != form.passphrase_again:
        found.append(Finding("passphrase_again", "Chưa giống ô bên trái."))
    return tuple(found)


def unit_of(form: FirstStart, unit_id: str) -> Unit:
    """The union that the form describes."""
    return Unit(
        unit=unit_id,
        code=form.unit_code.strip().upper(),
        name=one_line(form.unit_name),
        short_name=one_line(form.unit_short_name) or one_line(form.unit_name),
        level=form.level,
        kind=form.kind,
        parent=None,
        place=one_line(form.place),
        abbreviation=one_line(form.abbreviation),
        parent_name=one_line(form.parent_name),
    )
