"""Where people work, with or without a union, and how many work there on a day."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, one_line, search_key, sort_key
from congdoan_desktop.domain.workplaces import Workforce, Workplace, validate_workforce, validate_workplace
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import ordered
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.services.units import under
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_T = TABLES[Workplace.TYPE].c
_LIGHT = ("record", "unit", "union", "kind", "ownership", "line", "name", "place", "tax_code")
_Order = Callable[[Office, Connection], Callable[[Any], object]]
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
    order: str = "name"
    """A key of ORDERS."""
    descending: bool = False


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


@dataclass(frozen=True, slots=True)
class Summed:
    """How many are listed, how many of them have no CĐCS, and their people as counted last."""

    listed: int = 0
    without: int = 0
    workers: int = 0
    women: int = 0
    eligible: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Rows from a place of the list on, and what all of it sums up to."""

    counted: Summed
    rows: list[WorkplaceRow]


def page(office: Office, wanted: Wanted, starts: int = 0, count: int = 100) -> Page:
    """One page of the list: of thousands only those in sight are read whole."""
    with office.read() as connection:
        light, counts = _light(office, connection, wanted), _latest(connection)
        sums = [sum(_counted(counts, name)(row) or 0 for row in light) for name in ("workers", "women", "eligible")]
        summed = Summed(len(light), sum(row.union is None for row in light), *sums)
        ids = _ids(office, connection, wanted)[starts : starts + count]
        return Page(summed, _rows(office, connection, ids, counts))


def rows(office: Office, wanted: Wanted, starts: int, count: int) -> list[WorkplaceRow]:
    """Further rows, without summing."""
    with office.read() as connection:
        ids = _ids(office, connection, wanted)[starts : starts + count]
        return _rows(office, connection, ids, _latest(connection))


def place(office: Office, wanted: Wanted, id_: str) -> int | None:
    """Where in the list a workplace stands, None where the filters leave it out."""
    with office.read() as connection:
        found = list(_ids(office, connection, wanted))
        return found.index(id_) if id_ in found else None


def listing(office: Office, wanted: Wanted | None = None) -> list[WorkplaceRow]:
    """All that are wanted, in Vietnamese order of names unless another is asked for."""
    with office.read() as connection:
        return _rows(office, connection, _ids(office, connection, wanted or Wanted()), _latest(connection))


def _ids(office: Office, connection: Connection, wanted: Wanted) -> Sequence[str]:
    def ask() -> list[str]:
        light = _light(office, connection, wanted)
        if wanted.order == "name" and not wanted.descending:
            return [row.record for row in light]
        value = ORDERS[wanted.order](office, connection)
        return [row.record for row in ordered.by_value(light, value, descending=wanted.descending)]

    return ordered.ids(connection, Workplace.TYPE, wanted, ask)


def _light(office: Office, connection: Connection, wanted: Wanted) -> Sequence[Any]:
    """What orders, sums and filters those that are wanted, in the order of their names; kept, because another order is
    asked for of the same.
    """
    asked = replace(wanted, order="", descending=False)
    return ordered.kept(connection, f"{Workplace.TYPE}.light", asked, lambda: _read_light(office, connection, wanted))


def _read_light(office: Office, connection: Connection, wanted: Wanted) -> Sequence[Any]:
    query = select(*(_T[name] for name in _LIGHT)).order_by(_T.sort, _T.record)
    for word in search_key(wanted.search).split():
        query = query.where(func.instr(_T.search, word) > 0)
    if wanted.conflict:
        query = query.where(_T.conflict)
    within = under(office, connection, wanted.unit) if wanted.unit else None
    return [row for row in connection.execute(query).all() if _fits(wanted, row, within)]


def _rows(
    office: Office, connection: Connection, ids: Sequence[str], counts: Mapping[str, RowMapping]
) -> list[WorkplaceRow]:
    tree, now = office.tree(connection), office.structure(connection).units
    found: dict[str, WorkplaceRow] = {}
    for chunk in ordered.chunks(ids):
        for row in connection.execute(select(TABLES[Workplace.TYPE]).where(_T.record.in_(chunk))).mappings():
            workplace: Workplace = value_of(Workplace.TYPE, row)
            unit, union = now.get(workplace.unit), now.get(workplace.union or "")
            count = counts.get(row["record"])
            found[row["record"]] = WorkplaceRow(
                row["record"], workplace, unit.short_name if unit else "–", union.short_name if union else "",
                value_of(Workforce.TYPE, count) if count else None, row["conflict"],
                tree.custodian(workplace.unit) == office.identity.unit,
            )  # fmt: skip
    return [found[id_] for id_ in ids]


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


def _latest(connection: Connection) -> dict[str, RowMapping]:
    """Workplace -> its people as counted last."""
    table = TABLES[Workforce.TYPE]
    read = connection.execute(select(table).order_by(table.c.on, table.c.hash)).mappings().all()
    return {row["workplace"]: row for row in read}


def _fits(wanted: Wanted, one: Any, within: Container[str | None] | None) -> bool:
    return (
        (within is None or one.unit in within or one.union in within)
        and wanted.kind in ("", one.kind)
        and wanted.ownership in ("", one.ownership)
        and (wanted.union is None or wanted.union == (one.union is not None))
    )


def _counted(counts: Mapping[str, RowMapping], name: str) -> Callable[[Any], int | None]:
    def value(row: Any) -> int | None:
        count = counts.get(row.record)
        found: int | None = count[name] if count is not None else None
        return found

    return value


def _by_count(name: str) -> _Order:
    return lambda _office, connection: _counted(_latest(connection), name)


def _by_entry(field: str, names: str) -> _Order:
    """By the name of the catalogue's entry that a field names."""

    def value(row: Any) -> str | None:
        code = getattr(row, field)
        return sort_key(catalogue().name(names, code)) if code else None

    return lambda _office, _connection: value


def _by_text(field: str) -> _Order:
    return lambda _office, _connection: lambda row: sort_key(getattr(row, field)) or None


def _by_union(office: Office, connection: Connection) -> Callable[[Any], object]:
    now = office.structure(connection).units
    return lambda row: sort_key(now[row.union].short_name) if row.union in now else None


ORDERS: Mapping[str, _Order] = {
    "name": _by_text("name"),
    "kind": _by_entry("kind", "workplace_kinds"),
    "ownership": _by_entry("ownership", "ownerships"),
    "line": _by_entry("line", "lines"),
    "place": _by_text("place"),
    "tax_code": _by_text("tax_code"),
    "workers": _by_count("workers"),
    "women": _by_count("women"),
    "eligible": _by_count("eligible"),
    "state": _by_union,
}
"""What is not known stands at the end, whichever way round."""


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
