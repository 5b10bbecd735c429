"""The organisation: our union, the CĐCS under it, their headcounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line, search_key, sort_key
from congdoan_desktop.domain.units import GRASSROOTS, Headcount, Unit, validate_headcount, validate_unit
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.services import ordered
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as listed. `depth` 0 is our own union; workers and members are None where nobody has counted."""

    id: str
    code: str
    name: str
    short_name: str
    level: str
    kind: str
    depth: int
    parent: str | None
    workers: int | None
    members: int | None
    headcount: str | None
    """Id of the latest headcount record."""
    conflict: bool
    search: str
    """Folded, with the names of former times and of the unions it stands for."""


def listing(office: Office) -> list[UnitRow]:
    """Our union first, then everything below it, in Vietnamese order level by level."""
    with office.read() as connection:
        now = office.structure(connection)
        former = office.tree(connection).former_names(now.day)
        counts = latest_headcounts(connection)
        conflicts = _conflicts(connection)
        found: list[UnitRow] = []
        for depth, unit in _walk(now, office.identity.unit):
            record, count = counts.get(unit.unit, (None, None))
            found.append(
                UnitRow(
                    unit.unit, unit.code, unit.name, unit.short_name, unit.level, unit.kind, depth,
                    now.parent(unit.unit), count.workers if count else None, count.members if count else None, record,
                    unit.unit in conflicts, searched(unit, former),
                )
            )  # fmt: skip
        return found


def searched(unit: Unit, former: Mapping[str, tuple[str, ...]]) -> str:
    """The text in which a union is looked for. `former`: those of the day."""
    return search_key(" ".join((unit.name, unit.short_name, unit.code, *former.get(unit.unit, ()))))


def under(office: Office, connection: Connection, unit: str) -> AbstractSet[str]:
    """The union with all that stands or stood below it, and those that were merged into them."""
    tree = office.tree(connection)
    return tree.units.keys() - tree.now.without(unit)


def named(office: Office, connection: Connection, typed: str) -> list[str]:
    """Unions, also ended ones, that hold what was typed in a name of today or of former times."""
    now, wanted = office.structure(connection), search_key(typed)
    former = office.tree(connection).former_names(now.day)
    return [id_ for id_, unit in now.units.items() if wanted in searched(unit, former)]


def choices(office: Office) -> list[tuple[str, str]]:
    """(id, short name) of our union and all below it, in the order of `listing` but without counting anything."""
    with office.read() as connection:
        walk = _walk(office.structure(connection), office.identity.unit)
        return [(unit.unit, unit.short_name) for _, unit in walk]


def own(office: Office) -> Unit:
    with office.read() as connection:
        return office.own_unit(connection)


def upper(office: Office) -> str | None:
    """Id of the union above ours, None before its trust list or tree has arrived."""
    with office.read() as connection:
        return office.tree(connection).parent(office.identity.unit)


def grassroots(office: Office) -> list[tuple[str, str]]:
    """(id, short name) of the CĐCS below us, in Vietnamese order."""
    with office.read() as connection:
        walk = _walk(office.structure(connection), office.identity.unit)
        return [(unit.unit, unit.short_name) for depth, unit in walk if depth > 0 and unit.level == GRASSROOTS]


def add(
    office: Office,
    *,
    name: str,
    short_name: str,
    code: str,
    kind: str,
    level: str = GRASSROOTS,
    parent: str | None = None,
) -> str:
    """Enter a unit under us (or under `parent`). Returns its id.

    Raises: ValidationError.
    """
    unit = Unit(
        new_id(),
        code.strip().upper(),
        one_line(name),
        one_line(short_name) or one_line(name),
        level,
        kind,
        parent or office.identity.unit,
    )
    with office.write(Right.ISSUE) as work:
        _checked(unit, work.custody.tree.units)
        return work.put(unit)


def edit(office: Office, unit_id: str, *, name: str, short_name: str, code: str, kind: str) -> None:
    """Raises: ValidationError, NotFound."""
    with office.write(Right.ISSUE) as work:
        old: Unit = work.value(Unit.TYPE, unit_id)
        unit = replace(
            old,
            name=one_line(name),
            short_name=one_line(short_name) or one_line(name),
            code=code.strip().upper(),
            kind=kind,
        )
        _checked(unit, work.custody.tree.units)
        work.put(unit, unit_id)


def set_headcount(office: Office, count: Headcount) -> tuple[Finding, ...]:
    """Record workers and members on a day; the same day again corrects it. Returns warnings.

    Raises: ValidationError.
    """
    findings = validate_headcount(count)
    if any(not finding.warning for finding in findings):
        raise ValidationError(findings)
    with office.write(Right.ENTER) as work:
        table = TABLES[Headcount.TYPE]
        same_day = select(table.c.record).where(table.c.unit == count.unit, table.c.on == count.on)
        work.put(count, work.connection.execute(same_day).scalar())
    return findings


def delete(office: Office, unit_id: str, reason: str) -> None:
    with office.write(Right.ISSUE) as work:
        work.delete(unit_id, reason)


def latest_headcounts(connection: Connection) -> dict[str, tuple[str, Headcount]]:
    """Unit -> (record id, its headcount of the latest day)."""
    return ordered.kept(connection, f"{Headcount.TYPE}.latest", None, lambda: _read_headcounts(connection))


def _read_headcounts(connection: Connection) -> dict[str, tuple[str, Headcount]]:
    table = TABLES[Headcount.TYPE]
    rows = connection.execute(select(table).order_by(table.c.on, table.c.hash)).mappings()
    latest = {row["unit"]: row for row in rows}
    return {unit: (row["record"], value_of(Headcount.TYPE, row)) for unit, row in latest.items()}


def _walk(now: Structure, upper: str) -> Iterator[tuple[int, Unit]]:
    """(depth, unit): the union and all below it, each after the one above it, in Vietnamese order level by level."""
    waiting = [(0, upper)]
    while waiting:
        depth, unit = waiting.pop()
        yield depth, now.units[unit]
        below = sorted(now.children(unit), key=lambda child: sort_key(now.units[child].name))
        waiting += [(depth + 1, child) for child in reversed(below)]


def _conflicts(connection: Connection) -> set[str]:
    table = TABLES[Unit.TYPE]
    return {row.record for row in connection.execute(select(table.c.record).where(table.c.conflict))}


def _checked(unit: Unit, known: Mapping[str, Unit]) -> None:
    findings = list(validate_unit(unit))
    if any(other.code == unit.code and other.unit != unit.unit for other in known.values()):
        findings.append(Finding("code", f"Mã {unit.code} đã dùng cho đơn vị khác. Chọn mã khác."))
    if findings:
        raise ValidationError(tuple(findings))
