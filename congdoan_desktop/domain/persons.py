"""People whom the union knows: members, workers, officers and others who are cared for (rules B07, C07, D01–D08).

What identifies or describes somebody is personal. Sex, membership and workplace stay among the facts, so that figures
of the past hold when a person is erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.clock import EARLIEST_BELIEVABLE
from congdoan_desktop.domain.people import check_citizen_id
from congdoan_desktop.errors import Finding


@dataclass(frozen=True, slots=True)
class Spell:
    """A membership that has ended: in which union, from when (None: not known) and until when."""

    unit: str
    joined: date | None
    left: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the union knows. `unit` is the CĐCS he or she belongs to.

    `birth` is an ISO date of the precision that is known ("1990", "1990-05", "1990-05-12"); `birth_year` is its year.
    `sort_name` replaces `name` in the order of lists where the rule of given name, family name does not fit (D07).
    """

    TYPE: ClassVar[str] = "person"
    PERSONAL: ClassVar[frozenset[str]] = frozenset(
        {
            "name", "sort_name", "birth", "birth_year", "ethnicity", "home", "address", "phone", "citizen_id",
            "old_id", "insurance", "card", "work", "party_introduced", "party_admitted", "note",
        }
    )  # fmt: skip

    unit: str
    member: bool
    name: str = ""
    birth_year: int | None = None
    citizen_id: str = ""
    sex: str = ""
    """ "nam", "nữ", or empty where nobody wrote it."""
    joined: date | None = None
    """The day the present membership began, None where it is not known."""
    left: date | None = None
    """The day it ended; `member` is false then."""
    batch: str = ""
    """Number and code of the decision that took the person in, also together with others."""
    earlier: tuple[Spell, ...] = ()
    workplace: str | None = None
    """Id of a Workplace."""
    sort_name: str = ""
    birth: str = ""
    ethnicity: str = ""
    home: str = ""
    address: str = ""
    phone: str = ""
    old_id: str = ""
    """The CMND of 9 digits, which still stands in old lists."""
    insurance: str = ""
    card: str = ""
    """Number of the member's card."""
    work: str = ""
    """Position at work."""
    party_introduced: date | None = None
    party_admitted: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """An office somebody holds in a union for a time. `title` and `body` are codes of the catalogues.

    `until` None: still held. `term` as written: "2023-2028".
    """

    TYPE: ClassVar[str] = "post"
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    unit: str
    person: str
    title: str
    body: str
    full_time: bool
    since: date
    until: date | None = None
    term: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Training:
    """A course that an officer or a member took. `organiser` is a code of the catalogue of levels."""

    TYPE: ClassVar[str] = "training"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"course"})

    unit: str
    person: str
    on: date
    organiser: str
    days: int = 1
    course: str = ""


def validate_person(person: Person, today: date) -> tuple[Finding, ...]:
    """All findings of a person. A clock that stands before this program was made does not decide who can be born."""
    latest = max(today.year, EARLIEST_BELIEVABLE.year)
    found = []
    if not person.name:
        found.append(Finding("name", "Ghi họ và tên người nhận."))
    if person.birth_year is not None and not 1900 <= person.birth_year <= latest:
        found.append(Finding("birth_year", f"Năm sinh phải từ 1900 đến {latest}."))
    if person.citizen_id:
        found.extend(check_citizen_id(person.citizen_id, birth_year=person.birth_year))
    return tuple(found)
