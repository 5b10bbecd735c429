"""Support records, and the people they were given to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, RowMapping, Select, func, or_, select

from congdoan_desktop.domain.people import mask
from congdoan_desktop.domain.persons import Person, validate_person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord, validate_support
from congdoan_desktop.domain.text import clean, search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

ERASED = "(đã xoá dữ liệu cá nhân)"


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A support record as listed."""

    id: str
    record: SupportRecord
    person: str
    """Name of the receiver, or a note that it was erased."""
    unit_name: str
    conflict: bool
    own: bool
    receiver: PersonHit | None = None
    """None where the person was erased or is not known here."""


@dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody already known, as suggested while a name is typed. The identity number is masked."""

    id: str
    name: str
    unit: str
    unit_name: str
    birth_year: int | None
    citizen_id: str
    times_this_year: int
    member: bool = True


def add(office: Office, record: SupportRecord, person: Person | None = None, *, amended: Person | None = None) -> Saved:
    """Save a support record, all or none with its receiver.

    `person`: the receiver is new and is entered too. `amended`: what is now known of the receiver `record.person`; a
    masked number in it stands for the one already kept.

    Raises: ValidationError with all findings.
    """
    tidy, warnings = _checked(office, record, person, amended)
    with office.write(Right.ENTER) as work:
        return Saved((work.put(_with_person(work, tidy, person, amended)),), warnings)


def edit(
    office: Office,
    id_: str,
    record: SupportRecord,
    person: Person | None = None,
    *,
    amended: Person | None = None,
) -> Saved:
    """Raises: ValidationError, NotFound."""
    tidy, warnings = _checked(office, record, person, amended)
    with office.write(Right.ENTER) as work:
        return Saved((work.put(_with_person(work, tidy, person, amended), id_),), warnings)


def edit_person(office: Office, id_: str, person: Person) -> Saved:
    warnings = refuse(validate_person(_tidy_person(person), office.clock.today()))
    with office.write(Right.ENTER) as work:
        return Saved((work.put(_tidy_person(person), id_),), warnings)


def person(office: Office, id_: str) -> Person:
    """The full person with the unmasked number; the look is logged.

    Raises: NotFound.
    """
    with office.write(Right.READ) as work:
        work.note("look:person", id_)
        found: Person = work.value(Person.TYPE, id_)
        return found


def listing(
    office: Office,
    *,
    campaign: str | None = None,
    unit: str | None = None,
    cause: str | None = None,
    fund: str | None = None,
    year: int | None = None,
    search: str = "",
) -> list[SupportRow]:
    """Support records, latest first."""
    table, people, units = TABLES[SupportRecord.TYPE], TABLES[Person.TYPE], TABLES[Unit.TYPE]
    query = _records()
    wanted = ((table.c.campaign, campaign), (table.c.unit, unit), (table.c.cause, cause), (table.c.fund, fund))
    for column, value in wanted:
        if value:
            query = query.where(column == value)
    if year:
        query = query.where(table.c.on.between(date(year, 1, 1), date(year, 12, 31)))
    if search:
        words = search_key(search)
        query = query.where(or_(*(func.instr(c.search, words) > 0 for c in (table.c, people.c, units.c))))
    with office.read() as connection:
        keeper = office.tree(connection).custodian
        receivers = {row.record: _hit(row) for row in connection.execute(_people(office))}
        return [
            _row(row, own=keeper(row["unit"]) == office.identity.unit, receiver=receivers.get(row["person"]))
            for row in connection.execute(query).mappings()
        ]


def find_people(office: Office, typed: str, *, unit: str | None = None, limit: int = 12) -> list[PersonHit]:
    """People whose name or number contains what was typed, without regard to diacritics."""
    people = TABLES[Person.TYPE]
    query = (
        _people(office).where(func.instr(people.c.search, search_key(typed)) > 0).order_by(people.c.sort).limit(limit)
    )
    if unit:
        query = query.where(people.c.unit == unit)
    with office.read() as connection:
        return [_hit(row) for row in connection.execute(query)]


def _records() -> Select[Any]:
    table, people, units = TABLES[SupportRecord.TYPE], TABLES[Person.TYPE], TABLES[Unit.TYPE]
    return (
        select(table, people.c.name.label("person_name"), people.c.erased.label("person_erased"), units.c.short_name)
        .join(people, people.c.record == table.c.person, isouter=True)
        .join(units, units.c.record == table.c.unit, isouter=True)
        .order_by(table.c.on.desc(), table.c.record.desc())
    )


def _row(row: RowMapping, *, own: bool, receiver: PersonHit | None) -> SupportRow:
    return SupportRow(
        row["record"],
        value_of(SupportRecord.TYPE, row),
        row["person_name"] or (ERASED if row["person_erased"] else "–"),
        row["short_name"] or "–",
        row["conflict"],
        own,
        receiver,
    )


def _people(office: Office) -> Select[Any]:
    people, units, table = TABLES[Person.TYPE], TABLES[Unit.TYPE], TABLES[SupportRecord.TYPE]
    year = office.clock.today().year
    times = (
        select(table.c.person, func.count().label("times"))
        .where(table.c.on.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(table.c.person)
        .subquery()
    )
    return (
        select(people, units.c.short_name, func.coalesce(times.c.times, 0).label("times"))
        .join(units, units.c.record == people.c.unit, isouter=True)
        .join(times, times.c.person == people.c.record, isouter=True)
        .where(people.c.erased.is_(False))
    )


def _hit(row: Row[Any]) -> PersonHit:
    return PersonHit(
        row.record,
        row.name,
        row.unit,
        row.short_name or "–",
        row.birth_year,
        mask(row.citizen_id) if row.citizen_id else "",
        row.times,
        row.member,
    )


def _checked(
    office: Office, record: SupportRecord, person: Person | None, amended: Person | None
) -> tuple[SupportRecord, tuple[Finding, ...]]:
    today = office.clock.today()
    tidy = replace(record, note=clean(record.note), goods=clean(record.goods), decision=clean(record.decision))
    findings = list(validate_support(tidy, today))
    described = person or amended
    if described is not None:
        seen = replace(described, citizen_id="") if _is_masked(described) else described
        findings = [*validate_person(_tidy_person(seen), today), *findings]
    elif not record.person:
        findings.insert(0, Finding("name", "Ghi họ và tên người nhận."))
    if any(not finding.warning for finding in findings):
        raise ValidationError(tuple(findings))
    return tidy, tuple(findings)


def _with_person(
    work: UnitOfWork, record: SupportRecord, person: Person | None, amended: Person | None
) -> SupportRecord:
    if amended is not None:
        _amend(work, record.person, _tidy_person(amended))
    if person is None:
        return record
    return replace(record, person=work.put(_tidy_person(person)))


def _amend(work: UnitOfWork, id_: str, person: Person) -> None:
    """A version of its own only where something changed."""
    kept: Person = work.value(Person.TYPE, id_)
    if _is_masked(person):
        person = replace(person, citizen_id=kept.citizen_id)
    if person != kept:
        work.put(person, id_)


def _is_masked(person: Person) -> bool:
    return "•" in person.citizen_id


def _tidy_person(person: Person) -> Person:
    return replace(person, name=clean(person.name), citizen_id=person.citizen_id.replace(" ", ""))
