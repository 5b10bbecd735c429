"""The organisation as the window edits it: a unit together with its headcount of a day, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.persons import Person, Post, Training
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.domain.units import GRASSROOTS, Headcount, Unit, validate_headcount, validate_unit
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import membership, units
from congdoan_desktop.services.membership import Standing
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.units import UnitRow
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_EDITED = ("name", "short_name", "code", "kind")
_DECIDED = "Đang dùng theo quyết định sắp xếp; muốn đổi thì ghi quyết định mới ở thẻ Cơ cấu tổ chức."
_ABOUT_UNITS = (
    Activity.TYPE, SupportRecord.TYPE, Need.TYPE, Person.TYPE, Post.TYPE, Training.TYPE, Workplace.TYPE, Rating.TYPE,
    PeriodFigures.TYPE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as listed. `ours`: we keep its record. `count` is its latest headcount.

    `standing` is what its list of people says today beside the count, None where there is neither.
    """

    row: UnitRow
    ours: bool
    count: Headcount | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """What the form gives. `on`, `workers` and `members` are all None where nothing was counted; `women` are of the
    members, `eligible` of the workers.
    """

    name: str
    short_name: str
    code: str
    kind: str
    on: date | None = None
    workers: int | None = None
    members: int | None = None
    women: int | None = None
    eligible: int | None = None


def listing(office: Office, *, with_lists: bool = True) -> list[UnitLine]:
    """Our union first, then everything below it, in Vietnamese order level by level.

    Without `with_lists` no list of people is counted that is not counted already: among 50,000 it takes as long as all
    the rest.
    """
    rows = units.listing(office)
    with office.read() as connection:
        keeper = office.tree(connection).custodian
        counts = units.latest_headcounts(connection)
        today = office.clock.today()
        ready = with_lists or membership.is_counted(connection, today)
        known = membership.standings(connection, today) if ready else {}
        own = office.identity.unit
        return [
            UnitLine(r, keeper(r.id) == own, counts[r.id][1] if r.headcount else None, known.get(r.id)) for r in rows
        ]


def check(entry: UnitEntry) -> tuple[Finding, ...]:
    """All findings that need no other unit."""
    found = list(validate_unit(_unit(entry, "any", None)))
    numbers = (entry.on, entry.workers, entry.members)
    if any(number is not None for number in (*numbers, entry.women, entry.eligible)):
        names = (("on", "Ghi ngày chốt số."), ("workers", "Ghi số lao động."), ("members", "Ghi số đoàn viên."))
        found += [Finding(name, text) for (name, text), value in zip(names, numbers, strict=True) if value is None]
    count = _headcount(entry, "any")
    return (*found, *(validate_headcount(count) if count else ()))


def save(office: Office, entry: UnitEntry, unit: str | None = None) -> Saved:
    """A new CĐCS under us, or the next version of `unit`; with its headcount when one was given.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    with office.write(Right.ISSUE) as work:
        old: Unit | None = work.value(Unit.TYPE, unit) if unit else None
        record = _unit(entry, office.identity.unit, old)
        decided: tuple[Finding, ...] = ()
        if old is not None:
            record, decided = _corrected(old, office.structure(work.connection).units[old.unit], record)
        warnings = refuse((*check(entry), *decided, *_code_taken(work, record)))
        if record != old:
            work.put(record, unit)
        count = _headcount(entry, record.unit)
        if count is not None:
            _put_count(work, count)
        return Saved((record.unit,), warnings)


def entries_about(office: Office, unit: str) -> int:
    """How many records would lose their unit with it: units below, decisions, activities, support, people, reported
    figures.
    """
    with office.read() as connection:
        tree = office.tree(connection)
        below = sum(unit in (one.subject, one.parent, *one.others) for one in tree.events) + len(tree.children(unit))
        tables = (TABLES[type_] for type_ in _ABOUT_UNITS)
        counts = (select(func.count()).where(table.c.unit == unit) for table in tables)
        return below + sum(connection.execute(count).scalar_one() for count in counts)


def _unit(entry: UnitEntry, parent: str, old: Unit | None) -> Unit:
    name = one_line(entry.name)
    base = old or Unit(new_id(), "", "", "", GRASSROOTS, "", parent)
    short, code = one_line(entry.short_name) or name, entry.code.strip().upper()
    return replace(base, name=name, short_name=short, code=code, kind=entry.kind)


def _corrected(old: Unit, shown: Unit, wanted: Unit) -> tuple[Unit, tuple[Finding, ...]]:
    """The record with what was edited. What a decision has changed is shown but stands in no record: only another
    decision changes it, so that the past keeps its names.
    """
    edited = {name: getattr(wanted, name) for name in _EDITED if getattr(wanted, name) != getattr(shown, name)}
    decided = tuple(Finding(name, _DECIDED) for name in edited if getattr(shown, name) != getattr(old, name))
    return replace(old, **edited), decided


def _headcount(entry: UnitEntry, unit: str) -> Headcount | None:
    if entry.on is None or entry.workers is None or entry.members is None:
        return None
    return Headcount(unit, entry.on, entry.workers, entry.members, entry.women, entry.eligible)


def _code_taken(work: UnitOfWork, unit: Unit) -> tuple[Finding, ...]:
    others = (other for other in work.custody.tree.units.values() if other.unit != unit.unit)
    if unit.code and any(other.code == unit.code for other in others):
        return (Finding("code", f"Mã {unit.code} đã dùng cho đơn vị khác. Chọn mã khác."),)
    return ()


def _put_count(work: UnitOfWork, count: Headcount) -> None:
    """The same day again corrects what was counted; the same numbers write nothing."""
    table = TABLES[Headcount.TYPE]
    same_day = select(table).where(table.c.unit == count.unit, table.c.on == count.on)
    held = work.connection.execute(same_day).mappings().first()
    if held is None or value_of(Headcount.TYPE, held) != count:
        work.put(count, held["record"] if held else None)
