"""Officers: who holds which post on a day, whose term ends soon, and who was trained."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, or_, select

from congdoan_desktop.domain.dates import months_after
from congdoan_desktop.domain.officers import term_years, validate_post, validate_training
from congdoan_desktop.domain.persons import Person, Post, Training
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line, sort_key
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import ordered, persons
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.units import under
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_T, _P = TABLES[Post.TYPE].c, TABLES[Person.TYPE].c
SOON_MONTHS = 6
"""A term that ends within so many months is named."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list of posts is asked for. `on`: those held that day, None for all that ever were."""

    on: date | None
    search: str = ""
    unit: str | None = None
    """With everything below it."""
    full_time: bool | None = None
    ending: bool = False
    conflict: bool = False
    order: str = "name"
    """A key of ORDERS."""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """How many posts are listed, people who hold them, and those of them who do nothing else."""

    listed: int = 0
    people: int = 0
    full_time: int = 0


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as listed. `ends` is the day or the year's end at which it is over, None where nobody knows."""

    id: str
    post: Post
    name: str
    unit_name: str
    birth_year: int | None
    sex: str
    ends: date | None
    ending: bool
    """Within SOON_MONTHS, or over already."""
    trainings: int
    conflict: bool
    own: bool


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A course somebody took."""

    id: str
    training: Training
    name: str
    unit_name: str
    conflict: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Rows from a place of the list on, and what all of it counts."""

    counted: Counted
    rows: list[PostRow]


def page(office: Office, wanted: Wanted, starts: int = 0, count: int = 100) -> Page:
    """One page of the posts: of thousands only those in sight are read whole."""
    with office.read() as connection:
        light = _light(office, connection, wanted)
        people, full = {row.person for row in light}, {row.person for row in light if row.full_time}
        ids = None if starts else _first(connection, wanted, light, count)
        if ids is None:
            ids = _ids(office, connection, wanted, light)[starts : starts + count]
        return Page(Counted(len(light), len(people), len(full)), _rows(office, connection, wanted, ids))


def rows(office: Office, wanted: Wanted, starts: int, count: int) -> list[PostRow]:
    """Further rows, without counting."""
    with office.read() as connection:
        return _rows(office, connection, wanted, _ids(office, connection, wanted)[starts : starts + count])


def place(office: Office, wanted: Wanted, id_: str) -> int | None:
    """Where in the list a post stands, None where the filters leave it out."""
    with office.read() as connection:
        found = list(_ids(office, connection, wanted))
        return found.index(id_) if id_ in found else None


def listing(office: Office, wanted: Wanted) -> list[PostRow]:
    """All posts that are wanted, for a sheet; in the Vietnamese order of the names of those who hold them."""
    with office.read() as connection:
        return _rows(office, connection, wanted, _ids(office, connection, wanted))


def _first(connection: Connection, wanted: Wanted, light: Sequence[Any], count: int) -> Sequence[str] | None:
    """The beginning of a long list by names, for which only the first of those people are looked for; else None."""
    if wanted.order != "name" or wanted.descending:
        return None
    first = ordered.people(connection, ordered.given({row.person for row in light}), count)
    if len(first) < count:
        return None
    seen = [row for row in light if row.person in first]
    return [row.record for row in ordered.by_value(seen, lambda row: first[row.person], descending=False)][:count]


def _ids(office: Office, connection: Connection, wanted: Wanted, light: Sequence[Any] | None = None) -> Sequence[str]:
    def ask() -> list[str]:
        chosen = _light(office, connection, wanted) if light is None else light
        value = ORDERS[wanted.order](office, connection)
        rank = value if wanted.order == "name" else _by_name(office, connection)
        named = ordered.by_value(chosen, rank, descending=False)
        return [row.record for row in ordered.by_value(named, value, descending=wanted.descending)]

    return ordered.ids(connection, Post.TYPE, (wanted, office.clock.today()), ask)


def _light(office: Office, connection: Connection, wanted: Wanted) -> list[Any]:
    """What orders, counts and filters the posts that are wanted; kept for another order of the same."""
    asked = (replace(wanted, order="", descending=False), office.clock.today())
    return ordered.kept(connection, f"{Post.TYPE}.light", asked, lambda: _read_light(office, connection, wanted))


def _read_light(office: Office, connection: Connection, wanted: Wanted) -> list[Any]:
    query = select(_T.record, _T.person, _T.unit, _T.title, _T.full_time, _T.since, _T.until, _T.term)
    if wanted.on is not None:
        query = query.where(_T.since <= wanted.on, or_(_T.until.is_(None), _T.until >= wanted.on))
    if wanted.search:
        query = query.where(_T.person.in_(select(_P.record).where(*persons.holding(wanted.search))))
    if wanted.conflict:
        query = query.where(_T.conflict)
    within = under(office, connection, wanted.unit) if wanted.unit else None
    soon = _soon(office, wanted)
    return [row for row in connection.execute(query).all() if _fits(wanted, row, within, soon)]


def _rows(office: Office, connection: Connection, wanted: Wanted, ids: Sequence[str]) -> list[PostRow]:
    tree, now, soon = office.tree(connection), office.structure(connection).units, _soon(office, wanted)
    query = select(TABLES[Post.TYPE], _P.name, _P.birth_year, _P.sex, _P.erased.label("gone"))
    query = query.select_from(TABLES[Post.TYPE].outerjoin(TABLES[Person.TYPE], _P.record == _T.person))
    wholes = (connection.execute(query.where(_T.record.in_(chunk))).mappings() for chunk in ordered.chunks(ids))
    read = [row for whole in wholes for row in whole]
    trained = _trained(connection, {row["person"] for row in read})
    found: dict[str, PostRow] = {}
    for row in read:
        post: Post = value_of(Post.TYPE, row)
        ends, unit = ends_on(post), now[post.unit].short_name if post.unit in now else "–"
        found[row["record"]] = PostRow(
            row["record"], post, _name(row), unit, row["birth_year"], row["sex"] or "", ends,
            ends is not None and ends <= soon, trained.get(post.person, 0), row["conflict"],
            tree.custodian(post.unit) == office.identity.unit,
        )  # fmt: skip
    return [found[id_] for id_ in ids]


def _soon(office: Office, wanted: Wanted) -> date:
    return months_after(wanted.on or office.clock.today(), SOON_MONTHS)


def _by_name(_office: Office, connection: Connection) -> Callable[[Any], object]:
    name, hold = f"{Post.TYPE}.people", select(_T.person)
    holders = ordered.kept(connection, name, None, lambda: ordered.people(connection, hold))
    return lambda row: holders.get(row.person)


def _by_title(_office: Office, _connection: Connection) -> Callable[[Any], object]:
    names = catalogue()
    return lambda row: sort_key(names.name("officer_titles", row.title))


ORDERS: Mapping[str, Callable[[Office, Connection], Callable[[Any], object]]] = {
    "name": _by_name,
    "title": _by_title,
    "unit": ordered.by_unit,
    "since": lambda _office, _connection: lambda row: row.since,
    "ends": lambda _office, _connection: ends_on,
}


def ends_on(post: Any) -> date | None:
    """The last day in office: as decided, else the end of the term's last year."""
    years = term_years(post.term)
    return post.until or (date(years[1], 12, 31) if years else None)


def save_post(office: Office, post: Post, id_: str | None = None) -> Saved:
    """A new post, or the next version of `id_`.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    tidy = replace(post, term=one_line(post.term), decision=one_line(post.decision))
    with office.write(Right.ENTER) as work:
        others = _posts_of(work, tidy.person, id_)
        return _saved(work, tidy, id_, (*_unit_named(tidy.unit), *validate_post(tidy, others)))


def save_training(office: Office, training: Training, id_: str | None = None) -> Saved:
    """Raises: ValidationError with all findings, NotFound, NotCustodian."""
    tidy = replace(training, course=one_line(training.course))
    with office.write(Right.ENTER) as work:
        return _saved(work, tidy, id_, (*_unit_named(tidy.unit), *validate_training(tidy, office.clock.today())))


def _saved(work: UnitOfWork, record: Post | Training, id_: str | None, findings: tuple[Finding, ...]) -> Saved:
    warnings = refuse(findings)
    if id_ is None or work.value(record.TYPE, id_) != record:
        id_ = work.put(record, id_)
    return Saved((id_,), warnings)


def _unit_named(unit: str) -> tuple[Finding, ...]:
    return () if unit else (Finding("unit", "Chọn đơn vị."),)


def _posts_of(work: UnitOfWork, person: str, but: str | None) -> list[Post]:
    table = TABLES[Post.TYPE]
    query = select(table).where(table.c.person == person, table.c.record != (but or ""))
    return [value_of(Post.TYPE, row) for row in work.connection.execute(query).mappings()]


def _trained(connection: Connection, people: Iterable[str]) -> dict[str, int]:
    """Person -> courses taken."""
    table = TABLES[Training.TYPE].c
    query, found = select(table.person, func.count()).group_by(table.person), dict[str, int]()
    for chunk in ordered.chunks(people):
        found |= {row[0]: int(row[1]) for row in connection.execute(query.where(table.person.in_(chunk)))}
    return found


def _name(row: RowMapping) -> str:
    return str(row["name"] or (persons.ERASED if row["gone"] else "–"))


def _fits(wanted: Wanted, post: Any, within: Container[str] | None, soon: date) -> bool:
    ends = ends_on(post)
    return (
        (within is None or post.unit in within)
        and (wanted.full_time is None or wanted.full_time == post.full_time)
        and (not wanted.ending or (ends is not None and ends <= soon))
    )
