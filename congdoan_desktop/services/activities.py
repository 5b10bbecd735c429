"""Activities: one form saves the activity for each of the CĐCS chosen, because each is counted on its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, func, or_, select

from congdoan_desktop.domain.activities import Activity, validate_activity
from congdoan_desktop.domain.activity_kinds import validate_kind
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import Finding, NotFound, ValidationError
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of

_CHUNK = 500
"""Ids in one question to the database."""


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity as listed; `unit_name` is the short name, "–" while the unit is unknown here."""

    id: str
    activity: Activity
    unit_name: str
    conflict: bool
    own: bool
    """Whether it was entered at this installation's union (otherwise it came in a package and is only shown)."""
    workplace_name: str = ""
    people: tuple[tuple[str, str], ...] = ()
    """(id, name) of those who are named; one who is not known here has no name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A workplace to choose. `unit`: its CĐCS, or the union that keeps its record; what is held there is entered so."""

    id: str
    name: str
    unit: str
    unit_name: str


def add(office: Office, activity: Activity, units: tuple[str, ...], workplaces: tuple[str, ...] = ()) -> Saved:
    """Save one activity for each workplace, or for each unit where no workplace is chosen. All or none.

    Raises: ValidationError with all findings, NotFound for an unknown workplace.
    """
    if not units and not workplaces:
        raise ValidationError((Finding("units", "Chọn ít nhất một đơn vị đã tổ chức hoạt động."),))
    tidy = _tidy(activity)
    warnings = refuse(check(replace(tidy, unit="any"), office.clock.today()))
    with office.write(Right.ENTER) as work:
        held = [(unit, tidy.workplace) for unit in units]
        if workplaces:
            known = {place.id: place.unit for place in _places(work.connection)}
            if not known.keys() >= set(workplaces):
                raise NotFound("Không còn cơ quan, doanh nghiệp này trong sổ.", todo="Chọn lại trong danh sách.")
            held = [(known[one], one) for one in workplaces]
        return Saved(tuple(work.put(replace(tidy, unit=unit, workplace=one)) for unit, one in held), warnings)


def edit(office: Office, record: str, activity: Activity) -> Saved:
    """Raises: ValidationError, NotFound."""
    tidy = _tidy(activity)
    warnings = refuse(check(tidy, office.clock.today()))
    with office.write(Right.ENTER) as work:
        return Saved((work.put(tidy, record),), warnings)


def listing(
    office: Office,
    *,
    campaign: str | None = None,
    unit: str | None = None,
    kind: str | None = None,
    state: str | None = None,
    year: int | None = None,
    search: str = "",
) -> list[ActivityRow]:
    """Activities, latest first."""
    table, units, workplaces = TABLES[Activity.TYPE], TABLES[Unit.TYPE], TABLES[Workplace.TYPE]
    query = (
        select(table, units.c.short_name, workplaces.c.name.label("workplace_name"))
        .join(units, units.c.record == table.c.unit, isouter=True)
        .join(workplaces, workplaces.c.record == table.c.workplace, isouter=True)
        .order_by(table.c.starts.desc(), table.c.record.desc())
    )
    asked = {table.c.campaign: campaign, table.c.unit: unit, table.c.kind: kind, table.c.state: state}
    for column, wanted in asked.items():
        if wanted:
            query = query.where(column == wanted)
    if year:
        query = query.where(table.c.starts.between(date(year, 1, 1), date(year, 12, 31)))
    if search:
        searched = (table.c.search, units.c.search, workplaces.c.search)
        query = query.where(or_(*(func.instr(column, search_key(search)) > 0 for column in searched)))
    with office.read() as connection:
        keeper = office.tree(connection).custodian
        found = [(row, value_of(Activity.TYPE, row)) for row in connection.execute(query).mappings()]
        names = _names(connection, {person for _, activity in found for person in activity.people})
        return [
            ActivityRow(
                row["record"],
                activity,
                row["short_name"] or "–",
                row["conflict"],
                keeper(row["unit"]) == office.identity.unit,
                row["workplace_name"] or "",
                tuple((person, names.get(person, "")) for person in activity.people),
            )
            for row, activity in found
        ]


def places(office: Office) -> list[Place]:
    """All workplaces in Vietnamese order."""
    with office.read() as connection:
        return _places(connection)


def check(activity: Activity, today: date) -> tuple[Finding, ...]:
    """All findings of an activity, those of its kind's own fields with them."""
    kind = catalogue().entry("activity_kinds", activity.kind)
    return (*validate_activity(activity, today), *(validate_kind(activity, kind) if kind else ()))


def _tidy(activity: Activity) -> Activity:
    return replace(
        activity,
        title=clean(activity.title),
        place=clean(activity.place),
        note=clean(activity.note),
        number=clean(activity.number),
    )


def _places(connection: Connection) -> list[Place]:
    table, units = TABLES[Workplace.TYPE], TABLES[Unit.TYPE]
    keeper = func.coalesce(table.c.union, table.c.unit)
    query = (
        select(table.c.record, table.c.name, keeper.label("unit"), units.c.short_name)
        .join(units, units.c.record == keeper, isouter=True)
        .order_by(table.c.sort, table.c.record)
    )
    return [Place(row.record, row.name, row.unit, row.short_name or "–") for row in connection.execute(query)]


def _names(connection: Connection, people: set[str]) -> dict[str, str]:
    table, ids = TABLES[Person.TYPE].c, sorted(people)
    found: dict[str, str] = {}
    for at in range(0, len(ids), _CHUNK):
        query = select(table.record, table.name).where(table.record.in_(ids[at : at + _CHUNK]))
        found.update((row.record, row.name) for row in connection.execute(query))
    return found
