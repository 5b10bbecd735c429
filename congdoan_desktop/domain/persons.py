"""People whom the union knows: members, workers, officers and others who are cared for (rules B07, C07, D01–D08).

What identifies or describes somebody is personal. Sex, membership and workplace stay among the facts, so that figures
of the past hold when a person is erased.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from congdoan_desktop.clock import EARLIEST_BELIEVABLE
from congdoan_desktop.domain.births import birth_year_of, looked_at
from congdoan_desktop.domain.dates import months_after
from congdoan_desktop.domain.people import SEXES, check_citizen_id, check_number
from congdoan_desktop.errors import Finding

_YOUNGEST_WORKER = 15
_YOUNGEST_IN_PARTY = 18
_MONTHS_TO_REJOIN = 3
"""Between leaving and being taken in again (Hướng dẫn 38/HD-TLĐ, rule B07)."""


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


def with_birth(person: Person, birth: str) -> Person:
    """The person born then: `birth` as kept, and the year of it."""
    return replace(person, birth=birth, birth_year=birth_year_of(birth))


def validate_person(person: Person, today: date) -> tuple[Finding, ...]:
    """All findings of a person. A clock that stands before this program was made does not decide who can be born."""
    return (*faults_of_person(person, today), *_about_numbers(person), *_about_membership(person, today),
            *_about_party(person))  # fmt: skip


def faults_of_person(person: Person, today: date) -> list[Finding]:
    """What of `validate_person` forbids to save the person. No number does."""
    return [*_faults_of_name_and_birth(person, today), *_faults_of_days(person)]


def _faults_of_name_and_birth(person: Person, today: date) -> Iterator[Finding]:
    latest = max(today.year, EARLIEST_BELIEVABLE.year)
    if not person.name:
        yield Finding("name", "Ghi họ và tên.")
    if person.sex and person.sex not in SEXES:
        yield Finding("sex", "Giới tính là nam hoặc nữ.")
    if person.birth_year is not None and not 1900 <= person.birth_year <= latest:
        yield Finding("birth_year", f"Năm sinh phải từ 1900 đến {latest}.")
    if not person.birth:
        return
    year, known = looked_at(person.birth)
    if not known:
        yield Finding("birth", "Ngày sinh chưa đúng. Ghi 12/5/1990, hoặc 05/1990, hoặc 1990.")
    elif year != person.birth_year:
        yield Finding("birth", "Ngày sinh và năm sinh không cùng một năm. Xem lại.")


def _about_numbers(person: Person) -> Iterator[Finding]:
    """Warnings, never refusals: papers get corrected, and old lists are what they are (D02, D05, D06)."""
    if person.citizen_id:
        yield from check_citizen_id(person.citizen_id, person.sex or None, person.birth_year)
    for kind in ("old_id", "insurance", "phone"):
        if number := str(getattr(person, kind)):
            yield from check_number(kind, number)


def _faults_of_days(person: Person) -> Iterator[Finding]:
    joined, left = person.joined, person.left
    if person.member and left is not None:
        yield Finding("left", "Đã ghi ngày ra thì không còn là đoàn viên. Bỏ ngày ra, hoặc bỏ dấu đoàn viên.")
    if not person.member and joined is not None and left is None:
        yield Finding("left", "Người đã vào rồi ra thì ghi cả ngày ra khỏi công đoàn.")
    if joined and left and left < joined:
        yield Finding("left", "Ngày ra trước ngày vào công đoàn. Xem lại hai ngày.")
    if person.earlier and any(spell.joined is not None and spell.left < spell.joined for spell in person.earlier):
        yield Finding("earlier", "Lần tham gia trước có ngày ra trước ngày vào. Xem lại.")
    introduced, admitted = person.party_introduced, person.party_admitted
    if introduced and admitted and admitted < introduced:
        yield Finding("party_admitted", "Ngày kết nạp Đảng trước ngày giới thiệu. Xem lại hai ngày.")


def _about_membership(person: Person, today: date) -> Iterator[Finding]:
    joined = person.joined
    if joined and joined > today and joined > EARLIEST_BELIEVABLE.date():
        yield Finding("joined", "Ngày vào công đoàn còn ở phía trước. Xem lại ngày.", warning=True)
    if joined and person.birth_year is not None and joined.year - person.birth_year < _YOUNGEST_WORKER:
        yield Finding("joined", f"Vào công đoàn khi chưa đủ {_YOUNGEST_WORKER} tuổi. Xem lại ngày.", warning=True)
    if person.earlier:
        yield from _about_earlier(person)


def _about_earlier(person: Person) -> Iterator[Finding]:
    last = max((spell.left for spell in person.earlier), default=None)
    if last is None or person.joined is None:
        return
    if person.joined < last:
        yield Finding("joined", "Ngày vào lần này trước ngày ra lần trước. Xem lại.", warning=True)
    elif last < person.joined < months_after(last, _MONTHS_TO_REJOIN):
        sentence = f"Kết nạp lại khi ra chưa đủ {_MONTHS_TO_REJOIN} tháng (Hướng dẫn 38/HD-TLĐ). Xem lại ngày."
        yield Finding("joined", sentence, warning=True)


def _about_party(person: Person) -> Iterator[Finding]:
    admitted = person.party_admitted
    if admitted and person.birth_year is not None and admitted.year - person.birth_year < _YOUNGEST_IN_PARTY:
        sentence = f"Kết nạp Đảng khi chưa đủ {_YOUNGEST_IN_PARTY} tuổi. Xem lại ngày."
        yield Finding("party_admitted", sentence, warning=True)
