"""Support records, and the people they were given to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from congdoan_desktop.domain.ceilings import ceiling
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.persons import Person, validate_person, with_birth
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord, validate_support
from congdoan_desktop.domain.text import clean, one_line, spelled_key
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.services import given_before, likeness, persons, receivers, support_list
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.likeness import Likely, Why
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.receivers import PersonHit, hit_of
from congdoan_desktop.services.records import Saved
from congdoan_desktop.services.support_list import SupportRow, Wanted
from congdoan_desktop.storage.projections import TABLES
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_Received = TypeVar("_Received", SupportRecord, Need)


class KnownAlready(ValidationError):
    """A new receiver who is most likely one of the `hits`: a person must say which."""

    def __init__(self, hits: tuple[PersonHit, ...]) -> None:
        who = hits[0].name if len(hits) == 1 else f"{hits[0].name} và {len(hits) - 1} người khác"
        super().__init__((Finding("name", f"Trong máy đã có {who}. Chọn người đó, hoặc chọn “Là người khác”."),))
        self.hits = hits


class GivenAlready(ValidationError):
    """The receiver was given the same in the programme and year: a person must say why again (rule B10)."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        before = " ".join(lines)
        super().__init__((Finding("again", f"Người này đã nhận trong đợt này. {before} Ghi lý do trao thêm lần nữa."),))
        self.lines = lines


def add(
    office: Office,
    record: SupportRecord,
    person: Person | None = None,
    *,
    amended: Person | None = None,
    ask: bool = False,
    ask_again: bool = False,
) -> Saved:
    """Save a support record, all or none with its receiver.

    `person`: the receiver is new and is entered too. `amended`: what is now known of the receiver `record.person`; a
    masked number in it stands for the one already kept. `ask`: somebody who is most likely known is not entered anew.
    `ask_again`: what was given before in the programme and year asks for `record.again`.

    Raises: ValidationError with all findings; KnownAlready; GivenAlready.
    """
    return _save(office, record, None, person, amended, ask=ask, ask_again=ask_again)


def edit(
    office: Office,
    id_: str,
    record: SupportRecord,
    person: Person | None = None,
    *,
    amended: Person | None = None,
    ask: bool = False,
) -> Saved:
    """Raises: ValidationError, NotFound, KnownAlready."""
    return _save(office, record, id_, person, amended, ask=ask)


def _save(
    office: Office,
    record: SupportRecord,
    id_: str | None,
    person: Person | None,
    amended: Person | None,
    *,
    ask: bool,
    ask_again: bool = False,
) -> Saved:
    tidy, warnings = _checked(office, record, person, amended)
    with office.write(Right.ENTER) as work:
        if ask_again and not tidy.again and (lines := given_before.of_receiver(office, work.connection, tidy)):
            raise GivenAlready(lines)
        if id_ and tidy.need is None:
            tidy = replace(tidy, need=work.value(SupportRecord.TYPE, id_).need)
        return Saved((work.put(with_receiver(office, work, tidy, person, amended, ask=ask), id_),), warnings)


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
    """Support records, latest first; of a unit also those of the units that were merged into it."""
    return support_list.listing(office, Wanted(campaign, unit, cause, fund, year, search))


def with_receiver(
    office: Office, work: UnitOfWork, record: _Received, person: Person | None, amended: Person | None, *, ask: bool
) -> _Received:
    """The record with its receiver entered or brought up to date, in the caller's transaction.

    Raises: KnownAlready, NotFound, NotCustodian.
    """
    if person is not None and ask:
        _refuse_known(office, work, persons.tidy(person))
    return _with_person(work, record, person, amended)


def about_receiver(person: Person | None, amended: Person | None, *, named: bool, today: date) -> tuple[Finding, ...]:
    """Findings of the receiver; `named`: the record itself says who it is."""
    described = person or amended
    if described is not None:
        return validate_person(persons.bare(persons.tidy(described)), today)
    return () if named else (Finding("name", "Ghi họ và tên người nhận."),)


def _refuse_known(office: Office, work: UnitOfWork, person: Person) -> None:
    """The same number, the same name and birth, or the very name in the same union."""
    likely = likeness.among(work.connection, person)
    strong = [one.who.id for one in likely if one.why is not Why.NEAR or _very_name(one, person)]
    if strong:
        people = TABLES[Person.TYPE]
        rows = work.connection.execute(
            receivers.people(office).where(people.c.record.in_(strong)).order_by(people.c.sort)
        )
        now = office.structure(work.connection).units
        raise KnownAlready(tuple(hit_of(row, now) for row in rows))


def _very_name(likely: Likely, person: Person) -> bool:
    return likely.who.unit == person.unit and spelled_key(likely.who.name) == spelled_key(person.name)


def about_ceiling(record: SupportRecord) -> tuple[Finding, ...]:
    """A sum above the ceiling of its day asks for a reason in the note; what was decided has it in its proposal."""
    limit = ceiling(catalogue(), record.kind, record.on)
    sentence = limit.exceeded(record.cash + record.in_kind) if limit else ""
    return (Finding("note", sentence, warning=True),) if sentence and not record.note and not record.need else ()


def _checked(
    office: Office, record: SupportRecord, person: Person | None, amended: Person | None
) -> tuple[SupportRecord, tuple[Finding, ...]]:
    today = office.clock.today()
    tidy = replace(
        record, note=clean(record.note), goods=clean(record.goods), decision=clean(record.decision),
        group=one_line(record.group), again=one_line(record.again),
    )  # fmt: skip
    about = about_receiver(person, amended, named=bool(record.person or tidy.group), today=today)
    findings = [*about, *validate_support(tidy, today), *about_ceiling(tidy)]
    if any(not finding.warning for finding in findings):
        raise ValidationError(tuple(findings))
    return tidy, tuple(findings)


def _with_person(work: UnitOfWork, record: _Received, person: Person | None, amended: Person | None) -> _Received:
    if amended is not None and record.person:
        kept: Person = work.value(Person.TYPE, record.person)
        persons.amend(work, record.person, _amended(kept, persons.tidy(amended)))
    if person is None:
        return record
    return replace(record, person=work.put(persons.tidy(person)))


def _amended(kept: Person, told: Person) -> Person:
    """What the form of support tells of a known person; everything else that is known stays."""
    born = kept if told.birth_year == kept.birth_year else with_birth(kept, str(told.birth_year or ""))
    dated = kept.joined is not None or kept.left is not None
    return replace(born, name=told.name, citizen_id=told.citizen_id, member=kept.member if dated else told.member)
