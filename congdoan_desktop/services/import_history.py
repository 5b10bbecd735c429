"""Lists that were imported: what, when, by whom; an import undone as a whole; matched columns kept for the next one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line, search_key
from congdoan_desktop.domain.units import Headcount, OrgEvent, Unit
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.errors import AppError, Finding, NotFound, ValidationError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import UNKNOWN_AUTHOR, authors
from congdoan_desktop.spreadsheets.columns import Matching
from congdoan_desktop.storage import imports
from congdoan_desktop.storage.imports import Written
from congdoan_desktop.storage.projections import TABLES
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_CHUNK = 500
_ORDER = (Workforce.TYPE, Headcount.TYPE, Person.TYPE, Workplace.TYPE, Unit.TYPE)
"""What hangs on others goes before them."""


def _naming(field: str) -> tuple[tuple[str, str], ...]:
    return tuple((type_, field) for type_, table in TABLES.items() if field in table.c)


_LEANING: Mapping[str, tuple[tuple[str, str], ...]] = {
    Person.TYPE: _naming("person"),
    Workplace.TYPE: _naming("workplace"),
    Unit.TYPE: (*_naming("unit"), *_naming("union"), *_naming("parent"), *_naming("subject")),
}
"""Type -> the types and fields of records that would lose what they name."""
_LISTING: Mapping[str, tuple[str, str]] = {Person.TYPE: (Activity.TYPE, "people"), Unit.TYPE: (OrgEvent.TYPE, "others")}
"""The same of fields that name many."""


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import as listed. `officer` is a name; `undone_at` is "" while it counts."""

    id: int
    at: str
    officer: str
    kind: str
    source: str
    new: int
    changed: int
    returned: int
    undone_at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that stayed as it is when its import was undone, and why."""

    record: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Undone:
    """How many records were deleted, how many got back what they said before, and which stayed."""

    deleted: int
    restored: int
    kept: tuple[Kept, ...]


class UndoneAlready(AppError):
    def __init__(self) -> None:
        super().__init__("Lần nhập này đã được hoàn tác.", safe="Không có gì thay đổi.", todo="Nhập lại tệp nếu cần.")


def listing(office: Office) -> list[PastImport]:
    """All imports, newest first."""
    with office.write(Right.READ) as work:
        names = authors(office, work)
        return [
            PastImport(
                one.id, one.at, names.get(one.officer, UNKNOWN_AUTHOR), one.kind, one.source, one.counts["new"],
                one.counts["changed"], one.counts["returned"], one.undone_at,
            )
            for one in imports.listing(work.connection)
        ]  # fmt: skip


def undo(office: Office, id_: int, progress: Progress | None = None) -> Undone:
    """Take an import back in one transaction: what it made is deleted, what it changed says again what it said before.

    Records that were revised since, and new ones that others name by now, stay as they are and are named.

    Raises: NotFound, UndoneAlready, NotAllowed, Cancelled.
    """
    shown = progress or Progress()
    with office.write(Right.ISSUE) as work:
        made = imports.find(work.connection, id_)
        if made is None:
            raise NotFound("Không có lần nhập này.", todo="Xem lại danh sách các lần nhập.")
        if made.undone_at:
            raise UndoneAlready
        rows = list(imports.written(work.connection, id_))
        reasons = _reasons(work, rows)
        going = [row for row in rows if row.record not in reasons]
        deleted = [row.record for type_ in _ORDER for row in going if row.type == type_ and not row.before]
        restored = [(row.record, row.before) for row in going if row.before]
        work.delete_many(deleted, f"hoàn tác lần nhập {made.source}", shown)
        work.restore_many(restored, shown)
        imports.set_undone(work.connection, id_, office.clock.now().isoformat())
        work.note(f"undo:{made.kind}", str(id_))
        return Undone(len(deleted), len(restored), tuple(_named(work.connection, rows, reasons)))


def remember(office: Office, matching: Matching, name: str) -> None:
    """Keep matched columns for the next list with the same titles.

    Raises: ValidationError without a name.
    """
    if not one_line(name):
        raise ValidationError((Finding("name", "Đặt tên cho mẫu ghép cột."),))
    with office.write(Right.ENTER) as work:
        imports.keep_matching(work.connection, matching.key, one_line(name), matching.to_plain())


def forget(office: Office, key: str) -> None:
    """Columns under these titles are guessed again."""
    with office.write(Right.ENTER) as work:
        imports.forget_matching(work.connection, key)


def call_unions(office: Office, names: Mapping[str, str]) -> None:
    """Remember which union a list means by a name: name -> id, "" to forget it. Counts for all lists from now on."""
    with office.write(Right.ENTER) as work:
        held = imports.union_names(work.connection) | {search_key(name): id_ for name, id_ in names.items()}
        imports.keep_union_names(work.connection, {name: id_ for name, id_ in held.items() if id_})


def _reasons(work: UnitOfWork, rows: Sequence[Written]) -> dict[str, str]:
    """Record -> why it stays."""
    connection = work.connection
    found: dict[str, str] = {}
    for type_ in dict.fromkeys(row.type for row in rows):
        mine = [row for row in rows if row.type == type_]
        now = dict(_hashes(connection, type_, [row.record for row in mine]))
        for row in mine:
            if row.record not in now:
                found[row.record] = "đã xoá sau khi nhập"
            elif now[row.record] != row.hash and not _says_the_same(work, row):
                found[row.record] = "đã sửa sau khi nhập"
    going = {row.record for row in rows if row.record not in found}
    for type_ in _ORDER:
        fresh = [row.record for row in rows if row.type == type_ and not row.before and row.record in going]
        leaned_on = _leaned_on(connection, type_, fresh, going)
        found |= dict.fromkeys(leaned_on, "đã có hồ sơ khác ghi kèm")
        going -= leaned_on
    return found


def _says_the_same(work: UnitOfWork, row: Written) -> bool:
    """Whether a record that was revised since is back at what the import wrote, a later import undone for instance."""
    return bool(work.version(row.type, row.record, row.hash) == work.value(row.type, row.record))


def _leaned_on(connection: Connection, type_: str, records: Sequence[str], going: set[str]) -> set[str]:
    """Those of the records that are named by records which stay."""
    found: set[str] = set()
    for leaning, name in _LEANING.get(type_, ()):
        table = TABLES[leaning].c
        for chunk in _chunks(records):
            pairs = connection.execute(select(table.record, table[name]).where(table[name].in_(chunk)))
            found |= {named for record, named in pairs if record not in going and record != named}
    if records and type_ in _LISTING:
        leaning, name = _LISTING[type_]
        table = TABLES[leaning].c
        listed = connection.execute(select(table.record, table[name]).where(table[name] != "[]"))
        found |= {one for record, named in listed if record not in going for one in json.loads(named)} & set(records)
    return found


def _hashes(connection: Connection, type_: str, records: Sequence[str]) -> Iterator[tuple[str, str]]:
    table = TABLES[type_].c
    for chunk in _chunks(records):
        for row in connection.execute(select(table.record, table.hash).where(table.record.in_(chunk))):
            yield row.record, row.hash


def _named(connection: Connection, rows: Sequence[Written], reasons: Mapping[str, str]) -> Iterator[Kept]:
    """The records that stay, by name; numbers that stand beside a record share its fate and are not named."""
    for type_ in (Person.TYPE, Workplace.TYPE, Unit.TYPE):
        mine = [row.record for row in rows if row.type == type_ and row.record in reasons]
        table = TABLES[type_].c
        for chunk in _chunks(mine):
            names = dict(connection.execute(select(table.record, table.name).where(table.record.in_(chunk))).all())
            yield from (Kept(record, names.get(record, "–"), reasons[record]) for record in chunk)


def _chunks(records: Sequence[str]) -> Iterator[Sequence[str]]:
    return (records[start : start + _CHUNK] for start in range(0, len(records), _CHUNK))
