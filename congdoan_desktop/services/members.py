"""Members and the other people of our unions: the list with its filters, and what is entered about one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, case, func, or_, select

from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.persons import Person, Post, Training, validate_person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import likeness, ordered, persons
from congdoan_desktop.services.likeness import Likely
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.units import under
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_T = TABLES[Person.TYPE].c
_FEW_UNITS = 3
"""Of so few unions the people are looked up one by one; of more, the index of the whole list is read through."""

STANDINGS: Mapping[str, ColumnElement[bool]] = {
    "member": _T.member,
    "left": and_(_T.member.is_(False), or_(_T.left.is_not(None), _T.earlier != "[]")),
    "never": and_(_T.member.is_(False), _T.left.is_(None), _T.earlier == "[]"),
}
"""Members, those who were, and those who never were."""
GAPS: Mapping[str, ColumnElement[bool]] = {
    "citizen_id": _T.citizen_id == "",
    "birth": _T.birth_year.is_(None),
    "sex": _T.sex == "",
    "joined": and_(_T.member, _T.joined.is_(None)),
}
"""What is missing."""
ORDERS: Mapping[str, ColumnElement[Any]] = {"name": _T.sort, "birth": _T.birth_year, "joined": _T.joined}
"""What is not known stands at the end, whichever way round; equals are in the order of their names."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. Days are the first and the last of joining.

    `unit`: with everything below it, also the unions that have ended and stood there.
    """

    search: str = ""
    unit: str | None = None
    standing: str = ""
    """A key of STANDINGS, "" for all."""
    sex: str = ""
    party: bool = False
    joined_from: date | None = None
    joined_until: date | None = None
    gap: str = ""
    """A key of GAPS, "" for all."""
    conflict: bool = False
    order: str = "name"
    """A key of ORDERS."""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody as listed: identity numbers are masked. `own`: we keep the record."""

    id: str
    person: Person
    unit_name: str
    workplace: str
    conflict: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are listed; of them members, and women among these."""

    people: int = 0
    members: int = 0
    women: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Rows from a place of the list on, and how many there are in all."""

    counted: Counted
    rows: list[MemberRow]


def page(office: Office, wanted: Wanted, starts: int = 0, count: int = 100) -> Page:
    """One page of the list in Vietnamese order; who is spelled with the very marks typed comes first (D11).

    The order, the search and the filters are answered by the index of the list; only the rows shown are read whole.
    """
    with office.read() as connection:
        ids = list(connection.execute(_ordered(office, connection, wanted).offset(starts).limit(count)).scalars())
        return Page(_counted(office, connection, wanted), _rows(office, connection, ids))


def rows(office: Office, wanted: Wanted, starts: int, count: int) -> list[MemberRow]:
    """Further rows, without counting."""
    with office.read() as connection:
        return _rows(office, connection, list(_ids(office, connection, wanted)[starts : starts + count]))


def place(office: Office, wanted: Wanted, id_: str) -> int | None:
    """Where in the list somebody stands, None where the filters leave him or her out."""
    with office.read() as connection:
        ids = _ids(office, connection, wanted)
        return ids.index(id_) if id_ in ids else None


def everybody(office: Office, wanted: Wanted, *, whole: bool = False) -> list[MemberRow]:
    """The whole list, for a sheet; numbers are masked unless `whole`, and then the look at all of them is logged."""
    with office.write(Right.READ) as work:
        ids = list(work.connection.execute(_ordered(office, work.connection, wanted)).scalars())
        if whole:
            work.note("look:people", str(len(ids)))
        return _rows(office, work.connection, ids, whole=whole)


def get(office: Office, id_: str) -> MemberRow | None:
    """None where nobody has this id any more."""
    with office.read() as connection:
        return next(iter(_rows(office, connection, [id_])), None)


def add(office: Office, person: Person) -> Saved:
    """Enter somebody. Who may be known already is among the warnings.

    Raises: ValidationError with all findings, NotCustodian.
    """
    tidy = persons.tidy(person)
    with office.write(Right.ENTER) as work:
        warnings = refuse((*check(tidy, office.clock.today()), *_doubles(work, tidy, "")))
        return Saved((work.put(tidy),), warnings)


def edit(office: Office, id_: str, person: Person) -> Saved:
    """The next version; a masked number stands for the one already kept.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    tidy = persons.tidy(person)
    with office.write(Right.ENTER) as work:
        warnings = refuse((*check(tidy, office.clock.today()), *_doubles(work, tidy, id_)))
        persons.amend(work, id_, tidy)
        return Saved((id_,), warnings)


def entries_about(office: Office, id_: str) -> int:
    """How many records would lose their person: support, needs, posts, trainings."""
    with office.read() as connection:
        tables = (TABLES[type_] for type_ in (SupportRecord.TYPE, Need.TYPE, Post.TYPE, Training.TYPE))
        counts = (select(func.count()).where(table.c.person == id_) for table in tables)
        return sum(int(connection.execute(count).scalar_one()) for count in counts)


def check(person: Person, today: date) -> tuple[Finding, ...]:
    """All findings that need nobody else; numbers of which only the mask is at hand are not looked at."""
    found = [] if person.unit else [Finding("unit", "Chọn công đoàn cơ sở.")]
    return (*found, *validate_person(persons.bare(person), today))


def said_of(likely: Likely) -> str:
    """One sentence about somebody who may be the same: "Lò Thị Hoa · 1990: trùng họ tên và ngày sinh"."""
    who = " · ".join(part for part in (likely.who.name, likely.who.birth[:4]) if part)
    return f"{who}: {likeness.WORDS[likely.why]}"


def _doubles(work: UnitOfWork, person: Person, id_: str) -> tuple[Finding, ...]:
    likely = likeness.among(work.connection, persons.bare(person), id_)
    if not likely:
        return ()
    further = f" (và {len(likely) - 1} người khác)" if len(likely) > 1 else ""
    return (Finding("name", f"Có thể đã có trong máy: {said_of(likely[0])}{further}.", warning=True),)


# The list


def _ordered(office: Office, connection: Connection, wanted: Wanted) -> Select[Any]:
    key = ORDERS[wanted.order]
    directed = key.desc() if wanted.descending else key
    keys = (directed,) if key is _T.sort else (key.is_(None), directed, _T.sort)
    order = persons.best_first(wanted.search, *keys)
    return select(_T.record).where(*_conditions(office, connection, wanted)).order_by(*order)


def _ids(office: Office, connection: Connection, wanted: Wanted) -> Sequence[str]:
    """All of the list. Who goes to a place far down in it goes on to others, and each is then read by id at once."""

    def ask() -> list[str]:
        return list(connection.execute(_ordered(office, connection, wanted)).scalars().all())

    return ordered.ids(connection, Person.TYPE, wanted, ask)


def _counted(office: Office, connection: Connection, wanted: Wanted) -> Counted:
    woman = and_(_T.member, _T.sex == "nữ")
    query = select(func.count(), func.sum(case((_T.member, 1), else_=0)), func.sum(case((woman, 1), else_=0)))
    found = connection.execute(query.where(*_conditions(office, connection, wanted))).one()
    return Counted(*(int(number or 0) for number in found))


def _conditions(office: Office, connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [_T.erased.is_(False), *persons.holding(wanted.search)]
    found += [STANDINGS[wanted.standing]] if wanted.standing else []
    found += [GAPS[wanted.gap]] if wanted.gap else []
    found += [_T.sex == wanted.sex] if wanted.sex else []
    found += [_T.party_admitted.is_not(None)] if wanted.party else []
    found += [_T.conflict] if wanted.conflict else []
    found += [_T.joined >= wanted.joined_from] if wanted.joined_from else []
    found += [_T.joined <= wanted.joined_until] if wanted.joined_until else []
    if wanted.unit is not None:
        units = under(office, connection, wanted.unit)
        # So that the index of the list is read, and not a page for every single person of all these unions.
        unit = _T.unit if len(units) <= _FEW_UNITS else func.coalesce(_T.unit, "")
        found.append(unit.in_(units))
    return found


def _rows(office: Office, connection: Connection, ids: list[str], *, whole: bool = False) -> list[MemberRow]:
    tree, table = office.tree(connection), TABLES[Person.TYPE]
    read: dict[str, RowMapping] = {}
    for chunk in ordered.chunks(ids):
        query = select(table).where(_T.record.in_(chunk))
        read |= {row["record"]: row for row in connection.execute(query).mappings()}
    names = _workplace_names(connection, {row["workplace"] for row in read.values()} - {None})
    found = []
    for id_ in (one for one in ids if one in read):
        row = read[id_]
        known, unit = value_of(Person.TYPE, row), tree.units.get(row["unit"])
        person = known if whole else persons.masked(known)
        shown = replace(person, name=persons.ERASED) if row["erased"] else person
        own = tree.custodian(row["unit"]) == office.identity.unit
        workplace = names.get(person.workplace or "", "")
        found.append(MemberRow(id_, shown, unit.short_name if unit else "–", workplace, row["conflict"], own))
    return found


def _workplace_names(connection: Connection, wanted: Iterable[str]) -> dict[str, str]:
    table = TABLES[Workplace.TYPE].c
    found: dict[str, str] = {}
    for chunk in ordered.chunks(wanted):
        rows = connection.execute(select(table.record, table.name).where(table.record.in_(chunk)))
        found |= {row.record: row.name for row in rows}
    return found
