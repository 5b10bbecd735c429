"""Where people work, with or without a union, and how many work there on a day."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, one_line, search_key
from congdoan_desktop.domain.workplaces import Workforce, Workplace, validate_workforce, validate_workplace
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.units import under
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_LINES = ("name", "tax_code", "budget_code", "place", "address", "contact")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for. `unit`: whose records, with everything below it."""

    search: str = ""
    unit: str | None = None
    kind: str = ""
    ownership: str = ""
    union: bool | None = None
    """Only those with a CĐCS, or only those without."""
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class WorkplaceRow:
    """A workplace as listed. `count` is the latest number of its people, `union_name` its CĐCS ("" for none)."""

    id: str
    workplace: Workplace
    unit_name: str
    union_name: str
    count: Workforce | None
    conflict: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """People as the form gives them. `on` and `workers` are both None where nothing was counted."""

    on: date | None = None
    workers: int | None = None
    women: int | None = None
    eligible: int | None = None


def listing(office: Office, wanted: Wanted | None = None) -> list[WorkplaceRow]:
    """In Vietnamese order of names."""
    table, keep = TABLES[Workplace.TYPE], wanted or Wanted()
    query = select(table).order_by(table.c.sort, table.c.record)
    for word in search_key(keep.search).split():
        query = query.where(func.instr(table.c.search, word) > 0)
    with office.read() as connection:
        tree, counts, now = office.tree(connection), latest(connection), office.structure(connection).units
        within = under(office, connection, keep.unit) if keep.unit else None
        found = []
        for row in connection.execute(query).mappings():
            workplace: Workplace = value_of(Workplace.TYPE, row)
            if not _fits(keep, workplace, within) or (keep.conflict and not row["conflict"]):
                continue
            unit, union = now.get(workplace.unit), now.get(workplace.union or "")
            own = tree.custodian(workplace.unit) == office.identity.unit
            found.append(
                WorkplaceRow(
                    row["record"], workplace, unit.short_name if unit else "–", union.short_name if union else "",
                    counts.get(row["record"]), row["conflict"], own,
                )
            )  # fmt: skip
        return found


def choices(office: Office) -> list[tuple[str, str]]:
    """(id, name) of all, in Vietnamese order."""
    table = TABLES[Workplace.TYPE].c
    with office.read() as connection:
        rows = connection.execute(select(table.record, table.name).order_by(table.sort, table.record))
        return [(row.record, row.name) for row in rows]


def check(workplace: Workplace, counted: Counted) -> tuple[Finding, ...]:
    """All findings of the form."""
    found = [] if workplace.unit else [Finding("unit", "Chọn đơn vị giữ hồ sơ.")]
    found += validate_workplace(workplace)
    pairs = (("on", counted.on, "Ghi ngày chốt số."), ("workers", counted.workers, "Ghi số lao động."))
    given = any(value is not None for value in (counted.on, counted.workers, counted.women, counted.eligible))
    found += [Finding(name, text) for name, value, text in pairs if given and value is None]
    count = _workforce(workplace, "any", counted)
    return (*found, *(validate_workforce(count) if count else ()))


def save(office: Office, workplace: Workplace, counted: Counted, id_: str | None = None) -> Saved:
    """A new workplace, or the next version of `id_`, with its people of a day; the same day again corrects them.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    lines: dict[str, Any] = {name: one_line(getattr(workplace, name)) for name in _LINES}
    tidy = replace(workplace, **lines, note=clean(workplace.note))
    with office.write(Right.ENTER) as work:
        warnings = refuse((*check(tidy, counted), *_taken(work.connection, tidy, id_)))
        if id_ is None or work.value(Workplace.TYPE, id_) != tidy:
            id_ = work.put(tidy, id_)
        count = _workforce(tidy, id_, counted)
        if count is not None:
            _put_count(work, count)
        return Saved((id_,), warnings)


def entries_about(office: Office, id_: str) -> int:
    """How many people would lose their workplace with it."""
    people = TABLES[Person.TYPE].c
    with office.read() as connection:
        return int(connection.execute(select(func.count()).where(people.workplace == id_)).scalar_one())


def latest(connection: Connection) -> dict[str, Workforce]:
    """Workplace -> its people as counted last."""
    table = TABLES[Workforce.TYPE]
    rows = connection.execute(select(table).order_by(table.c.on, table.c.hash)).mappings()
    return {row["workplace"]: value_of(Workforce.TYPE, row) for row in rows}


def _fits(wanted: Wanted, one: Workplace, within: AbstractSet[str] | None) -> bool:
    tests: tuple[Callable[[], bool], ...] = (
        lambda: within is None or one.unit in within or one.union in within,
        lambda: wanted.kind in ("", one.kind),
        lambda: wanted.ownership in ("", one.ownership),
        lambda: wanted.union is None or wanted.union == (one.union is not None),
    )
    return all(test() for test in tests)


def _taken(connection: Connection, workplace: Workplace, id_: str | None) -> tuple[Finding, ...]:
    """Two records of one tax code mean the same workplace."""
    table = TABLES[Workplace.TYPE].c
    if not workplace.tax_code:
        return ()
    same = select(table.name).where(table.tax_code == workplace.tax_code, table.record != (id_ or ""))
    name = connection.execute(same).scalars().first()
    return (Finding("tax_code", f"Mã số thuế này đã ghi cho {name}.", warning=True),) if name is not None else ()


def _workforce(workplace: Workplace, id_: str, counted: Counted) -> Workforce | None:
    if counted.on is None or counted.workers is None:
        return None
    return Workforce(workplace.unit, id_, counted.on, counted.workers, counted.women, counted.eligible)


def _put_count(work: UnitOfWork, count: Workforce) -> None:
    """The same numbers write nothing."""
    table = TABLES[Workforce.TYPE]
    same_day = select(table).where(table.c.workplace == count.workplace, table.c.on == count.on)
    held = work.connection.execute(same_day).mappings().first()
    if held is None or value_of(Workforce.TYPE, held) != count:
        work.put(count, held["record"] if held else None)
