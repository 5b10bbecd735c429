"""Officers: who holds which post on a day, whose term ends soon, and who was trained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, RowMapping, func, or_, select

from congdoan_desktop.domain.dates import months_after
from congdoan_desktop.domain.officers import term_years, validate_post, validate_training
from congdoan_desktop.domain.persons import Person, Post, Training
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import persons
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.units import under
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

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


def listing(office: Office, wanted: Wanted) -> list[PostRow]:
    """Posts in the Vietnamese order of the names of those who hold them."""
    table, people = TABLES[Post.TYPE], TABLES[Person.TYPE].c
    query = select(table, people.name, people.birth_year, people.sex, people.erased.label("gone"))
    query = query.join(TABLES[Person.TYPE], people.record == table.c.person, isouter=True)
    if wanted.on is not None:
        query = query.where(table.c.since <= wanted.on, or_(table.c.until.is_(None), table.c.until >= wanted.on))
    if wanted.search:
        query = query.where(*persons.holding(wanted.search))
    with office.read() as connection:
        tree, trained = office.tree(connection), _trained(connection)
        within = under(office, connection, wanted.unit) if wanted.unit else None
        now = office.structure(connection).units
        soon = months_after(wanted.on or office.clock.today(), SOON_MONTHS)
        found = []
        for row in connection.execute(query.order_by(people.sort, table.c.record)).mappings():
            post: Post = value_of(Post.TYPE, row)
            unit, ends = now.get(post.unit), ends_on(post)
            ending = ends is not None and ends <= soon
            if _fits(wanted, post, within, ending=ending) and (row["conflict"] or not wanted.conflict):
                own = tree.custodian(post.unit) == office.identity.unit
                found.append(
                    PostRow(
                        row["record"], post, _name(row), unit.short_name if unit else "–", row["birth_year"],
                        row["sex"] or "", ends, ending, trained.get(post.person, 0), row["conflict"], own,
                    )
                )  # fmt: skip
        return found


def ends_on(post: Post) -> date | None:
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


def _trained(connection: Connection) -> dict[str, int]:
    table = TABLES[Training.TYPE].c
    rows = connection.execute(select(table.person, func.count()).group_by(table.person))
    return {row[0]: int(row[1]) for row in rows}


def _name(row: RowMapping) -> str:
    return str(row["name"] or (persons.ERASED if row["gone"] else "–"))


def _fits(wanted: Wanted, post: Post, within: Iterable[str | None] | None, *, ending: bool) -> bool:
    return (
        (within is None or post.unit in within)
        and (wanted.full_time is None or wanted.full_time == post.full_time)
        and (ending or not wanted.ending)
    )
