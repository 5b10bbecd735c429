"""What stands before the door: whose data a folder holds, and what first start asks.

Nothing here opens a database, so that the window can be painted before the heavy libraries are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from congdoan_desktop.domain.roles import Role
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.domain.units import Unit, validate_unit
from congdoan_desktop.errors import Finding
from congdoan_desktop.storage import folder as folders
from congdoan_desktop.storage import keyring as keyrings

REAL, SAMPLE = "real", "sample"
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
class Door:
    """What is known before anybody has unlocked: whose data this is and which officers may open it."""

    unit_name: str
    realm: str
    officers: tuple[tuple[str, str], ...]
    """(slot, name shown)"""


def validate_first_start(form: FirstStart) -> tuple[Finding, ...]:
    """All findings of the first-start form."""
    found = [
        Finding({"name": "unit_name", "code": "unit_code"}[finding.field], finding.message)
        for finding in validate_unit(unit_of(form, "new"))
    ]
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


def door(folder: Path) -> Door | None:
    """What the unlock window shows, None when the folder holds no office yet.

    Raises: KeyringDamaged.
    """
    if not folders.is_office(folder):
        return None
    keyring = keyrings.load(folder / folders.KEYRING)
    named = tuple((slot.name, slot.label) for slot in keyring.slots if slot.name != keyrings.RECOVERY_SLOT)
    return Door(keyring.unit_name, keyring.realm, named)


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
