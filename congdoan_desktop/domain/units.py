"""Union organisations: who they are, and the decisions about them. How they hang together says `domain.organisation`.

A unit is known by its id for ever; its place in the tree comes from where it was entered and from organisation events.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.errors import Finding

LONGEST_NAME = 200
"""What the header of a package takes."""

GRASSROOTS = "co_so"
"""The level of a CĐCS in the catalogue of levels."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A union organisation. `unit` is its own id; `level` and `kind` are codes of the catalogues."""

    TYPE: ClassVar[str] = "unit"
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    unit: str
    code: str
    name: str
    short_name: str
    level: str
    kind: str
    parent: str | None
    place: str = ""
    """The place named in the date line of its papers."""
    abbreviation: str = ""
    """What stands for it in document codes: "LĐLĐ", "CĐX"."""
    parent_name: str = ""
    """The upper union as named at first start, until its own record has arrived."""
    address: str = ""
    founded: date | None = None
    """The day of its founding, None where nobody knows; an event "found" says it with a decision."""
    block: str = ""
    """Khối: a code of the catalogue of blocks, by which small unions are merged (324/KH-LĐLĐ, III.7)."""
    sector: str = ""
    """Ngành: a code of the catalogue of lines of business."""
    front: str = ""
    """The Fatherland Front committee it is attached to."""


@dataclass(frozen=True, slots=True)
class Change:
    """One attribute of a unit from a day on: `name` is a field of Unit ("name", "kind", "level", "code", ...)."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class OrgEvent:
    """A change of the organisation decided by an upper union. `unit` is the deciding union.

    kind      subject            parent, others, changes
    enrol     the union          stands under `parent` and keeps the records of itself and of what hangs below it
    found     the new union      stands under `parent`
    change    the union          has the attributes `changes` from that day on
    move      the union          stands under `parent`; "province" is the same with a change of province
    merge     the result         `others` went into it and end; it may be one of the units that were there before
    split     the former union   `others` came out of it; it ends unless it is one of them
    dissolve  the union          ends
    """

    TYPE: ClassVar[str] = "org_event"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason"})

    unit: str
    kind: str
    subject: str
    parent: str
    on: date
    decision: str = ""
    others: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A department (ban, văn phòng) of a union, for a time."""

    TYPE: ClassVar[str] = "department"
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    unit: str
    name: str
    abbreviation: str
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    """Id of the Department that goes on with its work; papers of its time keep its own name (C04)."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The CĐCS under a threshold of members on a day, frozen as the base of a target (001-T04)."""

    TYPE: ClassVar[str] = "baseline"
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    unit: str
    on: date
    threshold: int
    """CĐCS with fewer members than this are in the list."""
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headcount:
    """Workers and members of a unit on a day."""

    TYPE: ClassVar[str] = "headcount"
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    unit: str
    on: date
    workers: int
    members: int
    women: int | None = None
    """Of the members."""
    eligible: int | None = None
    """Of the workers, those who may join."""


def validate_unit(unit: Unit) -> tuple[Finding, ...]:
    found = []
    if not unit.name:
        found.append(Finding("name", "Ghi tên đơn vị như trên con dấu."))
    elif len(unit.name) > LONGEST_NAME:
        found.append(Finding("name", f"Tên đơn vị dài quá {LONGEST_NAME} ký tự. Ghi gọn lại."))
    if not unit.code:
        found.append(Finding("code", "Ghi mã đơn vị (chữ và số, ví dụ CDX-THANUYEN)."))
    elif not (unit.code.isascii() and all(c.isalnum() or c == "-" for c in unit.code) and len(unit.code) <= 20):
        found.append(Finding("code", "Mã đơn vị chỉ gồm chữ không dấu, số và gạch nối, tối đa 20 ký tự."))
    return tuple(found)


def validate_headcount(count: Headcount) -> tuple[Finding, ...]:
    found = []
    if count.workers < 0 or count.members < 0:
        found.append(Finding("members", "Số người không được âm."))
    if count.members > count.workers:
        found.append(Finding("members", "Số đoàn viên nhiều hơn số lao động. Xem lại hai con số.", warning=True))
    if count.women is not None and not 0 <= count.women <= count.members:
        found.append(Finding("women", "Số đoàn viên nữ nhiều hơn số đoàn viên. Xem lại hai con số."))
    if count.eligible is not None and not 0 <= count.eligible <= count.workers:
        sentence = "Số người đủ điều kiện vào công đoàn nhiều hơn số lao động. Xem lại hai con số."
        found.append(Finding("eligible", sentence))
    return tuple(found)
